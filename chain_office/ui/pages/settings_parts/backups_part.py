"""备份: where they are, what is in each, one taken now, and going back to one after seeing what that would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout

from chain_office.services.keeping import BackupInfo, Taken, backups, check_backup
from chain_office.services.settings.backups import back_up_now, contents, default_folder, kind_of, soundness
from chain_office.ui.backups import choose_second_place, second_place
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.pages.settings_parts.part import Part
from chain_office.ui.pages.settings_parts.restore_card import RestoreCard

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.work import Progress

_COLUMNS = (
    Column("什么时候", 134), Column("种类", 66), Column("在哪", 66), Column("大小", 72, right=True), Column("完好", 66),
    Column("里面有", 380),
)  # fmt: skip
_LIGHTS = {True: "green", False: "red", None: "quiet"}
_EMPTY = "还没有备份。开始修改后程序会自动备份，也可以现在就备份一份。"


class BackupsPart(Part):
    """备份."""

    title: ClassVar[str] = "备份"
    hint: ClassVar[str] = (
        "程序在当天第一次修改、之后每半小时、导入前和关闭时自动备份；旧的按小时、天、周、月逐步变稀，手工的不删。"
    )
    icon_name: ClassVar[str] = "database-backup"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._found: tuple[BackupInfo, ...] = ()
        self._checked: dict[Path, BackupInfo] = {}
        self.first, self.second = label("", wrap=True), label("", wrap=True)
        self.model = RowsModel(_COLUMNS, office.palette, self)
        self.view = RowsView(self.model, stretch=5)
        self.view.setAccessibleName("备份")
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._enable())
        self.now_button = self.button("现在备份", self.back_up, "database-backup", primary=True)
        self.check_button = self.button("检查这一份", self.check, "list-checks")
        self.restore_button = self.button("恢复到这一份……", self.begin_restore, "history")
        self.folder_button = self.button("打开文件夹", self.open_folder, "folder-open")
        self.choose_button = self.button("选第二份的位置……", self.choose_second)
        self.one_button = self.button("不要第二份", lambda: self.set_second(None))
        self.card = RestoreCard(self)
        self._empty = label(_EMPTY, "quiet", wrap=True)
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        places = QFrame()
        places.setProperty("role", "card")
        grid = QGridLayout(places)
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (word, text) in enumerate((("备份在", self.first), ("第二份在", self.second))):
            grid.addWidget(label(word, "quiet"), row, 0)
            grid.addWidget(text, row, 1)
        grid.addWidget(self.folder_button, 0, 2)
        grid.addWidget(self.choose_button, 1, 2)
        grid.addWidget(self.one_button, 1, 3)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for button in (self.now_button, self.restore_button, self.check_button):
            bar.addWidget(button)
        bar.addStretch(1)
        self.column.addWidget(places)
        self.column.addLayout(bar)
        self.column.addWidget(self.said)
        self.column.addWidget(self._empty)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.card)
        self.column.addStretch(0)

    @property
    def path(self) -> Path | None:
        """The open ledger."""
        return self.office.shown.path if self.office.shown is not None else None

    @property
    def folder(self) -> Path | None:
        """Where its backups are."""
        return default_folder(self.path) if self.path is not None else None

    def refresh(self) -> None:
        """List the backups again, on the bench: looking into each takes a moment."""
        path, second = self.path, second_place()
        if path is None:
            return
        self.first.setText(str(self.folder))
        if second is None:
            self.second.setText("没有设。建议放到另一块硬盘或共享文件夹，电脑坏了也不丢。")
        else:
            self.second.setText(str(second))
        self.one_button.setVisible(second is not None)
        self.office.work.aside(lambda: backups(path, second), lambda found: self._show(path, found), owner=self)

    def _show(self, path: Path, found: tuple[BackupInfo, ...]) -> None:
        if path != self.path:
            return
        chosen = self.chosen
        self._found = tuple(self._checked.get(one.path, one) for one in found)
        self._fill()
        if chosen is not None:
            rows = [row for row, one in enumerate(self._found) if one.path == chosen.path]
            if rows:
                self.view.selectRow(rows[0])
        if self._found and self._found[0].sound is None:
            self._look(self._found[0])

    def _fill(self) -> None:
        self.model.show([_line(one, self.folder) for one in self._found])
        self._empty.setVisible(not self._found)
        self.view.setVisible(bool(self._found))
        self._enable()

    @property
    def chosen(self) -> BackupInfo | None:
        """The backup the cursor is on."""
        row = self.view.currentIndex().row()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _enable(self) -> None:
        chosen = self.chosen
        self.check_button.setEnabled(chosen is not None)
        self.restore_button.setEnabled(chosen is not None and chosen.sound is not False and not self.read_only)

    def back_up(self) -> None:
        """Take one now."""
        second = second_place()

        def job(ledger: Ledger, progress: Progress) -> Taken:
            progress(0, 0, "正在备份并核对")
            return back_up_now(ledger, second)

        def over() -> None:
            self.now_button.setEnabled(True)
            work.ended.disconnect(over)

        def done(taken: Taken) -> None:
            self.tell(taken.warning or f"已备份并核对：{taken.path.name}", "amber" if taken.warning else "green")
            self.refresh()

        work = self.office.work
        self.now_button.setEnabled(False)
        work.ended.connect(over)
        work.long("备份", job, done, owner=self)

    def check(self) -> None:
        """See whether the chosen one is sound."""
        if self.chosen is not None:
            self._look(self.chosen)

    def _look(self, info: BackupInfo) -> None:
        self.office.work.aside(lambda: check_backup(info), self._looked, owner=self)

    def _looked(self, info: BackupInfo) -> None:
        self._checked[info.path] = info
        row = self.view.currentIndex().row()
        self._found = tuple(info if one.path == info.path else one for one in self._found)
        self._fill()
        self.view.selectRow(row)

    def begin_restore(self) -> None:
        """Show what going back to the chosen one would change."""
        if self.chosen is not None and self.path is not None:
            self.card.open_card(self.path, self.chosen)

    def open_folder(self) -> None:
        """Show the folder."""
        if self.folder is not None:
            shown = self.folder if self.folder.is_dir() else self.folder.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))

    def choose_second(self) -> None:
        """Ask where every backup is to be put a second time."""
        dialog = QFileDialog(self, "第二份备份放在哪里")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.set_second(Path(folder)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def set_second(self, folder: Path | None) -> None:
        """Keep the second place on this computer."""
        if folder is not None and self.path is not None and folder == self.path.parent:
            self.tell("第二份不要和台账放在同一个文件夹里：那样硬盘坏了会一起丢。请换一个位置。", "red")
            return
        choose_second_place(folder)
        self.tell("下次备份起，每份备份再存一份到那里。" if folder else "", "green" if folder else "")
        self.refresh()


def _line(info: BackupInfo, home: Path | None) -> Line:
    where = "本机" if info.path.parent == home else "台账旁" if home and info.path.parent == home.parent else "第二份"
    size = f"{info.size / 1024 / 1024:.1f} MB"
    cells = (f"{info.when:%Y-%m-%d %H:%M}", kind_of(info), where, size, soundness(info), contents(info))
    return Line("", cells, ("", "", "quiet", "quiet", _LIGHTS[info.sound], "red" if info.fault else "quiet"))
