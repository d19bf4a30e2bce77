"""What matching finds: a column given to a field, and all columns of a table as one desk reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.domain.periods import Period
    from chain_office.domain.specs import FieldSpec
    from chain_office.exchange.headblock import Column
    from chain_office.exchange.slots import Slot
    from chain_office.exchange.vocabulary import Vocabulary

EXACT, PERIOD, BANK, CONTAINED, FUZZY = "exact", "period", "bank", "contained", "fuzzy"
STRENGTH = {EXACT: 1.0, PERIOD: 1.0, BANK: 1.0, CONTAINED: 0.6, FUZZY: 0.5}


@dataclass(frozen=True, slots=True)
class Match:
    """A column given to a field. ``words`` are the normalised heading it was found by."""

    column: Column
    spec: FieldSpec
    how: str
    words: str
    slot: Slot | None = None
    period: Period | None = None
    prior: bool = False
    bank: str = ""
    more: tuple[int, ...] = ()
    """Further columns under the same merged heading (姓名 and 电话 side by side): their texts belong to the value."""
    marks: tuple[tuple[int, str], ...] = ()
    """Columns under one heading of which one is ticked (已办结 | 正在办理 | 长期推进), with what a tick there says."""

    @property
    def index(self) -> int:
        """Where the column stands."""
        return self.column.index


@dataclass(slots=True)
class Mapping:
    """All columns of a table as one desk reads them."""

    vocabulary: Vocabulary
    matches: list[Match] = field(default_factory=list)
    sequence: int | None = None
    unit_column: int | None = None
    year_column: int | None = None
    unknown: list[Column] = field(default_factory=list)
    doubled: list[Column] = field(default_factory=list)

    def names(self) -> set[str]:
        """The names of the fields found."""
        return {match.spec.name for match in self.matches}

    def first(self, name: str) -> Match | None:
        """The first column of a field."""
        return next((match for match in self.matches if match.spec.name == name), None)
