from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kg.model import EntityType
from kg.wikidata.gazetteer import MOST_SIMILAR, Item, MatchKind
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.names import fold
from kg.wikidata.similar import edits_allowed, sound_of, variants_of

ADA = Item("Q99000001", "Ada Placeholder", EntityType.PERSON, prior=0.5)
BOB = Item("Q99000002", "Robert Exampel", EntityType.PERSON, prior=0.2)
BOB_TOO = Item("Q99000003", "Robert Exampal", EntityType.PERSON, prior=0.9)
MIDDLE = Item("Q99000004", "Chris H. W. Specimen", EntityType.PERSON, prior=0.3)
PARTY = Item("Q99000005", "Placeholder Party", EntityType.PARTY, prior=0.4)
SHORT = Item("Q99000006", "Bo Vane", EntityType.PERSON, prior=0.4)
GAZETTEER = MemoryGazetteer([ADA, BOB, BOB_TOO, MIDDLE, PARTY, SHORT])


def similar(name: str) -> list[tuple[str, MatchKind, int]]:
    return [(match.item.qid, match.kind, match.edits) for match in GAZETTEER.similar(name)]


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelensky Zelenskyy Zelenskiy Zelenskyj Zelenski",
        "Lukashenko Lukashenka Lukaschenko Loukachenko",
        "Gaddafi Qadhafi Kadhafi Qaddafi Gadhafi Khadafy",
        "Mohammed Muhammad Mohamed Mohammad",
        "Yeltsin Jelzin Eltsin",
        "Müller Mueller Muller",
        "Gorbachev Gorbatschow Gorbachov",
        "Yanukovych Janukowitsch Yanukovich",
        "Hussein Husayn Hussain Hossein",
        "Alexander Aleksandr",
        "Khrushchev Chruschtschow",
        "Sergei Sergey Sergej",
        "Yulia Julia Yuliya",
        "Dmitry Dmitri Dimitri",
        "Medvedev Medwedew",
        "Clark Clarke",
        "Meyer Maier Mayer Meier",
        "Johnson Jonson",
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: str) -> None:
    assert len({sound_of(fold(spelling)) for spelling in spellings.split()}) == 1
    assert sound_of(fold(spellings.split()[0]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mann", "Menem"),
        ("Clinton", "Clanton"),
        ("Johnson", "Johnston"),
        ("Martin", "Marin"),
        ("Brown", "Bryan"),
        ("Obama", "Osama"),
        ("Carter", "Cartier"),
        ("Hilary Benn", "Hillary Bent"),
    ],
)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert sound_of(fold(one)) != sound_of(fold(other))


def test_spaces_and_articles_do_not_sound() -> None:
    assert sound_of(fold("Bashar al-Example")) == sound_of("bashar example")
    assert sound_of("abd el fattah") == sound_of("abdul fattah") or sound_of("abdel fattah") == sound_of("abdul fattah")
    assert sound_of("jong un") == sound_of("jongun")
    assert sound_of("bo") == ""
    assert sound_of("пример") == ""


@given(st.text(max_size=30))
def test_every_name_has_a_sound_or_none(name: str) -> None:
    sound = sound_of(fold(name))
    assert sound == "" or len(sound) >= 4
    assert " " not in sound


