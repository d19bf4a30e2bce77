"""The rows behind each headline figure, one by one: read by statements of their own, not by those that count, so that a
figure and its rows can be held against each other."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import record_number
from chain_office.domain.figures import Row
from chain_office.domain.workflow import STATES
from chain_office.queries.output_reports import reports_at
from chain_office.queries.problems import OVERDUE, STANDING
from chain_office.queries.projects import STAGES

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from chain_office.db.ledger import Ledger

_REGISTERED: Final = """
    SELECT e.id, e.number, e.name, coalesce(d.short, d.name, ''), coalesce(min(s.entry_day), '')
      FROM enterprise e JOIN register_spell s ON s.enterprise_id = e.id LEFT JOIN district d ON d.id = e.district_id
     WHERE e.deleted_at IS NULL AND s.deleted_at IS NULL AND coalesce(s.entry_day, '') <= :day
       AND coalesce(s.exit_day, '9999-12-31') > :day
     GROUP BY e.id ORDER BY e.number, e.id
"""
_VISITED: Final = """
    SELECT e.id, e.number, e.name, count(*) || ' 次走访，最近一次', max(v.day)
      FROM visit v JOIN enterprise e ON e.id = v.enterprise_id
     WHERE v.deleted_at IS NULL AND v.day IS NOT NULL AND v.day <= :day GROUP BY e.id ORDER BY e.number, e.id
"""
_PROBLEMS: Final = """
    SELECT p.id, p.number, p.text, s.state, coalesce(u.short, u.name, ''), coalesce(s.due_day, ''), s.lead_unit_id,
           s.due_day, s.reported_day
      FROM problem p JOIN problem_span s ON s.problem_id = p.id LEFT JOIN unit u ON u.id = s.lead_unit_id
     WHERE p.deleted_at IS NULL AND coalesce(s.day_from, '') <= :day AND coalesce(s.day_until, '9999-12-31') > :day
     ORDER BY p.number, p.id
"""
_STANDING: Final = f"""
    SELECT p.id, p.number, p.text, s.state, coalesce(u.short, u.name, ''), coalesce(s.due_day, ''),
           CASE WHEN {{part}} THEN 1 ELSE 0 END
      {STANDING.replace("WHERE", "LEFT JOIN unit u ON u.id = s.lead_unit_id WHERE", 1)}
       AND s.state IN (SELECT value FROM json_each(:states)) ORDER BY p.number, p.id
"""
_NAMED: Final = """
    SELECT p.id, p.number, p.text, s.state, coalesce(u.short, u.name, ''), coalesce(s.due_day, '')
      FROM json_each(:ids) j JOIN problem p ON p.id = j.value JOIN problem_span s ON s.problem_id = p.id
       AND coalesce(s.day_from, '') <= :day AND coalesce(s.day_until, '9999-12-31') > :day
      LEFT JOIN unit u ON u.id = s.lead_unit_id ORDER BY p.number, p.id
"""
_OF_TABLE: Final = {
    "enterprise": """
        SELECT e.id, e.number, e.name, coalesce(d.short, d.name, ''), '' FROM json_each(:ids) j JOIN enterprise e
            ON e.id = j.value LEFT JOIN district d ON d.id = e.district_id ORDER BY e.number, e.id
    """,
    "visit": """
        SELECT v.id, v.number, coalesce(e.name, ''), coalesce(v.leader, ''), coalesce(v.day, '') FROM json_each(:ids) j
            JOIN visit v ON v.id = j.value LEFT JOIN enterprise e ON e.id = v.enterprise_id ORDER BY v.number, v.id
    """,
    "match": """
        SELECT m.id, m.number, trim(coalesce(e.name, k.name, '') || '　' || coalesce(b.short, b.name, ''), '　'), '',
               coalesce(m.matched_day, '') FROM json_each(:ids) j JOIN match m ON m.id = j.value
          LEFT JOIN bank b ON b.id = m.bank_id LEFT JOIN enterprise e ON e.id = m.enterprise_id
          LEFT JOIN park k ON k.id = m.park_id ORDER BY m.number, m.id
    """,
    "project": """
        SELECT p.id, p.number, p.name, coalesce(p.owner, ''), '' FROM json_each(:ids) j JOIN project p ON p.id = j.value
         ORDER BY p.number, p.id
    """,
}
_PARTIES: Final = """
    SELECT x.id, {number}, x.name, replace(group_concat(DISTINCT coalesce({other})), ',', '、'), coalesce(min(m.matched_day), '')
      FROM match m JOIN {table} x ON x.id = m.{table}_id LEFT JOIN bank b ON b.id = m.bank_id
      LEFT JOIN enterprise e ON e.id = m.enterprise_id LEFT JOIN park k ON k.id = m.park_id
     WHERE m.deleted_at IS NULL AND m.reached NOT IN ('none', 'refused') AND coalesce(m.matched_day, '') <= :day
     GROUP BY x.id ORDER BY x.name, x.id
