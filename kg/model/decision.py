"""What reviewers decide about claims and entities, keyed by content: never by QIDs, offsets or numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from kg.model.annotation import EntityType, Modality, Polarity
from kg.model.article import content_hash

TIME_FORM = "%Y-%m-%dT%H:%M:%SZ"
"""How a decision writes its time: UTC, whole seconds."""


class Verdict(StrEnum):
    """What a decision says; `skip` only that the reviewer does not want to be asked again."""

    ACCEPT = "accept"
    REJECT = "reject"
    LINK = "link"
    NIL = "nil"
    SAME = "same"
    NEVER = "never"
    SKIP = "skip"
    UNDO = "undo"


CLAIM_VERDICTS = frozenset({Verdict.ACCEPT, Verdict.REJECT})
LINK_VERDICTS = frozenset({Verdict.LINK, Verdict.NIL})
PAIR_VERDICTS = frozenset({Verdict.SAME, Verdict.NEVER})


@dataclass(frozen=True, slots=True, order=True)
class JudgedClaim:
    """A claim as the reviewer saw it; `key` (its claim key) finds it again, the rest does where the key has changed.

    `article` is the article's key and `article_id` its id, for people; `subject` and `object` are the names in the
    article; `sentence` is the sentence around the evidence.
    """

    key: str
    article: str
    article_id: str
    relation: str
    subject: str
    object: str | None
    detail: str | None
    sentence: str
    polarity: Polarity
    modality: Modality

    @property
    def says(self) -> tuple[Polarity, bool]:
        """What the claim says of the matter: yes or no, and whether it only imagines it."""
        return self.polarity, self.modality is Modality.HYPOTHETICAL


@dataclass(frozen=True, slots=True, order=True)
class NameKey:
    """What an article, or every article, calls somebody or something.

    `name` is the name as an article has it, folded only when it is compared. `article` is an article's key, "" for
    every article. `hint` is a sentence that tells apart two of one name in one article.
    """

    type: EntityType
    name: str
    article: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Decision:
    """One decision of one reviewer at one time (`TIME_FORM`).

    `claim` is what an accept or a reject is about; `entities` what a link, a nil, a same or a never is about, and
    `others` the second side of a same or a never. `wikidata` is the QID of a link; `undoes` the id of what an undo
    takes back.
    """

    verdict: Verdict
    time: str
    reviewer: str
    claim: JudgedClaim | None = None
    entities: tuple[NameKey, ...] = ()
    others: tuple[NameKey, ...] = ()
    wikidata: str | None = None
    undoes: str | None = None
    reason: str = ""

    @cached_property
    def id(self) -> str:
        """A content hash of all that the decision says."""
        claim = self.claim
        parts: list[object] = [
            self.verdict.value,
            self.time,
            self.reviewer,
            None
            if claim is None
            else [
                *(claim.key, claim.article, claim.article_id, claim.relation, claim.subject, claim.object),
                *(claim.detail, claim.sentence, claim.polarity.value, claim.modality.value),
            ],
            *(
                [[key.type.value, key.name, key.article, key.hint] for key in side]
                for side in (self.entities, self.others)
            ),
            self.wikidata,
            self.undoes,
            self.reason,
        ]
        return content_hash(parts)

    @property
    def when(self) -> datetime:
        """The time, in UTC."""
        return datetime.strptime(self.time, TIME_FORM).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Damage:
    """A line of a decisions file that is no decision: its number, from 1, and what is wrong."""

    line: int
    reason: str


@dataclass(frozen=True)
class Decisions:
    """All decisions of a file, each once, by time; `damaged` are its lines that could not be read.

    `given` are the same in the order in which they were given, which nothing but "the last one" goes by.
    """

    all: tuple[Decision, ...] = ()
    damaged: tuple[Damage, ...] = ()
    given: tuple[Decision, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, decisions: Iterable[Decision], damaged: Iterable[Damage] = ()) -> Decisions:
        """In whatever order and however often they are given."""
        by_id = {decision.id: decision for decision in decisions}
        ordered = sorted(by_id.items(), key=lambda item: (item[1].time, item[0]))
        return cls(tuple(decision for _, decision in ordered), tuple(damaged), tuple(by_id.values()))

    @cached_property
    def digest(self) -> str:
        """Names the content, for what is built from it."""
        return content_hash([decision.id for decision in self.all])

    @cached_property
    def standing(self) -> tuple[Decision, ...]:
        """Those that no undo takes back, by time, the undos left aside; later ones win over earlier ones."""
        undos: dict[str, list[str]] = {}
        for decision in self.all:
            if decision.undoes is not None:
                undos.setdefault(decision.undoes, []).append(decision.id)
        void: dict[str, bool] = {}
        for decision in self.all:
            stack = [decision.id]
            while stack:
                top = stack[-1]
                open_ = [undo for undo in undos.get(top, ()) if undo not in void]
                if open_:
                    stack += open_
                else:
                    void[top] = any(not void[undo] for undo in undos.get(top, ()))
                    stack.pop()
        return tuple(d for d in self.all if d.verdict is not Verdict.UNDO and not void[d.id])

    @cached_property
    def on_claims(self) -> tuple[Decision, ...]:
        """The standing accepts and rejects, by time."""
        return tuple(decision for decision in self.standing if decision.verdict in CLAIM_VERDICTS)

    @cached_property
    def on_entities(self) -> tuple[Decision, ...]:
        """The standing links, nils, sames and nevers, by time."""
        return tuple(d for d in self.standing if d.verdict in LINK_VERDICTS | PAIR_VERDICTS)


NO_DECISIONS = Decisions()
