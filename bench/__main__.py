"""`python -m bench [--size S|L|all] [--only G5 …]`: prints ours, the yardstick's, the ratio, the ceiling."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import (
    desk_goals,
    excel_goals,
    form_goals,
    gui_goals,
    ledger_goals,
    list_goals,
    paper_goals,
    problem_goals,
    query_goals,
    screening_goals,
    start_goals,
)
from bench.place import Place, place_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.timing import Result

GOALS: dict[str, Callable[[Place], Iterator[Result]]] = {
    "G1": start_goals.g1,
    "G2": start_goals.g2,
    "G3": start_goals.g3,
    "检索": start_goals.search_to_screen,
    "G4": ledger_goals.g4,
    "G5": ledger_goals.g5,
    "G6": query_goals.g6,
    "G7": query_goals.g7,
    "问题台": problem_goals.desk,
    "筛选": screening_goals.bench,
    "台账": desk_goals.desks,
    "G10": query_goals.g10,
    "G11": list_goals.g11_g12,
    "G13": list_goals.g13,
    "G14": gui_goals.g14,
    "G15": excel_goals.g15,
    "G16": excel_goals.g16,
    "G17": paper_goals.g17,
    "G18": paper_goals.g18,
    "G19": gui_goals.g19,
    "图": paper_goals.charts,
    "反馈": form_goals.forms,
}
"""Every goal by name; G20 compares the two sizes and has a place of its own."""
SIZELESS = frozenset({"G17", "G18", "G19", "图"})
"""What does not depend on the ledger is taken once, at S."""


def main() -> int:
    """Run the goals asked for; 0 whatever they say, for a timing is a fact and not a test."""
    parser = argparse.ArgumentParser(prog="bench", description="各项速度目标:我们的用时、对照的用时、倍数、上限。")
    parser.add_argument(
        "--size", choices=("S", "L", "all"), default="S", help="台账规模:S 示例台账(默认),L 一省,all 两者"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="目标", help="只测这些,如 --only G5 G10")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    print(f"{'目标':<4} {'规模':<3} {'我们':>10} {'对照':>10} {'倍数':>8} {'上限':>6}  结果  内容 ÷ 对照")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_disk()) as folder:
        sizes = ("S", "L") if asked.size == "all" else (asked.size,)
        places = {size: place_for(size, Path(folder)) for size in sizes}
        for place in places.values():
            for name in asked.only or GOALS:
                if name in GOALS and not (name in SIZELESS and place.size == "L"):
                    _show(GOALS[name](place))
        if "L" in places and (not asked.only or "G20" in asked.only):
            _show(ledger_goals.g20(places["L"], places.get("S") or place_for("S", Path(folder))))
    return 0


def _disk() -> Path:
    """Work where ledgers live: on the disk of the repository, not in memory."""
    place = Path(__file__).resolve().parent / ".cache"
    place.mkdir(exist_ok=True)
    return place


def _show(results: Iterator[Result]) -> None:
    for one in results:
        said = "参考" if one.ceiling is None else "达到" if one.kept else "超出"
        ceiling = "—" if one.ceiling is None else str(one.ceiling)
        ours, yard = (_amount(value, one.unit) for value in (one.ours, one.yardstick))
        tail = f"{one.what} ÷ {one.against}"
        print(
            f"{one.goal:<5} {one.size:<4} {ours:>11} {yard:>11} {one.ratio:>8.3f} {ceiling:>7}  {said}  {tail}",
            flush=True,
        )


def _amount(value: float, unit: str) -> str:
    return f"{value * 1000:.2f} ms" if unit == "s" else f"{value:.2f} {unit}"


if __name__ == "__main__":
    sys.exit(main())
