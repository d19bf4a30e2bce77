"""单位: every lead unit's problems at a day, in counts, rates, medians, and a score for reference."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from chain_office.queries.light_rules import problem_rules
from chain_office.queries.problem_desk.cases import CASES
from chain_office.queries.problem_desk.measures import ADDED, HANDED, MEASURES, ROWS
from chain_office.queries.problem_desk.shape import Median, Rate, Scorecard, UnitScore
from chain_office.queries.problem_facts import BY_DAY, STOOD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.domain.workdays import WorkCalendar

TOTAL, NO_UNIT = "", "未明确"
_DAY: Final = len("2021-03-01")
FEW: Final = 3
"""Below so many problems there is no score."""
_FRESH_DAYS: Final = 30
_COUNTS: Final = (
    "assigned", "closed", "verified", "reported", "open", "overdue", "parked", "failed", "extended", "satisfied", "fairly",
    "dissatisfied", "false_closed",
)  # fmt: skip
_RATES: Final[Mapping[str, tuple[str, str]]] = {
    "closed_rate": ("closed", "assigned"),
    "on_time": ("on_time", "judged"),
    "satisfaction": ("satisfaction", "rated"),
    "fresh": ("fresh", "open"),
}
"""Rate → the sums it is made of."""
_MEDIANS: Final[Mapping[str, str]] = {"to_report": "reported_day", "to_close": "closed_day"}
_WEIGHTS: Final[Mapping[str, int]] = {"closed_rate": 40, "on_time": 30, "satisfaction": 20, "fresh": 10}

_SUMS: Final = (*_COUNTS, *dict.fromkeys(name for pair in _RATES.values() for name in pair if name not in _COUNTS))
_RETURNED: Final = f"""
    SELECT coalesce(h.unit_id, s.lead_unit_id), h.problem_id FROM problem_event h
      JOIN problem p ON p.id = h.problem_id AND p.deleted_at IS NULL
      JOIN problem_span s ON s.problem_id = p.id AND {STOOD} AND s.state IN ({HANDED})
     WHERE h.kind = 'return' AND {BY_DAY}
"""
_HELPED: Final = """
    SELECT DISTINCT a.unit_id, a.problem_id FROM assignment a
     WHERE a.role = 'co' AND a.deleted_at IS NULL AND (a.day IS NULL OR a.day <= :day)
       AND (a.ended_day IS NULL OR a.ended_day > :day)
"""
"""Who helps with what by :day, be it handed over or not."""
_HANDED_OVER: Final = f"""
    SELECT p.id FROM problem_span s CROSS JOIN problem p ON p.id = s.problem_id
     WHERE p.deleted_at IS NULL AND s.state IN ({HANDED}) AND {STOOD}
