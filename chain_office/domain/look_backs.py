"""When a bank's answer, or a need nobody took up, is to be looked back at: 30, 60 and 90 days after the event (or after the
last step), until the money is there or nobody wants it any more; and when a loan has to be repaid or renewed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.numbers import chinese_number

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOK_BACK_DAYS: Final = (30, 60, 90)
SOON_DAYS: Final = 7
"""So many days ahead a look-back is listed as coming."""
MATURES_DAYS: Final = 90
"""So many days ahead of its end a loan is listed, and so many after it while nothing renewed it."""
OUTCOMES: Final = ("推进中", "已落地", "不再需要", "落空")
"""In the order of their keys."""
FINAL: Final = frozenset({"已落地", "不再需要", "落空"})
"""After these there is nothing left to look back at."""
_TERM: Final = re.compile(r"(\d+|[一二两三四五六七八九十]+)\s*(年半|年|个?月)")


@dataclass(frozen=True, slots=True)
class Review:
    """A look-back that was made."""

    day: date
    after_days: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The look-back that is wanted: how many days after ``since``, on which day, how many days late (below 0: still ahead)."""

    since: date
    after_days: int
    due_day: date
    late: int

    @property
    def light(self) -> str:
        return "red" if self.late > 0 else "amber"

    @property
    def word(self) -> str:
        """逾期 5 天, 今天到期, 3 天后到期."""
        if self.late > 0:
            return f"逾期 {self.late} 天"
        return f"{-self.late} 天后到期" if self.late else "今天到期"


def wanted(since: date, reviews: Sequence[Review], day: date) -> Checkpoint | None:
    """The look-back wanted at ``day``, or within the week after it; None where none is. Of several that were missed only
    the last one is: one call answers them all."""
    passed = (day - since).days
    if not reviews and passed >= LOOK_BACK_DAYS[-1]:
        after = LOOK_BACK_DAYS[-1]
        return Checkpoint(since, after, since + timedelta(days=after), passed - after)
    made = [one for one in reviews if since <= one.day <= day]
    if any(one.outcome in FINAL for one in made):
        return None
    found = None
    for after in LOOK_BACK_DAYS:
        due = since + timedelta(days=after)
        covered = any((one.after_days or 0) >= after or one.day >= due for one in made)
        late = (day - due).days
        if late >= 0:
            found = None if covered else Checkpoint(since, after, due, late)
        elif not covered and found is None and -late <= SOON_DAYS:
            return Checkpoint(since, after, due, late)
    return found


def checkpoints(since: date, reviews: Sequence[Review], day: date, until: date) -> tuple[Checkpoint, ...]:
    """Every look-back up to ``until`` that is still open at ``day``; of several that were missed only the last one."""
    first = wanted(since, reviews, day)
    found = [] if first is None else [first]
    made = [one for one in reviews if since <= one.day <= day]
    if not any(one.outcome in FINAL for one in made):
        answered = max((one.after_days or 0 for one in made), default=0)
        for after in LOOK_BACK_DAYS:
            due = since + timedelta(days=after)
            known = first is not None and first.after_days >= after
            if day < due <= until and not known and answered < after:
                found.append(Checkpoint(since, after, due, (day - due).days))
    return tuple(found)


def term_months(text: str) -> int | None:
    """ "1年" → 12, "18个月" → 18, "一年半" → 18; None where it names no length."""
    match = _TERM.search(text)
    if match is None:
        return None
    number = int(match.group(1)) if match.group(1).isdigit() else chinese_number(match.group(1))
    if number is None or not 0 < number < 600:
        return None
    unit = match.group(2)
    return int(number) * 12 + (6 if unit == "年半" else 0) if "年" in unit else int(number)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
