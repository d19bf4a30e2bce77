"""How many records each ready-made selection of a desk has: the chips over the lists, the counts beside the desks' names, and
the columns of the problems' board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.board import LANES, lane
from chain_office.domain.figures import COUNT, Explained, Figure, RowsQuery
from chain_office.domain.workflow import STATES
from chain_office.queries import figure_rows
from chain_office.queries.desk_views import enterprise_views, finance_views, project_views, visit_views
from chain_office.queries.firm_output import firm_lines, output_views
from chain_office.queries.problem_views import problem_views

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.views import View

_VIEWS: Final[Mapping[str, Callable[[Ledger, date], tuple[View, ...]]]] = {
    "enterprises": enterprise_views,
    "visits": visit_views,
    "problems": problem_views,
    "finance": finance_views,
    "projects": project_views,
    "output": lambda ledger, day: output_views(firm_lines(ledger, day)),
}
_TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "enterprises": ("enterprise", "家"), "visits": ("visit", "次"), "problems": ("problem", "个"), "finance": ("match", "笔"),
    "projects": ("project", "个"), "output": ("enterprise", "家"),
}  # fmt: skip
"""Desk → the table its rows are of, and what they are counted in."""
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "enterprises.unvisited": ("在册未走访", "在册企业中，截止日前没有走访记录的"),
    "enterprises.busy": ("有未办结问题", "有问题已交办、还没有销号的企业（长期推进的不算）"),
    "enterprises.left": ("已退规", "曾经在册、截止日已退规的"),
    "enterprises.later": ("尚未入规", "入规日晚于截止日的"),
    "enterprises.outside": ("册外", "从未入册的企业，不计入规上企业数"),
    "visits.year": ("本年走访", "截止日所在年、截止日以前的走访"),
    "visits.problem": ("二问有内容", "“困难和问题”有内容的走访记录"),
    "visits.plain": ("二问空着", "“困难和问题”没有内容的走访记录"),
    "visits.month": ("只知到月", "只记到月、没有日子的走访"),
    "visits.undated": ("没有日期", "没有走访日期的记录，不计入已走访"),
    "problems.near": ("7 天内到期", "办理中、时限在截止日起 7 天以内的，逾期的不算"),
    "finance.matched": ("意向及以上", "意向、授信或放款的对接，含先有意向、后来没有通过的"),
    "finance.granted": ("已授信", "授信日期 ≤ 截止日的对接，一笔对接授信几次也只算一笔"),
    "finance.drawn": ("已放款", "放款日期 ≤ 截止日的对接，一笔对接放款几次也只算一笔"),
    "finance.waiting": ("有意向未放款", "达成意向或授信、截止日还没有放款，银行也没有说不行的"),
    "finance.unmet": ("未达成", "截止日银行没有答应的，含先有意向、后来没有通过的"),
    "finance.open": ("未对接", "还没有达成意向，银行也没有答复的"),
    "projects.red": ("红灯项目", "纳入统计的项目中，按亮灯规则亮红灯的"),
    "projects.amber": ("黄灯项目", "纳入统计的项目中，按亮灯规则亮黄灯的"),
    "projects.green": ("绿灯项目", "纳入统计的项目中，按亮灯规则亮绿灯的"),
    "projects.blue": ("蓝灯项目", "纳入统计的项目中，按亮灯规则亮蓝灯的"),
    "projects.grey": ("灰灯项目", "纳入统计的项目中，按亮灯规则亮灰灯的"),
    "projects.unmeasured": ("没有计划或进度", "拟开工、在建的项目中，没有年度计划或进度的"),
    "projects.late": ("过了计划竣工", "计划竣工日已过、还没有竣工的"),
    "projects.lagging": ("滞后项目", "拟开工、在建的项目中，有节点过了应完成日还没有完成的"),
    "projects.held_up": ("有制约问题", "拟开工、在建的项目中，关联了还没有解决的问题的"),
    "output.up": ("增长企业", "本年累计不低于上年同期的企业"),
    "output.down": ("下降企业", "本年累计低于上年同期的企业"),
    "output.fresh": ("基数为零", "上年同期为 0 的企业（新建投产等）"),
    "output.unknown": ("没有同期数", "没有上年同期数、两边都不计的企业"),
    "output.behind": ("末月未报", "本年报过、最后一个月还没有报的企业"),
}  # fmt: skip
"""Key → its word and formula."""
_STAND_FOR: Final[Mapping[str, str]] = {
    "finance.matched": "finance.banks", "finance.granted": "finance.granted_yuan", "finance.drawn": "finance.drawn_yuan",
}  # fmt: skip
"""Selections that a headline figure opens, which itself counts something else: banks, 元."""
COUNTED_AS: Final[Mapping[str, str]] = {view: key for key, view in _STAND_FOR.items()}
"""The other way round: the selection's key → the key its number of records is explained by."""
_LANE: Final = "problems.lane."
_LATE: Final = ".overdue"


def keys(_ledger: Ledger, _day: date) -> tuple[str, ...]:
    """Every selection that is no headline figure, every column of the board, and the late ones in it."""
    late = (one for one in LANES if any(STATES[state].bucket in {"open", "reported"} for state in one.states))
    lanes = (f"{_LANE}{one.id}" for one in LANES)
    return (*_WORDS, *lanes, *(f"{_LANE}{one.id}{_LATE}" for one in late))


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """One of them with its records."""
    desk = key.partition(".")[0]
    ids = _in_lane(ledger, day, key) if key.startswith(_LANE) else _selected(ledger, day, key)
    rows = figure_rows.named(ledger, day, _TABLES[desk][0], ids)
    return Explained(figure(day, key, len(ids)), COUNT, rows)


def figure(day: date, key: str, number: int) -> Figure:
    """The figure, of so many records."""
    desk = key.partition(".")[0]
    label, formula = _lane_words(key) if key.startswith(_LANE) else _WORDS[key]
    at = RowsQuery(desk, (("figure", _STAND_FOR.get(key, key)),))
    return Figure(key, label, number, _TABLES[desk][1], formula, day, at, row_count=number)


def _lane_words(key: str) -> tuple[str, str]:
    one = lane(key.removeprefix(_LANE).removesuffix(_LATE))
    states = "、".join(STATES[state].label for state in one.states)
    if key.endswith(_LATE):
        return f"{one.word}，逾期", f"截止日处于{states}的问题中，时限早于截止日的，或报结晚于时限的"
    return one.word, f"截止日处于{states}的问题"


def _selected(ledger: Ledger, day: date, key: str) -> frozenset[str]:
    wanted = _STAND_FOR.get(key, key)
    views = _VIEWS[key.partition(".")[0]](ledger, day)
    return next((view.ids for view in views if view.key == wanted), frozenset())


def _in_lane(ledger: Ledger, day: date, key: str) -> frozenset[str]:
    found = figure_rows.in_states(ledger, day, lane(key.removeprefix(_LANE).removesuffix(_LATE)).states)
    return frozenset(row_id for row_id, late in found.items() if late or not key.endswith(_LATE))
