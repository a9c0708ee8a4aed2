"""What a spaCy pipeline offers, and what has to be left out where it offers less than the rules need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import ConfigError, ModelError
from kg.nlp.language import language_name
from kg.nlp.lexicon import DATA, HOME

LABELS = DATA / "entity_labels.tsv"
_OURS = frozenset(["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"])
_CLEARNLP = frozenset(["dobj", "nsubjpass", "pobj"])
"""Labels of the ClearNLP scheme, which the English rules read; Universal Dependencies have others."""
_PENN = frozenset(["NNP", "VBD", "NNS"])
_MULTILINGUAL = "xx"


@dataclass(frozen=True, slots=True)
class Traits:
    """What a pipeline can be used for. `notes` are sentences for the user, said once a run."""

    names_only: bool = False
    notes: tuple[str, ...] = ()


def traits_of(nlp: Language, name: str, language: str) -> Traits:
    """What the pipeline `name` can be used for in texts of `language`.

    Raises ModelError where it finds no names of persons, or was made for another language.
    """
    if nlp.lang not in (language, _MULTILINGUAL):
        made_for = language_name(str(nlp.lang))
        raise ModelError(
            f"the spaCy pipeline {name!r} is for {made_for} ({nlp.lang}), the articles are to be in "
            f"{language_name(language)} ({language}); name a pipeline for {language!r} with --model, or set --language"
        )
    if "ner" not in nlp.pipe_names and "entity_ruler" not in nlp.pipe_names:
        raise ModelError(f"the spaCy pipeline {name!r} finds no names: it lacks 'ner'; choose one that has it")
    labels = _labels(nlp, "ner") | _labels(nlp, "entity_ruler")
    if "PERSON" not in {entity_label(label) for label in labels}:
        raise ModelError(
            f"the entity recogniser of {name!r} has no label for persons among {', '.join(sorted(labels))}; add the "
            "label to kg/nlp/data/entity_labels.tsv, or choose another pipeline"
        )
    reasons = list(_shortcomings(nlp, language))
    if reasons:
        return Traits(
            names_only=True,
            notes=(
                f"the spaCy pipeline {name!r} {' and '.join(reasons)}: names and quotation marks are read, "
                "but no offices, pronouns and claims",
            ),
        )
    return Traits(notes=tuple(_lacks(nlp, name)) if language == HOME else ())


def _lacks(nlp: Language, name: str) -> Iterable[str]:
    """What the English rules miss and can do without."""
    if not {"lemmatizer", "trainable_lemmatizer"} & set(nlp.pipe_names):
        yield f"the spaCy pipeline {name!r} gives no lemmas: what hangs on verbs is not found"
    if not nlp.vocab.vectors_length:
        yield (
            f"the spaCy pipeline {name!r} has no word vectors: a few surnames that stand alone, and the gender of rare "
            "names, are not told"
        )


def _shortcomings(nlp: Language, language: str) -> Iterable[str]:
    """What the rules of a language cannot do without."""
    if language != HOME:
        if not {"tagger", "morphologizer"} & set(nlp.pipe_names):
            yield "tells no parts of speech"
        return
    if "tagger" not in nlp.pipe_names or not _labels(nlp, "tagger") >= _PENN:
        yield "has no Penn Treebank tags"
    if "parser" not in nlp.pipe_names:
        yield "has no parser"
    elif not _labels(nlp, "parser") >= _CLEARNLP:
        yield "labels dependencies in another scheme than ClearNLP's"


def _labels(nlp: Language, component: str) -> set[str]:
    if component not in nlp.pipe_names:
        return set()
    return {str(label) for label in cast(Any, nlp.get_pipe(component)).labels}


@cache
def _table(path: Path = LABELS) -> Mapping[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigError(f"the table of labels {str(path)!r} is missing; install the package again") from error
    return dict(cast("tuple[str, str]", line.split("\t")) for line in lines if line and not line.startswith("#"))


def entity_label(label: str) -> str | None:
    """The label that the rules know for a recogniser's; None for what they do not use."""
    return label if label in _OURS else _table().get(label)


def needs_mapping(nlp: Language) -> bool:
    """Whether the recogniser has labels for persons, organisations and places that the rules do not know."""
    labels = _labels(nlp, "ner") | _labels(nlp, "entity_ruler")
    return "PERSON" not in labels or "GPE" not in labels or any(label in _table() for label in labels)


def map_entities(doc: Doc, *, places: str) -> Doc:
    """Give the entities the labels that the rules know; `places` stands for LOC. What they do not use is dropped."""
    mapped = []
    for entity in doc.ents:
        label = entity_label(entity.label_)
        if label is not None:
            mapped.append(Span(doc, entity.start, entity.end, label=places if label == "LOC" else label))
    doc.set_ents(mapped)
    return doc


@Language.factory("kg_entity_labels", default_config={"places": "LOC"})
class EntityLabels:
    """The component that maps the recogniser's labels; `places` is GPE where it has no label of its own for states."""

    def __init__(self, nlp: Language, name: str, places: str) -> None:  # noqa: ARG002 - spaCy's signature
        self._places = places

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its entities under known labels."""
        return map_entities(doc, places=self._places)


def add_entity_labels(nlp: Language) -> None:
    """Append the mapping of labels where the pipeline needs one."""
    if needs_mapping(nlp):
        known = {entity_label(label) for label in _labels(nlp, "ner") | _labels(nlp, "entity_ruler")}
        nlp.add_pipe("kg_entity_labels", last=True, config={"places": "LOC" if "GPE" in known else "GPE"})
