"""Find the heading rows of a sheet's tables, and what each column is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.headings import unit_of
from chain_office.domain.plain import plain
from chain_office.exchange.book import UNSAVED
from chain_office.exchange.captions import is_caption
from chain_office.exchange.grid import Grid, is_number, is_year
from chain_office.exchange.vocabulary import SEQUENCE, core, heading_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.exchange.vocabulary import Lexicon

MAX_HEADING_ROWS = 4
MAX_HEADING_LENGTH = 60
BROKEN = re.compile(r"^#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$")
NUMBERED = re.compile(r"^\d+(\.0)?$")
VALUE = re.compile(
    r"^((19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,3}(,\d{3})+(\.\d+)?|"
    r"[+-]?\d[\d,.]*(-\d[\d,.]*)?(万元?|亿元?|千元|元)|\d{2,}[\d.]*-\d{2,}[\d.]*)$"
)
UNIT_WORD = re.compile(
    r"(?:[亿万千百]*元|万?亩|公顷|万?平方米|㎡|%|‰|[个家户人项吨年]|万[人吨]|[万亿]?千瓦时|[万亿]?度)"
)
INDEX_CELL = re.compile(r"^[(（]?(\d{1,2}|[甲乙丙丁戊])[)）]?([=＝].*)?$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: where it stands, its headings from the top level down, the unit they state."""

    index: int
    levels: tuple[str, ...]
    unit: str = ""

    @property
    def title(self) -> str:
        """The heading as said to people: its levels joined."""
        return "/".join(self.levels)

    @property
    def cores(self) -> tuple[str, ...]:
        """The levels as they are compared."""
        return tuple(name for level in self.levels if (name := core(level)))


