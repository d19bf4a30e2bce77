"""走访计划: the campaigns, their lines, and what has become of each by a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from chain_office.domain.visiting import DONE, LATE, is_protected, plan_state
from chain_office.queries.visiting.pace import visit_pace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.db.ledger import Ledger

IN_CAMPAIGN: Final = (
    "v.deleted_at IS NULL AND v.day <= :day AND (v.campaign_id = c.id OR (c.from_day IS NOT NULL AND v.day >= c.from_day "
    "AND v.day <= coalesce(c.to_day, :day)))"
)
"""Visit v belongs to campaign c by :day: it says so, or it is dated within it."""


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign with its plan at a day."""

    id: str
    name: str
    from_day: date | None
    to_day: date | None
    planned: int
    done: int
    late: int

    @property
    def title(self) -> str:
        """The name with its days."""
        return f"{self.name}（{self.span}）" if self.span else self.name

    @property
    def span(self) -> str:
        """From when to when; "" where neither is set."""
        return "—".join(day.isoformat() for day in (self.from_day, self.to_day) if day)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A firm to be visited. ``visited``: the first visit that does it, by the day; ``state``: as `domain.visiting` says.
    ``warning``: visited too often, for one under protection."""

    id: str
    campaign_id: str
    campaign: str
    enterprise_id: str
    number: int
    firm: str
    district: str
    park: str
    due: date | None
    leader: str
    visitors: str
    remark: str
    visit_id: str
    visited: date | None
    state: str
    protected: bool
    warning: str = ""


_LINES: Final = f"""
    SELECT p.id, c.id, c.name, e.id, coalesce(e.number, 0), coalesce(nullif(e.short_name, ''), e.name),
           coalesce(d.short, d.name, ''), coalesce(k.name, ''), p.due_day, coalesce(p.leader, ''), coalesce(p.visitors, ''),
           coalesce(p.remark, ''), c.to_day, e.protected_since,
           (SELECT v.day || v.id FROM visit v WHERE v.enterprise_id = e.id AND {IN_CAMPAIGN} ORDER BY v.day, v.id LIMIT 1)
      FROM visit_plan p JOIN campaign c ON c.id = p.campaign_id JOIN enterprise e ON e.id = p.enterprise_id
      LEFT JOIN park k ON k.id = e.park_id LEFT JOIN district d ON d.id = coalesce(e.district_id, k.district_id)
     WHERE p.deleted_at IS NULL AND c.deleted_at IS NULL AND e.deleted_at IS NULL
"""


def campaigns(ledger: Ledger, day: date) -> tuple[CampaignLine, ...]:
    """Every campaign, the latest first."""
    counted: dict[str, Counter[str]] = {}
    for line in _lines(ledger, day, "", {}):
        counted.setdefault(line.campaign_id, Counter())[line.state] += 1
    rows = ledger.rows(
        "SELECT id, name, from_day, to_day FROM campaign WHERE deleted_at IS NULL "
        "ORDER BY coalesce(from_day, '') DESC, id DESC"
    )
    return tuple(
        CampaignLine(
            row_id, name, _day(first), _day(last), counted.get(row_id, Counter()).total(),
            counted.get(row_id, Counter())[DONE], counted.get(row_id, Counter())[LATE],
        )
        for row_id, name, first, last in rows
    )  # fmt: skip


def plan_lines(ledger: Ledger, campaign_id: str, day: date) -> tuple[PlanLine, ...]:
    """The lines of a campaign, by their days."""
    return _lines(ledger, day, "AND p.campaign_id = :campaign", {"campaign": campaign_id})


def planned_between(ledger: Ledger, first: date, last: date, day: date) -> tuple[PlanLine, ...]:
    """The lines planned from one day to another, of every campaign, as they stand at ``day``."""
    span = {"first": first.isoformat(), "last": last.isoformat()}
    return _lines(ledger, day, "AND p.due_day BETWEEN :first AND :last", span)


def late_lines(ledger: Ledger, day: date) -> tuple[PlanLine, ...]:
    """The lines whose day has passed without a visit."""
    found = _lines(ledger, day, "AND coalesce(p.due_day, c.to_day) < :day", {})
    return tuple(line for line in found if line.state == LATE)


_NOT_DONE: Final = f"""
      FROM visit_plan p JOIN campaign c ON c.id = p.campaign_id JOIN enterprise e ON e.id = p.enterprise_id
     WHERE p.deleted_at IS NULL AND c.deleted_at IS NULL AND e.deleted_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.enterprise_id = e.id AND {IN_CAMPAIGN})
