"""The hand-over of screened problems, at a 问题交办会 or singly: which unit is likely, by when, and the one write that
records the meeting and every 交办.

A suggestion is learned from what the office did before with problems of the same category, else from the reference list
(常办类别, 默认承办单位); it says which, and is never taken without a person's confirming it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.models import Meeting
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Fault, Faulty, Saved
from chain_office.domain.kinds import BadValue
from chain_office.domain.steps import StepEdit
from chain_office.queries import handover as reading
from chain_office.services.calendar import work_calendar
from chain_office.services.steps import take_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.queries.handover import CategoryWords, PastMeeting, Ready, UnitWords

USUAL_LIMIT, COMPLEX_LIMIT = "一般问题办结", "复杂问题办结"
_COUNTY = "县级"
_MOST_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Likely:
    """A unit that may take a problem, and what speaks for it."""

    unit_id: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem that waits, with the units that may take it, the likeliest first (none where nothing speaks for any)."""

    problem: Ready
    likely: tuple[Likely, ...]
    guessed_category: str = ""
    """The category its words point to, where none is set."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The usual deadline from a hand-over day, and why it is that; ``day`` None where it cannot be counted."""

    day: date | None
    says: str


@dataclass(frozen=True, slots=True)
class Desk:
    """All a hand-over begins with."""

    candidates: tuple[Candidate, ...]
    units: tuple[UnitWords, ...]
    meetings: tuple[PastMeeting, ...]
    deadline: Deadlines


@dataclass(frozen=True, slots=True)
class Item:
    """One problem handed over as a person confirmed it."""

    problem_id: str
    seq: int
    unit_id: str
    due_day: date | None
    co_units: tuple[str, ...] = ()
    owner: str = ""
    owner_phone: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over: at a meeting known (``meeting_id``) or new (``meeting``), or at none; on one day, by ``actor`` of the
    office."""

    day: date
    items: tuple[Item, ...]
    meeting_id: str = ""
    meeting: str = ""


def desk(ledger: Ledger, day: date) -> Desk:
    """What waits, with suggestions, as the ledger stands; ``day``: when the hand-over is to be."""
    units, kinds = reading.units(ledger), reading.categories(ledger)
    chooser = _Chooser(units, kinds, reading.led_before(ledger))
    return Desk(
        tuple(chooser.candidate(one) for one in reading.ready(ledger)),
        units,
        reading.past_meetings(ledger),
        usual_deadline(ledger, day),
    )


def past_meetings(ledger: Ledger) -> tuple[PastMeeting, ...]:
    """The 问题交办会 there were, the latest first."""
    return reading.past_meetings(ledger)


def usual_deadline(ledger: Ledger, day: date, limit: str = USUAL_LIMIT) -> Deadlines:
    """The deadline the office's own time limit gives; 交办当日不计. A year without a calendar is said, not guessed."""
    days = reading.limit_days(ledger, limit)
    if days is None:
        return Deadlines(None, f"设置里没有“{limit}”的工作日数，请逐个填写时限")
    try:
        due = work_calendar(ledger).add_workdays(day, days)
    except BadValue as error:
        return Deadlines(None, f"{limit} {days} 个工作日：{error.reason}")
    return Deadlines(due, f"{limit} {days} 个工作日，交办当日不计，到 {due.isoformat()}")


def likely_units(ledger: Ledger, problem: str) -> tuple[Likely, ...]:
    """The units something speaks for, of one problem, the likeliest first, each with its why; a person confirms one."""
    found = reading.as_if_ready(ledger, problem)
    if found is None:
        return ()
    chooser = _Chooser(reading.units(ledger), reading.categories(ledger), reading.led_before(ledger))
    return chooser.candidate(found).likely


