"""Output by month, and the months that a year and its base have in common."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import Ledger, open_ledger
from chain_office.db.models import Enterprise, MonthlyOutput, RegisterSpell
from chain_office.domain.growth import rate
from chain_office.queries import output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "台账.ledger", create=True) as opened:
        yield opened


def _firm(ledger: Ledger, name: str, reports: dict[str, dict[str, int]]) -> str:
    with ledger.write("测试", "产值") as writer:
        firm = writer.insert(Enterprise, {"name": name, "name_key": name, "name_core": name})
        for month, amounts in reports.items():
            writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": month, **amounts})
    return firm


def _alone(year: int, *amounts: int | None) -> dict[str, dict[str, int]]:
    return {f"{year}-{n:02d}": {"month_yuan": yuan} for n, yuan in enumerate(amounts, start=1) if yuan is not None}


def test_the_base_is_of_the_months_reported_this_year(ledger: Ledger) -> None:
    _firm(ledger, "甲", {**_alone(2020, 100, 100, 100), **_alone(2021, 110)})
    _firm(ledger, "乙", {**_alone(2020, 100, 100, 100), **_alone(2021, None, None, 130)})
    _firm(ledger, "丙", {**_alone(2020, 100, 100, 100), **_alone(2021, 120, 120, 120)})
    grown = output.growth(ledger, date.fromisoformat("2021-12-31"))
    assert (grown.sample.total_yuan, grown.sample.base_yuan) == (110 + 130 + 360, 100 + 100 + 300)
    assert grown.sample.yoy_percent == Decimal("20.0")
    assert grown.last_published_yuan == 900


def test_a_base_that_stops_earlier_than_its_total_is_no_base(ledger: Ledger) -> None:
    _firm(ledger, "甲", {"2021-06": {"cum_yuan": 600, "cum_prev_yuan": 500}, "2021-09": {"cum_yuan": 900}})
    sample = output.growth(ledger, date.fromisoformat("2021-12-31")).sample
    assert (sample.total_yuan, sample.base_yuan, sample.yoy_percent) == (900, None, None)


def test_months_of_cumulatives_are_their_steps(ledger: Ledger) -> None:
    _firm(
        ledger,
        "甲",
        {
            "2021-02": {"cum_yuan": 20, "cum_prev_yuan": 10},
            "2021-03": {"cum_yuan": 35, "cum_prev_yuan": 20},
            "2021-06": {"cum_yuan": 90, "cum_prev_yuan": 60},
            "2021-07": {"month_yuan": 25, "cum_yuan": 115, "month_prev_yuan": 20, "cum_prev_yuan": 80},
        },
    )
    points = output.by_month(ledger, date.fromisoformat("2021-12-31"))
    assert [point.output_yuan for point in points] == [None, 20, 15, None, None, None, 25]
    assert [point.base_yuan for point in points] == [None, 10, 10, None, None, None, 20]


def test_months_of_last_year_are_the_base_where_the_form_states_none(ledger: Ledger) -> None:
    _firm(ledger, "甲", {**_alone(2020, 10, 20, 30), **_alone(2021, 11, 22, 33)})
    points = output.by_month(ledger, date.fromisoformat("2021-12-31"))
    assert [(point.output_yuan, point.base_yuan) for point in points] == [(11, 10), (22, 20), (33, 30)]
    assert {point.yoy_percent for point in points} == {Decimal("10.0")}


def test_a_firm_built_in_march_stands_behind_january_too(ledger: Ledger) -> None:
    """It has a base for the year (March), none to miss in January: the month's rows are those the month is made of."""
    old = _firm(ledger, "甲", {**_alone(2020, 10, 20, 30), **_alone(2021, 11, 22, 33)})
    new = _firm(ledger, "乙", {**_alone(2020, None, None, 5), **_alone(2021, 6, 7, 8)})
    with ledger.write("测试", "入规") as writer:
        spell = {"enterprise_id": new, "entry_day": date(2020, 3, 1), "entry_kind": "new_build"}
        writer.insert(RegisterSpell, spell)
    day = date(2021, 3, 31)
    points = output.by_month(ledger, day)
    assert [(point.output_yuan, point.base_yuan) for point in points] == [(17, 10), (29, 20), (41, 35)]
    assert output.firms_of_month(ledger, day, "2021-01") == {old: (11, 10), new: (6, 0)}
    assert output.firms_of_month(ledger, day, "2021-03") == {old: (33, 30), new: (8, 5)}


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [
        (19_996, 10_000, "99.9"),
        (20_000, 10_000, "100.0"),
        (13_450, 10_000, "34.5"),
        (13_445, 10_000, "34.5"),
        (5, 0, None),
    ],
)
def test_a_rate_below_a_hundred_never_shows_as_one(now: int, before: int, percent: str | None) -> None:
    assert rate(now, before) == (None if percent is None else Decimal(percent))
