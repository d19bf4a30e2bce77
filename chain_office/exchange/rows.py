"""Read a table's body cells by the kinds of their fields; ask what only a person can tell, refuse what is bad."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.kinds import BadValue, Context, Reading
from chain_office.domain.plain import cell_text, is_empty_mark, plain
from chain_office.domain.quantities import QuantityKind
from chain_office.domain.tables import ParsedCell, ParsedRow, Question, Remark
from chain_office.exchange.banks import BANK_AMOUNTS, leading_bank
from chain_office.exchange.book import UNSAVED
from chain_office.exchange.shared_amounts import settle_banks
from chain_office.exchange.vocabulary import core

if TYPE_CHECKING:
    from collections.abc import Mapping as Answers

    from chain_office.domain.kinds import Kind
    from chain_office.domain.specs import FieldSpec
    from chain_office.exchange.body import BodyRow
    from chain_office.exchange.captions import Captions
    from chain_office.exchange.grid import Grid
    from chain_office.exchange.matches import Match

LINE_END_IN_WORD = re.compile(r"(?<=[\u3400-\u9fff）)])\s*\n\s*(?=[\u3400-\u9fff（(])")
IDLE = re.compile(r"^(?:已|全面|临时)?(?:停产|停工|停业|关停|未投产|未生产|未开工|检修)(?:检修|整改|中)?$")
MONTH_NUMBER = re.compile(r"^(?:0?[1-9]|1[0-2])$")
SEVERAL_FIRMS = re.compile(r"(?<=公司|集团)\s*\n\s*(?=\S{2,}(?:公司|集团|厂))")
STRICT = frozenset({"key", "amount", "date"})
IDENTITIES = frozenset({"record_no", "uscc", "code"})
HAND_OVER = "assigned_day"
BEFORE_HAND_OVER = frozenset({"collected_day"})
ERRORS = {
    "#REF!": "公式引用的单元格已删除（#REF!）",
    "#N/A": "公式没有查到数据（#N/A）",
    "#DIV/0!": "公式除以了零（#DIV/0!）",
    "#VALUE!": "公式里的数据类型不对（#VALUE!）",
    "#NAME?": "公式里有不认识的名称（#NAME?）",
    "#NUM!": "公式里的数字不对（#NUM!）",
    "#NULL!": "公式里的区域不对（#NULL!）",
    UNSAVED: "公式没有保存计算结果，请用 Excel 或 WPS 打开这个文件，保存一次再导入",
}


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A matched column ready for reading: its kind (with the field's unit), unit and period settled."""

    match: Match
    kind: Kind
    unit: str | None
    year: int | None
    period: str = ""
    title: str = ""

    @property
    def spec(self) -> FieldSpec:
        """The field."""
        return self.match.spec


