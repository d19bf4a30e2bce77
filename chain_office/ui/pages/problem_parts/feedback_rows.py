"""The lines of forms that came back, as the tables of 反馈 show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.services.feedback.plan import (
    ACCEPTABLE,
    ADDED,
    BLANK,
    CONFLICT,
    FAULTY,
    READY,
    SAME,
    VERDICTS,
)
from chain_office.ui.kit.rows import Column, Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from chain_office.services.feedback.plan import FeedbackPlan, FormRead, Proposal

LIGHTS: Final[Mapping[str, str]] = {
    READY: "green", CONFLICT: "amber", FAULTY: "red", ADDED: "blue", SAME: "grey", BLANK: "grey",
}  # fmt: skip
FILES: Final = (
    Column("文件", 150), Column("可接受", 54, right=True), Column("冲突", 42, right=True), Column("问题", 54, right=True),
    Column("其余", 42, right=True),
)  # fmt: skip
LINES: Final = (
    Column("接受", 40), Column("结果", 64), Column("编号", 62), Column("企业", 128), Column("问题", 120),
    Column("单位", 122), Column("步骤", 128), Column("原 → 新", 240),
)  # fmt: skip
WIDE_LINE: Final = 7
TICKED, UNTICKED = "√", "□"  # in every face; ☑ is in few
TO_DO, ALL = "要处理的", "全部"
FILTERS: Final[Mapping[str, frozenset[str]]] = {
    TO_DO: frozenset({READY, CONFLICT, FAULTY, ADDED}),
    ALL: frozenset(VERDICTS),
    **{word: frozenset({verdict}) for verdict, word in VERDICTS.items()},
}


def file_lines(plan: FeedbackPlan) -> list[Line]:
    """All files together, then each, those that could not be read in red."""
    counts = [plan.count(verdict) for verdict in (READY, CONFLICT, FAULTY)]
    rest = sum(plan.count(verdict) for verdict in (ADDED, SAME, BLANK))
    whole = Line("", (f"全部 {len(plan.files)} 份", *_numbers(*counts, rest)), ("", "green", "amber", "red", "quiet"))
    return [whole, *(_file_line(plan, number, file) for number, file in enumerate(plan.files))]


def _file_line(plan: FeedbackPlan, number: int, file: FormRead) -> Line:
    if file.refused:
        return Line("", (file.name, "", "", "读不了", ""), ("red", "", "", "red", ""))
    counts = [plan.count(verdict, number) for verdict in (READY, CONFLICT, FAULTY)]
    rest = sum(plan.count(verdict, number) for verdict in (ADDED, SAME, BLANK))
    return Line("", (file.name, *_numbers(*counts, rest)), ("", "green", "amber", "red", "quiet"))


def _numbers(*counts: int) -> Iterator[str]:
    return (str(count) if count else "" for count in counts)


def proposal_line(one: Proposal, ticked: Collection[str]) -> Line:
    """A proposal in one row."""
    tick = "" if one.verdict not in ACCEPTABLE else TICKED if one.id in ticked else UNTICKED
    light = LIGHTS[one.verdict]
    said = one.said if one.verdict in ACCEPTABLE else ""
    unit = f"{one.unit}（{one.role}）" if one.role else one.unit
    cells = (
        tick, VERDICTS[one.verdict], one.record_no, one.enterprise, one.text, unit, said, short(one),
    )  # fmt: skip
    told = light if one.verdict in {CONFLICT, FAULTY} else "quiet" if one.verdict in {SAME, BLANK} else ""
    return Line(one.problem_id, cells, ("", light, "quiet", "", "", "", "", told))


def short(one: Proposal) -> str:
    """What the row comes down to: why not, or its first change."""
    if one.faults:
        return "；".join(one.faults)
    if one.verdict == CONFLICT and one.since:
        last = one.since[-1]
        return f"发出以后：{last.day or ''} {last.unit or last.actor} {last.label}".strip()
    if one.changes:
        first = next((change for change in one.changes if change.label != "签收"), one.changes[0])
        return f"{first.label}：{_line(first.old) or '空'} → {_line(first.new)}"
    return one.notes[0] if one.notes else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def told(one: Proposal) -> list[tuple[str, str]]:
    """What should be known of a proposal, each sentence with its light."""
    found = [(said, "red") for said in one.faults]
    if one.since and one.verdict in {CONFLICT, FAULTY, READY}:
        light = "amber" if one.verdict == CONFLICT else ""
        steps = "；".join(
            " ".join(
                part
                for part in (str(step.day or ""), step.unit or step.actor, step.label, _line(step.text)[:40])
                if part
            )
            for step in one.since
        )
        found.append((f"表发出以后又办了：{steps}", light))
    if one.verdict == CONFLICT:
        found.append(("核对以后仍要登记的，按空格打勾再接受；不登记的，留着不管就行。", "amber"))
    found += [(said, "") for said in one.notes]
    return found
