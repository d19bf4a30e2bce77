"""Why nominal and same-sample growth differ, firm by firm and to the 元.

Last year's side: 上年公布数 − 退规企业 − 本年未报企业 … + 新入规企业自带同期 + 公布后更正 + 同期数调整 = 同口径基数.
This year's side: 本年公布合计 − 没有同期数的企业 = 同口径产值. Each line names its firms; what no firm explains is a line
of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.domain.growth import rate
from chain_office.domain.money import exact_money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from chain_office.domain.output_breakdown import Member


@dataclass(frozen=True, slots=True)
class BridgeFirm:
    """One firm of a line: its share of the step in 元 (signed) and why, in words."""

    id: str
    name: str
    yuan: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One step. ``yuan``: what it adds (negative: takes away), the sum of its firms. A line of 0 元 with firms stands for
    information (新建投产: base 0)."""

    key: str
    label: str
    yuan: int
    firms: tuple[BridgeFirm, ...] = ()


@dataclass(frozen=True, slots=True)
class Bridge:
    """``published_yuan`` + Σ ``lines`` + ``residual_yuan`` = ``base_yuan`` (last year's side, 元);
    ``now_published_yuan`` + Σ ``now_lines`` = ``total_yuan`` (this year's). ``residual_yuan``: what a stated 上年公布数 differs
    from the firms' own reports of last year; 0 without one."""

    from_month: str
    to_month: str
    published_yuan: int
    stated: bool
    residual_yuan: int
    lines: tuple[BridgeLine, ...]
    base_yuan: int
    now_published_yuan: int
    now_lines: tuple[BridgeLine, ...]
    total_yuan: int
    nominal_percent: Decimal | None
    same_sample_percent: Decimal | None

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """The steps of last year's side that are not nothing, as a chart and a paper label them."""
        named = [(line.label, line.yuan) for line in self.lines]
        return tuple((label, yuan) for label, yuan in (*named, (RESIDUAL, self.residual_yuan)) if yuan)

    def line(self, key: str) -> BridgeLine:
        """One line by its key; an empty one where nothing of the kind happened."""
        found = [one for one in (*self.lines, *self.now_lines) if one.key == key]
        return found[0] if found else BridgeLine(key, LABELS[key], 0)

    @property
    def holds(self) -> bool:
        """Whether both sides add up to the 元."""
        return (
            self.published_yuan + sum(one.yuan for one in self.lines) + self.residual_yuan == self.base_yuan
            and self.now_published_yuan + sum(one.yuan for one in self.now_lines) == self.total_yuan
            and all(line.yuan == sum(firm.yuan for firm in line.firms) for line in (*self.lines, *self.now_lines))
        )


RESIDUAL: Final = "公布数差额"
LABELS: Final[Mapping[str, str]] = {
    "left": "退规企业",
    "silent": "本年未报企业",
    "unbased": "同期数不全的企业",
    "entered": "新入规企业",
    "unknown": "入规方式未记的企业",
    "built": "新建投产企业",
    "corrected": "公布后更正上年数",
    "months": "报送月份不同",
    "restated": "同期数调整",
    "now_unbased": "没有同期数的企业",
}


@dataclass(frozen=True, slots=True)
class Before:
    """What a firm reported itself last year for the months (numbers) it reports this year, in 元."""

    yuan: int | None
    months: frozenset[int]


def bridge_of(
    span: tuple[str, str],
    every: Sequence[Member],
    published_yuan: int,
    own: Mapping[str, Before],
    known: Mapping[str, int] | None = None,
    *,
    stated: bool,
) -> Bridge:
    """The bridge of these firms. ``own``: of firms whose base is not what they counted for last year, where their own
    reports of last year cover the months they report this year. ``known``: what firms' reports of last year come to now
    (元 by firm), corrections since last year's total was published included; None where nothing was corrected."""
    gathered: dict[str, list[BridgeFirm]] = {}

    def add(key: str, firm: Member, yuan: int, why: str = "") -> None:
        gathered.setdefault(key, []).append(BridgeFirm(firm.id, firm.name, yuan, why))

    for one in every:
        total, base, last = one.cum.total_yuan, one.cum.base_yuan, one.cum.last_yuan
        if last is not None and total is None:
            add("left" if one.gone else "silent", one, -last)
        elif last is not None and base is None:
            add("unbased", one, -last, "本年报送的月份没有完整的同期数，两边都不计")
        elif base is not None and base != last:
            now = last if known is None else known.get(one.id)
            if now != last:
                add("corrected", one, (now or 0) - (last or 0), _corrected(last, now))
            if last is None and now is None:
                _enter(add, one, base, total or 0)
            elif base != now:
                _restate(add, one, base, now or 0, own.get(one.id), int(span[1][5:]))
        if total is not None and base is None:
            add("now_unbased", one, -total)
    lines = tuple(
        BridgeLine(key, LABELS[key], sum(firm.yuan for firm in some), tuple(some))
        for key, some in ((key, gathered[key]) for key in LABELS if key in gathered)
    )
    telling = [one.cum for one in every if one.cum.total_yuan is not None]
    total = sum(one.total_yuan or 0 for one in telling if one.base_yuan is not None)
    base = sum(one.base_yuan or 0 for one in telling)
    now_published = sum(one.total_yuan or 0 for one in telling)
    return Bridge(
        span[0],
        span[1],
        published_yuan,
        stated,
        sum(one.cum.last_yuan or 0 for one in every) - published_yuan,
        tuple(line for line in lines if line.key != "now_unbased"),
        base,
        now_published,
        tuple(line for line in lines if line.key == "now_unbased"),
        total,
        rate(now_published, published_yuan),
        rate(total, base),
    )


def _corrected(last: int | None, now: int | None) -> str:
    if last is None:
        return f"公布后补报 {exact_money(now or 0)}"
    return f"公布时 {exact_money(last)}，" + ("后来撤回" if now is None else f"后来更正为 {exact_money(now)}")


def _enter(add: Callable[..., None], one: Member, base: int, total: int) -> None:
    if base == 0 and one.kind in {"new_build", None}:
        add("built", one, base, f"新建投产，基数为零，本年产值 {exact_money(total)} 计入")
    elif one.kind == "new_build":
        add("entered", one, base, "新建投产，表上却写有同期数，请核对")
    elif one.kind == "promoted":
        add("entered", one, base, "规下转规上，自带同期数")
    else:
        add("unknown", one, base, "上年未计入，入规方式没有登记")


def _restate(add: Callable[..., None], one: Member, base: int, last: int, before: Before | None, number: int) -> None:
    """A base that is not what the firm counted for: for other months, and stated anew."""
    if before is None or before.yuan is None:
        add("restated", one, base - last, "表上的同期数与本企业上年所报不同")
        return
    if before.yuan != last:
        said = (
            f"本年只报 {len(before.months)} 个月，同期只取这些月" if len(before.months) < number else "上年所报月份不全"
        )
        add("months", one, before.yuan - last, said)
    if base != before.yuan:
        add("restated", one, base - before.yuan, f"表上同期 {exact_money(base)}，上年所报 {exact_money(before.yuan)}")