"""


def plan_counts(ledger: Ledger, day: date) -> tuple[int, int]:
    """How many lines are late, and how many are to be done on the day itself."""
    at = {"day": day.isoformat()}
    late = ledger.value(f"SELECT count(*) {_NOT_DONE} AND coalesce(p.due_day, c.to_day) < :day", at)
    return int(late), int(ledger.value(f"SELECT count(*) {_NOT_DONE} AND p.due_day = :day", at))


def _lines(ledger: Ledger, day: date, where: str, more: Mapping[str, object]) -> tuple[PlanLine, ...]:
    rows = ledger.rows(
        f"{_LINES} {where} ORDER BY coalesce(p.due_day, '9999'), d.rowid, e.number, p.id",
        {"day": day.isoformat(), **more},
    )
    lines = [_line(row, day) for row in rows]
    often = _too_often(ledger, lines)
    return tuple(_warned(line, often) for line in lines) if often else tuple(lines)


def _line(row: tuple[Any, ...], day: date) -> PlanLine:
    (
        row_id,
        campaign,
        name,
        firm_id,
        number,
        firm,
        district,
        park,
        due,
        leader,
        visitors,
        remark,
        until,
        since,
        seen,
    ) = row
    visited = date.fromisoformat(seen[:10]) if seen else None
    planned = _day(due)
    return PlanLine(
        row_id, campaign, name, firm_id, number, firm, district, park, planned, leader, visitors, remark,
        seen[10:] if seen else "", visited, plan_state(planned, visited, _day(until), day),
        is_protected(_day(since), planned or day),
    )  # fmt: skip


def _too_often(ledger: Ledger, lines: Iterable[PlanLine]) -> dict[tuple[str, str], int]:
    """(firm under protection, month) → visits and other planned ones in it, where they are more than the office allows."""
    guarded = [line for line in lines if line.protected and line.due is not None]
    if not guarded:
        return {}
    most = visit_pace(ledger).monthly_most
    firms = sorted({line.enterprise_id for line in guarded})
    marks = ",".join("?" * len(firms))
    found = Counter(
        {
            (firm, month): number
            for firm, month, number in ledger.rows(
                "SELECT enterprise_id, substr(day, 1, 7), count(*) FROM visit WHERE deleted_at IS NULL AND day IS NOT NULL "
                f"AND enterprise_id IN ({marks}) GROUP BY 1, 2",
                firms,
            )
        }
    )
    for line in guarded:
        if line.state != DONE and line.due is not None:
            found[line.enterprise_id, f"{line.due:%Y-%m}"] += 1
    return {key: number for key, number in found.items() if number > most}


def _warned(line: PlanLine, often: dict[tuple[str, str], int]) -> PlanLine:
    number = often.get((line.enterprise_id, f"{line.due:%Y-%m}"), 0) if line.protected and line.due else 0
    if not number:
        return line
    values = {name: getattr(line, name) for name in PlanLine.__dataclass_fields__}
    return PlanLine(**values | {"warning": f"赋码保护，{line.due:%Y-%m} 共 {number} 次"})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def in_campaign(ledger: Ledger, campaign_id: str, day: date) -> tuple[frozenset[str], frozenset[str]]:
    """The firms a campaign's plan names, and those visited in it by ``day``."""
    named = ledger.rows(
        "SELECT enterprise_id FROM visit_plan WHERE campaign_id = ? AND deleted_at IS NULL", (campaign_id,)
    )
    seen = ledger.rows(
        f"SELECT DISTINCT v.enterprise_id FROM campaign c JOIN visit v ON {IN_CAMPAIGN} WHERE c.id = :campaign",
        {"campaign": campaign_id, "day": day.isoformat()},
    )
    return frozenset(row[0] for row in named), frozenset(row[0] for row in seen)
