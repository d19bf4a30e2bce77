"""日程 in the window: a month of everything due, by keyboard; filtered, opened, saved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from chain_office.ui.pages.overview import OverviewPage
from chain_office.ui.pages.overview_parts.agenda import AHEAD, DAY, LATE, AgendaPart

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> OverviewPage:
    made = OverviewPage(office)
    qtbot.addWidget(made)
    made.resize(1218, 650)
    made.show()
    made.refresh()
    return made


def part_of(page: OverviewPage, qtbot: QtBot, place: str = "") -> AgendaPart:
    page.show_record(f"view:agenda/{place}" if place else "view:agenda")
    qtbot.waitUntil(lambda: isinstance(page.views.part, AgendaPart), timeout=20_000)
    part = page.views.part
    assert isinstance(part, AgendaPart)
    qtbot.waitUntil(lambda: part.found is not None and part.found.first <= part.calendar.current <= part.found.last)
    return part


def test_a_month_is_walked_by_keyboard_and_a_duty_opened(page: OverviewPage, qtbot: QtBot) -> None:
    part = part_of(page, qtbot, "2021-12-01")
    assert part.month.text() == "2021年12月"
    for key in (Qt.Key.Key_End, Qt.Key.Key_Return):
        qtbot.keyClick(part.calendar, key)
    assert part.calendar.current == date(2021, 12, 31)
    found = part.lines_of(DAY)
    assert found
    assert all(one.day == date(2021, 12, 31) for one in found)
    assert part.model.rowCount() == len(found)
    assert part.heading.text().endswith(f"{len(found)} 件")
    with qtbot.waitSignal(page.wanted) as told:
        qtbot.keyClick(part.rows, Qt.Key.Key_Return)
    assert told.args == [found[0].page, found[0].reference]
    qtbot.keyClick(part.calendar, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: part.month.text() == "2022年1月")


def test_what_was_missed_and_what_comes_are_lists_of_their_own(page: OverviewPage, qtbot: QtBot) -> None:
    part = part_of(page, qtbot, LATE)
    late, ahead = part.lines_of(LATE), part.lines_of(AHEAD)
    assert late
    assert all(one.day < part.office.as_of for one in late)
    assert all(part.office.as_of <= one.day for one in ahead)
    assert part.tabs[LATE].text() == f"过期未办 {len(late)}"
    assert {one.when for one in late if one.kind == "deadline"} >= {"逾期 32 个工作日"}
    qtbot.waitUntil(lambda: f"日程 {len(late)}" in page.views.strip.buttons["agenda"].text())


def test_kinds_and_people_narrow_every_list(page: OverviewPage, qtbot: QtBot) -> None:
    part = part_of(page, qtbot, LATE)
    part.kinds.setCurrentIndex(part.kinds.findData("deadline"))
    part.kinds.activated.emit(part.kinds.currentIndex())
    shown = part.lines_of(LATE)
    assert {one.kind for one in shown} == {"deadline"}
    who = shown[0].who
    part.people.setCurrentIndex(part.people.findData(who))
    part.people.activated.emit(part.people.currentIndex())
    assert {one.who for one in part.lines_of(LATE)} == {who}
    assert part.model.rowCount() == len(part.lines_of(LATE))


def test_it_is_saved_as_a_calendar_file(page: OverviewPage, qtbot: QtBot, tmp_path: Path) -> None:
    part = part_of(page, qtbot)
    target = tmp_path / "日程.ics"
    with qtbot.waitSignal(page.office.said) as told:
        part._write(target)
    assert told.args[0].startswith("已存 ")
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_another_cut_off_date_shows_what_stood_open_then(page: OverviewPage, qtbot: QtBot) -> None:
    part = part_of(page, qtbot, LATE)
    before = part.lines_of(LATE)
    page.office.move_as_of(date(2021, 3, 31))
    page.refresh()
    qtbot.waitUntil(lambda: part.found is not None and part.found.day == date(2021, 3, 31))
    assert part.lines_of(LATE) != before
    assert all(one.day < date(2021, 3, 31) for one in part.lines_of(LATE))


def test_where_one_is_can_be_gone_back_to(page: OverviewPage, qtbot: QtBot) -> None:
    part_of(page, qtbot, "2021-12-24")
    assert page.where() == "view:agenda/2021-12-24"
    qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.where() == ""
