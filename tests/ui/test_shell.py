"""The shell on a real ledger: navigation and counts, going and coming back, keys, the status line, what is remembered."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from chain_office.domain.forms import Saved
from chain_office.services.counts import Count, waiting
from chain_office.services.ledgers import Ledger, open_ledger
from chain_office.services.standing import CONFIRMED
from chain_office.ui import keys, left_off, recent
from chain_office.ui.keeper import SECRECY
from chain_office.ui.key_sheet import KeySheet, as_text
from tests.ui.shells import PAGES, First, Second, Taker, opened, page, shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from chain_office.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def window(qtbot: QtBot, sample_ledger: Path) -> Window:
    """The shell on the sample, its file closed with it."""
    made = shell(qtbot)
    opened(qtbot, made, sample_ledger)
    return made


def write(window: Window, qtbot: QtBot, reason: str = "改名") -> int:
    """Rename a firm through the door, as a page would; gives the write's number."""

    def job(ledger: Ledger) -> int:
        from chain_office.db.models import Enterprise

        row_id = str(ledger.value("SELECT id FROM enterprise ORDER BY number LIMIT 1"))
        with ledger.write(window.office.actor, reason) as writer:
            writer.update(Enterprise, row_id, {"name": f"{reason}有限公司"})
        return writer.write_no

    got: list[int] = []
    window.work.ask(job, got.append)
    qtbot.waitUntil(lambda: bool(got))
    return got[0]


def first_firm(window: Window, qtbot: QtBot) -> str:
    got: list[str] = []
    window.work.ask(lambda ledger: str(ledger.value("SELECT name FROM enterprise ORDER BY number LIMIT 1")), got.append)
    qtbot.waitUntil(lambda: bool(got))
    return got[0]


def press(qtbot: QtBot, window: Window, keys_: str) -> None:
    """Press what a shortcut of the table names."""
    pressed = keys.sequences(keys_)[0][0]  # type: ignore[index]
    qtbot.keyClick(window.frame, pressed.key(), pressed.keyboardModifiers())


# Navigation.


def test_the_navigation_shows_the_pages_and_what_waits(window: Window, qtbot: QtBot) -> None:
    nav = window.frame.nav
    qtbot.waitUntil(lambda: nav.count_of("first") is not None)
    found: list[dict[str, Count]] = []
    day = window.office.as_of
    window.work.ask(lambda ledger: waiting(ledger, day), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert nav.count_of("first") == found[0]["problems.open"]
    assert nav.count_of("second") == found[0]["enterprises.unvisited"]
    counted = nav.count_of("first")
    assert counted is not None
    assert counted.number > 0
    assert counted.urgent
    assert str(counted.number) in counted.says
    assert nav.item(0).toolTip() == counted.says
    assert nav.count_of("taker") is None


def test_pages_set_apart_stand_under_a_line_that_cannot_be_chosen(window: Window) -> None:
    nav = window.frame.nav
    assert nav.count() == len(PAGES) + 1
    assert nav.item(2).flags() == Qt.ItemFlag.NoItemFlags
    assert [nav.item(row).text() for row in (0, 1, 3)] == ["第一页", "第二页", "收件"]


def test_counts_follow_a_change_and_the_date(window: Window, qtbot: QtBot) -> None:
    nav = window.frame.nav
    qtbot.waitUntil(lambda: nav.count_of("first") is not None)
    before = nav.count_of("first")
    window.office.move_as_of(window.office.as_of.replace(year=2019))
    qtbot.waitUntil(lambda: nav.count_of("first") != before)
    counted = nav.count_of("first")
    assert counted is not None
    assert counted.number == 0


# Going and coming back.


def test_back_and_forward_go_to_pages_and_records(window: Window, qtbot: QtBot) -> None:
    frame = window.frame
    first, second = page(window, First), page(window, Second)
    frame.go("first", "problem:1")
    frame.go("second", "visit:2")
    second.shown.append("visit:3")  # one moves on to another record of the page
    frame.go("first", "problem:4")
    press(qtbot, window, "back")
    assert frame.current() is second
    assert second.shown[-1] == "visit:3"
    press(qtbot, window, "back")
    assert frame.current() is first
    assert first.shown[-1] == "problem:1"
    press(qtbot, window, "forward")
    press(qtbot, window, "forward")
    press(qtbot, window, "forward")
    assert frame.current() is first
    assert first.shown[-1] == "problem:4"


def test_number_keys_open_the_pages_in_order(window: Window, qtbot: QtBot) -> None:
    for number, kind in enumerate(PAGES, start=1):
        qtbot.keyClick(window.frame, Qt.Key(int(Qt.Key.Key_0) + number), Qt.KeyboardModifier.ControlModifier)
        assert isinstance(window.frame.current(), kind)


def test_f6_goes_round_the_parts(window: Window, qtbot: QtBot) -> None:
    frame, first = window.frame, page(window, First)
    frame.go("first")
    frame.nav.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(6):
        seen.append(QApplication.focusWidget())
        press(qtbot, window, "next_part")
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not seen[-1])
    assert seen[0] is frame.nav
    assert seen[2] is frame.banners.button(SECRECY, "知道了")
    assert seen[3:5] == [first.line, first.text]
    assert seen[5] is frame.nav
    assert QApplication.focusWidget() is seen[1]
    press(qtbot, window, "previous_part")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is frame.nav)


