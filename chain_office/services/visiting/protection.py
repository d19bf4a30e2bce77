"""赋码保护: what a visit to an enterprise under protection has to record, and how often it was visited. The office's own
record; it is not the city's platform and does not speak to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.domain.visiting import is_protected
from chain_office.queries.editing.rows import row
from chain_office.queries.visiting.firms import visits_in_month
from chain_office.queries.visiting.pace import visit_pace

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

CONSENT: Final = {"consent_by": "同意人", "consent_way": "同意途径", "consent_day": "同意日期"}
"""What must stand in a visit to a firm under protection."""
BOOKED: Final = "码上约"


@dataclass(frozen=True, slots=True)
class Protection:
    """``since``: from when on. ``this_month``: other visits in the month; ``most``: how many the office allows."""

    since: date
    this_month: int
    most: int

    @property
    def consent_words(self) -> str:
        """What is asked beside the consent."""
        return f"企业自 {self.since.isoformat()} 起受赋码保护，要写明同意人、途径、日期和预约号"

    @property
    def frequency_words(self) -> str:
        """What is pointed out beside the day; "" where there is nothing."""
        if self.this_month < self.most:
            return ""
        return f"受赋码保护，这个月已走访 {self.this_month} 次，每月不超过 {self.most} 次"


def protection(ledger: Ledger, enterprise_id: str | None, day: date | None, but: str = "") -> Protection | None:
    """How a firm is protected on a day; None where it is not. ``but``: the visit that is being looked at."""
    firm = row(ledger, "enterprise", enterprise_id) if enterprise_id else None
    since = firm["protected_since"] if firm is not None else None
    if enterprise_id is None or since is None or day is None or not is_protected(since, day):
        return None
    return Protection(since, visits_in_month(ledger, enterprise_id, day, but), visit_pace(ledger).monthly_most)
