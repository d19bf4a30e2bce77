"""Two journeys through the whole window, one by keyboard alone and one by mouse alone: open the sample, find a firm by its
initials, add a visit, edit it, take the edit back, make a pack, print it to PDF."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget

import main
from chain_office.ui import choosing
from chain_office.ui.palette import LIGHT
from chain_office.ui.window import Window
from tests.ui.form.conftest import commit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIRM = "湖南水口山有色金属集团有限公司"
INITIALS = "sksys"
PATIENCE = 60_000
_NO_PRINTER = os.name == "nt" and not QPrinterInfo.availablePrinterNames()
"""Windows has no dialog then, where other systems print into a file; the page says so."""


@pytest.fixture
def window(qtbot: QtBot, sample_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The window as it starts on a new computer; the sample was made there once already."""
    monkeypatch.setattr(choosing, "home", lambda: tmp_path)
    shutil.copyfile(sample_office, tmp_path / "示例.ledger")
    made = Window(main.pages(), LIGHT)
    qtbot.addWidget(made.frame, before_close_func=lambda _frame: None)
    made.frame.resize(1366, 728)
    made.frame.show()
    made.frame.activateWindow()
    qtbot.waitUntil(made.frame.isActiveWindow)
    yield made
    made.frame.close()


def page(window: Window, page_id: str) -> Any:
    """A page that was built."""
    return window.frame.page(page_id)


