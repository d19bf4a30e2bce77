"""Rows pasted from a spreadsheet, kept as a small table that the import reads like any other."""

from __future__ import annotations

import csv
import io
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chain_office import clock, files
from chain_office.db.desks import desks
from chain_office.domain.errors import KnownError
from chain_office.exchange.vocabulary import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.exchange.vocabulary import Lexicon

_LOOKED_AT: Final = 5
"""A table's headings stand in its first rows, under a title perhaps."""
_HALF: Final = 2


def keep_pasted(text: str, headings: Sequence[str]) -> Path:
    """The table of a clipboard's tab-separated text. Rows that bring no headings get those of the list they are pasted
    on, column by column. Raises KnownError for a text that is no table."""
    rows = _rows(text)
    if not any(_is_head(row) for row in rows[:_LOOKED_AT]):
        if max(map(len, rows)) > len(headings):
            raise KnownError(
                f"粘贴的内容没有认得出的表头，列数（{max(map(len, rows))}）也比列表的（{len(headings)}）多；"
                "请连同表头一起复制，或把文件拖到“导入”。"
            )
        rows = [list(headings[: max(map(len, rows))]), *rows]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    target = Path(_folder().name) / f"粘贴的表格 {clock.now():%H%M%S}.csv"
    files.write_bytes(target, out.getvalue().encode("utf-8-sig"))
    return target


def _rows(text: str) -> list[list[str]]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        found = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(plain), delimiter="\t")]
    except csv.Error as error:
        raise KnownError("剪贴板里的内容不是表格，没有粘贴；请在 Excel 或 WPS 里选中几行再复制。") from error
    rows = [row for row in found if any(row)]
    if not rows or max(map(len, rows)) < _HALF:
        raise KnownError("剪贴板里没有表格的行，没有粘贴；请在 Excel 或 WPS 里选中几行（连同表头）再复制。")
    return rows


def _is_head(row: Sequence[str]) -> bool:
    """Whether at least half of a row's texts are headings some desk knows, and at least two."""
    told = [cell for cell in row if cell]
    known = sum(map(_words().is_heading, told))
    return known >= _HALF and known * _HALF >= len(told)


@cache
def _words() -> Lexicon:
    return lexicon(desks(), frozenset())


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Emptied when the program ends."""
    return tempfile.TemporaryDirectory(prefix="chain-office-paste-")
