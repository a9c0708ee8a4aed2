from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.model import Article
from kg.nlp.pipeline import load_pipeline, same_length
from kg.nlp.reader import Reader
from kg.nlp.reading import Reading

Read = Callable[[str], Reading]

SENTENCE = "Ada Example told the BBC that Thomas Sample, the treasurer, had lied about her plan"


@given(st.text())
def test_plain_text_has_the_same_length(text: str) -> None:
    assert len(same_length(text)) == len(text)


def test_quotes_dashes_and_spaces_become_plain() -> None:
    assert same_length("“It’s\u00a0late” – no…") == '"It\'s late" - no.'


def test_a_long_row_of_marks_is_blank() -> None:
    assert same_length("a" + '"' * 500 + "b").split() == ["a", "b"]


def test_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(ModelError, match="'no_such_pipeline'"):
        load_pipeline("no_such_pipeline")


def sentences(reading: Reading) -> list[str]:
    return [sentence.text.strip() for sentence in reading.doc.sents if sentence.text.strip()]


def test_a_paragraph_and_a_headline_end_a_sentence(read: Read) -> None:
    reading = read("Bridge row goes on\n\nAda Example left\n\nThe rain went on all day.")
    assert sentences(reading) == ["Bridge row goes on", "Ada Example left", "The rain went on all day."]


def test_a_line_end_inside_wrapped_prose_ends_nothing(read: Read) -> None:
    text = (
        "Ada Example told the BBC on Monday evening that Thomas Sample had lied\n"
        "about the bridge and that he would have to pay for it."
    )
    assert len(sentences(read(text))) == 1


def quotes(reading: Reading) -> list[str]:
    return [reading.text(quote.start, quote.end) for quote in reading.quotes]


def test_quotations_of_one_paragraph(read: Read) -> None:
    assert quotes(read("“I am here,” said Ada Example. “And I stay.”")) == ["I am here,", "And I stay."]


def test_a_quotation_over_two_paragraphs_and_one_that_never_closes(read: Read) -> None:
    reading = read("“I am here.\n\n“And I stay,” said Ada Example. “Good.")
    assert quotes(reading) == ["I am here.", "And I stay,", "Good."]


def test_a_mark_that_closes_far_away_is_no_quotation(read: Read) -> None:
    filler = " ".join(["The rain went on all day."] * 90)
    assert quotes(read(f'"Ada Example left. {filler} Thomas Sample stayed."')) == []


def test_offsets_point_into_the_given_text(read: Read) -> None:
    text = "Ada\u00a0Example’s friend – Thomas\u2009Sample – told “The\u00a0Times” so…"
    reading = read(text)
    assert reading.article.text == text
    assert reading.doc.text == same_length(text)
    assert all(reading.text(m.start, m.end) in text for m in reading.mentions)


ODD_TEXTS = {
    "empty": "",
    "space": " \n\n\t ",
    "one mark": '"',
    "a long sentence": " and ".join([SENTENCE] * 120),
    "quotation marks": '" ' * 1500,
    "quotation marks in a row": "“" * 1500,
    "quotations that never close": '"Ada Example said that the plan was bad. ' * 100,
    "capitals": (SENTENCE.upper() + ". ") * 20,
    "a list of names": "\n".join(f"Ada Example{i} and Thomas Sample{i}" for i in range(400)),
    "names in one sentence": ", ".join(["Ada Example", "Mr Sample"] * 300),
    "titles only": "Sir Lord Mr Dr " * 100,
    "possessives": "the BBC's " * 200,
    "prepositions": "chairman of the " * 200,
    "pronouns": "he said she told him " * 150,
    "brackets": "(((" * 300,
    "controls": "Ada\x00Example \x07 Thomas\ufeffSample\u200b.",
}


@pytest.mark.parametrize("name", sorted(ODD_TEXTS))
def test_odd_texts_are_read(reader: Reader, name: str) -> None:
    text = ODD_TEXTS[name]
    readings = list(reader.read([Article(name, text)]))
    assert len(readings) == 1
    assert all(reading.doc.text.casefold() == same_length(text).casefold() for reading in readings)


def test_a_text_that_the_pipeline_refuses_does_not_stop_the_others(reader: Reader) -> None:
    articles = [
        Article("a", SENTENCE + "."),
        Article("b", "Ada Example left. " * 60_000),
        Article("c", SENTENCE + "."),
    ]
    assert [article.id for article, _ in reader.parse(articles)] == ["a", "c"]


def test_articles_come_back_in_order(reader: Reader) -> None:
    articles = [Article(str(i), f"Ada Example left on day {i}.") for i in range(40)]
    assert [article.id for article, _ in reader.parse(articles)] == [str(i) for i in range(40)]
