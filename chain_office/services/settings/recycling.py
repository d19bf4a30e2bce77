"""回收站: everything in the bin, records and names alike, and the way back for each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chain_office.db.models import RECORDS
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.names import name_key
from chain_office.queries import settings_names
from chain_office.services.editing import Binned, unbin
from chain_office.services.editing import binned as binned_records
from chain_office.services.settings.name_lists import name_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.db.ledger import Ledger

NOUNS = {
    "district": "县市区", "park": "园区", "unit": "承办单位", "bank": "银行", "segment": "产业链环节", "category": "问题类别",
    "officer": "人员", "time_limit": "时限",
}  # fmt: skip
"""Lists whose entries the forms of records do not know."""
_MOST = 500
_MODELS = {model._meta.table_name: model for model in RECORDS}


def bin_lines(ledger: Ledger) -> tuple[Binned, ...]:
    """The newest lines of the bin."""
    names = [
        Binned(table, row_id, NOUNS[table], name, _local(at), actor)
        for table, row_id, name, at, actor in settings_names.binned_entries(ledger, tuple(NOUNS), _MOST)
    ]
    return tuple(sorted((*binned_records(ledger), *names), key=lambda one: one.at, reverse=True))


def _local(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def restore(ledger: Ledger, table: str, ids: Sequence[str], actor: str) -> Saved:
    """Take records or entries of one table out of the bin. An entry whose name has since come to mean another is
    refused: the same word may not mean two."""
    if table not in NOUNS:
        return unbin(ledger, table, ids, actor)
    names = [_may_return(ledger, table, one) for one in ids]
    what = f"“{names[0]}”" if len(names) == 1 else f"{len(names)} 条{NOUNS[table]}"
    said = f"{NOUNS[table]}{what}已还原" if len(names) == 1 else f"{what}已还原"
    with ledger.write(actor, said) as writer:
        for one in ids:
            writer.unbin(_MODELS[table], one)
    return Saved(writer.write_no, table, ids[0], said)


def _may_return(ledger: Ledger, table: str, row_id: str) -> str:
    """The name of an entry that may come back."""
    known_as = table != "time_limit" and name_list(table).known_as
    columns = ("name", "short", "aliases") if known_as else ("name",)
    entry = settings_names.one_binned(ledger, table, row_id, columns)
    if entry is None:
        raise KnownError(f"这条{NOUNS[table]}不在回收站里，可能已经还原。")
    if table != "officer":
        mine = {name_key(word) for column in columns for word in (entry[column] or "").splitlines()}
        for other in settings_names.entries(ledger, table, columns):
            for column in columns:
                for word in (other[column] or "").splitlines():
                    if name_key(word) in mine:
                        raise KnownError(
                            f"“{word}”现在指{NOUNS[table]}“{other['name']}”，不能再还原“{entry['name']}”；"
                            "要是合并错了，请撤销那次合并，或先从那一条里删去这个写法。"
                        )
    return str(entry["name"])
