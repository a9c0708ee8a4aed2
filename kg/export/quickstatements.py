"""QuickStatements commands (version 1): one statement a line, fields parted by tabs.

The form is that of https://www.wikidata.org/wiki/Help:QuickStatements. Strings stand in double quotes and know no
escapes; neither a tab nor "|", which parts fields as a tab does, can stand in one. A comment may only end a command, as
its edit summary, so a file has no heading. A command for a statement that is there already adds its qualifiers and its
reference to it; several articles are several commands. Headlines are no part of a reference: they may hold charges.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from kg.model import Article, PartialDate
from kg.model.dates import DAY, MONTH
from kg.rdf.namespaces import web_address

START_TIME, END_TIME, POINT_IN_TIME = "P580", "P582", "P585"
_URL, _PUBLISHED, _RETRIEVED = "S854", "S577", "S813"

UNKNOWN = "somevalue"
"""QuickStatements' word for a value that exists and is not known."""

_QUOTES = "“”"


@dataclass(frozen=True, slots=True)
class Addition:
    """A statement for an item, with qualifiers and the article that says it.

    A qualifier's time is None where it is not known ("former", without a date).
    """

    item: str
    property: str
    value: str
    qualifiers: tuple[tuple[str, PartialDate | None], ...]
    article: Article


def commands(additions: Iterable[Addition], *, retrieved: date) -> list[str]:
    """One line an addition, without line end, none twice; sorted by item number, property, value and article."""
    ordered = sorted(additions, key=_order)
    return list(dict.fromkeys(command(addition, retrieved=retrieved) for addition in ordered))


def command(addition: Addition, *, retrieved: date) -> str:
    """The line of one addition; ValueError where its article has no address on the web."""
    url = reference_url(addition.article)
    if url is None:
        raise ValueError(f"article {addition.article.id!r} has no address; it cannot be a reference")
    fields = [addition.item, addition.property, addition.value]
    for name, time in addition.qualifiers:
        fields += [name, UNKNOWN if time is None else _written(time)]
    fields += [_URL, f'"{url}"']
    published = addition.article.published
    if published is not None and (written := time_value(published)) is not None:
        fields += [_PUBLISHED, written]
    return "\t".join([*fields, _RETRIEVED, f"+{retrieved.isoformat()}T00:00:00Z/{DAY}"])


def reference_url(article: Article) -> str | None:
    """The article's address with everything percent-encoded that QuickStatements would read otherwise; None without."""
    node = web_address(article.url or "")
    if node is None:
        return None
    return "".join(quote(char) if char in _QUOTES or not char.isprintable() else char for char in node.value)


def time_value(time: PartialDate) -> str | None:
    """A time with its precision (`+2015-06-00T00:00:00Z/10`); None for a stretch that is no unit of the calendar."""
    if "/" in str(time):
        return None
    month = time.earliest.month if time.precision >= MONTH else 0
    day = time.earliest.day if time.precision >= DAY else 0
    return f"+{time.earliest.year:04}-{month:02}-{day:02}T00:00:00Z/{time.precision}"


def calendar_unit(time: PartialDate) -> PartialDate | None:
    """The smallest month, year or decade that a stretch of days lies in, the time itself where it is one; else None."""
    if "/" not in str(time):
        return time
    first = time.earliest
    units = (PartialDate.of(first.year, first.month), PartialDate.of(first.year), PartialDate.decade(first.year))
    return next((unit for unit in units if time.latest <= unit.latest), None)


def _written(time: PartialDate) -> str:
    written = time_value(time)
    if written is None:
        raise ValueError(f"{str(time)!r} is no day, month, year or decade; Wikidata has no such time")
    return written


def _order(addition: Addition) -> tuple[object, ...]:
    return (
        _number(addition.item),
        _number(addition.property),
        _number(addition.value),
        addition.article.id,
        addition.article.key,
        [(name, "" if time is None else str(time)) for name, time in addition.qualifiers],
    )


def _number(ident: str) -> tuple[int, str]:
    return (int(ident[1:]) if ident[1:].isdecimal() else 0, ident)
