"""What a dossier is answered with: one firm, all the office knows of it, as it stood at a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from chain_office.queries.output import MonthPoint
    from chain_office.queries.problem_desk.shape import Card
    from chain_office.queries.visiting.promises import PromiseLine

KINDS: Final[Mapping[str, str]] = {
    "visit": "走访", "promise": "承诺", "problem": "问题", "loan": "贷款", "project": "项目", "register": "入规退规",
    "file": "附件",
}  # fmt: skip
"""The kinds of lines on a timeline, in the order they are offered."""
ENTRY_KINDS: Final[Mapping[str, str]] = {"promoted": "规下转规上", "new_build": "新建投产"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to talk to. ``phone`` in full: whoever shows it masks it."""

    name: str
    post: str
    phone: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch on the register: entry ≤ d < exit. ``entered`` None: always. ``kind``: a word, "" where it is unknown."""

    id: str
    entered: date | None
    kind: str
    left: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Year:
    """The firm's year up to its last reported month, in 元. ``base_yuan`` None: no base is known. ``listed``: on the
    register at the day (or never on it), so that it is in the office's own sample."""

    first: str
    last: str
    total_yuan: int
    base_yuan: int | None
    yoy_percent: Decimal | None
    listed: bool


@dataclass(frozen=True, slots=True)
class Loan:
    """A match with a bank as it stood: amounts in 元, each rung its own sum; ``stage`` in words."""

    id: str
    bank: str
    intent_yuan: int | None
    granted_yuan: int | None
    drawn_yuan: int | None
    drawings: int
    stage: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project and its stage at the day; this year's plan and what of it was done, in 元."""

    id: str
    no: str
    name: str
    stage: str
    total_yuan: int | None
    plan_yuan: int | None
    done_yuan: int | None
    progress: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline. ``day`` None: nobody wrote it down (it comes last). ``exact``: False where only the month is
    known. ``kind``: of :data:`KINDS`; ``what`` happened, ``text`` says more; ``page`` and ``reference`` open it."""

    day: date | None
    kind: str
    what: str
    text: str
    page: str
    reference: str
    light: str = ""
    exact: bool = True

    @property
    def when(self) -> str:
        """2021-03-15, 2021-03, 日期不详."""
        if self.day is None:
            return "日期不详"
        return self.day.isoformat() if self.exact else self.day.isoformat()[:7]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One firm at ``day``. ``status`` is the register's word with its ``light``. ``problems``: those not settled yet, the
    most pressing first; ``months``: January to December, this year beside the last."""

    id: str
    number: int
    name: str
    other_names: tuple[str, ...]
    code: str
    legal_person: str
    district: str
    park: str
    segment: str
    address: str
    industry: str
    products: str
    employees: int | None
    chain_leader: str
    protected_since: date | None
    remark: str
    day: date
    status: str
    light: str
    stays: tuple[Stay, ...]
    people: tuple[Person, ...]
    visits: int
    last_visit: date | None
    promises: tuple[PromiseLine, ...]
    problems: tuple[Card, ...]
    closed: int
    year: Year | None
    months: tuple[MonthPoint, ...]
    loans: tuple[Loan, ...]
    projects: tuple[Project, ...]
    timeline: tuple[Entry, ...]
    later_files: int
    """Files put in after ``day``: not on the timeline."""

    @property
    def no(self) -> str:
        """QY0012."""
        return f"QY{self.number:04d}"
