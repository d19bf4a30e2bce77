"""Changing records from a desk, as a clerk does it: a new one, a change, a part, several at once, the bin, a change taken
back, files dropped on a record, one cell of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextDocument
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from chain_office.services import editing
from chain_office.services.ledgers import open_ledger
from chain_office.ui.kit.form.choosing import OfferingEditor
from chain_office.ui.office import Office
from chain_office.ui.pages.enterprises import Enterprises
from chain_office.ui.pages.finance import Finance
from chain_office.ui.pages.output import Output
from chain_office.ui.pages.problems import Problems
from chain_office.ui.pages.projects import Projects
from chain_office.ui.pages.visits import Visits
from chain_office.ui.work import Work
from tests.ui.form.conftest import commit
from tests.ui.test_desks import ask, made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.domain.forms import Saved
    from chain_office.ui.kit.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(desk: Desk, qtbot: QtBot) -> None:
    """Wait for the form to be filled."""
    qtbot.waitUntil(lambda: desk.editing.pane.body is not None and desk.side.currentWidget() is desk.editing.pane)


def type_into(desk: Desk, qtbot: QtBot, name: str, text: str) -> None:
    """Type into a field of the open form, as from the keyboard."""
    body = desk.editing.pane.body
    assert body is not None
    box = body.editors[name].target
    box.setFocus()
    typed(qtbot, box, text)


def typed(qtbot: QtBot, box: QWidget, text: str) -> None:
    """Letters as keys; Chinese as an input method hands it over."""
    if text.isascii():
        qtbot.keyClicks(box, text)
    else:
        commit(box, text)


def choose(desk: Desk, qtbot: QtBot, name: str, typed: str, wanted: str) -> None:
    """Type until the list offers the wanted row first, then Enter."""
    body = desk.editing.pane.body
    assert body is not None
    editor = body.editors[name]
    assert isinstance(editor, OfferingEditor)
    type_into(desk, qtbot, name, typed)
    qtbot.waitUntil(lambda: editor.popup.isVisible() and editor.popup.model.rowCount() > 0)
    assert editor.popup.model.option(0).label == wanted
    qtbot.keyClick(editor.target, Qt.Key.Key_Return)


def said(desk: Desk, name: str) -> str:
    """What stands under a field."""
    body = desk.editing.pane.body
    assert body is not None
    return body.editors[name].target.accessibleDescription()


def save(desk: Desk, office: Office, qtbot: QtBot) -> Saved:
    """Ctrl+S, and what was written."""
    with qtbot.waitSignal(office.wrote) as told:
        desk.editing.pane.save()
    saved: Saved = told.args[0]
    return saved


def test_a_visit_is_added_changed_and_undone(office: Office, qtbot: QtBot) -> None:
    """新建 with the firm found by its initials, the date typed short; 撤销 takes it out of the list."""
    desk = made(Visits, office, qtbot)
    desk.editing.new("visit")
    opened(desk, qtbot)
    choose(desk, qtbot, "enterprise_id", "sksys", "湖南水口山有色金属集团有限公司")
    type_into(desk, qtbot, "day", "1018")
    type_into(desk, qtbot, "leader", "张示例")
    saved = save(desk, office, qtbot)
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.reference == f"visit:{saved.row_id}")
    assert desk.side.currentWidget() is desk.detail
    assert ask(office, qtbot, "SELECT day FROM visit WHERE id = ?", saved.row_id) == "2021-10-18"

    desk.editing.edit()
    opened(desk, qtbot)
    type_into(desk, qtbot, "interviewee", "李示例")
    changed = save(desk, office, qtbot)
    with qtbot.waitSignal(office.work.changed):
        office.work.ask(lambda ledger: editing.undo(ledger, changed.write_no, "张三"), lambda _: None)
    assert ask(office, qtbot, "SELECT coalesce(interviewee, '') FROM visit WHERE id = ?", saved.row_id) == ""


def test_a_form_without_what_it_needs_says_so_beside_the_field(office: Office, qtbot: QtBot) -> None:
    """Nothing is written; the pane stays."""
    desk = made(Problems, office, qtbot)
    desk.editing.new("problem")
    opened(desk, qtbot)
    before = ask(office, qtbot, "SELECT count(*) FROM problem")
    desk.editing.pane.save()
    qtbot.waitUntil(lambda: said(desk, "text") == "请填写存在问题")
    assert ask(office, qtbot, "SELECT count(*) FROM problem") == before
    assert desk.side.currentWidget() is desk.editing.pane


def test_a_form_gives_way_to_the_next_record_unless_something_was_typed(office: Office, qtbot: QtBot) -> None:
    """Walking on in the list."""
    desk = made(Visits, office, qtbot)
    desk.editing.edit()
    opened(desk, qtbot)
    qtbot.keyClick(desk.list, Qt.Key.Key_Down)
    assert desk.side.currentWidget() is desk.detail
    qtbot.waitUntil(
        lambda: desk.detail.record is not None and desk.detail.record.reference == f"visit:{desk.current_id}"
    )
    desk.editing.edit()
    opened(desk, qtbot)
    type_into(desk, qtbot, "leader", "x")
    qtbot.keyClick(desk.list, Qt.Key.Key_Down)
    assert desk.side.currentWidget() is desk.editing.pane


def test_a_part_is_added_to_the_record_it_was_opened_from(office: Office, qtbot: QtBot) -> None:
    """放款 ＋加一条 on a match: the amount with its unit; the match's rung follows."""
    desk = made(Finance, office, qtbot)
    match = ask(office, qtbot, "SELECT id FROM match WHERE reached = 'intent' LIMIT 1")
    desk.show_record(f"match:{match}")
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.reference == f"match:{match}")
    desk.detail.anchorClicked.emit(QUrl("add:drawdown"))
    opened(desk, qtbot)
    type_into(desk, qtbot, "drawn_yuan", "300万")
    type_into(desk, qtbot, "day", "1108")
    save(desk, office, qtbot)
    assert ask(office, qtbot, "SELECT reached FROM match WHERE id = ?", match) == "drawn"
    assert ask(office, qtbot, "SELECT sum(drawn_yuan) FROM drawdown WHERE match_id = ?", match) == 3_000_000


