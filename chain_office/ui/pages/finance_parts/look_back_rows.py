"""The lines of 回访: whom to look back at, the most overdue first, and which loans end soon."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import Figure, RowsQuery
from chain_office.domain.loans import RUNGS, STAGE_WORDS, WORDS
from chain_office.domain.look_backs import MATURES_DAYS, SOON_DAYS
from chain_office.services.explaining import selections
from chain_office.services.finance_report import exact_wan, left_text
from chain_office.ui.kit.figure_line import Told
from chain_office.ui.kit.grouped_rows import Group
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.pages.finance_parts.grid_cells import marked

if TYPE_CHECKING:
    from datetime import date

    from chain_office.domain.loans import LadderRow
    from chain_office.queries.finance_desk import Due, LookBacks, Repayment

COLUMNS: Final = (
    Column("编号", 62), Column("融资主体", 178), Column("银行", 78), Column("到哪一步", 64),
    Column("金额（万元）", 96, right=True), Column("会后", 50), Column("到期日", 80), Column("早晚", 84), Column("上次回访", 120),
)  # fmt: skip
WIDE: Final = 8
LATE, SOON, ENDING = "late", "soon", "ending"
MOST: Final = 500
"""So many lines of a group."""


def groups(found: LookBacks) -> list[Group]:
    """Overdue look-backs, those of today and the week ahead, loans that end."""
    late = [one for one in found.due if one.checkpoint.late > 0]
    soon = [one for one in found.due if one.checkpoint.late <= 0]
    return [
        _group(LATE, "逾期未回访", "red", len(late), [_due(one) for one in late[:MOST]], "应回访的日子已过，还没有登记回访"),
        _group(SOON, f"今天和 {SOON_DAYS} 天内该回访", "amber", len(soon), [_due(one) for one in soon[:MOST]],
               "对接会（或最近一步）后 30、60、90 天"),
        _group(ENDING, f"到期贷款（前后 {MATURES_DAYS} 天），该问续贷", "blue", len(found.repayments),
               [_ending(one) for one in found.repayments[:MOST]],
               "放款的到期日；没有到期日、写了期限的，从放款日推算；已有续贷的不列"),
    ]  # fmt: skip


def _group(key: str, word: str, light: str, number: int, lines: list[Line], tip: str) -> Group:
    cut = f"（列出前 {len(lines)} 项）" if number > len(lines) else ""
    return Group(key, f"{word}　{number} 项{cut}", tuple(lines), light, tip)


def _due(one: Due) -> Line:
    check, deal, need = one.checkpoint, one.deal, one.need
    last = f"{one.last.day.isoformat()} {one.last.outcome}" if one.last is not None else "没有回访过"
    if deal is not None:
        granted = deal.granted_yuan
        amount = {
            "drawn": f"{exact_wan(deal.drawn_yuan)}/{exact_wan(granted)}" if granted is not None else exact_wan(deal.drawn_yuan),
            "granted": exact_wan(granted),
        }.get(deal.stage, exact_wan(deal.intent_yuan))  # fmt: skip
        cells = (f"YQ{deal.number:04d}", marked(deal.borrower, deal.party), deal.bank, STAGE_WORDS[deal.stage], amount)
    else:
        assert need is not None
        cells = (
            f"XQ{need.number:04d}",
            marked(need.borrower, need.party),
            "没有银行接",
            WORDS["need"],
            exact_wan(need.yuan),
        )
    since = f"{check.after_days} 天"
    return Line(
        f"{one.reference}/{check.after_days}",
        (*cells, since, check.due_day.isoformat(), check.word, last),
        ("quiet", "", "", "", "", "", "", check.light, "quiet"),
    )


def _ending(one: Repayment) -> Line:
    deal, drawing = one.deal, one.drawing
    said = [f"{drawing.day.isoformat()} 放款", drawing.kind, "到期日按期限推算" if one.reckoned else ""]
    return Line(
        f"match:{deal.id}/end:{drawing.id}",
        (
            f"YQ{deal.number:04d}", marked(deal.borrower, deal.party), deal.bank, "放款", exact_wan(drawing.yuan), "",
            one.day.isoformat(), left_text(one.left), "，".join(part for part in said if part),
        ),
        ("quiet", "", "", "", "", "", "", "red" if one.left < 0 else "amber" if one.left <= 30 else "blue", "quiet"),
    )  # fmt: skip


def funnel(total: LadderRow, day: date) -> tuple[str | Told, ...]:
    """The ladder in one line, each rung by itself: 需求 14 户 128,100 → …, every rung a figure."""
    found: list[str | Told] = []
    for place, key in enumerate(RUNGS):
        rung, word = total.rung(key), WORDS[key]
        figure = Figure(
            f"finance.funnel.{key}", f"{word}金额", rung.yuan, "元",
            f"Σ 截止日以前的{word}，不与其他各级相加；{rung.parties} 户", day,
            RowsQuery("finance", (("reference", "view:ladder"),)), row_count=rung.count,
        )  # fmt: skip
        found += ["　→　"] if place else []
        found.append(Told(f"{word} {rung.parties} 户 {exact_wan(rung.yuan) if rung.count else '0'}", figure))
    found.append(" 万元")
    if total.refused:
        refused = selections.figure(day, "finance.unmet", total.refused)
        found += ["　", Told(f"未达成 {total.refused} 笔", replace(refused, key="finance.funnel.refused"))]
    return tuple(found)
