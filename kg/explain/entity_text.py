"""The explanation of an entity as lines to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.explain.entity import EntityExplanation, Occurrence
from kg.explain.lines import Row, plain, rows_text
from kg.model import Annotation, Entity, Resolution
from kg.model.decision import Decision, Verdict
from kg.resolve.linker import Explanation, Scored
from kg.resolve.tables import weights
from kg.wikidata.gazetteer import Item, Tenure

_CANDIDATES = 3
_NAMES = 8
_LISTED = 20


def entity_text(found: EntityExplanation, *, width: int = 100, everything: bool = False) -> str:
    """All of it: who or what, how it is linked and joined, then article by article what the linker weighed."""
    entity = found.entity
    blocks = [f"{plain(entity.name)} ({entity.type.value})\n", rows_text(_head(found, everything), width=width)]
    for occurrence in found.clearest:
        blocks.append(
            f"{plain(_article(occurrence))}\n" + rows_text(_occurrence(occurrence, entity, everything), width=width)
        )
    if found.others or found.left_out:
        rows = _others(found, everything)
        blocks.append(rows_text(rows, width=width))
    return "\n".join(blocks)


def found_text(name: str, found: Sequence[Entity]) -> str:
    """The entities that a name may mean, one a line."""
    lines = [f"{plain(name)!r} may mean {len(found)} entities; explain one by its id:"]
    for entity in found[:_LISTED]:
        articles = len({key for key, _ in entity.members})
        said = f"{entity.type.value}, {_count(articles, 'article')}"
        description = f"; {entity.description}" if entity.description else ""
        lines.append(f"  {entity.id}  " + plain(f"{entity.name} ({said}{description})"))
    if len(found) > _LISTED:
        lines.append(f"  ... and {len(found) - _LISTED} more; give more of the name")
    return "\n".join(lines) + "\n"


def local_entities_text(annotation: Annotation, resolution: Resolution | None) -> str:
    """The entities of one article, one a line, each with its local id and its QID."""
    known = {} if resolution is None else resolution.lookup()
    key = annotation.article.key
    lines = [f"and {_count(len(annotation.entities), 'entity', 'entities')}:"]
    for local in annotation.entities:
        entity = known.get((key, local.id))
        ident = (local.wikidata or "no QID") if entity is None else entity.id
        lines.append(f"  {local.id:>4}  " + plain(f"{local.name} ({local.type.value})  {ident}"))
    return "\n".join(lines) + "\n"


def _head(found: EntityExplanation, everything: bool) -> Iterator[Row]:
    entity, item = found.entity, found.item
    yield "entity", found.iri
    if entity.wikidata is None:
        yield "link", f"no Wikidata item (NIL), score {entity.score:.2f}"
    else:
        yield "link", f"Wikidata {entity.wikidata}, score {entity.score:.2f}"
        if item is None:
            source = "" if found.rulings else "; the one that the graph was built with had it, or Wikidata itself"
            yield "", f"the item is not in the index at hand{source}"
    if entity.description:
        yield "description", entity.description
    if item is not None:
        yield from _known(item, everything)
    if entity.aliases:
        yield "also", _some([f"“{alias}”" for alias in entity.aliases], None if everything else _NAMES)
    yield "joined", _joined(found)
    for decision in found.rulings:
        yield "decided", f"{_who(decision)}: {_link(decision.wikidata)}{_reason(decision)}"
    for pair in found.pairs:
        names = ", ".join(other.id for other in pair.others) or " or ".join(key.name for key in pair.decision.others)
        never = pair.decision.verdict is Verdict.NEVER
        yield (
            "decided",
            f"{_who(pair.decision)}: {'never the same as' if never else 'the same as'} {names}{_reason(pair.decision)}",
        )
    if found.namesakes:
        yield "namesakes", "other entities of this graph with the same name, kept apart:"
        for other in found.namesakes[: None if everything else _NAMES]:
            articles = _count(len({key for key, _ in other.members}), "article")
            yield "", f"{other.id} ({other.type.value}, {articles}{_described(other)})"


def _known(item: Item, everything: bool) -> Iterator[Row]:
    """What the index knows of the item and the linker may use."""
    life = [f"{word} {date}" for word, date in (("born", item.birth), ("died", item.death)) if date]
    if life:
        yield "life", ", ".join(life)
    most = None if everything else _NAMES
    for label, tenures in (("parties", item.parties), ("offices", item.offices)):
        if tenures:
            yield label, _some([_tenure(tenure) for tenure in tenures], most)


def _tenure(tenure: Tenure) -> str:
    if tenure.start and tenure.end:
        return f"{tenure.name} ({tenure.start} to {tenure.end})"
    if tenure.start or tenure.end:
        return f"{tenure.name} ({f'from {tenure.start}' if tenure.start else f'until {tenure.end}'})"
    return tenure.name


def _joined(found: EntityExplanation) -> str:
    articles = len({key for key, _ in found.entity.members})
    where = _count(articles, "article")
    if articles < 2 and not found.alone:
        return where
    if found.entity.wikidata is not None:
        return f"{where}: whatever links to the item is this entity"
    if found.alone:
        return f"{where} only: a name of one word, or of several people in the index, never joins two articles"
    return f"{where}: no item is linked, and full name and type are the same in all of them"


def _article(one: Occurrence) -> str:
    article = one.article
    facts = [f"article {article.id!r}"]
    facts += [str(part) for part in (article.title, article.outlet, article.published) if part is not None]
    return f"{', '.join(facts)}: {one.local.id}"


def _occurrence(one: Occurrence, entity: Entity, everything: bool) -> Iterator[Row]:
    local, decision = one.local, one.decision
    called = [f"“{name}” {_times(count)}" for name, count in one.names]
    yield "named", _some(called, None if everything else _NAMES) if called else f"“{local.name}”"
    ruled = (
        ""
        if one.ruling is None
        else f"{_link(one.ruling.wikidata)}, decided by {_who(one.ruling)}{_reason(one.ruling)}"
    )
    if decision is None:
        why = ": the article says that it is from this outlet" if one.outlet else ", as recorded"
        yield "decision", ruled or f"{_link(local.wikidata)}, {local.score:.2f}{why}"
        return
    yield "decision", f"{ruled}; the linker alone: {_decision(decision)}" if ruled else _decision(decision)
    if local.wikidata != decision.wikidata:
        yield (
            "",
            (
                f"warning: recorded is {_link(local.wikidata)}, {local.score:.2f}; index, weights or program have "
                "changed since, or Wikidata itself was asked; build again"
            ),
        )
    if one.ruling is None and decision.wikidata != entity.wikidata:
        yield "", _taken_over(decision, entity)
    if one.similar:
        near = [
            f"{item.label} ({item.qid}{f', {item.description}' if item.description else ''})" for item in one.similar
        ]
        yield "near names", f"not taken, since the name is another: {_some(near, None)}"
    shown = decision.candidates[: None if everything else _CANDIDATES]
    for place, candidate in enumerate(shown, start=1):
        yield from _candidate(place, candidate)
    rest = len(decision.candidates) - len(shown)
    if rest:
        yield "", f"{_count(rest, 'more candidate')} with lower scores; --all shows them"


def _decision(decision: Explanation) -> str:
    table = weights()
    said = f"{_link(decision.wikidata)}, {decision.confidence:.2f}: {decision.reason}"
    if not decision.candidates:
        return said
    best = decision.candidates[0].score
    parts = [f"score {best:.2f} of {table.threshold:.2f} needed"]
    if len(decision.candidates) > 1:
        lead = best - decision.candidates[1].score
        parts.append(f"{lead:.2f} ahead of the next, {table.margin:.2f} needed")
    return f"{said} ({'; '.join(parts)})"


def _taken_over(decision: Explanation, entity: Entity) -> str:
    if entity.wikidata is None:
        return f"this article alone would link {decision.wikidata}; the graph leaves it open"
    if decision.wikidata is None:
        return (
            f"this article alone leaves it open; {entity.wikidata} is taken over from other articles that give the "
            "same full name this one item, or comes of what people decided"
        )
    return f"this article alone would link {decision.wikidata}; that it is {entity.wikidata} was decided elsewhere"


def _candidate(place: int, candidate: Scored) -> Iterator[Row]:
    item = candidate.item
    described = f", {item.description}" if item.description else ""
    yield f"candidate {place}", f"{item.qid} {item.label} ({item.type.value}{described}): {candidate.score:.2f}"
    table = weights()
    for name, value, weight in candidate.features:
        meaning = table.help.get(name, "no description of this feature is written down")
        yield f"{value * weight:+12.2f}", f"{name} {value:.2f} x {weight:.2f}: {meaning}"


def _others(found: EntityExplanation, everything: bool) -> Iterator[Row]:
    label = "elsewhere"
    shown = found.others[: None if everything else _LISTED]
    for one in shown:
        confidence = one.local.score if one.decision is None else one.decision.confidence
        called = _some([f"“{name}” {_times(count)}" for name, count in one.names], 2) or f"“{one.local.name}”"
        yield label, f"{one.article.id}:{one.local.id}  {_link(one.link)}, {confidence:.2f}  {called}"
        label = ""
    rest = found.left_out + len(found.others) - len(shown)
    if rest:
        yield label, f"and {_count(rest, 'more article')}; --all explains every one"


def _who(decision: Decision) -> str:
    return f"{decision.reviewer or 'a reviewer'} on {decision.time[:10]}"


def _reason(decision: Decision) -> str:
    return f" (“{decision.reason}”)" if decision.reason else ""


def _link(qid: str | None) -> str:
    return qid or "NIL"


def _described(entity: Entity) -> str:
    return f", {entity.description}" if entity.description else ""


def _some(words: Sequence[str], most: int | None) -> str:
    shown: Iterable[str] = words[:most]
    rest = 0 if most is None else max(0, len(words) - most)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _count(number: int, singular: str, plural: str | None = None) -> str:
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
