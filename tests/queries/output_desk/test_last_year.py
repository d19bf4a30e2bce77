"""Last year's side of the rates: what was published stays as published, and a firm's base is of the time it existed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office import clock
from chain_office.db.models import Enterprise, MonthlyOutput, RegisterSpell
from chain_office.queries import output, register
from chain_office.queries.dossier.facts import output_of, stays_of
from chain_office.queries.output_desk import breakdown, bridge, health
from chain_office.queries.records.output import firm_output
from chain_office.services.ledgers import open_or_make
from chain_office.services.output.answering import answer
from chain_office.services.output.correcting import Correction, correct
from chain_office.services.output.signing import sign_off
from chain_office.services.reconciling import broken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from chain_office.domain.output_bridge import Bridge
    from chain_office.services.ledgers import Ledger

AMOUNTS = ("month_yuan", "cum_yuan", "month_prev_yuan", "cum_prev_yuan")
DAY = date(2021, 5, 15)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_or_make(tmp_path / "上年.ledger") as opened:
        yield opened


def _firm(
    ledger: Ledger, name: str, reports: Mapping[str, tuple[int | None, ...]], *stays: Mapping[str, object]
) -> str:
    """A firm with its reports (month, cumulative, base of either) and its stays on the register; without any: always there."""
    with ledger.write("测试", "企业和产值") as writer:
        firm = writer.insert(Enterprise, {"name": name, "name_key": name, "name_core": name})
        for stay in stays or ({},):
            writer.insert(RegisterSpell, {"enterprise_id": firm, **stay})
        for month, amounts in reports.items():
            told = dict(zip(AMOUNTS, amounts, strict=False))
            writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": month, "source": "企业自报", **told})
    return firm


def _on(day: date) -> None:
    clock.set_clock(lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def _sign_off(ledger: Ledger) -> None:
    day = date(2020, 4, 10)
    _on(day)
    waiting = health(ledger, "2020-03", day).waiting
    if waiting:
        answer(ledger, waiting, "企业已核对", "张三")
    sign_off(ledger, "2020-03", "张三")


def _bridge(ledger: Ledger, day: date = DAY) -> tuple[Bridge, dict[str, dict[str, int]]]:
    found = bridge(ledger, day)
    assert found is not None
    assert found.holds
    assert broken(ledger, day) == ()
    return found, {line.key: {firm.name: firm.yuan for firm in line.firms} for line in found.lines}


def test_a_published_total_stays_and_the_correction_is_shown_beside_it(ledger: Ledger) -> None:
    """March 2020 was signed off at 300 + 200; a year later 甲 is known to have made 270, and 丙 had told nothing of its 50."""
    first = _firm(ledger, "甲", {"2020-03": (100, 300), "2021-03": (120, 330)})
    _firm(ledger, "乙", {"2020-03": (70, 200), "2021-03": (60, 210, 70, 200)})
    third = _firm(ledger, "丙", {"2021-03": (20, 60)})
    _sign_off(ledger)
    _on(date(2020, 9, 1))
    correct(ledger, [Correction(first, "2020-03", {"month_yuan": 70, "cum_yuan": 270})], "重复计算", "李四")
    late = dict(zip(AMOUNTS, (18, 50, None, None), strict=True))
    correct(ledger, [Correction(third, "2020-03", late)], "补报", "李四")

    whole = breakdown(ledger, DAY, "enterprise").whole
    assert (whole.cum.last_published_yuan, whole.month.last_published_yuan) == (300 + 200, 100 + 70)
    assert (whole.cum.published_yuan, whole.cum.base_yuan) == (330 + 210 + 60, 270 + 200 + 50)
    assert whole.cum.nominal_percent == Decimal("20.0")  # 600 / 500
    assert whole.cum.yoy_percent == Decimal("15.4")  # 80 / 520 = 15.38…
    found, lines = _bridge(ledger)
    assert (found.published_yuan, found.base_yuan, found.residual_yuan) == (500, 520, 0)
    assert lines == {"corrected": {"甲": -30, "丙": 50}}
    assert {one.name: one.why for one in found.line("corrected").firms} == {
        "甲": "公布时 300 元，后来更正为 270 元",
        "丙": "公布后补报 50 元",
    }


def test_a_correction_then_a_base_stated_anew_are_two_steps(ledger: Ledger) -> None:
    first = _firm(ledger, "甲", {"2020-03": (100, 300), "2021-03": (120, 330, 95, 280)})
    _sign_off(ledger)
    _on(date(2020, 9, 1))
    correct(ledger, [Correction(first, "2020-03", {"month_yuan": 70, "cum_yuan": 270})], "重复计算", "李四")
    assert _bridge(ledger)[1] == {"corrected": {"甲": -30}, "restated": {"甲": 10}}


def test_last_years_total_is_of_the_firms_that_counted_when_it_was_published(ledger: Ledger) -> None:
    """乙 left in February 2020, before March was published; 丙 entered in April 2020, after it."""
    _firm(ledger, "甲", {"2020-03": (100, 300), "2021-03": (120, 330)})
    _firm(ledger, "乙", {"2020-01": (50, 50)}, {"exit_day": date(2020, 2, 1)})
    _firm(
        ledger,
        "丙",
        {"2020-03": (10, 30), "2021-03": (11, 33)},
        {"entry_day": date(2020, 4, 1), "entry_kind": "promoted"},
    )
    then = output.growth(ledger, date(2020, 3, 31))
    assert then.published_yuan == 300
    now = breakdown(ledger, DAY, "enterprise")
    assert now.whole.cum.last_published_yuan == then.published_yuan
    assert now.leavers == ()
    assert _bridge(ledger)[1] == {"entered": {"丙": 30}}


def test_a_firm_built_last_year_has_the_months_since_as_its_base(ledger: Ledger) -> None:
    """乙 was built in February 2020: its base of January to March 2021 is what it made since, not nothing."""
    _firm(ledger, "甲", {"2020-03": (100, 300), "2021-03": (120, 330)})
    second = _firm(
        ledger, "乙",
        {"2020-02": (10,), "2020-03": (20,), "2021-01": (30,), "2021-02": (30,), "2021-03": (30,)},
        {"entry_day": date(2020, 2, 1), "entry_kind": "new_build"},
    )  # fmt: skip
    whole = breakdown(ledger, DAY, "enterprise").whole.cum
    assert (whole.total_yuan, whole.base_yuan) == (330 + 90, 300 + 30)
    assert [(one.output_yuan, one.base_yuan) for one in output.by_month(ledger, DAY)] == [(30, 0), (30, 10), (150, 120)]
    record = firm_output(ledger, second, DAY)
    assert record is not None
    assert (record.total_yuan, record.base_yuan, record.yoy_percent) == (90, 30, Decimal("200.0"))
    year, months = output_of(ledger, second, DAY, stays_of(ledger, second))
    assert year is not None
    assert year.base_yuan == 30
    assert [one.base_yuan for one in months[:3]] == [0, 10, 20]


def test_a_firm_built_long_ago_whose_last_year_is_unknown_has_no_base(ledger: Ledger) -> None:
    _firm(ledger, "甲", {"2020-03": (100, 300), "2021-03": (120, 330)})
    _firm(ledger, "乙", {"2021-03": (30, 90)}, {"entry_day": date(2018, 2, 1), "entry_kind": "new_build"})
    found = breakdown(ledger, DAY, "enterprise")
    assert (found.whole.cum.total_yuan, found.whole.cum.base_yuan) == (330, 300)
    assert [one.name for one in found.without_base] == ["乙"]


def test_a_firm_that_came_back_counts_as_it_entered_this_time(ledger: Ledger) -> None:
    """Built in 2017, left, 规下转规上 in 2021: without the base it should bring it has none; told in either order. What happens
    after the day asked about changes nothing."""
    stays = [
        {"entry_day": date(2021, 1, 1), "entry_kind": "promoted"},
        {"entry_day": date(2017, 1, 1), "entry_kind": "new_build", "exit_day": date(2019, 1, 1)},
        {"entry_day": date(2022, 1, 1), "entry_kind": "new_build"},
    ]
    firm = _firm(ledger, "甲", {"2021-03": (30, 90)}, *stays)
    assert register.entries_at(ledger, DAY)[firm] == register.Entry("promoted", "2021-01")
    assert [one.name for one in breakdown(ledger, DAY, "enterprise").without_base] == ["甲"]


def test_a_new_built_firm_whose_form_states_a_base_brings_it_and_is_pointed_at(ledger: Ledger) -> None:
    _firm(ledger, "甲", {"2020-03": (100, 300), "2021-03": (120, 330)})
    new = {"entry_day": date(2021, 1, 1), "entry_kind": "new_build"}
    _firm(ledger, "乙", {"2021-03": (30, 90, 5, 15)}, new)
    _firm(ledger, "丙", {"2021-03": (30, 90, 0, 0)}, new)
    found, lines = _bridge(ledger)
    assert lines == {"entered": {"乙": 15}, "built": {"丙": 0}}
    assert found.line("entered").firms[0].why == "新建投产，表上却写有同期数，请核对"
