"""A text document of LibreOffice (.odt): its tables and texts."""

from __future__ import annotations

from xml.parsers import expat

from chain_office.domain.errors import KnownError
from chain_office.exchange.feedback.shape import TALLEST, WIDEST, Cell, Shape, Table

_TEXT, _TABLE = "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_DEEPEST = 400
_MOST_SPACES = 100


class _Reader:
    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.loose: list[tuple[int, str]] = []
        self._open: list[tuple[list[Cell], list[int]]] = []
        """Tables being read: their cells, and [row, column]."""
        self._cells: list[tuple[int, int, list[str]]] = []
        """Cells being read: columns and rows covered, paragraphs."""
        self._paragraphs: list[list[str]] = []
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("nested too deeply")
        space, _, local = name.rpartition(" ")
        if space == _TEXT and local in {"p", "h"}:
            self._paragraphs.append([])
        elif space == _TEXT and self._paragraphs:
            spaces = min(_count(attributes.get(f"{_TEXT} c", "1")), _MOST_SPACES)
            self._paragraphs[-1].append({"s": " " * spaces, "tab": "\t", "line-break": "\n"}.get(local, ""))
        elif space == _TABLE and local == "table":
            self._open.append(([], [-1, 0]))
        elif space == _TABLE and self._open:
            at = self._open[-1][1]
            if local == "table-row":
                at[0], at[1] = at[0] + 1, 0
            elif local == "table-cell":
                across = _count(attributes.get(f"{_TABLE} number-columns-spanned", "1"))
                down = _count(attributes.get(f"{_TABLE} number-rows-spanned", "1"))
                self._cells.append((across, down, []))
            elif local == "covered-table-cell":
                at[1] += _count(attributes.get(f"{_TABLE} number-columns-repeated", "1"))

    def end(self, name: str) -> None:
        self._depth -= 1
        space, _, local = name.rpartition(" ")
        if space == _TEXT and local in {"p", "h"} and self._paragraphs:
            text = "".join(self._paragraphs.pop())
            if self._cells:
                self._cells[-1][2].append(text)
            elif text.strip():
                self.loose.append((len(self.tables), text))
        elif space == _TABLE and local == "table-cell" and self._cells and self._open:
            across, down, parts = self._cells.pop()
            cells, at = self._open[-1]
            if at[0] < TALLEST and at[1] < WIDEST:
                cells.append(Cell(at[0], at[1], "\n".join(parts).strip(), across, down))
            at[1] += 1
        elif space == _TABLE and local == "table" and self._open:
            cells, _ = self._open.pop()
            self.tables.append(Table(f"表{len(self.tables) + 1}", tuple(cells)))

    def text(self, data: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].append(data)


def _count(value: str) -> int:
    return min(max(int(value), 1), TALLEST) if value.isascii() and value.isdigit() else 1


def read_open_text(name: str, body: bytes) -> Shape:
    """The tables and texts of content.xml."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError) as error:
        raise KnownError(
            f"“{name}”的内容已损坏，读不出来；请另存为 Word 文档（*.docx）后再试。", detail=str(error)
        ) from error
    return Shape(tuple(reader.tables), tuple(reader.loose))
