"""Names of other scripts in Latin letters."""

from __future__ import annotations

import re

from anyascii import anyascii

_BY_SYLLABLE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3]+")
"""Runs of Chinese characters and Korean syllables, which are written without spaces."""


def romanise(name: str) -> str:
    """The name in ASCII letters: "Владимир Путин" is "Vladimir Putin", "习近平" is "Xi Jinping".

    A run of two to four Chinese or Korean characters is taken for a surname of one and a given name.
    """
    return anyascii(_BY_SYLLABLE.sub(_surname_first, name))


def _surname_first(run: re.Match[str]) -> str:
    syllables = [anyascii(character).strip() for character in run.group()]
    if not 2 <= len(syllables) <= 4:
        return "".join(syllables)
    return f" {syllables[0]} {''.join(syllables[1:]).capitalize()} "
