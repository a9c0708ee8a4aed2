from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import UsageError
from kg.explain.cue_words import cue_words
from kg.explain.explanation import Again, Explanation, explain
from kg.explain.references import ClaimPlace, find_claim
from kg.explain.rules import Record, Rules
from kg.explain.text import claims_text, explanation_text
from kg.export.beside import Beside, Review
from kg.merge.verdict import Verdict
from kg.model import Annotation, Article, Claim, MentionKind, Modality, Polarity, Resolution, Span
from kg.ontology import Ontology
from kg.rdf.claim_nodes import claim_nodes
from kg.rdf.namespaces import Namespaces

RULES = Rules({"accuses:verb": "a verb of accusing"}, {"accuses:verb": Record(40, 35)})


def place_of(annotation: Annotation, relation: str) -> ClaimPlace:
    return ClaimPlace(annotation, next(i for i, c in enumerate(annotation.claims) if c.relation == relation))


@pytest.fixture
def explained(
    sample: Annotation, sample_resolution: Resolution, ontology: Ontology, namespaces: Namespaces
) -> dict[str, Explanation]:
    return {
        relation: explain(
            place_of(sample, relation),
            [sample],
            resolution=sample_resolution,
            ontology=ontology,
            rules=RULES,
            namespaces=namespaces,
        )
        for relation in {claim.relation for claim in sample.claims}
    }


def test_an_accusation(explained: dict[str, Explanation]) -> None:
    found = explained["accuses"]
    assert found.meaning == "a verb of accusing"
    assert found.subject.entity is not None
    assert found.subject.entity.wikidata == "Q99999999901"
    assert [other.claim.relation for other in found.denials] == ["denies"]
    assert found.answers is None
    assert found.object is not None
    assert [through.words for through in found.object.through] == ["Basil Thornapple"]
    assert {other.claim.relation for other in found.others} == {"supports"}
    text = explanation_text(found)
    assert text.startswith("Orla Quillfeather -> accuses -> Basil Thornapple\n")
    assert "[[Orla Quillfeather accused Basil Thornapple" in text
    assert "35 of 40 claims were right" in text
    assert "answered by" in text
    assert "it never says that the charge is true" in " ".join(text.split())


def test_wikidata_and_reviews(explained: dict[str, Explanation]) -> None:
    assert "reviewed" not in explanation_text(explained["accuses"])
    found = replace(
        explained["accuses"],
        beside=Beside(Verdict.AGREES, "agrees with Wikidata", "Teapot Party (member)", "https://w.invalid", "It fits."),
        review=Review(True, "accepted by A. B. on 3 May 2031"),
    )
    text = " ".join(explanation_text(found).split())
    assert "reviewed accepted by A. B. on 3 May 2031" in text
    assert "Wikidata agrees with Wikidata: Teapot Party (member) It fits. https://w.invalid" in text


def test_the_denial_answers_the_accusation(explained: dict[str, Explanation]) -> None:
    found = explained["denies"]
    assert found.answers is not None
    assert found.answers.claim.relation == "accuses"
    assert "no description of this rule" in explanation_text(found)
    assert "has no record" in explanation_text(found)


def test_pronouns_are_traced_to_a_name(explained: dict[str, Explanation]) -> None:
    (through,) = explained["appearedOn"].subject.through
    assert through.mention.kind is MentionKind.PRONOUN
    assert (through.name, through.name_sentence) == ("Orla Quillfeather", 0)
    shown = " ".join(explanation_text(explained["appearedOn"]).split())
    assert "by the pronoun “she” in the evidence, taken for “Orla Quillfeather” of sentence 0" in shown


def test_why_it_is_hypothetical(explained: dict[str, Explanation]) -> None:
    found = explained["supports"]
    assert [word.words for word in found.modality_words] == ["may"]
    assert "hypothetical: “may”" in explanation_text(found)


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("He didn’t accuse her.", Polarity.NEGATIVE, ["didn’t"]),
        ("He never accused her, nor did he blame her.", Polarity.NEGATIVE, ["never", "nor"]),
        ("Stopped short of accusing her.", Polarity.NEGATIVE, ["Stopped short"]),
        ("If he accused her, she would sue.", Modality.HYPOTHETICAL, ["If", "would"]),
        ("He was, according to Ada Example, a liar.", Modality.REPORTED, ["according to"]),
        ("A goodwill visit by Mr Notaword.", Modality.HYPOTHETICAL, []),
        ("He accused her.", Polarity.POSITIVE, []),
    ],
)
def test_cue_words(text: str, what: Polarity | Modality, words: list[str]) -> None:
    claim = Claim("accuses", "e1", "e2", Span(0, len(text)), 0, "accuses:verb", 0.8)
    assert [one.words for one in cue_words(text, claim, Span(0, len(text)), what=what)] == words


