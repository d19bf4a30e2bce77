"""Many records of one kind saved as one write: each is looked at as a form would be, and all that is wrong is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Clashing, Fault, Faulty, Saved
from chain_office.queries.editing.rows import head
from chain_office.services.editing.deriving import settle
from chain_office.services.editing.saving import plan_edit, store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Clash, Edit
    from chain_office.services.editing.saving import Plan

_EACH = 25
"""Progress is told after so many records."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What keeps one record from being saved: faults, or fields somebody else changed meanwhile."""

    faults: tuple[Fault, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether it cannot be saved by staying with it."""
        return any(fault.stops for fault in self.faults)


class ManyFaulty(KnownError):
    """Records that cannot be saved together as they are. ``wrong``: place among the edits → what is wrong with it."""

    def __init__(self, wrong: Mapping[int, Wrong]) -> None:
        said = [fault.message for one in wrong.values() for fault in one.faults]
        super().__init__("；".join(dict.fromkeys(said)) or "有记录刚被别人改过，请对照后再保存。")
        self.wrong = wrong


def look(
    ledger: Ledger,
    edits: Sequence[Edit],
    accept: Mapping[int, Set[str]] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> tuple[list[Plan], dict[int, Wrong]]:
    """What saving them would write, and what is wrong with which. Nothing is written."""
    plans: list[Plan] = []
    wrong: dict[int, Wrong] = {}
    for place, edit in enumerate(edits):
        if progress is not None and place % _EACH == 0:
            progress(place, len(edits), f"正在核对 {place} / {len(edits)} 条")
        try:
            plans.append(plan_edit(ledger, edit, (accept or {}).get(place, frozenset())))
        except Faulty as error:
            wrong[place] = Wrong(error.faults)
        except Clashing as error:
            wrong[place] = Wrong(clashes=error.clashes)
        except KnownError as error:
            wrong[place] = Wrong((Fault("", error.message),))
    return plans, wrong


def save_many(
    ledger: Ledger,
    edits: Sequence[Edit],
    actor: str,
    reason: str,
    *,
    said: str,
    accept: Mapping[int, Set[str]] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Saved:
    """Save them in one write, or none of them. ``accept``: place among the edits → names of fields whose warnings the person
    stays with. ``said``: the sentence for the status line, "{number}" in it the records that changed. Raises
    :class:`ManyFaulty`."""
    table = edits[0].table if edits else ""

    def plan() -> list[Plan]:
        plans, wrong = look(ledger, edits, accept, progress)
        if wrong:
            raise ManyFaulty(wrong)
        return [one for one in plans if one.case.is_new or one.values]

    basis = head(ledger)
    plans = plan()
    if not plans:
        return Saved(0, table, "", "没有改动")
    with ledger.write(actor, reason) as writer:
        if head(ledger) != basis:  # somebody wrote between the looking and the write
            plans = plan()
        ids = [store(ledger, writer, one)[0] for one in plans]
        settle(ledger, writer, writer.touched)
        return Saved(writer.write_no, table, ids[0], said.format(number=len(plans)))
