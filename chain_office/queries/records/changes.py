"""The history of a record as people read it: when, who, which field, before and after."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import peewee

from chain_office.db.forms import forms
from chain_office.db.models import RECORDS, spec_fields
from chain_office.domain.workflow import STATES
from chain_office.queries.projects import STAGES
from chain_office.queries.records.rows import shown
from chain_office.queries.records.shape import Change

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.specs import FieldSpec

OUTSIDE = "（本程序之外）"
REACHED = {"none": "未对接", "refused": "未达成", "intent": "意向", "granted": "授信", "drawn": "放款"}
PARTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "enterprise": (
        ("contact", "enterprise_id", "联系人"),
        ("register_spell", "enterprise_id", "在册记录"),
        ("not_duplicate", "first_id", "不是同一家"),
        ("not_duplicate", "second_id", "不是同一家"),
    ),
    "campaign": (("visit_plan", "campaign_id", "走访计划"),),
    "visit": (("promise", "visit_id", "承诺事项"),),
    "problem": (
        ("screening", "problem_id", "筛选"),
        ("assignment", "problem_id", "交办"),
        ("problem_event", "problem_id", "办理过程"),
        ("project_cause", "problem_id", "制约项目"),
    ),
    "match": (
        ("credit", "match_id", "授信"),
        ("drawdown", "match_id", "放款"),
        ("loan_review", "match_id", "落实回访"),
    ),
    "project": (
        ("stage_change", "project_id", "阶段变更"),
        ("project_plan", "project_id", "年度计划"),
        ("project_month", "project_id", "月度进展"),
        ("project_node", "project_id", "节点"),
        ("project_cause", "project_id", "制约问题"),
    ),
}
"""What counts as part of a record: table, the column that names its owner, what it is called."""
_MOST = 200
_LINKS = {
    "district": "县市区", "park": "园区", "segment": "产业链环节", "category": "问题类别", "unit": "单位", "bank": "银行",
    "meeting": "会议", "campaign": "走访活动", "enterprise": "企业", "officer": "人员",
    "common_issue": "共性问题", "problem": "问题", "project": "项目",
}  # fmt: skip
_STATES = {state.id: state.label for state in STATES.values()}
_WORDS: dict[str, tuple[str, dict[str, str]]] = {
    "state": ("状态", _STATES),
    "stage": ("阶段", STAGES),
    "reached": ("对接阶段", REACHED),
    "closed_verified": ("销号核实", {"0": "未见核实", "1": "已核实"}),
    "verdict": ("结论", {"yes": "是", "no": "否", "pending": "待定"}),
    "role": ("承办", {"lead": "牵头", "co": "配合"}),
    "lead_unit_id": ("牵头单位", {}),
    "event_id": ("对接会", {}),
}
_MODELS = {model._meta.table_name: model for model in RECORDS}


def changes(ledger: Ledger, table: str, row_id: str) -> tuple[Change, ...]:
    """The latest changes of a record and its parts, newest first."""
    places = ["(h.table_name = :own AND h.row_id = :id)"]
    arguments: dict[str, object] = {"own": table, "id": row_id, "most": _MOST}
    for part, owner, _ in PARTS.get(table, ()):
        places.append(f"(h.table_name = '{part}' AND h.row_id IN (SELECT id FROM {part} WHERE {owner} = :id))")
    rows = ledger.rows(
        "SELECT h.no, h.write_no, h.at, w.actor, w.reason, h.op, h.table_name, h.field, h.before, h.after FROM history h "
        f"LEFT JOIN write_log w ON w.no = h.write_no WHERE {' OR '.join(places)} ORDER BY h.no DESC LIMIT :most",
        arguments,
    )
    made = {write for _, write, _, _, _, op, where, *_ in rows if op == "insert" and where == table}
    names = {part: word for part, _, word in PARTS.get(table, ())}
    found = []
    for no, write, at, actor, reason, op, where, field, before, after in rows:
        if write is not None and write in made and not (op == "insert" and where == table):
            continue
        told = _told(ledger, where, op, field, before, after)
        if told is not None:
            what = f"{names[where]}：{told[0]}" if where in names else told[0]
            number = no if _can_go_back(where, op, field) else 0
            found.append(Change(_local(at), actor or OUTSIDE, reason or "", what, told[1], told[2], number))
    return tuple(found)


def _can_go_back(table: str, op: str, field: str | None) -> bool:
    """Whether a change can be taken back alone: a field people type, or a way to or from the bin."""
    shape = forms().get(table)
    if shape is None or op != "update":
        return False
    return field == "deleted_at" or field in {one.name for one in shape}


def _told(
    ledger: Ledger, table: str, op: str, field: str | None, before: str | None, after: str | None
) -> tuple[str, str, str] | None:
    """What, before and after; None for a field people do not know of."""
    if op == "insert":
        return "新建", "", ""
    if field == "deleted_at":
        return ("从回收站恢复" if after is None else "移入回收站", "", "")
    if field is None:
        return None
    if field in _WORDS and _WORDS[field][1]:
        label, words = _WORDS[field]
        return label, words.get(str(before), before or ""), words.get(str(after), after or "")
    specs: dict[str, FieldSpec] = {one.column_name: one.spec for one in spec_fields(_MODELS[table])}
    specs |= {one.name: one.spec for one in forms().get(table, ()) if not one.link}
    if field in specs:
        return specs[field].label, shown(specs[field], before), shown(specs[field], after)
    return _link(ledger, table, field, before, after)


def _link(ledger: Ledger, table: str, column: str, before: Any, after: Any) -> tuple[str, str, str] | None:
    """A reference to a named row."""
    for field in _MODELS[table]._meta.sorted_fields:
        if field.column_name == column and isinstance(field, peewee.ForeignKeyField):
            other = field.rel_model._meta.table_name
            if other not in _LINKS:
                return None
            label = _WORDS.get(column, (_LINKS[other], {}))[0]
            sql = f'SELECT name FROM "{other}" WHERE id = ?'
            was, now = (str(ledger.value(sql, (one,)) or "") if one else "" for one in (before, after))
            return label, was, now
    return None


def _local(at: str) -> str:
    """A stored moment in the machine's own time: "2021-11-19 09:30"."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at
