"""材料: make a paper from the ledger at a date, look through its pages and what they count, issue it, save, print."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QDate, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chain_office import files
from chain_office.services import issuing
from chain_office.services.packs import KINDS, failed_balances, order_pack, set_pack
from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.figure_tips import page_of
from chain_office.ui.kit.file_asking import ask_where_to_save
from chain_office.ui.kit.issued_list import IssuedList
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.made_paper import MadePaper, fresh, reopened
from chain_office.ui.kit.moments import local
from chain_office.ui.kit.paper_view import PaperView
from chain_office.ui.kit.printing import choose_printer, make_printer, print_pages
from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

    from chain_office.domain.forms import Saved
    from chain_office.services.issuing import Issued, Opened
    from chain_office.services.packs import PackOrder
    from chain_office.services.reconciling import Broken
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

_SETTLED_MILLISECONDS = 400
_EMPTY = (
    "这里是打印前的样子。选好材料种类和截止日期，点“生成”，数字按那一天从台账里算出来；对不上数的材料不会生成。\n"
    "生成后，纸上的数字、清单里的行都可以点开，看到它数的是哪些记录。"
)


class PapersPage(Page):
    """材料."""

    id: ClassVar[str] = "papers"
    title: ClassVar[str] = "材料"
    icon_name: ClassVar[str] = "file-text"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._made: MadePaper | None = None
        self._saved: Path | None = None
        self._ledger: Path | None = None
        self._shown_day: date | None = None
        self._asked: object = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MILLISECONDS)
        self._settled.timeout.connect(self._reconcile)
        self.kind = QComboBox()
        self.kind.addItems(KINDS)
        self.kind.setAccessibleName("材料种类")
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setKeyboardTracking(False)
        self.day.setAccessibleName("材料的截止日期")
        self.day.dateChanged.connect(lambda _day: self._check())
        self.make_button = self._button("file-text", "生成", self.make)
        self.issue_button = self._button("circle-check", "定稿", self.issue)
        self.issue_button.setToolTip("冻结这份材料：数字和 PDF 记进台账，以后比较“上次材料以来”以它为准")
        self.save_button = self._button("download", "保存 PDF……", self.save)
        self.folder_button = self._button("folder-open", "打开文件夹", self.open_folder)
        self.print_button = self._button("printer", "打印……", self.print)
        self.out_button = self._button("zoom-out", "缩小", lambda: self.view.zoom_out())
        self.in_button = self._button("zoom-in", "放大", lambda: self.view.zoom_in())
        self.fit_button = self._button("", "适合宽度", lambda: self.view.fit_width())
        self.whole_button = self._button("", "整页", lambda: self.view.fit_page())
        self.page_number = label("", "quiet")
        self.percent = label("", "quiet")
        self.said = label("", "quiet", wrap=True)
        self._broken: tuple[Broken, ...] = ()
        self.look_button = self._button("list", "查看这些行", self._look)
        self.look_button.hide()
        self.view = PaperView(office.work, office.palette)
        self.view.page_changed.connect(self._tell_page)
        self.view.zoomed.connect(lambda zoom: self.percent.setText(f"{round(zoom * 100)}%"))
        self.view.opened.connect(self._open_rows)
        self.issued = IssuedList(office.palette)
        self.issued.wanted.connect(self.open_issued)
        self.issued.back_wanted.connect(self.take_back)
        self._stack = QStackedWidget()
        self._lay_out()
        self._enable()
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, action in (
            ("zoom_in", self.view.zoom_in),
            ("zoom_out", self.view.zoom_out),
            ("save_paper", self.save),
            ("print_paper", self.print),
        ):
            keys.shortcut(key, self, action, context=here)

    def parts(self) -> tuple[QWidget, ...]:
        """What to make, the paper, those issued."""
        return (self.kind, self.view, self.issued.view)

    def _button(self, sign: str, text: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        if sign:
            button.setIcon(icon(sign, self.office.palette.accent))
        button.clicked.connect(lambda: action())
        return button

    def _lay_out(self) -> None:
        self.make_button.setProperty("role", "primary")
        self.make_button.setIcon(icon("file-text", self.office.palette.on_accent))
        bar, below = QHBoxLayout(), QHBoxLayout()
        for row in (bar, below):
            row.setSpacing(8)
        for widget in (self.kind, label("截至", "quiet"), self.day, self.make_button):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (self.issue_button, self.save_button, self.folder_button, self.print_button):
            bar.addWidget(widget)
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self.view)
        below.addWidget(self.page_number)
        below.addStretch(1)
        for widget in (self.out_button, self.percent, self.in_button, self.fit_button, self.whole_button):
            below.addWidget(widget)
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._stack, 1)
        inside.addLayout(below)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.issued)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setSizes([900, 300])
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(bar)
        told = QHBoxLayout()
        told.addWidget(self.said, 1)
        told.addWidget(self.look_button)
        column.addLayout(told)
        column.addWidget(split, 1)
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
        """Follow the cut-off date; a paper that is shown stays, and says if it no longer is of now."""
        shown = self.office.shown
        if shown is not None and shown.path != self._ledger:
            self._ledger = shown.path
            self._forget()
        if self.office.as_of != self._shown_day:
            self._shown_day = self.office.as_of
            self.day.setDate(QDate(self._shown_day.year, self._shown_day.month, self._shown_day.day))
        self.office.work.ask(issuing.issued_packs, self.issued.show_packs, owner=self)
        self._tell_state(stale=self._made is not None)
        self._check()

    @property
    def chosen_day(self) -> date:
        """The date a paper would be made at."""
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _check(self) -> None:
        """Say beforehand which reconciliation would stop a paper: once the date stays, and when nothing else is asked of
        the ledger, for it reads all there is."""
        self._settled.start()

    def _reconcile(self) -> None:
        day = self.chosen_day
        asked = self._asked = object()  # a newer question takes this one's place
        self.office.work.spare(
            lambda ledger: failed_balances(ledger, day),
            lambda failed: self._warn(failed) if self._asked is asked else None,
            owner=self,
            wanted=lambda: self._asked is asked,
        )

    def _look(self) -> None:
        """The rows behind the figure that does not agree."""
        for one in self._broken:
            self.wanted.emit(page_of(one.reference), one.reference)

    def _warn(self, failed: tuple[Broken, ...]) -> None:
        more = f"等 {len(failed)} 项" if len(failed) > 1 else ""
        self.make_button.setToolTip(plain_tip("\n".join(one.text for one in failed)))
        self._broken = failed[:1]
        self.look_button.setVisible(bool(failed))
        if failed:
            self._tell(f"对不上数，材料不会生成：{failed[0].text}{more}。请先核对这些行。", "red")
        elif self.said.property("light") == "red":
            self._tell_state(stale=False)

    def make(self) -> None:
        """Read on the database thread, set in the workshop."""
        kind, day, workshop = self.kind.currentText(), self.chosen_day, self.office.work.workshop
        self.make_button.setEnabled(False)

        def job(order: PackOrder, progress: Progress) -> MadePaper:
            progress(1, 3, "排版")
            printed = workshop.do(set_pack, order, wanted=progress.check)
            progress(2, 3, "准备预览")
            return fresh(order, printed)

        def over() -> None:
            self.make_button.setEnabled(True)
            work.ended.disconnect(over)

        work = self.office.work
        work.ended.connect(over)
        work.make("生成材料", lambda ledger: order_pack(ledger, day, kind=kind), job, self._take, owner=self)

    def _forget(self) -> None:
        """Another ledger is open: the paper was not made from it."""
        self._made = self._saved = None
        self.view.show_paper(None)
        self._stack.setCurrentIndex(0)
        self._tell("")
        self._enable()

    def _take(self, made: MadePaper) -> None:
        self._made, self._saved = made, None
        self._stack.setCurrentWidget(self.view)
        self.view.show_paper(made.paper)
        self.view.setFocus()
        self._enable()
        self._tell_state(stale=False)

    def _tell_state(self, *, stale: bool) -> None:
        made = self._made
        if made is None:
            self._tell("")
        elif made.issued is not None:
            self._tell(f"{made.title}：{local(made.issued.at)} 定稿，与当时一个字节不差。点开的行是台账现在的样子。")
        elif made.missing:
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
        made = self._made
        for button in (self.save_button, self.print_button, self.out_button, self.in_button):
            button.setEnabled(made is not None)
        for button in (self.fit_button, self.whole_button):
            button.setEnabled(made is not None)
        writable = self.office.shown is not None and not self.office.shown.read_only
        self.issue_button.setEnabled(made is not None and made.order is not None and made.issued is None and writable)
        self.percent.setVisible(made is not None)
        self.folder_button.setEnabled(self._saved is not None)

    # What a click on the paper opens.

    def _open_rows(self, reference: str) -> None:
        """The rows at the paper's own date."""
        if self._made is not None and self._made.day != self.office.as_of:
            self.office.move_as_of(self._made.day)
        page = page_of(reference)
        if page:
            self.wanted.emit(page, reference)

    # Issuing.

    def issue(self) -> None:
        """Freeze the paper that is shown."""
        made, actor = self._made, self.office.actor
        if made is None or made.order is None or made.printed is None:
            return
        order, printed = made.order, made.printed
        self.issue_button.setEnabled(False)
        self.office.work.ask(
            lambda ledger: issuing.issue(ledger, order, printed, actor),
            lambda done: self._issued(made, *done),
            owner=self,
            failed=self._not_issued,
        )

    def _issued(self, made: MadePaper, saved: Saved, pack: Issued) -> None:
        if self._made is made:
            self._made = made.as_issued(pack)
            self._enable()
            self._tell_state(stale=False)
        self.office.wrote.emit(saved)
        self.refresh()

    def _not_issued(self, error: Exception) -> None:
        self._enable()
        self.office.work.explain(error)

    def open_issued(self, pack: Issued) -> None:
        """Show an issued paper as it was."""

        def show(opened: Opened) -> None:
            self.office.work.aside(lambda: reopened(opened), self._take, owner=self)

        self.office.work.ask(lambda ledger: issuing.open_pack(ledger, pack), show, owner=self)

    def take_back(self, pack: Issued) -> None:
        """Move an issued paper to the bin."""
        actor = self.office.actor

        def taken(saved: Saved) -> None:
            self.office.wrote.emit(saved)
            self.refresh()

        self.office.work.ask(lambda ledger: issuing.take_back(ledger, pack, actor), taken, owner=self)

    # Saving and printing.

    def save(self) -> None:
        """Ask where, and save."""
        if self._made is not None:
            name, kinds = f"{self._made.title}.pdf", ("PDF (*.pdf)",)
            ask_where_to_save(self, "保存材料", name, kinds, lambda path, _kind: self.save_as(path))

    def save_as(self, path: Path) -> None:
        """Write the PDF, whole or not at all."""
        if self._made is None:
            return
        data, target = self._made.paper.data, path if path.suffix.lower() == ".pdf" else Path(f"{path}.pdf")
        self.office.work.aside(lambda: files.write_bytes(target, data), lambda _: self._kept(target), owner=self)

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
        pages = len(self._made.paper.sizes)
        choose_printer(printer, pages, self, lambda: self.print_on(printer), self.office.work.refused.emit)

    def print_on(self, printer: QPrinter) -> None:
        """Print in a job."""
        if self._made is None:
            return
        paper = self._made.paper
        self.office.work.make(
            "打印",
            lambda _ledger: paper,
            lambda found, progress: print_pages(found, printer, progress),
            lambda pages: self._tell(f"已送打印机 {pages} 页。"),
            owner=self,
        )
