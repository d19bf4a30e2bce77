"""An import's plan as a person looks through it: sheets, rows with their verdicts and what would change, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chain_office.db import batches
from chain_office.db.batches import Batch
from chain_office.db.desks import desk
from chain_office.db.models import RECORDS, Record, spec_fields
from chain_office.domain.money import show_money
from chain_office.domain.workflow import STATES
from chain_office.queries.projects import STAGES
from chain_office.services.importing.plan import CHANGED, NEW, REFUSED, SAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.domain.specs import FieldSpec
    from chain_office.domain.tables import Remark
    from chain_office.services.importing.plan import ImportPlan, RowPlan, SheetPlan
    from chain_office.services.importing.planner import Planner

__all__ = ["VERDICTS", "Batch", "Heading", "Preview", "RowView", "SheetView", "imports", "look_through"]

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
    "monthly_output": "月度产值", "published_total": "公布数", "district": "县市区", "park": "园区", "unit": "单位",
    "bank": "银行", "segment": "环节", "category": "问题类别", "officer": "干部",
}  # fmt: skip
_COLUMNS: Final = {
    "district_id": "县市区", "park_id": "园区", "segment_id": "环节", "category_id": "问题类别", "lead_unit_id": "牵头单位",
    "enterprise_id": "企业", "bank_id": "银行", "unit_id": "单位", "meeting_id": "会议", "event_id": "对接会",
    "campaign_id": "走访活动", "reached": "对接结果", "state": "状态", "stage": "阶段", "matched_day": "对接日期",
    "closed_verified": "已核实", "precision": "日期精度", "short": "简称", "need_id": "融资需求", "kind": "类型",
}  # fmt: skip
_MODELS: Final[dict[str, type[Record]]] = {model._meta.table_name: model for model in RECORDS}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, how many characters wide, whether it holds numbers."""

    text: str
    width: int
    right: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A workbook row: its Excel number, verdict, what there is to say about it, and its cells under the headings."""

    row: int
    verdict: str
    said: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A table of a workbook. ``desk`` is "" where none was found; ``said`` is about the whole of it."""

    book: str
    sheet: str
    desk: str
    counts: Mapping[str, int]
    headings: tuple[Heading, ...]
    rows: tuple[RowView, ...]
    said: tuple[str, ...]
    remarks: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan and how it reads."""

    plan: ImportPlan
    sheets: tuple[SheetView, ...]

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


def look_through(plan: ImportPlan) -> Preview:
    """The plan in words. Runs where the plan was made: names of changed references are read there."""
    return Preview(plan, tuple(_sheet(sheet, plan.planner) for sheet in plan.sheets))


def _sheet(sheet: SheetPlan, planner: Planner) -> SheetView:
    fields = _fields(sheet)
    by_row: dict[int, list[str]] = defaultdict(list)
    for remark in sheet.refused:
        by_row[remark.row].append(_remark(remark))
    for remark in sheet.warned:
        by_row[remark.row].append(f"注意：{_remark(remark)}")
    rows = tuple(_row(row, fields, by_row.get(row.row, []), planner) for row in sheet.rows)
    numbers = {row.row for row in sheet.rows}
    whole = [said for number, texts in by_row.items() if number not in numbers for said in _numbered(number, texts)]
    label = desk(sheet.desk).label if sheet.desk else ""
    counts = {verdict: sheet.count(verdict) for verdict in VERDICTS}
    headings = tuple(
        Heading(label, 14, right=False) if spec is None else Heading(label, spec.width, right=spec.kind.align_right)
        for _, label, spec in fields
    )
    return SheetView(sheet.book, sheet.sheet, label, counts, headings, rows, tuple(whole), len(sheet.warned))


def _numbered(number: int, texts: Sequence[str]) -> Iterator[str]:
    yield from (f"第 {number} 行 {text}" if number else text for text in texts)


def _remark(remark: Remark) -> str:
    where = f"{remark.column}“{remark.text}”" if remark.column and remark.text else remark.column or ""
    return f"{where}：{remark.reason}" if where else remark.reason


def _fields(sheet: SheetPlan) -> list[tuple[str, str, FieldSpec | None]]:
    """Name, heading and description of every field some row has, in the desk's order."""
    if not sheet.desk:
        return []
    found = {name for row in sheet.rows for name, value in row.values.items() if value is not None}
    if all(len(months) < 2 for row in sheet.rows if isinstance(months := row.values.get(_MONTHS), dict)):
        found.discard(_MONTHS)
    fields: list[tuple[str, str, FieldSpec | None]] = [
        (spec.name, spec.label, spec) for spec in desk(sheet.desk) if spec.name in found
    ]
    known = {name for name, _, _ in fields}
    fields += [(name, label, None) for name, label in _COLUMNS.items() if name in found - known]
    if _MONTHS in found:
        fields.append((_MONTHS, "各月", None))
    return fields


def _row(
    row: RowPlan, fields: Sequence[tuple[str, str, FieldSpec | None]], said: list[str], planner: Planner
) -> RowView:
    changes = (
        [_change(key, old, new, planner) for key, (old, new) in row.changes.items()] if row.verdict == CHANGED else []
    )
    cells = tuple(_value(name, row.values.get(name), spec) for name, _, spec in fields)
    return RowView(row.row, row.verdict, "；".join((*changes, *said)), cells)


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


def _change(key: str, old: object, new: object, planner: Planner) -> str:
    """职工人数：310 → 312; a record the row adds beside its own: 新增放款."""
    table, _, column = key.partition(".")
    if not column:
        return f"新增{_TABLES.get(table, table)}"
    model = _MODELS[table]
    spec = next((field.spec for field in spec_fields(model) if field.column_name == column), None)
    label = spec.label if spec is not None else _COLUMNS.get(column, column)
    before, after = (_stored(model, column, value, spec, planner) for value in (old, new))
    if before == after and isinstance(old, int) and isinstance(new, int):
        before, after = f"{old:,} 元", f"{new:,} 元"
    return f"{label}：{before or '（空）'} → {after or '（空）'}"


def _stored(model: type[Record], column: str, value: Any, spec: FieldSpec | None, planner: Planner) -> str:
    target: type[Record] | None = next(
        (rel for field, rel in model._meta.refs.items() if field.column_name == column), None
    )
    if target is None or value is None:
        return _value(column, value, spec)
    row = planner.table(target).get(value)
    return "" if row is None else str(row.get("short") or row.get("name") or "")
