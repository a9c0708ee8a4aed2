"""Odd texts go through the whole annotate stage: nothing fails, offsets hold, and no charge is made up."""

from __future__ import annotations

import pytest
from odd_texts import FRENCH, GERMAN, NORMAL, ODD_TEXTS

from kg.annotator import Annotator
from kg.config import Settings
from kg.ingest.skipped import Skipped
from kg.model import Annotation, Article, EntityType
from kg.model.jsonl import annotation_line, parse_annotation
from kg.nlp.pipeline import same_length
from kg.nlp.reader import Reader
from kg.ontology import Ontology
from kg.wikidata.starter import load_starter

_HOSTILE = ("accuses", "criticizes", "denies")
_WITHOUT_CHARGES = (
    "3,000 names, one a line",
    "3,000 names in one sentence",
    "titles alone",
    "parties alone",
    "outlets alone",
    "nested brackets",
    "brackets alone",
    "digits",
    "emoji",
    "opening marks alone",
    "one name 5,000 times",
    "2,000 pronouns",
)


def _annotator(reader: Reader, ontology: Ontology, settings: Settings | None = None) -> Annotator:
    annotator = Annotator(settings or Settings(), ontology, load_starter())
    annotator.reader(reader.nlp)
    return annotator


@pytest.fixture(scope="module")
def annotator(reader: Reader, ontology: Ontology) -> Annotator:
    return _annotator(reader, ontology)


def _annotate(annotator: Annotator, *texts: str) -> list[Annotation | Skipped]:
    return list(annotator.annotate([Article(str(number), text) for number, text in enumerate(texts)]))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(ODD_TEXTS) - {"in another language"}))
def test_odd_texts_are_annotated(annotator: Annotator, name: str) -> None:
    text = ODD_TEXTS[name]()
    (found,) = _annotate(annotator, text)
    assert isinstance(found, Annotation), found
    assert parse_annotation(annotation_line(found)) == found
    spans = [m.span for m in found.mentions] + [c.evidence for c in found.claims] + list(found.sentences)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    if name in _WITHOUT_CHARGES:
        assert not [claim for claim in found.claims if claim.relation in _HOSTILE]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", '"', ".", "x", "🙂", "Ada", "\u0301", "A" * 2000, "1 " * 50])
def test_tiny_texts_are_annotated(annotator: Annotator, text: str) -> None:
    (found,) = _annotate(annotator, text)
    assert isinstance(found, Annotation)
    assert not found.claims


def test_a_long_row_of_letters_is_no_word() -> None:
    text = "Ada left. " + "x" * 100_000 + " Bo stayed."
    plain = same_length(text)
    assert len(plain) == len(text)
    assert plain.split() == ["Ada", "left.", "Bo", "stayed."]
    address = "https://www.example.org/" + "a" * 300
    assert same_length(address) == address


def test_texts_in_capitals_keep_their_people(annotator: Annotator) -> None:
    plain, capitals = _annotate(annotator, NORMAL, NORMAL.upper())
    assert isinstance(plain, Annotation)
    assert isinstance(capitals, Annotation)
    people = {e.name.upper() for e in capitals.entities if e.type is EntityType.PERSON}
    assert {"ADA EXAMPLE", "THOMAS SAMPLE"} <= people
    charges = {(c.relation, *_ends(plain, c.subject, c.object)) for c in plain.claims}
    assert {(c.relation, *_ends(capitals, c.subject, c.object)) for c in capitals.claims} <= charges


def _ends(annotation: Annotation, *ids: str | None) -> list[str]:
    names = {e.id: e.name.upper() for e in annotation.entities}
    return ["" if end is None else names[end] for end in ids]


def test_an_article_in_another_language_is_named_and_skipped(annotator: Annotator) -> None:
    first, french, german, last = _annotate(annotator, NORMAL, FRENCH * 2, GERMAN * 2, NORMAL)
    assert isinstance(first, Annotation)
    assert isinstance(french, Skipped)
    assert isinstance(german, Skipped)
    assert "is in French (fr), not in English (en)" in french.reason
    assert "German (de)" in german.reason
    assert isinstance(last, Annotation)
    assert first.language is None


def test_an_article_in_another_language_read_for_names(reader: Reader, ontology: Ontology) -> None:
    annotator = _annotator(reader, ontology, Settings(other_languages="names"))
    (found,) = _annotate(annotator, FRENCH * 2)
    assert isinstance(found, Annotation)
    assert found.language == "fr"
    assert not found.claims
    assert "Paul Témoin" in {entity.name for entity in found.entities}
    assert [FRENCH[q.content.start : q.content.end] for q in found.quotations][:1] == ["C'est une honte"]
    assert parse_annotation(annotation_line(found)) == found


def test_only_foreign_articles_load_no_pipeline(ontology: Ontology) -> None:
    annotator = Annotator(Settings(model="no_such_pipeline"), ontology, load_starter())
    assert all(isinstance(found, Skipped) for found in _annotate(annotator, FRENCH * 2, GERMAN * 2))
