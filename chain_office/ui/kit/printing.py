"""A paper on a printer: every page over the whole sheet, at the size it was made, 300 dots an inch."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from chain_office.domain.errors import KnownError
from chain_office.ui.kit.pdf_pages import POINTS_PER_INCH, draw_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.work import Progress

DPI: Final = 300
_BAND: Final = 64
"""Rows of dots put on the sheet at once."""


def make_printer(paper: Paper, title: str) -> QPrinter:
    """A printer set for the paper's sheet: no margins of its own, nothing scaled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageLayout(_layout(paper.sizes[0]))
    printer.setFromTo(1, len(paper.sizes))
    return printer


def _layout(size: tuple[float, float]) -> QPageLayout:
    short, long = sorted(size)
    upright = QPageLayout.Orientation.Portrait
    across = QPageLayout.Orientation.Landscape
    sheet = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(sheet, upright if size[0] <= size[1] else across, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _put(painter: QPainter, printer: QPrinter, picture: QImage, progress: Progress) -> None:
    """The page over the whole sheet, a band at a time: packing a whole page's dots would hold the window up."""
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    across, down = sheet.width() / picture.width(), sheet.height() / picture.height()
    for top in range(0, picture.height(), _BAND):
        progress.check()
        band = picture.copy(QRect(0, top, picture.width(), min(_BAND, picture.height() - top)))
        painter.drawImage(QRectF(0, top * down, band.width() * across, band.height() * down), band)


def choose_printer(
    printer: QPrinter, pages: int, parent: QWidget, chosen: Callable[[], None], refused: Callable[[str], None]
) -> None:
    """Let the person choose a printer and pages; ``refused`` is told where there is none to choose."""
    if sys.platform == "win32" and printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
        refused("这台电脑没有装打印机；可以先保存为 PDF，拿到有打印机的电脑上打印。")
        return
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, pages)
    dialog.accepted.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # its own open() wants a slot of C++


def print_pages(paper: Paper, printer: QPrinter, progress: Progress) -> int:
    """Print the pages the person chose; returns how many. Runs on the bench; cancelling stops the printing."""
    first = max(1, printer.fromPage())
    last = min(len(paper.sizes), printer.toPage() or len(paper.sizes))
    progress(0, last - first + 1, "正在打印")
    printer.setPageLayout(_layout(paper.sizes[first - 1]))
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError("打印机没有准备好，没有打印；请检查打印机是否打开、缺纸或被停用，再试一次。")
    try:
        for done, page in enumerate(range(first, last + 1), start=1):
            if page > first:
                printer.setPageLayout(_layout(paper.sizes[page - 1]))
                if not printer.newPage():
                    raise KnownError(f"打印到第 {page} 页时打印机停下了；请检查打印机，从这一页接着打印。")
            _put(painter, printer, draw_page(paper, page - 1, DPI / POINTS_PER_INCH), progress)
            progress(done, last - first + 1, f"正在打印第 {page} 页")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return last - first + 1
