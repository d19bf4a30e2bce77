"""G1 the first frame, G2 what it holds in memory, G3 a page opened for the first time, and search to screen.

Every figure is of the real window in a process of its own, beside a bare QMainWindow started in the same run.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.timing import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.place import Place

_ROOT = Path(__file__).resolve().parent.parent
_ROUNDS = {"S": 5, "L": 2}
_DESKS = ("enterprises", "visits", "problems", "finance", "projects", "output")
_PAGES = {"S": (*_DESKS, "charts", "papers", "intake", "settings"), "L": _DESKS}
_BARE = "裸 QMainWindow 启动"
_SECONDS = 300


def _child(*arguments: str | Path) -> dict[str, Any]:
    """What a window told, its times counted from the moment its process was started. Like an installed program, it may
    keep compiled modules; its settings are its own, so it opens on the first page."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "bench.start_child", *map(str, arguments)]
    with tempfile.TemporaryDirectory() as settings:
        env["XDG_CONFIG_HOME"] = env["XDG_DATA_HOME"] = settings
        start = time.perf_counter()
        done = subprocess.run(command, check=True, cwd=_ROOT, env=env, stdout=subprocess.PIPE, timeout=_SECONDS)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for name in ("painted", "overview", "figures"):
        if name in told:
            told[name] -= start
    return told


@cache
def _told(place: Place) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Ours and bare windows, in turns; the first of each does not count (compiled modules, page cache)."""
    ledger = place.folder / f"{place.size}-window.ledger"
    ledger.hardlink_to(place.ledger)  # the window only reads; what it keeps beside a ledger goes with the run's folder
    pages = _PAGES[place.size]
    both = [(_child("ours", ledger, *pages), _child("bare")) for _ in range(_ROUNDS[place.size] + 1)]
    return [ours for ours, _ in both[1:]], [bare for _, bare in both[1:]]


def _median(told: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(one[name] for one in told))


def g1(place: Place) -> Iterator[Result]:
    """Process start to the first frame; to the first page; to its figures."""
    ours, bare = _told(place)
    yard = _median(bare, "painted")
    yield Result("G1", place.size, "窗口首帧（真实外壳）", _median(ours, "painted"), yard, 2.0, _BARE)
    yield Result("G1", place.size, "总览首帧", _median(ours, "overview"), yard, None, _BARE)
    yield Result("G1", place.size, "总览的数字在屏幕上", _median(ours, "figures"), yard, None, _BARE)


def g2(place: Place) -> Iterator[Result]:
    """Memory at the first frame, and that nothing heavy is loaded by then."""
    ours, bare = _told(place)
    heavy = sorted({name for one in ours for name in one["heavy"]})
    what = f"首帧时的内存（{'已载入 ' + ' '.join(heavy) if heavy else '重模块 0 个'}）"
    yield Result("G2", place.size, what, _median(ours, "rss") / 1e6, _median(bare, "rss") / 1e6, 1.6, _BARE, unit="MB")
    yield Result("G2", place.size, "首帧前载入的重模块", float(len(heavy)) or 1e-9, 1.0, 0.5, "1 个", unit="个")


def g3(place: Place) -> Iterator[Result]:
    """Pages opened for the first time: the slowest, and the median; then with their rows read and painted."""
    ours, bare = _told(place)
    yard = _median(bare, "painted")
    for name, what, ceiling in (("built", "首次打开页面", 0.6), ("read", "首次打开页面，内容在屏幕上", None)):
        by_page = {page: statistics.median(one[name][page] for one in ours) for page in ours[0][name]}
        slowest = max(by_page, key=by_page.__getitem__)
        yield Result("G3", place.size, f"{what}：最慢的（{slowest}）", by_page[slowest], yard, ceiling, _BARE)
        yield Result("G3", place.size, f"{what}：中位", statistics.median(by_page.values()), yard, ceiling, _BARE)


def search_to_screen(place: Place) -> Iterator[Result]:
    """From a keystroke to its results on the screen."""
    ours, bare = _told(place)
    yard = _median(bare, "painted")
    taken = [seconds for one in ours for seconds in one["searched"]]
    yield Result("检索", place.size, "按键到结果上屏：中位", statistics.median(taken), yard, 0.6, _BARE)
    p95 = statistics.quantiles(taken, n=20)[-1]
    yield Result("检索", place.size, f"按键到结果上屏：{len(taken)} 次的 p95", p95, yard, 0.6, _BARE)
