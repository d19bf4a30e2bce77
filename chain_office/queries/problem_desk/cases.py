"""The problems handed over by a day as cases of their lead units: what was due, when it was done, what it took."""

from __future__ import annotations

from typing import Final

from chain_office.domain.workflow import SETS_UNIT, UPDATES
from chain_office.queries.problem_desk.measures import HANDED
from chain_office.queries.problem_facts import BY_DAY, STOOD, quoted

_LIMITED: Final = quoted(("assigned", "acknowledged", "doing", "returned", "partial", "reported"))
_SETS_UNIT: Final = quoted(SETS_UNIT)
_UPDATES: Final = quoted(UPDATES)
_RATED: Final = "h.rating IN ('满意', '基本满意', '不满意')"

CASES: Final = f"""
    WITH turn AS MATERIALIZED (
        SELECT r.problem_id AS id, r.round AS round, min(r.day_from) AS first,
               max(CASE WHEN r.state IN ({_LIMITED}) THEN coalesce(r.day_from, '0000-00-00') || coalesce(r.due_day, '') END)
                   AS due_told,
               max(CASE WHEN r.state = 'reported' THEN r.reported_day END) AS reported_day,
               min(CASE WHEN r.state = 'closed' THEN r.day_from END) AS closed_day
          FROM problem_span r WHERE r.round > 0 AND (r.day_from IS NULL OR r.day_from <= :day)
         GROUP BY r.problem_id, r.round),
    event AS MATERIALIZED (
        SELECT h.problem_id AS id, sum(h.kind = 'fail') AS failed, sum(h.kind = 'extend') AS extended,
               max(CASE WHEN h.kind = 'reopen' THEN h.seq END) AS reopened,
               max(h.kind = 'look_back' AND h.solved = 'no') AS unsolved
          FROM problem_event h
         WHERE h.kind IN ('fail', 'extend', 'reopen', 'look_back') AND h.day <= :day AND h.deleted_at IS NULL
         GROUP BY h.problem_id),
    rated AS MATERIALIZED (
        SELECT h.problem_id AS id, max(h.seq), h.rating FROM problem_event h
         WHERE h.rating IS NOT NULL AND h.deleted_at IS NULL AND {_RATED} AND h.day <= :day GROUP BY h.problem_id),
    cases AS MATERIALIZED (
        SELECT p.id, p.number, s.lead_unit_id AS unit_id, s.state, p.enterprise_id,
               CASE WHEN s.state = 'parked' THEN NULL WHEN s.state <> 'closed' THEN s.due_day
                    WHEN t.due_told IS NULL THEN p.deadline ELSE nullif(substr(t.due_told, 11), '') END AS due,
               CASE s.state WHEN 'reported' THEN s.reported_day WHEN 'closed' THEN coalesce(t.reported_day, t.closed_day) END
                   AS done_day,
               CASE WHEN s.state IN ('reported', 'closed') THEN coalesce(s.reported_day, t.reported_day) END AS reported_day,
               CASE s.state WHEN 'closed' THEN t.closed_day END AS closed_day,
               CASE s.round WHEN 1 THEN t.first ELSE coalesce(
                   (SELECT max(h.day) FROM problem_event h WHERE h.problem_id = p.id AND +h.kind IN ({_SETS_UNIT}) AND {BY_DAY}),
                   (SELECT min(o.day_from) FROM problem_span o WHERE o.problem_id = p.id AND o.round > 0)) END AS handed_day,
               CASE WHEN s.state IN ({_LIMITED}) THEN max(coalesce(t.first, ''), coalesce(
                   (SELECT max(h.day) FROM problem_event h WHERE h.problem_id = p.id AND +h.kind IN ({_UPDATES}) AND {BY_DAY}),
                   '')) END AS heard_day,
               coalesce(v.failed, 0) AS failed, coalesce(v.extended, 0) AS extended,
               s.state = 'closed' AND (
                   EXISTS (SELECT 1 FROM problem_event h WHERE h.kind = 'verify' AND h.day = t.closed_day
                              AND h.problem_id = p.id AND h.deleted_at IS NULL)
                   OR (p.closed_verified AND EXISTS (SELECT 1 FROM problem_event h WHERE h.problem_id = p.id
                              AND +h.kind IN ('opening', 'import') AND h.state = 'closed' AND {BY_DAY}
                              AND h.seq > coalesce(v.reopened, 0)))) AS verified,
               v.reopened IS NOT NULL OR coalesce(v.unsolved, 0) AS false_closed,
               CASE WHEN g.rating IS NOT NULL THEN g.rating
                    WHEN s.state = 'closed' AND NOT EXISTS (SELECT 1 FROM problem_event h WHERE h.problem_id = p.id
                        AND h.rating IS NOT NULL AND h.deleted_at IS NULL) THEN p.satisfaction END AS rating
          FROM problem_span s CROSS JOIN problem p ON p.id = s.problem_id
          LEFT JOIN turn t ON t.id = p.id AND t.round = s.round
          LEFT JOIN event v ON v.id = p.id
          LEFT JOIN rated g ON g.id = p.id
         WHERE p.deleted_at IS NULL AND s.state IN ({HANDED}) AND {STOOD})
"""
"""Begins a statement over ``cases``. :day."""
