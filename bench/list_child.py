"""A process with the problems' desk on a ledger: `python -m bench.list_child JOB LEDGER`. One line of JSON goes to
standard output: seconds of frames and loads, or bytes the list takes.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QStandardItem, QStandardItemModel

from chain_office.queries import list_window
from chain_office.services.ledgers import cut_off, open_ledger
from chain_office.ui.app import make_application, wear
from chain_office.ui.kit.table import ListView
from chain_office.ui.office import Office
from chain_office.ui.pages.problems import Problems
from chain_office.ui.palette import LIGHT
from chain_office.ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QTableView

ROWS = 2000
"""So many rows stand ready in both models while frames are timed."""
_FRAMES = 60
_ROUNDS = 7
_LOOK_MILLISECONDS = 1
_CHUNK = 500
_WAIT_MILLISECONDS = 60_000


def wait(told: SignalInstance, do: Callable[[], object]) -> None:
    """Do something, and let events run until a signal has come."""
    loop = QEventLoop()
    told.connect(loop.quit)
    QTimer.singleShot(_WAIT_MILLISECONDS, loop.quit)
    do()
    loop.exec()


def until(true: Callable[[], bool]) -> None:
    """Let events run until something is true."""
    loop = QEventLoop()
    timer = QTimer(interval=_LOOK_MILLISECONDS)
    timer.timeout.connect(lambda: loop.quit() if true() else None)
    timer.start()
    loop.exec()


def opened(path: Path, *, read: bool = True) -> tuple[Work, Problems]:
    """The desk, its list counted and its chips read."""
    work = Work()
    office = Office(work, LIGHT)
    wait(office.shown_changed, lambda: work.open(lambda: open_ledger(path, read_only=True)))
    desk = Problems(office)
    desk.resize(1218, 640)
    desk.show()
    if read:
        wait(desk.offered, desk.refresh)
    return work, desk


def filled(desk: Problems) -> bool:
    """Whether every row in view has its line."""
    first, last = desk.list.rowAt(0), desk.list.rowAt(desk.list.viewport().height() - 1)
    last = last if last >= 0 else desk.model.rowCount() - 1
    return first >= 0 and all(desk.model.data(desk.model.index(row, 0)) != "…" for row in range(first, last + 1))


def shown(desk: Problems, do: Callable[[], object]) -> float:
    """Seconds from asking for a list to its first whole frame."""
    begun = time.perf_counter()
    wait(desk.model.counted, do)
    if not filled(desk):
        desk.list.viewport().grab()  # asks for the lines in view
        until(lambda: filled(desk))
    desk.list.viewport().grab()
    return time.perf_counter() - begun


def frames(view: QTableView, rows: int) -> list[float]:
    """Seconds of frames, each some rows on."""
    bar, taken = view.verticalScrollBar(), []
    height = view.verticalHeader().defaultSectionSize()
    for frame in range(_FRAMES):
        bar.setValue(frame * 7 % max(1, rows - 30) * height)
        begun = time.perf_counter()
        view.viewport().grab()
        taken.append(time.perf_counter() - begun)
    return taken


def standing(desk: Problems, rows: int) -> ListView:
    """The same view on items of C++ with the same texts, colours and alignments."""
    model, columns = QStandardItemModel(), desk.model.columns
    model.setHorizontalHeaderLabels([one.heading for one in columns])
    for row in range(rows):
        items = []
        for place in range(len(columns)):
            index = desk.model.index(row, place)
            item = QStandardItem(str(desk.model.data(index)))
            item.setTextAlignment(Qt.AlignmentFlag(desk.model.data(index, int(Qt.ItemDataRole.TextAlignmentRole))))
            colour = desk.model.data(index, int(Qt.ItemDataRole.ForegroundRole))
            item.setForeground(colour if isinstance(colour, QBrush) else QBrush(QColor(LIGHT.text)))
            items.append(item)
        model.appendRow(items)
    view = ListView(desk.model)
    view.setModel(model)
    model.setParent(view)
    view.setStyleSheet("QTableView::item { padding: 0 3px; }")
    for place in range(len(columns)):
        view.setColumnWidth(place, desk.list.columnWidth(place))
    view.resize(desk.list.size())
    view.show()
    return view


def times(path: Path) -> dict[str, float]:
    """Medians, taken in turns."""
    work, desk = opened(path)
    rows = min(ROWS, desk.model.rowCount())
    for row in range(0, rows, 20):  # every block of them comes into view once
        desk.list.scrollTo(desk.model.index(row, 0))
        until(lambda: filled(desk))
    plain = standing(desk, rows)
    sort = partial(desk.list.sort, [one.heading for one in desk.model.columns].index("办结时限"))
    found: dict[str, list[float]] = {name: [] for name in ("open", "sort", "scroll", "frame")}
    for _ in range(_ROUNDS):
        gc.collect()
        found["scroll"] += frames(desk.list, rows)
        found["frame"] += frames(plain, rows)
    for turn in range(_ROUNDS):
        found["open"].append(shown(desk, lambda: desk.model.load()))
        found["sort"].append(shown(desk, partial(sort, descending=bool(turn % 2))))
    work.stop()
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def resident() -> int:
    """Bytes of memory this process has at the moment, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096


def windowed(path: Path) -> dict[str, float]:
    """What the desk's list takes, scrolled from end to end, beside one without a line."""
    work, desk = opened(path, read=False)
    wait(desk.model.counted, lambda: desk.model.load(only=frozenset()))
    gc.collect()
    before = resident()
    wait(desk.model.counted, lambda: desk.model.load())
    bar = desk.list.verticalScrollBar()
    for step in range(60):
        bar.setValue(bar.maximum() * step // 59)
        until(lambda: filled(desk))
    taken = resident() - before
    work.stop()
    return {"bytes": taken}


def eager(path: Path) -> dict[str, float]:
    """What all lines take, read at once."""
    with open_ledger(path, read_only=True) as ledger:
        kind = Problems.kind_at(cut_off(ledger))
        ids = list_window.ids_in_order(ledger, kind)
        gc.collect()
        before = resident()
        held = []
        for start in range(0, len(ids), _CHUNK):
            held += list(list_window.lines(ledger, kind, ids[start : start + _CHUNK]).values())
        return {"bytes": resident() - before, "lines": len(held)}


def main() -> int:
    """Do the job named."""
    job, path = sys.argv[1], Path(sys.argv[2])
    application = make_application([sys.argv[0]])
    wear(application, LIGHT)
    told = {"times": times, "windowed": windowed, "eager": eager}[job](path)
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
