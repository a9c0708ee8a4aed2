"""Which real person, party, outlet, office or place is meant: within one article, and across all."""

from __future__ import annotations

from kg.resolve.clusters import OUTLET_ID, resolve
from kg.resolve.linker import Explanation, Scored, explain, explain_article, link_article

__all__ = ["OUTLET_ID", "Explanation", "Scored", "explain", "explain_article", "link_article", "resolve"]
