"""Days without a keyboard: the calendar behind the sign; and the list behind an arrow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt

from chain_office.domain import values
from chain_office.ui.kit.form.choosing import OfferingEditor
from chain_office.ui.kit.form.dates import DateEditor
from tests.ui.form.conftest import Room, compose, field

if TYPE_CHECKING:
    from chain_office.domain.kinds import Kind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def dated(room: Room, kind: Kind = values.DAY) -> DateEditor:
    editor = room.put(field(kind))
    assert isinstance(editor, DateEditor)
    return editor


def shown(editor: DateEditor | OfferingEditor) -> bool:
    return editor.is_open


def test_a_click_in_the_calendar_is_a_day(room: Room) -> None:
    editor = dated(room)
    editor.box.actions()[-1].trigger()
    assert shown(editor)
    assert editor.calendar.days.selectedDate() == QDate(2022, 1, 5)
    editor.calendar.days.clicked.emit(QDate(2022, 1, 12))
    assert not shown(editor)
    assert editor.text() == "2022-01-12"
    assert editor.value() == date(2022, 1, 12)
    assert editor.box.hasFocus()


def test_it_opens_where_the_box_stands(room: Room) -> None:
    editor = dated(room)
    editor.set_value(date(2021, 9, 30))
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.calendar.days.selectedDate() == QDate(2021, 9, 30)
    assert room.window.rect().contains(editor.calendar.geometry())
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Escape)
    assert not shown(editor)
    assert not editor.touched


def test_a_day_gives_a_month_its_month(room: Room) -> None:
    editor = dated(room, values.MONTH)
    editor.set_value("2021-09")
    editor.open_calendar()
    assert editor.calendar.days.selectedDate() == QDate(2021, 9, 1)
    editor.calendar.days.clicked.emit(QDate(2021, 10, 12))
    assert editor.value() == "2021-10"


def test_leaving_the_box_closes_it(room: Room) -> None:
    editor = dated(room)
    editor.open_calendar()
    room.leave()
    assert not shown(editor)


def test_no_key_of_a_composition_opens_it(room: Room) -> None:
    editor = dated(room)
    compose(editor.box, "shi")
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert not shown(editor)


def test_the_arrow_lists_everything_and_puts_it_away(room: Room) -> None:
    editor = room.put(field(values.TEXT, choices=("实地走访", "座谈"), fixed=True))
    assert isinstance(editor, OfferingEditor)
    editor.set_value("座谈")
    editor.box.actions()[-1].trigger()
    assert shown(editor)
    assert editor.popup.model.total == 2
    current = editor.popup.current
    assert current is not None
    assert current.label == "座谈"
    editor.box.actions()[-1].trigger()
    assert not shown(editor)
    assert not editor.touched
