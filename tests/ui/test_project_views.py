"""项目 looked at in several ways: 看板, 节点 with causes, 进度图, 月调度 and 两月比对, by keyboard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from chain_office.domain.stages import PROJECT_STAGE
from chain_office.queries.projects_desk.standing import standings
from chain_office.services.projects.months import read_sheet
from chain_office.ui.app import window_font
from chain_office.ui.kit.gantt_chart import GanttMark, GanttRow, span_of
from chain_office.ui.kit.gantt_paper import print_gantt
from chain_office.ui.kit.gantt_view import GanttView
from chain_office.ui.pages.project_parts import PARTS
from chain_office.ui.pages.project_parts.board import BoardPart
from chain_office.ui.pages.project_parts.compare import ComparePart
from chain_office.ui.pages.project_parts.month import MonthPart
from chain_office.ui.pages.project_parts.nodes import NodesPart
from chain_office.ui.pages.project_parts.timeline import TimelinePart
from chain_office.ui.pages.projects import Projects
from chain_office.ui.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Part
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DAY = date(2021, 11, 19)
T = TypeVar("T")
P = TypeVar("P", bound="Part")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Projects:
    """The page of 项目 on the screen, its list read."""
    made = Projects(office)
    qtbot.addWidget(made)
    made.resize(1218, 640)
    made.show()
    with qtbot.waitSignal(made.offered):
        made.refresh()
    qtbot.waitUntil(lambda: made.detail.record is not None)
    return made


def ask(office: Office, qtbot: QtBot, question: Callable[[Ledger], T]) -> T:
    found: list[T] = []
    office.work.ask(question, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def view(page: Projects, qtbot: QtBot, view_id: str, kind: type[P]) -> P:
    page.show_record(f"view:{view_id}")
    qtbot.waitUntil(lambda: isinstance(page.views.part, kind))
    return cast("P", page.views.part)


def test_the_strip_has_every_view(page: Projects, qtbot: QtBot) -> None:
    assert [kind.word for kind in PARTS] == ["清单", "看板", "节点", "进度图", "月调度", "两月比对"]
    page.activateWindow()
    qtbot.keyClick(page.list, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(page.views.part, BoardPart))


# 看板.


def board(page: Projects, qtbot: QtBot) -> BoardPart:
    part = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(part.board.columns))
    return part


def test_every_project_stands_in_the_column_of_its_stage(
    page: Projects, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part = board(page, qtbot)
    counts = {one: column.cards.cards.rowCount() for one, column in part.board.columns.items()}
    assert counts == {"planned": 8, "under_construction": 26, "completed": 5, "stopped": 0}
    assert part.board.columns["under_construction"].heading.text() == "在建 26"
    done = ask(
        page.office,
        qtbot,
        lambda ledger: ledger.value(
            "SELECT sum(m.year_done_yuan) FROM project_month m JOIN project p ON p.id = m.project_id "
            "WHERE p.stage = 'completed' AND m.month = '2021-09'"
        ),
    )
    assert f"本年完成 {done / 100_000_000:.2f} 亿元" in part.board.columns["completed"].sums.text()
    qtmodeltester.check(part.board.columns["planned"].cards.cards)


def test_a_card_is_moved_by_key_and_the_day_is_asked(page: Projects, qtbot: QtBot) -> None:
    part = board(page, qtbot)
    cards = part.board.columns["planned"].cards
    cards.setFocus()
    cards.setCurrentIndex(cards.cards.index(0, 0))
    card = cards.cards.card(0)
    part.offer_stages()
    assert part.menu is not None
    assert [action.text() for action in part.menu.actions()] == ["登记为在建……", "登记为停缓建……"]
    part.menu.actions()[0].trigger()
    pane = page.editing.pane
    qtbot.waitUntil(lambda: page.side.currentWidget() is pane and pane.body is not None)
    assert page.views.current == "list"
    with qtbot.waitSignal(page.office.wrote, timeout=5000) as told:
        pane.save()
    assert told.args[0].table == "stage_change"
    qtbot.waitUntil(lambda: page.views.current == "board")
    page.refresh()
    rows = ask(
        page.office,
        qtbot,
        lambda ledger: ledger.rows("SELECT stage, day FROM stage_change WHERE project_id = ? ORDER BY id", (card.id,)),
    )
    assert rows[-1] == ("under_construction", "2021-11-19")
    qtbot.waitUntil(lambda: part.board.columns["planned"].cards.cards.rowCount() == 7)


def test_a_column_that_may_not_be_entered_says_why(page: Projects, qtbot: QtBot) -> None:
    part = board(page, qtbot)
    planned = part.board.columns["planned"].cards.cards
    assert part._why_not("completed", [planned.card(0).id]) == "拟开工的项目不能直接登记为竣工，要先登记在建。"
    assert part._why_not("planned", [planned.card(0).id]) == "就在拟开工。"
    assert "一次移一个" in part._why_not("stopped", [planned.card(0).id, planned.card(1).id])
    done = part.board.columns["completed"].cards.cards.card(0)
    part.drop("under_construction", [done.id])
    assert page.views.current == "board"
    assert {stage.id for stage in PROJECT_STAGE.choices} == set(part.board.columns)


# 节点 and causes.


def test_overdue_nodes_stand_first_and_are_done_by_key(
    page: Projects, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part = view(page, qtbot, "nodes", NodesPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    assert part.model.group(1).key == "overdue"
    part.view.setFocus()
    node = part.view.current_id
    assert "滞后" in part.card.why.text()
    with qtbot.waitSignal(page.office.wrote) as told:
        qtbot.keyClick(part.view, Qt.Key.Key_Return, CONTROL)
    assert "2021-11-19 完成" in told.args[0].said
    page.refresh()
    qtbot.waitUntil(lambda: part.model.row_of(node) < 0)
    qtmodeltester.check(part.model)


def test_a_problem_is_linked_and_a_new_one_made_beside_the_node(page: Projects, qtbot: QtBot) -> None:
    part = view(page, qtbot, "nodes", NodesPart)
    qtbot.waitUntil(lambda: part.card.offers.rowCount() > 0)
    project = part._lines[part.view.current_id].stood.id
    held = part.card.held.rowCount()
    part.card.view.selectRow(0)
    number = part.card.offers.line(0).cells[0]
    with qtbot.waitSignal(page.office.wrote):
        qtbot.mouseClick(part.card.link_button, Qt.MouseButton.LeftButton)
    page.refresh()
    qtbot.waitUntil(lambda: part.card.held.rowCount() == held + 1)
    assert number in [part.card.held.line(row).cells[0] for row in range(part.card.held.rowCount())]
    part.card.text.setPlainText("设备到货延迟")
    with qtbot.waitSignal(page.office.wrote) as told:
        qtbot.mouseClick(part.card.new_button, Qt.MouseButton.LeftButton)
    assert "待筛选" in told.args[0].said
    page.refresh()
    qtbot.waitUntil(lambda: part.card.held.rowCount() == held + 2)
    stood = ask(page.office, qtbot, lambda ledger: standings(ledger, DAY)[project])
    assert number in stood.because
    assert part.card.text.toPlainText() == ""


# 进度图.


def test_the_timeline_is_walked_scrolled_and_zoomed_by_keyboard(page: Projects, qtbot: QtBot) -> None:
    part = view(page, qtbot, "timeline", TimelinePart)
    qtbot.waitUntil(lambda: len(part.view.rows) > 0)
    heads = [row.label for row in part.view.rows if not row.id]
    assert heads == ["在建 26", "拟开工 8", "竣工 5"]
    chart = part.view
    chart.setFocus()
    first = chart.current_id
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.current_id not in {"", first}
    for _ in range(30):
        qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.rows[chart.current].id, "headings are stepped over"
    before, scale = chart.horizontalScrollBar().value(), chart.scale
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.horizontalScrollBar().value() < before
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.scale > scale
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.horizontalScrollBar().maximum() == 0
    wanted = chart.current_id
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert page.views.current == "list"
    qtbot.waitUntil(lambda: page.detail.record is not None and page.detail.record.reference == f"project:{wanted}")


def test_the_timeline_is_grouped_and_sorted(page: Projects, qtbot: QtBot) -> None:
    part = view(page, qtbot, "timeline", TimelinePart)
    qtbot.waitUntil(lambda: len(part.view.rows) > 0)
    part.group.setCurrentText("不分组")
    part.order.setCurrentText("按滞后天数")
    assert len(part.view.rows) == 39
    lags = [one.said for one in part.view.rows if one.late]
    days = [int("".join(filter(str.isdigit, said))) for said in lags]
    assert days == sorted(days, reverse=True)
    assert [one.late for one in part.view.rows] == sorted((one.late for one in part.view.rows), reverse=True)
    part.group.setCurrentText("按县市区")
    assert any(row.label.startswith("常宁市") for row in part.view.rows if not row.id)


def many(count: int) -> tuple[GanttRow, ...]:
    mark = GanttMark(date(2021, 5, 1), "用地", done=False, late=True)
    return tuple(
        GanttRow(
            str(place), f"XM{place:04d} 项目", (date(2020, 1 + place % 12, 1), date(2022, 6, 30)), (date(2020, 3, 1), None),
            (mark,), "red", "滞后 202 天", True,
        )
        for place in range(count)
    )  # fmt: skip


def test_two_thousand_rows_cost_what_is_in_sight(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    chart = GanttView(LIGHT)
    qtbot.addWidget(chart)
    chart.resize(900, 400)
    chart.show_rows(many(2000), DAY)
    painted: list[str] = []
    monkeypatch.setattr(
        "chain_office.ui.kit.gantt_chart.Chart.paint_row", lambda _self, _painter, row, _top: painted.append(row.id)
    )
    chart.verticalScrollBar().setValue(28 * 1500)
    chart.viewport().grab()
    assert "1500" in painted
    assert len(painted) <= 16, "400 points hold no more rows"


@pytest.mark.parametrize(("size", "wide"), [("A4", 842), ("A3", 1191)])
@pytest.mark.usefixtures("qapp")
def test_the_timeline_on_paper_has_every_row(size: str, wide: int) -> None:
    import pypdfium2

    data = print_gantt(many(60), DAY, "重点项目进度图", "说明", size, window_font().family())
    with pypdfium2.PdfDocument(data) as document:
        assert round(document[0].get_width()) == pytest.approx(wide, abs=1)
        texts = [page.get_textpage().get_text_bounded() for page in document]
    assert sum(text.count("XM00") for text in texts) == 60
    assert all(f"第 {place} 页，共 {len(texts)} 页" in text for place, text in enumerate(texts, start=1))


def test_the_span_holds_whole_months() -> None:
    assert span_of((), date(2021, 2, 14)) == (date(2021, 2, 1), date(2021, 2, 28))
    assert span_of(many(1), DAY) == (date(2020, 1, 1), date(2022, 6, 30))


# 月调度.


def month(page: Projects, qtbot: QtBot, wanted: str = "2021-10") -> MonthPart:
    part = view(page, qtbot, "month", MonthPart)
    part.show_month(wanted)
    qtbot.waitUntil(lambda: part.sheet is not None and part.sheet.month == wanted)
    return part


def type_into(part: MonthPart, qtbot: QtBot, number: str, column: str, text: str) -> None:
    """Go to a cell, F2, write as an input method does, Enter."""
    assert part.sheet is not None
    project = next(row.stood.id for row in part.sheet.rows if row.stood.no == number)
    part.view.go_to(project, column)
    part.view.setFocus()
    qtbot.keyClick(part.view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: part.view.editing)
    editor = next(one for one in part.view.viewport().findChildren(QLineEdit) if one.isVisible())
    editor.selectAll()
    editor.insert(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not part.view.viewport().findChildren(QLineEdit))


def test_a_month_is_entered_by_keyboard(page: Projects, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    part = month(page, qtbot)
    with qtbot.waitSignal(page.office.wrote):
        type_into(part, qtbot, "XM0012", "month", "800")
    sheet = ask(page.office, qtbot, lambda ledger: read_sheet(ledger, "2021-10", DAY))
    now = next(row.now for row in sheet.rows if row.stood.number == 12)
    assert (now.month_yuan, now.year_yuan, now.total_yuan) == (8_000_000, 223_000_000, 390_000_000)
    qtmodeltester.check(part.model)


def test_what_does_not_add_up_is_said_and_saved_when_asked_again(page: Projects, qtbot: QtBot) -> None:
    part = month(page, qtbot)
    with qtbot.waitSignal(page.office.wrote):
        type_into(part, qtbot, "XM0012", "month", "800")
    page.refresh()
    qtbot.waitUntil(lambda: part.sheet is not None and any(row.reported for row in part.sheet.rows))
    type_into(part, qtbot, "XM0012", "year", "2.3亿元")
    qtbot.waitUntil(lambda: "相差 700 万元" in part.said.text())
    assert "再按一次回车" in part.said.text()
    with qtbot.waitSignal(page.office.wrote):
        type_into(part, qtbot, "XM0012", "year", "2.3亿元")
    page.refresh()
    part.only.setCurrentText("核对有差异")
    qtbot.waitUntil(lambda: part.model.rowCount() == 1)
    assert part.model.row(0).texts["gap"] == "本年差 700 万元"  # type: ignore[union-attr]


def test_what_cannot_be_read_stays_in_its_cell(page: Projects, qtbot: QtBot) -> None:
    part = month(page, qtbot)
    type_into(part, qtbot, "XM0012", "month", "很多")
    qtbot.waitUntil(lambda: part.said.isVisible())
    project = part.view.current_id
    assert part.model.refused_value(project, "month") == "很多"


def test_the_month_before_is_carried_and_confirmed(page: Projects, qtbot: QtBot) -> None:
    part = month(page, qtbot)
    assert part.sheet is not None
    missing = len(part.sheet.missing)
    part.carry.setChecked(True)
    place = next(place for place in range(part.model.rowCount()) if part.model.row(place).texts["no"] == "XM0012")  # type: ignore[union-attr]
    shown = part.model.row(place)
    assert shown is not None
    assert (shown.texts["month"], shown.texts["year"], shown.lights["year"]) == ("", "21,500", "quiet")
    part.view.go_to(shown.id, "month")
    part.view.setFocus()
    with qtbot.waitSignal(page.office.wrote):
        qtbot.keyClick(part.view, Qt.Key.Key_Return, CONTROL)
    page.refresh()
    qtbot.waitUntil(lambda: part.sheet is not None and len(part.sheet.missing) == missing - 1)


def test_a_month_is_signed_off_and_compared(page: Projects, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    part = month(page, qtbot, "2021-09")
    part.ask_freeze()
    assert part.dialog is not None
    assert "没有报" in part.dialog.labelText()
    part.dialog.setTextValue("李主任")
    with qtbot.waitSignal(page.office.wrote) as told:
        part.dialog.accept()
    assert "李主任签字" in told.args[0].said
    page.refresh()
    qtbot.waitUntil(lambda: part.sheet is not None and part.sheet.frozen)
    assert "李主任封账" in part.state.text()
    assert not part._freeze.isEnabled()
    compared = view(page, qtbot, "compare", ComparePart)
    compared.show_months("2021-09", "2021-10")
    qtbot.waitUntil(lambda: "李主任封账" in compared.state.text())
    assert compared.model.group(0).heading == "按阶段合计"
    assert [compared.model.line(row).cells[1] for row in range(1, 5)] == ["拟开工", "在建", "竣工", "合计"]
    assert compared.model.line(4).cells[3].startswith("39 个")
    qtmodeltester.check(compared.model)


def test_the_months_table_is_written_as_files(page: Projects, qtbot: QtBot, tmp_path: Path) -> None:
    part = month(page, qtbot, "2021-09")
    part.printing.write("2021-09", tmp_path)
    qtbot.waitUntil(lambda: bool(part.printing.written), timeout=60_000)
    assert {path.name for path in part.printing.written} == {
        f"月调度表_2021-09{end}" for end in (".pdf", ".docx", ".xlsx")
    }
