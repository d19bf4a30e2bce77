"""Rows that come to stand again, out of the bin or by undoing: nobody typed them just now, but they may not contradict
what was recorded since, and a problem's steps still have to follow from one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.forms import form
from chain_office.db.walks import refuse_if_bent
from chain_office.domain.errors import KnownError
from chain_office.queries.editing.hanging import OWNERS, dangling
from chain_office.queries.editing.rows import row, rows
from chain_office.services.editing.case import Case
from chain_office.services.editing.checking import between
from chain_office.services.editing.deriving import settle
from chain_office.services.editing.titles import noun_of, title_of

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer


def settled(ledger: Ledger, writer: Writer) -> None:
    """Bring what is kept twice into step with the rows this write touched. Raises KnownError where they cannot stand so."""
    refuse_if_dangling(ledger, writer)
    settled_again(ledger, writer)
    refuse_if_bent(writer)


def settled_again(ledger: Ledger, writer: Writer) -> None:
    """The same for an import that was taken back: nothing is left that names what it made."""
    refuse_if_contradicted(ledger, writer)
    settle(ledger, writer, writer.touched)


def refuse_if_dangling(ledger: Ledger, writer: Writer) -> None:
    """Raise KnownError if a live row this write touched names a row in the bin, or the other way round."""
    for table, row_id, target, other in dangling(ledger, writer.touched):
        mine = title_of(ledger, table, row(ledger, table, row_id) or {})
        gone = title_of(ledger, target, row(ledger, target, other) or {})
        word = "所属的" if table in OWNERS else "引用的"
        raise KnownError(f"{noun_of(table)}“{mine}”{word}{noun_of(target)}“{gone}”在回收站里；请先恢复那一条。")


def refuse_if_contradicted(ledger: Ledger, writer: Writer) -> None:
    """Raise KnownError if a live row this write touched contradicts another one by the rules of its form."""
    for table, ids in sorted(writer.touched.items()):
        rules = between(table)
        if rules is None:
            continue
        shape = form(table)
        every = frozenset(field.name for field in shape)
        for row_id, kept in rows(ledger, table, sorted(ids)).items():
            if kept["deleted_at"] is not None:
                continue
            for fault in rules(Case(ledger, shape, row_id, None, kept, every, clock.today())):
                if fault.stops:
                    name = title_of(ledger, table, kept)
                    raise KnownError(f"{shape.noun}“{name}”：{fault.message}。这样一来两条会互相矛盾，没有改动。")
