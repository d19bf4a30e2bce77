"""The monthly health check: one firm's report looked at beside its own months before and its own last year.

Every finding shows the numbers it rests on. A slip of the unit is a ratio to what the firm reports elsewhere that lies near
10, 100, 1000 or 10,000; an outlier is judged by the firm's own median and MAD (median of the distances from it), which one
wrong month does not move, with the usual factor 0.6745 and limit 3.5 (Iglewicz & Hoaglin, 1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import log10
from statistics import median
from typing import TYPE_CHECKING, Final

from chain_office.domain.growth import covered, cumulative, rate, within
from chain_office.domain.money import exact_money
from chain_office.domain.output_health import Finding
from chain_office.domain.periods import add_to_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    from chain_office.domain.growth import Report
    from chain_office.domain.output_health import Answer, Severity

    class _Maker(Protocol):
        """Makes a finding of the firm's month."""

        def __call__(
            self,
            kind: str,
            severity: Severity,
            words: str,
            advice: str = "",
            suggested: Mapping[str, int] | None = None,
        ) -> Finding: ...


LABELS: Final = {
    "month_yuan": "本月", "cum_yuan": "累计", "month_prev_yuan": "上年同月", "cum_prev_yuan": "上年同期",
}  # fmt: skip
_SLIPS: Final = (1, 2, 3, 4)
_NEAR: Final = 0.25
"""How near the ratio's logarithm lies to a whole number: a factor of 1.8 either way."""
_LEAST: Final = 3
"""So many months make a history."""
_LIMIT: Final = 3.5
_FACTOR: Final = 0.6745
_APART: Final = Decimal("0.3")
"""An outlier also lies 30 % away from the median: months that hardly vary are not outliers of each other."""


@dataclass(frozen=True, slots=True)
class FirmMonth:
    """One firm's month. ``now`` None: no report. ``year``: its earlier reports of the year; ``then``: its reports of last
    year up to the same month; ``history``: its own amounts of up to twelve months before, oldest first. ``registered``: on
    the register at the month's end. ``joins``: it reported January and February in one last year."""

    enterprise_id: str
    number: int
    name: str
    kind: str | None
    registered: bool
    row_id: str = ""
    now: Report | None = None
    stop: str = ""
    year: tuple[Report, ...] = ()
    then: tuple[Report, ...] = ()
    history: tuple[int, ...] = ()
    joins: bool = False

    @property
    def filed(self) -> bool:
        """Whether an amount of the month is told."""
        return self.now is not None and (self.now.month_yuan is not None or self.now.cum_yuan is not None)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known beside the report: the cumulative before it (0 in January) and its month, what the firm reported for
    the same month and the same months last year."""

    before: int | None
    since: str
    between: int | None
    then_month: int | None
    then_cum: int | None


def findings(firm: FirmMonth, month: str, answers: Mapping[str, Answer]) -> Iterator[Finding]:
    """All there is to say of one firm's month. ``answers``: by kind."""

    def found(
        kind: str, severity: Severity, words: str, advice: str = "", suggested: Mapping[str, int] | None = None
    ) -> Finding:
        return Finding(
            firm.enterprise_id, firm.number, firm.name, month, kind, severity, words, advice, dict(suggested or {}),
            firm.row_id, answers.get(kind),
        )  # fmt: skip

    now = firm.now
    if now is None or not firm.filed:
        yield from _missing(firm, month, found)
        return
    known = _known(firm, month)
    slips = _slips(firm, now, known)
    if slips:
        yield _slip(now, slips, found)
    yield from _signs(now, found)
    yield from _cumulative(now, known, month, frozenset(slips), found)
    yield from _base(firm, now, known, month, frozenset(slips), found)
    if "month_yuan" not in slips:
        yield from _outlier(firm, now, found)
    yield from _repeated(firm, now, month, found)
    yield from _stopped(firm, now, found)


def _missing(firm: FirmMonth, month: str, found: _Maker) -> Iterator[Finding]:
    if not firm.registered:
        return
    if month.endswith("-01") and firm.joins:
        yield found("missing", "note", "1 月未报；上年 1—2 月合并报送，可待 2 月一并报", "2 月报累计时一并核对")
    elif firm.history or firm.year or firm.then:
        yield found("missing", "severe", f"在册企业，{month} 没有报数", "催报；确实停产或不再报送的，填 0 或写明原因")
    else:
        yield found("missing", "check", f"在册企业，{month} 没有报数，此前也从未报过", "核对是否应报；不报的写明原因")


