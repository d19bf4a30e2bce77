"""Whole numbers and quantities with a unit (亩, 千瓦时 ...). All exact: int or Decimal."""

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
from chain_office.domain.when import FIRST_YEAR, LAST_YEAR

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
_SQUARE = re.compile(r"(?<=\d)\s*m2(?![a-z\d])", re.IGNORECASE)
_SIGNED = re.compile(rf"([+-]|负)?\s*({NUMBER})", re.IGNORECASE)


def _ask_amount(reason: str) -> BadValue:
    return BadValue(reason, question=True, topic="amount")


def one_number(text: str, original: str) -> tuple[Decimal, str, str, bool]:
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

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:  # noqa: ARG002 - the Kind contract
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
            number, before, after, approximate = one_number(text, cell.text)
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


class YearKind(IntegerKind):
    """A calendar year, shown as it is said."""

    name = "year"
    align_right = False

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """ "2021年度" → 2021."""
        text = re.sub(r"年度?$", "", raw.strip()) if isinstance(raw, str) else raw
        reading = super().parse(text, context)
        if isinstance(reading.value, int) and not FIRST_YEAR <= reading.value <= LAST_YEAR:
            reason = f"“{reading.value}”不是年度，应写成 2021 这样"
            raise BadValue(reason)
        return reading

    def format(self, value: object | None) -> str:
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
            number, before, after, approximate = one_number(_SQUARE.sub("平方米", cell.text), cell.text)
        if abs(number) > 10**15:
            reason = f"“{cell.text}”数字过大"
            raise BadValue(reason)
        if not self.unit:
            return Reading(
                plain_decimal(+number), approximate=approximate, note=" ".join(p for p in (before, after) if p)
            )
        factor = self._factor(after, context.unit, number, cell.text)
        exact = Fraction(number) * factor
        value = round_half_up(Decimal(exact.numerator) / exact.denominator, 4)
        lost = Fraction(value) != exact
        warnings = (f"“{cell.text}”折合{decimal_text(value)}{self.unit}（四舍五入）",) if lost else ()
        return Reading(plain_decimal(value), warnings, approximate=approximate, note=before)

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


def plain_decimal(number: Decimal) -> Decimal:
    """The number without exponent and trailing zeros."""
    return Decimal(decimal_text(number))


INTEGER = IntegerKind()
YEAR = YearKind()
DECIMAL = QuantityKind()
