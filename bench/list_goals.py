"""G11 a list opened or sorted anew, G12 a frame while scrolling, G13 the memory a list takes: the problems' desk against
the same view on items of C++, and against every line read at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.timing import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.place import Place

_ROOT = Path(__file__).resolve().parent.parent
_SECONDS = 600


def _child(job: str, place: Place) -> dict[str, float]:
    """What one job told."""
    env = dict(os.environ)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    env["XDG_CONFIG_HOME"] = str(place.folder / "list-config")
    command = [sys.executable, "-m", "bench.list_child", job, str(place.ledger)]
    done = subprocess.run(
        command, check=True, cwd=_ROOT, env=env, stdout=subprocess.PIPE, encoding="utf-8", timeout=_SECONDS
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def g11_g12(place: Place) -> Iterator[Result]:
    """Open, sort, scroll. (One process: the frame it is held against is taken in the same minute.)"""
    told, large = _child("times", place), place.size == "L"
    against = "同一视图里 C++ 模型的一帧"
    yield Result("G11", place.size, "问题列表：打开到整屏", told["open"], told["frame"], 12 if large else None, against)
    yield Result(
        "G11", place.size, "问题列表：改按时限排序", told["sort"], told["frame"], 12 if large else None, against
    )
    yield Result("G12", place.size, "问题列表：滚动一帧", told["scroll"], told["frame"], 2.3, against)


def g13(place: Place) -> Iterator[Result]:
    """Where the system tells what a process holds (Linux)."""
    if not Path("/proc/self/statm").exists():
        return
    ours, eager = _child("windowed", place)["bytes"] / 1e6, _child("eager", place)["bytes"] / 1e6
    large = place.size == "L"
    yield Result(
        "G13",
        place.size,
        "问题列表占的内存",
        ours,
        max(eager, 0.1),
        0.2 if large else None,
        "全部行一次读出",
        unit="MB",
    )