def test_a_problem_is_added_from_the_visit_it_came_up_in(office: Office, qtbot: QtBot) -> None:
    """The firm, the day and the source come along; the desk stays where it was."""
    desk = made(Visits, office, qtbot)
    visit = desk.current_id
    desk.detail.anchorClicked.emit(QUrl("add:problem"))
    opened(desk, qtbot)
    type_into(desk, qtbot, "text", "冬季用气紧张")
    saved = save(desk, office, qtbot)
    firm = ask(office, qtbot, "SELECT enterprise_id FROM visit WHERE id = ?", visit)
    assert ask(office, qtbot, "SELECT enterprise_id FROM problem WHERE id = ?", saved.row_id) == firm
    assert ask(office, qtbot, "SELECT visit_id FROM problem WHERE id = ?", saved.row_id) == visit
    qtbot.waitUntil(lambda: "冬季用气紧张" in _text(desk.detail.document()))
    assert desk.current_id == visit


def test_a_cell_opens_although_the_list_is_read_again_meanwhile(office: Office, qtbot: QtBot) -> None:
    """Enter saves one cell, ↓ F2 goes on at once: the list is being read again then."""
    desk = made(Visits, office, qtbot)
    column = [one.field for one in desk.model.columns].index("leader")
    desk.list.setCurrentIndex(desk.model.index(2, column))
    row_id = desk.current_id
    desk.refresh()
    desk.editing.cells.edit()
    with qtbot.waitSignal(desk.model.counted):
        pass
    qtbot.waitUntil(lambda: desk.editing.cells.frame is not None)
    assert desk.editing.cells._loaded is not None
    assert desk.editing.cells._loaded.row_id == row_id


