"""Cell contents as plain text: what every kind of value reads from."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

# Excel keeps 15 significant digits; what a float holds beyond them is an artefact of binary fractions.
_EXCEL_DIGITS = Context(prec=15)

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
LONGEST_VALUE = 200
"""No number, day, code, heading or status is longer than this; longer texts are not searched for one."""

_DASHES = re.compile("[‐‑‒–—―−－─━]+")
_EMPTY_MARKS = frozenset(
    {
        *(
            "",
            "-",
            "--",
            "/",
            "//",
            "\\",
            "|",
            ".",
            "...",
            "*",
            "无",
            "暂无",
            "没有",
            "无数据",
            "暂无数据",
            "空",
            "空白",
        ),
        *("待定", "未定", "待核", "待核实", "待补充", "待填", "待报", "未知", "不详", "未填", "未报", "不适用"),
        *("n/a", "na", "#n/a", "null", "none", "nil"),
    }
)


def float_to_decimal(number: float) -> Decimal:
    """The decimal number a spreadsheet showed for a float: its repr, to 15 significant digits."""
    return _EXCEL_DIGITS.create_decimal(repr(number))


def decimal_text(number: Decimal) -> str:
    """A decimal number without exponent or trailing zeros ("1.50" → "1.5", "1E+3" → "1000")."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def cell_text(raw: object) -> str:
    """What a cell says, as text: 123.0 is "123", a day is ISO, True is "是"."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return _CONTROLS.sub("", raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return decimal_text(float_to_decimal(raw)) if raw - raw == 0 else ""
    if isinstance(raw, Decimal):
        return decimal_text(raw) if raw.is_finite() else ""
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.strftime("%Y-%m-%d %H:%M")
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, time):
        return raw.strftime("%H:%M")
    if isinstance(raw, timedelta):
        return str(raw)
    return _CONTROLS.sub("", str(raw)).strip()


def plain(raw: object) -> str:
    """A cell's text for reading: NFKC (full-width becomes half-width), every dash a hyphen, single spaces."""
    text = unicodedata.normalize("NFKC", cell_text(raw))
    text = _DASHES.sub("-", text).replace("〜", "~").replace("～", "~")
    return re.sub(r"\s+", " ", text).strip()


def is_too_long(text: str) -> bool:
    """Whether a text is too long to be a single value."""
    return len(text) > LONGEST_VALUE


def is_empty_mark(text: str) -> bool:
    """Whether a text says that there is nothing: blank, —, /, 无, 暂无, 待定 ..."""
    if is_too_long(text.strip()):
        return False
    return plain(text).replace(" ", "").strip("()[]。.,;、").casefold() in _EMPTY_MARKS
