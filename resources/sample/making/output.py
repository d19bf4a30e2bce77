"""Monthly output of the invented firms in 万元: 2020 as reported then, 2021 with the base each form states.

Real firms have none. Sums are set from two constants; everything else follows from the weights and the seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from making.firms import ENTRIES, EXITS, INVENTED, Firm

TOTAL_2021 = 2_350_000  # January–September 2021, same sample
BASE_2020 = 1_747_190  # what the forms of 2021 state as the base of those firms
NEW_BUILD = {"酃湖": (5, 9_860)}  # first month, output of 2021 to September
FADING = {"和平渡": (210, 160, 120, 60, 30, 10, 5)}  # January to July 2021, then off the register
REVISED_CUM = {"耒水": (6, -180), "洣江": (4, 95), "金源街": (8, 420)}  # from month, amount
REVISED_BASE = {"鼎岩": 1_260, "车江": -840, "松江渡": 2_150}  # base stated in 2021 minus what was reported in 2020
REVISED_YEAR = {"丹霞坪": -310}  # January–December 2020 as reported minus the sum of its months
JOINT = {
    "湘桥",
    "泉湖",
    "石鼎",
    "荫田岭",
    "罗台",
    "南阳桥",
    "甘溪",
    "蓬源",
    "茶市",
    "白地市",
    "界牌",
    "店门",
    "幸福岭",
    "角山",
}
SEASON = (0.086, 0.074, 0.104, 0.108, 0.112, 0.118, 0.121, 0.133, 0.144)
AUTUMN = (0.135, 0.142, 0.151)


@dataclass(frozen=True, slots=True)
class Month:
    """One firm's line in one month's form. ``month`` and ``month_base`` are None in February of a joint reporter;
    January of a joint reporter has no line."""

    month: int | None
    cum: int
    month_base: int | None
    cum_base: int


@dataclass(frozen=True, slots=True)
class Year:
    """One firm's output: months of 2020 as reported then (empty for none), and its lines of 2021 by month."""

    firm: Firm
    months_2020: tuple[int, ...]
    year_2020: int
    lines_2021: dict[int, Month]


def _split(total: int, parts: tuple[float, ...], rng: random.Random) -> list[int]:
    """A total in whole parts, about in proportion, the last taking the rest."""
    shares = [part * (0.88 + 0.24 * rng.random()) for part in parts]
    months = [round(total * share / sum(shares)) for share in shares]
    months[-1] += total - sum(months)
    return months


def _scaled(firms: list[Firm], raw: list[float], total: int) -> dict[str, int]:
    """Raw sizes made whole numbers with exactly this sum, the largest taking the rest."""
    sizes = {firm.key: round(size * total / sum(raw)) for firm, size in zip(firms, raw, strict=True)}
    largest = max(sizes, key=lambda key: sizes[key])
    sizes[largest] += total - sum(sizes.values())
    return sizes


def _lines(firm: Firm, months: list[int], bases: list[int], first: int) -> dict[int, Month]:
    start, revision = REVISED_CUM.get(firm.key, (99, 0))
    lines = {}
    for month in range(first, first + len(months)):
        done = sum(months[: month - first + 1]) + (revision if month >= start else 0)
        base, base_cum = (bases[month - 1], sum(bases[:month])) if bases else (0, 0)
        joint = firm.key in JOINT
        if joint and month == 1:
            continue
        alone = not (joint and month == 2)
        lines[month] = Month(months[month - first] if alone else None, done, base if alone else None, base_cum)
    return lines


def all_output() -> list[Year]:
    """Every invented firm's output."""
    rng = random.Random(20211119)
    same = [firm for firm in INVENTED if firm.key not in EXITS and firm.key not in NEW_BUILD]
    bases = _scaled(same, [firm.weight for firm in same], BASE_2020)
    rest = TOTAL_2021 - sum(total for _, total in NEW_BUILD.values())
    totals = _scaled(same, [bases[firm.key] * (1 + firm.growth / 100) for firm in same], rest)
    return [_year(firm, bases, totals, rng) for firm in INVENTED]


def _year(firm: Firm, bases: dict[str, int], totals: dict[str, int], rng: random.Random) -> Year:
    if firm.key in NEW_BUILD:
        first, total = NEW_BUILD[firm.key]
        return Year(firm, (), 0, _lines(firm, _split(total, SEASON[first - 1 :], rng), [], first))
    base = bases.get(firm.key, round(firm.weight * 8_000))
    base_months = _split(base, SEASON, rng)
    autumn = _split(round(base * sum(AUTUMN)), AUTUMN, rng)
    if firm.key in EXITS:
        months = list(FADING.get(firm.key, ()))
    else:
        revision = REVISED_CUM.get(firm.key, (0, 0))[1]
        months = _split(totals[firm.key] - revision, SEASON, rng)
    lines = _lines(firm, months, base_months, 1)
    if firm.key in ENTRIES:
        return Year(firm, (), 0, lines)
    reported = [*base_months, *autumn]
    reported[5] -= REVISED_BASE.get(firm.key, 0)
    return Year(firm, tuple(reported), sum(reported) + REVISED_YEAR.get(firm.key, 0), lines)


OUTPUT = all_output()


def on_form(year: Year, month: int) -> bool:
    """Whether a firm stands in the form of a month of 2021: it is on the register and has reported something."""
    return month in year.lines_2021 and year.firm.on_register(date(2021, month, 28))
