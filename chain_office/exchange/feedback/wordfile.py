"""A Word document's tables and texts, straight from its XML: nothing of it is kept that a form does not need.

The parser is fed as the document says, without a tree: no depth of nesting, no number of elements makes it grow. What
the program's own forms carry besides their text are controls (w:sdt) tagged with the keys of their cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from chain_office.domain.errors import KnownError
from chain_office.domain.feedback import KEYS, cell_key, read_cell_key
from chain_office.exchange.feedback.shape import TALLEST, WIDEST, Cell, Shape, Table

_WORD = ("wordprocessingml/2006/main", "wordprocessingml/main")
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "rt", "pPrChange", "rPrChange", "footnote"}
)
"""What is in the file but not on the page: what was struck out, second copies for older programs, field codes."""
_SYMBOLS = {"F0FE": "☑", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F0FC": "√", "F0FB": "×", "F052": "☑"}
_BOOKMARK = re.compile(r"([a-z_]+?)(?:_(WT\d{1,7})_(\d{1,5}))?")
_DEEPEST = 400


@dataclass(slots=True)
class _Control:
    """An open w:sdt."""

    tag: str = ""
    empty: bool = False
    """It shows what is to be filled in, not what was."""
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Box:
    """An open w:tc."""

    row: int
    column: int
    across: int = 1
    down: int = 1
    continues: bool = False
    parts: list[str] = field(default_factory=list)
    tagged: list[tuple[str, str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    """Bookmarks in it that are named like a tag."""


@dataclass(slots=True)
class _Grid:
    """An open w:tbl."""

    boxes: list[_Box] = field(default_factory=list)
    above: dict[int, _Box] = field(default_factory=dict)
    """Column → the cell a vertical merge goes on from."""
    row: int = -1
    column: int = 0
    box: _Box | None = None


class _Reader:
    """Takes what the parser says, in the document's order."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.loose: list[tuple[int, str]] = []
        self._grids: list[_Grid] = []
        self._controls: list[_Control] = []
        self._paragraphs: list[list[str]] = []
        self._skipping = 0
        self._depth = 0
        self._reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("nested too deeply")
        if self._skipping:
            self._skipping += 1
            return
        space, _, local = name.rpartition(" ")
        if local in _SKIPPED:
            self._skipping = 1
            return
        if space.endswith(_WORD):
            self._start_word(local, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _start_word(self, local: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        grid = self._grids[-1] if self._grids else None
        control = self._controls[-1] if self._controls else None
        if local == "t":
            self._reading = True
        elif local == "p":
            self._paragraphs.append([])
        elif local == "tbl":
            self._grids.append(_Grid())
        elif local == "sdt":
            self._controls.append(_Control())
        elif local in {"tab", "br", "cr", "noBreakHyphen", "sym"} and self._paragraphs:
            marks = {"tab": "\t", "noBreakHyphen": "-", "sym": _SYMBOLS.get(attributes.get("char", "").upper(), "")}
            self._say(marks.get(local, "\n"))
        elif control is not None and local == "tag":
            control.tag = value
        elif control is not None and local == "showingPlcHdr":
            control.empty = value not in {"0", "false", "off"}
        elif grid is not None and local == "bookmarkStart" and grid.box is not None:
            grid.box.marks += _tag_of(attributes.get("name", ""))
        elif grid is not None:
            self._start_in_table(grid, local, value)

    @staticmethod
    def _start_in_table(grid: _Grid, local: str, value: str) -> None:
        if local == "tr":
            grid.row, grid.column = grid.row + 1, 0
        elif local == "gridBefore":
            grid.column += _count(value)
        elif local == "tc":
            grid.box = _Box(grid.row, grid.column)
        elif grid.box is not None and local == "gridSpan":
            grid.box.across = _count(value)
        elif grid.box is not None and local == "vMerge":
            grid.box.continues = value != "restart"

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
            return
        space, _, local = name.rpartition(" ")
        if not space.endswith(_WORD):
            return
        if local == "t":
            self._reading = False
        elif local == "p" and self._paragraphs:
            self._end_paragraph("".join(self._paragraphs.pop()))
        elif local == "sdt" and self._controls:
            self._end_control(self._controls.pop())
        elif local == "tc" and self._grids and self._grids[-1].box is not None:
            self._end_cell(self._grids[-1], self._grids[-1].box)
        elif local == "tbl" and self._grids:
            self._end_table(self._grids.pop())

    def text(self, data: str) -> None:
        if self._reading and not self._skipping:
            self._say(data)

    def _say(self, text: str) -> None:
        if any(control.empty for control in self._controls):
            return
        if self._paragraphs:
            self._paragraphs[-1].append(text)
        for control in self._controls:
            control.parts.append(text)

    def _box(self) -> _Box | None:
        return self._grids[-1].box if self._grids else None

    def _end_paragraph(self, text: str) -> None:
        box = self._box()
        if box is not None:
            box.parts.append(text)
        elif text.strip():
            self.loose.append((len(self.tables), text))
        for control in self._controls:
            control.parts.append("\n")

    def _end_control(self, control: _Control) -> None:
        box = self._box()
        if control.tag and box is not None:
            box.tagged.append((control.tag, "".join(control.parts).strip()))
        elif control.tag and self._grids and self._grids[-1].boxes:  # around a whole cell
            self._grids[-1].boxes[-1].tagged.append((control.tag, "".join(control.parts).strip()))

    def _end_cell(self, grid: _Grid, box: _Box) -> None:
        grid.box = None
        if not any(read_cell_key(tag) for tag, _ in box.tagged):
            box.tagged += [(tag, "") for tag in box.marks[:1]]
        grid.column = box.column + box.across
        first = grid.above.get(box.column)
        if box.continues and first is not None:
            first.down = box.row - first.row + 1
            first.parts += [part for part in box.parts if part.strip()]
            first.tagged += box.tagged
            return
        grid.above[box.column] = box
        if box.row < TALLEST and box.column < WIDEST:
            grid.boxes.append(box)

    def _end_table(self, grid: _Grid) -> None:
        cells = tuple(
            Cell(one.row, one.column, "\n".join(one.parts).strip(), one.across, one.down, tuple(one.tagged))
            for one in grid.boxes
        )
        self.tables.append(Table(f"表{len(self.tables) + 1}", cells))


def _tag_of(bookmark: str) -> list[str]:
    """The tag a bookmark stands for ("done_WT0012_3" → "done@WT0012-3"): another suite keeps it and drops the tag."""
    match = _BOOKMARK.fullmatch(bookmark)
    if match is None or match[1] not in KEYS:
        return []
    return [cell_key(match[1], f"{match[2]}-{match[3]}" if match[2] else "")]


def _count(value: str) -> int:
    return min(max(int(value), 1), WIDEST) if value.isascii() and value.isdigit() else 1


def read_document(name: str, body: bytes, beside: tuple[bytes, ...] = ()) -> Shape:
    """The tables and texts of word/document.xml; ``beside``: headers and footers, whose text stands at the end."""
    reader = _Reader()
    _feed(name, reader, body)
    margins = _Reader()
    for part in beside:
        _feed(name, margins, part)
    # A number may stand in a table of the footer as well as in its text.
    found = [text for _, text in margins.loose] + [cell.text for table in margins.tables for cell in table.cells]
    return Shape(tuple(reader.tables), (*reader.loose, *((len(reader.tables), text) for text in found if text)))


def _feed(name: str, reader: _Reader, xml: bytes) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise KnownError(
            f"“{name}”的内容已损坏，读不出来；请用 Word 或 WPS 打开，另存一份再试。", detail=str(error)
        ) from error
