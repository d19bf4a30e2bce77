"""Figures that are counted the quick way are those of the plain way: every row read, at many dates, with rows binned."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import Enterprise, MonthlyOutput, Problem, Project, Visit
from chain_office.domain.growth import covered, rate, steps, within
from chain_office.domain.periods import last_ended_month, previous_year
from chain_office.domain.workflow import STATES
from chain_office.queries import counts, output, overview, problem_list, problems, projects, register
from chain_office.services.ledgers import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DAYS = [date(2020, 12, 31), *(date(2021, month, 28) for month in range(1, 13)), date(2021, 11, 19), date(2022, 1, 5)]
_HANDED_OVER = {"closed", "reported", "open", "parked"}


@pytest.fixture(scope="module", params=("as it is", "binned and changed"))
def ledger(
    request: pytest.FixtureRequest, sample_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("quick") / "台账.ledger"
    shutil.copy(sample_office, path)
    with open_ledger(path) as opened:
        if request.param != "as it is":
            _change(opened)
        yield opened


def _change(ledger: Ledger) -> None:
    """Some of everything in the bin, and reports that leave something out or say it all."""
    with ledger.write("测试", "改动") as writer:
        for model in (Enterprise, Visit, Problem, Project, MonthlyOutput):
            for (row_id,) in ledger.rows(f"SELECT id FROM {model._meta.table_name} ORDER BY id")[::9]:
                writer.bin(model, row_id)
        rows = ledger.rows(
            "SELECT id, month FROM monthly_output WHERE deleted_at IS NULL ORDER BY enterprise_id, month"
        )
        for place, (row_id, month) in enumerate(rows):
            number, whole = int(month[5:]), place % 4 != 1
            told = {
                "month_yuan": 1_000 + place if whole else None,
                "cum_yuan": 1_000 * number + place if place % 7 else None,
                "month_prev_yuan": 900 + place if whole or place % 3 else None,
                "cum_prev_yuan": 900 * number + place if place % 5 else None,
            }
            writer.update(MonthlyOutput, row_id, told)
        first = [row[0] for row in ledger.rows("SELECT DISTINCT enterprise_id FROM monthly_output ORDER BY 1")][::2]
        for (row_id,) in ledger.rows("SELECT id FROM monthly_output WHERE deleted_at IS NULL ORDER BY id"):
            owner, month = ledger.rows("SELECT enterprise_id, month FROM monthly_output WHERE id = ?", (row_id,))[0]
            if owner in first:
                number = int(month[5:])
                told = {"month_yuan": 7, "cum_yuan": 7 * number, "month_prev_yuan": 5, "cum_prev_yuan": 5 * number}
                writer.update(MonthlyOutput, row_id, told)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_problems(ledger: Ledger, day: date) -> None:
    rows = problem_list.standing(ledger, day)
    assert dict(problems.counts_by_state(ledger, day)) == Counter(one.state for one in rows)
    late = sum(one.overdue for one in rows)
    assert problems.count_overdue(ledger, day) == late == overview.overdue(ledger, day).total
    handed_over = [one for one in rows if STATES[one.state].bucket in _HANDED_OVER]
    named = {one.unit_id for one in handed_over if one.unit_id is not None}
    assert problems.count_lead_units(ledger, day) == len(named)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_firms_and_visits(ledger: Ledger, day: date) -> None:
    visited = {
        row[0]
        for row in ledger.rows(
            "SELECT enterprise_id FROM visit WHERE deleted_at IS NULL AND day <= ?", (day.isoformat(),)
        )
    }
    on = register.firms_on_register(ledger, day)
    assert register.count_visited(ledger, day) == len(visited)
    assert overview.count_covered(ledger, day) == len(visited & on)
    assert counts.unvisited(ledger, day) == len(on - visited)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_projects(ledger: Ledger, day: date) -> None:
    rows = projects.pipeline(ledger, day)
    assert dict(projects.counts_by_stage(ledger, day)) == Counter(one.stage for one in rows)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_firms_behind_with_their_reports(ledger: Ledger, day: date) -> None:
    told = ledger.rows(
        "SELECT enterprise_id, month FROM monthly_output WHERE deleted_at IS NULL AND month <= ? "
        "AND (month_yuan IS NOT NULL OR cum_yuan IS NOT NULL)",
        (last_ended_month(day),),
    )
    last = max((month for _, month in told), default="")
    latest: dict[str, str] = {}
    for firm, month in told:
        if month >= f"{last[:4]}-01":
            latest[firm] = max(month, latest.get(firm, ""))
    counted = register.firms_on_register(ledger, day)
    ever = register.firms_ever_registered(ledger)
    late = [firm for firm, month in latest.items() if month < last and (firm in counted or firm not in ever)]
    assert counts.behind_with_reports(ledger, day) == len(late)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_months(ledger: Ledger, day: date) -> None:
    assert output.by_month(ledger, day) == _plain_months(ledger, day)


def _plain_months(ledger: Ledger, day: date) -> tuple[output.MonthPoint, ...]:
    """Every firm's reports read and taken apart, one by one."""
    whole = output.growth(ledger, day)
    if whole.from_month is None or whole.to_month is None:
        return ()
    first, last = whole.from_month, whole.to_month
    now: dict[str, list[int]] = {}
    base: dict[str, list[int]] = {}
    this_year = output.reports_between(ledger, day, first, last)
    before = output.reports_between(ledger, day, previous_year(first), previous_year(last))
    for firm in whole.firms:
        if firm.base_yuan is None and whole.sample.base_yuan is not None:
            continue
        reports = this_year[firm.enterprise]
        told = {one.month: (one.month_yuan, one.cum_yuan) for one in reports}
        stated = {one.month: (one.month_prev_yuan, one.cum_prev_yuan) for one in reports}
        if covered(stated) != covered(told):
            last_year = before.get(firm.enterprise, [])
            own = {f"{last[:4]}{one.month[4:]}": (one.month_yuan, one.cum_yuan) for one in last_year}
            stated = dict(within(own, covered(told)))
        bases = steps(stated)
        for month, yuan in steps(told).items():
            prior = 0 if firm.base_yuan == 0 else bases.get(month)
            if prior is not None or whole.sample.base_yuan is None:
                now.setdefault(month, []).append(yuan)
            if prior is not None:
                base.setdefault(month, []).append(prior)
    points = []
    for number in range(1, int(last[5:]) + 1):
        month = f"{last[:4]}-{number:02d}"
        alone = sum(now[month]) if month in now else None
        prior = sum(base[month]) if month in base else None
        points.append(output.MonthPoint(month, alone, prior, rate(alone, prior)))
    return tuple(points)


