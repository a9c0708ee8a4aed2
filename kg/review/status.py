"""How things stand with the decisions, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.model import Annotation
from kg.model.decision import Decisions, Verdict
from kg.rdf.namespaces import Namespaces
from kg.review.state import Standing, State, conflicts, standings
from kg.review.words import decision_row


def status_text(
    decisions: Decisions, annotations: Sequence[Annotation], namespaces: Namespaces, *, most: int = 50
) -> str:
    """Counts by state and reviewer, then what waits, who contradicts whom, and what later ones overrule.

    Of each kind up to `most` are listed.
    """
    found = standings(decisions, annotations, namespaces)
    return "".join(f"{line}\n" for line in _lines(found, decisions, most))


def _lines(found: Sequence[Standing], decisions: Decisions, most: int) -> Iterator[str]:
    states = Counter(standing.state for standing in found)
    count = "1 decision" if len(found) == 1 else f"{len(found)} decisions"
    yield ", ".join([count, *(f"{states[state]} {state}" for state in State)])
    said = Counter((standing.decision.reviewer, standing.decision.verdict) for standing in found)
    for reviewer in sorted({reviewer for reviewer, _ in said}):
        counts = [f"{said[reviewer, verdict]} {verdict}" for verdict in Verdict if said[reviewer, verdict]]
        yield f"  {reviewer}: {', '.join(counts)}"
    rows = [decision_row(standing.decision) for standing in found if standing.state is State.WAITING]
    yield from _some("waiting: what they are about is not in this graph", rows, most)
    rows = [decision_row(one) for pair in conflicts(decisions) for one in pair]
    yield from _some("reviewers contradict each other; the later one counts", rows, 2 * most)
    rows = [decision_row(standing.decision) for standing in found if standing.state is State.OVERRULED]
    yield from _some("overruled by later ones", rows, most)


def _some(title: str, rows: Sequence[str], most: int) -> Iterator[str]:
    if rows:
        yield f"{title}:"
    for row in rows[:most]:
        yield f"  {row}"
    if len(rows) > most:
        yield f"  ... and {len(rows) - most} more"
