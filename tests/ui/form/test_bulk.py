"""One field of several records in one write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from chain_office.services.editing import form
from chain_office.ui.kit.form.bulk import BulkPane
from tests.ui.form.conftest import commit, compose, type_into
from tests.ui.form.opening import ask

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def three(office: Office, qtbot: QtBot) -> tuple[str, ...]:
    found = ask(office, qtbot, "SELECT group_concat(id) FROM (SELECT id FROM visit ORDER BY number LIMIT 3)")
    return tuple(found.split(","))


def begun(office: Office, qtbot: QtBot, field: str) -> BulkPane:
    pane = BulkPane(office)
    qtbot.addWidget(pane)
    pane.resize(420, 500)
    pane.show()
    pane.activateWindow()
    pane.begin("visit", three(office, qtbot))
    pane.fields.setCurrentIndex(pane.fields.findData(field))
    assert pane.editor is not None
    qtbot.waitUntil(pane.editor.isVisible)
    return pane


def values_of(office: Office, qtbot: QtBot, field: str) -> list[str]:
    ids = three(office, qtbot)
    return [ask(office, qtbot, f"SELECT coalesce({field}, '') FROM visit WHERE id = ?", one) for one in ids]


def test_it_offers_every_field_but_what_tells_records_apart(office: Office, qtbot: QtBot) -> None:
    pane = begun(office, qtbot, "leader")
    offered = [pane.fields.itemData(row) for row in range(pane.fields.count())]
    assert offered == [field.name for field in form("visit")]
    assert pane.apply_button.text() == "应用到 3 条"
    pane.begin("contact", ("1",))
    assert pane.fields.findData("enterprise_id") == -1


def test_one_write_changes_all(office: Office, qtbot: QtBot) -> None:
    pane = begun(office, qtbot, "leader")
    assert pane.editor is not None
    pane.editor.setFocus()
    qtbot.waitUntil(pane.editor.target.hasFocus)
    type_into(qtbot, pane, "张市长")
    with qtbot.waitSignal(pane.saved) as told:
        qtbot.keyClick(pane.editor.target, Qt.Key.Key_Return)
    assert values_of(office, qtbot, "leader") == ["张市长"] * 3
    number = ask(office, qtbot, "SELECT count(DISTINCT row_id) FROM history WHERE write_no = ?", told.args[0].write_no)
    assert number == 3


def test_what_cannot_be_read_is_said_and_nothing_written(office: Office, qtbot: QtBot) -> None:
    pane = begun(office, qtbot, "sales_yuan")
    before = values_of(office, qtbot, "sales_yuan")
    assert pane.editor is not None
    pane.editor.write("3000")
    with qtbot.assertNotEmitted(pane.saved, wait=50):
        pane.apply()
    assert "没有写明单位" in pane.editor.note.text()
    assert values_of(office, qtbot, "sales_yuan") == before


def test_emptying_is_asked_for_in_words(office: Office, qtbot: QtBot) -> None:
    pane = begun(office, qtbot, "leader")
    assert pane.editor is not None
    pane.editor.write("张市长")
    with qtbot.waitSignal(pane.saved):
        pane.apply()
    pane.editor.write("")
    pane.apply()
    assert pane.notice.isVisible()
    assert values_of(office, qtbot, "leader") == ["张市长"] * 3
    with qtbot.waitSignal(pane.saved):
        pane.notice.buttons[0].click()
    assert values_of(office, qtbot, "leader") == [""] * 3


def test_what_the_service_refuses_names_the_records(office: Office, qtbot: QtBot) -> None:
    pane = begun(office, qtbot, "day")
    before = values_of(office, qtbot, "day")
    pane.apply(empty=True)
    qtbot.waitUntil(pane.notice.isVisible)
    assert "一条都没有改" in pane.notice.words.text()
    assert values_of(office, qtbot, "day") == before
    assert pane.apply_button.isEnabled()


def test_a_doubt_is_saved_when_asked_again(office: Office, qtbot: QtBot) -> None:
    pane = begun(office, qtbot, "remark")
    assert pane.editor is not None
    pane.editor.write("机密★1年")
    pane.apply()
    qtbot.waitUntil(pane.notice.isVisible)
    with qtbot.waitSignal(pane.saved):
        pane.notice.buttons[0].click()
    assert values_of(office, qtbot, "remark") == ["机密★1年"] * 3


def test_nothing_is_applied_during_a_composition_and_esc_leaves(office: Office, qtbot: QtBot) -> None:
    pane = begun(office, qtbot, "leader")
    assert pane.editor is not None
    pane.editor.setFocus()
    qtbot.waitUntil(pane.editor.target.hasFocus)
    compose(pane.editor.target, "zhang")
    with qtbot.assertNotEmitted(pane.saved, wait=50), qtbot.assertNotEmitted(pane.left):
        qtbot.keyClick(pane.editor.target, Qt.Key.Key_Return)
        qtbot.keyClick(pane.editor.target, Qt.Key.Key_Escape)
        pane.apply()
    commit(pane.editor.target, "张")
    with qtbot.waitSignal(pane.left):
        qtbot.keyClick(pane.editor.target, Qt.Key.Key_Escape)
