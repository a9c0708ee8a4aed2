from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import EntityType
from kg.wikidata.gazetteer import Item, MatchKind
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.names import fold
from kg.wikidata.scripts import romanise


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Владимир Путин", "vladimir putin"),
        ("Αλέξης Τσίπρας", "alexis tsipras"),
        ("习近平", "xi jinping"),
        ("문재인", "mun jaein"),
        ("Ада Пример", "ada primer"),
        ("ადა", "ada"),
    ],
)
def test_names_of_other_scripts_have_a_latin_form(name: str, latin: str) -> None:
    assert fold(romanise(name)) == latin


@pytest.mark.parametrize(
    "name", ["Путин", "نتنياهو", "נתניהו", "习近平", "オランド", "문재인", "Τσίπρας", "मोदी", "ทักษิณ"]
)
def test_no_script_folds_to_nothing(name: str) -> None:
    assert fold(name)
    assert fold(romanise(name)).isascii()


@given(st.text(max_size=30))
def test_every_text_has_an_ascii_form(name: str) -> None:
    assert romanise(name).isascii()


def test_both_spellings_meet_either_way() -> None:
    cyrillic = Item("Q99000001", "Ада Пример", EntityType.PERSON)
    latin = Item("Q99000002", "Boris Primer", EntityType.PERSON)
    gazetteer = MemoryGazetteer([cyrillic, latin])
    assert [(m.item, m.kind) for m in gazetteer.matches("Ада Пример")] == [(cyrillic, MatchKind.LABEL)]
    assert [(m.item, m.kind) for m in gazetteer.matches("Ada Primer")] == [(cyrillic, MatchKind.ALIAS)]
    assert [(m.item, m.kind) for m in gazetteer.matches("Борис Пример")] == [(latin, MatchKind.ALIAS)]
    assert [(m.item, m.kind) for m in gazetteer.matches("Пример, Борис")] == [(latin, MatchKind.ALIAS)]
    assert gazetteer.by_surname("Пример") == gazetteer.by_surname("Primer") == (cyrillic, latin)
