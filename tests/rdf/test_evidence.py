from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.model import Article, Span
from kg.rdf import vocab
from kg.rdf.evidence import CONTEXT_LENGTH, Detail, Passages
from kg.rdf.namespaces import Namespaces

TEXT = "One tea. Two teas!  Three teas?"
SENTENCES = (Span(0, 8), Span(9, 18), Span(20, 31))


def passages(sentences: tuple[Span, ...] = SENTENCES, text: str = TEXT) -> Passages:
    return Passages(Article("a", text), sentences, Namespaces())


def described(span: Span, detail: Detail) -> dict[NamedNode, str]:
    found = passages()
    found.target(span, detail)
    ((_, pairs),) = found.described()
    return {predicate: value.value for predicate, value in pairs}


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (Span(0, 3), "One tea."),
        (Span(4, 12), "One tea. Two teas!"),
        (Span(9, 18), "Two teas!"),
        (Span(8, 10), " Two teas!"),
        (Span(18, 20), "  "),
        (Span(19, 22), " Three teas?"),
        (Span(0, 31), TEXT),
    ],
)
def test_the_sentence_text_is_that_of_all_sentences_touched(span: Span, sentence: str) -> None:
    assert passages().sentence_text(span) == sentence


def test_without_sentences_the_passage_stands_for_them() -> None:
    assert passages(()).sentence_text(Span(4, 12)) == "tea. Two"


@given(st.data())
def test_the_sentence_text_covers_the_passage(data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(TEXT)), unique=True).map(sorted))
    sentences = tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    start = data.draw(st.integers(0, len(TEXT) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(TEXT))))
    touched = [s for s in sentences if s.overlaps(span)]
    whole = Span(min([span.start, *(s.start for s in touched)]), max([span.end, *(s.end for s in touched)]))
    assert passages(sentences).sentence_text(span) == whole.of(TEXT)


def test_a_target_says_as_much_as_is_asked() -> None:
    bare = described(Span(9, 12), Detail.BARE)
    context = described(Span(9, 12), Detail.CONTEXT)
    sentence = described(Span(9, 12), Detail.SENTENCE)
    assert bare.keys() < context.keys() < sentence.keys()
    assert bare[vocab.EXACT] == "Two"
    assert bare[vocab.SENTENCE] == "1"
    assert context[vocab.PREFIX] == "One tea. "
    assert context[vocab.SUFFIX] == " teas!  Three teas?"
    assert sentence[vocab.SENTENCE_TEXT] == "Two teas!"


def test_there_is_no_prefix_at_the_start_and_no_suffix_at_the_end() -> None:
    assert vocab.PREFIX not in described(Span(0, 3), Detail.CONTEXT)
    assert vocab.SUFFIX not in described(Span(25, 31), Detail.CONTEXT)


def test_prefix_and_suffix_are_cut() -> None:
    found = passages((), "x" * 100 + "y" + "z" * 100)
    found.target(Span(100, 101), Detail.CONTEXT)
    ((_, pairs),) = found.described()
    values = {predicate: value.value for predicate, value in pairs}
    assert values[vocab.PREFIX] == "x" * CONTEXT_LENGTH
    assert values[vocab.SUFFIX] == "z" * CONTEXT_LENGTH


def test_the_most_that_anybody_asks_of_a_target_counts() -> None:
    found = passages()
    targets = {found.target(Span(9, 12), d) for d in (Detail.BARE, Detail.SENTENCE, Detail.CONTEXT)}
    ((node, pairs),) = found.described()
    assert targets == {node}
    assert vocab.SENTENCE_TEXT in dict(pairs)


def test_a_passage_beyond_the_text_is_refused() -> None:
    with pytest.raises(StoreError, match="0 to 32 ends beyond the text of 31"):
        passages().exact(Span(0, 32))
