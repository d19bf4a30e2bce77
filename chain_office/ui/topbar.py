"""Above the page: one search box, the cut-off date, the ledger's name and the sample stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem

from chain_office.queries.search import search
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject

    from chain_office.queries.search import Hits
    from chain_office.ui.office import Office

_REFERENCE = int(Qt.ItemDataRole.UserRole)
_PAUSE_MILLISECONDS = 150
_PAGES = {
    "enterprise": "enterprises", "contact": "enterprises", "register_spell": "enterprises", "visit": "visits",
    "problem": "problems", "need": "finance", "match": "finance", "project": "projects",
}  # fmt: skip
"""Which page shows a table's records."""
_KINDS = {"enterprises": "企业", "visits": "走访", "problems": "问题", "finance": "银企", "projects": "项目"}


class TopBar(QFrame):
    """Search (Ctrl+F or Ctrl+K), 截至 date, ledger."""

    wanted = Signal(str, str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.setProperty("role", "bar")
        self.setFixedHeight(48)
        self.box = QLineEdit()
        self.box.setPlaceholderText("搜索企业、问题、项目……（Ctrl+F）")
        self.box.setAccessibleName("搜索")
        self.box.setClearButtonEnabled(True)
        self.box.setMinimumWidth(320)
        self.box.addAction(icon("search", office.palette.quiet), QLineEdit.ActionPosition.LeadingPosition)
        self._name = label("", "section")
        self._stamp = label("示例数据", "stamp")
        self._stamp.hide()
        self.as_of = QDateEdit()
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setCalendarPopup(True)
        self.as_of.setAccessibleName("截止日期")
        self.as_of.setToolTip("所有数字都按这一天计算")
        self.as_of.setKeyboardTracking(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(self.box, 2)
        row.addStretch(1)
        row.addWidget(self._stamp)
        row.addWidget(self._name)
        row.addWidget(label("截至", "quiet"))
        row.addWidget(self.as_of)
        self._hits = self._make_hits()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self.box.textChanged.connect(lambda _text: self._timer.start())
        self.box.returnPressed.connect(self._take_first)
        self.box.installEventFilter(self)
        self.as_of.dateChanged.connect(self._moved)
        office.shown_changed.connect(self._show)

    def _make_hits(self) -> QListWidget:
        hits = QListWidget(self)
        hits.setWindowFlags(Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        hits.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hits.setUniformItemSizes(True)
        hits.itemClicked.connect(self._choose)
        return hits

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.box.setFocus()
        self.box.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """↑ ↓ walk the hits, Esc closes them, leaving the box hides them."""
        if watched is self.box and event.type() == event.Type.FocusOut:
            self._hits.hide()
        if watched is self.box and event.type() == event.Type.KeyPress and self._hits.isVisible():
            key = event.key()  # type: ignore[attr-defined]
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                step = 1 if key == Qt.Key.Key_Down else -1
                self._hits.setCurrentRow(max(0, min(self._hits.count() - 1, self._hits.currentRow() + step)))
                return True
            if key == Qt.Key.Key_Escape:
                self._hits.hide()
                return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        shown = self._office.shown
        if shown is None:
            return
        metrics = self._name.fontMetrics()
        self._name.setText(metrics.elidedText(shown.name, Qt.TextElideMode.ElideMiddle, 420))
        self._name.setToolTip(str(shown.path))
        self._stamp.setVisible(shown.sample)
        self.as_of.blockSignals(True)
        self.as_of.setDate(QDate(shown.as_of.year, shown.as_of.month, shown.as_of.day))
        self.as_of.blockSignals(False)

    def _moved(self, day: QDate) -> None:
        python_day = day.toPython()
        self._office.move_as_of(python_day)  # type: ignore[arg-type]

    def _look(self) -> None:
        text = self.box.text().strip()
        if not text:
            self._hits.hide()
            return
        self._office.work.ask(lambda ledger: search(ledger, text), lambda hits: self._take(text, hits), owner=self)

    def _take(self, text: str, hits: Hits) -> None:
        if text != self.box.text().strip():
            return
        self._hits.clear()
        for hit in hits.hits:
            page = _PAGES.get(hit.table)
            if page is None:
                continue
            where = hit.excerpt
            item = QListWidgetItem(
                f"{_KINDS[page]}  {hit.title}    {where.label}：{where.before}{where.word}{where.after}"
            )
            item.setData(_REFERENCE, (page, f"{hit.table}:{hit.id}"))
            self._hits.addItem(item)
        if not self._hits.count():
            self._hits.addItem(QListWidgetItem("没有找到"))
        place = self.box.mapToGlobal(self.box.rect().bottomLeft())
        self._hits.setGeometry(
            place.x(), place.y() + 2, max(self.box.width(), 560), min(12, self._hits.count()) * 26 + 8
        )
        self._hits.setCurrentRow(0)
        self._hits.show()

    def _take_first(self) -> None:
        item = self._hits.currentItem() if self._hits.isVisible() else None
        if item is not None:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        self._hits.hide()
        found = item.data(_REFERENCE)
        if found:
            self.wanted.emit(*found)