def _known(firm: FirmMonth, month: str) -> _Known:
    """The latest cumulative before this month, the months since it added up, and last year's own figures."""
    told = [one for one in firm.year if one.cum_yuan is not None]
    before: int | None
    before, since = (told[-1].cum_yuan, told[-1].month) if told else (0, "")
    first = int(since[5:]) + 1 if since else 1
    alone = {int(one.month[5:]): one.month_yuan for one in firm.year}
    needed = [alone.get(number) for number in range(first, int(month[5:]))]
    between = None if None in needed else sum(one for one in needed if one is not None)
    months = {one.month: (one.month_yuan, one.cum_yuan) for one in firm.then}
    number = int(month[5:])
    whole = frozenset(range(1, number + 1))
    own = within(months, whole)
    same = next((one for one in firm.then if int(one.month[5:]) == number), None)
    return _Known(
        before, since, between, same.month_yuan if same else None, cumulative(own) if covered(own) == whole else None
    )


def _expected(now: Report, known: _Known) -> int | None:
    """The cumulative as the one before and the months make it."""
    if known.before is None or known.between is None or now.month_yuan is None:
        return None
    return known.before + known.between + now.month_yuan


def _slips(firm: FirmMonth, now: Report, known: _Known) -> dict[str, tuple[int, int, str]]:
    """Field → (power of ten, what it is compared with, in words)."""
    usual = int(median(firm.history)) if len(firm.history) >= _LEAST else None
    beside = (usual, f"前 {len(firm.history)} 个月的中位数") if usual else (known.then_month, "上年同月自报数")
    if not beside[0]:
        beside = (now.month_prev_yuan, "表上的上年同月")
    upto = (known.before, f"{known.since} 累计") if known.since and known.before else (known.then_cum, "上年同期自报数")
    compared = {
        "month_yuan": beside,
        "cum_yuan": upto if upto[0] else (now.cum_prev_yuan, "表上的上年同期"),
        "month_prev_yuan": (known.then_month, "上年同月自报数"),
        "cum_prev_yuan": (known.then_cum, "上年同期自报数"),
    }
    found: dict[str, tuple[int, int, str]] = {}
    for name, (reference, words) in compared.items():
        value = getattr(now, name)
        power = _power(value, reference)
        if power and reference is not None:
            found[name] = power, reference, words
    return found


def _power(value: int | None, reference: int | None) -> int:
    """Which power of ten lies between two amounts, near enough; 0 for none."""
    if value is None or reference is None or value <= 0 or reference <= 0:
        return 0
    apart = log10(value / reference)
    power = round(apart)
    return power if abs(power) in _SLIPS and abs(apart - power) <= _NEAR else 0


def _slip(now: Report, slips: Mapping[str, tuple[int, int, str]], found: _Maker) -> Finding:
    parts, suggested = [], {}
    for name, (power, reference, words) in slips.items():
        value = getattr(now, name)
        times = 10 ** abs(power)
        suggested[name] = round(Decimal(value) / times) if power > 0 else value * times
        relation = f"约为其 {times:,} 倍" if power > 0 else f"约为其 {times:,} 分之一"
        parts.append(f"{LABELS[name]} {exact_money(value)}，{words} {exact_money(reference)}，{relation}")
    advice = "、".join(f"{LABELS[name]} {exact_money(yuan)}" for name, yuan in suggested.items())
    return found("unit", "severe", "；".join(parts), f"疑似千元、万元、亿元填错；按单位改正应为：{advice}", suggested)


def _signs(now: Report, found: _Maker) -> Iterator[Finding]:
    bad = [name for name in LABELS if (getattr(now, name) or 0) < 0]
    if bad:
        told = "、".join(f"{LABELS[name]} {exact_money(getattr(now, name))}" for name in bad)
        yield found("negative", "severe", f"{told}是负数", "产值不为负；冲减以前月份的，在累计上体现并写明原因")


def _cumulative(now: Report, known: _Known, month: str, slips: frozenset[str], found: _Maker) -> Iterator[Finding]:
    """What a cumulative has to agree with: the month, the cumulative before, both together."""
    total, alone = now.cum_yuan, now.month_yuan
    if total is None or "cum_yuan" in slips:
        return
    expected = _expected(now, known)
    better = {"cum_yuan": expected} if expected is not None else {}
    if known.since and known.before is not None and total < known.before:
        words = f"累计 {exact_money(total)}，小于 {known.since} 累计 {exact_money(known.before)}"
        yield found("falling", "severe", words, "核对是否漏填、单位有误或冲减以前月份", better)
        return
    if alone is not None and total < alone:
        yield found(
            "smaller", "severe", f"累计 {exact_money(total)}，小于本月 {exact_money(alone)}", "累计应不小于本月", better
        )
        return
    if "month_yuan" not in slips and expected is not None and expected != total:
        since = f"{known.since} 累计 {exact_money(known.before)}" if known.since else "本年以前各月"
        months = f" + 其间各月 {exact_money(known.between)}" if known.between else ""
        words = (
            f"{since}{months} + 本月 {exact_money(alone)} = {exact_money(expected)}，"
            f"所报累计 {exact_money(total)}，调整数 {exact_money(total - expected)}"
        )
        yield found("step", "check", words, "企业调整以前月份的属正常，请写明；否则改累计或本月", better)
    elif month.endswith("-02") and alone is None and not known.since and known.between is None:
        yield found("joined", "note", f"1—2 月合并报送，累计 {exact_money(total)}", "两个月不能分开，月度图上列在 2 月")


