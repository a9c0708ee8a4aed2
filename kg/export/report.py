"""report.html: one page that needs nothing else, for people who read it and may print it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import networkx as nx
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.export import tables, words
from kg.export.beside import ClaimKey, Review, compare, kept
from kg.export.claims import ClaimRow, claim_rows
from kg.export.drawing import class_name
from kg.export.files import write_whole
from kg.export.graph import ACCUSES, main_parties, project_rows
from kg.export.listing import list_claims
from kg.export.picture import MAX_NODES, picture
from kg.export.style import relation_style, type_style
from kg.merge.verdict import Comparison
from kg.model import Annotation, Article, Entity, EntityType, PartialDate, Resolution

TITLE = "Who says what about whom"
MAX_CLAIMS = 400
"""How many claims the page lists, so that it stays quick to open and to print."""

MAX_ROWS = 60
"""How many rows of one table are shown."""

OPINIONS = ("criticizes", "supports")
_QID = re.compile(r"Q[1-9][0-9]*")
_LINKABLE = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, in numbers; each article with its number of claims, `linked` people with a QID.

    `rejected` claims were rejected by people and count nowhere.
    """

    articles: tuple[tuple[Article, int], ...]
    outlets: int
    first: PartialDate | None
    last: PartialDate | None
    claims: int
    counted: int
    people: int
    linked: int
    rejected: int


def write_report(
    path: Path,
    annotations: Sequence[Annotation],
    resolution: Resolution,
    *,
    skipped: Sequence[tuple[str, str]] = (),
    title: str = TITLE,
    graph: nx.MultiDiGraph[str] | None = None,
    max_claims: int = MAX_CLAIMS,
    max_nodes: int = MAX_NODES,
    seed: int = 42,
    comparisons: Iterable[Comparison] = (),
    reviews: Mapping[ClaimKey, Review] | None = None,
    label_of: Callable[[str], str | None] | None = None,
) -> None:
    """Write `render_report` to `path`, whole or not at all; ExportError where that fails."""
    page = render_report(
        annotations,
        resolution,
        skipped=skipped,
        title=title,
        graph=graph,
        max_claims=max_claims,
        max_nodes=max_nodes,
        seed=seed,
        comparisons=comparisons,
        reviews=reviews,
        label_of=label_of,
    )
    write_whole(path, [page])


def render_report(
    annotations: Sequence[Annotation],
    resolution: Resolution,
    *,
    skipped: Sequence[tuple[str, str]] = (),
    title: str = TITLE,
    graph: nx.MultiDiGraph[str] | None = None,
    max_claims: int = MAX_CLAIMS,
    max_nodes: int = MAX_NODES,
    seed: int = 42,
    comparisons: Iterable[Comparison] = (),
    reviews: Mapping[ClaimKey, Review] | None = None,
    label_of: Callable[[str], str | None] | None = None,
) -> str:
    """The page as HTML that loads nothing: picture of the network, tables, and claims with their sentences.

    `skipped` are inputs that could not be read, with the reasons. `graph` is the projection, where the
    caller has it already. At most `max_claims` claims are listed and `max_nodes` nodes drawn; the page says
    what was left out. `comparisons` are claims beside Wikidata, and `label_of` names Wikidata's items, where the
    resolution does not. `reviews` are what people decided of claims; rejected ones are counted and not shown.
    """
    every, reviews = claim_rows(annotations, resolution), reviews or {}
    rows = kept(every, reviews)
    beside = compare(rows, comparisons, label_of=_labels(resolution, label_of))
    listing = list_claims(rows, limit=max_claims)
    network = project_rows(rows, resolution) if graph is None else graph
    drawn = picture(network, anchors=listing.anchors, max_nodes=max_nodes, seed=seed)
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=title,
            skipped=skipped,
            reading=_reading(annotations, rows, resolution, rejected=len(every) - len(rows)),
            picture=drawn,
            svg=Markup(drawn.svg),
            relation_css=_relation_css(rows),
            listing=listing,
            accusations=tables.pairs(rows, (ACCUSES,)),
            opinions=tables.pairs(rows, OPINIONS),
            accused=tables.tallies(rows, ACCUSES, objects=True),
            accusing=tables.tallies(rows, ACCUSES, objects=False),
            careers=tables.careers(rows),
            appearances=tables.appearances(rows),
            unlinked=tables.unlinked(rows, resolution),
            parties=_parties(rows, resolution),
            beside=beside,
            reviews=reviews,
            max_rows=MAX_ROWS,
        )
    )
    return _UNWANTED.sub("\ufffd", page)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.export", "data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    css = (files("kg.export") / "data" / "report.css").read_text(encoding="utf-8")
    environment.globals.update(
        css=Markup(css),
        count=words.count_words,
        date_words=words.date_words,
        confidence=words.confidence_words,
        standing=words.standing,
        qualifiers=words.qualifier_words,
        style=relation_style,
        relation_class=class_name,
        kind=_kind,
        wikidata=_wikidata,
        address=_address,
    )
    return environment


