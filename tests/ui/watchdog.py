"""The watchdog: says where the GUI thread did not come back to its events for 50 ms. It never decides a test.

A timer of the GUI thread ticks every 10 ms; a sampling thread notes the main thread's stack when the tick is overdue
while that thread is in an event loop or in the window's code. `python -m tests.ui.watchdog [ledger]` runs the program
under it and tells at the end.
"""

from __future__ import annotations

import faulthandler
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QApplication

TICK = 0.010
LIMIT = 0.050
_ROOT = Path(__file__).resolve().parents[2]
_PACKAGE = str(_ROOT / "chain_office")
_OURS = str(_ROOT / "chain_office" / "ui")
_LOOPS = (str(Path("pytestqt") / "wait_signal.py"), str(Path("pytestqt") / "qtbot.py"), str(Path("ui") / "launch.py"))
_MOST = 15
_THREAD = re.compile(r"(?:Current thread|Thread) 0x([0-9a-f]+) ")
_SPOT = re.compile(r'  File "(.+)", line (\d+) in (.+)')


@dataclass(frozen=True)
class Stall:
    """The GUI thread was away for ``seconds``; ``where``: the innermost of our lines, then what it was in."""

    seconds: float
    where: str
    test: str


@dataclass
class Watchdog:
    """Watches the thread it is started on, which must be the GUI's."""

    stalls: list[Stall] = field(default_factory=list)
    test: str = ""
    _ticked: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def start(self, parent: QObject) -> None:
        """Tick with the event loop, look from beside it."""
        self._main = threading.get_ident()
        self._tick()
        self._timer = QTimer(parent)
        self._timer.setInterval(round(TICK * 1000))
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()
        self._timer.stop()

    def _tick(self) -> None:
        self._ticked = time.perf_counter()

    def _look(self) -> None:
        """Sample the main thread; one stall is told once, with the place it was seen at most."""
        away: Counter[str] = Counter()
        since = 0.0
        with tempfile.TemporaryFile() as notes:
            while not self._over.wait(TICK):
                ticked, now = self._ticked, time.perf_counter()
                late = now - ticked
                if late > LIMIT:
                    every = stacks(notes)
                    mine = every.pop(self._main, [])
                    if not watched(mine):  # a test at work of its own: nobody waits for the window
                        self._ticked = max(self._ticked, now)
                        continue
                    away[place_of(mine, every.values())] += 1
                    since = max(since, late)
                elif away:
                    self.stalls.append(Stall(since, away.most_common(1)[0][0], self.test))
                    away.clear()
                    since = 0.0


class Spot(NamedTuple):
    """A line a thread is at, or called from."""

    file: str
    line: int
    name: str


def stacks(notes: IO[bytes]) -> dict[int, list[Spot]]:
    """Where every thread is, from the innermost line out, as the fault handler writes it down. (Frames themselves would
    keep what a function of the GUI thread held, and let go of it here: widgets are not to be deleted on this thread.)"""
    notes.seek(0)
    notes.truncate()
    faulthandler.dump_traceback(file=notes, all_threads=True)
    notes.seek(0)
    found: dict[int, list[Spot]] = {}
    here: list[Spot] = []
    for line in notes.read().decode("utf-8", "replace").splitlines():
        if thread := _THREAD.match(line):
            here = found.setdefault(int(thread[1], 16), [])
        elif spot := _SPOT.match(line):
            here.append(Spot(spot[1], int(spot[2]), spot[3]))
    return found


def watched(seen: Sequence[Spot]) -> bool:
    """Whether the thread runs events or the window's own code. Closing waits for the ledger, and may."""
    if any(one.name == "stop" and one.file.endswith("work.py") for one in seen):
        return False
    return any(one.file.startswith(_OURS) or any(part in one.file for part in _LOOPS) for one in seen)


def place_of(seen: Sequence[Spot], others: Iterable[Sequence[Spot]]) -> str:
    """The innermost line of the window's code; what it had called, where that is not ours. Where the thread was in Qt, or
    waited for its turn: what another thread was doing."""
    inner = f"{Path(seen[0].file).name}:{seen[0].line} {seen[0].name}"
    for one in seen:
        if one.file.startswith(_OURS):
            ours = f"{Path(one.file).relative_to(_ROOT).as_posix()}:{one.line} {one.name}"
            return ours if one is seen[0] else f"{ours}  ({inner})"
    busy = [said for other in others if (said := _job(other))]
    return f"Qt itself, or its turn, while {busy[0]}" if busy else "Qt itself, or the machine"


def _job(seen: Sequence[Spot]) -> str:
    """The function of a job of ours that a thread is in; "" for a thread that waits for one."""
    inside = [one for one in seen if one.file.startswith(_PACKAGE)]
    if not inside or inside[0].name == "run":
        return ""
    return f"{Path(inside[0].file).relative_to(_ROOT).as_posix()} {inside[0].name}"


def told(stalls: list[Stall]) -> list[str]:
    """The places, the worst first."""
    worst: dict[str, Stall] = {}
    times: Counter[str] = Counter(one.where for one in stalls)
    for one in stalls:
        if one.where not in worst or one.seconds > worst[one.where].seconds:
            worst[one.where] = one
    listed = sorted(worst.values(), key=lambda one: -one.seconds)
    lines = [
        f"{one.seconds * 1000:5.0f} ms  x{times[one.where]:<3} {one.where}" + (f"  [{one.test}]" if one.test else "")
        for one in listed[:_MOST]
    ]
    return [*lines, f"… and {len(listed) - _MOST} more places"] if len(listed) > _MOST else lines


def main() -> int:
    """Run the program under the watchdog."""
    import main as program
    from chain_office.ui import launch

    dog, make = Watchdog(), vars(launch)["make_application"]

    def watched_application(arguments: list[str]) -> QApplication:
        made: QApplication = make(arguments)
        dog.start(made)
        return made

    vars(launch)["make_application"] = watched_application
    code = program.start(sys.argv[1:])
    dog.stop()
    sys.stderr.write("\n".join(["界面线程停顿超过 50 ms 的地方：", *(told(dog.stalls) or ["没有"]), ""]))
    return code


if __name__ == "__main__":
    sys.exit(main())
