"""The numbers of one firm's dossier: firm.output.QY0012 …, each with its rows. They are not listed (every firm has them)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.figures import COUNT, RATE, SUM, Explained, Figure, Row, RowsQuery
from chain_office.domain.workflow import STATES
from chain_office.queries import figure_rows
from chain_office.queries.dossier import dossier
from chain_office.queries.projects import STAGES
from chain_office.services.calendar import work_calendar
from chain_office.services.explaining.output_parts import month_figures
from chain_office.services.firm_dossier import UNFINISHED, figures_of

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.dossier import Dossier

PREFIX: Final = "firm."
_KINDS: Final = {
    "output": SUM, "yoy": RATE, "problems": COUNT, "drawn": SUM, "building": COUNT, "visits": COUNT,
}  # fmt: skip


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """A number of a firm with its rows. Raises :class:`KnownError` where there is no such number or no such firm."""
    name, _, record = key.removeprefix(PREFIX).partition(".")
    firm = _firm(ledger, record)
    found = None if firm is None else dossier(ledger, firm, day, work_calendar(ledger))
    if found is None or name not in _KINDS:
        raise KnownError(
            f"没有名为“{key}”的数字；一家企业的数字写作 {PREFIX}名称.编号，名称有 {'、'.join(_KINDS)}，如 {PREFIX}output.QY0012。"
        )
    figure = next(one for one in figures_of(found) if one.key == key)
    rows = _rows(ledger, found, name)
    return Explained(replace(figure, row_count=len(rows)), _KINDS[name], rows)


def month_figures_of(found: Dossier) -> tuple[tuple[Figure, ...], ...]:
    """Of each month of the curve: the firm's output, the same month of the year before, its growth."""
    at = RowsQuery("output", (("reference", f"enterprise:{found.id}"),))
    said = (
        "这家企业当月产值；只报累计的取与上月累计之差",
        "上年同月：报表所列，没有则取上年本企业同月数",
        "（当月 - 上年同月）÷ 上年同月",
    )
    number = record_number("enterprise", found.number)
    return tuple(
        tuple(
            replace(
                one, key=f"firm.{one.key.removeprefix('output.')}.{number}", formula=formula, rows=at, of=found.name,
                basis=one.basis.replace("，同口径", "")
            )
            for one, formula in zip(month_figures(found.day, point), said, strict=True)
        )
        for point in found.months
    )  # fmt: skip


def _firm(ledger: Ledger, record: str) -> str | None:
    number = record.removeprefix("QY")
    if not number.isdecimal():
        return None
    return figure_rows.firm_of_number(ledger, int(number))


def _rows(ledger: Ledger, found: Dossier, name: str) -> tuple[Row, ...]:
    year, mine = found.year, f"enterprise:{found.id}"
    number = record_number("enterprise", found.number)
    if name == "output":
        known = year is not None and year.total_yuan is not None
        return (Row(mine, number, found.name, "", "", year.total_yuan),) if year is not None and known else ()
    if name == "yoy":
        rated = year is not None and year.yoy_percent is not None
        return (Row(mine, number, found.name, "", "", year.total_yuan, year.base_yuan),) if year and rated else ()
    if name == "problems":
        return tuple(
            Row(f"problem:{one.id}", one.no, one.text, STATES[one.state].label, "", 1)
            for one in found.problems
            if one.state in UNFINISHED
        )
    if name == "drawn":
        return figure_rows.amounts_of_firm(ledger, found.day, found.id)
    if name == "building":
        return tuple(
            Row(f"project:{one.id}", one.no, one.name, one.stage, "", 1)
            for one in found.projects
            if one.stage == STAGES["under_construction"]
        )
    return figure_rows.visits_of_firm(ledger, found.day, found.id)