def test_cue_words_of_the_evidence_come_first() -> None:
    text = "If so, he would not accuse her."
    claim = Claim("accuses", "e1", "e2", Span(7, len(text)), 0, "accuses:verb", 0.8)
    found = cue_words(text, claim, Span(0, len(text)), what=Modality.HYPOTHETICAL)
    assert [one.words for one in found] == ["would"]
    assert cue_words(text, claim, Span(0, len(text)), what=Modality.HYPOTHETICAL, language="xx") == ()


def test_every_way_to_name_a_claim(sample: Annotation, namespaces: Namespaces) -> None:
    place = place_of(sample, "accuses")
    item = claim_nodes(sample, namespaces)[place.index]
    name = item.node.value.rpartition("/")[2]
    for reference in (
        item.node.value,
        f"<{item.node.value}>",
        f"claim:{name}",
        name[:6],
        item.key,
        f"kettle-1:{place.index}",
    ):
        assert find_claim(reference, [sample], namespaces) == place, reference
    assert find_claim("kettle-1", [sample], namespaces) == sample


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("kettle-1:99", r"has \d claims, 0 to \d; there is no number 99"),
        ("kettel-1:0", "did you mean 'kettle-1'"),
        ("kettel-1", "did you mean 'kettle-1'"),
        ("Ada", "is no claim here"),
        ("ffff0000ffff0000", "begins with 'ffff0000ffff0000'"),
    ],
)
def test_no_such_claim(sample: Annotation, namespaces: Namespaces, reference: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        find_claim(reference, [sample], namespaces)


def test_a_slip_in_a_hash(sample: Annotation, namespaces: Namespaces) -> None:
    name = claim_nodes(sample, namespaces)[0].node.value.rpartition("/")[2]
    wrong = ("0" if name[5] != "0" else "1").join((name[:5], name[6:]))
    with pytest.raises(UsageError, match=f"did you mean '{name}'"):
        find_claim(wrong, [sample], namespaces)


def test_too_few_digits(sample: Annotation, namespaces: Namespaces, monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [replace(item, key="abcd" + item.key[4:]) for item in claim_nodes(sample, namespaces)]
    monkeypatch.setattr("kg.explain.references.claim_nodes", lambda *_: nodes)
    with pytest.raises(UsageError, match="give more digits"):
        find_claim("abcd", [sample], namespaces)


def test_same_two_without_resolve(sample: Annotation, ontology: Ontology, namespaces: Namespaces) -> None:
    """Full names are one person in another article, single words are not."""
    other = replace(sample, article=replace(sample.article, id="kettle-2"))
    found = explain(
        place_of(sample, "accuses"),
        [sample, other],
        resolution=None,
        ontology=ontology,
        rules=RULES,
        namespaces=namespaces,
    )
    assert {one.article for one in found.others} == {"kettle-1", "kettle-2"}
    assert found.subject.entity is None


def test_what_annotating_anew_says(explained: dict[str, Explanation]) -> None:
    found = explained["accuses"]
    gone = explanation_text(replace(found, again=Again(same_program=False, claim=None)))
    assert "does not give this claim any more" in " ".join(gone.split())
    assert "is not the one that made the claim" in " ".join(gone.split())
    reasons = tuple((f"feature {number}", 1.0 / (number + 1)) for number in range(20))
    shown = explanation_text(replace(found, again=Again(True, found.claim, "accused", 0.9, reasons)))
    assert "the very same claim, set off by “accused”" in shown
    assert "+1.00 feature 0" in " ".join(shown.split())
    assert "8 more" in shown
    assert "the rule gave 0.90" in shown


def test_the_terminal_is_not_obeyed(explained: dict[str, Explanation]) -> None:
    found = explained["accuses"]
    text = found.article.text.replace("hoarding", "\x1b[31mhid")
    shown = explanation_text(replace(found, article=replace(found.article, text=text)))
    assert "\x1b" not in shown


def test_claims_of_an_article(sample: Annotation, namespaces: Namespaces) -> None:
    lines = claims_text(sample, namespaces).splitlines()
    assert len(lines) == len(sample.claims) + 1
    assert "hoarding the biscuits" in claims_text(sample, namespaces)
    assert claims_text(Annotation(Article("a", "b")), namespaces).startswith("article 'a' has 0 claims")
