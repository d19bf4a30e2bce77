"""银企 looked at in several ways, by keyboard: the grid of borrowers and banks, the ladder, look-backs, the paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from chain_office.services import editing
from chain_office.ui.kit.frozen_figures import FrozenFigures
from chain_office.ui.pages.finance import Finance
from chain_office.ui.pages.finance_parts import PARTS
from chain_office.ui.pages.finance_parts.grid import GridPart
from chain_office.ui.pages.finance_parts.ladder import LadderPart
from chain_office.ui.pages.finance_parts.look_back import LookBackPart

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Part
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
T = TypeVar("T")
P = TypeVar("P", bound="Part")


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Finance:
    """The page of 银企 on the screen, its list read."""
    made = Finance(office)
    qtbot.addWidget(made)
    made.resize(1218, 640)
    made.show()
    with qtbot.waitSignal(made.offered):
        made.refresh()
    qtbot.waitUntil(lambda: made.detail.record is not None)
    office.work.changed.connect(lambda _changes: made.refresh())  # as the shell does
    return made


def ask(office: Office, qtbot: QtBot, question: Callable[[Ledger], T]) -> T:
    found: list[T] = []
    office.work.ask(question, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def view(page: Finance, qtbot: QtBot, view_id: str, kind: type[P]) -> P:
    page.show_record(f"view:{view_id}")
    qtbot.waitUntil(lambda: isinstance(page.views.part, kind))
    part = cast("P", page.views.part)
    for _ in range(2):
        ask(page.office, qtbot, lambda _ledger: True)  # what it asked for, and what that asked for, has been answered
    return part


def cell(part: GridPart, borrower: str, heading: str) -> str:
    """What a cell of the grid says; the cursor goes there."""
    rows = [row.cells[0].text for row in part.model.rows]
    columns = [column.heading for column in part.model.columns]
    index = part.model.index(rows.index(borrower), columns.index(heading))
    part.view.setCurrentIndex(index)
    return str(part.model.data(index))


def count(page: Finance, qtbot: QtBot, table: str) -> int:
    return int(ask(page.office, qtbot, lambda led: led.value(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL")))


def test_the_views_of_the_desk(page: Finance, qtbot: QtBot) -> None:
    assert [kind.word for kind in PARTS] == ["清单", "对接表", "阶梯", "回访"]
    qtbot.waitUntil(lambda: page.views.strip.buttons["look_backs"].text() != "回访")
    late = ask(page.office, qtbot, lambda led: page.strip_counts(led, page.office.as_of))["look_backs"][0]
    assert str(late) in page.views.strip.buttons["look_backs"].text()


# The grid.


def test_the_grid_says_how_far_each_pair_is_and_sums_every_rung_at_its_own_edge(
    page: Finance, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part = view(page, qtbot, "grid", GridPart)
    qtmodeltester.check(part.model)
    assert cell(part, "湖南示例赤松铜业", "建设银行") == "放款 12,000"
    assert cell(part, "湖南示例耒水铝业", "国开行") == "放款 7,000/8,000"
    assert cell(part, "湖南示例丹霞坪铜材", "浦发银行") == "未达成 3,000"
    assert "抵押物评估值不足" in part.formula.text()
    assert cell(part, "湖南示例赤松铜业", "国开行") == ""
    assert cell(part, "示例甲工业园区", "放款") == "9,000"
    assert cell(part, "放款合计", "建设银行") == "38,500"
    assert [cell(part, "放款合计", one) for one in ("意向", "授信", "放款")] == ["", "", "73,100"]
    assert [cell(part, "授信合计", one) for one in ("意向", "授信", "放款")] == ["", "88,600", ""]


def tick(part: GridPart, bank: str) -> None:
    """Tick a bank in the list of the button, or take its tick off."""
    ticks = part.banks.ticks
    words = [str(ticks.data(ticks.index(row))).partition("（")[0] for row in range(ticks.rowCount())]
    part.banks.list.setCurrentIndex(ticks.index(words.index(bank)))
    QTest.keyClick(part.banks.list, Qt.Key.Key_Space)


def test_a_bank_that_answered_nobody_gets_a_column_when_it_is_ticked_and_its_first_answer_goes_in_there(
    page: Finance, qtbot: QtBot
) -> None:
    part = view(page, qtbot, "grid", GridPart)
    assert "中国银行" not in [one.heading for one in part.model.columns]
    tick(part, "中国银行")
    qtbot.waitUntil(lambda: "中国银行" in [one.heading for one in part.model.columns])
    assert cell(part, "湖南示例赤松铜业", "中国银行") == ""
    with qtbot.waitSignal(part.side.pane.opened):
        qtbot.keyClick(part.view, Qt.Key.Key_1)
    typed(part, "intent_yuan", "800万")
    with qtbot.waitSignal(page.office.wrote):
        qtbot.keyClick(part.side.pane, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: cell(part, "湖南示例赤松铜业", "中国银行") == "意向 800")


def test_a_bank_whose_tick_is_taken_off_is_still_in_the_sums_and_the_grid_says_so(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "grid", GridPart)
    tick(part, "国开行")
    qtbot.waitUntil(lambda: "国开行" not in [one.heading for one in part.model.columns])
    assert cell(part, "放款合计", "放款") == "73,100"
    assert "没有列国开行，合计包括在内" in part.formula.text()
    tick(part, "国开行")
    qtbot.waitUntil(lambda: "国开行" in [one.heading for one in part.model.columns])


def test_with_many_banks_cells_say_it_shorter_and_the_names_stay_when_it_is_scrolled(
    page: Finance, qtbot: QtBot
) -> None:
    part = view(page, qtbot, "grid", GridPart)
    for place in range(part.banks.ticks.rowCount()):
        word = str(part.banks.ticks.data(part.banks.ticks.index(place))).partition("（")[0]
        if word not in [one.heading for one in part.model.columns]:
            tick(part, word)
    qtbot.waitUntil(lambda: part.model.brief)
    assert cell(part, "湖南示例耒水铝业", "国开行") == "放 7,000"
    assert "放款 7,000/8,000" in part.model.data(part.view.currentIndex(), int(Qt.ItemDataRole.ToolTipRole))
    frozen = part.view.findChild(FrozenFigures)
    assert frozen is not None
    assert not frozen.isVisible()
    qtbot.keyClick(part.view, Qt.Key.Key_End)
    qtbot.waitUntil(frozen.isVisible)
    assert [place for place in range(len(part.model.columns)) if not frozen.isColumnHidden(place)] == [0, 1]
    right = part.model.columns[-1].heading
    assert not part.view.isColumnHidden(len(part.model.columns) - 1), right
    for _ in part.model.columns[3:]:
        qtbot.keyClick(part.view, Qt.Key.Key_Left)
        assert (
            part.view.columnViewportPosition(part.view.currentIndex().column()) >= frozen.wide or not frozen.isVisible()
        )
    part.view.copy_all()
    assert "放款 7,000/8,000" in QGuiApplication.clipboard().text()


def test_walking_the_grid_shows_the_ladder_and_enter_goes_into_it(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "grid", GridPart)
    cell(part, "湖南示例耒水铝业", "农发行")
    qtbot.waitUntil(lambda: part.side.detail.record is not None and part.side.detail.record.status == "未对接")
    part.view.setFocus()
    qtbot.keyClick(part.view, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: part.side.detail.record is not None and part.side.detail.record.number == "YQ0011")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(part.view, Qt.Key.Key_Return)
    assert part.side.detail.hasFocus()
    qtbot.keyClick(part.side.detail, Qt.Key.Key_Escape)
    assert part.view.hasFocus()


def test_a_sum_opens_its_rows_in_the_list(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "grid", GridPart)
    cell(part, "放款合计", "国开行")
    with qtbot.waitSignal(page.model.counted) as told:
        qtbot.keyClick(part.view, Qt.Key.Key_Return)
    assert page.views.current == "list"
    assert told.args == [2]


def typed(part: GridPart | LookBackPart, name: str, text: str) -> None:
    body = part.side.pane.body
    assert body is not None
    box = body.editors[name].target
    box.setFocus()
    box.setText(text) if hasattr(box, "setText") else box.setPlainText(text)  # type: ignore[attr-defined]


def test_a_drawing_of_a_pair_that_never_met_makes_its_match_in_one_act(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "grid", GridPart)
    before = count(page, qtbot, "match")
    cell(part, "湖南示例仁义山循环科技", "国开行")
    with qtbot.waitSignal(part.side.pane.opened):
        qtbot.keyClick(part.view, Qt.Key.Key_3)
    typed(part, "drawn_yuan", "900万")
    typed(part, "day", "2021-08-02")
    with qtbot.waitSignal(page.office.wrote) as told:
        qtbot.keyClick(part.side.pane, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert told.args is not None
    qtbot.waitUntil(lambda: cell(part, "湖南示例仁义山循环科技", "国开行") == "放款 900")
    assert count(page, qtbot, "match") == before + 1
    assert cell(part, "放款合计", "放款") == "74,000"
    number = told.args[0].write_no
    ask(page.office, qtbot, lambda led: editing.undo(led, number, "张三"))
    qtbot.waitUntil(lambda: cell(part, "湖南示例仁义山循环科技", "国开行") == "")
    assert count(page, qtbot, "match") == before


def test_a_grant_a_drawing_and_a_refusal_open_their_forms_on_the_match_there_is(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "grid", GridPart)
    for pressed, table, field in (
        (Qt.Key.Key_1, "match", "intent_yuan"),
        (Qt.Key.Key_2, "credit", "granted_yuan"),
        (Qt.Key.Key_3, "drawdown", "drawn_yuan"),
        (Qt.Key.Key_4, "match", "refused_day"),
    ):
        cell(part, "湖南示例耒水铝业", "国开行")
        with qtbot.waitSignal(part.side.pane.opened):
            qtbot.keyClick(part.view, pressed)
        body = part.side.pane.body
        assert body is not None
        assert body.form.table == table
        assert field in body.editors
        if table != "match":
            assert "国开行" in body.editors["match_id"].text()
        part.side.pane.leave()
    assert part.side.currentWidget() is part.side.detail


def test_a_first_refusal_needs_its_reason(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "grid", GridPart)
    cell(part, "湖南示例仁义山循环科技", "浦发银行")
    with qtbot.waitSignal(part.side.pane.opened):
        qtbot.keyClick(part.view, Qt.Key.Key_4)
    typed(part, "refused_day", "2021-08-02")
    qtbot.keyClick(part.side.pane, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    body = part.side.pane.body
    assert body is not None
    qtbot.waitUntil(lambda: "未达成要写明原因" in body.editors["fail_reason"].note.text())
    typed(part, "fail_reason", "额度已满")
    with qtbot.waitSignal(page.office.wrote):
        qtbot.keyClick(part.side.pane, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: cell(part, "湖南示例仁义山循环科技", "浦发银行") == "未达成")


def test_the_grid_shows_one_event_and_another_day(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "grid", GridPart)
    assert [part.events.itemText(place) for place in range(part.events.count())] == [
        "全部对接会",
        "2020年11月银企对接会",
    ]
    part.events.setCurrentIndex(1)
    part.events.chosen.emit()
    ask(page.office, qtbot, lambda _ledger: True)
    assert cell(part, "放款合计", "放款") == "73,100"
    page.office.move_as_of(date(2020, 12, 31))
    page.refresh()
    qtbot.waitUntil(lambda: cell(part, "放款合计", "放款") == "11,000")
    assert cell(part, "湖南示例耒水铝业", "国开行") == "意向 8,000"


def test_the_whole_grid_is_copied_with_its_sums(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "grid", GridPart)
    part.view.copy_all()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["融资主体", "需求"]
    assert len(lines) == 1 + 4 + 14


def test_the_paper_is_looked_at_and_saved_as_a_workbook(page: Finance, qtbot: QtBot, tmp_path: Path) -> None:
    part = view(page, qtbot, "grid", GridPart)
    part.paper.preview()
    qtbot.waitUntil(lambda: part.paper.dialog is not None, timeout=30_000)
    dialog = part.paper.dialog
    assert dialog is not None
    path = tmp_path / "表.xlsx"
    dialog.keep(path, b"PK")
    qtbot.waitUntil(lambda: "已保存到" in dialog.said.text())
    assert path.read_bytes() == b"PK"
    assert set(dialog.saves) == {".docx", ".xlsx"}
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


# The ladder.


def test_the_ladder_by_bank_and_by_borrower_opens_its_rows(
    page: Finance, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part = view(page, qtbot, "ladder", LadderPart)
    qtmodeltester.check(part.model)
    table = {row.cells[0].text: [one.text for one in row.cells] for row in part.model.rows}
    headings = [column.heading for column in part.model.columns]
    assert table["合计"][headings.index("放款")] == "73,100"
    assert table["国开行"][headings.index("落地率（金额）")] == "55.6%（10,000/18,000）"
    assert table["农发行"][headings.index("落地率（户数）")] == "33.3%（1/3）"
    assert table["合计"][headings.index("平均利率")] == "4.40%"
    place = next(at for at, row in enumerate(part.model.rows) if row.cells[0].text == "国开行")
    part.view.setCurrentIndex(part.model.index(place, headings.index("落地率（金额）")))
    assert "放款 ÷ 授信" in part.formula.text()
    part.choose("borrowers")
    assert part.model.rowCount() == 15
    assert "示例甲工业园区" in {row.cells[0].text for row in part.model.rows}
    headings = [column.heading for column in part.model.columns]
    assert "落地率（户数）" not in headings, "of one borrower it says nothing"
    park = next(at for at, row in enumerate(part.model.rows) if row.cells[0].text.startswith("示例甲"))
    part.view.setCurrentIndex(part.model.index(park, headings.index("意向")))
    with qtbot.waitSignal(page.model.counted) as told:
        qtbot.keyClick(part.view, Qt.Key.Key_Return)
    assert told.args == [2]


def test_refusals_are_listed_with_their_reasons(page: Finance, qtbot: QtBot) -> None:
    part = view(page, qtbot, "ladder", LadderPart)
    part.choose("refusals")
    assert part.stack.currentWidget() is part.refusals
    assert part.chips["refusals"].text() == "未达成原因 5"
    assert "抵押物评估值不足 1" in part.formula.text()
    with qtbot.waitSignal(page.model.counted):
        part._open_current()
    assert page.views.current == "list"


def test_a_loan_asked_about_is_kept_or_binned(page: Finance, qtbot: QtBot) -> None:
    def twice(ledger: Ledger) -> str:
        (match,) = ledger.rows("SELECT id FROM match WHERE number = 11")[0]
        from chain_office.domain.forms import Edit

        values = {"match_id": match, "drawn_yuan": 30_000_000, "day": date(2021, 10, 8)}
        edit = Edit("drawdown", "", 0, values)
        return editing.save(ledger, edit, "张三", accept={"drawn_yuan"}).row_id

    part = view(page, qtbot, "ladder", LadderPart)
    ask(page.office, qtbot, twice)
    qtbot.waitUntil(lambda: len(part.doubts) == 1)
    part.choose("doubts")
    assert part.chips["doubts"].text() == "疑似重复 1"
    with qtbot.waitSignal(page.office.wrote) as told:
        part.bin_doubt()
    qtbot.waitUntil(lambda: part.doubts == ())
    assert told.args is not None
    number = told.args[0].write_no
    ask(page.office, qtbot, lambda led: editing.undo(led, number, "张三"))
    qtbot.waitUntil(lambda: len(part.doubts) == 1)
    with qtbot.waitSignal(page.office.wrote):
        part.keep_doubt()
    qtbot.waitUntil(lambda: part.doubts == ())
    assert part.ladder is not None
    assert part.ladder.total.drawn.yuan == 761_000_000


# Look-backs.


def test_a_look_back_is_noted_by_one_key_and_taken_back(
    page: Finance, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    page.office.move_as_of(date(2021, 2, 20))
    page.refresh()
    part = view(page, qtbot, "look_backs", LookBackPart)
    qtmodeltester.check(part.model)
    found = part.found
    assert found is not None
    late = found.overdue
    assert late > 2
    assert part.funnel.text().startswith("截至 2021-02-20：需求 14 户 128,100")
    before = count(page, qtbot, "loan_review")
    part.view.setFocus()
    with qtbot.waitSignal(page.office.wrote) as told:
        qtbot.keyClick(part.view, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: part.found is not None and part.found.overdue == late - 1)
    assert count(page, qtbot, "loan_review") == before + 1
    assert told.args is not None
    assert "推进中" in told.args[0].said
    qtbot.keyClick(part.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(page.office.wrote):
        qtbot.keyClick(part.view, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: part.found is not None and part.found.overdue == 0)
    assert count(page, qtbot, "loan_review") == before + late


def test_what_was_said_is_written_in_the_form_of_the_look_back(page: Finance, qtbot: QtBot) -> None:
    page.office.move_as_of(date(2021, 2, 20))
    page.refresh()
    part = view(page, qtbot, "look_backs", LookBackPart)
    with qtbot.waitSignal(part.side.pane.opened):
        part.write_up()
    typed(part, "outcome", "推进中")
    typed(part, "text", "等评估报告")
    with qtbot.waitSignal(page.office.wrote):
        qtbot.keyClick(part.side.pane, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    row = ask(
        page.office, qtbot,
        lambda led: led.rows("SELECT day, after_days, outcome FROM loan_review WHERE text = '等评估报告'"),
    )  # fmt: skip
    assert row == [("2021-02-20", 90, "推进中")]


def test_an_empty_office_is_told_what_belongs_here(
    qtbot: QtBot, office: Office, tmp_path: Path, make_ledger: Callable[[Path], Path]
) -> None:
    from chain_office.services.ledgers import open_ledger

    path = make_ledger(tmp_path / "空.ledger")
    with qtbot.waitSignal(office.shown_changed):
        office.work.open(lambda: open_ledger(path))
    made = Finance(office)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    for view_id, kind in (("grid", GridPart), ("ladder", LadderPart), ("look_backs", LookBackPart)):
        part = view(made, qtbot, view_id, kind)
        words = part.none.text() if isinstance(part, LadderPart) else part.nothing.text()  # type: ignore[attr-defined]
        assert words.startswith("没有该回访的" if isinstance(part, LookBackPart) else "还没有融资需求")
