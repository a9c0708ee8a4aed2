"""The gazetteer that the settings ask for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.index import open_index
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.starter import load_starter


@lru_cache(maxsize=4)
def open_gazetteer(index: str = "") -> Gazetteer:
    """The shipped index, and beside it the one at the path `index` unless that is ""; IndexFormatError.

    The same path gives the same object, which keeps what was looked up.
    """
    starter = load_starter()
    return LayeredGazetteer((starter, open_index(Path(index)))) if index else starter