"""
_AMOUNTS: Final = """
    SELECT m.id, m.number, coalesce(e.name, k.name, '') || '　' || coalesce(b.short, b.name, ''), {words}, t.day, t.{amount}
      FROM {table} t JOIN match m ON m.id = t.match_id LEFT JOIN bank b ON b.id = m.bank_id
      LEFT JOIN enterprise e ON e.id = m.enterprise_id LEFT JOIN park k ON k.id = m.park_id
     WHERE t.deleted_at IS NULL AND m.deleted_at IS NULL AND t.day <= :day ORDER BY m.number, t.day, t.id
"""
_PROJECTS: Final = """
    SELECT p.id, p.number, p.name, c.stage, coalesce(c.day, '') FROM project p JOIN stage_change c ON c.project_id = p.id
     WHERE p.deleted_at IS NULL AND c.deleted_at IS NULL AND coalesce(c.day, '') <= :day
       AND NOT EXISTS (SELECT 1 FROM stage_change l WHERE l.project_id = p.id AND l.deleted_at IS NULL
            AND coalesce(l.day, '') <= :day AND (coalesce(l.day, ''), l.id) > (coalesce(c.day, ''), c.id))
       AND NOT (c.stage = 'completed' AND coalesce(c.day, :january) < :january)
     ORDER BY p.number, p.id