@dataclass(frozen=True, slots=True)
class HeadBlock:
    """Heading rows ``top`` to ``bottom`` (included, counted from 0) and the columns under them."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    @property
    def left(self) -> int:
        """The first column with a heading."""
        return self.columns[0].index if self.columns else 0


def find_blocks(grid: Grid, lexicon: Lexicon) -> list[HeadBlock]:
    """All heading blocks from the top down; a heading repeated down the page appears each time."""
    known: dict[str, bool] = {}

    def is_heading(text: str) -> bool:
        if len(text) > MAX_HEADING_LENGTH:
            return False
        if text not in known:
            known[text] = lexicon.is_heading(text)
        return known[text]

    blocks: list[HeadBlock] = []
    row = 0
    while row < grid.height:
        filled = grid.filled(row)
        if _looks_like_heading(grid, row, filled, is_heading) and not (blocks and _goes_on(grid, row, is_heading)):
            top = _extend_up(grid, row, blocks[-1].bottom if blocks else -1)
            bottom = _extend_down(grid, row, is_heading)
            bottom = bottom + 1 if _is_unit_row(grid, bottom + 1) else bottom
            columns = _columns(grid, top, bottom)
            bottom = _skip_index_row(grid, bottom)
            blocks.append(HeadBlock(top, bottom, columns))
            row = bottom
        row += 1
    return blocks


def _looks_like_heading(grid: Grid, row: int, filled: list[tuple[int, str]], is_heading: Callable[[str], bool]) -> bool:
    if len(filled) < 2 or sum(_is_figure(grid.raw(row, column)) for column, _ in filled) > 1:
        return False
    if any(_is_value(grid.raw(row, column), text) for column, text in filled) or NUMBERED.match(filled[0][1]):
        return False
    hits = sum(is_heading(text) for _, text in filled)
    if hits >= 2 and hits >= 0.4 * len(filled):
        return True
    below = grid.filled(row + 1)
    parents = any(grid.span(row, column) > 1 for column, _ in filled)
    hits_below = sum(is_heading(text) for _, text in below)
    return hits >= 1 and parents and hits_below >= 2 and not any(_is_figure(grid.raw(row + 1, c)) for c, _ in below)


def _goes_on(grid: Grid, row: int, is_heading: Callable[[str], bool]) -> bool:
    """Whether a row is more likely one more body row: few words that are headings too, right under a full row."""
    hits = sum(is_heading(text) for _, text in grid.filled(row))
    return hits < 3 and len(grid.filled(row - 1)) > 1


def _is_figure(raw: object) -> bool:
    """A number that is no year: years stand in headings too."""
    return is_number(raw) and not is_year(raw)


def _is_value(raw: object, text: str) -> bool:
    """What only a body row holds: a whole date, an amount with its unit, a number too large for a year or an index."""
    if isinstance(raw, date) or (isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) > 2100):
        return True
    return VALUE.match(plain(text)) is not None or _is_broken(text)


def _is_broken(text: str) -> bool:
    """An error value or a formula without a result: never a heading."""
    return text == UNSAVED or BROKEN.match(text) is not None


def _extend_up(grid: Grid, row: int, floor: int) -> int:
    """Take in rows of group headings above the row that was recognised."""
    top = row
    while top - 1 > floor and row - top < MAX_HEADING_ROWS - 1:
        above = grid.filled(top - 1)
        texts = [text for _, text in above]
        if not above or any(is_caption(text) or len(text) > MAX_HEADING_LENGTH for text in texts):
            break
        if any(_is_figure(grid.raw(top - 1, column)) for column, _ in above):
            break
        parents = sum(grid.span(top - 1, column) > 1 for column, _ in above)
        wide = any(grid.span(top - 1, column) > 0.7 * len(grid.rows[row]) for column, _ in above)
        if len(above) == 1 and (wide or not parents or above[0][0] <= _first_column(grid, row)):
            break
        if len(above) > 1 and not parents and not _covers_from_above(grid, top, above):
            break
        top -= 1
    return top


def _first_column(grid: Grid, row: int) -> int:
    filled = grid.filled(row)
    return filled[0][0] if filled else 0


def _covers_from_above(grid: Grid, row: int, above: list[tuple[int, str]]) -> bool:
    """Whether unmerged parents stand above: some columns of ``row`` are only named there."""
    named = {column for column, _ in grid.filled(row)}
    return any(column not in named for column, _ in above) and len(above) >= 2


def _extend_down(grid: Grid, row: int, is_heading: Callable[[str], bool]) -> int:
    bottom = row
    top = row
    while bottom + 1 < grid.height and bottom - top < MAX_HEADING_ROWS - 1:
        merges = (grid.merge_at(bottom, column) for column, _ in _shown(grid, bottom))
        crossing = sum(merge is not None and merge[2] > bottom for merge in merges)
        if not _is_child_row(grid, top, bottom, is_heading):
            if not crossing:
                break
            if grid.filled(bottom + 1) and (crossing < 2 or not _only_labels(grid, bottom + 1)):
                break  # a merge that runs into the body
        bottom += 1
    return bottom


def _only_labels(grid: Grid, row: int) -> bool:
    """Whether a row holds nothing that only a body row does: no number, no day, no long text."""
    return not any(
        _is_figure(grid.raw(row, column)) or isinstance(grid.raw(row, column), date) or len(text) > MAX_HEADING_LENGTH
        for column, text in grid.filled(row)
    )


def _shown(grid: Grid, row: int) -> list[tuple[int, str]]:
    """The cells of a row with merged values put where they show first in this row."""
    found = []
    for column in range(len(grid.rows[row])):
        merge = grid.merge_at(row, column)
        if merge and merge[1] != column:
            continue
        text = grid.text(merge[0], merge[1]) if merge else grid.text(row, column)
        if text:
            found.append((column, text))
    return found


def _is_child_row(grid: Grid, top: int, bottom: int, is_heading: Callable[[str], bool]) -> bool:
    """Whether the row below continues the headings: only labels, only under parents, nothing under single columns."""
    row = bottom + 1
    below = grid.filled(row)
    if not below or any(_is_figure(grid.raw(row, column)) or _is_broken(text) for column, text in below):
        return False
    if any(len(text) > MAX_HEADING_LENGTH for _, text in below):
        return False
    free = known = 0
    for column, text in below:
        merge = grid.merge_at(bottom, column)
        if merge and merge[3] > merge[1]:
            free += 1  # under a merged parent
        elif not _text_above(grid, top, bottom, column):
            if not _parent_to_the_left(grid, top, bottom, column):
                return False
            free += 1
        elif core(_text_above(grid, top, bottom, column)) in SEQUENCE:
            return False
        elif is_heading(text):
            known += 1  # an only child
        elif not _starts_unmerged_parent(grid, top, bottom, column):
            return False  # under a heading of its own stands a value, unless that heading has room for children
    return free > 0 or known >= 2


def _text_above(grid: Grid, top: int, bottom: int, column: int) -> str:
    for row in range(bottom, top - 1, -1):
        text = grid.text(*grid.origin(row, column))
        if text:
            return text
    return ""


def _parent_to_the_left(grid: Grid, top: int, bottom: int, column: int) -> bool:
    for row in range(bottom, top - 1, -1):
        for left in range(column - 1, -1, -1):
            if grid.text(*grid.origin(row, left)):
                return grid.text(row + 1, left) != "" or grid.text(bottom + 1, left) != ""
    return False


def _starts_unmerged_parent(grid: Grid, top: int, bottom: int, column: int) -> bool:
    """Whether the next column, inside the table, has no heading above: the cell here is the parent of both."""
    row = bottom + 1
    merge = grid.merge_at(bottom, column)
    if merge and merge[2] > merge[0]:
        return False
    inside = any(grid.text(*grid.origin(top, right)) for right in range(column + 2, grid.width))
    labelled = grid.text(row, column + 1) != ""
    return (labelled or inside) and not _text_above(grid, top, bottom, column + 1)


def _is_unit_row(grid: Grid, row: int) -> bool:
    """Whether a row under the headings holds nothing but their units: (亿元) (万元) %."""
    below = grid.filled(row)
    return bool(below) and all(len(text) <= 12 and _unit_alone(text) for _, text in below)


def _unit_alone(text: str) -> str:
    """The unit, if a cell says nothing else."""
    inner = re.sub(r"^单位[:：]", "", plain(text).strip("()[] "))
    return (unit_of(inner) or "") if UNIT_WORD.fullmatch(inner) else ""


def _skip_index_row(grid: Grid, bottom: int) -> int:
    """Step over a row of column numbers (1 2 3, 甲 乙 1 2) under the headings."""
    below = grid.filled(bottom + 1)
    if len(below) < 3 or not all(INDEX_CELL.match(plain(text)) for _, text in below):
        return bottom
    digits = [int(match[1]) for _, text in below if (match := INDEX_CELL.match(plain(text))) and match[1].isdigit()]
    return bottom + 1 if digits == list(range(digits[0], digits[0] + len(digits))) and digits[0] <= 3 else bottom


def _columns(grid: Grid, top: int, bottom: int) -> tuple[Column, ...]:
    columns = []
    for index in range(grid.width):
        levels: list[str] = []
        units: list[str] = []
        for row in range(top, bottom + 1):
            text = _level(grid, top, bottom, row, index)
            if levels and _unit_alone(text):
                units.append(_unit_alone(text))
            elif text and (not levels or levels[-1] != _tight(text)):
                levels.append(_tight(text))
                units.append(heading_unit(text))
        if levels:
            unit = next((one for one in reversed(units) if one), "")
            columns.append(Column(index, tuple(levels), unit))
    return tuple(columns)


def _tight(text: str) -> str:
    """A heading as said to people: blanks and line ends inside Chinese words dropped."""
    tight = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text)
    return f"{tight}年" if re.fullmatch(r"(?:19|20)\d\d", tight) else tight


def _level(grid: Grid, top: int, bottom: int, row: int, column: int) -> str:
    """The heading that counts for a column in one heading row: its own, its merge's, or an unmerged parent's."""
    text = grid.text(*grid.origin(row, column))
    if text or row == bottom or grid.merge_at(row, column):
        return text
    if not any(grid.text(*grid.origin(below, column)) for below in range(row + 1, bottom + 1)):
        return ""
    if (
        any(grid.text(*grid.origin(above, column)) for above in range(top, row))
        and row > top
        and not _has_parent(grid, row, column)
    ):
        return ""
    for left in range(column - 1, -1, -1):
        found = grid.text(*grid.origin(row, left))
        if found:
            has_child = any(
                grid.text(below, left) and grid.origin(below, left) != grid.origin(row, left)
                for below in range(row + 1, bottom + 1)
            )
            return found if has_child and not grid.merge_at(row, left) else ""
    return ""


def _has_parent(grid: Grid, row: int, column: int) -> bool:
    """Whether a label to the left in the same row could stretch over this column."""
    return any(grid.text(row, left) for left in range(column))
