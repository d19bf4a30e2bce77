"""走访计划 made in one write: which firms, spread over which working days, led by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import VisitPlan
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.visiting import spread, working_days
from chain_office.queries.editing.rows import row
from chain_office.queries.visiting.firms import VisitedFirm, visited_firms
from chain_office.queries.visiting.plan import in_campaign
from chain_office.queries.work_calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger

BY_DISTRICT, BY_DAY = "district", "day"
_NO_DISTRICT: Final = "未登记县市区"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which firms: ``district_id`` and ``park_id`` None for any, ``stale_days`` not visited for so many days (0: whether
    visited or not), ``ids`` these only (empty: all of the register). ``again``: those visited in the campaign already, too."""

    district_id: str | None = None
    park_id: str | None = None
    stale_days: int = 0
    ids: frozenset[str] = frozenset()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """Who goes: to a district (its name) or on a day (as ISO text)."""

    leader: str = ""
    visitors: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A plan as it is asked for. ``way``: a team to each district, all of them under way at once, or one to each day, one
    district after the other. ``per_day``: firms a team visits a day, 0 for evenly over the days."""

    campaign_id: str
    first: date
    last: date
    choice: Choice = Choice()
    way: str = BY_DISTRICT
    per_day: int = 0
    teams: Mapping[str, Team] | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A line a plan would have. ``team``: what its team goes by."""

    firm: VisitedFirm
    day: date
    team: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a wish comes to. ``parts``: teams' keys with their numbers of firms, in order. ``skipped``: firms in the plan
    already, and those visited in the campaign. ``said``: what is to be looked at."""

    stops: tuple[Stop, ...]
    parts: tuple[tuple[str, int], ...]
    planned: int
    visited: int
    said: tuple[str, ...] = ()


def draft(ledger: Ledger, wish: Wish, day: date) -> Draft:
    """What the plan would be, as the register and the visits stand at ``day``. Raises :class:`KnownError`."""
    _campaign(ledger, wish.campaign_id)
    days, known = working_days(wish.first, wish.last, work_calendar(ledger))
    planned, seen = in_campaign(ledger, wish.campaign_id, day)
    chosen = [firm for firm in visited_firms(ledger, day) if _fits(firm, wish.choice)]
    fresh = [firm for firm in chosen if firm.id not in planned]
    firms = [firm for firm in fresh if wish.choice.again or firm.id not in seen]
    stops = _stops(firms, days, wish)
    said = []
    if not known:
        said.append("日历里没有这一年的节假日安排，按周一至周五排；请核对放假和调休。")
    guarded = [stop for stop in stops if stop.firm.protected_since and stop.firm.protected_since <= stop.day]
    if guarded:
        said.append(f"其中 {len(guarded)} 家受赋码保护，走访前要先征得企业同意。")
    keys = dict.fromkeys(stop.team for stop in stops)
    parts = tuple((key, sum(stop.team == key for stop in stops)) for key in keys)
    return Draft(tuple(stops), parts, len(chosen) - len(fresh), len(fresh) - len(firms), tuple(said))


def _fits(firm: VisitedFirm, choice: Choice) -> bool:
    if choice.ids and firm.id not in choice.ids:
        return False
    if choice.district_id is not None and firm.district_id != choice.district_id:
        return False
    if choice.park_id is not None and firm.park_id != choice.park_id:
        return False
    since = firm.due.since_days
    return not choice.stale_days or since is None or since >= choice.stale_days


def _stops(firms: Sequence[VisitedFirm], days: Sequence[date], wish: Wish) -> list[Stop]:
    ordered = sorted(firms, key=lambda one: (one.district == "", one.district, one.park, one.number))
    if wish.way == BY_DAY:
        when = spread([one.id for one in ordered], days, wish.per_day)
        return [Stop(one, when[one.id], when[one.id].isoformat()) for one in ordered]
    groups: dict[str, list[VisitedFirm]] = {}
    for one in ordered:
        groups.setdefault(one.district or _NO_DISTRICT, []).append(one)
    found: list[Stop] = []
    for number, (name, group) in enumerate(groups.items()):
        when = spread([one.id for one in group], days, wish.per_day, number)
        found += [Stop(one, when[one.id], name) for one in group]
    return sorted(found, key=lambda stop: (stop.day, stop.team))


def make_plan(ledger: Ledger, wish: Wish, day: date, actor: str) -> Saved:
    """Write the plan's lines in one write. Raises :class:`KnownError` where there is nobody to visit."""
    found = draft(ledger, wish, day)
    campaign = _campaign(ledger, wish.campaign_id)
    if not found.stops:
        raise KnownError(_nobody(found))
    teams = wish.teams or {}
    values = [
        {
            "campaign_id": wish.campaign_id,
            "enterprise_id": stop.firm.id,
            "due_day": stop.day,
            "leader": teams.get(stop.team, Team()).leader.strip() or None,
            "visitors": teams.get(stop.team, Team()).visitors.strip() or None,
        }
        for stop in found.stops
    ]
    said = f"“{campaign['name']}”安排走访 {len(values)} 家"
    with ledger.write(actor, said) as writer:
        ids = writer.insert_many(VisitPlan, values)
        return Saved(writer.write_no, "visit_plan", ids[0], f"已为{said}")


def _nobody(found: Draft) -> str:
    why = []
    if found.planned:
        why.append(f"{found.planned} 家已在计划里")
    if found.visited:
        why.append(f"{found.visited} 家在这次活动里已走访")
    return f"没有要安排的企业（{'，'.join(why)}）。" if why else "没有符合条件的企业，请换一个范围。"


def _campaign(ledger: Ledger, campaign_id: str) -> dict[str, Any]:
    found = row(ledger, "campaign", campaign_id) if campaign_id else None
    if found is None or found["deleted_at"] is not None:
        raise KnownError("请先选一个走访活动，或新建一个。")
    return found


def from_plan(ledger: Ledger, line_id: str) -> dict[str, object]:
    """What a visit's form begins with when it is made of a planned line."""
    found = row(ledger, "visit_plan", line_id)
    if found is None or found["deleted_at"] is not None:
        raise KnownError("这条计划已不在台账里，请刷新后再试。")
    names = ("enterprise_id", "campaign_id", "leader", "visitors")
    return {name: found[name] for name in names} | {"day": found["due_day"], "method": "实地走访"}


def places(ledger: Ledger, day: date) -> tuple[tuple[str, str], ...]:
    """The districts and parks of the register with their numbers of firms: ("district:<id>", "县市区　常宁市（27 家）")."""
    firms = visited_firms(ledger, day)
    found: dict[tuple[str, str, str], int] = {}
    for one in firms:
        for kind, row_id, name in (("district", one.district_id, one.district), ("park", one.park_id, one.park)):
            if row_id is not None:
                found[kind, row_id, name] = found.get((kind, row_id, name), 0) + 1
    words = {"district": "县市区", "park": "园区"}
    ordered = sorted(found.items(), key=lambda item: (item[0][0], -item[1], item[0][2]))
    return tuple(
        (f"{kind}:{row_id}", f"{words[kind]}　{name}（{number} 家）") for (kind, row_id, name), number in ordered
    )
