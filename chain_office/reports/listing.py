"""A table as a paper of its own: any list on screen, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.reports.fonts import FontBook
from chain_office.reports.geometry import LIST_ACROSS, LIST_UPRIGHT, OFFICIAL
from chain_office.reports.press import Furniture, Press
from chain_office.reports.table import TableSetter

if TYPE_CHECKING:
    from chain_office.reports.content import Density, Table
    from chain_office.reports.geometry import Sheet

_UPRIGHT_CHARACTERS: Final = 52
"""A list whose columns are wider together lies on its side."""


def render_table(
    table: Table,
    *,
    note: str = "",
    sample: bool = False,
    density: Density = "auto",
    book: FontBook | None = None,
    sheet: Sheet = OFFICIAL,
) -> bytes:
    """The PDF of one table; `note` is small print at the foot of every page."""
    press = Press(book or FontBook(), Furniture(title=table.heading, note=note, sample=sample), sheet)
    TableSetter(press, table, density=density).set()
    return press.finish()


def render_list(table: Table, note: str, sample: bool) -> bytes:
    """The PDF of a list as the screen shows it: upright, or across where its columns (`width` in characters) want it."""
    wide = sum(column.width for column in table.columns) > _UPRIGHT_CHARACTERS
    return render_table(table, note=note, sample=sample, density="compact", sheet=LIST_ACROSS if wide else LIST_UPRIGHT)
