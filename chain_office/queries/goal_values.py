"""What goals of a year are compared with: each number at a day, counted from the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries import finance, output, problems, project_progress, projects, register

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger


def goal_value(ledger: Ledger, key: str, day: date) -> int | Decimal | None:
    """The number of a goal's key at ``day`` (of the year it lies in); None where nothing is known or the key is strange."""
    read = _VALUES.get(key)
    return read(ledger, day) if read is not None else None


def _year(day: date) -> dict[str, str]:
    return {"january": f"{day.year:04d}-01-01", "day": day.isoformat()}


def _count(ledger: Ledger, sql: str, day: date) -> int:
    return int(ledger.value(sql, _year(day)) or 0)


def _output(ledger: Ledger, day: date) -> int | None:
    """Output counts in the year it is of: a new year without a report has none yet."""
    grown = output.growth(ledger, day)
    return grown.sample.total_yuan if _of_year(grown.to_month, day) else None


def _growth(ledger: Ledger, day: date) -> Decimal | None:
    grown = output.growth(ledger, day)
    return grown.sample.yoy_percent if _of_year(grown.to_month, day) else None


def _of_year(month: str | None, day: date) -> bool:
    return month is not None and month[:4] == f"{day.year:04d}"


def _entered(ledger: Ledger, day: date) -> int:
    return _count(
        ledger,
        "SELECT count(DISTINCT s.enterprise_id) FROM register_spell s JOIN enterprise e ON e.id = s.enterprise_id "
        "WHERE s.deleted_at IS NULL AND e.deleted_at IS NULL AND s.entry_day BETWEEN :january AND :day "
        "AND (s.exit_day IS NULL OR s.exit_day > :day)",
        day,
    )


def _stage(stage: str) -> Callable[[Ledger, date], int]:
    return lambda ledger, day: projects.counts_by_stage(ledger, day).get(stage, 0)


def _invested(ledger: Ledger, day: date) -> int | None:
    """Each project's last statement of the year; None where none states one."""
    done = [one.year_done_yuan for one in project_progress.progress(ledger, day).values()]
    known = [yuan for yuan in done if yuan is not None]
    return sum(known) if known else None


def _loans(table: str, column: str) -> Callable[[Ledger, date], int]:
    sql = (
        f"SELECT sum(t.{column}) FROM {table} t JOIN match m ON m.id = t.match_id WHERE t.deleted_at IS NULL "
        "AND m.deleted_at IS NULL AND t.day BETWEEN :january AND :day"
    )
    return lambda ledger, day: _count(ledger, sql, day)


def _closed(ledger: Ledger, day: date) -> int:
    return problems.counts_by_state(ledger, day).get("closed", 0)


def _prospects(column: str, counted: str) -> Callable[[Ledger, date], int]:
    sql = f"SELECT {counted} FROM prospect WHERE deleted_at IS NULL AND {column} BETWEEN :january AND :day"
    return lambda ledger, day: _count(ledger, sql, day)


def _landed_results(ledger: Ledger, day: date) -> int:
    return _count(
        ledger,
        "SELECT count(*) FROM achievement WHERE deleted_at IS NULL AND landed_day BETWEEN :january AND :day",
        day,
    )


_VALUES: dict[str, Callable[[Ledger, date], int | Decimal | None]] = {
    "output.total_yuan": _output,
    "output.yoy_percent": _growth,
    "enterprises.total": lambda ledger, day: len(register.firms_on_register(ledger, day)),
    "register.entered": _entered,
    "projects.completed": _stage("completed"),
    "projects.started": project_progress.started_in_year,
    "projects.under_construction": _stage("under_construction"),
    "projects.invested_yuan": _invested,
    "finance.granted_yuan": lambda ledger, day: finance.ladder(ledger, day).granted_yuan,
    "finance.drawn_yuan": lambda ledger, day: finance.ladder(ledger, day).drawn_yuan,
    "finance.granted_in_year_yuan": _loans("credit", "granted_yuan"),
    "finance.drawn_in_year_yuan": _loans("drawdown", "drawn_yuan"),
    "problems.closed": _closed,
    "visits.enterprises_visited": register.count_visited,
    "prospects.signed": _prospects("signed_day", "count(*)"),
    "prospects.signed_yuan": _prospects("signed_day", "sum(total_yuan)"),
    "prospects.landed": _prospects("landed_day", "count(*)"),
    "achievements.landed": _landed_results,
}
