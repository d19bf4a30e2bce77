"""The five lists of a ledger at a date, as typed cells."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chain_office.domain import five_lists
from chain_office.domain.contacts import mask_phones, mask_phones_in_text
from chain_office.domain.five_lists import FiveLists, ListColumn, ListGroup, ListRow, OneList
from chain_office.domain.goals import NOT_COMPARED, measure, reckoned, standing
from chain_office.domain.money import YI, show_money
from chain_office.domain.workflow import STATES
from chain_office.queries import five_lists as rows
from chain_office.queries import problems, project_pace, projects
from chain_office.queries.goal_values import goal_value
from chain_office.queries.project_progress import light_limits
from chain_office.queries.projects_desk.standing import standings
from chain_office.services.lists.problems import problem_list
from chain_office.services.packing.facts import office_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.goals import Standing
    from chain_office.queries.five_lists import ProspectRow, TargetRow

_TARGETS: Final = (
    ListColumn("编号", width=4.5), ListColumn("目标名称", "long", 14), ListColumn("年度", width=3.5),
    ListColumn("单位", width=3.5), ListColumn("目标", "number", 6), ListColumn("当前", "number", 6),
    ListColumn("完成率(%)", "percent", 5.5), ListColumn("差额", "number", 6), ListColumn("序时进度(%)", "percent", 6),
    ListColumn("亮灯", width=6.5), ListColumn("责任人", width=6), ListColumn("依据", "long", 10, rank=1),
    ListColumn("备注", "long", 8),
)  # fmt: skip
_LIGHT: Final = 9
_PROJECTS: Final = (
    ListColumn("编号", width=4.5), ListColumn("项目名称", "long", 13), ListColumn("建设单位", "long", 9, rank=1),
    ListColumn("建设地点", width=5), ListColumn("所属环节", width=6, rank=4), ListColumn("建设内容及规模", "long", 12, rank=2),
    ListColumn("总投资", "wan", 6, summed=True), ListColumn("年度计划投资", "wan", 6, summed=True),
    ListColumn("年度累计完成", "wan", 6, summed=True), ListColumn("完成率(%)", "percent", 5), ListColumn("亮灯", width=4),
    ListColumn("形象进度", "long", 9), ListColumn("存在问题", "long", 10), ListColumn("责任领导", width=5, rank=3),
    ListColumn("责任单位", width=6),
)  # fmt: skip
_PROJECT_LIGHT: Final = 10
_PROSPECTS: Final = (
    ListColumn("编号", width=4.5), ListColumn("招商项目", "long", 13), ListColumn("投资方", "long", 9),
    ListColumn("建设内容", "long", 12, rank=2), ListColumn("拟投资额", "wan", 6, summed=True), ListColumn("所属环节", width=6),
    ListColumn("落户地", width=7), ListColumn("阶段", width=3.5), ListColumn("接洽时间", "day", 6, rank=3),
    ListColumn("签约时间", "day", 6), ListColumn("落地时间", "day", 6), ListColumn("责任单位", width=6),
    ListColumn("责任人", width=5, rank=4), ListColumn("下一步措施", "long", 11), ListColumn("转入项目", "long", 8, rank=1),
)  # fmt: skip
_MONEY, _STAGE = 4, 7
_STAGE_LIGHTS: Final = {rows.TALKING: "", rows.SIGNED: "blue", rows.LANDED: "green", rows.ENDED: "grey"}
_ACHIEVEMENTS: Final = (
    ListColumn("编号", width=4.5), ListColumn("成果名称", "long", 13), ListColumn("持有单位", "long", 9),
    ListColumn("技术领域", width=7), ListColumn("成熟度", width=4.5), ListColumn("知识产权", "long", 9, rank=1),
    ListColumn("所属环节", width=6), ListColumn("对接企业", "long", 8), ListColumn("合作需求", "long", 11),
    ListColumn("登记日期", "day", 6), ListColumn("转化日期", "day", 6), ListColumn("联系人", width=5),
    ListColumn("联系电话", width=7, rank=2), ListColumn("备注", "long", 7, rank=3),
)  # fmt: skip
_NUMERALS: Final = "一二三四五六七八九十"


def five_lists_of(ledger: Ledger, day: date) -> FiveLists:
    """All five at ``day``."""
    office = office_of(ledger)
    made = tuple(_MAKERS[list_id](ledger, day) for list_id in five_lists.FIVE)
    return FiveLists(office.name, office.chain, day, office.sample, made)


def one_list(ledger: Ledger, list_id: str, day: date, most: int | None = None) -> OneList:
    """One of the five at ``day``; of problems, of which there may be very many, the ``most`` pressing (None: all)."""
    return problem_list(ledger, day, most) if list_id == five_lists.PROBLEMS else _MAKERS[list_id](ledger, day)


def list_counts(ledger: Ledger, day: date) -> dict[str, int]:
    """List → how many rows it has, for the words over them."""
    return {
        five_lists.TARGETS: len(rows.targets(ledger)),
        five_lists.PROJECTS: projects.counts_by_stage(ledger, day).get("under_construction", 0),
        five_lists.PROSPECTS: sum(one.stage != rows.ENDED for one in rows.prospects(ledger, day)),
        five_lists.PROBLEMS: sum(
            number
            for state, number in problems.counts_by_state(ledger, day).items()
            if STATES[state].bucket in rows.UNSOLVED
        ),
        five_lists.ACHIEVEMENTS: len(rows.achievements(ledger, day)),
    }


# 发展目标.


def _targets(ledger: Ledger, day: date) -> OneList:
    limits = light_limits(ledger)
    groups: dict[int, list[ListRow]] = {}
    reached = behind = compared = 0
    for one in rows.targets(ledger):
        stood = _stood(ledger, one, day, lambda ahead: project_pace.light_of(limits, ahead))
        compared += bool(stood.light)
        reached += stood.gap is not None and stood.gap >= 0
        behind += stood.light == "red"
        groups.setdefault(one.year, []).append(_target(one, stood))
    parts = tuple(ListGroup(f"{year}年", tuple(found)) for year, found in groups.items())
    count = sum(len(part.rows) for part in parts)
    said = f"{count}项目标"
    if compared:
        said += f"，其中{compared}项有对照数字：{reached}项已达到，{behind}项滞后或未完成"
    notes = (
        "当前：对照数字在截止日（往年目标取当年12月31日）的值；完成率 = 当前 ÷ 目标；差额 = 当前 - 目标；"
        "序时进度 = 已过完的月份 ÷ 12，亮灯按“设置”里项目的序时规则，增速类只比高低。",
    )
    return OneList(five_lists.TARGETS, _TARGETS, parts, said, notes=notes)


def _stood(ledger: Ledger, one: TargetRow, day: date, light_of: Callable[[Decimal], str]) -> Standing:
    compared, at = measure(one.key), reckoned(one.year, day)
    goal = one.goal_yuan if compared is not None and compared.unit == "元" else one.goal
    if compared is None or goal is None or at is None:
        return NOT_COMPARED
    return standing(compared, goal, goal_value(ledger, one.key, at), one.year, day, light_of)


def _target(one: TargetRow, stood: Standing) -> ListRow:
    money = one.goal_yuan is not None
    scale = YI if money and abs(one.goal_yuan or 0) >= YI else 10_000
    unit = ("亿元" if scale == YI else "万元") if money else one.unit

    def told(value: int | Decimal | None) -> int | Decimal | None:
        if value is None or not money:
            return value
        exact = Decimal(value) / scale
        return int(exact) if exact == exact.to_integral_value() else exact.quantize(Decimal("0.01"))

    cells = (
        one.no, one.name, str(one.year), unit, told(one.goal_yuan if money else one.goal), told(stood.value), stood.done,
        told(stood.gap), stood.schedule, stood.word, one.owner, one.basis, one.remark,
    )  # fmt: skip
    return ListRow(f"target:{one.id}", cells, {_LIGHT: stood.light} if stood.light else {}, stood.why)


# 在建重大项目.


def _projects(ledger: Ledger, day: date) -> OneList:
    going = [row for row in projects.pipeline(ledger, day) if row.stage == "under_construction"]
    facts = rows.project_facts(ledger, [row.id for row in going], day)
    pace, known = project_pace.paces(ledger, day), standings(ledger, day)
    found = []
    for row in going:
        more, at, stood = facts[row.id], pace.get(row.id), known[row.id]
        trouble = "；".join(part for part in (said(more.problems), _held(more.held_by)) if part)
        percent = at.percent.quantize(Decimal("0.1")) if at is not None else None
        cells = (
            f"XM{row.number:04d}", row.name, row.owner, row.place, more.segment, said(more.content), row.total_yuan,
            row.year_plan_yuan, row.year_done_yuan, percent, stood.label, said(row.image_progress), trouble,
            more.leader, more.unit,
        )  # fmt: skip
        lights = {_PROJECT_LIGHT: stood.light} if stood.light else {}
        found.append(ListRow(f"project:{row.id}", cells, lights, stood.why))
    total = _sum(row.total_yuan for row in going)
    words = f"在建项目{len(going)}个" + (f"，总投资{show_money(total).replace(' ', '')}" if total is not None else "")
    notes = (
        "完成率 = 年度累计完成投资 ÷ 年度计划投资；亮灯按“设置”里项目的亮灯规则。存在问题后的编号是还没有销号的制约问题。",
    )
    return OneList(five_lists.PROJECTS, _PROJECTS, (ListGroup("", tuple(found)),), words, "万元", notes)


def _held(held_by: Sequence[str]) -> str:
    return f"受制于{'、'.join(held_by)}" if held_by else ""


# 招商引资.


def _prospects(ledger: Ledger, day: date) -> OneList:
    every = rows.prospects(ledger, day)
    groups: list[ListGroup] = []
    told = []
    for stage in rows.PROSPECT_STAGES:
        mine = [one for one in every if one.stage == stage]
        if not mine:
            continue
        total = _sum(one.total_yuan for one in mine)
        money = f"，拟投资{show_money(total).replace(' ', '')}" if total is not None else ""
        number = _NUMERALS[len(groups)]
        groups.append(
            ListGroup(
                f"{number}、{stage}（{len(mine)}个{money}）", tuple(map(_prospect, mine)), apart=stage == rows.ENDED
            )
        )
        told.append(f"{stage}{len(mine)}个{money}")
    words = "；".join(told) or "没有招商项目"
    ended = sum(one.stage == rows.ENDED for one in every)
    notes = ("阶段由接洽、签约、落地、终止的日期得出。" + (f"另有{ended}个已终止，不列入。" if ended else ""),)
    return OneList(five_lists.PROSPECTS, _PROSPECTS, tuple(groups), words, "万元", notes)


def _prospect(one: ProspectRow) -> ListRow:
    place = "·".join(part for part in (one.district, one.park) if part)
    reached = {rows.TALKING: 1, rows.SIGNED: 2, rows.LANDED: 3, rows.ENDED: 3}[one.stage]
    days = [
        day if number < reached else None for number, day in enumerate((one.met_day, one.signed_day, one.landed_day))
    ]
    cells = (
        one.no, one.name, one.investor, said(one.content), one.total_yuan, one.segment, place, one.stage, *days, one.unit,
        said(one.owner), said(one.next_step), one.project,
    )  # fmt: skip
    why = f"{one.stage}（{one.stage_day.isoformat()}）" if one.stage_day else one.stage
    return ListRow(f"prospect:{one.id}", cells, {_STAGE: _STAGE_LIGHTS[one.stage]}, why)


# 科研成果.


def _achievements(ledger: Ledger, day: date) -> OneList:
    every = rows.achievements(ledger, day)
    landed = sum(one.landed_day is not None and one.landed_day <= day for one in every)
    found = []
    for one in every:
        done = one.landed_day if one.landed_day is not None and one.landed_day <= day else None
        cells = (
            one.no, one.name, one.holder, one.field, one.maturity, said(one.ip), one.segment, one.enterprise,
            said(one.demand), one.day, done, one.contact, mask_phones(one.phone), said(one.remark),
        )  # fmt: skip
        found.append(ListRow(f"achievement:{one.id}", cells, {4: "green"} if done else {}, "已转化" if done else ""))
    words = f"科研成果{len(every)}项，已转化{landed}项" if every else "没有科研成果"
    return OneList(
        five_lists.ACHIEVEMENTS,
        _ACHIEVEMENTS,
        (ListGroup("", tuple(found)),),
        words,
        notes=("联系电话已隐去中间四位。",) if every else (),
    )


def said(text: str) -> str:
    """A recorded text for a cell: on one line, phones masked."""
    return mask_phones_in_text(" ".join(text.split()))


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


_MAKERS: Final[dict[str, Callable[[Ledger, date], OneList]]] = {
    five_lists.TARGETS: _targets,
    five_lists.PROJECTS: _projects,
    five_lists.PROSPECTS: _prospects,
    five_lists.PROBLEMS: problem_list,
    five_lists.ACHIEVEMENTS: _achievements,
}
