"""Tables straight onto the canvas, page by page: the head repeats, long rows split, cells wrap with 禁则.

Rows are laid out only as they are reached, so a table of thousands costs little more than its strings.
"""

from __future__ import annotations

from collections import deque
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from reportlab.lib.colors import HexColor

from chain_office.reports.celltext import CellText
from chain_office.reports.geometry import SIZE_S4, SIZE_S5, baseline_in
from chain_office.reports.press import BLACK
from chain_office.reports.table_notes import notes_height, set_notes
from chain_office.reports.wrapping import wrap, wrap_evenly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chain_office.reports.content import ColumnAlign, Density, Link, Table
    from chain_office.reports.fonts import Family, FontBook
    from chain_office.reports.press import Press

_HEAD_FILL: Final = HexColor(0xE4EDEE)
_LINE: Final = HexColor(0x4A4F55)
_THIN, _THICK = 0.4, 0.9
_THICKENING: Final = 0.045  # of the em
_SHORT = 5  # characters of a word that stays on one line in a centred or right-aligned column
_LONG_ROW = 8  # lines; longer rows may split at the foot of a page
_LEAST_PART = 3  # lines of a split row on either page
_SMALL: Final = 0.3  # of the page: a table no higher is not torn, and leaves no larger hole where it goes over
_CLAIMED: Final = 3  # rows looked ahead: a group's name, a row, the sum
_BEGIN: Final = 3  # rows that stand below the head where a table begins at the foot of a page


class Style(NamedTuple):
    """Sizes in points. `strong` sets heads, groups and totals; where it is 仿宋 itself, its strokes are thickened."""

    size: float
    leading: float
    pad: float
    side: float
    strong: Family = "hei"


NORMAL: Final = Style(10.5, 14.0, 4.0, 4.0)
COMPACT: Final = Style(SIZE_S5, 11.5, 2.2, 3.0)
TIGHT: Final = Style(7.5, 8.8, 0.6, 2.5, strong="fang")  # one face less to load and embed

Cells = list[list[str]]


class _Row(NamedTuple):
    """One laid-out row: the lines of each cell (or of the one cell of a group row)."""

    cells: Cells
    strong: bool
    lines: int
    whole: bool = False  # one cell across the table
    number: int = -1  # its place among the table's rows


class _Layout:
    """Texts to lines, for one table in one style."""

    def __init__(self, book: FontBook, table: Table, style: Style, width: float) -> None:
        self.table, self.style = table, style
        self._book = book
        self._width = width
        self.widths = _column_widths(book, table, style, width)
        self.lefts = [0.0, *accumulate(self.widths)]
        self._rooms = [(width - 2 * style.side) / style.size for width in self.widths]
        self.aligns: list[ColumnAlign] = [column.align for column in table.columns]

    def height(self, lines: int) -> float:
        return lines * self.style.leading + 2 * self.style.pad

    def head(self) -> _Row:
        """Labels turn so that their lines are of about one length: 长期 / 推进, never 长期推 / 进."""
        row = self._row([column.label for column in self.table.columns], strong=True)
        cells = []
        for column, room in zip(self.table.columns, self._rooms, strict=True):
            cells.append(wrap_evenly(self._book.widths(self.family(strong=True)), column.label, room))
        return row._replace(cells=cells)

    def rows(self) -> Iterator[_Row]:
        table = self.table
        for number, texts in enumerate(table.rows):
            if number in table.groups:
                room = (self._width - 2 * self.style.side) / self.style.size
                lines = wrap(self._book.widths(self.family(strong=True)), texts[0], room)
                yield _Row([lines], True, len(lines), whole=True, number=number)
            else:
                yield self._row(texts, strong=number in table.strong)._replace(number=number)

    def family(self, *, strong: bool) -> Family:
        return self.style.strong if strong else "fang"

    def _row(self, texts: Sequence[str], *, strong: bool) -> _Row:
        family = self.family(strong=strong)
        widths = self._book.widths(family)
        cells: Cells = []
        most = 1
        for text, room in zip(texts, self._rooms, strict=True):
            if sum(map(widths.__getitem__, text)) <= room and text.isprintable():
                cells.append([text])
            else:
                lines = wrap(widths, text, room)
                cells.append(lines)
                most = max(most, len(lines))
        return _Row(cells, strong, most)


