"""Problems as papers for units name them: as they were handed over, and as they stand at a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import record_number
from chain_office.domain.workflow import HANDED_OVER_STATES, SETS_UNIT, UPDATES
from chain_office.queries.problem_facts import BY_DAY, STOOD, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chain_office.db.ledger import Ledger

LEAD, CO = "lead", "co"
_KINDS: Final = ("市直单位", "县市区", "园区", "中央省驻衡单位")


@dataclass(frozen=True, slots=True)
class PaperUnit:
    """A unit as papers address it. ``place``: where it stands in the office's own list."""

    id: str
    short: str
    name: str
    kind: str
    place: int

    @property
    def order(self) -> tuple[int, str, int]:
        """市直单位 first, then as in the list."""
        known = self.kind in _KINDS
        return (_KINDS.index(self.kind) if known else len(_KINDS), "" if known else self.kind, self.place)


@dataclass(frozen=True, slots=True)
class PaperProblem:
    """A problem on a paper. ``seq``: its last step by the day; ``lead``, ``co``, ``deadline`` as the paper has them;
    ``original``: the first deadline, ``extensions``: how often it was put off by the day; ``told``, ``told_day``: the last
    that was heard of its progress."""

    id: str
    number: int
    seq: int
    enterprise: str
    district: str
    category: str
    text: str
    demand: str
    owner: str
    owner_phone: str
    state: str
    handed_day: date | None
    deadline: date | None
    deadline_text: str
    original: date | None
    extensions: int
    lead: PaperUnit | None
    co: tuple[PaperUnit, ...]
    told: str = ""
    told_day: date | None = None
    reported_day: date | None = None

    @property
    def no(self) -> str:
        """WT0012."""
        return record_number("problem", self.number)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A 问题交办会."""

    id: str
    name: str
    day: date


def meetings(ledger: Ledger) -> tuple[MeetingRow, ...]:
    """The 问题交办会 with a day, the latest first."""
    return tuple(
        MeetingRow(row_id, name, date.fromisoformat(day))
        for row_id, name, day in ledger.rows(
            "SELECT id, name, day FROM meeting WHERE deleted_at IS NULL AND day IS NOT NULL "
            "AND (kind = '问题交办会' OR kind IS NULL) ORDER BY day DESC, id DESC"
        )
    )


def units(ledger: Ledger) -> Mapping[str, PaperUnit]:
    """Every unit, in the bin or not: papers name those who had a part."""
    rows = ledger.rows(
        "SELECT id, coalesce(nullif(short, ''), name), name, coalesce(kind, '') FROM unit ORDER BY rowid"
    )
    return {
        row_id: PaperUnit(row_id, short, name, kind, place) for place, (row_id, short, name, kind) in enumerate(rows)
    }


@dataclass(frozen=True, slots=True)
class _HandOver:
    """Which hand-over of a problem a paper is about: to whom, when, by when."""

    problem: str
    unit: str | None
    day: date | None
    due: date | None


def handed_at(ledger: Ledger, meeting: MeetingRow, day: date) -> tuple[PaperProblem, ...]:
    """The problems handed over at a meeting, as they were handed over, by number; ``day``: up to when steps are counted."""
    steps = _hand_overs(ledger, "h.meeting_id = :meeting", {"meeting": meeting.id, "day": day.isoformat()})
    known = {step.problem for step in steps}
    recorded = ledger.rows(
        "SELECT p.id, o.unit_id, coalesce(o.due_day, p.original_deadline, p.deadline) FROM problem p "
        "JOIN problem_event o ON o.problem_id = p.id AND o.kind = 'opening' AND o.deleted_at IS NULL "
        f"AND o.state IN ({quoted(HANDED_OVER_STATES)}) WHERE p.deleted_at IS NULL AND p.meeting_id = ?",
        (meeting.id,),
    )
    steps += [_HandOver(row_id, unit, meeting.day, _day(due)) for row_id, unit, due in recorded if row_id not in known]
    return _as_handed(ledger, steps, day)


def handed_singly(ledger: Ledger, day: date) -> tuple[PaperProblem, ...]:
    """The problems handed over on a day at no meeting, those given to another unit among them, as they were handed over."""
    return _as_handed(
        ledger,
        _hand_overs(ledger, "h.meeting_id IS NULL AND h.day = :day", {"day": day.isoformat()}),
        day,
    )


def _hand_overs(ledger: Ledger, where: str, arguments: Mapping[str, object]) -> list[_HandOver]:
    rows = ledger.rows(
        f"SELECT h.problem_id, h.unit_id, h.day, h.due_day, max(h.seq) FROM problem_event h JOIN problem p "
        f"ON p.id = h.problem_id AND p.deleted_at IS NULL WHERE h.kind IN ({quoted(SETS_UNIT)}) AND {BY_DAY} AND {where} "
        "GROUP BY h.problem_id",
        dict(arguments),
    )
    return [_HandOver(problem, unit, _day(day), _day(due)) for problem, unit, day, due, _ in rows]


def _as_handed(ledger: Ledger, steps: Sequence[_HandOver], day: date) -> tuple[PaperProblem, ...]:
    known, parts = units(ledger), _parts(ledger, [step.problem for step in steps])
    rows = {row["id"]: row for row in _rows(ledger, [step.problem for step in steps], day)}
    found = []
    for step in steps:
        row = rows.get(step.problem)
        if row is None:
            continue
        led = [part for part in parts.get(step.problem, ()) if part["role"] == LEAD]
        same = [part for part in led if part["unit"] == step.unit and part["day"] == step.day] if step.unit else []
        turn = (same[-1:] or led[:1] or [{"round": 1, "unit": step.unit or row["lead"]}])[0]
        helpers = [
            part["unit"]
            for part in parts.get(step.problem, ())
            if part["role"] == CO and part["round"] == turn["round"] and part["unit"] != turn["unit"]
        ]
        found.append(_problem(row, known, turn["unit"], helpers, step.due, step.day))
    return tuple(sorted(found, key=lambda one: (one.number, one.id)))


def standing(ledger: Ledger, ids: Iterable[str], day: date) -> Mapping[str, PaperProblem]:
    """Problems as they stand at a day, by id."""
    wanted = list(ids)
    known, parts = units(ledger), _parts(ledger, wanted)
    found = {}
    for row in _rows(ledger, wanted, day):
        helpers = [
            part["unit"]
            for part in parts.get(row["id"], ())
            if part["role"] == CO
            and part["unit"] != row["lead"]
            and (part["day"] is None or part["day"] <= day)
            and (part["ended"] is None or part["ended"] > day)
        ]
        due = row["due"] if row["due"] is not None else row["deadline"]
        found[row["id"]] = _problem(row, known, row["lead"], helpers, due, row["handed"])
    return found


def _problem(
    row: Mapping[str, Any],
    known: Mapping[str, PaperUnit],
    lead: str | None,
    helpers: Iterable[str],
    due: date | None,
    handed: date | None,
) -> PaperProblem:
    co = sorted((known[one] for one in dict.fromkeys(helpers) if one in known), key=lambda unit: unit.order)
    told, told_day = row["told"], row["told_day"]
    if not told and row["progress"]:
        told, told_day = row["progress"], None
    return PaperProblem(
        row["id"], row["number"], row["seq"], row["enterprise"], row["district"], row["category"], row["text"],
        row["demand"], row["owner"], row["owner_phone"], row["state"], handed, due, row["deadline_text"],
        row["original"] if row["original"] is not None else row["deadline"], row["extensions"],
        known.get(lead or ""), tuple(co), told, told_day, row["reported"],
    )  # fmt: skip


_ROWS: Final = f"""
    SELECT p.id, coalesce(p.number, 0),
           (SELECT max(h.seq) FROM problem_event h WHERE h.problem_id = p.id AND {BY_DAY}),
           coalesce(e.name, ''), coalesce(d.short, d.name, k.short, k.name, ''), coalesce(nullif(c.short, ''), c.name, ''),
           p.text, coalesce(p.demand, ''), coalesce(p.owner, ''), coalesce(p.owner_phone, ''), s.state, s.lead_unit_id, s.due_day,
           p.assigned_day, p.deadline, coalesce(p.deadline_text, ''), p.original_deadline,
           (SELECT count(*) FROM problem_event h WHERE h.problem_id = p.id AND h.kind = 'extend' AND {BY_DAY}),
           coalesce(p.progress, ''), coalesce(s.reported_day, p.reported_day),
           (SELECT coalesce(h.day, '') || '|' || h.text FROM problem_event h WHERE h.problem_id = p.id AND {BY_DAY}
               AND h.kind IN ({quoted(UPDATES)}) AND coalesce(h.text, '') <> '' ORDER BY h.seq DESC LIMIT 1)
      FROM json_each(:ids) j CROSS JOIN problem p ON p.id = j.value CROSS JOIN problem_span s ON s.problem_id = p.id
      LEFT JOIN enterprise e ON e.id = p.enterprise_id LEFT JOIN park k ON k.id = e.park_id
      LEFT JOIN district d ON d.id = coalesce(p.district_id, e.district_id, k.district_id)
      LEFT JOIN category c ON c.id = p.category_id
     WHERE {STOOD}
