"""What projects come to: 总投资, 年度计划, 本年完成, of all that count at a date and of every stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import SUM, Explained, Figure, Row, RowsQuery
from chain_office.domain.project_months import known_sum
from chain_office.queries.projects import STAGES
from chain_office.queries.projects_desk.standing import standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.projects_desk.standing import Standing

NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "total_yuan": ("总投资", "Σ 登记了的总投资"),
    "plan_yuan": ("年度计划", "Σ 登记了的、截止日所在年的年度计划投资"),
    "done_yuan": ("本年完成", "Σ 截止日以前最近一次月度进展里的本年累计完成投资"),
}
"""What is added up → its word and formula."""
_ALL: Final = "projects."


def keys(_ledger: Ledger, _day: date) -> tuple[str, ...]:
    """projects.total_yuan …, projects.planned.total_yuan …"""
    return tuple(key_of(stage, name) for stage in ("", *STAGES) for name in NAMES)


def key_of(stage: str, name: str) -> str:
    """The key of one sum, of a stage or ("") of all."""
    return f"{_ALL}{stage}.{name}" if stage else f"{_ALL}{name}"


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """One of them with its projects."""
    stage, _, name = key.removeprefix(_ALL).rpartition(".")
    mine = [one for one in standings(ledger, day).values() if one.counted and stage in {"", one.stage}]
    rows = tuple(
        Row(f"project:{one.id}", one.no, one.name, STAGES[one.stage], one.month if name == "done_yuan" else "", yuan)
        for one in sorted(mine, key=lambda one: (one.number, one.id))
        if (yuan := amount(one, name)) is not None
    )
    return Explained(figure(day, stage, name, mine), SUM, rows)


def figure(day: date, stage: str, name: str, projects: Iterable[Standing]) -> Figure:
    """The sum of projects read before; of a stage, or of all ("")."""
    known = [yuan for one in projects if (yuan := amount(one, name)) is not None]
    word, formula = NAMES[name]
    whose = f"截止日{STAGES[stage]}" if stage else "截止日纳入统计的项目"
    key = key_of(stage, name)
    label = f"{STAGES[stage]}项目{word}" if stage else f"项目{word}"
    notes = () if known else ("没有登记",)
    at = RowsQuery("projects", (("figure", key),))
    said = f"{formula}：{whose}{'的项目' if stage else ''}；没有登记的不计，不按 0 算"
    return Figure(key, label, known_sum(known), "元", said, day, at, notes, row_count=len(known))


def amount(one: Standing, name: str) -> int | None:
    """What a project puts into a sum."""
    found: int | None = getattr(one, name)
    return found