def test_a_page_is_stale_only_by_what_it_watches(window: Window, qtbot: QtBot) -> None:
    first, second = page(window, First), page(window, Second)
    window.frame.go("second")
    window.frame.go("first")
    before = first.refreshed, second.refreshed
    write(window, qtbot)
    qtbot.waitUntil(lambda: first.refreshed > before[0])
    assert second.refreshed == before[1]
    assert not second.stale


# The sheet of keys.


def test_the_sheet_says_every_key_of_the_table_and_esc_closes_it(window: Window, qtbot: QtBot) -> None:
    press(qtbot, window, "sheet")
    sheet = window.frame.findChild(KeySheet)
    assert sheet is not None
    assert sheet.isVisible()
    text = as_text()
    for group in keys.GROUPS:
        assert group.title in text
        for key in group.keys:
            assert f"{keys.shown(key.id)}\t{key.says}" in text
    closed: list[int] = []
    sheet.finished.connect(closed.append)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert closed == [0]


def test_no_two_shortcuts_of_one_place_are_the_same() -> None:
    everywhere = [sequence.toString() for key in keys.GROUPS[0].keys for sequence in keys.sequences(key.id)]
    assert len(everywhere) == len(set(everywhere))
    for group in keys.GROUPS:
        for key in group.keys:
            assert all(not sequence.isEmpty() for sequence in keys.sequences(key.id)), key.id


# The status line, 撤销 and 重做.


def test_saved_is_said_after_the_commit_and_undo_takes_it_back(window: Window, qtbot: QtBot) -> None:
    status, before = window.frame.status, first_firm(window, qtbot)
    assert status.saved.text() == "打开后没有改动"
    assert not status.undo_button.isVisible()
    number = write(window, qtbot)
    qtbot.waitUntil(lambda: status.saved.text().startswith("已保存 "))
    window.office.wrote.emit(Saved(number, "enterprise", "1", "已修改企业 改名有限公司"))
    assert status.undo_button.isVisible()
    assert status.said.text() == "已修改企业 改名有限公司"
    press(qtbot, window, "undo")
    qtbot.waitUntil(lambda: not status.undo_button.isVisible())
    assert first_firm(window, qtbot) == before
    assert status.redo_button.isVisible()
    press(qtbot, window, "redo")
    qtbot.waitUntil(lambda: status.undo_button.isVisible())
    assert first_firm(window, qtbot) == "改名有限公司"
    assert not status.redo_button.isVisible()


def test_undo_in_a_text_is_the_texts_own(window: Window, qtbot: QtBot) -> None:
    number = write(window, qtbot)
    window.office.wrote.emit(Saved(number, "enterprise", "1", "已修改"))
    first = page(window, First)
    window.frame.go("first")
    for editor in (first.line, first.text):
        editor.setFocus()
        qtbot.keyClicks(editor, "abc")
        qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (first.line.text(), first.text.toPlainText()) == ("", "")
    assert window.frame.undoing.last is not None


def test_a_refused_undo_says_why_and_keeps_it(window: Window, qtbot: QtBot) -> None:
    number = write(window, qtbot, "第一次")
    write(window, qtbot, "第二次")
    window.office.wrote.emit(Saved(number, "enterprise", "1", "第一次"))
    with qtbot.waitSignal(window.work.refused):
        window.frame.undoing.undo()
    assert window.frame.undoing.last is not None
    assert first_firm(window, qtbot) == "第二次有限公司"


