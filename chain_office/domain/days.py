"""Days and months: read from what people type and what workbooks hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from chain_office.domain.deadlines import read_rule
from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Kind, Reading
from chain_office.domain.numbers import short_text
from chain_office.domain.plain import cell_text, is_empty_mark
from chain_office.domain.when import FIRST_YEAR, LAST_YEAR, When, arabic_dates, find_when

_EXCEL_EPOCH = date(1899, 12, 30)
_STORED_MONTH = re.compile(r"(?:19[5-9]\d|20\d\d)-(?:0[1-9]|1[0-2])")
_EXCEL_RANGE = range((date(FIRST_YEAR, 1, 1) - _EXCEL_EPOCH).days, (date(LAST_YEAR, 12, 31) - _EXCEL_EPOCH).days + 1)
_TIME = re.compile(
    r"(?<=\d)[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?|(?<=[日号])\s*(?:上午|下午|晚上?)?(?:\d{1,2}[:时点]\d{0,2}分?)?"
)
_WEEKDAY = re.compile(r"[(（]?(?:星期|周)[一二三四五六日天][)）]?")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_NOTHING = re.compile(r"待定|未定|另行|视情|暂未|无期限|不定期|未明确|未确定|待明确|待通知")
_RELATIVE = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "次年": 1, "来年": 1}
_FILLERS = re.compile(r"之前|以前|前|为止|止|内|截至|截止|于|在|到|至|[,，。;；:：、()]|左右|日|号|份")
_THIS_MONTH = re.compile(r"^(本|当|这个|下|次)?个?月(底|末|内|中旬|下旬|上旬)")
_JOIN = re.compile(r"(?:-|~|至|到)")


def _ask_date(reason: str) -> BadValue:
    return BadValue(reason, question=True, topic="date")


def _ask_year(text: str) -> BadValue:
    reason = f"“{text}”没有写明年份"
    return BadValue(reason, question=True, topic="year")


def _in_range(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        reason = f"“{text}”的年份{day.year}不合理"
        raise BadValue(reason)
    return day


def _from_number(number: Decimal, text: str) -> date | str:
    """An Excel serial as a day; other numbers as their text (2021.1, 20211008)."""
    serial = int(number)
    if serial in _EXCEL_RANGE and number >= 0:
        return _EXCEL_EPOCH + timedelta(days=serial)
    return text


def _object(raw: object) -> date | str:
    """Days, times and numbers first; what is left is a text to read."""
    if isinstance(raw, datetime):
        return _in_range(raw.date(), cell_text(raw))
    if isinstance(raw, date):
        return _in_range(raw, cell_text(raw))
    if isinstance(raw, (bool, time, timedelta)):
        reason = f"“{cell_text(raw)}”不是日期"
        raise BadValue(reason)
    text = short_text(raw)
    if isinstance(raw, (int, float, Decimal)) or re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_number(Decimal(text), text) if text else text
    return text


def _settle_year(when: When, context: Context, shift: int | None) -> tuple[int, tuple[str, ...]]:
    """The year a date belongs to: its own, the context's, or the next occurrence after the anchor."""
    if when.year is not None:
        return when.year, ()
    anchor, year = context.anchor, context.year
    if shift is not None:
        base = year if year is not None else anchor.year if anchor is not None else None
        if base is None:
            raise _ask_year(when.text)
        return base + shift, ()
    if anchor is None:
        if year is None:
            raise _ask_year(when.text)
        return year, ()
    upcoming = _next_year(when, anchor, anchor.year)
    if year is None:
        return upcoming, ()
    rolled = _next_year(when, anchor, year) if context.is_deadline else year
    if rolled != year:
        return rolled, (f"“{when.text}”没有年份，按交办日（{anchor.isoformat()}）之后读作{rolled}年",)
    if context.is_deadline and rolled != upcoming:
        return rolled, (f"“{when.text}”没有年份，按表中的{rolled}年读",)
    return rolled, ()


def _next_year(when: When, anchor: date, start: int) -> int:
    for year in range(start, start + 9):
        try:
            last = when.span(year)[1]
        except BadValue:
            if when.month == 2 and when.day == 29:
                continue
            raise
        if last >= anchor:
            return year
    return start


def _range_end(text: str, first: When) -> When | None:
    """The second date of "10月8日-10日" or "2021.3至2022.12", or None."""
    match = _JOIN.match(text, first.end)
    if match is None:
        return None
    rest = text[match.end() :]
    day_only = re.match(r"(\d{1,2})[日号]", rest)
    if day_only and first.month is not None:
        end = match.end() + day_only.end()
        return replace(first, text=text[first.start : end], day=int(day_only.group(1)), part="", end=end)
    second = find_when(rest)
    if second is None or second.start > 0:
        return None
    year = second.year if second.year is not None else first.year
    return replace(second, year=year, end=second.end + match.end(), text=text[first.start : second.end + match.end()])


def _note(text: str, first: When, last: When, notes: list[str]) -> str:
    """The words beside a date. A second date among them is a question."""
    before, after = text[: first.start], text[last.end :]
    if find_when(after) is not None or find_when(before) is not None:
        reason = f"“{text}”里有不止一个日期"
        raise _ask_date(reason)
    if re.search(r"\d", before + after):
        reason = f"“{text}”读不出是哪一天"
        raise _ask_date(reason)
    words = [_FILLERS.sub("", part) for part in (before, after)]
    return "；".join(w for w in (*words, *notes) if w)


