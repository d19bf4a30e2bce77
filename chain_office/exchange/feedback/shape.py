"""A form as read from any kind of file, before anything is understood: tables of cells, and the text around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from chain_office.domain.plain import cell_text

WIDEST, TALLEST = 80, 3000
"""No form has more columns or rows; what lies beyond is not looked at."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its own place. ``down``, ``across``: rows and columns it covers. ``raw``: what it holds (a text, or a
    workbook's number or day). ``tagged``: the controls in it as (tag, text)."""

    row: int
    column: int
    raw: object
    across: int = 1
    down: int = 1
    tagged: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """What it says."""
        return cell_text(self.raw)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or a whole worksheet. ``name`` is how people find it ("表2", "Sheet1")."""

    name: str
    cells: tuple[Cell, ...]
    _rows: dict[int, dict[int, Cell]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.down, TALLEST)):
                places = self._rows.setdefault(row, {})
                for column in range(cell.column, min(cell.column + cell.across, WIDEST)):
                    places.setdefault(column, cell)

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max(self._rows, default=-1) + 1

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place."""
        return self._rows.get(row, {}).get(column)

    def row(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover a row, from left to right, each once."""
        places = self._rows.get(row, {})
        return tuple({id(places[column]): places[column] for column in sorted(places)}.values())


@dataclass(frozen=True, slots=True)
class Shape:
    """A file's tables in order and the text outside them: ``loose`` as (number of tables before it, text)."""

    tables: tuple[Table, ...]
    loose: tuple[tuple[int, str], ...] = ()