class TableSetter:
    """Sets one table at the press's cursor. `label` is its number in the paper (表1). `reserve`: the height that must
    follow on the page of its last row (署名 and 日期)."""

    def __init__(
        self, press: Press, table: Table, label: str = "", density: Density = "normal", reserve: float = 0.0
    ) -> None:
        self._press, self._table, self._label, self._reserve = press, table, label, reserve
        self._style = _style_for(press, table, label) if density == "auto" else _STYLES[density]
        self._layout = _Layout(press.book, table, self._style, press.sheet.width)
        self._head = self._layout.head()
        self._drawn: list[tuple[_Row, float, float]] = []  # row, top, height
        self._pieces = 0
        self._links: dict[int, list[Link]] = {}
        for link in table.links:
            self._links.setdefault(link.row, []).append(link)

    def turns(self, above: float) -> bool:
        """Whether it would begin on the next page after ``above`` more points on this one."""
        ahead = list(islice(self._layout.rows(), int(self._press.sheet.height / self._layout.height(1)) + 1))
        return self._turns(ahead, self._press.room - above)

    def _turns(self, ahead: Sequence[_Row], room: float) -> bool:
        press, layout = self._press, self._layout
        heights = [layout.height(row.lines) for row in ahead]
        above = self._caption_height() + layout.height(self._head.lines)
        needed = above + sum(heights) + notes_height(press, self._table)
        begin = above + sum(min(height, layout.height(_LEAST_PART)) for height in heights[:_BEGIN])
        return needed > room + 0.01 and (needed <= press.sheet.height * _SMALL or begin > room + 0.01)

    def set(self) -> None:
        layout, press = self._layout, self._press
        rows = self._start(layout.rows())
        tail = notes_height(press, self._table) + self._reserve
        following: deque[_Row] = deque(islice(rows, _CLAIMED))
        while following:
            left: _Row | None = following.popleft()
            following.extend(islice(rows, 1))
            whole = True
            while left is not None:
                height = layout.height(left.lines)
                claim = self._claim(left, tuple(following) if whole else (), tail if whole or not following else 0.0)
                if press.fits(claim) or (press.fits(height) and not self._drawn_rows()):
                    self._put(left, height)
                    left = None
                else:
                    rest = self._split(left)
                    whole, left = whole and rest is left, rest
        self._end_piece()
        set_notes(press, self._table)

    def _claim(self, row: _Row, following: tuple[_Row, ...], tail: float) -> float:
        """What must stand with a row on its page: with a group's name its first row, with the last row but one the last
        (合计 never stands alone), with the last the notes and whatever must follow."""
        height = self._layout.height(row.lines)
        if not following:
            return height + tail
        if row.whole:
            torn = following[0].lines > _LONG_ROW
            return height + (
                self._layout.height(_LEAST_PART) if torn else self._claim(following[0], following[1:], tail)
            )
        if len(following) == 1 and following[0].lines <= _LONG_ROW:
            return height + self._claim(following[0], (), tail)
        return height

    def _start(self, rows: Iterator[_Row]) -> Iterator[_Row]:
        """Here if a fair part fits; a table that would fit whole on the next page is not torn for a few rows."""
        press, layout = self._press, self._layout
        if not press.fresh:
            ahead = list(islice(rows, int(press.sheet.height / layout.height(1)) + 1))
            if self._turns(ahead, press.room):
                press.next_page()
            rows = chain(ahead, rows)
        self._begin_piece()
        return rows

    def _split(self, row: _Row) -> _Row:
        """Make room: the rest of a long row, or the row itself, is returned for the next page."""
        layout, style, press = self._layout, self._style, self._press
        fitting = int((press.room - 2 * style.pad + 0.01) / style.leading)
        alone = not self._drawn_rows()
        if (row.lines > _LONG_ROW and fitting >= _LEAST_PART) or alone:
            take = min(max(1, fitting), max(1, row.lines - (_LEAST_PART if row.lines > 2 * _LEAST_PART else 1)))
            first = row._replace(cells=[cell[:take] for cell in row.cells], lines=take)
            rest = [cell[take:] for cell in row.cells]
            self._put(first, layout.height(take))
            row = row._replace(cells=rest, lines=max(1, *map(len, rest)))
        self._end_piece()
        press.next_page()
        self._begin_piece()
        return row

    def _drawn_rows(self) -> int:
        return len(self._drawn) - 1

    def _put(self, row: _Row, height: float) -> None:
        self._drawn.append((row, self._press.y, height))
        self._press.y += height

    def _caption_height(self) -> float:
        return (
            2.0 * self._caption_size()
            if self._label or self._table.heading or self._table.unit or self._pieces
            else 0.0
        )

    def _caption_size(self) -> float:
        return SIZE_S4 if self._style is not TIGHT else self._style.size + 1.5

    def _begin_piece(self) -> None:
        press, table = self._press, self._table
        size, height = self._caption_size(), self._caption_height()
        again = "（续表）" if self._pieces else ""
        caption = "　".join(part for part in (self._label, table.heading) if part) + again
        unit = f"单位：{table.unit}" if table.unit else ""
        baseline = press.y + baseline_in(height, size)
        if caption:
            family = self._style.strong
            width = press.book.width(caption, family, size)
            centred = (self._press.sheet.width - width) / 2
            unit_width = press.book.width(unit, "fang", self._style.size)
            x = max(0.0, min(centred, self._press.sheet.width - unit_width - width - size))
            press.line(caption, family, size, baseline, x=x)
        if unit:
            press.line(unit, "fang", self._style.size, baseline, right=True)
        press.y += height
        self._pieces += 1
        self._drawn = []
        self._put(self._head, self._layout.height(self._head.lines))

    def _end_piece(self) -> None:
        """Draw what stands on this page: tint, lines, then every text in reading order."""
        press, canvas, lefts = self._press, self._press.canvas, self._layout.lefts
        top = self._drawn[0][1]
        bottom = self._drawn[-1][1] + self._drawn[-1][2]
        canvas.setFillColor(_HEAD_FILL)
        high = self._drawn[0][2]
        canvas.rect(press.sheet.left, press.up(top + high), press.sheet.width, high, stroke=0, fill=1)
        canvas.setFillColor(BLACK)
        canvas.setStrokeColor(_LINE)
        canvas.setLineWidth(_THIN)
        path = canvas.beginPath()
        for _row, start, height in self._drawn[:-1]:
            path.moveTo(self._press.sheet.left, press.up(start + height))
            path.lineTo(self._press.sheet.left + self._press.sheet.width, press.up(start + height))
        for start, stop in _column_stretches(self._drawn):
            for left in lefts[1:-1]:
                path.moveTo(self._press.sheet.left + left, press.up(start))
                path.lineTo(self._press.sheet.left + left, press.up(stop))
        canvas.drawPath(path)
        canvas.setLineWidth(_THICK)
        canvas.rect(self._press.sheet.left, press.up(bottom), self._press.sheet.width, bottom - top, stroke=1, fill=0)
        canvas.setStrokeColor(BLACK)
        canvas.setLineWidth(self._style.size * _THICKENING)
        text = CellText(canvas, self._style.size)
        writer = _Writer(press.book, text, self._style)
        for number, (row, start, height) in enumerate(self._drawn):
            self._write_row(writer, row, start, height, head=number == 0)
            for link in self._links.get(row.number, ()):
                across = link.column < 0
                left, width = (
                    (0.0, self._press.sheet.width) if across else (lefts[link.column], self._layout.widths[link.column])
                )
                press.note_place(left, start, width, height, link.reference)
        writer.use("fang", thick=False)
        canvas.drawText(text)
        self._drawn = []

    def _write_row(self, writer: _Writer, row: _Row, start: float, height: float, *, head: bool) -> None:
        style, layout = self._style, self._layout
        writer.use(layout.family(strong=row.strong), thick=row.strong and style.strong == "fang")
        for number, lines in enumerate(row.cells):
            align: ColumnAlign = "center" if head else layout.aligns[number]
            width = layout.widths[number]
            if row.whole:
                align, width = "left", self._press.sheet.width
            down = start + (height - len(lines) * style.leading) / 2 + baseline_in(style.leading, style.size)
            y = self._press.up(down)
            x = self._press.sheet.left + layout.lefts[number]
            for line in lines:
                if line:
                    writer.write(line, x, width, y, align)
                y -= style.leading