"""


def firms_registered(ledger: Ledger, day: date) -> tuple[Row, ...]:
    """Firms on the register, with their district and the day they entered."""
    return _counted("enterprise", ledger.rows(_REGISTERED, _at(day)))


def firms_registered_in(ledger: Ledger, day: date, district: str) -> tuple[Row, ...]:
    """Those of one district, by its short name; "" for those without one."""
    return tuple(row for row in firms_registered(ledger, day) if row.words == district)


def firms_visited(ledger: Ledger, day: date) -> tuple[Row, ...]:
    """Firms with a visit, and the day of the last one."""
    return _counted("enterprise", ledger.rows(_VISITED, _at(day)))


def problems_in(ledger: Ledger, day: date, buckets: Collection[str]) -> tuple[Row, ...]:
    """Problems in some buckets, with their state, lead unit and what is due when."""
    return tuple(_problem(row[:6]) for row in _standing(ledger, day, buckets, "1"))


def problems_of_part(ledger: Ledger, day: date, buckets: Collection[str], part: Collection[str]) -> tuple[Row, ...]:
    """Problems in some buckets as the denominator of a rate, those in the buckets of ``part`` in its numerator; of the
    part "overdue", those past their deadline."""
    states = ", ".join(f"'{one.id}'" for one in STATES.values() if one.bucket in part)
    within = OVERDUE if "overdue" in part else f"s.state IN ({states})"
    return tuple(_problem(row[:6], row[6], 1) for row in _standing(ledger, day, buckets, within))


def _standing(ledger: Ledger, day: date, buckets: Collection[str], part: str) -> list[tuple[Any, ...]]:
    states = [one.id for one in STATES.values() if one.bucket in buckets]
    return ledger.rows(_STANDING.format(part=part), {**_at(day), "states": json.dumps(states)})


def in_states(ledger: Ledger, day: date, states: Collection[str]) -> dict[str, bool]:
    """Problems in some states, and whether each is overdue."""
    sql = f"SELECT p.id, {OVERDUE} {STANDING} AND s.state IN (SELECT value FROM json_each(:states))"
    rows = ledger.rows(sql, {**_at(day), "states": json.dumps(sorted(states))})
    return {row_id: bool(late) for row_id, late in rows}


def named(ledger: Ledger, day: date, table: str, ids: Collection[str]) -> tuple[Row, ...]:
    """These records of a table (enterprise, visit, problem, match, project), each counted once."""
    if table == "problem":
        return tuple(replace(row, base=None) for row in problems_named(ledger, day, ids, ids))
    return _counted(table, ledger.rows(_OF_TABLE[table], {"ids": json.dumps(sorted(ids))}))


def count_by_bucket(ledger: Ledger, day: date) -> dict[str, int]:
    """Bucket → how many problems, counted one by one."""
    tally: dict[str, int] = {}
    for row in ledger.rows(_PROBLEMS, _at(day)):
        bucket = STATES[row[3]].bucket
        tally[bucket] = tally.get(bucket, 0) + 1
    return tally


def problems_overdue(ledger: Ledger, day: date) -> tuple[Row, ...]:
    """Open problems past their deadline, and those reported after it."""
    at = day.isoformat()
    found = []
    for row in ledger.rows(_PROBLEMS, _at(day)):
        bucket, due, reported = STATES[row[3]].bucket, row[7], row[8]
        end = (reported or at) if bucket == "reported" else at if bucket == "open" else ""
        if due is not None and end > due:
            found.append(_problem(row[:6]))
    return tuple(found)


def lead_units(ledger: Ledger, day: date, buckets: Collection[str]) -> tuple[Row, ...]:
    """Units that lead a problem in one of the buckets, and how many each."""
    tally: dict[tuple[str, str], int] = {}
    for row in ledger.rows(_PROBLEMS, _at(day)):
        if row[6] is not None and STATES[row[3]].bucket in buckets:
            tally[row[6], row[4]] = tally.get((row[6], row[4]), 0) + 1
    ordered = sorted(tally.items(), key=lambda one: (-one[1], one[0][1]))
    return tuple(Row(f"unit:{unit}", "", name, f"牵头 {number} 个", "", 1) for (unit, name), number in ordered)


def problems_named(ledger: Ledger, day: date, ids: Collection[str], part: Collection[str]) -> tuple[Row, ...]:
    """These problems as the denominator of a rate, those of ``part`` in its numerator."""
    found = ledger.rows(_NAMED, {**_at(day), "ids": json.dumps(sorted(ids))})
    return tuple(_problem(row, value=int(row[0] in part), base=1) for row in found)


def parties(ledger: Ledger, day: date, table: str) -> tuple[Row, ...]:
    """Distinct enterprises, parks or banks (``table``) matched, and with whom."""
    other = "e.name, k.short, k.name" if table == "bank" else "b.short, b.name"
    number = "x.number" if table == "enterprise" else "NULL"
    sql = _PARTIES.format(table=table, other=other, number=number)
    return _counted(table, ledger.rows(sql, _at(day)))


def firm_of_number(ledger: Ledger, number: int) -> str | None:
    """The firm with a record number; None where there is none."""
    found = ledger.value("SELECT id FROM enterprise WHERE number = ? AND deleted_at IS NULL", (number,))
    return None if found is None else str(found)


def amounts_of_firm(ledger: Ledger, day: date, firm: str) -> tuple[Row, ...]:
    """Every drawing of a firm with its 元."""
    sql = _AMOUNTS.format(table="drawdown", amount="drawn_yuan", words="coalesce(t.loan_kind, '未注明')")
    rows = ledger.rows(sql.replace("ORDER BY", "AND m.enterprise_id = :firm ORDER BY"), {**_at(day), "firm": firm})
    return tuple(
        Row(f"match:{row_id}", _record("match", number), name.strip("　"), said, on or "", int(yuan or 0))
        for row_id, number, name, said, on, yuan in rows
    )


def visits_of_firm(ledger: Ledger, day: date, firm: str) -> tuple[Row, ...]:
    """Every visit to a firm."""
    rows = ledger.rows(
        "SELECT v.id, v.number, coalesce(v.leader, ''), coalesce(v.method, ''), v.day FROM visit v WHERE v.deleted_at IS NULL "
        "AND v.enterprise_id = :firm AND v.day <= :day ORDER BY v.day, v.number, v.id",
        {**_at(day), "firm": firm},
    )
    return _counted("visit", rows)


def amounts(ledger: Ledger, day: date, table: str, loan_kind: str | None = None) -> tuple[Row, ...]:
    """Every grant ("credit") or drawing ("drawdown") with its 元; of drawings those of one kind, "未注明" for none."""
    drawn = table == "drawdown"
    words = "coalesce(t.loan_kind, '未注明')" if drawn else "'授信'"
    sql = _AMOUNTS.format(table=table, amount="drawn_yuan" if drawn else "granted_yuan", words=words)
    found = ledger.rows(sql, _at(day))
    return tuple(
        Row(f"match:{row_id}", _record("match", number), name.strip("　"), said, on or "", int(yuan or 0))
        for row_id, number, name, said, on, yuan in found
        if loan_kind is None or said == loan_kind
    )


def count_amounts(ledger: Ledger, day: date, table: str) -> int:
    """How many grants or drawings there are."""
    return int(
        ledger.value(
            f"SELECT count(*) FROM {table} t JOIN match m ON m.id = t.match_id WHERE t.deleted_at IS NULL "
            "AND m.deleted_at IS NULL AND t.day <= :day",
            _at(day),
        )
    )


def projects_in(ledger: Ledger, day: date, stages: Collection[str]) -> tuple[Row, ...]:
    """Projects in some stages, with the day they reached it; 竣工 of the day's year only."""
    found = ledger.rows(_PROJECTS, {**_at(day), "january": f"{day.year:04d}-01-01"})
    return tuple(
        Row(f"project:{row_id}", _record("project", number), name, STAGES[stage], on, 1)
        for row_id, number, name, stage, on in found
        if stage in stages
    )