@dataclass(slots=True)
class Reader:
    """Reads the rows of one table."""

    grid: Grid
    columns: list[PlannedColumn]
    captions: Captions
    answers: Answers[str, str]
    sequence: int | None = None
    unit_column: int | None = None
    year_column: int | None = None
    missing_month: Question | None = None
    bank: str = ""
    """The bank the whole table speaks of, when its sheet or title names one and no column does."""
    banks: frozenset[str] = frozenset()
    questions: dict[str, Question] = field(default_factory=dict)
    _last_key: object = None

    def rows(self, body: BodyRow) -> list[ParsedRow]:
        """The row as read: none if it is empty, several if an answer split its amount between banks."""
        row = body.row
        values = [self._raw(row, column) for column in self.columns]
        texts = [cell_text(raw) for raw in values]
        if not any(texts):
            return []
        remarks: list[Remark] = []
        self._continue_key(row, values, texts, remarks)
        cells, refused, warned = self._cells(row, values, texts, self._bank_of(body))
        warned = [*remarks, *warned]
        if self.missing_month is not None and any(cell.field.endswith("_yuan") for cell in cells):
            self.questions[self.missing_month.id] = self.missing_month
            refused.append(Remark(row + 1, "月份", "", self.missing_month.text, self.missing_month.id))
        self._refuse_nameless(row, cells, refused)
        parsed = ParsedRow(row + 1, tuple(cells), body.group, tuple(refused), tuple(warned))
        return settle_banks(parsed, self._sharing(row), self.grid.name, self.answers, self.questions)

    # --- what stands in a cell -----------------------------------------------------------------------------------

    def _raw(self, row: int, column: PlannedColumn) -> object:
        """The cell's value; of a range merged downwards its value, except for amounts, which count once."""
        index = column.match.index
        if column.match.marks:
            raw: object = "、".join(said for at, said in column.match.marks if self.grid.text(row, at))
            return self.answers.get(self._cell_id(row, column), raw) if self.answers else raw
        merge = self.grid.merge_at(row, index)
        if merge is None:
            raw = self.grid.raw(row, index)
        elif merge[1] != index:
            raw = ""
        elif merge[0] == row or column.spec.weight != "amount":
            raw = self.grid.raw(merge[0], merge[1])
        else:
            raw = ""
        if column.match.more:
            raw = " ".join(filter(None, (cell_text(raw), *(self.grid.text(row, one) for one in column.match.more))))
        return self.answers.get(self._cell_id(row, column), raw) if self.answers else raw

    def _cell_id(self, row: int, column: PlannedColumn) -> str:
        return f"{self.grid.name}!{row + 1}!{column.title}"

    def _continue_key(self, row: int, values: list[object], texts: list[str], remarks: list[Remark]) -> None:
        """A row without 序号 and name that goes on under the one above takes its name from there."""
        place = next((place for place, column in enumerate(self.columns) if column.spec.weight == "key"), None)
        if place is None:
            return
        if texts[place]:
            self._last_key = values[place]
            return
        numbered = self.sequence is not None and self.grid.text(*self.grid.origin(row, self.sequence)) != ""
        said = zip(self.columns, texts, strict=True)
        words = [column.spec for column, text in said if column.spec.weight != "amount" and not is_empty_mark(text)]
        named = any(spec.name in IDENTITIES for spec in words)
        if numbered or named or self._last_key is None or all(spec.derived for spec in words):
            return
        values[place], texts[place] = self._last_key, cell_text(self._last_key)
        reason = f"这一格是空的，按上一行的“{texts[place]}”读"
        remarks.append(Remark(row + 1, self.columns[place].title, "", reason))

    # --- reading ---------------------------------------------------------------------------------------------------

    def _bank_of(self, body: BodyRow) -> str:
        """The bank a row's amounts are of, if no column says it: its group's, else the table's."""
        if any(column.spec.name == "bank" or column.match.bank for column in self.columns):
            return ""
        group = body.group.rpartition("/")[2]
        return group if group and leading_bank(core(group), self.banks, set())[0] else self.bank

    def _cells(
        self, row: int, values: list[object], texts: list[str], bank: str
    ) -> tuple[list[ParsedCell], list[Remark], list[Remark]]:
        cells: list[ParsedCell] = []
        refused: list[Remark] = []
        warned: list[Remark] = []
        anchor = self._anchor(row, values, texts)
        for column, raw, text in zip(self.columns, values, texts, strict=True):
            if text == "":
                continue
            context = self._context(row, column, anchor)
            try:
                reading = self._read(column, raw, text, context)
            except BadValue as bad:
                remark = self._complain(row, column, text, bad)
                (refused if column.spec.weight in STRICT else warned).append(remark)
                continue
            warned.extend(Remark(row + 1, column.title, text, warning) for warning in reading.warnings)
            of_bank = column.match.bank or (bank if column.spec.name in BANK_AMOUNTS else "")
            cells.append(ParsedCell(column.spec.name, column.title, text, reading, column.period, of_bank))
        return cells, refused, warned

    def _read(self, column: PlannedColumn, raw: object, text: str, context: Context) -> Reading:
        if text.startswith("#") and text in ERRORS:
            raise BadValue(ERRORS[text])
        if column.spec.weight == "key" and SEVERAL_FIRMS.search(text):
            raw = SEVERAL_FIRMS.sub("、", text)
        elif column.spec.weight == "key" and column.kind.name == "text" and "\n" in text:
            raw = LINE_END_IN_WORD.sub("", text)  # a name broken over lines to fit its column
        if column.spec.periodic and column.spec.weight == "amount" and IDLE.match(text):
            return Reading(None, (f"“{text}”不是数，按空着读",))
        if column.kind.name == "month" and context.year and MONTH_NUMBER.match(text):
            raw = f"{context.year}年{int(text)}月"
        reading = column.kind.parse(raw, context)
        if column.spec.weight == "amount" and not column.spec.periodic and _is_negative(reading.value):
            reason = f"“{text}”是负数"
            raise BadValue(reason)
        return reading

    def _context(self, row: int, column: PlannedColumn, anchor: date | None) -> Context:
        unit = self.answers.get(unit_id(self.grid.name, column.title)) if self.answers else None
        if unit is None and self.unit_column is not None and column.unit is None:
            unit = self.grid.text(*self.grid.origin(row, self.unit_column)) or None
        year = column.year
        if self.answers and (answered := self.answers.get(year_id(self.grid.name, column.title))):
            year = int(answered[:4]) if answered[:4].isdigit() else year
        if self.year_column is not None:
            stated = plain(self.grid.text(*self.grid.origin(row, self.year_column)))
            year = int(stated[:4]) if stated[:4].isdigit() else year
        if column.spec.name == HAND_OVER:
            anchor = None
        elif anchor is not None and year is None and column.spec.name in BEFORE_HAND_OVER:
            year, anchor = anchor.year, None
        return Context(unit=unit or column.unit, year=year, anchor=anchor, is_deadline=column.spec.is_deadline)

    def _anchor(self, row: int, values: list[object], texts: list[str]) -> date | None:
        """The row's hand-over date, else the title's or meeting's."""
        for column, raw, text in zip(self.columns, values, texts, strict=True):
            if column.spec.name == HAND_OVER and text:
                try:
                    found = column.kind.parse(raw, self._context(row, column, None)).value
                except BadValue:
                    return None
                return found if isinstance(found, date) else None
        return self.captions.title_date if self.captions.title_precision in {"day", "month"} else None

    def _complain(self, row: int, column: PlannedColumn, text: str, bad: BadValue) -> Remark:
        if not bad.question or column.spec.weight not in STRICT:
            reason = bad.reason if column.spec.weight in STRICT else f"{bad.reason}，这一格没有读"
            return Remark(row + 1, column.title, text, reason)
        question = self._question(row, column, text, bad)
        self.questions.setdefault(question.id, question)
        return Remark(row + 1, column.title, text, bad.reason, question.id)

    def _question(self, row: int, column: PlannedColumn, text: str, bad: BadValue) -> Question:
        sheet = self.grid.name
        if bad.topic == "unit":
            where = f"工作表“{sheet}”的“{column.title}”一列没有写明单位，是什么单位？"
            return Question(unit_id(sheet, column.title), sheet, where, bad.choices, "unit")
        if bad.topic == "year":
            asked = next((one for one in self.columns if one.spec.name == HAND_OVER), None)
            if asked and year_id(sheet, asked.title) in self.questions:
                return self.questions[year_id(sheet, asked.title)]  # its answer settles the row's other dates
            where = f"工作表“{sheet}”的“{column.title}”一列有日期没有写明年份（如第 {row + 1} 行“{text}”），是哪一年？"
            return Question(year_id(sheet, column.title), sheet, where, bad.choices, "year")
        where = f"工作表“{sheet}”第 {row + 1} 行“{column.title}”：{bad.reason}，应是多少？"
        return Question(self._cell_id(row, column), sheet, where, bad.choices, bad.topic)

    def _refuse_nameless(self, row: int, cells: list[ParsedCell], refused: list[Remark]) -> None:
        names = {column.spec.name: column for column in self.columns if column.spec.weight == "key"}
        found = {cell.field for cell in cells if cell.reading.value is not None}
        bad = {remark.column for remark in refused}
        if not names or found & IDENTITIES or bad & {column.title for column in names.values()}:
            return
        first = next(iter(names.values()))
        if first.spec.name not in found:
            refused.append(Remark(row + 1, first.title, "", f"没有{first.spec.label}，不知道这一行说的是谁"))

    def _sharing(self, row: int) -> tuple[str, ...]:
        """The banks in the rows an amount is merged over, when there are several."""
        bank = next((column for column in self.columns if column.spec.name == "bank"), None)
        if bank is None:
            return ()
        for column in self.columns:
            merge = self.grid.merge_at(row, column.match.index)
            if column.spec.weight != "amount" or merge is None or merge[0] != row or merge[2] == row:
                continue
            names = [self.grid.text(*self.grid.origin(one, bank.match.index)) for one in range(row, merge[2] + 1)]
            if column.spec.name != "need_yuan" and len(set(filter(None, names))) > 1:
                return tuple(dict.fromkeys(filter(None, names)))
        return ()


def _is_negative(value: object) -> bool:
    return isinstance(value, int) and value < 0


def unit_id(sheet: str, title: str) -> str:
    """The id of the question for a column's unit."""
    return f"{sheet}!{title}!unit"


def year_id(sheet: str, title: str) -> str:
    """The id of the question for a column's year."""
    return f"{sheet}!{title}!year"


def kind_for(spec: FieldSpec) -> Kind:
    """The kind a field is read with: bare decimals that count something must say in which unit."""
    return QuantityKind(spec.unit) if spec.kind.name == "decimal" and spec.unit else spec.kind
