"""The main window: navigation at the left, search and ledger above, state below, a page in the middle. It knows no page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from chain_office.ui import keys, lacking, left_off
from chain_office.ui.banners import TOLD, Banners
from chain_office.ui.icons import icon
from chain_office.ui.key_sheet import KeySheet
from chain_office.ui.kit.drop import books_in, files_in
from chain_office.ui.kit.press import pushed
from chain_office.ui.navigation import Navigation
from chain_office.ui.statusline import StatusLine
from chain_office.ui.topbar import TopBar
from chain_office.ui.trail import Place, Trail
from chain_office.ui.undoing import Undoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from chain_office.domain.figures import Figure
    from chain_office.services.ledgers import Changes
    from chain_office.ui.office import Office
    from chain_office.ui.page import Page, PageKind

LEDGER = ".ledger"
_BACK, _FORWARD = -1, 1


class Frame(QMainWindow):
    """The shell. Pages are classes; each is built when it is first shown."""

    ledger_dropped = Signal(object)
    """A ledger was dropped on the window: its path."""
    books_dropped = Signal(list)
    """Workbooks were dropped while no ledger is open."""
    open_wanted = Signal()
    closing = Signal()

    def __init__(self, office: Office, pages: Sequence[PageKind | type[Page]], start: QWidget) -> None:
        super().__init__()
        self._office = office
        self._kinds = {kind.id: kind for kind in pages}
        self._pages: dict[str, Page] = {}
        self._trail = Trail()
        self._ledger: Path | None = None
        self.setWindowTitle("产业链办")
        self.setMinimumSize(880, 500)
        self.resize(1366, 728)
        self.setAcceptDrops(True)
        self.nav = Navigation(office, pages)
        self.start = start
        self._stack = QStackedWidget()
        self._stack.addWidget(start)
        self.top = TopBar(office)
        self.undoing = Undoing(office, self)
        self.status = StatusLine(office, self.undoing)
        self.banners = Banners(office.palette)
        self.setCentralWidget(self._lay_out())
        self._connect()
        self._enable(open_=False)

    def _lay_out(self) -> QWidget:
        side = QFrame()
        side.setProperty("role", "side")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 0, 6)
        column.addWidget(self.nav, 1)
        sheet = pushed(icon("keyboard", self._office.palette.quiet), "快捷键", self.show_keys, role="flat")
        sheet.setToolTip(keys.hint("快捷键表", "sheet"))
        column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (self.top, self.banners):
            right.addWidget(widget)
        right.addWidget(self._stack, 1)
        right.addWidget(self.status)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        return whole

    def _connect(self) -> None:
        self.nav.wanted.connect(self.go)
        self.nav.figure_opened.connect(self._open_figure)
        self._office.shown_changed.connect(self._opened)
        self._office.work.changed.connect(self._changed)
        self._office.work.closed.connect(self._closed)
        self._office.work.refused.connect(self.tell)
        self.top.wanted.connect(self.go)
        keys.shortcut("search", self, self.top.focus_search)
        keys.shortcut("back", self, lambda: self._step(_BACK))
        keys.shortcut("forward", self, lambda: self._step(_FORWARD))
        keys.shortcut("next_part", self, lambda: self._next_part(1))
        keys.shortcut("previous_part", self, lambda: self._next_part(-1))
        keys.shortcut("undo", self, self._undo)
        keys.shortcut("redo", self, self._redo)
        keys.shortcut("open", self, self.open_wanted.emit)
        keys.shortcut("refresh", self, self.redraw)
        keys.shortcut("sheet", self, self.show_keys)
        ids = list(self._kinds)
        for number, made in enumerate(keys.shortcut("page", self, int)):
            if number < len(ids):
                made.activated.connect(lambda wanted=ids[number]: self.go(wanted))
        if len(ids) > keys.PAGES:
            keys.shortcut("settings", self, lambda: self.go(ids[-1]))

    def _enable(self, *, open_: bool) -> None:
        self.nav.setEnabled(open_)
        self.top.setEnabled(open_)

    # Ledgers.

    def _opened(self) -> None:
        """A ledger was opened, or is shown at another date: everything is stale."""
        shown = self._office.shown
        if shown is None:
            return
        self._enable(open_=True)
        for page in self._pages.values():
            page.stale = True
        self.setWindowTitle(f"{shown.name} - 产业链办" + ("（示例数据）" if shown.sample else ""))
        self._say_what_is_lacking()
        current = self.current()
        if shown.path == self._ledger and current is not None:
            self._refresh(current)
            return
        self._ledger = shown.path
        self._trail.clear()
        self.nav.setFocus()
        last = left_off.place_in(shown.path)
        if last is not None and last.page in self._kinds:
            self.go(last.page, last.reference)
        else:
            self.go(next(iter(self._kinds)))

    def show_instead(self, widget: QWidget) -> None:
        """Show something that is no page: what can be restored, the three doors."""
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def leave(self) -> None:
        """Back to the page last looked at, or to the three doors."""
        if self._ledger is None:
            self._stack.setCurrentWidget(self.start)
        else:
            self._show(self._trail.here or Place(next(iter(self._kinds))))

    def _closed(self) -> None:
        """No ledger any more: the three doors."""
        self._ledger = None
        self._enable(open_=False)
        self.setWindowTitle("产业链办")
        self.nav.clearSelection()
        self._stack.setCurrentWidget(self.start)

    def _changed(self, changes: Changes) -> None:
        tables = frozenset(changes.rows)
        for page in self._pages.values():
            page.stale = page.stale or page.notice(tables)
        current = self.current()
        if current is not None and current.stale:
            self._refresh(current)

    def _say_what_is_lacking(self) -> None:
        sentence = lacking.sentence()
        if sentence:
            lacking.forget()
            self.banners.put("lacking", sentence, light="amber")

    # Pages.

    def current(self) -> Page | None:
        """The page in the middle; None while the start page is."""
        widget = self._stack.currentWidget()
        return next((page for page in self._pages.values() if page is widget), None)

    def page(self, page_id: str) -> Page:
        """A page, built if it was not shown yet."""
        page = self._pages.get(page_id)
        if page is None:
            page = self._kinds[page_id](self._office)
            page.wanted.connect(self.go)
            self._pages[page_id] = page
            self._stack.addWidget(page)
            left_off.restore_panes(page)
        return page

    def _open_figure(self, figure: Figure) -> None:
        from chain_office.ui.kit.figure_menu import rows_place  # loaded with the menu it was chosen from

        self.go(*rows_place(figure))

    def go(self, page_id: str, reference: str = "") -> None:
        """Show a page, and a record or filter on it."""
        self._note_place()
        self._show(Place(page_id, reference))
        self._trail.visit(Place(page_id, reference))

    def _show(self, place: Place) -> None:
        page = self.page(place.page)
        self._stack.setCurrentWidget(page)
        self.nav.show_page(place.page)
        if page.stale:
            self._refresh(page)
        if place.reference:
            page.show_record(place.reference)

    def _step(self, by: int) -> None:
        """Back or forward on the trail."""
        self._note_place()
        place = self._trail.step(by)
        if place is not None:
            self._show(place)

    def _note_place(self) -> Place | None:
        """Remember on the trail which record is looked at now."""
        page = self.current()
        if page is None:
            return None
        place = Place(page.id, page.where())
        self._trail.update(place)
        return place

    def _refresh(self, page: Page) -> None:
        page.stale = False
        page.refresh()

    def redraw(self) -> None:
        """Read everything again, or draw it in other colours."""
        for page in self._pages.values():
            page.stale = True
        current = self.current()
        if current is not None:
            self._refresh(current)

    def take_books(self, books: Sequence[Path]) -> None:
        """Hand workbooks to the page that takes them in."""
        taker = next((kind.id for kind in self._kinds.values() if kind.takes_files), None)
        if taker is not None:
            self.go(taker)
            self.page(taker).take_files(books)

    # Keys.

    def _next_part(self, by: int) -> None:
        """The next of: navigation, search, what is said above the page, the page's parts, the status line."""
        page = self.current()
        middle = page.parts() if page is not None else (self._stack.currentWidget(),)
        wanted = (self.nav, self.top.box, self.banners, *middle, self.status)
        parts = [part for part in wanted if part.isVisible() and part.isEnabled()]
        focus = QApplication.focusWidget()
        here = next(
            (n for n, part in enumerate(parts) if focus is not None and _holds(part, focus)), 0 if by < 0 else -1
        )
        for step in range(1, len(parts) + 1):
            if _enter(parts[(here + by * step) % len(parts)]):
                return

    def _undo(self) -> None:
        if not _typed("undo"):
            self.undoing.undo()

    def _redo(self) -> None:
        if not _typed("redo"):
            self.undoing.redo()

    def show_keys(self) -> None:
        """The sheet of keys."""
        KeySheet(self._office.palette, self).open()

    # What is said.

    def tell(self, sentence: str) -> None:
        """Say something above the page; it goes by itself. What stands there already is not said twice."""
        if self.banners.says(sentence):
            return
        self.banners.put(TOLD, sentence, goes=True)

    # Files dropped, and the end.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A ledger or workbooks may be dropped anywhere."""
        if _ledger_in(event.mimeData()) or files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open the ledger, or hand the workbooks on."""
        ledger, books, files = _ledger_in(event.mimeData()), books_in(event.mimeData()), files_in(event.mimeData())
        if ledger is not None:
            self.ledger_dropped.emit(ledger)
        elif files and self._office.shown is not None and self._ledger is not None:
            self.take_books(files)
        elif books:
            self.books_dropped.emit(books)
        event.acceptProposedAction()

    def keep_place(self) -> None:
        """Remember the page and the record of the ledger."""
        place = self._note_place()
        if self._ledger is not None and place is not None:
            left_off.keep_place(self._ledger, place)

    def keep(self) -> None:
        """Remember where one left off."""
        left_off.keep_window(self)
        self.keep_place()
        left_off.keep_panes(self._pages.values())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close the ledger with the window."""
        self.keep()
        self.closing.emit()
        self._office.work.stop()
        super().closeEvent(event)


def _holds(part: QWidget, focus: QWidget) -> bool:
    return part is focus or part.isAncestorOf(focus)


def _enter(part: QWidget) -> bool:
    """Put the focus into a part of the window; False if nothing there takes it."""
    reason = Qt.FocusReason.ShortcutFocusReason
    takers = [part, *part.findChildren(QWidget)]
    taker = next(
        (one for one in takers if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()),
        None,
    )
    if taker is not None:
        QTimer.singleShot(0, taker, lambda: taker.setFocus(reason))
    return taker is not None


def _typed(what: str) -> bool:
    """Whether the focus is in a text being typed, which then undoes or redoes its own typing."""
    focus = QApplication.focusWidget()
    if focus is None or getattr(focus, "isReadOnly", lambda: True)() or not hasattr(focus, what):
        return False
    getattr(focus, what)()
    return True


def _ledger_in(data: QMimeData) -> Path | None:
    """The ledger among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() == LEDGER), None)
