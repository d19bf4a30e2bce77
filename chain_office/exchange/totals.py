"""Totals are not read as rows, but they are checked: 合计 against its rows' sum, group counts against their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.plain import cell_text
from chain_office.domain.tables import ParsedRow, Remark
from chain_office.exchange.body import DATA, GROUP, SMALL_TOTAL, TOTAL, BodyRow

if TYPE_CHECKING:
    from chain_office.exchange.grid import Grid
    from chain_office.exchange.rows import PlannedColumn


@dataclass(slots=True)
class _Section:
    """Rows a total may sum: since the table's start, since the last total, since the last group row."""

    rows: list[ParsedRow] = field(default_factory=list)
    level: int = 0


def check_totals(
    grid: Grid, body: list[BodyRow], parsed: dict[int, list[ParsedRow]], columns: list[PlannedColumn]
) -> list[Remark]:
    """Remarks on totals and group rows that do not agree with the rows they stand for."""
    remarks: list[Remark] = []
    summed = [column for column in columns if column.spec.weight == "amount"]
    for place, row in enumerate(body):
        if row.kind == TOTAL:
            scopes = [_above(body, place, parsed, since) for since in ((), (TOTAL,), (GROUP,), (GROUP, TOTAL))]
            if SMALL_TOTAL.search(row.label):
                scopes = scopes[1:]
            if not any(scopes):
                scopes = [_below(body, place, parsed, None)]
            remarks.extend(_compare(grid, row, scopes, summed))
        elif row.kind == GROUP:
            below = _below(body, place, parsed, row.level)
            if row.count is not None and row.count != len({one.row for one in below}):
                reason = f"写着{row.count}，实际有 {len({one.row for one in below})} 行"
                remarks.append(Remark(max(row.row + 1, 1), "", row.label, reason))
            if row.row >= 0 and below:
                remarks.extend(_compare(grid, row, [below], summed))
    return remarks


def _above(
    body: list[BodyRow], place: int, parsed: dict[int, list[ParsedRow]], stops: tuple[str, ...]
) -> list[ParsedRow]:
    found: list[ParsedRow] = []
    for row in reversed(body[:place]):
        if row.kind in stops:
            break
        if row.kind == DATA:
            found.extend(parsed.get(row.row, ()))
    return found


def _below(body: list[BodyRow], place: int, parsed: dict[int, list[ParsedRow]], level: int | None) -> list[ParsedRow]:
    found: list[ParsedRow] = []
    for row in body[place + 1 :]:
        if level is not None and row.kind == GROUP and row.level <= level:
            break
        if row.kind == DATA:
            found.extend(parsed.get(row.row, ()))
    return found


def _compare(grid: Grid, row: BodyRow, scopes: list[list[ParsedRow]], columns: list[PlannedColumn]) -> list[Remark]:
    remarks = []
    for column in columns:
        text = cell_text(grid.raw(row.row, column.match.index))
        stated = _amount(column, grid.raw(row.row, column.match.index))
        if stated is None:
            continue
        sums = [total for scope in scopes if (total := _sum(scope, column)) is not None]
        if not sums or any(
            abs(total - stated) <= _slack(scope, column, text) for scope, total in zip(scopes, sums, strict=False)
        ):
            continue
        shown = column.spec.kind.format(sums[0]) or str(sums[0])
        given = column.spec.kind.format(stated) or text
        apart = column.spec.kind.format(abs(stated - sums[0]))
        reason = f"{row.label or '合计'}写的是 {given}，各行相加是 {shown}，相差 {apart}"
        remarks.append(Remark(row.row + 1, column.title, text, reason))
    return remarks


def _amount(column: PlannedColumn, raw: object) -> int | None:
    if cell_text(raw) == "" or cell_text(raw).startswith("#"):
        return None
    try:
        value = column.kind.parse(raw, Context(unit=column.unit)).value
    except BadValue:
        return None
    return value if isinstance(value, int) else None


def _cells(scope: list[ParsedRow], column: PlannedColumn) -> list[tuple[str, int]]:
    return [
        (cell.text, cell.reading.value)
        for row in scope
        for cell in row.cells
        if cell.column == column.title and isinstance(cell.reading.value, int)
    ]


def _sum(scope: list[ParsedRow], column: PlannedColumn) -> int | None:
    """The sum of a column; None if nothing stands there or a cell of it could not be read."""
    if any(remark.column == column.title for row in scope for remark in row.refused):
        return None
    values = [value for _, value in _cells(scope, column)]
    return sum(values) if values else None


def _slack(scope: list[ParsedRow], column: PlannedColumn, text: str) -> int:
    """How far rounding alone may lead: half of the total's last digit when rows have more digits, and 1 元 a row."""
    cells = _cells(scope, column)
    places = _places(text)
    slack = len(cells)
    if any(_places(one) > places for one, _ in cells):
        value = _amount(column, text)
        number = next((abs(Decimal(one)) for one in (text.replace(",", ""),) if _is_plain(one)), None)
        if value and number:
            unit = Decimal(abs(value)) / number
            slack += int(unit * Decimal(5) / Decimal(10) ** (places + 1)) + 1
    return slack


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit() and any(digit not in "0.-" for digit in text)


def _places(text: str) -> int:
    """Digits after the decimal point in the number a text starts with."""
    _, _, tail = text.partition(".")
    count = 0
    for letter in tail:
        if not letter.isdigit():
            break
        count += 1
    return count
