"""A visit's note → the promises it seems to hold, each with the side that gave it and the day it names. Only proposes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.days import read_day
from chain_office.domain.deadlines import settle_deadline
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.note_splitting import split_note

if TYPE_CHECKING:
    from chain_office.domain.workdays import WorkCalendar

OURS, THEIRS = "我方", "企业"
_NUMBER: Final = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WHEN: Final = re.compile(
    rf"(?:(?:20\d\d年|今年|明年|本年|当年)?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:\d{{1,2}}[日号]|底|末|中旬|上旬|下旬|初)?(?:以?前|之前|内)?"
    rf"|(?:20\d\d年|今年|明年|本年)?(?:[一二三四]季度|上半年|下半年)(?:底|末)?(?:以?前|之前|内)?"
    rf"|(?:20\d\d年|今年|明年|本年|年)(?:底|末)(?:以?前|之前)?"
    rf"|(?:本|当|下|次)?个?月(?:底|末|内|中旬|下旬|上旬)(?:以?前|之前)?"
    rf"|{_NUMBER}个?(?:工作日|自然日|天|日|周|星期|月)(?:以?内|之内))"
)
_NEAR: Final = {"本周内": 0, "本周": 0, "这周": 0, "下周内": 1, "下周": 1, "下星期": 1, "本星期": 0}
_WEEK: Final = re.compile("|".join(sorted(_NEAR, key=len, reverse=True)))
_PROMISES: Final = re.compile(
    r"承诺|答应|负责|协调|对接|落实|争取|力争|确保|保证|跟进|帮助|帮忙|反馈|答复|回复|上报|汇报|牵头|督促|安排|提交|报送|提供|完成|办理|办结|投产|开工"
)
_SURE: Final = re.compile(r"承诺|答应|确保|保证|负责")
_OURS: Final = re.compile(
    r"我办|我方|我们|推进办|市里|市政府|政府|部门|工信局|发改委|帮助企业|帮企业|协调|上门|专班|答复|由.{1,12}(?:局|委|办|中心)"
)
_THEIRS: Final = re.compile(
    r"^企业|企业(?:承诺|答应|表示|计划|将|力争|确保|于|在)|公司(?:承诺|答应|表示|计划|将|力争|确保)"
)


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise a note seems to hold. ``due`` None: it names no day; ``when``: the words it does name."""

    text: str
    side: str
    due: date | None = None
    when: str = ""


def promise_lines(text: str, day: date | None, calendar: WorkCalendar | None = None) -> tuple[PromiseLine, ...]:
    """The promises in a note, in order. ``day``: the visit's, from which "一周内" counts. A line counts where it names a
    day together with something to be done, or promises in so many words."""
    found = []
    for piece in split_note(text):
        for sentence in re.split(r"(?<=[。；;])", piece):
            said = sentence.strip(" 　。；;，,")
            when = _words(said)
            if len(said) > 3 and ((when and _PROMISES.search(said)) or _SURE.search(said)):
                found.append(PromiseLine(said, _side(said), due_day(when, day, calendar), when))
    return tuple({one.text: one for one in found}.values())


def _words(text: str) -> str:
    for pattern in (_WHEN, _WEEK):
        match = pattern.search(text)
        if match is not None:
            return match.group()
    return ""


def _side(text: str) -> str:
    if _THEIRS.search(text):
        return THEIRS
    return OURS if _OURS.search(text) else THEIRS


def due_day(when: str, day: date | None, calendar: WorkCalendar | None = None) -> date | None:
    """The last day words of time allow, counted from ``day``; None where they name none or cannot be read."""
    if not when:
        return None
    if when in _NEAR:
        return day + timedelta(days=6 - day.weekday() + 7 * _NEAR[when]) if day is not None else None
    try:
        reading = read_day(when, Context(anchor=day, is_deadline=True))
        if reading.value is None and reading.rule:
            reading = settle_deadline(reading, day, calendar)
    except BadValue:
        return None
    return reading.value if isinstance(reading.value, date) else None
