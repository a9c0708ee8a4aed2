"""When a page says that it was published.

trafilatura's own finder (htmldate) fills in from today's date what a date lacks ("2016-04" becomes a day).
So what the page declares is read here first, with its own precision, and htmldate's guess is kept only
where that very day is written on the page.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from email.utils import parsedate
from typing import Any

from lxml.html import HtmlElement

from kg.model import PartialDate
from kg.model.dates import DAY

_META = (
    "article:published_time",
    "article:published",
    "article.published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "originalpublicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "date",
)
"""Names of meta elements that give a date of publication, best first."""

_ARTICLE = re.compile(r"Article|Posting|Reportage|NewsStory", re.IGNORECASE)
_NOT_THE_PAGE = frozenset({"comment", "hasPart", "isPartOf", "citation", "mentions", "review", "itemListElement"})
_NUMERIC = re.compile(r"\s*(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2})(?!\d))?|(\d{2})(\d{2})(?!\d))?(?=$|[\sT])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_URL = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=/|$)")
_FIRST_YEAR, _LAST_YEAR = 1700, 2100


def declared_date(tree: HtmlElement) -> PartialDate | None:
    """What JSON-LD, else a meta element, else microdata call the page's date of publication; or None."""
    for text in (*_linked_data(tree), *_meta(tree), *_microdata(tree)):
        if (found := read_date(text)) is not None:
            return found
    return None


def local_date(found: PartialDate | None, url: str | None) -> PartialDate | None:
    """`found`, or the day in `url` if that is one day off: declared times are UTC, addresses are local."""
    match = _IN_URL.search(url or "")
    if found is None or match is None or found.precision != DAY:
        return found
    in_url = read_date("-".join(match.groups()))
    return in_url if in_url and abs((in_url.earliest - found.earliest).days) == 1 else found


def read_date(text: str) -> PartialDate | None:
    """The date that `text` starts with, None for any other form.

    Year first (`2016`, `2016-04`, `2016/04/28 10:00`, `20160428`), or as in an e-mail (`Thu, 28 Apr 2016`).
    """
    match = _NUMERIC.match(text)
    if match is not None:
        year, _, month, day, month8, day8 = match.groups()
        parts = [part.zfill(2) for part in (year, month or month8, day or day8) if part]
    else:
        mail = parsedate(text)
        if mail is None:
            return None
        parts = [f"{mail[0]:04}", f"{mail[1]:02}", f"{mail[2]:02}"]
    try:
        found = PartialDate.parse("-".join(parts))
    except ValueError:
        return None
    if not _FIRST_YEAR <= found.earliest.year <= _LAST_YEAR or str(found) == "1970-01-01":
        return None  # what programs write for "no date"
    return found


def written_date(guess: str | None, page: str) -> PartialDate | None:
    """`guess` (YYYY-MM-DD) as a date if that day is written in `page` in some usual form, else None."""
    found = None if guess is None else read_date(guess)
    if found is None:
        return None
    year, month, day = found.earliest.year, found.earliest.month, found.earliest.day
    y, m, d = f"{year}", f"0?{month}", f"0?{day}"
    others = "|".join(name for number, name in enumerate(_MONTHS, 1) if number != month)
    name = rf"(?!{others})[^\W\d_]{{3,12}}\.?"  # any language's word, but no other English month
    forms = (
        rf"{y}[-/._]?{m}[-/._]?{d}",
        rf"{y}[-/]\w{{3,9}}[-/]{d}",
        rf"{d}[-/.\s]{m}[-/.\s](?:{y}|{year % 100:02})",
        rf"{m}[-/.\s]{d}[-/.\s](?:{y}|{year % 100:02})",
        rf"{name}\s*{d}(?:st|nd|rd|th)?[\s,]+{y}",
        rf"{d}(?:st|nd|rd|th|\.)?[\s-](?:of\s)?{name}[\s,-]+{y}",
    )
    pattern = rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)"
    return found if re.search(pattern, page, re.IGNORECASE) else None


def _linked_data(tree: HtmlElement) -> Iterator[str]:
    """`datePublished` of what is an article in the page's JSON-LD, the outermost first."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            pending: deque[Any] = deque([json.loads(script.text or "", strict=False)])
        except (ValueError, RecursionError):
            continue
        while pending:
            value = pending.popleft()
            if isinstance(value, list):
                pending.extend(value)
            elif isinstance(value, dict):
                date = value.get("datePublished")
                if isinstance(date, str) and _ARTICLE.search(str(value.get("@type"))):
                    yield date
                pending.extend(part for key, part in value.items() if key not in _NOT_THE_PAGE)


def _meta(tree: HtmlElement) -> Iterator[str]:
    given: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        given.setdefault(name.strip().lower(), element.get("content") or "")
    return (given[name] for name in _META if name in given)


def _microdata(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iterfind('.//*[@itemprop="datePublished"]'):
        yield element.get("datetime") or element.get("content") or element.text or ""
