"""Somebody at the problem desk who takes steps as people do: opens the form, fills in what is asked, takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from chain_office.db.consistency import disagreements
from chain_office.domain.forms import Edit
from chain_office.domain.steps import StepEdit
from chain_office.services import editing, steps

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved

EVERYTHING = frozenset(
    {
        "", "day", "unit_id", "co_units", "due_day", "text", "reason", "next_step", "method", "contact", "rating", "solved",
        "answered", "approached", "understood", "owner", "owner_phone", "meeting_id", "actor", "enterprise_id",
    }
)  # fmt: skip
"""Names of all fields: the warnings of every one are stayed with."""
GOOD: dict[str, Any] = {
    "solved": "yes",
    "answered": "yes",
    "approached": "yes",
    "rating": "满意",
    "method": "电话",
    "contact": "李总",
}
"""What an enterprise answers that is content."""


@dataclass
class Hand:
    """Takes steps; after each, what is kept twice agrees."""

    ledger: Ledger
    name: str = "张三"

    def problem(self, text: str = "用地难", day: date = date(2021, 3, 1)) -> str:
        """A problem nobody has screened yet."""
        firm = self.ledger.value("SELECT id FROM enterprise WHERE deleted_at IS NULL ORDER BY number LIMIT 1")
        edit = Edit("problem", "", 0, {"text": text, "collected_day": day, "enterprise_id": firm})
        return editing.save(self.ledger, edit, self.name, accept=EVERYTHING | {"text"}).row_id

    def units(self, number: int) -> list[str]:
        found = self.ledger.rows("SELECT id FROM unit WHERE deleted_at IS NULL ORDER BY id LIMIT ?", (number,))
        return [row[0] for row in found]

    def take(self, verb: str, *problems: str, accept: frozenset[str] = EVERYTHING, **values: Any) -> Saved:
        form = steps.step_form(self.ledger, verb, problems, self.name)
        edit = StepEdit(verb, form.seen, {**form.values, **values})
        saved = steps.take(self.ledger, edit, self.name, accept=accept)
        self.look()
        return saved

    def handed_over(self, text: str = "用地难", co: bool = False) -> str:
        """A problem with the first unit since 2021-03-10, due on 2021-03-31."""
        made = self.problem(text)
        lead, helper = self.units(2)
        self.take("screen_in", made, day=date(2021, 3, 8))
        helpers = (helper,) if co else ()
        due = date(2021, 3, 31)
        self.take("assign", made, day=date(2021, 3, 10), due_day=due, unit_id=lead, co_units=helpers)
        return made

    def undo(self, saved: Saved) -> Saved:
        taken = editing.undo(self.ledger, saved.write_no, self.name)
        self.look()
        return taken

    def look(self) -> None:
        assert [one for one in disagreements(self.ledger) if one.records] == []

    def row(self, problem: str, *columns: str) -> tuple[Any, ...]:
        return self.ledger.rows(f"SELECT {', '.join(columns)} FROM problem WHERE id = ?", (problem,))[0]

    def count(self) -> int:
        """How much history there is: a refusal adds none."""
        return int(self.ledger.value("SELECT (SELECT count(*) FROM history) + (SELECT count(*) FROM write_log)"))