def desk_on(window: Window, page_id: str, qtbot: QtBot) -> Desk:
    """A desk that has read its list."""
    qtbot.waitUntil(lambda: page(window, page_id) is not None)
    desk: Desk = page(window, page_id)
    qtbot.waitUntil(lambda: desk.calendar is not None and desk.detail.record is not None, timeout=10_000)
    return desk


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, where the focus is."""
    box = QApplication.focusWidget() or QApplication.activeWindow()
    assert box is not None
    qtbot.keyClick(box, key, held)


def write(qtbot: QtBot, text: str) -> None:
    """Letters as keys, Chinese as an input method hands it over, where the focus is."""
    box = QApplication.focusWidget()
    assert box is not None
    qtbot.keyClicks(box, text) if text.isascii() else commit(box, text)


def walk_to(qtbot: QtBot, wanted: QWidget) -> None:
    """Tab until the focus is there."""
    for _ in range(80):
        if QApplication.focusWidget() is wanted:
            return
        press(qtbot, Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not reach {wanted.accessibleName() or wanted}")


def holds_focus(widget: QWidget) -> bool:
    """Whether the cursor is somewhere in it."""
    box = QApplication.focusWidget()
    return box is not None and widget.isAncestorOf(box)


def ask(window: Window, qtbot: QtBot, sql: str, *arguments: object) -> Any:
    """A value of the ledger, read on its thread."""
    found: list[Any] = []
    window.work.ask(lambda ledger: ledger.value(sql, arguments), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def file_box(dialog: QPrintDialog) -> QLineEdit:
    """Where the dialog asks for the file that is printed to, on a computer without a printer."""
    box = dialog.findChild(QLineEdit, "filename")
    assert isinstance(box, QLineEdit)
    return box


def print_dialog(window: Window, qtbot: QtBot) -> QPrintDialog:
    """The printer's dialog, on the screen."""
    papers = page(window, "papers")
    qtbot.waitUntil(lambda: papers.findChild(QPrintDialog) is not None)
    dialog: QPrintDialog = papers.findChild(QPrintDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


CTRL = Qt.KeyboardModifier.ControlModifier


def test_by_keyboard_alone(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    walk_to(qtbot, window.start.doors[0])
    with qtbot.waitSignal(window.office.shown_changed, timeout=PATIENCE):
        press(qtbot, Qt.Key.Key_Return)

    press(qtbot, Qt.Key.Key_K, CTRL)
    with qtbot.waitSignal(window.frame.top.box.shown, timeout=10_000):
        write(qtbot, INITIALS)
    press(qtbot, Qt.Key.Key_Return)
    firms = desk_on(window, "enterprises", qtbot)
    qtbot.waitUntil(lambda: firms.detail.record is not None and firms.detail.record.title == FIRM)

    press(qtbot, Qt.Key.Key_3, CTRL)
    visits = desk_on(window, "visits", qtbot)
    visits.list.setFocus()
    press(qtbot, Qt.Key.Key_N, CTRL)
    pane = visits.editing.pane
    qtbot.waitUntil(lambda: pane.body is not None and holds_focus(pane))
    body = pane.body
    assert body is not None
    walk_to(qtbot, body.editors["enterprise_id"].target)
    write(qtbot, INITIALS)
    choice: Any = body.editors["enterprise_id"]
    qtbot.waitUntil(lambda: choice.popup.isVisible() and choice.popup.model.rowCount() == 1)
    press(qtbot, Qt.Key.Key_Return)
    walk_to(qtbot, body.editors["day"].target)
    write(qtbot, "1018")
    walk_to(qtbot, body.editors["leader"].target)
    write(qtbot, "张示例")
    with qtbot.waitSignal(window.office.wrote):
        press(qtbot, Qt.Key.Key_S, CTRL)
    row_id = ask(window, qtbot, "SELECT id FROM visit ORDER BY number DESC LIMIT 1")
    qtbot.waitUntil(lambda: visits.detail.record is not None and visits.detail.record.reference == f"visit:{row_id}")

    press(qtbot, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: pane.body is not None and holds_focus(pane))
    assert pane.body is not None
    walk_to(qtbot, pane.body.editors["interviewee"].target)
    write(qtbot, "李示例")
    with qtbot.waitSignal(window.office.wrote):
        press(qtbot, Qt.Key.Key_S, CTRL)
    assert ask(window, qtbot, "SELECT interviewee FROM visit WHERE id = ?", row_id) == "李示例"
    with qtbot.waitSignal(window.work.changed):
        press(qtbot, Qt.Key.Key_Z, CTRL)
    assert ask(window, qtbot, "SELECT coalesce(interviewee, '') FROM visit WHERE id = ?", row_id) == ""
    assert ask(window, qtbot, "SELECT day FROM visit WHERE id = ?", row_id) == "2021-10-18"

    press(qtbot, Qt.Key.Key_9, CTRL)
    qtbot.waitUntil(lambda: page(window, "papers") is not None)
    papers = page(window, "papers")
    walk_to(qtbot, papers.make_button)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(papers.print_button.isEnabled, timeout=PATIENCE)
    walk_to(qtbot, papers.print_button)
    press(qtbot, Qt.Key.Key_Space)
    if _NO_PRINTER:
        return
    dialog = print_dialog(window, qtbot)
    walk_to(qtbot, file_box(dialog))
    press(qtbot, Qt.Key.Key_A, CTRL)
    write(qtbot, str(tmp_path / "pack.pdf"))
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: papers.said.text().startswith("已送打印机"), timeout=PATIENCE)
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")


def click(qtbot: QtBot, button: QWidget) -> None:
    """The left button in the middle of it."""
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def button_of(bar: QWidget, word: str) -> QAbstractButton:
    """A button by what is written on it."""
    for one in bar.findChildren(QAbstractButton):
        if one.text() == word and one.isVisible():
            return one
    pytest.fail(f"no button {word}")


def into(qtbot: QtBot, box: QWidget, text: str) -> None:
    """Click into a box and give it a text (typing is the one thing a mouse does not do)."""
    click(qtbot, box)
    assert isinstance(box, QLineEdit)
    assert box.hasFocus()
    write(qtbot, text)


def test_by_mouse_alone(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.office.shown_changed, timeout=PATIENCE):
        click(qtbot, window.start.doors[0])

    search = window.frame.top.box
    with qtbot.waitSignal(search.shown, timeout=10_000):
        into(qtbot, search, INITIALS)
    view = search.results.list
    hit = next(
        view.model().index(row, 0)
        for row in range(view.model().rowCount())
        if FIRM in str(view.model().index(row, 0).data())
    )
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(hit).center())
    firms = desk_on(window, "enterprises", qtbot)
    qtbot.waitUntil(lambda: firms.detail.record is not None and firms.detail.record.title == FIRM)

    nav = window.frame.nav
    place = next(nav.item(row) for row in range(nav.count()) if nav.item(row).text() == "走访")
    qtbot.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=nav.visualItemRect(place).center())
    visits = desk_on(window, "visits", qtbot)
    click(qtbot, button_of(visits.bar, "新建走访记录"))
    pane = visits.editing.pane
    qtbot.waitUntil(lambda: pane.body is not None)
    body = pane.body
    assert body is not None
    choice: Any = body.editors["enterprise_id"]
    into(qtbot, choice.target, INITIALS)
    qtbot.waitUntil(lambda: choice.popup.isVisible() and choice.popup.model.rowCount() == 1)
    offered = choice.popup.list
    qtbot.mouseClick(
        offered.viewport(), Qt.MouseButton.LeftButton, pos=offered.visualRect(offered.model().index(0, 0)).center()
    )
    into(qtbot, body.editors["day"].target, "1018")
    with qtbot.waitSignal(window.office.wrote):
        click(qtbot, button_of(pane, "保存"))
    row_id = ask(window, qtbot, "SELECT id FROM visit ORDER BY number DESC LIMIT 1")
    qtbot.waitUntil(lambda: visits.detail.record is not None and visits.detail.record.reference == f"visit:{row_id}")

    click(qtbot, button_of(visits.bar, "修改"))
    qtbot.waitUntil(lambda: pane.body is not None and pane.isVisible())
    assert pane.body is not None
    into(qtbot, pane.body.editors["leader"].target, "张示例")
    with qtbot.waitSignal(window.office.wrote):
        click(qtbot, button_of(pane, "保存"))
    assert ask(window, qtbot, "SELECT leader FROM visit WHERE id = ?", row_id) == "张示例"
    with qtbot.waitSignal(window.work.changed):
        click(qtbot, window.frame.status.undo_button)
    assert ask(window, qtbot, "SELECT coalesce(leader, '') FROM visit WHERE id = ?", row_id) == ""

    place = next(nav.item(row) for row in range(nav.count()) if nav.item(row).text() == "材料")
    qtbot.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=nav.visualItemRect(place).center())
    qtbot.waitUntil(lambda: page(window, "papers") is not None)
    papers = page(window, "papers")
    click(qtbot, papers.make_button)
    qtbot.waitUntil(papers.print_button.isEnabled, timeout=PATIENCE)
    click(qtbot, papers.print_button)
    if _NO_PRINTER:
        return
    dialog = print_dialog(window, qtbot)
    box = file_box(dialog)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    box.selectAll()
    write(qtbot, str(tmp_path / "pack.pdf"))
    click(qtbot, next(one for one in dialog.findChildren(QPushButton) if one.isDefault()))
    qtbot.waitUntil(lambda: papers.said.text().startswith("已送打印机"), timeout=PATIENCE)
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")
