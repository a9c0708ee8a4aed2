"""How relations and entities look and are named in every picture: words, colours, shapes.

Colours are safe for the common kinds of colour blindness: parties carry Paul Tol's "bright" scheme
(https://sronpersonalpages.nl/~pault/), relations colours after Okabe and Ito; shape and dash tell the same
again.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import EntityType

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class RelationStyle:
    """One relation's words ("A `active` B", "A `alone`" without B, "B `passive` A"), colours and dash.

    `speech` marks what somebody says of somebody, against a fact of a career. `colour` is for white, `dark`
    for black ground. `dash` is SVG's stroke-dasharray, empty for a line without gaps.
    """

    name: str
    active: str
    alone: str
    passive: str
    colour: str = "#7A7A7A"
    dark: str = "#9A9A9A"
    dash: str = ""
    speech: bool = False


RELATIONS = (
    RelationStyle("accuses", "accuses", "makes an accusation that names nobody", "is accused by",
                  "#C44E00", "#F0793A", "", speech=True),
    RelationStyle("criticizes", "criticizes", "criticizes, naming nobody", "is criticized by",
                  "#B27A00", "#E6A520", "7 3", speech=True),
    RelationStyle("supports", "supports", "gives support, naming nobody", "is supported by",
                  "#00805D", "#1FBF92", "", speech=True),
    RelationStyle("denies", "denies a charge by", "denies a charge", "meets a denial by",
                  "#0067A3", "#56B4E9", "2 3", speech=True),
    RelationStyle("memberOf", "is a member of", "is a member", "has as member"),
    RelationStyle("holdsPosition", "holds the position", "holds a position", "is held by"),
    RelationStyle("worksFor", "works for", "works", "employs", dash="5 3"),
    RelationStyle("appearedOn", "appeared on", "appeared", "gave room to", dash="1 3"),
    RelationStyle("spouseOf", "is married to", "is married", "is married to"),
    RelationStyle("childOf", "is a child of", "is a child", "is a parent of"),
    RelationStyle("educatedAt", "was educated at", "was educated", "educated"),
    RelationStyle("heads", "heads", "heads a body", "is headed by"),
    RelationStyle("resignedFrom", "resigned from", "resigned", "was left by", dash="5 3"),
    RelationStyle("suspendedFrom", "was suspended from", "was suspended", "suspended", dash="5 3"),
    RelationStyle("expelledFrom", "was expelled from", "was expelled", "expelled", dash="5 3"),
    RelationStyle("chargedWith", "was charged in law by", "was charged in law", "charged in law"),
    RelationStyle("investigatedFor", "was investigated by", "was investigated", "investigated"),
    RelationStyle("suedBy", "was sued by", "was sued", "sued"),
    RelationStyle("clearedOf", "was cleared by", "was cleared", "cleared"),
    RelationStyle("metWith", "met", "met somebody", "met"),
    RelationStyle("interviewedBy", "was interviewed by", "was interviewed", "interviewed", dash="1 3"),
    RelationStyle("apologizesTo", "apologizes to", "apologizes", "gets an apology from", speech=True),
    RelationStyle("retracts", "takes back words about", "takes words back", "has words about it taken back by",
                  speech=True),
)  # fmt: skip
"""Relations in the order in which legends name them; a relation that is missing here is drawn in grey."""

_BY_NAME = {style.name: style for style in RELATIONS}
_ORDER = {style.name: place for place, style in enumerate(RELATIONS)}


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One entity type's words, fill colour and shape (GEXF's words for shapes)."""

    singular: str
    plural: str
    colour: str
    shape: str


TYPES = {
    EntityType.PERSON: TypeStyle("person", "people", "#8A8A8A", "disc"),
    EntityType.PARTY: TypeStyle("party", "parties", "#B5B5B5", "square"),
    EntityType.ORGANIZATION: TypeStyle("organisation", "organisations", "#997755", "square"),
    EntityType.OUTLET: TypeStyle("outlet", "outlets", "#44AA99", "diamond"),
    EntityType.POSITION: TypeStyle("position", "positions", "#CFCFCF", "triangle"),
    EntityType.PLACE: TypeStyle("place", "places", "#CFCFCF", "triangle"),
    EntityType.OTHER: TypeStyle("other thing", "other things", "#CFCFCF", "triangle"),
}

PARTY_COLOURS = ("#4477AA", "#EE6677", "#CCBB44", "#228833", "#66CCEE", "#AA3377")
"""Given to the parties in the graph, the one with most members first; further parties stay grey."""


def relation_style(name: str) -> RelationStyle:
    """The style of relation `name`; without one, words made of the name ("bornIn": "born in") and grey."""
    known = _BY_NAME.get(name)
    if known is not None:
        return known
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
    return RelationStyle(name, words, words, f"{words} (reversed)")


def relation_order(name: str) -> tuple[int, str]:
    """A sort key that puts relations into the order of `RELATIONS`, unknown ones behind, by name."""
    return (_ORDER.get(name, len(_ORDER)), name)


def type_style(name: str) -> TypeStyle:
    """The style of an entity type; that of `Other` for a type that is not known."""
    try:
        return TYPES[EntityType(name)]
    except ValueError:
        return TYPES[EntityType.OTHER]


def party_colours(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """A colour for each of the parties with most members in `graph`, by party id, in that order."""
    members = Counter(
        party
        for party in (graph.nodes[node].get("party_id") for node in sorted(graph))
        if isinstance(party, str) and party
    )
    ranked = sorted(members, key=lambda party: (-members[party], party))
    return dict(zip(ranked, PARTY_COLOURS, strict=False))


def node_colour(node: str, attributes: dict[str, object], parties: dict[str, str]) -> str:
    """The colour in `parties` of the party that `node` is or belongs to, else that of its type."""
    party = attributes.get("party_id")
    return (
        parties.get(node)
        or (parties.get(party) if isinstance(party, str) else None)
        or type_style(str(attributes.get("type", ""))).colour
    )
