"""What is typed and not saved yet, kept in files of this computer: written a second after the last key, by threads that do
nothing else, so that neither typing nor a long job is in the way."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QThreadPool, QTimer, Signal

from chain_office.domain.errors import KnownError
from chain_office.services.drafts import Drafts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chain_office.domain.forms import Loaded
    from chain_office.services.drafts import Draft
    from chain_office.ui.office import Office

_PAUSE_MILLISECONDS = 1000


class _Desk(QObject):
    """Where the writing thread leaves what it found. Without a parent: it lives as long as a job that will use it."""

    found = Signal(object, object)
    failed = Signal(str)


class _Line:
    """Jobs one after the other, in the order they were given, on whichever thread of Qt's pool is free."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._turn = Lock()

    def submit(self, job: Callable[[], None]) -> None:
        """Give a job; returns at once. What is given is done before the program ends."""
        self._jobs.put(job)
        QThreadPool.globalInstance().start(self._next)

    def _next(self) -> None:
        with self._turn:
            self._jobs.get()()


class DraftKeeper(QObject):
    """Keeps the draft of one open form after another. A draft found and not yet answered for is never overwritten: what is
    typed meanwhile is kept beside it."""

    found = Signal(str)
    """The record has a draft: a sentence."""
    said = Signal(str)

    def __init__(self, office: Office, drafts: Drafts | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._given = drafts
        self._drafts: Drafts | None = drafts
        self._path: Path | None = None
        self._line = _Line()
        self._desk = _Desk()
        self._desk.found.connect(self._found)
        self._desk.failed.connect(self.said)
        self._loaded: Loaded | None = None
        self.key = ""
        self._collect: Callable[[], dict[str, str] | None] = dict
        self._pending: Mapping[str, str] = {}
        self.version = 0
        """Which version of the record the draft that was found had been begun on."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self._write)

    # A form is opened and put away.

    def look(self, loaded: Loaded, owner: str) -> None:
        """A record was opened: is there a draft of it?"""
        shown = self._office.shown
        self._path = shown.path if shown is not None else None
        self._drafts = self._given or Drafts(_folder(self._path))
        part = loaded.values.get(owner) if owner and not loaded.row_id else None
        self._loaded = loaded
        self.key = f"{loaded.draft_key}:{part}" if part else loaded.draft_key
        self._pending, self._collect = {}, dict
        key, drafts, desk = self.key, self._drafts, self._desk
        self._submit(lambda: desk.found.emit(key, drafts.find(key)))

    def forget(self) -> None:
        """The form is put away; its draft stays."""
        self._timer.stop()
        self.key, self._pending, self._loaded = "", {}, None

    def belongs_to(self, path: Path) -> bool:
        """Whether the open form is of this ledger."""
        return self._path is None or self._path == path

    @property
    def texts(self) -> Mapping[str, str]:
        """The draft that was found; it is taken up, and kept with what is typed from now on."""
        texts, self._pending = self._pending, {}
        return texts

    # Typing.

    def go_on_from(self, loaded: Loaded) -> None:
        """The open record was read again, or is gone on with from an older version."""
        self._loaded = loaded

    def keep(self, collect: Callable[[], dict[str, str] | None], *, now: bool = False) -> None:
        """Keep what ``collect`` gives, a second after the last call, or at once. None: not now, try again."""
        self._collect = collect
        if now:
            self._timer.stop()
            self._write()
        else:
            self._timer.start()

    def drop(self, key: str = "") -> None:
        """What is typed was saved (``key``: of that form, should another one be open by now). A draft that was found and
        not answered for stays."""
        if key in {"", self.key}:
            self._timer.stop()
            self._put({})
        elif self._drafts is not None:
            drafts = self._drafts
            self._submit(lambda: drafts.drop(key))

    def refuse(self) -> None:
        """The draft that was found is not wanted; what was typed beside it is."""
        self._pending = {}
        self._put(self._collect() or {})

    def _write(self) -> None:
        texts = self._collect()
        if texts is None:
            self._timer.start()
        else:
            self._put(texts)

    def _put(self, texts: Mapping[str, str]) -> None:
        if self._drafts is None or self._loaded is None or not self.key:
            return
        drafts, key, loaded, whole = self._drafts, self.key, self._loaded, {**self._pending, **texts}
        if self._pending:  # begun on an older record than what is typed beside it: the older one decides what clashes
            loaded = replace(loaded, version=self.version)
        if whole:
            self._submit(lambda: drafts.keep(key, loaded, whole))
        else:
            self._submit(lambda: drafts.drop(key))

    def _submit(self, job: Callable[[], object]) -> None:
        desk = self._desk

        def run() -> None:
            try:
                job()
            except (OSError, KnownError) as error:
                reason = error.message if isinstance(error, KnownError) else (error.strerror or type(error).__name__)
                desk.failed.emit(f"草稿没有存下来（{reason}）；请尽快保存")

        self._line.submit(run)

    def _found(self, key: str, draft: Draft | None) -> None:
        if key != self.key or draft is None or not draft.texts:
            return
        self._pending, self.version = draft.texts, draft.version
        moved = self._loaded is not None and draft.version != self._loaded.version
        later = "，那以后这条记录又被改过" if moved else ""
        self.found.emit(f"有 {draft.when} 没保存完的内容{later}")


def base() -> Path:
    """Where this computer keeps drafts."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "drafts"


def _folder(path: Path | None) -> Path:
    """Each ledger has a folder of its own."""
    return base() / hashlib.sha256(str(path).encode()).hexdigest()[:16]
