"""The reconciliations of output: parts add up to the whole, the bridge explains every 元, months explain cumulatives, and a
signed-off month still reads as it was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.output_breakdown import BY, BY_WORDS
from chain_office.queries.output import growth
from chain_office.queries.output_desk import adjustments, breakdown, bridge, members
from chain_office.queries.output_desk.filing import months_told
from chain_office.queries.output_desk.signed import frozen_sums, sums_of_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chain_office.db.ledger import Ledger

    Pair = tuple[str, int, int]
    """What is compared, in words, and its two sides."""

_SUMMED: Final = (
    ("total_yuan", "产值"), ("base_yuan", "同期"), ("published_yuan", "公布合计"), ("firms", "企业数"),
    ("based", "有同期数的企业"), ("rising", "增长企业"), ("falling", "下降企业"),
)  # fmt: skip


def parts(ledger: Ledger, day: date) -> Iterator[Pair]:
    """By segment, district, park and enterprise the sums are those of the headline, of the year so far and of the month."""
    grown = growth(ledger, day)
    for by in BY:
        found = breakdown(ledger, day, by)
        whole, said = found.whole.cum, f"各{BY_WORDS[by]}之和"
        yield f"{said}的合计 = 同口径产值", whole.total_yuan or 0, grown.sample.total_yuan or 0
        yield f"{said}的合计 = 上年同期产值", whole.base_yuan or 0, grown.sample.base_yuan or 0
        yield f"{said}的合计 = 本年公布合计", whole.published_yuan or 0, grown.published_yuan or 0
        for when in ("cum", "month"):
            total = getattr(found.whole, when)
            for name, word in _SUMMED:
                added = sum(getattr(getattr(one, when), name) or 0 for one in found.groups)
                yield f"{said} = {'累计' if when == 'cum' else '当月'}{word}", added, getattr(total, name) or 0


def bridged(ledger: Ledger, day: date) -> Iterator[Pair]:
    """The bridge adds up to the 元 on both sides and meets the headline; only a stated 上年公布数 leaves a residual."""
    found, grown = bridge(ledger, day), growth(ledger, day)
    if found is None:
        known = grown.last_published_yuan is not None and grown.sample.base_yuan is not None
        yield "两种增速都有而没有差异表的 = 0", int(known), 0
        return
    steps = sum(line.yuan for line in found.lines) + found.residual_yuan
    yield "上年公布数 + 各项调整 = 同口径基数", found.published_yuan + steps, grown.sample.base_yuan or 0
    left_out = sum(line.yuan for line in found.now_lines)
    yield "本年公布合计 + 各项调整 = 同口径产值", found.now_published_yuan + left_out, grown.sample.total_yuan or 0
    yield "差异表的上年公布数 = 名义增速的上年公布数", found.published_yuan, grown.last_published_yuan or 0
    yield "各项调整与其企业之和不同的 = 0", int(not found.holds), 0
    if not grown.stated:
        yield "没有公布数时的差额 = 0", found.residual_yuan, 0


def months(ledger: Ledger, day: date) -> Iterator[Pair]:
    """Of every firm that told each month alone, the months and its 调整数 are its cumulative."""
    found = members(ledger, day)
    if found.to_month is None:
        return
    gaps: dict[str, int] = {}
    for one in adjustments(ledger, day):
        if one.side == "now":
            gaps[one.enterprise_id] = gaps.get(one.enterprise_id, 0) + one.gap_yuan
    told = months_told(ledger, day, found.to_month)
    for member in found.every:
        alone, number, last = told.get(member.id, (0, 0, ""))
        if member.cum.total_yuan is not None and last and number == int(last[5:]):
            yield f"{member.name}：各月之和 + 调整数 = 累计", alone + gaps.get(member.id, 0), member.cum.total_yuan


def altered_months(ledger: Ledger) -> tuple[str, ...]:
    """Signed-off months whose reports, corrections aside, no longer add up to what was signed."""
    return tuple(
        month
        for month, (freeze_id, frozen) in frozen_sums(ledger).items()
        if any(frozen.get(name) != value for name, value in sums_of_month(ledger, month, freeze_id).items())
    )
