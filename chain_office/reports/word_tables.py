"""Tables, forms and 版记 of a Word paper: fixed widths, heads that repeat, rows that do not tear, cells that are known again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from chain_office.reports.content import chinese_date
from chain_office.reports.geometry import SIZE_4, SIZE_5, SIZE_S4, SIZE_S5
from chain_office.reports.imprint import BESIDE
from chain_office.reports.word_styles import (
    CELL,
    CELL_HEAD,
    COPIES,
    FORM,
    FORM_HEAD,
    SMALL_CELL,
    SMALL_HEAD,
)  # fmt: skip
from chain_office.reports.word_xml import em_width, node, paragraph, run, twips
from chain_office.reports.wrapping import Ems, wrap_evenly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from docx.oxml.xmlchemy import BaseOxmlElement

    from chain_office.reports.content import Table
    from chain_office.reports.geometry import Sheet
    from chain_office.reports.papers import Cell, Grid

_THIN, _THICK, _OUTER, _INNER = 4, 8, 8, 6  # eighths of a point
_SHORT: Final = 5
_LONG_ROW: Final = 12  # lines; a longer row may break over the page
_MANY_ROWS: Final = 40
_FIRST: Final = 2  # rows that stay with the head and with one another
_LINE, _FORM_LINE = 14.0, 18.0
_FORM_PAD, _COMPACT_PAD = 4.0, 2.5
_ROOM: Final = "　　"  # where one types: visible to a click, blank on paper, stripped by the reader
_LONGEST_TAG: Final = 64
_LONGEST_BOOKMARK: Final = 40
_NOT_QUITE: Final = 0.5  # points narrower than the type area
_DRAWN_IN: Final = -10  # twips a character


def list_table(table: Table, width: float) -> BaseOxmlElement:
    """A table of a list; its head repeats on every page."""
    small = table.density == "compact" or (table.density == "auto" and len(table.rows) > _MANY_ROWS)
    size = SIZE_S5 if small else SIZE_5
    plain, strong = (SMALL_CELL, SMALL_HEAD) if small else (CELL, CELL_HEAD)
    side = 3.0 if small else 4.0
    widths = _column_widths(table, size, width, side)
    made = _table(widths, pad=2.0 if small else 4.0, side=side)
    labels = [
        _label(strong, column.label, w, (w - 2 * side) / size) for w, column in zip(widths, table.columns, strict=True)
    ]
    made.append(node("tr", node("trPr", node("cantSplit"), node("tblHeader")), *labels))
    last = len(table.rows) - 1
    for number, texts in enumerate(table.rows):
        whole = not _is_long(texts, widths, size)
        # The first rows stay with the head (else LibreOffice loses whole rows below a head at the foot of a page), a sum
        # with what it sums.
        together = number < last and (number < _FIRST or number == last - 1)
        row = node("tr", node("trPr", node("cantSplit"))) if whole else node("tr")
        if number in table.groups:
            left = node("jc", val="left")
            row.append(
                _cell(width, [paragraph(strong, texts[0], keep=node("keepNext"), align=left)], across=len(widths))
            )
        else:
            style = strong if number in table.strong else plain
            for text, room, column in zip(texts, widths, table.columns, strict=True):
                row.append(_cell(room, [_cell_text(style, text, column.align, whole=whole, together=together)]))
        made.append(row)
    return made


def _label(style: str, text: str, width: float, room: float) -> BaseOxmlElement:
    """A column's name; where it turns, into lines of about one length, as in the PDF."""
    lines = wrap_evenly(Ems(), text, room)
    head = paragraph(style, "\n".join(lines), keep=node("keepNext"), whole=node("keepLines"))
    return _cell(width, [head], fill="E4EDEE")


def form_table(grid: Grid, width: float, first_control: int) -> BaseOxmlElement:
    """A form; cells with a key hold a control tagged with it, numbered from ``first_control``."""
    share = width / sum(grid.columns)
    widths = [column * share for column in grid.columns]
    small = grid.compact
    line, pad = (_LINE, _COMPACT_PAD) if small else (_FORM_LINE, _FORM_PAD)
    made = _table(widths, pad=pad, side=4.0)
    control = first_control
    whole = not small and sum(_row_lines(row, widths) for row in grid.rows) <= 34
    for number, cells in enumerate(grid.rows):
        lines = max(1.0, *(cell.lines for cell in cells))
        properties = node("trPr")
        if _row_lines(cells, widths) <= 2 * _LONG_ROW:
            properties.append(node("cantSplit"))
        properties.append(node("trHeight", val=twips(lines * line + 2 * pad), hRule="atLeast"))
        row = node("tr", properties)
        column = 0
        together = whole and number < len(grid.rows) - 1
        for cell in cells:
            room = sum(widths[column : column + cell.across])
            band = "EDEDED" if cell.head and cell.across == len(widths) else ""
            top = not cell.head and cell.lines >= 2
            row.append(_cell(room, [_form_text(cell, control, keep=together, small=small)], cell.across, band, top=top))
            control += bool(cell.key)
            column += cell.across
        made.append(row)
    return made


