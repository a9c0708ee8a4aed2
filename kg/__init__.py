"""Knowledge graphs about public figures, built from news articles and linked to Wikidata."""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["__version__"]
