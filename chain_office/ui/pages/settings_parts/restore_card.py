"""What going back to a backup would change, before it is done; what stands now is kept beside the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from chain_office.services.keeping import preview_restore, restore
from chain_office.services.settings.backups import differences
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from chain_office.services.keeping import BackupInfo, Difference
    from chain_office.ui.pages.settings_parts.part import Part

_COLUMNS = (Column("内容", 66), Column("恢复后", 190), Column("条数", 56, right=True), Column("是哪些", 400))


class RestoreCard(QFrame):
    """Stands under the list while it is needed; Esc puts it away."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self._path: Path | None = None
        self._chosen: BackupInfo | None = None
        self.setProperty("role", "card")
        self.heading = label("", "section", wrap=True)
        self.said = label("", wrap=True)
        self.model = RowsModel(_COLUMNS, part.office.palette, self)
        self.view = RowsView(self.model, stretch=3)
        self.view.setAccessibleName("恢复会改变什么")
        self.restore_button = part.button("恢复", self.restore, "history", primary=True)
        self.leave_button = part.button("不恢复", self.close_card, "x")
        buttons = QHBoxLayout()
        buttons.addWidget(self.restore_button)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(label("现在的台账会另存在旁边，恢复错了还能再换回来。", "quiet"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.heading)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        self.setMaximumHeight(244)
        self.hide()

    def open_card(self, path: Path, chosen: BackupInfo) -> None:
        """Work out what would change."""
        self._path, self._chosen = path, chosen
        self.heading.setText(f"恢复到 {chosen.when:%Y-%m-%d %H:%M} 的备份“{chosen.path.name}”")
        self._tell("正在和现在的台账比较……")
        self.model.show([])
        self.view.hide()
        self.restore_button.setEnabled(False)
        self.show()
        self.leave_button.setFocus()
        self._part.office.work.aside(
            lambda: preview_restore(path, chosen.path),
            lambda found: self._show(chosen, found),
            owner=self,
            failed=self._failed,
        )

    def _tell(self, sentence: str, light: str = "") -> None:
        self.said.setText(sentence)
        show_light(self.said, light)

    def _failed(self, error: Exception) -> None:
        self.close_card()
        self._part.office.work.explain(error)

    def _show(self, chosen: BackupInfo, found: Difference) -> None:
        if chosen is not self._chosen:
            return
        same = "" if found.desks else "各项记录没有差别。"
        self._tell(f"{found.told}。{same}", "amber" if found.writes else "")
        lines = [
            Line("", (desk, becomes, str(number), some), ("", "", "", "quiet"))
            for desk, becomes, number, some in differences(found)
        ]
        self.model.show(lines)
        self.view.setVisible(bool(lines))
        self.restore_button.setEnabled(bool(found.writes or found.only_there))

    def close_card(self) -> None:
        """Put it away."""
        self._chosen = None
        self.hide()

    def restore(self) -> None:
        """Go back to it; the ledger is closed, replaced, opened, and says where the former one is kept."""
        path, chosen, actor = self._path, self._chosen, self._part.office.actor
        if path is None or chosen is None:
            return
        self.close_card()
        self._part.tell("正在恢复……")
        work = self._part.office.work
        work.open(lambda: restore(path, chosen.path, actor), again=True)
        self._part.ask(lambda ledger: ledger.notice, self._restored)

    def _restored(self, notice: str) -> None:
        self._part.tell(notice, "green" if notice.startswith("已恢复") else "red")
        self._part.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)
