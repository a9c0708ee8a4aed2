from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.extractor import extract, load_relations
from kg.ingest.boilerplate import boilerplate_spans
from kg.model import Annotation, Article
from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline
from kg.nlp.reader import Reader
from kg.nlp.reading import Reading


@pytest.fixture(scope="session")
def reader() -> Reader:
    """One reader for the whole session: loading the pipeline costs more than all cases together."""
    return Reader(load_pipeline(), load_lexicon())


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[[str], Reading]:
    """A text as the extractors see it."""
    known: dict[str, Reading] = {}

    def reading(text: str) -> Reading:
        if text not in known:
            article = Article("case", text, boilerplate=boilerplate_spans(text, None))
            known[text] = next(reader.read([article]))
        return known[text]

    return reading


@pytest.fixture(scope="session")
def annotate(read: Callable[[str], Reading], reader: Reader) -> Callable[[str], Annotation]:
    """The whole annotation of a text, with every relation module at work."""
    relations = load_relations()
    known: dict[str, Annotation] = {}

    def annotation(text: str) -> Annotation:
        if text not in known:
            known[text] = extract(read(text), reader.lexicon, relations, annotator="tests")
        return known[text]

    return annotation
