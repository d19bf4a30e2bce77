"""The problems: 58 handed over, and those collected but not, as facts with days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from making.firms import BY_KEY, Firm
from making.source import AS_OF, table
from making.visits import VISIT_DAYS

CLOSED = {"verified", "unverified"}
OPEN = {"assigned", "doing", "partial", "returned"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem handed over. ``deadline`` is None for 长期坚持 and 待定. ``closed_written`` is None where the row leaves
    the day out; then ``closed`` is the book's cut-off day."""

    sheet: str
    firm: Firm
    category: str
    text: str
    demand: str
    lead: str
    co_units: str
    deadline_written: str
    deadline: date | None
    state: str
    reported: date | None
    closed_written: date | None
    progress: str
    satisfaction: str
    remark: str

    @property
    def closed(self) -> date | None:
        """The day it counts as closed from."""
        return (self.closed_written or AS_OF) if self.state in CLOSED else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem collected but not handed over. ``kind``: rejected, pooled, waiting. Criteria: 是, 否 or ""."""

    kind: str
    firm: Firm
    category: str
    text: str
    demand: str
    criteria: tuple[str, str, str]
    collected: date
    verdict: str
    reason: str
    review: date | None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text.strip("?") else None


def _problem(row: list[str]) -> Problem:
    sheet, key, category, text, demand, lead, co, deadline, state, reported, closed, *rest = row
    written, _, meant = deadline.partition("=")
    progress, satisfaction, remark = rest
    return Problem(
        sheet, BY_KEY[key], category, text, demand, lead, co, written, _day(meant), state, _day(reported), _day(closed),
        progress, satisfaction, remark,
    )  # fmt: skip


def _candidate(row: list[str]) -> Candidate:
    kind, key, category, text, demand, urgent, feasible, gov_can, collected, verdict, reason, review = row
    day = VISIT_DAYS[key] if collected == "visit" else _day(collected)
    if day is None:
        raise ValueError(row)
    return Candidate(
        kind, BY_KEY[key], category, text, demand, (urgent, feasible, gov_can), day, verdict, reason, _day(review)
    )


PROBLEMS = [_problem(row) for row in table("problems")]
CANDIDATES = [_candidate(row) for row in table("candidates")]
