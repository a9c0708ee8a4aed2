"""People who share a name, told apart by the whole program with an index of Wikidata extracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotator import Annotator
from kg.cli import main
from kg.config import Settings
from kg.model import Annotation, Article, PartialDate
from kg.ontology import load_ontology
from kg.resources import shipped
from kg.wikidata.opening import open_gazetteer

EXTRACTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "wikidata"
TABLES = ("people_dev.jsonl.gz", "wellknown_people.jsonl", "parties.jsonl", "eps2022_positions.jsonl")
MANN_UK, MANN_QUEENSLAND = "Q694967", "Q16022910"
HOWARD_UK, HOWARD_MINNESOTA = "Q325381", "Q58490782"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXTRACTS.is_dir(), reason="the extracts of Wikidata are not beside this checkout"),
]


@pytest.fixture(scope="module")
def annotator(tmp_path_factory: pytest.TempPathFactory) -> Annotator:
    index = tmp_path_factory.mktemp("extracts") / "index"
    sources = [part for table in TABLES for part in ("--from", str(EXTRACTS / table))]
    assert main(["wikidata", "build", *sources, "--out", str(index)]) == 0
    return Annotator(Settings(index=str(index)), load_ontology(shipped("ontology")), open_gazetteer(str(index)))


def linked(annotator: Annotator, text: str, name: str, published: str | None = None) -> str | None:
    day = None if published is None else PartialDate.parse(published)
    (found,) = annotator.annotate([Article("told", text, published=day)])
    assert isinstance(found, Annotation), found
    return next(entity.wikidata for entity in found.entities if entity.name == name)


@pytest.mark.parametrize(
    ("qid", "name", "published", "text"),
    [
        (
            MANN_UK,
            "John Mann",
            "2016-04-29",
            "The Labour MP John Mann confronted Ken Livingstone outside a studio in London. Mann said afterwards that "
            "the party had to act.",
        ),
        (
            MANN_QUEENSLAND,
            "John Mann",
            None,
            "John Mann, a member of the Queensland Legislative Assembly, opened a wing of the library in Brisbane.",
        ),
        (
            HOWARD_UK,
            "Michael Howard",
            "2005-03-10",
            "Michael Howard, the Conservative leader, told MPs at Westminster that the bill was a shambles. Tony Blair "
            "answered that Howard had once backed it.",
        ),
        (
            HOWARD_MINNESOTA,
            "Michael Howard",
            "2020-02-12",
            "State Rep. Michael Howard of Minnesota introduced a bill on the price of insulin in St. Paul, with other "
            "Democrats of the Minnesota House of Representatives.",
        ),
    ],
)
def test_office_party_and_place_tell_them_apart(
    annotator: Annotator, qid: str, name: str, published: str | None, text: str
) -> None:
    assert linked(annotator, text, name, published) == qid


@pytest.mark.parametrize("name", ["John Mann", "Michael Howard"])
@pytest.mark.parametrize(
    "text",
    [
        "{name} opened the fair. {surname} said that the weather had been kind.",
        "{name}, a beekeeper, won the second prize for honey. {surname} had not expected it.",
    ],
)
def test_where_nothing_tells_them_apart_none_is_meant(annotator: Annotator, name: str, text: str) -> None:
    assert linked(annotator, text.format(name=name, surname=name.split()[-1]), name) is None
