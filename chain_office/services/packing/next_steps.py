"""七、下一步: only what the ledger itself schedules — what falls due, waits for a check, or wakes up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chain_office.db.models import record_number
from chain_office.domain.workflow import STATES
from chain_office.reports.content import Section
from chain_office.services.packing.linking import count, record
from chain_office.services.packing.wording import UNKNOWN, day, listed, numbered, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.services.packing.facts import Facts

HEADING = "下一步事项"
AHEAD_DAYS = 30
_WINDOW = f"未来{AHEAD_DAYS}日内"


def section(facts: Facts) -> Section:
    """The section."""
    parts = [(lead, text) for lead, make in _PARTS if (text := make(facts))]
    blocks = numbered(parts)
    if not blocks:
        empty = not facts.desks.problems and not facts.desks.projects
        blocks = (
            f"台账尚未登记企业问题和重点项目，{_WINDOW}的事项{UNKNOWN}。"
            if empty
            else f"台账中没有{_WINDOW}到期或等待处理的事项。",
        )
    return Section(HEADING, blocks)


def _end(facts: Facts) -> date:
    return facts.day + timedelta(days=AHEAD_DAYS)


def _due(facts: Facts) -> str:
    soon = [
        one
        for one in facts.problems
        if one.bucket in {"open", "reported"} and one.deadline is not None and facts.day <= one.deadline <= _end(facts)
    ]
    if not any(one.bucket in {"open", "reported"} for one in facts.problems):
        return ""
    if not soon:
        later = sorted(
            one.deadline
            for one in facts.problems
            if one.bucket in {"open", "reported"} and one.deadline is not None and one.deadline > _end(facts)
        )
        nearest = f"，最近的办结时限为{day(later[0])}" if later else ""
        return f"{_WINDOW}（至{day(_end(facts))}）没有办结时限到期的问题{nearest}。"
    soon.sort(key=lambda one: (one.deadline or facts.day, one.number))
    items = [
        f"{said(one.unit)}{record('problem', one.id, record_number('problem', one.number))}"
        f"（{day(one.deadline or facts.day, beside=facts.day)}到期，{STATES[one.state].label}）"
        for one in soon
    ]
    return f"{_WINDOW}（至{day(_end(facts))}）办结时限到期的{len(soon)}个：{listed(items, 10)}。"


def _verify(facts: Facts) -> str:
    reported = [one for one in facts.problems if one.bucket == "reported"]
    if not reported:
        return ""
    items = [f"{said(one.unit)}{record('problem', one.id, record_number('problem', one.number))}" for one in reported]
    return f"单位已报结、待向企业核实销号的{count(facts, 'problems.reported')}个：{listed(items, 10)}。"


def _screen(facts: Facts) -> str:
    number = facts.headline.number
    parts = [
        f"{word}{count(facts, f'problems.{key}')}个"
        for word, key in (("待筛选", "waiting"), ("待交办", "to_assign"))
        if number(f"problems.{key}")
    ]
    return f"{'、'.join(parts)}。" if parts else ""


def _pool(facts: Facts) -> str:
    return _screen(facts) + _wake(facts)


def _wake(facts: Facts) -> str:
    pooled = [one for one in facts.problems if one.bucket == "pooled"]
    if not pooled:
        return ""
    dated = sorted((one.review_day, one.number, one.id) for one in pooled if one.review_day is not None)
    ready = [(number, row_id) for review, number, row_id in dated if review <= _end(facts)]
    whole = count(facts, "problems.pooled")
    if ready:
        items = [record("problem", row_id, record_number("problem", number)) for number, row_id in ready]
        text = f"暂不具备条件的{whole}个问题中，{_WINDOW}到复核日的{len(ready)}个：{listed(items, 10)}"
    else:
        text = f"暂不具备条件的{whole}个问题，{_WINDOW}没有到复核日的"
        if dated:
            first = dated[0][0]
            same = sum(1 for review, _number, _id in dated if review == first)
            text += f"，最近一批复核日为{day(first)}，共{same}个"
    missing = len(pooled) - len(dated)
    return text + (f"；{missing}个没有登记复核日。" if missing else "。")


def _nodes(facts: Facts) -> str:
    end = _end(facts)
    parts = []
    for stage, field, word in (("planned", "plan_start", "开工"), ("under_construction", "plan_finish", "竣工")):
        planned = [
            (when, project)
            for project in facts.projects
            if project.stage == stage and (when := getattr(facts.progress[project.id], field)) is not None
        ]
        late = [record("project", p.id, said(p.name)) for when, p in planned if when < facts.day]
        soon = [
            f"{record('project', p.id, said(p.name))}（{day(when, beside=facts.day)}）"
            for when, p in planned
            if facts.day <= when <= end
        ]
        if late:
            parts.append(f"计划{word}时间已过、尚未{word}的{len(late)}个：{listed(late, 6)}")
        if soon:
            parts.append(f"{_WINDOW}计划{word}的{len(soon)}个：{listed(soon, 6)}")
    return f"{'；'.join(parts)}。" if parts else ""


_PARTS: tuple[tuple[str, Callable[[Facts], str]], ...] = (
    ("到期问题", _due),
    ("核实销号", _verify),
    ("筛选复核", _pool),
    ("项目节点", _nodes),
)
