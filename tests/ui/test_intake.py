"""导入: dropped workbooks are looked through before anything is written, written at once, and taken back whole."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from chain_office.db.session import Writer
from chain_office.services.importing import preview, service
from chain_office.services.importing.preview import VERDICTS
from chain_office.ui.pages.intake import IntakePage
from tests.books.offices.finance_books import to_be_asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.db.models import Record
    from chain_office.services.importing.plan import ImportPlan, RowPlan
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.rows import RowsModel
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_PATIENCE = 20_000
_KNOWN = ("湖南示例耒水铝业有限公司", "91430481MA4DEM192G")
_SAME = "常宁示例泉湖锌品有限责任公司"
_NEW = "湖南示例新来铜业有限公司"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A register with one firm changed, one new, one as it was, one that cannot be read."""
    path = tmp_path / "新名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("企业名册")
        for at, row in enumerate(
            (
                ("企业名称", "统一社会信用代码", "职工人数", "县市区", "入规时间"),
                (*_KNOWN, 333, "", ""),
                (_NEW, "", 80, "常宁市", "2021-10-01"),
                ("湖南示例错日金属有限公司", "", 80, "常宁市", "2021年13月"),
                (_SAME, "", "", "常宁市", ""),
            )
        ):
            sheet.write_row(at, 0, row)
    return path


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> IntakePage:
    made = IntakePage(office)
    qtbot.addWidget(made)
    made.resize(1218, 650)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.done.model.rowCount() == 1)
    return made


def firms(page: IntakePage, qtbot: QtBot) -> dict[str, int | None]:
    """Name → employees of the firms of the test's book."""
    found: list[Mapping[str, int | None]] = []
    page.office.work.ask(
        lambda ledger: dict(
            ledger.rows(
                "SELECT name, employees FROM enterprise WHERE deleted_at IS NULL AND name IN (?, ?)", (_KNOWN[0], _NEW)
            )
        ),
        found.append,
    )
    qtbot.waitUntil(lambda: bool(found))
    return dict(found[0])


def previewed(page: IntakePage, qtbot: QtBot, *books: Path) -> None:
    page.take(books)
    qtbot.waitUntil(lambda: page._preview is not None, timeout=_PATIENCE)


def lines(model: RowsModel) -> list[tuple[str, ...]]:
    return [model.line(row).cells for row in range(model.rowCount())]


def test_the_imports_so_far_are_listed(page: IntakePage) -> None:
    assert "01_规上企业名册.xlsx" in lines(page.done.model)[0][1]
    assert not page.done.undo_button.isEnabled()


def test_a_dropped_book_is_looked_through_and_nothing_is_written(page: IntakePage, book: Path, qtbot: QtBot) -> None:
    before = firms(page, qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(book))])
    nowhere = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPointF(10, 10).toPoint(), *nowhere)
    page.zone.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.zone.dropEvent(QDropEvent(QPointF(10, 10), *nowhere))
    qtbot.waitUntil(lambda: page._preview is not None, timeout=_PATIENCE)
    assert lines(page.plan.sheets) == [("新名册.xlsx", "企业名册", "企业", "1", "1", "1", "1", "")]
    assert "还没有写入" in page.said.text()
    assert firms(page, qtbot) == before


