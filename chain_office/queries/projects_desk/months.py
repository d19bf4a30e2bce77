"""A month's table of projects: what each reported for it, and what it had reported before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office.domain.periods import add_to_month, last_day
from chain_office.queries.projects_desk.standing import standings

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.projects_desk.standing import Standing


@dataclass(frozen=True, slots=True)
class Told:
    """One month's report, in 元. ``month`` "": there is none."""

    id: str = ""
    month: str = ""
    month_yuan: int | None = None
    year_yuan: int | None = None
    total_yuan: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A project in a month's table: how it stands, this month's report, and the last one before it."""

    stood: Standing
    month: str
    now: Told
    last: Told

    @property
    def reported(self) -> bool:
        """Whether it reported for this month."""
        return bool(self.now.month)

    @property
    def due(self) -> bool:
        """Whether a report is expected: it is being built."""
        return self.stood.stage == "under_construction"

    @property
    def adjoins(self) -> bool:
        """Whether the last report is of the month just before."""
        return self.last.month == add_to_month(self.month, -1)

    @property
    def year_before(self) -> int | None:
        """This year's cumulative before this month: nothing yet in January, None where it is not known."""
        if self.month.endswith("-01"):
            return 0
        return self.last.year_yuan if self.last.month[:4] == self.month[:4] else None

    @property
    def year_gap(self) -> int | None:
        """本年累计 - (上月累计 + 本月); None where one of them is not known, or the month before is missing."""
        known = self.adjoins or self.month.endswith("-01")
        return _gap(self.now.year_yuan, self.year_before if known else None, self.now.month_yuan)

    @property
    def total_gap(self) -> int | None:
        """The same for 开工以来累计."""
        return _gap(self.now.total_yuan, self.last.total_yuan if self.adjoins else None, self.now.month_yuan)


def _gap(now: int | None, before: int | None, added: int | None) -> int | None:
    return None if now is None or before is None or added is None else now - before - added


def day_of(month: str, day: date) -> date:
    """The day a month's table is as of: its end, or the cut-off where that comes first."""
    return min(last_day(month), day)


def month_rows(ledger: Ledger, month: str, day: date) -> tuple[MonthRow, ...]:
    """Every project counted at the end of the month, by stage and number."""
    at = day_of(month, day)
    stood = [one for one in standings(ledger, at).values() if one.counted]
    now = _reports(ledger, "project_month t WHERE t.deleted_at IS NULL AND t.month = :month", month)
    last = _reports(
        ledger,
        "project p JOIN project_month t ON t.id = (SELECT x.id FROM project_month x WHERE x.project_id = p.id "
        "AND x.deleted_at IS NULL AND x.month < :month ORDER BY x.month DESC LIMIT 1) WHERE p.deleted_at IS NULL",
        month,
    )
    empty = Told()
    return tuple(
        MonthRow(one, month, now.get(one.id, empty), last.get(one.id, empty)) for one in sorted(stood, key=order)
    )


def order(one: Standing) -> tuple[int, int, str]:
    """As the papers list projects: 竣工, 在建, 拟开工, 停缓建; by number."""
    stages = ("completed", "under_construction", "planned", "stopped")
    return stages.index(one.stage), one.number, one.id


def _reports(ledger: Ledger, source: str, month: str) -> dict[str, Told]:
    rows: list[tuple[Any, ...]] = ledger.rows(
        "SELECT t.project_id, t.id, t.month, t.month_done_yuan, t.year_done_yuan, t.total_done_yuan, "
        f"coalesce(t.image_progress, '') FROM {source}",
        {"month": month},
    )
    return {row[0]: Told(*row[1:]) for row in rows}


def months_known(ledger: Ledger) -> tuple[str, ...]:
    """The months with reports or a signature, the latest first."""
    rows = ledger.rows(
        "SELECT DISTINCT month FROM project_month WHERE deleted_at IS NULL "
        "UNION SELECT month FROM month_freeze WHERE desk = 'projects' AND deleted_at IS NULL ORDER BY 1 DESC"
    )
    return tuple(row[0] for row in rows)


def freezes(ledger: Ledger) -> dict[str, tuple[str, str, str, str]]:
    """Month → (id, day, who signed, what was frozen) of those signed off on this desk."""
    rows = ledger.rows(
        "SELECT month, id, day, coalesce(signed_by, ''), data FROM month_freeze "
        "WHERE desk = 'projects' AND deleted_at IS NULL"
    )
    return {row[0]: row[1:] for row in rows}


def freeze_of(ledger: Ledger, month: str) -> tuple[str, str, str, str] | None:
    """One month's (id, day, who signed, what was frozen); None where it is not signed off."""
    rows = ledger.rows(
        "SELECT id, day, coalesce(signed_by, ''), data FROM month_freeze "
        "WHERE desk = 'projects' AND month = ? AND deleted_at IS NULL",
        (month,),
    )
    return rows[0] if rows else None
