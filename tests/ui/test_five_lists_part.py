"""五单 in the window: the five lists, their forms, what they are turned into, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from chain_office.domain import five_lists
from chain_office.services.editing import undo
from chain_office.ui.pages.enterprise_parts.five_lists import FiveListsPart
from chain_office.ui.pages.enterprises import Enterprises

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, office: Office) -> Iterator[Enterprises]:
    """The desk, its goals read."""
    shown = Enterprises(office)
    host = QWidget()
    shown.setParent(host)
    shown.resize(1218, 640)
    qtbot.addWidget(host)
    host.resize(1218, 640)
    host.show()
    with qtbot.waitSignal(shown.offered):
        shown.refresh()
    shown.views.choose("lists", enter=True)
    qtbot.waitUntil(lambda: isinstance(shown.views.part, FiveListsPart))
    part = lists_of(shown)
    qtbot.waitUntil(lambda: part.shown is not None)
    yield shown
    host.close()


def lists_of(desk: Enterprises) -> FiveListsPart:
    part = desk.views.part
    assert isinstance(part, FiveListsPart)
    return part


def choose(part: FiveListsPart, list_id: str, qtbot: QtBot) -> None:
    part.choose(list_id, enter=True)
    qtbot.waitUntil(lambda: part.shown is not None and part.shown.id == list_id)


def texts(part: FiveListsPart, column: int = 0) -> list[str]:
    """A column of the table, headings of groups left out."""
    rows = range(part.model.rowCount())
    return [part.model.line(row).cells[column] for row in rows if part.model.line(row).id]


def test_the_strip_goes_through_the_five_with_their_counts(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    qtbot.waitUntil(lambda: part.strip.buttons[five_lists.PROJECTS].text() == "在建重大项目 26")
    assert texts(part) == ["MB0001", "MB0002", "MB0003", "MB0004", "MB0005"]
    for list_id, first in (("projects", "XM0006"), ("prospects", "ZS0001"), ("achievements", "CG0001")):
        button = part.strip.buttons[list_id]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda first=first: bool(texts(part)) and texts(part)[0] == first)  # type: ignore[misc]


def test_the_table_is_a_sound_model_and_fits_its_room(
    desk: Enterprises, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part = lists_of(desk)
    qtmodeltester.check(part.model, force_py=True)
    for list_id in five_lists.FIVE:  # the tester goes on watching
        choose(part, list_id, qtbot)
        assert part.view.horizontalScrollBar().maximum() == 0
        headings = [
            column.heading for place, column in enumerate(part.model.columns) if not part.view.isColumnHidden(place)
        ]
        assert headings[0] == "编号"
        assert len(headings) >= 8


def test_why_a_light_shines_is_said_under_the_table(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    part.view.setFocus()
    part.view.go_to(part.model.line(1).id)
    assert "低于序时进度 9.9 个百分点" in part.said.text()
    QTest.keyClick(part.view, Qt.Key.Key_Down)
    assert "还没有达到目标" in part.said.text()


def test_enter_changes_a_goal_and_the_numbers_beside_it_follow(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    part.view.setFocus()
    part.view.go_to(part.model.line(2).id)  # 规上企业 72
    QTest.keyClick(part.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.pane.body is not None)
    assert part.pane.body is not None
    goal = part.pane.body.editors["goal"].target
    goal.setFocus()
    QTest.keyClick(goal, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(goal, "69")
    with qtbot.waitSignal(part.office.wrote):
        QTest.keyClick(goal, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: texts(part, 9)[1] == "已完成")
    assert texts(part, 7)[1] == "0"
    assert part.view.hasFocus()
    assert part.view.current_id == part.model.line(2).id


def test_a_new_prospect_is_begun_by_key_and_stands_under_its_stage(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    choose(part, five_lists.PROSPECTS, qtbot)
    QTest.keyClick(part.view, Qt.Key.Key_N, CTRL | SHIFT)
    qtbot.waitUntil(lambda: part.pane.body is not None)
    assert part.pane.body is not None
    name = part.pane.body.editors["name"].target
    qtbot.waitUntil(name.hasFocus)
    QTest.keyClicks(name, "New alloy plant")
    day = part.pane.body.editors["signed_day"].target
    day.setFocus()
    QTest.keyClicks(day, "20211008")
    with qtbot.waitSignal(part.office.wrote):
        QTest.keyClick(day, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "New alloy plant" in texts(part, 1))
    row = texts(part, 1).index("New alloy plant")
    assert texts(part, 7)[row] == "签约"
    assert part.view.current_id.startswith("prospect:")
    qtbot.waitUntil(lambda: part.strip.buttons[five_lists.PROSPECTS].text() == "招商引资重点项目 6")


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    part.new()
    qtbot.waitUntil(lambda: part.pane.body is not None)
    body = part.pane.body
    assert body is not None
    QTest.keyClicks(body.editors["name"].target, "goal without a number")
    part.pane.save()
    qtbot.waitUntil(part.pane.fault_notice.isVisible)
    assert "目标金额和目标数至少填一项" in body.editors["goal_yuan"].note.text()
    QTest.keyClick(body.editors["name"].target, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: part.pane.isHidden())
    part.new()
    qtbot.waitUntil(part.pane.draft_notice.isVisible)  # what was typed can be taken up again


def test_a_landed_prospect_becomes_a_project_and_comes_back_with_undo(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    choose(part, five_lists.PROSPECTS, qtbot)
    place = texts(part, 1).index("示例铜基复合带材项目")
    lines = [part.model.line(row) for row in range(part.model.rowCount())]
    part.view.go_to([line.id for line in lines if line.id][place])
    with qtbot.waitSignal(part.office.wrote) as wrote:
        part.land()
    saved = wrote.args[0]
    assert "已落地，转为拟开工项目" in saved.said
    part.refresh()
    qtbot.waitUntil(lambda: texts(part, 7)[texts(part, 1).index("示例铜基复合带材项目")] == "落地")
    part.office.work.ask(lambda ledger: undo(ledger, saved.write_no, "王敏"), lambda _: part.refresh(), owner=part)
    qtbot.waitUntil(lambda: texts(part, 7)[texts(part, 1).index("示例铜基复合带材项目")] == "签约")


def test_projects_and_problems_open_on_their_own_desks(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    for list_id, page, prefix in (
        (five_lists.PROJECTS, "projects", "project:"),
        (five_lists.PROBLEMS, "problems", "problem:"),
    ):
        choose(part, list_id, qtbot)
        with qtbot.waitSignal(desk.wanted) as wanted:
            QTest.keyClick(part.view, Qt.Key.Key_Return)
        assert wanted.args[0] == page
        assert wanted.args[1].startswith(prefix)


def test_del_bins_and_a_search_finds_the_place(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    reference: list[str] = []
    part.office.work.ask(
        lambda ledger: str(ledger.value("SELECT id FROM achievement WHERE number = 3")), reference.append, owner=part
    )
    qtbot.waitUntil(lambda: bool(reference))
    desk.show_record(f"view:lists/achievement:{reference[0]}")
    qtbot.waitUntil(lambda: part.view.current_id == f"achievement:{reference[0]}")
    assert desk.where() == f"view:lists/achievement:{reference[0]}"
    part.view.setFocus()
    with qtbot.waitSignal(part.office.wrote):
        QTest.keyClick(part.view, Qt.Key.Key_Delete)
    part.refresh()
    qtbot.waitUntil(lambda: texts(part) == ["CG0001", "CG0002", "CG0004"])


def test_one_list_and_all_are_exported_and_one_is_printed(desk: Enterprises, qtbot: QtBot, tmp_path: Path) -> None:
    part = lists_of(desk)
    with qtbot.waitSignal(part.office.said, timeout=30_000) as said:
        part.making.one(five_lists.PROSPECTS, tmp_path / "招商")
    assert said.args[0] == f"已导出到 {tmp_path / '招商.xlsx'}"
    page = openpyxl.load_workbook(tmp_path / "招商.xlsx").worksheets[0]
    assert page.title == "招商引资重点项目清单"
    with qtbot.waitSignal(part.office.said, timeout=30_000) as said:
        part.making.all(tmp_path / "五单")
    assert "6 个文件" in said.args[0]
    assert len(list((tmp_path / "五单").iterdir())) == 6
    part.print()
    qtbot.waitUntil(lambda: part.making.dialog is not None, timeout=30_000)
    dialog = part.making.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "发展目标清单-截至2021-11-19"
    dialog.close()
    qtbot.waitUntil(lambda: part.making.dialog is None)


def test_another_day_shows_what_stood_then(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    choose(part, five_lists.PROSPECTS, qtbot)
    part.office.move_as_of(date(2021, 6, 1))
    part.refresh()
    qtbot.waitUntil(lambda: "示例高纯铟磷化物项目" not in texts(part, 1))
    assert texts(part, 7)[texts(part, 1).index("示例铜基复合带材项目")] == "在谈"


def test_an_empty_list_says_what_belongs_there_and_offers_to_begin(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    choose(part, five_lists.ACHIEVEMENTS, qtbot)
    part.office.move_as_of(date(2019, 1, 1))
    part.refresh()
    qtbot.waitUntil(lambda: part.nothing.isVisible())
    assert "可以产业化的科研成果" in part.nothing.words.text()
    assert part.nothing.button.text() == "新建科研成果"
    assert part.parts()[0] is part.nothing.button
    QTest.keyClick(part.nothing.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: part.pane.isVisible() and part.pane.body is not None)


def test_read_only_ledgers_offer_to_look_print_and_export_only(desk: Enterprises, qtbot: QtBot) -> None:
    part = lists_of(desk)
    assert part.office.shown is not None
    part.office.shown = replace(part.office.shown, read_only=True)
    part.refresh()
    qtbot.waitUntil(lambda: not part._new.isVisible())
    part.new()
    assert part._pane is None
    assert QApplication.activeModalWidget() is None
