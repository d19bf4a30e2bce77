"""今日 and 日历: what wants doing at a day, in piles, and what falls due on which day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chain_office.domain.lights import late_text
from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.problem_desk.cards import Cards
from chain_office.queries.problem_desk.shape import MOST, DueCalendar, DueDay, DueEntry, Pile, Today
from chain_office.queries.problem_facts import BY_DAY, STOOD, quoted
from chain_office.queries.problems import OVERDUE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.domain.lights import ProblemFacts
    from chain_office.domain.workdays import WorkCalendar

SOON: Final = 3
"""Working days ahead that count as near."""
_OPEN: Final = f"s.state IN ({quoted(OPEN_STATES)})"
_FROM: Final = "FROM problem_span s JOIN problem p ON p.id = s.problem_id"
_LIVE: Final = f"p.deleted_at IS NULL AND {STOOD}"
_ASKS: Final = f"""
    s.problem_id IN (SELECT h.problem_id FROM problem_event h WHERE h.kind = 'ask_extension' AND {BY_DAY})
    AND 'ask_extension' = (SELECT h.kind FROM problem_event h WHERE h.problem_id = s.problem_id AND {BY_DAY}
        AND +h.kind IN ('ask_extension', 'extend', 'refuse_extension', 'reassign', 'report', 'park')
        ORDER BY h.seq DESC LIMIT 1)
"""
"""The last step that asked for or settled an extension asked for one."""


class _Wanted:
    """A pile: which problems belong (``where`` over the stretch s), in which order, and what each is shown for."""

    def __init__(self, word: str, formula: str, light: str, where: str, order: str = "s.due_day") -> None:
        self.word, self.formula, self.light, self.where, self.order = word, formula, light, where, order


_PILES: Final[Mapping[str, _Wanted]] = {
    "overdue": _Wanted(
        "逾期", "办理中且时限已过，或报结晚于时限；最久的在前", "red", OVERDUE,
        "julianday(s.due_day) - julianday(CASE s.state WHEN 'reported' THEN coalesce(s.reported_day, :day) ELSE :day END)",
    ),
    "due_today": _Wanted("今天到期", "办理中，时限就是今天", "amber", f"{_OPEN} AND s.due_day = :day"),
    "due_soon": _Wanted(
        "即将到期", f"办理中，{SOON} 个工作日内到期（不含今天）", "amber", f"{_OPEN} AND s.due_day > :day AND s.due_day <= :soon"
    ),
    "extensions": _Wanted(
        "延期待批", "单位申请了延期，还没有批准或不同意", "amber",
        f"{_OPEN} AND {_ASKS}",
    ),
    "unacknowledged": _Wanted("待签收", "已交办，单位还没有签收", "amber", "s.state = 'assigned'", "s.day_from"),
    "to_verify": _Wanted("待核实", "单位已报结，等推进办与企业核实", "blue", "s.state = 'reported'", "s.reported_day"),
    "look_backs": _Wanted("该回看", "已销号，回看日已到、还没有回看", "blue", "s.state = 'closed' AND s.due_day <= :day"),
    "wake_ups": _Wanted("该复核", "暂不具备，复核日已到", "blue", "s.state = 'pooled' AND s.due_day <= :day"),
    "screening": _Wanted("待筛选", "已收集，等三条标准筛选", "", "s.state = 'waiting'", "s.day_from"),
    "to_assign": _Wanted("待交办", "筛选入，等交办会或单件交办", "", "s.state = 'to_assign'", "s.day_from"),
}  # fmt: skip
"""Every pile, the most pressing first."""
_STANDING: Final = f"""
    WITH standing AS MATERIALIZED (
        SELECT s.problem_id, p.number, s.state, s.due_day, s.day_from, s.reported_day {_FROM}
         WHERE {_LIVE} AND ({_OPEN} OR s.state IN ('reported', 'waiting', 'to_assign')
            OR (s.state IN ('closed', 'pooled') AND s.due_day <= :day)))
