"""What must hold between the figures of projects, proved another way; `check` asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.domain.project_months import adds_up
from chain_office.queries import projects
from chain_office.queries.projects_desk.standing import standings
from chain_office.services.projects.months import frozen_tables

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger


def stages_agree(ledger: Ledger, day: date) -> bool:
    """The board counts as many projects in every stage as the figures do, and as many in all."""
    counted = [one.stage for one in standings(ledger, day).values() if one.counted]
    figures = projects.counts_by_stage(ledger, day)
    return len(counted) == projects.count_counted(ledger, day) and all(
        counted.count(stage) == figures.get(stage, 0) for stage in projects.STAGES
    )


def months_that_do_not_add_up(ledger: Ledger) -> tuple[str, ...]:
    """Months signed off whose sums by stage are not those of their lines; or what cannot be read of them."""
    try:
        return tuple(table.month for table in frozen_tables(ledger) if not adds_up(table))
    except KnownError as error:
        return (error.message,)
