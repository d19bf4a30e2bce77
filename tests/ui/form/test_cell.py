"""F2 in a list: one cell, its own editor, saved where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from chain_office.queries.desk_lists import VISITS
from chain_office.ui.kit.form.cell import CellEditing
from chain_office.ui.kit.table import ID_ROLE, ListColumn, ListModel, ListView
from tests.ui.form.conftest import commit, compose, type_into
from tests.ui.form.opening import ask
from tests.ui.form.test_pane import other_write

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COLUMNS = (
    ListColumn("编号", lambda line: str(line.number), 80),
    ListColumn("带队领导", lambda line: line.leader or "", 120),
    ListColumn("走访时间", lambda line: str(line.day), 120),
    ListColumn("困难和问题", lambda line: "", 120),
)


def listed(office: Office, qtbot: QtBot, column: int) -> tuple[ListView, CellEditing, str]:
    model = ListModel(office.work, VISITS, COLUMNS)
    with qtbot.waitSignal(model.counted):
        model.load()
    view = ListView(model)
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.setCurrentIndex(model.index(2, column))
    return view, CellEditing(view, office, "visit", {1: "leader", 2: "day", 3: "q2_problem"}, ID_ROLE), model.id_at(2)


def opened(view: ListView, cell: CellEditing, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: cell.frame is not None and cell.frame.editor.target.hasFocus())


def is_closed(cell: CellEditing) -> bool:
    return cell.frame is None


def test_f2_enter_changes_one_cell(office: Office, qtbot: QtBot) -> None:
    view, cell, row_id = listed(office, qtbot, 1)
    opened(view, cell, qtbot)
    type_into(qtbot, view, "张市长")
    assert cell.frame is not None
    before = ask(office, qtbot, "SELECT max(no) FROM write_log")
    with qtbot.waitSignal(cell.saved) as told:
        qtbot.keyClick(cell.frame.editor.target, Qt.Key.Key_Return)
    assert told.args[0].row_id == row_id
    assert ask(office, qtbot, "SELECT leader FROM visit WHERE id = ?", row_id) == "张市长"
    assert is_closed(cell)
    qtbot.waitUntil(view.hasFocus)
    assert ask(office, qtbot, "SELECT max(no) FROM write_log") == before + 1


def test_a_text_of_several_lines_is_saved_by_ctrl_enter(office: Office, qtbot: QtBot) -> None:
    view, cell, row_id = listed(office, qtbot, 3)
    opened(view, cell, qtbot)
    assert cell.frame is not None
    box = cell.frame.editor.target
    box.selectAll()  # type: ignore[attr-defined]
    type_into(qtbot, view, "一")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    type_into(qtbot, view, "二")
    with qtbot.waitSignal(cell.saved):
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ask(office, qtbot, "SELECT q2_problem FROM visit WHERE id = ?", row_id) == "一\n二"


def test_esc_changes_nothing(office: Office, qtbot: QtBot) -> None:
    view, cell, row_id = listed(office, qtbot, 1)
    before = ask(office, qtbot, "SELECT coalesce(leader, '') FROM visit WHERE id = ?", row_id)
    opened(view, cell, qtbot)
    type_into(qtbot, view, "x")
    assert cell.frame is not None
    qtbot.keyClick(cell.frame.editor.target, Qt.Key.Key_Escape)
    assert is_closed(cell)
    assert ask(office, qtbot, "SELECT coalesce(leader, '') FROM visit WHERE id = ?", row_id) == before


def test_what_is_wrong_stands_under_the_cell(office: Office, qtbot: QtBot) -> None:
    view, cell, row_id = listed(office, qtbot, 2)
    before = ask(office, qtbot, "SELECT day FROM visit WHERE id = ?", row_id)
    opened(view, cell, qtbot)
    assert cell.frame is not None
    assert cell.frame.editor.text() == before
    type_into(qtbot, view, "32")
    qtbot.keyClick(cell.frame.editor.target, Qt.Key.Key_Return)
    assert cell.frame.editor.note.property("role") == "wrong"
    assert "不是日期" in cell.frame.editor.note.text()
    cell.frame.editor.write("")
    cell.save()
    qtbot.waitUntil(lambda: cell.frame is not None and "没有填" in cell.frame.editor.note.text())
    assert ask(office, qtbot, "SELECT day FROM visit WHERE id = ?", row_id) == before


def test_a_column_that_is_worked_out_says_so(office: Office, qtbot: QtBot) -> None:
    view, cell, _ = listed(office, qtbot, 0)
    with qtbot.waitSignal(cell.refused) as told:
        qtbot.keyClick(view, Qt.Key.Key_F2)
    assert "算出来的" in told.args[0]
    assert is_closed(cell)


def test_somebody_else_was_quicker(office: Office, qtbot: QtBot, sample_ledger: Path) -> None:
    view, cell, row_id = listed(office, qtbot, 1)
    opened(view, cell, qtbot)
    other_write(sample_ledger, "visit", row_id, {"leader": "李市长"})
    type_into(qtbot, view, "张市长")
    cell.save()
    qtbot.waitUntil(lambda: cell.frame is not None and "李市长" in cell.frame.editor.note.text())
    assert cell.frame is not None
    assert cell.frame.editor.text() == "张市长"
    assert ask(office, qtbot, "SELECT leader FROM visit WHERE id = ?", row_id) == "李市长"
    with qtbot.waitSignal(cell.saved):
        cell.save()
    assert ask(office, qtbot, "SELECT leader FROM visit WHERE id = ?", row_id) == "张市长"


def test_the_input_method_has_its_keys(office: Office, qtbot: QtBot) -> None:
    view, cell, _ = listed(office, qtbot, 1)
    opened(view, cell, qtbot)
    assert cell.frame is not None
    box = cell.frame.editor.target
    compose(box, "zhang")
    with qtbot.assertNotEmitted(cell.saved, wait=50):
        qtbot.keyClick(box, Qt.Key.Key_Return)
        qtbot.keyClick(box, Qt.Key.Key_Escape)
        qtbot.keyClick(box, Qt.Key.Key_1)
        cell.save()
    assert cell.frame is not None
    commit(box, "张")
    assert cell.frame.editor.text() == "张"


def test_a_click_elsewhere_saves_what_was_typed(office: Office, qtbot: QtBot) -> None:
    view, cell, row_id = listed(office, qtbot, 1)
    opened(view, cell, qtbot)
    type_into(qtbot, view, "张市长")
    with qtbot.waitSignal(cell.saved):
        view.setFocus()
    assert ask(office, qtbot, "SELECT leader FROM visit WHERE id = ?", row_id) == "张市长"


def test_a_click_elsewhere_closes_a_cell_nothing_was_typed_into(office: Office, qtbot: QtBot) -> None:
    view, cell, _ = listed(office, qtbot, 1)
    opened(view, cell, qtbot)
    with qtbot.assertNotEmitted(cell.saved, wait=50):
        view.setFocus()
    assert is_closed(cell)


def test_what_was_typed_stays_while_the_list_is_scrolled_or_read_again(office: Office, qtbot: QtBot) -> None:
    view, cell, _ = listed(office, qtbot, 1)
    opened(view, cell, qtbot)
    type_into(qtbot, view, "张")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    model = view.model()
    assert isinstance(model, ListModel)
    with qtbot.waitSignal(model.counted):
        model.load()
    assert cell.frame is not None
    assert cell.frame.editor.text() == "张"


def test_scrolling_closes_the_cell(office: Office, qtbot: QtBot) -> None:
    view, cell, _ = listed(office, qtbot, 1)
    opened(view, cell, qtbot)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert is_closed(cell)
