"""材料: make a paper from the ledger at the cut-off date, look at its pages, save, print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from chain_office import files
from chain_office.services.packs import KINDS, print_pack
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.paper_view import PaperView
from chain_office.ui.kit.pdf_pages import read_paper
from chain_office.ui.kit.printing import make_printer, print_pages
from chain_office.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

_EMPTY = "这里是打印前的样子。选好材料种类，点“生成”，数字按截止日期从台账里算出来；对不上数的材料不会生成。"


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper that was made: of what kind, at which date, and the characters no face had."""

    kind: str
    day: date
    paper: Paper
    missing: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.kind}材料-截至{self.day.isoformat()}"


class PapersPage(Page):
    """材料."""

    id: ClassVar[str] = "papers"
    title: ClassVar[str] = "材料"
    icon_name: ClassVar[str] = "file-text"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._made: _Made | None = None
        self._saved: Path | None = None
        self._ledger: Path | None = None
        self.kind = QComboBox()
        self.kind.addItems(KINDS)
        self.kind.setAccessibleName("材料种类")
        self._day = label("", "quiet")
        self.make_button = self._button("file-text", "生成", self.make)
        self.save_button = self._button("download", "保存 PDF……", self.save)
        self.folder_button = self._button("folder-open", "打开所在文件夹", self.open_folder)
        self.print_button = self._button("printer", "打印……", self.print)
        self.out_button = self._button("zoom-out", "缩小", lambda: self.view.zoom_out())
        self.in_button = self._button("zoom-in", "放大", lambda: self.view.zoom_in())
        self.fit_button = self._button("", "适合宽度", lambda: self.view.fit_width())
        self.whole_button = self._button("", "整页", lambda: self.view.fit_page())
        self.page_number = label("", "quiet")
        self.percent = label("", "quiet")
        self.said = label("", "quiet", wrap=True)
        self.view = PaperView(office.work, office.palette)
        self.view.page_changed.connect(self._tell_page)
        self.view.zoomed.connect(lambda zoom: self.percent.setText(f"{round(zoom * 100)}%"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._enable()

    def _button(self, sign: str, text: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        if sign:
            button.setIcon(icon(sign, self.office.palette.accent))
        button.clicked.connect(lambda: action())
        return button

    def _lay_out(self) -> None:
        self.make_button.setProperty("role", "primary")
        self.make_button.setIcon(icon("file-text", self.office.palette.on_accent))
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget in (self.kind, self._day, self.make_button):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.page_number)
        for widget in (self.out_button, self.percent, self.in_button, self.fit_button, self.whole_button):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (self.save_button, self.folder_button, self.print_button):
            bar.addWidget(widget)
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.said)
        column.addWidget(self._stack, 1)
        self.said.hide()

    def _make_empty(self) -> QFrame:
        empty = QFrame()
        empty.setProperty("role", "card")
        column = QVBoxLayout(empty)
        column.setContentsMargins(24, 24, 24, 24)
        column.addWidget(label("还没有生成材料", "section"))
        column.addWidget(label(_EMPTY, "quiet", wrap=True))
        column.addStretch(1)
        return empty

    def refresh(self) -> None:
        """Say at which date a paper would be made; one that is shown stays, and says if it no longer is of now."""
        shown = self.office.shown
        if shown is not None and shown.path != self._ledger:
            self._ledger = shown.path
            self._forget()
        self._day.setText(f"截至 {self.office.as_of.isoformat()}")
        self._tell_state(stale=self._made is not None)

    def make(self) -> None:
        """Make the paper in a job."""
        kind, day = self.kind.currentText(), self.office.as_of
        self.make_button.setEnabled(False)

        def job(ledger: Ledger, progress: Progress) -> _Made:
            progress(0, 2, "核对数字，排版")
            printed = print_pack(ledger, day, kind=kind)
            progress(1, 2, "准备预览")
            return _Made(kind, day, read_paper(printed.data), printed.missing)

        def over() -> None:
            self.make_button.setEnabled(True)
            work.ended.disconnect(over)

        work = self.office.work
        work.ended.connect(over)
        work.long("生成材料", job, self._take, owner=self)

    def _forget(self) -> None:
        """Another ledger is open: the paper was not made from it."""
        self._made = self._saved = None
        self.view.show_paper(None)
        self._stack.setCurrentIndex(0)
        self._tell("")
        self._enable()

    def _take(self, made: _Made) -> None:
        self._made, self._saved = made, None
        self._stack.setCurrentWidget(self.view)
        self.view.show_paper(made.paper)
        self.view.setFocus()
        self._enable()
        self._tell_state(stale=False)

    def _tell_state(self, *, stale: bool) -> None:
        made = self._made
        if made is None:
            return
        if made.missing:
            shown = "、".join(made.missing)
            self._tell(f"这些字没有合适的字体，印成了〓：{shown}。请在台账里换一种写法，或手工补上。", "amber")
        elif stale:
            self._tell("生成之后台账或截止日期可能变了；要最新的数字，请重新生成。", "amber")
        else:
            self._tell("", "")

    def _tell(self, sentence: str, light: str = "") -> None:
        self.said.setText(sentence)
        show_light(self.said, light)
        self.said.setVisible(bool(sentence))

    def _tell_page(self, page: int, pages: int) -> None:
        self.page_number.setText(f"第 {page} 页，共 {pages} 页" if pages else "")

    def _enable(self) -> None:
        for button in (
            self.save_button,
            self.print_button,
            self.out_button,
            self.in_button,
            self.fit_button,
            self.whole_button,
        ):
            button.setEnabled(self._made is not None)
        self.percent.setVisible(self._made is not None)
        self.folder_button.setEnabled(self._saved is not None)

    def save(self) -> None:
        """Ask where, and save."""
        if self._made is not None:
            path, _ = QFileDialog.getSaveFileName(self, "保存材料", f"{self._made.title}.pdf", "PDF (*.pdf)")
            if path:
                self.save_as(Path(path))

    def save_as(self, path: Path) -> None:
        """Write the PDF, whole or not at all."""
        if self._made is None:
            return
        data, target = self._made.paper.data, path if path.suffix.lower() == ".pdf" else Path(f"{path}.pdf")
        self.office.work.ask(lambda _ledger: files.write_bytes(target, data), lambda _: self._kept(target), owner=self)

    def _kept(self, path: Path) -> None:
        self._saved = path
        self._enable()
        self._tell(f"已保存到 {path}")

    def open_folder(self) -> None:
        """Show where the PDF was saved."""
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    def print(self) -> None:
        """Let the person choose a printer and pages."""
        if self._made is None:
            return
        printer = make_printer(self._made.paper, self._made.title)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(self._made.paper.sizes))
        if dialog.exec():  # the system's own dialog on Windows knows no other way
            self.print_on(printer)
        dialog.deleteLater()

    def print_on(self, printer: QPrinter) -> None:
        """Print in a job."""
        if self._made is None:
            return
        paper = self._made.paper
        self.office.work.long(
            "打印",
            lambda _ledger, progress: print_pages(paper, printer, progress),
            lambda pages: self._tell(f"已送打印机 {pages} 页。"),
            owner=self,
        )
