"""An input method's composition is nobody else's business: nothing reads, looks up, completes, saves or jumps meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from chain_office.domain import values
from chain_office.domain.textkinds import Choice, ChoiceKind
from chain_office.ui.kit.form.choosing import OfferingEditor
from tests.ui.form.conftest import Room, box_of, commit, compose, field

if TYPE_CHECKING:
    from chain_office.domain.forms import FormField

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
STATES = ChoiceKind("state", (Choice("drawn", "放款"), Choice("granted", "授信")))
FIELDS = {
    "line": field(values.TEXT),
    "long": field(values.LONG_TEXT),
    "money": field(values.MONEY),
    "day": field(values.DAY),
    "month": field(values.MONTH),
    "code": field(values.CREDIT_CODE),
    "phone": field(values.PHONE),
    "number": field(values.INTEGER),
    "percent": field(values.PERCENT),
    "free": field(values.TEXT, choices=("实地走访", "座谈", "电话")),
    "fixed": field(values.TEXT, choices=("实地走访", "座谈", "电话"), fixed=True),
    "kind": field(STATES),
    "link": field(values.TEXT, link="enterprise"),
}
each = pytest.mark.parametrize("one", FIELDS.values(), ids=FIELDS)


@each
def test_nobody_is_told_before_the_text_stands(room: Room, one: FormField) -> None:
    editor = room.put(one)
    box = box_of(editor)
    told: list[str] = []
    editor.changed.connect(lambda: told.append(editor.text()))
    for preedit in ("z", "zt", "zuo'tan", "座谈"):
        compose(box, preedit)
        assert editor.composing
        assert told == []
        assert not editor.note.isVisible()
        if isinstance(editor, OfferingEditor):
            assert not editor.popup.isVisible()
    commit(box, "座谈")
    assert not editor.composing
    assert told == ["座谈"]
    assert editor.text() == "座谈"


@each
def test_a_selection_that_the_composition_replaces_is_no_news_either(room: Room, one: FormField) -> None:
    editor = room.put(one)
    box = box_of(editor)
    room.type("1")
    box.selectAll()
    told: list[str] = []
    editor.changed.connect(lambda: told.append(editor.text()))
    compose(box, "z")
    assert told == []
    commit(box, "座")
    assert told == ["座"]


@each
def test_a_composition_that_is_given_up_leaves_things_as_they_were(room: Room, one: FormField) -> None:
    editor = room.put(one)
    box = box_of(editor)
    told: list[str] = []
    editor.changed.connect(lambda: told.append(editor.text()))
    compose(box, "z")
    commit(box, "")
    assert told == []
    assert editor.text() == ""
    assert not editor.touched


@each
def test_keys_and_shortcuts_are_the_input_method_s(room: Room, one: FormField) -> None:
    editor = room.put(one)
    box = box_of(editor)
    fired: list[str] = []
    for keys in ("Ctrl+S", "Esc", "Return", "1", "Tab", "Down"):
        shortcut = QShortcut(QKeySequence(keys), room.window)
        shortcut.activated.connect(lambda keys=keys: fired.append(keys))
    editor.went_on.connect(lambda: fired.append("went on"))
    compose(box, "zuo")
    for key in (
        *(Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up),
        *(Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_PageDown, Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_Space),
    ):
        room.qtbot.keyClick(box, key)
    room.qtbot.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert fired == []
    assert box.hasFocus()
    assert editor.text() == ""
    assert editor.composing
    commit(box, "座谈")
    assert editor.text() == "座谈"
    room.qtbot.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert fired == ["Ctrl+S"]


@each
def test_going_away_ends_the_composition(room: Room, one: FormField) -> None:
    editor = room.put(one)
    compose(box_of(editor), "zuo")
    room.leave()
    assert not editor.composing
