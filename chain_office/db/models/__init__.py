"""Every table of a ledger, in an order that respects references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models.base import Numbered, Record, database, record_number, spec_fields, specs
from chain_office.db.models.enterprises import Contact, Enterprise, NotDuplicate, RegisterSpell
from chain_office.db.models.finance import Credit, Drawdown, LoanReview, Match, Need
from chain_office.db.models.history import History, Write, WriteContext
from chain_office.db.models.lists import Achievement, Prospect, Target
from chain_office.db.models.office import (
    Attachment,
    Blob,
    CalendarDay,
    ImportBatch,
    IssuedPack,
    LightRule,
    MonthFreeze,
    Setting,
    TimeLimit,
)
from chain_office.db.models.output import MonthlyOutput, OutputAnswer, OutputCorrection, PublishedTotal
from chain_office.db.models.places import Bank, Category, District, Named, Officer, Park, Segment, SegmentFlow, Unit
from chain_office.db.models.problems import (
    Assignment,
    CommonIssue,
    Dispatch,
    DispatchItem,
    Meeting,
    Problem,
    ProblemEvent,
    ProblemSpan,
    Screening,
)
from chain_office.db.models.projects import Project, ProjectCause, ProjectMonth, ProjectNode, ProjectPlan, StageChange
from chain_office.db.models.promises import Promise
from chain_office.db.models.visits import Campaign, Visit, VisitPlan

if TYPE_CHECKING:
    import peewee

RECORDS: tuple[type[Record], ...] = (
    District, Park, Unit, Bank, Segment, SegmentFlow, Category, Officer,
    Enterprise, Contact, RegisterSpell, NotDuplicate,
    Campaign, Visit, VisitPlan,
    Meeting, CommonIssue, Problem, Screening, Assignment, ProblemEvent, ProblemSpan, Dispatch, DispatchItem,
    Promise,
    Need, Match, Credit, Drawdown, LoanReview,
    Project, StageChange, ProjectPlan, ProjectMonth, ProjectNode, ProjectCause,
    Target, Prospect, Achievement,
    MonthlyOutput, OutputCorrection, OutputAnswer, PublishedTotal,
    Setting, LightRule, TimeLimit, CalendarDay, ImportBatch, Attachment, IssuedPack, MonthFreeze,
)  # fmt: skip
"""Tables whose rows are records."""

ALL_TABLES: tuple[type[peewee.Model], ...] = (*RECORDS, Blob, Write, WriteContext, History)
"""Every table described by a model."""

UNRECORDED = frozenset({"problem_span", "write_log", "write_context", "history", "blob"})
"""Tables without history: derived from recorded rows, or the history itself."""

__all__ = [
    "ALL_TABLES", "RECORDS", "UNRECORDED",
    "Achievement", "Assignment", "Attachment", "Bank", "Blob", "CalendarDay", "Campaign", "Category",
    "CommonIssue", "Contact", "Credit", "Dispatch", "DispatchItem", "District", "Drawdown", "Enterprise",
    "History", "ImportBatch", "IssuedPack", "LightRule", "LoanReview", "Match", "Meeting", "MonthFreeze",
    "MonthlyOutput", "Named", "Need", "NotDuplicate", "Numbered", "Officer", "OutputAnswer", "OutputCorrection",
    "Park", "Problem", "ProblemEvent", "ProblemSpan", "Project", "ProjectCause", "ProjectMonth", "ProjectNode",
    "ProjectPlan", "Promise", "Prospect", "PublishedTotal", "Record", "RegisterSpell", "Screening", "Segment",
    "SegmentFlow", "Setting", "StageChange", "Target", "TimeLimit", "Unit", "Visit", "VisitPlan", "Write",
    "WriteContext",
    "database", "record_number", "spec_fields", "specs",
]  # fmt: skip
