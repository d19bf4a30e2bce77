"""Output beside the headline: month by month, and what each part of the chain has, grew and pulled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import RATE, SUM, Explained, Figure, Row, RowsQuery
from chain_office.domain.output_breakdown import BY_WORDS
from chain_office.domain.periods import month_parts
from chain_office.queries import figure_rows, output
from chain_office.queries.output_desk import breakdown, bridge
from chain_office.services.figures import basis_of, described, worked_rate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.output_breakdown import By, Group
    from chain_office.domain.output_bridge import Bridge, BridgeLine
    from chain_office.queries.output import MonthPoint

_MONTH, _MONTH_BASE, _MONTH_YOY = "output.month.", "output.month_base.", "output.month_yoy."
_BRIDGE: Final = "output.bridge."
_BY: Final[tuple[By, ...]] = ("segment", "district", "park")
_PARTS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "total_yuan": ("产值", "元", "{whose}的同口径企业本年累计之和（最新上报累计，没有则为各月之和），现价", SUM),
    "base_yuan": ("上年同期产值", "元", "{whose}的同一批企业上年同期数之和；新建投产企业为 0", SUM),
    "yoy_percent": ("同比增长（同口径）", "%", "{whose}的同一批企业：（Σ本年 - Σ上年同期）÷ Σ上年同期", RATE),
}
"""What is told of a part → its word, unit, formula, and how its firms make it up."""


def keys(ledger: Ledger, day: date) -> tuple[str, ...]:
    """output.month.2021-09 …, output.segment.冶炼.total_yuan …, output.bridge.left …"""
    months = [one.month for one in output.by_month(ledger, day)]
    parts = (f"output.{by}.{one.name}.{name}" for by in _BY for one in _groups(ledger, day, by) for name in _PARTS)
    found = bridge(ledger, day)
    steps = (f"{_BRIDGE}{one.key}" for one in (*found.lines, *found.now_lines)) if found is not None else ()
    return (*(f"{kind}{month}" for kind in (_MONTH, _MONTH_BASE, _MONTH_YOY) for month in months), *parts, *steps)


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """One of them with its firms."""
    if key.startswith(_BRIDGE):
        found = bridge(ledger, day)
        assert found is not None
        return _step(ledger, found, found.line(key.removeprefix(_BRIDGE)), day)
    kind, _, month = key.rpartition(".")
    if f"{kind}." in {_MONTH, _MONTH_BASE, _MONTH_YOY}:
        return _month(ledger, day, f"{kind}.", month)
    head, _, what = key.rpartition(".")
    by = next(one for one in _BY if head.startswith(f"output.{one}."))
    group = next(one for one in _groups(ledger, day, by) if head == f"output.{by}.{one.name}")
    everyone = group.cum.all_base_yuan is None
    told = {one.id: (one.cum.total_yuan, one.cum.base_yuan) for one in group.members}
    counted = {one: sides for one, sides in told.items() if sides[0] is not None and (everyone or sides[1] is not None)}
    grown = output.growth(ledger, day)
    return Explained(
        part_figure(day, by, group, what, grown.to_month or ""), _PARTS[what][3], _firms(ledger, counted, what)
    )


def month_figures(day: date, point: MonthPoint) -> tuple[Figure, Figure, Figure]:
    """A month's output, the same month of the year before, and its growth."""
    year, number = month_parts(point.month)
    said, before = f"{year}年{number}月", f"{year - 1}年{number}月"
    basis = f"{said}，同口径，现价"
    own = "同口径企业当月产值之和；只报累计的企业取本月与上月累计之差，1、2 月合报而分不开的不计"
    return (
        _figure(f"{_MONTH}{point.month}", f"{said}产值", point.output_yuan, "元", own, day, basis),
        _figure(
            f"{_MONTH_BASE}{point.month}", f"{said}的上年同期", point.base_yuan, "元",
            f"同一批企业{before}的产值之和（报表所列同期，没有则取各企业上年同月数）", day, f"{before}，同口径，现价",
        ),
        _figure(
            f"{_MONTH_YOY}{point.month}", f"{said}同比", point.yoy_percent, "%",
            "（Σ当月 - Σ上年同月）÷ Σ上年同月，同一批企业", day, f"{said}，同口径",
            worked_rate(point.output_yuan, point.base_yuan, point.yoy_percent) if point.yoy_percent is not None else "",
            signed=True,
        ),
    )  # fmt: skip


def part_figure(day: date, by: By, group: Group, name: str, to_month: str) -> Figure:
    """What a part of the chain has or grew, January to a month."""
    word, unit, formula, _ = _PARTS[name]
    told, value = group.cum, getattr(group.cum, name)
    whose = f"{BY_WORDS[by]}“{group.name}”"
    worked = worked_rate(told.total_yuan, told.base_yuan, value) if name == "yoy_percent" and value is not None else ""
    return _figure(
        f"output.{by}.{group.name}.{name}", f"{group.name}{word}", value, unit, formula.format(whose=whose), day,
        basis_of(f"output.{name}", to_month), worked, signed=name == "yoy_percent", of=group.name,
    )  # fmt: skip


