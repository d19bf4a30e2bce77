"""What the sample office keeps in the program itself and in no workbook: plans, promises, nodes, goals. All invented."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from chain_office.db.models import RECORDS
from chain_office.paths import resource
from chain_office.queries.editing.rows import live

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

_MODELS = {model._meta.table_name: model for model in RECORDS}
_ORDER = (
    "campaign", "visit_plan", "promise", "project_node", "project_cause", "loan_review", "target", "prospect", "achievement",
)  # fmt: skip


def read_records() -> dict[str, Any]:
    """The file beside the sample workbooks: table → records, links by name."""
    found: dict[str, Any] = json.loads(resource("sample", "beside.json").read_text(encoding="utf-8"))
    return found


def add_records(ledger: Ledger, writer: Writer) -> None:
    """Put them into a ledger filled from the sample workbooks. Every name must be in one of them."""
    told = read_records()
    names = {
        table: {word: row["id"] for row in live(ledger, table) for word in (row.get("short"), row["name"]) if word}
        for table in ("enterprise", "project", "district", "segment", "bank")
    }
    for table in _ORDER:
        for record in told[table]:
            values = {name: _value(ledger, names, name, value) for name, value in record.items()}
            made = writer.insert(_MODELS[table], values)
            names.setdefault(table, {})[str(record.get("name"))] = made
    since = date.fromisoformat(told["protected"]["since"])
    for name in told["protected"]["enterprises"]:
        writer.update(_MODELS["enterprise"], names["enterprise"][name], {"protected_since": since})


def _value(ledger: Ledger, names: dict[str, dict[str, str]], name: str, value: Any) -> Any:
    if name.endswith("_day") or name == "day":
        return date.fromisoformat(value)
    if name in names:
        return names[name][value]
    if name == "visit":
        visits = live(ledger, "visit", enterprise_id=names["enterprise"][value])
        return min(visits, key=lambda row: str(row["day"]))["id"]
    if name == "problem":
        return next(row["id"] for row in live(ledger, "problem") if row["text"].startswith(value))
    if name == "match":
        firm, bank = names["enterprise"][value[0]], names["bank"][value[1]]
        return live(ledger, "match", enterprise_id=firm, bank_id=bank)[0]["id"]
    return value
