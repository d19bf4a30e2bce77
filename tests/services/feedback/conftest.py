"""The sample with a problem handed over by the desk, and forms of it to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.domain.steps import StepEdit
from chain_office.services.feedback import plan
from chain_office.services.ledgers import Ledger, open_ledger
from chain_office.services.steps import seen, take
from tests.exchange.feedback.forms import COLUMNS, Filled, sheet_form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.feedback.plan import FeedbackPlan, Proposal

HANDED = date(2021, 11, 8)
LEAD, CO, OTHER = "市发改委", "市工信局", "市教育局"


@dataclass
class Case:
    """A ledger with one problem handed over to LEAD with CO helping, as seq ``left`` when its forms left."""

    ledger: Ledger
    path: Path
    folder: Path
    problem: str
    number: int
    left: int
    units: dict[str, str]
    enterprise: str
    text: str

    @property
    def record_no(self) -> str:
        return f"WT{self.number:04d}"

    def line(self, **values: object) -> Filled:
        """A line of the form as it left, with what the unit filled in."""
        own = {
            "code": f"{self.record_no}-{self.left}", "record_no": self.record_no, "enterprise": self.enterprise,
            "problem": self.text, "filled_day": "2021-11-15",
        }  # fmt: skip
        return Filled({**own, **values})

    def form(self, *lines: Filled, unit: str = LEAD, name: str = "反馈表.xlsx") -> Path:
        return sheet_form(self.folder / name, lines, unit=unit, columns=COLUMNS)

    def plan(self, *paths: Path) -> FeedbackPlan:
        return plan(self.ledger, paths)

    def proposal(self, unit: str = LEAD, **values: object) -> Proposal:
        """What one line filled in so would do."""
        (one,) = self.plan(self.form(self.line(**values), unit=unit)).proposals
        return one

    def take(self, verb: str, **values: Any) -> None:
        """A step taken at the desk."""
        edit = StepEdit(verb, seen(self.ledger, [self.problem]), values)
        take(self.ledger, edit, "王敏", accept={"day", "due_day", "reason", "unit_id", "", "text", "meeting_id"})

    def events(self) -> list[tuple[Any, ...]]:
        return self.ledger.rows(
            "SELECT kind, day, state, text, reason, due_day FROM problem_event WHERE problem_id = ? AND seq > ? "
            "AND deleted_at IS NULL ORDER BY seq",
            (self.problem, self.left),
        )

    @property
    def state(self) -> str:
        return str(self.ledger.value("SELECT state FROM problem WHERE id = ?", (self.problem,)))


@pytest.fixture
def case(office: Path, tmp_path: Path) -> Iterator[Case]:
    with open_ledger(office) as ledger:
        units = dict(ledger.rows("SELECT coalesce(short, name), id FROM unit WHERE deleted_at IS NULL"))
        problem, number, text, enterprise = ledger.rows(
            "SELECT p.id, p.number, p.text, e.name FROM problem p JOIN enterprise e ON e.id = p.enterprise_id "
            "WHERE p.state = 'waiting' ORDER BY p.number LIMIT 1"
        )[0]
        made = Case(ledger, office, tmp_path, problem, number, 0, units, enterprise, text)
        made.take("screen_in", day=HANDED)
        made.take(
            "assign",
            day=HANDED,
            unit_id=units[LEAD],
            co_units=(units[CO],),
            due_day=date(2021, 11, 29),
            text="请尽快办理",
        )
        made.left = seen(ledger, [problem])[problem]
        yield made
