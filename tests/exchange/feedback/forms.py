"""Forms for the tests, as units send them back: Word with and without tagged controls, workbooks by columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from chain_office.domain import feedback

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docx.table import _Cell

GRID = (
    ("code", "record_no"), ("enterprise", "role"), ("problem",), ("deadline", "received"), ("received_by", "received_day"),
    ("status", "due_day"), ("done",), ("reason",), ("next_step",),
)  # fmt: skip
COLUMNS = (
    "code", "record_no", "enterprise", "problem", "role", "deadline", "received", "received_by", "received_day", "status",
    "done", "reason", "next_step", "due_day", "filled_by", "filled_day",
)  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """One line: what every cell says, by key."""

    values: dict[str, object] = field(default_factory=dict)

    def text(self, key: str) -> str:
        return str(self.values.get(key, ""))


def _tag(cell: _Cell, key: str, text: str) -> None:
    """Put the text into a tagged control, as the program's own forms do."""
    paragraph = cell.paragraphs[0]
    control, about, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    tag = OxmlElement("w:tag")
    tag.set(qn("w:val"), key)
    about.append(tag)
    run = paragraph.add_run(text)._r
    content.append(run)
    control.append(about)
    control.append(content)
    paragraph._p.append(control)


def word_form(path: Path, lines: Sequence[Filled], *, unit: str, day: str = "", tagged: bool = True) -> Path:
    """A Word form: the unit above, a grid for each problem."""
    document = docx.Document()
    document.add_paragraph(feedback.TITLE)
    document.add_paragraph(f"填报单位（盖章）：{unit}　　填报日期：{day}")
    for line in lines:
        table = document.add_table(len(GRID), 4)
        for row, keys in enumerate(GRID):
            for place, key in enumerate(keys):
                table.cell(row, 2 * place).text = feedback.spec(key).label
                value = table.cell(row, 2 * place + 1)
                if len(keys) == 1:
                    value = value.merge(table.cell(row, 3))
                if tagged:
                    _tag(value, feedback.cell_key(key, line.text("code")), line.text(key))
                else:
                    value.text = line.text(key)
        document.add_paragraph()
    document.save(str(path))
    return path


def sheet_form(
    path: Path,
    lines: Sequence[Filled],
    *,
    unit: str,
    columns: Sequence[str] = COLUMNS,
    headings: dict[str, str] | None = None,
) -> Path:
    """A workbook: a title, the unit, a heading row, a row for each problem."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("反馈表")
    sheet.merge_range(0, 0, 0, len(columns) - 1, feedback.TITLE)
    sheet.write(1, 0, f"填报单位：{unit}")
    for column, key in enumerate(columns):
        sheet.write(2, column, (headings or {}).get(key, feedback.spec(key).label))
    for row, line in enumerate(lines, start=3):
        for column, key in enumerate(columns):
            value = line.values.get(key, "")
            sheet.write(row, column, value)
    book.close()
    return path
