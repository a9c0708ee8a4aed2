"""Files, folders, pages and JSON lines to articles; what cannot be read is said, not raised."""

from __future__ import annotations

from kg.ingest.reader import read_inputs
from kg.ingest.skipped import Skipped

__all__ = ["Skipped", "read_inputs"]
