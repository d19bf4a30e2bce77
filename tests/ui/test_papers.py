"""材料: made in a job, seen page by page, saved whole, printed at the size it was made."""

from __future__ import annotations

import io
import threading
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from chain_office.services import packs
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


def shown(page: PapersPage) -> Paper:
    assert page._made is not None
    return page._made.paper


def test_before_anything_is_made_the_page_says_what_belongs_here(page: PapersPage) -> None:
    assert page._stack.currentWidget() is not page.view
    assert not page.print_button.isEnabled()
    assert page.kind.currentText() == "调度会"
    assert page._day.text() == "截至 2021-11-19"


def test_the_paper_is_made_off_the_gui_thread_and_shown_page_by_page(
    page: PapersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def printed(ledger: Ledger, day: date, *, kind: str) -> packs.PrintedPack:
        threads.append(threading.get_ident())
        return packs.print_pack(ledger, day, kind=kind)

    monkeypatch.setattr(papers, "print_pack", printed)
    qtbot.mouseClick(page.make_button, Qt.MouseButton.LeftButton)
    assert not page.make_button.isEnabled()
    qtbot.waitUntil(lambda: bool(page.view._drawn), timeout=_PATIENCE)
    assert threads
    assert threading.get_ident() not in threads
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
    def printed(ledger: Ledger, day: date, *, kind: str) -> packs.PrintedPack:
        return packs.PrintedPack(packs.print_pack(ledger, day, kind=kind).data, ("𠀀", "𫝆"))

    monkeypatch.setattr(papers, "print_pack", printed)
    with qtbot.waitSignal(page.office.work.ended, timeout=_PATIENCE):
        page.make()
    assert "𠀀、𫝆" in page.said.text()


def test_numbers_that_do_not_agree_make_no_paper_and_say_why(page: PapersPage, qtbot: QtBot, monkeypatch) -> None:
    from chain_office.domain.errors import KnownError

    def refuse(ledger: Ledger, day: date, *, kind: str) -> packs.PrintedPack:
        raise KnownError("台账里的数字对不上，材料没有生成。")

    monkeypatch.setattr(papers, "print_pack", refuse)
    with qtbot.waitSignal(page.office.work.refused, timeout=_PATIENCE) as told:
        page.make()
    assert told.args == ["台账里的数字对不上，材料没有生成。"]
    assert page.make_button.isEnabled()
    assert page._stack.currentWidget() is not page.view


def test_cancelling_leaves_what_was_there(page: PapersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(ledger: Ledger, day: date, *, kind: str) -> packs.PrintedPack:
        begun.set()
        go_on.wait(10)
        return packs.print_pack(ledger, day, kind=kind)

    monkeypatch.setattr(papers, "print_pack", slow)
    page.make()
    assert begun.wait(10)
    page.office.work.cancel()
    with qtbot.waitSignal(page.office.work.ended, timeout=_PATIENCE):
        go_on.set()
    assert page._made is None
    assert page.make_button.isEnabled()


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