def _base(
    firm: FirmMonth, now: Report, known: _Known, month: str, slips: frozenset[str], found: _Maker
) -> Iterator[Finding]:
    told = (
        ("month_prev_yuan", now.month_prev_yuan, known.then_month),
        ("cum_prev_yuan", now.cum_prev_yuan, known.then_cum),
    )
    apart = [
        (name, stated, own)
        for name, stated, own in told
        if stated is not None and own is not None and stated != own and name not in slips
    ]
    if apart:
        words = "；".join(
            f"表上{LABELS[name]} {exact_money(stated)}，本企业上年所报 {exact_money(own)}，差 {exact_money(stated - own)}"
            for name, stated, own in apart
        )
        advice = "同口径以表上同期数为准；企业调整上年数的请写明，否则改回上年所报"
        yield found("base", "check", words, advice, {name: own for name, _, own in apart})
    stated = now.cum_prev_yuan if now.cum_yuan is not None else now.month_prev_yuan
    if stated is None and (known.then_cum if now.cum_yuan is not None else known.then_month) is None:
        if firm.kind == "new_build":
            return
        said = "规下转规上企业应自带上年同期数" if firm.kind == "promoted" else "没有填上年同期，上年也没有报过"
        yield found("no_base", "check", f"{said}，{month} 两边都不计入同口径增速", "补填上年同期；新建投产的填 0")


def _outlier(firm: FirmMonth, now: Report, found: _Maker) -> Iterator[Finding]:
    value, months = now.month_yuan, firm.history
    if value is None or len(months) < _LEAST * 2:
        return
    middle = median(months)
    spread = median(abs(one - middle) for one in months)
    distance = abs(value - middle)
    if middle <= 0 or Decimal(distance) <= _APART * Decimal(middle):
        return
    score = _FACTOR * distance / spread if spread else None
    if score is not None and score <= _LIMIT:
        return
    judged = f"稳健分数 {score:.1f}（限 {_LIMIT}）" if score is not None else "以往各月几乎不变"
    words = (
        f"本月 {exact_money(value)}，前 {len(months)} 个月中位数 {exact_money(round(middle))}，"
        f"离差中位数 {exact_money(round(spread))}，{judged}"
    )
    grown = rate(value, now.month_prev_yuan)
    if grown is not None:
        words += f"；比上年同月 {grown:+}%"
    yield found("outlier", "check", words, "核对订单、检修、并表等原因，写明增减原因")


def _repeated(firm: FirmMonth, now: Report, month: str, found: _Maker) -> Iterator[Finding]:
    last = firm.year[-1] if firm.year and firm.year[-1].month == add_to_month(month, -1) else None
    if last is None or not now.month_yuan or now.month_yuan != last.month_yuan:
        return
    if now.cum_yuan is not None and now.cum_yuan == last.cum_yuan:
        words = f"本月 {exact_money(now.month_yuan)}、累计 {exact_money(now.cum_yuan)}都与 {last.month} 相同"
        yield found("repeated", "severe", words, "疑似重填了上月的数，请核对")
    else:
        yield found(
            "repeated", "check", f"本月 {exact_money(now.month_yuan)}与 {last.month} 完全相同", "核对是否照抄上月"
        )


def _stopped(firm: FirmMonth, now: Report, found: _Maker) -> Iterator[Finding]:
    value = now.month_yuan
    if firm.stop == "停产" and value:
        yield found("stop", "check", f"生产状态填停产，本月产值 {exact_money(value)}", "停产的本月应为 0，或改生产状态")
    elif value == 0 and firm.stop in ("", "正常生产"):
        said = f"生产状态填{firm.stop}" if firm.stop else "没有填生产状态"
        yield found("stop", "check", f"本月产值为 0，{said}", "填写生产状态（停产、停产检修等）和原因")
