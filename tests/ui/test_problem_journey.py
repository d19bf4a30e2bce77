"""One problem carried from what a firm said on a visit to 销号, through the whole window and by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chain_office.ui.kit.steps.words import LETTERS
from tests.ui import test_journeys as journeys
from tests.ui.test_journeys import CTRL, INITIALS, PATIENCE, ask, desk_on, holds_focus, press, walk_to, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.steps.pane import StepPane
    from chain_office.ui.pages.problems import Problems
    from chain_office.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
window = journeys.window
SAID = "厂区外道路破损，重车无法通行"


class Clerk:
    """Somebody at the keyboard of the problem desk."""

    def __init__(self, window: Window, desk: Problems, qtbot: QtBot, problem: str) -> None:
        self.window, self.desk, self.qtbot = window, desk, qtbot
        self.problem = problem

    def step(self, verb: str, *fields: tuple[str, str]) -> None:
        """Ctrl+J, the step's letter, its fields, Ctrl+S; what is only doubtful is saved when asked again."""
        self.open(verb)
        for name, text in fields:
            self.fill(name, text)
        self.save()

    def open(self, verb: str) -> None:
        """The form of a step, from the list of steps."""
        desk, qtbot = self.desk, self.qtbot
        qtbot.waitUntil(desk.list.hasFocus)
        qtbot.waitUntil(lambda: [one.id for one in desk.steps.bar.problems] == [self.problem])
        qtbot.waitUntil(lambda: any(one.id == verb for one in desk.steps.bar.offered))
        press(qtbot, Qt.Key.Key_J, CTRL)
        qtbot.waitUntil(desk.steps.bar.menu.isVisible)
        popup = QApplication.activePopupWidget()
        assert popup is desk.steps.bar.menu
        qtbot.keyClick(popup, LETTERS[verb].lower())
        self.window.frame.activateWindow()  # offscreen nothing is active after a menu
        qtbot.waitUntil(lambda: self.pane.body is not None and holds_focus(self.pane))

    @property
    def pane(self) -> StepPane:
        return self.desk.steps.pane

    def fill(self, name: str, text: str) -> None:
        """Go to a field with Tab and type."""
        body = self.pane.body
        assert body is not None
        editor: Any = body.editors[name]
        if name in {"solved", "answered", "approached", "rating"}:
            walk_to(self.qtbot, editor.target)
            write(self.qtbot, text)
            return
        walk_to(self.qtbot, editor.target)
        if editor.text():
            press(self.qtbot, Qt.Key.Key_A, CTRL)
        write(self.qtbot, text)
        if name == "unit_id":
            self.qtbot.waitUntil(lambda: editor.is_open and editor.popup.model.rowCount() >= 1)
            press(self.qtbot, Qt.Key.Key_Return)

    def save(self) -> None:
        """Ctrl+S, and once more where something is only to be looked at."""
        pane, qtbot = self.pane, self.qtbot
        done: list[object] = []
        self.window.office.wrote.connect(done.append)
        press(qtbot, Qt.Key.Key_S, CTRL)
        qtbot.waitUntil(lambda: bool(done) or pane.fault_notice.isVisible())
        if not done:
            assert pane.fault_notice.buttons, pane.fault_notice.words.text()
            press(qtbot, Qt.Key.Key_S, CTRL)
        qtbot.waitUntil(lambda: bool(done))
        self.window.office.wrote.disconnect(done.append)
        qtbot.waitUntil(self.desk.list.hasFocus)

    def state(self) -> str:
        return str(ask(self.window, self.qtbot, "SELECT state FROM problem WHERE id = ?", self.problem))


