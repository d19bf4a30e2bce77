"""The three doors, the ledgers opened lately, and what is loaded before anything is on the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from chain_office.services.ledgers import is_sample, open_ledger
from chain_office.ui import choosing, recent
from tests.ui.shells import Taker, opened, page, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from chain_office.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = shell(qtbot)
    yield made
    made.frame.close()


def test_the_sample_opens_without_asking_where_and_says_where(
    window: Window, qtbot: QtBot, tmp_path: Path, sample_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "文档" / "产业链办"
    monkeypatch.setattr(choosing, "home", lambda: home)
    with qtbot.waitSignal(window.office.shown_changed, timeout=60_000):
        window.start.doors[0].click()
        assert not window.start.doors[0].isEnabled()
        assert "示例" in window.start.doing.text()
    assert window.office.shown is not None
    assert window.office.shown.path == home / "示例.ledger"
    assert window.office.shown.sample
    assert str(home) in window.frame.banners.said("told")
    window.frame.close()
    with open_ledger(home / "示例.ledger") as ledger:
        assert is_sample(ledger)


def test_a_new_ledger_is_made_where_one_says(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "新的.ledger"
    monkeypatch.setattr(choosing, "place_ledger", lambda _parent, then, **_title: then(place))
    with qtbot.waitSignal(window.office.shown_changed, timeout=20_000):
        window.start.doors[2].click()
    assert place.exists()
    assert window.office.shown is not None
    assert not window.office.shown.sample


def test_existing_books_go_into_a_new_ledger_and_its_preview(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books, place = [tmp_path / "名册.xlsx", tmp_path / "问题.xlsx"], tmp_path / "新的.ledger"
    monkeypatch.setattr(choosing, "choose_books", lambda _parent, then: then(books))
    monkeypatch.setattr(choosing, "place_ledger", lambda _parent, then, **_title: then(place))
    with qtbot.waitSignal(window.office.shown_changed, timeout=20_000):
        window.start.doors[1].click()
    taker = page(window, Taker)
    assert isinstance(taker, Taker)
    qtbot.waitUntil(lambda: taker.taken == books)
    assert window.frame.current() is taker
    assert place.exists()


def test_a_ledger_is_opened_from_the_list_by_keyboard(
    qtbot: QtBot, tmp_path: Path, sample_ledger: Path, make_ledger: Callable[[Path], Path]
) -> None:
    recent.remember(make_ledger(tmp_path / "别的.ledger"))
    recent.remember(sample_ledger)
    window = shell(qtbot)
    listed = window.start.list
    assert [listed.item(row).data(Qt.ItemDataRole.UserRole).path.name for row in range(listed.count())] == [
        sample_ledger.name, "别的.ledger",
    ]  # fmt: skip
    assert "2022-01-05" in listed.item(0).text()
    listed.setCurrentRow(1)
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert window.office.shown is not None
    assert window.office.shown.path.name == "别的.ledger"
    window.frame.close()


def test_a_missing_one_is_greyed_and_taken_off(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    recent.remember(tmp_path / "没了.ledger")
    window.start.show_recent()
    listed = window.start.list
    qtbot.waitUntil(lambda: "找不到了" in listed.item(0).text())
    asked: list[object] = []
    window.start.open_wanted.connect(asked.append)
    listed.setCurrentRow(0)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert asked == []
    window.start.remove.click()
    assert recent.recent() == []


def test_the_list_survives_a_setting_that_is_not_ours(window: Window) -> None:
    from PySide6.QtCore import QSettings

    for odd in ("不是 JSON", "[1, 2]", '{"a": 1}', "[[1]]"):
        QSettings().setValue("recent/ledgers", odd)
        assert recent.recent() == []


def test_another_ledger_comes_on_top(
    window: Window, qtbot: QtBot, tmp_path: Path, sample_ledger: Path, make_ledger: Callable[[Path], Path]
) -> None:
    other = make_ledger(tmp_path / "别的.ledger")
    for path in (sample_ledger, other, sample_ledger):
        opened(qtbot, window, path)
    assert [used.path for used in recent.recent()] == [sample_ledger, other]


HEAVY = [
    "numpy",
    "matplotlib",
    "reportlab",
    "openpyxl",
    "pypinyin",
    "PIL",
    "xlsxwriter",
    "pikepdf",
    "pypdfium2",
    "python_calamine",
]
CHILD = f"""
import sys
from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication
QSettings.setDefaultFormat(QSettings.Format.IniFormat)
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, sys.argv[1])

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.window().isVisible():
            print(*sorted(set({HEAVY!r}) & set(sys.modules)), flush=True)
            import os
            os._exit(0)
        return False

app = QApplication(["x"])
painted = Painted()
app.installEventFilter(painted)
import main
main.open_window(None)
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
    assert done.stdout == "\n", "the window was painted"
