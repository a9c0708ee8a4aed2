"""The learnt decision on stands: candidates, features, probabilities, and what comes out as a claim."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.extract.base import Scene
from kg.extract.cues import stance_cues
from kg.extract.extractor import scene_of
from kg.extract.judged import Judged, judge_pairs
from kg.extract.stance import all_stances
from kg.extract.stance_features import FeatureMaker
from kg.extract.stance_pairs import stance_pairs
from kg.extract.stance_scorer import STANDS, load_weights, probability, reasons, sentence_probabilities
from kg.model import Annotation
from kg.nlp.reader import Reader
from kg.nlp.reading import Reading

QUARREL = """Labour leader Ada Placeholder attacked Bertram Sample over hospitals.

"Mr Sample has not visited one hospital, which is a disgrace," Ms Placeholder said. "He spoke of wards on Friday."
"""
LUNCH = "Ada Placeholder met Bertram Sample in Leeds on Monday. They had lunch and praised the soup."


@pytest.fixture
def scene(read: Callable[[str], Reading], reader: Reader) -> Callable[[str], Scene]:
    return lambda text: scene_of(read(text), reader.lexicon)


def judged(scene: Scene) -> tuple[Judged, ...]:
    return judge_pairs(scene, all_stances(scene, stance_cues()), stance_cues())


def test_a_speaker_and_whom_he_names_are_a_candidate(scene: Callable[[str], Scene]) -> None:
    found = scene(QUARREL)
    pairs = stance_pairs(found, all_stances(found, stance_cues()), stance_cues())
    names = {(found.reading.clusters[p.holder].name, found.reading.clusters[p.target].name, p.sentence) for p in pairs}
    assert ("Ada Placeholder", "Bertram Sample", 1) in names
    assert ("Ada Placeholder", "Bertram Sample", 2) in names  # by the pronoun
    assert all(p.holder != p.target for p in pairs)


def test_features_say_what_stands_there(scene: Callable[[str], Scene]) -> None:
    found = scene('"Mr Bertram Sample has not told the truth and he should go," said Ada Placeholder angrily.')
    pairs = stance_pairs(found, all_stances(found, stance_cues()), stance_cues())
    maker = FeatureMaker(found, stance_cues())
    features = next(maker.features(p) for p in pairs if found.reading.clusters[p.holder].name == "Ada Placeholder")
    assert features["holder speaker in direct"] == 1
    assert features["cue say"] == 1
    assert features["target acts"] == 1
    assert features["clause negated"] == 1


def test_a_quarrel_is_likelier_hostile_than_a_lunch(scene: Callable[[str], Scene]) -> None:
    quarrel = max(j.likely["hostile"] for j in judged(scene(QUARREL)) if j.pair.sentence == 1)
    lunch = max((j.likely["hostile"] for j in judged(scene(LUNCH))), default=0.0)
    assert quarrel > 0.5 > 0.2 > lunch


def test_the_claim_carries_the_speakers_words(annotate: Callable[[str], Annotation]) -> None:
    annotation = annotate(QUARREL)
    claim = next(c for c in annotation.claims if c.extractor == "criticizes:judged")
    assert claim.detail == "Mr Sample has not visited one hospital, which is a disgrace"
    assert claim.detail in claim.evidence.of(annotation.article.text)
    assert 0.3 <= claim.confidence < 1


def test_what_somebody_did_not_say_is_no_stand(annotate: Callable[[str], Annotation]) -> None:
    text = """Ada Placeholder attacked Bertram Sample over hospitals.

She did not say that Mr Sample was an unqualified disgrace to the town."""
    assert not [c for c in annotate(text).claims if c.extractor.endswith(":judged")]


def test_nothing_is_judged_where_nobody_takes_a_stand(annotate: Callable[[str], Annotation]) -> None:
    assert not [c for c in annotate(LUNCH).claims if c.extractor.endswith(":judged")]


def test_reasons_are_the_strongest_features_first(scene: Callable[[str], Scene]) -> None:
    weights = load_weights()
    best = max(judged(scene(QUARREL)), key=lambda j: j.likely["hostile"])
    found = reasons(best.features, best.row, "hostile", weights)
    assert found
    assert [abs(weight) for _, weight in found] == sorted((abs(weight) for _, weight in found), reverse=True)
    assert all(name in best.features or name in best.row for name, _ in found)


@given(st.dictionaries(st.sampled_from(sorted(load_weights().sentence)), st.floats(0, 4)))
def test_probabilities_are_probabilities(features: dict[str, float]) -> None:
    weights = load_weights()
    hostile, supports = sentence_probabilities(features, weights)
    assert 0 <= hostile <= 1
    assert 0 <= supports <= 1
    assert hostile + supports <= 1 + 1e-9
    assert all(0 < probability(features, stand, weights) < 1 for stand in STANDS)


def test_weights_that_are_no_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="stance_weights"):
        load_weights(tmp_path)
    (tmp_path / "stance_weights.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match="train them anew"):
        load_weights(tmp_path)


def test_a_long_list_of_names_makes_few_candidates(scene: Callable[[str], Scene]) -> None:
    given_names = ["Ada", "Bertram", "Cora", "Dora", "Edgar", "Flora"]
    names = [f"{first} {last}" for first in given_names for last in ("Sample", "Example", "Placeholder", "Testwell")]
    found = scene(f"The wicked liars {', '.join(names)} and Gus Mockingham attacked the plan.")
    assert len(stance_pairs(found, all_stances(found, stance_cues()), stance_cues())) <= 8 * 7
