"""Every rule that fires on any case of tests/extract is described, and no description is of a rule long gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from kg.errors import ConfigError
from kg.explain.rules import DATA, Record, load_rules
from kg.extract.cues import stance_cues
from kg.extract.extractor import extract, load_relations
from kg.nlp.lexicon import load_lexicon
from kg.nlp.reading import Reading

CASES = Path(__file__).parents[1] / "extract"


@pytest.fixture(scope="module")
def used(read: Callable[[str], Reading]) -> set[str]:
    """The rules that give a claim in some case."""
    lexicon, relations = load_lexicon(), load_relations()
    texts = [case["text"] for path in sorted(CASES.glob("*/cases.yaml")) for case in yaml.safe_load(path.read_text())]
    return {claim.extractor for text in texts for claim in extract(read(text), lexicon, relations).claims}


def test_every_rule_is_described(used: set[str]) -> None:
    rules = load_rules()
    lost = sorted(rule for rule in used if rules.meaning(rule) is None)
    assert not lost, f"add a line to kg/explain/data/en/rules.tsv for {lost}"


def test_every_stance_is_described() -> None:
    moods = {"hypothetical", "negative"}
    patterns = {pattern for pattern in stance_cues().confidence if pattern not in moods}
    lost = sorted(p for p in patterns if load_rules().meaning(f"accuses:{p}") is None and p not in ("clause", "charge"))
    assert not lost, f"add a line to kg/explain/data/en/rules.tsv for {lost}"


def test_descriptions_belong_to_relations() -> None:
    known = {relation.RELATION for relation in load_relations()} | {"*"}
    rules = load_rules()
    assert {rule.partition(":")[0] for rule in (*rules.meanings, *rules.records)} <= known


def test_a_rules_record_is_not_better_than_perfect() -> None:
    assert all(0 <= record.right <= record.judged for record in load_rules().records.values())


def test_own_tables(tmp_path: Path) -> None:
    place = tmp_path / "xx"
    place.mkdir()
    (place / "rules.tsv").write_text("# note\naccuses:verb\ta verb\n*:noun\ta noun\n", encoding="utf-8")
    (place / "rule_precision.tsv").write_text("accuses:verb\t4\t3\n", encoding="utf-8")
    rules = load_rules("xx", tmp_path)
    assert rules.meaning("accuses:verb") == "a verb"
    assert rules.meaning("supports:noun") == "a noun"
    assert rules.meaning("supports:verb") is None
    assert rules.records == {"accuses:verb": Record(4, 3)}
    (place / "rule_precision.tsv").write_text("accuses:verb\tmany\t3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="broken"):
        load_rules("xx", tmp_path)
    assert load_rules("yy", tmp_path).meanings == {}
    assert (DATA / "en" / "rules.tsv").is_file()


def test_word_patterns_speak_for_themselves() -> None:
    meaning = load_rules("fr").meaning("memberOf:pattern-brackets")
    assert meaning is not None
    assert "PERSON ( PARTY )" in meaning
