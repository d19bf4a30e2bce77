"""A hand-over cut by unit: what each unit leads and what it assists with; the totals count each problem once, proved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.queries.paper_rows import CO, LEAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.queries.paper_rows import PaperProblem, PaperUnit


@dataclass(frozen=True, slots=True)
class Slice:
    """One unit's part of a hand-over."""

    unit: PaperUnit
    leads: tuple[PaperProblem, ...]
    assists: tuple[PaperProblem, ...]

    @property
    def items(self) -> tuple[tuple[PaperProblem, str], ...]:
        """What it leads, then what it assists with, each with the role."""
        return (*((one, LEAD) for one in self.leads), *((one, CO) for one in self.assists))

    @property
    def says(self) -> str:
        """牵头 2 件、配合 3 件."""
        counts = (("牵头", len(self.leads)), ("配合", len(self.assists)))
        return "、".join(f"{word}{count}件" for word, count in counts if count)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over whole. ``problems``: each once, by lead unit. ``orphans``: those without a lead unit."""

    problems: tuple[PaperProblem, ...]
    slices: tuple[Slice, ...]

    @property
    def orphans(self) -> tuple[PaperProblem, ...]:
        return tuple(one for one in self.problems if one.lead is None)

    @property
    def leading(self) -> tuple[Slice, ...]:
        """The units that lead anything."""
        return tuple(one for one in self.slices if one.leads)

    @property
    def shared(self) -> int:
        """Problems that stand in more than one slice."""
        return sum(1 for one in self.problems if one.co)

    def by_kind(self) -> Mapping[str, tuple[Slice, ...]]:
        """Kind of unit → its slices, in order."""
        found: dict[str, tuple[Slice, ...]] = {}
        for one in self.slices:
            kind = one.unit.kind or "其他单位"
            found[kind] = (*found.get(kind, ()), one)
        return found


def cut(problems: Sequence[PaperProblem]) -> HandedOver:
    """Cut by unit, in the units' order. Raises KnownError where the parts do not make the whole."""
    leads: dict[PaperUnit, list[PaperProblem]] = {}
    assists: dict[PaperUnit, list[PaperProblem]] = {}
    for problem in problems:
        if problem.lead is not None:
            leads.setdefault(problem.lead, []).append(problem)
        for unit in problem.co:
            assists.setdefault(unit, []).append(problem)
    units = sorted({*leads, *assists}, key=lambda unit: unit.order)
    slices = tuple(Slice(unit, tuple(leads.get(unit, ())), tuple(assists.get(unit, ()))) for unit in units)
    ordered = [*(one for slice_ in slices for one in slice_.leads), *(one for one in problems if one.lead is None)]
    whole = HandedOver(tuple(ordered), slices)
    _prove(problems, whole)
    return whole


def _prove(problems: Sequence[PaperProblem], whole: HandedOver) -> None:
    wanted = sorted(one.id for one in problems)
    led = sorted([*(one.id for part in whole.slices for one in part.leads), *(one.id for one in whole.orphans)])
    union = sorted(
        {problem.id for part in whole.slices for problem, _ in part.items} | {one.id for one in whole.orphans}
    )
    if not wanted == led == union == sorted(one.id for one in whole.problems):
        raise KnownError("交办清单总表与各单位分表对不上，没有生成材料；请运行 check，把结果告诉维护人员。")


def require_equal(total: int, parts: Mapping[str, int]) -> None:
    """Refuse a statistic whose parts do not add up."""
    wrong = [f"{name} {number}" for name, number in parts.items() if number != total]
    if wrong:
        raise KnownError(f"封面统计对不上：合计 {total}，{'、'.join(wrong)}，没有生成材料；请运行 check 查明。")
