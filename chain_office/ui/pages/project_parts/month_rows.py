"""The month's table as a sheet: its columns, its rows, what is carried over and not confirmed, what does not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.money import show_money
from chain_office.queries.projects import STAGES
from chain_office.services.projects.months import carried
from chain_office.ui.kit.amounts import wan
from chain_office.ui.kit.sheet_rows import LINE, LINES, NONE, SheetColumn, SheetRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.project_changes import Difference
    from chain_office.queries.projects_desk.months import MonthRow

MONEY: Final = {"month": "month_done_yuan", "year": "year_done_yuan", "total": "total_done_yuan"}
TEXT: Final = "text"
COLUMNS: Final = (
    SheetColumn("no", "编号", 62, NONE),
    SheetColumn("name", "项目", 186, NONE),
    SheetColumn("stage", "阶段", 50, NONE),
    SheetColumn("plan", "年度计划（万元）", 122, NONE, right=True),
    SheetColumn("before", "上次累计（万元）", 122, NONE, right=True, tip="最近一次报的本年累计完成；一月从零算起"),
    SheetColumn("month", "本月完成（万元）", 122, LINE, right=True, tip="填了本月，累计按上月累计加本月带出，可以再改"),
    SheetColumn("year", "本年累计（万元）", 122, LINE, right=True),
    SheetColumn("total", "开工以来（万元）", 122, LINE, right=True),
    SheetColumn("text", "形象进度", 220, LINES),
    SheetColumn("gap", "核对", 128, NONE),
)
NOT_REPORTED: Final = "未报"


def row_of(row: MonthRow, carry: bool, refused: str, put_right: Mapping[str, tuple[Difference, ...]]) -> SheetRow:
    """One project. ``carry``: what was reported last stands there greyed until it is confirmed."""
    stood, now = row.stood, row.now
    kept = carried(row) if carry and row.due and not row.reported else {}
    texts = {
        "no": stood.no, "name": stood.name, "stage": STAGES[stood.stage], "plan": wan(stood.plan_yuan),
        "before": wan(row.year_before), "month": wan(now.month_yuan), "year": wan(now.year_yuan),
        "total": wan(now.total_yuan), "text": now.text,
    }  # fmt: skip
    values = {"text": tuple(now.text.splitlines())}
    lights = {"no": "quiet", "before": "quiet"}
    tips = {"name": f"{stood.name}\n{stood.place}　{stood.owner}".rstrip(), "before": _last(row)}
    if kept:
        for column, field in MONEY.items():
            if kept.get(field) is not None:
                texts[column], lights[column] = wan(kept[field]), "quiet"
                tips[column] = f"沿用 {row.last.month}，还没有确认"
        if kept["image_progress"]:
            texts["text"], lights["text"] = kept["image_progress"], "quiet"
            values["text"] = tuple(kept["image_progress"].splitlines())
            tips["text"] = f"沿用 {row.last.month}，还没有确认：{kept['image_progress']}"
    gaps = [
        f"{word}差 {show_money(gap)}"
        for word, gap in (("本年", row.year_gap), ("开工以来", row.total_gap))
        if gap is not None and gap
    ]
    texts["gap"], lights["gap"] = "；".join(gaps), "amber"
    tips["gap"] = "累计 − 上月累计 − 本月。" if gaps else ""
    if not row.reported:
        texts["gap"] = "沿用，待确认" if kept and row.last.month else NOT_REPORTED if row.due else ""
        lights["gap"] = "red" if row.due and not kept else "quiet"
    told = put_right.get(stood.id, ())
    if told:
        texts["gap"] = "；".join(part for part in (f"封账后更正 {len(told)} 处", *gaps) if part)
        tips["gap"] = "\n".join(f"{one.what}：封账时 {one.before}，现在 {one.after}" for one in told)
        lights["gap"] = "amber"
    if refused:
        texts["gap"], lights["gap"], tips["gap"] = refused, "red", refused
    return SheetRow(stood.id, texts, values, lights, tips)


def _last(row: MonthRow) -> str:
    return f"{row.last.month} 报：{show_money(row.last.year_yuan)}" if row.last.month else "以前没有报过"
