"""What waits for somebody in 银企: the numbers beside the words of its views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.loans import doubts
from chain_office.queries.finance_desk.deals import standing
from chain_office.queries.finance_desk.look_backs import look_backs

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger


def strip_counts(ledger: Ledger, day: date) -> dict[str, tuple[int, str]]:
    """View → the number beside its word, and what it counts."""
    found = standing(ledger, day)
    back = look_backs(ledger, found)
    asked = len(doubts(found.deals))
    return {
        "look_backs": (back.overdue, f"逾期未回访 {back.overdue} 项，到期贷款 {len(back.repayments)} 笔"),
        "ladder": (asked, f"疑似重复的放款 {asked} 笔"),
    }
