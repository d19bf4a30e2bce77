"""工作交接: somebody's work is looked at, some of it handed on by keyboard, the list looked at before it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from chain_office.ui.pages.settings_parts.handing_on_part import HandingOnPart

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.domain.forms import Saved
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PERSON = "示例甲"


@pytest.fixture
def part(office: Office, qtbot: QtBot) -> HandingOnPart:
    made = HandingOnPart(office)
    qtbot.addWidget(made)
    made.resize(1060, 560)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.list.count() > 0)
    return made


def choose(part: HandingOnPart, qtbot: QtBot, person: str) -> None:
    for row in range(part.list.count()):
        part.list.setCurrentRow(row)
        if part.person == person:
            break
    assert part.person == person
    qtbot.waitUntil(lambda: part.found != () and part.model.rowCount() == len(part.found))


def test_some_of_the_work_goes_to_another_by_keyboard(
    part: HandingOnPart, office: Office, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    choose(part, qtbot, PERSON)
    qtmodeltester.check(part.model)
    number = len(part.found)
    assert part.hand_button.text() == f"移交 {number} 件"
    assert not part.hand_button.isEnabled()
    part.view.setCurrentIndex(part.model.index(0, 0))
    qtbot.keyClick(part.view, Qt.Key.Key_Space)
    assert part.hand_button.text() == f"移交 {number - 1} 件"
    saved: list[Saved] = []
    office.wrote.connect(saved.append)
    part.heir.setFocus()
    part.heir.setText("示例新来")
    qtbot.keyClick(part.heir, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(saved))
    assert saved[0].said == f"“{PERSON}”的 {number - 1} 件工作已移交“示例新来”"
    qtbot.waitUntil(lambda: part.heir.text() == "" and len(part.found) == 1 and part.person == PERSON)


def test_what_cannot_be_is_said_where_it_was_typed(part: HandingOnPart, qtbot: QtBot) -> None:
    choose(part, qtbot, PERSON)
    part.heir.setText(PERSON)
    part.hand_on()
    qtbot.waitUntil(lambda: "本人" in part.said.text())
    assert part.heir.text() == PERSON


def test_the_list_both_sign_is_looked_at(part: HandingOnPart, qtbot: QtBot) -> None:
    choose(part, qtbot, PERSON)
    part.print()
    qtbot.waitUntil(lambda: part.papers.dialog is not None, timeout=30_000)
    dialog = part.papers.dialog
    assert dialog is not None
    assert dialog.windowTitle().startswith(f"工作交接清单_{PERSON}")
    dialog.reject()
    qtbot.waitUntil(lambda: part.papers.dialog is None)
