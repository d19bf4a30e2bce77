"""What a record is called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.forms import form, forms, numbered
from chain_office.domain.money import show_money
from chain_office.domain.stages import PROJECT_STAGE
from chain_office.queries.editing.rows import row as row_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from chain_office.db.ledger import Ledger

_LONG = 24


def title_of(ledger: Ledger, table: str, row: Mapping[str, Any]) -> str:
    """ "水口山有色", "水口山有色 2020-10-15 走访", "水口山有色 · 建设银行 放款 3,000 万元"."""
    if table == "attachment":
        return str(row["name"])
    words = [_whose(ledger, row), _own(ledger, table, row)]
    return " ".join(word for word in words if word) or numbered(table, row.get("number")) or noun_of(table)


def noun_of(table: str) -> str:
    """What people call a row of a table."""
    if table in forms():
        return form(table).noun
    return {
        "attachment": "附件",
        "screening": "筛选结论",
        "assignment": "承办记录",
        "problem_event": "办理步骤",
        "dispatch": "发文",
        "dispatch_item": "发文明细",
    }.get(table, "记录")


def _whose(ledger: Ledger, row: Mapping[str, Any]) -> str:
    """The enterprise, park, project or match a row belongs to."""
    for column, table in (
        ("match_id", "match"),
        ("project_id", "project"),
        ("problem_id", "problem"),
        ("enterprise_id", "enterprise"),
        ("park_id", "park"),
    ):
        if row.get(column) and not ("name" in row and "name_key" in row):
            owner = row_of(ledger, table, row[column])
            if owner is not None:
                return title_of(ledger, table, owner)
    return ""


def _own(ledger: Ledger, table: str, row: Mapping[str, Any]) -> str:
    if table == "match":
        bank = row_of(ledger, "bank", row["bank_id"]) if row["bank_id"] else None
        return f"· {bank['short'] or bank['name']}" if bank else ""
    if table == "enterprise":
        return str(row["short_name"] or row["name"])
    if table == "problem":
        return shortened(str(row["text"]))
    if table == "stage_change":
        return PROJECT_STAGE.label(row["stage"])
    for amount, word in (("granted_yuan", "授信"), ("drawn_yuan", "放款"), ("need_yuan", "需求")):
        if amount in row:
            return f"{word} {show_money(row[amount])}".rstrip()
    beside = "走访" if table == "visit" else ""
    told = next((row[name] for name in ("name", "month", "year", "day", "entry_day") if row.get(name)), None)
    return " ".join(part for part in (str(told or ""), beside) if part)


def shortened(text: str) -> str:
    """A text's beginning."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= _LONG else f"{line[:_LONG]}…"
