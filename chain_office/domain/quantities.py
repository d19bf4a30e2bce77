"""Whole numbers, quantities with a unit (亩, 千瓦时 ...) and percentages. All exact: int or Decimal."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Kind, Reading
from chain_office.domain.numbers import (
    NUMBER,
    chinese_number,
    find_range,
    parse_number,
    raw_number,
    round_half_up,
    strip_approximation,
)
from chain_office.domain.plain import decimal_text, is_empty_mark, plain

# What one of a unit is in the stored unit. Fractions: 平方米 → 亩 is 3/2000 exactly.
_FACTORS: dict[str, dict[str, Fraction]] = {
    "亩": {
        "亩": Fraction(1),
        "公顷": Fraction(15),
        "平方米": Fraction(3, 2000),
        "万平方米": Fraction(15),
        "平方公里": Fraction(1500),
        "万亩": Fraction(10000),
    },
    "千瓦时": {
        "千瓦时": Fraction(1),
        "度": Fraction(1),
        "万千瓦时": Fraction(10000),
        "万度": Fraction(10000),
        "亿千瓦时": Fraction(10**8),
        "亿度": Fraction(10**8),
    },
    "吨": {"吨": Fraction(1), "万吨": Fraction(10000), "千克": Fraction(1, 1000), "公斤": Fraction(1, 1000)},
    "人": {"人": Fraction(1), "万人": Fraction(10000), "名": Fraction(1)},
    "平方米": {
        "平方米": Fraction(1),
        "万平方米": Fraction(10000),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10000),
    },
    "个月": {"个月": Fraction(1), "月": Fraction(1), "年": Fraction(12)},
}
_SYNONYMS = {
    "㎡": "平方米",
    "m2": "平方米",
    "平米": "平方米",
    "平方": "平方米",
    "kwh": "千瓦时",
    "ha": "公顷",
    "t": "吨",
}
_SIGNED = re.compile(rf"([+-]|负)?\s*({NUMBER})", re.IGNORECASE)
_FRACTION_UNITS = frozenset({"小数", "比例", "fraction"})
PERCENT_CHOICES = ("%", "小数")


def _ask_amount(reason: str) -> BadValue:
    return BadValue(reason, question=True, topic="amount")


def _one_number(text: str, original: str) -> tuple[Decimal, str, str, bool]:
    """The one number in a text, what stands before and after it, and whether it is approximate."""
    if find_range(text):
        reason = f"“{original}”是一个范围，请给出一个数"
        raise _ask_amount(reason)
    stripped, approximate = strip_approximation(text)
    found = list(_SIGNED.finditer(stripped))
    if not found:
        reason = f"“{original}”不是数字"
        raise BadValue(reason)
    if len(found) > 1:
        reason = f"“{original}”里有{len(found)}个数，不知以哪个为准"
        raise _ask_amount(reason)
    match = found[0]
    number = parse_number(match.group(2))
    if match.group(1) in {"-", "负"}:
        number = -number
    return number, stripped[: match.start()].strip(), stripped[match.end() :].strip(), approximate


class IntegerKind(Kind):
    """A count. Counters (家, 人, 个 ...) beside it are dropped; a fraction is refused."""

    name = "integer"
    align_right = True

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """Read a whole number; 1.2万人 is 12000."""
        cell = raw_number(raw)
        approximate, note = False, ""
        if cell.number is not None:
            number = cell.number
        elif is_empty_mark(cell.text):
            return Reading(None)
        else:
            whole = chinese_number(cell.text)
            text = str(whole) if whole is not None else cell.text
            number, before, after, approximate = _one_number(text, cell.text)
            scale = {"万": 10**4, "千": 10**3, "亿": 10**8}.get(after[:1], 1)
            number, note = number * scale, before
        if number != number.to_integral_value():
            reason = f"“{cell.text}”不是整数"
            raise BadValue(reason)
        if abs(number) > 10**15:
            reason = f"“{cell.text}”数字过大"
            raise BadValue(reason)
        return Reading(int(number), approximate=approximate, note=note)

    def format(self, value: object | None) -> str:
        """With thousands separators."""
        return f"{value:,}" if isinstance(value, int) else ""

    def edit(self, value: object | None) -> str:
        """Plain digits."""
        return str(value) if isinstance(value, int) else ""


class QuantityKind(Kind):
    """An exact decimal number of ``unit``s. Without a unit of its own ("") bare numbers are taken as they are."""

    align_right = True

    def __init__(self, unit: str = "") -> None:
        self.unit = unit
        self.name = f"quantity:{unit}" if unit else "decimal"

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """Read a quantity; units are converted, a missing unit is a question."""
        cell = raw_number(raw)
        before = after = ""
        approximate = False
        if cell.number is not None:
            number = cell.number
        elif is_empty_mark(cell.text):
            return Reading(None)
        else:
            number, before, after, approximate = _one_number(cell.text, cell.text)
        if abs(number) > 10**15:
            reason = f"“{cell.text}”数字过大"
            raise BadValue(reason)
        if not self.unit:
            return Reading(_normal(number), approximate=approximate, note=" ".join(p for p in (before, after) if p))
        factor = self._factor(after, context.unit, number, cell.text)
        exact = Fraction(number) * factor
        value = round_half_up(Decimal(exact.numerator) / exact.denominator, 4)
        lost = Fraction(value) != exact
        warnings = (f"“{cell.text}”折合{decimal_text(value)}{self.unit}（四舍五入）",) if lost else ()
        return Reading(_normal(value), warnings, approximate=approximate, note=before)

    def _factor(self, after: str, outer: str | None, number: Decimal, text: str) -> Fraction:
        factors = _FACTORS.get(self.unit, {self.unit: Fraction(1)})
        for stated in (after, outer or ""):
            unit = find_unit(stated, factors)
            if unit:
                return factors[unit]
        if after and not re.match(r"[(,，。;；\s]", after):
            reason = f"“{text}”的单位不是{self.unit}"
            raise BadValue(reason)
        if number == 0:
            return Fraction(1)
        reason = f"“{text}”没有写明单位"
        raise BadValue(reason, question=True, choices=tuple(factors), topic="unit")

    def format(self, value: object | None) -> str:
        """The number with separators; the unit belongs to the heading."""
        if not isinstance(value, Decimal):
            return ""
        whole, _, fraction = decimal_text(value).partition(".")
        sign = "-" if whole.startswith("-") else ""
        return f"{sign}{int(whole.lstrip('-')):,}{'.' + fraction if fraction else ''}"

    def edit(self, value: object | None) -> str:
        """Number and unit, exact."""
        return decimal_text(value) + self.unit if isinstance(value, Decimal) else ""

    def clean(self, value: object | None) -> object | None:
        """A stored quantity is a Decimal already in this kind's unit."""
        if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
            return self.parse(Decimal(value), Context(unit=self.unit)).value
        return None if value is None else self.parse(value).value


def find_unit(text: str, units: dict[str, Fraction]) -> str:
    """The longest of ``units`` that a heading, caption or the words after a number start with or contain."""
    folded = plain(text).replace(" ", "").casefold()
    for other, unit in _SYNONYMS.items():
        folded = re.sub(rf"(?<![a-z]){re.escape(other)}(?![a-z])", unit, folded)
    found = [unit for unit in units if unit in folded]
    return max(found, key=len) if found else ""


def _normal(number: Decimal) -> Decimal:
    return Decimal(decimal_text(number))


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
        number, before, after, approximate = _one_number(text, cell.text)
        if number > 0 and re.search(r"下降|降低|减少|回落|下滑|负增长|减$|降$|少$", before):
            number = -number
        note = re.sub(r"同比|环比|累计|增长|上升|提高|增加|下降|降低|减少|回落|下滑|负|增|减|降", "", before).strip()
        if after.startswith("倍"):
            return Reading(_normal(number * 100), approximate=approximate, note=note)
        if after.startswith("‰"):
            return Reading(_normal(number / 10), approximate=approximate, note=note)
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
    return _normal(number)


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


INTEGER = IntegerKind()
DECIMAL = QuantityKind()
PERCENT = PercentKind()
