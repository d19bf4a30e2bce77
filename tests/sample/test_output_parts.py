"""Output by part and the bridge of the sample office, against sums taken from its workbooks' cells by other means."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office.queries.output_desk import adjustments, breakdown, bridge, filing
from chain_office.services.ledgers import open_existing
from tests.sample.reading import TOTALS, Sheet, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
DAYS = {date(2020, 12, 31): 12, date(2021, 2, 28): 2, date(2021, 6, 30): 6, date(2021, 11, 19): 9}
BLANK = (None, "", "/", "-", "—")
LEFT = {"衡阳示例茶山坳铜制品有限公司": date(2021, 1, 1), "湖南示例和平渡轧铝有限公司": date(2021, 8, 1)}
NEW_BUILD, PROMOTED = "湖南示例酃湖金属新材料有限公司", "衡阳示例角山铟材有限公司"


@pytest.fixture(scope="module")
def ledger(sample_office: Path) -> Iterator[Ledger]:
    with open_existing(sample_office, read_only=True) as opened:
        yield opened


def unit_of(sheet: Sheet) -> int:
    """The unit the sheet's head names."""
    head = " ".join(str(cell) for row in sheet.rows[: sheet.body] for cell in row if cell)
    found = re.search(r"(千元|万元|亿元)", head)
    assert found, sheet.name
    return UNITS[found.group(1)]


