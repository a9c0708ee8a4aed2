from __future__ import annotations

import pytest

from kg.model import Article, EntityType
from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline
from kg.nlp.reader import Reader
from kg.wikidata.gazetteer import Item
from kg.wikidata.knowledge import GazetteerKnowledge
from kg.wikidata.memory import MemoryGazetteer

TEXT = "Berlin waited. Olaf Scholz met Narendra Modi in India on Monday. Scholz said that Modi agreed."


def person(number: int, label: str, prior: float, kind: EntityType = EntityType.PERSON) -> Item:
    return Item(f"Q9900006{number}", label, kind, prior=prior)


@pytest.mark.parametrize(
    ("items", "named"),
    [
        ([person(1, "Ada Example", 0.6)], True),
        ([person(1, "Ada Example", 0.6), person(2, "Ada Example", 0.0)], True),
        ([person(1, "Ada Example", 0.3)], False),
        ([person(1, "Ada Example", 0.9), person(2, "Ada Example", 0.1, EntityType.ORGANIZATION)], False),
        ([], False),
    ],
)
def test_full_names_of_well_known_people(items: list[Item], named: bool) -> None:
    knowledge = GazetteerKnowledge(MemoryGazetteer(items))
    assert knowledge.names_person("Ada Example") is named
    assert not knowledge.names_person("Example")


def test_a_well_known_person_is_read_as_one() -> None:
    items = [person(1, "Olaf Scholz", 0.6), person(2, "Narendra Modi", 0.2)]
    reader = Reader(load_pipeline(), load_lexicon(), GazetteerKnowledge(MemoryGazetteer(items)))
    (reading,) = reader.read([Article("a", TEXT)])
    types = {cluster.name: cluster.type for cluster in reading.clusters}
    assert types["Olaf Scholz"] is EntityType.PERSON
    assert "Scholz" not in types
    (plain,) = Reader(reader.nlp, load_lexicon()).read([Article("a", TEXT)])
    assert {cluster.name: cluster.type for cluster in plain.clusters}["Olaf Scholz"] is EntityType.ORGANIZATION
