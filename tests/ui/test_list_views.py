"""Saved views: kept with live counts, used again, shown among the chips, renamed, deleted, shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QInputDialog

from chain_office.queries.facets import Between, OneOf
from chain_office.services.saved_views import SavedView, save_view
from chain_office.ui.pages.output import Output
from chain_office.ui.pages.problems import Problems
from tests.ui.desks import made, section

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def saved(desk: Desk, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(desk.office.wrote):
        desk.saved_views.save(name)
    qtbot.waitUntil(lambda: desk.saved_views.active == name)


def entries(desk: Desk) -> list[str]:
    desk.saved_views.menu.aboutToShow.emit()
    return [action.text() for action in desk.saved_views.menu.actions() if action.text()]


def act(desk: Desk, word: str) -> None:
    """Choose an entry of the menu."""
    desk.saved_views.menu.aboutToShow.emit()
    next(action for action in desk.saved_views.menu.actions() if action.text().startswith(word)).trigger()


def test_a_view_keeps_what_is_wanted_and_brings_it_back(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    assert entries(desk) == ["还没有保存的视图", "另存为视图……"]
    desk.filters.choose("problems.closed")
    desk.filters.put("deadline", Between("deadline", "2021-01-01", None), "办结时限：2021-01-01 起")
    with qtbot.waitSignal(desk.model.counted):
        desk.list.sort(section(desk, "牵头单位"), descending=True)
    number, ids = desk.model.rowCount(), desk.model.ids
    desk.shown_columns.hide(section(desk, "灯"))
    saved(desk, qtbot, "今年销号")
    assert entries(desk)[0] == f"今年销号（{number}）"
    assert desk.saved_views.button.text() == "视图：今年销号"
    desk.shown_columns.reset()
    desk.set_order("", down=False)
    with qtbot.waitSignal(desk.model.counted):
        desk.filters.clear()
    assert desk.saved_views.button.text() == "视图"
    with qtbot.waitSignal(desk.model.counted):
        desk.saved_views.use("今年销号")
    assert desk.model.ids == ids
    assert desk.order == ("=unit", True)
    assert desk.shown_columns.hidden == {"灯"}
    assert desk.filters.chosen == "problems.closed"


def test_a_view_that_was_changed_says_so_and_is_updated(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.filters.choose("problems.closed")
    saved(desk, qtbot, "销号")
    desk.filters.put("state", OneOf("state", ("closed",), ("已销号",)), "状态：已销号")
    assert desk.saved_views.button.text() == "视图：销号（已改）"
    with qtbot.waitSignal(office.wrote):
        act(desk, "用现在的筛选更新")
    qtbot.waitUntil(lambda: desk.saved_views.button.text() == "视图：销号")


def test_a_view_among_the_chips_counts_and_filters(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.filters.choose("problems.overdue")
    saved(desk, qtbot, "要催的")
    with qtbot.waitSignal(office.wrote):
        act(desk, "把“要催的”放到标签行")
    qtbot.waitUntil(lambda: "要催的" in desk.saved_views._chips)
    chip = desk.saved_views._chips["要催的"]
    assert chip.text() == "要催的 5"
    desk.filters.clear()
    assert not chip.isChecked()
    with qtbot.waitSignal(desk.model.counted) as told:
        chip.click()
    assert told.args == [5]
    assert chip.isChecked()


def test_a_view_is_named_renamed_and_deleted(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.filters.choose("problems.overdue")
    act(desk, "另存为视图")
    dialog = desk.findChild(QInputDialog)
    assert dialog is not None
    assert dialog.textValue() == "逾期"
    with qtbot.waitSignal(office.wrote):
        dialog.accept()
    qtbot.waitUntil(lambda: desk.saved_views.active == "逾期")
    with qtbot.waitSignal(office.wrote):
        desk.saved_views._named("逾期", "过期的")
    qtbot.waitUntil(lambda: desk.saved_views.active == "过期的")
    with qtbot.waitSignal(office.wrote) as told:
        act(desk, "删除“过期的”")
    assert told.args[0].said == "已删除视图“过期的”。"
    qtbot.waitUntil(lambda: entries(desk)[0] == "还没有保存的视图")


def test_a_colleague_s_view_comes_with_the_next_reading(office: Office, qtbot: QtBot) -> None:
    desk = made(Output, office, qtbot)
    view = SavedView("大户", conditions=((Between("total", 500_000_000, None), "累计：5.00 亿元 以上"),))
    office.work.ask(lambda ledger: save_view(ledger, "乙", "output", view), lambda _: None)
    assert desk.notice(frozenset({"setting"}))
    with qtbot.waitSignal(desk.offered):
        desk.refresh()
    qtbot.waitUntil(lambda: entries(desk)[0].startswith("大户（"))
    with qtbot.waitSignal(desk.model.counted) as told:
        desk.saved_views.use("大户")
    assert entries(desk)[0] == f"大户（{told.args[0]}）"


def test_a_view_of_a_selection_that_is_empty_now_shows_nothing(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    view = SavedView("没有的", "problems.of_old")
    office.work.ask(lambda ledger: save_view(ledger, "乙", "problems", view), lambda _: None)
    desk.saved_views.read()
    qtbot.waitUntil(lambda: entries(desk)[0] == "没有的（0）")
    with qtbot.waitSignal(desk.model.counted) as told:
        desk.saved_views.use("没有的")
    assert told.args == [0]
    with qtbot.waitSignal(desk.model.counted) as told:
        desk.filters.clear()
    assert told.args == [87]
