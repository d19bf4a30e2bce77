"""The watchdog itself: it names the line the GUI thread was in, and lets a test's own work be."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from chain_office.ui.kit.copying import tab_separated
from tests.ui.watchdog import LIMIT, Stall, Watchdog, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def slow_rows(seconds: float) -> Iterator[tuple[str, ...]]:
    threading.Event().wait(seconds)
    yield ("甲", "乙")


def test_a_slow_slot_is_told_with_its_line(qtbot: QtBot) -> None:
    dog, parent, done = Watchdog(test="this"), QObject(), []
    dog.start(parent)
    QTimer.singleShot(30, lambda: done.append(tab_separated(slow_rows(4 * LIMIT))))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(done))
    qtbot.waitUntil(lambda: bool(dog.stalls))
    dog.stop()
    assert any("ui/kit/copying.py" in one.where and one.seconds > LIMIT for one in dog.stalls)


def test_a_test_at_work_of_its_own_is_not_the_windows_fault(qtbot: QtBot) -> None:
    dog, parent = Watchdog(), QObject()
    dog.start(parent)
    threading.Event().wait(4 * LIMIT)
    dog.stop()
    assert not any("test_watchdog" in one.where for one in dog.stalls)


def test_places_are_told_once_the_worst_first() -> None:
    lines = told([Stall(0.06, "a.py:1 f", "t1"), Stall(0.2, "b.py:2 g", "t2"), Stall(0.1, "a.py:1 f", "t3")])
    assert [line.split()[-2:] for line in lines] == [["g", "[t2]"], ["f", "[t3]"]]
    assert "x2" in lines[1]
