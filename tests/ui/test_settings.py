"""设置: every part read, changed by keyboard and mouse, refused in words, taken back."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from chain_office.db import reference
from chain_office.services.editing import undo
from chain_office.services.settings.name_lists import NAME_LISTS
from chain_office.ui import backups as backup_places
from chain_office.ui.kit.picker import Picker
from chain_office.ui.office import ACTOR
from chain_office.ui.pages.settings import PARTS, Settings
from chain_office.ui.pages.settings_parts.about_part import AboutPart
from chain_office.ui.pages.settings_parts.backups_part import BackupsPart
from chain_office.ui.pages.settings_parts.bin_part import BinPart
from chain_office.ui.pages.settings_parts.days_part import DaysPart
from chain_office.ui.pages.settings_parts.lights_part import LightsPart
from chain_office.ui.pages.settings_parts.limits_part import LimitsPart
from chain_office.ui.pages.settings_parts.names_part import NamesPart
from chain_office.ui.pages.settings_parts.office_part import OfficePart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.sheet import SheetView
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_PATIENCE = 20_000


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> Iterator[None]:
    """What this computer remembers is this test's own."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    yield
    QSettings().clear()


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Settings:
    made = Settings(office)
    qtbot.addWidget(made)
    made.resize(1218, 640)
    made.show()
    made.activateWindow()
    made.refresh()
    # As the shell does: a change makes the page stale, and it is on the screen.
    office.work.changed.connect(lambda _changes: made.refresh())
    office.shown_changed.connect(made.refresh)
    return made


@pytest.fixture
def wrote(office: Office) -> list[Saved]:
    told: list[Saved] = []
    office.wrote.connect(told.append)
    return told


def ask(page: Settings, qtbot: QtBot, question: Callable[[Ledger], Any]) -> Any:
    found: list[Any] = []
    page.office.work.ask(question, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=_PATIENCE)
    return found[0]


def take_back(page: Settings, qtbot: QtBot, saved: Saved) -> None:
    ask(page, qtbot, lambda ledger: undo(ledger, saved.write_no, "张三"))


def shown(page: Settings, kind: type[Any], part_id: str, qtbot: QtBot) -> Any:
    part = page.go_to(part_id)
    assert isinstance(part, kind)
    ask(page, qtbot, lambda _ledger: True)
    return part


def cell(view: SheetView, row: int, column: str) -> str:
    return str(view.sheet.index(row, view.sheet.column_of(column)).data() or "")


def rows(view: SheetView, column: str = "name") -> list[str]:
    return [cell(view, row, column) for row in range(view.sheet.rowCount())]


def put_cursor(view: SheetView, text: str, column: str, by: str = "name") -> None:
    view.setFocus()
    view.setCurrentIndex(view.sheet.index(rows(view, by).index(text), view.sheet.column_of(column)))


