"""Every match of a borrower with a bank, and what was granted and drawn on it by a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.queries.finance import MATCHED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chain_office.db.ledger import Ledger

NO_BANK = "未注明银行"
_GRANTED, _DRAWN = frozenset({"granted", "drawn"}), frozenset({"drawn"})


@dataclass(frozen=True, slots=True)
class Loan:
    """One match. ``matched``: 意向 or beyond at the date. Sums in 元 are of what is dated up to it."""

    bank_id: str | None
    bank: str
    borrower_id: str
    borrower: str
    park: bool
    matched: bool
    reached: str
    intent_yuan: int | None
    granted_yuan: int
    grants_recorded: bool
    drawn_yuan: int
    drawn_new_yuan: int
    drawn_renewed_yuan: int
    drawings_recorded: bool
    approximate: int
    fail_reason: str


@dataclass(frozen=True, slots=True)
class BankLoans:
    """One bank. None: the stage was reached but no amount is recorded."""

    bank_id: str | None
    bank: str
    enterprises: int
    parks: int
    intent_yuan: int | None
    granted_yuan: int | None
    drawn_yuan: int | None
    drawn_new_yuan: int
    drawn_renewed_yuan: int
    approximate: int


@dataclass(frozen=True, slots=True)
class Needs:
    """Needs brought to the banks; ``yuan`` is of those with an amount."""

    count: int
    with_amount: int
    yuan: int


def loans(ledger: Ledger, day: date) -> tuple[Loan, ...]:
    """All matches, by bank and borrower."""
    rows = ledger.rows(
        f"""
        SELECT m.bank_id, coalesce(b.short, b.name, '{NO_BANK}'), coalesce(m.enterprise_id, m.park_id, ''),
               coalesce(e.name, k.name, ''), m.park_id IS NOT NULL,
               m.id IN (SELECT m.id {MATCHED}), m.reached, m.intent_yuan,
               (SELECT coalesce(sum(c.granted_yuan), 0) FROM credit c
                 WHERE c.match_id = m.id AND c.deleted_at IS NULL AND c.day <= :day),
               EXISTS (SELECT 1 FROM credit c WHERE c.match_id = m.id AND c.deleted_at IS NULL),
               coalesce(d.total, 0), coalesce(d.fresh, 0), coalesce(d.renewed, 0),
               EXISTS (SELECT 1 FROM drawdown x WHERE x.match_id = m.id AND x.deleted_at IS NULL),
               coalesce(d.approximate, 0), coalesce(m.fail_reason, '')
          FROM match m LEFT JOIN bank b ON b.id = m.bank_id
          LEFT JOIN enterprise e ON e.id = m.enterprise_id LEFT JOIN park k ON k.id = m.park_id
          LEFT JOIN (SELECT match_id, sum(drawn_yuan) AS total,
                            sum(CASE WHEN loan_kind = '新增' THEN drawn_yuan ELSE 0 END) AS fresh,
                            sum(CASE WHEN loan_kind = '续贷' THEN drawn_yuan ELSE 0 END) AS renewed,
                            sum(CASE WHEN approximate THEN 1 ELSE 0 END) AS approximate
                       FROM drawdown WHERE deleted_at IS NULL AND day <= :day GROUP BY match_id) d
                 ON d.match_id = m.id
         WHERE m.deleted_at IS NULL
         ORDER BY 2, m.number, m.id
        """,
        {"day": day.isoformat()},
    )
    return tuple(
        Loan(
            bank_id, bank, borrower_id, borrower, bool(park), bool(matched), reached, intent, int(granted), bool(grants),
            int(drawn), int(fresh), int(renewed), bool(drawings), int(approximate), reason,
        )
        for (
            bank_id, bank, borrower_id, borrower, park, matched, reached, intent, granted, grants,
            drawn, fresh, renewed, drawings, approximate, reason,
        ) in rows
    )  # fmt: skip


def by_bank(found: Iterable[Loan]) -> tuple[BankLoans, ...]:
    """The banks that were matched or lent, most drawn first."""
    banks: dict[tuple[str | None, str], list[Loan]] = {}
    for loan in found:
        if loan.matched or loan.granted_yuan or loan.drawn_yuan:
            banks.setdefault((loan.bank_id, loan.bank), []).append(loan)
    rows = [_bank(*key, theirs) for key, theirs in banks.items()]
    return tuple(sorted(rows, key=lambda row: (-(row.drawn_yuan or 0), -(row.granted_yuan or 0), row.bank)))


def _bank(bank_id: str | None, bank: str, theirs: list[Loan]) -> BankLoans:
    matched = [loan for loan in theirs if loan.matched]
    intents = [loan.intent_yuan for loan in matched if loan.intent_yuan is not None]
    granted_known = any(one.grants_recorded for one in theirs) or not any(one.reached in _GRANTED for one in theirs)
    drawn_known = any(one.drawings_recorded for one in theirs) or not any(one.reached in _DRAWN for one in theirs)
    return BankLoans(
        bank_id,
        bank,
        len({loan.borrower_id for loan in matched if not loan.park}),
        len({loan.borrower_id for loan in matched if loan.park}),
        sum(intents) if intents else None,
        sum(loan.granted_yuan for loan in theirs) if granted_known else None,
        sum(loan.drawn_yuan for loan in theirs) if drawn_known else None,
        sum(loan.drawn_new_yuan for loan in theirs),
        sum(loan.drawn_renewed_yuan for loan in theirs),
        sum(loan.approximate for loan in theirs),
    )


def needs(ledger: Ledger) -> Needs:
    """The needs on record."""
    count, amounts, total = ledger.rows(
        "SELECT count(*), count(need_yuan), coalesce(sum(need_yuan), 0) FROM need WHERE deleted_at IS NULL"
    )[0]
    return Needs(int(count), int(amounts), int(total))


def matching_events(ledger: Ledger, day: date) -> tuple[tuple[str, str | None], ...]:
    """Name and day of the events that matches held at ``day`` come from, earliest first."""
    rows = ledger.rows(
        f"SELECT DISTINCT v.name, v.day FROM meeting v WHERE v.deleted_at IS NULL AND v.id IN "
        f"(SELECT m.event_id {MATCHED}) ORDER BY v.day, v.name",
        {"day": day.isoformat()},
    )
    return tuple((name, day_text) for name, day_text in rows)