def test_several_records_get_one_value(office: Office, qtbot: QtBot) -> None:
    """批量修改 of the selected projects, one write."""
    desk = made(Projects, office, qtbot)
    desk.list.selectRow(0)
    for row in (1, 2):
        desk.list.selectionModel().select(
            desk.model.index(row, 0),
            desk.list.selectionModel().SelectionFlag.Select | desk.list.selectionModel().SelectionFlag.Rows,
        )
    ids = desk.selected_ids()
    assert len(ids) == 3
    desk.editing.bulk()
    pane: Any = desk.side.currentWidget()
    pane.fields.setCurrentIndex(pane.fields.findData("agent"))
    qtbot.waitUntil(lambda: pane.editor is not None)
    typed(qtbot, pane.editor.target, "王代办")
    with qtbot.waitSignal(office.wrote):
        pane.apply()
    marks = ",".join("?" * len(ids))
    assert ask(office, qtbot, f"SELECT count(*) FROM project WHERE agent = '王代办' AND id IN ({marks})", *ids) == 3
    assert ask(office, qtbot, "SELECT count(*) FROM project WHERE agent = '王代办'") == 3


def test_the_bin_and_back(office: Office, qtbot: QtBot) -> None:
    """Del on a visit: gone from the list at once, back by 撤销."""
    desk = made(Visits, office, qtbot)
    before = desk.model.rowCount()
    with qtbot.waitSignal(office.wrote) as told:
        desk.editing.bin()
    desk.refresh()
    qtbot.waitUntil(lambda: desk.model.rowCount() == before - 1)
    office.work.ask(lambda ledger: editing.undo(ledger, told.args[0].write_no, "张三"), lambda _: desk.refresh())
    qtbot.waitUntil(lambda: desk.model.rowCount() == before)


@pytest.mark.parametrize(("row", "next_row"), [(5, 5), (68, 67)])
def test_the_cursor_stays_where_a_record_was_binned(office: Office, qtbot: QtBot, row: int, next_row: int) -> None:
    """The record after it is shown next; after the last one, the one before."""
    desk = made(Visits, office, qtbot)
    office.work.changed.connect(lambda _changes: desk.refresh())
    desk.list.selectRow(row)
    before = desk.model.rowCount()
    wanted = desk.model.id_at(row + 1 if row + 1 < before else row - 1)
    desk.editing.bin()
    qtbot.waitUntil(lambda: desk.model.rowCount() == before - 1)
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.reference == f"visit:{wanted}")
    assert desk.list.currentIndex().row() == next_row


def test_one_change_is_taken_back_from_the_history(office: Office, qtbot: QtBot) -> None:
    """恢复此次修改 puts the earlier value back."""
    desk = made(Enterprises, office, qtbot)
    desk.editing.edit()
    opened(desk, qtbot)
    type_into(desk, qtbot, "legal_person", "王示例")
    saved = save(desk, office, qtbot)
    sql = "SELECT coalesce(legal_person, '') FROM enterprise WHERE id = ?"
    assert ask(office, qtbot, sql, saved.row_id) == "王示例"
    number = ask(office, qtbot, "SELECT max(no) FROM history WHERE field = 'legal_person'")
    with qtbot.waitSignal(office.wrote):
        desk.detail.anchorClicked.emit(QUrl(f"restore:{number}"))
    assert ask(office, qtbot, sql, saved.row_id) == ""


def test_files_dropped_on_a_record_hang_on_it(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    """Dropped from the explorer, listed under 附件."""
    minutes = tmp_path / "会议纪要.pdf"
    minutes.write_bytes(b"%PDF-1.4")
    desk = made(Problems, office, qtbot)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(minutes))])
    drop = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(office.wrote):
        desk.detail.dropEvent(drop)
    desk.follow_again()
    qtbot.waitUntil(lambda: "会议纪要.pdf" in _text(desk.detail.document()))


def test_a_cell_is_changed_in_the_list(office: Office, qtbot: QtBot) -> None:
    """F2 on a column that shows a field, Enter saves."""
    desk = made(Visits, office, qtbot)
    column = [one.field for one in desk.model.columns].index("leader")
    desk.list.setCurrentIndex(desk.model.index(0, column))
    row_id = desk.current_id
    desk.list.setFocus()
    desk.editing.cells.edit()
    qtbot.waitUntil(lambda: desk.editing.cells.frame is not None)
    frame = desk.editing.cells.frame
    assert frame is not None
    box = frame.editor.target
    assert isinstance(box, QLineEdit)
    box.selectAll()
    typed(qtbot, box, "陈示例")
    with qtbot.waitSignal(office.wrote):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert ask(office, qtbot, "SELECT leader FROM visit WHERE id = ?", row_id) == "陈示例"


