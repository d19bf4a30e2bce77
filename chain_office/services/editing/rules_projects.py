"""Rules of projects, their stages, plans, months and nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.forms import numbered
from chain_office.db.models.projects import NODES
from chain_office.domain.forms import Fault
from chain_office.domain.money import show_money
from chain_office.domain.periods import add_to_month, month_of
from chain_office.domain.stages import PROJECT_STAGE, why_not
from chain_office.queries.editing.rows import live, row
from chain_office.services.editing.case import in_order, not_ahead, not_negative, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.services.editing.case import Case


def _project(case: Case) -> Iterator[Fault]:
    yield from in_order(case, "start_day", "finish_day")
    yield from in_order(case, "plan_start", "plan_finish")
    yield from not_negative(case, "total_yuan", "output_after_yuan", "tax_after_yuan", "land_mu")
    after = case.after
    for name, plan in (("start_day", "plan_start"), ("finish_day", "plan_finish")):
        day = case.day(name)
        if day and day > case.today and case.touched(name):
            yield Fault(name, f"{case.label(name)} {day} 还没有到；还在计划的请填“{case.label(plan)}”")
    if after["finish_day"] and not after["start_day"] and case.touched("finish_day"):
        yield warn("start_day", "填了竣工时间，没有填开工时间，请核对")
    if after["name"] and case.touched("name"):
        for other in case.others(live(case.ledger, "project", name_key=after["name_key"]))[:1]:
            yield warn("name", f"台账里已有同名项目（{numbered('project', other['number'])}），请核对是不是同一个")
    yield from _same_code(case)
    if not case.is_new:
        yield from _stage_behind(case)


def _same_code(case: Case) -> Iterator[Fault]:
    code = case.after["code"]
    if code and case.touched("code"):
        for other in case.others(live(case.ledger, "project", code=code))[:1]:
            yield Fault("code", f"项目代码与“{other['name']}”（{numbered('project', other['number'])}）相同，请核对")


def _stage_behind(case: Case) -> Iterator[Fault]:
    """A day of beginning or completing that the stages say nothing of."""
    stage = case.after["stage"]
    word = PROJECT_STAGE.label(stage)
    if case.after["finish_day"] and "finish_day" in case.changed and stage != "completed":
        yield warn("finish_day", f"填了竣工时间，但阶段还是{word}；请在“阶段变更”里登记竣工")
    elif case.after["start_day"] and "start_day" in case.changed and stage == "planned":
        yield warn("start_day", f"填了开工时间，但阶段还是{word}；请在“阶段变更”里登记在建")


def _stage_change(case: Case) -> Iterator[Fault]:
    day = case.day("day")
    others = case.others(live(case.ledger, "stage_change", project_id=case.after["project_id"]))
    if day is None and case.touched("day") and others:
        yield Fault("day", "没有填日期；只有最初登记的阶段可以没有日期")
    if day and day > case.today and case.touched("day"):
        yield Fault("day", f"阶段变更日期 {day} 还没有到，到时再登记")
    if not case.touched("day", "stage"):
        return
    at = str(day or "")
    before = sorted((one for one in others if str(one["day"] or "") <= at), key=_order)
    after = sorted((one for one in others if str(one["day"] or "") > at), key=_order)
    for beside, where in ((before[-1:], "在这之前"), (after[:1], "在这之后")):
        for other in beside:
            if other["stage"] == case.after["stage"]:
                word = PROJECT_STAGE.label(other["stage"])
                yield Fault("stage", f"{where}已经登记为{word}（{other['day'] or '登记时'}），不用重复登记")
    stage = case.after["stage"] or ""
    if before and before[-1]["stage"] != stage and (why := why_not(before[-1]["stage"], stage)):
        yield warn("stage", f"{before[-1]['day'] or '登记时'}登记为{PROJECT_STAGE.label(before[-1]['stage'])}；{why}")


def _order(one: Mapping[str, object]) -> tuple[str, str]:
    return str(one["day"] or ""), str(one["id"])


def _project_plan(case: Case) -> Iterator[Fault]:
    year = case.amount("year")
    yield from not_negative(case, "year_plan_yuan")
    if year is not None and case.touched("year"):
        for _ in case.others(live(case.ledger, "project_plan", project_id=case.after["project_id"], year=year)):
            yield Fault("year", f"这个项目已有 {year} 年的计划，请在那一条上修改")
    if case.after["year_plan_yuan"] is None and not case.after["year_goal"]:
        yield Fault("year_plan_yuan", "年度计划投资和年度建设目标至少填一项")
    if case.touched("year_plan_yuan"):
        yield from _plans_fit(case)


def _plans_fit(case: Case) -> Iterator[Fault]:
    """What is planned for one year, and for all years together, against the project's total."""
    plan, project = case.amount("year_plan_yuan"), row(case.ledger, "project", case.after["project_id"])
    total = project["total_yuan"] if project is not None else None
    if not plan or not total:
        return
    if plan > total:
        yield warn("year_plan_yuan", f"年度计划 {show_money(plan)} 超过总投资 {show_money(total)}，请核对")
        return
    others = case.others(live(case.ledger, "project_plan", project_id=case.after["project_id"]))
    together = plan + sum(one["year_plan_yuan"] or 0 for one in others)
    if together > total:
        yield warn(
            "year_plan_yuan",
            f"各年度计划合计 {show_money(together)} 超过总投资 {show_money(total)}，请核对（结转的投资不要重复计划）",
        )


