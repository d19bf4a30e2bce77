"""Every vector of the domain notes, read by the kind or reader it is about."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chain_office.domain import values
from chain_office.domain.contacts import read_people
from chain_office.domain.deadlines import settle_deadline
from chain_office.domain.directory import Directory, Entry
from chain_office.domain.headings import normalise_heading
from chain_office.domain.kinds import BadValue, Context
from chain_office.domain.names import name_key
from chain_office.domain.periods import read_period, read_span
from chain_office.domain.stages import read_project_stage
from chain_office.domain.statuses import SATISFACTION, read_problem_status
from chain_office.domain.workdays import WorkCalendar

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
MESSY = VECTORS["messy_values"]
YEARS = VECTORS["workdays"]["years"]
CALENDAR = WorkCalendar.build(
    (int(year) for year in YEARS),
    (date.fromisoformat(day) for table in YEARS.values() for day in table["weekday_holidays"]),
    (date.fromisoformat(day) for table in YEARS.values() for day in table["weekend_workdays"]),
)
PLACES = Directory(
    (
        *(Entry(d["code"], d["name"], "", tuple(d["aliases"]), "district") for d in VECTORS["districts"]),
        *(Entry(p["id"], p["name"], p["short"], tuple(p["aliases"]), "park") for p in VECTORS["parks"]),
        *(Entry(u["id"], u["name"], u["short"], tuple(u["aliases"])) for u in VECTORS["departments"]),
    ),
    "衡阳市",
    "湖南省",
)
NO_SUCH_BANK = "农开行"
BANKS = Directory(
    tuple(
        Entry(
            b["short"],
            b["name"],
            b["short"],
            tuple(b["aliases"]),
            "bank",
            doubtful=tuple(a for a in b["aliases"] if a == NO_SUCH_BANK),
        )
        for b in VECTORS["banks"]
    ),
    "衡阳市",
    "湖南省",
)


def vectors(*kinds):
    """The vectors of some kinds, as parameters named by their text."""
    return [pytest.param(v, id=f"{v['kind']}:{v['raw']}") for v in MESSY if v["kind"] in kinds]


def context_of(vector):
    ctx = vector.get("ctx", {})
    header = ctx.get("header", "")
    unit = ctx.get("cell_format") or (normalise_heading(header)[1] if header else None)
    assigned = ctx.get("assigned")
    return Context(
        unit=unit,
        year=ctx.get("ref_year"),
        anchor=date.fromisoformat(assigned) if assigned else None,
        is_deadline=ctx.get("role") == "deadline",
    )


def raised(kind, vector):
    with pytest.raises(BadValue) as caught:
        kind.parse(vector["raw"], context_of(vector))
    return caught.value


def test_every_vector_is_read_by_a_test_below():
    handled = {
        *("money", "percent", "date", "years", "period", "period_header", "status", "units", "banks"),
        *("contact_phone", "phone", "uscc", "row", "industry", "header", "name_key"),
    }
    assert {v["kind"] for v in MESSY} == handled
    assert len(MESSY) == 78


@pytest.mark.parametrize("vector", vectors("money"))
def test_money(vector):
    expect = vector["expect"]
    if "error" in expect:
        problem = raised(values.MONEY, vector)
        assert (problem.question, problem.topic) == (True, "unit")
        assert problem.choices == ("元", "千元", "万元", "亿元")
        return
    if expect.get("wan", 0) is None:
        problem = raised(values.MONEY, vector)
        assert (problem.question, problem.topic) == (True, "amount")
        low, high = (values.MONEY.parse(choice).value for choice in problem.choices)
        assert (low, high) == (expect["lo_wan"] * 10_000, expect["hi_wan"] * 10_000)
        return
    reading = values.MONEY.parse(vector["raw"], context_of(vector))
    if expect.get("empty"):
        assert reading.value is None
        return
    assert reading.value == int(Decimal(str(expect["wan"])) * 10_000)
    assert isinstance(reading.value, int)
    assert reading.approximate == expect["approx"]
    assert reading.note == expect.get("note", "")
    assert reading.warnings == ()


@pytest.mark.parametrize("vector", vectors("percent"))
def test_percent(vector):
    reading = values.PERCENT.parse(vector["raw"], context_of(vector))
    assert reading.value == Decimal(str(vector["expect"]["pct"]))
    assert isinstance(reading.value, Decimal)
    assert reading.approximate == vector["expect"].get("approx", False)


@pytest.mark.parametrize("vector", vectors("date"))
def test_date(vector):
    expect, context = vector["expect"], context_of(vector)
    reading = settle_deadline(values.DAY.parse(vector["raw"], context), context.anchor, CALENDAR)
    assert reading.value == (date.fromisoformat(expect["date"]) if "date" in expect else None)
    rule = expect.get("rule", "")
    assert reading.rule == (f"{rule}:{expect['n']}" if "n" in expect else rule)
    assert reading.precision == expect.get("precision", "day")
    doubt = expect.get("warn", "").removeprefix("maybe_")
    assert any(doubt in w for w in reading.warnings) if doubt else reading.warnings == ()


@pytest.mark.parametrize("vector", vectors("years"))
def test_years(vector):
    expect, span = vector["expect"], read_span(vector["raw"])
    assert span is not None
    assert (span.first, span.last) == (str(expect.get("from", "")), str(expect.get("to", "")))
    assert span.months == expect.get("months")


@pytest.mark.parametrize("vector", vectors("period", "period_header"))
def test_period(vector):
    expect, period = vector["expect"], read_period(vector["raw"])
    assert period is not None
    assert (period.year, period.first, period.last) == (expect.get("year"), expect["from"], expect["to"])
    assert period.cumulative
    assert normalise_heading(vector["raw"])[1] == expect.get("unit")


@pytest.mark.parametrize("vector", vectors("status"))
def test_status(vector):
    wanted = {"done": "closed", "doing": "doing"}[vector["expect"]]
    assert read_problem_status(vector["raw"], "是否办结").value == wanted


@pytest.mark.parametrize("vector", vectors("units"))
def test_units(vector):
    cell = PLACES.read_units(vector["raw"])
    if vector["expect"] == ["*all_districts"]:
        assert cell.all_districts
        assert cell.matches == ()
        return
    assert [m.entry.label for m in cell.matches if m.entry] == vector["expect"]
    assert bool(cell.warnings) == (vector["expect"] == [])


@pytest.mark.parametrize("vector", vectors("banks"))
def test_banks(vector):
    matches = BANKS.resolve_all(vector["raw"])
    assert [m.entry.label for m in matches if m.entry] == vector["expect"]
    assert [m.text for m in matches if m.warnings] == [NO_SUCH_BANK]


@pytest.mark.parametrize("vector", vectors("contact_phone"))
def test_contact_and_phone(vector):
    (person,) = read_people(vector["raw"])
    assert (person.name, person.phones) == (vector["expect"]["contact"], (vector["expect"]["phone"],))


@pytest.mark.parametrize("vector", vectors("phone", "uscc"))
def test_bad_phones_and_codes(vector):
    words = {
        "bad_length": "位数不对",
        "scientific_notation_lost_digits": "科学计数法",
        "illegal_char_O": "字母O",
        "checksum": "校验",
    }
    expect = vector["expect"]
    kind = {"phone": values.PHONE, "uscc": values.CREDIT_CODE}[vector["kind"]]
    problem = raised(kind, vector)
    assert words[expect["error"]] in problem.reason
    assert problem.choices == ((expect["suggest"],) if "suggest" in expect else ())
    assert f"末位应为{expect['expected_last']}" in problem.reason if "expected_last" in expect else True


@pytest.mark.parametrize("vector", vectors("industry"))
def test_industry(vector):
    expect = vector["expect"]
    reading = values.INDUSTRY_CODE.parse(vector["raw"])
    assert (reading.value, reading.note) == (expect["code"], expect.get("name", ""))
    assert bool(reading.warnings) == ("warn" in expect)


@pytest.mark.parametrize("vector", vectors("name_key"))
def test_name_keys(vector):
    assert name_key(vector["raw"]) == vector["expect"]


@pytest.mark.parametrize("vector", VECTORS["workdays"]["vectors"], ids=lambda v: v["from"])
def test_working_days(vector):
    start, end = date.fromisoformat(vector["from"]), date.fromisoformat(vector["to"])
    assert CALENDAR.add_workdays(start, vector["n"]) == end
    assert CALENDAR.workdays_between(start, end) == vector["n"]


@pytest.mark.parametrize("code", VECTORS["uscc"]["valid"])
def test_valid_credit_codes(code):
    assert values.CREDIT_CODE.parse(code).value == code
    assert values.CREDIT_CODE.parse(f" {code.lower()[:8]} {code[8:]}").value == code


@pytest.mark.parametrize("code", VECTORS["uscc"]["invalid"])
def test_invalid_credit_codes(code):
    with pytest.raises(BadValue):
        values.CREDIT_CODE.parse(code)


STATE_IDS = {
    "draft": "waiting",
    "pending": "to_assign",
    "long": "parked",
    "done": "closed",
}


@pytest.mark.parametrize(
    ("word", "state"),
    [
        pytest.param(word, STATE_IDS.get(s["id"], s["id"]), id=word)
        for s in VECTORS["issue_status"]
        for word in (s["name"], *s["synonyms"])
    ],
)
def test_status_synonyms(word, state):
    assert read_problem_status(word, "是否办结").value == state


@pytest.mark.parametrize("row", VECTORS["satisfaction"], ids=lambda r: r["name"])
def test_satisfaction_synonyms(row):
    ids = {"满意": "satisfied", "基本满意": "fairly", "不满意": "dissatisfied", "未评价": "unrated"}
    assert {SATISFACTION.parse(word).value for word in (row["name"], *row["synonyms"])} == {ids[row["name"]]}


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        pytest.param(word, stage, id=word)
        for s in VECTORS["project_stages"]
        for stage in [
            {"plan": "planned", "build": "under_construction", "done": "completed", "stop": "stopped"}[s["id"]]
        ]
        for word in (s["name"], *s["synonyms"])
    ],
)
def test_stage_synonyms(word, stage):
    assert read_project_stage(word).value == stage
