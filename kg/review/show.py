"""What a reviewer is shown of one task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.explain.lines import Row, plain, rows_text
from kg.model import Annotation, Article, Entity, Mention, MentionKind, Modality, Polarity, Span
from kg.model.decision import JudgedClaim
from kg.model.sentences import sentences_around
from kg.rdf.claim_nodes import claim_nodes
from kg.resolve.linker import Scored, explain_article
from kg.resolve.members import Place
from kg.resolve.publisher import OUTLET_ID
from kg.review.judged import ClaimPlace, judged_claim
from kg.review.material import Material
from kg.review.queue import ClaimTask, LinkTask, Task
from kg.review.words import claim_words
from kg.wikidata.gazetteer import Item

PASSAGES = 3
"""So many articles are shown of an entity."""

CANDIDATES = 5
"""So many candidates are shown, and can be chosen by number."""

_LONGEST = 600
"""A passage longer than so many characters is cut on either side of what is marked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate that a reviewer may choose, with the best score that an article gave it."""

    scored: Scored

    @property
    def qid(self) -> str:
        """The item's QID."""
        return self.scored.item.qid


def task_line(task: Task, material: Material) -> str:
    """The task in a line, for lists."""
    if isinstance(task, LinkTask):
        entity = task.entity
        link = entity.wikidata or "NIL"
        return plain(f"link   {entity.score:.2f}  {entity.id}  {entity.name} ({entity.type.value}): {link}; {task.why}")
    annotation, index = material.by_key[task.place[0]], task.place[1]
    item = claim_nodes(annotation, material.namespaces)[index]
    words = claim_words(judged(task.place, material))
    return plain(f"claim  {item.claim.confidence:.2f}  {_hash(item.node.value)}  {words}; {task.why}")


def claim_text(task: ClaimTask, material: Material, *, width: int) -> str:
    """A claim with its passage, its article, and who is meant."""
    annotation, index = material.by_key[task.place[0]], task.place[1]
    item = claim_nodes(annotation, material.namespaces)[index]
    rows = [
        *_claim_rows(task, annotation, material),
        ("claim", f"{_hash(item.node.value)} (kg explain {_hash(item.node.value)} says more)"),
        ("why asked", task.why),
    ]
    return f"{claim_words(judged(task.place, material))}\n\n{rows_text(rows, width=width)}"


def link_text(task: LinkTask, material: Material, choices: Sequence[Choice], *, width: int) -> str:
    """An entity with its link, the passages that name it, and the items that it may be."""
    entity = task.entity
    rows = [*_entity_rows(entity, material), *_choice_rows(choices, entity), ("why asked", task.why)]
    return f"{plain(entity.name)} ({entity.type.value})\n\n{rows_text(rows, width=width)}"


def choices_of(entity: Entity, material: Material) -> tuple[Choice, ...]:
    """The items that the linker weighs in the articles that name the entity most, best first."""
    best: dict[str, Scored] = {}
    for key, local in _clearest(entity, material):
        if local == OUTLET_ID:
            continue
        for explanation in explain_article(material.by_key[key], material.gazetteer):
            if explanation.entity.id == local:
                for scored in explanation.candidates:
                    known = best.get(scored.item.qid)
                    if known is None or known.score < scored.score:
                        best[scored.item.qid] = scored
    ordered = sorted(best.values(), key=lambda scored: (-scored.score, len(scored.item.qid), scored.item.qid))
    return tuple(Choice(scored) for scored in ordered[:CANDIDATES])


def judged(place: ClaimPlace, material: Material) -> JudgedClaim:
    """The claim of a task as a decision keeps it."""
    return judged_claim(material.by_key[place[0]], place[1], material.namespaces)


