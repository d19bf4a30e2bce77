"""The main window: navigation at the left, search and ledger above, state below, a page in the middle. It knows no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label
from chain_office.ui.statusline import StatusLine
from chain_office.ui.topbar import TopBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from chain_office.services.ledgers import Changes
    from chain_office.ui.office import Office
    from chain_office.ui.page import Page

_ID = int(Qt.ItemDataRole.UserRole)
_NOTICE_MILLISECONDS = 12_000
_NAV_ROW = 36


class Frame(QMainWindow):
    """The shell. Pages are classes; each is built when it is first shown."""

    def __init__(self, office: Office, pages: Sequence[type[Page]], start: QWidget) -> None:
        super().__init__()
        self._office = office
        self._kinds = {kind.id: kind for kind in pages}
        self._pages: dict[str, Page] = {}
        self._pending: tuple[str, str] | None = None
        self.setWindowTitle("产业链办")
        self.setMinimumSize(880, 460)
        self.resize(1366, 728)
        self._nav = self._make_nav(pages)
        self._stack = QStackedWidget()
        self._stack.addWidget(start)
        self.top = TopBar(office)
        self.status = StatusLine(office)
        self._notice = self._make_notice()
        self.setCentralWidget(self._lay_out())
        self._connect()
        self._enable(open_=False)

    def _make_nav(self, pages: Sequence[type[Page]]) -> QListWidget:
        nav = QListWidget()
        nav.setProperty("role", "nav")
        nav.setAccessibleName("导航")
        nav.setIconSize(QSize(18, 18))
        nav.setFixedWidth(148)
        nav.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, kind in enumerate(pages, start=1):
            item = QListWidgetItem(icon(kind.icon_name, self._office.palette.quiet), kind.title)
            item.setData(_ID, kind.id)
            item.setSizeHint(QSize(0, _NAV_ROW))
            nav.addItem(item)
            if number <= 9:
                shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
                shortcut.activated.connect(lambda wanted=kind.id: self.go(wanted))
        return nav

    def _make_notice(self) -> QFrame:
        notice = QFrame()
        notice.setProperty("role", "notice")
        row = QHBoxLayout(notice)
        row.setContentsMargins(16, 6, 16, 6)
        self._notice_text = label("", wrap=True)
        self._notice_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self._notice_text, 1)
        notice.hide()
        self._notice_timer = QTimer(self)
        self._notice_timer.setSingleShot(True)
        self._notice_timer.timeout.connect(notice.hide)
        return notice

    def _lay_out(self) -> QWidget:
        side = QFrame()
        side.setProperty("role", "side")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 0, 8)
        column.addWidget(self._nav)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self._notice)
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
        self._nav.currentRowChanged.connect(lambda row: self.go(self._nav.item(row).data(_ID)))
        self._office.shown_changed.connect(self._opened)
        self._office.work.changed.connect(self._changed)
        self._office.work.refused.connect(self.tell)
        self.top.wanted.connect(self.go)
        for keys in ("Ctrl+F", "Ctrl+K"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.top.focus_search)

    def _enable(self, *, open_: bool) -> None:
        self._nav.setEnabled(open_)
        self.top.setEnabled(open_)

    def _opened(self) -> None:
        """A ledger was opened, or is shown at another date: everything is stale."""
        self._enable(open_=True)
        for page in self._pages.values():
            page.stale = True
        shown = self._office.shown
        if shown is not None:
            self.setWindowTitle(f"{shown.name} - 产业链办" + ("（示例数据）" if shown.sample else ""))
        current = self._current()
        if current is not None:
            self._refresh(current)
        else:
            self.go(next(iter(self._kinds)))

    def _changed(self, changes: Changes) -> None:
        tables = frozenset(changes.rows)
        for page in self._pages.values():
            page.stale = page.stale or page.notice(tables)
        current = self._current()
        if current is not None and current.stale:
            self._refresh(current)

    def _current(self) -> Page | None:
        """The page in the middle; None while the start page is."""
        widget = self._stack.currentWidget()
        return next((page for page in self._pages.values() if page is widget), None)

    def go(self, page_id: str, reference: str = "") -> None:
        """Show a page, and a record or filter on it."""
        page = self._pages.get(page_id)
        if page is None:
            page = self._kinds[page_id](self._office)
            page.wanted.connect(self.go)
            self._pages[page_id] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        for row in range(self._nav.count()):
            item = self._nav.item(row)
            if item.data(_ID) == page_id and self._nav.currentRow() != row:
                self._nav.blockSignals(True)
                self._nav.setCurrentRow(row)
                self._nav.blockSignals(False)
        if page.stale:
            self._refresh(page)
        if reference:
            page.show_record(reference)

    def _refresh(self, page: Page) -> None:
        page.stale = False
        page.refresh()

    def tell(self, sentence: str) -> None:
        """Say something above the page; it goes by itself."""
        self._notice_text.setText(sentence)
        self._notice.show()
        self._notice_timer.start(_NOTICE_MILLISECONDS)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Close the ledger with the window."""
        self._office.work.stop()
        super().closeEvent(event)
