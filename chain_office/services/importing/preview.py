"""An import's plan as a person looks through it: sheets, rows with their verdicts and what would change, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, overload

from chain_office.db import batches
from chain_office.db.batches import Batch
from chain_office.db.desks import desk
from chain_office.db.models import RECORDS, Record, spec_fields
from chain_office.domain.money import show_money
from chain_office.domain.workflow import STATES
from chain_office.queries.projects import STAGES
from chain_office.services.importing.plan import CHANGED, NEW, REFUSED, SAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.domain.specs import FieldSpec
    from chain_office.domain.tables import Remark
    from chain_office.services.importing.plan import ImportPlan, RowPlan, SheetPlan
    from chain_office.services.importing.planner import Planner

__all__ = [
    "VERDICTS",
    "Batch",
    "Heading",
    "Preview",
    "RowView",
    "RowViews",
    "SheetView",
    "imports",
    "look_through",
    "why_not",
]

VERDICTS: Final = {NEW: "新增", CHANGED: "修改", SAME: "相同", REFUSED: "拒收"}
_MONTHS: Final = "months"
_REACHED: Final = {"none": "尚未对接", "refused": "未达成", "intent": "意向", "granted": "授信", "drawn": "放款"}
_CODES: Final[dict[str, dict[str, str]]] = {
    "state": {state.id: state.label for state in STATES.values()},
    "stage": STAGES,
    "reached": _REACHED,
    "entry_kind": {"promoted": "规下转规上", "new_build": "新建投产"},
}
_TABLES: Final = {
    "enterprise": "企业", "contact": "联系人", "register_spell": "入退规记录", "visit": "走访", "campaign": "走访活动",
    "problem": "问题", "screening": "筛选意见", "assignment": "承办记录", "problem_event": "办理记录", "meeting": "会议",
    "need": "融资需求", "match": "对接", "credit": "授信", "drawdown": "放款", "project": "项目",
    "stage_change": "阶段变化", "project_plan": "年度计划", "project_month": "月度进度", "project_node": "节点",
    "monthly_output": "月度产值", "output_correction": "产值更正",
    "published_total": "公布数", "district": "县市区", "park": "园区", "unit": "单位",
    "bank": "银行", "segment": "环节", "category": "问题类别", "officer": "干部",
}  # fmt: skip
_COLUMNS: Final = {
    "district_id": "县市区", "park_id": "园区", "segment_id": "环节", "category_id": "问题类别", "lead_unit_id": "牵头单位",
    "enterprise_id": "企业", "bank_id": "银行", "unit_id": "单位", "meeting_id": "会议", "event_id": "对接会",
    "campaign_id": "走访活动", "reached": "对接结果", "state": "状态", "stage": "阶段", "matched_day": "对接日期",
    "closed_verified": "已核实", "precision": "日期精度", "short": "简称", "need_id": "融资需求", "kind": "类型",
}  # fmt: skip
Field = tuple[str, str, "FieldSpec | None"]
"""A column of the preview: name, heading, description."""
_MODELS: Final[dict[str, type[Record]]] = {model._meta.table_name: model for model in RECORDS}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, how many characters wide, whether it holds numbers."""

    text: str
    width: int
    right: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A workbook row: its Excel number, verdict, what there is to say about it, and its cells under the headings; where
    it changes a record, ``changed`` cells read old → new. ``question``: the id of the one that would settle it."""

    row: int
    verdict: str
    said: str
    cells: tuple[str, ...]
    changed: frozenset[int] = frozenset()
    question: str = ""
    alarm: str = ""


class RowViews(Sequence[RowView]):
    """The rows of a table, each put into words when it is looked at: twenty thousand cost no more than fifty."""

    def __init__(self, sheet: SheetPlan, fields: Sequence[Field], names: Mapping[tuple[str, str], str]) -> None:
        self._sheet = sheet
        self._fields = fields
        self._names = names
        self._remarks: dict[int, list[Remark]] = defaultdict(list)
        self._refused = {id(remark) for remark in sheet.refused}
        for remark in (*sheet.refused, *sheet.warned):
            self._remarks[remark.row].append(remark)
        self.places: Sequence[int] = range(len(sheet.rows))

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, place: int) -> RowView: ...
    @overload
    def __getitem__(self, place: slice) -> RowViews: ...
    def __getitem__(self, place: int | slice) -> RowView | RowViews:
        if isinstance(place, slice):
            return self._some(self.places[place])
        return self._view(self._sheet.rows[self.places[place]])

    def only(self, verdict: str) -> RowViews:
        """The rows with a verdict."""
        return self._some([place for place in self.places if self._sheet.rows[place].verdict == verdict])

    def with_alarm(self) -> RowViews:
        """The rows that hold what may not be kept here."""
        return self._some([place for place in self.places if self._alarm(self._sheet.rows[place].row)])

    def asking(self) -> RowViews:
        """The rows that wait for an answer."""
        return self._some([place for place in self.places if self._question(self._sheet.rows[place].row)])

    def place_of(self, row: int) -> int:
        """Where an Excel row stands among these; -1 if it does not."""
        return next((at for at, place in enumerate(self.places) if self._sheet.rows[place].row == row), -1)

    def _some(self, places: Sequence[int]) -> RowViews:
        made = copy(self)
        made.places = places
        return made

    def _alarm(self, row: int) -> str:
        return next((one.alarm for one in self._remarks.get(row, ()) if one.alarm), "")

    def _question(self, row: int) -> str:
        return next((one.question for one in self._remarks.get(row, ()) if one.question), "")

    def _view(self, row: RowPlan) -> RowView:
        changes = row.changes if row.verdict == CHANGED else {}
        told = [
            (one.alarm, _remark(one) if id(one) in self._refused else f"注意：{_remark(one)}")
            for one in self._remarks.get(row.row, ())
        ]
        said = [text for alarm, text in told if alarm]
        said += [_change(key, old, new, self._names) for key, (old, new) in changes.items()]
        said += [text for alarm, text in told if not alarm]
        cells = [_value(name, row.values.get(name), spec) for name, _, spec in self._fields]
        changed = set()
        for key, (old, new) in changes.items():
            table, _, column = key.partition(".")
            place = next((at for at, (name, _, _) in enumerate(self._fields) if name == column), -1)
            if place >= 0:
                changed.add(place)
                cells[place] = " → ".join(_both(table, column, old, new, self._names))
        question, alarm = self._question(row.row), self._alarm(row.row)
        return RowView(row.row, row.verdict, "；".join(said), tuple(cells), frozenset(changed), question, alarm)


@dataclass(frozen=True, slots=True)
class SheetView:
    """A table of a workbook. ``desk`` is "" where none was found; ``said`` is about the whole of it. ``alarms``: what it
    holds that may not be kept here, in words; ``asked``: rows that wait for an answer."""

    book: str
    sheet: str
    desk: str
    counts: Mapping[str, int]
    headings: tuple[Heading, ...]
    rows: RowViews
    said: tuple[str, ...]
    remarks: int
    alarms: tuple[str, ...] = ()
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan and how it reads."""

    plan: ImportPlan
    sheets: tuple[SheetView, ...]

    @property
    def alarms(self) -> tuple[str, ...]:
        """What the workbooks hold that may not be kept here, in words."""
        return tuple(f"{sheet.sheet} {said}" for sheet in self.sheets for said in sheet.alarms)

    def count(self, verdict: str) -> int:
        """Rows with that verdict over all sheets."""
        return self.plan.count(verdict)

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return not self.plan.planner.is_empty


