"""The facts behind the books tell the first office's story, and no state hides behind the wrong words."""

from __future__ import annotations

import json

import pytest

from making.firms import FIRMS
from making.problems import CANDIDATES, PROBLEMS
from tests.sample.reading import FOLDER

EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
FINAL = EXPECTED["2021-11-19"]


def test_the_published_figures():
    wanted = {
        "enterprises.total": 69,
        "visits.enterprises_visited": 69,
        "problems.screened_in": 58,
        "problems.assigned": 58,
        "finance.enterprises": 12,
        "finance.parks": 2,
        "finance.banks": 4,
        "projects.completed": 5,
        "projects.under_construction": 26,
        "projects.planned": 8,
        "projects.total": 39,
        "output.from": "2021-01",
        "output.to": "2021-09",
        "output.total_yuan": 23_500_000_000,
        "output.yoy_percent": 34.5,
    }
    assert {key: FINAL[key] for key in wanted} == wanted
    assert 41 <= FINAL["problems.closed"] <= 49
    assert 700_000_000 < FINAL["finance.drawn_yuan"] < 800_000_000
    assert FINAL["finance.drawn_yuan"] <= FINAL["finance.granted_yuan"]
    assert FINAL["output.nominal_yoy_percent"] != FINAL["output.yoy_percent"]
    assert 31 < FINAL["output.nominal_yoy_percent"] < 38


@pytest.mark.parametrize("day", sorted(EXPECTED))
def test_the_problem_balances_hold(day):
    f = {key.removeprefix("problems."): value for key, value in EXPECTED[day].items() if key.startswith("problems.")}
    assert f["collected"] == f["screened_in"] + f["rejected"] + f["pooled"] + f["waiting"]
    assert f["screened_in"] == f["assigned"] + f["to_assign"] + f["solved_on_site"] + f["escalated"]
    if "open" in f:
        assert f["assigned"] == f["closed"] + f["reported"] + f["open"] + f["parked"]


def test_the_register_is_69_at_both_days_with_two_coming_and_two_going():
    assert [EXPECTED[day]["enterprises.total"] for day in sorted(EXPECTED)] == [69, 70, 70, 69]
    assert len(FIRMS) == 71


def test_problems_go_to_many_units():
    assert len({one.lead for one in PROBLEMS}) >= 15


def test_verification_stands_in_the_row_or_it_does_not():
    words = ("核实", "销号", "满意", "回访")
    for one in PROBLEMS:
        row = " ".join((one.text, one.demand, one.progress, one.satisfaction, one.remark))
        if one.state == "unverified":
            assert not any(word in row for word in words), one.text
        if one.state == "verified":
            assert any(word in row for word in words), one.text


def test_no_problem_is_told_twice():
    texts = [one.text for one in PROBLEMS] + [one.text for one in CANDIDATES]
    assert len(set(texts)) == len(texts) == 87