def rate_figures(found: Bridge, day: date) -> tuple[Figure, Figure, Figure]:
    """Same-sample growth, nominal growth, and what is between them in percentage points, of a bridge read before."""
    same, nominal = (
        replace(
            one, value=value, worked=worked_rate(now, before, value) if value is not None else "",
            basis=basis_of(one.key, found.to_month),
        )
        for one, value, now, before in (
            (_described(day, "output.yoy_percent"), found.same_sample_percent, found.total_yuan, found.base_yuan),
            (
                _described(day, "output.nominal_yoy_percent"), found.nominal_percent, found.now_published_yuan,
                found.published_yuan,
            ),
        )
    )  # fmt: skip
    left, right = found.same_sample_percent, found.nominal_percent
    gap = None if left is None or right is None else left - right
    months = basis_of("output.yoy_percent", found.to_month).partition("，")[0]
    return same, nominal, Figure(
        "output.gap_points", "同口径增速 - 名义增速", gap, "个百分点", "同口径增速减名义增速，两个都取一位小数", day,
        RowsQuery("output", (("reference", "view:bridge"),)), (), f"{months}，同口径 - 名义",
        "" if gap is None else f"{left} - {right} = {gap:+}", signed=True,
    )  # fmt: skip


def sum_figure(found: Bridge, day: date, key: str) -> Figure:
    """output.base_yuan or output.total_yuan, of a bridge read before."""
    value = found.base_yuan if key == "output.base_yuan" else found.total_yuan
    return replace(_described(day, key), value=value, basis=basis_of(key, found.to_month))


def _described(day: date, key: str) -> Figure:
    return next(one for one in described(day) if one.key == key)


def step_figure(found: Bridge, line: BridgeLine, day: date) -> Figure:
    """A step between nominal and same-sample growth."""
    side = "同口径基数 - 上年公布数" if line in found.lines else "同口径产值 - 本年公布合计"
    formula = f"{side}中，由{line.label}引起的：Σ 各企业（正数加、负数减）"
    basis = f"{basis_of('output.total_yuan', found.to_month).partition('，')[0]}，{line.label}，现价"
    return _figure(f"{_BRIDGE}{line.key}", line.label, line.yuan, "元", formula, day, basis)


def _groups(ledger: Ledger, day: date, by: By) -> tuple[Group, ...]:
    """The parts with a firm in the sample."""
    return tuple(one for one in breakdown(ledger, day, by).groups if one.cum.total_yuan is not None)


def _month(ledger: Ledger, day: date, kind: str, month: str) -> Explained:
    point = next(one for one in output.by_month(ledger, day) if one.month == month)
    now, before, grown = month_figures(day, point)
    told = output.firms_of_month(ledger, day, month)
    if kind == _MONTH_YOY:
        return Explained(grown, RATE, _firms(ledger, told, "yoy_percent"))
    if kind == _MONTH:
        return Explained(now, SUM, _firms(ledger, told, "total_yuan"))
    return Explained(before, SUM, _firms(ledger, told, "base_yuan"))


def _step(ledger: Ledger, found: Bridge, line: BridgeLine, day: date) -> Explained:
    names = figure_rows.firm_numbers(ledger)
    rows = tuple(Row(f"enterprise:{one.id}", *names[one.id], one.why, "", one.yuan) for one in line.firms)
    return Explained(step_figure(found, line, day), SUM, rows)


def _firms(ledger: Ledger, told: Mapping[str, tuple[int | None, int | None]], name: str) -> tuple[Row, ...]:
    """Firms with what they put in: their output, their base, or both sides of the growth."""
    names = figure_rows.firm_numbers(ledger)
    rows = []
    for one, (total, base) in told.items():
        value, other = (base, None) if name == "base_yuan" else (total, base if name == "yoy_percent" else None)
        if value is not None and not (name == "yoy_percent" and other is None):
            rows.append(Row(f"enterprise:{one}", *names[one], "", "", value, other))
    return tuple(sorted(rows, key=lambda row: (row.record, row.reference)))


def _figure(  # noqa: PLR0913 - what a figure is made of
    key: str,
    label: str,
    value: object,
    unit: str,
    formula: str,
    day: date,
    basis: str = "",
    worked: str = "",
    *,
    signed: bool = False,
    of: str = "",
) -> Figure:
    at = RowsQuery("output", (("figure", key),))
    return Figure(key, label, value, unit, formula, day, at, (), basis, worked, signed=signed, of=of)  # type: ignore[arg-type]
