"""The annotate stage: from one article to its annotation, and nothing of other articles."""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from kg.config import Settings
from kg.errors import ConfigError
from kg.extract.base import Finding, Scene
from kg.extract.calibration import Trust, load_calibration
from kg.extract.extractor import extract, load_relations, scene_of
from kg.extract.plain import relations_for
from kg.ingest.skipped import Skipped
from kg.model import Annotation, Article, content_hash
from kg.nlp.language import LanguageCheck, language_name
from kg.nlp.lexicon import bare_lexicon, load_lexicon
from kg.nlp.pipeline import load_pipeline
from kg.nlp.reader import Reader
from kg.nlp.traits import traits_of
from kg.ontology import Ontology
from kg.resolve.linker import link_article
from kg.run.record import code_digest
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.knowledge import GazetteerKnowledge

_STAGE_FOLDERS = ("model", "ingest", "nlp", "extract", "resolve", "wikidata")
"""The packages whose code and data decide what an article's annotation is."""


@dataclass(frozen=True, slots=True)
class Examined:
    """An annotation, what the extractors read it from, and all that they found; no scene where only names are read."""

    annotation: Annotation
    scene: Scene | None
    findings: tuple[Finding, ...]


class Annotator:
    """Annotates articles with one pipeline, one set of word lists and one gazetteer.

    The pipeline is loaded when the first article needs it. `digest` stands for everything that decides the result
    besides the article: equal article and equal digest give equal bytes.
    """

    def __init__(self, settings: Settings, ontology: Ontology, gazetteer: Gazetteer) -> None:
        self._settings = settings
        self._gazetteer = gazetteer
        self._lexicon = load_lexicon(settings.language)
        self._check = LanguageCheck(settings.language)
        known = load_relations(relation.name for relation in ontology.relations)
        self._relations, self._notes = relations_for(self._lexicon, known)
        least_of = _checked_names(settings.min_confidence_of, [relation.name for relation in ontology.relations])
        self._trust = Trust(load_calibration(settings.language), settings.min_confidence, least_of)
        self._names_only = False
        self._reader: Reader | None = None
        self.digest = content_hash(
            [
                code_digest(*_STAGE_FOLDERS),
                version("spacy"),
                _pipeline_version(settings.model),
                settings.language,
                settings.other_languages,
                version("py3langid"),
                settings.min_confidence,
                sorted(settings.min_confidence_of.items()),
                gazetteer.digest,
            ]
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what word lists and pipeline do not allow; those on the pipeline once it is loaded."""
        return self._notes

    def reader(self, nlp: Language | None = None) -> Reader:
        """The reader, with the pipeline loaded; `nlp` is used instead of loading one.

        ModelError where the pipeline cannot be used for the language.
        """
        if self._reader is None:
            name = self._settings.model
            nlp = nlp or load_pipeline(name)
            traits = traits_of(nlp, name, self._settings.language)
            self._names_only = traits.names_only
            self._notes += traits.notes
            self._reader = Reader(nlp, self._lexicon, GazetteerKnowledge(self._gazetteer))
        return self._reader

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation | Skipped]:
        """One annotation an article, in order.

        An article that fails, or that is in another language and not wanted, comes out as Skipped; the rest goes on.
        """
        waiting: deque[tuple[Article, str | None]] = deque()
        accepted = self._accepted(articles, waiting)
        first = next(accepted, None)
        if first is not None:
            reader = self.reader()
            for article, doc in reader.parse(chain((first,), accepted)):
                while waiting[0][0] is not article:
                    yield self._left_out(*waiting.popleft())
                yield self._annotate_one(reader, article, doc, waiting.popleft()[1])
        for article, language in waiting:
            yield self._left_out(article, language)

    def examine(self, article: Article) -> Examined | Skipped:
        """One article annotated, with what the extractors saw of it; Skipped as in `annotate`."""
        annotation = next(iter(self.annotate([article])))
        if isinstance(annotation, Skipped):
            return annotation
        if annotation.language is not None or self._names_only:
            return Examined(annotation, None, ())
        reader = self.reader()
        _, doc = next(iter(reader.parse([article])))
        scene = scene_of(reader.interpret(article, doc), self._lexicon)
        return Examined(
            annotation, scene, tuple(found for relation in self._relations for found in relation.find(scene))
        )

    def _accepted(self, articles: Iterable[Article], seen: deque[tuple[Article, str | None]]) -> Iterator[Article]:
        """The articles to be read; all go into `seen` with the language that they are in instead of the wanted one."""
        for article in articles:
            language = self._check.other(article.text)
            seen.append((article, language))
            if language is None or self._settings.other_languages == "names":
                yield article

    def _left_out(self, article: Article, language: str | None) -> Skipped:
        if language is None or self._settings.other_languages == "names":
            return _failed(article, "the spaCy pipeline fails on it")
        return Skipped(
            article.source or article.id,
            f"article {article.id!r} is in {language_name(language)} ({language}), not in "
            f"{language_name(self._settings.language)} ({self._settings.language}); build it apart with --language and "
            "--model, or read names only with --other-languages names",
        )

    def _annotate_one(self, reader: Reader, article: Article, doc: Doc, language: str | None) -> Annotation | Skipped:
        try:
            if language is not None or self._names_only:
                spoken = language or self._settings.language
                reading = reader.read_names(article, doc)
                found = replace(extract(reading, bare_lexicon(spoken), (), annotator=self.digest), language=language)
                return link_article(found, self._gazetteer)
            reading = reader.interpret(article, doc)
            annotation = extract(
                reading,
                self._lexicon,
                self._relations,
                annotator=self.digest,
                trust=self._trust,
            )
            return link_article(annotation, self._gazetteer)
        except Exception as error:  # noqa: BLE001 - one bad article never stops a run
            return _failed(article, f"{type(error).__name__}: {error}")


def _checked_names(least_of: Mapping[str, float], relations: Sequence[str]) -> Mapping[str, float]:
    """The table as it is; ConfigError where it names a relation that the ontology lacks."""
    for name in least_of:
        if name not in relations:
            near = difflib.get_close_matches(name, relations, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the relations are {', '.join(relations)}"
            raise ConfigError(f"min_confidence_of has the relation {name!r}, which there is not; {hint}")
    return least_of


def _failed(article: Article, why: str) -> Skipped:
    return Skipped(
        article.source or article.id, f"article {article.id!r} cannot be annotated ({why}); please report it"
    )


def _pipeline_version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name
