"""The scorecard's measures as data: a word, a formula, and the condition over a case by which its rows are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.workflow import HANDED_OVER_STATES, OPEN_STATES
from chain_office.queries.problem_desk.shape import Measure
from chain_office.queries.problem_facts import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPEN: Final = f"c.state IN ({quoted(OPEN_STATES)})"
_DONE: Final = "c.state IN ('reported', 'closed')"
OVERDUE_CASE: Final = f"(({_OPEN} AND c.due < :day) OR (c.state = 'reported' AND c.due < coalesce(c.done_day, :day)))"
_JUDGED: Final = f"(c.due IS NOT NULL AND ((({_DONE}) AND c.done_day IS NOT NULL) OR ({_OPEN} AND c.due < :day)))"
_LATE: Final = f"(c.due IS NOT NULL AND (({_DONE} AND c.done_day > c.due) OR ({_OPEN} AND c.due < :day)))"

MEASURES: Final = (
    Measure("assigned", "交办", "件", "牵头的已交办问题 = 已销号 + 已报结待核实 + 办理中 + 长期推进"),
    Measure("closed", "已销号", "件", "已销号，含未见核实的办结"),
    Measure("verified", "核实销号", "件", "已销号中，由推进办与企业核实过的"),
    Measure("reported", "待核实", "件", "单位已报结、尚未核实"),
    Measure("open", "办理中", "件", "已交办、已签收、办理中、退回重派、部分解决"),
    Measure("overdue", "逾期", "件", "办理中且时限已过，或报结晚于时限；包含在办理中、待核实之内"),
    Measure("parked", "长期推进", "件", "企业知晓的长期推进事项，不计逾期，不入按时率"),
    Measure("closed_rate", "办结率", "%", "已销号 ÷ 交办"),
    Measure("on_time", "按时率", "%", "在当时时限内报结（没有报结记录的按销号日）的 ÷ 有时限、已报结或销号或时限已过的"),
    Measure("to_report", "交办到报结", "工作日", "各件从交办（改派的从改派）到报结的工作日的中位数，交办当日不计"),
    Measure("to_close", "交办到销号", "工作日", "各件从交办（改派的从改派）到销号的工作日的中位数，交办当日不计"),
    Measure("failed", "核实不过", "次", "报结后核实不过、退回续办的次数"),
    Measure("returned", "退回", "次", "本单位退回、要求重派的次数"),
    Measure("extended", "延期", "次", "批准延期的次数"),
    Measure("satisfaction", "满意率", "%", "（满意 + 基本满意）÷ 企业已评价的；以最近一次评价为准，未评价的不计"),
    Measure("satisfied", "满意", "件", "企业最近一次评价为满意"),
    Measure("fairly", "基本满意", "件", "企业最近一次评价为基本满意"),
    Measure("dissatisfied", "不满意", "件", "企业最近一次评价为不满意"),
    Measure("false_closed", "销号反弹", "件", "销号后又重新办理，或回看时企业说没有解决"),
    Measure("fresh", "按期反馈", "%", "办理中，在反馈周期内有过进展的 ÷ 办理中"),
    Measure("co", "配合", "件", "作为配合单位参加的已交办问题；同一问题在牵头、配合单位各列一次，总数只计一次"),
    Measure(
        "score", "参考分", "分",
        "办结率 40 + 按时率 30 + 满意率 20 + 按期反馈 10；办结率的分母不含长期推进；没有数的项不计，按其余权重折算；"
        "不足 3 件不打分。只供参考，不作评判",
    ),
)  # fmt: skip

ROWS: Final[Mapping[str, str]] = {
    "assigned": "1",
    "closed": "c.state = 'closed'",
    "verified": "c.state = 'closed' AND c.verified",
    "reported": "c.state = 'reported'",
    "open": _OPEN,
    "overdue": OVERDUE_CASE,
    "parked": "c.state = 'parked'",
    "closed_rate": "c.state = 'closed'",
    "on_time": f"{_JUDGED} AND NOT {_LATE}",
    "late": _LATE,
    "judged": _JUDGED,
    "to_report": "c.handed_day IS NOT NULL AND c.reported_day IS NOT NULL AND c.state IN ('reported', 'closed')",
    "to_close": "c.handed_day IS NOT NULL AND c.closed_day IS NOT NULL AND c.state = 'closed'",
    "failed": "c.failed > 0",
    "extended": "c.extended > 0",
    "satisfied": "c.rating = '满意'",
    "fairly": "c.rating = '基本满意'",
    "dissatisfied": "c.rating = '不满意'",
    "satisfaction": "c.rating IN ('满意', '基本满意')",
    "rated": "c.rating IN ('满意', '基本满意', '不满意')",
    "false_closed": "c.false_closed",
    "fresh": f"{_OPEN} AND c.heard_day >= :fresh_from",
}
"""Key → which of a lead unit's cases c it counts or, for a rate, has in its numerator. 退回 and 配合 belong to the unit that
returned or helps, whoever leads."""
ADDED: Final = ("failed", "extended")
"""Measures that add up a number of every case instead of counting cases."""
HANDED: Final = quoted(HANDED_OVER_STATES)
