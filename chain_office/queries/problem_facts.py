"""What the light rules look at, of any problem on any day: one statement of it for lists, records, previews and desks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from chain_office.domain.lights import ProblemFacts
from chain_office.domain.workflow import IMPORTED, OPENING, SETS_UNIT, STATES, UPDATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chain_office.db.ledger import Ledger


def quoted(words: Iterable[str]) -> str:
    """Codes of this program's own as an SQL list."""
    return ", ".join(f"'{word}'" for word in sorted(words))


STOOD: Final = "(s.day_from IS NULL OR s.day_from <= :day) AND (s.day_until IS NULL OR s.day_until > :day)"
"""The stretch s of a problem that holds at :day."""
BY_DAY: Final = "h.deleted_at IS NULL AND (h.day IS NULL OR h.day <= :day)"
"""The steps h taken by :day."""
_BOOKS: Final = quoted((OPENING, IMPORTED))
EVENTS: Final[Mapping[str, str]] = {
    "heard": f"max(CASE WHEN h.kind IN ({quoted(UPDATES)}) THEN h.day END)",
    "handed": f"max(CASE WHEN h.kind IN ({quoted(SETS_UNIT)}) THEN h.day END)",
    "returns": f"coalesce(sum(h.kind IN ('return', 'fail') OR (h.state = 'returned' AND h.kind IN ({_BOOKS}))), 0)",
    "extensions": "coalesce(sum(h.kind = 'extend'), 0)",
    "verified": "max(CASE WHEN h.kind = 'verify' THEN h.seq END)",
    "recorded": f"max(CASE WHEN h.state = 'closed' AND h.kind IN ({_BOOKS}) THEN h.seq END)",
    "vouched": f"max(CASE WHEN h.solved = 'yes' AND h.kind IN ({_BOOKS}) THEN h.seq END)",
    "reopened": "max(CASE WHEN h.kind = 'reopen' THEN h.seq END)",
}
"""What the steps up to a day add up to, over h. ``verified``, ``recorded``, ``vouched``, ``reopened``: the last step of the
kind."""


CLOSED_VERIFIED: Final = (
    "(t.closed_verified AND NOT EXISTS (SELECT 1 FROM problem_event o WHERE o.problem_id = t.id AND +o.kind = 'reopen' "
    "AND o.day > :day AND o.deleted_at IS NULL))"
)
"""What a problem t says of its closing, where that is still the closing of :day: a later round says it of its own."""
_LIMITED: Final = quoted(one.id for one in STATES.values() if one.bucket in {"open", "reported"})
DEADLINE: Final = f"""nullif(substr(coalesce(
    (SELECT max(coalesce(l.day_from, '0000-00-00') || coalesce(l.due_day, '')) FROM problem_span l WHERE l.problem_id = t.id
        AND l.state IN ({_LIMITED}) AND (l.day_from IS NULL OR l.day_from <= :day)),
    CASE WHEN NOT EXISTS (SELECT 1 FROM problem_span l WHERE l.problem_id = t.id AND l.state IN ({_LIMITED}))
        THEN '0000-00-00' || t.deadline END), 11), '')"""
"""The deadline a problem t has or last had by :day; what stands on the problem where no stretch with one was ever there."""


def at_day(sql: str, day: date) -> str:
    """The same statement with the day in it, for lists that are told apart by theirs."""
    return sql.replace(":day", f"'{day.isoformat()}'")


@dataclass(frozen=True, slots=True)
class FactRow:
    """A problem's facts as they are read, in this order; days as text. ``taken``: :data:`EVENTS` in order and ``turns``: the
    first days of its first and of its present round, both as JSON."""

    state: str
    due_day: str | None
    reported_day: str | None
    closed_verified: int | None
    taken: str
    turns: str

    @property
    def facts(self) -> ProblemFacts:
        """As the rules take them. A closing a book recorded is verified where the problem says so, or, once it
        was reopened, the closing itself; one taken here is by the step that made it."""
        heard, handed, returns, extensions, verified, recorded, vouched, reopened = json.loads(self.taken)
        first_day, round_day = json.loads(self.turns)
        bucket = STATES[self.state].bucket if self.state else ""
        due, again = _day(self.due_day), reopened or 0
        return ProblemFacts(
            self.state,
            deadline=due if bucket in {"open", "reported"} else None,
            reported_day=_day(self.reported_day),
            updated=_day(max(heard or "", round_day or "")),
            returns=returns,
            verified=bucket == "closed"
            and (max(verified or 0, vouched or 0) > again or bool(self.closed_verified and (recorded or 0) > again)),
            review_day=due if bucket == "pooled" else None,
            look_back_day=due if bucket == "closed" else None,
            handed_day=_day(handed or first_day),
            extensions=extensions,
        )


_TAKEN: Final = f"json_array({', '.join(EVENTS.values())})"
STOOD_JOIN: Final = f"LEFT JOIN problem_span s ON s.problem_id = t.id AND {STOOD}"
FACT_COLUMNS: Final = (
    "coalesce(s.state, '')",
    "s.due_day",
    "s.reported_day",
    CLOSED_VERIFIED,
    f"(SELECT {_TAKEN} FROM problem_event h WHERE h.problem_id = t.id AND {BY_DAY})",
    "(SELECT json_array(min(r.day_from), min(CASE WHEN r.round = s.round THEN r.day_from END)) FROM problem_span r "
    "WHERE r.problem_id = t.id AND r.round BETWEEN 1 AND s.round)",
)
"""The columns of a :class:`FactRow` over a problem t and :data:`STOOD_JOIN`: for the lines on a page."""
_MANY: Final = f"""
    SELECT t.id, {", ".join(FACT_COLUMNS)} FROM problem_span s CROSS JOIN problem t ON t.id = s.problem_id
     WHERE t.deleted_at IS NULL AND {STOOD}
"""


def facts_of(ledger: Ledger, day: date, ids: Iterable[str] | None = None) -> dict[str, ProblemFacts]:
    """The facts of some problems (None: of all) that had been collected by ``day``, by id."""
    arguments = {"day": day.isoformat()}
    wanted = ""
    if ids is not None:
        arguments["ids"] = json.dumps(sorted(ids))
        wanted = "AND s.problem_id IN (SELECT value FROM json_each(:ids))"
    return {row[0]: FactRow(*row[1:]).facts for row in ledger.rows(f"{_MANY} {wanted}", arguments)}


@lru_cache(maxsize=20_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
