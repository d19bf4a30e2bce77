"""Columns as people like them: moved, hidden, widened, frozen, remembered; keys, selection and tips of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from chain_office.ui.pages.enterprises import Enterprises
from chain_office.ui.pages.finance import Finance
from chain_office.ui.pages.output import Output
from chain_office.ui.pages.problems import Problems
from chain_office.ui.pages.projects import Projects
from chain_office.ui.pages.visits import Visits
from tests.ui.desks import cells, made, section

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DESKS: list[type[Desk]] = [Enterprises, Visits, Problems, Finance, Projects, Output]


def order(desk: Desk) -> list[str]:
    return [desk.model.columns[place].heading for place in desk.shown_columns.shown()]


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.id)
def test_a_small_office_screen_needs_no_horizontal_scroll_bar(kind: type[Desk], office: Office, qtbot: QtBot) -> None:
    desk = made(kind, office, qtbot)
    assert desk.list.horizontalScrollBar().maximum() == 0
    assert 28 <= desk.list.verticalHeader().defaultSectionSize() <= 30
    assert desk.list.columnWidth(desk.wide) >= 120


def test_columns_are_remembered_and_put_back(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    usual, heading = order(desk), desk.list.heading
    heading.moveSection(heading.visualIndex(section(desk, "状态")), 1)
    desk.shown_columns.hide(section(desk, "企业"))
    desk.list.setColumnWidth(section(desk, "牵头单位"), 133)
    desk.shown_columns.freeze(2)
    wanted = order(desk)
    assert wanted[:2] == ["编号", "状态"]
    assert "企业" not in wanted
    desk.shown_columns._keep()
    again = made(Problems, office, qtbot)
    assert order(again) == wanted
    assert again.list.columnWidth(section(again, "牵头单位")) == 133
    assert again.shown_columns.frozen == 2
    other = made(Visits, office, qtbot)
    assert other.shown_columns.frozen == 0
    again.shown_columns.reset()
    assert order(again) == usual
    assert order(made(Problems, office, qtbot)) == usual


def test_what_is_remembered_may_be_nonsense(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    usual = order(desk)
    nonsense = {"order": ["没有", "状态"], "hidden": usual, "widths": {"编号": -5, "灯": "x"}, "frozen": 99}
    desk.shown_columns.apply(nonsense)
    assert sorted(order(desk)) == sorted(usual)
    assert order(desk)[0] == "状态"
    assert desk.shown_columns.frozen == 0
    assert desk.list.columnWidth(0) > 40


def test_the_last_column_stays(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    for place in range(len(desk.model.columns)):
        desk.shown_columns.hide(place)
    assert len(order(desk)) == 1


def test_copying_takes_the_columns_as_shown(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.shown_columns.hide(section(desk, "企业"))
    heading = desk.list.heading
    heading.moveSection(heading.visualIndex(section(desk, "状态")), 0)
    desk.list.selectAll()
    QGuiApplication.clipboard().clear()
    desk.list.copy(headings=True)
    qtbot.waitUntil(lambda: "状态" in QGuiApplication.clipboard().text())
    assert QGuiApplication.clipboard().text().splitlines()[0].split("\t") == order(desk)


def test_frozen_columns_stay_while_the_rest_scrolls(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.shown_columns.freeze(2)
    frozen = desk.list.frozen
    assert frozen is not None
    assert not frozen.isVisible(), "nothing is scrolled away yet"
    desk.list.setColumnWidth(desk.wide, 900)
    qtbot.waitUntil(lambda: desk.list.horizontalScrollBar().maximum() > 300)
    desk.list.horizontalScrollBar().setValue(300)
    assert frozen.isVisible()
    assert frozen.width() == desk.list.columnWidth(0) + desk.list.columnWidth(1) + 1
    desk.list.verticalScrollBar().setValue(200)
    assert frozen.verticalScrollBar().value() == 200
    frozen.verticalScrollBar().setValue(80)
    assert desk.list.verticalScrollBar().value() == 80
    assert frozen.rowAt(5) == desk.list.rowAt(5)
    qtbot.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 5))
    assert desk.list.currentIndex().row() == frozen.rowAt(5)
    with qtbot.waitSignal(desk.model.counted):
        frozen.heading.sectionClicked.emit(0)
    desk.list.horizontalScrollBar().setValue(0)
    assert not frozen.isVisible()


def test_the_menu_of_a_heading(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    place = section(desk, "牵头单位")
    actions = {one.text(): one for one in desk.shown_columns.menu(place).actions() if one.text()}
    with qtbot.waitSignal(desk.model.counted):
        actions["降序"].trigger()
    assert desk.order == ("=unit", True)
    actions["冻结到“牵头单位”"].trigger()
    assert desk.shown_columns.frozen == order(desk).index("牵头单位") + 1
    actions["隐藏这一列"].trigger()
    assert "牵头单位" not in order(desk)
    some = desk.shown_columns.menu(place).findChild(QMenu)
    assert some is not None
    shown = {one.text(): one for one in some.actions()}
    assert not shown["牵头单位"].isChecked()
    shown["牵头单位"].trigger()
    assert "牵头单位" in order(desk)
    actions["筛选……（Alt+↓）"].trigger()
    assert desk.heading_filters.popup is not None
    actions["恢复默认列"].trigger()
    assert desk.shown_columns.frozen == 0


def test_home_end_and_typing_go_places(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.activateWindow()
    desk.list.setFocus()
    qtbot.keyClick(desk.list, Qt.Key.Key_End)
    assert desk.list.currentIndex().row() == 86
    qtbot.keyClick(desk.list, Qt.Key.Key_Home)
    assert desk.list.currentIndex().row() == 0
    qtbot.keyClick(desk.list, Qt.Key.Key_PageDown)
    assert desk.list.currentIndex().row() > 5
    qtbot.keyClicks(desk.list, "58")
    qtbot.waitUntil(lambda: desk.model.data(desk.model.index(desk.list.currentIndex().row(), 0)) == "WT0058")


def test_everything_is_selected_cheaply_and_told(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    assert desk.bar.selected.text() == ""
    with qtbot.waitSignal(desk.selection_changed) as told:
        qtbot.keyClick(desk.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [87]
    assert desk.list.selectionModel().selection().count() == 1, "one range, not 87"
    assert desk.selected_ids() == desk.model.ids
    assert desk.bar.selected.text() == "已选 87 条"
    with qtbot.waitSignal(desk.model.counted):
        desk.filters.choose("problems.overdue")
    assert len(desk.selected_ids()) <= 1


def test_only_what_is_cut_has_a_tip(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    cells(desk, qtbot, "问题")

    def tip(heading: str) -> str:
        place = desk.list.visualRect(desk.model.index(0, section(desk, heading))).center()
        at = desk.list.viewport().mapToGlobal(place)
        QApplication.sendEvent(desk.list.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, at))
        return QToolTip.text()

    desk.list.setColumnWidth(section(desk, "问题"), 60)
    assert "废水" in tip("问题")
    tip("编号")
    qtbot.waitUntil(lambda: QToolTip.text() == "")