"""
_NAMES: Final = (
    "id", "number", "seq", "enterprise", "district", "category", "text", "demand", "owner", "owner_phone", "state", "lead",
    "due", "handed", "deadline", "deadline_text", "original", "extensions", "progress", "reported", "told",
)  # fmt: skip
_DAYS: Final = ("due", "handed", "deadline", "original", "reported")


def _rows(ledger: Ledger, ids: Sequence[str], day: date) -> Iterator[dict[str, Any]]:
    for found in ledger.rows(_ROWS, {"ids": json.dumps(list(dict.fromkeys(ids))), "day": day.isoformat()}):
        row: dict[str, Any] = dict(zip(_NAMES, found, strict=True))
        row |= {name: _day(row[name]) for name in _DAYS}
        when, _, told = (row["told"] or "").partition("|")
        yield row | {"told": told, "told_day": _day(when), "seq": row["seq"] or 0}


def _parts(ledger: Ledger, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Problem → its parts by round, as they were made."""
    found: dict[str, list[dict[str, Any]]] = {}
    for problem, unit, role, turn, day, ended in ledger.rows(
        "SELECT problem_id, unit_id, role, round, day, ended_day FROM assignment WHERE deleted_at IS NULL "
        "AND problem_id IN (SELECT value FROM json_each(?)) ORDER BY problem_id, round, rowid",
        (json.dumps(list(ids)),),
    ):
        part = {"unit": unit, "role": role, "round": turn, "day": _day(day), "ended": _day(ended)}
        found.setdefault(problem, []).append(part)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
