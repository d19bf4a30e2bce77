"""What is done in the health check: findings answered, suggestions taken, the month signed off and corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.services.output.answering import answer
from chain_office.services.output.correcting import correct
from chain_office.services.output.signing import sign_off
from chain_office.services.output.suggesting import take_suggestion
from chain_office.ui.pages.output_parts.entry_head import Remembered
from chain_office.ui.pages.output_parts.health_rows import finding_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.services.output.correcting import Correction
    from chain_office.ui.pages.output_parts.health import HealthPart

_SHOWN = 6


class HealthActs(QObject):
    """Mounted on the view once."""

    def __init__(self, part: HealthPart) -> None:
        super().__init__(part)
        self._part = part

    def answer(self, text: str) -> None:
        """Say it of every finding chosen, and go on to the next one nobody has explained."""
        part = self._part
        found = part.chosen()

        def done(_saved: Saved) -> None:
            part.step_on(found)
            part.refresh()

        self._write(lambda ledger, actor: answer(ledger, found, text, actor), done)

    def take(self, accept: frozenset[str] = frozenset(), source: str = "") -> None:
        """Put the suggested numbers in; in a month that is locked, as a correction."""
        part = self._part
        found = part.chosen()
        if len(found) != 1 or not found[0].suggested or part.found is None or part.read_only:
            return
        one = found[0]
        if part.found.signed is not None:
            self.begin_correct(one.enterprise_id, dict(one.suggested))
            return
        source = source or Remembered(part.office).source()

        def refused(error: Faulty) -> None:
            acts: list[tuple[str, Callable[[], None]]] = []
            words = "\n".join(fault.message for fault in error.faults)
            names = frozenset(fault.name for fault in error.faults)
            if not any(fault.stops for fault in error.faults):
                acts = [("核对无误，仍要改", lambda: self.take(names, source))]
            elif names == {"source"} and part.sheet is not None:
                acts = [(word, lambda word=word: self.take(accept, word)) for word in part.sheet.sources]  # type: ignore[misc]
            part.notice.tell(f"{one.name}：{words}", *acts)

        self._write(
            lambda ledger, actor: take_suggestion(ledger, one, actor, source=source, accept=accept),
            lambda _saved: part.notice.hide(),
            refused,
        )

    def _write(
        self,
        act: Callable[[Ledger, str], Saved],
        done: Callable[[Saved], None],
        refused: Callable[[Faulty], None] | None = None,
    ) -> None:
        """Write as the person here; what stands in the way is told above the list."""
        part = self._part
        actor = part.office.actor

        def wrote(saved: Saved) -> None:
            if saved.write_no:
                part.office.wrote.emit(saved)
            else:
                part.office.said.emit(saved.said)
            done(saved)

        def failed(error: Exception) -> None:
            if isinstance(error, Faulty) and refused is not None:
                refused(error)
            elif isinstance(error, KnownError):
                self._say(error.message)
            else:
                part.office.work.crashed.emit(error)

        part.office.work.ask(lambda ledger: act(ledger, actor), wrote, owner=part, failed=failed)

    def _say(self, words: str) -> None:
        part = self._part
        if part.side.currentWidget() is part.correcting:
            part.correcting.say(words)
        else:
            part.notice.tell(words)

    def sign(self) -> None:
        """Lock the month; what stands in the way is listed instead."""
        part = self._part
        if part.found is None:
            return
        month, wrong = part.month, part.obstacles
        if wrong:
            more = f"\n……共 {len(wrong)} 项" if len(wrong) > _SHOWN else ""
            acts = [("去说明", self._first_waiting)] if part.found.waiting else []
            part.notice.tell(f"{month} 还不能签认：\n" + "\n".join(wrong[:_SHOWN]) + more, *acts)
            return
        self._write(lambda ledger, actor: sign_off(ledger, month, actor), lambda _saved: part.refresh())

    def _first_waiting(self) -> None:
        part = self._part
        waiting = part.found.waiting if part.found is not None else ()
        if waiting:
            part.show_all()
            part.go_to_finding(finding_id(waiting[0]))
            part.begin_answer()

    def begin_correct(self, firm: str = "", values: dict[str, int] | None = None) -> None:
        """Correct a firm's locked month: the one given, or the one the cursor is on."""
        part = self._part
        if part.sheet is None or part.found is None or part.found.signed is None or part.read_only:
            return
        chosen = part.chosen()
        firm = firm or (chosen[0].enterprise_id if chosen else "")
        part.side.setCurrentWidget(part.correcting)
        part.correcting.begin(part.sheet, firm, values, Remembered(part.office).unit(part.month))

    def leave_correcting(self) -> None:
        part = self._part
        part.side.setCurrentWidget(part.answering)
        part.show_side()
        part.parts()[0].setFocus()

    def correct(self, wanted: Correction, reason: str, day: date, accept: frozenset[str]) -> None:
        part = self._part

        def done(_saved: Saved) -> None:
            self.leave_correcting()
            part.show_kind("corrections")
            part.refresh()

        self._write(
            lambda ledger, actor: correct(ledger, [wanted], reason, actor, day=day, accept=accept),
            done,
            lambda error: part.correcting.refuse(error.faults),
        )
