"""What a unit typed into a 反馈表, read: which status it means, whether it signed, which day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chain_office.domain.days import read_day
from chain_office.domain.feedback import DOING, DONE, EXTEND, PARK, PARTIAL, RETURN, STATUSES
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.names import name_key
from chain_office.domain.plain import is_empty_mark, plain
from chain_office.domain.statuses import read_problem_status

_TICKED = re.compile(r"[☑☒■✓✔√▣◉●]\s*([^\s☑☒■✓✔√▣◉●□☐○◯,，;；]+)")
_BOXED = re.compile(r"[□☐○◯☑☒■▣]")
_TICKED_AFTER = re.compile(r"([^\s□☐√✓✔,，;；]+)\s*[（(]?[√✓✔][)）]?")
_KNOWN = {name_key(word): word for word in STATUSES}
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"延期|延至|延长|展期|宽限"), EXTEND),
    (re.compile(r"退回|退单|异议|非(?:我|本)(?:局|单位|委|办)|不属于|改派"), RETURN),
    (re.compile(r"长期|持续推进|中长期"), PARK),
    (re.compile(r"部分|阶段性|基本(?:办结|完成|解决)"), PARTIAL),
)
_STATES = {
    "closed": DONE, "reported": DONE, "solved_on_site": DONE, "partial": PARTIAL, "parked": PARK, "returned": RETURN,
    "doing": DOING, "acknowledged": DOING, "assigned": DOING,
}  # fmt: skip
_SIGNED = re.compile(r"^(?:是|已|√|✓|✔|☑|y|yes|已?签收|已?收到|收悉|1)", re.IGNORECASE)
_NOT_SIGNED = re.compile(r"^(?:否|未|没有?|×|✗|n|no|0)", re.IGNORECASE)
_DAY_ALONE = re.compile(r"^(?:于|到|至)?(\d{1,2})[日号](?:之?前|为止)?$")
_YEAR = re.compile(r"(?:19|20)\d\d|\d{2}年")
_DAYS_AHEAD = 62
"""Within two months every day of the month comes round, the 31st too."""


def read_status(raw: object) -> str:
    """Which of the form's choices a unit means ("☑已办结 □办理中", "已解决", "正在办", "否"); "" where it left it open.
    Raises :class:`BadValue`."""
    text = plain(raw)
    if not text or is_empty_mark(text):
        return ""
    if _BOXED.search(text):
        text = _ticked(text)
        if not text:
            return ""
    found = _KNOWN.get(name_key(text))
    if found:
        return found
    for pattern, status in _SIGNS:
        if pattern.search(text):
            return status
    try:
        state = read_problem_status(text).value
    except BadValue as error:
        reason = f"办理状态“{text[:20]}”看不出是哪一种"
        raise BadValue(reason, question=True, choices=STATUSES) from error
    if state is None:
        return ""
    if not isinstance(state, str) or state not in _STATES:
        reason = f"办理状态“{text[:20]}”不是单位可以填的"
        raise BadValue(reason, question=True, choices=STATUSES)
    return _STATES[state]


def _ticked(text: str) -> str:
    """What is ticked among boxes; "" for none. Two ticks are asked."""
    words = _TICKED.findall(text)
    if not words and _BOXED.search(text):
        words = [] if not re.search(r"[√✓✔]", text) else _TICKED_AFTER.findall(text)
    if len(words) > 1:
        reason = f"办理状态勾了不止一个：{'、'.join(words)}"
        raise BadValue(reason, question=True, choices=STATUSES)
    return str(words[0]) if words else ""


def read_signed(raw: object) -> bool | None:
    """Whether the unit says it signed for the paper; None where it says nothing."""
    text = plain(raw)
    if _BOXED.search(text):
        try:
            text = _ticked(text)
        except BadValue:
            return None
    if not text or is_empty_mark(text) or _NOT_SIGNED.match(text):
        return False if text and _NOT_SIGNED.match(text) else None
    return True if _SIGNED.match(text) else None


def read_form_day(
    raw: object, since: date | None, *, deadline: bool = False, until: date | None = None
) -> tuple[date | None, tuple[str, ...]]:
    """A day as people type it, with what should be looked at. What a date leaves out (the year, the month of "5号") is the
    first such day since the form left, or the last one before it was filled in (``until``). Raises :class:`BadValue`."""
    text = plain(raw) if isinstance(raw, str) else ""
    alone = _DAY_ALONE.match(text)
    if alone is not None:
        if since is None:
            reason = f"“{text}”没有写明年月"
            raise BadValue(reason, question=True, topic="date")
        found = _first_day(int(alone.group(1)), since)
        if found is None:
            reason = f"没有“{text}”这一天"
            raise BadValue(reason)
        return found, (f"“{text}”读作 {found.isoformat()}",)
    reading = read_day(raw, Context(anchor=since, is_deadline=deadline))
    if reading.value is not None and not isinstance(reading.value, date):
        reason = f"“{text or raw}”读不出是哪一天"
        raise BadValue(reason, question=True, topic="date")
    if reading.value is None and reading.rule:
        reason = f"“{text}”不是一个日期"
        raise BadValue(reason, question=True, topic="date")
    found, said = reading.value, list(reading.warnings)
    if text and found is not None and not said and not _YEAR.search(text):
        found = _last_before(found, until)
        said.append(f"“{text}”读作 {found.isoformat()}")
    return found, tuple(said)


def _last_before(day: date, until: date | None) -> date:
    """The same day of the last year in which it is not after ``until``, but never of an earlier year than its own."""
    if until is None or (day.month, day.day) == (2, 29):
        return day
    year = until.year if day.replace(year=until.year) <= until else until.year - 1
    return day.replace(year=max(year, day.year))


def _first_day(number: int, since: date) -> date | None:
    days = (since + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD))
    return next((day for day in days if day.day == number), None)
