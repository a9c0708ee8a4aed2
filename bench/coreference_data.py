"""Readers of GAP and GUM for the training scripts, and parses kept between runs."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from kg.nlp.pipeline import same_length

PRONOUNS = frozenset("he him his himself she her hers herself".split())

Span = tuple[int, int]


@dataclass
class Text:
    """A text and what is known of its pronouns: span -> (spans that corefer, spans that do not)."""

    name: str
    text: str
    labels: dict[Span, tuple[list[Span], list[Span]]] = field(default_factory=dict)
    complete: bool = True
    """Whether the coreferring spans are all there are."""


def read_gap(path: Path) -> Iterator[Text]:
    """One text a row of a GAP file."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            spans = {k: (int(row[f"{k}-offset"]), int(row[f"{k}-offset"]) + len(row[k])) for k in ("Pronoun", "A", "B")}
            same = [spans[k] for k in "AB" if row[f"{k}-coref"] == "TRUE"]
            other = [spans[k] for k in "AB" if row[f"{k}-coref"] != "TRUE"]
            yield Text(row["ID"], row["Text"], {spans["Pronoun"]: (same, other)}, complete=False)


def read_gum(folder: Path, split: str) -> Iterator[Text]:
    """One text a document of GUM, with the person clusters; speeches are left out for their licence."""
    for name in _gum_names(folder, split):
        yield _gum_text(folder / "coref", name)


def gum_documents(folder: Path, split: str) -> Iterator[Text]:
    """The texts of all documents of news, interview, biography and speech, without labels."""
    for name in _gum_names(folder, split, "news|interview|bio|speech"):
        yield Text(name, _gum_words(folder / "coref", name)[0])


def read_gum_entities(folder: Path, split: str) -> Iterator[tuple[Text, dict[int, bool]]]:
    """One text a document of GUM, and for every word by its start whether it is a whole mention of a person."""
    for name in _gum_names(folder, split):
        text, words = _gum_words(folder / "coref", name)
        labels = dict.fromkeys((start for start, _ in words), False)
        for kind, _, first, last in _gum_spans(folder / "coref", name):
            # "Ada's" is two words for GUM and one name.
            if kind == "person" and (first == last or text[slice(*words[last])] in ("'s", "’s", "'")):
                labels[words[first][0]] = True
        yield Text(name, text), labels


def _gum_names(folder: Path, split: str, genres: str = "news|interview|bio") -> list[str]:
    section = (folder / "splits.md").read_text(encoding="utf-8").split(f"## {split}\n", 1)[1].split("##", 1)[0]
    return sorted(re.findall(rf"GUM_(?:{genres})_\w+", section))


def _gum_words(folder: Path, name: str) -> tuple[str, list[Span]]:
    text, words = "", list[Span]()
    for block in (folder / f"ontogum/conllu/{name}.conllu").read_text(encoding="utf-8").strip().split("\n\n"):
        sentence = re.search(r"^# text = (.*)$", block, re.M)
        assert sentence is not None, name
        text += ("\n" if "# newpar" in block else " ") if text else ""
        at = len(text)
        text += sentence[1]
        for row in re.findall(r"^\d+\t([^\t]+)\t", block, re.M):
            start = text.index(row, at)
            at = start + len(row)
            words.append((start, at))
    return text, words


def _gum_spans(folder: Path, name: str) -> Iterator[tuple[str, str, int, int]]:
    """Kind, cluster, first and last word of every labelled entity."""
    opened: dict[str, list[int]] = defaultdict(list)
    rows = re.findall(r"^\d+\t\S+\t(.*)$", (folder / f"gum/conll/{name}.conll").read_text(encoding="utf-8"), re.M)
    for index, marks in enumerate(rows):
        for start, kind, key, end in re.findall(r"(\()?([a-z]+)-(\d+)(?:-[^()]*)?(\))?", marks):
            if start:
                opened[f"{kind}-{key}"].append(index)
            if end:
                yield kind, key, opened[f"{kind}-{key}"].pop(), index


def _gum_text(folder: Path, name: str) -> Text:
    text, words = _gum_words(folder, name)
    clusters: dict[str, list[Span]] = defaultdict(list)
    for kind, key, first, last in _gum_spans(folder, name):
        if kind == "person":
            clusters[key].append((words[first][0], words[last][1]))
    labels = {
        span: ([other for other in spans if other != span], [])
        for spans in clusters.values()
        for span in spans
        if text[slice(*span)].lower() in PRONOUNS
    }
    return Text(name, text, labels)


def parsed(nlp: Language, texts: list[Text], cache: Path | None) -> list[tuple[Text, Doc]]:
    """The texts with their parses, kept in a file where one is given."""
    if cache is not None and cache.exists():
        return list(zip(texts, DocBin().from_disk(cache).get_docs(nlp.vocab), strict=True))
    docs = list(nlp.pipe([same_length(text.text) for text in texts], batch_size=64))
    if cache is not None:
        attributes = ["ORTH", "SPACY", "TAG", "POS", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START"]
        DocBin(attrs=attributes, docs=docs).to_disk(cache)
    return list(zip(texts, docs, strict=True))
