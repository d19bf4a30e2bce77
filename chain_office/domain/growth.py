"""Growth of current-price output as statistics defines it: the same firms in both periods, Σ over Σ.

NBS practice: the prior-year base is restated to this period's firms; a firm that rose above scale (规下转规上) brings its
own base, a newly built one (新建投产) has base 0 and counts in the total, a leaver is on neither side. A mean of firms'
rates is never taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from chain_office.domain.periods import previous_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Months = Mapping[str, tuple[int | None, int | None]]
    """Month → (the month alone, the cumulative up to it) in 元."""


_WHOLE = 100
_FEBRUARY = 2


@dataclass(frozen=True, slots=True)
class Report:
    """What one firm reported for one month, in 元; None where it said nothing."""

    month: str
    month_yuan: int | None = None
    cum_yuan: int | None = None
    month_prev_yuan: int | None = None
    cum_prev_yuan: int | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm's year so far. ``base_yuan`` None: its base is not known, so it can be on neither side of a rate."""

    enterprise: str
    total_yuan: int
    base_yuan: int | None


def covered(months: Months) -> frozenset[int]:
    """Which months of the year :func:`cumulative` adds up: all up to the latest reported cumulative, and those after it
    that were reported alone."""
    reached = max((int(month[5:]) for month, (_, upto) in months.items() if upto is not None), default=0)
    alone = {int(month[5:]) for month, (value, _) in months.items() if value is not None}
    return frozenset(range(1, reached + 1)) | frozenset(one for one in alone if one > reached)


def cumulative(months: Months) -> int | None:
    """Month → (month, reported cumulative) of one year: the latest reported cumulative plus the months after it,
    else the sum of the months; None if nothing was reported."""
    total: int | None = None
    for month in sorted(months):
        alone, upto = months[month]
        if upto is not None:
            total = upto
        elif alone is not None:
            total = (total or 0) + alone
    return total


def within(reports: Months, months: frozenset[int]) -> Months:
    """What a year's reports say of these months and no others: a cumulative tells only of months from January on."""
    chosen = {month: told for month, told in reports.items() if int(month[5:]) in months}
    if months == frozenset(range(1, len(months) + 1)):
        return chosen
    return {month: (alone, None) for month, (alone, _) in chosen.items()}


def firm_year(
    enterprise: str,
    this_year: Sequence[Report],
    last_year: Sequence[Report],
    built: str | None = None,
) -> Firm | None:
    """Add up one firm's reports up to the cut-off. ``last_year``: its own reports of the same months a year before,
    used as base only where the form states none. A base counts only if it covers the very months the total covers; of a
    firm newly built (新建投产) in the month ``built`` only those since, so that its base is 0 where that is later than a
    year ago. None if the firm reported nothing this year."""
    now = {r.month: (r.month_yuan, r.cum_yuan) for r in this_year}
    total = cumulative(now)
    if total is None:
        return None
    stated = {r.month: (r.month_prev_yuan, r.cum_prev_yuan) for r in this_year}
    months = covered(now)
    own = within({r.month: (r.month_yuan, r.cum_yuan) for r in last_year}, months)
    base = next((cumulative(one) for one in (stated, own) if covered(one) == months), None)
    if base is None and built is not None:
        since = frozenset(one for one in months if f"{previous_year(max(now))[:4]}-{one:02d}" >= built)
        base = (
            0
            if not since
            else next((cumulative(one) for one in (stated, own) if since <= covered(one) <= months), None)
        )
    return Firm(enterprise, total, base)


def steps(months: Months) -> dict[str, int]:
    """Month → its own amount: as reported, else the step from the cumulative of the month before. 1—2月 in one stands in
    February; a longer stretch reported in one belongs to no month."""
    found: dict[str, int] = {}
    upto, reached = 0, 0
    for month in sorted(months):
        alone, total = months[month]
        number = int(month[5:])
        if alone is not None:
            found[month] = alone
        elif total is not None and (reached == number - 1 or number == _FEBRUARY):
            found[month] = total - upto
        if total is not None or alone is not None:
            upto = total if total is not None else upto + (alone or 0)
            reached = number
    return found


def firm_months(
    this_year: Sequence[Report], last_year: Sequence[Report], built: str | None = None
) -> dict[str, tuple[int, int | None]]:
    """Month → one firm's own amount and its prior-year base, for the months whose step is known. The base is what its forms
    state, where they state it for the very months they report, else its own reports of last year; 0 a year before any month
    in which it was not ``built`` yet."""
    told = {one.month: (one.month_yuan, one.cum_yuan) for one in this_year}
    stated: dict[str, tuple[int | None, int | None]] = {
        one.month: (one.month_prev_yuan, one.cum_prev_yuan) for one in this_year
    }
    if told and covered(stated) != covered(told):
        year = next(iter(told))[:4]
        own = {f"{year}{one.month[4:]}": (one.month_yuan, one.cum_yuan) for one in last_year}
        stated = dict(within(own, covered(told)))
    bases = steps(stated)
    unbuilt = {month: 0 for month in told if built is not None and previous_year(month) < built}
    return {month: (value, bases.get(month, unbuilt.get(month))) for month, value in steps(told).items()}


@dataclass(frozen=True, slots=True)
class SameSample:
    """The same-sample sums in 元. ``base_yuan`` None: no firm has a base. ``without_base``: firms left out because
    theirs is unknown."""

    total_yuan: int | None
    base_yuan: int | None
    yoy_percent: Decimal | None
    without_base: tuple[str, ...]


def same_sample(firms: Iterable[Firm]) -> SameSample:
    """Sum firms into one sample. Where no firm at all has a base the total still stands, without a rate."""
    everyone = list(firms)
    based = [firm for firm in everyone if firm.base_yuan is not None]
    unknown = tuple(firm.enterprise for firm in everyone if firm.base_yuan is None)
    if not everyone:
        return SameSample(None, None, None, ())
    if not based:
        return SameSample(sum(firm.total_yuan for firm in everyone), None, None, unknown)
    total = sum(firm.total_yuan for firm in based)
    base = sum(firm.base_yuan or 0 for firm in based)
    return SameSample(total, base, rate(total, base), unknown)


def rate(now: int | None, before: int | None) -> Decimal | None:
    """(now − before) / before in percent, one decimal, half up; below 100 % it never rounds to 100. None without a
    positive base."""
    if now is None or before is None or before <= 0:
        return None
    return _percent(now - before, before)


def share(part: int, whole: int) -> Decimal | None:
    """part / whole in percent, one decimal, half up; a share below 100 % never rounds to 100. None of nothing."""
    return None if whole == 0 else _percent(part, whole)


def _percent(part: int, whole: int) -> Decimal:
    rounded = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) + 0  # no −0.0
    return Decimal("99.9") if part < whole and rounded >= _WHOLE else rounded
