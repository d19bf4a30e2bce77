"""What follows from other rows and is kept beside them: how far a match has come, the stage of a project, what the steps
of a problem decide about it, days borrowed from a meeting. Told here, written by whoever changed the rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from chain_office.db.walks import walks
from chain_office.domain import matching
from chain_office.domain.walking import decided
from chain_office.queries.editing.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chain_office.db.ledger import Ledger

Following = "tuple[str, str, dict[str, Any]]"
"""A table, a row of it, and the columns that no longer are what follows."""


def follows(ledger: Ledger, touched: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(table, id, columns) of live rows near the touched ones that are not what follows from the others."""
    matches = set(touched.get("match", ())) | _owners(ledger, touched, "match_id", "credit", "drawdown")
    matches |= _of(ledger, "match", "event_id", touched.get("meeting", ()))
    for one in sorted(matches):
        yield from _match(ledger, one)
    projects = set(touched.get("project", ())) | _owners(ledger, touched, "project_id", "stage_change")
    for one in sorted(projects):
        yield from _state(ledger, "project", "stage", _STAGE, one)
    problems = set(touched.get("problem", ())) | _owners(ledger, touched, "problem_id", "problem_event")
    yield from _problems(ledger, problems)


_STAGE = (
    "SELECT stage FROM stage_change WHERE project_id = ? AND deleted_at IS NULL "
    "ORDER BY day DESC NULLS LAST, id DESC LIMIT 1"
)


def _problems(ledger: Ledger, problems: Iterable[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What the live steps of each say, where the problem says something else."""
    live = {one: row for one, row in rows(ledger, "problem", sorted(problems)).items() if row["deleted_at"] is None}
    for one, steps in walks(ledger.rows, live).items():
        told = decided(steps) if steps else {}
        changes = {name: value for name, value in told.items() if live[one][name] != value}
        if changes:
            yield "problem", one, changes


def _state(
    ledger: Ledger, table: str, column: str, last: str, row_id: str
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    now = ledger.rows(f'SELECT "{column}" FROM "{table}" WHERE id = ? AND deleted_at IS NULL', (row_id,))
    told = ledger.rows(last, (row_id,)) if now else []
    if told and told[0] != now[0]:
        yield table, row_id, {column: told[0][0]}


def _match(ledger: Ledger, row_id: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    found = ledger.rows(
        "SELECT m.stage, m.fail_reason, m.intent_yuan, m.intent_day, e.day, m.reached, m.matched_day FROM match m "
        "LEFT JOIN meeting e ON e.id = m.event_id WHERE m.id = ? AND m.deleted_at IS NULL",
        (row_id,),
    )
    if not found:
        return
    stage, fail_reason, intent_yuan, *days, reached, matched = found[0]
    granted, drawn = (
        [row[0] for row in ledger.rows(f"SELECT day FROM {table} WHERE match_id = ? AND deleted_at IS NULL", (row_id,))]
        for table in ("credit", "drawdown")
    )
    told = {
        "reached": matching.reached(
            drawn=bool(drawn),
            granted=bool(granted),
            stage=stage,
            fail_reason=fail_reason,
            intent_yuan=intent_yuan,
        ),
        "matched_day": matching.matched_day(_day(one) for one in (*days, *granted, *drawn)),
    }
    kept = {"reached": reached, "matched_day": _day(matched)}
    changes = {name: value for name, value in told.items() if kept[name] != value}
    if changes:
        yield "match", row_id, changes


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _owners(ledger: Ledger, touched: Mapping[str, Iterable[str]], column: str, *tables: str) -> set[str]:
    return {
        row[0]
        for table in tables
        for one in touched.get(table, ())
        for row in ledger.rows(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (one,))
    }


def _of(ledger: Ledger, table: str, column: str, ids: Iterable[str]) -> set[str]:
    return {
        row[0]
        for one in ids
        for row in ledger.rows(f'SELECT id FROM "{table}" WHERE "{column}" = ? AND deleted_at IS NULL', (one,))
    }