class _Chooser:
    """Suggestions from experience first, then from the lists."""

    def __init__(
        self,
        units: Sequence[UnitWords],
        kinds: Sequence[CategoryWords],
        before: Mapping[str, tuple[tuple[str, int], ...]],
    ) -> None:
        self._units = {unit.id: unit for unit in units}
        self._by_code = {unit.code: unit for unit in units if unit.code}
        self._kinds = {kind.id: kind for kind in kinds}
        self._before = before

    def candidate(self, problem: Ready) -> Candidate:
        """A problem with its likely units."""
        kind = self._kinds.get(problem.category_id or "")
        guessed = None if kind is not None else self._guess(f"{problem.text}\n{problem.demand}")
        found: dict[str, Likely] = {}
        for one in self._speaking(problem, kind or guessed, guessed=guessed is not None):
            found.setdefault(one.unit_id, one)
        return Candidate(problem, tuple(found.values())[: 1 + _MOST_OTHERS], guessed.label if guessed else "")

    def _guess(self, text: str) -> CategoryWords | None:
        """The category with the most of its words in the text."""
        hits = {kind.id: sum(word in text for word in kind.keywords) for kind in self._kinds.values()}
        best = max(hits, key=lambda one: hits[one], default="")
        return self._kinds[best] if best and hits[best] else None

    def _speaking(self, problem: Ready, kind: CategoryWords | None, *, guessed: bool) -> Iterable[Likely]:
        """Everything that speaks for a unit, the strongest first."""
        if problem.level == _COUNTY and problem.district_id:
            yield from self._of_county(problem)
        if kind is not None:
            sign = f"按用词像“{kind.label}”类；" if guessed else ""
            yield from self._of_experience(kind, sign)
            yield from self._of_lists(kind, sign)

    def _of_county(self, problem: Ready) -> Iterable[Likely]:
        for unit in self._units.values():
            if unit.district_id == problem.district_id and unit.kind == "县市区":
                yield Likely(unit.id, unit.label, f"县级办理，属地{problem.district}")

    def _of_experience(self, kind: CategoryWords, sign: str) -> Iterable[Likely]:
        told = self._before.get(kind.id, ())
        total = sum(number for _, number in told)
        for unit_id, number in told:
            if unit_id in self._units:
                why = f"{sign}以往 {total} 个{kind.label}类问题，{number} 个由它牵头"
                yield Likely(unit_id, self._units[unit_id].label, why)

    def _of_lists(self, kind: CategoryWords, sign: str) -> Iterable[Likely]:
        for code in kind.units:
            if code in self._by_code:
                unit = self._by_code[code]
                yield Likely(unit.id, unit.label, f"{sign}名称表：{kind.label}类默认承办单位")
        for unit in self._units.values():
            if kind.label in unit.categories:
                yield Likely(unit.id, unit.label, f"{sign}名称表：常办{kind.label}类")


def hand_over(ledger: Ledger, order: HandOver, actor: str, *, accept: Set[str] = frozenset()) -> Saved:
    """Record the meeting and every 交办 in one write. Raises :class:`Faulty`, naming the records, or Overtaken; then
    nothing is written."""
    if not order.items:
        raise KnownError("还没有选定要交办的问题。")
    what = f"“{order.meeting}”" if order.meeting else "交办"
    reason = f"{what}交办 {len(order.items)} 个问题" if order.meeting else f"交办 {len(order.items)} 个问题"
    with ledger.write(actor, reason) as writer:
        meeting = order.meeting_id or _meeting(ledger, writer, order)
        wrong: list[Fault] = []
        for item in order.items:
            try:
                take_in(ledger, writer, _step(item, order, meeting, actor), actor, accept=accept)
            except Faulty as error:
                number = reading.number_of(ledger, item.problem_id)
                wrong += [
                    Fault(f"{item.problem_id}:{one.name}", f"{number}：{one.message}", one.stops)
                    for one in error.faults
                ]
        if wrong:
            raise Faulty(tuple(sorted(wrong, key=lambda fault: not fault.stops)))
        units = len({item.unit_id for item in order.items})
        said = f"已{reason}，涉及 {units} 个牵头单位"
        return Saved(writer.write_no, "problem", order.items[0].problem_id, said)


def _step(item: Item, order: HandOver, meeting: str, actor: str) -> StepEdit:
    values: dict[str, object] = {"day": order.day, "actor": actor, "unit_id": item.unit_id, "due_day": item.due_day}
    more = {
        "co_units": item.co_units,
        "owner": item.owner,
        "owner_phone": item.owner_phone,
        "meeting_id": meeting or None,
    }
    values |= {name: value for name, value in more.items() if value}
    return StepEdit("assign", {item.problem_id: item.seq}, values)


def _meeting(ledger: Ledger, writer: Writer, order: HandOver) -> str:
    """The meeting of that name and day: the one on record, else a new one."""
    if not order.meeting:
        return ""
    for one in reading.past_meetings(ledger):
        if one.name == order.meeting:
            if one.day is not None and one.day != order.day:
                raise KnownError(
                    f"已有一次“{one.name}”，日期是 {one.day.isoformat()}；请改用它的日期，或给这次会议另起名称。"
                )
            return one.id
    return writer.insert(Meeting, {"name": order.meeting, "kind": reading.MEETING_KIND, "day": order.day})
