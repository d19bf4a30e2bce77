"""A table for the clipboard: as HTML, which WPS and Excel paste with its rows and columns, and as tab-separated text.

No cell ever becomes a formula. In HTML every cell of words is marked as text (``mso-number-format:\\@``), so an 18-digit
code keeps its digits and "=1+1" stays three characters; no sign is added to it. Tab-separated text has no such mark: there,
and only there, a cell that begins with = + - @ and is no plain number gets an apostrophe in front, which spreadsheets
take for "this is text".
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+\s?%?")
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def tab_separated(rows: Sequence[Sequence[str]]) -> str:
    """Rows as tab-separated lines; breaks inside a cell become blanks."""
    return "\r\n".join("\t".join(_harmless(cell) for cell in row) for row in rows)


def _harmless(cell: str) -> str:
    text = _BREAKS.sub(" ", cell).strip()
    return f"'{text}" if text[:1] in tuple("=+-@") and text not in {"+", "-"} and not _NUMBER.fullmatch(text) else text


def html_table(rows: Sequence[Sequence[str]], right: Collection[int] = (), headings: Sequence[str] = ()) -> str:
    """Rows as an HTML table; ``right``: columns of numbers, which stay numbers."""
    head = "".join(f"<th>{escape(one)}</th>" for one in headings)
    body = "".join(
        f"<tr>{''.join(_cell(cell, number=place in right) for place, cell in enumerate(row))}</tr>" for row in rows
    )
    top = f"<tr>{head}</tr>" if head else ""
    style = "<style>td,th{border:.5pt solid #999}</style>"
    return f'<html><head><meta charset="utf-8">{style}</head><body><table>{top}{body}</table></body></html>'


def _cell(cell: str, *, number: bool) -> str:
    if number and _NUMBER.fullmatch(cell):
        return f'<td align="right">{escape(cell)}</td>'
    return f"<td style=\"mso-number-format:'\\@'\">{escape(cell).replace(chr(10), '<br>')}</td>"
