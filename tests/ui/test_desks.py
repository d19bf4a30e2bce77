"""The six desks on the sample: lists, filters, the record beside them, copying, ways from one desk to another."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication

from chain_office.services.ledgers import open_ledger, open_or_make
from chain_office.ui.kit.copying import html_table, tab_separated
from chain_office.ui.office import Office
from chain_office.ui.pages.enterprises import Enterprises
from chain_office.ui.pages.finance import Finance
from chain_office.ui.pages.output import Output
from chain_office.ui.pages.problems import Problems
from chain_office.ui.pages.projects import Projects
from chain_office.ui.pages.visits import Visits
from chain_office.ui.work import Work

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DESKS: dict[type[Desk], int] = {Enterprises: 73, Visits: 69, Problems: 87, Finance: 20, Projects: 39, Output: 56}


def made(kind: type[Desk], office: Office, qtbot: QtBot) -> Desk:
    """A desk on the screen, its list counted and its filters offered, the first record shown."""
    desk = kind(office)
    qtbot.addWidget(desk)
    desk.resize(1200, 640)
    desk.show()
    desk.refresh()
    qtbot.waitUntil(lambda: desk.calendar is not None and desk.detail.record is not None)
    return desk


def ask(office: Office, qtbot: QtBot, sql: str, *arguments: object) -> Any:
    """A value of the ledger, read on its thread."""
    found: list[Any] = []
    office.work.ask(lambda ledger: ledger.value(sql, arguments), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def cells(desk: Desk, qtbot: QtBot, column: int) -> list[str]:
    """A column of the list, once its lines have come."""
    model = desk.model
    rows = range(min(model.rowCount(), 100))
    qtbot.waitUntil(lambda: all(model.data(model.index(row, 0)) != "…" for row in rows))
    return [str(model.data(model.index(row, column))) for row in rows]


def shown(desk: Desk) -> str:
    return desk.detail.toPlainText()


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.id)
def test_a_desk_shows_its_rows_and_the_first_record(kind: type[Desk], office: Office, qtbot: QtBot) -> None:
    desk = made(kind, office, qtbot)
    assert desk.model.rowCount() == DESKS[kind]
    assert desk.filters.count.text() == f"{DESKS[kind]} {kind.noun}"
    record = desk.detail.record
    assert record is not None
    assert record.reference == f"{desk.table}:{desk.model.id_at(0)}"
    assert record.title in shown(desk)
    for column in range(desk.model.columnCount()):
        assert any(cells(desk, qtbot, column))


@pytest.mark.parametrize("kind", [Problems, Output], ids=lambda kind: kind.id)
def test_models_keep_qt_s_rules(kind: type[Desk], office: Office, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(made(kind, office, qtbot).model)


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.id)
def test_every_selection_keeps_as_many_rows_as_it_says(kind: type[Desk], office: Office, qtbot: QtBot) -> None:
    desk = made(kind, office, qtbot)
    for key, view in list(desk.filters._views.items()):
        with qtbot.waitSignal(desk.model.counted) as told:
            desk.show_record(f"figure:{key}")
        assert told.args == [len(view.ids)], key
        assert desk.filters.count.text() == f"{len(view.ids)} {kind.noun}"
    with qtbot.waitSignal(desk.model.counted) as told:
        desk.filters.clear()
    assert told.args == [DESKS[kind]]


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.id)
def test_every_value_of_a_box_keeps_as_many_rows_as_it_says(kind: type[Desk], office: Office, qtbot: QtBot) -> None:
    desk = made(kind, office, qtbot)
    for box in desk.filters._boxes.values():
        for row in range(1, min(box.count(), 4)):
            number = re.fullmatch(r".*（(\d+)）", box.itemText(row))
            assert number is not None
            box.setCurrentIndex(row)
            with qtbot.waitSignal(desk.model.counted) as told:
                box.activated.emit(row)
            assert told.args == [int(number.group(1))]
        box.setCurrentIndex(0)


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.id)
def test_walking_takes_the_record_along(kind: type[Desk], office: Office, qtbot: QtBot) -> None:
    desk = made(kind, office, qtbot)
    for _ in range(5):
        qtbot.keyClick(desk.list, Qt.Key.Key_Down)
    wanted = f"{desk.table}:{desk.model.id_at(5)}"
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.reference == wanted)


def test_enter_goes_into_the_record_and_esc_back(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.activateWindow()
    desk.list.setFocus()
    qtbot.waitUntil(desk.list.hasFocus)
    qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    qtbot.waitUntil(desk.detail.hasFocus)
    qtbot.keyClick(desk.detail, Qt.Key.Key_Escape)
    qtbot.waitUntil(desk.list.hasFocus)


def test_a_heading_sorts_only_by_an_order_the_list_has(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    header = desk.list.horizontalHeader()
    with qtbot.waitSignal(desk.model.counted):
        header.sectionClicked.emit(5)
    days = [text[:10] for text in cells(desk, qtbot, 5) if text]
    assert days == sorted(days)
    with qtbot.waitSignal(desk.model.counted):
        header.sectionClicked.emit(5)
    days = [text[:10] for text in cells(desk, qtbot, 5) if text]
    assert days == sorted(days, reverse=True)
    projects = made(Projects, office, qtbot)
    header = projects.list.horizontalHeader()
    unsorted = [column.heading for column in projects.model.columns].index("完成%")
    with qtbot.assertNotEmitted(projects.model.counted, wait=50):
        header.sectionClicked.emit(unsorted)
    assert header.sortIndicatorSection() != unsorted


def test_output_sorts_by_growth(office: Office, qtbot: QtBot) -> None:
    desk = made(Output, office, qtbot)
    with qtbot.waitSignal(desk.model.counted):
        desk.list.horizontalHeader().sectionClicked.emit(7)
    rates = [float(text) for text in cells(desk, qtbot, 7) if text != "新"]
    assert len(rates) == 55
    assert rates == sorted(rates)


def test_a_record_hidden_by_a_filter_is_found_by_dropping_the_filter(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    wanted = ask(office, qtbot, "SELECT id FROM problem WHERE state = 'closed' LIMIT 1")
    desk.show_record("figure:problems.overdue")
    qtbot.waitUntil(lambda: desk.model.rowCount() < 20)
    desk.show_record(f"problem:{wanted}")
    qtbot.waitUntil(
        lambda: desk.list.currentIndex().isValid() and desk.list.currentIndex().row() == desk.model.row_of(wanted)
    )
    assert desk.model.rowCount() == 87
    assert not desk.filters.anything
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.reference == f"problem:{wanted}")


def test_a_figure_asked_for_before_the_desk_has_read_anything(office: Office, qtbot: QtBot) -> None:
    desk = Problems(office)
    qtbot.addWidget(desk)
    desk.refresh()
    desk.show_record("figure:problems.overdue")
    qtbot.waitUntil(lambda: desk.model.rowCount() == 5 and desk.filters.anything)
    assert all("逾期" in text for text in cells(desk, qtbot, 5))


def test_what_belongs_to_a_firm_is_pinned_and_unpinned(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    firm = ask(office, qtbot, "SELECT enterprise_id FROM problem GROUP BY 1 HAVING count(*) = 3 LIMIT 1")
    name = ask(office, qtbot, "SELECT name FROM enterprise WHERE id = ?", firm)
    desk.show_record(f"enterprise:{firm}")
    qtbot.waitUntil(lambda: desk.model.rowCount() == 3)
    assert desk.filters._pinned.text() == f"{name} ×"
    desk.filters._pinned.click()
    qtbot.waitUntil(lambda: desk.model.rowCount() == 87)


def test_moving_the_cut_off_date_changes_states_and_lights(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    office.move_as_of(date(2020, 11, 10))
    desk.refresh()
    qtbot.waitUntil(lambda: "已销号 45" not in [chip.text() for chip in desk.filters._group.buttons()])
    states = set(cells(desk, qtbot, 6))
    assert "已销号" not in states
    assert "办理中" in states or "已交办" in states
    assert not any("逾期" in text for text in cells(desk, qtbot, 5))


def test_a_link_leads_to_the_other_desk(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    firm = ask(office, qtbot, "SELECT enterprise_id FROM problem WHERE id = ?", desk.model.id_at(0))
    with qtbot.waitSignal(desk.wanted) as told:
        desk.detail.anchorClicked.emit(QUrl(f"go:enterprises/enterprise:{firm}"))
    assert told.args == ["enterprises", f"enterprise:{firm}"]
    assert f"go:enterprises/enterprise:{firm}" in desk.detail.document().toHtml()


def test_a_number_is_hidden_until_it_is_asked_for_and_again_on_the_next_record(office: Office, qtbot: QtBot) -> None:
    desk = made(Enterprises, office, qtbot)
    firm, phone = ask(office, qtbot, "SELECT enterprise_id || ' ' || phone FROM contact LIMIT 1").split()
    desk.show_record(f"enterprise:{firm}")
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.reference == f"enterprise:{firm}")
    assert phone not in shown(desk)
    assert f"{phone[:3]}****{phone[-4:]}" in shown(desk)
    desk.detail.anchorClicked.emit(QUrl("reveal:"))
    assert phone in shown(desk)
    qtbot.keyClick(desk.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.reference != f"enterprise:{firm}")
    qtbot.keyClick(desk.list, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: desk.detail.record is not None and desk.detail.record.reference == f"enterprise:{firm}")
    assert phone not in shown(desk)


def test_text_that_looks_like_markup_is_shown_as_text(qtbot: QtBot, sample_ledger: Path) -> None:
    with open_ledger(sample_ledger) as ledger, ledger.write("甲", "改") as writer:
        from chain_office.db.models import Problem

        (row_id,) = writer.select("SELECT id FROM problem WHERE number = 87")[0]
        writer.update(Problem, row_id, {"text": "<b>粗</b><img src=x>&amp;"})
    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(sample_ledger))
    desk = made(Problems, office, qtbot)
    assert "<b>粗</b><img src=x>&amp;" in shown(desk)
    work.stop()


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.id)
def test_an_empty_desk_says_what_belongs_here_and_where_to_begin(
    kind: type[Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_or_make(tmp_path / "空.ledger"))
    desk = kind(office)
    qtbot.addWidget(desk)
    desk.show()
    desk.refresh()
    qtbot.waitUntil(desk.nothing.isVisible)
    with qtbot.waitSignal(desk.wanted) as told:
        desk.nothing.button.click()
    assert told.args == ["intake", ""]
    work.stop()


def test_a_filter_without_rows_offers_to_clear_it(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    desk.filters.pin("enterprise", "no such firm", "查无此企")
    qtbot.waitUntil(desk._none.isVisible)
    assert shown(desk) == ""
    desk._none.button.click()
    qtbot.waitUntil(lambda: desk.model.rowCount() == 87)


# Copying.


@pytest.mark.parametrize("kind", DESKS, ids=lambda kind: kind.id)
def test_rows_are_copied_whole_even_where_nobody_scrolled(kind: type[Desk], office: Office, qtbot: QtBot) -> None:
    desk = made(kind, office, qtbot)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    desk.list.selectAll()
    desk.list.copy(headings=True)
    qtbot.waitUntil(lambda: bool(clipboard.text()))
    lines = clipboard.text().replace("\r\n", "\n").split("\n")
    assert lines[0].split("\t") == [column.heading for column in desk.model.columns]
    assert len(lines) == DESKS[kind] + 1
    assert "…" not in clipboard.text()
    assert clipboard.mimeData().html().count("<tr>") == DESKS[kind] + 1


def test_ctrl_c_copies_what_is_selected_without_headings(office: Office, qtbot: QtBot) -> None:
    desk = made(Problems, office, qtbot)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    desk.activateWindow()
    desk.list.setFocus()
    qtbot.waitUntil(desk.list.hasFocus)
    qtbot.keyClick(desk.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: clipboard.text().startswith("WT0087\t"))
    assert "\n" not in clipboard.text()


def test_the_selection_goes_where_the_program_puts_the_cursor_whatever_key_is_held(
    office: Office, qtbot: QtBot
) -> None:
    """Ctrl+Return in another view opens a record while Ctrl is down: what is selected is that record."""
    desk = made(Problems, office, qtbot)
    qtbot.keyPress(desk.list, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    wanted = desk.model.id_at(3)
    desk.list.go_to(wanted)
    assert desk.selected_ids() == (wanted,)
    qtbot.keyRelease(desk.list, Qt.Key.Key_Control)


def test_no_copied_cell_is_a_formula() -> None:
    rows = [("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "-12.5", "+34.5 %", "-", "文\t字\n行", "-1,234")]
    plain = tab_separated(rows)
    assert plain.split("\t") == [
        "'=1+1", "'+cmd|' /C calc'!A0", "'-2+3", "'@SUM(A1)", "-12.5", "+34.5 %", "-", "文 字 行", "-1,234",
    ]  # fmt: skip
    page = html_table(rows, right=(4,))
    assert page.count("mso-number-format") == 8
    assert '<td align="right">-12.5</td>' in page
    assert "<td style=\"mso-number-format:'\\@'\">=1+1</td>" in page


def test_markup_in_a_copied_cell_stays_text() -> None:
    page = html_table([("<script>x</script>&",)], headings=("<i>头</i>",))
    assert "&lt;script&gt;x&lt;/script&gt;&amp;" in page
    assert "<script" not in page
    assert "<i>" not in page
