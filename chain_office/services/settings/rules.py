"""亮灯规则: the light tables of problems and projects, edited as a draft, checked in words, and saved in one write."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chain_office.db import reference
from chain_office.db.models import LightRule
from chain_office.domain.forms import Fault, Saved
from chain_office.domain.lights import BLUE, GREEN, GREY, RED, YELLOW
from chain_office.queries.settings_lights import stored_rules
from chain_office.services.settings.texts import look_at, refuse, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.ledger import Ledger

PROBLEMS, PROJECTS = "problems", "projects"
DESKS = {PROBLEMS: "问题", PROJECTS: "项目"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule looks at, in words. ``unit``: what its threshold counts, "" for a rule without one."""

    words: str
    unit: str = ""
    least: int = 0
    most: int = 0


CONDITIONS: Mapping[str, Mapping[str, Condition]] = {
    PROBLEMS: {
        "state_is_parked": Condition("转为长期推进"),
        "state_is_rejected": Condition("不予采纳"),
        "review_due": Condition("暂不具备条件，复核日已到"),
        "state_is_pooled": Condition("暂不具备条件"),
        "overdue": Condition("逾期未办结，或报结晚于时限"),
        "returned_times": Condition("未办结且退回次数达到", "次", 1, 20),
        "extended_times": Condition("未办结且延期次数达到", "次", 1, 20),
        "closed_unverified": Condition("已办结，还没有回访核实"),
        "reported": Condition("单位已报结，待核实"),
        "look_back_due": Condition("已销号，回看日已到"),
        "closed": Condition("已销号"),
        "unacknowledged": Condition("交办后没有签收超过", "个工作日", 0, 60),
        "workdays_left": Condition("离时限的工作日不多于", "个工作日", 0, 60),
        "days_without_update": Condition("没有更新进展的天数超过", "天", 1, 366),
        "otherwise": Condition("其余情况"),
    },
    PROJECTS: {
        "node_overdue": Condition("有节点逾期满", "天", 1, 366),
        "not_started": Condition("过了计划开工时间没有开工，满", "天", 1, 366),
        "not_finished": Condition("过了计划竣工时间没有竣工，满", "天", 1, 366),
        "no_plan": Condition("在建，没有本年度计划"),
        "months_silent": Condition("在建，没有报进展的月数达到", "个月", 1, 24),
        "held_up": Condition("没有解决的制约问题达到", "个", 1, 20),
        "stopped": Condition("停缓建"),
        "completed": Condition("已竣工"),
        "behind_more": Condition("低于序时进度超过", "个百分点", 0, 100),
        "behind_at_most": Condition("低于序时进度不超过", "个百分点", 0, 100),
        "else": Condition("其余情况"),
    },
}
"""The conditions each desk's rules may use (domain.lights and domain.project_lights decide by them)."""
LIGHTS: Mapping[str, tuple[str, ...]] = {
    PROBLEMS: (RED, YELLOW, GREEN, BLUE, GREY),
    PROJECTS: (RED, YELLOW, GREEN, BLUE, GREY),
}
_LAST = {PROBLEMS: "otherwise", PROJECTS: "else"}
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as it is edited. ``id``: the row it is kept in, "" for a new one."""

    id: str
    light: str
    condition: str
    threshold: int | None
    text: str


def read_rules(ledger: Ledger, desk: str) -> tuple[RuleDraft, ...]:
    """The rules in force, in order."""
    return tuple(
        RuleDraft(one.id, one.light, one.condition, one.threshold, one.text) for one in stored_rules(ledger, desk)
    )


def default_rules(desk: str, now: Sequence[RuleDraft] = ()) -> tuple[RuleDraft, ...]:
    """The rules a new ledger starts with, in the rows of the same conditions where there are such."""
    rows: dict[str, list[str]] = {}
    for one in now:
        rows.setdefault(one.condition, []).append(one.id)
    return tuple(
        RuleDraft(
            rows[entry["condition"]].pop(0) if rows.get(entry["condition"]) else "",
            entry["light"],
            entry["condition"],
            entry["threshold"],
            entry["text"],
        )
        for entry in reference.load()["light_rules"]
        if entry["desk"] == desk
    )


def in_words(desk: str, rule: RuleDraft) -> str:
    """A rule as people read it: the office's own wording, else what it looks at."""
    known = CONDITIONS[desk].get(rule.condition)
    if rule.text or known is None:
        return rule.text
    return f"{known.words} {rule.threshold} {known.unit}" if known.unit else known.words


def offered(desk: str, rules: Sequence[RuleDraft]) -> tuple[str, ...]:
    """The conditions a draft does not use yet."""
    used = {rule.condition for rule in rules}
    return tuple(name for name in CONDITIONS[desk] if name not in used)


_FIRST: Mapping[str, tuple[str, int | None]] = {
    "review_due": (YELLOW, None), "look_back_due": (BLUE, None), "extended_times": (YELLOW, 2), "unacknowledged": (YELLOW, 1),
    "returned_times": (RED, 2), "workdays_left": (YELLOW, 3), "days_without_update": (YELLOW, 30), "overdue": (RED, None),
    "closed_unverified": (BLUE, None), "reported": (BLUE, None), "closed": (GREEN, None),
    "node_overdue": (RED, 30), "not_started": (RED, 30), "not_finished": (RED, 30), "no_plan": (YELLOW, None),
    "months_silent": (YELLOW, 2), "held_up": (YELLOW, 1), "stopped": (GREY, None), "completed": (BLUE, None),
    "behind_more": (RED, 30),
}  # fmt: skip
"""The light and threshold a condition begins with when it is added."""
_BEFORE: Mapping[str, tuple[str, ...]] = {
    "review_due": ("state_is_pooled",), "look_back_due": ("closed",), "closed_unverified": ("closed",),
    **dict.fromkeys(
        ("node_overdue", "not_started", "not_finished", "no_plan", "months_silent", "held_up", "stopped", "completed",
         "behind_more"),
        ("behind_at_most",),
    ),
}  # fmt: skip
"""A narrower condition never gets its turn behind the wider one."""


