"""The desk of output on the screen, one of its views shown and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from chain_office.ui.pages.output import Output

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Part
    from chain_office.ui.office import Office
    from chain_office.ui.pages.output_parts.entry import EntryPart

T = TypeVar("T")
P = TypeVar("P", bound="Part")
MONTH = "2021-10"


def ask(office: Office, qtbot: QtBot, question: Callable[[Ledger], T]) -> T:
    """What the ledger says, read on its thread after all that was asked before."""
    found: list[T] = []
    office.work.ask(question, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def desk(office: Office, qtbot: QtBot) -> Output:
    """The page of 产值 on the screen, its changes noticed as the window notices them."""
    made = Output(office)
    qtbot.addWidget(made)
    made.resize(1218, 640)
    made.show()
    office.work.changed.connect(lambda changes: made.refresh() if made.notice(frozenset(changes.rows)) else None)
    with qtbot.waitSignal(made.offered):
        made.refresh()
    return made


def view(page: Output, qtbot: QtBot, reference: str, kind: type[P]) -> P:
    """A view of the page ("entry/2021-10"), shown."""
    page.show_record(f"view:{reference}")
    qtbot.waitUntil(lambda: isinstance(page.views.part, kind))
    part = cast("P", page.views.part)
    ask(page.office, qtbot, lambda _ledger: True)
    return part


def put(part: EntryPart, qtbot: QtBot, name: str, column: str) -> None:
    """The cursor on a firm's cell."""
    from chain_office.ui.pages.output_parts.entry_model import IDS

    row = next(at for at, line in enumerate(part.model.lines) if line.name == name)
    part.view.go_to(row, IDS.index(column))
    part.view.setFocus()
    qtbot.waitUntil(part.view.hasFocus)


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    """A key, with Ctrl."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(widget, key, held)


def focus() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def compose(box: QWidget, preedit: str) -> None:
    """What an input method shows and has not committed."""
    QCoreApplication.sendEvent(box, QInputMethodEvent(preedit, []))


def commit(box: QWidget, text: str) -> None:
    """The composition ends with this text."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(box, event)
