"""Whether what is kept twice agrees: problems with their steps, stages with their changes, stretches with both.

Each check counts what does not agree and names a few of the records, so that a person can look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db import migrations, search_upkeep, spans, tallies, walks
from chain_office.db.fields import DayField, MoneyField, MonthField, WholeField
from chain_office.db.models import ALL_TABLES, RECORDS, spec_fields
from chain_office.domain.walking import DECIDED, decided, unlawful
from chain_office.domain.workflow import HANDED_OVER_STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import peewee

    from chain_office.db.ledger import Ledger
    from chain_office.domain.walking import WalkStep

_CHUNK = 500
_UNREADABLE: dict[type[peewee.Field], str] = {
    DayField: """ "COLUMN" IS NOT NULL AND date("COLUMN", '+0 days') IS NOT "COLUMN" """,
    MonthField: """ "COLUMN" IS NOT NULL AND strftime('%Y-%m', "COLUMN" || '-01') IS NOT "COLUMN" """,
    MoneyField: """ typeof("COLUMN") NOT IN ('integer', 'null') """,
    WholeField: """ typeof("COLUMN") NOT IN ('integer', 'null') """,
}
"""What says that a stored value of a field is none of its kind."""
_WITH_A_UNIT = ", ".join(f"'{state}'" for state in HANDED_OVER_STATES if state != "returned")
_STORED_SPANS = f"SELECT problem_id, {spans.STRETCH} FROM problem_span WHERE problem_id IN ({{marks}})"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What was looked at, and the records (by what people call them) that do not agree."""

    name: str
    records: tuple[str, ...]


_QUERIES: tuple[tuple[str, str], ...] = (
    (
        "已交办的问题都有交办时间",
        "SELECT 'WT' || printf('%04d', number) FROM problem WHERE deleted_at IS NULL AND assigned_day IS NULL AND state IN "
        "('assigned', 'acknowledged', 'doing', 'returned', 'partial', 'reported', 'parked', 'closed')",
    ),
    (
        "有单位承办的问题恰有一个牵头单位",
        "SELECT 'WT' || printf('%04d', number) FROM (SELECT p.number, p.state, p.lead_unit_id, count(a.id) AS leads, "
        "max(a.unit_id) AS unit FROM problem p LEFT JOIN assignment a ON a.problem_id = p.id AND a.deleted_at IS NULL "
        "AND a.role = 'lead' AND a.ended_day IS NULL WHERE p.deleted_at IS NULL GROUP BY p.id) "
        "WHERE leads > 1 OR (leads = 1 AND unit IS NOT lead_unit_id) "
        f"OR (leads = 0 AND lead_unit_id IS NOT NULL AND state IN ({_WITH_A_UNIT}))",
    ),
    (
        "项目的当前阶段与最后一次变更一致",
        "SELECT p.name FROM project p WHERE p.deleted_at IS NULL AND p.stage IS NOT (SELECT c.stage FROM stage_change c "
        "WHERE c.project_id = p.id AND c.deleted_at IS NULL ORDER BY c.day DESC NULLS LAST, c.id DESC LIMIT 1)",
    ),
    (
        "对接的进度与授信、放款一致",
        "SELECT 'YQ' || printf('%04d', m.number) FROM match m WHERE m.deleted_at IS NULL AND "
        "((m.reached = 'drawn') IS NOT EXISTS (SELECT 1 FROM drawdown d WHERE d.match_id = m.id AND d.deleted_at IS NULL) "
        "OR (m.reached = 'granted' AND NOT EXISTS (SELECT 1 FROM credit c WHERE c.match_id = m.id AND c.deleted_at IS NULL)))",
    ),
    (
        "授信和放款都有日期",
        "SELECT 'YQ' || printf('%04d', m.number) FROM match m JOIN (SELECT match_id, day, deleted_at FROM credit UNION ALL "
        "SELECT match_id, day, deleted_at FROM drawdown) a ON a.match_id = m.id "
        "WHERE m.deleted_at IS NULL AND a.deleted_at IS NULL AND a.day IS NULL",
    ),
    (
        "在册时间没有倒置",
        "SELECT e.name FROM register_spell s JOIN enterprise e ON e.id = s.enterprise_id "
        "WHERE s.deleted_at IS NULL AND s.exit_day <= s.entry_day",
    ),
)


def disagreements(ledger: Ledger) -> tuple[Disagreement, ...]:
    """Every check of stored duplicates, with what fails."""
    found = [Disagreement(name, tuple(str(row[0]) for row in ledger.rows(sql))) for name, sql in _QUERIES]
    unreadable = _unreadable(ledger)
    steps_read = not any(one.startswith(("problem.", "problem_event.")) for one in unreadable)
    return (
        *(_problems(ledger) if steps_read else ()),
        *found,
        Disagreement("日期、月份和金额都读得懂", unreadable),
        Disagreement("检索索引与记录一致", _wrong_documents(ledger)),
        Disagreement("汇总数与记录一致", _wrong_tallies(ledger)),
    )


