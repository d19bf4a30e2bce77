"""One editor at a time, with what can be chosen given by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from chain_office.domain import values
from chain_office.domain.forms import FormField, Option
from chain_office.domain.specs import FieldSpec
from chain_office.ui.kit.form.editors import make_editor
from chain_office.ui.kit.form.offered import Offered
from chain_office.ui.kit.form.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytestqt.qtbot import QtBot

    from chain_office.domain.kinds import Kind
    from chain_office.ui.kit.form.editor import Editor

FIRMS = (
    Option("1", "衡阳远源冶炼有限公司", "耒阳市", ("远源冶炼", "hyyyyl", "yyyl")),
    Option("2", "衡阳有源矿业有限公司", "常宁市", ("hyyyky",)),
    Option("3", "五矿铜业（湖南）有限公司", "水口山", ("五矿铜业", "wktyhn")),
    Option("4", "湖南水口山有色金属集团有限公司", "常宁市", ("水口山集团", "hnsksysjs", "91430400184000000A")),
)


class GivenOffers:
    """What can be chosen, at once."""

    def __init__(self, rows: Iterable[Option] = FIRMS) -> None:
        self.offered = Offered.of(rows)

    def rows(self, table: str, take: Callable[[Offered], None]) -> None:
        take(self.offered)

    def words(self, words: tuple[str, ...], take: Callable[[Offered], None]) -> None:
        initials = {"实地走访": "sdzf", "座谈": "zt", "电话": "dh"}
        take(Offered.of(Option(word, word, keys=(initials.get(word, ""),)) for word in words))


def box_of(editor: Editor) -> Any:
    """The box that has an editor's focus."""
    return editor.target


def type_into(qtbot: QtBot, window: QWidget, text: str) -> None:
    """Type into the box of ``window`` that has the focus."""
    for letter in text:
        box = window.focusWidget()
        if letter.isascii():
            qtbot.keyClicks(box, letter)
        else:
            compose(box, letter)
            commit(box, letter)


def compose(box: QWidget, preedit: str) -> None:
    """A composition is under way: what an input method shows and has not committed."""
    QCoreApplication.sendEvent(box, QInputMethodEvent(preedit, []))


def commit(box: QWidget, text: str) -> None:
    """The composition ends with this text."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(box, event)


class Room:
    """A window with one editor and a box to go to from it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(460, 420)
        self.column = QVBoxLayout(self.window)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()

    def put(self, field: FormField, offers: GivenOffers | None = None) -> Editor:
        editor = make_editor(field, Surroundings(date(2022, 1, 5), offers or GivenOffers()))
        self.column.addWidget(editor)
        self.other = QLineEdit()
        self.column.addWidget(self.other)
        self.column.addStretch(1)
        self.qtbot.waitUntil(editor.isVisible)
        editor.setFocus()
        self.qtbot.waitUntil(editor.target.hasFocus)
        return editor

    def type(self, text: str) -> None:
        """Type into what has the focus: keys, and an input method's commit for what no key has."""
        type_into(self.qtbot, self.window, text)

    def leave(self) -> None:
        self.other.setFocus()
        self.qtbot.waitUntil(self.other.hasFocus)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def field(kind: Kind = values.TEXT, label: str = "格子", **rest: object) -> FormField:
    """A field of a kind; ``rest`` goes to the spec or the field, wherever it belongs."""
    own = {name: rest.pop(name) for name in ("link", "required", "fixed") if name in rest}
    return FormField(FieldSpec("x_id" if own.get("link") else "x", label, kind, **rest), **own)  # type: ignore[arg-type]
