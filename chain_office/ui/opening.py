"""Opening and making ledgers: what was asked for, what came of it, and where to begin in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_office.ui import choosing
from chain_office.ui.ledger_jobs import make_for_work, open_for_work, restore
from chain_office.ui.recent import remember

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

SAMPLE = "示例.ledger"


class Opening(QObject):
    """One ledger at a time; the one before stays open until the next one is."""

    began = Signal(str)
    """Something is being opened: what to say meanwhile."""
    came = Signal()
    """It is open."""
    failed = Signal(object, object)
    """It could not be opened: its path, the exception."""
    list_changed = Signal()
    """The ledgers opened lately are others now."""
    placed = Signal(str)
    """A ledger was put somewhere without asking: where."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._path: Path | None = None
        self._books: list[Path] = []
        self.books_waiting: Callable[[Sequence[Path]], object] = list
        """What takes in the workbooks once the new ledger is open."""
        office.work.opened.connect(self._opened)
        office.shown_changed.connect(self._shown)

    @property
    def path(self) -> Path | None:
        """The ledger that is open."""
        return self._office.shown.path if self._office.shown is not None else None

    def open(self, path: Path) -> None:
        """Open a ledger; the one that is open already is opened again."""
        self._begin(path, f"正在打开 {path.name}", partial(open_for_work, path, self._office.actor))

    def make(self, path: Path) -> None:
        """Make a new ledger, or open the one that is there."""
        self._begin(path, f"正在新建 {path.name}", partial(make_for_work, path, self._office.actor))

    def make_with(self, books: list[Path], path: Path) -> None:
        """Make a new ledger and preview workbooks in it."""
        self._books = list(books)
        self.make(path)

    def sample(self) -> None:
        """Open the sample, made anew in 文档 if it is not there."""
        path = choosing.home() / SAMPLE
        self.placed.emit(str(path))
        self._begin(path, "正在准备示例台账（第一次要几秒钟）", partial(_sample, path, self._office.actor))

    def restore(self, path: Path, chosen: Path) -> None:
        """Put a backup in the place of a ledger and open it."""
        self._begin(path, f"正在恢复 {path.name}", partial(restore, path, chosen, self._office.actor), again=True)

    def _begin(self, path: Path, what: str, make: Callable[[], Ledger], *, again: bool = False) -> None:
        path = path.absolute()
        self._path = path
        self.began.emit(what)
        again = again or path == self.path
        self._office.work.open(make, again=again, failed=partial(self._failed, path, again))

    def _opened(self, path: Path) -> None:
        remember(path)
        self.list_changed.emit()
        self.came.emit()

    def _shown(self) -> None:
        if self._books and self.path == self._path:
            books, self._books = self._books, []
            self.books_waiting(books)

    def _failed(self, path: Path, again: bool, error: Exception) -> None:
        self._books = []
        if again:
            self._office.work.close()
        self.failed.emit(path, error)


def _sample(path: Path, actor: str) -> Ledger:
    if not path.exists():
        from chain_office.services.sampling import make_sample  # the importer is of no use to an ordinary start

        path.parent.mkdir(parents=True, exist_ok=True)
        make_sample(path)
    return open_for_work(path, actor)
