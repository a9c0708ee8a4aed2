"""The gazetteer that the settings ask for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.index import DiskIndex, open_index
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.starter import load_starter


def open_gazetteer(index: str = "", learnt: Path | None = None) -> Gazetteer:
    """The shipped index, and beside it the one at the path `index` unless that is ""; IndexFormatError.

    `learnt` is an index of what Wikidata itself answered, which is newer than the other; it counts where it is there.
    """
    starter = load_starter()
    layers: list[Gazetteer] = [starter]
    if learnt is not None and learnt.is_file():
        layers.append(open_index(learnt))
    if index:
        layers.append(_opened(index))
    return LayeredGazetteer(layers) if len(layers) > 1 else starter


@lru_cache(maxsize=4)
def _opened(index: str) -> DiskIndex:
    """One index a path and process, so that what was looked up stays known."""
    return open_index(Path(index))
