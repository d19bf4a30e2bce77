"""Projects beside the calendar: this year's investment over its plan against month ÷ 12, with the office's light."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from chain_office.domain.project_lights import paced
from chain_office.queries.project_progress import light_limits

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.project_progress import LightLimit

_COLOURS = {"yellow": "amber"}
LABELS = {"green": "绿灯", "amber": "黄灯", "red": "红灯"}


@dataclass(frozen=True, slots=True)
class Pace:
    """One project's year. ``ahead``: percent points above (below: < 0) schedule. ``light``: of the pace
    alone ("" without rules); the project's own, which looks at nodes and planned days too, is its standing's."""

    month: str
    plan_yuan: int
    done_yuan: int
    percent: Decimal
    ahead: Decimal
    limits: tuple[LightLimit, ...]

    @property
    def light(self) -> str:
        """The palette's name of it."""
        return light_of(self.limits, self.ahead)

    @property
    def label(self) -> str:
        """绿灯, 黄灯, 红灯."""
        return LABELS.get(self.light, "")

    @property
    def why(self) -> str:
        """What the light says."""
        return paced(self.month, self.percent, self.ahead)


def paces(ledger: Ledger, day: date, project: str | None = None) -> dict[str, Pace]:
    """Project → its pace at ``day`` (all, or one); projects without a plan or a figure of the year are left out."""
    rows = ledger.rows(
        f"""
        SELECT l.project_id, l.year_plan_yuan, m.month, m.year_done_yuan
          FROM project_plan l JOIN project_month m ON m.id = (
               SELECT x.id FROM project_month x WHERE x.project_id = l.project_id AND x.deleted_at IS NULL
                  AND x.year_done_yuan IS NOT NULL AND x.month BETWEEN :january AND :month
                ORDER BY x.month DESC LIMIT 1)
         WHERE l.year = :year AND l.deleted_at IS NULL AND l.year_plan_yuan > 0
           {"AND l.project_id = :project" if project else ""}
        """,
        {
            "year": day.year,
            "january": f"{day.year:04d}-01",
            "month": f"{day.year:04d}-{day.month:02d}",
            "project": project,
        },
    )
    limits = light_limits(ledger)
    found = {}
    for one, plan, month, done in rows:
        found[one] = pace_of(limits, month, plan, done)
    return found


def pace_of(limits: tuple[LightLimit, ...], month: str, plan_yuan: int, done_yuan: int) -> Pace:
    """A year's investment up to a month beside its plan, which is not 0."""
    percent = Decimal(done_yuan) * 100 / plan_yuan
    return Pace(month, plan_yuan, done_yuan, percent, percent - _SCHEDULE[int(month[5:])], limits)


_SCHEDULE = tuple(Decimal(month * 100) / 12 for month in range(13))
"""Month → what of the year's plan is done by then if the calendar is kept, in percent."""


def light_of(limits: tuple[LightLimit, ...], ahead: Decimal) -> str:
    """The light of a project so many percent points ahead of the calendar (behind: < 0); "" where no rule fits."""
    for rule in limits:
        if rule.holds(ahead):
            return _COLOURS.get(rule.light, rule.light)
    return ""
