"""Typing by keyboard alone: what is understood is said, what cannot be read is said, nothing is guessed, nothing rounded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from chain_office.domain import values
from chain_office.domain.kinds import BadValue
from chain_office.domain.workdays import WorkCalendar
from tests.ui.form.conftest import Room, box_of, field

if TYPE_CHECKING:
    from chain_office.domain.kinds import Kind
    from chain_office.ui.kit.form.editor import Editor

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CODE = "91430400MA4L2PWT1R"


def said(editor: Editor) -> str:
    return editor.note.text() if editor.note.isVisible() else ""


def chips(editor: Editor) -> list[QPushButton]:
    return list(editor.answers)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "words"),
    [
        (values.DAY, "0315", date(2022, 3, 15), "→ 2022-03-15（周二）"),
        (values.DAY, "3.15", date(2022, 3, 15), "→ 2022-03-15（周二）"),
        (values.DAY, "10月底", date(2022, 10, 31), "→ 2022-10-31（周一）"),
        (values.DAY, "三季度末", date(2022, 9, 30), "→ 2022-09-30（周五）"),
        (values.DAY, "20211119", date(2021, 11, 19), "→ 2021-11-19（周五）"),
        (values.MONTH, "9月", "2022-09", "→ 2022年9月"),
        (values.MONTH, "9", "2022-09", "→ 2022年9月"),
        (values.MONTH, "2021.09", "2021-09", "→ 2021年9月"),
        (values.MONEY, "1.2亿", 120_000_000, "→ 120,000,000 元 = 1.2 亿元"),
        (values.MONEY, "3000万", 30_000_000, "→ 30,000,000 元 = 3000 万元"),
        (values.MONEY, "1200万元", 12_000_000, "→ 12,000,000 元 = 1200 万元"),
        (values.MONEY, "500元", 500, "→ 500 元"),
        (values.INTEGER, "1.2万人", 12_000, "→ 12,000"),
        (values.PERCENT, "4.35%", Decimal("4.35"), "→ 4.35%"),
        (values.QuantityKind("亩"), "2公顷", Decimal(30), "→ 30亩"),
        (values.CREDIT_CODE, "", None, ""),
        (values.PHONE, "138 0013 8000", "13800138000", "→ 13800138000"),
        (values.TEXT, "实地", "实地", ""),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_what_is_typed_is_understood_and_said(room: Room, kind: Kind, typed: str, value: object, words: str) -> None:
    editor = room.put(field(kind))
    room.type(typed)
    assert said(editor) == words
    assert editor.value() == value
    assert editor.touched is bool(typed)


def test_a_deadline_says_by_when(room: Room) -> None:
    editor = room.put(field(values.DAY, is_deadline=True))
    room.type("10月底")
    assert "10月31日前" in said(editor)
    assert editor.value() == date(2022, 10, 31)


def test_a_deadline_counts_from_the_hand_over_day(room: Room) -> None:
    editor = room.put(field(values.DAY, is_deadline=True))
    editor.around.anchor = lambda: date(2022, 3, 1)
    editor.around.calendar = WorkCalendar.build({2022}, set(), set())
    room.type("15个工作日")
    assert editor.value() == date(2022, 3, 22)
    assert "3月22日前" in said(editor)


@pytest.mark.parametrize("typed", ["15个工作日", "立行立改", "长期坚持"])
def test_a_deadline_that_is_no_day_is_never_dropped_in_silence(room: Room, typed: str) -> None:
    editor = room.put(field(values.DAY, is_deadline=True))
    room.type(typed)
    room.leave()
    with pytest.raises(BadValue):
        editor.value()
    assert typed in said(editor)
    assert editor.text() == typed


@pytest.mark.parametrize(
    ("kind", "typed", "unit", "text", "value"),
    [
        (values.MONEY, "3000", "万元", "3000万元", 30_000_000),
        (values.MONEY, "1.2", "亿元", "1.2亿元", 120_000_000),
        (values.PERCENT, "4.35", "%", "4.35%", Decimal("4.35")),
        (values.PERCENT, "0.0435", "小数", "4.35%", Decimal("4.35")),
        (values.QuantityKind("亩"), "120", "亩", "120亩", Decimal(120)),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_a_bare_number_is_asked_about_never_guessed(
    room: Room, kind: Kind, typed: str, unit: str, text: str, value: object
) -> None:
    editor = room.put(field(kind))
    room.type(typed)
    with pytest.raises(BadValue):
        editor.value()
    assert unit in [chip.text() for chip in chips(editor)]
    wanted = next(chip for chip in chips(editor) if chip.text() == unit)
    room.qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton)
    assert editor.text() == text
    assert editor.value() == value
    assert chips(editor) == []


def test_the_unit_is_reached_and_chosen_by_keyboard(room: Room) -> None:
    editor = room.put(field(values.MONEY))
    room.type("3000")
    room.qtbot.keyClick(box_of(editor), Qt.Key.Key_Tab)
    focused = room.window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "元"
    room.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    room.qtbot.keyClick(room.window.focusWidget(), Qt.Key.Key_Tab)
    room.qtbot.keyClick(room.window.focusWidget(), Qt.Key.Key_Space)
    assert editor.text() == "3000万元"


@pytest.mark.parametrize(
    ("kind", "typed", "hint"),
    [
        (values.DAY, "3", "可写 0315"),
        (values.MONEY, "元", "可写 1.2亿"),
        (values.PHONE, "138", "手机号"),
        (values.MONTH, "年", "可写 9月"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_what_cannot_be_read_yet_is_no_reproach_and_is_one_later(room: Room, kind: Kind, typed: str, hint: str) -> None:
    editor = room.put(field(kind))
    room.type(typed)
    assert said(editor).startswith(hint)
    assert editor.note.property("role") == "quiet"
    room.leave()
    assert editor.note.property("role") == "wrong"
    assert typed in said(editor)
    assert typed in box_of(editor).accessibleDescription()
    assert editor.text() == typed


def test_a_code_says_how_much_of_it_stands_there_and_then_whether_it_holds(room: Room) -> None:
    from chain_office.domain.codes import check_character

    code = CODE[:17] + check_character(CODE[:17])
    editor = room.put(field(values.CREDIT_CODE))
    room.type(code[:5])
    assert said(editor) == "5 / 18 位"
    room.type(code[5:])
    assert said(editor).startswith("→ 校验无误")
    room.qtbot.keyClick(box_of(editor), Qt.Key.Key_Backspace)
    room.leave()
    assert "17位" in said(editor)


def test_leaving_shows_the_value_as_it_will_be_stored(room: Room) -> None:
    editor = room.put(field(values.DAY))
    room.type("0315")
    room.leave()
    assert editor.text() == "2022-03-15"
    assert said(editor) == ""


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (values.MONEY, 1_234_567, "123.4567万元"),
        (values.MONEY, 123_456_789, "12345.6789万元"),
        (values.MONEY, 999, "999元"),
        (values.MONEY, -30_000, "-3万元"),
        (values.DAY, date(2021, 9, 30), "2021-09-30"),
        (values.PERCENT, Decimal("4.3567"), "4.3567%"),
        (values.QuantityKind("亩"), Decimal("120.1234"), "120.1234亩"),
        (values.LONG_TEXT, "一\n\n二", "一\n\n二"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_stored_value_is_shown_whole_and_comes_back_whole(room: Room, kind: Kind, value: object, text: str) -> None:
    editor = room.put(field(kind))
    editor.set_value(value)
    assert editor.text() == text
    assert not editor.touched
    assert editor.value() == value
    room.leave()
    assert not editor.touched
    assert said(editor) == ""


def test_what_was_typed_and_taken_back_counts_as_untouched(room: Room) -> None:
    editor = room.put(field(values.MONEY))
    editor.set_value(30_000_000)
    box_of(editor).selectAll()
    room.type("1.2亿")
    assert editor.touched
    box_of(editor).selectAll()
    room.type("30000000元")
    room.leave()
    assert not editor.touched


def test_words_beside_an_amount_are_not_lost_in_silence(room: Room) -> None:
    editor = room.put(field(values.MONEY))
    room.type("约5亿元(分两期)")
    room.leave()
    assert editor.text() == "约5亿元(分两期)"
    assert "“分两期”不会保存" in said(editor)
    assert "“约”字不会保存" in said(editor)


def test_a_word_for_nothing_is_said_to_be_nothing(room: Room) -> None:
    editor = room.put(field(values.DAY))
    room.type("待定")
    assert said(editor) == "“待定”按空着保存"
    assert editor.value() is None


def test_enter_goes_on_to_the_next_field(room: Room) -> None:
    editor = room.put(field(values.DAY))
    with room.qtbot.waitSignal(editor.went_on):
        room.qtbot.keyClick(box_of(editor), Qt.Key.Key_Return)


def test_a_long_text_grows_and_tab_leaves_it(room: Room) -> None:
    editor = room.put(field(values.LONG_TEXT))
    box = box_of(editor)
    before = box.height()
    room.type("一")
    for _ in range(5):
        room.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.height() > before
    room.qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "一\n\n\n\n\n"
    room.qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert not box.hasFocus()
    assert "\t" not in editor.text()
    assert editor.value() == "一"


@pytest.mark.parametrize(("kind", "key", "value"), [
    (values.FLAG, "y", True), (values.FLAG, "n", False), (values.YES_NO, "1", "yes"), (values.YES_NO, "d", "pending"),
])  # fmt: skip
def test_yes_and_no_are_one_key_each(room: Room, kind: Kind, key: str, value: object) -> None:
    editor = room.put(field(kind))
    assert editor.value() is None
    assert not editor.touched
    room.type(key)
    assert editor.value() == value
    assert editor.touched


def test_a_required_field_says_so_in_words(room: Room) -> None:
    editor = room.put(field(values.TEXT, "企业名称", required=True))
    assert box_of(editor).accessibleName() == "企业名称，必填"
    assert box_of(editor).placeholderText() == "必填"
