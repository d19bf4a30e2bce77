"""材料: made in a job, seen page by page, saved whole, printed at the size it was made."""

from __future__ import annotations

import io
import os
import sys
import threading
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from chain_office.services import packs
from chain_office.services.reconciling import Broken
from chain_office.ui.kit.printing import make_printer
from chain_office.ui.pages import papers
from chain_office.ui.pages.papers import PapersPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_PATIENCE = 30_000
_MM = 25.4


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> PapersPage:
    made = PapersPage(office)
    qtbot.addWidget(made)
    made.resize(1200, 650)
    made.show()
    made.refresh()
    return made


@pytest.fixture
def made(page: PapersPage, qtbot: QtBot) -> PapersPage:
    with qtbot.waitSignal(page.office.work.ended, timeout=_PATIENCE):
        page.make()
    qtbot.waitUntil(lambda: bool(page.view._drawn), timeout=_PATIENCE)
    return page


def at_rest(page: PapersPage, qtbot: QtBot) -> None:
    """Nothing is drawn on the bench any more: PDFium knows one thread at a time, and a test may use it now."""
    done: list[bool] = []
    page.office.work.aside(lambda: True, done.append)
    qtbot.waitUntil(lambda: bool(done) and not page.view._asked, timeout=_PATIENCE)


def shown(page: PapersPage) -> Paper:
    assert page._made is not None
    return page._made.paper


def test_before_anything_is_made_the_page_says_what_belongs_here(page: PapersPage) -> None:
    assert page._stack.currentWidget() is not page.view
    assert not page.print_button.isEnabled()
    assert page.kind.currentText() == "调度会"
    assert page.chosen_day == date(2021, 11, 19)


