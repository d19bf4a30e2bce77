"""Columns that are no field of their own: the unit or the year of each row, and groups of columns of which one is ticked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.domain.plain import plain
from chain_office.exchange.matches import EXACT, Mapping, Match
from chain_office.exchange.vocabulary import UNIT_COLUMNS, Vocabulary, core

if TYPE_CHECKING:
    from chain_office.exchange.grid import Grid
    from chain_office.exchange.headblock import Column

TICK = re.compile(r"^(?:[√✓✔☑●■○◯vV]|1(?:\.0)?|是)$")
YEAR_COLUMNS = frozenset({"年份", "年度", "年"})
YEAR_CELL = re.compile(r"^(?:19|20)\d\d年?度?$")
UNIT_CELL = re.compile(r"^(亿元|万元|千元|元|百万元|千万元)$")


def find_special(grid: Grid, rows: range, columns: tuple[Column, ...], mapping: Mapping) -> None:
    """Take out of a mapping what the body shows to be units, years or ticks."""
    for column in columns:
        if bool(column.cores) and column.cores[-1] in YEAR_COLUMNS and column in mapping.unknown:
            said = {plain(grid.text(row, column.index)) for row in rows} - {""}
            if said and all(YEAR_CELL.match(text) for text in said):
                mapping.year_column = column.index
                mapping.unknown.remove(column)
        if bool(column.cores) and column.cores[-1] in UNIT_COLUMNS:
            said = {plain(grid.text(row, column.index)) for row in rows} - {""}
            if said and all(UNIT_CELL.match(text) for text in said):
                _mark_unit_column(mapping, column.index)
    for group in _tick_groups(columns, mapping.vocabulary):
        said = {plain(grid.text(row, index)) for row in rows for index, _ in group.marks} - {""}
        if said and all(TICK.match(text) for text in said):
            _mark_ticks(mapping, group)


def _mark_unit_column(mapping: Mapping, index: int) -> None:
    """Note that a column holds each row's unit (计量单位) and is no field."""
    mapping.unit_column = index
    mapping.matches = [match for match in mapping.matches if match.index != index]
    mapping.unknown = [column for column in mapping.unknown if column.index != index]


def _tick_groups(columns: tuple[Column, ...], vocabulary: Vocabulary) -> list[Match]:
    """Headings of a text field that spread over several columns; whether these hold ticks is for the body to show."""
    found: dict[tuple[str, ...], list[Column]] = {}
    for column in columns:
        if len(column.levels) >= 2:
            found.setdefault(column.levels[:-1], []).append(column)
    groups = []
    for levels, members in found.items():
        spec = vocabulary.exact.get(core(levels[-1]))
        if spec is not None and len(members) >= 2 and spec.weight == "other" and spec.kind.name != "money":
            marks = tuple((column.index, column.levels[-1]) for column in members)
            heading = replace(members[0], levels=levels)
            groups.append(Match(heading, spec, EXACT, core(levels[-1]), marks=marks))
    return groups


def _mark_ticks(mapping: Mapping, group: Match) -> None:
    """Read a group of ticked columns as one field."""
    taken = {index for index, _ in group.marks}
    mapping.matches = [one for one in mapping.matches if one.index not in taken and one.spec is not group.spec]
    mapping.matches = sorted([*mapping.matches, group], key=lambda one: one.index)
    mapping.unknown = [column for column in mapping.unknown if column.index not in taken]
    mapping.doubled = [column for column in mapping.doubled if column.index not in taken]
