"""Any Wikidata item at all, for property tests."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from kg.wikidata.item import (
    GREGORIAN,
    JULIAN,
    Coordinate,
    EntityRef,
    Monolingual,
    Quantity,
    Rank,
    Reference,
    Snak,
    SnakType,
    Statement,
    Text,
    Time,
    UnknownValue,
    Value,
    WikidataItem,
)

_NUMBERS = st.integers(1, 99_999_999)
_TEXTS = st.text(min_size=1, max_size=12)
_LANGUAGES = st.sampled_from(["en", "de", "zh-hant", "be-tarask", "mul"])
_ENTITIES = st.one_of(
    _NUMBERS.map("Q{}".format), _NUMBERS.map("P{}".format), _NUMBERS.map("L{}".format),
    st.sampled_from(["L1-F1", "L1-S1", "E5", "M7", "X-1"]),
)  # fmt: skip
_AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=2).map("{:+}".format)
_DEGREES = st.floats(-180, 180)
_TIMES = st.builds(
    Time,
    time=st.builds("{}{:04}-{:02}-{:02}T00:00:00Z".format, st.sampled_from("+-"), st.integers(0, 20000),
                   st.integers(0, 12), st.integers(0, 31)),
    precision=st.integers(0, 14),
    calendar=st.sampled_from([GREGORIAN, JULIAN]),
    before=st.integers(0, 3),
    after=st.integers(0, 3),
    timezone=st.integers(-60, 60),
)  # fmt: skip
_UNKNOWN = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS, lambda part: st.lists(part, max_size=3)
).map(lambda value: UnknownValue("hologram", json.dumps(value, ensure_ascii=False, separators=(",", ":"))))
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.builds(EntityRef, _ENTITIES),
    _TIMES,
    st.builds(Quantity, _AMOUNTS, st.sampled_from(["1", "http://www.wikidata.org/entity/Q11573"]),
              st.none() | _AMOUNTS, st.none() | _AMOUNTS),
    st.builds(Monolingual, _TEXTS, _LANGUAGES),
    st.builds(Coordinate, _DEGREES, _DEGREES, st.none() | _DEGREES, st.none() | _DEGREES),
    st.builds(Text, st.text(max_size=12)),
    _UNKNOWN,
)  # fmt: skip
_PROPERTIES = st.integers(1, 9).map("P{}".format)
_DATATYPES = st.none() | st.sampled_from(["wikibase-item", "time", "external-id", "musical-notation"])


@st.composite
def snaks(draw: st.DrawFn, properties: st.SearchStrategy[str] = _PROPERTIES) -> Snak:
    """A snak."""
    kind = draw(st.sampled_from(SnakType))
    return Snak(draw(properties), kind, draw(VALUES) if kind is SnakType.VALUE else None, draw(_DATATYPES))


def _groups(found: list[Snak]) -> tuple[Snak, ...]:
    order = list(dict.fromkeys(snak.property for snak in found))
    return tuple(sorted(found, key=lambda snak: order.index(snak.property)))


_GROUPS = st.lists(snaks(), max_size=4).map(_groups)
_STATEMENTS = st.builds(
    Statement,
    main=snaks(),
    rank=st.sampled_from(Rank),
    qualifiers=_GROUPS,
    references=st.lists(st.builds(Reference, _GROUPS, st.none() | st.just("f" * 40)), max_size=2).map(tuple),
    id=st.none() | st.uuids().map("Q99000001${}".format),
)


def items() -> st.SearchStrategy[WikidataItem]:
    """An item whose statements and qualifiers stand together by property."""
    terms = st.dictionaries(_LANGUAGES, _TEXTS, max_size=3)
    return st.builds(
        _item,
        labels=terms,
        descriptions=terms,
        aliases=st.dictionaries(_LANGUAGES, st.lists(_TEXTS, min_size=1, max_size=3).map(tuple), max_size=2),
        sitelinks=st.dictionaries(st.sampled_from(["enwiki", "dewiki", "commonswiki"]), _TEXTS),
        statements=st.lists(_STATEMENTS, max_size=5),
        redirects_from=st.none() | st.just("Q99000002"),
        badged=st.booleans(),
    )


def _item(statements: list[Statement], *, badged: bool, **parts: object) -> WikidataItem:
    order = list(dict.fromkeys(statement.property for statement in statements))
    sitelinks: dict[str, str] = parts["sitelinks"]  # type: ignore[assignment]
    return WikidataItem(
        id="Q99000001",
        statements=tuple(sorted(statements, key=lambda statement: order.index(statement.property))),
        badges=dict.fromkeys(sitelinks, ("Q17437796",)) if badged else {},
        **parts,  # type: ignore[arg-type]
    )
