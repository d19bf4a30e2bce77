"""The form on the sample: by keyboard alone, saved, refused, left, and what somebody else changes meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from chain_office.domain.forms import Edit, Saved
from chain_office.services import editing
from chain_office.services.ledgers import Ledger, open_ledger
from chain_office.ui.layouts import LAYOUTS
from tests.ui.form.conftest import compose, type_into
from tests.ui.form.opening import ask, editor, faces, go_to, opened, pane_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.form.pane import FormPane
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
VISIT = "SELECT id FROM visit WHERE deleted_at IS NULL ORDER BY number LIMIT 1"
PROBLEM = "SELECT id FROM problem WHERE deleted_at IS NULL ORDER BY number LIMIT 1"
SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def pane(office: Office, qtbot: QtBot, tmp_path: Path) -> FormPane:
    return pane_of(office, qtbot, tmp_path / "drafts")


def save(pane: FormPane, qtbot: QtBot) -> Saved:
    with qtbot.waitSignal(pane.saved) as told:
        qtbot.keyClick(pane, *SAVE)
    return told.args[0]


@pytest.mark.parametrize("table", sorted(LAYOUTS))
def test_every_form_opens_blank_and_says_what_is_missing(pane: FormPane, qtbot: QtBot, table: str) -> None:
    opened(pane, qtbot, table)
    assert pane.body is not None
    assert set(pane.body.editors) == {field.name for field in editing.form(table)}
    assert not pane.is_dirty
    required = [field.name for field in editing.form(table) if field.required and not editor(pane, field.name).text()]
    with qtbot.assertNotEmitted(pane.saved):
        pane.save()
    assert [name for name, _ in faces(pane)] == [name for name in pane.body.editors if name in required]
    assert editor(pane, faces(pane)[0][0]).target.hasFocus()


@pytest.mark.parametrize("table", sorted(LAYOUTS))
def test_a_record_opened_and_gone_through_is_not_changed(
    pane: FormPane, office: Office, qtbot: QtBot, table: str
) -> None:
    row_id = ask(office, qtbot, f"SELECT id FROM {table} WHERE deleted_at IS NULL ORDER BY id LIMIT 1")
    if row_id is None:
        pytest.skip("the sample has none")
    opened(pane, qtbot, table, row_id)
    assert pane.body is not None
    for one in pane.body.editors.values():
        if one.isEnabled():
            one.setFocus()
            qtbot.waitUntil(one.target.hasFocus)
    pane.save_button.setFocus()
    assert not pane.is_dirty
    assert pane.body.changes() == ({}, ())


def test_an_amount_typed_with_about_is_kept_as_approximate(pane: FormPane, office: Office, qtbot: QtBot) -> None:
    row_id = ask(office, qtbot, "SELECT id FROM drawdown WHERE NOT approximate ORDER BY id LIMIT 1")
    opened(pane, qtbot, "drawdown", row_id)
    go_to(pane, qtbot, "drawn_yuan")
    editor(pane, "drawn_yuan").target.selectAll()  # type: ignore[attr-defined]
    type_into(qtbot, pane, "约2600万")
    assert "记作约数" in editor(pane, "drawn_yuan").note.text()
    assert editor(pane, "approximate").text() == "是"
    save(pane, qtbot)
    found = "SELECT drawn_yuan || '/' || approximate FROM drawdown WHERE id = '{}'"
    assert ask(office, qtbot, found.format(row_id)) == "26000000/1"


def test_a_visit_by_keyboard_alone(pane: FormPane, office: Office, qtbot: QtBot) -> None:
    opened(pane, qtbot, "visit")
    qtbot.waitUntil(editor(pane, "enterprise_id").target.hasFocus)
    initials = ask(office, qtbot, "SELECT initials FROM enterprise WHERE name LIKE '%五矿铜业%'").split()[0]
    type_into(qtbot, pane, initials)
    qtbot.waitUntil(lambda: editor(pane, "enterprise_id").popup.current is not None)  # type: ignore[attr-defined]
    qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Return)
    assert "五矿铜业" in editor(pane, "enterprise_id").text()
    qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Return)
    assert editor(pane, "day").target.hasFocus()
    type_into(qtbot, pane, "1028")
    go_to(pane, qtbot, "q2_problem")
    type_into(qtbot, pane, "贷款难")
    go_to(pane, qtbot, "sales_yuan")
    type_into(qtbot, pane, "1.2亿")
    saved = save(pane, qtbot)
    row = "SELECT {} FROM visit WHERE id = ?"
    assert ask(office, qtbot, row.format("day"), saved.row_id) == "2021-10-28"
    assert ask(office, qtbot, row.format("sales_yuan"), saved.row_id) == 120_000_000
    assert ask(office, qtbot, row.format("q2_problem"), saved.row_id) == "贷款难"
    assert pane.body is None
    assert not pane.is_dirty


def test_only_what_was_touched_is_written(pane: FormPane, office: Office, qtbot: QtBot) -> None:
    row_id = ask(office, qtbot, PROBLEM)
    opened(pane, qtbot, "problem", row_id)
    go_to(pane, qtbot, "remark")
    type_into(qtbot, pane, "看过")
    saved = save(pane, qtbot)
    fields = "SELECT group_concat(DISTINCT field) FROM history WHERE write_no = ? AND table_name = 'problem'"
    assert set(ask(office, qtbot, fields, saved.write_no).split(",")) <= {"remark", "version"}


def test_nothing_changed_is_nothing_saved(pane: FormPane, office: Office, qtbot: QtBot) -> None:
    opened(pane, qtbot, "visit", ask(office, qtbot, VISIT))
    before = ask(office, qtbot, "SELECT max(no) FROM write_log")
    pane.save()
    assert pane._state.text() == "没有改动"
    assert ask(office, qtbot, "SELECT max(no) FROM write_log") == before


def test_all_that_is_wrong_is_said_at_once_and_the_cursor_goes_to_the_first(pane: FormPane, qtbot: QtBot) -> None:
    opened(pane, qtbot, "drawdown")
    go_to(pane, qtbot, "drawn_yuan")
    type_into(qtbot, pane, "3000")
    go_to(pane, qtbot, "day")
    type_into(qtbot, pane, "32")
    qtbot.keyClick(pane.focusWidget(), *SAVE)
    assert [name for name, _ in faces(pane)] == ["match_id", "drawn_yuan", "day"]
    assert editor(pane, "match_id").target.hasFocus()
    assert pane.fault_notice.words.text() == "有 3 处要改，改好再保存"


def test_what_the_service_refuses_is_said_beside_its_field(pane: FormPane, office: Office, qtbot: QtBot) -> None:
    opened(pane, qtbot, "enterprise", ask(office, qtbot, "SELECT id FROM enterprise LIMIT 1"))
    editor(pane, "name").write("")
    editor(pane, "name").setFocus()
    pane.save()
    assert [name for name, _ in faces(pane)] == ["name"]
    name = ask(office, qtbot, "SELECT name FROM enterprise ORDER BY id DESC LIMIT 1")
    editor(pane, "name").write(name)
    pane.save()
    qtbot.waitUntil(lambda: name in editor(pane, "name").note.text() and editor(pane, "name").note.isVisible())
    assert editor(pane, "name").target.hasFocus()
    assert pane.is_dirty


def test_a_secrecy_mark_is_pointed_out_and_saved_only_when_asked_again(
    pane: FormPane, office: Office, qtbot: QtBot
) -> None:
    row_id = ask(office, qtbot, VISIT)
    opened(pane, qtbot, "visit", row_id)
    editor(pane, "remark").write("机密★1年")
    pane.save()
    qtbot.waitUntil(pane.fault_notice.isVisible)
    assert [button.text() for button in pane.fault_notice.buttons] == ["仍要保存"]
    assert faces(pane) == []
    assert "密" in editor(pane, "remark").note.text()
    assert editor(pane, "remark").note.property("role") == "doubtful"
    assert ask(office, qtbot, "SELECT remark FROM visit WHERE id = ?", row_id) != "机密★1年"
    with qtbot.waitSignal(pane.saved):
        pane.fault_notice.buttons[0].click()
    assert ask(office, qtbot, "SELECT remark FROM visit WHERE id = ?", row_id) == "机密★1年"


def test_a_part_says_whose_it_is_and_that_cannot_be_changed(pane: FormPane, office: Office, qtbot: QtBot) -> None:
    firm = ask(office, qtbot, "SELECT id FROM enterprise WHERE deleted_at IS NULL LIMIT 1")
    opened(pane, qtbot, "contact", enterprise_id=firm)
    assert not editor(pane, "enterprise_id").isEnabled()
    assert editor(pane, "enterprise_id").text()
    assert editor(pane, "name").target.hasFocus()
    editor(pane, "name").write("王五")
    editor(pane, "phone").write("0734 1234567")
    saved = save(pane, qtbot)
    assert ask(office, qtbot, "SELECT enterprise_id FROM contact WHERE id = ?", saved.row_id) == firm
    assert ask(office, qtbot, "SELECT phone FROM contact WHERE id = ?", saved.row_id) == "0734-1234567"


def test_esc_leaves_without_a_question_and_says_that_a_draft_stays(
    pane: FormPane, office: Office, qtbot: QtBot
) -> None:
    opened(pane, qtbot, "visit", ask(office, qtbot, VISIT))
    go_to(pane, qtbot, "leader")
    with qtbot.waitSignal(pane.left), qtbot.assertNotEmitted(pane.said):
        qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Escape)
    opened(pane, qtbot, "visit", ask(office, qtbot, VISIT))
    editor(pane, "leader").write("张市长")
    go_to(pane, qtbot, "leader")
    with qtbot.waitSignals([pane.said, pane.left]):
        qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Escape)


def test_nothing_is_saved_and_nothing_left_during_a_composition(pane: FormPane, office: Office, qtbot: QtBot) -> None:
    opened(pane, qtbot, "visit", ask(office, qtbot, VISIT))
    editor(pane, "remark").write("看过")
    go_to(pane, qtbot, "leader")
    box = editor(pane, "leader").target
    compose(box, "zhang")
    with qtbot.assertNotEmitted(pane.saved, wait=50), qtbot.assertNotEmitted(pane.left):
        qtbot.keyClick(box, *SAVE)
        qtbot.keyClick(box, Qt.Key.Key_Escape)
        pane.save()
    assert pane.is_dirty


def test_tab_goes_as_the_form_reads(pane: FormPane, qtbot: QtBot) -> None:
    opened(pane, qtbot, "visit")
    assert pane.body is not None
    order = [name for _, rows in LAYOUTS["visit"] for row in rows for name in row]
    go_to(pane, qtbot, order[0])
    for name in order[1:]:
        qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Tab)
        assert editor(pane, name).target.hasFocus(), name
    qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Tab)
    assert pane.save_button.hasFocus()


@pytest.mark.parametrize("width", [300, 440, 900])
def test_nothing_is_cut_at_any_width(pane: FormPane, qtbot: QtBot, width: int) -> None:
    pane.resize(width, 600)
    opened(pane, qtbot, "visit")
    pane.save()
    qtbot.waitUntil(lambda: pane.body is not None and pane.body.width() <= width)
    assert pane.body is not None
    for one in pane.body.editors.values():
        place = one.mapTo(pane.body, one.rect().bottomRight())
        assert place.x() <= pane.body.width()
        assert one.target.width() >= 120


# Somebody else.


def write_as(ledger: Ledger, table: str, row_id: str, changes: dict[str, object]) -> Saved:
    """Somebody else's save."""
    read = editing.load(ledger, table, row_id, date(2021, 11, 19))
    return editing.save(ledger, Edit(table, row_id, read.version, changes), "李四")