def test_what_is_no_workbook_is_not_taken(page: IntakePage, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "照片.jpg")), QUrl("https://example.com/a.xlsx")])
    entering = QDragEnterEvent(
        QPointF(1, 1).toPoint(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering.ignore()
    page.dragEnterEvent(entering)
    assert not entering.isAccepted()


def test_rows_say_what_would_become_of_them(page: IntakePage, book: Path, qtbot: QtBot) -> None:
    previewed(page, qtbot, book)
    rows = {line[3]: line for line in lines(page.plan.rows)}
    assert rows[_KNOWN[0]][:3] == ("2", "修改", "职工人数：312 → 333")
    assert rows[_NEW][1:3] == ("新增", "")
    assert rows[_SAME][1:3] == ("相同", "")
    assert "没有“2021年13月”这一天" in rows["湖南示例错日金属有限公司"][2]
    page.plan.only.setCurrentText(VERDICTS["refused"])
    assert [line[1] for line in lines(page.plan.rows)] == ["拒收"]
    page.plan.only.setCurrentText("全部行")
    assert page.plan.rows.rowCount() == 4


def test_writing_says_how_many_and_undoing_takes_it_back_whole(page: IntakePage, book: Path, qtbot: QtBot) -> None:
    previewed(page, qtbot, book)
    assert page.write_button.text() == "写入（新增 1、修改 1）"
    qtbot.mouseClick(page.write_button, Qt.MouseButton.LeftButton)
    assert not page.write_button.isEnabled(), "a second click must not write twice"
    qtbot.waitUntil(lambda: page.done.model.rowCount() == 2, timeout=_PATIENCE)
    assert page.said.text().startswith("已写入：新增 1 行、修改 1 行")
    assert firms(page, qtbot) == {_KNOWN[0]: 333, _NEW: 80}
    assert lines(page.done.model)[0][1:4] == ("新名册.xlsx", "1", "1")
    page.done.view.selectRow(0)
    qtbot.waitUntil(page.done.undo_button.isEnabled)
    qtbot.mouseClick(page.done.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: lines(page.done.model)[0][4] == "已撤销", timeout=_PATIENCE)
    assert page.said.text().startswith("已撤销“新名册.xlsx”")
    assert firms(page, qtbot) == {_KNOWN[0]: 312}
    page.done.view.selectRow(0)
    assert not page.done.undo_button.isEnabled()


def test_an_answer_lets_a_refused_row_in(page: IntakePage, tmp_path: Path, qtbot: QtBot) -> None:
    previewed(page, qtbot, *to_be_asked(tmp_path))
    assert page._preview is not None
    before = page._preview.count("refused")
    asked = page._preview.plan.questions
    shared = next(one for one in asked if one.topic == "banks")
    assert shared.choices == ("工行", "农行")
    page.plan.questions.answer(shared.id, "工行")
    old = page._preview
    qtbot.mouseClick(page.again_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._preview is not old, timeout=_PATIENCE)
    assert page._preview.count("refused") == before - 1
    assert shared.id not in {one.id for one in page._preview.plan.questions}


def test_an_unreadable_book_is_one_sentence(page: IntakePage, tmp_path: Path, qtbot: QtBot) -> None:
    wrong = tmp_path / "不是表格.xlsx"
    wrong.write_bytes(b"\x00\x01 not a workbook")
    with qtbot.waitSignal(page.office.work.refused, timeout=_PATIENCE) as told:
        page.take([wrong])
    assert "不是表格.xlsx" in str(told.args[0])
    assert page._preview is None
    assert page.zone.choose.isEnabled()


def test_a_ledger_changed_since_the_preview_is_not_written_over(page: IntakePage, book: Path, qtbot: QtBot) -> None:
    previewed(page, qtbot, book)

    def meddle(ledger: Ledger) -> None:
        from chain_office.db.models import Enterprise

        with ledger.write("张三", "改一处") as writer:
            writer.insert(Enterprise, {"name": "别人加的企业"})

    page.office.work.ask(meddle, lambda _: None)
    with qtbot.waitSignal(page.office.work.refused, timeout=_PATIENCE) as told:
        page.write()
    assert "看预览之后台账又被改过" in str(told.args[0])
    assert _NEW not in firms(page, qtbot)
    assert page.again_button.isEnabled()


def test_cancelling_a_preview_leaves_the_page_as_it_was(
    page: IntakePage, book: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    threads: list[int] = []

    def slow(ledger: Ledger, books: Sequence[Path], answers: Mapping[str, str], progress: Progress) -> ImportPlan:
        threads.append(threading.get_ident())
        begun.set()
        go_on.wait(10)
        progress(1, 2, "读到一半")
        raise AssertionError("not reached: the progress tells of the cancelling")

    monkeypatch.setattr(service, "plan_import", slow)
    page.take([book])
    assert not page.zone.choose.isEnabled()
    assert begun.wait(10)
    page.office.work.cancel()
    with qtbot.waitSignal(page.office.work.ended, timeout=_PATIENCE):
        go_on.set()
    assert threads
    assert threading.get_ident() not in threads
    assert page._preview is None
    assert page.zone.choose.isEnabled()
    assert page.said.text() == "没有完成，台账没有改动。"


def test_leaving_forgets_the_plan(page: IntakePage, book: Path, qtbot: QtBot) -> None:
    previewed(page, qtbot, book)
    qtbot.mouseClick(page.leave_button, Qt.MouseButton.LeftButton)
    assert page._preview is None
    assert page.plan.rows.rowCount() == 0
    assert page.zone.isVisible()


def test_old_stands_beside_new_in_the_cell_it_is_about(page: IntakePage, book: Path, qtbot: QtBot) -> None:
    previewed(page, qtbot, book)
    headings = [column.heading for column in page.plan.rows.columns]
    row = next(line for line in lines(page.plan.rows) if line[3] == _KNOWN[0])
    assert row[headings.index("职工人数")] == "312 → 333"


def test_rows_are_put_into_words_only_when_they_are_looked_at(
    page: IntakePage, book: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    really = preview.RowViews._view

    def view(rows: preview.RowViews, row: RowPlan) -> preview.RowView:
        made.append(row.row)
        return really(rows, row)

    monkeypatch.setattr(preview.RowViews, "_view", view)
    page.hide()
    previewed(page, qtbot, book)
    assert made == []
    page.plan.rows.line(2)
    assert made == [4]


def test_what_may_not_be_kept_stands_above_and_can_be_looked_at_alone(
    page: IntakePage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "带密.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("企业名册")
        sheet.write_row(0, 0, ("企业名称", "职工人数", "备注"))
        sheet.write_row(1, 0, (_NEW, 80, ""))
        sheet.write_row(2, 0, (_KNOWN[0], 333, "秘密★5年"))
        reported = made.add_worksheet("产值")
        reported.write_row(0, 0, ("规上企业月度产值（联网直报平台导出）",))
        reported.write_row(1, 0, ("企业名称", "2021年10月产值（万元）"))
        reported.write_row(2, 0, (_KNOWN[0], 1200))
    previewed(page, qtbot, path)
    assert page.plan.alarm.isVisible()
    said = page.plan.alarm_said.text()
    assert "第 3 行“备注”" in said
    assert "秘密★5年" in said
    assert "联网直报" in said
    qtbot.mouseClick(page.plan.alarm_button, Qt.MouseButton.LeftButton)
    assert [line[0] for line in lines(page.plan.rows)] == ["3"]
    assert "密级标志" in lines(page.plan.rows)[0][2]
    page.plan.sheet_list.selectRow(1)
    assert [line[1] for line in lines(page.plan.rows)] == ["拒收"]


def test_a_book_without_such_marks_has_no_warning(page: IntakePage, book: Path, qtbot: QtBot) -> None:
    previewed(page, qtbot, book)
    assert not page.plan.alarm.isVisible()


def test_questions_are_answered_by_keyboard_and_the_place_is_kept(
    page: IntakePage, tmp_path: Path, qtbot: QtBot
) -> None:
    previewed(page, qtbot, *to_be_asked(tmp_path))
    assert page._preview is not None
    page.plan.only.setCurrentText("要回答的")
    assert page.plan.rows.rowCount() > 0
    page.plan.row_list.selectRow(page.plan.rows.rowCount() - 1)
    kept = page.plan.rows.line(page.plan.rows.rowCount() - 1)
    asked = [one.id for one in page._preview.plan.questions]
    page.plan.row_list.setFocus()
    qtbot.keyClick(page.plan, Qt.Key.Key_F8)
    here = next(one for one in asked if page.plan.questions._asked[one].hasFocus())
    assert here == kept.id, "the question of the row the cursor was on"
    old = page._preview
    for question in asked:
        page.plan.questions.answer(question, "工行")
    with qtbot.waitSignal(page.plan.answered):
        qtbot.keyClick(page.plan.questions._asked[here], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._preview is not old, timeout=_PATIENCE)
    assert page.plan.only.currentText() == "要回答的"


def test_enter_goes_to_the_next_question_without_an_answer(page: IntakePage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "没有单位的产值.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        for name in ("甲", "乙", "丙"):
            sheet = made.add_worksheet(f"产值{name}")
            sheet.write_row(0, 0, ("企业名称", "2021年10月产值"))
            sheet.write_row(1, 0, (_KNOWN[0], 1200))
    previewed(page, qtbot, path)
    ids = list(page.plan.questions._asked)
    assert len(ids) >= 2
    page.plan.questions.go_to("")
    first = page.plan.questions._asked[ids[0]]
    assert first.hasFocus()
    page.plan.questions.answer(ids[0], "万元")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert page.plan.questions._asked[ids[1]].hasFocus()


def test_cancelling_while_it_is_written_leaves_the_ledger_as_it_was(
    page: IntakePage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "很多.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("企业名册")
        sheet.write_row(0, 0, ("企业名称", "职工人数"))
        for row in range(1, 1200):
            sheet.write_row(row, 0, (f"湖南试验{row:04d}号铜业有限公司", row))
    previewed(page, qtbot, path)
    begun, go_on = threading.Event(), threading.Event()
    really = Writer.insert_many

    def insert(writer: Writer, model: type[Record], rows: Sequence[Mapping[str, object]]) -> list[str]:
        begun.set()
        go_on.wait(10)
        return really(writer, model, rows)

    monkeypatch.setattr(Writer, "insert_many", insert)
    page.write()
    assert begun.wait(10)
    page.office.work.cancel()
    with qtbot.waitSignal(page.office.work.ended, timeout=_PATIENCE):
        go_on.set()
    assert page.said.text() == "没有完成，台账没有改动。"
    found: list[int] = []
    page.office.work.ask(
        lambda ledger: int(ledger.value("SELECT count(*) FROM enterprise WHERE name LIKE '湖南试验%'")), found.append
    )
    qtbot.waitUntil(lambda: bool(found))
    assert found == [0]
    assert page.write_button.isEnabled(), "it can be written after all"


def test_why_an_import_cannot_be_taken_back_is_said(page: IntakePage, book: Path, qtbot: QtBot) -> None:
    previewed(page, qtbot, book)
    page.write()
    qtbot.waitUntil(lambda: page.done.model.rowCount() == 2, timeout=_PATIENCE)

    def meddle(ledger: Ledger) -> None:
        from chain_office.db.models import Enterprise

        row_id = ledger.value("SELECT id FROM enterprise WHERE name = ?", (_NEW,))
        with ledger.write("张三", "改一处") as writer:
            writer.update(Enterprise, row_id, {"employees": 81})

    done: list[None] = []
    page.office.work.ask(meddle, done.append)
    qtbot.waitUntil(lambda: bool(done))
    page.done.view.selectRow(0)
    qtbot.waitUntil(lambda: bool(page.done.why.text()))
    assert "不能整批撤销" in page.done.why.text()
    assert not page.done.undo_button.isEnabled()


@pytest.mark.parametrize("way", ["books", "paste"])
def test_books_given_from_elsewhere_are_looked_through(page: IntakePage, book: Path, qtbot: QtBot, way: str) -> None:
    page.show_record(f"books:{json.dumps([str(book)])}" if way == "books" else f"paste:{book}")
    qtbot.waitUntil(lambda: page._preview is not None, timeout=_PATIENCE)
    assert lines(page.plan.sheets)[0][1] == "企业名册"


def test_the_preview_keeps_to_the_contract_of_models(page: IntakePage, book: Path, qtbot: QtBot, qtmodeltester) -> None:
    previewed(page, qtbot, book)
    qtmodeltester.check(page.plan.rows)
    qtmodeltester.check(page.plan.sheets)
