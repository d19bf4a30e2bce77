"""Percentages, exact, in percent points."""

from __future__ import annotations

import re
from decimal import Decimal

from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Kind, Reading
from chain_office.domain.numbers import chinese_number, raw_number, round_half_up
from chain_office.domain.plain import decimal_text, is_empty_mark, plain
from chain_office.domain.quantities import one_number, plain_decimal

_FRACTION_UNITS = frozenset({"小数", "比例", "fraction"})
PERCENT_CHOICES = ("%", "小数")


class PercentKind(Kind):
    """Percent points: 4.35 means 4.35 %."""

    name = "percent"
    align_right = True

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """Read a percentage.

        ``context.unit`` "%" means percent points; a cell format such as "0.0%" or "小数" means a fraction
        (0.345 is 34.5 %); without either a bare number is a question.
        """
        cell = raw_number(raw)
        unit = (context.unit or "").strip()
        fraction = unit in _FRACTION_UNITS or re.fullmatch(r"[#0,.]*0[#0,.]*%", unit) is not None
        if cell.number is not None:
            return self._bare(cell.number, cell.text, unit, fraction=fraction)
        if is_empty_mark(cell.text) or re.search(r"不可比|基数为0|新增企业|扭亏|由负转正", cell.text):
            return Reading(None, note="" if is_empty_mark(cell.text) else cell.text)
        word = _percent_word(cell.text)
        if word is not None:
            return word
        text = re.sub(r"↓", "-", cell.text).replace("↑", "+")
        number, before, after, approximate = one_number(text, cell.text)
        if number > 0 and re.search(r"下降|降低|减少|回落|下滑|负增长|减$|降$|少$", before):
            number = -number
        note = re.sub(r"同比|环比|累计|增长|上升|提高|增加|下降|降低|减少|回落|下滑|负|增|减|降", "", before).strip()
        if after.startswith("倍"):
            return Reading(plain_decimal(number * 100), approximate=approximate, note=note)
        if after.startswith("‰"):
            return Reading(plain_decimal(number / 10), approximate=approximate, note=note)
        if after.startswith(("%", "个百分点", "个点", "个百分")):
            return Reading(_bounded(number, cell.text), approximate=approximate, note=note)
        if after and not re.match(r"[(,，。;；\s]", after):
            reason = f"“{cell.text}”不是百分数"
            raise BadValue(reason)
        found = self._bare(number, cell.text, unit, fraction=fraction)
        return Reading(found.value, found.warnings, approximate=approximate, note=note)

    def _bare(self, number: Decimal, text: str, unit: str, *, fraction: bool) -> Reading:
        if fraction:
            return Reading(_bounded(number * 100, text))
        if number == 0:
            return Reading(Decimal(0))
        if "%" not in plain(unit):
            reason = f"“{text}”没有写明是百分数还是小数"
            raise BadValue(reason, question=True, choices=PERCENT_CHOICES, topic="unit")
        doubtful = abs(number) < 1 and -int(number.as_tuple().exponent) > 2
        warnings = (f"“{text}”按{decimal_text(number)}%读，若是百分比格式的小数请核对",) if doubtful else ()
        return Reading(_bounded(number, text), warnings)

    def format(self, value: object | None) -> str:
        """One decimal, half up; less than 100 % never shows as 100.0 %."""
        return show_percent(value) if isinstance(value, Decimal) else ""

    def edit(self, value: object | None) -> str:
        """Every digit: "34.5%"."""
        return f"{decimal_text(value)}%" if isinstance(value, Decimal) else ""

    def clean(self, value: object | None) -> object | None:
        """A stored percentage is a Decimal of percent points."""
        if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
            return _bounded(Decimal(value), str(value))
        return None if value is None else self.parse(value).value


def _bounded(number: Decimal, text: str) -> Decimal:
    if abs(number) > 10**9:
        reason = f"“{text}”百分数过大"
        raise BadValue(reason)
    return plain_decimal(number)


def _percent_word(text: str) -> Reading | None:
    """持平, 翻番, 翻两番."""
    if re.search(r"持平|无变化|零增长", text) and not re.search(r"\d", text):
        return Reading(Decimal(0), approximate="基本" in text)
    match = re.search(r"翻([一二两三四\d]?)番", text)
    if match is None:
        return None
    times = chinese_number(match.group(1)) if match.group(1) and not match.group(1).isdigit() else None
    doublings = times if times is not None else int(match.group(1) or 1)
    return Reading(Decimal(100 * (2**doublings - 1)), approximate=True)


def show_percent(value: Decimal, places: int = 1) -> str:
    """A percentage for reading, half up; a rate below 100 never prints as 100."""
    shown = round_half_up(value, places)
    if value < 100 <= shown:
        shown = Decimal(100) - Decimal(1).scaleb(-places)
    return f"{shown:,.{places}f}%"


PERCENT = PercentKind()