def _unreadable(ledger: Ledger) -> tuple[str, ...]:
    """Columns with values that are no day, month or whole number: another program, or damage no checksum caught."""
    wrong = []
    for model in RECORDS:
        tests = {
            field.column_name: _UNREADABLE[type(field)] for field in spec_fields(model) if type(field) in _UNREADABLE
        }
        if not tests:
            continue
        table = model._meta.table_name
        sums = ", ".join(f"sum({test.replace('COLUMN', column)})" for column, test in tests.items())
        found = ledger.rows(f'SELECT {sums} FROM "{table}"')[0]
        wrong += [f"{table}.{column}" for column, number in zip(tests, found, strict=True) if number]
    return tuple(wrong)


def _wrong_documents(ledger: Ledger) -> tuple[str, ...]:
    faults = search_upkeep.check(ledger)
    return tuple(
        f"{table} {row_id}"
        for group in (faults.missing, faults.changed, faults.gone, faults.lost)
        for table, row_id in group
    )


def _wrong_tallies(ledger: Ledger) -> tuple[str, ...]:
    return tuple(f"{one.table} {' '.join(one.key)}" for one in tallies.check(ledger))


def _problems(ledger: Ledger) -> Iterator[Disagreement]:
    """Problems chunk by chunk: their steps follow from one another, and what repeats them says the same."""
    numbers = dict(ledger.rows("SELECT id, number FROM problem WHERE deleted_at IS NULL ORDER BY number, id"))
    bent: list[str] = []
    columns: list[str] = []
    stretches: list[str] = []
    ids = list(numbers)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        steps = walks.walks(ledger.rows, chunk)
        named = {one: f"WT{numbers[one] or 0:04d}" for one in chunk}
        bent += [f"{named[one]}（{wrong}）" for one in chunk if (wrong := unlawful(steps[one]))]
        columns += [f"{named[one]}（{told}）" for one, told in _wrong_columns(ledger, chunk, steps)]
        stretches += [named[one] for one in _wrong_spans(ledger, chunk)]
    yield Disagreement("问题的办理步骤步步合规", tuple(bent))
    yield Disagreement("问题的登记内容与办理步骤一致", tuple(columns))
    yield Disagreement("问题的状态区间与步骤一致", tuple(stretches))


def _wrong_columns(
    ledger: Ledger, chunk: Sequence[str], steps: Mapping[str, tuple[WalkStep, ...]]
) -> Iterator[tuple[str, str]]:
    """(problem, the columns) where the problem says something else than its steps."""
    names = ", ".join(DECIDED)
    marks = ",".join("?" * len(chunk))
    for one, *kept in ledger.rows(f"SELECT id, {names} FROM problem WHERE id IN ({marks})", chunk):
        if not steps[one]:
            continue
        stored = dict(zip(DECIDED, kept, strict=True))
        told = decided(steps[one])
        wrong = [name for name, value in told.items() if stored[name] != _stored(value)]
        if wrong:
            yield one, "、".join(DECIDED[name] for name in wrong)


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def _wrong_spans(ledger: Ledger, chunk: list[str]) -> list[str]:
    told = {(problem, *spans.stretch(span)) for problem, _, span in spans.of_problems(ledger.rows, chunk)}
    marks = ",".join("?" * len(chunk))
    kept = set(ledger.rows(_STORED_SPANS.format(marks=marks), chunk))
    return list(dict.fromkeys(str(row[0]) for row in sorted(told ^ kept, key=str)))


def unverified_names(ledger: Ledger) -> tuple[str, ...]:
    """Districts, parks, units, banks, segments and categories no source has confirmed yet."""
    found: list[str] = []
    for table in ("district", "park", "unit", "bank", "segment", "category"):
        rows = ledger.rows(
            f"SELECT coalesce(short, name) FROM {table} WHERE deleted_at IS NULL AND verified = 0 ORDER BY id"
        )
        found.extend(str(row[0]) for row in rows)
    return tuple(dict.fromkeys(found))


def outside_changes(ledger: Ledger) -> int:
    """History rows without an actor: changes made by another program."""
    return int(ledger.value("SELECT count(*) FROM history WHERE write_no IS NULL"))


def schema_faults(ledger: Ledger) -> tuple[str, ...]:
    """Tables and columns the models describe that the file lacks, or the other way round."""
    faults: list[str] = []
    if migrations.version_of(ledger.database) != migrations.newest():
        faults.append("格式版本不是最新")
    for model in ALL_TABLES:
        table = model._meta.table_name
        wanted = {field.column_name for field in model._meta.sorted_fields}
        there = {str(row[1]) for row in ledger.rows(f'PRAGMA table_info("{table}")')}
        faults.extend(f"{table}.{column}" for column in sorted(wanted ^ there))
    return tuple(faults)


def names(records: Sequence[str], shown: int = 5) -> str:
    """A few names, and how many there are."""
    if not records:
        return ""
    more = f" 等 {len(records)} 条" if len(records) > shown else ""
    return "、".join(records[:shown]) + more
