"""How tests run a command: the type of the `run` fixture of conftest.py."""

from __future__ import annotations

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]
"""Runs a command in this process: exit code, standard output, standard error."""
