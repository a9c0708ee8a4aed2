from __future__ import annotations

import pickle
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import EntityType
from kg.wikidata.gazetteer import Item, Match, MatchKind, Tenure
from kg.wikidata.index import open_index
from kg.wikidata.index_writer import Entry, write_index
from kg.wikidata.item import EntityRef, Snak, SnakType, Statement, WikidataItem
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.memory import MemoryGazetteer

SHIPPED = Item(
    "Q99000001",
    "Ada Example",
    EntityType.PERSON,
    aliases=("Ada Exempla",),
    description="mayor",
    prior=0.4,
    parties=(Tenure("First Party"),),
)
BUILT = Item(
    "Q99000001",
    "Ada Q. Example",
    EntityType.PERSON,
    aliases=("Ada Example",),
    description="politician",
    gender="female",
    birth="1950",
    prior=0.6,
    parties=(Tenure("Second Party"),),
    domains=("ada.example",),
)
NAMESAKE = Item("Q99000002", "Ada Example", EntityType.PERSON, gender="male", prior=0.5)
PLACE = Item("Q99000003", "Nowhere", EntityType.PLACE, country="Q145", prior=0.2)
WHOLE = Item(
    "Q99000001",
    "Ada Example",
    EntityType.PERSON,
    aliases=("Ada Exempla", "Ada Q. Example"),
    description="mayor",
    gender="female",
    birth="1950",
    prior=0.6,
    parties=(Tenure("First Party"),),
    domains=("ada.example",),
)
FIRST = MemoryGazetteer([SHIPPED], digest="first", given_names={"ada": "female"})
SECOND = MemoryGazetteer([BUILT, NAMESAKE, PLACE], digest="second", given_names={"ada": "male", "bo": "male"})
LAYERED = LayeredGazetteer([FIRST, SECOND])


def said(identifier: str | None) -> WikidataItem:
    human = Snak("P31", SnakType.VALUE, EntityRef("Q5"))
    return WikidataItem("Q99000001", statements=(Statement(human, id=identifier),))


def test_an_item_of_two_layers_is_put_together() -> None:
    assert LAYERED.item("Q99000001") == WHOLE
    assert LAYERED.item("Q99000002") == NAMESAKE
    assert LAYERED.item("Q1") is None
    assert LAYERED.qids() == {"Q99000001", "Q99000002", "Q99000003"}
    assert LAYERED.places == (PLACE,)


def test_matches_of_all_layers_are_ranked_together() -> None:
    assert LAYERED.matches("Ada Example") == (Match(WHOLE, MatchKind.LABEL), Match(NAMESAKE, MatchKind.LABEL))
    assert LAYERED.candidates("Ada Exempla") == (WHOLE,)
    assert LAYERED.candidates("Nobody") == ()
    assert LAYERED.by_surname("Example") == (WHOLE, NAMESAKE)
    assert LAYERED.by_domain("www.ada.example") == WHOLE
    assert LAYERED.by_domain("other.example") is None


def test_the_first_layers_word_comes_first() -> None:
    assert LAYERED.given_gender("Ada") == "female"
    assert LAYERED.given_gender("Bo") == "male"
    assert LayeredGazetteer([SECOND, FIRST]).given_gender("Ada") == "male"
    assert LAYERED.digest != LayeredGazetteer([SECOND, FIRST]).digest


def test_initials_that_only_one_layer_knows_contradict() -> None:
    assert [item.qid for item in FIRST.candidates("Ada X. Example")] == ["Q99000001"]
    assert [item.qid for item in LAYERED.candidates("Ada X. Example")] == ["Q99000002"]
    assert [item.qid for item in LAYERED.candidates("Ada Q. Example")] == ["Q99000001", "Q99000002"]


def test_similar_names_are_not_those_that_another_layer_has() -> None:
    assert [match.item for match in LAYERED.similar("Ada Examqle")] == [WHOLE, NAMESAKE]
    layered = LayeredGazetteer(
        [MemoryGazetteer([SHIPPED]), MemoryGazetteer([Item("Q99000001", "Ada Examqle", EntityType.PERSON)])]
    )
    assert [match.kind for match in layered.matches("Ada Examqle")] == [MatchKind.LABEL]
    assert layered.similar("Ada Examqle") == ()
    assert layered.similar("Nobody At All") == ()


def test_statements_with_ids_go_before_those_without() -> None:
    bare = MemoryGazetteer([SHIPPED], documents={"Q99000001": said(None)})
    genuine = MemoryGazetteer([BUILT], documents={"Q99000001": said("Q99000001$1")})
    assert LayeredGazetteer([bare, genuine]).statements("Q99000001") == said("Q99000001$1")
    assert LayeredGazetteer([bare, FIRST]).statements("Q99000001") == said(None)
    assert LAYERED.statements("Q99000001") is None


NAMES = st.lists(st.sampled_from("Ada Bo J. X. Example Exemple Vane Senator".split()), min_size=1, max_size=3).map(
    " ".join
)
ITEMS = st.lists(
    st.builds(
        Item,
        qid=st.integers(99000001, 99000009).map(lambda n: f"Q{n}"),
        label=NAMES,
        type=st.sampled_from([EntityType.PERSON, EntityType.PARTY]),
        prior=st.sampled_from([0.1, 0.5]),
    ),
    unique_by=lambda item: item.qid,
    max_size=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ITEMS, second=ITEMS, asked=st.lists(NAMES, max_size=5))
def test_an_index_as_a_layer_is_like_one_in_memory(
    tmp_path: Path, first: list[Item], second: list[Item], asked: list[str]
) -> None:
    entries = (Entry(item, WikidataItem(item.qid)) for item in sorted(second, key=lambda item: item.qid))
    write_index(tmp_path / "index", entries, meta={})
    upper = MemoryGazetteer(first)
    on_disk = LayeredGazetteer([upper, open_index(tmp_path / "index")])
    in_memory = LayeredGazetteer([upper, MemoryGazetteer(second)])
    for name in (*asked, *(item.label for item in (*first, *second))):
        assert on_disk.matches(name) == in_memory.matches(name)
        assert on_disk.similar(name) == in_memory.similar(name)
        assert on_disk.by_surname(name.split()[-1]) == in_memory.by_surname(name.split()[-1])
        assert {match.item.qid for match in on_disk.matches(name)}.isdisjoint(m.item.qid for m in on_disk.similar(name))


def test_layers_travel_to_other_processes() -> None:
    again = pickle.loads(pickle.dumps(LAYERED))
    assert again.matches("Ada Example") == LAYERED.matches("Ada Example")
    assert again.digest == LAYERED.digest
