"""Taking the decision on the candidate: at once where the key is enough, through a form where words are needed; what is
only doubtful is pointed out once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.domain.screening import reason
from chain_office.services import screening, steps
from chain_office.services.calendar import work_calendar
from chain_office.services.screening import Decision

if TYPE_CHECKING:
    from chain_office.domain.forms import Saved
    from chain_office.domain.steps import StepForm
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.ui.pages.problem_parts.screening import ScreeningPart

_WORDLESS: Final = frozenset({"screen_in"})
"""Decisions that need no words: the key is enough."""


class Deciding(QObject):
    """Mounted on the bench once."""

    def __init__(self, part: ScreeningPart) -> None:
        super().__init__(part)
        self._part = part
        self._accepted: tuple[str, str, frozenset[str]] = ("", "", frozenset())
        self.busy = False
        """A decision is being written."""
        part.form.confirmed.connect(self.confirm)

    def decide(self, verb: str) -> None:
        """Take a decision, or open the form of one that needs words."""
        if self._part.shown is None or self.busy or self._part.read_only:
            return
        if verb == "pool" and self._part.shown.candidate.state == "pooled":
            verb = "repool"
        if verb in _WORDLESS:
            self._take_decision(verb, {})
            return
        at, officer = self._part.at, self._part.officer
        self._part.ask(
            lambda ledger: (steps.step_form(ledger, verb, [at], officer), work_calendar(ledger)),
            lambda found: self._open_form(at, *found),
        )

    def _open_form(self, problem_id: str, opened: StepForm, calendar: WorkCalendar) -> None:
        if problem_id != self._part.at or self._part.shown is None:
            return
        one = self._part.shown.candidate
        composed = {"reason": reason(self._part.criteria.verdicts().values()), "actor": self._part.officer}
        if opened.verb.id == "escalate":
            composed |= {"reason": "", "text": one.text}
        names = {field.name for field in opened.form}
        values = {name: text for name, text in composed.items() if text and name in names}
        self._part.form.open(replace(opened, values={**opened.values, **values}), calendar, one.title)
        self._part.side.setCurrentWidget(self._part.form)
        self._part.form.body.focus_first(empty=False) if self._part.form.body is not None else None

    def confirm(self) -> None:
        body = self._part.form.body
        if body is None or body.composing or self._part.side.currentWidget() is not self._part.form:
            return
        values, faults = body.whole()
        if faults:
            self._part.form.complain(faults)
            return
        self._take_decision(self._part.form.verb, values)

    def _take_decision(self, verb: str, values: dict[str, object]) -> None:
        if self._part.shown is None or self.busy:
            return
        self._part.pace.act()
        one, at, actor, officer = self._part.shown.candidate, self._part.at, self._part.office.actor, self._part.officer
        said = tuple(replace(each, officer=officer) for each in self._part.criteria.verdicts().values())
        accept = self._accepted[2] if self._accepted[:2] == (at, verb) else frozenset()
        decision = Decision(at, one.seq, verb, self._part.office.as_of, {"actor": officer, **values}, said)
        self.busy = True
        self._part.office.work.ask(
            lambda ledger: screening.decide(ledger, decision, actor, accept=accept),
            lambda saved: self._took(at, saved),
            owner=self,
            failed=lambda error: self._refused(at, verb, error),
        )

    def _took(self, problem_id: str, saved: Saved) -> None:
        self.busy = False
        self._part.took(problem_id, saved)

    def _refused(self, problem_id: str, verb: str, error: Exception) -> None:
        self.busy = False
        if isinstance(error, Faulty):
            self._point_out(problem_id, verb, error)
        elif isinstance(error, KnownError):
            self._part.decisions.tell(error.message, "red")
            self._part.refresh()
        else:
            self._part.office.work.crashed.emit(error)

    def _point_out(self, problem_id: str, verb: str, error: Faulty) -> None:
        """What stops it, or what is only doubtful: the second time it is meant."""
        if not any(fault.stops for fault in error.faults):
            self._accepted = (problem_id, verb, frozenset(fault.name for fault in error.faults))
        if self._part.side.currentWidget() is self._part.form:
            self._part.form.complain(error.faults)
            return
        again = "" if any(fault.stops for fault in error.faults) else "。仍要登记就再按一次"
        self._part.decisions.tell(f"{error.message}{again}", "amber")
