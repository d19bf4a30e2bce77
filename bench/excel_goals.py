"""G15 reading and G16 writing a workbook of 20,000 rows and 30 columns, against the bare libraries."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING
from xml.parsers import expat

import xlsxwriter

from bench.timing import Result, clocked, medians
from bench.wording import Writer
from chain_office.domain import values
from chain_office.domain.specs import FieldSpec
from chain_office.exchange import read_book
from chain_office.exchange.write import OutColumn, OutSheet, write_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bench.place import Place

_SIZES = {"S": 1_000, "L": 20_000}
_TEXTS, _AMOUNTS, _DAYS = 10, 15, 5

Row = tuple[object, ...]


def _rows(number: int) -> list[Row]:
    words = Writer(7)
    first = date(2020, 1, 1)
    texts = [words.step() for _ in range(2000)]
    return [
        (
            *(texts[(at * 7 + place) % len(texts)] for place in range(_TEXTS)),
            *(1_000_000 + at * place for place in range(_AMOUNTS)),
            *(first + timedelta(days=(at + place) % 900) for place in range(_DAYS)),
        )
        for at in range(number)
    ]


def g15(place: Place) -> Iterator[Result]:
    """Everything in the workbook as plain values, checked on the way, in a process of its own."""
    number = _SIZES[place.size]
    path = place.folder / f"read-{number}.xlsx"
    _bare(path, _rows(number), constant_memory=False)
    ours, bare = medians(clocked(partial(read_book, path)), clocked(partial(_unzip_and_parse, path)), rounds=3)
    yield Result(
        "G15", place.size, f"读工作簿 {number} × 30", ours, bare, 2.5 if number == 20_000 else None, "unzip + expat"
    )


def _unzip_and_parse(path: Path) -> None:
    with zipfile.ZipFile(path) as book:
        for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
            expat.ParserCreate().Parse(book.read(name), True)


def g16(place: Place) -> Iterator[Result]:
    """The same cells through the exporter (headings, widths, formats, filter) and through bare XlsxWriter."""
    number = _SIZES[place.size]
    rows = _rows(number)
    kinds = [values.TEXT] * _TEXTS + [values.MONEY] * _AMOUNTS + [values.DAY] * _DAYS
    columns = [OutColumn(FieldSpec(f"f{at}", f"第{at}列", kind)) for at, kind in enumerate(kinds)]
    ours_path, bare_path = place.folder / "ours.xlsx", place.folder / "bare.xlsx"
    ours, bare = medians(
        clocked(lambda: write_book(ours_path, [OutSheet("表", columns, rows)])),
        clocked(lambda: _bare(bare_path, rows, constant_memory=True)),
        rounds=3,
    )
    yield Result(
        "G16", place.size, f"写工作簿 {number} × 30", ours, bare, 1.3 if number == 20_000 else None, "裸 XlsxWriter"
    )


def _bare(path: Path, rows: Sequence[Row], *, constant_memory: bool) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": constant_memory, "tmpdir": str(path.parent)})
    sheet = book.add_worksheet()
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(at, place, value, days)
            else:
                sheet.write_number(at, place, value)
    book.close()