def noted(window: Window, qtbot: QtBot) -> str:
    """走访: a visit whose note names a problem, taken apart into one (Ctrl+M). Gives the problem's id."""
    press(qtbot, Qt.Key.Key_3, CTRL)
    visits: Any = desk_on(window, "visits", qtbot)
    visits.list.setFocus()
    press(qtbot, Qt.Key.Key_N, CTRL)
    pane = visits.editing.pane
    qtbot.waitUntil(lambda: pane.body is not None and holds_focus(pane))
    editors = pane.body.editors
    firm: Any = editors["enterprise_id"]
    walk_to(qtbot, firm.target)
    write(qtbot, INITIALS)
    qtbot.waitUntil(lambda: firm.popup.isVisible() and firm.popup.model.rowCount() == 1)
    press(qtbot, Qt.Key.Key_Return)
    walk_to(qtbot, editors["day"].target)
    write(qtbot, "1115")
    walk_to(qtbot, editors["q2_problem"].target)
    write(qtbot, SAID)
    with qtbot.waitSignal(window.office.wrote):
        press(qtbot, Qt.Key.Key_S, CTRL)
    visit = ask(window, qtbot, "SELECT id FROM visit ORDER BY number DESC LIMIT 1")
    qtbot.waitUntil(lambda: visits.current_id == visit and visits.list.hasFocus())
    press(qtbot, Qt.Key.Key_M, CTRL)
    qtbot.waitUntil(lambda: visits.notes.pane is not None and holds_focus(visits.notes.pane))
    with qtbot.waitSignal(window.office.wrote):
        press(qtbot, Qt.Key.Key_Return, CTRL)
    return str(ask(window, qtbot, "SELECT id FROM problem WHERE visit_id = ?", visit))


def test_from_a_note_to_a_closure_by_keyboard_alone(window: Window, qtbot: QtBot) -> None:
    walk_to(qtbot, window.start.doors[0])
    with qtbot.waitSignal(window.office.shown_changed, timeout=PATIENCE):
        press(qtbot, Qt.Key.Key_Return)
    problem = noted(window, qtbot)
    press(qtbot, Qt.Key.Key_4, CTRL)
    desk: Any = desk_on(window, "problems", qtbot)
    desk.list.setFocus()
    clerk = Clerk(window, desk, qtbot, problem)
    press(qtbot, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: desk.current_id == problem)

    clerk.step("screen_in", ("text", "企业急需，市里办得到"))
    assert clerk.state() == "to_assign"
    clerk.step("assign", ("unit_id", "sjtysj"), ("due_day", "1210"), ("text", "请牵头对接园区"))
    unit = ask(
        window,
        qtbot,
        "SELECT u.short FROM problem p JOIN unit u ON u.id = p.lead_unit_id WHERE p.id = ?",
        clerk.problem,
    )
    assert (clerk.state(), unit) == ("assigned", "市交通运输局")
    clerk.step("acknowledge", ("contact", "李科长"))
    clerk.step("progress", ("text", "已列入养护计划"), ("next_step", "下周进场"))
    assert clerk.state() == "doing"
    clerk.step("extend", ("due_day", "1231"), ("reason", "连续降雨"))
    clerk.step("report", ("text", "路面已修复通车"))
    assert clerk.state() == "reported"
    clerk.step(
        "verify",
        ("solved", "y"), ("answered", "y"), ("approached", "y"), ("rating", "m"), ("method", "走访"), ("contact", "陈经理"),
        ("text", "到现场看过"),
    )  # fmt: skip
    assert clerk.state() == "closed"

    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.status == "已销号")
    (moments,) = [section.moments for section in desk.detail.record.sections if section.moments]
    assert [one.what for one in moments] == [
        "待筛选", "筛选入，待交办", "交办", "签收", "反馈进展", "延期", "报结", "核实销号"
    ]  # fmt: skip
    told = desk.detail.toPlainText()
    for words in ("2021-12-10 → 2021-12-31", "已列入养护计划", "企业是否满意", "到现场看过", "李科长", "已核实"):
        assert words in told

    with qtbot.waitSignal(window.work.changed):
        press(qtbot, Qt.Key.Key_Z, CTRL)
    assert clerk.state() == "reported"
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.status == "已报结待核实")
    clerk.open("verify")
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(desk.list.hasFocus)
