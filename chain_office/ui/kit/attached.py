"""Files hung on the record a desk shows: put in by dropping or choosing, opened, saved, taken off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, QStandardPaths, QTemporaryDir, QUrl
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from chain_office.domain.errors import KnownError
from chain_office.services import attaching, photos

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_office.services.attaching import Attached as File
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.work import Progress


KEEP: Final = "visits/keep_originals"
"""Where this computer keeps whether photographs are kept as they came, too."""


def keeps_originals() -> bool:
    """Whether a photograph that is made smaller is kept as it came, too."""
    return bool(QSettings().value(KEEP, False, bool))


def keep_originals(on: bool) -> None:
    """From now on, on this computer."""
    QSettings().setValue(KEEP, on)


class Attached(QObject):
    """The attachments of the record a desk shows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._office = desk.office
        self._folder: QTemporaryDir | None = None

    def choose(self, part: str = "") -> None:
        """Choose files to hang on the record, or on a part of it ("problem_event:<id>")."""
        dialog = QFileDialog(self._desk, "选择附件", _documents())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names], part))
        dialog.open()

    def add(self, paths: Sequence[Path], part: str = "") -> None:
        """Hang files on the record or on a part of it, in one write."""
        record = self._desk.detail.record
        if record is None or not paths:
            return
        table, _, row_id = (part or record.reference).partition(":")
        actor = self._office.actor
        if any(photos.is_picture(path) for path in paths):
            self._add_pictures(paths, table, row_id)
            return
        self._office.work.long(
            "放入附件",
            lambda ledger, progress: attaching.attach_files(ledger, table, row_id, paths, actor, progress),
            self._office.wrote.emit,
            owner=self,
        )

    def _add_pictures(self, paths: Sequence[Path], table: str, row_id: str) -> None:
        """Make pictures smaller in the workshop, then hang what is sound on the record in one write; what is not is said."""
        actor, keep, workshop = self._office.actor, keeps_originals(), self._office.work.workshop
        chosen = tuple(paths)

        def make(_: None, progress: Progress) -> tuple[list[attaching.Ready], list[str]]:
            found: list[attaching.Ready] = []
            faults: list[str] = []
            for number, path in enumerate(chosen):
                progress(number, len(chosen), path.name)
                try:
                    if photos.is_picture(path):
                        found += workshop.do(photos.prepare, str(path), keep, wanted=progress.check)
                    else:
                        found.append(attaching.read_file(path))
                except KnownError as error:
                    faults.append(error.message)
            return found, faults

        def hang(made: tuple[list[attaching.Ready], list[str]]) -> None:
            ready, faults = made
            if faults:
                rest = "其余的已放入。" if ready else ""
                self._office.work.refused.emit("\n".join([*faults, *([rest] if rest else [])]))
            if ready:
                self._office.work.ask(
                    lambda ledger: attaching.attach_ready(ledger, table, row_id, ready, actor),
                    self._office.wrote.emit,
                    owner=self,
                )

        self._office.work.make("放入照片", lambda _ledger: None, make, hang, owner=self)

    def offer(self, attachment: str) -> None:
        """What can be done with one: open it, save it elsewhere, take it off."""
        menu = QMenu(self._desk)
        menu.addAction("打开", lambda: self._read(attachment, self._open))
        menu.addAction("另存为…", lambda: self._read(attachment, self._save))
        if self._desk.detail.editable:
            menu.addSeparator()
            menu.addAction("移入回收站", lambda: self._take_off(attachment))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def _read(self, attachment: str, then: Callable[[File], None]) -> None:
        self._office.work.ask(lambda ledger: attaching.read(ledger, attachment), then, owner=self)

    def _open(self, found: File) -> None:
        """Open a copy with the program the computer has for it. What would run by itself is saved instead."""
        if found.runs:
            self._save(found)
            return
        if self._folder is None:
            self._folder = QTemporaryDir()
        path = Path(self._folder.filePath(found.name))
        self._office.work.ask(
            lambda _: attaching.put(found, path, free_name=True),
            self._show,
            owner=self,
        )

    def _show(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._office.work.refused.emit(f"这台电脑没有能打开“{path.name}”的程序；请另存后用别的电脑打开。")

    def _save(self, found: File) -> None:
        dialog = QFileDialog(self._desk, "附件另存为", _documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(found.name)
        dialog.fileSelected.connect(lambda name: self._put(found, Path(name)))
        dialog.open()

    def _put(self, found: File, path: Path) -> None:
        self._office.work.ask(
            lambda _: attaching.put(found, path),
            lambda put: self._office.said.emit(f"已保存到“{put}”。"),
            owner=self,
        )

    def _take_off(self, attachment: str) -> None:
        actor = self._office.actor

        def act(ledger: Ledger) -> object:
            return attaching.bin_attachment(ledger, attachment, actor)

        self._office.work.ask(act, self._office.wrote.emit, owner=self)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
