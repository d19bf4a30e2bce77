"""The cases of statistical practice, counted by hand: entrants of both kinds, leavers, a base of zero, revised months, months
joined, a base stated against one's own report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import District, Enterprise, MonthlyOutput, PublishedTotal, RegisterSpell
from chain_office.queries import output
from chain_office.queries.output_desk import adjustments, breakdown, bridge
from chain_office.services.ledgers import open_or_make
from chain_office.services.output.report import as_json, as_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 5, 15)
Report = tuple[int | None, int | None, int | None, int | None]
"""Month, cumulative, base of the month, base of the cumulative, in 元."""
FIRMS: dict[str, tuple[dict[str, object], dict[str, Report]]] = {
    # stays: 300 last year, 360 this year; states what it reported
    "留铜": ({}, {"2020-03": (None, 300, None, None), "2021-03": (130, 360, 110, 300)}),
    # restates: reported 200 last year, states 220 now
    "调铝": ({}, {"2020-03": (None, 200, None, None), "2021-03": (60, 210, 70, 220)}),
    # 规下转规上 in 2021: brings its own base of 50
    "升锌": ({"entry_day": date(2021, 1, 1), "entry_kind": "promoted"}, {"2021-03": (30, 80, 20, 50)}),
    # 新建投产 in February 2021: base 0, in the total
    "新钛": ({"entry_day": date(2021, 2, 1), "entry_kind": "new_build"}, {"2021-03": (25, 40, None, None)}),
    # left in 2021-02: on neither side, though it reported 100 last year and 10 this January
    "退锡": ({"exit_day": date(2021, 2, 1)}, {"2020-03": (None, 100, None, None), "2021-01": (10, 10, 8, 8)}),
    # on the register, told nothing this year
    "默镍": ({}, {"2020-03": (None, 70, None, None)}),
    # months joined: 1—2月 in one, then March alone; last year's own months are its base
    "并铅": ({}, {"2020-02": (None, 40, None, None), "2020-03": (25, None, None, None),
                 "2021-02": (None, 44, None, None), "2021-03": (26, None, None, None)}),
    # reported January to February only: its base is of these months alone
    "短银": ({}, {"2020-01": (10, None, None, None), "2020-02": (10, None, None, None),
                 "2020-03": (10, None, None, None), "2021-01": (12, None, None, None), "2021-02": (13, None, None, None)}),
    # promoted without the base it should have brought: on neither side of the rate, in what was published
    "缺金": ({"entry_day": date(2021, 1, 1), "entry_kind": "promoted"}, {"2021-03": (5, 15, None, None)}),
}  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_or_make(tmp_path / "手算.ledger") as opened:
        with opened.write("测试", "九家企业") as writer:
            east, west = (writer.insert(District, {"name": name, "short": name}) for name in ("东区", "西区"))
            for place, (name, (spell, reports)) in enumerate(FIRMS.items()):
                put = {"name": name, "name_key": name, "name_core": name, "district_id": east if place < 4 else west}
                firm = writer.insert(Enterprise, put)
                writer.insert(RegisterSpell, {"enterprise_id": firm, **spell})
                for month, amounts in reports.items():
                    named = zip(("month_yuan", "cum_yuan", "month_prev_yuan", "cum_prev_yuan"), amounts, strict=True)
                    writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": month, **dict(named)})
        yield opened


def test_the_sums_are_those_of_the_same_firms(ledger: Ledger) -> None:
    whole = breakdown(ledger, DAY, "district").whole.cum
    assert whole.total_yuan == 360 + 210 + 80 + 40 + (44 + 26) + (12 + 13) == 785
    assert whole.base_yuan == 300 + 220 + 50 + 0 + (40 + 25) + (10 + 10) == 655
    assert whole.yoy_percent == Decimal("19.8")  # 130 / 655 = 19.847…
    assert whole.published_yuan == 785 + 15
    assert whole.last_published_yuan == 300 + 200 + 100 + 70 + 65 + 30 == 765
    assert whole.nominal_percent == Decimal("4.6")  # 35 / 765 = 4.575…
    assert (whole.rising, whole.falling, whole.based, whole.firms) == (4, 1, 5, 6)
    assert whole.rising_percent == Decimal("80.0")


def test_pull_contribution_and_share_by_district(ledger: Ledger) -> None:
    parts = {one.name: one.cum for one in breakdown(ledger, DAY, "district").groups}
    east, west = parts["东区"], parts["西区"]
    assert (east.total_yuan, east.base_yuan, west.total_yuan, west.base_yuan) == (690, 570, 95, 85)
    assert (east.pull_points, west.pull_points) == (Decimal("18.32"), Decimal("1.53"))  # 120/655, 10/655
    assert (east.contribution_percent, west.contribution_percent) == (Decimal("92.3"), Decimal("7.7"))
    assert (east.share_percent, west.share_percent) == (Decimal("87.9"), Decimal("12.1"))
    assert [one.few for one in breakdown(ledger, DAY, "district").groups] == [False, True]


def test_the_month_alone_has_the_same_firms_on_both_sides(ledger: Ledger) -> None:
    month = breakdown(ledger, DAY, "enterprise").whole.month
    # 留铜, 调铝, 升锌, 新钛 (base 0) and 并铅 (own March of last year); 短银 told no March, 缺金 has no base
    assert month.total_yuan == 130 + 60 + 30 + 25 + 26
    assert month.base_yuan == 110 + 70 + 20 + 0 + 25
    march = output.by_month(ledger, DAY)[2]
    assert (march.output_yuan, march.base_yuan, march.yoy_percent) == (271, 225, Decimal("20.4"))


def test_entrants_leavers_and_the_rest_are_named(ledger: Ledger) -> None:
    found = breakdown(ledger, DAY, "enterprise")
    assert [(one.name, one.kind) for one in found.entrants] == [
        ("升锌", "promoted"), ("新钛", "new_build"), ("缺金", "promoted"),
    ]  # fmt: skip
    assert [one.name for one in found.leavers] == ["退锡"]
    assert [one.name for one in found.silent] == ["默镍"]
    assert [one.name for one in found.without_base] == ["缺金"]
    assert [one.name for one in found.ranked("growth", 2)] == ["升锌", "短银"]  # +60 %, +25 %
    assert [one.name for one in found.ranked("pull", 2, lowest=True)] == ["调铝", "并铅"]  # −10, +5 (and 短银 +5)
    assert [one.name for one in found.ranked("pull", 1)] == ["留铜"]


def test_the_bridge_by_hand(ledger: Ledger) -> None:
    found = bridge(ledger, DAY)
    assert found is not None
    told = {line.key: {firm.name: firm.yuan for firm in line.firms} for line in found.lines}
    assert told == {
        "left": {"退锡": -100}, "silent": {"默镍": -70}, "entered": {"升锌": 50}, "built": {"新钛": 0},
        "months": {"短银": -10}, "restated": {"调铝": 20},
    }  # fmt: skip
    assert 765 - 100 - 70 + 50 - 10 + 20 == found.base_yuan == 655
    assert [(line.key, line.yuan) for line in found.now_lines] == [("now_unbased", -15)]
    assert (found.now_published_yuan, found.total_yuan, found.residual_yuan, found.holds) == (800, 785, 0, True)


def test_a_stated_total_leaves_what_no_firm_explains(ledger: Ledger) -> None:
    with ledger.write("测试", "公布数") as writer:
        writer.insert(PublishedTotal, {"month": "2020-03", "total_yuan": 800})
    found = bridge(ledger, DAY)
    assert found is not None
    assert (found.published_yuan, found.residual_yuan, found.base_yuan, found.holds) == (800, -35, 655, True)
    assert breakdown(ledger, DAY, "district").whole.cum.nominal_percent == Decimal("0.0")


def test_joined_months_are_no_adjustment(ledger: Ledger) -> None:
    found = [(one.name, one.month, one.gap_yuan, one.joined) for one in adjustments(ledger, DAY) if one.side == "now"]
    assert ("并铅", "2021-02", 44, True) in found
    assert ("退锡", "2021-01", 0, False) not in found


def test_before_the_leaver_left_it_counts(ledger: Ledger) -> None:
    january = breakdown(ledger, date(2021, 1, 31), "enterprise")
    assert [one.name for one in january.groups if one.cum.total_yuan is not None] == ["短银", "退锡"]
    assert january.whole.cum.base_yuan == 8 + 10


def test_the_command_says_the_same(ledger: Ledger) -> None:
    told = as_json(ledger, DAY, "district")
    total = told["total"]
    assert isinstance(total, dict)
    assert (total["total_yuan"], total["base_yuan"], total["yoy_percent"], total["nominal_yoy_percent"]) == (
        785, 655, 19.8, 4.6,
    )  # fmt: skip
    rows = told["rows"]
    assert isinstance(rows, list)
    assert sum(row["change_yuan"] for row in rows) == 785 - 655
    assert [row["pull_points"] for row in rows] == [18.32, 1.53]
    lines = "\n".join(as_lines(ledger, DAY, "district"))
    assert "增长面：4/5（80.0%）" in lines
    assert "退规企业 -100 元：退锡 -100 元" in lines
    nothing = as_json(ledger, date(2019, 1, 1))
    assert nothing["bridge"] is None
    assert nothing["to"] is None
