"""五单: five lists an office keeps of its chain, as tables of typed cells. The window, the workbooks and the papers place
the same cells; only they say how a number looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from chain_office.domain.money import WAN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    Value = str | int | Decimal | date | None
    """Money is int 元, percent is Decimal."""

CellKind = Literal["text", "long", "day", "number", "wan", "percent"]
TARGETS, PROJECTS, PROSPECTS, PROBLEMS, ACHIEVEMENTS = "targets", "projects", "prospects", "problems", "achievements"
FIVE: Final = {
    TARGETS: "发展目标清单",
    PROJECTS: "在建重大项目清单",
    PROSPECTS: "招商引资重点项目清单",
    PROBLEMS: "重点问题清单",
    ACHIEVEMENTS: "可产业化科研成果清单",
}
"""The five, in the order of the office's own words."""
MAP_TITLE: Final = "产业链上下游图谱"
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """``kind`` wan: 元 shown in 万元. ``width`` in Chinese characters. ``summed``: it has a total. ``rank``: where a window has
    too little room the columns of the highest rank are left out there; those of 0 never are."""

    heading: str
    kind: CellKind = "text"
    width: float = 8
    summed: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """``reference``: the record it is of. ``lights``: colours by column. ``why``: what its light says."""

    reference: str
    cells: tuple[Value, ...]
    lights: Mapping[int, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Rows under one heading of their own ("" for a list that has no parts). ``apart``: shown in the window, left out of
    what is handed on."""

    heading: str
    rows: tuple[ListRow, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class OneList:
    """One of the five at a date. ``unit``: what its money is in. ``said``: its numbers in a sentence. ``notes``: what stands
    below it."""

    id: str
    columns: tuple[ListColumn, ...]
    groups: tuple[ListGroup, ...]
    said: str
    unit: str = ""
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """发展目标清单."""
        return FIVE[self.id]

    @property
    def count(self) -> int:
        """How many rows there are, those left out of papers not counted."""
        return sum(len(group.rows) for group in self.groups if not group.apart)

    def handed_on(self) -> tuple[ListGroup, ...]:
        """The groups of papers and workbooks."""
        return tuple(group for group in self.groups if group.rows and not group.apart)

    def total(self, column: int) -> int | None:
        """The sum of a column over what is handed on; None where nothing is known."""
        known = [row.cells[column] for group in self.handed_on() for row in group.rows]
        numbers = [value for value in known if isinstance(value, int)]
        return sum(numbers) if numbers else None


@dataclass(frozen=True, slots=True)
class FiveLists:
    """All five, whose they are, at which date."""

    office: str
    chain: str
    as_of: date
    sample: bool
    lists: tuple[OneList, ...]

    def of(self, list_id: str) -> OneList:
        """One of them; KeyError if there is none."""
        for one in self.lists:
            if one.id == list_id:
                return one
        raise KeyError(list_id)


def in_wan(yuan: int) -> Decimal:
    """元 as 万元, exact."""
    return Decimal(yuan) / WAN


def cell_text(value: Value, kind: CellKind) -> str:
    """A cell as it is read."""
    if value is None:
        return ""
    if kind == "wan" and isinstance(value, int):
        wan = in_wan(value)
        return f"{wan:,.0f}" if wan == wan.to_integral_value() else f"{wan.quantize(_HUNDREDTH):,}"
    if kind == "percent":
        return f"{value}"
    if kind == "number" and isinstance(value, int | Decimal):
        return f"{value:,}"
    return value if isinstance(value, str) else str(value)