def test_a_write_forgets_what_was_worked_out(sample_office: Path, tmp_path: Path) -> None:
    path = tmp_path / "台账.ledger"
    shutil.copy(sample_office, path)
    day = date(2021, 11, 19)
    with open_ledger(path) as ledger, open_ledger(path, read_only=True) as reader:
        before = sum(problems.counts_by_state(ledger, day).values())
        assert sum(problems.counts_by_state(reader, day).values()) == before
        row_id = problem_list.standing(ledger, day)[0].id
        with pytest.raises(RuntimeError, match=f"^{before - 1}$"):
            _bin_and_take_back(ledger, row_id, day)
        assert sum(problems.counts_by_state(ledger, day).values()) == before
        with ledger.write("测试", "移入回收站") as writer:
            writer.bin(Problem, row_id)
        assert sum(problems.counts_by_state(ledger, day).values()) == before - 1
        assert sum(problems.counts_by_state(reader, day).values()) == before - 1


def _bin_and_take_back(ledger: Ledger, row_id: str, day: date) -> None:
    with ledger.write("测试", "收回") as writer:
        writer.bin(Problem, row_id)
        raise RuntimeError(str(sum(problems.counts_by_state(ledger, day).values())))


def test_both_ways_of_adding_up_are_taken(ledger: Ledger) -> None:
    whole = output.growth(ledger, DAYS[-1])
    assert whole.from_month is not None
    assert whole.to_month is not None
    odd = output._told_in_part(ledger, DAYS[-1], whole.from_month, whole.to_month)
    sampled = {one.enterprise for one in whole.firms}
    assert sampled & odd
    assert bool(sampled - odd) == bool(ledger.value("SELECT 1 FROM write_log WHERE actor = '测试'"))
    assert any(one.output_yuan for one in output.by_month(ledger, DAYS[-1]))


def test_what_is_remembered_is_asked_once(ledger: Ledger) -> None:
    asked: list[int] = []

    def work_out() -> int:
        asked.append(1)
        return 7

    assert [ledger.recall("七", work_out) for _ in range(3)] == [7, 7, 7]
    assert len(asked) == 1
    for number in range(20):
        assert ledger.recall(number, int) == 0
    assert ledger.recall("七", work_out) == 7
    assert len(asked) == 2