class _Writer:
    """Places cell lines in one text object."""

    def __init__(self, book: FontBook, text: CellText, style: Style) -> None:
        self._book, self._text, self._style = book, text, style
        self._family: Family = "fang"
        self._widths = book.widths("fang")
        self._thick = False

    def use(self, family: Family, *, thick: bool) -> None:
        self._family, self._widths = family, self._book.widths(family)
        if thick != self._thick:
            self._text.setTextRenderMode(2 if thick else 0)
            self._thick = thick

    def write(self, line: str, x: float, width: float, y: float, align: ColumnAlign) -> None:
        style = self._style
        if align == "left":
            x += style.side
        else:
            spare = width - style.size * sum(map(self._widths.__getitem__, line))
            x += spare / 2 if align == "center" else spare - style.side
        self._text.put(x, y, self._book.runs(line, self._family))


_STYLES: Final[dict[str, Style]] = {"normal": NORMAL, "compact": COMPACT, "tight": TIGHT}


def _column_widths(book: FontBook, table: Table, style: Style, room: float) -> list[float]:
    """As declared, except that numbers, dates and short words do not turn: left-aligned columns give up the space."""
    columns = table.columns
    total = sum(column.width for column in columns)
    widths = [room * column.width / total for column in columns]
    plain, strong = book.widths("fang"), book.widths(style.strong)
    for index, column in enumerate(columns):
        if column.align != "left":
            texts = {
                (row[index], number in table.strong)
                for number, row in enumerate(table.rows)
                if number not in table.groups
            }
            widest = max(
                (
                    sum(map((strong if bold else plain).__getitem__, text))
                    for text, bold in texts
                    if text.isascii() or len(text) <= _SHORT
                ),
                default=0.0,
            )
            widths[index] = max(widths[index], widest * style.size + 2 * style.side + 0.1)
    excess = sum(widths) - room
    giving = sum(width for width, column in zip(widths, columns, strict=True) if column.align == "left")
    if excess <= 0.01 or giving <= 2 * excess:
        return [width * room / sum(widths) for width in widths]
    share = 1 - excess / giving
    return [width * (share if column.align == "left" else 1) for width, column in zip(widths, columns, strict=True)]


def _column_stretches(drawn: Sequence[tuple[_Row, float, float]]) -> Iterator[tuple[float, float]]:
    """Where column lines run: everywhere but through group rows."""
    begin: float | None = None
    end = 0.0
    for row, top, height in drawn:
        if row.whole:
            if begin is not None:
                yield begin, end
            begin = None
        elif begin is None:
            begin = top
        end = top + height
    if begin is not None:
        yield begin, end


def _style_for(press: Press, table: Table, label: str) -> Style:
    """The roomiest style in which the table stands on one page; the compact one if it needs several anyway."""
    for style in (NORMAL, COMPACT, TIGHT):
        if len(table.rows) * (style.leading + 2 * style.pad) > press.sheet.height:
            continue
        layout = _Layout(press.book, table, style, press.sheet.width)
        caption = SIZE_S4 * 2.0 if label or table.heading or table.unit else 0.0
        heights = [layout.height(row.lines) for row in (layout.head(), *layout.rows())]
        if caption + sum(heights) + notes_height(press, table) <= press.sheet.height:
            return style
    return COMPACT
