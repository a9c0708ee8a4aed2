from __future__ import annotations

import spacy

from kg.nlp.lookup import mixed_words, places_of_words

NLP = spacy.blank("en")


def test_words_are_found_whatever_their_case() -> None:
    doc = NLP("I said that my aunt told me.")
    assert places_of_words(doc, ["i", "me", "my", "mine"]) == [0, 3, 6]


def test_words_with_small_and_capital_letters() -> None:
    doc = NLP("The BBC and McSample met in 1990.")
    assert [doc[i].text for i in mixed_words(doc)][:2] == ["The", "McSample"]


def test_an_empty_text_has_none() -> None:
    assert places_of_words(NLP(""), ["i"]) == []
    assert mixed_words(NLP("")) == []
