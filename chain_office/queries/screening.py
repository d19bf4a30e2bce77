"""What the screening bench shows: who waits, one candidate with everything that bears on it, what was said of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import record_number
from chain_office.domain.category_words import Kind
from chain_office.domain.screening import CRITERIA, DECISIONS, is_of_this_round
from chain_office.domain.steps import Verdict
from chain_office.domain.workflow import STATES, VERBS

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_DECIDED = "', '".join((*DECISIONS, "repool"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A candidate in the queue. ``woken``: it was pooled and its review day has come. ``judged``: criteria this screener
    has answered in the screening under way; ``pending``: one of them with 待定."""

    id: str
    number: int
    woken: bool
    judged: int
    pending: bool


@dataclass(frozen=True, slots=True)
class Note:
    """The visit a candidate came from."""

    id: str
    number: int
    day: date | None
    leader: str
    problem: str


@dataclass(frozen=True, slots=True)
class Output:
    """A firm's last reported month, in 元."""

    month: str
    month_yuan: int | None
    month_prev_yuan: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One problem on the bench. ``verdicts``: those of the screening under way, every screener's; ``earlier``: those of
    screenings before the last decision. ``decided``: that decision in words."""

    id: str
    number: int
    seq: int
    state: str
    woken: bool
    review_day: date | None
    text: str
    demand: str
    source: str
    level: str
    collected_day: date | None
    enterprise_id: str | None
    enterprise: str
    segment: str
    district: str
    employees: int | None
    products: str
    output: Output | None
    category_id: str | None
    category: str
    note: Note | None
    verdicts: tuple[Verdict, ...]
    earlier: tuple[Verdict, ...]
    decided: str

    @property
    def title(self) -> str:
        """What people call it."""
        return record_number("problem", self.number)

    def of(self, officer: str) -> dict[str, Verdict]:
        """One screener's verdicts of the screening under way, by criterion."""
        return {one.criterion: one for one in self.verdicts if one.officer == officer}


def queue(ledger: Ledger, day: date, screener: str, today: date) -> tuple[Waiting, ...]:
    """Everything that waits to be screened: problems never decided on, then pooled ones whose review day has come by
    ``day``; what this screener has answered already comes last (待定 at the very end)."""
    rows = ledger.rows(
        """
        SELECT p.id, coalesce(p.number, 0), p.state = 'pooled' FROM problem p
         WHERE p.deleted_at IS NULL AND (p.state = 'waiting' OR (p.state = 'pooled' AND p.review_day <= ?))
        """,
        (day.isoformat(),),
    )
    mine = _answered(ledger, screener, today)
    found = [Waiting(row_id, number, bool(woken), *mine.get(row_id, (0, False))) for row_id, number, woken in rows]
    whole = len(CRITERIA)
    return tuple(sorted(found, key=lambda one: (one.pending, one.judged == whole, one.woken, one.number, one.id)))


def _answered(ledger: Ledger, screener: str, today: date) -> dict[str, tuple[int, bool]]:
    """Candidate → how many criteria this screener has answered in the screening under way, and whether one is open."""
    rows = ledger.rows(
        f"""
        SELECT s.problem_id, s.criterion, s.verdict, s.day,
               (SELECT max(e.day) FROM problem_event e WHERE e.problem_id = s.problem_id AND e.deleted_at IS NULL
                   AND e.kind IN ('{_DECIDED}'))
          FROM officer o CROSS JOIN screening s ON s.officer_id = o.id AND s.deleted_at IS NULL AND s.verdict IS NOT NULL
          JOIN problem p ON p.id = s.problem_id AND p.state IN ('waiting', 'pooled')
         WHERE o.name = ? AND o.deleted_at IS NULL
        """,
        (screener,),
    )
    found: dict[str, dict[str, str]] = {}
    for problem, criterion, verdict, day, decided in rows:
        if is_of_this_round(_day(day), _day(decided), today):
            found.setdefault(problem, {})[criterion] = verdict
    return {problem: (len(said), "pending" in said.values()) for problem, said in found.items()}


def candidate(ledger: Ledger, problem_id: str, day: date, today: date) -> Candidate | None:
    """One problem with everything that bears on its screening; None if it is gone."""
    rows = ledger.rows(
        """
        SELECT p.id, coalesce(p.number, 0),
               (SELECT max(z.seq) FROM problem_event z WHERE z.problem_id = p.id AND z.deleted_at IS NULL),
               p.state, p.review_day, p.text, coalesce(p.demand, ''), coalesce(p.source, ''), coalesce(p.level, ''),
               p.collected_day, e.id, coalesce(e.name, ''), coalesce(nullif(g.short, ''), g.name, ''),
               coalesce(nullif(d.short, ''), d.name, ''), e.employees, coalesce(e.products, ''), p.category_id,
               coalesce(nullif(c.short, ''), c.name, ''), p.visit_id
          FROM problem p
          LEFT JOIN enterprise e ON e.id = p.enterprise_id LEFT JOIN segment g ON g.id = e.segment_id
          LEFT JOIN district d ON d.id = coalesce(p.district_id, e.district_id) LEFT JOIN category c ON c.id = p.category_id
         WHERE p.id = ? AND p.deleted_at IS NULL
        """,
        (problem_id,),
    )
    if not rows:
        return None
    (
        row_id, number, seq, state, review, text, demand, source, level, collected, firm_id, firm, segment, district,
        employees, products, category_id, category, visit_id,
    ) = rows[0]  # fmt: skip
    decided_day, decided = _decision(ledger, problem_id)
    said = _verdicts(ledger, problem_id)
    now = tuple(one for one in said if is_of_this_round(one.day, decided_day, today))
    review_day = _day(review)
    return Candidate(
        row_id, number, int(seq or 0), state, state == "pooled" and review_day is not None and review_day <= day,
        review_day, text, demand, source, level, _day(collected), firm_id, firm, segment, district, employees, products,
        _output(ledger, firm_id, day), category_id, category, _note(ledger, visit_id), now,
        tuple(one for one in said if one not in now), decided,
    )  # fmt: skip


