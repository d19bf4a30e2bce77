"""月调度表: a month's projects by stage, as it was signed off or as the ledger tells it; the stages' sums make the whole."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chain_office.domain.errors import KnownError
from chain_office.domain.percents import show_percent
from chain_office.domain.periods import last_ended_month, month_parts
from chain_office.domain.project_changes import STAGE_WORDS, restated
from chain_office.reports.content import Column, Table
from chain_office.reports.papers import Paper
from chain_office.services.finance_report import exact_wan
from chain_office.services.packing.wording import ROUNDED, UNRECORDED, decimals, said, yi
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.order import EXCEL, PDF, WORD, PaperFile
from chain_office.services.papers.wording import numeral
from chain_office.services.projects.months import live_table, month_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.domain.project_changes import Difference
    from chain_office.domain.project_months import MonthLine, MonthTable, StageSum
    from chain_office.services.papers.letterhead import Letterhead

_COLUMNS: Final = (
    Column("序号", 3, "center"), Column("项目名称", 21), Column("属地", 6, "center"), Column("总投资（亿元）", 6, "right"),
    Column("年度计划（万元）", 7, "right"), Column("本月完成（万元）", 7, "right"), Column("本年累计（万元）", 7, "right"),
    Column("完成率", 5.6, "right"), Column("比序时", 5.6, "right"), Column("开工以来（万元）", 7.4, "right"),
    Column("灯", 3, "center"),
    Column("形象进度", 20),
)  # fmt: skip
_LIGHTS: Final = {"red": "红", "amber": "黄", "green": "绿", "blue": "蓝", "grey": "灰"}
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_MOST: Final = 30
"""So many reasons and corrections are told under the table."""


def dispatch_table(
    ledger: Ledger, day: date, month: str | None, head: Letterhead
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The table of a month ("2021-09"; left out: the last that ended). Raises :class:`KnownError` for what is no month."""
    wanted = month or last_ended_month(day)
    if not _MONTH.fullmatch(wanted):
        raise KnownError(f"“{wanted}”不是月份，请写成 2021-09 这样。")
    table = month_table(ledger, wanted, day)
    if not table.lines:
        return (), (f"{wanted} 没有纳入调度的项目，没有写任何文件。",), None
    put_right = restated(table, live_table(ledger, wanted, day)) if table.frozen else ()
    paper = dispatch_paper(table, put_right, day, head)
    note = f"{wanted} 月调度表：{len(table.lines)} 个项目，{'已封账' if table.frozen else '还没有封账'}。"
    return (PaperFile("", paper, (PDF, WORD, EXCEL)),), (note,), None


def dispatch_paper(table: MonthTable, put_right: Sequence[Difference], day: date, head: Letterhead) -> Paper:
    """The paper of a month's table."""
    year, month = month_parts(table.month)
    return Paper(
        name=clean(joined("月调度表", table.month), 120),
        title=f"重点项目{year}年{month}月调度表",
        parts=(_table(table, put_right),),
        office=head.office,
        issued=day,
        wide=True,
        sample=head.sample,
        note=f"{head.office}　截至 {table.day}" + (f"　{table.signed_by}签字" if table.frozen else "　未封账"),
    )


def _table(table: MonthTable, put_right: Sequence[Difference]) -> Table:
    rows: list[tuple[str, ...]] = []
    groups, strong = set(), set()
    changed = {one.project for one in put_right}
    number = 0
    for place, one in enumerate(table.sums, start=1):
        groups.add(len(rows))
        rows.append((f"{numeral(place)}、{STAGE_WORDS[one.stage]}项目（{one.count}个）",))
        for line in (line for line in table.lines if line.stage == one.stage):
            number += 1
            rows.append(_row(number, line, restated_since=line.id in changed))
        strong.add(len(rows))
        rows.append(_sum(f"小计{one.count}个", one))
    strong.add(len(rows))
    rows.append(_sum(f"合计{len(table.lines)}个", table.whole))
    return Table(
        "", _COLUMNS, tuple(rows), notes=_notes(table, put_right), strong=frozenset(strong), groups=frozenset(groups),
        density="compact",
    )  # fmt: skip


