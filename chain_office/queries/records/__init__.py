"""One record as its desk shows it: a frozen form in sections, with what hangs on it and its history."""

from __future__ import annotations

from chain_office.queries.records.problem import COLOURS, problem
from chain_office.queries.records.shape import Change, Item, Line, Record, Section

__all__ = ["COLOURS", "Change", "Item", "Line", "Record", "Section", "problem"]
