"""An article from a saved web page."""

from __future__ import annotations

import logging
import re
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from kg.errors import SourceError
from kg.ingest.boilerplate import boilerplate_spans
from kg.ingest.charset import decode_page
from kg.ingest.content import check_text
from kg.ingest.pagedate import declared_date, local_date, written_date
from kg.model import Article

for _name in ("trafilatura", "htmldate", "courlan"):
    # They log what they could not read; here that is a reason in Skipped, not a line on the terminal.
    logging.getLogger(_name).addHandler(logging.NullHandler())

_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}
"""htmldate without dateparser (which knows "yesterday") and with a fixed last day instead of today."""

_UNREADABLE = (LxmlError, LookupError, AttributeError, TypeError, ValueError, ArithmeticError, RecursionError)
"""What trafilatura's and courlan's heuristics raise on pages that they did not foresee."""

_NOT_IN_URL = re.compile(r'[\s<>"{}|\\^`\x00-\x1f\x7f]')
_SEPARATOR = re.compile(r"\s+(?:[|*•·–—»«-]|::|//)\s+")


def parse_page(data: bytes, *, id: str, source: str, max_chars: int) -> Article:
    """The article of a page's bytes, best effort on broken HTML; SourceError where no text is found.

    The text is trafilatura's, one paragraph a line, in Unicode's composed form (NFC). The same bytes give the
    same article on every day: neither the clock nor the network is asked.
    """
    page = decode_page(data)
    if "\0" in page[:4096]:
        raise SourceError("binary data, not HTML; save the page as HTML or its text as .txt")
    try:
        tree = _tree(page)
        found = _extract(tree)
        url = _url(found.get("url"))
        published = local_date(declared_date(tree) or written_date(found.get("date"), page), url)
    except _UNREADABLE as error:
        raise SourceError(
            f"the page cannot be read as HTML ({type(error).__name__}: {error}); save its text as .txt"
        ) from error
    text = normalize("NFC", found.get("text") or "")
    if not text:
        raise SourceError("no article text is found in the page; save its text as .txt")
    check_text(text, max_chars)
    outlet = _line(found.get("sitename"))
    title = _headline(_line(found.get("title")), outlet)
    return Article(
        id=id,
        text=text,
        title=title,
        published=published,
        url=url,
        outlet=outlet,
        boilerplate=boilerplate_spans(text, title),
        source=source,
    )


def _tree(page: str) -> HtmlElement:
    tree = load_html(page)
    if tree is None and page.strip():
        # trafilatura refuses a lone fragment; a browser shows it
        tree = load_html(f"<html><body><div>{page}</div></body></html>")
    if tree is None:
        raise SourceError("the page is empty or no HTML; save it again, or save its text as .txt")
    return tree


def _extract(tree: HtmlElement) -> dict[str, Any]:
    """What trafilatura finds: text, title, date, sitename and url; empty where it finds no text."""
    document = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        include_formatting=False,
        deduplicate=False,  # its cache would let one page change the text of the next
        date_extraction_params=dict(_DATES),
    )
    if document is None:
        return {}
    return {name: getattr(document, name) for name in ("text", "title", "date", "sitename", "url")}


def _line(value: object) -> str | None:
    """One line of clean text, None for anything blank."""
    if not isinstance(value, str):
        return None
    return " ".join(normalize("NFC", value).encode("utf-8", "replace").decode("utf-8").split()) or None


def _headline(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name before or behind a separator ("Minister resigns | The Post")."""
    if title is None or outlet is None:
        return title
    parts = _SEPARATOR.split(title)
    own = [part for part in parts if _bare(part) == _bare(outlet)]
    if len(parts) == 1 or not own:
        return title
    if parts[0] in own:
        start = title.find(parts[1], len(parts[0]))
        return title[start:]
    at = next(index for index, part in enumerate(parts) if part in own)
    end = [match.start() for match in _SEPARATOR.finditer(title)][at - 1]
    return title[:end]


def _bare(name: str) -> str:
    """A name in lower case without article, web ending and spaces."""
    return re.sub(r"^the\s+|\.(?:com|co\.uk|org|net|tv)$|\s+", "", name.lower())


def _url(value: object) -> str | None:
    """An http or https address, what may not stand in an IRI percent-encoded."""
    if not isinstance(value, str) or not value.lower().startswith(("http://", "https://")):
        return None
    return _NOT_IN_URL.sub(lambda match: quote(match[0]), value.strip())
