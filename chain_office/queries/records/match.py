"""One bank's answer to one borrower: the need behind it, then the ladder 意向 → 授信 → 放款, never added together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import Credit, Drawdown, LoanReview, Match, Need, record_number
from chain_office.domain.loans import STAGE_WORDS
from chain_office.queries.finance import stage_at
from chain_office.queries.records.attached import attached
from chain_office.queries.records.changes import changes
from chain_office.queries.records.rows import Row, form, live, name_of, named, one, wan
from chain_office.queries.records.shape import Item, Line, Record, Section

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

_LIGHTS = {"drawn": "green", "granted": "blue", "intent": "amber", "refused": "red", "asked": "grey", "none": "grey"}
_EVER = "9999-12-31"
_NEED = "need_yuan purpose term guarantee existing_yuan first_loan contact phone remark"


def match(ledger: Ledger, row_id: str, day: date | None = None) -> Record | None:
    """A match; how far it has come by ``day`` (left out: by all that is on record). None if there is no such record."""
    row = one(ledger, Match, row_id)
    if row is None:
        return None
    bank = ledger.value("SELECT coalesce(short, name) FROM bank WHERE id = ?", (row["bank_id"],)) or "未注明银行"
    at = {"id": row_id, "day": day.isoformat() if day else _EVER}
    stage = ledger.value(f"SELECT {stage_at()} FROM match m WHERE m.id = :id", at)
    return Record(
        "finance",
        f"match:{row_id}",
        record_number("match", row["number"] or 0),
        f"{_borrower(ledger, row)} · {bank}",
        STAGE_WORDS[stage],
        _LIGHTS[stage],
        (
            Section(
                "对接",
                (
                    *_party(ledger, row),
                    *named("银行", name_of(ledger, "bank", row["bank_id"]), always=True),
                    *named("对接会", name_of(ledger, "meeting", row["event_id"])),
                    *form(Match, row, "asked_day stage bank_contact"),
                    *(Item(one.label, one.text, "red") for one in form(Match, row, "refused_day fail_reason")),
                    *form(Match, row, "remark"),
                ),
            ),
            _ladder(ledger, row),
            reviews(ledger, "match_id", row_id),
            *_need(ledger, row),
            _others(ledger, row, at["day"]),
            attached(ledger, "match", row_id),
        ),
        changes(ledger, "match", row_id),
        binned=row["deleted_at"] is not None,
    )


def need(ledger: Ledger, row_id: str) -> Record | None:
    """A need no bank has answered, or any need asked for by itself."""
    row = one(ledger, Need, row_id)
    if row is None:
        return None
    return Record(
        "finance",
        f"need:{row_id}",
        record_number("need", row["number"] or 0),
        _borrower(ledger, row),
        "融资需求",
        "",
        (
            Section("融资需求", (*_party(ledger, row), *form(Need, row, _NEED))),
            _answers(ledger, row_id),
            reviews(ledger, "need_id", row_id),
            attached(ledger, "need", row_id),
        ),
        changes(ledger, "need", row_id),
        binned=row["deleted_at"] is not None,
    )


def _borrower(ledger: Ledger, row: Row) -> str:
    return name_of(ledger, "enterprise", row["enterprise_id"]) or name_of(ledger, "park", row["park_id"])


def _party(ledger: Ledger, row: Row) -> tuple[Item, ...]:
    if row["enterprise_id"] is None:
        return named("园区", name_of(ledger, "park", row["park_id"]), always=True)
    firm = name_of(ledger, "enterprise", row["enterprise_id"])
    return named("企业", firm, page="enterprises", reference=f"enterprise:{row['enterprise_id']}")


def _ladder(ledger: Ledger, row: Row) -> Section:
    lines = []
    if row["intent_yuan"] is not None:
        when = row["intent_day"] or row["matched_day"] or ""
        lines.append(Line(("意向", when, _about(row, row["intent_yuan"]), "")))
    credits_ = live(ledger, Credit, "match_id", row["id"], "t.day, t.id")
    lines += [
        Line(("授信", _when(c), _about(c, c["granted_yuan"]), _terms(c)), edits=f"credit:{c['id']}") for c in credits_
    ]
    drawn = live(ledger, Drawdown, "match_id", row["id"], "t.day, t.id")
    for d in drawn:
        beside = "　".join(part for part in (d["loan_kind"] or "未注明新增或续贷", _terms(d)) if part)
        lines.append(Line(("放款", _when(d), _about(d, d["drawn_yuan"]), beside), edits=f"drawdown:{d['id']}"))
    sums = (
        *named("授信合计", _sum(credits_, "granted_yuan")),
        *named("放款合计", _sum(drawn, "drawn_yuan")),
    )
    headings = ("阶梯", "日期", "金额（万元）", "说明")
    note = "三级各算各的，不相加" if lines else ""
    return Section("意向 → 授信 → 放款", sums, headings, tuple(lines), frozenset({2}), note, adds="credit drawdown")


def _terms(row: Row) -> str:
    """Rate, length, end and remark of a grant or a drawing."""
    rate, term, end = (
        row.get("rate") or row.get("granted_rate"),
        row.get("drawn_term") or row.get("granted_term"),
        row.get("repay_day"),
    )
    said = (
        f"利率 {rate}%" if rate else "",
        f"期限 {term}" if term else "",
        f"{end} 到期" if end else "",
        row["remark"] or "",
    )
    return "　".join(part for part in said if part)


def reviews(ledger: Ledger, owner: str, row_id: str) -> Section:
    """What look-backs found, of a match or a need."""
    lines = tuple(
        Line(
            (
                r["day"], f"会后 {r['after_days']} 天" if r["after_days"] else "", r["outcome"] or "",
                "　".join(part for part in (r["text"] or "", r["officer"] or "") if part),
            ),
            edits=f"loan_review:{r['id']}",
        )
        for r in live(ledger, LoanReview, owner, row_id, "t.day, t.id")
    )  # fmt: skip
    return Section("落实回访", (), ("日期", "", "结果", "情况"), lines, adds="loan_review")


def _when(row: Row) -> str:
    day = row["day"] or "日期不详"
    return f"{day}（按对接会）" if row["dated_by"] == "event" else day


def _about(row: Row, yuan: int | None) -> str:
    return ("约 " if row["approximate"] else "") + wan(yuan)


def _sum(rows: list[Row], column: str) -> str:
    known = [row[column] for row in rows if row[column] is not None]
    return f"{wan(sum(known))} 万元" if known else ""


def _need(ledger: Ledger, row: Row) -> tuple[Section, ...]:
    found = one(ledger, Need, row["need_id"]) if row["need_id"] else None
    if found is None:
        return ()
    number = record_number("need", found["number"] or 0)
    lines = (Line((number, wan(found["need_yuan"])), edits=f"need:{found['id']}"),)
    return (Section("融资需求", form(Need, found, _NEED), ("编号", "金额（万元）"), lines, frozenset({1})),)


def _others(ledger: Ledger, row: Row, day: str) -> Section:
    """The same borrower with other banks."""
    column = "enterprise_id" if row["enterprise_id"] else "park_id"
    where = f"m.{column} = :party AND m.id <> :match"
    return Section(
        "同一主体的其他对接",
        (),
        ("编号", "银行", "到哪一步"),
        _lines(ledger, where, day, party=row[column], match=row["id"]),
    )


def _answers(ledger: Ledger, need_id: str) -> Section:
    return Section(
        "银行对接", (), ("编号", "银行", "到哪一步"), _lines(ledger, "m.need_id = :need", _EVER, need=need_id)
    )


def _lines(ledger: Ledger, where: str, day: str, **given: str) -> tuple[Line, ...]:
    rows = ledger.rows(
        f"SELECT m.id, m.number, coalesce(b.short, b.name, '未注明银行'), {stage_at()} FROM match m "
        f"LEFT JOIN bank b ON b.id = m.bank_id WHERE {where} AND m.deleted_at IS NULL ORDER BY m.number, m.id",
        {"day": day, **given},
    )
    return tuple(
        Line((record_number("match", no or 0), bank, STAGE_WORDS[stage]), "", "finance", f"match:{found}")
        for found, no, bank, stage in rows
    )
