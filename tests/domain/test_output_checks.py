"""The monthly health check, finding by finding, with the numbers it rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.growth import Report
from chain_office.domain.output_checks import FirmMonth, findings
from chain_office.domain.output_health import Answer

if TYPE_CHECKING:
    from chain_office.domain.output_health import Finding

WAN = 10_000
MONTH = "2021-06"
YEAR = tuple(Report(f"2021-{n:02d}", (100 + n) * WAN, sum(100 + k for k in range(1, n + 1)) * WAN) for n in range(1, 6))
"""January to May: 101 … 105 万元, cumulative 515 万元."""
THEN = tuple(Report(f"2020-{n:02d}", 90 * WAN, n * 90 * WAN) for n in range(1, 7))
HISTORY = (*[90 * WAN] * 7, *(one.month_yuan or 0 for one in YEAR))
GOOD = Report(MONTH, 106 * WAN, 621 * WAN, 90 * WAN, 540 * WAN)


def look(now: Report | None, **more: object) -> dict[str, Finding]:
    told: dict[str, object] = {
        "kind": None, "registered": True, "now": now, "year": YEAR, "then": THEN, "history": HISTORY, **more,
    }  # fmt: skip
    firm = FirmMonth("f", 1, "甲铜业", **told)  # type: ignore[arg-type]
    return {one.kind: one for one in findings(firm, MONTH, {})}


def test_a_sound_report_has_no_findings() -> None:
    assert look(GOOD) == {}


@pytest.mark.parametrize("power", [1, 2, 3, 4])
def test_a_unit_mistaken_by_a_power_of_ten_is_severe_and_told_how_to_correct(power: int) -> None:
    times = 10**power
    found = look(Report(MONTH, 106 * WAN * times, 621 * WAN * times, 90 * WAN, 540 * WAN))
    one = found["unit"]
    assert one.severity == "severe"
    assert one.suggested == {"month_yuan": 106 * WAN, "cum_yuan": 621 * WAN}
    assert f"约为其 {times:,} 倍" in one.words
    assert set(found) == {"unit"}  # no second complaint about the same slip


def test_a_base_in_another_unit_than_last_years_own_report() -> None:
    one = look(Report(MONTH, 106 * WAN, 621 * WAN, 90 * WAN // 10, 540 * WAN // 10))["unit"]
    assert one.suggested == {"month_prev_yuan": 90 * WAN, "cum_prev_yuan": 540 * WAN}


def test_a_falling_cumulative_shows_both() -> None:
    one = look(Report(MONTH, 106 * WAN, 500 * WAN, 90 * WAN, 540 * WAN))["falling"]
    assert one.severity == "severe"
    assert one.words == "累计 500 万元，小于 2021-05 累计 515 万元"
    assert one.suggested == {"cum_yuan": 621 * WAN}


def test_a_cumulative_that_is_not_the_last_one_plus_the_month() -> None:
    one = look(Report(MONTH, 106 * WAN, 625 * WAN, 90 * WAN, 540 * WAN))["step"]
    assert one.severity == "check"
    assert "2021-05 累计 515 万元 + 本月 106 万元 = 621 万元，所报累计 625 万元，调整数 4 万元" in one.words


def test_a_base_that_is_not_last_years_own_report() -> None:
    one = look(Report(MONTH, 106 * WAN, 621 * WAN, 90 * WAN, 550 * WAN))["base"]
    assert "表上上年同期 550 万元，本企业上年所报 540 万元，差 10 万元" in one.words
    assert one.suggested == {"cum_prev_yuan": 540 * WAN}


def test_an_outlier_is_told_with_median_and_mad() -> None:
    # of 90 ×7, 101…105 the median is 90, the distances 0 ×7, 11…15 have the median 0: the months hardly vary
    one = look(Report(MONTH, 250 * WAN, 765 * WAN, 90 * WAN, 540 * WAN))["outlier"]
    assert "前 12 个月中位数 90 万元，离差中位数 0 元，以往各月几乎不变；比上年同月 +177.8%" in one.words
    wide = (
        60,
        80,
        100,
        120,
        140,
        100,
    )  # median 100, distances 40 20 0 20 40 0: median 20; (250 − 100) · 0.6745 / 20 = 5.06
    one = look(Report(MONTH, 250 * WAN, 765 * WAN, 90 * WAN, 540 * WAN), history=tuple(value * WAN for value in wide))[
        "outlier"
    ]
    assert "中位数 100 万元，离差中位数 20 万元，稳健分数 5.1（限 3.5）" in one.words
    assert "outlier" not in look(
        Report(MONTH, 190 * WAN, 705 * WAN, 90 * WAN, 540 * WAN), history=tuple(value * WAN for value in wide)
    )  # 90 · 0.6745 / 20 = 3.04


def test_negative_amounts_repeats_and_stops() -> None:
    assert look(Report(MONTH, -5 * WAN, 510 * WAN))["negative"].severity == "severe"
    assert look(Report(MONTH, 105 * WAN, 620 * WAN, 90 * WAN, 540 * WAN))["repeated"].severity == "check"
    assert look(Report(MONTH, 105 * WAN, 515 * WAN, 90 * WAN, 540 * WAN))["repeated"].severity == "severe"
    assert "停产" in look(GOOD, stop="停产")["stop"].words
    assert "没有填生产状态" in look(Report(MONTH, 0, 515 * WAN, 90 * WAN, 540 * WAN))["stop"].words
    assert "stop" not in look(Report(MONTH, 0, 515 * WAN, 90 * WAN, 540 * WAN), stop="停产")


def test_a_month_larger_than_the_cumulative() -> None:
    assert look(Report(MONTH, 700 * WAN, 621 * WAN, 90 * WAN, 540 * WAN), year=())["smaller"].severity == "severe"


def test_missing_reports_weigh_by_what_the_firm_did_before() -> None:
    assert look(None)["missing"].severity == "severe"
    assert look(Report(MONTH))["missing"].severity == "severe"  # a line without amounts tells nothing
    assert look(None, year=(), then=(), history=())["missing"].severity == "check"
    assert look(None, registered=False) == {}


def test_january_of_a_firm_that_joins_two_months_waits_for_february() -> None:
    firm = FirmMonth("f", 1, "甲", None, registered=True, history=HISTORY, joins=True)
    (one,) = findings(firm, "2021-01", {})
    assert (one.kind, one.severity) == ("missing", "note")
    both = FirmMonth("f", 1, "甲", None, registered=True, now=Report("2021-02", None, 200 * WAN, None, 180 * WAN))
    assert [(one.kind, one.severity) for one in findings(both, "2021-02", {})] == [("joined", "note")]


def test_a_firm_without_any_base_is_told_unless_newly_built() -> None:
    alone = Report(MONTH, 106 * WAN, 621 * WAN)
    assert look(alone, then=(), kind="promoted")["no_base"].words.startswith("规下转规上企业应自带上年同期数")
    assert "no_base" not in look(alone, then=(), kind="new_build")
    assert "no_base" not in look(alone)  # its own reports of last year are its base


def test_an_answer_settles_its_kind() -> None:
    firm = FirmMonth("f", 1, "甲", None, registered=True, history=HISTORY)
    (one,) = findings(firm, MONTH, {"missing": Answer("a", "已停产", "张三", date(2021, 7, 1))})
    assert not one.open
    assert one.answer is not None
    assert one.answer.text == "已停产"
