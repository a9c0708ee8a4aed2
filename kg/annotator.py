"""The annotate stage: from one article to its annotation, and nothing of other articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version

from spacy.language import Language
from spacy.tokens import Doc

from kg.config import Settings
from kg.extract.base import Relation
from kg.extract.extractor import extract, load_relations
from kg.ingest.skipped import Skipped
from kg.model import Annotation, Article, content_hash
from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline
from kg.nlp.reader import Reader
from kg.ontology import Ontology
from kg.resolve.linker import link_article
from kg.run.record import code_digest
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.knowledge import GazetteerKnowledge

_STAGE_FOLDERS = ("model", "ingest", "nlp", "extract", "resolve", "wikidata")
"""The packages whose code and data decide what an article's annotation is."""


class Annotator:
    """Annotates articles with one pipeline, one set of word lists and one gazetteer.

    The pipeline is loaded when the first article needs it. `digest` stands for everything that decides the result
    besides the article: equal article and equal digest give equal bytes.
    """

    def __init__(self, settings: Settings, ontology: Ontology, gazetteer: Gazetteer) -> None:
        self._settings = settings
        self._gazetteer = gazetteer
        self._lexicon = load_lexicon(settings.language)
        self._relations: tuple[Relation, ...] = load_relations(relation.name for relation in ontology.relations)
        self._reader: Reader | None = None
        self.digest = content_hash(
            [
                code_digest(*_STAGE_FOLDERS),
                version("spacy"),
                _pipeline_version(settings.model),
                settings.language,
                settings.min_confidence,
                gazetteer.digest,
            ]
        )

    def reader(self, nlp: Language | None = None) -> Reader:
        """The reader, with the pipeline loaded; `nlp` is used instead of loading one."""
        if self._reader is None:
            self._reader = Reader(
                nlp or load_pipeline(self._settings.model), self._lexicon, GazetteerKnowledge(self._gazetteer)
            )
        return self._reader

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation | Skipped]:
        """One annotation an article, in order; an article that fails comes out as Skipped, and the rest goes on."""
        reader = self.reader()
        waiting: list[Article] = []

        def watched() -> Iterator[Article]:
            for article in articles:
                waiting.append(article)
                yield article

        for article, doc in reader.parse(watched()):
            while waiting[0] is not article:
                yield _failed(waiting.pop(0), "the spaCy pipeline fails on it")
            waiting.pop(0)
            yield self._annotate_one(reader, article, doc)
        for article in waiting:
            yield _failed(article, "the spaCy pipeline fails on it")

    def _annotate_one(self, reader: Reader, article: Article, doc: Doc) -> Annotation | Skipped:
        try:
            reading = reader.interpret(article, doc)
            annotation = extract(
                reading,
                self._lexicon,
                self._relations,
                annotator=self.digest,
                min_confidence=self._settings.min_confidence,
            )
            return link_article(annotation, self._gazetteer)
        except Exception as error:  # noqa: BLE001 - one bad article never stops a run
            return _failed(article, f"{type(error).__name__}: {error}")


def _failed(article: Article, why: str) -> Skipped:
    return Skipped(
        article.source or article.id, f"article {article.id!r} cannot be annotated ({why}); please report it"
    )


def _pipeline_version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name