def yuan(value: object, unit: int) -> int:
    return int((Decimal(str(value).replace(",", "")) * unit).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Told:
    """One firm's line of one month's form, in 元."""

    month: int | None
    cum: int
    base: int | None


def sheet_named(book: str, name: str) -> Sheet:
    return next(one for one in sheets() if one.book.startswith(book) and one.name == name)


def firms_in(sheet: Sheet) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Body rows that are a firm's: a name in the name's column, no sum."""
    column = sheet.column("企业名称", "单位详细名称", "单位名称")
    assert column is not None
    for row in sheet.body_rows():
        name = str(row[column] or "").strip()
        if name and not name.startswith(TOTALS):
            yield name, row


def form(month: int) -> dict[str, Told]:
    """A month's form of 2021: columns by where they stand, as a person reads it."""
    sheet = sheet_named("08" if month <= 6 else "09", f"{month}月")
    unit = unit_of(sheet)
    places = (3, None, 4) if month == 1 else (2, 3, 5) if month <= 6 else (3, 4, 5)
    found: dict[str, Told] = {}
    for name, row in firms_in(sheet):
        own, cum, base = (None if place is None or row[place] in BLANK else yuan(row[place], unit) for place in places)
        total = own if cum is None else cum
        if total is not None:  # January of a firm that reports 1—2月 in one says nothing
            found[name] = Told(own, total, base)
    return found


def year_2020(upto: int) -> dict[str, int]:
    """What each firm reported for January to a month of 2020."""
    sheet = sheet_named("07", "2020年")
    unit = unit_of(sheet)
    if upto == 12:
        return {name: yuan(row[14], unit) for name, row in firms_in(sheet)}
    return {name: sum(yuan(cell, unit) for cell in row[3 : 3 + upto - 1] if cell) for name, row in firms_in(sheet)}


def segments() -> dict[str, str]:
    """Firm → the first two characters of its segment, by the register's books (综合利用 is 再生回收/综合利用)."""
    found: dict[str, str] = {}
    for sheet in sheets():
        if sheet.book.startswith("01"):
            column = sheet.column("产业链环节", "环节", "产业链位置", "链条环节")
            assert column is not None
            found |= {name: str(row[column] or "")[:2].replace("综合", "再生") for name, row in firms_in(sheet)}
    return found


def percent(now: int, base: int) -> Decimal:
    return (Decimal(now - base) * 100 / base).quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.mark.parametrize("day", [one for one in DAYS if one.year == 2021], ids=str)
def test_parts_are_the_sums_of_the_forms(ledger: Ledger, day: date) -> None:
    told = {name: one for name, one in form(DAYS[day]).items() if LEFT.get(name, date.max) > day}
    found = breakdown(ledger, day, "segment")
    total, base = sum(one.cum for one in told.values()), sum(one.base or 0 for one in told.values())
    assert (found.whole.cum.total_yuan, found.whole.cum.base_yuan) == (total, base)
    assert found.whole.cum.yoy_percent == percent(total, base)
    last = year_2020(DAYS[day])
    assert found.whole.cum.last_published_yuan == sum(last.values())
    assert found.whole.cum.nominal_percent == percent(total, sum(last.values()))
    grown = [name for name, one in told.items() if one.base and one.cum > one.base]
    assert (found.whole.cum.rising, found.whole.cum.based) == (len(grown), sum(1 for one in told.values() if one.base))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for name, one in told.items():
        for place, value in enumerate((one.cum, one.base or 0, 1)):
            sums[segments()[name]][place] += value
    parts = {one.name[:2]: one.cum for one in found.groups if one.cum.firms}
    assert {key: [one.total_yuan, one.base_yuan, one.firms] for key, one in parts.items()} == sums
    for key, part in parts.items():
        change = sums[key][0] - sums[key][1]
        assert part.pull_points == (Decimal(change) * 100 / base).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert part.contribution_percent == percent(change, total - base) + 100
    by_firm = {one.name: one.cum.total_yuan for one in breakdown(ledger, day, "enterprise").groups if one.cum.firms}
    assert by_firm == {name: one.cum for name, one in told.items()}


@pytest.mark.parametrize("day", [date(2021, 6, 30), date(2021, 11, 19)], ids=str)
def test_the_month_alone_is_the_sum_of_the_forms(ledger: Ledger, day: date) -> None:
    month = DAYS[day]
    told = {name: one for name, one in form(month).items() if LEFT.get(name, date.max) > day}
    before = form(month - 1)
    found = breakdown(ledger, day, "park").whole.month
    assert found.total_yuan == sum(one.month or 0 for one in told.values())
    own = {name: (one.base or 0) - ((before[name].base or 0) if name in before else 0) for name, one in told.items()}
    assert found.base_yuan == sum(own.values())


@pytest.mark.parametrize("day", [one for one in DAYS if one.year == 2021], ids=str)
def test_the_bridge_names_every_firm_that_makes_the_difference(ledger: Ledger, day: date) -> None:
    told = {name: one for name, one in form(DAYS[day]).items() if LEFT.get(name, date.max) > day}
    last = year_2020(DAYS[day])
    found = bridge(ledger, day)
    assert found is not None
    assert found.holds
    assert found.residual_yuan == 0
    gone = {name: -last[name] for name, left in LEFT.items() if left <= day}
    assert {firm.name: firm.yuan for firm in found.line("left").firms} == gone
    entered = {name: one.base for name, one in told.items() if name not in last and one.base}
    assert {firm.name: firm.yuan for firm in found.line("entered").firms} == entered == {PROMOTED: told[PROMOTED].base}
    built = [firm.name for firm in found.line("built").firms]
    assert built == ([NEW_BUILD] if NEW_BUILD in told else [])
    restated = {
        name: (one.base or 0) - last[name] for name, one in told.items() if name in last and one.base != last[name]
    }
    assert {firm.name: firm.yuan for firm in found.line("restated").firms} == restated
    assert found.published_yuan + sum(line.yuan for line in found.lines) == found.base_yuan


def test_a_year_without_a_base_has_parts_without_rates(ledger: Ledger) -> None:
    day = date(2020, 12, 31)
    last = year_2020(12)
    found = breakdown(ledger, day, "enterprise")
    assert {one.name: one.cum.total_yuan for one in found.groups} == last
    assert (found.whole.cum.base_yuan, found.whole.cum.yoy_percent, found.whole.cum.pull_points) == (None, None, None)
    assert bridge(ledger, day) is None


def test_adjustments_are_those_of_the_forms(ledger: Ledger) -> None:
    expected = {}
    before: dict[str, Told] = {}
    for month in range(1, 10):
        now = form(month)
        for name, one in now.items():
            start = before[name].cum if name in before else 0
            if one.month is not None and one.cum - start - one.month:
                expected[name, f"2021-{month:02d}"] = one.cum - start - one.month
        before = now
    found = {
        (one.name, one.month): one.gap_yuan
        for one in adjustments(ledger, date(2021, 11, 19))
        if one.side == "now" and not one.joined
    }
    assert found == expected
    assert len(expected) == 3


def test_who_has_not_filed_is_the_register_less_the_form(ledger: Ledger) -> None:
    found = filing(ledger, "2021-09", date(2021, 11, 19))
    assert {one.name for one in found.filed} == set(form(9))
    assert len(found.filed) + len(found.missing) == 69
