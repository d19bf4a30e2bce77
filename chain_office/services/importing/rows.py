"""One workbook row on its way into the plan: its values, what to say about it, and whether it may pass."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.periods import last_day, month_of
from chain_office.domain.tables import ParsedCell, ParsedRow, ParsedTable, Question, Remark

if TYPE_CHECKING:
    from collections.abc import Mapping


class Refused(Exception):
    """The row may not be stored; its remarks say why."""


@dataclass(slots=True)
class Incoming:
    """A row being planned. Desk planners read cells from it and leave remarks, questions and values on it."""

    table: ParsedTable
    parsed: ParsedRow
    answers: Mapping[str, str]
    warned: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def take(self, name: str) -> object | None:
        """The value of a field; noted for the row's listing."""
        value = self.parsed.value(name)
        if value is not None:
            self.values[name] = value
        return value

    def text(self, name: str) -> str | None:
        """A text field."""
        value = self.take(name)
        return None if value is None else str(value)

    def money(self, name: str) -> int | None:
        """A money field in 元."""
        value = self.take(name)
        return value if isinstance(value, int) else None

    def cell(self, name: str) -> ParsedCell | None:
        """The first cell of a field that says something."""
        return self.parsed.cell(name)

    def day(self, name: str, *, first_of_month: bool = False) -> tuple[date | None, str]:
        """A date field and its precision. A month is its last day (by then it had surely happened), or its first with
        ``first_of_month`` (a register is entered or left for the whole month)."""
        cell = self.parsed.cell(name)
        if cell is None or not isinstance(cell.reading.value, date):
            return None, "day"
        day, precision = cell.reading.value, cell.reading.precision
        if precision == "month":
            day = day.replace(day=1) if first_of_month else last_day(month_of(day))
            if first_of_month:
                self._say_first_of_month(cell, day)
        self.values[name] = day
        return day, precision

    def _say_first_of_month(self, cell: ParsedCell, day: date) -> None:
        """Reading the cell said the month's last day; here it counts from the first."""
        self.warned = [
            replace(one, reason=f"“{cell.text}”没有写到日，按{day}记")
            if one.column == cell.column and one.text == cell.text and "没有写到日" in one.reason
            else one
            for one in self.warned
        ]

    @property
    def table_day(self) -> date | None:
        """The day the table's title states; a month is its last day; a year alone is none."""
        day, precision = self.table.title_date, self.table.title_precision
        if day is None or precision not in {"day", "month"}:
            return None
        return last_day(month_of(day)) if precision == "month" else day

    def heading(self, name: str) -> str:
        """The heading a field stands under in this table, else ""."""
        for cell in self.parsed.cells:
            if cell.field == name:
                return cell.column
        return next((heading for heading, field in self.table.columns if field == name), "")

    def shown(self, name: str) -> str:
        """What stands in the field's cell."""
        for cell in self.parsed.cells:
            if cell.field == name and cell.text:
                return cell.text
        return ""

    def warn(self, name: str, reason: str) -> None:
        """Say something about a field and go on."""
        self.warned.append(Remark(self.parsed.row, self.heading(name), self.shown(name), reason))

    def refuse(self, name: str, reason: str) -> Refused:
        """The row may not be stored, for this reason. Use as ``raise incoming.refuse(...)``."""
        self.refused.append(Remark(self.parsed.row, self.heading(name), self.shown(name), reason))
        return Refused(reason)

    def ask(
        self, name: str, reason: str, *, topic: str = "", choices: tuple[str, ...] = (), whole_table: bool = False
    ) -> str:
        """The answer to a question; without one the row is refused with the question as its reason."""
        answer, question = self.question(name, reason, topic=topic, choices=choices, whole_table=whole_table)
        if answer is not None:
            return answer
        self.refused.append(Remark(self.parsed.row, self.heading(name), self.shown(name), reason, question=question.id))
        raise Refused(reason)

    def question(
        self, name: str, reason: str, *, topic: str = "", choices: tuple[str, ...] = (), whole_table: bool = False
    ) -> tuple[str | None, Question]:
        """The answer given beforehand, or None; the question is noted either way. Its id never is that of a cell, whose
        answer replaces the cell's text before the row gets here."""
        column = self.heading(name) or name
        where = "*" if whole_table else str(self.parsed.row)
        asked = Question(f"{self.table.sheet}!{where}!{column}!{name}", self.table.sheet, reason, choices, topic)
        answer = self.answers.get(asked.id)
        if answer is None:
            self.questions.append(asked)
        return answer, asked
