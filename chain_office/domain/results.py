"""Frozen results that queries hand to charts: figures already worked out, so that a drawing only places them.

Money is 元; a month is "YYYY-MM"; None is unknown, which is never drawn as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class About:
    """The small print under every chart: whose figures, up to when, where from, and whether they are real."""

    chain: str
    as_of: date
    source: str = "企业报送"
    sample: bool = False


@dataclass(frozen=True, slots=True)
class MonthOutput:
    """One month: output, the prior-year base of the same firms, and the growth between them (%, one decimal)."""

    month: str
    output_yuan: int | None
    base_yuan: int | None
    yoy_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class OutputMonthly:
    """Monthly output, oldest month first, with the year-to-date totals the headline prints."""

    about: About
    months: tuple[MonthOutput, ...]
    total_yuan: int | None = None
    yoy_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnitProblems:
    """One lead unit's assigned problems. ``reported`` and ``open`` are whole buckets; the overdue are among them."""

    unit: str
    closed: int
    reported: int
    open: int
    parked: int
    overdue_reported: int = 0
    overdue_open: int = 0

    def __post_init__(self) -> None:
        if self.overdue_reported > self.reported or self.overdue_open > self.open:
            raise ValueError(f"{self.unit}: more overdue than open")

    @property
    def assigned(self) -> int:
        return self.closed + self.reported + self.open + self.parked

    @property
    def overdue(self) -> int:
        return self.overdue_reported + self.overdue_open


@dataclass(frozen=True, slots=True)
class ProblemsByUnit:
    """One row a lead unit; a problem counts once, under its lead."""

    about: About
    units: tuple[UnitProblems, ...]


@dataclass(frozen=True, slots=True)
class StageProjects:
    """The projects at one stage; ``unpriced`` of them have no investment on record, so the sum leaves them out."""

    stage: str
    count: int
    investment_yuan: int | None
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages in the order a project passes them."""

    about: About
    stages: tuple[StageProjects, ...]


@dataclass(frozen=True, slots=True)
class BankLadder:
    """One bank's 意向, 授信 and 放款: three stages of the same money, never added together."""

    bank: str
    intended_yuan: int | None
    granted_yuan: int | None
    drawn_yuan: int | None


@dataclass(frozen=True, slots=True)
class FinanceLadder:
    about: About
    banks: tuple[BankLadder, ...]


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One reason why the published base of last year is not the base of the same firms."""

    label: str
    yuan: int


@dataclass(frozen=True, slots=True)
class GrowthBridge:
    """From last year's published total over the steps to the same-sample base, and up to this year's total."""

    about: About
    period: str
    published_base_yuan: int
    steps: tuple[BridgeStep, ...]
    base_yuan: int
    total_yuan: int
    nominal_percent: Decimal | None
    same_sample_percent: Decimal | None

    def __post_init__(self) -> None:
        if self.published_base_yuan + sum(step.yuan for step in self.steps) != self.base_yuan:
            raise ValueError("the steps do not lead from the published base to the same-sample base")
