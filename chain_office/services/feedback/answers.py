"""A form's line as the unit meant it: its status, texts and days read, and what could not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.feedback import EXTEND, spec
from chain_office.domain.feedback_values import read_form_day, read_signed, read_status
from chain_office.domain.kinds import BadValue
from chain_office.domain.plain import cell_text, is_empty_mark

if TYPE_CHECKING:
    from datetime import date

    from chain_office.exchange.feedback.form import FormRow

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit says of one problem. ``day``: when it filled the form in, None if it does not tell. ``due_text``: the
    expected day as typed, where it is no request."""

    status: str
    done: str
    reason: str
    next_step: str
    due: date | None
    signed: bool
    signed_by: str
    signed_day: date | None
    contact: str
    day: date | None
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether the unit filled nothing in."""
        return not (self.status or self.done or self.reason or self.next_step or self.signed or self.faults)


def read_answers(row: FormRow, left_day: date | None) -> Said:
    """Read a line; days that leave something out count from ``left_day``, when the form left."""
    faults: list[str] = []
    notes: list[str] = []

    def day(key: str, since: date | None, *, until: date | None = None, matters: bool = True) -> date | None:
        try:
            found, said = read_form_day(row.values.get(key), since, deadline=spec(key).is_deadline, until=until)
        except BadValue as error:
            (faults if matters else notes).append(f"{spec(key).label}：{error.reason}")
            return None
        notes.extend(f"{spec(key).label}{one}" for one in said)
        return found

    try:
        status = read_status(row.values.get("status"))
    except BadValue as error:
        status = ""
        faults.append(error.reason)
    filled = day("filled_day", left_day)
    signed_by = _name(row.text("received_by"))
    signed_day = day("received_day", left_day, until=filled, matters=False)
    signed = read_signed(row.values.get("received"))
    return Said(
        status,
        _words(row, "done"),
        _words(row, "reason"),
        _words(row, "next_step"),
        day("due_day", filled or left_day, matters=status == EXTEND),
        signed is True or (signed is None and bool(signed_by or signed_day)),
        signed_by,
        signed_day,
        _name(row.text("filled_by")) or signed_by,
        filled,
        tuple(faults),
        tuple(notes),
    )


def _words(row: FormRow, key: str) -> str:
    text = cell_text(row.values.get(key))
    return "" if is_empty_mark(text) else text


def _name(text: str) -> str:
    return "" if is_empty_mark(text) else text[:_LONGEST_NAME]
