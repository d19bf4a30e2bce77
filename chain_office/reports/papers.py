"""What a paper for a unit says, as plain data: letters, lists and forms. Services write them; `paper_pdf` and `paper_word`
set the same content as PDF and as Word.

The layout of letters follows GB/T 9704-2012; 交办单, 反馈表, 签收表 are forms by custom, not by any standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from chain_office.reports.content import Block, Chart, Table

ColumnKind = Literal["text", "date", "choice"]


@dataclass(frozen=True)
class Cell:
    """A cell of a form's grid. ``head``: a label, set in 黑体 and centred. ``across``: columns it covers. ``lines``: the
    height it keeps at least, in lines of its text (room to write by hand). ``key``: what the cell is called when the
    filled form is read again ("" for what is not to be filled). ``choices``: what it may say; a Word form offers them, a
    printed one shows □ before each while ``text`` is empty. ``centred``: numbers and marks in a column."""

    text: str
    head: bool = False
    across: int = 1
    lines: float = 1.0
    key: str = ""
    choices: tuple[str, ...] = ()
    centred: bool = False


@dataclass(frozen=True)
class Grid:
    """A form: rows of cells whose ``across`` add up to ``columns`` (shares of the width, any unit). ``heading`` stands
    above it, ``notes`` below in small print. ``own_page``: it begins a page (one problem a page). ``compact``: in the type
    of lists, for a page that has to hold much."""

    columns: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""
    notes: tuple[str, ...] = ()
    own_page: bool = False
    compact: bool = False

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            if sum(cell.across for cell in row) != len(self.columns):
                raise ValueError(
                    f"row {number} covers {sum(cell.across for cell in row)} of {len(self.columns)} columns"
                )


@dataclass(frozen=True)
class Photo:
    """A picture as it is printed: the bytes of a JPEG, and what stands below it."""

    data: bytes
    caption: str = ""


@dataclass(frozen=True)
class Photos:
    """Pictures beside one another, ``across`` in a row, each as large as its share of the width allows."""

    photos: tuple[Photo, ...]
    heading: str = ""
    across: int = 2


@dataclass(frozen=True)
class Paper:
    """One document. ``name``: the file's name without its ending ("市发改委_交办单_有色交〔2020〕3号"). ``masthead``: the
    red mark of a letter, "" for a list or a form. ``number``: 发文字号. ``wide``: A4 across (lists). ``parts`` in order.
    ``signed``: whether 署名 and 日期 follow the text (a letter). ``copies``: 抄送. ``code``: small print at the foot that
    tells papers apart (回执号)."""

    name: str
    title: str
    parts: tuple[Block | Chart | Grid | Photos | Table, ...]
    office: str
    issued: date
    masthead: str = ""
    number: str = ""
    recipients: str = ""
    signed: bool = False
    copies: str = ""
    annexes: tuple[str, ...] = ()
    wide: bool = False
    sample: bool = False
    note: str = ""
    code: str = ""


@dataclass(frozen=True)
class SheetColumn:
    """A column of a form that is a workbook. ``width`` in Chinese characters. ``choices``: what a cell may say (kind
    "choice"). ``locked``: the office printed it; what is typed there is refused."""

    key: str
    heading: str
    width: float
    kind: ColumnKind = "text"
    choices: tuple[str, ...] = ()
    locked: bool = False


@dataclass(frozen=True)
class Sheet:
    """A form as a workbook: one line a problem. ``rows`` are texts in the columns' order; a day is "2021-03-05".
    ``instructions`` stand under the title, ``code`` (回执号) and ``note`` at the foot of printed pages."""

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    office: str
    issued: date
    instructions: str = ""
    code: str = ""
    note: str = ""
    sample: bool = False

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} texts for {len(self.columns)} columns")
