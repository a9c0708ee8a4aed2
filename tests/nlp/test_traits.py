"""Other pipelines: what they lack is said, what they have is used."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotator import Annotator
from kg.config import Settings
from kg.errors import ModelError
from kg.model import Annotation, Article, EntityType
from kg.nlp.pipeline import load_pipeline
from kg.nlp.traits import entity_label, map_entities, traits_of
from kg.ontology import Ontology
from kg.wikidata.starter import load_starter

TEXT = 'Ada Example of the Labour Party accused Bo Sample of lying in Leeds. "He lied to every one of us," she said.'
CLAIMS = "Labour MP Ada Example accused Bertram Sample of lying."


def _ruler(nlp: Language, *labels: tuple[str, str]) -> None:
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in labels])  # type: ignore[attr-defined]


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A saved pipeline with nothing but names, under the labels of CoNLL 2003."""
    nlp = spacy.blank("en")
    _ruler(nlp, ("Ada Example", "PER"), ("Bo Sample", "PER"), ("Leeds", "LOC"), ("Monday", "MISC"))
    nlp.to_disk(tmp_path / "blank")
    return tmp_path / "blank"


def _annotate(settings: Settings, ontology: Ontology, text: str) -> tuple[Annotation, tuple[str, ...]]:
    annotator = Annotator(settings, ontology, load_starter())
    (found,) = annotator.annotate([Article("a", text)])
    assert isinstance(found, Annotation), found
    return found, annotator.notes


def test_a_pipeline_of_names_alone_is_read_for_names(blank: Path, ontology: Ontology) -> None:
    found, notes = _annotate(Settings(model=str(blank)), ontology, TEXT)
    assert {(e.name, e.type) for e in found.entities} == {
        ("Ada Example", EntityType.PERSON),
        ("Bo Sample", EntityType.PERSON),
        ("Leeds", EntityType.PLACE),
    }
    assert not found.claims
    assert found.language is None
    assert [TEXT[q.content.start : q.content.end] for q in found.quotations] == ["He lied to every one of us"]
    assert len(found.sentences) == 2
    assert len(notes) == 1
    assert "has no Penn Treebank tags and has no parser: names and quotation marks are read" in notes[0]


def test_a_saved_pipeline_is_named_by_its_path(ontology: Ontology, tmp_path: Path) -> None:
    nlp = load_pipeline()
    nlp.remove_pipe("kg_paragraph_ends")
    nlp.to_disk(tmp_path / "own")
    found, notes = _annotate(Settings(model=str(tmp_path / "own")), ontology, CLAIMS)
    assert notes == ()
    assert "accuses" in {claim.relation for claim in found.claims}


@pytest.mark.parametrize("lost", ["parser", "tagger", "lemmatizer"])
def test_a_pipeline_that_lacks_a_part_says_so(lost: str) -> None:
    nlp = load_pipeline()
    nlp.remove_pipe(lost)
    traits = traits_of(nlp, "own", "en")
    assert traits.names_only is (lost != "lemmatizer")
    assert len(traits.notes) == 1


def test_a_pipeline_without_vectors_says_so() -> None:
    nlp = load_pipeline()
    nlp.vocab.reset_vectors(width=0)
    (note,) = traits_of(nlp, "own", "en").notes
    assert "has no word vectors" in note


def test_labels_are_mapped_by_a_table() -> None:
    assert [entity_label(label) for label in ("PERSON", "PER", "persName", "ORGANIZATION", "MISC", "DATE")] == [
        "PERSON",
        "PERSON",
        "PERSON",
        "ORG",
        None,
        None,
    ]
    nlp = spacy.blank("en")
    doc = Doc(nlp.vocab, ["Ada", "left", "Leeds", "on", "Monday"])
    doc.ents = (Span(doc, 0, 1, "PER"), Span(doc, 2, 3, "LOC"), Span(doc, 4, 5, "MISC"))
    assert [(e.text, e.label_) for e in map_entities(doc, places="GPE").ents] == [("Ada", "PERSON"), ("Leeds", "GPE")]


def test_a_pipeline_for_another_language() -> None:
    with pytest.raises(ModelError, match=r"is for German \(de\), the articles are to be in English \(en\)"):
        traits_of(spacy.blank("de"), "blank", "en")


def test_a_pipeline_that_finds_no_names() -> None:
    with pytest.raises(ModelError, match="'blank' finds no names: it lacks 'ner'"):
        traits_of(spacy.blank("en"), "blank", "en")


def test_a_pipeline_whose_labels_are_unknown() -> None:
    nlp = spacy.blank("en")
    _ruler(nlp, ("Ada Example", "HERO"))
    with pytest.raises(ModelError, match="no label for persons among HERO"):
        traits_of(nlp, "own", "en")


def test_a_multilingual_pipeline_serves_any_language() -> None:
    nlp = spacy.blank("xx")
    _ruler(nlp, ("Ada Example", "PER"))
    assert traits_of(nlp, "own", "fr").names_only
    nlp.add_pipe("tagger")
    assert not traits_of(nlp, "own", "fr").names_only