def bare_table(cells: Sequence[Sequence[BaseOxmlElement]], widths: Sequence[float]) -> BaseOxmlElement:
    """A table without rules: each cell is its paragraphs; as many a row as there are widths, the last row filled up."""
    made = _table(widths, pad=2.0, side=4.0, borders=())
    for start in range(0, len(cells), len(widths)):
        row = node("tr", node("trPr", node("cantSplit")))
        for place, width in enumerate(widths):
            inside = cells[start + place] if start + place < len(cells) else [paragraph(SMALL_CELL)]
            row.append(_cell(width, inside))
        made.append(row)
    return made


def controls_in(grid: Grid) -> int:
    """How many cells of a form are tagged."""
    return sum(bool(cell.key) for row in grid.rows for cell in row)


def imprint_table(copies: str, office: str, issued: date, sheet: Sheet) -> BaseOxmlElement:
    """版记: 抄送, 印发机关 and date, on the lower edge of the type area of the page it is anchored to."""
    width = sheet.width - _NOT_QUITE
    made = _table([width], pad=0.0, side=0.0, borders=("top", "bottom"))
    # Across it is placed from the page's edge: LibreOffice lets no other table stand at the foot.
    anchored = {"vertAnchor": "margin", "horzAnchor": "page", "tblpX": twips(sheet.left), "tblpYSpec": "bottom"}
    made[0].insert(0, node("tblpPr", leftFromText=0, rightFromText=0, **anchored))
    if copies:
        hang = 3 * SIZE_4
        indent = node("ind", left=twips(SIZE_4 + hang), right=twips(SIZE_4), hanging=twips(hang))
        made.append(node("tr", _cell(width, [paragraph(COPIES, copies, indent=indent)])))
    tabs = node("tabs", node("tab", val="right", pos=twips(width - SIZE_4)))
    indent = node("ind", left=twips(SIZE_4), right=twips(SIZE_4))
    printed = f"{chinese_date(issued)}印发"
    # A long name and the day stand on one line by a hair, drawn in a little where the machine's faces are wider.
    tight = (node("spacing", val=_DRAWN_IN),) if (em_width(office + printed) + 4) * SIZE_4 > width else ()
    day = run(printed, "", *tight)
    if (em_width(office + printed) + BESIDE) * SIZE_4 > width:
        right = node("ind", left=twips(SIZE_4), right=twips(SIZE_4))
        lines = [
            paragraph(COPIES, office, indent=indent),
            paragraph(COPIES, printed, indent=right, align=node("jc", val="right")),
        ]
        made.append(node("tr", _cell(width, lines)))
        return made
    made.append(
        node(
            "tr",
            _cell(
                width,
                [paragraph(COPIES, run(office, "", *tight), node("r", node("tab")), day, tabs=tabs, indent=indent)],
            ),
        )
    )
    return made


def _form_text(cell: Cell, control: int, *, keep: bool, small: bool = False) -> BaseOxmlElement:
    plain, strong = (CELL, CELL_HEAD) if small else (FORM, FORM_HEAD)
    together = node("keepNext") if keep else None
    if cell.head:
        return paragraph(strong, cell.text, keep=together)
    align = node("jc", val="center") if cell.centred else None
    if not cell.key:
        return paragraph(plain, cell.text, keep=together, align=align)
    properties = node("sdtPr", node("tag", val=cell.key[:_LONGEST_TAG]), node("id", val=control))
    if cell.choices:  # without a kind it takes any text; a control for plain text LibreOffice saves four times over
        properties.append(node("comboBox", *(node("listItem", displayText=one, value=one) for one in cell.choices)))
    tagged = node("sdt", properties, node("sdtContent", run(cell.text or _ROOM)))
    # LibreOffice loses the tag when it saves, and keeps the bookmark.
    begin = node("bookmarkStart", id=control, name=bookmark_of(cell.key))
    return paragraph(plain, begin, tagged, node("bookmarkEnd", id=control), keep=together, align=align)


