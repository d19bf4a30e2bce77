"""Enterprises that go by a name already: their own, a short one, a former one, or one with the same distinctive core."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

SAME, ALSO, CORE = "名称相同", "简称或曾用名相同", "名称主干相同"


def namesakes(ledger: Ledger, name: str, key: str, core: str, but: str) -> list[tuple[str, int, str, str]]:
    """(name, number, code, how they are alike) of up to three live enterprises other than ``but``, the likest first."""
    return [
        (other, number or 0, code or "", word)
        for other, number, code, word in ledger.rows(
            "SELECT name, number, uscc, how FROM ("
            "SELECT id, name, number, uscc, CASE WHEN name_key = :key THEN :same "
            "WHEN short_name = :name OR char(10) || former_names || char(10) LIKE '%' || char(10) || :name || char(10) || '%' "
            "THEN :also WHEN name_core = :core THEN :alike END AS how "
            "FROM enterprise WHERE deleted_at IS NULL AND id <> :but) WHERE how IS NOT NULL "
            "ORDER BY how = :same DESC, how = :also DESC, number LIMIT 3",
            {"name": name, "key": key, "core": core, "but": but, "same": SAME, "also": ALSO, "alike": CORE},
        )
    ]
