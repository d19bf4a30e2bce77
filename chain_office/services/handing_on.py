"""An officer leaves: what is in their hands, and handing all of it on in one write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import RECORDS, Officer
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.people import names_in, replaced
from chain_office.queries.duties import Duty, duties, people
from chain_office.queries.editing.rows import live, row

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

__all__ = ["Duty", "duties", "hand_on", "people"]

_MODELS = {model._meta.table_name: model for model in RECORDS}


def hand_on(
    ledger: Ledger, person: str, successor: str, day: date, actor: str, *, chosen: Collection[Duty] | None = None
) -> Saved:
    """Put ``successor`` in the place of ``person`` wherever something is in their hands at ``day`` (or in what was
    ``chosen``); note when everything went, that they left. One write. Raises KnownError."""
    person, successor = person.strip(), successor.strip()
    if not person or not successor:
        raise KnownError("没有移交：请写明交给谁。")
    if len(names_in(successor)) != 1:
        raise KnownError(f"没有移交：“{successor}”应是一个人的姓名；要分给几个人，请分几次，各选各的。")
    if person == successor:
        raise KnownError(f"没有移交：不能把“{person}”的工作交给本人。")
    every = duties(ledger, person, day)
    wanted = every if chosen is None else tuple(one for one in every if one in set(chosen))
    if not wanted and chosen is not None:
        raise KnownError(f"没有移交：选中的事项已不在“{person}”手里，请刷新后再看。")
    said = f"“{person}”的 {len(wanted)} 件工作已移交“{successor}”"
    with ledger.write(actor, said) as writer:
        for one in wanted:
            now = row(ledger, one.table, one.row_id)
            if now is not None and now[one.column]:
                writer.update(
                    _MODELS[one.table], one.row_id, {one.column: replaced(now[one.column], person, successor)}
                )
        if len(wanted) == len(every):
            _note(ledger, writer, person, successor, day)
    return Saved(writer.write_no, "officer", "", said)


def _note(ledger: Ledger, writer: Writer, person: str, successor: str, day: date) -> None:
    known = {one["name"]: one for one in live(ledger, "officer")}
    heir = known[successor]["id"] if successor in known else writer.insert(Officer, {"name": successor})
    if person in known:
        writer.update(Officer, known[person]["id"], {"left_day": day, "successor_id": heir})
    else:
        writer.insert(Officer, {"name": person, "left_day": day, "successor_id": heir})
