"""与上期相比: what is otherwise than in the paper issued last. Its numbers as they were frozen then beside those of now,
each difference taken between the exact values; then which records make it up, by their numbers."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from chain_office.db.models import record_number
from chain_office.domain.workflow import STATES
from chain_office.queries import issued, loans
from chain_office.queries.projects import STAGES
from chain_office.reports.content import Column, Lead, Section, Table
from chain_office.services.packing.frozen import freeze
from chain_office.services.packing.linking import cell_links, record
from chain_office.services.packing.moves import RESTATED, between, valued
from chain_office.services.packing.wording import UNKNOWN, day, figure_text, listed, money, numbered, said, span, yi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chain_office.db.ledger import Ledger
    from chain_office.domain.figures import Figure
    from chain_office.queries.loans import Loan
    from chain_office.queries.problem_list import Standing
    from chain_office.reports.content import Block
    from chain_office.services.packing.facts import Facts
    from chain_office.services.packing.frozen import FrozenProject
    from chain_office.services.packing.moves import Moved

HEADING: Final = "与上期相比"
_KEYS: Final = (
    "enterprises.total", "visits.enterprises_visited", "output.total_yuan", "output.yoy_percent", "problems.collected",
    "problems.assigned", "problems.closed", "problems.reported", "problems.open", "problems.parked", "problems.overdue",
    "finance.enterprises", "finance.granted_yuan", "finance.drawn_yuan", "projects.completed",
    "projects.under_construction", "projects.planned", "projects.stopped",
)  # fmt: skip
Item = TypeVar("Item")
_DRAFT: Final = re.compile("第[0-9]+稿")
_MOST: Final = 8
"""So many records are named; of more, 等."""


def compared(ledger: Ledger, facts: Facts, kind: str) -> tuple[Moved, tuple[Loan, ...]] | None:
    """What is compared: the paper of that kind issued last for an earlier date, and the loans as they stand at its date.
    None where there is none: a second draft of one date has nothing before it but itself."""
    last = issued.last_issued(ledger, facts.day - timedelta(days=1), kind)
    moved = None if last is None else between(ledger, facts, last)
    return None if last is None or moved is None else (moved, loans.loans(ledger, last.as_of))


def section(facts: Facts, moved: Moved, lent: tuple[Loan, ...]) -> Section:
    """The section. ``lent``: the loans at the date of the last paper."""
    last = moved.last
    draft = _DRAFT.search(last.name)
    opening = f"上期材料{f'（{draft[0]}）' if draft else ''}数据截至{day(last.as_of)}，本期截至{day(facts.day)}。"
    parts = [
        ("问题", _problems(facts, moved)),
        ("项目", _projects(facts, moved)),
        ("贷款", _loans(facts, moved, lent)),
        ("上期数更正", _restated(moved)),
    ]
    table = _table(facts, moved)
    told = [(lead, text) for lead, text in parts if text]
    if not told and table is None:
        return Section(HEADING, (f"{opening}主要数字、问题和项目都没有变化。",))
    if table is None:
        opening += "主要数字没有变化。"
    else:
        opening += "主要数字的变化见本节附表。"
    blocks: tuple[Block, ...] = (
        numbered(told) if len(told) > 1 else tuple(Lead(f"{lead}。", text) for lead, text in told)
    )
    return Section(HEADING, (opening, *blocks), tables=(table,) if table else ())


def _table(facts: Facts, moved: Moved) -> Table | None:
    """The figures that changed; those that did not are named below it."""
    rows: list[tuple[str, ...]] = []
    keys, same = [], []
    for key in _KEYS:
        now = facts.headline[key]
        if key not in moved.before.figures:
            continue
        then = valued(now, moved.before.figures[key])
        if then.value == now.value:
            same.append(now.label)
            continue
        rows.append((_label(facts, moved, now), _cell(then), _cell(now), _change(then, now)))
        keys.append(key)
    if not rows:
        return None
    columns = (
        Column("指标", 22),
        Column("上期", 10, "right"),
        Column("本期", 10, "right"),
        Column("变化", 11, "right"),
    )
    links = tuple(link for row, key in enumerate(keys) for link in cell_links(row, ((-1, key),)))
    notes: tuple[str, ...] = ("上期数为上期材料定稿时所印的数；变化按原始数值相减，再取整。",)
    notes += (f"与上期相同的主要指标：{'、'.join(same)}。",) if same else ()
    return Table("主要数字变化", columns, tuple(rows), notes=notes, density="compact", links=links)


def _label(facts: Facts, moved: Moved, now: Figure) -> str:
    """Output names its months, the last paper's too where they were others."""
    if not now.key.startswith("output."):
        return now.label
    figures = moved.before.figures
    then = (figures.get("output.from"), figures.get("output.to"))
    told = (facts.grown.from_month, facts.grown.to_month)
    if not told[0] or not told[1]:
        return now.label
    months = span(told[0], told[1])
    if then != told and then[0] and then[1]:
        months += f"；上期为{span(then[0], then[1])}"
    return f"{now.label.removesuffix('）')}，{months}）" if now.label.endswith("）") else f"{now.label}（{months}）"


def _cell(found: Figure) -> str:
    return UNKNOWN if found.value is None else figure_text(found)


def _change(then: Figure, now: Figure) -> str:
    """+5个, -0.30亿元, +1.5个百分点; — where one side is not known."""
    if isinstance(then.value, Decimal) and isinstance(now.value, Decimal):
        return f"{now.value - then.value:+}个百分点"
    if isinstance(then.value, int) and isinstance(now.value, int):
        step = now.value - then.value
        told = f"{abs(step)}{now.unit}"
        if now.unit == "元":
            told = f"{yi(abs(step))}亿元" if _in_yi(then.value, now.value) else money(abs(step))
        return f"{'+' if step > 0 else '-'}{told}"
    return "—"