def firm_numbers(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """Firm → its record number and name, in the bin or not."""
    rows = ledger.rows("SELECT id, number, name FROM enterprise")
    return {row_id: (_record("enterprise", number), name) for row_id, number, name in rows}


def firms_filing(ledger: Ledger, day: date, month: str) -> tuple[Row, ...]:
    """Firms with a report of a month as it stood on ``day``: what the first and last month of the output figures are read
    from."""
    rows = ledger.rows(
        f"SELECT e.id, e.number, e.name, '报了当月产值', o.month FROM {reports_at(ledger, day)} o JOIN enterprise e "
        "ON e.id = o.enterprise_id WHERE o.deleted_at IS NULL AND o.month = :month "
        "AND (o.month_yuan IS NOT NULL OR o.cum_yuan IS NOT NULL) ORDER BY e.number, e.id",
        {"month": month},
    )
    return tuple(
        Row(f"enterprise:{row_id}", _record("enterprise", number), name, said, on)
        for row_id, number, name, said, on in rows
    )


def _at(day: date) -> dict[str, Any]:
    return {"day": day.isoformat()}


def _record(table: str, number: int | None) -> str:
    return record_number(table, number) if number else ""


def _counted(table: str, rows: list[tuple[Any, ...]]) -> tuple[Row, ...]:
    return tuple(
        Row(f"{table}:{row_id}", _record(table, number), name, said or "", day or "", 1)
        for row_id, number, name, said, day in rows
    )


def _problem(row: tuple[Any, ...], value: int = 1, base: int | None = None) -> Row:
    row_id, number, text, state, unit, due = row
    said = "，".join(part for part in (STATES[state].label, unit) if part)
    return Row(f"problem:{row_id}", _record("problem", number), text, said, due, value, base)
