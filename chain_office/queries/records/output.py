"""A firm's output as its own reports tell it: the year so far with its base, then month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.models import Enterprise, MonthlyOutput, record_number
from chain_office.domain.growth import firm_year, rate
from chain_office.domain.periods import last_ended_month, previous_year
from chain_office.queries import register
from chain_office.queries.output import last_month, reports_between
from chain_office.queries.output_desk.signed import corrections
from chain_office.queries.output_reports import AMOUNTS, reports_at
from chain_office.queries.records.attached import attached
from chain_office.queries.records.changes import changes
from chain_office.queries.records.rows import NOTHING, Row, name_of, named, one, percent, read, wan
from chain_office.queries.records.shape import Item, Line, Record, Section

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger

_MONTHS = 24
_MONTHS_BESIDE = 13
_HEADINGS = ("月份", "本月", "上年同月", "累计", "上年同期", "累计同比%")


@dataclass(frozen=True, slots=True)
class FirmOutput:
    """One firm's year up to a month, in 元. ``counted``: it is in the sample at the date."""

    last: str
    total_yuan: int
    base_yuan: int | None
    yoy_percent: Decimal | None
    counted: bool


def firm_output(ledger: Ledger, firm: str, day: date) -> FirmOutput | None:
    """The firm's year so far at ``day``; None if it reported nothing of it."""
    last = last_month(ledger, day)
    if last is None:
        return None
    first = f"{last[:4]}-01"
    now = reports_between(ledger, day, first, last, [firm]).get(firm, [])
    before = reports_between(ledger, day, previous_year(first), previous_year(last), [firm]).get(firm, [])
    entry = register.entries_at(ledger, day, firm).get(firm)
    found = firm_year(firm, now, before, entry.built if entry else None)
    if found is None:
        return None
    counted = ledger.value(
        f"SELECT :firm IN ({register.ON_REGISTER}) OR NOT EXISTS ("
        "SELECT 1 FROM register_spell WHERE enterprise_id = :firm AND deleted_at IS NULL)",
        {"firm": firm, "day": day.isoformat()},
    )
    return FirmOutput(last, found.total_yuan, found.base_yuan, rate(found.total_yuan, found.base_yuan), bool(counted))


def months_of(ledger: Ledger, firm: str, day: date) -> list[Row]:
    """The firm's reports up to ``day`` as they stood then, newest first; those that told nothing yet left out."""
    rows = read(
        ledger,
        MonthlyOutput,
        "t.enterprise_id = ? AND t.deleted_at IS NULL AND t.month <= ?",
        (firm, last_ended_month(day)),
        f"ORDER BY t.month DESC LIMIT {_MONTHS}",
    )
    relation = reports_at(ledger, day)
    if not rows or relation == MonthlyOutput._meta.table_name:
        return rows
    told = ledger.rows(
        f"SELECT o.id, {', '.join(f'o.{name}' for name in AMOUNTS)} FROM {relation} o WHERE o.enterprise_id = ?",
        (firm,),
    )
    then = {row_id: dict(zip(AMOUNTS, amounts, strict=True)) for row_id, *amounts in told}
    return [row | then[row["id"]] for row in rows if any(value is not None for value in then[row["id"]].values())]


def output_section(ledger: Ledger, firm: str, day: date) -> Section:
    """产值 on an enterprise's page."""
    return Section(
        "产值（万元）",
        _year(firm_output(ledger, firm, day)),
        _HEADINGS,
        tuple(
            _line(row, page="output", reference=f"enterprise:{firm}")
            for row in months_of(ledger, firm, day)[:_MONTHS_BESIDE]
        ),
        frozenset(range(1, 6)),
        adds="monthly_output",
    )


def _year(found: FirmOutput | None) -> tuple[Item, ...]:
    if found is None:
        return ()
    light = "red" if found.yoy_percent is not None and found.yoy_percent < 0 else ""
    return (
        Item("本年累计", f"{wan(found.total_yuan)} 万元（1—{int(found.last[5:])}月）"),
        Item("上年同期", f"{wan(found.base_yuan)} 万元" if found.base_yuan is not None else "没有同期数"),
        Item("同比增长", f"{percent(found.yoy_percent)}%" if found.yoy_percent is not None else NOTHING, light),
    )