def other_write(path: Path, table: str, row_id: str, changes: dict[str, object]) -> None:
    """Another program's save, by a connection of its own."""
    with open_ledger(path) as ledger:
        write_as(ledger, table, row_id, changes)


def test_an_open_form_is_never_read_again_under_the_person(pane: FormPane, office: Office, qtbot: QtBot) -> None:
    row_id = ask(office, qtbot, VISIT)
    opened(pane, qtbot, "visit", row_id)
    editor(pane, "leader").write("张市长")
    with qtbot.waitSignal(office.work.changed):
        office.work.ask(
            lambda ledger: editing.save(
                ledger,
                Edit("visit", row_id, editing.load(ledger, "visit", row_id, office.as_of).version, {"method": "座谈"}),
                "李四",
            ),
            lambda _saved: None,
        )
    qtbot.waitUntil(pane.moved_notice.isVisible)
    assert pane.moved_notice.words.text().startswith("这条记录刚被 李四 改过")
    assert editor(pane, "leader").text() == "张市长"
    assert editor(pane, "method").text() == ""
    pane.moved_notice.buttons[0].click()
    qtbot.waitUntil(lambda: "走访方式：（空） → 座谈" in pane.moved_notice.words.text())
    pane.moved_notice.buttons[0].click()
    assert editor(pane, "method").text() == "座谈"
    assert editor(pane, "leader").text() == "张市长"
    save(pane, qtbot)
    assert ask(office, qtbot, "SELECT leader || method FROM visit WHERE id = ?", row_id) == "张市长座谈"


