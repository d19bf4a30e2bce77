"""From a form's cells to its lines: tagged controls first, then a heading row's columns, then labels with what stands
beside or below them. What stands once over or under the lines belongs to all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chain_office.domain.feedback import FILLED, MARK, ONCE, read_cell_key, read_receipt
from chain_office.domain.plain import plain
from chain_office.exchange.feedback.form import FormRow
from chain_office.exchange.feedback.labels import heading_key, inline_values, label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chain_office.exchange.feedback.shape import Cell, Shape, Table

_FILLED = frozenset(spec.name for spec in FILLED)
_ANSWERS = _FILLED - set(ONCE)
"""What is filled in for each problem."""
_IDENTIFIES = frozenset({"code", "record_no", "problem", "enterprise"})
_PLACEHOLDER = re.compile(
    r"^(?:单击|点击)[^。]{0,12}(?:此处|这里|输入|填写|选择)[^。]{0,14}[。.]?$|^(?:请?选择|请?填写)[。.…]*$"
)
_NOTE = re.compile(r"^(?:备注|说明|填表说明|填报说明|注)[:：]|^(?:合计|总计|小计)$")
_MOST_HEADINGS_AT = 40
"""A heading row stands among the first rows."""
_JOINED = frozenset({"done", "reason", "next_step"})


@dataclass(slots=True)
class _Line:
    """A line being put together."""

    row: int
    table: int
    values: dict[str, object] = field(default_factory=dict)
    code: str = ""
    """By the tags of its controls."""

    def put(self, key: str, value: object) -> None:
        if not _is_empty(value):
            self.values.setdefault(key, value)


def read_lines(shape: Shape) -> tuple[str, tuple[FormRow, ...]]:
    """The title of a form and its lines, in their order."""
    once: dict[str, object] = {}
    lines: list[_Line] = []
    sheets = len(shape.tables) > 1
    for number, table in enumerate(shape.tables):
        lines += _Tabled(table, number, once).lines()
    for _, text in shape.loose:
        for key, value in inline_values(text).items():
            if key in ONCE:
                once.setdefault(key, value)
    _claim_loose_codes(lines, shape)
    word = not shape.tables or shape.tables[0].name.startswith("表")
    rows = tuple(
        FormRow(
            _code(line),
            {**{key: value for key, value in once.items() if key in ONCE}, **line.values},
            _place(shape.tables[line.table].name, line.row, sheets=sheets, word=word),
        )
        for line in _joined(lines)
        if _says_anything(line)
    )
    return _title(shape), rows if _is_form(rows, shape) else ()


def _is_form(rows: Sequence[FormRow], shape: Shape) -> bool:
    return any(row.receipt for row in rows) or (bool(rows) and MARK in _title(shape))


def _title(shape: Shape) -> str:
    """The first short text that says 反馈表, else the first of all."""
    texts = [plain(text) for _, text in shape.loose]
    texts += [plain(cell.text) for table in shape.tables for cell in table.cells if cell.row <= 3 and cell.text]
    return next((text for text in texts if MARK in text and len(text) <= 60), texts[0][:60] if texts else "")


def _code(line: _Line) -> str:
    """What is printed on the page goes before what a control says: a copied table is retyped, not retagged."""
    printed = read_receipt(line.values.get("code")) or read_receipt(line.values.get("record_no"))
    tagged = read_receipt(line.code)
    if printed is not None and tagged is not None and printed.seq is None and printed.number == tagged.number:
        return line.code
    number = read_receipt(line.values.get("record_no"))
    if printed is not None and number is not None and number.number != printed.number:
        return number.record_no  # one of the two was retyped: the number alone tells less, and nothing wrong
    told = line.values.get("code") if read_receipt(line.values.get("code")) else line.values.get("record_no")
    return plain(told) if printed is not None else line.code


def _place(table: str, row: int, *, sheets: bool, word: bool) -> str:
    where = f"第{row + 1}行"
    return f"{table} {where}" if word or sheets else where


def _says_anything(line: _Line) -> bool:
    return bool(line.code or set(line.values) & (_IDENTIFIES | _ANSWERS))


def _joined(lines: list[_Line]) -> Iterator[_Line]:
    """Rows of one line put together: a unit that types on in the next row, or a number that covers several."""
    kept: _Line | None = None
    for line in lines:
        same = kept is not None and kept.table == line.table and _goes_on(kept, line)
        if kept is None or not same:
            if kept is not None:
                yield kept
            kept = line
            continue
        for key, value in line.values.items():
            if key in _JOINED and key in kept.values and plain(kept.values[key]) != plain(value):
                kept.values[key] = f"{kept.values[key]}\n{value}"
            else:
                kept.put(key, value)
    if kept is not None:
        yield kept


def _goes_on(above: _Line, line: _Line) -> bool:
    if line.code or "code" in line.values or "record_no" in line.values:
        return bool(_code(line)) and _code(line) == _code(above)
    return not set(line.values) & _IDENTIFIES and bool(_code(above)) and "status" not in line.values


def _claim_loose_codes(lines: list[_Line], shape: Shape) -> None:
    """A 回执号 that stands outside the tables (above a form, at the foot of a page) is that of a table without one."""
    found = [(at, str(text)) for at, text in shape.loose if read_receipt(text)]
    for line in lines:
        if _code(line) or not set(line.values) & _ANSWERS:
            continue
        above = [text for at, text in found if at == line.table]
        below = [text for at, text in found if at == line.table + 1]
        told = above[-1] if above else below[0] if below else ""
        alone = sum(other.table == line.table for other in lines) == 1
        if told and alone and (len(found) >= 1):
            receipt = read_receipt(told)
            assert receipt is not None
            line.code = receipt.record_no if receipt.seq is None else f"{receipt.record_no}-{receipt.seq}"


def _is_empty(value: object) -> bool:
    if not isinstance(value, str):
        return value is None
    text = value.strip()
    return not text or bool(_PLACEHOLDER.match(plain(text))) or not text.strip("_＿ 　\n年月日")


class _Tabled:
    """One table's lines."""

    def __init__(self, table: Table, number: int, once: dict[str, object]) -> None:
        self._table = table
        self._number = number
        self._once = once

    def lines(self) -> list[_Line]:
        """By columns where there is a heading row, else by labels."""
        found = self._heading_row()
        if found is None:
            lines = self._by_labels(0, self._table.height)
            self._keep_once([line for line in lines if not _code(line)])
            return lines
        row, columns = found
        self._keep_once(self._by_labels(0, row))
        return self._by_columns(row, columns)

    def _keep_once(self, lines: list[_Line]) -> None:
        for line in lines:
            for key, value in line.values.items():
                if key in ONCE:
                    self._once.setdefault(key, value)

    def _heading_row(self) -> tuple[int, dict[int, str]] | None:
        """The row that names most columns: column → key."""
        best: tuple[int, int, dict[int, str]] | None = None
        for row in range(min(self._table.height, _MOST_HEADINGS_AT)):
            columns, filled = self._columns(row)
            keys = set(columns.values())
            if len(keys) < 3 or not keys & _IDENTIFIES or not keys & _FILLED or len(columns) * 2 < filled:
                continue
            if best is None or len(keys) > best[0]:
                best = (len(keys), row, columns)
        return (best[1], best[2]) if best else None

    def _columns(self, row: int) -> tuple[dict[int, str], int]:
        named: dict[str, tuple[bool, int]] = {}
        cells = [cell for cell in self._table.row(row) if cell.text]
        for cell in cells:
            if cell.across > 1 and not label_key(cell.text):
                continue  # a heading over several columns names no single one
            key, exact = heading_key(cell.text), bool(label_key(cell.text))
            if key and (key not in named or (exact and not named[key][0])):
                named[key] = (exact, cell.column)
        return {column: key for key, (_, column) in named.items()}, len(cells)

    def _by_columns(self, heading: int, columns: dict[int, str]) -> list[_Line]:
        lines: list[_Line] = []
        for row in range(heading + 1, self._table.height):
            cells = [cell for cell in self._table.row(row) if cell.text or cell.tagged]
            if not cells or self._is_heading(cells) or self._is_aside(row, cells):
                continue
            line = _Line(row, self._number)
            for cell in cells:
                self._put_tagged(line, cell)
            for column, key in columns.items():
                cell_at = self._table.at(row, column)
                if cell_at is not None and not _tags(cell_at):
                    line.put(key, cell_at.raw)
            lines.append(line)
        return lines

    @staticmethod
    def _is_heading(cells: Sequence[Cell]) -> bool:
        """The heading again, at the top of another page, or its second row."""
        return sum(bool(label_key(cell.text)) for cell in cells) * 2 > len(cells)

    def _is_aside(self, row: int, cells: Sequence[Cell]) -> bool:
        """A line of text under or between the rows: notes, sums, who filled the form in."""
        if any(_tags(cell) for cell in cells) or len(cells) > 4:
            return False
        if _NOTE.match(plain(cells[0].text)):
            return True
        told = [key for cell in cells for key in inline_values(cell.text) if key in ONCE]
        labels = [cell for cell in cells if label_key(cell.text) in ONCE]
        if told or labels:
            self._keep_once(self._by_labels(row, row + 1))
            return True
        return False

    def _put_tagged(self, line: _Line, cell: Cell) -> None:
        tags = _tags(cell)
        for key, code, text in tags:
            line.code = line.code or code
            # What was typed beside the control is in the cell, too.
            line.put(key, _without_label(cell.text) if len(tags) == 1 and not _is_empty(cell.text) else text)

    def _by_labels(self, first: int, until: int) -> list[_Line]:
        """Labels with their values; a record number begins another line."""
        lines = [_Line(first, self._number)]
        claimed: set[int] = set()
        for row in range(first, until):
            cells = self._table.row(row)
            found = list(self._labelled(row, cells, claimed))
            codes = [code for cell in cells for _, code, _ in _tags(cell) if code]
            numbers = [value for key, value in found if key in {"code", "record_no"} and read_receipt(value)]
            if self._begins_another(lines[-1], codes, numbers):
                lines.append(_Line(row, self._number))
            for cell in cells:
                if cell.row == row:
                    self._put_tagged(lines[-1], cell)
            for key, value in found:
                lines[-1].put(key, value)
        head = lines[0]
        if len(lines) > 1 and not _code(head):
            self._keep_once(lines[:1])
            lines = lines[1:]
        for line in lines[1:]:
            for key in ONCE:
                if key in head.values and len({_code(one) for one in lines}) > 1:
                    line.values.setdefault(key, head.values[key])
        return lines

    @staticmethod
    def _begins_another(line: _Line, codes: Sequence[str], numbers: Sequence[object]) -> bool:
        if not _code(line):
            # Labels above the first number are its head, unless something of a line was filled in there already.
            return bool(codes or numbers) and bool(set(line.values) & _ANSWERS)
        printed = line.values.get("code") or line.values.get("record_no")
        return any(_other_than(printed, one) for one in numbers) or any(_other_than(line.code, one) for one in codes)

    def _labelled(self, row: int, cells: Sequence[Cell], claimed: set[int]) -> Iterator[tuple[str, object]]:
        for place, cell in enumerate(cells):
            if cell.row != row or id(cell) in claimed:
                continue
            key = label_key(cell.text)
            if not key:
                yield from inline_values(cell.text).items()
                continue
            beside = cells[place + 1] if place + 1 < len(cells) else None
            if beside is None or label_key(beside.text):
                beside = self._table.at(cell.row + cell.down, cell.column)
            if beside is None or label_key(beside.text) or beside is cell:
                continue
            claimed.add(id(beside))
            if not _tags(beside):
                yield key, beside.raw


def _other_than(here: object, there: object) -> bool:
    """Whether two numbers are of different problems; one that is missing is of none."""
    one, other = read_receipt(here), read_receipt(there)
    return one is not None and other is not None and one.number != other.number


def _tags(cell: Cell) -> list[tuple[str, str, str]]:
    """Our own controls in a cell: key, 回执号, text."""
    found = []
    for tag, text in cell.tagged:
        ours = read_cell_key(tag)
        if ours is not None:
            found.append((*ours, text))
    return found


def _without_label(text: str) -> str:
    """ "填报人：张三" in a cell of its own is 张三."""
    label, colon, rest = text.partition("：" if "：" in text else ":")
    return rest.strip() if colon and label_key(label) else text
