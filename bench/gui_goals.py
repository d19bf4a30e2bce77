"""G14 how long the GUI thread is away at most while something is made or read, and G19 a chart drawn again.

Each job is done on a real page in a process of its own; the workshop and the database thread are the program's.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.gui_child import ROWS, TICK_MILLISECONDS
from bench.timing import Result, clocked, medians

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.place import Place

_ROOT = Path(__file__).resolve().parent.parent
_TICK = TICK_MILLISECONDS / 1000
_CEILING = 5.0
_ROUNDS = 3
_SECONDS = 300
_SMALL = {
    "idle": "什么也不做（本机自己的停顿）", "paper": "生成一份材料", "chart": "画出全部图表",
    "intake": f"预览并写入 {ROWS} 行", "export": "导出整本台账",
}  # fmt: skip
_LARGE = {"load": "打开并排序问题列表"}
_DAY = date(2021, 11, 19)


def _child(job: str, place: Place) -> dict[str, Any]:
    """What one job told, done on a copy where it writes."""
    folder = place.folder / f"gui-{job}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ledger = place.ledger
    if place.size == "S":
        ledger = folder / "台账.ledger"
        shutil.copy(place.ledger, ledger)
    env = dict(os.environ)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    env["XDG_CONFIG_HOME"] = str(folder / "config")
    command = [sys.executable, "-m", "bench.gui_child", job, str(ledger), str(folder)]
    done = subprocess.run(
        command, check=True, cwd=_ROOT, env=env, stdout=subprocess.PIPE, encoding="utf-8", timeout=_SECONDS
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def g14(place: Place) -> Iterator[Result]:
    """The longest gap between two ticks of 10 ms; the median of three runs."""
    for job, what in (_SMALL if place.size == "S" else _LARGE).items():
        told = [_child(job, place) for _ in range(_ROUNDS)]
        gap = statistics.median(one["gap"] for one in told)
        ceiling = None if job == "idle" else _CEILING
        yield Result("G14", place.size, f"界面最长停顿：{what}", gap, _TICK, ceiling, "10 ms 一次的节拍")


def g19(place: Place) -> Iterator[Result]:
    """A chart on the page when the date has changed: read, drawn in the workshop, shown."""
    redraw = statistics.median(_child("redraw", place)["stages"]["redraw"] for _ in range(_ROUNDS))
    whole = _whole_render(place)
    yield Result(
        "G19", place.size, "图表换日期重画（读数到上屏）", redraw, whole, 0.6, "同一张图由 matplotlib 整张重画成 PNG"
    )


def _whole_render(place: Place) -> float:
    """The usual way: the same figure made and written as a PNG by matplotlib, warm."""
    from chain_office.services.charting import chart_list, order_chart, write_chart
    from chain_office.services.ledgers import open_ledger

    with open_ledger(place.ledger, read_only=True) as ledger:
        order = order_chart(ledger, chart_list()[0][0], _DAY)
    return medians(clocked(lambda: write_chart(order, "png")), rounds=9)[0]
