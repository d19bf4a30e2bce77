"""The columns of a breakdown of output: what each says, how it is worked out, which firms stand behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chain_office.domain.money import WAN, YI, format_money
from chain_office.domain.output_breakdown import BY_WORDS
from chain_office.ui.kit.figures_table import Cell, FiguresRow, Measured

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from chain_office.domain.output_breakdown import Amounts, Breakdown, Group, Member, Stretch

NAME: Final = "name"
TOTAL: Final = "="
NOBODY: Final = "-"
"""How the lines of the sum and of firms that belong to none are called here."""
Told = tuple[str, Any, str]
"""What a cell says, what it is sorted by, its light."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column. ``says``: of a part's amounts and the unit; ``of``: whether a firm stands behind it."""

    key: str
    heading: str
    formula: str
    width: int
    rank: int
    says: Callable[[Amounts, str], Told]
    of: Callable[[Stretch], bool]
    money: bool = False


def _money(yuan: int | None, unit: str) -> str:
    return "—" if yuan is None else format_money(yuan, unit, 2 if unit == "亿元" else 0)


def _signed(yuan: int | None, unit: str) -> Told:
    text = _money(yuan, unit)
    return (f"+{text}" if yuan and yuan > 0 else text), yuan, "red" if yuan is not None and yuan < 0 else ""


def _percent(value: Decimal | None) -> Told:
    return ("—" if value is None else f"{value:+}"), value, "red" if value is not None and value < 0 else ""


def _plain(value: Decimal | None) -> Told:
    return ("—" if value is None else f"{value}"), value, ""


def _rising(one: Amounts) -> Told:
    percent = one.rising_percent
    text = "—" if percent is None else f"{percent}（{one.rising}/{one.based}）"
    return text, percent, ""


def _sampled(one: Stretch) -> bool:
    return one.total_yuan is not None and one.base_yuan is not None


def _published(one: Stretch) -> bool:
    return one.total_yuan is not None or one.last_yuan is not None


def _grown(one: Stretch) -> bool:
    return _sampled(one) and (one.base_yuan or 0) > 0 and (one.total_yuan or 0) > (one.base_yuan or 0)


MEASURES: Final = (
    Measure("firms", "企业数", "同口径的企业：本年报了数、又有同期数（新建投产为 0）的在册企业", 52, 4,
            lambda one, _unit: (str(one.firms), one.firms, ""), _sampled),
    Measure("total", "本年", "Σ 同口径企业的产值", 84, 0,
            lambda one, unit: (_money(one.total_yuan, unit), one.total_yuan, ""), _sampled, money=True),
    Measure("base", "基数", "Σ 同一批企业的上年同期数；规下转规上自带同期，新建投产为 0，退规企业两边都不计", 84, 0,
            lambda one, unit: (_money(one.base_yuan, unit), one.base_yuan, ""), _sampled, money=True),
    Measure("change", "增减", "本年 − 基数", 80, 3, lambda one, unit: _signed(one.change_yuan, unit), _sampled, money=True),
    Measure("yoy", "同口径%", "（Σ 本年 − Σ 基数）÷ Σ 基数，同一批企业，现价；不是各企业增速的平均", 66, 0,
            lambda one, _unit: _percent(one.yoy_percent), _sampled),
    Measure("nominal", "名义%", "本年合计 ÷ 上年同期公布合计 − 1，不管是不是同一批企业", 62, 1,
            lambda one, _unit: _percent(one.nominal_percent), _published),
    Measure("share", "比重%", "这一部分的本年 ÷ 全部同口径企业的本年", 58, 2,
            lambda one, _unit: _plain(one.share_percent), _sampled),
    Measure("contribution", "贡献率%", "这一部分的增减 ÷ 全部的增减", 66, 2,
            lambda one, _unit: _plain(one.contribution_percent), _sampled),
    Measure("pull", "拉动(点)", "这一部分的增减 ÷ 全部的基数，百分点；各部分相加就是全部的同口径增速", 66, 0,
            lambda one, _unit: _percent(one.pull_points), _sampled),
    Measure("rising", "增长面%", "增长的企业 ÷ 有正基数的企业；基数为零的不计", 104, 1,
            lambda one, _unit: _rising(one), _grown),
)  # fmt: skip


def measure(key: str) -> Measure | None:
    """A column by its key; None for the names."""
    return next((one for one in MEASURES if one.key == key), None)


def unit_of(found: Breakdown) -> str:
    """亿元 for parts of many firms, 万元 where firms stand one by one or the whole is small."""
    whole = found.whole.cum.total_yuan or 0
    return "亿元" if whole >= 10 * YI and found.by != "enterprise" else "万元" if whole >= WAN else "元"


def columns(found: Breakdown, unit: str) -> list[Measured]:
    """The headings, the unit in those of amounts."""
    named = [Measured(NAME, BY_WORDS[found.by], "", 200 if found.by == "enterprise" else 128, right=False)]
    return named + [
        Measured(one.key, f"{one.heading}({unit})" if one.money else one.heading, one.formula, one.width, rank=one.rank)
        for one in MEASURES
        if not _left_out(one, found)
    ]


def _left_out(one: Measure, found: Breakdown) -> bool:
    """Of a single firm it is not told how many firms there are."""
    return found.by == "enterprise" and one.key in {"firms", "rising"}


def row_id(group: Group) -> str:
    """How a part's line is called."""
    return group.key or NOBODY


def row(group: Group, found: Breakdown, unit: str, *, month: bool, total: bool = False) -> FiguresRow:
    """A part's line."""
    amounts = group.month if month else group.cum
    cells = [Cell(group.name, group.name)]
    for one in MEASURES:
        if not _left_out(one, found):
            text, value, light = one.says(amounts, unit)
            cells.append(Cell(text, value, light, opens=value is not None))
    return FiguresRow(TOTAL if total else row_id(group), tuple(cells), total)


def lines(found: Breakdown, *, month: bool) -> tuple[FiguresRow, ...]:
    """The line of all and of every part that told anything in either year; made off the GUI thread."""
    unit = unit_of(found)
    parts = [row(one, found, unit, month=month) for one in found.groups if one.cum.published_yuan is not None]
    return (row(found.whole, found, unit, month=month, total=True), *parts)


def behind(group: Group, key: str, *, month: bool) -> tuple[Member, ...]:
    """The firms behind a cell."""
    one = measure(key)
    able = one.of if one is not None else _published
    return tuple(member for member in group.members if able(member.month if month else member.cum))