def test_a_write_that_fails_is_not_called_saved(window: Window, qtbot: QtBot) -> None:
    from chain_office.domain.errors import KnownError

    def job(ledger: Ledger) -> None:
        with ledger.write("张三", "写到一半"):
            raise KnownError("写不下去了。")

    with qtbot.waitSignal(window.work.refused):
        window.work.ask(job, lambda _: None)
    assert window.frame.status.saved.text() == "刚才没有保存"


def test_the_status_line_names_the_file_its_folder_and_who_edits_it(window: Window, sample_ledger: Path) -> None:
    status = window.frame.status
    assert str(sample_ledger.parent) in status.file.toolTip()
    assert sample_ledger.name in status.file.toolTip()
    assert status.holder.text() == "本机正在编辑"
    assert status.backup.text()


# What is remembered.


def test_the_notice_is_confirmed_once_for_a_ledger(window: Window, qtbot: QtBot, sample_ledger: Path) -> None:
    banners = window.frame.banners
    assert "涉密" in banners.said(SECRECY)
    with qtbot.waitSignal(window.work.changed):
        banners.button(SECRECY, "知道了").click()
    assert banners.said(SECRECY) == ""
    window.frame.close()
    with open_ledger(sample_ledger) as ledger:
        kept = ledger.value("SELECT value FROM setting WHERE key = ?", (CONFIRMED,))
    assert window.office.actor in kept
    again = shell(qtbot)
    opened(qtbot, again, sample_ledger)
    assert again.frame.banners.said(SECRECY) == ""
    again.frame.close()


def test_one_comes_back_to_the_page_and_record_one_left(window: Window, qtbot: QtBot, sample_ledger: Path) -> None:
    window.frame.go("second", "visit:7")
    window.frame.resize(1111, 666)
    split = page(window, Second).findChildren(QSplitter)[0]
    split.setSizes([700, 100])
    left, right = split.sizes()
    window.frame.close()
    again = shell(qtbot)
    left_off.restore_window(again.frame)
    opened(qtbot, again, sample_ledger)
    assert again.frame.height() == 666  # the screen of a test is too narrow for the width
    assert isinstance(again.frame.current(), Second)
    assert page(again, Second).shown == ["visit:7"]
    now = page(again, Second).findChildren(QSplitter)[0].sizes()
    assert now[0] / sum(now) == pytest.approx(left / (left + right), abs=0.02)
    assert recent.recent()[0].path == sample_ledger
    again.frame.close()


# Files dropped.


def drop(window: Window, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(window.frame.rect().center(), action, data, button, none)
    QGuiApplication.sendEvent(window.frame, enter)
    if not enter.isAccepted():
        return False
    QGuiApplication.sendEvent(
        window.frame, QDropEvent(QPointF(window.frame.rect().center()), action, data, button, none)
    )
    return True


def test_workbooks_dropped_go_to_the_page_that_takes_them(window: Window, tmp_path: Path) -> None:
    book = tmp_path / "问题清单.xlsx"
    book.write_bytes(b"")
    assert drop(window, book)
    taker = window.frame.current()
    assert isinstance(taker, Taker)
    assert taker.taken == [book]
    assert not drop(window, tmp_path / "照片.jpg")


def test_a_ledger_dropped_is_opened(
    window: Window, qtbot: QtBot, tmp_path: Path, sample_ledger: Path, make_ledger: Callable[[Path], Path]
) -> None:
    other = make_ledger(tmp_path / "另一本.ledger")
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        assert drop(window, other)
    assert window.office.shown is not None
    assert window.office.shown.path == other
    assert [used.path for used in recent.recent()] == [other, sample_ledger]


def test_every_shortcut_is_made_from_the_table() -> None:
    made = re.compile(r"\bQShortcut\(|\bQKeySequence\(\s*f?\"|setShortcut\(\s*f?\"|shortcut=\"")
    modules = sorted((ROOT / "chain_office" / "ui").rglob("*.py"))
    assert len(modules) > 50
    wrong = [path.name for path in modules if path.name != "keys.py" and made.search(path.read_text("utf-8"))]
    assert wrong == []


def test_every_key_of_the_table_is_used(window: Window) -> None:
    """A key that no module asks for would be printed and do nothing."""
    told = "".join(path.read_text("utf-8") for path in sorted((ROOT / "chain_office" / "ui").rglob("*.py")))
    unused = [key.id for group in keys.GROUPS for key in group.keys if not key.widget and told.count(f'"{key.id}"') < 2]
    assert unused == []
