"""One record as its desk shows it: a frozen form in sections, with what hangs on it and its history."""

from __future__ import annotations

from chain_office.queries.output import last_month
from chain_office.queries.records.changes import REACHED
from chain_office.queries.records.enterprise import enterprise
from chain_office.queries.records.match import match, need
from chain_office.queries.records.output import firm_output, output
from chain_office.queries.records.problem import COLOURS, problem
from chain_office.queries.records.project import project
from chain_office.queries.records.shape import Change, Item, Line, Moment, Record, Section
from chain_office.queries.records.visit import visit

__all__ = [
    "COLOURS", "REACHED", "Change", "Item", "Line", "Moment", "Record", "Section", "enterprise", "firm_output",
    "last_month", "match", "need", "output", "problem", "project", "visit",
]  # fmt: skip
