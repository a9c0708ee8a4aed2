"""Who says what: direct, indirect and mixed quotations with speaker, cue and content."""

from __future__ import annotations

from kg.extract.base import Attribution
from kg.nlp.reading import Reading


def find_attributions(reading: Reading) -> tuple[Attribution, ...]:
    """All attributions of the article, in text order."""
    return ()
