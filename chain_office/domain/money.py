"""Money: whole 元, read from the ways offices write amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from chain_office.domain.kinds import NO_CONTEXT, BadValue, Context, Kind, Reading
from chain_office.domain.numbers import (
    NUMBER,
    chinese_number,
    parse_number,
    raw_number,
    round_half_up,
    strip_approximation,
)
from chain_office.domain.plain import LONGEST_VALUE, decimal_text, is_empty_mark, plain

YI = 100_000_000
WAN = 10_000
LIMIT = 10**15
UNIT_CHOICES = ("元", "千元", "万元", "亿元")

_SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": WAN,
    "十万": 10 * WAN,
    "百万": 100 * WAN,
    "千万": 1000 * WAN,
    "亿": YI,
    "十亿": 10 * YI,
    "百亿": 100 * YI,
    "万亿": WAN * YI,
}
_SCALE = "万亿|百亿|十亿|亿|千万|百万|十万|万|千|百"
_UNIT = re.compile(
    rf"({_SCALE})元(?!素|件|月|旦|/)|(?:^|[(\[:、,/])(?:(万|亿|百万|千万)|(元))(?=$|[)\],、;(])",
)
_AMOUNT = re.compile(
    rf"((?<!\w)[+-]|负)?\s*({NUMBER})\s*(?:(?:({_SCALE})\s*(元|块)?)|(元|块))?(?:整|钱|人民币)*", re.IGNORECASE
)
_CHINESE = re.compile(
    r"(?<![\d.,十百千])([零〇一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾][零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]*)"
    rf"(?=\s*(?:个?(?:{_SCALE})|元))"
)
_RANGE = re.compile(
    rf"({NUMBER})\s*((?:{_SCALE})?元?)\s*(?:-|~|至|到)\s*({NUMBER})\s*((?:{_SCALE})?元?)", re.IGNORECASE
)
_NOT_AMOUNTS = re.compile(
    r"(?:\d{2,4}年)?\d{1,2}(?:[-~至]\d{1,2})?月(?:\d{1,2}日)?|\d{4}(?:[-~至]\d{4})?年度?|第?\d+期|第\d+[批次个]"
)
_OTHER_UNIT = re.compile(
    rf"\d\s*(?:{_SCALE})?\s*(吨|亩|平方|㎡|m2|千瓦|公里|米|人|家|户|台|套|项|个(?!亿|万|千|百)|年|月|日|天|%|兆|度|辆|栋|条)"
)
_FOREIGN = re.compile(r"美元|美金|欧元|港元|港币|日元|英镑|usd|eur|hkd|\$|€|£", re.IGNORECASE)
_RATE = re.compile(r"元\s*/|/\s*(?:年|月|吨|亩|平|户|人)")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_VAGUE = re.compile(r"[数几上][十百千万亿]")


def money_unit(text: str | None) -> str:
    """The money unit a heading or caption states ("总投资(亿元)" → "亿元", "单位:个、亿元" → "亿元"), or "".

    万, 亿 and 元 count only where they stand alone: 万达, 单元 and 元/吨 state no unit.
    """
    if not text or _FOREIGN.search(text):
        return ""
    match = _UNIT.search(plain(text[:LONGEST_VALUE]).replace(" ", ""))
    return f"{match.group(1) or match.group(2) or ''}元" if match else ""


def unit_factor(unit: str) -> int:
    """How many 元 one of a unit is ("万元" → 10000). KeyError for something that is no money unit."""
    return _SCALES[unit.removesuffix("元")]


@dataclass(frozen=True, slots=True)
class _Found:
    """One amount in a text: number, unit ("" if none was written), where it stands."""

    number: Decimal
    unit: str
    start: int
    end: int


def _find_amounts(text: str) -> list[_Found]:
    found: list[_Found] = []
    for match in _AMOUNT.finditer(text):
        number = parse_number(match.group(2))
        if match.group(1) in {"-", "负"}:
            number = -number
        unit = f"{match.group(3) or ''}元" if match.group(3) or match.group(5) else ""
        found.append(_Found(number, unit, match.start(), match.end()))
    return found


def _join_compound(text: str, found: list[_Found]) -> list[_Found]:
    """ "1亿2000万元" is one amount: neighbours with nothing between and falling units."""
    joined: list[_Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.unit
            and one.unit
            and not text[last.end : one.start].strip()
            and not text[last.start : last.end].strip().endswith("元")
            and one.number >= 0
            and one.number * unit_factor(one.unit) < unit_factor(last.unit)
        ):
            sign = -1 if last.number < 0 else 1
            total = last.number * unit_factor(last.unit) + sign * one.number * unit_factor(one.unit)
            joined[-1] = _Found(total, "元", last.start, one.end)
        else:
            joined.append(one)
    return joined


def _numerals(match: re.Match[str]) -> str:
    number = chinese_number(match.group(1))
    return match.group(0) if number is None else str(number)


def _ask_amount(reason: str, choices: tuple[str, ...] = ()) -> BadValue:
    return BadValue(reason, question=True, choices=choices, topic="amount")


def _ask_unit(text: str) -> BadValue:
    reason = f"“{text}”没有写明单位（元、千元、万元还是亿元）"
    return BadValue(reason, question=True, choices=UNIT_CHOICES, topic="unit")


def to_yuan(number: Decimal, unit: str) -> tuple[int, tuple[str, ...]]:
    """A number in a unit as whole 元, rounded half up, with a warning where rounding lost something."""
    exact = number * unit_factor(unit)
    yuan = round_half_up(exact)
    if abs(yuan) > LIMIT:
        reason = f"金额过大（{decimal_text(number)}{unit}）"
        raise BadValue(reason)
    warnings = () if yuan == exact else (f"{decimal_text(number)}{unit}有不足1元的零头，已四舍五入到元",)
    return int(yuan), warnings


def _without_brackets(text: str) -> tuple[str, list[str], str]:
    """Move bracketed words out ("5亿元(分两期)"); a bracketed unit ("5(亿元)") is returned as the unit."""
    notes: list[str] = []
    unit = ""

    def take(match: re.Match[str]) -> str:
        nonlocal unit
        inner = match.group(1).strip()
        if money_unit(inner) and not any(c.isdigit() for c in inner):
            unit = unit or money_unit(inner)
        elif inner:
            notes.append(inner)
        return " "

    return _BRACKETS.sub(take, text).strip(), notes, unit


def _trim(text: str) -> str:
    return text.strip(" ,.，。;；:、")


def _take_dates(text: str, notes: list[str]) -> str:
    """Move 2021年, 1-9月, 一期 out of the way: their digits are no amounts."""

    def take(match: re.Match[str]) -> str:
        notes.append(match.group(0))
        return " "

    return _NOT_AMOUNTS.sub(take, text)


def _pick(text: str, original: str, notes: list[str]) -> tuple[_Found, str, bool]:
    """The one amount a text states, the words beside it, and whether it is approximate."""
    text = _CHINESE.sub(_numerals, _take_dates(text, notes))
    text = re.sub(r"(?<=\d)\s*个(?=[百千万亿])", "", text)
    text = re.sub(r"(?<=\d)w(?![a-z])", "万", text, flags=re.IGNORECASE)
    head, _, tail = text.partition("其中")
    if tail and any(c.isdigit() for c in head):
        text = head
        notes.append(_trim(f"其中{tail}"))
    spread = _RANGE.search(text)
    if spread:
        low, low_unit, high, high_unit = spread.groups()
        reason = f"“{original}”是一个范围，请给出一个数"
        raise _ask_amount(reason, (low + (low_unit or high_unit), high + (high_unit or low_unit)))
    if _OTHER_UNIT.search(text):
        reason = f"“{original}”写的不是金额"
        raise BadValue(reason)
    stripped, approximate = strip_approximation(text)
    found = _join_compound(stripped, _find_amounts(stripped))
    if not found:
        reason = f"“{original}”不是金额"
        raise BadValue(reason)
    if len(found) > 1:
        reason = f"“{original}”里有{len(found)}个数，不知以哪个为准"
        raise _ask_amount(reason, tuple(decimal_text(a.number) + a.unit for a in found))
    one = found[0]
    beside = " ".join(p for p in (_trim(stripped[: one.start]), _trim(stripped[one.end :])) if p)
    return one, beside, approximate


def read_money(raw: object, context: Context = NO_CONTEXT) -> Reading:
    """Read an amount as whole 元. Raises :class:`BadValue`; a missing unit, a range, two numbers are questions."""
    cell = raw_number(raw)
    outer = money_unit(context.unit)
    if cell.number is not None:
        if not outer and cell.number != 0:
            raise _ask_unit(cell.text)
        yuan, warnings = to_yuan(cell.number, outer or "元")
        return Reading(yuan, warnings)
    if is_empty_mark(cell.text):
        return Reading(None)
    text = re.sub(r"人民币|[¥￥]|rmb|cny", "", cell.text, flags=re.IGNORECASE).strip()
    for pattern, reason in (
        (_FOREIGN, f"“{cell.text}”是外币，请折算成人民币后填写"),
        (_RATE, f"“{cell.text}”是单价，不是金额"),
    ):
        if pattern.search(text):
            raise BadValue(reason)
    if re.fullmatch(r"\(\s*[\d,.]+\s*\)", text):
        reason = f"“{cell.text}”带括号，不知是不是负数"
        raise _ask_amount(reason, (f"-{text.strip('() ')}", text.strip("() ")))
    body, notes, bracket_unit = _without_brackets(text)
    if _VAGUE.search(body) and not any(c.isdigit() for c in body):
        reason = f"“{cell.text}”没有具体数字"
        raise _ask_amount(reason)
    found, beside, approximate = _pick(body, cell.text, notes)
    unit = found.unit or bracket_unit or outer
    if not unit and found.number != 0:
        raise _ask_unit(cell.text)
    yuan, warnings = to_yuan(found.number, unit or "元")
    note = "；".join(p for p in (beside, *notes) if p)
    if re.search(r"亏损|净亏", beside) and yuan > 0:
        yuan, warnings = -yuan, (*warnings, f"“{cell.text}”按负数记")
    return Reading(yuan, warnings, approximate=approximate, note=note)


def format_money(yuan: int | None, unit: str, places: int = 2) -> str:
    """An amount as a number in a given unit, half up, with thousands separators; "" for None."""
    if yuan is None:
        return ""
    return f"{round_half_up(Decimal(yuan) / unit_factor(unit), places):,.{places}f}"


def show_money(yuan: int | None) -> str:
    """An amount for reading: "1.23 亿元", "3,000 万元", "500 元"; rounded, so never parsed back."""
    if yuan is None:
        return ""
    unit = "亿元" if abs(yuan) >= YI else "万元" if abs(yuan) >= WAN else "元"
    number = round_half_up(Decimal(yuan) / unit_factor(unit), 2)
    if unit == "万元" and abs(number) >= WAN:
        unit, number = "亿元", Decimal(1 if yuan > 0 else -1)
    if unit == "亿元":
        return f"{number:,.2f} {unit}"
    whole, _, cents = f"{number:,.2f}".partition(".")
    return f"{whole}{'.' + cents.rstrip('0') if cents.strip('0') else ''} {unit}"


def exact_money(yuan: int | None) -> str:
    """An amount for comparing, in 万元 with nothing rounded away: "59,812.5 万元", "0 元"; "" for None."""
    if yuan is None:
        return ""
    if abs(yuan) < WAN:
        return f"{yuan:,} 元"
    whole, _, rest = f"{Decimal(yuan) / WAN:,.4f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}{'.' + rest if rest else ''} 万元"


class MoneyKind(Kind):
    """Whole 元."""

    name = "money"
    align_right = True

    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """See :func:`read_money`."""
        return read_money(raw, context)

    def format(self, value: object | None) -> str:
        """See :func:`show_money`."""
        return show_money(value) if isinstance(value, int) else ""

    def edit(self, value: object | None) -> str:
        """Every 元 is kept: "1234567元"."""
        return f"{value}元" if isinstance(value, int) else ""

    def clean(self, value: object | None) -> object | None:
        """A stored amount is an int; texts are read, bare non-integers refused."""
        if isinstance(value, int) and not isinstance(value, bool):
            return to_yuan(Decimal(value), "元")[0]
        return None if value is None else self.parse(value).value


MONEY = MoneyKind()
