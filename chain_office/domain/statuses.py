"""Status words of problems and satisfaction, read into stored ids. Negatives win over what they negate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Reading
from chain_office.domain.numbers import short_text
from chain_office.domain.plain import cell_text, is_empty_mark, plain
from chain_office.domain.stages import PROJECT_STAGE, read_project_stage
from chain_office.domain.textkinds import Choice, ChoiceKind, choice_key
from chain_office.domain.workflow import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "PROBLEM_STATE",
    "PROJECT_STAGE",
    "SATISFACTION",
    "is_yes_no_heading",
    "read_problem_status",
    "read_project_stage",
    "shows_verification",
]

_STATE_WORDS: dict[str, tuple[str, ...]] = {
    "waiting": ("未筛选", "新收集", "待研判", "登记", "收集", "已登记", "已收集", "待研究"),
    "rejected": (
        "不采纳",
        "不予受理",
        "未列入",
        "不符合条件",
        "剔除",
        "解释说明",
        "不予办理",
        "不纳入",
        "不受理",
        "未采纳",
    ),
    "pooled": ("暂不具备条件", "暂不具备", "不具备条件", "条件不具备", "暂缓", "暂存", "条件不成熟", "暂不办理"),
    "to_assign": ("拟交办", "已筛选", "入选", "未交办", "待派单", "待转办"),
    "solved_on_site": ("现场办结", "当场解决", "现场化解", "即时解决", "现场答复"),
    "escalated": ("已上报", "上报省", "报上级", "提请上级", "上报市政府", "上报上级", "呈报"),
    "assigned": ("交办", "已派单", "已下达", "已转办", "待签收", "交办中", "已分办", "未签收", "转办"),
    "acknowledged": ("签收", "已接单", "已认领", "已受理", "受理"),
    "doing": (
        *(
            "正在办理",
            "办理",
            "推进中",
            "正在推进",
            "跟进中",
            "协调中",
            "在办",
            "进行中",
            "整改中",
            "正在解决",
            "未办结",
        ),
        *(
            "正在协调",
            "办理过程中",
            "正在进行",
            "落实中",
            "解决中",
            "推进",
            "正在落实",
            "正在整改",
            "逾期",
            "超期",
            "滞后",
        ),
    ),
    "returned": ("退回", "退单", "异议", "非本单位职责", "改派", "不属于本单位职责", "重派"),
    "partial": ("基本解决", "部分办结", "阶段性解决", "基本办结", "基本完成", "部分完成", "部分落实", "阶段性完成"),
    "reported": (
        *(
            "已反馈待核验",
            "已反馈待核实",
            "已反馈",
            "已回复",
            "已答复",
            "申请办结",
            "申请销号",
            "拟销号",
            "待回访",
            "待验收",
        ),
        *("待核实", "待核验", "已报结", "报结", "办结待核实", "待销号", "未核实", "未回访", "未销号"),
    ),
    "parked": ("持续推进", "长期坚持", "需上级解决", "列入规划", "长期整改", "中长期", "长期", "纳入规划"),
    "closed": (
        *("已办结", "办结", "完成", "已完成", "已解决", "解决", "落实", "已落实", "销号", "完结", "整改到位", "结案"),
        *("办结销号", "已办理", "办理完毕", "全部解决", "已整改", "圆满解决", "已协调解决", "核实", "已核实", "办毕"),
    ),
}
_SOURCE_WORDS = {
    "draft": "waiting",
    "pending": "to_assign",
    "long": "parked",
    "done": "closed",
}
"""Ids other papers use for the same states."""

_EXACT = {choice_key(w): s for s, words in _STATE_WORDS.items() for w in (s, STATES[s].label, *words)}
_DONE = (
    r"(?:全部|彻底|完全|能够?|得到|予以|办理|整改|协调|有效|按期|如期)*"
    r"(?:办结|完成|解决|落实|完结|到位|结案|办完|整改|办理|处理|答复|启动)"
)
_NEGATED = re.compile(
    rf"(?:尚未|暂未|还未|并未|仍未|未能?|没有?|无法|不能|难以|不)(?!予|采纳|受理|符合|具备|属){_DONE}"
)
_FUTURE = re.compile(rf"(?:预计|力争|计划|拟|将|待|争取|确保|有望|即将|可|需|抓紧|尽快|加快)[^,;。]{{0,14}}?{_DONE}")
_AWAITS = re.compile(r"(?:待|未|尚未|等待|申请|拟)(?:企业|办公室|市|经|予以)?(?:核实|核验|回访|验收|销号)")
_PARTLY = re.compile(r"(?<!100)(?<!\d)(?!100)\d{1,2}(?:\.\d+)?%")
_YES = frozenset({"是", "√", "✓", "✔", "☑", "y", "yes", "true", "1"})
_NO = frozenset({"否", "×", "✗", "✘", "x", "☒", "n", "no", "false", "0"})
_YES_NO_HEADING = re.compile(r"是否|与否|否$|√")


def is_yes_no_heading(heading: str) -> bool:
    """Whether a column asks a yes/no question (是否办结, 办结与否)."""
    return _YES_NO_HEADING.search(plain(heading)) is not None


class ProblemStateKind(ChoiceKind):
    """The state of a problem, read from a status column."""

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
        """Read a status; 是/√ are taken as 办结 with a warning (use :func:`read_problem_status` with the heading)."""
        return read_problem_status(raw)


PROBLEM_STATE = ProblemStateKind(
    "problem_state",
    tuple(Choice(state.id, state.label, _STATE_WORDS[state.id]) for state in STATES.values()),
)


def read_problem_status(raw: object, heading: str | None = None) -> Reading:
    """The state a status cell records, as a state id; None for an empty cell.

    With a ``heading``, 是/√ and 否/× count only in a yes/no column (是否办结). Raises
    :class:`~chain_office.domain.kinds.BadValue` for words that name no state.
    """
    text = short_text(raw)
    key = choice_key(text)
    if key in _SOURCE_WORDS:
        return Reading(_SOURCE_WORDS[key])
    if key in _YES | _NO and not isinstance(raw, float):
        return _yes_no(text, key, heading)
    if key in _EXACT:
        return Reading(_EXACT[key])
    if not key or is_empty_mark(text):
        return Reading(None)
    return _loose(text, key, _EXACT)


def _yes_no(text: str, key: str, heading: str | None) -> Reading:
    if heading is not None and not is_yes_no_heading(heading):
        reason = f"“{text}”在“{heading}”列里说明不了办理状态"
        raise BadValue(reason)
    state = "closed" if key in _YES else "doing"
    warnings = () if heading is not None else (f"“{text}”读作{STATES[state].label}",)
    return Reading(state, warnings)


def _loose(text: str, key: str, exact: dict[str, str]) -> Reading:
    """A status inside longer words: negatives and plans first, then the longest known word."""
    note = cell_text(text)
    for pattern, state in ((_NEGATED, "doing"), (_FUTURE, "doing")):
        if pattern.search(text) and not re.search(r"核实|核验|销号|回访", key):
            return Reading(state, note=note)
    if _PARTLY.search(key) or re.search(r"正在|进行|(?<!集)中$", key):
        return Reading("doing", note=note)
    if _AWAITS.search(key):
        return Reading("reported", note=note)
    inside = [word for word in exact if len(word) >= 2 and word in key and not word.isascii()]
    if not inside:
        reason = f"“{text}”看不出办理状态"
        raise BadValue(reason, choices=tuple(state.label for state in STATES.values()))
    word = max(inside, key=len)
    state = exact[word]
    rest = key.replace(word, "|")
    others = {exact[w] for w in exact if len(w) >= 2 and w in rest and not w.isascii()} - {state}
    if state == "parked" and "closed" in others:
        state, others = "closed", others | {state}
    warned = (f"“{text}”读作{STATES[state].label}",) if others else ()
    return Reading(state, warned, note=note)


# --- 核实, 销号, 满意度 --------------------------------------------------------------------------------------------

SATISFACTION = ChoiceKind(
    "satisfaction",
    (
        Choice("satisfied", "满意", ("非常满意", "很满意", "★★★★★", "十分满意")),
        Choice("fairly", "基本满意", ("较满意", "比较满意", "一般满意", "基本上满意", "一般")),
        Choice("dissatisfied", "不满意", ("不太满意", "很不满意", "不认可", "未满意")),
        Choice("unrated", "未评价", ("—", "/", "无", "未回访", "联系不上", "未评", "-")),
    ),
)
_VERIFIED = re.compile(r"(?<!未)(?<!待)(?<!拟)(?<!申请)(?<!尚未)(核实|核验|销号|回访满意|回访确认)")
_RATED = re.compile(r"(?:企业)?(?:非常|很|十分|基本上?|比?较|一般|不太?|很不)?满意|★+")
_NOT_VERIFIED = re.compile(r"(?:未|待|拟|申请|没有|不予|暂不|等待)(?:经|予以|予)?(?:核实|核验|销号|回访)")


def shows_verification(cells: Iterable[tuple[str, str]]) -> bool:
    """Whether a row of (heading, text) shows that the office verified a closure: 核实, 销号 or a 满意度."""
    return any(_cell_verifies(plain(heading), plain(text)) for heading, text in cells)


def _cell_verifies(heading: str, text: str) -> bool:
    if not text or is_empty_mark(text):
        return False
    if _RATED.fullmatch(text) or (re.search(r"满意", heading) and re.search(r"满意|是|★", text)):
        return True
    if _NOT_VERIFIED.search(text):
        return False
    if re.search(r"核实|核验|销号", heading):
        return choice_key(text) not in _NO and not re.match(r"[未不待否无]", text)
    return _VERIFIED.search(text) is not None or re.search(r"企业(?:表示)?(?:基本)?满意", text) is not None