def imports(ledger: Ledger) -> tuple[Batch, ...]:
    """Every import so far, newest first."""
    return batches.batches(ledger)


def why_not(ledger: Ledger, batch: Batch) -> str:
    """Why an import cannot be taken back, in words; "" when it can."""
    return batches.why_not(ledger, batch)


def look_through(plan: ImportPlan) -> Preview:
    """The plan in words. Runs where the plan was made: names of changed references are read there."""
    return Preview(plan, tuple(_sheet(sheet, plan.planner) for sheet in plan.sheets))


def _sheet(sheet: SheetPlan, planner: Planner) -> SheetView:
    fields = _fields(sheet)
    rows = RowViews(sheet, fields, _names(sheet, planner))
    numbers = {row.row for row in sheet.rows}
    whole = [_numbered(one, "") for one in sheet.refused if one.row not in numbers]
    whole += [_numbered(one, "注意：") for one in sheet.warned if one.row not in numbers]
    alarms = _alarms((*sheet.refused, *sheet.warned))
    label = desk(sheet.desk).label if sheet.desk else ""
    counts = {verdict: sheet.count(verdict) for verdict in VERDICTS}
    headings = tuple(
        Heading(label, 14, right=False) if spec is None else Heading(label, spec.width, right=spec.kind.align_right)
        for _, label, spec in fields
    )
    return SheetView(
        sheet.book,
        sheet.sheet,
        label,
        counts,
        headings,
        rows,
        tuple(whole),
        len(sheet.warned),
        alarms,
        len(rows.asking()),
    )


