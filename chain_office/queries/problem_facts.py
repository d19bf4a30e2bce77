"""What the light rules look at, of any problem on any day: one statement of it for lists, records, previews and desks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
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
    "reopened": "max(CASE WHEN h.kind = 'reopen' THEN h.seq END)",
}
"""What the steps up to a day add up to, over h. ``verified``, ``recorded``, ``reopened``: the last step of the kind."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A problem's facts as they are read, in this order; days as text."""

    state: str
    due_day: str | None
    reported_day: str | None
    heard: str | None
    handed: str | None
    first_handed: str | None
    round_day: str | None
    returns: int
    extensions: int
    verified: int | None
    recorded: int | None
    reopened: int | None
    closed_verified: int | None

    @property
    def facts(self) -> ProblemFacts:
        """As the rules take them. A closing a book recorded is verified where the problem says so; one taken here is by
        the step that made it."""
        bucket = STATES[self.state].bucket if self.state else ""
        due, reopened = _day(self.due_day), self.reopened or 0
        return ProblemFacts(
            self.state,
            deadline=due if bucket in {"open", "reported"} else None,
            reported_day=_day(self.reported_day),
            updated=_day(max(self.heard or "", self.round_day or "")),
            returns=self.returns,
            verified=bucket == "closed"
            and ((self.verified or 0) > reopened or bool(self.closed_verified and (self.recorded or 0) > reopened)),
            review_day=due if bucket == "pooled" else None,
            look_back_day=due if bucket == "closed" else None,
            handed_day=_day(self.handed or self.first_handed),
            extensions=self.extensions,
        )


def fact_columns(problem: str, day: date) -> tuple[str, ...]:
    """The columns of a :class:`FactRow` over a problem and its stretch s at ``day``, one by one: for the lines on a page."""
    steps = f"FROM problem_event h WHERE h.problem_id = {problem}.id AND {BY_DAY}".replace(
        ":day", f"'{day.isoformat()}'"
    )
    taken = {name: f"(SELECT {sql} {steps})" for name, sql in EVENTS.items()}
    rounds = f"(SELECT min(r.day_from) FROM problem_span r WHERE r.problem_id = {problem}.id AND r.round"
    return (
        "coalesce(s.state, '')", "s.due_day", "s.reported_day", taken["heard"], taken["handed"], f"{rounds} > 0)",
        f"{rounds} = s.round AND s.round > 0)", taken["returns"], taken["extensions"], taken["verified"],
        taken["recorded"], taken["reopened"], f"{problem}.closed_verified",
    )  # fmt: skip


_MANY: Final = f"""
    WITH taken AS MATERIALIZED (
        SELECT h.problem_id AS id, {", ".join(f"{sql} AS {name}" for name, sql in EVENTS.items())}
          FROM problem_event h WHERE {BY_DAY} {{steps}} GROUP BY h.problem_id),
    rounds AS MATERIALIZED (
        SELECT r.problem_id AS id, r.round, min(r.day_from) AS first FROM problem_span r WHERE r.round > 0 {{rounds}}
         GROUP BY r.problem_id, r.round)
    SELECT p.id, s.state, s.due_day, s.reported_day, k.heard, k.handed,
           (SELECT min(o.first) FROM rounds o WHERE o.id = p.id), (SELECT o.first FROM rounds o WHERE o.id = p.id
               AND o.round = s.round), coalesce(k.returns, 0), coalesce(k.extensions, 0), k.verified, k.recorded,
           k.reopened, p.closed_verified
      FROM problem_span s JOIN problem p ON p.id = s.problem_id LEFT JOIN taken k ON k.id = p.id
     WHERE p.deleted_at IS NULL AND {STOOD} {{problems}}
"""


def facts_of(ledger: Ledger, day: date, ids: Iterable[str] | None = None) -> dict[str, ProblemFacts]:
    """The facts of some problems (None: of all) that had been collected by ``day``, by id."""
    arguments = {"day": day.isoformat()}
    parts = {"steps": "", "rounds": "", "problems": ""}
    if ids is not None:
        arguments["ids"] = json.dumps(sorted(ids))
        wanted = "IN (SELECT value FROM json_each(:ids))"
        parts = {
            "steps": f"AND h.problem_id {wanted}", "rounds": f"AND r.problem_id {wanted}", "problems": f"AND p.id {wanted}",
        }  # fmt: skip
    return {row[0]: FactRow(*row[1:]).facts for row in ledger.rows(_MANY.format(**parts), arguments)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
