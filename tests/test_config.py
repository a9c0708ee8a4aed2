"""Settings from defaults, a TOML file and flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Settings, load_settings
from kg.errors import ConfigError


def test_defaults() -> None:
    assert load_settings() == Settings()


def test_flags_win_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "kg.toml"
    file.write_text('base_iri = "https://example.org/a"\nmin_confidence = 0.5\n', encoding="utf-8")
    settings = load_settings(file, {"base_iri": "https://example.org/b", "model": None})
    assert settings.base_iri == "https://example.org/b"
    assert settings.min_confidence == 0.5
    assert settings.model == Settings().model


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min_confidnce = 0.5", "did you mean 'min_confidence'"),
        ('min_confidence = "high"', "float"),
        ("min_confidence = 2.0", "0 to 1"),
        ("max_chars = 0", "above 0"),
        ('wikidata = "sometimes"', "'auto', 'offline', 'live'"),
        ("max_chars = true", "int"),
        ("= 3", "cannot be read"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "kg.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        load_settings(file)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        load_settings(tmp_path / "none.toml")


def test_single_relations_have_bars_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "kg.toml"
    file.write_text("[min_confidence_of]\naccuses = 0.7\n", encoding="utf-8")
    assert load_settings(file).min_confidence_of == {"accuses": 0.7}
    assert load_settings().min_confidence_of == {"accuses": 0.5, "denies": 0.5}
    file.write_text("[min_confidence_of]\naccuses = 7\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="accuses is 7"):
        load_settings(file)
