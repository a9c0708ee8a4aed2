from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.extract.biography import HEADS, Head, load_heads
from kg.extract.extractor import scene_of
from kg.extract.pairs import Pairs
from kg.extract.relatives import relative_pronouns
from kg.extract.unnamed import unnamed_people
from kg.model import Annotation, MentionKind, Polarity
from kg.nlp.reader import Reader
from kg.nlp.reading import Reading

Annotate = Callable[[str], Annotation]
Read = Callable[[str], Reading]


def claims(annotation: Annotation, relation: str) -> set[tuple[str, str]]:
    names = {entity.id: entity.name for entity in annotation.entities}
    return {
        (names[claim.subject], names[claim.object])
        for claim in annotation.claims
        if claim.relation == relation and claim.object is not None and claim.polarity is Polarity.POSITIVE
    }


def test_who_is_never_named_is_known_by_his_pronouns(annotate: Annotate) -> None:
    annotation = annotate("He was educated at Brookdale College before his election.")
    assert claims(annotation, "educatedAt") == {("he", "Brookdale College")}
    (person,) = [entity.id for entity in annotation.entities if entity.name == "he"]
    spoken = [m.span.of(annotation.article.text) for m in annotation.mentions if m.entity == person]
    assert spoken == ["He", "his"]
    assert {m.kind for m in annotation.mentions if m.entity == person} == {MentionKind.PRONOUN}


def test_nobody_without_a_claim_becomes_an_entity(annotate: Annotate) -> None:
    assert annotate("He left early.").entities == ()


def test_pronouns_far_apart_are_two_people(read: Read) -> None:
    reading = read("He left. It rained. It rained. It rained. He came.")
    assert [len(person.places) for person in unnamed_people(reading)] == [1, 1]


def test_a_pronoun_is_not_who_is_named_in_its_own_phrase(read: Read, reader: Reader) -> None:
    scene = scene_of(read("He and his wife, Juliana Example, opened the shop."), reader.lexicon)
    assert all(mention.kind is not MentionKind.PRONOUN for mention in scene.reading.mentions)


def test_relative_pronouns_mean_the_name_before_them(read: Read) -> None:
    reading = read("Ada Example, who left Brookdale College, where she taught, is a lawyer.")
    found = {reading.doc[m.start].text: reading.clusters[m.cluster].name for m in relative_pronouns(reading)}
    assert found == {"who": "Ada Example", "where": "Brookdale College"}


def test_nouns_of_family_have_bearers_and_owners(read: Read, reader: Reader) -> None:
    pairs = Pairs(read("Bertram Sample lives with his wife Cora and their son Stanley."), reader.lexicon)
    names = [cluster.name for cluster in pairs.reading.clusters]
    links = [
        (link.kin.use, {names[b] for b in link.bearers}, {names[o] for o in link.owners})
        for rows in pairs.kin.values()
        for link in rows
    ]
    assert links == [("spouse", {"Cora"}, {"Bertram Sample"}), ("child", {"Stanley"}, {"Bertram Sample", "Cora"})]


def test_a_life_tells_employers_and_parties_and_news_does_not(annotate: Annotate) -> None:
    life = "Ada Example joined the Brookdale Foundation in 1994 and became its treasurer in 1998."
    assert ("Ada Example", "Brookdale Foundation") in claims(annotate(life), "worksFor")
    news = f'{life} "It is a scandal," said Bertram Sample. Cora Specimen said that she agreed.'
    assert not [claim for claim in annotate(news).claims if claim.extractor == "worksFor:learnt"]


def test_weights_of_every_head_are_shipped() -> None:
    heads = load_heads()
    assert heads.keys() == HEADS.keys()
    assert all(0 < head.threshold < 1 and head.weights for head in heads.values())


def test_a_head_adds_the_weights_of_what_it_sees() -> None:
    head = Head(-1.0, {"kin=spouse": 1.0}, 0.5)
    assert head.probability(["kin=spouse", "unknown"]) == 0.5


@pytest.mark.parametrize("content", ["", "{}", json.dumps({"heads": {"spouse": {}}})])
def test_broken_weights_are_refused_with_a_reason(tmp_path: Path, content: str) -> None:
    (tmp_path / "biography_weights.json").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"biography_weights\.json.*train them with bench/train_biography\.py"):
        load_heads(tmp_path)
