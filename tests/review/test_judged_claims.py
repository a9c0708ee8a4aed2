"""Accepts and rejects find their claims again after re-extraction, and take rejected ones out of everything derived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from kg.export.graph import project
from kg.model import Annotation, Claim, LocalEntity, Modality, Polarity, Resolution, Span
from kg.model.decision import Decision, Decisions, JudgedClaim, NameKey, Verdict
from kg.ontology import Ontology
from kg.rdf import vocab
from kg.rdf.facts import fact_quads
from kg.rdf.namespaces import Namespaces
from kg.rdf.terms import article_quads, entity_quads, ontology_quads
from kg.review.judged import judged_claim, judged_claims, skipped_claims, without_rejected
from kg.review.quads import review_quads
from kg.review.state import State, conflicts, standings
from kg.verify import Problem, verify

ACCUSES, DENIES = 2, 4
NOON = "2031-02-03T12:00:00Z"


def judge(verdict: Verdict, claim: JudgedClaim, time: str = NOON, reviewer: str = "Orla", reason: str = "") -> Decision:
    return Decision(verdict, time, reviewer, claim=claim, reason=reason)


@pytest.fixture
def accusation(sample: Annotation, namespaces: Namespaces) -> JudgedClaim:
    return judged_claim(sample, ACCUSES, namespaces)


@pytest.fixture
def rejected(accusation: JudgedClaim) -> Decisions:
    return Decisions.of([judge(Verdict.REJECT, accusation, reason="she only jests")])


def places(decisions: Decisions, annotation: Annotation, namespaces: Namespaces) -> dict[int, Verdict]:
    return {index: d.verdict for (_, index), d in judged_claims(decisions, [annotation], namespaces).items()}


def changed(annotation: Annotation, **changes: object) -> Annotation:
    claims = list(annotation.claims)
    claims[ACCUSES] = replace(claims[ACCUSES], **changes)  # type: ignore[arg-type]
    return replace(annotation, claims=tuple(claims))


def test_a_decision_keeps_what_its_reviewer_saw(accusation: JudgedClaim, sample: Annotation) -> None:
    assert accusation.article == sample.article.key
    assert (accusation.subject, accusation.relation, accusation.object) == (
        "Orla Quillfeather",
        "accuses",
        "Basil Thornapple",
    )
    assert accusation.sentence.endswith("hoarding the biscuits.")


def test_the_claim_is_found(rejected: Decisions, sample: Annotation, namespaces: Namespaces) -> None:
    assert places(rejected, sample, namespaces) == {ACCUSES: Verdict.REJECT}
    (status,) = judged_claims(rejected, [sample], namespaces).values()
    assert status.reason == "she only jests"


def _other_extraction(annotation: Annotation) -> Annotation:
    evidence = annotation.claims[ACCUSES].evidence
    return changed(
        annotation,
        evidence=Span(evidence.start + 5, evidence.end - 12),
        extractor="accuses:learnt",
        confidence=0.31,
        attributed_to="e3",
        modality=Modality.REPORTED,
    )


def _renumbered(annotation: Annotation) -> Annotation:
    new = {entity.id: f"n{entity.id}" for entity in annotation.entities}

    def claim(one: Claim) -> Claim:
        names = {name: getattr(one, name) for name in ("subject", "object", "attributed_to")}
        return replace(one, **{name: new.get(value, value) for name, value in names.items()})

    claims = tuple(claim(one) for one in annotation.claims)
    entities = tuple(replace(e, id=new[e.id], wikidata="Q99000009", score=0.2) for e in annotation.entities)
    first = replace(claims[1], relation="worksFor", object=new["e4"])
    claims = (first, *(one if one.about is None else replace(one, about=one.about + 1) for one in claims))
    return replace(annotation, entities=entities, claims=claims, mentions=(), annotator="another")


def _sentences_around_cut(annotation: Annotation) -> Annotation:
    one, *rest = annotation.sentences
    return replace(annotation, sentences=(one, *(Span(s.start, s.start + 3) for s in rest)))


def _own_sentence_cut(annotation: Annotation) -> Annotation:
    one, *rest = annotation.sentences
    start = annotation.claims[ACCUSES].evidence.start
    return replace(annotation, sentences=(Span(one.start, start - 1), Span(start, one.end), *rest))


def _joined_with_the_next(annotation: Annotation) -> Annotation:
    one, two, *rest = annotation.sentences
    return replace(annotation, sentences=(Span(one.start, two.end), *rest))


def _detail_shorter(annotation: Annotation) -> Annotation:
    return changed(annotation, detail="hoarding")


def _fuller_name(annotation: Annotation) -> Annotation:
    def renamed(entity: LocalEntity) -> LocalEntity:
        return replace(entity, name=f"Dame {entity.name}", aliases=(entity.name, *entity.aliases))

    return replace(annotation, entities=tuple(renamed(entity) for entity in annotation.entities))


@pytest.mark.parametrize(
    "change",
    [
        _other_extraction,
        _renumbered,
        _sentences_around_cut,
        _own_sentence_cut,
        _joined_with_the_next,
        _detail_shorter,
        _fuller_name,
    ],
)
def test_it_survives_another_extraction(
    rejected: Decisions, sample: Annotation, namespaces: Namespaces, change: Callable[[Annotation], Annotation]
) -> None:
    new = change(sample)
    assert new != sample
    (index,) = places(rejected, new, namespaces)
    assert new.claims[index].relation == "accuses"


@pytest.mark.parametrize(
    "change",
    [
        {"polarity": Polarity.NEGATIVE},
        {"modality": Modality.HYPOTHETICAL},
        {"relation": "criticizes"},
        {"subject": "e2", "object": "e1"},
        {"object": None},
        {"detail": "eating the jam"},
    ],
)
def test_what_says_something_else_is_another_claim(
    rejected: Decisions, sample: Annotation, namespaces: Namespaces, change: dict[str, object]
) -> None:
    new = changed(sample, **change)
    assert places(rejected, new, namespaces) == {}
    (standing,) = standings(rejected, [new], namespaces)
    assert standing.state is State.WAITING


def test_another_article_is_another_claim(rejected: Decisions, sample: Annotation, namespaces: Namespaces) -> None:
    assert places(rejected, replace(sample, article=replace(sample.article, id="kettle-2")), namespaces) == {}


def test_of_two_the_later_counts_and_the_two_reviewers_are_named(
    accusation: JudgedClaim, sample: Annotation, namespaces: Namespaces
) -> None:
    early = judge(Verdict.REJECT, accusation)
    late = judge(Verdict.ACCEPT, accusation, "2031-02-04T00:00:00Z", "Basil")
    found = Decisions.of([late, early])
    assert places(found, sample, namespaces) == {ACCUSES: Verdict.ACCEPT}
    assert [one.state for one in standings(found, [sample], namespaces)] == [State.OVERRULED, State.IN_FORCE]
    assert conflicts(found) == ((early, late),)
    assert conflicts(Decisions.of([early, replace(late, reviewer="Orla")])) == ()
    assert conflicts(Decisions.of([early, replace(late, verdict=Verdict.REJECT)])) == ()


def test_two_who_agree_are_both_in_force(accusation: JudgedClaim, sample: Annotation, namespaces: Namespaces) -> None:
    orla = NameKey(sample.entities[0].type, sample.entities[0].name)
    later, agreed = "2031-02-04T00:00:00Z", State.IN_FORCE
    for one in (
        judge(Verdict.REJECT, accusation),
        Decision(Verdict.LINK, NOON, "Orla", entities=(orla,), wikidata="Q99000007"),
        Decision(Verdict.NIL, NOON, "Orla", entities=(orla,)),
    ):
        both = Decisions.of([one, replace(one, time=later, reviewer="Basil")])
        found = standings(both, [sample], namespaces)
        assert [standing.state for standing in found] == [agreed, agreed]
        assert found[0].claims == found[1].claims
        assert found[0].entities == found[1].entities


def test_skips_say_nothing_of_a_claim(accusation: JudgedClaim, sample: Annotation, namespaces: Namespaces) -> None:
    found = Decisions.of([judge(Verdict.SKIP, accusation)])
    assert places(found, sample, namespaces) == {}
    assert standings(found, [sample], namespaces) == ()
    assert set(skipped_claims(found, [sample], namespaces, reviewer="Orla")) == {(sample.article.key, ACCUSES)}
    assert skipped_claims(found, [sample], namespaces, reviewer="Basil") == {}


def test_rejected_claims_leave_and_denials_stay(
    rejected: Decisions, sample: Annotation, namespaces: Namespaces
) -> None:
    (kept,) = without_rejected([sample], rejected, namespaces)
    assert [claim.relation for claim in kept.claims] == [
        claim.relation for place, claim in enumerate(sample.claims) if place != ACCUSES
    ]
    assert kept.claims[3].relation == "denies"
    assert kept.claims[3].about is None
    assert without_rejected([sample], Decisions(), namespaces) == [sample]


def test_a_denials_answer_keeps_pointing_to_its_claim(sample: Annotation, namespaces: Namespaces) -> None:
    first = Decisions.of([judge(Verdict.REJECT, judged_claim(sample, 0, namespaces))])
    (kept,) = without_rejected([sample], first, namespaces)
    about = kept.claims[DENIES - 1].about
    assert about is not None
    assert kept.claims[about].relation == "accuses"


def test_the_drawing_has_no_rejected_claim(
    rejected: Decisions, sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces
) -> None:
    graph = project(without_rejected([sample], rejected, namespaces), sample_resolution)
    assert "accuses" not in {key for _, _, key in graph.edges}
    assert "accuses" in {key for _, _, key in project([sample], sample_resolution).edges}


Dataset = list[Quad]


@pytest.fixture
def dataset(
    sample: Annotation,
    sample_resolution: Resolution,
    namespaces: Namespaces,
    ontology: Ontology,
    ontology_folder: Path,
) -> Callable[[Decisions], Dataset]:
    def build(decisions: Decisions) -> Dataset:
        quads = article_quads(sample, sample_resolution.lookup(), namespaces, ontology)
        quads += review_quads(decisions, [sample], sample_resolution, namespaces)
        quads += fact_quads(quads, namespaces)
        return (
            quads + entity_quads(sample_resolution.entities, namespaces) + ontology_quads(ontology_folder, namespaces)
        )

    return build


@pytest.fixture
def check(sample: Annotation, namespaces: Namespaces, ontology_folder: Path) -> Callable[[Dataset], list[Problem]]:
    texts = {sample.article.key: sample.article.text}
    return lambda quads: verify(quads, texts, namespaces, ontology_folder)


@pytest.fixture
def many(sample: Annotation, namespaces: Namespaces, accusation: JudgedClaim) -> Decisions:
    """Some of every kind: in force, overruled, undone, and waiting."""
    orla, basil = (NameKey(sample.entities[n].type, sample.entities[n].name) for n in (0, 1))
    nobody = replace(orla, name="Nobody Here")
    undone = judge(Verdict.REJECT, judged_claim(sample, 0, namespaces))
    return Decisions.of(
        [
            judge(Verdict.ACCEPT, accusation),
            judge(Verdict.REJECT, accusation, "2031-02-04T00:00:00Z", "Basil", "no; “he” is\nsomebody else \U0001f9c7"),
            judge(Verdict.ACCEPT, judged_claim(sample, DENIES, namespaces)),
            judge(Verdict.REJECT, replace(accusation, key="0" * 16, article="gone")),
            undone,
            Decision(Verdict.UNDO, "2031-02-05T00:00:00Z", "Orla", undoes=undone.id),
            Decision(Verdict.LINK, NOON, "Orla", entities=(orla,), wikidata="Q99999999901"),
            Decision(Verdict.LINK, NOON, "Orla", entities=(nobody,), wikidata="Q99000007"),
            Decision(Verdict.NIL, NOON, "Orla", entities=(basil,)),
            Decision(Verdict.NEVER, NOON, "Orla", entities=(basil,), others=(orla,)),
            Decision(Verdict.SAME, "2031-02-01T00:00:00Z", "Orla", entities=(basil,), others=(orla,)),
            Decision(Verdict.SAME, NOON, "Orla", entities=(basil,), others=(nobody,)),
            Decision(Verdict.SKIP, NOON, "Orla", entities=(basil,)),
        ]
    )


def test_the_review_graph_is_sound(
    many: Decisions,
    dataset: Callable[[Decisions], Dataset],
    check: Callable[[Dataset], list[Problem]],
    namespaces: Namespaces,
) -> None:
    quads = dataset(many)
    assert check(quads) == []
    graph = [quad for quad in quads if quad.graph_name == namespaces.review_graph]
    states = sorted(quad.object.value for quad in graph if quad.predicate == vocab.DECISION_STATE)
    assert states == ["in force"] * 5 + ["overruled"] * 2 + ["waiting"] * 3
    assert not any(quad.object == vocab.ACCEPTED for quad in graph)
    assert len({quad.triple for quad in quads}) == len(quads), "no triple stands in two graphs"


def test_a_rejected_claim_stays_on_record_and_out_of_the_facts(
    many: Decisions, dataset: Callable[[Decisions], Dataset], namespaces: Namespaces, sample: Annotation
) -> None:
    plain, quads = dataset(Decisions()), dataset(many)
    gone = set(plain) - set(quads)
    assert {quad.graph_name for quad in gone} == {namespaces.facts_graph}
    assert [quad.predicate.value.rpartition("#")[2] for quad in gone] == ["accuses"]
    marks = {quad.object: quad for quad in quads if quad.predicate == vocab.REVIEW_STATUS}
    assert {quad.graph_name for quad in marks.values()} == {namespaces.article_graph(sample.article.key)}
    assert set(marks) == {vocab.ACCEPTED, vocab.REJECTED}


def test_verify_sees_what_does_not_follow(
    many: Decisions, dataset: Callable[[Decisions], Dataset], check: Callable[[Dataset], list[Problem]]
) -> None:
    quads = dataset(many)
    by_predicate = {quad.predicate: quad for quad in quads}
    mark, on_claim = by_predicate[vocab.REVIEW_STATUS], by_predicate[vocab.ON_CLAIM]
    on_entity = by_predicate[vocab.ON_ENTITY]
    state = next(q for q in quads if q.predicate == vocab.DECISION_STATE and q.subject == on_claim.subject)

    def instead(quad: Quad, value: object) -> Dataset:
        new = Quad(quad.subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]
        return [*(other for other in quads if other != quad), new]

    for broken, words in (
        ([q for q in quads if q != mark], "should be"),
        ([q for q in quads if q != on_claim], "no decision in force says so"),
        ([*quads, *instead(on_claim, on_entity.object)[-1:]], "is no claim of an article graph"),
        ([*quads, *instead(on_entity, mark.subject)[-1:]], "is no entity of the entities graph"),
        ([q for q in quads if q != state], "decisionState: Less than 1 values"),
        (instead(state, Literal("waiting")), "one that is waiting names nothing"),
        (instead(mark, vocab.POLARITIES[Polarity.POSITIVE]), "reviewStatus"),
        ([q for q in quads if not (q.predicate == vocab.RDF_TYPE and q.object == vocab.DECISION)], "of no class"),
    ):
        assert words in " ".join(problem.message for problem in check(broken))


def test_a_same_that_third_ones_prevent_is_overruled(
    sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces
) -> None:
    """The resolution has the last word on whether two are one; here it leaves them apart."""
    orla, basil = (NameKey(sample.entities[n].type, sample.entities[n].name) for n in (0, 1))
    same = Decision(Verdict.SAME, NOON, "Orla", entities=(basil,), others=(orla,))
    never = replace(same, verdict=Verdict.NEVER)
    for decision, state in ((same, "overruled"), (never, "in force")):
        quads = review_quads(Decisions.of([decision]), [sample], sample_resolution, namespaces)
        assert [q.object.value for q in quads if q.predicate == vocab.DECISION_STATE] == [state]