def test_a_month_of_output_is_added_for_the_firm_shown(office: Office, qtbot: QtBot) -> None:
    """产值: 新建 fills in the firm the cursor is on; 联网直报 is refused in words."""
    desk = made(Output, office, qtbot)
    firm = desk.current_id
    desk.editing.new("monthly_output")
    opened(desk, qtbot)
    body = desk.editing.pane.body
    assert body is not None
    assert body.editors["enterprise_id"].value() == firm
    body.editors["month"].put_value("2021-10")
    type_into(desk, qtbot, "month_yuan", "1200万")
    type_into(desk, qtbot, "source", "联网直报")
    desk.editing.pane.save()
    qtbot.waitUntil(lambda: "不得" in said(desk, "source"))


def test_an_empty_desk_offers_both_ways_to_begin_and_keeps_the_first_form(
    qtbot: QtBot, make_ledger: Callable[[Path], Path], tmp_path: Path
) -> None:
    """新建 beside 去导入; what comes in meanwhile does not take the form away."""
    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(make_ledger(tmp_path / "空.ledger")))
    desk = Enterprises(office)
    qtbot.addWidget(desk)
    desk.resize(1200, 640)
    desk.show()
    desk.refresh()
    qtbot.waitUntil(desk.nothing.isVisible)
    button = next(one for one in desk.nothing.findChildren(QPushButton) if one.text() == "新建企业")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    opened(desk, qtbot)
    with qtbot.waitSignal(desk.offered):
        desk.refresh()
    assert desk.editing.pane.isVisible()
    type_into(desk, qtbot, "name", "新办示例公司")
    saved = save(desk, office, qtbot)
    qtbot.waitUntil(lambda: desk.current_id == saved.row_id)
    work.stop()


def test_a_ledger_opened_read_only_offers_nothing_that_writes(qtbot: QtBot, sample_ledger: Path) -> None:
    """No button, no link."""
    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(sample_ledger, read_only=True))
    desk = made(Enterprises, office, qtbot)
    assert not any(act.isVisible() for act in desk.editing.acts)
    assert "＋" not in _text(desk.detail.document())
    work.stop()


def _text(document: QTextDocument) -> str:
    return document.toPlainText()


def test_what_is_selected_stays_selected_when_the_list_is_read_again(office: Office, qtbot: QtBot) -> None:
    """Somebody else's write, or F5, under a clerk who has chosen three and is about to change them all; another filter
    begins a new selection. The column the cursor is in stays too."""
    desk = made(Projects, office, qtbot)
    for row in (1, 3, 4):
        desk.list.selectionModel().select(
            desk.model.index(row, 0),
            desk.list.selectionModel().SelectionFlag.Select | desk.list.selectionModel().SelectionFlag.Rows,
        )
    desk.list.selectionModel().setCurrentIndex(
        desk.model.index(4, 2), desk.list.selectionModel().SelectionFlag.NoUpdate
    )
    ids = desk.selected_ids()
    assert len(ids) == 4
    with qtbot.waitSignal(desk.model.counted):
        desk.refresh()
    assert desk.selected_ids() == ids
    assert desk.current_id == ids[-1]
    assert desk.list.currentIndex().column() == 2
    with qtbot.waitSignal(desk.model.counted):
        desk.list.sort_wanted.emit(next(one.sorted_by for one in reversed(desk.model.columns) if one.sorted_by), True)
    assert sorted(desk.selected_ids()) == sorted(ids)
    with qtbot.waitSignal(desk.model.counted):
        desk.keep_to(frozenset(ids), "这几个")
    assert len(desk.selected_ids()) == 1


def test_a_row_the_program_chooses_is_chosen_alone_with_ctrl_held(office: Office, qtbot: QtBot) -> None:
    """Ctrl pressed last would have Qt add the row, or drop it if it is chosen already: one record fewer is then changed."""
    desk = made(Projects, office, qtbot)
    qtbot.keyPress(desk.list, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    desk.list.selectRow(0)
    assert desk.list.selected_rows() == [0]
    desk.list.selectRow(2)
    assert desk.list.selected_rows() == [2]
    qtbot.keyRelease(desk.list, Qt.Key.Key_Control)
