from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.directions import Direction
from kg.nlp.lexicon import load_lexicon
from kg.nlp.lone_names import NameModel, full_names, lone_names, unlike_names
from kg.nlp.person_signs import told_gender
from kg.nlp.reading import Reading

LEXICON = load_lexicon()
VOCAB = spacy.blank("en").vocab


def doc_of(words: str, heads: list[int], deps: str, labels: dict[int, str]) -> Doc:
    """A parse made by hand: a word is a proper noun where it has a capital letter."""
    tokens = words.split()
    return Doc(
        VOCAB,
        words=tokens,
        heads=heads,
        deps=deps.split(),
        pos=["PROPN" if w[0].isupper() else "NOUN" for w in tokens],
        lemmas=[w.lower() for w in tokens],
        ents=[f"B-{labels[i]}" if i in labels else "O" for i in range(len(tokens))],
    )


@pytest.mark.parametrize(
    ("words", "heads", "deps", "found"),
    [
        ("yesterday Zyxford marry again", [2, 2, 2, 2], "npadvmod nsubj ROOT advmod", True),
        ("yesterday Zyxford announce layoffs", [2, 2, 2, 2], "npadvmod nsubj ROOT dobj", False),
        ("yesterday Zyxford lose his seat", [2, 2, 2, 4, 2], "npadvmod nsubj ROOT poss dobj", True),
        ("yesterday Zyxford lose its seat", [2, 2, 2, 4, 2], "npadvmod nsubj ROOT poss dobj", False),
    ],
)
def test_a_lone_word_is_a_person_where_it_acts_like_one(words: str, heads: list[int], deps: str, found: bool) -> None:
    doc = doc_of(words, heads, deps, {1: "ORG"})
    assert lone_names(doc, LEXICON, [False] * len(doc)) == ([(1, 2)] if found else [])


def test_a_noun_beside_the_name_tells_the_gender() -> None:
    doc = doc_of("actress Zyxa spoke", [1, 2, 2], "compound nsubj ROOT", {1: "PERSON"})
    assert told_gender(doc, 1, 2, LEXICON) == "female"


def test_a_surname_goes_to_whom_the_article_names_most(read: Callable[[str], Reading]) -> None:
    reading = read(
        "Thomas Specimen spoke. Mr Specimen was tired. Thomas Specimen then met Ada Specimen. Specimen left the hall."
    )
    people = [c for c in reading.clusters if c.type is EntityType.PERSON]
    last = max((m for m in reading.mentions), key=lambda m: m.start)
    assert {c.name for c in people} == {"Thomas Specimen", "Ada Specimen"}
    assert reading.clusters[last.cluster].name == "Thomas Specimen"


def test_weights_decide_on_words_without_signs() -> None:
    model = NameModel({"role:nsubj": 2.0, "in": -3.0}, Direction(np.zeros(0), 0.0), 0.8)
    assert model.is_person({"role:nsubj": 1.0})
    assert not model.is_person({"role:nsubj": 0.5, "in": 0.5})


def test_a_surname_that_the_recogniser_takes_for_a_body_is_found(read: Callable[[str], Reading]) -> None:
    reading = read("Hartwig grew up on a farm. She moved to the city in 1920. Hartwig worked there until she died.")
    assert {c.name for c in reading.clusters if c.type is EntityType.PERSON} == {"Hartwig"}


def doc_with_vectors(read: Callable[[str], Reading], words: str, labels: list[str]) -> Doc:
    tokens = words.split()
    return Doc(
        read("One.").doc.vocab,
        words=tokens,
        heads=[min(i + 1, len(tokens) - 1) for i in range(len(tokens))],
        deps=["dep"] * len(tokens),
        pos=["PROPN" if w[0].isupper() else "VERB" for w in tokens],
        ents=labels,
    )


@pytest.mark.parametrize(("words", "found"), [("Susan Baxter spoke", [(0, 2)]), ("Apple Music spoke", [])])
def test_a_given_name_and_surname_taken_for_a_body(
    read: Callable[[str], Reading], words: str, found: list[tuple[int, int]]
) -> None:
    doc = doc_with_vectors(read, words, ["B-ORG", "I-ORG", "O"])
    assert full_names(doc, [False] * len(doc)) == found


def test_a_town_taken_for_a_person_is_none(read: Callable[[str], Reading]) -> None:
    doc = doc_with_vectors(read, "Norwich spoke", ["B-PERSON", "O"])
    assert unlike_names(doc, LEXICON)(doc[0])
    named = doc_with_vectors(read, "Baxter spoke", ["B-PERSON", "O"])
    assert not unlike_names(named, LEXICON)(named[0])


def test_without_vectors_no_word_is_judged_by_them() -> None:
    doc = doc_of("Norwich spoke", [1, 1], "nsubj ROOT", {0: "PERSON"})
    assert not unlike_names(doc, LEXICON)(doc[0])
    assert full_names(doc, [False, False]) == []


def test_a_month_is_a_name_only_where_it_stands_as_one(read: Callable[[str], Reading]) -> None:
    text = "On May 5 Christine May spoke. In May, Mrs May met June Example. In June Ada Sample left."
    reading = read(text)
    names = {
        (m.start, reading.text(m.start, m.end))
        for m in reading.mentions
        if reading.type_of(m.cluster).value == "Person"
    }
    assert {name for _, name in names} == {"Christine May", "May", "June Example", "Ada Sample"}
    assert [reading.doc[start - 1].text for start, name in names if name == "May"] == ["Mrs"]


def test_two_particles_in_a_name(read: Callable[[str], Reading]) -> None:
    reading = read("Ursula von der Sample accused the minister of lying.")
    assert reading.text(reading.mentions[0].start, reading.mentions[0].end) == "Ursula von der Sample"