def _verdicts(ledger: Ledger, problem_id: str) -> tuple[Verdict, ...]:
    order = list(CRITERIA)
    rows = ledger.rows(
        "SELECT s.criterion, coalesce(s.verdict, ''), coalesce(s.basis, ''), coalesce(o.name, ''), s.day "
        "FROM screening s LEFT JOIN officer o ON o.id = s.officer_id "
        "WHERE s.problem_id = ? AND s.deleted_at IS NULL ORDER BY s.day, s.id",
        (problem_id,),
    )
    found = [Verdict(criterion, verdict, basis, officer, _day(day)) for criterion, verdict, basis, officer, day in rows]
    return tuple(sorted((one for one in found if one.criterion in order), key=lambda one: order.index(one.criterion)))


def _decision(ledger: Ledger, problem_id: str) -> tuple[date | None, str]:
    """The day of the last decision, and what was decided, by whom and why."""
    rows = ledger.rows(
        "SELECT kind, day, coalesce(actor, ''), coalesce(reason, text, '') FROM problem_event "
        f"WHERE problem_id = ? AND deleted_at IS NULL AND kind IN ('{_DECIDED}') ORDER BY seq DESC LIMIT 1",
        (problem_id,),
    )
    if not rows:
        return None, ""
    kind, day, actor, why = rows[0]
    return _day(day), "　".join(part for part in (day or "", actor, VERBS[kind].told, why) if part)


def _note(ledger: Ledger, visit_id: str | None) -> Note | None:
    rows = ledger.rows(
        "SELECT id, coalesce(number, 0), day, coalesce(leader, ''), coalesce(q2_problem, '') FROM visit "
        "WHERE id = ? AND deleted_at IS NULL",
        (visit_id,),
    )
    return Note(rows[0][0], rows[0][1], _day(rows[0][2]), rows[0][3], rows[0][4]) if rows else None


def _output(ledger: Ledger, firm: str | None, day: date) -> Output | None:
    rows = ledger.rows(
        "SELECT month, month_yuan, month_prev_yuan FROM monthly_output WHERE enterprise_id = ? AND deleted_at IS NULL "
        "AND month_yuan IS NOT NULL AND month <= ? ORDER BY month DESC LIMIT 1",
        (firm, day.isoformat()[:7]),
    )
    return Output(*rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Used:
    """A basis the office wrote before: for which verdict, how often, and how often in the same category."""

    verdict: str
    text: str
    times: int
    alike: int


def bases(ledger: Ledger, criterion: str, category_id: str | None) -> tuple[Used, ...]:
    """The office's own bases of a criterion: those of the category first, then the most used."""
    rows = ledger.rows(
        """
        SELECT coalesce(s.verdict, ''), trim(s.basis), count(*),
               sum(CASE WHEN p.category_id = :category THEN 1 ELSE 0 END)
          FROM screening s JOIN problem p ON p.id = s.problem_id
         WHERE s.criterion = :criterion AND s.deleted_at IS NULL AND trim(coalesce(s.basis, '')) <> ''
         GROUP BY 1, 2 ORDER BY 4 DESC, 3 DESC, 2 LIMIT 500
        """,
        {"criterion": criterion, "category": category_id},
    )
    return tuple(Used(verdict, text, int(times), int(alike)) for verdict, text, times, alike in rows)


def officer_names(ledger: Ledger) -> tuple[str, ...]:
    """The officers on record, those who screened most first."""
    rows = ledger.rows(
        "SELECT o.name FROM officer o LEFT JOIN screening s ON s.officer_id = o.id AND s.deleted_at IS NULL "
        "WHERE o.deleted_at IS NULL GROUP BY o.id ORDER BY count(s.id) DESC, o.name, o.id"
    )
    return tuple(dict.fromkeys(row[0] for row in rows))


def kinds(ledger: Ledger) -> tuple[Kind, ...]:
    """The categories with the words that point to them."""
    return tuple(
        Kind(row_id, label, tuple(word.strip() for word in (words or "").splitlines() if word.strip()))
        for row_id, label, words in ledger.rows(
            "SELECT id, coalesce(nullif(short, ''), name), keywords FROM category WHERE deleted_at IS NULL ORDER BY rowid"
        )
    )


def state_word(state: str) -> str:
    """A state as people call it."""
    return STATES[state].label


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
