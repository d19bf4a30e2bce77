"""How far projects have come: the last stated investment of the year, planned days, recorded difficulties, lights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Progress:
    """``month`` and ``year_done_yuan``: the latest month of the year that states an investment."""

    month: str | None
    year_done_yuan: int | None
    plan_start: date | None
    plan_finish: date | None
    problems: str


@dataclass(frozen=True, slots=True)
class LightLimit:
    """A light and how many percent points behind schedule it still covers; None for the last one. ``beyond``: it covers
    those more than that behind instead."""

    light: str
    limit: int | None
    text: str
    beyond: bool = False

    def holds(self, ahead: Decimal) -> bool:
        """Whether a project so many percent points ahead of the calendar (behind: < 0) has this light."""
        return self.limit is None or (-ahead > self.limit if self.beyond else -ahead <= self.limit)


def progress(ledger: Ledger, day: date) -> dict[str, Progress]:
    """Project → how far it is at ``day``."""
    rows = ledger.rows(
        """
        SELECT p.id, m.month, m.year_done_yuan, p.plan_start, p.plan_finish, coalesce(p.problems, '')
          FROM project p LEFT JOIN project_month m ON m.id = (
               SELECT x.id FROM project_month x WHERE x.project_id = p.id AND x.deleted_at IS NULL
                  AND x.year_done_yuan IS NOT NULL AND x.month BETWEEN :january AND :month
                ORDER BY x.month DESC LIMIT 1)
         WHERE p.deleted_at IS NULL
        """,
        {"january": f"{day.year:04d}-01", "month": f"{day.year:04d}-{day.month:02d}"},
    )
    return {
        project: Progress(month, done, _day(start), _day(finish), problems)
        for project, month, done, start, finish, problems in rows
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def started_in_year(ledger: Ledger, day: date) -> int:
    """Projects whose building began in ``day``'s year, up to ``day``."""
    return int(
        ledger.value(
            "SELECT count(DISTINCT c.project_id) FROM stage_change c JOIN project p ON p.id = c.project_id "
            "WHERE c.deleted_at IS NULL AND p.deleted_at IS NULL AND c.stage = 'under_construction' "
            "AND c.day BETWEEN ? AND ?",
            (f"{day.year:04d}-01-01", day.isoformat()),
        )
    )


def light_limits(ledger: Ledger) -> tuple[LightLimit, ...]:
    """The office's rules for projects behind schedule, in order; rules that look at something else are left out."""
    rows = ledger.rows(
        "SELECT light, CASE condition WHEN 'else' THEN NULL ELSE threshold END, coalesce(text, ''), "
        "condition = 'behind_more' FROM light_rule WHERE deleted_at IS NULL AND desk = 'projects' "
        "AND condition IN ('behind_at_most', 'behind_more', 'else') ORDER BY rank"
    )
    return tuple(LightLimit(light, limit, text, bool(beyond)) for light, limit, text, beyond in rows)
