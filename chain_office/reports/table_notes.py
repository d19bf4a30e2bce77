"""What stands in small print below a table: 口径, 截止日期."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.geometry import SIZE_S5
from chain_office.reports.paragraph import Paragraph, Span

if TYPE_CHECKING:
    from chain_office.reports.content import Table
    from chain_office.reports.press import Press


def _note_paragraphs(table: Table) -> list[Paragraph]:
    out = []
    for number, note in enumerate(table.notes):
        sign = "注：" if number == 0 else "　　"
        out.append(
            Paragraph((Span(sign + note),), SIZE_S5, first_indent=-2.0, indent=2.0, tracking=0.0, pitch=SIZE_S5 * 1.4)
        )
    return out


def notes_height(press: Press, table: Table) -> float:
    """What they take, in points."""
    return sum((press.height(note) for note in _note_paragraphs(table)), 4.0 if table.notes else 0.0)


def set_notes(press: Press, table: Table) -> None:
    """At the press's cursor, below the table."""
    if table.notes:
        press.y += 4.0
    for note in _note_paragraphs(table):
        press.paragraph(note, snap=False)