def _relative(text: str) -> tuple[str, int | None]:
    for word, shift in _RELATIVE.items():
        if text.startswith(word):
            rest = text[len(word) :].lstrip("的度")
            return ("年" + rest if rest[:1] in {"底", "末", "内", "终"} else rest or "全年"), shift
    return text, None


def _month_of_anchor(text: str, context: Context) -> str:
    """ "月底前" is the month of the hand-over date; "下月底" the one after it."""
    match = _THIS_MONTH.match(text)
    if match is None:
        return text
    if context.anchor is None:
        reason = f"“{text}”不知是哪个月"
        raise _ask_date(reason)
    months = context.anchor.year * 12 + context.anchor.month - 1 + (1 if match.group(1) in {"下", "次"} else 0)
    return f"{months // 12}年{months % 12 + 1}月{match.group(2)}{text[match.end() :]}"


def _loose_before(text: str, when: When, context: Context) -> tuple[str, ...]:
    """ "9月前" may mean before September begins; it is read as by its end, and said."""
    if not context.is_deadline or when.part not in {"m", "q", "h", "y"} or not text[when.end :].startswith("前"):
        return ()
    if when.part == "y":
        reason = f"“{text}”不知是{when.year}年初还是年底之前"
        raise _ask_date(reason)
    return (f"“{text}”按该时段最后一天计",)


def _read_text(text: str, context: Context, *, numeric: bool) -> tuple[Reading, When]:
    original = text
    text = _WEEKDAY.sub("", _TIME.sub("", text))
    notes = [inner.strip() for inner in _BRACKETS.findall(text)]
    text, shift = _relative(_month_of_anchor(arabic_dates(_BRACKETS.sub("", text)), context))
    first = find_when(text)
    if first is None:
        reason = f"“{original}”不是日期"
        raise BadValue(reason)
    last = _range_end(text, first) or first
    warnings = [*first.warnings, *_loose_before(text, last, context)]
    note = _note(text, first, last, notes)
    chosen = last if context.is_deadline else first
    year, year_warnings = _settle_year(chosen, context, shift)
    value = chosen.span(year)[1]
    warnings.extend(year_warnings)
    precision = "xun" if chosen.part == "e" and not context.is_deadline else chosen.precision
    if not context.is_deadline and last is not first:
        warnings.append(f"“{original}”是一段时间，按{value.isoformat()}记")
    elif not context.is_deadline and precision != "day":
        warnings.append(f"“{original}”没有写到日，按{value.isoformat()}记")
    if numeric and re.fullmatch(r"\d{1,2}\.[123]", text):
        warnings.append(f"“{text}”也可能是{text}0（末尾的0被省略），请核对")
    return Reading(value, tuple(warnings), note=note, precision=precision), chosen


def read_day(raw: object, context: Context = NO_CONTEXT) -> Reading:
    """Read a day. What is not told to the day is the last day meant: a deadline by then, an event surely by then.

    A deadline may instead give a rule ("immediate", "long_term", "workdays:15", "days:7").
    """
    found = _object(raw)
    if isinstance(found, date):
        return Reading(found)
    if is_empty_mark(found) or _NOTHING.search(found):
        return Reading(None)
    if context.is_deadline:
        ruled = read_rule(arabic_dates(found), context.anchor)
        if ruled is not None:
            return ruled
    return _read_text(found, context, numeric=isinstance(raw, (int, float, Decimal)))[0]


class DayKind(Kind):
    """A calendar day."""

    name = "day"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """See :func:`read_day`."""
        return read_day(raw, context)

    def format(self, value: object | None) -> str:
        """ISO: the same text is shown, edited and stored."""
        return value.isoformat() if isinstance(value, date) else ""

    def clean(self, value: object | None) -> object | None:
        """A stored day is a date, never a datetime."""
        if value is None:
            return None
        cleaned = self.parse(value).value
        return cleaned if isinstance(cleaned, date) else None


class MonthKind(Kind):
    """A month, stored as "YYYY-MM"."""

    name = "month"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """Read a month; a day gives its month."""
        if isinstance(raw, str) and _STORED_MONTH.fullmatch(raw):
            return Reading(raw, precision="month")  # as it is stored, which every save reads again
        found = _object(raw)
        if isinstance(found, date):
            return Reading(f"{found:%Y-%m}", precision="month")
        if is_empty_mark(found) or _NOTHING.search(found):
            return Reading(None, precision="month")
        reading, when = _read_text(found, replace(context, is_deadline=False), numeric=isinstance(raw, (int, float)))
        if when.month is None:
            reason = f"“{found}”没有写明月份"
            raise _ask_date(reason)
        kept = tuple(w for w in reading.warnings if "没有写到日" not in w)
        return Reading(f"{reading.value:%Y-%m}", kept, note=reading.note, precision="month")

    def format(self, value: object | None) -> str:
        """ "2021-09"."""
        return value if isinstance(value, str) else ""


DAY = DayKind()
MONTH = MonthKind()
