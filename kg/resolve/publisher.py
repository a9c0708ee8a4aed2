"""The outlet that an article says it is from."""

from __future__ import annotations

import re

from kg.model import NIL, Article, EntityType, LocalEntity
from kg.resolve.context import web_host
from kg.wikidata.gazetteer import Gazetteer, Item

OUTLET_ID = "@outlet"
"""Stands where a local entity's id would stand, for the article's own outlet."""

_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/:].*)?", re.IGNORECASE)
_LEAD = 0.5


def outlet_of(article: Article, gazetteer: Gazetteer) -> LocalEntity | None:
    """The outlet as a local entity, linked by name or address where that is sure; None without one."""
    name = (article.outlet or "").strip()
    if not name:
        return None
    item, score = _find(name, article.url, gazetteer)
    if item is None:
        return LocalEntity(OUTLET_ID, EntityType.OUTLET, name, wikidata=NIL, score=score)
    return LocalEntity(OUTLET_ID, EntityType.OUTLET, item.label, (name,), item.qid, score)


def _find(name: str, url: str | None, gazetteer: Gazetteer) -> tuple[Item | None, float]:
    if _HOST.fullmatch(name):
        item = gazetteer.by_domain(web_host(name))
        return item, 0.95 if item is not None else 0.9
    site = gazetteer.by_domain(web_host(url))
    named = [item for item in gazetteer.candidates(name) if item.type is EntityType.OUTLET]
    if site is not None and (site in named or not named):
        return site, 0.99 if site in named else 0.85
    if not named:
        return None, 0.9
    named.sort(key=lambda item: -item.prior)
    if len(named) == 1 or named[0].prior - named[1].prior >= _LEAD:
        return named[0], 0.9
    return None, 0.5