def _row(number: int, line: MonthLine, *, restated_since: bool) -> tuple[str, ...]:
    done, ahead = _pace(line)
    return (
        str(number),
        said(line.name) + ("※" if restated_since else ""),
        said(line.place) or UNRECORDED,
        yi(line.total_yuan) if line.total_yuan is not None else UNRECORDED,
        _amount(line.plan_yuan),
        _amount(line.month_yuan),
        _amount(line.year_yuan) + ("*" if line.year_yuan is not None and not line.reported else ""),
        done,
        ahead,
        _amount(line.done_yuan),
        _LIGHTS.get(line.light, "—"),
        said(line.text) or ("未报" if line.due and not line.reported else "—"),
    )


def _pace(line: MonthLine) -> tuple[str, str]:
    """完成率, and percent points above (below: −) month ÷ 12, the month being that of the figure."""
    plan, done, month = line.plan_yuan, line.year_yuan, line.year_month
    if not plan or done is None or not month:
        return "—", "—"
    percent = Decimal(done) * 100 / plan
    text = decimals(percent - Decimal(month_parts(month)[1]) * 100 / 12, 1)
    return show_percent(percent), text if text.startswith("-") or text == "0.0" else f"+{text}"


def _amount(yuan: int | None) -> str:
    return "—" if yuan is None else exact_wan(yuan)


def _sum(word: str, one: StageSum) -> tuple[str, ...]:
    return (
        "", word, "", "—" if one.total_yuan is None else yi(one.total_yuan), _amount(one.plan_yuan),
        _amount(one.month_yuan), _amount(one.year_yuan), "—", "—", "—", "", "",
    )  # fmt: skip


def _notes(table: MonthTable, put_right: Sequence[Difference]) -> tuple[str, ...]:
    counts = " + ".join(f"{STAGE_WORDS[one.stage]}{one.count}" for one in table.sums)
    notes = [
        f"{counts} = {len(table.lines)}个。总投资以亿元计，其余以万元计；合计为已登记数之和，“—”为没有登记，不作零计。"
        "完成率 = 本年累计 ÷ 年度计划；比序时 = 完成率 － 报送月份 ÷ 12（百分点）；竣工项目为本年内竣工的项目。"
    ]
    if any(line.year_yuan is not None and not line.reported for line in table.lines):
        silent = sum(line.due and not line.reported for line in table.lines)
        notes.append(
            f"* 本月没有报，为最近一次报的累计和形象进度{f'；在建项目中没有报的有{silent}个' if silent else ''}。"
        )
    if _rounded(table):
        notes.append(f"总投资{ROUNDED}。")
    if table.frozen:
        notes.append(f"本表为 {table.signed_day} 由{table.signed_by}签字封账的数。")
        if put_right:
            told = "；".join(
                f"{said(one.name)}{one.what}封账时 {one.before}，现为 {one.after}" for one in put_right[:_MOST]
            )
            notes.append(f"※ 封账后有更正：{told}{'等' if len(put_right) > _MOST else ''}。")
    why = [f"{said(line.name)}：{line.why}" for line in table.lines if line.light in {"red", "amber"}]
    if why:
        notes.append(f"亮红灯、黄灯的原因：{'。'.join(why[:_MOST])}{'等' if len(why) > _MOST else ''}。")
    return tuple(notes)


def _rounded(table: MonthTable) -> bool:
    """Whether the 亿元 of the rows, as printed, do not add up to what stands below them."""
    shown = sum(Decimal(yi(line.total_yuan)) for line in table.lines if line.total_yuan is not None)
    whole = table.whole.total_yuan
    return whole is not None and shown != Decimal(yi(whole))
