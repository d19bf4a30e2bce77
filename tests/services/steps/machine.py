"""The state machine of the problem desk: random steps, lawful and not, one problem or several, undone and done again, into
the bin and out of it, with a plain model beside. Run small by the suite, long by ``dev.py torture``."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from chain_office import clock
from chain_office.db.consistency import disagreements
from chain_office.db.ledger import open_ledger
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit
from chain_office.domain.steps import Overtaken, StepEdit
from chain_office.domain.workflow import VERBS
from chain_office.queries.problems import count_overdue, counts_by_state
from chain_office.services import editing, steps
from chain_office.services.steps import correcting
from tests.services.steps.hand import EVERYTHING, GOOD, Hand
from tests.services.steps.plain import Done, PlainDesk, PlainProblem, is_lawful, state_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.domain.forms import Saved

TODAY = date(2021, 12, 31)
FIRST = date(2021, 1, 4)
PROBLEMS, UNITS = 4, 4
_ACCEPTED = EVERYTHING | {"deadline", "text", "progress"}
_WITH_TEXT = frozenset(verb.id for verb in VERBS.values() if "text" in (*verb.needs, *verb.takes))
_USUAL = ("screen_in", "assign", "acknowledge", "progress", "report", "verify")


class Desk(RuleBasedStateMachine):
    """Several problems on one desk."""

    office: Path

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "台账.ledger"
        shutil.copy(self.office, path)
        self.ledger = open_ledger(path)
        self.ledger.database.execute_sql("PRAGMA synchronous = OFF")  # what is proved here survives no power cut
        self.plain = PlainDesk()
        self.ids: list[str] = []
        for row_id, day in self.ledger.rows("SELECT id, collected_day FROM problem ORDER BY number"):
            self.ids.append(row_id)
            self.plain.problems[row_id] = PlainProblem(date.fromisoformat(day))
        self.units = [row[0] for row in self.ledger.rows("SELECT id FROM unit ORDER BY id LIMIT ?", (UNITS,))]
        self.writes: list[tuple[int, dict[str, PlainProblem]]] = []

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()

    # What is done.

    @rule(seed=st.integers(0, 2**32))
    def take_some_steps(self, seed: int) -> None:
        random = Random(seed)
        for _ in range(random.randint(10, 40)):
            self._step(random)
            if random.random() < 0.06:
                self._look(random)
        self._look(random)

    @rule(seed=st.integers(0, 2**32))
    def undo_and_do_again(self, seed: int) -> None:
        """The newest write goes back whole and comes again; then perhaps it goes for good."""
        random = Random(seed)
        if not self.writes:
            return
        write, before = self.writes[-1]
        after = dict(self.plain.problems)
        undone = editing.undo(self.ledger, write, "戊")
        self.plain.problems = dict(before)
        self._look(random)
        redone = editing.undo(self.ledger, undone.write_no, "戊")
        self.plain.problems = after
        self.writes[-1] = (redone.write_no, before)
        self._look(random)
        if random.random() < 0.5:
            editing.undo(self.ledger, redone.write_no, "戊")
            self.plain.problems = dict(before)
            self.writes.pop()

    @rule(seed=st.integers(0, 2**32))
    def undo_something_older(self, seed: int) -> None:
        """A step others stand on stays; one nothing stands on goes."""
        random = Random(seed)
        steps_taken = [
            (row_id, step.write) for row_id, one in self.plain.problems.items() for step in one.done if step.write
        ]
        if not steps_taken:
            return
        write = random.choice(steps_taken)[1]
        mine = [row_id for row_id, one in self.plain.problems.items() if any(s.write == write for s in one.done)]
        free = all(
            self.plain.problems[row_id].done[-1].write == write and not self.plain.problems[row_id].binned
            for row_id in mine
        )
        if not self._act(lambda: editing.undo(self.ledger, write, "己")):
            # A corrected deadline, or a way to the bin and back, stands on a step as well.
            assert not free or self._touched_since(write)
            return
        assert free
        for row_id in mine:
            one = self.plain.problems[row_id]
            self.plain.problems[row_id] = replace(one, done=one.done[:-1])
        self.writes.clear()
        self._look(random)

    @rule(seed=st.integers(0, 2**32))
    def put_the_last_step_right(self, seed: int) -> None:
        """The texts of a problem's last step are corrected, or the step is taken back for this problem alone."""
        random = Random(seed)
        row_id = random.choice(self.ids)
        one = self.plain.problems[row_id]
        if one.binned or not one.done:
            return
        last, event = one.done[-1], steps.history(self.ledger, row_id)[-1].id
        if random.random() < 0.5 and "text" in last.values and last.verb in _WITH_TEXT:
            text = random.choice(("更正后的情况", "另有说明", last.values["text"]))
            correcting.correct(self.ledger, event, {"text": text}, "辛", accept=EVERYTHING)
            mended = replace(last, values={**last.values, "text": text}, write=0)
            self.plain.problems[row_id] = replace(one, done=(*one.done[:-1], mended))
        elif self._act(lambda: correcting.take_back(self.ledger, event, "辛")):
            self.plain.problems[row_id] = replace(one, done=one.done[:-1])
        else:
            assert last.write == 0 or self._touched_since(last.write)
        self.writes.clear()
        self._look(random)

    def _touched_since(self, write: int) -> bool:
        """Whether anything that write made or changed was changed again."""
        return bool(
            self.ledger.value(
                "SELECT count(*) FROM history WHERE write_no > :write "
                "AND row_id IN (SELECT row_id FROM history WHERE write_no = :write)",
                {"write": write},
            )
        )

    @rule(seed=st.integers(0, 2**32))
    def put_away_or_bring_back(self, seed: int) -> None:
        random = Random(seed)
        away = [row_id for row_id in self.ids if self.plain.problems[row_id].binned]
        row_id = random.choice(away or self.ids)
        one = self.plain.problems[row_id]
        act = editing.unbin if one.binned else editing.bin_records
        self._record(act(self.ledger, "problem", [row_id], "丙").write_no)
        self.plain.problems[row_id] = replace(one, binned=not one.binned)
        self._look(random)

    @rule(seed=st.integers(0, 2**32))
    def correct_in_the_form(self, seed: int) -> None:
        """A deadline is put right in the step that set it; what steps say of progress is not typed over."""
        random = Random(seed)
        row_id = random.choice(self.ids)
        one = self.plain.problems[row_id]
        if one.binned:
            return
        loaded = editing.load(self.ledger, "problem", row_id, TODAY)
        if one.now.progress is not None:
            edit = Edit("problem", row_id, loaded.version, {"progress": "另写一段"})
            assert not self._act(lambda: editing.save(self.ledger, edit, "乙", accept=_ACCEPTED))
        place = one.setter
        if place is None:
            return
        deadline = one.done[place].day + timedelta(days=random.randint(-2, 40))
        edit = Edit("problem", row_id, loaded.version, {"deadline": deadline})
        lawful = deadline > one.done[place].day and deadline >= (one.now.assigned or deadline)
        before = dict(self.plain.problems)
        write = self.ledger.value("SELECT max(no) FROM write_log")
        assert self._act(lambda: editing.save(self.ledger, edit, "乙", accept=_ACCEPTED)) == lawful
        newest = self.ledger.value("SELECT max(no) FROM write_log")
        if lawful and newest != write:
            self.plain.problems[row_id] = one.corrected(deadline)
            self.writes.append((newest, before))
        self._look(random)

    # How a step is taken.

    def _step(self, random: Random) -> None:
        chosen = self._chosen(random)
        first = self.plain.problems[chosen[0]].now
        able = [verb for verb in VERBS.values() if first.state in verb.moves]
        usual = [verb for verb in able if verb.id in _USUAL]
        verb = random.choice(usual if usual and random.random() < 0.6 else able or list(VERBS.values()))
        if random.random() < 0.1:
            verb = random.choice(list(VERBS.values()))
        values = self._values(random, verb.id, max(self.plain.problems[one].now.day for one in chosen), first)
        alive = set(self.units)
        lawful = (len(chosen) == 1 or verb.many) and all(
            is_lawful(self.plain.problems[one], verb.id, values, TODAY, alive) for one in chosen
        )
        seen = dict(steps.seen(self.ledger, chosen))
        stale = lawful and random.random() < 0.03
        if stale:
            seen[chosen[0]] += random.choice((-1, 1))
        full = {**dict.fromkeys(chosen, 1), **seen}
        before = dict(self.plain.problems)
        saved = self._taken(StepEdit(verb.id, full, values), lawful=lawful, stale=stale)
        if saved is None:
            return
        for one in chosen:
            problem = self.plain.problems[one]
            step = Done(verb.id, values["day"], state_after(problem, verb.id, values), values, saved.write_no)
            self.plain.problems[one] = replace(problem, done=(*problem.done, step))
        self.writes.append((saved.write_no, before))

    def _taken(self, edit: StepEdit, *, lawful: bool, stale: bool) -> Saved | None:
        """Take a step where the model says it may be taken; else see it refused without a trace."""
        if lawful and not stale:
            return steps.take(self.ledger, edit, "甲", accept=EVERYTHING)
        history = self._history()
        with pytest.raises(Overtaken if stale else KnownError):
            steps.take(self.ledger, edit, "甲", accept=EVERYTHING)
        assert self._history() == history, edit
        return None

    def _chosen(self, random: Random) -> list[str]:
        """One problem, or several, mostly in the same state and not in the bin."""
        out = [one for one in self.ids if not self.plain.problems[one].binned]
        if not out or random.random() < 0.05:
            return random.sample(self.ids, random.choice((1, 2)))
        first = random.choice(out)
        alike = [one for one in out if self.plain.problems[one].now.state == self.plain.problems[first].now.state]
        others = [one for one in (out if random.random() < 0.1 else alike) if one != first]
        return [first, *random.sample(others, min(len(others), random.choice((0, 0, 0, 1, 2))))]

    def _values(self, random: Random, verb_id: str, last: date, first: Any) -> dict[str, Any]:
        """What a person types: mostly all that is needed and right, now and then not."""
        verb = VERBS[verb_id]
        day = min(last + timedelta(days=random.choice((0, 0, 1, 3, 9))), TODAY)
        if random.random() < 0.04:
            day += timedelta(days=random.choice((-3, 400)))
        values: dict[str, Any] = {"day": day}
        for name in (*verb.needs, *verb.takes):
            if name not in verb.needs and random.random() < 0.5:
                continue
            values[name] = self._value(random, name, verb_id, day, first)
        if verb.needs and random.random() < 0.04:
            values.pop(random.choice(verb.needs))
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, random: Random, name: str, verb_id: str, day: date, first: Any) -> Any:
        if name == "unit_id":
            own = [*([first.lead] if first.lead else []), *first.helpers]
            fresh = verb_id in {"assign", "reassign"} or not own or random.random() < 0.06
            return random.choice(self.units if fresh else [own[0], random.choice(own)])
        if name == "co_units":
            return tuple(random.sample(self.units, random.choice((0, 1, 2))))
        if name == "due_day":
            base = max(first.deadline or day, day) if verb_id in {"extend", "ask_extension"} else day
            return base + timedelta(days=random.choice((5, 20, 30, 1, 0) if random.random() < 0.5 else (7, 40)))
        if name == "meeting_id":
            return None
        if name == "owner_phone":
            return "0734-1234567"
        if name == "understood":
            return random.random() < 0.9
        if name in GOOD:
            other = {"solved": "partly", "answered": "no", "approached": "no", "rating": "基本满意"}
            odd = random.random()
            return (
                {"solved": "no", "rating": "不满意"}.get(name, "no")
                if odd < 0.04 and name != "method"
                else (other.get(name, GOOD[name]) if odd < 0.2 else GOOD[name])
            )
        return random.choice(("已对接", "资料不全，已补正", "下周会商"))

    def _act(self, act: Callable[[], Any]) -> bool:
        """Do something that may be refused; a refusal changes nothing."""
        history = self._history()
        try:
            act()
        except KnownError:
            assert self._history() == history
            return False
        return True

    def _record(self, write: int) -> None:
        self.writes.append((write, dict(self.plain.problems)))

    def _history(self) -> int:
        return Hand(self.ledger).count()

    # What must hold.

    def _look(self, random: Random) -> None:
        assert [one for one in disagreements(self.ledger) if one.records] == []
        self._look_at_rows()
        for _ in range(3):
            day = FIRST + timedelta(days=random.randint(-5, 370))
            assert dict(counts_by_state(self.ledger, day)) == self.plain.states(day), day
            assert count_overdue(self.ledger, day) == self.plain.overdue(day), day
            self._look_at_stretches(day)

    def _look_at_rows(self) -> None:
        rows = self.ledger.rows(
            "SELECT id, state, deadline, original_deadline, lead_unit_id, rounds, reported_day, closed_day, closed_verified, "
            "satisfaction, progress, assigned_day, deleted_at FROM problem"
        )
        for row_id, *found, gone in rows:
            problem = self.plain.problems[row_id]
            assert (gone is not None) == problem.binned
            now = problem.now
            days = (now.deadline, now.original, now.reported, now.closed, now.assigned)
            deadline, original, reported, closed, assigned = (one and one.isoformat() for one in days)
            assert found == [
                now.state, deadline, original, now.lead, now.rounds, reported, closed, int(now.verified), now.rating,
                now.progress, assigned,
            ]  # fmt: skip
            if not problem.binned:
                told = [(one.kind, one.day, one.state) for one in steps.history(self.ledger, row_id)]
                assert told[1:] == [(one.verb, one.day, one.state) for one in problem.done]
                helpers = {
                    row[0]
                    for row in self.ledger.rows(
                        "SELECT unit_id FROM assignment WHERE problem_id = ? AND role = 'co' AND ended_day IS NULL "
                        "AND deleted_at IS NULL",
                        (row_id,),
                    )
                }
                assert helpers == set(now.helpers)

    def _look_at_stretches(self, day: date) -> None:
        at = {
            row_id: told
            for row_id, *told in self.ledger.rows(
                "SELECT s.problem_id, s.state, s.lead_unit_id, s.round, s.due_day FROM problem_span s "
                "JOIN problem p ON p.id = s.problem_id WHERE p.deleted_at IS NULL AND s.day_from <= :day "
                "AND (s.day_until IS NULL OR s.day_until > :day)",
                {"day": day.isoformat()},
            )
        }
        for row_id, problem in self.plain.problems.items():
            stand = None if problem.binned else problem.at(day)
            if stand is None:
                assert row_id not in at
                continue
            state, lead, rounds, due = at[row_id]
            handed = stand.state in _WITH_UNITS
            assert (state, lead, rounds) == (
                stand.state, stand.lead if handed else None, stand.rounds if handed else 0,
            )  # fmt: skip
            if state in _RUNNING:
                assert due == (stand.deadline and stand.deadline.isoformat())


_RUNNING = frozenset({"assigned", "acknowledged", "doing", "returned", "partial", "reported"})
_WITH_UNITS = _RUNNING | {"closed", "parked"}


def small_desk(path: Path) -> Path:
    """A ledger with a few problems nobody has screened yet."""
    with open_ledger(path, create=True) as ledger:
        from chain_office.db import reference

        with ledger.write("甲", "名录") as writer:
            reference.seed(writer)
        hand = Hand(ledger)
        for number in range(PROBLEMS):
            hand.problem(f"问题{number}", FIRST + timedelta(days=number))
    return path


def run(office: Path, examples: int, length: int) -> None:
    """Tell so many stories of so many acts each."""
    clock.set_clock(lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12).astimezone())
    run_state_machine_as_test(
        type("DeskOfAFewProblems", (Desk,), {"office": office}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=length,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
