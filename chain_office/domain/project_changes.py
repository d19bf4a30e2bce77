"""What differs between two months of projects: new, moved, newly red, slipped nodes, money; each before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.domain.lights import LABELS
from chain_office.domain.money import show_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chain_office.domain.project_months import MonthLine, MonthTable

NEW, GONE, MOVED, RED, LIGHT, SLIPPED, SILENT, PLAN, DONE, TEXT, RESTATED = (
    "new", "gone", "moved", "red", "light", "slipped", "silent", "plan", "done", "text", "restated",
)  # fmt: skip
KINDS: Final[Mapping[str, str]] = {
    NEW: "新增项目",
    GONE: "退出项目",
    MOVED: "阶段变化",
    RED: "新亮红灯",
    LIGHT: "其他灯的变化",
    SLIPPED: "节点推迟和新逾期",
    SILENT: "没有报进展",
    PLAN: "总投资、年度计划调整",
    DONE: "完成投资变化",
    TEXT: "形象进度变化",
    RESTATED: "封账后更正",
}
"""What a comparison tells, in this order."""
STAGE_WORDS: Final = {"planned": "拟开工", "under_construction": "在建", "completed": "竣工", "stopped": "停缓建"}
NOTHING: Final = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: ``what`` of a project, before and after. ``by``: the difference of an amount in 元."""

    kind: str
    project: str
    number: int
    name: str
    what: str
    before: str
    after: str
    by: int | None = None
    worse: bool = False


def light_word(light: str) -> str:
    """红灯; 无灯."""
    return LABELS.get("yellow" if light == "amber" else light, "无灯")


def differences(first: MonthTable, second: MonthTable) -> tuple[Difference, ...]:
    """Everything that differs from ``first`` to ``second``, by kind and number; a month with itself in
    nothing."""
    before = {line.id: line for line in first.lines}
    after = {line.id: line for line in second.lines}
    found = [one for line in second.lines for one in _one(before.get(line.id), line, first, second)]
    found += [
        Difference(GONE, line.id, line.number, line.name, "项目", STAGE_WORDS[line.stage], NOTHING)
        for line in first.lines
        if line.id not in after
    ]
    kinds = list(KINDS)
    return tuple(sorted(found, key=lambda one: (kinds.index(one.kind), one.number, one.project)))


def _one(old: MonthLine | None, new: MonthLine, first: MonthTable, second: MonthTable) -> Iterator[Difference]:
    def told(
        kind: str, what: str, before: str, after: str, by: int | None = None, *, worse: bool = False
    ) -> Difference:
        return Difference(kind, new.id, new.number, new.name, what, before, after, by, worse)

    if old is None:
        yield told(NEW, "项目", NOTHING, STAGE_WORDS[new.stage], new.total_yuan)
        if new.light == "red":
            yield told(RED, "灯", NOTHING, f"红灯：{new.why}", worse=True)
        return
    if old.stage != new.stage:
        day = f"（{new.stage_day}）" if new.stage_day else ""
        yield told(
            MOVED, "阶段", STAGE_WORDS[old.stage], f"{STAGE_WORDS[new.stage]}{day}", worse=new.stage == "stopped"
        )
    if old.light != new.light:
        after = f"{light_word(new.light)}：{new.why}" if new.light in {"red", "amber"} else light_word(new.light)
        yield told(RED if new.light == "red" else LIGHT, "灯", light_word(old.light), after, worse=new.light == "red")
    yield from (told(SLIPPED, *one, worse=True) for one in _nodes(old, new, first.day, second.day))
    if new.due and not new.reported:
        yield told(SILENT, "进展", "已报" if old.reported else "没有报", "没有报", worse=True)
    for what, name in (("总投资", "total_yuan"), ("年度计划", "plan_yuan")):
        yield from (told(PLAN, *one) for one in _money(what, getattr(old, name), getattr(new, name)))
    whats = (("本年累计完成", "year_yuan"), ("开工以来累计", "done_yuan"))
    for what, name in whats:
        yield from (told(DONE, *one) for one in _money(what, getattr(old, name), getattr(new, name)))
    if old.text != new.text:
        yield told(TEXT, "形象进度", old.text or NOTHING, new.text or NOTHING)


def _money(what: str, old: int | None, new: int | None) -> Iterator[tuple[str, str, str, int | None]]:
    if old != new:
        yield (
            what,
            NOTHING if old is None else show_money(old),
            NOTHING if new is None else show_money(new),
            None if old is None or new is None else new - old,
        )


def _nodes(old: MonthLine, new: MonthLine, then: str, now: str) -> Iterator[tuple[str, str, str]]:
    """Nodes planned for a later day than before, and those that have become overdue."""
    known = {node.name: node for node in old.nodes}
    for node in new.nodes:
        was = known.get(node.name)
        what = f"节点“{node.name}”"
        if was is not None and was.plan_day and node.plan_day > was.plan_day:
            yield what, f"计划 {was.plan_day}", f"推迟到 {node.plan_day}"
        late = not node.done_day and bool(node.plan_day) and node.plan_day < now
        was_late = was is not None and not was.done_day and bool(was.plan_day) and was.plan_day < then
        if late and not was_late:
            yield (
                what,
                f"计划 {was.plan_day}" if was is not None and was.plan_day else NOTHING,
                f"逾期，应于 {node.plan_day} 完成",
            )


def restated(frozen: MonthTable, live: MonthTable) -> tuple[Difference, ...]:
    """What was put right in a month after it was signed off: plan, amounts and text that now stand otherwise."""
    after = {line.id: line for line in live.lines}
    found = []
    for old in frozen.lines:
        new = after.get(old.id)
        if new is None:
            found.append(Difference(RESTATED, old.id, old.number, old.name, "项目", STAGE_WORDS[old.stage], "不再列入"))
            continue
        pairs = [
            *(("总投资", "total_yuan"), ("年度计划", "plan_yuan"), ("本月完成", "month_yuan")),
            *(("本年累计完成", "year_yuan"), ("开工以来累计", "done_yuan")),
        ]
        found += [
            Difference(RESTATED, old.id, old.number, old.name, *one)
            for what, name in pairs
            for one in _money(what, getattr(old, name), getattr(new, name))
        ]
        if old.stage != new.stage:
            words = (STAGE_WORDS[old.stage], STAGE_WORDS[new.stage])
            found.append(Difference(RESTATED, old.id, old.number, old.name, "阶段", *words))
        if old.text != new.text:
            texts = (old.text or NOTHING, new.text or NOTHING)
            found.append(Difference(RESTATED, old.id, old.number, old.name, "形象进度", *texts))
    known = {line.id for line in frozen.lines}
    found += [
        Difference(RESTATED, line.id, line.number, line.name, "项目", NOTHING, f"补列（{STAGE_WORDS[line.stage]}）")
        for line in live.lines
        if line.id not in known
    ]
    return tuple(sorted(found, key=lambda one: (one.number, one.project)))