"""
_BESIDE: Final[Mapping[str, str]] = {
    "returned": _RETURNED,
    "co": f"SELECT * FROM ({_HELPED}) WHERE problem_id IN ({_HANDED_OVER})",
}
"""Measures of whoever returned or helps: (unit, problem), once each time it counts."""
_MASK: Final = " + ".join(f"CASE WHEN {ROWS[key]} THEN {1 << place} ELSE 0 END" for place, key in enumerate(_SUMS))
_PAIRS: Final = ", ".join(
    f"CASE WHEN {ROWS[key]} THEN c.handed_day || c.{column} END" for key, column in _MEDIANS.items()
)
_EVERY_CASE: Final = (
    f"{CASES} SELECT c.id, c.unit_id, {_MASK}, {', '.join(f'c.{key}' for key in ADDED)}, {_PAIRS} FROM cases c"
)
"""Every case with the sums it counts in as bits: an aggregate each would take as long again."""


@dataclass(frozen=True, slots=True)
class _Cases:
    """What one reading of all cases gives: unit → sums, unit → measure → ("2021-03-012021-04-01", how often), unit → cases
    it helps with, and how many cases are helped with at all."""

    sums: Mapping[str | None, Mapping[str, int]]
    lengths: Mapping[str | None, Mapping[str, Mapping[str, int]]]
    helped: Mapping[str | None, int]
    helped_once: int


def scorecard(ledger: Ledger, day: date, calendar: WorkCalendar) -> Scorecard:
    """Every unit that leads a problem handed over by ``day``, returned one or helps with one; most problems first."""
    at = _arguments(ledger, day)
    cases = _cases(ledger, day)
    beside: dict[str, Mapping[str | None, int]] = {
        "returned": Counter(unit for unit, _ in ledger.rows(_RETURNED, at)),
        "co": cases.helped,
    }
    names = _units(ledger)
    medians, notes = _medians(cases, calendar)
    units = [
        _score(unit, names.get(unit or "", (NO_UNIT, "")), cases.sums.get(unit, {}), beside, medians)
        for unit in {*cases.sums, *beside["returned"], *beside["co"]}
    ]
    whole = {key: sum(one[key] for one in cases.sums.values()) for key in _SUMS}
    parts = {"returned": {TOTAL: sum(beside["returned"].values())}, "co": {TOTAL: cases.helped_once}}
    total = _score(TOTAL, ("合计", ""), whole, parts, medians)
    units.sort(key=lambda one: (-one.counts["assigned"], -one.counts["overdue"], one.unit, one.unit_id or ""))
    return Scorecard(day, MEASURES, tuple(units), total, notes)


def case_sums(ledger: Ledger, day: date) -> dict[str, int]:
    """The sums of the scorecard over all units: its counts, and both sides of its rates."""
    sums = _cases(ledger, day).sums
    return {key: sum(one[key] for one in sums.values()) for key in _SUMS}


def rows_behind(ledger: Ledger, day: date, unit_id: str | None, key: str) -> frozenset[str]:
    """The problems behind a cell: ``unit_id`` as in the line ("" for the total, None for those without a unit), ``key`` of a
    measure (of a rate: its numerator) or "judged", "late", "rated" (denominators and what was late). The score is of all."""
    at = _arguments(ledger, day)
    if key in _BESIDE:
        return frozenset(problem for unit, problem in ledger.rows(_BESIDE[key], at) if unit_id in {TOTAL, unit})
    mine = "1" if unit_id == TOTAL else "c.unit_id IS :unit"
    wanted = ROWS["assigned" if key == "score" else key]
    return frozenset(
        row[0]
        for row in ledger.rows(f"{CASES} SELECT c.id FROM cases c WHERE {mine} AND ({wanted})", at | {"unit": unit_id})
    )


def sides_behind(ledger: Ledger, day: date, part: str, whole: str) -> dict[str, bool]:
    """The problems behind the denominator of a rate over all units, and whether each is in its numerator (both keys as in
    :func:`rows_behind`; "reported_done": reported or closed): both sides in one reading of the cases."""
    within = "c.state IN ('reported', 'closed')" if whole == "reported_done" else ROWS[whole]
    sql = f"{CASES} SELECT c.id, coalesce({ROWS[part]}, 0) FROM cases c WHERE {within}"
    return {row_id: bool(inside) for row_id, inside in ledger.rows(sql, _arguments(ledger, day))}


def _arguments(ledger: Ledger, day: date) -> dict[str, object]:
    cycle = next((rule.limit for rule in problem_rules(ledger) if rule.condition == "days_without_update"), _FRESH_DAYS)
    return {"day": day.isoformat(), "fresh_from": (day - timedelta(days=cycle)).isoformat()}


def _cases(ledger: Ledger, day: date) -> _Cases:
    """All cases read once: a hundred thousand take their second, and several questions are made of them."""
    return ledger.recall(("problem cases", day), lambda: _read_cases(ledger, day))


def _read_cases(ledger: Ledger, day: date) -> _Cases:
    at = _arguments(ledger, day)
    alike: Counter[tuple[str | None, int, tuple[int, ...]]] = Counter()
    lengths: defaultdict[str | None, dict[str, Counter[str]]] = defaultdict(
        lambda: {key: Counter() for key in _MEDIANS}
    )
    ids: set[str] = set()
    for row_id, unit, mask, *found in ledger.rows(_EVERY_CASE, at):
        ids.add(row_id)
        alike[unit, mask, tuple(found[: len(ADDED)])] += 1
        for key, pair in zip(_MEDIANS, found[len(ADDED) :], strict=True):
            if pair is not None:
                lengths[unit][key][pair] += 1
    sums: defaultdict[str | None, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_SUMS, 0))
    for (unit, mask, added), times in alike.items():
        mine = sums[unit]
        for place, key in enumerate(_SUMS):
            mine[key] += times * (added[ADDED.index(key)] if key in ADDED else mask >> place & 1)
    helped = [(unit, one) for unit, one in ledger.rows(_HELPED, at) if one in ids]
    return _Cases(
        dict(sums),
        {unit: lengths[unit] for unit in sums},
        Counter(unit for unit, _ in helped),
        len({one for _, one in helped}),
    )


def _units(ledger: Ledger) -> dict[str, tuple[str, str]]:
    rows = ledger.rows("SELECT id, coalesce(nullif(short, ''), name), coalesce(kind, '') FROM unit")
    return {row_id: (name, kind) for row_id, name, kind in rows}


def _medians(cases: _Cases, calendar: WorkCalendar) -> tuple[dict[tuple[str, str | None], Median], tuple[str, ...]]:
    """(measure, unit) → median working days; "" for all. Cases over years without a calendar are left out, and said."""
    found: dict[tuple[str, str | None], Median] = {}
    left_out = 0
    known: dict[str, int | None] = {}
    for key in _MEDIANS:
        everyone: Counter[int] = Counter()
        for unit, told in cases.lengths.items():
            mine: Counter[int] = Counter()
            for pair, times in told[key].items():
                if pair not in known:
                    known[pair] = _workdays(pair, calendar)
                length = known[pair]
                if length is None:
                    left_out += times
                else:
                    mine[length] += times
            if mine:
                found[key, unit] = _median(mine.items())
                everyone += mine
        if everyone:
            found[key, TOTAL] = _median(everyone.items())
    said = f"{left_out} 处时长跨没有节假日安排的年份，算不出工作日，没有计入中位数"
    return found, (said,) if left_out else ()


def _workdays(pair: str, calendar: WorkCalendar) -> int | None:
    start, end = date.fromisoformat(pair[:_DAY]), date.fromisoformat(pair[_DAY:])
    return None if calendar.unknown_years(start, end) else max(0, calendar.workdays_between(start, end))


def _median(lengths: Iterable[tuple[int, int]]) -> Median:
    """The middle of (length, how often), half days where it falls between two."""
    ordered = sorted(lengths)
    number = sum(times for _, times in ordered)
    low, high = (_nth(ordered, place) for place in ((number - 1) // 2, number // 2))
    return Median(Decimal(low) if low == high else Decimal(low + high) / 2, number)


def _nth(ordered: Iterable[tuple[int, int]], place: int) -> int:
    for length, times in ordered:
        if place < times:
            return length
        place -= times
    raise IndexError(place)


def _score(
    unit: str | None,
    named: tuple[str, str],
    sums: Mapping[str, int],
    beside: Mapping[str, Mapping[Any, int]],
    medians: Mapping[tuple[str, str | None], Median],
) -> UnitScore:
    counts = {key: sums.get(key, 0) for key in _COUNTS} | {key: tally.get(unit, 0) for key, tally in beside.items()}
    rates = {key: Rate(sums.get(part, 0), sums.get(whole, 0)) for key, (part, whole) in _RATES.items()}
    score = _reference_score(rates, counts) if counts["assigned"] >= FEW else None
    return UnitScore(
        unit, *named, counts, rates, {key: medians.get((key, unit), Median(None, 0)) for key in _MEDIANS}, score
    )


def _reference_score(rates: Mapping[str, Rate], counts: Mapping[str, int]) -> Decimal | None:
    """Out of 100; a rate of nothing leaves its weight to the others. Problems parked for long are in no denominator."""
    judged = {**rates, "closed_rate": Rate(counts["closed"], counts["assigned"] - counts["parked"])}
    known = {key: rate for key, rate in judged.items() if rate.whole}
    if not known:
        return None
    reached = sum((Decimal(_WEIGHTS[key] * rate.part) / rate.whole for key, rate in known.items()), Decimal(0))
    return (100 * reached / sum(_WEIGHTS[key] for key in known)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
