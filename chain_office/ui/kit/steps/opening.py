"""Reading what the form of a step needs, in one piece on the database thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chain_office.queries.step_offers import selected, standing_now
from chain_office.services import steps
from chain_office.services.calendar import work_calendar
from chain_office.services.handover import likely_units
from chain_office.services.steps.correcting import correction
from chain_office.ui.kit.form.offered import Offered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from chain_office.domain.steps import StepForm
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.step_offers import Selected, Standing
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.form.surroundings import LedgerOffers


_HANDS_OVER = frozenset({"assign", "reassign"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A step's form with the problems it is for as they stand, and what each link may name."""

    form: StepForm
    problems: tuple[Selected, ...]
    now: Standing | None
    offered: Mapping[str, Offered]
    calendar: WorkCalendar
    event: str = ""
    """The step that is put right; "" for a new one."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The problems' ids."""
        return tuple(one.id for one in self.problems)


def open_step(ledger: Ledger, verb: str, ids: Sequence[str], day: date, actor: str) -> Opened:
    """Read all of it. Raises KnownError where the step may not be taken."""
    form = steps.step_form(ledger, verb, ids, actor)
    if verb in _HANDS_OVER and len(ids) == 1:
        told = "；".join(f"{one.unit}（{one.why}）" for one in likely_units(ledger, ids[0]))
        form = replace(form, notes=(*form.notes, f"可能的牵头单位：{told}。请核对后自己填")) if told else form
    return _read(ledger, form, ids, day)


def open_correction(ledger: Ledger, event: str, day: date) -> Opened:
    """The texts of a problem's last step. Raises KnownError for any other."""
    form = correction(ledger, event)
    return _read(ledger, form, tuple(form.seen), day, event)


def _read(ledger: Ledger, form: StepForm, ids: Sequence[str], day: date, event: str = "") -> Opened:
    calendar = work_calendar(ledger)
    problems = selected(ledger, ids)
    now = standing_now(ledger, ids[0], day, calendar) if len(ids) == 1 else None
    offered = {
        field.link: Offered.of(form.links[field.name]) for field in form.form if field.link and field.name in form.links
    }
    return Opened(form, problems, now, offered, calendar, event)


class StepOffers:
    """What can be chosen in a step's form: its own rows, and the words of any form."""

    def __init__(self, offered: Mapping[str, Offered], words: LedgerOffers) -> None:
        self._offered = offered
        self._words = words

    def rows(self, table: str, take: Callable[[Offered], None]) -> None:
        """The rows the step may name."""
        if table in self._offered:
            take(self._offered[table])
        else:
            self._words.rows(table, take)

    def words(self, words: tuple[str, ...], take: Callable[[Offered], None]) -> None:
        """Words of a fixed set, with their initials."""
        self._words.words(words, take)
