"""Problems verified and closed in a span of days, with what the unit reported and what the firm was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.queries.problem_facts import BY_DAY, CLOSED_VERIFIED, STOOD

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_SAYS_VERIFIED: Final = CLOSED_VERIFIED.replace("t.", "p.")


@dataclass(frozen=True, slots=True)
class Closing:
    """A verified closing. ``seq``: the step it is. ``recorded``: a book recorded it; the questions are not on record then.
    ``solved``, ``answered``, ``approached``: "yes", "no", "partly" or ""."""

    problem_id: str
    seq: int
    day: date | None
    recorded: bool
    actor: str
    method: str
    contact: str
    rating: str
    solved: str
    answered: str
    approached: str
    text: str
    report: str
    report_day: date | None
    called_back: date | None


def verified_closings(ledger: Ledger, first: date, last: date) -> tuple[Closing, ...]:
    """Closings from ``first`` to ``last`` that stand at ``last``: those verified here, and those a book recorded as
    verified; by day, then by number."""
    rows = ledger.rows(
        f"""
        SELECT p.id, h.seq, s.day_from, h.kind <> 'verify', coalesce(h.actor, ''), coalesce(h.method, ''),
               coalesce(h.contact, ''), coalesce(nullif(h.rating, ''), p.satisfaction, ''),
               CASE WHEN h.kind = 'verify' THEN coalesce(h.solved, '') ELSE '' END,
               coalesce(h.answered, ''), coalesce(h.approached, ''), CASE WHEN h.kind = 'verify' THEN coalesce(h.text, '')
               ELSE '' END,
               coalesce((SELECT r.text FROM problem_event r WHERE r.problem_id = p.id AND r.kind = 'report' AND r.seq < h.seq
                   AND r.deleted_at IS NULL ORDER BY r.seq DESC LIMIT 1), p.progress, ''),
               coalesce((SELECT r.day FROM problem_event r WHERE r.problem_id = p.id AND r.kind = 'report' AND r.seq < h.seq
                   AND r.deleted_at IS NULL ORDER BY r.seq DESC LIMIT 1), p.reported_day),
               p.callback_day
          FROM problem_span s JOIN problem p ON p.id = s.problem_id AND p.deleted_at IS NULL
          JOIN problem_event h ON h.problem_id = p.id AND h.seq = (SELECT max(h.seq) FROM problem_event h WHERE
               h.problem_id = p.id AND h.state = 'closed' AND h.kind IN ('verify', 'opening', 'import') AND {BY_DAY})
               AND h.deleted_at IS NULL
         WHERE s.state = 'closed' AND {STOOD} AND (h.kind = 'verify' OR h.solved = 'yes' OR {_SAYS_VERIFIED})
         ORDER BY s.day_from, p.number, p.id
        """,
        {"day": last.isoformat()},
    )
    found = (
        Closing(
            problem, seq, _day(closed), bool(recorded), actor, method, contact, rating, solved, answered, approached, text,
            report, _day(reported), _day(called),
        )
        for problem, seq, closed, recorded, actor, method, contact, rating, solved, answered, approached, text, report,
            reported, called in rows
    )  # fmt: skip
    return tuple(one for one in found if one.day is not None and first <= one.day <= last)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
