"""The loan ladder: matched, granted and drawn, each counted apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

MATCHED = """
    FROM match m WHERE m.deleted_at IS NULL AND m.reached IN ('intent', 'granted', 'drawn')
     AND (m.matched_day IS NULL OR m.matched_day <= :day)
"""
"""Matches m that were 意向 or beyond at :day."""


def refused_at(day: str = ":day", match: str = "m") -> str:
    """SQL: the bank had said no to the match by ``day``, also after an 意向, and neither granted nor paid out since: as
    :mod:`chain_office.queries.finance_desk` tells it. ``day``: a parameter or a quoted ISO date; ``match``: the alias."""
    return f"""
    ({match}.reached = 'refused' OR {match}.refused_day IS NOT NULL
     OR (coalesce({match}.fail_reason, '') <> '' AND {match}.reached IN ('intent', 'none')))
    AND coalesce({match}.refused_day, {match}.matched_day,
                 (SELECT v.day FROM meeting v WHERE v.id = {match}.event_id AND v.deleted_at IS NULL), '') <= {day}
    AND NOT {_any("credit", day, match)} AND NOT {_any("drawdown", day, match)}
"""


def stage_at(day: str = ":day", match: str = "m") -> str:
    """SQL: how far the match had come by ``day``, a key of :data:`chain_office.domain.loans.STAGE_WORDS`; the same as
    :func:`chain_office.queries.finance_desk.standing` says."""
    return (
        f"CASE WHEN {_any('drawdown', day, match)} THEN 'drawn' WHEN {_any('credit', day, match)} THEN 'granted' "
        f"WHEN {refused_at(day, match)} THEN 'refused' "
        f"WHEN {match}.reached IN ('intent', 'granted', 'drawn') AND ({match}.matched_day IS NULL "
        f"OR {match}.matched_day <= {day}) THEN 'intent' WHEN {match}.asked_day <= {day} THEN 'asked' ELSE 'none' END"
    )


def _any(table: str, day: str, match: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} y WHERE y.match_id = {match}.id AND y.deleted_at IS NULL AND y.day <= {day})"


REFUSED = refused_at()
"""Matches m the bank had said no to by :day."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Distinct parties matched and sums in 元; sums are None when nothing about loans is recorded."""

    enterprises: int
    parks: int
    banks: int
    intent_yuan: int | None
    granted_yuan: int | None
    drawn_yuan: int | None


@dataclass(frozen=True, slots=True)
class BankRow:
    """One bank's rungs of the ladder, in 元."""

    bank: str
    borrowers: int
    intent_yuan: int
    granted_yuan: int
    drawn_yuan: int
    refused: int


def ladder(ledger: Ledger, day: date) -> Ladder:
    """The headline figures of 银企."""
    at = {"day": day.isoformat()}
    firms, parks, banks = ledger.rows(
        f"SELECT count(DISTINCT m.enterprise_id), count(DISTINCT m.park_id), count(DISTINCT m.bank_id) {MATCHED}", at
    )[0]
    known = bool(ledger.value("SELECT 1 FROM match WHERE deleted_at IS NULL LIMIT 1"))
    sums = [
        ledger.value(f"SELECT coalesce(sum(m.intent_yuan), 0) {MATCHED}", at),
        ledger.value(_sum("credit", "granted_yuan"), at),
        ledger.value(_sum("drawdown", "drawn_yuan"), at),
    ]
    intent, granted, drawn = (int(one) if known else None for one in sums)
    return Ladder(int(firms), int(parks), int(banks), intent, granted, drawn)


def refused(ledger: Ledger, day: date) -> frozenset[str]:
    """Ids of the matches the bank had said no to by ``day``."""
    rows = ledger.rows(f"SELECT m.id FROM match m WHERE m.deleted_at IS NULL AND {REFUSED}", {"day": day.isoformat()})
    return frozenset(row[0] for row in rows)


def count_matches(ledger: Ledger) -> int:
    """How many matches there are."""
    return int(ledger.value("SELECT count(*) FROM match WHERE deleted_at IS NULL"))


def _sum(table: str, column: str) -> str:
    return (
        f"SELECT coalesce(sum(t.{column}), 0) FROM {table} t JOIN match m ON m.id = t.match_id "
        "WHERE t.deleted_at IS NULL AND m.deleted_at IS NULL AND t.day <= :day"
    )


def by_bank(ledger: Ledger, day: date) -> tuple[BankRow, ...]:
    """The ladder bank by bank, most drawn first."""
    at = {"day": day.isoformat()}
    rows = ledger.rows(
        f"""
        SELECT coalesce(b.short, b.name),
               (SELECT count(DISTINCT coalesce(m.enterprise_id, m.park_id)) {MATCHED} AND m.bank_id = b.id),
               (SELECT coalesce(sum(m.intent_yuan), 0) {MATCHED} AND m.bank_id = b.id),
               ({_sum("credit", "granted_yuan")} AND m.bank_id = b.id),
               ({_sum("drawdown", "drawn_yuan")} AND m.bank_id = b.id),
               (SELECT count(*) FROM match m WHERE m.deleted_at IS NULL AND m.bank_id = b.id AND {REFUSED})
          FROM bank b
         WHERE b.id IN (SELECT bank_id FROM match WHERE deleted_at IS NULL)
         ORDER BY 5 DESC, 1
        """,
        at,
    )
    return tuple(BankRow(*row) for row in rows)


def drawn_by_kind(ledger: Ledger, day: date) -> dict[str, int]:
    """新增 / 续贷 / 未注明 → 元 drawn by ``day``."""
    rows = ledger.rows(
        "SELECT coalesce(t.loan_kind, '未注明'), sum(t.drawn_yuan) FROM drawdown t JOIN match m ON m.id = t.match_id "
        "WHERE t.deleted_at IS NULL AND m.deleted_at IS NULL AND t.day <= ? GROUP BY 1 ORDER BY 2 DESC",
        (day.isoformat(),),
    )
    return {kind: int(total or 0) for kind, total in rows}
