"""What was understood of a typed text, in words; and a text for the box that loses nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chain_office.domain.deadlines import IMMEDIATE, LONG_TERM, settle_deadline
from chain_office.domain.kinds import BadValue, Context, Reading
from chain_office.domain.money import WAN, YI
from chain_office.domain.plain import decimal_text

if TYPE_CHECKING:
    from chain_office.domain.specs import FieldSpec
    from chain_office.domain.workdays import WorkCalendar

_WEEK = "一二三四五六日"
_HINTS = {
    "day": "可写 0315、3.15、10月底、三季度末",
    "month": "可写 9月、2021-09",
    "money": "可写 1.2亿、3000万、500元",
    "percent": "可写 4.35%",
    "credit_code": "18 位统一社会信用代码",
    "phone": "手机号，或区号加座机号",
}
_BARE_MONTH = re.compile(r"\s*(\d{1,2})\s*")


def hint(spec: FieldSpec) -> str:
    """How a value of this kind may be written; "" where anything goes."""
    return _HINTS.get(spec.kind.name, "")


def read(spec: FieldSpec, text: str, context: Context, calendar: WorkCalendar | None = None) -> Reading:
    """A typed text as the field reads it. Raises :class:`BadValue`; nothing typed is ever dropped without a word."""
    if spec.kind.name == "month" and _BARE_MONTH.fullmatch(text):
        text = f"{text.strip()}月"
    reading = settle_deadline(spec.kind.parse(text, context), context.anchor, calendar)
    if reading.value is None and reading.rule:
        raise BadValue(_without_day(text, reading.rule))
    return reading


def _without_day(text: str, rule: str) -> str:
    if rule in {IMMEDIATE, LONG_TERM}:
        return f"“{text}”不是哪一天；请写一个日子，或留空，原话写进“时限原文”或备注"
    return f"“{text}”要从交办时间推算，这里还没有交办时间；请直接写一个日子"


def box_text(spec: FieldSpec, value: object | None) -> str:
    """What stands in the box for a stored value: exact, in the unit the office speaks (123.4567万元)."""
    plain = spec.kind.edit(value)
    if spec.kind.name != "money" or not isinstance(value, int) or abs(value) < WAN:
        return plain
    friendly = f"{decimal_text(Decimal(value) / WAN)}万元"
    return friendly if spec.kind.parse(friendly).value == value else plain


def with_unit(spec: FieldSpec, text: str, unit: str, context: Context) -> str:
    """A text once its unit is told: "3000" and "万元" are "3000万元". Raises :class:`BadValue`."""
    wanted = spec.kind.parse(text, replace(context, unit=unit)).value
    try:
        if spec.kind.parse(text.strip() + unit, context).value == wanted:
            return text.strip() + unit
    except BadValue:
        return box_text(spec, wanted)
    return box_text(spec, wanted)


def words(spec: FieldSpec, text: str, reading: Reading, *, keeps_about: bool = False) -> str:
    """The quiet line under a box: what the text says, and what of it will not be kept. ``keeps_about``: the form has a field
    for an amount being approximate."""
    value = reading.value
    if value is None:
        return f"“{text.strip()}”按空着保存" if text.strip() else ""
    said = _said(spec, text, value)
    lost = [f"“{reading.note}”不会保存，要留请写进备注"] if reading.note else []
    if reading.approximate:
        lost.append("记作约数" if keeps_about else "“约”字不会保存")
    return "；".join(part for part in (said, *remarks(reading), *lost) if part)


def remarks(reading: Reading) -> tuple[str, ...]:
    """What is doubtful about it. That 10月底 has no day is no news to who typed it."""
    return tuple(one for one in reading.warnings if "没有写到日" not in one)


def _said(spec: FieldSpec, text: str, value: object) -> str:
    name = spec.kind.name
    if isinstance(value, date):
        week = f"（周{_WEEK[value.weekday()]}）"
        if spec.is_deadline:
            return f"→ {value.year}年{value.month}月{value.day}日前{week}"
        return f"→ {value.isoformat()}{week}"
    if name == "month" and isinstance(value, str):
        return f"→ {int(value[:4])}年{int(value[5:])}月"
    if name == "money" and isinstance(value, int):
        return f"→ {money_words(value)}"
    if name == "credit_code":
        return "→ 校验无误"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"→ {spec.kind.format(value) if name == 'integer' else spec.kind.edit(value)}{_counted(spec, name)}"
    shown = spec.kind.format(value)
    return f"→ {shown}" if name in {"phone", "industry_code"} and shown != text.strip() else ""


def _counted(spec: FieldSpec, name: str) -> str:
    """The unit of a bare number; percentages and quantities say their own."""
    return f" {spec.unit}" if spec.unit and name in {"integer", "decimal"} else ""


def money_words(yuan: int) -> str:
    """ "12,000,000 元 = 1200 万元": exact, never rounded."""
    if abs(yuan) < WAN:
        return f"{yuan:,} 元"
    scale, unit = (YI, "亿元") if abs(yuan) >= YI else (WAN, "万元")
    return f"{yuan:,} 元 = {decimal_text(Decimal(yuan) / scale)} {unit}"