def test_the_paper_is_read_off_the_gui_thread_set_in_another_process_and_shown_page_by_page(
    page: PapersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def order(ledger: Ledger, day: date, *, kind: str) -> packs.PackOrder:
        threads.append(threading.get_ident())
        return packs.order_pack(ledger, day, kind=kind)

    monkeypatch.setattr(papers, "order_pack", order)
    qtbot.mouseClick(page.make_button, Qt.MouseButton.LeftButton)
    assert not page.make_button.isEnabled()
    qtbot.waitUntil(lambda: bool(page.view._drawn), timeout=_PATIENCE)
    assert threads
    assert threading.get_ident() not in threads
    assert page.office.work.workshop.process_id not in {None, os.getpid()}
    assert page.make_button.isEnabled()
    assert page.page_number.text().startswith("第 1 页，共 ")
    assert set(page.view._drawn) <= {0, 1}, "pages out of view are not drawn"


def test_pages_turn_and_zoom(made: PapersPage, qtbot: QtBot) -> None:
    pages = len(shown(made).sizes)
    qtbot.keyClick(made.view, Qt.Key.Key_PageDown)
    assert made.page_number.text() == f"第 2 页，共 {pages} 页"
    qtbot.keyClick(made.view, Qt.Key.Key_End)
    assert made.page_number.text() == f"第 {pages} 页，共 {pages} 页"
    before = made.view.zoom
    qtbot.mouseClick(made.in_button, Qt.MouseButton.LeftButton)
    assert made.view.zoom > before
    assert made.percent.text() == f"{round(made.view.zoom * 100)}%"
    qtbot.mouseClick(made.out_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(made.fit_button, Qt.MouseButton.LeftButton)
    assert made.view.horizontalScrollBar().maximum() == 0
    widest = max(place.width() for place in made.view._places)
    assert made.view.viewport().width() - 26 <= widest <= made.view.viewport().width()
    qtbot.mouseClick(made.whole_button, Qt.MouseButton.LeftButton)
    assert max(place.height() for place in made.view._places) <= made.view.viewport().height()


def test_a_zoomed_page_is_drawn_again_at_its_new_sharpness(made: PapersPage, qtbot: QtBot) -> None:
    made.view.zoom_in()
    wanted = made.view.zoom * 96 / 72 * made.view.devicePixelRatioF()
    qtbot.waitUntil(lambda: made.view._drawn[0][0] == wanted, timeout=_PATIENCE)
    width, _ = shown(made).sizes[0]
    assert abs(made.view._drawn[0][1].width() - width * wanted) <= 1


def test_the_pdf_saved_is_the_one_shown(made: PapersPage, qtbot: QtBot, tmp_path: Path) -> None:
    made.save_as(tmp_path / "材料")
    qtbot.waitUntil(lambda: made.said.text().startswith("已保存到"))
    assert (tmp_path / "材料.pdf").read_bytes() == shown(made).data
    assert made.folder_button.isEnabled()


def test_a_paper_of_another_day_says_it_is_old(made: PapersPage) -> None:
    assert made.said.isHidden()
    made.office.move_as_of(date(2021, 6, 30))
    made.refresh()
    assert "重新生成" in made.said.text()


def test_characters_without_a_face_are_named(page: PapersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def do(make: object, order: packs.PackOrder, *, wanted: object) -> packs.PrintedPack:
        return packs.PrintedPack(packs.set_pack(order).data, ("𠀀", "𫝆"))

    monkeypatch.setattr(page.office.work.workshop, "do", do)
    with qtbot.waitSignal(page.office.work.ended, timeout=_PATIENCE):
        page.make()
    assert "𠀀、𫝆" in page.said.text()


def test_numbers_that_do_not_agree_make_no_paper_and_say_why(page: PapersPage, qtbot: QtBot, monkeypatch) -> None:
    from chain_office.domain.errors import KnownError

    def refuse(ledger: Ledger, day: date, *, kind: str) -> packs.PackOrder:
        raise KnownError("台账里的数字对不上，材料没有生成。")

    monkeypatch.setattr(papers, "order_pack", refuse)
    with qtbot.waitSignal(page.office.work.refused, timeout=_PATIENCE) as told:
        page.make()
    assert told.args == ["台账里的数字对不上，材料没有生成。"]
    assert page.make_button.isEnabled()
    assert page._stack.currentWidget() is not page.view


def test_a_reconciliation_that_fails_is_said_before_a_paper_is_asked_for(
    page: PapersPage, qtbot: QtBot, monkeypatch
) -> None:
    broken = Broken("项目合计 = 各阶段之和", 40, 39, "projects.total")
    monkeypatch.setattr(papers, "failed_balances", lambda ledger, day: (broken,))
    page.refresh()
    qtbot.waitUntil(lambda: "对不上数" in page.said.text())
    assert "40 与 39" in page.said.text()
    with qtbot.waitSignal(page.wanted) as told:
        qtbot.mouseClick(page.look_button, Qt.MouseButton.LeftButton)
    assert told.args == ["projects", "figure:projects.total"]
    monkeypatch.setattr(papers, "failed_balances", lambda ledger, day: ())
    page.refresh()
    qtbot.waitUntil(lambda: page.said.text() == "")
    qtbot.waitUntil(page.look_button.isHidden)


def test_cancelling_ends_the_setting_and_leaves_what_was_there(page: PapersPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.office.work.progressed, timeout=_PATIENCE):
        page.make()
    page.office.work.cancel()
    if not page.make_button.isEnabled():
        qtbot.waitUntil(page.make_button.isEnabled, timeout=_PATIENCE)
    assert page._made is None
    assert page.make_button.isEnabled()
    with qtbot.waitSignal(page.office.work.ended, timeout=_PATIENCE):
        page.make()
    assert page._made is not None, "the next one is made in a new process"


def click(page: PapersPage, qtbot: QtBot, reference: str) -> None:
    """Click the first place on the paper that opens this."""
    spot = next(one for one in shown(page).spots if one.reference == reference)
    page.view.fit_width()
    page.view._bring_into_view(spot)
    middle = page.view._rectangle(spot).center().toPoint() - QPoint(
        page.view.horizontalScrollBar().value(), page.view.verticalScrollBar().value()
    )
    assert page.view.spot_at(middle) == spot
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)


@pytest.mark.parametrize(
    ("reference", "page_id"),
    [
        ("figure:problems.collected", "problems"),
        ("figure:output.yoy_percent", "output"),
        ("figure:finance.drawn_yuan", "finance"),
        ("chart:pipeline", "charts"),
    ],
)
def test_a_click_on_a_number_opens_what_it_counts(made: PapersPage, qtbot: QtBot, reference: str, page_id: str) -> None:
    with qtbot.waitSignal(made.wanted) as opened:
        click(made, qtbot, reference)
    assert opened.args == [page_id, reference]


def test_a_row_of_a_list_opens_its_record(made: PapersPage, qtbot: QtBot) -> None:
    reference = next(one.reference for one in shown(made).spots if one.reference.startswith("problem:"))
    with qtbot.waitSignal(made.wanted) as opened:
        click(made, qtbot, reference)
    assert opened.args == ["problems", reference]


def test_what_a_number_says_is_where_the_click_is_taken(made: PapersPage, qtbot: QtBot) -> None:
    at_rest(made, qtbot)
    spot = next(one for one in shown(made).spots if one.reference == "figure:problems.collected")
    with pypdfium2.PdfDocument(shown(made).data) as document:
        leaf = document[spot.page]
        bottom = leaf.get_height() - spot.top - spot.height
        said = leaf.get_textpage().get_text_bounded(spot.left, bottom, spot.left + spot.width, bottom + spot.height)
    assert said.strip() == "87"
    assert "收集问题 87 个" in spot.tip
    assert "收集 = 筛选入 + 不予采纳 + 暂不具备 + 待筛选" in spot.tip


def test_rows_are_opened_at_the_papers_own_date(made: PapersPage, qtbot: QtBot) -> None:
    made.office.move_as_of(date(2021, 6, 30))
    with qtbot.waitSignal(made.wanted):
        click(made, qtbot, "figure:problems.collected")
    assert made.office.as_of == date(2021, 11, 19)


def test_keys_go_from_number_to_number_and_enter_opens(made: PapersPage, qtbot: QtBot) -> None:
    made.view.setFocus()
    qtbot.keyClick(made.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    first = made.view._spot
    qtbot.keyClick(made.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert first is not None
    assert made.view._spot not in {None, first}
    qtbot.keyClick(made.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(made.wanted) as opened:
        qtbot.keyClick(made.view, Qt.Key.Key_Return)
    assert opened.args[1] == first.reference


def test_an_issued_paper_opens_again_byte_for_byte_with_its_numbers(made: PapersPage, qtbot: QtBot) -> None:
    paper = shown(made)
    with qtbot.waitSignal(made.office.wrote, timeout=_PATIENCE) as told:
        qtbot.mouseClick(made.issue_button, Qt.MouseButton.LeftButton)
    assert told.args[0].table == "issued_pack"
    qtbot.waitUntil(lambda: made.issued.model.rowCount() == 1)
    assert not made.issue_button.isEnabled(), "issued once"
    made._forget()
    made.issued.view.selectRow(0)
    qtbot.mouseClick(made.issued.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made._made is not None, timeout=_PATIENCE)
    again = shown(made)
    assert again.data == paper.data
    assert [one.reference for one in again.spots] == [one.reference for one in paper.spots]
    assert again.spots[0].tip == paper.spots[0].tip
    assert not made.issue_button.isEnabled()


def test_an_issued_paper_can_be_taken_back(made: PapersPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(made.office.wrote, timeout=_PATIENCE):
        made.issue()
    qtbot.waitUntil(lambda: made.issued.model.rowCount() == 1)
    made.issued.view.selectRow(0)
    qtbot.mouseClick(made.issued.back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.issued.model.rowCount() == 0)


def test_the_printer_is_chosen_in_a_dialog_that_does_not_stop_the_window(made: PapersPage, qtbot: QtBot) -> None:
    printer = make_printer(shown(made), "试印")
    if sys.platform == "win32" and printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
        with qtbot.waitSignal(made.office.work.refused) as told:
            made.print()
        assert "没有装打印机" in told.args[0]
        return
    made.print()
    dialog = made.findChild(QPrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: made.findChild(QPrintDialog) is None)


def ink(data: bytes, place: int, dpi: int) -> list[float]:
    """Left, top, right and bottom of what is printed on a page, in mm."""
    import numpy as np

    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        grey = document[place].render(scale=dpi / 72, grayscale=True).to_numpy().reshape(-1, 1)
        height = round(document.get_page_size(place)[1] * dpi / 72)
        grey = grey.reshape(height, -1) if grey.size % height == 0 else grey.reshape(height + 1, -1)
    rows, columns = np.where(grey < 128)
    return [float(edge) * _MM / dpi for edge in (columns.min(), rows.min(), columns.max(), rows.max())]


def test_the_ink_on_the_sheet_stands_where_it_does_in_the_pdf(made: PapersPage, qtbot: QtBot, tmp_path: Path) -> None:
    paper = shown(made)
    printer = make_printer(paper, "试印")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "印.pdf"))
    printer.setFromTo(1, 2)
    made.print_on(printer)
    qtbot.waitUntil(lambda: made.said.text() == "已送打印机 2 页。", timeout=_PATIENCE)
    at_rest(made, qtbot)
    printed = (tmp_path / "印.pdf").read_bytes()
    with pypdfium2.PdfDocument(printed) as document:
        assert len(document) == 2
        assert document.get_page_size(0) == pytest.approx(paper.sizes[0], abs=0.6)
    for place in range(2):
        assert ink(printed, place, 300) == pytest.approx(ink(paper.data, place, 300), abs=0.2)


def test_a_printing_that_is_cancelled_stops(made: PapersPage, qtbot: QtBot, tmp_path: Path) -> None:
    printer = make_printer(shown(made), "试印")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "印.pdf"))
    with qtbot.waitSignal(made.office.work.ended, timeout=_PATIENCE):
        made.print_on(printer)
        made.office.work.cancel()
    assert not made.said.text().startswith("已送打印机")


def test_where_to_save_is_asked_without_stopping_the_window(made: PapersPage, qtbot: QtBot, tmp_path: Path) -> None:
    made.save()
    dialog = made.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.defaultSuffix() == "pdf"
    dialog.fileSelected.emit(str(tmp_path / "存.pdf"))
    dialog.done(0)
    qtbot.waitUntil(lambda: made.said.text().startswith("已保存到"))
    assert (tmp_path / "存.pdf").read_bytes() == shown(made).data
