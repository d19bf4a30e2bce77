"""The problems handed over by a day as cases of their lead units: what was due, when it was done, what it took."""

from __future__ import annotations

from typing import Final

from chain_office.domain.workflow import SETS_UNIT, UPDATES
from chain_office.queries.problem_desk.measures import HANDED
from chain_office.queries.problem_facts import BY_DAY, CLOSED_VERIFIED, STOOD, quoted

_LIMITED: Final = quoted(("assigned", "acknowledged", "doing", "returned", "partial", "reported"))
_SETS_UNIT: Final = quoted(SETS_UNIT)
_UPDATES: Final = quoted(UPDATES)
_SAID: Final = "h.rating IN ('满意', '基本满意', '不满意')"

RATED: Final = f"""rated AS MATERIALIZED (
        SELECT h.problem_id AS id, max(h.seq), h.rating FROM problem_event h
         WHERE h.rating IS NOT NULL AND h.deleted_at IS NULL AND {_SAID} AND {BY_DAY} GROUP BY h.problem_id)"""
"""What each enterprise last said by :day, as a table of a WITH."""
RATING: Final = """CASE WHEN g.rating IS NOT NULL THEN g.rating
    WHEN p.satisfaction IS NOT NULL AND NOT EXISTS (SELECT 1 FROM problem_event h WHERE h.problem_id = p.id
        AND h.rating IS NOT NULL AND h.deleted_at IS NULL) AND :day >= (SELECT coalesce(h.day, '') FROM problem_event h
        WHERE h.problem_id = p.id AND +h.kind IN ('opening', 'import') AND h.deleted_at IS NULL ORDER BY h.seq DESC LIMIT 1)
    THEN p.satisfaction END"""
"""The rating that counts for a problem p, over g of :data:`RATED`: the last step's that told one; where none did, what a
book recorded of it, from the day of that record on."""
_BLANK: Final = " " * 10
_TURN: Final = f"""(SELECT coalesce(min(r.day_from), '{_BLANK}')
        || coalesce(max(CASE WHEN r.state = 'reported' THEN r.reported_day END), '{_BLANK}')
        || coalesce(min(CASE WHEN r.state = 'closed' THEN r.day_from END), '{_BLANK}')
        || coalesce(max(CASE WHEN r.state IN ({_LIMITED}) THEN coalesce(r.day_from, '0000-00-00') || coalesce(r.due_day, '')
                 END), '')
      FROM problem_span r WHERE r.problem_id = s.problem_id AND r.round = s.round AND r.round > 0
       AND (r.day_from IS NULL OR r.day_from <= :day))"""
"""What the round of a stretch s tells by :day, ten characters each: its first day, its report, its closing, when its deadline
was told and the deadline. One string, for one look into the index each: four columns would be four looks."""
_FIRST, _REPORTED, _CLOSED = (f"nullif(substr(s.told, {place}, 10), '{_BLANK}')" for place in (1, 11, 21))
_DUE_TOLD, _DUE = "substr(s.told, 31)", "nullif(substr(s.told, 41), '')"

_SAYS_VERIFIED: Final = CLOSED_VERIFIED.replace("t.", "p.")

CASES: Final = f"""
    WITH stood AS MATERIALIZED (
        SELECT s.problem_id, s.state, s.lead_unit_id, s.due_day, s.reported_day, s.round, {_TURN} AS told
          FROM problem_span s WHERE s.state IN ({HANDED}) AND {STOOD}),
    event AS MATERIALIZED (
        SELECT h.problem_id AS id, sum(h.kind = 'fail') AS failed, sum(h.kind = 'extend') AS extended,
               max(CASE WHEN h.kind = 'reopen' THEN h.seq END) AS reopened,
               max(h.kind = 'look_back' AND h.solved = 'no') AS unsolved
          FROM problem_event h
         WHERE h.kind IN ('fail', 'extend', 'reopen', 'look_back') AND h.day <= :day AND h.deleted_at IS NULL
         GROUP BY h.problem_id),
    {RATED},
    cases AS MATERIALIZED (
        SELECT p.id, p.number, s.lead_unit_id AS unit_id, s.state, p.enterprise_id,
               CASE WHEN s.state = 'parked' THEN NULL WHEN s.state <> 'closed' THEN s.due_day
                    WHEN {_DUE_TOLD} = '' THEN p.deadline ELSE {_DUE} END AS due,
               CASE s.state WHEN 'reported' THEN s.reported_day WHEN 'closed' THEN coalesce({_REPORTED}, {_CLOSED}) END
                   AS done_day,
               CASE WHEN s.state IN ('reported', 'closed') THEN coalesce(s.reported_day, {_REPORTED}) END AS reported_day,
               CASE s.state WHEN 'closed' THEN {_CLOSED} END AS closed_day,
               CASE s.round WHEN 1 THEN {_FIRST} ELSE coalesce(
                   (SELECT max(h.day) FROM problem_event h WHERE h.problem_id = p.id AND +h.kind IN ({_SETS_UNIT}) AND {BY_DAY}),
                   (SELECT min(o.day_from) FROM problem_span o WHERE o.problem_id = p.id AND o.round > 0)) END AS handed_day,
               CASE WHEN s.state IN ({_LIMITED}) THEN max(coalesce({_FIRST}, ''), coalesce(
                   (SELECT max(h.day) FROM problem_event h WHERE h.problem_id = p.id AND +h.kind IN ({_UPDATES}) AND {BY_DAY}),
                   '')) END AS heard_day,
               coalesce(v.failed, 0) AS failed, coalesce(v.extended, 0) AS extended,
               s.state = 'closed' AND (
                   EXISTS (SELECT 1 FROM problem_event h WHERE h.kind = 'verify' AND h.day = {_CLOSED}
                              AND h.problem_id = p.id AND h.deleted_at IS NULL)
                   OR EXISTS (SELECT 1 FROM problem_event h WHERE h.problem_id = p.id
                              AND +h.kind IN ('opening', 'import') AND h.state = 'closed' AND {BY_DAY}
                              AND h.seq > coalesce(v.reopened, 0) AND (h.solved = 'yes' OR {_SAYS_VERIFIED}))) AS verified,
               v.reopened IS NOT NULL OR coalesce(v.unsolved, 0) AS false_closed,
               {RATING} AS rating
          FROM stood s CROSS JOIN problem p ON p.id = s.problem_id
          LEFT JOIN event v ON v.id = p.id
          LEFT JOIN rated g ON g.id = p.id
         WHERE p.deleted_at IS NULL)
"""
"""Begins a statement over ``cases``. :day."""
