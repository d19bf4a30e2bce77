"""A table as a paper of its own: any list on screen, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.fonts import FontBook
from chain_office.reports.press import Furniture, Press
from chain_office.reports.table import TableSetter

if TYPE_CHECKING:
    from chain_office.reports.content import Density, Table


def render_table(
    table: Table,
    *,
    note: str = "",
    sample: bool = False,
    density: Density = "auto",
    book: FontBook | None = None,
) -> bytes:
    """The PDF of one table; `note` is small print at the foot of every page."""
    press = Press(book or FontBook(), Furniture(title=table.heading, note=note, sample=sample))
    TableSetter(press, table, density=density).set()
    return press.finish()
