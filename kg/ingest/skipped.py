"""What becomes of an input that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """One input that gave no article: where it stands (path or path:line), and why, with what to do."""

    source: str
    reason: str