def write(widget: QWidget, text: str) -> None:
    """Type as an input method does: Chinese has no keys."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def editor(view: SheetView, kind: type[Any]) -> Any:
    found = [one for one in view.viewport().findChildren(kind) if one.isVisible()]
    assert found
    return found[0]


# The page.


def test_every_part_is_listed_and_shown(page: Settings, qtbot: QtBot) -> None:
    for row, (part_id, kind) in enumerate(PARTS.items()):
        part = shown(page, kind, part_id, qtbot)
        assert page.list.item(row).text() == kind.title
        assert part.isVisible()
        assert page.where() == part_id
    page.show_record("names")
    assert page.where() == "names"
    page.show_record("problem:1")
    assert page.where() == "names"
    assert page.parts() == (page.list, page.part)


def test_the_list_of_parts_goes_by_keyboard(page: Settings, qtbot: QtBot) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.where() == "names"


# 本单位.


@pytest.fixture
def office_part(page: Settings, qtbot: QtBot) -> OfficePart:
    part: OfficePart = shown(page, OfficePart, "office", qtbot)
    qtbot.waitUntil(lambda: part.lines["city"].text() == "衡阳市")
    return part


def type_into(line: QLineEdit, text: str, qtbot: QtBot) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    write(line, text)


def test_a_line_is_saved_when_it_is_left_and_the_window_takes_the_name(
    page: Settings, office_part: OfficePart, wrote: list[Saved], qtbot: QtBot
) -> None:
    type_into(office_part.lines["office"], "新的办公室", qtbot)
    qtbot.keyClick(office_part.lines["office"], Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: page.office.shown is not None and page.office.shown.name == "新的办公室")
    assert [one.said for one in wrote] == ["单位名称已改为“新的办公室”"]
    take_back(page, qtbot, wrote[0])
    qtbot.waitUntil(lambda: office_part.lines["office"].text().startswith("衡阳市有色金属"))
    assert page.office.shown is not None
    assert page.office.shown.name.startswith("衡阳市有色金属")


def test_a_cut_off_date_moves_the_whole_window(
    page: Settings, office_part: OfficePart, wrote: list[Saved], qtbot: QtBot
) -> None:
    line = office_part.lines["as_of"]
    type_into(line, "2021年9月底", qtbot)
    assert office_part._notes["as_of"].text() == "= 2021-09-30"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.office.as_of == date(2021, 9, 30))
    qtbot.waitUntil(lambda: line.text() == "2021-09-30")
    assert len(wrote) == 1, "Enter and leaving the line are one write"


def test_a_date_one_only_looks_at_stays_when_the_name_changes(
    page: Settings, office_part: OfficePart, qtbot: QtBot
) -> None:
    page.office.move_as_of(date(2021, 3, 31))
    type_into(office_part.lines["office"], "新的办公室", qtbot)
    qtbot.keyClick(office_part.lines["office"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.office.shown is not None and page.office.shown.name == "新的办公室")
    assert page.office.as_of == date(2021, 3, 31)


def test_what_cannot_be_saved_stays_with_a_word_beside_it(
    office_part: OfficePart, wrote: list[Saved], qtbot: QtBot
) -> None:
    line = office_part.lines["as_of"]
    type_into(line, "下雨天", qtbot)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "读不懂" in office_part._notes["as_of"].text())
    assert line.text() == "下雨天"
    assert wrote == []


def test_a_mark_of_secrecy_is_pointed_out_then_kept(office_part: OfficePart, wrote: list[Saved], qtbot: QtBot) -> None:
    line = office_part.lines["lead_body"]
    type_into(line, "秘密★ 某委", qtbot)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "再按一次回车" in office_part._notes["lead_body"].text())
    assert wrote == []
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(wrote) == 1)


def test_somebody_elses_change_does_not_take_what_is_being_typed(
    page: Settings, office_part: OfficePart, qtbot: QtBot
) -> None:
    from chain_office.services.settings.office import save_office

    line = office_part.lines["chain_leader"]
    type_into(line, "李", qtbot)
    ask(page, qtbot, lambda ledger: save_office(ledger, "host_areas", "常宁市", "王五"))
    qtbot.waitUntil(lambda: office_part.lines["host_areas"].text() == "常宁市")
    assert line.text() == "李"


def test_the_persons_name_is_kept_on_this_computer(page: Settings, office_part: OfficePart, qtbot: QtBot) -> None:
    type_into(office_part.person, " 张  三 ", qtbot)
    qtbot.keyClick(office_part.person, Qt.Key.Key_Return)
    assert QSettings().value(ACTOR) == "张 三"
    assert page.office.actor == "张 三"


# 名称表.


@pytest.fixture
def names(page: Settings, qtbot: QtBot) -> NamesPart:
    part: NamesPart = shown(page, NamesPart, "names", qtbot)
    qtbot.waitUntil(lambda: part.model.rowCount() == 13)
    return part


def turn_to(part: NamesPart, table: str, qtbot: QtBot) -> None:
    part.tabs.setCurrentIndex([one.table for one in NAME_LISTS].index(table))
    qtbot.waitUntil(lambda: part._entries is not None and part._entries.list.table == table)


def test_every_list_is_shown_with_its_size(names: NamesPart, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    for place, one in enumerate(NAME_LISTS):
        turn_to(names, one.table, qtbot)
        number = int(names.tabs.tabText(place).rpartition(" ")[2])
        assert names.model.rowCount() == number + 1, "one more row for a new name"
    qtmodeltester.check(names.model)


def test_f2_edits_enter_saves_and_undo_takes_back(
    page: Settings, names: NamesPart, wrote: list[Saved], qtbot: QtBot
) -> None:
    put_cursor(names.view, "石鼓区", "short")
    qtbot.keyClick(names.view, Qt.Key.Key_F2)
    line = editor(names.view, QLineEdit)
    line.selectAll()
    write(line, "石鼓")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "石鼓" in rows(names.view, "short"))
    assert wrote[0].said == "县市区“石鼓区”的简称已修改"
    assert names.view.current_id == wrote[0].row_id, "the cursor stays"
    take_back(page, qtbot, wrote[0])
    qtbot.waitUntil(lambda: "石鼓" not in rows(names.view, "short"))


def test_other_names_are_written_one_a_line(names: NamesPart, wrote: list[Saved], qtbot: QtBot) -> None:
    put_cursor(names.view, "衡阳县", "aliases")
    qtbot.keyClick(names.view, Qt.Key.Key_Return)
    lines = editor(names.view, QPlainTextEdit)
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    write(lines, "西渡")
    qtbot.keyClick(lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(wrote) == 1)
    qtbot.waitUntil(lambda: cell(names.view, rows(names.view).index("衡阳县"), "aliases").endswith("、西渡"))


def test_a_link_is_chosen_by_its_initials(names: NamesPart, wrote: list[Saved], qtbot: QtBot) -> None:
    turn_to(names, "park", qtbot)
    name = rows(names.view)[1]
    put_cursor(names.view, name, "district_id")
    qtbot.keyClick(names.view, Qt.Key.Key_F2)
    picker = editor(names.view, Picker)
    write(picker.line, "sgq")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(names.view, 1, "district_id") == "石鼓区")
    assert len(wrote) == 1
    qtbot.keyClick(names.view, Qt.Key.Key_F2)
    picker = editor(names.view, Picker)
    qtbot.keyClick(picker.line, Qt.Key.Key_Escape)
    assert not names.view.editing
    assert len(wrote) == 1


def test_several_are_ticked_and_others_typed(names: NamesPart, qtbot: QtBot) -> None:
    turn_to(names, "unit", qtbot)
    put_cursor(names.view, "市科技局", "categories", by="short")
    row = names.view.currentIndex().row()
    qtbot.keyClick(names.view, Qt.Key.Key_F2)
    picker = editor(names.view, Picker)
    write(picker.line, "rz")
    qtbot.keyClick(picker.line, Qt.Key.Key_Down)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    write(picker.line, "成果转化")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(names.view, row, "categories") == "科技创新、融资、成果转化")


def test_a_tick_says_that_a_name_has_been_checked(names: NamesPart, wrote: list[Saved], qtbot: QtBot) -> None:
    turn_to(names, "bank", qtbot)
    before = names.unsure.text()
    row = rows(names.view, "verified").index("待核对")
    names.view.setFocus()
    names.view.setCurrentIndex(names.model.index(row, names.model.column_of("verified")))
    qtbot.keyClick(names.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: cell(names.view, row, "verified") == "")
    assert "已核对" in wrote[0].said
    assert names.unsure.text() != before
    names.unsure.setChecked(True)
    assert set(rows(names.view, "verified")) == {"待核对"}


def test_a_name_that_is_taken_stays_in_red_until_it_is_put_right(
    names: NamesPart, wrote: list[Saved], qtbot: QtBot
) -> None:
    put_cursor(names.view, "石鼓区", "short")
    index = names.view.currentIndex()
    names.model.setData(index, "珠晖")
    qtbot.waitUntil(lambda: "已经是县市区“珠晖区”的别名" in names.said.text())
    assert index.data() == "珠晖"
    assert "已经是" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert wrote == []
    names.model.setData(index, "石鼓")
    qtbot.waitUntil(lambda: len(wrote) == 1)
    assert not names.said.isVisible()


def test_a_new_name_is_typed_into_the_last_row(names: NamesPart, wrote: list[Saved], qtbot: QtBot) -> None:
    qtbot.mouseClick(names.add_button, Qt.MouseButton.LeftButton)
    line = editor(names.view, QLineEdit)
    write(line, "松木新区")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "松木新区" in rows(names.view))
    assert wrote[0].said == "已新增县市区“松木新区”"
    assert names.view.current_id == wrote[0].row_id
    assert rows(names.view)[-1].startswith("在这里输入")


def test_delete_bins_what_nobody_uses_and_says_who_uses_the_rest(
    page: Settings, names: NamesPart, wrote: list[Saved], qtbot: QtBot
) -> None:
    put_cursor(names.view, "珠晖区", "name")
    qtbot.keyClick(names.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "还有企业" in names.said.text())
    assert wrote == []
    names.model.setData(names.model.index(names.model.rowCount() - 1, 0), "松木新区")
    qtbot.waitUntil(lambda: "松木新区" in rows(names.view))
    put_cursor(names.view, "松木新区", "name")
    qtbot.keyClick(names.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "松木新区" not in rows(names.view))
    part: BinPart = shown(page, BinPart, "bin", qtbot)
    qtbot.waitUntil(lambda: part.model.rowCount() == 1)
    part.view.selectRow(0)
    qtbot.mouseClick(part.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: part.model.rowCount() == 0)
    assert wrote[-1].said == "县市区“松木新区”已还原"
    assert part._empty.isVisible()


def test_a_tab_turned_while_typing_keeps_what_was_typed_where_it_was_typed(
    names: NamesPart, wrote: list[Saved], qtbot: QtBot
) -> None:
    put_cursor(names.view, "石鼓区", "short")
    qtbot.keyClick(names.view, Qt.Key.Key_F2)
    write(editor(names.view, QLineEdit), "石鼓")
    turn_to(names, "bank", qtbot)
    qtbot.waitUntil(lambda: len(wrote) == 1)
    assert wrote[0].table == "district"


def test_two_entries_become_one_after_a_look_and_two_again(
    page: Settings, names: NamesPart, wrote: list[Saved], qtbot: QtBot
) -> None:
    turn_to(names, "bank", qtbot)
    number = names.model.rowCount()
    put_cursor(names.view, "国开行", "name", by="short")
    qtbot.mouseClick(names.merge_button, Qt.MouseButton.LeftButton)
    assert not names.merging.merge_button.isEnabled()
    write(names.merging.search, "nfh")
    assert names.merging.list.count() == 1
    qtbot.keyClick(names.merging.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: names.merging.merge_button.isEnabled())
    assert "银企对接 4 条改用“中国农业发展银行衡阳市分行”" in names.merging.preview.text()
    qtbot.mouseClick(names.merging.swap_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "改用“国家开发银行湖南省分行”" in names.merging.preview.text())
    assert wrote == []
    qtbot.waitUntil(lambda: names.merging.merge_button.isEnabled())
    qtbot.mouseClick(names.merging.merge_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names.model.rowCount() == number - 1)
    assert not names.merging.isVisible()
    take_back(page, qtbot, wrote[0])
    qtbot.waitUntil(lambda: names.model.rowCount() == number)


def test_escape_puts_the_merging_away(names: NamesPart, qtbot: QtBot) -> None:
    put_cursor(names.view, "石鼓区", "name")
    names.begin_merge()
    assert names.merging.isVisible()
    qtbot.keyClick(names.merging.search, Qt.Key.Key_Escape)
    assert not names.merging.isVisible()


def test_finding_looks_in_every_column(names: NamesPart, qtbot: QtBot) -> None:
    write(names.search, "县级市")
    assert rows(names.view) == ["耒阳市", "常宁市"]
    assert not names.add_button.isEnabled()
    names.search.clear()
    assert len(rows(names.view)) == 13


# 亮灯规则.


USUAL = [entry for entry in reference.load()["light_rules"] if entry["desk"] == "projects"]
PACE = len(USUAL) - 2
"""The row of the yellow light for the pace, above 其余情况."""


@pytest.fixture
def lights(page: Settings, qtbot: QtBot) -> LightsPart:
    part: LightsPart = shown(page, LightsPart, "lights", qtbot)
    part.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: part.model.rowCount() == len(USUAL))
    return part


def set_threshold(part: LightsPart, place: int, text: str) -> None:
    part.model.setData(part.model.index(place, part.model.column_of("threshold")), text)


def test_a_draft_is_compared_on_the_records_and_saved_when_asked(
    page: Settings, lights: LightsPart, wrote: list[Saved], qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    set_threshold(lights, PACE, "5")
    qtbot.waitUntil(lambda: lights.preview.model.rowCount() == 3)
    assert "保存后有 3 条记录变灯" in lights.preview.summary.text()
    assert {lights.preview.model.line(row).cells[1] for row in range(3)} == {"绿灯 → 黄灯"}
    assert lights.changed
    assert wrote == []
    qtbot.waitUntil(lambda: lights.save_button.isEnabled())
    qtbot.mouseClick(lights.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(wrote) == 1)
    qtbot.waitUntil(lambda: not lights.changed and lights.preview.model.rowCount() == 0)
    assert cell(lights.view, PACE, "text") == "低于序时超过 5 个百分点"
    qtmodeltester.check(lights.model)
    lights.take_defaults()
    qtbot.waitUntil(lambda: lights.preview.model.rowCount() == 3)
    qtbot.mouseClick(lights.leave_button, Qt.MouseButton.LeftButton)
    assert lights.draft == lights._kept
    take_back(page, qtbot, wrote[0])
    qtbot.waitUntil(lambda: cell(lights.view, PACE, "threshold") == "10")


def test_a_draft_survives_a_change_elsewhere(page: Settings, lights: LightsPart, qtbot: QtBot) -> None:
    from chain_office.services.settings.office import save_office

    set_threshold(lights, PACE, "5")
    ask(page, qtbot, lambda ledger: save_office(ledger, "host_areas", "常宁市", "王五"))
    ask(page, qtbot, lambda _ledger: True)
    assert cell(lights.view, PACE, "threshold") == "5"
    assert lights.changed


def test_a_rule_that_would_never_be_reached_is_said_and_cannot_be_saved(lights: LightsPart, qtbot: QtBot) -> None:
    set_threshold(lights, PACE, "40")
    qtbot.waitUntil(lambda: "永远轮不到" in lights.said.text())
    assert not lights.save_button.isEnabled()
    set_threshold(lights, PACE, "很多")
    assert lights.model.index(PACE, lights.model.column_of("threshold")).data() == "很多"


def test_rules_are_moved_doubled_and_left_out(lights: LightsPart, qtbot: QtBot) -> None:
    lights.view.setCurrentIndex(lights.model.index(PACE, 1))
    qtbot.mouseClick(lights.copy_button, Qt.MouseButton.LeftButton)
    assert lights.model.rowCount() == len(USUAL) + 1
    lights.view.setFocus()
    qtbot.keyClick(lights.view, Qt.Key.Key_Delete)
    assert lights.model.rowCount() == len(USUAL)
    lights.view.setCurrentIndex(lights.model.index(PACE + 1, 1))
    qtbot.mouseClick(lights.up_button, Qt.MouseButton.LeftButton)
    assert rows(lights.view, "condition")[PACE] == "其余情况"
    assert lights.view.currentIndex().row() == PACE
    qtbot.waitUntil(lambda: "最后一条要是“其余情况”" in lights.said.text())
    qtbot.mouseClick(lights.leave_button, Qt.MouseButton.LeftButton)
    assert rows(lights.view, "condition")[-1] == "其余情况"


def test_a_light_is_chosen_from_its_words(lights: LightsPart, qtbot: QtBot) -> None:
    lights.view.setFocus()
    lights.view.setCurrentIndex(lights.model.index(PACE, lights.model.column_of("light")))
    qtbot.keyClick(lights.view, Qt.Key.Key_F2)
    picker = editor(lights.view, Picker)
    write(picker.line, "红")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert cell(lights.view, PACE, "light") == "红灯"
    qtbot.waitUntil(lambda: lights.preview.model.rowCount() == 4)


def test_a_record_that_turns_is_opened(page: Settings, lights: LightsPart, qtbot: QtBot) -> None:
    set_threshold(lights, PACE, "5")
    qtbot.waitUntil(lambda: lights.preview.model.rowCount() == 3)
    lights.preview.view.selectRow(0)
    with qtbot.waitSignal(page.wanted) as told:
        qtbot.keyClick(lights.preview.view, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0] == "projects"
    assert str(told.args[1]).startswith("project:")


# 时限, 工作日.


def test_limits_are_edited_in_place(
    page: Settings, wrote: list[Saved], qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part: LimitsPart = shown(page, LimitsPart, "limits", qtbot)
    qtbot.waitUntil(lambda: part.model.rowCount() == 7)
    part.model.setData(part.model.index(1, 1), "二十")
    qtbot.waitUntil(lambda: cell(part.view, 1, "days") == "20")
    part.model.setData(part.model.index(1, 1), "很快")
    qtbot.waitUntil(lambda: "不是工作日数" in part.said.text())
    part.model.setData(part.model.index(1, 1), "20")
    part.model.setData(part.model.index(6, 0), "重大问题办结")
    qtbot.waitUntil(lambda: "重大问题办结" in rows(part.view))
    put_cursor(part.view, "重大问题办结", "name")
    qtbot.mouseClick(part.bin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "重大问题办结" not in rows(part.view))
    assert [one.table for one in wrote] == ["time_limit"] * 3
    qtmodeltester.check(part.model)


@pytest.fixture
def days(page: Settings, qtbot: QtBot) -> DaysPart:
    part: DaysPart = shown(page, DaysPart, "days", qtbot)
    qtbot.waitUntil(lambda: part.found is not None)
    return part


def test_a_click_turns_a_day_and_another_turns_it_back(days: DaysPart, wrote: list[Saved], qtbot: QtBot) -> None:
    assert "全年 250 个工作日" in days.source.text()
    write(days.name, "防汛值班")
    friday = date(2021, 11, 19)
    spot: QPoint = days.calendar.day_rect(friday).center()
    assert days.calendar.day_at(spot) == friday
    qtbot.mouseClick(days.calendar, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: "全年 249 个工作日" in days.source.text())
    assert rows(days.own, "name") == ["防汛值班"]
    assert days.calendar.describe(friday) == "2021-11-19（周五）放假，防汛值班，本单位登记"
    qtbot.mouseClick(days.calendar, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: "全年 250 个工作日" in days.source.text())
    assert len(wrote) == 2


def test_the_calendar_goes_by_keyboard(days: DaysPart, wrote: list[Saved], qtbot: QtBot) -> None:
    days.calendar.setFocus()
    days.calendar.go_to(date(2021, 9, 30))
    for key, day in (
        (Qt.Key.Key_Right, date(2021, 10, 1)), (Qt.Key.Key_Down, date(2021, 10, 8)), (Qt.Key.Key_Up, date(2021, 10, 1)),
        (Qt.Key.Key_PageDown, date(2021, 11, 1)), (Qt.Key.Key_PageUp, date(2021, 10, 1)),
    ):  # fmt: skip
        qtbot.keyClick(days.calendar, key)
        assert days.calendar.current == day
    assert days._day.text() == "2021-10-01（周五）放假，国庆节"
    qtbot.keyClick(days.calendar, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: days.own.sheet.rowCount() == 1)
    assert wrote[0].said == "2021-10-01 改为上班"
    days.model.setData(days.model.index(0, 2), "抢工期")
    qtbot.waitUntil(lambda: rows(days.own, "name") == ["抢工期"])
    days.own.selectRow(0)
    qtbot.mouseClick(days.drop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: days.own.sheet.rowCount() == 0)


def test_a_year_nobody_published_says_so_until_a_notice_is_taken_in(
    days: DaysPart, wrote: list[Saved], qtbot: QtBot
) -> None:
    days.show_year(2099)
    qtbot.waitUntil(lambda: "没有 2099 年的放假安排" in days.source.text())
    assert not days.complete_button.isVisible()
    days.turn(date(2099, 1, 1))
    qtbot.waitUntil(lambda: days.complete_button.isVisible())
    qtbot.mouseClick(days.notice_button, Qt.MouseButton.LeftButton)
    days.notice.text.setPlainText("元旦：1月1日放假，1月下旬上班8天")
    assert not days.notice.take_button.isEnabled()
    days.notice.text.setPlainText("元旦：1月1日至2日放假，1月4日上班")
    assert days.notice.take_button.isEnabled()
    qtbot.mouseClick(days.notice.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "按本单位登记的放假安排" in days.source.text())
    assert not days.notice.isVisible()
    qtbot.mouseClick(days.again_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "没有 2099 年" in days.source.text())
    qtbot.mouseClick(days.complete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "按本单位登记" in days.source.text())
    assert len(wrote) == 4


# 备份, 关于.


@pytest.fixture
def kept(page: Settings, qtbot: QtBot) -> BackupsPart:
    part: BackupsPart = shown(page, BackupsPart, "backups", qtbot)
    qtbot.waitUntil(lambda: part._empty.isVisible() or part.model.rowCount() > 0, timeout=_PATIENCE)
    return part


def back_up(part: BackupsPart, qtbot: QtBot) -> None:
    number = part.model.rowCount()
    qtbot.mouseClick(part.now_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: part.model.rowCount() > number, timeout=_PATIENCE)


def test_a_backup_is_taken_checked_and_listed_with_what_is_in_it(kept: BackupsPart, qtbot: QtBot) -> None:
    back_up(kept, qtbot)
    qtbot.waitUntil(lambda: kept.model.line(0).cells[4] == "完好", timeout=_PATIENCE)
    cells = kept.model.line(0).cells
    assert cells[1:3] == ("手工", "本机")
    assert "企业 73" in cells[5]
    assert "已备份并核对" in kept.said.text()
    assert kept.now_button.isEnabled()


def test_going_back_shows_what_it_would_change_and_keeps_what_stands(
    page: Settings, kept: BackupsPart, qtbot: QtBot
) -> None:
    from chain_office.services.settings.entry_edits import add_entry

    back_up(kept, qtbot)
    ask(page, qtbot, lambda ledger: add_entry(ledger, "unit", "新来的局", "张三"))
    kept.view.selectRow(0)
    qtbot.mouseClick(kept.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: kept.card.model.rowCount() == 1, timeout=_PATIENCE)
    assert kept.card.model.line(0).cells == ("单位", "备份之后新增的，会没有", "1", "新来的局")
    qtbot.mouseClick(kept.card.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "恢复前的台账另存为" in kept.said.text(), timeout=_PATIENCE)
    assert ask(page, qtbot, lambda ledger: ledger.value("SELECT count(*) FROM unit WHERE name = '新来的局'")) == 0
    qtbot.waitUntil(lambda: kept.model.rowCount() == 2, timeout=_PATIENCE)
    assert "恢复前" in {kept.model.line(row).cells[1] for row in range(2)}


def test_a_backup_that_is_damaged_says_so_and_cannot_be_gone_back_to(
    page: Settings, kept: BackupsPart, qtbot: QtBot
) -> None:
    back_up(kept, qtbot)
    path = kept._found[0].path
    path.write_bytes(path.read_bytes()[:5000])
    kept._checked.clear()
    kept.refresh()
    qtbot.waitUntil(lambda: kept.model.rowCount() == 1 and kept.model.line(0).cells[4] == "已损坏", timeout=_PATIENCE)
    kept.view.selectRow(0)
    assert not kept.restore_button.isEnabled()


def test_a_second_place_is_kept_on_this_computer(kept: BackupsPart, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "移动硬盘"
    kept.set_second(other)
    assert backup_places.second_place() == other
    assert os.fspath(other) in kept.second.text()
    back_up(kept, qtbot)
    assert list(other.glob("*.ledger"))
    assert kept.path is not None
    kept.set_second(kept.path.parent)
    assert "不要和台账放在同一个文件夹里" in kept.said.text()
    kept.set_second(None)
    assert backup_places.second_place() is None


def test_the_ledger_is_checked_in_a_long_job(page: Settings, qtbot: QtBot) -> None:
    part: AboutPart = shown(page, AboutPart, "about", qtbot)
    qtbot.waitUntil(lambda: part.shipped.rowCount() > 0)
    names = {part.shipped.line(row).cells[0]: part.shipped.line(row).cells for row in range(part.shipped.rowCount())}
    assert {"peewee", "Lucide", "GWSans-Regular.ttf"} <= set(names)
    assert all(cells[3] for cells in names.values()), "everything says its licence"
    qtbot.mouseClick(part.check_button, Qt.MouseButton.LeftButton)
    assert not part.check_button.isEnabled()
    qtbot.waitUntil(lambda: part.checks.rowCount() > 0, timeout=_PATIENCE)
    assert part.check_button.isEnabled()
    assert {part.checks.line(row).cells[0] for row in range(part.checks.rowCount())} == {"通过"}
    assert "都对得上" in part.result.text()
