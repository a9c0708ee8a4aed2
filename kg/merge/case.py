"""One claim to be compared: who, what and when, where Wikidata would say it, and what it says there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.merge.known import Known, Likeness, value_of
from kg.merge.periods import ClaimTime, Period, period_of
from kg.merge.properties import (
    CHAIR,
    CHILD,
    EMPLOYER,
    FATHER,
    JURISDICTION,
    MEMBER,
    MOTHER,
    OCCUPATION,
    OF,
    OFFICE,
    PART,
    PARTY,
    SCHOOL,
    SPOUSE,
)
from kg.model import Claim, Entity, EntityType
from kg.model.dates import PartialDate
from kg.ontology import Relation
from kg.wikidata.item import EntityRef, Statement
from kg.wikidata.names import fold

BESIDE = {"memberOf": (OFFICE,), "holdsPosition": (OCCUPATION,), "heads": (OFFICE,)}
"""Properties that may say the same in other words; they can agree with a claim and nothing else."""

PRESENT = frozenset(("memberOf", "worksFor"))
"""Relations whose claims are about the day of publication where their words name no time.

Of offices, schools, leaders and marriages the articles also tell what is past (the ontology says so).
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with its ends as entities; `subject` is linked where either end of a marriage is."""

    claim: Claim
    relation: Relation
    subject: Entity
    object: Entity
    time: ClaimTime

    def turned(self) -> Case:
        """The same with subject and object exchanged."""
        return replace(self, subject=self.object, object=self.subject)


@dataclass(frozen=True, slots=True)
class Place:
    """Where Wikidata would say it: the item, the property, and the entity that is the value."""

    item: str
    property: str
    value: Entity


@dataclass(frozen=True, slots=True)
class Match:
    """A statement with a value like the claim's.

    `beside` is true for one of the `BESIDE` properties, `turned` for one that stands on the item of the claim's object.
    """

    place: Place
    statement: Statement
    likeness: Likeness
    period: Period
    beside: bool = False
    turned: bool = False


def places(case: Case, known: Known) -> Iterator[tuple[Place, bool]]:
    """Where a statement that says the same may stand, the place where it belongs first."""
    if case.subject.wikidata is not None:
        direct = [name for name in case.relation.wikidata if _may_be(case, name, known)]
        yield from ((Place(case.subject.wikidata, name, case.object), False) for name in direct)
        names = BESIDE.get(case.relation.name, ())
        yield from ((Place(case.subject.wikidata, name, case.object), True) for name in names)
    if case.object.wikidata is not None:
        yield from ((Place(case.object.wikidata, name, case.subject), False) for name in case.relation.wikidata_inverse)


def _may_be(case: Case, name: str, known: Known) -> bool:
    """Whether a father's or a mother's property fits the parent's gender."""
    if name not in (FATHER, MOTHER):
        return True
    return known.gender(case.object) in (None, "male" if name == FATHER else "female")


_SEATED = frozenset(
    "assembly cabinet commission committee commons congress council court government house lords parliament senate "
    "subcommittee administration legislature".split()
)
"""Words in the names of bodies whose members hold an office by it."""


def _has_seats(body: Entity) -> bool:
    return any(not _SEATED.isdisjoint(fold(name).split(" ")) for name in (body.name, *body.aliases))


def home(case: Case, known: Known) -> Place | None:
    """Where a new statement would belong; None where that cannot be told."""
    subject, target, name = case.subject.wikidata, case.object, case.relation.name
    if name == "heads":  # of other bodies a head may be a chair, a chief executive or something else
        party = target.wikidata is not None and target.type is EntityType.PARTY
        return Place(str(target.wikidata), CHAIR, case.subject) if party else None
    if subject is None:
        return None
    if name == "childOf":
        gender = known.gender(target)
        if gender is None:
            return None if target.wikidata is None else Place(target.wikidata, CHILD, case.subject)
        return Place(subject, FATHER if gender == "male" else MOTHER, target)
    if name == "memberOf" and target.type is not EntityType.PARTY and _has_seats(target):
        return None  # Wikidata has seats in it as offices, under what name cannot be told
    if name == "memberOf":
        return Place(subject, PARTY if target.type is EntityType.PARTY else MEMBER, target)
    simple = {"holdsPosition": OFFICE, "worksFor": EMPLOYER, "educatedAt": SCHOOL, "spouseOf": SPOUSE}
    return Place(subject, simple[name], target) if name in simple else None


def matches(case: Case, known: Known) -> list[Match]:
    """The statements with a value like the claim's, deprecated ones too."""
    died = ended_by(case, known)
    found = []
    for place, beside in places(case, known):
        document = known.document(place.item)
        for statement in () if document is None else document.all(place.property):
            likeness = known.likeness(place.value, statement)
            if beside and likeness is None and case.relation.name == "heads" and _is_head(statement, place, known):
                likeness = Likeness.BROADER
            if likeness is not None and not (beside and likeness is Likeness.NARROWER):
                turned = place.value is case.subject
                found.append(Match(place, statement, likeness, period_of(statement, died), beside, turned))
    return found


def _is_head(statement: Statement, place: Place, known: Known) -> bool:
    """Whether an office is one of the body that the claim is about."""
    body, office = place.value.wikidata, value_of(statement)
    if body is None or office is None:
        return False
    of = (snak.value for snak in statement.qualifiers if snak.property == OF)
    return EntityRef(body) in of or body in known.linked(office, PART, JURISDICTION)


def ended_by(case: Case, known: Known) -> PartialDate | None:
    """The death that ends what the claim is about, if anybody's does."""
    if case.relation.name in ("childOf", "educatedAt"):
        return None
    ends: Sequence[Entity] = (case.subject, case.object) if case.relation.name == "spouseOf" else (case.subject,)
    deaths = [died for entity in ends if entity.wikidata is not None and (died := known.died(entity.wikidata))]
    return min(deaths, key=lambda died: died.latest, default=None)
