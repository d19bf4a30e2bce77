"""Screening by three criteria: what a person may answer, what the answers speak for, and the reason they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from chain_office.domain.steps import Verdict

URGENT, FEASIBLE, GOV_CAN = "urgent", "feasible", "gov_can"
CRITERIA: Final[Mapping[str, str]] = {URGENT: "企业很急需", FEASIBLE: "条件又具备", GOV_CAN: "政府办得到"}
"""Criterion → what people call it, in the order they are asked."""
YES, NO, PENDING = "yes", "no", "pending"
VERDICTS: Final[Mapping[str, str]] = {YES: "是", NO: "否", PENDING: "待定"}
"""Verdict → its word, in the order a key goes through them."""
DECISIONS: Final = ("screen_in", "reject", "pool", "solve_on_site", "escalate")
"""The steps a screening ends with."""

USUAL_BASES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    URGENT: {
        YES: ("影响当前生产经营", "影响订单交付", "资金链紧张", "停产减产风险", "手续将到期"),
        NO: ("属长远打算，不影响当前生产", "已有替代办法", "企业可自行消化"),
        PENDING: ("需再向企业核实急需程度",),
    },
    FEASIBLE: {
        YES: ("要件齐全", "有政策依据", "已列入年度计划", "有先例可循"),
        NO: ("规划未批复", "用地指标未落实", "资金来源未落实", "要件不齐，须先补办手续", "尚不具备立项条件"),
        PENDING: ("需向主管单位核实条件",),
    },
    GOV_CAN: {
        YES: ("属市级职权范围", "属县市区职权范围", "可由部门协调解决"),
        NO: ("属市场行为，应由企业自主解决", "无政策依据", "属司法机关职权", "超出本级政府权限"),
        PENDING: ("需核实权限归属",),
    },
}  # fmt: skip
"""What a basis usually says: offered behind the office's own phrases, and always free to be written otherwise."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The step the verdicts speak for ("" while they speak for none), and why."""

    verb: str
    why: str


def following(verdict: str) -> str:
    """The verdict after this one as a key goes through them; an empty one is answered with 是 first."""
    order = tuple(VERDICTS)
    return order[(order.index(verdict) + 1) % len(order)] if verdict in order else YES


def suggestion(verdicts: Mapping[str, str]) -> Suggestion:
    """What one person's verdicts speak for. A lack of conditions alone waits in the pool; any other no is not taken up."""
    refused = [name for name in CRITERIA if verdicts.get(name) == NO]
    if refused and refused != [FEASIBLE]:
        words = "、".join(f"“{CRITERIA[name]}”" for name in refused)
        above = "；属上级权限的用“上报”" if refused == [GOV_CAN] else ""
        return Suggestion("reject", f"{words}为否{above}")
    open_ones = [name for name in CRITERIA if verdicts.get(name) not in {YES, NO}]
    if open_ones:
        words = "、".join(f"“{CRITERIA[name]}”" for name in open_ones)
        waits = all(verdicts.get(name) == PENDING for name in open_ones)
        return Suggestion("", f"{words}待定，先放到最后" if waits else f"还要答{words}")
    if refused:
        return Suggestion("pool", f"只差“{CRITERIA[FEASIBLE]}”")
    return Suggestion("screen_in", "三条都是“是”")


def reason(verdicts: Iterable[Verdict]) -> str:
    """Why it is not taken up, criterion by criterion, from the bases written down."""
    parts = [
        f"不符合“{CRITERIA[one.criterion]}”" + (f"：{one.basis.strip().rstrip('。；')}" if one.basis.strip() else "")
        for one in verdicts
        if one.verdict == NO and one.criterion in CRITERIA
    ]
    return "；".join(parts)


def dissent(verdicts: Iterable[Verdict]) -> dict[str, tuple[Verdict, ...]]:
    """Criterion → what was said, of those whose screeners differ."""
    said: dict[str, list[Verdict]] = {}
    for one in verdicts:
        if one.verdict:
            said.setdefault(one.criterion, []).append(one)
    return {name: tuple(every) for name, every in said.items() if len({one.verdict for one in every}) > 1}


def is_of_this_round(day: date | None, decided: date | None, today: date) -> bool:
    """Whether a verdict of ``day`` belongs to the screening under way: given since the last decision, or on its very day
    while that is still today (a decision taken back or corrected)."""
    if decided is None:
        return True
    return day is not None and (day > decided or (day == decided == today))
