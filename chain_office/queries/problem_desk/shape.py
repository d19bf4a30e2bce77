"""What the problem desk's questions are answered with: plain frozen data, each number with the rows it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.growth import share
from chain_office.domain.workflow import STATES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

MOST: Final = 200
"""So many cards a pile or column carries at once; its ``total`` says how many there are."""


@dataclass(frozen=True, slots=True)
class Card:
    """A problem as it stands at a day. ``due_day`` is what is due in its state (``due_word``: 时限, 复核, 回看). ``light``:
    "red", "yellow" …; ``why`` says it in words. ``note``: what this list shows it for."""

    id: str
    number: int
    enterprise_id: str | None
    enterprise: str
    text: str
    category: str
    unit_id: str | None
    unit: str
    state: str
    due_day: date | None
    light: str
    why: str
    overdue: bool = False
    round: int = 0
    note: str = ""

    @property
    def no(self) -> str:
        """WT0012."""
        return record_number("problem", self.number)

    @property
    def label(self) -> str:
        """The state's word."""
        return STATES[self.state].label

    @property
    def due_word(self) -> str:
        """What its due day is."""
        bucket = STATES[self.state].bucket
        return {"pooled": "复核", "closed": "回看", "parked": "再议"}.get(bucket, "时限")

    @property
    def reference(self) -> str:
        """As the window opens it."""
        return f"problem:{self.id}"


@dataclass(frozen=True, slots=True)
class Pile:
    """Problems that want the same thing done. ``formula`` says which belong. ``cards``: the first :data:`MOST`."""

    key: str
    word: str
    formula: str
    light: str
    total: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """今日: every pile, empty ones too, the most pressing first."""

    day: date
    piles: tuple[Pile, ...]

    def pile(self, key: str) -> Pile:
        """A pile by its key. Raises KeyError."""
        return {one.key: one for one in self.piles}[key]


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a whole, both counted; ``percent`` None of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        return share(self.part, self.whole)

    @property
    def text(self) -> str:
        """66.7 %（2/3）; — of nothing."""
        return "—" if self.percent is None else f"{self.percent} %（{self.part}/{self.whole}）"


@dataclass(frozen=True, slots=True)
class Median:
    """The middle of a number of working days; ``value`` None of nothing."""

    value: Decimal | None
    number: int

    @property
    def text(self) -> str:
        """15（21 件）; — of nothing."""
        return "—" if self.value is None else f"{self.value:f}（{self.number} 件）"


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of the scorecard: its word, what it counts in (件, 次, %, 工作日, 分), and how it is worked out."""

    key: str
    label: str
    unit: str
    formula: str


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A lead unit's line of the scorecard, or the total (``unit_id`` "" and ``unit`` 合计). ``unit_id`` None: problems
    without a unit. ``counts``, ``rates`` and ``medians`` by the keys of the measures. ``score``: the reference score,
    None below three problems."""

    unit_id: str | None
    unit: str
    kind: str
    counts: Mapping[str, int]
    rates: Mapping[str, Rate]
    medians: Mapping[str, Median]
    score: Decimal | None = None

    def value(self, key: str) -> int | Decimal | None:
        """A measure as a number; None where it is unknown."""
        if key in self.counts:
            return self.counts[key]
        if key in self.rates:
            return self.rates[key].percent
        return self.score if key == "score" else self.medians[key].value

    def text(self, key: str) -> str:
        """A measure as people read it."""
        told = self.rates.get(key) or self.medians.get(key)
        if told is not None:
            return told.text
        value = self.value(key)
        return "—" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """单位: the measures, a line a unit (most problems first), the total, and what is to be said about them."""

    day: date
    measures: tuple[Measure, ...]
    units: tuple[UnitScore, ...]
    total: UnitScore
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DueEntry:
    """Something due on a day. ``kind``: "deadline", "review" or "look_back"; ``word``: 时限, 复核, 回看."""

    kind: str
    word: str
    card: Card


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day of the calendar. ``worked`` None where its year's holidays are not known. ``counts`` by kind of entry."""

    day: date
    worked: bool | None
    total: int
    counts: Mapping[str, int]
    entries: tuple[DueEntry, ...]


@dataclass(frozen=True, slots=True)
class DueCalendar:
    """日历: every day from ``first`` to ``last``, as things stand at ``day``."""

    day: date
    first: date
    last: date
    days: tuple[DueDay, ...]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A state with its problems, the most pressing first."""

    state: str
    label: str
    bucket: str
    total: int
    overdue: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """看板: every state, empty ones too, in the order of the workflow."""

    day: date
    columns: tuple[BoardColumn, ...]


@dataclass(frozen=True, slots=True)
class FirmRow:
    """企业: a firm's problems by bucket. ``enterprise_id`` None: problems without a firm. ``rated``: ratings it gave,
    ``pleased``: 满意 and 基本满意 among them."""

    enterprise_id: str | None
    enterprise: str
    district: str
    counts: Mapping[str, int]
    overdue: int
    rated: int
    pleased: int

    @property
    def collected(self) -> int:
        return sum(self.counts.values())

    @property
    def satisfaction(self) -> Rate:
        return Rate(self.pleased, self.rated)


@dataclass(frozen=True, slots=True)
class CommonIssueRow:
    """共性: an item with the problems that hang on it at a day. ``counts`` by bucket; ``firms``: distinct ones."""

    id: str
    number: int
    name: str
    text: str
    measure: str
    category: str
    unit_id: str | None
    unit: str
    proposed: date | None
    problems: int
    firms: int
    overdue: int
    counts: Mapping[str, int]
    cards: tuple[Card, ...]

    @property
    def no(self) -> str:
        """GX0003."""
        return record_number("common_issue", self.number)
