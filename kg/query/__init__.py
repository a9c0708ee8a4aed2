"""Saved and given queries: read them, bind their parameters, run them, write their results."""

from __future__ import annotations

from kg.query.formats import format_csv, format_json, format_result, format_turtle
from kg.query.run import Outcome, run_query, run_saved
from kg.query.saved import Parameter, ParameterType, SavedQuery, find_saved, load_saved_queries
from kg.query.table import format_table

__all__ = [
    "Outcome",
    "Parameter",
    "ParameterType",
    "SavedQuery",
    "find_saved",
    "format_csv",
    "format_json",
    "format_result",
    "format_table",
    "format_turtle",
    "load_saved_queries",
    "run_query",
    "run_saved",
]
