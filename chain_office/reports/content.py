"""What a paper says, as plain data. Services write the sentences and fill the tables; reports only set them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from matplotlib.figure import Figure as Drawing

    from chain_office.domain.figures import Figure

ColumnAlign = Literal["left", "center", "right"]
Density = Literal["normal", "compact", "auto"]


@dataclass(frozen=True)
class Column:
    """`width` is a share of the table's width, in any unit (characters of the widest text do well)."""

    label: str
    width: float
    align: ColumnAlign = "left"


@dataclass(frozen=True)
class Link:
    """What a row of a table opens, or one cell of it (``column`` -1: the whole row): "problem:<id>", "figure:<key>"."""

    row: int
    column: int
    reference: str


@dataclass(frozen=True)
class Table:
    """Rows are texts as printed. `strong` are the indexes of rows set in 黑体 (合计); `groups` of rows whose first text
    runs across the whole table (一、竣工项目). `notes` stand under it: 口径, 截止日期."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    strong: frozenset[int] = field(default_factory=frozenset)
    groups: frozenset[int] = field(default_factory=frozenset)
    density: Density = "normal"
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.columns) and number not in self.groups:
                raise ValueError(f"row {number} has {len(row)} texts for {len(self.columns)} columns")


@dataclass(frozen=True)
class Chart:
    """`figure(width, height)` in inches makes the matplotlib figure at the size it will stand on the page. `reference`
    is what a click on it opens ("chart:<id>"). `natural_mm` is the height at which it looks best, asked when it is set:
    the answer brings the drawing library."""

    caption: str
    figure: Callable[[float, float], Drawing]
    height_mm: float = 85.0
    note: str = ""
    reference: str = ""
    natural_mm: Callable[[], float] | None = None

    @property
    def tall_mm(self) -> float:
        """As high as it wants to be, at most `height_mm`."""
        return self.height_mm if self.natural_mm is None else min(self.height_mm, self.natural_mm())


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is 一、黑体 (a pack numbers its sections itself), 2 is （一）楷体, 3 is 1. 仿宋. The number is
    part of the text."""

    text: str
    level: Literal[1, 2, 3] = 2


@dataclass(frozen=True)
class Lead:
    """A paragraph whose first words are set in 楷体, as （一）…。 run into the text often is."""

    lead: str
    text: str


Block = str | Heading | Lead


@dataclass(frozen=True)
class Section:
    """`heading` without its number: the pack numbers 一、二、 (or 附件1, 附件2 for an annex, each on a new page)."""

    heading: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    annex: bool = False


@dataclass(frozen=True)
class PackContent:
    """One briefing pack. `masthead` is the red line on page 1; `title` may hold line breaks where it should turn.
    `figures` are the numbers its texts mark (reports.marks) by key."""

    masthead: str
    title: str
    office: str
    issued: date
    as_of: date
    issue: str = ""
    recipients: str = ""
    opening: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    sample: bool = False
    figures: tuple[Figure, ...] = ()


def chinese_date(day: date) -> str:
    """2021年11月19日: Arabic figures, no leading zeros (GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
