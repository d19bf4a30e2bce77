"""Headings of tables: normalised for matching, their unit taken out first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.money import money_unit
from chain_office.domain.periods import drop_period
from chain_office.domain.plain import LONGEST_VALUE, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

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


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """Which field a heading names. ``how``: "exact", "contained" or "fuzzy"."""

    field: str
    how: str
    synonym: str


def _one_off(left: str, right: str) -> bool:
    """Same length (four characters or more) and exactly one character different."""
    return len(left) == len(right) >= 4 and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def match_heading(text: str, fields: Iterable[tuple[str, Iterable[str]]]) -> HeadingMatch | None:
    """The field a heading names: exact, then exact without its period, then the longest synonym contained, then one
    wrong character (主板单位 for 主办单位). None if nothing fits or if the fuzzy fit is not unique."""
    name = normalise_heading(text)[0]
    bare = re.sub(r"[\s、,，.]", "", drop_period(name))
    known = [(field, normalise_heading(word)[0], word) for field, words in fields for word in words]
    for wanted in (name, bare):
        for field, key, word in known:
            if wanted and key == wanted:
                return HeadingMatch(field, "exact", word)
    inside = [(len(key), field, word) for field, key, word in known if len(key) >= 2 and key in name]
    if inside:
        _, field, word = max(inside, key=lambda one: one[0])
        return HeadingMatch(field, "contained", word)
    near = {(field, word) for field, key, word in known if _one_off(key, name)}
    if len({field for field, _ in near}) == 1:
        field, word = min(near)
        return HeadingMatch(field, "fuzzy", word)
    return None