def _numbered(remark: Remark, before: str) -> str:
    said = f"{before}{_remark(remark)}"
    return f"第 {remark.row} 行 {said}" if remark.row else said


def _alarms(remarks: Sequence[Remark]) -> tuple[str, ...]:
    """第 5 行“备注”：…… once for each row and reason."""
    told: dict[str, None] = {}
    for one in remarks:
        if one.alarm:
            where = f"第 {one.row} 行" if one.row else "标题"
            told[f"{where}{f'“{one.column}”' if one.column else ''}：{one.reason}"] = None
    return tuple(told)


def _names(sheet: SheetPlan, planner: Planner) -> dict[tuple[str, str], str]:
    """What the records are called that changed references name: read here, where the ledger may be asked."""
    names: dict[tuple[str, str], str] = {}
    for row in sheet.rows:
        if row.verdict != CHANGED:
            continue
        for key, values in row.changes.items():
            table, _, column = key.partition(".")
            target = _target(table, column)
            if target is None:
                continue
            for value in values:
                if isinstance(value, str) and (target._meta.table_name, value) not in names:
                    found = planner.table(target).get(value) or {}
                    names[target._meta.table_name, value] = str(found.get("short") or found.get("name") or "")
    return names


def _target(table: str, column: str) -> type[Record] | None:
    """The table a reference column names rows of."""
    if not column:
        return None
    refs = _MODELS[table]._meta.refs
    return next((rel for field, rel in refs.items() if field.column_name == column), None)


def _remark(remark: Remark) -> str:
    where = f"{remark.column}“{remark.text}”" if remark.column and remark.text else remark.column or ""
    return f"{where}：{remark.reason}" if where else remark.reason


def _fields(sheet: SheetPlan) -> list[Field]:
    """Name, heading and description of every field some row has, in the desk's order."""
    if not sheet.desk:
        return []
    found = {name for row in sheet.rows for name, value in row.values.items() if value is not None}
    if all(len(months) < 2 for row in sheet.rows if isinstance(months := row.values.get(_MONTHS), dict)):
        found.discard(_MONTHS)
    fields: list[Field] = [(spec.name, spec.label, spec) for spec in desk(sheet.desk) if spec.name in found]
    known = {name for name, _, _ in fields}
    fields += [(name, label, None) for name, label in _COLUMNS.items() if name in found - known]
    if _MONTHS in found:
        fields.append((_MONTHS, "各月", None))
    return fields


def _value(name: str, value: object, spec: FieldSpec | None = None) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and name.endswith("_yuan"):
        return show_money(value)
    if isinstance(value, dict):
        return "；".join(_month(month, told) for month, told in value.items())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        words = _CODES.get(name, {})
        return words.get(value) or (spec.kind.format(value) if spec is not None else value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _month(month: str, told: Mapping[str, object]) -> str:
    texts = []
    for name, word in (("month_yuan", ""), ("cum_yuan", "累计 ")):
        if told.get(name) is not None:
            texts.append(f"{word}{_value(name, told[name])}")
    return f"{month} {'、'.join(texts)}"


def _change(key: str, old: object, new: object, names: Mapping[tuple[str, str], str]) -> str:
    """职工人数：310 → 312; a record the row adds beside its own: 新增放款."""
    table, _, column = key.partition(".")
    if not column:
        return f"新增{_TABLES.get(table, table)}"
    spec = _spec(table, column)
    label = spec.label if spec is not None else _COLUMNS.get(column, column)
    return f"{label}：{' → '.join(_both(table, column, old, new, names))}"


def _spec(table: str, column: str) -> FieldSpec | None:
    return next((field.spec for field in spec_fields(_MODELS[table]) if field.column_name == column), None)


def _both(table: str, column: str, old: object, new: object, names: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    """Old and new as people read them; amounts that read alike are told to the last 元."""
    spec = _spec(table, column)
    before, after = (_stored(table, column, value, spec, names) for value in (old, new))
    if before == after and isinstance(old, int) and isinstance(new, int):
        before, after = f"{old:,} 元", f"{new:,} 元"
    return before or "（空）", after or "（空）"


def _stored(
    table: str, column: str, value: object, spec: FieldSpec | None, names: Mapping[tuple[str, str], str]
) -> str:
    target = _target(table, column)
    if target is None or value is None:
        return _value(column, value, spec)
    return names.get((target._meta.table_name, str(value)), "")
