"""The project pipeline at a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger

STAGES = {"planned": "拟开工", "under_construction": "在建", "completed": "竣工", "stopped": "停缓建"}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in the pipeline at a date. Amounts in 元; None where nothing is recorded."""

    id: str
    number: int
    name: str
    owner: str
    place: str
    stage: str
    stage_day: str | None
    total_yuan: int | None
    year_plan_yuan: int | None
    year_done_yuan: int | None
    done_month: str | None
    image_progress: str


def pipeline(ledger: Ledger, day: date) -> tuple[ProjectRow, ...]:
    """Projects counted at ``day``: by stage; 竣工 only in that calendar year (no date counts). Ordered by stage, number."""
    rows = ledger.rows(
        """
        WITH standing AS (
            SELECT project_id, stage, day FROM (
                SELECT c.project_id, c.stage, c.day, row_number() OVER (
                           PARTITION BY c.project_id ORDER BY c.day DESC NULLS LAST, c.id DESC) AS place
                  FROM stage_change c
                 WHERE c.deleted_at IS NULL AND (c.day IS NULL OR c.day <= :day))
             WHERE place = 1)
        SELECT p.id, p.number, p.name, coalesce(p.owner, ''), coalesce(k.short, d.name, ''), s.stage, s.day,
               p.total_yuan,
               (SELECT l.year_plan_yuan FROM project_plan l WHERE l.project_id = p.id AND l.deleted_at IS NULL
                   AND l.year = :year),
               m.year_done_yuan, m.month, coalesce(m.image_progress, '')
          FROM standing s JOIN project p ON p.id = s.project_id
          LEFT JOIN district d ON d.id = p.district_id LEFT JOIN park k ON k.id = p.park_id
          LEFT JOIN project_month m ON m.id = (
                SELECT x.id FROM project_month x WHERE x.project_id = p.id AND x.deleted_at IS NULL
                   AND x.month <= :month AND x.month >= :january ORDER BY x.month DESC LIMIT 1)
         WHERE p.deleted_at IS NULL
         ORDER BY CASE s.stage WHEN 'completed' THEN 0 WHEN 'under_construction' THEN 1 WHEN 'planned' THEN 2 ELSE 3 END,
                  p.number
        """,
        {
            "day": day.isoformat(),
            "year": day.year,
            "month": f"{day.year:04d}-{day.month:02d}",
            "january": f"{day.year:04d}-01",
        },
    )
    found = (ProjectRow(*row) for row in rows)
    return tuple(
        row
        for row in found
        if row.stage != "completed" or row.stage_day is None or row.stage_day[:4] == f"{day.year:04d}"
    )


def counts_by_stage(ledger: Ledger, day: date) -> Mapping[str, int]:
    """Stage → how many projects the :func:`pipeline` at ``day`` holds in it, without reading them."""
    rows = ledger.rows(
        """
        SELECT s.stage, count(*) FROM (
            SELECT c.project_id, c.stage, c.day, row_number() OVER (
                       PARTITION BY c.project_id ORDER BY c.day DESC NULLS LAST, c.id DESC) AS place
              FROM stage_change c
             WHERE c.deleted_at IS NULL AND (c.day IS NULL OR c.day <= :day)) s
          JOIN project p ON p.id = s.project_id
         WHERE s.place = 1 AND p.deleted_at IS NULL
           AND (s.stage <> 'completed' OR s.day IS NULL OR substr(s.day, 1, 4) = :year)
         GROUP BY s.stage
        """,
        {"day": day.isoformat(), "year": f"{day.year:04d}"},
    )
    return dict(rows)


def count_counted(ledger: Ledger, day: date) -> int:
    """How many projects count at ``day``, without looking at which stage: those with a stage by then, less those whose
    last word is a 竣工 of an earlier year."""
    at = {"day": day.isoformat(), "january": f"{day.year:04d}-01-01"}
    known = ledger.value(
        "SELECT count(DISTINCT c.project_id) FROM stage_change c JOIN project p ON p.id = c.project_id "
        "WHERE p.deleted_at IS NULL AND c.deleted_at IS NULL AND (c.day IS NULL OR c.day <= :day)",
        at,
    )
    gone = ledger.value(
        "SELECT count(*) FROM stage_change c JOIN project p ON p.id = c.project_id WHERE p.deleted_at IS NULL "
        "AND c.deleted_at IS NULL AND c.stage = 'completed' AND c.day < :january AND NOT EXISTS (SELECT 1 FROM "
        "stage_change l WHERE l.project_id = c.project_id AND l.deleted_at IS NULL AND l.day <= :day AND l.id <> c.id "
        "AND (l.day > c.day OR (l.day = c.day AND l.id > c.id)))",
        at,
    )
    return int(known) - int(gone)
