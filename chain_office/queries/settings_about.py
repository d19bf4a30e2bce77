"""What a ledger is made of: its format, its size, how many records of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db import migrations

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_COUNTED = (
    ("企业", "enterprise"), ("走访", "visit"), ("问题", "problem"), ("融资需求", "need"), ("银企对接", "match"),
    ("项目", "project"), ("月度产值", "monthly_output"), ("附件", "attachment"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """``records``: (what, how many live ones); ``changes``: lines of the change history."""

    version: int
    size: int
    records: tuple[tuple[str, int], ...]
    changes: int
    sqlite: str


def ledger_facts(ledger: Ledger) -> LedgerFacts:
    """Count."""
    records = tuple(
        (word, int(ledger.value(f'SELECT count(*) FROM "{table}" WHERE deleted_at IS NULL')))
        for word, table in _COUNTED
    )
    return LedgerFacts(
        migrations.version_of(ledger.database),
        ledger.path.stat().st_size,
        records,
        int(ledger.value("SELECT count(*) FROM history")),
        str(ledger.value("SELECT sqlite_version()")),
    )
