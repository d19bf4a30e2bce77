"""问题台: scorecard and 今日 at a past day, beside the barest SQL that reads the same stretches and steps."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bench.timing import Result, clocked, medians
from chain_office.db.ledger import open_ledger
from chain_office.queries import problem_desk
from chain_office.queries.problem_facts import STOOD
from chain_office.queries.work_calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.place import Place
    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar

_DAY: Final = date(2020, 6, 30)
_BARE: Final = {
    "单位考核表": f"""
        SELECT s.lead_unit_id, s.state, count(*), sum(s.due_day < :day), sum(k.times) FROM problem_span s
          JOIN problem p ON p.id = s.problem_id
          LEFT JOIN (SELECT problem_id, count(*) AS times, max(day) FROM problem_event
                      WHERE deleted_at IS NULL AND day <= :day GROUP BY problem_id) k ON k.problem_id = p.id
         WHERE p.deleted_at IS NULL AND {STOOD} GROUP BY 1, 2""",
    "今日": f"""
        SELECT s.state, count(*), sum(s.due_day < :day) FROM problem_span s JOIN problem p ON p.id = s.problem_id
         WHERE p.deleted_at IS NULL AND {STOOD} GROUP BY 1""",
}


def desk(place: Place) -> Iterator[Result]:
    """Both, each time at another day: what is remembered of a day helps nobody."""
    with open_ledger(place.ledger, read_only=True) as ledger:
        calendar = work_calendar(ledger)
        ours = {"单位考核表": problem_desk.scorecard, "今日": problem_desk.today}
        for what, ask in ours.items():
            days = (_DAY - timedelta(days=number) for number in itertools.count())
            mine, bare = medians(
                clocked(partial(_ask, ask, ledger, days, calendar)),
                clocked(partial(ledger.rows, _BARE[what], {"day": _DAY.isoformat()})),
                rounds=3,
            )
            yield Result("问题台", place.size, what, mine, bare, None, "裸 SQL：状态、逾期、步数按单位计数")


def _ask(ask: Callable[..., object], ledger: Ledger, days: Iterator[date], calendar: WorkCalendar) -> None:
    ask(ledger, next(days), calendar)
