from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd_texts import FRENCH, GERMAN, NORMAL

from kg.errors import ConfigError
from kg.nlp.language import LanguageCheck, language_name, language_table
from kg.nlp.lexicon import load_lexicon

ENGLISH = LanguageCheck("en")
SPANISH = (
    "La ministra acusó el martes a la oposición de haber engañado a los vecinos sobre el puente. Según ella, el dinero "
    "desapareció hace meses y nadie fue informado. El alcalde respondió que ya había dado todas las explicaciones."
)
WELSH = (
    "Cyhuddodd yr aelod y trysorydd o ddweud celwydd wrth bobl y dref am y bont newydd. Dywedodd fod yr arian wedi "
    "diflannu ers misoedd ac nad oedd neb wedi cael gwybod. Atebodd yntau ei fod wedi ateb pob cwestiwn yn barod."
)
RUSSIAN = (
    "Депутат обвинила казначея в том, что он обманул жителей города. По её словам, деньги на мост пропали ещё весной, "
    "и никто об этом не узнал. Казначей ответил, что уже ответил на все вопросы и ждёт выводов комиссии."
)


@pytest.mark.parametrize(
    ("text", "code"), [(FRENCH, "fr"), (GERMAN, "de"), (SPANISH, "es"), (WELSH, "cy"), (RUSSIAN, "ru")]
)
def test_another_language_is_told(text: str, code: str) -> None:
    assert ENGLISH.other(text) == code
    assert ENGLISH.other(text * 20) == code
    assert LanguageCheck(code).other(text) is None


@pytest.mark.parametrize(
    "text",
    [
        NORMAL,
        NORMAL.upper(),
        NORMAL.lower(),
        NORMAL.title(),
        "",
        "Le Pen à Paris",
        "Crucial decision on super-casinos",
        "Straw to attend Auschwitz service",
        "1,234 5,678 " * 100,
        "🙂 " * 300,
        "https://www.example.org/le-ministre-de-la-culture " * 30,
        FRENCH.upper(),
        ", ".join(f"Jean-Pierre Exemple{number}, Marie-Claude Modèle{number}" for number in range(300)),
    ],
)
def test_english_short_texts_lists_and_capitals_get_the_benefit_of_the_doubt(text: str) -> None:
    assert ENGLISH.other(text) is None


def test_an_english_article_with_foreign_quotations_is_english() -> None:
    assert ENGLISH.other(NORMAL + FRENCH + NORMAL) is None
    assert ENGLISH.other(NORMAL + FRENCH) is None


def test_near_languages_are_not_told_apart() -> None:
    danish = (
        "Ministeren anklagede tirsdag oppositionen for at have løjet for borgerne om broen. Ifølge hende forsvandt "
        "pengene for flere måneder siden, og ingen fik det at vide. Borgmesteren svarede, at han havde forklaret alt."
    )
    assert LanguageCheck("nb").other(danish) is None
    assert ENGLISH.other(danish) in ("da", "no")


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert ENGLISH.other(text) in (None, *language_table())


def test_a_detector_that_is_not_sure_says_nothing() -> None:
    class Unsure:
        def classify(self, text: str) -> tuple[str, float]:
            assert text
            return "fr", 0.8

    assert LanguageCheck("en", Unsure()).other(FRENCH) is None


def test_names_of_languages() -> None:
    assert language_name("cy") == "Welsh"
    assert language_name("xyz") == "xyz"


def test_a_missing_table(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="install the package again"):
        language_table(tmp_path / "none.tsv")


def test_an_unknown_language() -> None:
    with pytest.raises(ConfigError, match="'qq' is unknown"):
        load_lexicon("qq")


def test_a_language_without_lists_lacks_them_all() -> None:
    lexicon = load_lexicon("sv")
    assert "titles.tsv" in lexicon.missing
    assert not lexicon.role_heads
    assert lexicon.person_words["male"] == frozenset()


def test_english_needs_every_list(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    with pytest.raises(ConfigError, match=r"'titles\.tsv' of the language 'en' is missing"):
        load_lexicon("en", folder=tmp_path)


def test_french_lacks_nothing() -> None:
    assert load_lexicon("fr").missing == ()
