"""五、项目建设: the pipeline, investment of the year against its plan and the calendar; the table of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.lights import GREEN, LABELS, RED, YELLOW
from chain_office.domain.percents import show_percent
from chain_office.domain.periods import month_parts
from chain_office.queries.projects import STAGES
from chain_office.reports.content import Column, Section, Table
from chain_office.services.charting import STAGE_ORDER, exhibit
from chain_office.services.packing.linking import cell_links, count, figure, row_links
from chain_office.services.packing.schedule import light as light_of
from chain_office.services.packing.schedule import pace, paces, schedule, together
from chain_office.services.packing.wording import (
    UNKNOWN,
    UNRECORDED,
    counted,
    decimals,
    money,
    points,
    said,
    span,
    wan,
    yi,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from chain_office.queries.projects import ProjectRow
    from chain_office.reports.content import Block
    from chain_office.services.packing.facts import Facts
    from chain_office.services.packing.schedule import Pace

HEADING = "项目建设"
ANNEX = "重点项目推进情况"
_ROMAN = "一二三四"
_CHART_MM = 54.0
_MOST = 20  # difficulties told under the table


def section(facts: Facts) -> Section:
    """The section."""
    if not facts.desks.projects:
        return Section(HEADING, (f"台账尚未登记重点项目，项目情况{UNKNOWN}。",))
    if not facts.projects:
        return Section(HEADING, ("截止日没有处于拟开工、在建、竣工或停缓建阶段的项目。",))
    blocks: list[Block] = [_stages(facts)]
    blocks.append(_investment(facts))
    chart = exhibit("pipeline", facts, most_mm=_CHART_MM)
    return Section(HEADING, tuple(blocks), charts=() if chart is None else (chart,))


def _stages(facts: Facts) -> str:
    number = facts.headline.number
    parts = [(STAGES[stage], number(f"projects.{stage}"), f"projects.{stage}") for stage in STAGE_ORDER]
    text = f"纳入调度的项目{count(facts, 'projects.total')}个，其中本年"
    text += f"{counted(parts[:1], zeros=True, link=figure)}、{counted(parts[1:3], zeros=True, link=figure)}"
    text += f"、{counted(parts[3:], link=figure)}" if parts[3][1] else ""
    text += f"；本年新开工{facts.started}个" if facts.started else ""
    priced = [project.total_yuan for project in facts.projects if project.total_yuan is not None]
    if not priced:
        return f"{text}。项目总投资均{UNRECORDED}。"
    missing = len(facts.projects) - len(priced)
    text += f"。已登记总投资的{len(priced)}个项目合计{money(sum(priced))}"
    return text + (f"，另有{missing}个项目总投资{UNRECORDED}。" if missing else "。")


def _investment(facts: Facts) -> str:
    plans = [project.year_plan_yuan for project in facts.projects if project.year_plan_yuan is not None]
    if not plans:
        return f"项目的{facts.day.year}年度投资计划均{UNRECORDED}，完成率无法计算。"
    text = f"已登记{facts.day.year}年度计划的{len(plans)}个项目计划投资{money(sum(plans))}。"
    moving = [project for project in facts.projects if project.stage != "planned"]
    found = paces(facts, moving)
    total = together(found)
    if total is None:
        return f"{text}开工项目的本年完成投资均{UNRECORDED}。"
    months = total.months
    when = f"{span(months[0][:4] + '-01', months[0])}" if len(months) == 1 else "截至各自最近一次报送"
    text += f"既有年度计划又报送完成投资的{total.count}个开工项目，{when}完成投资{money(total.done_yuan)}，"
    text += f"为其年度计划（{money(total.plan_yuan)}）的{show_percent(total.percent)}，"
    text += _against(points(total.percent - total.schedule), f"序时进度（{decimals(total.schedule, 1)}%）")
    missing = len(moving) - total.count
    return text + (f"另有{missing}个开工项目没有年度计划或完成投资数据，未计入完成率。" if missing else "")


def _against(difference: str, what: str) -> str:
    return f"与{what}持平。" if difference == "持平" else f"比{what}{difference}。"


def annex(facts: Facts) -> Section | None:
    """The table of projects by stage with its chart; None where there are none."""
    if not facts.projects:
        return None
    return Section(ANNEX, tables=(_table(facts),), annex=True)


def _table(facts: Facts) -> Table:
    columns = (
        Column("序号", 18, "center"), Column("项目名称", 141), Column("属地", 33, "center"),
        Column("总投资", 33, "right"), Column("年度计划", 34, "right"), Column("本年完成", 34, "right"),
        Column("完成率", 36, "right"), Column("比序时", 39, "right"), Column("形象进度", 74),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    listed: list[tuple[int, str]] = []
    number = 0
    for stage in STAGE_ORDER:
        projects = [project for project in facts.projects if project.stage == stage]
        if not projects:
            continue
        rows.append((f"{_ROMAN[len(groups)]}、{STAGES[stage]}项目（{len(projects)}个，{_priced(projects)}）",))
        groups[len(rows) - 1] = stage
        for project in projects:
            number += 1
            listed.append((len(rows), project.id))
            rows.append(_row(facts, number, project))
    rows.append(_total(facts))
    return Table(
        "",
        columns,
        tuple(rows),
        "亿元（总投资）、万元（年度投资）",
        _notes(facts),
        strong=frozenset({len(rows) - 1}),
        groups=frozenset(groups),
        density="compact",
        links=(
            *row_links("project", listed),
            *(link for row, stage in groups.items() for link in cell_links(row, ((-1, f"projects.{stage}"),))),
            *cell_links(len(rows) - 1, ((1, "projects.total"),)),
        ),
    )


def _priced(projects: list[ProjectRow]) -> str:
    known = [project.total_yuan for project in projects if project.total_yuan is not None]
    if not known:
        return f"总投资均{UNRECORDED}"
    missing = len(projects) - len(known)
    return f"总投资{money(sum(known))}" + (f"，{missing}个{UNRECORDED}" if missing else "")


def _row(facts: Facts, number: int, project: ProjectRow) -> tuple[str, ...]:
    done = facts.progress[project.id].year_done_yuan
    found = pace(facts, project)
    return (
        str(number),
        said(project.name),
        said(project.place) or UNRECORDED,
        UNRECORDED if project.total_yuan is None else yi(project.total_yuan),
        UNRECORDED if project.year_plan_yuan is None else wan(project.year_plan_yuan),
        UNRECORDED if done is None else wan(done),
        "—" if found is None else show_percent(found.percent),
        "—" if found is None or project.stage != "under_construction" else _against_schedule(facts, found),
        said(project.image_progress) or UNRECORDED,
    )


def _against_schedule(facts: Facts, found: Pace) -> str:
    """+7.7, or −33.3红: the light is written where it is not green."""
    light = light_of(facts, found)
    return _signed(found.ahead) + ("" if light in {"", GREEN} else LABELS.get(light, light)[:1])


def _signed(value: Decimal) -> str:
    text = decimals(value, 1)
    return text if text.startswith("-") or text == "0.0" else f"+{text}"


def _total(facts: Facts) -> tuple[str, ...]:
    priced = [project.total_yuan for project in facts.projects if project.total_yuan is not None]
    plans = [project.year_plan_yuan for project in facts.projects if project.year_plan_yuan is not None]
    done = [
        known.year_done_yuan
        for project in facts.projects
        if (known := facts.progress[project.id]).year_done_yuan is not None
    ]
    return (
        "",
        f"合计{len(facts.projects)}个",
        "",
        yi(sum(priced)) if priced else UNRECORDED,
        wan(sum(plans)) if plans else UNRECORDED,
        wan(sum(done)) if done else UNRECORDED,
        "—",
        "—",
        "",
    )


def _notes(facts: Facts) -> tuple[str, ...]:
    months = sorted({known.month for project in facts.projects if (known := facts.progress[project.id]).month})
    notes = [
        "口径：完成率 = 本年完成投资 ÷ 年度计划投资；序时进度 = 报送月份 ÷ 12；竣工项目为本年内竣工的项目。"
        f"合计行为已登记数之和，{UNRECORDED}的不作零计。"
    ]
    if len(months) == 1 and months[0]:
        end = month_parts(months[0])[1]
        notes.append(f"本年完成投资报送至{facts.day.year}年{end}月，序时进度为{decimals(schedule(months[0]), 1)}%。")
    rules = "；".join(
        f"{LABELS[light]}：{'，或'.join(texts)}"
        for light in (RED, YELLOW)
        if (texts := [said(text).replace(" ", "") for lit, text in facts.rules if lit == light and text])
    )
    if rules:
        notes.append(f"比序时 = 完成率 - 序时进度（百分点），只列在建项目；数后“黄”“红”为亮灯：{rules}。")
    stuck = [f"{said(one.name)}：{said(facts.progress[one.id].problems)}" for one in with_difficulties(facts)]
    if stuck:
        notes.append(f"登记的困难：{'；'.join(stuck[:_MOST])}{'等' if len(stuck) > _MOST else ''}。")
    return tuple(notes)


def with_difficulties(facts: Facts) -> list[ProjectRow]:
    """Projects not yet completed whose rows name a difficulty."""
    return [one for one in facts.projects if one.stage != "completed" and facts.progress[one.id].problems.strip()]
