"""Sheets of an export for reading: what hangs on the desks' records and has no heading of its own in an office's books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.forms import form
from chain_office.db.models import (
    RECORDS,
    Achievement,
    LoanReview,
    MonthlyOutput,
    NotDuplicate,
    OutputAnswer,
    OutputCorrection,
    ProjectCause,
    ProjectNode,
    Promise,
    Prospect,
    Record,
    SegmentFlow,
    Target,
    VisitPlan,
    record_number,
    specs,
)
from chain_office.db.models.base import PREFIXES
from chain_office.domain import values
from chain_office.domain.specs import FieldSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.services.exporting.source import Row, Source

_MODELS: dict[str, type[Record]] = {model._meta.table_name: model for model in RECORDS}


@dataclass(frozen=True, slots=True)
class Appendix:
    """A table as a sheet: its fields as its form or its model describes them, references told by number and name."""

    name: str
    model: type[Record]

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The columns, in the order of the model."""
        return tuple(self._columns())

    def _columns(self) -> Iterator[FieldSpec]:
        table = self.model._meta.table_name
        if table in PREFIXES:
            yield FieldSpec("record_no", "记录号", values.TEXT, width=10)
        described = {one.name: one for one in specs(self.model)}
        labels = {one.name: one.spec for one in form(table)} if table in _FORMED else {}
        for column in self.model._meta.sorted_fields:
            name = column.column_name
            if name in _LEFT_OUT:
                continue
            spec = described.get(name) or labels.get(name)
            if spec is not None and not hasattr(column, "rel_model"):
                yield spec
            elif hasattr(column, "rel_model"):
                yield FieldSpec(name, labels[name].label if name in labels else _NAMES[name], values.TEXT, width=24)
            elif name in _NAMES:
                yield FieldSpec(name, _NAMES[name], values.TEXT)

    def rows(self, source: Source) -> Iterator[Row]:
        """The live rows."""
        table = self.model._meta.table_name
        links = {name: other._meta.table_name for name, other in _links(self.model)}
        for row in source.rows(self.model):
            said = dict(row)
            for name, other in links.items():
                said[name] = _told(source, other, row[name])
            if table in PREFIXES:
                said["record_no"] = record_number(table, row["number"])
            yield said


_LEFT_OUT = frozenset({"id", "version", "deleted_at", "number"})
_NAMES = {
    "first_id": "企业一",
    "second_id": "企业二",
    "output_id": "产值记录",
    "enterprise_id": "企业",
    "finding": "体检发现",
    "figure_key": "对照数字",
    "year": "年度",
}
_FORMED = frozenset({
    "visit_plan", "promise", "loan_review", "project_node", "project_cause", "segment_flow", "target", "prospect",
    "achievement",
})  # fmt: skip


def _links(model: type[Record]) -> Iterator[tuple[str, type[Record]]]:
    for field, other in model._meta.refs.items():
        yield field.column_name, other


def _told(source: Source, table: str, row_id: str | None) -> str | None:
    """A referenced record as people call it: "WT0012", "QY0003 水口山有色", "2020-10集中走访"."""
    model = _MODELS[table]
    row = source.table(model).get(row_id or "")
    if row is None:
        return None
    if model is MonthlyOutput:
        return f"{source.firm(row['enterprise_id']) or ''} {row['month']}".strip()
    number = record_number(table, row["number"]) if table in PREFIXES and row["number"] else ""
    name = row.get("short") or row.get("name") or ""
    return f"{number} {name}".strip()


APPENDICES = (
    Appendix("走访计划", VisitPlan),
    Appendix("承诺事项", Promise),
    Appendix("落实回访", LoanReview),
    Appendix("项目节点", ProjectNode),
    Appendix("项目制约问题", ProjectCause),
    Appendix("产值更正", OutputCorrection),
    Appendix("产值体检说明", OutputAnswer),
    Appendix("环节流向", SegmentFlow),
    Appendix("发展目标", Target),
    Appendix("招商项目", Prospect),
    Appendix("科研成果", Achievement),
    Appendix("不是同一家", NotDuplicate),
)
"""Every such table, in the order of the sheets."""
