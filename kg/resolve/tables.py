"""The linker's tables: what each feature weighs and which words name offices."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Weights:
    """A candidate links when its score reaches `threshold` and leads the next by `margin`.

    `intercept` and `slope` turn the distance to that line into a probability; `well_known` is the prior from which
    on a last name alone may mean a person; `help` says what each feature is.
    """

    threshold: float
    margin: float
    intercept: float
    slope: float
    well_known: float
    features: Mapping[str, float]
    help: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Roles:
    """Words of offices, folded; what each list is for says its use in `features`."""

    modifiers: frozenset[str]
    generic: frozenset[str]
    heads: frozenset[str]
    weak: frozenset[str]
    ignored: frozenset[str]
    classes: frozenset[str]
    common: frozenset[str]
    past: frozenset[str]
    same: Mapping[str, tuple[str, ...]]
    everywhere: frozenset[str]
    politics: frozenset[str]
    called: Mapping[str, str]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The table in weights.json."""
    row = json.loads((_FOLDER / "weights.json").read_text(encoding="utf-8"))
    return Weights(
        threshold=row["threshold"],
        margin=row["margin"],
        intercept=row["intercept"],
        slope=row["slope"],
        well_known=row["well_known"],
        features=MappingProxyType({name: weight for name, weight, _ in row["features"]}),
        help=MappingProxyType({name: text for name, _, text in row["features"]}),
    )


@lru_cache(maxsize=1)
def roles() -> Roles:
    """The table in roles.json."""
    row = json.loads((_FOLDER / "roles.json").read_text(encoding="utf-8"))
    same = MappingProxyType({word: tuple(words) for word, words in row.pop("same").items()})
    called = MappingProxyType(dict(row.pop("called")))
    return Roles(same=same, called=called, **{name: frozenset(words) for name, words in row.items()})
