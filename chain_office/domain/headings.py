"""Headings of tables: normalised for matching, their unit taken out first."""

from __future__ import annotations

import re

from chain_office.domain.money import money_unit
from chain_office.domain.plain import LONGEST_VALUE, plain

_OTHER_UNITS = (
    *(
        "万千瓦时",
        "亿千瓦时",
        "千瓦时",
        "万度",
        "亿度",
        "度",
        "kwh",
        "万平方米",
        "平方公里",
        "平方米",
        "㎡",
        "m2",
        "公顷",
    ),
    *(
        "万亩",
        "亩",
        "万吨",
        "吨",
        "万人",
        "人",
        "个月",
        "年",
        "个",
        "家",
        "户",
        "台套",
        "台",
        "套",
        "项",
        "件",
        "%",
        "‰",
    ),
)
_BRACKET = re.compile(r"[(\[【{<《]([^()\[\]【】{}<>《》]*)[)\]】}>》]")
_UNIT_LINE = re.compile(r"(?:计量|金额)?单位[:：]\s*(.*)$")
_NOT_UNIT = re.compile(r"[、,/]?(?:盖章|公章|签字|签章).*$")


def unit_of(text: str) -> str | None:
    """The unit a piece of text states: money first ("个、亿元" → "亿元"), then other known units; None without one."""
    tidy = plain(text[:LONGEST_VALUE]).replace(" ", "").strip(":：")
    money = money_unit(tidy)
    if money:
        return money
    parts = [p for p in re.split(r"[、,，/;；]", tidy) if p]
    for unit in _OTHER_UNITS:
        if any(part.casefold() == unit for part in parts):
            return unit
    return None


def unit_line(text: str) -> str | None:
    """The unit of a caption ("单位：个、亿元" → "亿元"); None when it is no unit line or names no unit."""
    match = _UNIT_LINE.search(plain(text[:LONGEST_VALUE]))
    return unit_of(_NOT_UNIT.sub("", match.group(1).strip(" ()"))) if match else None


def normalise_heading(text: str) -> tuple[str, str | None]:
    """A heading for matching and the unit it states.

    NFKC; the unit is taken from brackets, "单位:" or a tail such as "/万元" or "%"; then brackets go (words in
    them that are no unit stay: "县（市、区）" → "县市区"), blanks and punctuation go, dashes become "-".
    """
    tidy = plain(text[:LONGEST_VALUE]).replace(" ", "")
    unit: str | None = None

    def take(match: re.Match[str]) -> str:
        nonlocal unit
        inner = match.group(1)
        stated = unit_line(inner) or unit_of(inner)
        if stated is not None and not re.search(r"\d", inner):
            unit = unit or stated
            return ""
        return inner

    tidy = _BRACKET.sub(take, tidy)
    line = _UNIT_LINE.search(tidy)
    if line:
        unit = unit or unit_of(line.group(1))
        tidy = tidy[: line.start()]
    tail = re.search(r"[/,，:：]((?:亿|万|千|百万|千万)?元)$", tidy)
    if tail:
        unit = unit or money_unit(tail.group(1))
        tidy = tidy[: tail.start()]
    if tidy.endswith(("%", "‰")):
        unit = unit or tidy[-1]
        tidy = re.sub(r"[±+\-]*[%‰]+$", "", tidy)
    return re.sub(r"[\s、,，.。:：;；/\\*★\"'“”·?？!！()\[\]±]", "", tidy).casefold(), unit