def _line(row: Row, *, page: str = "", reference: str = "") -> Line:
    grown = rate(row["cum_yuan"], row["cum_prev_yuan"])
    amounts = (row["month_yuan"], row["month_prev_yuan"], row["cum_yuan"], row["cum_prev_yuan"])
    light = "red" if grown is not None and grown < 0 else ""
    return Line(
        (row["month"], *(wan(one) for one in amounts), percent(grown)),
        light,
        page,
        reference,
        edits=f"monthly_output:{row['id']}",
    )


def output(ledger: Ledger, row_id: str, day: date) -> Record | None:
    """One firm's output at ``day``."""
    firm = one(ledger, Enterprise, row_id)
    if firm is None:
        return None
    year = firm_output(ledger, row_id, day)
    rows = months_of(ledger, row_id, day)
    grown = year.yoy_percent if year else None
    light = "" if grown is None else "red" if grown < 0 else "green"
    return Record(
        "output",
        f"enterprise:{row_id}",
        record_number("enterprise", firm["number"] or 0),
        firm["name"],
        f"累计同比 {percent(grown)}%" if grown is not None else "没有同期数" if year else "本年没有报数",
        light,
        (
            Section(f"截至 {day.isoformat()}", (*_year(year), *_side(year), *_place(ledger, firm))),
            Section(
                "逐月（万元）",
                (),
                _HEADINGS,
                tuple(_line(row) for row in rows),
                frozenset(range(1, 6)),
                adds="monthly_output",
            ),
            _corrected(ledger, row_id, day),
            _notes(rows),
            attached(ledger, "enterprise", row_id),
        ),
        tuple(change for row in rows[:3] for change in changes(ledger, "monthly_output", row["id"])),
        binned=firm["deleted_at"] is not None,
    )


def _side(year: FirmOutput | None) -> tuple[Item, ...]:
    if year is None:
        return ()
    if not year.counted:
        return (Item("同口径", "截止日不在册，两边都不计"),)
    if year.base_yuan is None:
        return (Item("同口径", "没有上年同期数，两边都不计入增速"),)
    return (Item("同口径", "计入"),)


def _place(ledger: Ledger, firm: Row) -> tuple[Item, ...]:
    return (
        *named("企业", firm["name"], page="enterprises", reference=f"enterprise:{firm['id']}"),
        *named("县市区", name_of(ledger, "district", firm["district_id"])),
        *named("园区", name_of(ledger, "park", firm["park_id"])),
    )


def _notes(rows: list[Row]) -> Section:
    """What the firm said beside its figures."""
    lines = tuple(
        Line((row["month"], row["stop"] or "", row["reason"] or "", row["source"] or ""))
        for row in rows
        if row["stop"] or row["reason"] or row["source"]
    )
    return Section("说明", headings=("月份", "生产状态", "增减原因", "数据来源"), lines=lines)


_CORRECTED = (
    ("month_yuan", "本月"),
    ("cum_yuan", "累计"),
    ("month_prev_yuan", "上年同月"),
    ("cum_prev_yuan", "上年同期"),
)


def _corrected(ledger: Ledger, firm: str, day: date) -> Section:
    """Dated corrections of months that were signed off, newest first; those after ``day`` do not count yet."""
    lines = []
    for made in reversed(corrections(ledger, enterprise_id=firm)):
        changed = "；".join(
            f"{word} {wan(made.before[name]) or NOTHING} → {wan(made.after[name]) or NOTHING}"
            for name, word in _CORRECTED
            if made.before[name] != made.after[name]
        )
        when = made.day.isoformat() + ("（截止日以后）" if made.day > day else "")
        lines.append(Line((made.month, when, changed, made.reason, made.actor)))
    return Section("签认后的更正（万元）", headings=("月份", "更正日期", "改动", "原因", "经手人"), lines=tuple(lines))
