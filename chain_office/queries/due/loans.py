"""Look-backs at what became of loans, and loans to be repaid or renewed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chain_office.domain.look_backs import MATURES_DAYS
from chain_office.queries.due.shape import Due
from chain_office.queries.finance_desk.deals import standing
from chain_office.queries.finance_desk.look_backs import look_backs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chain_office.db.ledger import Ledger


def look_backs_and_repayments(ledger: Ledger, first: date, last: date, day: date) -> Iterator[Due]:
    """30, 60 and 90 days after an event or a step, and the days loans end on; no amounts, these go into calendars."""
    if first > day + timedelta(days=MATURES_DAYS) and ledger.value("SELECT 1 FROM match LIMIT 1") is None:
        return
    found = look_backs(ledger, standing(ledger, day), until=last)
    for one in found.due:
        when = one.checkpoint.due_day
        if first <= when <= last:
            of = one.deal or one.need
            bank = one.deal.bank if one.deal is not None else "没有银行接"
            borrower = of.borrower if of is not None else ""
            words = f"{borrower}（{bank}）会后 {one.checkpoint.after_days} 天"
            row_id = one.reference.replace(":", "-")
            yield Due(f"look-{row_id}-{one.checkpoint.after_days}", when, "loan_review", words, one.reference, "", day)
    for end in found.repayments:
        if first <= end.day <= last:
            words = f"{end.deal.borrower}（{end.deal.bank}）"
            yield Due(f"repay-{end.drawing.id}", end.day, "repayment", words, f"match:{end.deal.id}", "", day)
