"""How far a bank's answer to a borrower has come, and since when it counts as matched: rules for every way in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_REFUSED = re.compile(r"拒|不予|未受理|未达成|未对接|无意向|不符合|终止|放弃|未通过|不具备")


def is_refusal(stage: str | None) -> bool:
    """Whether a bank's words say no."""
    return _REFUSED.search(stage or "") is not None


def reached(*, drawn: bool, granted: bool, stage: str | None, fail_reason: str | None, intent_yuan: int | None) -> str:
    """none, refused, intent, granted or drawn: what was paid out or granted says more than any words."""
    if drawn:
        return "drawn"
    if granted:
        return "granted"
    if is_refusal(stage) or (fail_reason and not intent_yuan):
        return "refused"
    return "none" if intent_yuan == 0 else "intent"


def matched_day(days: Iterable[date | None]) -> date | None:
    """The first of the days the match is known by (意向, 对接会, 授信, 放款)."""
    return min((day for day in days if day is not None), default=None)