def _in_yi(*amounts: int) -> bool:
    """Whether both are printed in 亿元; their difference then is too."""
    return all(money(yuan).endswith("亿元") for yuan in amounts)


def _problems(facts: Facts, moved: Moved) -> str:
    old, now = moved.before.problems, {one.id: one for one in facts.problems}

    def was(one: Standing) -> str:
        found = old.get(one.id)
        return "" if found is None or found.state not in STATES else STATES[found.state].bucket

    fresh = [one for one in facts.problems if one.id not in old]
    closed = [one for one in facts.problems if one.bucket == "closed" != was(one)]
    again = [one for one in facts.problems if one.bucket != "closed" == was(one)]
    late = [one for one in facts.problems if one.overdue and not (one.id in old and old[one.id].overdue)]
    caught_up = [
        one for one in facts.problems if not one.overdue and one.bucket != "closed" and one.id in old and old[one.id].overdue
    ]  # fmt: skip
    parts = [
        _named("新收集", fresh, _problem),
        _named("销号", closed, _problem),
        _named("销号后又办理", again, _problem),
        *_steps([one for one in facts.problems if one.id in old and one not in closed and one not in again], moved),
        _named("新逾期", late, _problem),
        _named("不再逾期、尚未销号", caught_up, _problem),
    ]
    for word, sign in (("时限推后", 1), ("时限提前", -1)):
        dated = [
            (one, then)
            for one in facts.problems
            if one.deadline is not None
            and (then := _date(old[one.id].deadline if one.id in old else "")) is not None
            and (one.deadline - then).days * sign > 0
        ]
        parts.append(_named(word, dated, lambda pair: f"{_problem(pair[0])}，{_from_to(pair[1], pair[0].deadline)}"))
    gone = len(old.keys() - now.keys())
    parts.append(f"已从台账中删除{gone}个" if gone else "")
    return _joined(parts)


def _steps(problems: Iterable[Standing], moved: Moved) -> list[str]:
    """Steps that neither close nor open again, by what they lead to."""
    old = moved.before.problems
    stepped = [one for one in problems if one.state != old[one.id].state]
    states = Counter(one.state for one in stepped)
    return [
        _named(f"转为{STATES[state].label}", [one for one in stepped if one.state == state], _problem)
        for state in STATES
        if states[state]
    ]


def _projects(facts: Facts, moved: Moved) -> str:
    old, now = moved.before.projects, freeze(facts).projects
    names = {one.id: one.name for one in facts.projects}
    kept = [key for key in now if key in old]

    def named(word: str, keys: list[str], more: Callable[[str], str] = lambda _key: "") -> str:
        return _named(word, keys, lambda key: record("project", key, said(names[key])) + more(key))

    def red(found: FrozenProject) -> bool:
        return found.light == "red"

    parts = [named("新列入", [key for key in now if key not in old])]
    for stage, label in STAGES.items():
        parts.append(named(f"转为{label}", [key for key in kept if now[key].stage == stage != old[key].stage]))
    parts.append(named("新亮红灯", [key for key in now if red(now[key]) and not (key in old and red(old[key]))]))
    parts.append(named("不再亮红灯", [key for key in kept if red(old[key]) and not red(now[key])]))
    for word, sign in (("计划竣工推后", 1), ("计划竣工提前", -1)):
        moves = {
            key: (then, until)
            for key in kept
            if (then := _date(old[key].plan_finish)) and (until := _date(now[key].plan_finish))
            if (until - then).days * sign > 0
        }
        parts.append(named(word, list(moves), lambda key, moves=moves: f"，{_from_to(*moves[key])}"))  # type: ignore[misc]
    gone = len(old.keys() - now.keys())
    parts.append(f"不再列入{gone}个" if gone else "")
    return _joined(parts)


def _loans(facts: Facts, moved: Moved, lent: tuple[Loan, ...]) -> str:
    """What the ledger dates between the two papers, bank by bank."""
    since = moved.last.as_of + timedelta(days=1)
    parts = []
    for word, field in (("授信", "granted_yuan"), ("放款", "drawn_yuan")):
        sums: Counter[str] = Counter()
        for sign, found in ((1, facts.loans), (-1, lent)):
            for loan in found:
                sums[loan.bank] += sign * getattr(loan, field)
        banks = [
            f"{said(bank)}{money(yuan)}" for bank, yuan in sorted(sums.items(), key=lambda x: (-x[1], x[0])) if yuan
        ]
        if banks:
            parts.append(f"新增{word}{money(sums.total())}（{listed(banks, _MOST)}）")
    return f"{day(since)}至{day(facts.day)}，{'，'.join(parts)}。" if parts else ""


def _restated(moved: Moved) -> str:
    found = [f"{one.name}由{one.before}改为{one.after}".replace(" ", "") for one in moved.moves if one.kind == RESTATED]
    return f"上期材料里的数，按现在的台账已有更正：{'；'.join(found)}。" if found else ""


def _problem(one: Standing) -> str:
    return (said(one.unit) if one.unit_id is not None else "") + record(
        "problem", one.id, record_number("problem", one.number)
    )


def _named(word: str, items: Iterable[Item], name: Callable[[Item], str]) -> str:
    """新逾期2个（市工信局WT0003、常宁市WT0031); "" of none."""
    found = list(items)
    return f"{word}{len(found)}个（{listed([name(one) for one in found], _MOST)}）" if found else ""


def _from_to(then: date, until: date | None) -> str:
    return f"由{day(then)}改为{day(until)}" if until is not None else ""


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _joined(parts: Iterable[str]) -> str:
    told = [part for part in parts if part]
    return f"{'；'.join(told)}。" if told else ""
