"""Checks a whole dataset: evidence at its offsets, graphs apart, shapes, derived facts, references, names."""

from __future__ import annotations

from kg.verify.dataset import verify
from kg.verify.problem import Problem, ProblemKind

__all__ = ["Problem", "ProblemKind", "verify"]
