"""Headings filtered as in Excel: the popup by mouse and by keys, what it keeps, the chips, the counts, one beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from chain_office.queries.facets import Between, Contains, OneOf
from chain_office.ui.kit.condition_words import read_bound, said
from chain_office.ui.pages.enterprises import Enterprises
from chain_office.ui.pages.finance import Finance
from chain_office.ui.pages.output import Output
from chain_office.ui.pages.problems import Problems
from chain_office.ui.pages.projects import Projects
from chain_office.ui.pages.visits import Visits
from tests.ui.desks import cells, made, section

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.kit.heading_filter import HeadingFilter
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DESKS: list[type[Desk]] = [Enterprises, Visits, Problems, Finance, Projects, Output]


def opened(desk: Desk, qtbot: QtBot, heading: str) -> HeadingFilter:
    """The popup of a heading, its values read."""
    desk.heading_filters.open(section(desk, heading))
    popup = desk.heading_filters.popup
    assert popup is not None
    if desk.model.facets[desk.model.columns[section(desk, heading)].facet].ticked:
        qtbot.waitUntil(lambda: popup.ticks.rowCount() > 0)
    return popup


def words(popup: HeadingFilter) -> list[str]:
    return [str(popup.ticks.data(popup.ticks.index(row))) for row in range(popup.ticks.rowCount())]


def tick(popup: HeadingFilter, *wanted: str) -> None:
    for row, word in enumerate(words(popup)):
        if word.strip("　").rpartition("（")[0] in wanted:
            popup.ticks.toggle(row)


def chips(desk: Desk) -> list[str]:
    return [
        one.text() for one in desk.filters.findChildren(QPushButton) if one.text().endswith(" ×") and one.isVisible()
    ]


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.id)
def test_every_heading_of_every_desk_opens_and_sorts(kind: type[Desk], office: Office, qtbot: QtBot) -> None:
    desk = made(kind, office, qtbot)
    for at, column in enumerate(desk.model.columns):
        if not column.facet:
            assert not desk.list.heading.can_filter(at)
            continue
        popup = opened(desk, qtbot, column.heading)
        assert popup.isVisible()
        assert desk.rect().contains(popup.geometry())
        with qtbot.waitSignal(desk.model.counted) as told:
            popup.sort.emit(True)
        popup.leave()
        assert told.args == [desk.model.rowCount()]
        assert desk.order == (column.sorted_by, True)


def test_ticks_keep_what_they_count_and_the_chip_takes_them_off(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    popup = opened(desk, qtbot, "牵头单位")
    assert words(popup)[0] == "市发改委（4）"
    tick(popup, "常宁市", "市发改委")
    with qtbot.waitSignal(desk.model.counted) as told:
        popup.ok.click()
    assert told.args == [8]
    assert set(cells(desk, qtbot, "牵头单位")) == {"常宁市", "市发改委"}
    assert desk.list.heading.filtered == {section(desk, "牵头单位")}
    (chip,) = (one for one in desk.filters.findChildren(QPushButton) if one.text().startswith("牵头单位："))
    assert chip.text() in {"牵头单位：市发改委、常宁市 ×", "牵头单位：常宁市、市发改委 ×"}
    with qtbot.waitSignal(desk.model.counted) as told:
        chip.click()
    assert told.args == [87]
    assert desk.list.heading.filtered == frozenset()


def test_headings_are_combined_and_each_counts_what_the_others_leave(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    popup = opened(desk, qtbot, "状态")
    tick(popup, "已销号")
    with qtbot.waitSignal(desk.model.counted):
        popup.accept()
    number = desk.model.rowCount()
    popup = opened(desk, qtbot, "办结时限")
    offered = words(popup)
    years = [int(word.rpartition("（")[2].rstrip("）")) for word in offered if "年" in word or "未填" in word]
    assert sum(years) == number
    tick(popup, "2021年")
    with qtbot.waitSignal(desk.model.counted):
        popup.accept()
    assert {text[:4] for text in cells(desk, qtbot, "办结时限")} == {"2021"}
    assert set(cells(desk, qtbot, "状态")) == {"已销号"}
    assert len(chips(desk)) == 2
    popup = opened(desk, qtbot, "状态")
    assert len(popup.ticks.offered()) > 1, "a heading's own condition does not narrow what it offers"
    popup.leave()
    with qtbot.waitSignal(desk.model.counted) as told:
        desk.filters.clear()
    assert told.args == [87]
    assert not chips(desk)


def test_what_is_held_is_ticked_again(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    popup = opened(desk, qtbot, "办结时限")
    tick(popup, "2021年", "（未填）")
    popup.accept()
    assert desk.filters.condition("deadline") == OneOf("deadline", ("2021", ""), ("2021年", "（未填）"))
    popup = opened(desk, qtbot, "办结时限")
    qtbot.waitUntil(lambda: bool(popup.ticks.ticked))
    assert popup.ticks.whole_years() == ["2021"]
    assert "" in popup.ticks.ticked
    popup.none.click()
    assert desk.filters.condition("deadline") is None


def test_ticking_everything_is_no_filter(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    popup = opened(desk, qtbot, "状态")
    popup.ticks.tick(popup.ticks.offered(), on=True)
    popup.accept()
    assert desk.filters.conditions == ()


def test_typing_narrows_and_enter_keeps_what_contains_it(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    popup = opened(desk, qtbot, "问题")
    popup.search.setText("园区")
    popup.search.textEdited.emit("园区")
    with qtbot.waitSignal(desk.model.counted):
        qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    assert desk.filters.condition("text") == Contains("text", "园区")
    assert all("园区" in text for text in cells(desk, qtbot, "问题"))
    assert chips(desk) == ["问题：含“园区” ×"]


def test_typing_in_a_list_of_choices_keeps_those_found(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    popup = opened(desk, qtbot, "牵头单位")
    popup.search.setText("税务")
    popup.search.textEdited.emit("税务")
    qtbot.waitUntil(lambda: 0 < popup.ticks.rowCount() < 4)
    with qtbot.waitSignal(desk.model.counted):
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert all("税务" in text for text in cells(desk, qtbot, "牵头单位"))


def test_bounds_of_amounts_are_read_as_typed(office: Office, qtbot: QtBot) -> None:
    desk = made(Projects, office, qtbot)
    popup = opened(desk, qtbot, "总投资（万元）")
    popup.low.setText("1.2亿")
    popup.low.textEdited.emit("1.2亿")
    assert popup.understood.text() == "1.20 亿元 至 …"
    with qtbot.waitSignal(desk.model.counted):
        qtbot.keyClick(popup.low, Qt.Key.Key_Return)
    assert desk.filters.condition("total") == Between("total", 120_000_000, None)
    amounts = [float(text.replace(",", "")) for text in cells(desk, qtbot, "总投资（万元）")]
    assert amounts
    assert min(amounts) >= 12_000
    assert chips(desk) == ["总投资：1.20 亿元 以上 ×"]
    popup = opened(desk, qtbot, "总投资（万元）")
    assert popup.low.text() == "12000"


def test_a_bound_that_cannot_be_read_keeps_the_popup_open(office: Office, qtbot: QtBot) -> None:
    desk = made(Projects, office, qtbot)
    popup = opened(desk, qtbot, "总投资（万元）")
    popup.low.setText("很多")
    popup.low.textEdited.emit("很多")
    assert "很多" in popup.understood.text()
    popup.accept()
    assert desk.heading_filters.popup is popup
    assert desk.filters.conditions == ()


def test_by_keys_alone(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.activateWindow()
    desk.list.setFocus()
    desk.list.setCurrentIndex(desk.model.index(0, section(desk, "牵头单位")))
    qtbot.keyClick(desk.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = desk.heading_filters.popup
    assert popup is not None
    qtbot.waitUntil(lambda: popup.ticks.rowCount() > 0 and popup.search.hasFocus())
    qtbot.keyClick(popup.search, Qt.Key.Key_Down)
    qtbot.waitUntil(popup.list.hasFocus)
    qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    qtbot.keyClick(popup.list, Qt.Key.Key_Space)
    assert len(popup.ticks.ticked) == 1
    with qtbot.waitSignal(desk.model.counted):
        qtbot.keyClick(popup.list, Qt.Key.Key_Return)
    assert desk.model.rowCount() == 4
    qtbot.waitUntil(desk.list.hasFocus)
    qtbot.keyClick(desk.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    again = desk.heading_filters.popup
    assert again is not None
    with qtbot.waitSignal(again.left):
        qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert desk.model.rowCount() == 4


def test_by_mouse_alone(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    heading = desk.list.heading
    place = heading.button(section(desk, "状态")).center()
    with qtbot.assertNotEmitted(desk.model.counted):
        qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=place)
    popup = desk.heading_filters.popup
    assert popup is not None
    qtbot.waitUntil(lambda: popup.ticks.rowCount() > 0)
    box = popup.list.visualRect(popup.ticks.index(0)).center()
    qtbot.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert len(popup.ticks.ticked) == 1
    with qtbot.waitSignal(desk.model.counted):
        qtbot.mouseClick(popup.ok, Qt.MouseButton.LeftButton)
    assert len(set(cells(desk, qtbot, "状态"))) == 1
    place = heading.button(section(desk, "状态")).center()
    qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=place)
    again = desk.heading_filters.popup
    assert again is not None
    assert desk.childAt(QPoint(20, desk.height() - 20)) is again.shade
    qtbot.mouseClick(again.shade, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert desk.heading_filters.popup is None


def test_the_tick_list_keeps_qt_s_rules(office: Office, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    desk = made(Problems, office, qtbot)
    qtmodeltester.check(opened(desk, qtbot, "办结时限").ticks)


def test_words_of_conditions_and_bounds(office: Office) -> None:
    day = office.as_of
    assert said("总投资（万元）", Between("total", None, 30_000_000), "amount") == "总投资：3,000 万元 以下"
    assert said("办结时限", Between("deadline", "2021-01-01", None), "day") == "办结时限：2021-01-01 起"
    assert (
        said("办结时限", Between("deadline", "2021-01-01", "2021-02-01"), "day") == "办结时限：2021-01-01 至 2021-02-01"
    )
    many = OneOf("unit", tuple("abcd"), ("甲", "乙", "丙", "丁"))
    assert said("牵头单位", many, "choice") == "牵头单位：甲、乙、丙 等 4 项"
    assert read_bound("2021-09", "day", day, low=True) == "2021-09-01"
    assert read_bound("2021-09", "day", day, low=False) == "2021-09-30"
    assert read_bound("三季度末", "day", day, low=False) == "2021-09-30"
    assert read_bound("0315", "day", day, low=True) == "2021-03-15"
    assert read_bound("3000万", "amount", day, low=True) == 30_000_000
    assert read_bound("3000", "amount", day, low=True) == 30_000_000
    assert read_bound("WT0012", "number", day, low=True) == 12
    assert read_bound("-3.5%", "number", day, low=True) == -3.5
    assert read_bound("  ", "amount", day, low=True) is None
