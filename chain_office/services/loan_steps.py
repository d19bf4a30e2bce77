"""What is entered from the grid of needs and banks, each in one write: a step of a pair that had no record yet, look-backs of
several at once, and that a drawing asked about is a loan of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from chain_office import clock
from chain_office.db.forms import form
from chain_office.db.models import record_number
from chain_office.domain.forms import Edit, Option
from chain_office.domain.loans import OF_ITS_OWN
from chain_office.queries.editing.rows import row, version
from chain_office.services.editing import blank, options, save, save_together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Loaded, Saved

NEW: Final = "new"
"""Stands for the match that is made together with its first step."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A borrower and a bank that have nothing on record together. ``need_id``, ``event_id``: "" where there is none."""

    bank_id: str
    enterprise_id: str = ""
    park_id: str = ""
    need_id: str = ""
    event_id: str = ""

    @property
    def preset(self) -> dict[str, object]:
        """The fields of a match that say whose it is."""
        names = ("bank_id", "enterprise_id", "park_id", "need_id", "event_id")
        return {name: value for name in names if (value := getattr(self, name))}


def blank_step(ledger: Ledger, table: str, pair: Pair, as_of: date) -> Loaded:
    """An empty 授信 or 放款 of a pair without a match: the match stands there by name and is made when it is saved."""
    made = blank(ledger, table, as_of)
    who = pair.enterprise_id or pair.park_id
    borrower = next((one.label for one in options(ledger, "enterprise" if pair.enterprise_id else "park", [who])), "")
    bank = next((one.label for one in options(ledger, "bank", [pair.bank_id])), "")
    owner = form(table).owner
    stands = Option(NEW, f"新对接：{bank} · {borrower}")
    return replace(made, values={**made.values, owner: NEW}, links={**made.links, owner: stands})


def save_step(ledger: Ledger, pair: Pair, edit: Edit, actor: str, *, accept: AbstractSet[str] = frozenset()) -> Saved:
    """Save a first 授信 or 放款 together with the match it belongs to. Raises :class:`Faulty`; then neither is there."""
    shape = form(edit.table)

    def match(_: tuple[str, ...]) -> Edit:
        return Edit("match", "", 0, pair.preset)

    def step(made: tuple[str, ...]) -> Edit:
        return replace(edit, changes={**edit.changes, shape.owner: made[0]})

    saved = save_together(ledger, (match, step), actor, f"新建银企对接，登记{shape.noun}", accept=accept)
    made = row(ledger, edit.table, saved.row_id)
    match_row = row(ledger, "match", made[shape.owner]) if made else None
    number = record_number("match", match_row["number"] or 0) if match_row else ""
    return replace(saved, said=f"{saved.said}（{number}）")


def review(
    ledger: Ledger, wanted: Sequence[tuple[str, int]], outcome: str, as_of: date, actor: str, *, text: str = ""
) -> Saved:
    """Note what a look-back found, of several at once: (reference, days after the event) each, "match:<id>" or "need:<id>".
    It is dated by the day shown, never by one that has not come."""
    day = min(as_of, clock.today())

    def noted(reference: str, after: int) -> Edit:
        kind, _, row_id = reference.partition(":")
        values = {f"{kind}_id": row_id, "day": day, "after_days": after, "outcome": outcome, "officer": actor}
        return Edit("loan_review", "", 0, {**values, **({"text": text} if text else {})})

    edits = [lambda _made, one=one: noted(*one) for one in wanted]
    return save_together(ledger, edits, actor, f"登记落实回访 {len(edits)} 项：{outcome}", accept={"day"})


def of_its_own(ledger: Ledger, drawdown_id: str, actor: str) -> Saved:
    """Note that a drawing is no second report of another: it is not asked about again."""
    found = row(ledger, "drawdown", drawdown_id)
    before = (found["remark"] or "") if found else ""
    remark = "；".join(part for part in (before, f"已核对，是{OF_ITS_OWN}") if part)
    edit = Edit("drawdown", drawdown_id, version(ledger, "drawdown", drawdown_id), {"remark": remark})
    return save(ledger, edit, actor)
