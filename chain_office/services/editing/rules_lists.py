"""Rules of goals, courted projects, research results and flows between segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.db.forms import numbered
from chain_office.domain.forms import Fault
from chain_office.domain.goals import measure
from chain_office.domain.names import name_key
from chain_office.queries.editing.rows import live
from chain_office.services.editing.case import in_order, not_ahead, not_negative, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.services.editing.case import Case

_LARGEST_RATE: Final = 300


def _target(case: Case) -> Iterator[Fault]:
    after = case.after
    yield from not_negative(case, "goal_yuan")
    money, number = after["goal_yuan"], after["goal"]
    if case.touched("goal_yuan", "goal", "figure_key", "unit"):
        if money is None and number is None:
            yield Fault("goal_yuan", "目标金额和目标数至少填一项")
        elif money is not None and number is not None:
            yield Fault("goal", "一项目标只能是金额或数字中的一种，请清空另一个")
        else:
            yield from _compared(case)
    if after["name"] and case.touched("name", "year"):
        for other in case.others(live(case.ledger, "target", year=after["year"])):
            if name_key(other["name"]) == name_key(after["name"]):
                yield warn("name", f"{after['year']} 年已有同名目标（{numbered('target', other['number'])}），请核对")


def _compared(case: Case) -> Iterator[Fault]:
    """A goal and the number it is compared with are of one kind."""
    after, compared = case.after, measure(case.after["figure_key"])
    if compared is None:
        if after["goal"] is not None and not after["unit"]:
            yield Fault("unit", "填了目标数，没有写计量单位（家、个、% ……）")
        return
    if compared.unit == "元":
        if after["goal_yuan"] is None:
            yield Fault("goal_yuan", f"“{compared.label}”是金额，请填“目标金额”")
    elif after["goal"] is None:
        yield Fault("goal", f"“{compared.label}”按{compared.unit}计，请填“目标数”")
    elif after["unit"] != compared.unit:
        yield Fault("unit", f"“{compared.label}”按{compared.unit}计，计量单位请选“{compared.unit}”")
    elif compared.pace == "rate" and after["goal"] > _LARGEST_RATE:
        yield warn("goal", f"增速目标 {after['goal']}% 特别大，请核对")


def _prospect(case: Case) -> Iterator[Fault]:
    yield from not_negative(case, "total_yuan")
    yield from in_order(case, "met_day", "signed_day")
    yield from in_order(case, "signed_day", "landed_day")
    yield from in_order(case, "met_day", "landed_day")
    yield from in_order(case, "met_day", "ended_day")
    yield from not_ahead(case, "met_day", "signed_day", "landed_day", "ended_day")
    after = case.after
    if after["landed_day"] and after["ended_day"] and case.touched("landed_day", "ended_day"):
        yield warn("ended_day", "已经落地，又写了终止时间，按终止计；请核对")
    if after["project_id"] and case.touched("project_id"):
        for other in case.others(live(case.ledger, "prospect", project_id=after["project_id"]))[:1]:
            yield warn("project_id", f"这个项目已由“{other['name']}”转入，请核对")
        if not after["landed_day"]:
            yield warn("landed_day", "填了项目，没有填落地时间，阶段不算落地")
    if after["name"] and case.touched("name"):
        for other in case.others(live(case.ledger, "prospect")):
            if name_key(other["name"]) == name_key(after["name"]):
                yield warn("name", f"已有同名招商项目（{numbered('prospect', other['number'])}），请核对是不是同一个")


def _achievement(case: Case) -> Iterator[Fault]:
    yield from in_order(case, "day", "landed_day")
    yield from not_ahead(case, "day", "landed_day")
    after = case.after
    if after["name"] and case.touched("name", "holder"):
        for other in case.others(live(case.ledger, "achievement")):
            if name_key(other["name"]) == name_key(after["name"]) and other["holder"] == after["holder"]:
                yield warn("name", f"已有同名成果（{numbered('achievement', other['number'])}），请核对是不是同一项")


def _segment_flow(case: Case) -> Iterator[Fault]:
    source, target = case.after["source_id"], case.after["target_id"]
    if not source or not target or not case.touched("source_id", "target_id"):
        return
    if source == target:
        yield Fault("target_id", "流向不能是环节自己，请选另一个环节")
        return
    for _ in case.others(live(case.ledger, "segment_flow", source_id=source, target_id=target))[:1]:
        yield warn("target_id", "这两个环节之间已有一条流向，图上合成一个箭头；请核对是不是重复")


RULES: Mapping[str, Callable[[Case], Iterator[Fault]]] = {
    "target": _target,
    "prospect": _prospect,
    "achievement": _achievement,
    "segment_flow": _segment_flow,
}