def test_what_others_changed_elsewhere_in_the_record_stays(
    pane: FormPane, office: Office, qtbot: QtBot, sample_ledger: Path
) -> None:
    row_id = ask(office, qtbot, VISIT)
    opened(pane, qtbot, "visit", row_id)
    other_write(sample_ledger, "visit", row_id, {"method": "座谈"})
    editor(pane, "leader").write("张市长")
    save(pane, qtbot)
    assert ask(office, qtbot, "SELECT leader || method FROM visit WHERE id = ?", row_id) == "张市长座谈"


@pytest.mark.parametrize(("pick", "leader"), [("mine", "张市长"), ("theirs", "李市长"), ("original", None)])
def test_two_people_one_field(
    pane: FormPane, office: Office, qtbot: QtBot, sample_ledger: Path, pick: str, leader: str | None
) -> None:
    row_id = ask(office, qtbot, VISIT)
    opened(pane, qtbot, "visit", row_id)
    other_write(sample_ledger, "visit", row_id, {"leader": "李市长", "method": "座谈"})
    editor(pane, "leader").write("张市长")
    editor(pane, "remark").write("我的备注")
    pane.save()
    qtbot.waitUntil(pane.conflict.isVisible)
    (choice,) = pane.conflict._choices
    texts = [button.accessibleName() for button in choice.buttons.values()]
    assert texts == ["带队领导，用我的：张市长", "带队领导，用现在的：李市长", "带队领导，用原来的：（空）"]
    choice.buttons[pick].click()
    with qtbot.waitSignal(pane.saved):
        pane.conflict.save.click()
    row = "SELECT {} FROM visit WHERE id = ?"
    assert ask(office, qtbot, row.format("leader"), row_id) == leader
    assert ask(office, qtbot, row.format("method"), row_id) == "座谈"
    assert ask(office, qtbot, row.format("remark"), row_id) == "我的备注"


