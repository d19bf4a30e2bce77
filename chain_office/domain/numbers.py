"""Numbers inside texts: decimal and Chinese numerals, approximations, ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from chain_office.domain.kinds import BadValue
from chain_office.domain.plain import cell_text, float_to_decimal, is_too_long, plain

NUMBER = r"\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+"
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_RANGE = re.compile(rf"(?:{NUMBER})\s*([亿万千百元%]*)\s*(?:-|~|至|到)\s*(?:{NUMBER})", re.IGNORECASE)
_APPROXIMATE = re.compile(
    r"约为?|大约|大概|近(?!年|期|日|三|五)|左右|上下|余|多(?=[亿万千百元个家人%]|$)|超过|超|逾|不低于|不少于|不超过|不高于|以上|以内|以下|接近|预计|估计"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGITS["两"] = 2
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
CHINESE_NUMERAL = r"[零〇一二两三四五六七八九十]+"


def round_half_up(number: Decimal, places: int = 0) -> Decimal:
    """Round as people do by hand: half away from zero."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def chinese_number(text: str) -> int | None:
    """A small number in Chinese numerals ("十五" → 15, "二〇二一" → 2021, "三千" → 3000); None if it is not one."""
    if not text or any(c not in _DIGITS and c not in _PLACES for c in text):
        return None
    if not any(c in _PLACES for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _PLACES:
            total += (digit or 1) * _PLACES[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit


def small_number(text: str) -> int | None:
    """An integer in Arabic or Chinese numerals, or None."""
    if text.isascii() and text.isdigit():
        return int(text)
    return chinese_number(text)


def _sane(number: Decimal) -> Decimal:
    """A finite number of a size that can mean something; anything else is refused before it is calculated with."""
    if not number.is_finite() or (number and not -20 <= number.adjusted() <= 20):
        reason = "不是合理的数字（过大、过小或无效）"
        raise BadValue(reason)
    return number


def parse_number(text: str) -> Decimal:
    """One decimal number, thousands separators allowed. Raises :class:`BadValue`."""
    compact = text.replace(" ", "")
    digits = compact.lstrip("+-")
    if "," in digits and not _GROUPED.match(digits):
        reason = f"“{text}”中的逗号位置不像千分位"
        raise BadValue(reason, question=True, topic="amount")
    try:
        number = Decimal(compact.replace(",", ""))
    except InvalidOperation:
        reason = f"“{text}”不是数字"
        raise BadValue(reason) from None
    return _sane(number)


def short_text(raw: object) -> str:
    """A cell's text for reading as one value. Raises :class:`BadValue` for a text too long to be one."""
    if isinstance(raw, str) and is_too_long(raw.strip()):
        reason = f"“{raw.strip()[:20]}…”太长，不是一个值"
        raise BadValue(reason)
    return plain(raw)


@dataclass(frozen=True, slots=True)
class RawNumber:
    """A cell that is read as a number: its text for reading, or the number itself when the cell was numeric."""

    text: str
    number: Decimal | None = None


def raw_number(raw: object) -> RawNumber:
    """Prepare any cell content for reading as a number. Raises :class:`BadValue` for days, times and truth values."""
    if isinstance(raw, bool):
        reason = "是/否不是数字"
        raise BadValue(reason)
    if isinstance(raw, (int, Decimal)):
        number = Decimal(raw)
    elif isinstance(raw, float):
        number = float_to_decimal(raw)
    elif raw is None or isinstance(raw, str):
        return RawNumber(short_text(raw))
    else:
        reason = f"“{cell_text(raw)}”是日期或时间，不是数字"
        raise BadValue(reason)
    return RawNumber(cell_text(_sane(number)), number)


def find_range(text: str) -> str:
    """The range written in a text ("80-100亿元" → "80-100"), or ""."""
    match = _RANGE.search(text)
    return match.group(0) if match else ""


def strip_approximation(text: str) -> tuple[str, bool]:
    """Take 约, 余, 近, 左右, 超 ... out of a text; tells whether there was one."""
    stripped = _APPROXIMATE.sub("", text)
    return stripped, stripped != text
