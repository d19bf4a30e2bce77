"""导入: dropped workbooks are looked through before anything is written, written at once, and taken back whole."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from chain_office.services.importing.preview import VERDICTS
from chain_office.ui.pages import intake
from chain_office.ui.pages.intake import IntakePage
from tests.books.offices.finance_books import to_be_asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.services.importing.plan import ImportPlan
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

    monkeypatch.setattr(intake, "plan_import", slow)
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