WORDS = st.text(string.ascii_lowercase[:5], min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_words_within_the_edits_allowed_share_a_variant(one: str, other: str) -> None:
    allowed = min(edits_allowed(one), edits_allowed(other))
    if allowed and OSA.distance(one, other) <= allowed:
        assert variants_of(one) & variants_of(other)


@given(WORDS.filter(lambda word: len(word) >= 8), st.data())
def test_a_word_with_two_edits_shares_a_variant(word: str, data: st.DataObject) -> None:
    wrong = word
    for _ in range(2):
        i = data.draw(st.integers(0, len(wrong) - 1))
        wrong = wrong[:i] + data.draw(st.sampled_from(["", "x", "xy", wrong[i] * 2])) + wrong[i + 1 :]
    if edits_allowed(wrong) == 2 and OSA.distance(word, wrong) <= 2:
        assert variants_of(word) & variants_of(wrong)


def test_few_edits_are_allowed() -> None:
    assert [edits_allowed(word) for word in ("ada", "adam", "example", "examples", "2016", "пример")] == [
        0,
        1,
        1,
        2,
        0,
        0,
    ]


def test_similar_names_are_ranked_by_kind_then_edits_then_prior() -> None:
    assert similar("Robert Exampl") == [("Q99000003", MatchKind.SIMILAR, 1), ("Q99000002", MatchKind.SIMILAR, 1)]
    assert similar("Ropert Exampl") == [("Q99000003", MatchKind.SIMILAR, 2), ("Q99000002", MatchKind.SIMILAR, 2)]
    assert similar("Robert Exampell") == [
        ("Q99000002", MatchKind.SPELLING, 1),
        ("Q99000003", MatchKind.SPELLING, 2),
    ]


def test_edits_of_every_kind_are_found() -> None:
    for name in (
        "Ada Plaseholder",
        "Ada Placehlder",
        "Ada Placceholder",
        "Ada Palceholder",
        "Ada Klaceholder",
        "Ada Placehodlr",
    ):
        assert [qid for qid, *_ in similar(name)] == ["Q99000001"], name
    assert similar("Ada Palcehodlrx") == []


def test_short_words_must_agree() -> None:
    assert similar("Bo Vanes") == [("Q99000006", MatchKind.SIMILAR, 1)]
    assert similar("Ba Vane") == []
    assert similar("Ba Vanes") == []
    assert similar("Eda Placeholder") == []
    assert similar("Vanes") == []


def test_titles_initials_and_scripts_are_as_in_exact_names() -> None:
    assert [qid for qid, *_ in similar("Senator Chris Specimem")] == ["Q99000004"]
    assert [qid for qid, *_ in similar("Specimem, Chris")] == ["Q99000004"]
    assert [qid for qid, *_ in similar("Chris H.W. Specimem")] == ["Q99000004"]
    assert similar("Chris X. Specimem") == []
    assert [qid for qid, *_ in similar("Роберт Эксампал")] == ["Q99000003", "Q99000002"]
    assert [qid for qid, *_ in similar("Plaseholder Party")] == ["Q99000005"]


def test_who_has_the_name_itself_is_no_answer() -> None:
    assert similar("Robert Exampal") == [("Q99000002", MatchKind.SPELLING, 1)]
    assert similar("Ada Placeholder") == []
    assert similar("") == []
    assert GAZETTEER.matches("Robert Exampl") == ()


def test_answers_are_few() -> None:
    items = [Item(f"Q{99000000 + i}", "Ada Placeholder", EntityType.PERSON, prior=i / 100) for i in range(60)]
    found = MemoryGazetteer(items).similar("Ada Plaseholder")
    assert len(found) == MOST_SIMILAR
    assert [match.item.prior for match in found] == sorted((i / 100 for i in range(40, 60)), reverse=True)


def test_overlong_names_are_like_nothing() -> None:
    for name in ("Ada Placeholde" + "r" * 5000, "Ada Plaseholder " * 500, "a " * 5000):
        assert similar(name) == []


def test_names_of_many_words_have_two_edits_in_all() -> None:
    item = Item("Q99000001", "Placeholder Society of Invented Examples", EntityType.ORGANIZATION)
    gazetteer = MemoryGazetteer([item])
    assert [m.edits for m in gazetteer.similar("Placeholder Sociéty of Invented Exampels")] == [1]
    assert [m.edits for m in gazetteer.similar("Placeholder Sociaty of Infented Examples")] == [2]
    assert gazetteer.similar("Placenolder Sociaty of Infented Examples") == ()


MIDDLE_NAMES = MemoryGazetteer(
    [
        Item("Q99000001", "Ada Brenda Placeholder", EntityType.PERSON, prior=0.5),
        Item("Q99000002", "Ada Carla Placeholder", EntityType.PERSON, prior=0.6),
        Item("Q99000003", "Robert Exampel", EntityType.PERSON),
        Item("Q99000004", "Robert Q. Exampel", EntityType.PERSON),
        Item("Q99000005", "Chris Maria van der Specimen", EntityType.PERSON),
        Item("Q99000006", "Placeholder Green Party", EntityType.PARTY),
    ]
)


@pytest.mark.parametrize(
    ("name", "shorter"),
    [
        ("Ada Placeholder", ["Q99000002", "Q99000001"]),
        ("Placeholder, Ada", ["Q99000002", "Q99000001"]),
        ("Ada C. Placeholder", ["Q99000002"]),
        ("Ada D. Placeholder", []),
        ("Ada Charlotte Placeholder", []),
        ("Robert Quentin Exampel", ["Q99000003", "Q99000004"]),
        ("Robert Paul Exampel", ["Q99000003"]),
        ("Robert Exampel", []),
        ("Chris van der Specimen", ["Q99000005"]),
        ("Chris Specimen", []),
        ("Placeholder Party", []),
    ],
)
def test_middle_names_may_be_left_out(name: str, shorter: list[str]) -> None:
    found = MIDDLE_NAMES.similar(name)
    assert [match.item.qid for match in found if match.kind is MatchKind.SHORTER] == shorter
    if shorter:
        assert MIDDLE_NAMES.matches(name) == ()
