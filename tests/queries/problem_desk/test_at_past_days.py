"""The problem desk's questions at past days: what was due then, who had it then, and every number with its rows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.db.models import Assignment, Enterprise, Problem, ProblemEvent, Unit
from chain_office.domain.workflow import STATES
from chain_office.queries import problem_desk as desk
from chain_office.queries.problem_facts import facts_of
from chain_office.queries.problems import by_unit
from chain_office.queries.work_calendar import work_calendar
from chain_office.services.ledgers import open_or_make
from chain_office.services.problem_figures import problem_figures, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

DAYS = (date(2020, 11, 30), date(2021, 4, 1), date(2021, 11, 19))
UNITS = ("甲局", "乙局")


@pytest.fixture
def sample(sample_office: Path) -> Iterator[Ledger]:
    """The sample office."""
    with open_ledger(sample_office, read_only=True) as ledger:
        yield ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """One problem with a long way: 甲局 gives it back, 乙局 puts it off, fails once, closes it, and it comes back."""
    with open_or_make(tmp_path / "台账.ledger") as made:
        with made.write("张三", "一件事的始末") as writer:
            units = {name: writer.insert(Unit, {"name": name, "short": name, "kind": "市直"}) for name in UNITS}
            firm = writer.insert(Enterprise, {"name": "甲公司", "name_key": "甲", "name_core": "甲"})
            problem = writer.insert(
                Problem,
                {
                    "number": 1, "enterprise": firm, "text": "用电", "text_core": "用电", "state": "doing",
                    "lead_unit": units["乙局"], "assigned_day": date(2021, 3, 1), "deadline": date(2021, 7, 30),
                    "original_deadline": date(2021, 3, 22), "rounds": 4, "closed_verified": False,
                },
            )  # fmt: skip
            steps: tuple[tuple[str, date, str, dict[str, object]], ...] = (
                ("opening", date(2021, 2, 1), "waiting", {}),
                ("screen_in", date(2021, 2, 20), "to_assign", {}),
                ("assign", date(2021, 3, 1), "assigned", {"unit": units["甲局"], "due_day": date(2021, 3, 22)}),
                ("return", date(2021, 3, 3), "returned", {"unit": units["甲局"], "reason": "非本局职责"}),
                ("reassign", date(2021, 3, 5), "assigned", {"unit": units["乙局"], "due_day": date(2021, 3, 26)}),
                ("ask_extension", date(2021, 3, 20), "assigned", {"due_day": date(2021, 4, 30), "reason": "设备未到"}),
                ("extend", date(2021, 3, 25), "assigned", {"due_day": date(2021, 4, 30)}),
                ("report", date(2021, 5, 7), "reported", {"unit": units["乙局"]}),
                ("fail", date(2021, 5, 12), "doing", {"due_day": date(2021, 5, 31), "rating": "不满意"}),
                ("report", date(2021, 5, 28), "reported", {"unit": units["乙局"]}),
                ("verify", date(2021, 6, 1), "closed", {"due_day": date(2021, 7, 1), "rating": "满意"}),
                ("reopen", date(2021, 7, 5), "doing", {"due_day": date(2021, 7, 30), "reason": "又停电"}),
            )
            for seq, (kind, day, state, more) in enumerate(steps, start=1):
                writer.insert(
                    ProblemEvent, {"problem": problem, "seq": seq, "kind": kind, "day": day, "state": state, **more}
                )
            for name, role in (("乙局", "lead"), ("甲局", "co")):
                writer.insert(
                    Assignment,
                    {"problem": problem, "unit": units[name], "role": role, "round": 2, "day": date(2021, 3, 5)},
                )
        yield made


def seen(ledger: Ledger, day: date) -> desk.Card:
    """The one problem's card."""
    (card,) = [card for column in desk.by_state(ledger, day, work_calendar(ledger)).columns for card in column.cards]
    return card


@pytest.mark.parametrize(
    ("day", "state", "unit", "due", "light", "why"),
    [
        (date(2021, 3, 2), "已交办", "甲局", date(2021, 3, 22), "green", "离时限还有 14 个工作日"),
        (date(2021, 3, 4), "退回重派", "甲局", date(2021, 3, 22), "green", "离时限还有"),
        (date(2021, 3, 24), "已交办", "乙局", date(2021, 3, 26), "yellow", "离时限还有 2 个工作日"),
        (date(2021, 4, 1), "已交办", "乙局", date(2021, 4, 30), "green", "，已延期 1 次"),
        (date(2021, 5, 6), "已交办", "乙局", date(2021, 4, 30), "red", "逾期 1 个工作日，已延期 1 次"),
        (date(2021, 5, 10), "已报结待核实", "乙局", date(2021, 4, 30), "red", "报结时已逾期 2 个工作日"),
        (date(2021, 6, 2), "已销号", "乙局", date(2021, 7, 1), "green", "已销号"),
        (date(2021, 7, 2), "已销号", "乙局", date(2021, 7, 1), "blue", "回看日 2021-07-01 已到"),
        (date(2021, 7, 6), "办理中", "乙局", date(2021, 7, 30), "red", "已退回 2 次"),
    ],
)
def test_a_problem_is_judged_by_what_was_true_that_day(
    ledger: Ledger, day: date, state: str, unit: str, due: date, light: str, why: str
) -> None:
    card = seen(ledger, day)
    assert (card.label, card.unit, card.due_day, card.light) == (state, unit, due, light)
    assert why in card.why