def _project_month(case: Case) -> Iterator[Fault]:
    after = case.after
    amounts = ("month_done_yuan", "year_done_yuan", "total_done_yuan")
    yield from not_negative(case, *amounts)
    month = after["month"]
    if all(after[name] is None for name in amounts) and not after["image_progress"]:
        yield Fault("month_done_yuan", "投资完成数和形象进度至少填一项")
    if not month:
        return
    if case.touched("month"):
        for _ in case.others(live(case.ledger, "project_month", project_id=after["project_id"], month=month)):
            yield Fault("month", f"这个项目已有 {month} 的进展，请在那一条上修改")
        if month > month_of(case.today):
            yield warn("month", f"{month} 还没有到，请核对")
    if case.touched(*amounts, "month"):
        yield from _sums(case, month)
        yield from _against_last_month(case, month)
    if case.touched(*amounts, "month", "image_progress"):
        signed = live(case.ledger, "month_freeze", desk="projects", month=month)
        if signed:
            who = f"由{signed[0]['signed_by']}" if signed[0]["signed_by"] else ""
            yield warn(
                "month", f"{month} 已于 {signed[0]['day']} {who}封账；保存后作为更正，比对和打印时会注明封账时的数"
            )


def _against_last_month(case: Case, month: str) -> Iterator[Fault]:
    """A cumulative is the one of the month before plus this month; since the start it never falls."""
    others = case.others(live(case.ledger, "project_month", project_id=case.after["project_id"]))
    last = next((one for one in others if one["month"] == add_to_month(month, -1)), None)
    done, year, total = (case.amount(name) for name in ("month_done_yuan", "year_done_yuan", "total_done_yuan"))
    if last is not None and done is not None:
        for name, value in (("year_done_yuan", year), ("total_done_yuan", total)):
            before = last[name]
            if value is None or before is None or (name == "year_done_yuan" and month.endswith("-01")):
                continue
            if value != before + done and value >= before:
                told = f"上月 {show_money(before)} 加本月 {show_money(done)}"
                gap = show_money(value - before - done)
                yield warn(name, f"{case.label(name)} {show_money(value)} 与{told}相差 {gap}，请核对")
    earlier = [one for one in others if one["month"] < month and one["total_done_yuan"] is not None]
    newest = max(earlier, key=lambda one: str(one["month"]), default=None)
    if total is not None and newest is not None and newest["total_done_yuan"] > total:
        told = f"{newest['month']} 的 {show_money(newest['total_done_yuan'])}"
        yield warn("total_done_yuan", f"开工以来累计 {show_money(total)} 小于 {told}，请核对")


