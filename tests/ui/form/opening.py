"""Forms opened on the sample: what the tests of the pane share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.services.drafts import Drafts
from chain_office.ui.kit.form.pane import FormPane
from chain_office.ui.layouts import LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.form.editor import Editor
    from chain_office.ui.office import Office


def pane_of(office: Office, qtbot: QtBot, folder: Path, *, killed: bool = False) -> FormPane:
    """A pane on the screen; one that will be ``killed`` is not closed at the end."""
    pane = FormPane(office, LAYOUTS, Drafts(folder))
    if not killed:
        qtbot.addWidget(pane)
    pane.resize(440, 700)
    pane.show()
    pane.activateWindow()
    return pane


def opened(pane: FormPane, qtbot: QtBot, table: str, row_id: str = "", **preset: object) -> None:
    """Open a record, or a blank one."""
    pane.edit(table, row_id) if row_id else pane.new(table, preset)
    qtbot.waitUntil(lambda: pane.body is not None and pane.body.isVisible())


def editor(pane: FormPane, name: str) -> Editor:
    """One of the open form's editors."""
    assert pane.body is not None
    return pane.body.editors[name]


def ask(office: Office, qtbot: QtBot, sql: str, *arguments: object) -> Any:
    """A value of the ledger, read on its thread."""
    found: list[Any] = []
    office.work.ask(lambda ledger: ledger.value(sql, arguments), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def go_to(pane: FormPane, qtbot: QtBot, name: str) -> None:
    """Put the cursor into a field."""
    one = editor(pane, name)
    one.setFocus()
    qtbot.waitUntil(one.target.hasFocus)


def faces(pane: FormPane) -> list[tuple[str, str]]:
    """What stands in red, by field."""
    assert pane.body is not None
    return [
        (name, one.note.text())
        for name, one in pane.body.editors.items()
        if one.note.isVisible() and one.note.property("role") == "wrong"
    ]