def _claim_rows(task: ClaimTask, annotation: Annotation, material: Material) -> Iterator[Row]:
    key, index = task.place
    claim = annotation.claims[index]
    yield "passage", marked(annotation, claim.evidence)
    yield "article", article_words(annotation.article)
    yield "confidence", f"{claim.confidence:.2f}, by {claim.extractor}"
    if claim.polarity is not Polarity.POSITIVE or claim.modality is not Modality.ASSERTED:
        yield "says", f"{claim.polarity.value}, {claim.modality.value}"
    for name, value in claim.qualifiers:
        yield "qualifier", f"{name}: {value}"
    ends = (("subject", claim.subject), ("object", claim.object), ("said by", claim.attributed_to))
    for label, local in ends:
        entity = None if local is None else material.entities.get((key, local))
        if entity is not None:
            yield label, _entity_words(entity)
    if task.place in material.differs:
        yield "Wikidata", material.differs[task.place]


def _entity_rows(entity: Entity, material: Material) -> Iterator[Row]:
    yield "link", _entity_words(entity)
    if entity.aliases:
        yield "also", ", ".join(f"“{alias}”" for alias in entity.aliases[:8])
    clearest = _clearest(entity, material)
    for place in clearest:
        annotation = material.by_key[place[0]]
        yield "article", article_words(annotation.article)
        mention = _first(annotation, place[1])
        if mention is not None:
            yield "", marked(annotation, mention.span)
        elif place[1] == OUTLET_ID:
            yield "", "the outlet of the article"
    rest = len({key for key, _ in entity.members}) - len({key for key, _ in clearest})
    if rest > 0:
        yield "", f"and {rest} more article{'' if rest == 1 else 's'} (kg explain {entity.id} says more)"


def _choice_rows(choices: Sequence[Choice], entity: Entity) -> Iterator[Row]:
    for number, choice in enumerate(choices, start=1):
        item, score = choice.scored.item, choice.scored.score
        now = ", the link as it is" if item.qid == entity.wikidata else ""
        yield f"candidate {number}", f"{item_words(item)}: {score:.2f}{now}"
    if not choices:
        yield "candidates", "none in the index at hand"


def item_words(item: Item) -> str:
    """QID and label, and what tells the item from its namesakes: description, life, else offices and parties."""
    known = [item.description] if item.description else [tenure.name for tenure in (*item.offices, *item.parties)][:2]
    if item.birth or item.death:
        known.append(f"{item.birth or '?'} to {item.death}" if item.death else f"born {item.birth}")
    return ", ".join([f"{item.qid} {item.label}", *known])


def article_words(article: Article) -> str:
    """Id, title, outlet and date."""
    known = (article.title, article.outlet, article.published)
    return ", ".join([repr(article.id), *(str(part) for part in known if part is not None)])


def marked(annotation: Annotation, span: Span) -> str:
    """The sentences around a passage and next to it, the passage in brackets."""
    text, around = annotation.article.text, sentences_around(annotation, span, before=1, after=1)
    before, after = text[around.start : span.start], text[span.end : around.end]
    room = max(_LONGEST - (span.end - span.start), 100) // 2
    if len(before) > room:
        before = f"… {before[-room:]}"
    if len(after) > room:
        after = f"{after[:room]} …"
    return f"{before}[[{span.of(text)}]]{after}"


def _clearest(entity: Entity, material: Material) -> list[Place]:
    """One member for each of the articles that name the entity most."""

    def names(place: Place) -> int:
        return sum(
            mention.entity == place[1] and mention.kind is MentionKind.NAME
            for mention in material.by_key[place[0]].mentions
        )

    members = [place for place in entity.members if place[0] in material.by_key]
    members.sort(key=lambda place: (-names(place), material.by_key[place[0]].article.id, place))
    first = {place[0]: place for place in reversed(members)}
    return [place for place in members if first[place[0]] == place][:PASSAGES]


def _first(annotation: Annotation, local: str) -> Mention | None:
    """The first mention by name, else the first of any kind."""
    own = sorted(mention for mention in annotation.mentions if mention.entity == local)
    return next((mention for mention in own if mention.kind is MentionKind.NAME), own[0] if own else None)


def _entity_words(entity: Entity) -> str:
    link = f"Wikidata {entity.wikidata}" if entity.wikidata else "in no knowledge base"
    described = f"; {entity.description}" if entity.description else ""
    return f"{entity.name} ({entity.type.value}; {link}, {entity.score:.2f}{described})"


def _hash(iri: str) -> str:
    return iri.rpartition("/")[2]
