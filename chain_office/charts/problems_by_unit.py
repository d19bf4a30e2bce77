"""Assigned problems per lead unit, stacked by where they stand; the overdue carry a word as well as a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from chain_office.charts.style import DONE, INK, ON_TRACK, OVERDUE, PARKED, REPORTED, Sheet, face, look

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from chain_office.domain.results import ProblemsByUnit, UnitProblems

TITLE: Final = "各牵头单位问题办理情况"
_ROW: Final = 0.235  # inches a unit
_NARROW: Final = 0.14  # inches; narrower parts show no number


class _Part(NamedTuple):
    word: str
    colour: str
    ink: str
    count: Callable[[UnitProblems], int]
    mark: str = ""


PARTS: Final = (
    _Part("已销号", DONE, "white", lambda unit: unit.closed),
    _Part("已报结待核实", REPORTED, INK, lambda unit: unit.reported - unit.overdue_reported),
    _Part("办理中", ON_TRACK, "white", lambda unit: unit.open - unit.overdue_open),
    _Part("逾期", OVERDUE, "white", lambda unit: unit.overdue, "逾"),
    _Part("长期推进", PARKED, INK, lambda unit: unit.parked),
)


def height(result: ProblemsByUnit) -> float:
    return 1.25 + _ROW * max(3, len(result.units))


def draw(result: ProblemsByUnit, width: float, height: float, *, titled: bool = True) -> Figure:
    units = sorted(result.units, key=lambda unit: (-unit.assigned, -unit.overdue, unit.unit))
    with look():
        sheet = Sheet(result.about, (width, height), TITLE, _headline(units), titled=titled)
        sheet.key([(part.colour, part.word) for part in PARTS])
        longest = max((len(unit.unit) for unit in units), default=4)
        size = min(8.5, 8.5 * (sheet.top - 0.04 - sheet.bottom) / (0.19 * max(1, len(units))))
        left = 0.2 + longest * size / 72
        axes = sheet.axes(left, sheet.bottom + 0.02, width - 0.55, sheet.top - 0.02)
        _stacks(axes, units, size, inches=width - 0.55 - left)
        return sheet.figure


def _headline(units: list[UnitProblems]) -> str:
    assigned, closed = sum(unit.assigned for unit in units), sum(unit.closed for unit in units)
    overdue = sum(unit.overdue for unit in units)
    return f"交办{assigned}个，涉及{len(units)}个牵头单位；已销号{closed}个，逾期{overdue}个"


def _stacks(axes: Axes, units: list[UnitProblems], size: float, inches: float) -> None:
    most = max((unit.assigned for unit in units), default=1) or 1
    starts = [0] * len(units)
    for part in PARTS:  # a call a part: a call a bar takes several times as long
        counts = [part.count(unit) for unit in units]
        rows = [row for row, count in enumerate(counts) if count]
        axes.barh(
            rows, [counts[row] for row in rows], 0.68, left=[starts[row] for row in rows], color=part.colour,
            edgecolor="white", linewidth=0.8,
        )  # fmt: skip
        starts = [start + count for start, count in zip(starts, counts, strict=True)]
    for position, unit in enumerate(units):
        start = 0
        for part in PARTS:
            count = part.count(unit)
            if not count:
                continue
            label = f"{part.mark}{count}"
            if count / most * inches > _NARROW * len(label):
                axes.text(
                    start + count / 2, position, label, fontproperties=face(size * 0.9), color=part.ink,
                    ha="center", va="center",
                )  # fmt: skip
            start += count
        axes.text(
            start + most * 0.012, position, f"{unit.assigned}个", fontproperties=face(size), color=INK,
            ha="left", va="center",
        )  # fmt: skip
    axes.set_yticks(range(len(units)), [unit.unit for unit in units])
    axes.tick_params(axis="y", labelsize=size)
    axes.set_ylim(max(len(units), 1) - 0.4, -0.6)
    axes.set_xlim(0, most * 1.004)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