def _reading(
    annotations: Sequence[Annotation], rows: Sequence[ClaimRow], resolution: Resolution, *, rejected: int
) -> Reading:
    articles = {annotation.article.key: annotation.article for annotation in annotations}
    claims = Counter(row.article_key for row in rows)
    dates = [article.published for article in articles.values() if article.published is not None]
    people = [entity for entity in resolution.entities if entity.type is EntityType.PERSON]
    ordered = sorted(articles.items(), key=lambda item: (item[1].id, item[0]))
    return Reading(
        articles=tuple((article, claims[key]) for key, article in ordered),
        outlets=len({article.outlet for article in articles.values() if article.outlet}),
        first=min(dates, default=None),
        last=max(dates, key=lambda date: (date.latest, date.earliest), default=None),
        claims=len(rows),
        counted=sum(row.counted for row in rows),
        people=len(people),
        linked=sum(entity.wikidata is not None for entity in people),
        rejected=rejected,
    )


def _labels(resolution: Resolution, label_of: Callable[[str], str | None] | None) -> Callable[[str], str | None]:
    """Names of items: those that the report uses anyhow, then those of `label_of`."""
    own = {entity.wikidata: entity.name for entity in resolution.entities if entity.wikidata is not None}
    return lambda qid: own.get(qid) or (label_of(qid) if label_of is not None else None)


def _parties(rows: Sequence[ClaimRow], resolution: Resolution) -> dict[str, Entity]:
    by_id = {entity.id: entity for entity in resolution.entities}
    return {member: by_id[party] for member, party in main_parties(rows).items()}


def _relation_css(rows: Sequence[ClaimRow]) -> Markup:
    """Colours and dashes of the relations that occur, as custom properties for both colour schemes."""
    styles = [relation_style(name) for name in sorted({row.claim.relation for row in rows})]
    light = "".join(f"--{class_name(style.name)}:{style.colour};" for style in styles)
    dark = "".join(f"--{class_name(style.name)}:{style.dark};" for style in styles)
    rules = [f":root{{{light}}}", f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"]
    for style in styles:
        name = class_name(style.name)
        rules.append(f".{name}{{--relation:var(--{name});--dash:{style.dash or 'none'}}}")
    return Markup("\n".join(rules))


def _kind(entity: Entity) -> str:
    return type_style(entity.type).singular


def _wikidata(entity: Entity) -> str | None:
    """The address of the entity's page at Wikidata; None without a well-formed QID."""
    known = entity.wikidata is not None and _QID.fullmatch(entity.wikidata)
    return f"https://www.wikidata.org/wiki/{entity.wikidata}" if known else None


def _address(article: Article) -> str | None:
    """The article's address where it is one that a reader may safely follow."""
    url = (article.url or "").strip()
    return url if _LINKABLE.fullmatch(url) else None
