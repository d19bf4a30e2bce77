"""What two enterprises have in common or state differently, read for making them one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from chain_office.queries.editing.rows import live

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.queries.editing.rows import Row

_AMOUNTS = {"credit": "granted_yuan", "drawdown": "drawn_yuan"}


def same_months(ledger: Ledger, kept: str, gone: str) -> list[tuple[Row, Row]]:
    """Outputs of the same month: (of the one that stays, of the one that goes)."""
    mine = {row["month"]: row for row in live(ledger, "monthly_output", enterprise_id=kept)}
    theirs = live(ledger, "monthly_output", enterprise_id=gone)
    return sorted(
        ((mine[row["month"]], row) for row in theirs if row["month"] in mine), key=lambda pair: str(pair[0]["month"])
    )


def signed_off(ledger: Ledger) -> frozenset[str]:
    """The months of output that were signed off."""
    rows = ledger.rows("SELECT month FROM month_freeze WHERE desk = 'output' AND deleted_at IS NULL")
    return frozenset(row[0] for row in rows)


def loans_twice(ledger: Ledger, kept: str, gone: str) -> list[tuple[str, str]]:
    """(table, id) of grants and drawings of the one that goes which the other has too: same bank, day and amount."""
    found = []
    for table, amount in _AMOUNTS.items():
        sql = (
            f"SELECT m.bank_id, c.day, c.{amount}, c.id FROM {table} c JOIN match m ON m.id = c.match_id "
            "WHERE m.enterprise_id = ? AND c.deleted_at IS NULL AND m.deleted_at IS NULL ORDER BY c.id"
        )
        mine: dict[tuple[object, ...], int] = defaultdict(int)
        for *loan, _ in ledger.rows(sql, (kept,)):
            mine[tuple(loan)] += 1
        for *loan, row_id in ledger.rows(sql, (gone,)):
            if mine[tuple(loan)]:
                mine[tuple(loan)] -= 1
                found.append((table, str(row_id)))
    return found


def same_texts(ledger: Ledger, kept: str, gone: str) -> int:
    """Problems both have in the same words."""
    return int(
        ledger.value(
            "SELECT count(*) FROM problem a JOIN problem b ON b.text_core = a.text_core AND b.deleted_at IS NULL "
            "AND b.enterprise_id = ? WHERE a.enterprise_id = ? AND a.deleted_at IS NULL AND a.text_core <> ''",
            (gone, kept),
        )
    )


def same_days(ledger: Ledger, kept: str, gone: str) -> int:
    """Days on which both were visited."""
    return int(
        ledger.value(
            "SELECT count(DISTINCT a.day) FROM visit a JOIN visit b ON b.day = a.day AND b.deleted_at IS NULL "
            "AND b.enterprise_id = ? WHERE a.enterprise_id = ? AND a.deleted_at IS NULL",
            (gone, kept),
        )
    )


def plans_twice(ledger: Ledger, kept: str, gone: str) -> list[str]:
    """Visit plans of the one that goes in campaigns the other is planned in too."""
    rows = ledger.rows(
        "SELECT b.id FROM visit_plan b JOIN visit_plan a ON a.campaign_id = b.campaign_id AND a.enterprise_id = ? "
        "AND a.deleted_at IS NULL WHERE b.enterprise_id = ? AND b.deleted_at IS NULL",
        (kept, gone),
    )
    return [str(row[0]) for row in rows]
