"""A bug opens a dialog with a report that holds nothing personal, and the window goes on."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from chain_office import mishaps
from chain_office.ui.crash import CrashDialog, Crashes
from tests.ui.shells import shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PERSONAL = ("张三丰", "13807341234", "430404199001011234")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = shell(qtbot)
    yield made
    made.frame.close()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log of the program's own, closed afterwards."""
    place = mishaps.start_log(tmp_path / "log")
    assert place is not None
    yield place
    mishaps.stop_log()
    logging.getLogger("chain_office").propagate = True


def fail(values: tuple[str, ...], place: object) -> None:
    """A failure whose words quote what the report must not."""
    try:
        int(values[0])
    except ValueError as error:
        raise LookupError(f"{values} {place}") from error


def failure(place: object = "") -> LookupError:
    with pytest.raises(LookupError) as caught:
        fail(PERSONAL, place)
    return caught.value


def dialog(window: Window, qtbot: QtBot) -> CrashDialog:
    def found() -> None:
        assert window.frame.findChild(CrashDialog) is not None

    qtbot.waitUntil(found)
    made = window.frame.findChild(CrashDialog)
    assert made is not None
    return made


def test_the_report_says_where_and_what_and_no_value(tmp_path: Path) -> None:
    text = mishaps.report(failure(tmp_path))
    assert "LookupError" in text
    assert "ValueError" in text
    assert text.index("ValueError") < text.index("LookupError")
    assert "tests/ui/test_crash.py" in text
    for secret in (*PERSONAL, str(tmp_path), str(tmp_path.home())):
        assert secret not in text


def test_a_bug_on_the_database_thread_opens_the_dialog(window: Window, qtbot: QtBot) -> None:
    window.work.ask(lambda _ledger: 1, lambda _: None)  # no ledger is open: ours to mend
    shown = dialog(window, qtbot)
    assert shown.isVisible()
    assert "BugError" in shown.report.toPlainText()
    shown.copy_button.click()
    assert QGuiApplication.clipboard().text() == shown.report.toPlainText()
    with qtbot.waitSignal(shown.finished):
        shown.go_on.click()
    assert window.frame.isVisible()


def test_further_bugs_are_counted_not_piled_up(window: Window, qtbot: QtBot) -> None:
    window.crashes.happened(failure())
    shown = dialog(window, qtbot)
    window.crashes.happened(failure())
    window.crashes.happened(failure())
    qtbot.waitUntil(lambda: "2 次" in shown.again.text())
    assert len(window.frame.findChildren(CrashDialog)) == 1
    shown.go_on.click()


def test_the_report_is_saved_where_one_says(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window.crashes.happened(failure())
    shown = dialog(window, qtbot)
    shown.save(tmp_path / "报告.txt")
    assert (tmp_path / "报告.txt").read_text("utf-8") == shown.report.toPlainText()
    shown.save(tmp_path / "没有" / "报告.txt")
    assert "不存在" in shown.said.text()
    shown.go_on.click()


def test_slots_and_threads_are_covered(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    caught: list[BaseException] = []
    crashes = Crashes(window.frame)
    crashes.came.disconnect()
    crashes.came.connect(caught.append)
    crashes.hook()
    QTimer.singleShot(0, lambda: fail(PERSONAL, "slot"))
    qtbot.waitUntil(lambda: len(caught) == 1)
    thread = threading.Thread(target=fail, args=(PERSONAL, "thread"))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(caught) == 2)
    assert all(isinstance(error, LookupError) for error in caught)


def test_the_log_masks_numbers_and_paths(log: Path) -> None:
    mishaps.log(
        "电话 13807341234 座机 0734-8812345 证件 430404199001011234 在 /mnt/zhang/台账.ledger C:\\用户\\张三\\a.txt 完"
    )
    mishaps.log("crash", failure())
    text = log.read_text("utf-8")
    assert "（号码）" in text
    assert "（路径）" in text
    assert "LookupError" in text
    assert "完" in text
    for secret in (*PERSONAL, "8812345", "zhang", "用户"):
        assert secret not in text


def test_the_log_is_kept_short(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(40):
        mishaps.log("x" * 64 * 1024)
    files = sorted(one.name for one in log.parent.iterdir())
    assert files == ["产业链办.log", "产业链办.log.1", "产业链办.log.2", "产业链办.log.3"]
    assert sum(one.stat().st_size for one in log.parent.iterdir()) < 4 * 600 * 1024


def test_without_a_place_for_the_log_the_program_runs(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("", "utf-8")
    assert mishaps.start_log(tmp_path / "log") is None
