"""Below the page: saved state, what is being done (with a bar and 取消), the file, and who holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from chain_office.ui.office import Office


class StatusLine(QFrame):
    """One line; a bar appears while something long is going on."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.setProperty("role", "foot")
        self.setFixedHeight(30)
        self._saved = label("没有打开台账", "quiet")
        self._what = label("", "quiet")
        self._bar = QProgressBar()
        self._bar.setFixedSize(180, 16)
        self._cancel = QPushButton("取消")
        self._cancel.setFixedHeight(22)
        self._cancel.clicked.connect(office.work.cancel)
        self._file = label("", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 2)
        row.addWidget(self._saved)
        row.addStretch(1)
        row.addWidget(self._what)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        row.addSpacing(12)
        row.addWidget(self._file)
        self._busy(shown=False)
        work = office.work
        work.began.connect(self._began)
        work.progressed.connect(self._progressed)
        work.ended.connect(lambda: self._busy(shown=False))
        work.changed.connect(lambda changes: self._saved.setText(f"已保存：{changes.reason}"))
        office.shown_changed.connect(self._show)

    def _busy(self, *, shown: bool) -> None:
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(shown)

    def _began(self, name: str) -> None:
        self._what.setText(name)
        self._bar.setRange(0, 0)
        self._busy(shown=True)

    def _progressed(self, done: int, total: int, what: str) -> None:
        self._what.setText(what)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _show(self) -> None:
        shown = self._office.shown
        if shown is not None:
            self._saved.setText("只读打开，不能修改" if shown.read_only else "已保存")
            self._file.setText(shown.path.name)
            self._file.setToolTip(str(shown.path))
