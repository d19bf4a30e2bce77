"""The merge itself, and the word that two enterprises are two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import Attachment, Enterprise, MonthlyOutput, NotDuplicate, RegisterSpell
from chain_office.db.settings import point_elsewhere
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.queries.editing.rows import MODELS, live
from chain_office.queries.editing.rows import row as row_of
from chain_office.queries.settings_names import pointing
from chain_office.services.editing.deriving import settle
from chain_office.services.firm_merging.planning import plan

if TYPE_CHECKING:
    from collections.abc import Set

    from chain_office.db.ledger import Ledger


def merge_firms(ledger: Ledger, kept_id: str, gone_id: str, actor: str, *, others: Set[str] = frozenset()) -> Saved:
    """Make ``gone_id`` part of ``kept_id``. ``others``: keys of :class:`Choice` where what goes is what is taken.
    Nothing that hung on it is lost: rows both have are told in the plan and lie in the bin."""
    work = plan(ledger, kept_id, gone_id, others)
    kept, gone = work.kept["name"], work.gone["name"]
    said = f"“{gone}”已合并到“{kept}”"
    dropped = {row_id for ids in work.bins.values() for row_id in ids}
    with ledger.write(actor, said) as writer:
        for table, ids in work.bins.items():
            for row_id in ids:
                writer.bin(MODELS[table], row_id)
        for table, column, ids in pointing(ledger, "enterprise", gone_id):
            moving = [row_id for row_id in ids if row_id not in dropped]
            point_elsewhere(writer, table, column, moving, kept_id)
        attached = [row["id"] for row in live(ledger, "attachment", table_name="enterprise", row_id=gone_id)]
        for row_id in attached:
            writer.update(Attachment, row_id, {"row_id": kept_id})
        for row_id, values in work.months.items():
            writer.update(MonthlyOutput, row_id, values)
        for stay in work.stays:
            if stay.changes:
                writer.update(RegisterSpell, stay.row_id, stay.changes)
        writer.bin(Enterprise, gone_id, version=work.gone["version"])
        if work.fields:
            fields = {name.removesuffix("_id"): value for name, value in work.fields.items()}
            writer.update(Enterprise, kept_id, fields, version=work.kept["version"])
        settle(ledger, writer, writer.touched)
    return Saved(writer.write_no, "enterprise", kept_id, said)


def say_different(ledger: Ledger, one_id: str, other_id: str, actor: str) -> Saved:
    """Remember that two enterprises are two: they are not proposed again."""
    one, other = row_of(ledger, "enterprise", one_id), row_of(ledger, "enterprise", other_id)
    if one is None or other is None or one["deleted_at"] or other["deleted_at"]:
        raise KnownError("其中一家已不在台账里，没有记下；请刷新后再看。")
    said = f"已记下“{one['short_name'] or one['name']}”与“{other['short_name'] or other['name']}”不是同一家"
    with ledger.write(actor, said) as writer:
        writer.insert(NotDuplicate, {"first": min(one_id, other_id), "second": max(one_id, other_id)})
    return Saved(writer.write_no, "enterprise", one_id, said)