def with_condition(desk: str, rules: Sequence[RuleDraft], condition: str) -> tuple[RuleDraft, ...]:
    """The rules with one more: above the wider condition it is part of, else above 其余情况."""
    light, threshold = _FIRST.get(condition, (GREY, None))
    made = RuleDraft("", light, condition, threshold, "")
    behind = {*_BEFORE.get(condition, ()), _LAST[desk]}
    place = next((at for at, rule in enumerate(rules) if rule.condition in behind), len(rules))
    return (*rules[:place], made, *rules[place:])


def with_threshold(rules: Sequence[RuleDraft], place: int, threshold: int) -> tuple[RuleDraft, ...]:
    """The rules with another threshold at ``place``. The wording follows: the old number in the wordings that name it
    (a project's next light begins where this one ends) becomes the new one."""
    old = rules[place].threshold
    changed = list(rules)
    changed[place] = replace(changed[place], threshold=threshold)
    if old is not None:
        for near in (place, place + 1):
            if near < len(changed) and (near == place or rules[near].condition in {rules[place].condition, "else"}):
                changed[near] = replace(changed[near], text=_renumber(changed[near].text, old, threshold))
    return tuple(changed)


def _renumber(text: str, old: int, new: int) -> str:
    return _NUMBER.sub(lambda found: str(new) if int(found[0]) == old else found[0], text)


def check_rules(desk: str, rules: Sequence[RuleDraft], *, insist: bool = False) -> tuple[Fault, ...]:
    """What is wrong with a draft; a fault's name is the place of its rule."""
    if not rules:
        return (Fault("", "一条规则也没有，就没有灯可亮；请至少留下“其余情况”"),)
    faults: list[Fault] = []
    for place, rule in enumerate(rules):
        faults += _check_rule(desk, place, rule, insist=insist)
    last = _LAST[desk]
    if rules[-1].condition != last:
        faults.append(Fault(str(len(rules) - 1), "最后一条要是“其余情况”，否则有的记录没有灯"))
    for place, rule in enumerate(rules[:-1]):
        if rule.condition == last:
            faults.append(Fault(str(place), "“其余情况”后面的规则永远轮不到，请把它移到最后"))
    return tuple(faults) + _unreachable(desk, rules)


def _check_rule(desk: str, place: int, rule: RuleDraft, *, insist: bool) -> list[Fault]:
    name, known = str(place), CONDITIONS[desk].get(rule.condition)
    if known is None:
        return [Fault(name, f"第 {place + 1} 条规则的条件“{rule.condition}”不认识，请删去")]
    faults = list(look_at(name, "说明", rule.text, insist=insist))
    if known.unit and (rule.threshold is None or not known.least <= rule.threshold <= known.most):
        faults.append(Fault(name, f"“{known.words}”要填 {known.least} 到 {known.most} 之间的整数（{known.unit}）"))
    if rule.light not in LIGHTS[desk]:
        faults.append(Fault(name, f"第 {place + 1} 条没有选灯的颜色"))
    return faults


def _unreachable(desk: str, rules: Sequence[RuleDraft]) -> tuple[Fault, ...]:
    """A rule of the same kind as an earlier one that already catches everything it would."""
    faults = []
    for place, rule in enumerate(rules):
        for earlier in rules[:place]:
            if earlier.condition != rule.condition or rule.condition == _LAST[desk]:
                continue
            mine, theirs = rule.threshold, earlier.threshold
            # "at most n" catches more the larger n is; "n times" and "more than n days" the smaller.
            upward = rule.condition in {"behind_at_most", "workdays_left"}
            if mine is None or theirs is None or (mine <= theirs if upward else mine >= theirs):
                words = CONDITIONS[desk][rule.condition].words if rule.condition in CONDITIONS[desk] else rule.condition
                faults.append(
                    Fault(str(place), f"第 {place + 1} 条“{words}”永远轮不到：前面同样条件的规则已经包括了它")
                )
                break
    return tuple(faults)


def save_rules(
    ledger: Ledger, desk: str, rules: Sequence[RuleDraft], actor: str, *, insist: bool = False
) -> Saved | None:
    """Save a draft in one write; None when nothing differs. Raises :class:`~chain_office.domain.forms.Faulty`."""
    rules = tuple(replace(rule, text=tidy(rule.text)) for rule in rules)
    refuse(check_rules(desk, rules, insist=insist))
    before = read_rules(ledger, desk)
    if before == rules:
        return None
    said = f"{DESKS[desk]}的亮灯规则已修改"
    kept = {rule.id for rule in rules}
    ranks = {one.id: one.rank for one in stored_rules(ledger, desk)}
    first = min(ranks.values(), default=1)
    with ledger.write(actor, said) as writer:
        for gone in before:
            if gone.id not in kept:
                writer.bin(LightRule, gone.id)
        known = {rule.id: rule for rule in before}
        for rank, rule in enumerate(rules, start=first):
            values = {
                "rank": rank, "light": rule.light, "condition": rule.condition, "threshold": rule.threshold,
                "text": rule.text or None,
            }  # fmt: skip
            if not rule.id:
                writer.insert(LightRule, {"desk": desk, **values})
            elif known[rule.id] != rule or ranks[rule.id] != rank:
                writer.update(LightRule, rule.id, values)
    return Saved(writer.write_no, "light_rule", "", said)