def _sums(case: Case, month: str) -> Iterator[Fault]:
    done, year, total = (case.amount(name) for name in ("month_done_yuan", "year_done_yuan", "total_done_yuan"))
    if done is not None and year is not None:
        if month.endswith("-01") and done != year:
            yield warn("year_done_yuan", f"1 月的年度累计 {show_money(year)} 应与本月 {show_money(done)} 相同，请核对")
        elif year < done:
            yield warn("year_done_yuan", f"年度累计 {show_money(year)} 小于本月 {show_money(done)}，请核对")
    if year is not None and total is not None and total < year:
        yield warn("total_done_yuan", f"开工以来累计 {show_money(total)} 小于年度累计 {show_money(year)}，请核对")
    others = case.others(live(case.ledger, "project_month", project_id=case.after["project_id"]))
    earlier = [one for one in others if month[:4] == one["month"][:4] and one["month"] < month]
    last = max(earlier, key=lambda one: str(one["month"]), default=None)
    if year is not None and last is not None and (last["year_done_yuan"] or 0) > year:
        yield warn(
            "year_done_yuan",
            f"年度累计 {show_money(year)} 小于 {last['month']} 的 {show_money(last['year_done_yuan'])}，请核对",
        )
    project = row(case.ledger, "project", case.after["project_id"])
    if total is not None and project is not None and project["total_yuan"] and total > project["total_yuan"]:
        yield warn(
            "total_done_yuan", f"累计完成 {show_money(total)} 超过总投资 {show_money(project['total_yuan'])}，请核对"
        )


def _project_node(case: Case) -> Iterator[Fault]:
    yield from not_ahead(case, "done_day")
    name = case.after["name"]
    if name and case.touched("name"):
        for _ in case.others(live(case.ledger, "project_node", project_id=case.after["project_id"], name=name)):
            yield warn("name", f"这个项目已有节点“{name}”，请核对是否重复")
    if case.touched("name", "plan_day", "done_day"):
        yield from _nodes_in_order(case)


def _nodes_in_order(case: Case) -> Iterator[Fault]:
    """A node planned or done before one that comes before it (立项 → 用地 → … → 投产)."""
    name = case.after["name"]
    if name not in NODES:
        return
    others = case.others(live(case.ledger, "project_node", project_id=case.after["project_id"]))
    for column, word in (("plan_day", "计划"), ("done_day", "完成")):
        day = case.day(column)
        for other in others if day else ():
            if other["name"] not in NODES or not other[column]:
                continue
            before = NODES.index(other["name"]) < NODES.index(name)
            if other["name"] != name and (day < other[column] if before else day > other[column]):
                way = "早" if before else "晚"
                yield warn(column, f"“{name}”{word}于 {day}，比“{other['name']}”的 {other[column]} 还{way}，请核对")
                break


def _project_cause(case: Case) -> Iterator[Fault]:
    after = case.after
    if not case.touched("project_id", "problem_id", "node"):
        return
    known = live(case.ledger, "project_cause", project_id=after["project_id"], problem_id=after["problem_id"])
    for other in case.others(known):
        if (other["node"] or "") == (after["node"] or ""):
            yield Fault("problem_id", "这个问题已经登记为这个项目的制约问题，不用重复登记")
    problem = row(case.ledger, "problem", after["problem_id"])
    if problem is not None and case.touched("problem_id") and problem["state"] in {"closed", "solved_on_site"}:
        yield warn("problem_id", f"{numbered('problem', problem['number'])} 已经解决，不会再作为滞后的原因，请核对")


RULES: Mapping[str, Callable[[Case], Iterator[Fault]]] = {
    "project": _project,
    "stage_change": _stage_change,
    "project_plan": _project_plan,
    "project_month": _project_month,
    "project_node": _project_node,
    "project_cause": _project_cause,
}
BETWEEN: Mapping[str, Callable[[Case], Iterator[Fault]]] = {"project": _same_code, "stage_change": _stage_change}
"""Those that look at other records: a record that comes back is held to them, however it stood before."""