"""
"""What can be in a pile, read once for all of them."""
_COUNTED: Final = f"{_STANDING} SELECT {', '.join(f'total({one.where})' for one in _PILES.values())} FROM standing s"
_SHOWN: Final = f"{_STANDING} " + " UNION ALL ".join(
    f"SELECT * FROM (SELECT '{key}', s.problem_id FROM standing s WHERE {one.where} "
    f"ORDER BY {one.order}, s.number, s.problem_id LIMIT {MOST})"
    for key, one in _PILES.items()
)


def today(ledger: Ledger, day: date, calendar: WorkCalendar) -> Today:
    """What wants doing at ``day``."""
    cards = Cards(ledger, day, calendar)
    at = {"day": day.isoformat(), "soon": soon(day, calendar).isoformat()}
    shown: dict[str, list[str]] = {key: [] for key in _PILES}
    for key, problem in ledger.rows(_SHOWN, at):
        shown[key].append(problem)
    totals = ledger.rows(_COUNTED, at)[0]
    return Today(
        day, tuple(_pile(cards, key, shown[key], int(total)) for key, total in zip(_PILES, totals, strict=True))
    )


def pile_ids(ledger: Ledger, day: date, calendar: WorkCalendar, key: str) -> frozenset[str]:
    """Every problem of a pile."""
    at = {"day": day.isoformat(), "soon": soon(day, calendar).isoformat()}
    return frozenset(row[0] for row in ledger.rows(f"SELECT p.id {_FROM} WHERE {_LIVE} AND ({_PILES[key].where})", at))


def soon(day: date, calendar: WorkCalendar) -> date:
    """The last day that counts as near: so many working days on; natural days where the calendar does not know the year."""
    ahead = day + timedelta(days=SOON)
    return ahead if calendar.unknown_years(day, ahead + timedelta(days=14)) else calendar.add_workdays(day, SOON)


def _pile(cards: Cards, key: str, ids: list[str], total: int) -> Pile:
    wanted = _PILES[key]
    return Pile(key, wanted.word, wanted.formula, wanted.light, total, cards.of(ids, _note(cards, key, ids)))


def _note(cards: Cards, key: str, ids: list[str]) -> Callable[[str, ProblemFacts], str]:
    day, calendar = cards.day, cards.calendar
    if key == "overdue":
        return lambda _id, facts: late_text(facts, day, calendar)
    if key == "extensions":
        asked = _asked(cards, ids)
        return lambda row_id, _facts: asked.get(row_id, "")
    if key == "to_verify":
        return lambda _id, facts: f"{facts.reported_day.isoformat()} 报结" if facts.reported_day else "没有记报结日期"
    if key in {"unacknowledged"}:
        return lambda _id, facts: f"{facts.handed_day.isoformat()} 交办" if facts.handed_day else "没有记交办日期"
    return lambda _id, _facts: ""


def _asked(cards: Cards, ids: list[str]) -> dict[str, str]:
    """What the last request for an extension of each problem asks."""
    marks = ",".join(f"'{one}'" for one in ids)
    rows = cards.ledger.rows(
        "SELECT h.problem_id, max(h.seq), h.due_day, coalesce(h.reason, '') FROM problem_event h "
        f"WHERE h.kind = 'ask_extension' AND {BY_DAY} AND h.problem_id IN ({marks}) GROUP BY h.problem_id",
        {"day": cards.day.isoformat()},
    )
    return {row[0]: f"申请延到 {row[2] or '（未写明）'}" + (f"：{row[3]}" if row[3] else "") for row in rows}


_KINDS: Final[Mapping[str, str]] = {"deadline": "时限", "review": "复核", "look_back": "回看"}


def due_calendar(ledger: Ledger, first: date, last: date, day: date, calendar: WorkCalendar) -> DueCalendar:
    """Deadlines, reviews and look-backs from ``first`` to ``last``, as things stand at ``day``."""
    rows = ledger.rows(
        f"SELECT s.due_day, CASE s.state WHEN 'pooled' THEN 'review' WHEN 'closed' THEN 'look_back' ELSE 'deadline' END, p.id "
        f"{_FROM} WHERE {_LIVE} AND s.due_day BETWEEN :first AND :last "
        f"AND (s.state IN ('pooled', 'closed') OR {_OPEN}) ORDER BY s.due_day, 2, p.number, p.id",
        {"day": day.isoformat(), "first": first.isoformat(), "last": last.isoformat()},
    )
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for due, kind, problem in rows:
        found[due].append((kind, problem))
    shown = {due: entries[:MOST] for due, entries in found.items()}
    cards = Cards(ledger, day, calendar).by_id([problem for entries in shown.values() for _, problem in entries])
    days = []
    for place in range((last - first).days + 1):
        when = first + timedelta(days=place)
        here = found.get(when.isoformat(), [])
        entries = tuple(DueEntry(kind, _KINDS[kind], cards[one]) for kind, one in shown.get(when.isoformat(), []))
        worked = calendar.is_workday(when) if when.year in calendar.known_years else None
        counts = {kind: sum(one == kind for one, _ in here) for kind in _KINDS}
        days.append(DueDay(when, worked, len(here), counts, entries))
    return DueCalendar(day, first, last, tuple(days))
