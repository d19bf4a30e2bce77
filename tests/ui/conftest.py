"""A window on a copy of the sample ledger, offscreen."""

from __future__ import annotations

import gc
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office
    from tests.ui.watchdog import Watchdog

STALLED = "stalled"
PATIENCE = 30_000
"""Milliseconds any wait of these tests may take: a busy machine is no fault, and a wait that is met ends at once."""


def pytest_configure() -> None:
    """Waits that name no time of their own are as patient as the others."""
    from pytestqt.qtbot import QtBot

    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitCallback):
        wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": PATIENCE}


@pytest.fixture(scope="session")
def watchdog(qapp: QApplication) -> Iterator[Watchdog]:
    """Watches the GUI thread through all tests of the window."""
    from tests.ui.watchdog import Watchdog

    dog = Watchdog()
    dog.start(qapp)
    yield dog
    dog.stop()


@pytest.fixture(autouse=True)
def _watched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Notes where the window did not come back to its events during a test; decides nothing."""
    if "qtbot" not in request.fixturenames or request.path.stem == "test_watchdog":
        yield
        return
    dog: Watchdog = request.getfixturevalue("watchdog")
    before, dog.test = len(dog.stalls), request.node.name
    yield
    for stall in dog.stalls[before:]:
        request.node.user_properties.append((STALLED, (stall.seconds, stall.where, stall.test)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where the GUI thread was away for more than 50 ms, the worst first (from every worker)."""
    from tests.ui.watchdog import Stall, told

    reports = [
        one for kind in terminalreporter.stats.values() for one in kind if getattr(one, "when", "") == "teardown"
    ]
    stalls = [Stall(*value) for one in reports for name, value in one.user_properties if name == STALLED]
    if stalls:
        terminalreporter.section(f"GUI thread away for more than 50 ms: {len(stalls)} times")
        for line in told(stalls):
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def _collected(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a window leaves behind goes here, on the GUI thread: collected on another, which happens to make the next
    object, its timers could not be stopped and would fire when it is gone. (The program's own collector does the same.)"""
    if "qtbot" not in request.fixturenames:
        yield
        return
    from PySide6.QtGui import QGuiApplication

    gc.disable()
    yield
    QGuiApplication.clipboard().clear()  # offscreen it outlives Python, and what was copied with it
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a window remembers on this computer is remembered for one test only."""
    from PySide6.QtCore import QSettings

    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    monkeypatch.setattr("chain_office.ui.kit.form.drafting.base", lambda: tmp_path / "drafts of forms")


@pytest.fixture
def sample_ledger(sample_office: Path, tmp_path: Path) -> Path:
    """A copy of the sample ledger to do with as one likes."""
    path = tmp_path / "示例 台账.ledger"
    shutil.copyfile(sample_office, path)
    return path


@pytest.fixture
def office(qtbot: QtBot, sample_ledger: Path) -> Iterator[Office]:
    """The open sample as pages see it, without a frame."""
    from chain_office.services.ledgers import open_ledger
    from chain_office.ui.office import Office
    from chain_office.ui.work import Work

    work = Work()
    made = Office(work)
    with qtbot.waitSignal(made.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(sample_ledger))
    yield made
    work.stop()


@pytest.fixture
def make_ledger() -> Callable[[Path], Path]:
    """Makes an empty ledger with its reference data."""
    from chain_office.services.ledgers import make_ledger

    def make(path: Path) -> Path:
        make_ledger(path)
        return path

    return make