def test_taking_all_of_theirs_leaves_nothing_to_save(
    pane: FormPane, office: Office, qtbot: QtBot, sample_ledger: Path
) -> None:
    row_id = ask(office, qtbot, VISIT)
    opened(pane, qtbot, "visit", row_id)
    other_write(sample_ledger, "visit", row_id, {"leader": "李市长"})
    editor(pane, "leader").write("张市长")
    pane.save()
    qtbot.waitUntil(pane.conflict.isVisible)
    pane.conflict.all_theirs.click()
    pane.conflict.save.click()
    assert not pane.is_dirty
    assert editor(pane, "leader").text() == "李市长"


def test_going_back_from_a_conflict_keeps_what_was_typed(
    pane: FormPane, office: Office, qtbot: QtBot, sample_ledger: Path
) -> None:
    row_id = ask(office, qtbot, VISIT)
    opened(pane, qtbot, "visit", row_id)
    other_write(sample_ledger, "visit", row_id, {"leader": "李市长"})
    editor(pane, "leader").write("张市长")
    pane.save()
    qtbot.waitUntil(pane.conflict.isVisible)
    qtbot.keyClick(pane.conflict, Qt.Key.Key_Escape)
    assert pane.body is not None
    assert pane.body.isVisible()
    assert editor(pane, "leader").text() == "张市长"
    pane.save()
    qtbot.waitUntil(pane.conflict.isVisible)


def test_a_record_that_is_gone_is_said_and_nothing_typed_is_lost(
    pane: FormPane, office: Office, qtbot: QtBot, sample_ledger: Path
) -> None:
    row_id = ask(office, qtbot, VISIT)
    opened(pane, qtbot, "visit", row_id)
    editor(pane, "leader").write("张市长")
    with open_ledger(sample_ledger) as ledger:
        editing.bin_records(ledger, "visit", (row_id,), "李四")
    pane.save()
    qtbot.waitUntil(pane.fault_notice.isVisible)
    assert "回收站" in pane.fault_notice.words.text()
    assert editor(pane, "leader").text() == "张市长"


def test_a_record_that_cannot_be_opened_says_why_and_leaves(pane: FormPane, qtbot: QtBot) -> None:
    with qtbot.waitSignals([pane.said, pane.left]):
        pane.edit("visit", "no such record")