def bookmark_of(key: str) -> str:
    """A cell's key as Word takes it for the name of a bookmark ("done@WT0012-3" → "done_WT0012_3")."""
    return re.sub(r"\W", "_", key, flags=re.ASCII)[:_LONGEST_BOOKMARK]


def _table(
    widths: Sequence[float], pad: float, side: float, borders: tuple[str, ...] = ("top", "left", "bottom", "right")
) -> BaseOxmlElement:
    edges = node("tblBorders")
    for edge in ("top", "left", "bottom", "right"):
        if edge in borders:
            edges.append(node(edge, val="single", sz=_THICK, space=0, color="000000"))
    inner = ("insideH", "insideV") if len(borders) > 2 else ("insideH",) if borders else ()
    for edge in inner:
        edges.append(node(edge, val="single", sz=_THIN if len(borders) > 2 else _INNER, space=0, color="000000"))
    margins = node(
        "tblCellMar",
        *(
            node(edge, w=twips(room), type_="dxa")
            for edge, room in (("top", pad), ("left", side), ("bottom", pad), ("right", side))
        ),
    )
    properties = node(
        "tblPr", node("tblW", w=twips(sum(widths)), type_="dxa"), node("tblInd", w=0, type_="dxa"), edges,
        node("tblLayout", type_="fixed"), margins,
    )  # fmt: skip
    return node("tbl", properties, node("tblGrid", *(node("gridCol", w=twips(width)) for width in widths)))


def _cell(
    width: float, content: Sequence[BaseOxmlElement], across: int = 1, fill: str = "", *, top: bool = False
) -> BaseOxmlElement:
    properties = node("tcPr", node("tcW", w=twips(width), type_="dxa"))
    if across > 1:
        properties.append(node("gridSpan", val=across))
    if fill:
        properties.append(node("shd", val="clear", color="auto", fill=fill))
    properties.append(node("vAlign", val="top" if top else "center"))
    return node("tc", properties, *content)


def _cell_text(style: str, text: str, align: str, *, whole: bool, together: bool) -> BaseOxmlElement:
    """A cell's text, one paragraph; ``whole``: its lines stay together, and so does the row; ``together``: with the next."""
    # The style of totals is that of heads, centred: a total stands where its column does.
    return paragraph(
        style,
        text,
        keep=node("keepNext") if together else None,
        whole=node("keepLines") if whole else None,
        align=node("jc", val=align) if align != "left" or style in {SMALL_HEAD, CELL_HEAD} else None,
    )


def _height(text: str, room: float, size: float) -> int:
    """About how many lines a text takes."""
    most = max(1.0, room / size)
    return sum(max(1, int(em_width(line) / most + 0.999)) for line in text.split("\n"))


def _is_long(texts: Sequence[str], widths: Sequence[float], size: float) -> bool:
    return any(_height(text, width - 8.0, size) > _LONG_ROW for text, width in zip(texts, widths, strict=False))


def _row_lines(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    return max(max(cell.lines, _height(cell.text, room - 10.0, SIZE_S4)) for cell, room in _rooms(cells, widths))


def _rooms(cells: Sequence[Cell], widths: Sequence[float]) -> Iterator[tuple[Cell, float]]:
    column = 0
    for cell in cells:
        yield cell, sum(widths[column : column + cell.across])
        column += cell.across


def _column_widths(table: Table, size: float, room: float, side: float) -> list[float]:
    """As declared, except that numbers, dates and short words do not turn: left-aligned columns give up the space."""
    total = sum(column.width for column in table.columns)
    widths = [room * column.width / total for column in table.columns]
    rows = [row for number, row in enumerate(table.rows) if number not in table.groups]
    for index, column in enumerate(table.columns):
        if column.align != "left":
            short = [em_width(row[index]) for row in rows if row[index].isascii() or len(row[index]) <= _SHORT]
            widths[index] = max(widths[index], max(short, default=0.0) * size + 2 * side + 1.0)
    excess = sum(widths) - room
    giving = sum(width for width, column in zip(widths, table.columns, strict=True) if column.align == "left")
    if excess <= 0.01 or giving <= 2 * excess:
        return [width * room / sum(widths) for width in widths]
    share = 1 - excess / giving
    return [w * (share if column.align == "left" else 1) for w, column in zip(widths, table.columns, strict=True)]
