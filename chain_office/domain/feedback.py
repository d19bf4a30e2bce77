"""反馈表, the form that goes out with a 交办单 and comes back filled: the keys of its cells, its headings and choices.

One place for the three that share it: papers fill it, the Word and Excel renderers set it, the reader takes it apart.
A form carries one line for each problem. What the office printed in a line is fixed; the rest is the unit's to fill.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.plain import plain
from chain_office.domain.specs import FieldSpec
from chain_office.domain.values import DAY, LONG_TEXT, NAME, PHONE, TEXT, YES_NO

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE = "问题办理情况反馈表"
MARK = "反馈表"
"""What the title of every such form holds, whatever else it is called."""

DOING, PARTIAL, DONE, EXTEND, RETURN, PARK = (
    "办理中", "部分解决", "已办结（申请销号）", "申请延期", "申请退回", "长期推进建议",
)  # fmt: skip
STATUSES = (DOING, PARTIAL, DONE, EXTEND, RETURN, PARK)
"""What a unit may say of a problem. The last is a suggestion: only the office turns a problem into 长期推进."""
STATUS_VERBS: Mapping[str, str] = {
    DOING: "progress",
    PARTIAL: "partial",
    DONE: "report",
    EXTEND: "ask_extension",
    RETURN: "return",
    PARK: "progress",
}
YES, NO = "是", "否"
LEAD, CO = "牵头", "配合"

PRINTED: tuple[FieldSpec, ...] = (
    FieldSpec("code", "回执号", TEXT, ("回执编号", "回执", "表单编号", "反馈表编号"), "key", width=12),
    FieldSpec("record_no", "记录号", TEXT, ("问题编号", "记录编号", "编号", "问题记录号"), "key", width=10),
    FieldSpec("enterprise", "企业", NAME, ("企业名称", "公司名称", "反映企业", "涉及企业"), width=20),
    FieldSpec(
        "problem", "问题", LONG_TEXT, ("存在问题", "问题内容", "问题描述", "问题及诉求", "反映问题", "交办事项", "主要问题"),
        width=32,
    ),
    FieldSpec("role", "牵头/配合", TEXT, ("牵头或配合", "角色", "职责", "牵头配合", "主办/协办", "主协办"), width=8),
    FieldSpec("deadline", "原时限", DAY, ("办结时限", "办理时限", "原办结时限", "要求办结时间", "时限"), width=12),
)  # fmt: skip
"""What the office prints in each line; changes to it are not taken over."""

FILLED: tuple[FieldSpec, ...] = (
    FieldSpec("received", "是否签收", YES_NO, ("签收", "已签收", "签收情况", "是否已签收"), choices=(YES, NO), width=8),
    FieldSpec("received_by", "签收人", NAME, ("接收人", "签收人员", "签收人姓名"), width=10),
    FieldSpec("received_day", "签收日期", DAY, ("签收时间", "接收日期", "收文日期", "收到日期"), "date", width=12),
    FieldSpec(
        "status", "办理状态", TEXT, ("办理进度", "状态", "是否办结", "办结情况", "办理结果状态", "当前状态", "问题状态"),
        choices=STATUSES, width=14,
    ),
    FieldSpec(
        "done", "办理情况", LONG_TEXT,
        ("办理进展", "进展情况", "目前进展", "工作进展", "落实情况", "解决情况", "办理结果", "当前进展", "采取措施及进展",
         "办理措施及进展", "反馈情况", "反馈内容"),
        width=40,
    ),
    FieldSpec(
        "reason", "未办结原因", LONG_TEXT,
        ("未办结的原因", "未完成原因", "存在困难", "延期原因", "退回原因", "延期（退回）原因", "未办结（延期、退回）原因", "原因",
         "滞后原因", "未解决原因"),
        width=28,
    ),
    FieldSpec(
        "next_step", "下一步措施", LONG_TEXT, ("下步措施", "下步打算", "下一步计划", "下一步打算", "下步计划", "下步工作",
                                              "下一步工作"),
        width=28,
    ),
    FieldSpec(
        "due_day", "预计办结时间（申请延期至）", DAY,
        ("预计办结时间", "申请延期至", "预计办结时间/申请延期至", "预计完成时间", "预计办结日期", "拟办结时间", "延期至",
         "计划办结时间", "预计办结", "申请延期时间", "延期时间"),
        "date", width=14, is_deadline=True,
    ),
    FieldSpec("filled_by", "填报人", NAME, ("填表人", "经办人", "承办人", "联系人", "填报人员", "填写人"), width=10),
    FieldSpec("phone", "联系电话", PHONE, ("电话", "手机", "联系方式", "填报人电话"), sensitive=True, width=14),
    FieldSpec("filled_day", "填报日期", DAY, ("填表日期", "填报时间", "反馈日期", "反馈时间", "填写日期", "填表时间"), "date",
              width=12),
)  # fmt: skip
"""What the unit fills in each line."""

UNIT = FieldSpec(
    "unit", "单位", NAME,
    ("填报单位", "承办单位", "反馈单位", "责任单位", "办理单位", "单位（盖章）", "填报单位（盖章）", "承办单位（盖章）"),
    "key", width=16,
)  # fmt: skip
"""Who answers: once at the head of the form, or a column."""

FIELDS: tuple[FieldSpec, ...] = (UNIT, *PRINTED, *FILLED)
ONCE = ("unit", "filled_by", "phone", "filled_day")
"""Cells that may stand once for the whole form."""
KEYS = tuple(spec.name for spec in FIELDS)


def spec(key: str) -> FieldSpec:
    """The cell called ``key``; KeyError if the form has none."""
    for one in FIELDS:
        if one.name == key:
            return one
    raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a 回执号 says: the problem's number and the seq of its last step when the form left (None: not told)."""

    number: int
    seq: int | None

    @property
    def record_no(self) -> str:
        """The record number as printed."""
        return f"WT{self.number:04d}"


def receipt(number: int, seq: int) -> str:
    """The 回执号 of a problem's line on a form that leaves now (12, 3 → "WT0012-3")."""
    return f"WT{number:04d}-{seq}"


_RECEIPT = re.compile(r"(?<![A-Z0-9])WT[\s:.]*(\d{1,7})(?:\s*[-_/]+\s*(\d{1,5}))?(?!\d)", re.IGNORECASE)


def read_receipt(text: object) -> Receipt | None:
    """The first 回执号 or record number in a text ("ＷＴ００１２—３", "wt12-3", "WT0012"), or None."""
    match = _RECEIPT.search(plain(text))
    return Receipt(int(match.group(1)), int(match.group(2)) if match.group(2) else None) if match else None


def cell_key(key: str, code: str = "") -> str:
    """What a cell of a Word form is tagged with: its key, and on forms with several problems the 回执号 of its line, so
    that a cell is known wherever it is moved to ("done@WT0012-3")."""
    return f"{key}@{code}" if code else key


def read_cell_key(tag: str) -> tuple[str, str] | None:
    """Key and 回执号 ("" without one) of a tag; None for a tag that is not ours."""
    key, _, code = tag.strip().partition("@")
    return (key, code) if key in KEYS else None
