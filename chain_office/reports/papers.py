"""What a paper for a unit says, as plain data: letters, lists and forms. Services write them; `paper_pdf` and `paper_word`
set the same content as PDF and as Word.

The layout of letters follows GB/T 9704-2012; 交办单, 反馈表, 签收表 are forms by custom, not by any standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from chain_office.reports.content import Block, Table


@dataclass(frozen=True)
class Cell:
    """A cell of a form's grid. ``head``: a label, set in 黑体 and centred. ``across``: columns it covers. ``lines``: the
    height it keeps at least, in lines of its text (room to write by hand). ``key``: what the cell is called when the
    filled form is read again ("" for what is not to be filled)."""

    text: str
    head: bool = False
    across: int = 1
    lines: float = 1.0
    key: str = ""


@dataclass(frozen=True)
class Grid:
    """A form: rows of cells whose ``across`` add up to ``columns`` (shares of the width, any unit). ``heading`` stands
    above it, ``notes`` below in small print."""

    columns: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            if sum(cell.across for cell in row) != len(self.columns):
                raise ValueError(
                    f"row {number} covers {sum(cell.across for cell in row)} of {len(self.columns)} columns"
                )


@dataclass(frozen=True)
class Paper:
    """One document. ``name``: the file's name without its ending ("市发改委_交办单_有色交〔2020〕3号"). ``masthead``: the
    red mark of a letter, "" for a list or a form. ``number``: 发文字号. ``wide``: A4 across (lists). ``parts`` in order.
    ``signed``: whether 署名 and 日期 follow the text (a letter). ``copies``: 抄送. ``code``: small print at the foot that
    tells papers apart (回执号)."""

    name: str
    title: str
    parts: tuple[Block | Grid | Table, ...]
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