def test_the_scorecard_gives_each_unit_what_was_its_own(ledger: Ledger) -> None:
    card = desk.scorecard(ledger, date(2021, 6, 2), work_calendar(ledger))
    first, second = sorted(card.units, key=lambda one: one.unit, reverse=True)
    assert (first.unit, second.unit) == ("甲局", "乙局")
    assert (first.counts["assigned"], first.counts["returned"], first.counts["co"]) == (0, 1, 1)
    assert second.counts["assigned"] == second.counts["closed"] == second.counts["verified"] == 1
    assert (second.counts["failed"], second.counts["extended"], second.counts["returned"]) == (1, 1, 0)
    # The second report, of 28 May, kept the limit of 31 May; counted from the hand-over to 乙局 on 5 March.
    assert second.text("on_time") == "100.0 %（1/1）"
    calendar = work_calendar(ledger)
    assert second.value("to_report") == Decimal(calendar.workdays_between(date(2021, 3, 5), date(2021, 5, 28)))
    assert second.value("satisfaction") == Decimal("100.0")
    assert second.score is None
    earlier = desk.scorecard(ledger, date(2021, 5, 13), calendar)
    assert earlier.total.value("satisfaction") == Decimal("0.0")
    later = desk.scorecard(ledger, date(2021, 7, 6), calendar)
    assert later.total.counts["false_closed"] == 1
    assert later.total.counts["verified"] == 0


@pytest.mark.parametrize(
    ("day", "pile"),
    [
        (date(2021, 2, 10), "screening"), (date(2021, 2, 25), "to_assign"), (date(2021, 3, 6), "unacknowledged"),
        (date(2021, 3, 21), "extensions"), (date(2021, 3, 24), "due_soon"), (date(2021, 4, 30), "due_today"),
        (date(2021, 5, 6), "overdue"), (date(2021, 5, 29), "to_verify"), (date(2021, 7, 1), "look_backs"),
    ],
)  # fmt: skip
def test_today_finds_what_wants_doing(ledger: Ledger, day: date, pile: str) -> None:
    calendar = work_calendar(ledger)
    found = desk.today(ledger, day, calendar).pile(pile)
    assert found.total == len(found.cards) == 1
    assert desk.pile_ids(ledger, day, calendar, pile) == {found.cards[0].id}
    if pile == "extensions":
        assert found.cards[0].note == "申请延到 2021-04-30：设备未到"
        assert not desk.today(ledger, date(2021, 3, 25), calendar).pile(pile).total


def test_the_calendar_shows_a_deadline_as_it_stood(ledger: Ledger) -> None:
    calendar = work_calendar(ledger)

    def due(day: date) -> list[tuple[date, str]]:
        days = desk.due_calendar(ledger, date(2021, 3, 1), date(2021, 8, 31), day, calendar).days
        return [(one.day, entry.word) for one in days for entry in one.entries]

    assert due(date(2021, 3, 24)) == [(date(2021, 3, 26), "时限")]
    assert due(date(2021, 3, 26)) == [(date(2021, 4, 30), "时限")]
    assert due(date(2021, 6, 2)) == [(date(2021, 7, 1), "回看")]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_number_of_the_scorecard_opens_as_many_rows(sample: Ledger, day: date) -> None:
    card = desk.scorecard(sample, day, work_calendar(sample))
    known = {row.unit: row for row in by_unit(sample, day)}
    for unit in card.units:
        for key, number in unit.counts.items():
            if key not in {"returned", "failed", "extended"}:
                assert len(desk.rows_behind(sample, day, unit.unit_id, key)) == number
        if unit.counts["assigned"]:
            row = known[unit.unit]
            assert (row.assigned, row.closed, row.open, row.reported, row.parked, row.overdue) == tuple(
                unit.counts[key] for key in ("assigned", "closed", "open", "reported", "parked", "overdue")
            )
        assert (unit.score is None) == (unit.counts["assigned"] < 3)
    judged = desk.rows_behind(sample, day, "", "judged")
    late, kept = (desk.rows_behind(sample, day, "", key) for key in ("late", "on_time"))
    assert (late | kept, late & kept) == (judged, frozenset())
    assert desk.rows_behind(sample, day, "", "overdue") <= late


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_board_firms_and_figures_count_the_same_problems(sample: Ledger, day: date) -> None:
    figures, calendar = problem_figures(sample, day), work_calendar(sample)
    board, firms = desk.by_state(sample, day, calendar), desk.by_enterprise(sample, day)
    assert all(one.holds for one in figures.identities)
    for bucket in {state.bucket for state in STATES.values()}:
        on_board = sum(column.total for column in board.columns if column.bucket == bucket)
        assert on_board == sum(firm.counts[bucket] for firm in firms) == figures.count(bucket)
    assert sum(firm.overdue for firm in firms) == figures.count("overdue")
    for one in figures.counts:
        assert len(rows_of(sample, day, one.key)) == one.value
    for rate in figures.rates:
        assert len(rows_of(sample, day, rate.key)) == rate.rate.part


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_lights_facts_and_the_scorecard_agree(sample: Ledger, day: date) -> None:
    facts = facts_of(sample, day)
    assert {one for one, found in facts.items() if found.verified} == desk.rows_behind(sample, day, "", "verified")
    limit = day - timedelta(days=30)
    fresh = {
        one
        for one, found in facts.items()
        if STATES[found.state].bucket == "open" and found.updated and found.updated >= limit
    }
    assert fresh == desk.rows_behind(sample, day, "", "fresh")
    some = list(facts)[:7]
    assert facts_of(sample, day, some) == {one: facts[one] for one in some}
