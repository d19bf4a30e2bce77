"""The problem desk's questions at a day: what is due, who is how far, what hangs together. Every number names its rows."""

from chain_office.queries.problem_desk.agenda import due_calendar, pile_ids, today
from chain_office.queries.problem_desk.board import by_state
from chain_office.queries.problem_desk.firms import by_enterprise
from chain_office.queries.problem_desk.issues import common_issues
from chain_office.queries.problem_desk.measures import MEASURES
from chain_office.queries.problem_desk.scoring import rows_behind, scorecard
from chain_office.queries.problem_desk.shape import (
    Board,
    BoardColumn,
    Card,
    CommonIssueRow,
    DueCalendar,
    DueDay,
    DueEntry,
    FirmRow,
    Measure,
    Pile,
    Rate,
    Scorecard,
    Today,
    UnitScore,
)

__all__ = [
    "MEASURES",
    "Board",
    "BoardColumn",
    "Card",
    "CommonIssueRow",
    "DueCalendar",
    "DueDay",
    "DueEntry",
    "FirmRow",
    "Measure",
    "Pile",
    "Rate",
    "Scorecard",
    "Today",
    "UnitScore",
    "by_enterprise",
    "by_state",
    "common_issues",
    "due_calendar",
    "pile_ids",
    "rows_behind",
    "scorecard",
    "today",
]
