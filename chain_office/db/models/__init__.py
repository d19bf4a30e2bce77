"""Every table of a ledger, in an order that respects references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models.base import Numbered, Record, database, record_number, spec_fields, specs
from chain_office.db.models.enterprises import Contact, Enterprise, RegisterSpell
from chain_office.db.models.finance import Credit, Drawdown, Match, Need
from chain_office.db.models.history import History, Write, WriteContext
from chain_office.db.models.office import (
    Attachment,
    Blob,
    CalendarDay,
    ImportBatch,
    IssuedPack,
    LightRule,
    Setting,
    TimeLimit,
)
from chain_office.db.models.output import MonthlyOutput, PublishedTotal
from chain_office.db.models.places import Bank, Category, District, Named, Officer, Park, Segment, Unit
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
from chain_office.db.models.projects import Project, ProjectMonth, ProjectNode, ProjectPlan, StageChange
from chain_office.db.models.visits import Campaign, Visit

if TYPE_CHECKING:
    import peewee

RECORDS: tuple[type[Record], ...] = (
    District, Park, Unit, Bank, Segment, Category, Officer,
    Enterprise, Contact, RegisterSpell,
    Campaign, Visit,
    Meeting, CommonIssue, Problem, Screening, Assignment, ProblemEvent, ProblemSpan, Dispatch, DispatchItem,
    Need, Match, Credit, Drawdown,
    Project, StageChange, ProjectPlan, ProjectMonth, ProjectNode,
    MonthlyOutput, PublishedTotal,
    Setting, LightRule, TimeLimit, CalendarDay, ImportBatch, Attachment, IssuedPack,
)  # fmt: skip
"""Tables whose rows are records."""

ALL_TABLES: tuple[type[peewee.Model], ...] = (*RECORDS, Blob, Write, WriteContext, History)
"""Every table described by a model."""

UNRECORDED = frozenset({"problem_span", "write_log", "write_context", "history", "blob"})
"""Tables without history: derived from recorded rows, or the history itself."""

__all__ = [
    "ALL_TABLES", "RECORDS", "UNRECORDED",
    "Assignment", "Attachment", "Bank", "Blob", "CalendarDay", "Campaign", "Category", "CommonIssue", "Contact",
    "Credit", "Dispatch", "DispatchItem", "District", "Drawdown", "Enterprise", "History", "ImportBatch",
    "IssuedPack", "LightRule", "Match", "Meeting", "MonthlyOutput", "Named", "Need", "Numbered", "Officer", "Park",
    "Problem", "ProblemEvent", "ProblemSpan", "Project", "ProjectMonth", "ProjectNode", "ProjectPlan",
    "PublishedTotal", "Record", "RegisterSpell", "Screening", "Segment", "Setting", "StageChange", "TimeLimit",
    "Unit", "Visit", "Write", "WriteContext",
    "database", "record_number", "spec_fields", "specs",
]  # fmt: skip
