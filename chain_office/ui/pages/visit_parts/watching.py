"""The form of a visit says at once what an enterprise under protection (赋码保护) asks for: consent, and not too often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from chain_office.domain.kinds import BadValue
from chain_office.services.visiting.protection import protection

if TYPE_CHECKING:
    from datetime import date

    from chain_office.services.visiting.protection import Protection
    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.kit.form.body import FormBody

_ASKED = ("consent_by", "consent_way", "consent_day", "booking_no")


class ConsentWatch(QObject):
    """Mounted on the desk of visits once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._asked = 0
        self.found: Protection | None = None
        desk.editing.opened.connect(self._opened)

    def _opened(self) -> None:
        body = self._desk.editing.pane.body
        if body is None or body.form.table != "visit":
            return
        record = self._desk.detail.record
        visit = record.reference.partition(":")[2] if record is not None and not body.is_new else ""
        for name in ("enterprise_id", "day"):
            body.editors[name].changed.connect(lambda: self._look(body, visit))
        self._look(body, visit)

    def _look(self, body: FormBody, visit: str) -> None:
        """Ask about the firm and the day as they stand in the form."""
        try:
            firm, day = body.editors["enterprise_id"].value(), body.editors["day"].value()
        except BadValue:
            return
        self._asked += 1
        asked = self._asked
        chosen = str(firm) if firm else None
        when: date | None = day  # type: ignore[assignment]

        def show(found: Protection | None) -> None:
            if asked == self._asked and isValid(body):
                self._show(body, found)

        self._desk.office.work.ask(lambda ledger: protection(ledger, chosen, when, visit), show, owner=self)

    def _show(self, body: FormBody, found: Protection | None) -> None:
        """Say it beside the fields that are empty."""
        before, self.found = self.found, found
        if found is None:
            if before is not None:
                body.editors["consent_by"].hush()
            return
        if any(not body.editors[name].text().strip() for name in _ASKED):
            body.editors["consent_by"].say(found.consent_words, "doubtful")
        if found.frequency_words:
            body.editors["day"].say(found.frequency_words, "doubtful")
