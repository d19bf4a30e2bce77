"""The figures the books must give, counted here from the facts by a short calculation of its own.

Keys and meanings are those of ``figures --json``. A key that the books do not settle at a day is left out there: the
day a project entered its stage, the day a problem was parked.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from making.finance import MATCHES, is_park
from making.firms import FIRMS
from making.output import OUTPUT
from making.problems import CANDIDATES, PROBLEMS, Problem
from making.projects import PROJECTS
from making.source import AS_OF, BANK_EVENT, HANDOVER
from making.visits import END, VISITS

Figures = dict[str, int | float | str | None]
DAYS = (date(2020, 10, 31), date(2020, 12, 31), date(2021, 6, 30), AS_OF)
SCREENED = date(2020, 10, 30)
WAN = 10_000


def percent(now: int, base: int) -> float:
    """Growth in percent, one decimal, half up."""
    return float((Decimal(now - base) * 100 / Decimal(base)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def figures(day: date) -> Figures:
    """Every figure settled at a day."""
    return {
        "as_of": day.isoformat(),
        "enterprises.total": sum(firm.on_register(day) for firm in FIRMS),
        "visits.enterprises_visited": len({v.firm.key for v in VISITS if (v.day or END) <= day}),
        **_problems(day),
        **_finance(day),
        **_projects(day),
        **_output(day),
    }


def _state(one: Problem, day: date) -> str:
    """closed, reported, or still with the unit. Sheet A has no column for the day of the report."""
    if one.closed and one.closed <= day:
        return "closed"
    if one.sheet != "A" and one.reported and one.reported <= day:
        return "reported"
    return "parked" if one.state == "parked" else "open"


def _overdue(one: Problem, day: date) -> bool:
    state = _state(one, day)
    if one.deadline is None or state not in {"open", "reported"}:
        return False
    judged = one.reported if state == "reported" and one.reported else day
    return judged > one.deadline


def _problems(day: date) -> Figures:
    handed = PROBLEMS if day >= HANDOVER else []
    states = [_state(one, day) for one in handed]
    screened = [one for one in CANDIDATES if one.kind != "waiting" and day >= SCREENED]
    waiting = [one for one in CANDIDATES if one.kind == "waiting" and one.collected <= day]
    kinds = [one.kind for one in screened]
    found: Figures = {
        "problems.collected": len(handed) + len(screened) + len(waiting),
        "problems.screened_in": len(handed),
        "problems.rejected": kinds.count("rejected"),
        "problems.pooled": kinds.count("pooled"),
        "problems.waiting": len(waiting),
        "problems.assigned": len(handed),
        "problems.to_assign": 0,
        "problems.solved_on_site": 0,
        "problems.escalated": 0,
        "problems.closed": states.count("closed"),
        "problems.reported": states.count("reported"),
        "problems.overdue": sum(_overdue(one, day) for one in handed),
    }
    if day == AS_OF or not handed:
        found |= {"problems.open": states.count("open"), "problems.parked": states.count("parked")}
    return found


def _finance(day: date) -> Figures:
    matches = MATCHES if day >= BANK_EVENT else []
    drawings = [one for match in matches for one in match.drawings if one.counted <= day]
    granted = [match.granted for match in matches if match.granted and (match.granted_day or BANK_EVENT) <= day]
    return {
        "finance.enterprises": len({match.borrower for match in matches if not is_park(match.borrower)}),
        "finance.parks": len({match.borrower for match in matches if is_park(match.borrower)}),
        "finance.banks": len({match.bank for match in matches}),
        "finance.granted_yuan": sum(granted) * WAN,
        "finance.drawn_yuan": sum(one.amount for one in drawings) * WAN,
    }


def _projects(day: date) -> Figures:
    if day != AS_OF:
        return {}
    stages = [project.stage for project in PROJECTS]
    return {
        "projects.completed": stages.count("竣工"),
        "projects.under_construction": stages.count("在建"),
        "projects.planned": stages.count("拟开工"),
        "projects.stopped": 0,
        "projects.total": len(stages),
    }


def _output(day: date) -> Figures:
    known = [year for year in OUTPUT if year.firm.on_register(day)]
    if day.year == 2020:
        month = {10: 10, 12: 12}[day.month]
        total = sum(year.year_2020 if month == 12 else sum(year.months_2020[:month]) for year in known)
        return _output_figures("2020", month, total, None, None)
    month = min(9, day.month)
    lines = [year.lines_2021[month] for year in known if month in year.lines_2021]
    last_year = sum(sum(year.months_2020[:month]) for year in OUTPUT)
    return _output_figures("2021", month, sum(x.cum for x in lines), sum(x.cum_base for x in lines), last_year)


def _output_figures(year: str, month: int, total: int, base: int | None, last_year: int | None) -> Figures:
    return {
        "output.from": f"{year}-01",
        "output.to": f"{year}-{month:02d}",
        "output.total_yuan": total * WAN,
        "output.base_yuan": None if base is None else base * WAN,
        "output.yoy_percent": None if base is None else percent(total, base),
        "output.nominal_yoy_percent": None if last_year is None else percent(total, last_year),
    }


def all_figures() -> dict[str, Figures]:
    """The figures at each of the days, by day."""
    return {day.isoformat(): figures(day) for day in DAYS}
