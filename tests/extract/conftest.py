from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.extractor import extract, load_relations
from kg.model import Annotation
from kg.nlp.reader import Reader
from kg.nlp.reading import Reading


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
