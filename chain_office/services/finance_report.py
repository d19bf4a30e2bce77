"""The `finance` command: the loan ladder by bank and by borrower, refusals, look-backs; as text in columns or as one JSON
object with stable keys. Counts and 元 are whole numbers, unknown is null, no stage is ever added to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.loans import (
    LANDED_PARTIES,
    LANDED_YUAN,
    MEAN_RATE,
    PARTY_WORDS,
    RUNGS,
    STAGE_WORDS,
    WORDS,
    doubts,
)
from chain_office.domain.money import format_money
from chain_office.domain.percents import show_percent
from chain_office.domain.widths import clipped, table
from chain_office.queries.finance_desk import events, look_backs, standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger
    from chain_office.domain.loans import Doubt, LadderRow, Rung
    from chain_office.queries.finance_desk import Due, LookBacks, Repayment, Standing

APART: Final = "需求、意向、授信、放款是同一资金的不同阶段，各算各的，不相加"
NEED_OF_BANK: Final = "银行一行的需求是与它对接的主体的需求，同一需求对接几家银行的各列一次，合计只计一次"
_NAME, _REASON = 30, 44


def as_json(ledger: Ledger, day: date, event: str = "") -> dict[str, object]:
    """``totals``, ``banks``, ``borrowers`` (the ladder of each), ``refusals``, ``doubts``, ``look_backs``, ``repayments``,
    ``formulas``. ``event``: of the event with this name alone. Raises KnownError where there is none."""
    found = _standing(ledger, day, event)
    made, back = found.ladder, look_backs(ledger, found)
    return {
        "as_of": day.isoformat(),
        "event": found.event.name if found.event else None,
        "events": [
            {"name": one.name, "day": one.day.isoformat() if one.day else None, "matches": one.matches}
            for one in events(ledger, day)
        ],
        "totals": _ladder_row(made.total) | {
            "enterprises": made.total.enterprises, "off_register": made.total.off_register, "parks": made.total.parks,
            "banks": made.total.banks,
        },
        "banks": [{"bank": one.name if one.id else None, **_ladder_row(one)} for one in made.banks],
        "borrowers": [{"borrower": one.name, "party": one.party or None, **_ladder_row(one)} for one in made.borrowers],
        "refusals": [
            {
                "number": record_number("match", deal.number), "borrower": deal.borrower, "bank": deal.bank,
                "intent_yuan": deal.intent_yuan, "reason": deal.reason or None, "day": _iso(deal.refused_day),
            }
            for deal in found.deals if deal.refused
        ],
        "doubts": [_doubt(one) for one in doubts(found.deals)],
        "look_backs": {"overdue": back.overdue, "due": [_due(one) for one in back.due], "made": dict(back.made)},
        "repayments": [_repayment(one) for one in back.repayments],
        "formulas": {
            "landed_yuan_percent": LANDED_YUAN, "landed_parties_percent": LANDED_PARTIES, "mean_rate_percent": MEAN_RATE,
        },
    }  # fmt: skip


def as_lines(ledger: Ledger, day: date, event: str = "") -> list[str]:
    """The same for people, in columns; amounts in 万元."""
    found = _standing(ledger, day, event)
    made, back = found.ladder, look_backs(ledger, found)
    total = made.total
    scope = found.event.name if found.event else "全部对接会"
    lines = [
        f"{scope}，截至 {day.isoformat()}：企业 {total.enterprises} 家（其中名册外 {total.off_register} 家）、"
        f"园区 {total.parks} 个，银行 {total.banks} 家",
        "　".join(f"{WORDS[key]} {_said(total.rung(key))}" for key in RUNGS),
        f"放款中新增 {_wan(total.new_yuan)}、续贷 {_wan(total.renewed_yuan)}、未注明 {_wan(total.unsaid_yuan)} 万元",
        f"{APART}。",
    ]
    lines += [
        "",
        *_row_lines("银行", made.banks, total),
        f"{NEED_OF_BANK}。",
        f"{LANDED_YUAN}；{LANDED_PARTIES}。",
        f"{MEAN_RATE}。",
    ]
    lines += ["", *_row_lines("主体", made.borrowers, total)]
    lines += _refusal_lines(found)
    lines += _doubt_lines(doubts(found.deals))
    return lines + _look_back_lines(back)


def _standing(ledger: Ledger, day: date, event: str) -> Standing:
    if not event:
        return standing(ledger, day)
    known = events(ledger, day)
    for one in known:
        if one.name == event.strip():
            return standing(ledger, day, one.id)
    there = "、".join(f"“{one.name}”" for one in known) or "一个也没有"
    raise KnownError(f"截至 {day.isoformat()} 没有叫“{event.strip()}”的对接会；现有：{there}。")


def _ladder_row(row: LadderRow) -> dict[str, Any]:
    return {
        **{key: _rung(row.rung(key)) for key in RUNGS},
        "new_yuan": row.new_yuan,
        "renewed_yuan": row.renewed_yuan,
        "unsaid_yuan": row.unsaid_yuan,
        "landed_yuan_percent": _number(row.landed_yuan),
        "landed_parties_percent": _number(row.landed_parties),
        "mean_rate_percent": _number(row.rate),
        "drawings_with_rate": row.rated,
        "refused": row.refused,
        "approximate": row.approximate,
        "dated_by_event": row.borrowed_days,
    }


def _rung(rung: Rung) -> dict[str, int | None]:
    return {"parties": rung.parties, "count": rung.count, "yuan": rung.yuan}


def _doubt(one: Doubt) -> dict[str, object]:
    return {
        "borrower": one.deal.borrower, "bank": one.deal.bank, "yuan": one.drawing.yuan,
        "day": one.drawing.day.isoformat(), "other_day": one.other.day.isoformat(),
        "number": record_number("match", one.deal.number), "other_number": record_number("match", one.other_deal.number),
        "why": one.why,
    }  # fmt: skip


def _due(one: Due) -> dict[str, object]:
    deal, need, check = one.deal, one.need, one.checkpoint
    return {
        "number": record_number("match", deal.number) if deal else record_number("need", need.number) if need else None,
        "borrower": deal.borrower if deal else need.borrower if need else None, "bank": deal.bank if deal else None,
        "stage": deal.stage if deal else "need", "since": check.since.isoformat(), "after_days": check.after_days,
        "due_day": check.due_day.isoformat(), "days_late": check.late, "light": check.light,
        "last_outcome": one.last.outcome or None if one.last else None,
    }  # fmt: skip


def _repayment(one: Repayment) -> dict[str, object]:
    return {
        "number": record_number("match", one.deal.number), "borrower": one.deal.borrower, "bank": one.deal.bank,
        "yuan": one.drawing.yuan, "drawn_day": one.drawing.day.isoformat(), "repay_day": one.day.isoformat(),
        "reckoned": one.reckoned, "days_left": one.left,
    }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def exact_wan(yuan: int | None) -> str:
    """万元 to the last 元: 1,200, 1,234.5678; "未登记" of nothing known. Rows written so add up to their total exactly."""
    if yuan is None:
        return "未登记"
    places = next((place for place in range(5) if yuan * 10**place % 10_000 == 0), 4)
    return format_money(yuan, "万元", places)


_wan = exact_wan


def _said(rung: Rung) -> str:
    return f"{rung.parties} 户 {rung.count} 笔 {_wan(rung.yuan)} 万元" if rung.count else "0"


def _percent(value: Decimal | None, places: int = 1) -> str:
    return "—" if value is None else show_percent(value, places)


_HEADINGS: Final = (
    "对接户", "需求", "意向", "授信", "放款", "放款笔数", "新增", "续贷", "未注明", "金额落地率", "户数落地率", "平均利率",
    "未达成",
)  # fmt: skip


def _row_lines(word: str, rows: Sequence[LadderRow], total: LadderRow) -> list[str]:
    made = [
        (
            clipped(one.name, _NAME) + (f"［{PARTY_WORDS[one.party]}］" if PARTY_WORDS[one.party] else ""),
            str(one.intent.parties), *(_wan(one.rung(key).yuan) for key in RUNGS), str(one.drawn.count),
            _wan(one.new_yuan), _wan(one.renewed_yuan), _wan(one.unsaid_yuan), _percent(one.landed_yuan),
            _percent(one.landed_parties), _percent(one.rate, 2), str(one.refused),
        )
        for one in (*rows, total)
    ]  # fmt: skip
    return table((f"{word}（万元）", *_HEADINGS), made, frozenset(range(1, len(_HEADINGS) + 1)))


def _refusal_lines(found: Standing) -> list[str]:
    rows = [
        (
            record_number("match", deal.number), deal.bank, clipped(deal.borrower, _NAME), _wan(deal.intent_yuan),
            clipped(deal.reason or "没有记原因", _REASON),
        )
        for deal in found.deals if deal.refused
    ]  # fmt: skip
    return ["", *table(("未达成", "银行", "主体", "意向", "原因"), rows, frozenset({3}))] if rows else []


def _doubt_lines(found: Sequence[Doubt]) -> list[str]:
    rows = [
        (
            clipped(one.deal.borrower, _NAME), one.deal.bank, _wan(one.drawing.yuan), one.drawing.day.isoformat(),
            one.other.day.isoformat(), one.why,
        )
        for one in found
    ]  # fmt: skip
    head = ("疑似重复的放款（都计在合计里）", "银行", "金额", "日期", "另一笔", "为什么")
    return ["", *table(head, rows, frozenset({2}))] if rows else []


def _look_back_lines(back: LookBacks) -> list[str]:
    lines = []
    if back.due:
        rows = []
        for one in back.due:
            who = one.deal or one.need
            assert who is not None
            rows.append(
                (
                    clipped(who.borrower, _NAME), one.deal.bank if one.deal else "", STAGE_WORDS[one.deal.stage] if one.deal
                    else "没有银行接", f"{one.checkpoint.after_days} 天", one.checkpoint.due_day.isoformat(), one.checkpoint.word,
                )
            )  # fmt: skip
        lines += ["", *table((f"待回访（逾期 {back.overdue} 个）", "银行", "到哪一步", "会后", "应回访", ""), rows)]
    if back.repayments:
        ends = [
            (
                clipped(one.deal.borrower, _NAME), one.deal.bank, _wan(one.drawing.yuan),
                one.day.isoformat() + ("（按期限推算）" if one.reckoned else ""), left_text(one.left),
            )
            for one in back.repayments
        ]  # fmt: skip
        lines += ["", *table(("到期贷款（90 天内）", "银行", "金额", "到期日", ""), ends, frozenset({2}))]
    return lines


def left_text(left: int) -> str:
    """还有 12 天, 今天到期, 已过 3 天."""
    if left < 0:
        return f"已过 {-left} 天"
    return f"还有 {left} 天" if left else "今天到期"
