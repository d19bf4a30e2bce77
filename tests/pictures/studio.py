"""The window on the sample, held still: one process takes the pictures of one size, scale and appearance.

`python -m tests.pictures.studio WIDTH HEIGHT light|dark FOLDER STATE …`, with QT_SCALE_FACTOR set by who starts it. Every
picture is taken when the window has stopped changing, at a fixed moment, on a ledger of its own.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections import deque
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.frame import Frame
    from chain_office.ui.window import Window

MOMENT = datetime(2021, 11, 19, 2, 0, tzinfo=UTC)
"""The sample's cut-off date, ten in the morning in Beijing."""
_LOOK_MILLISECONDS = 120
_SAME_LOOKS = 4
_LOOKS = 250
_ROUNDS = 4
_COLOURS = 250
PERSON = "示例人员"

State: TypeAlias = "Callable[[Studio], Generator[None, None, None]]"
"""Brings the window to what is to be seen; each ``yield`` lets it come to rest."""


class Studio:
    """One window, one state after the other."""

    def __init__(self, app: QApplication, window: Window, folder: Path, states: Sequence[tuple[str, State]]) -> None:
        from PySide6.QtCore import QTimer

        self.app = app
        self.window = window
        self.folder = folder
        self.faults: list[str] = []
        self._todo = deque(states)
        self._steps: Generator[None, None, None] | None = None
        self._name = ""
        self._looks: list[QImage] = []
        self._count = 0
        self._timer = QTimer()
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        window.work.crashed.connect(lambda error: self.faults.append(f"{self._name}: {error!r}"))

    def run(self, *, opening: bool) -> None:
        """Take every picture; returns when the last is taken. ``opening``: a ledger is being opened first."""
        if opening:
            self.window.office.shown_changed.connect(self._settle_once)
        else:
            self._settle()
        self.app.exec()

    def _settle_once(self) -> None:
        self.window.office.shown_changed.disconnect(self._settle_once)
        self._settle()

    # What states use.

    @property
    def frame(self) -> Frame:
        """The main window."""
        return self.window.frame

    def page(self, page: str, reference: str = "") -> Any:
        """Go to a page and give it; what stood over the last one is put away."""
        from PySide6.QtWidgets import QDialog

        for dialog in self.frame.findChildren(QDialog):
            dialog.close()
        self.frame.go(page, reference)
        return self.frame.page(page)

    def keys(self, widget: QWidget, text: str) -> None:
        """Type into a widget as an input method does."""
        from PySide6.QtGui import QInputMethodEvent
        from PySide6.QtWidgets import QApplication

        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    def scroll_to(self, widget: QWidget) -> None:
        """Bring a widget into the view of what it can be scrolled in."""
        from PySide6.QtWidgets import QScrollArea

        around = widget.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(widget, 0, 200)

    def press(self, widget: QWidget, key: int, modifiers: int = 0) -> None:
        """Press a key."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(widget, Qt.Key(key), Qt.KeyboardModifier(modifiers))

    def on_ledger(self, job: Callable[[Ledger], object]) -> list[Any]:
        """Ask the ledger something, or do something to it as somebody else would; what came of it is in the list after
        the next ``yield``."""
        found: list[Any] = []
        self.window.work.ask(job, found.append)
        return found

    # Coming to rest.

    def _settle(self, rounds: int = _ROUNDS) -> None:
        """Let both threads do what they were asked, some times over, for an answer may ask again; then look."""
        work = self.window.work

        def again(_value: object = None) -> None:
            self._settle(rounds - 1)

        if not rounds:
            self._timer.start()
        elif self.window.office.shown is None:
            work.aside(lambda: None, again)
        else:
            work.aside(lambda: None, lambda _: work.ask(lambda _ledger: None, again))

    def _image(self) -> QImage:
        """The main window with its dialogs on it, as they stand on a screen."""
        from PySide6.QtCore import QPoint
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QDialog, QMenu

        picture = self.frame.grab()
        painter = QPainter(picture)
        for one in self.app.topLevelWidgets():
            if isinstance(one, QDialog | QMenu) and one.isVisible():
                middle = self.frame.rect().center() - one.rect().center()
                place = one.pos() if isinstance(one, QMenu) else QPoint(middle.x(), max(0, middle.y()))
                painter.drawPixmap(place, one.grab())
                painter.drawRect(place.x() - 1, place.y() - 1, one.width() + 1, one.height() + 1)
        painter.end()
        return picture.toImage()

    def _look(self) -> None:
        image = self._image()
        self._count += 1
        still = all(image == before for before in self._looks[-_SAME_LOOKS:]) and len(self._looks) >= _SAME_LOOKS
        self._looks = [*self._looks[-_SAME_LOOKS:], image]
        if still or self._count > _LOOKS:
            if not still:
                self.faults.append(f"{self._name}: never came to rest")
            self._looks, self._count = [], 0
            self._timer.stop()
            self._go_on(image)

    def _go_on(self, image: QImage) -> None:
        """The window is at rest: the next step of the state, or its picture and the next state."""
        while self._steps is not None or self._todo:
            if self._steps is None:
                self._name, state = self._todo.popleft()
                self._steps = state(self)
            try:
                next(self._steps)
            except StopIteration:
                self._keep(image)
            except Exception as error:  # reported with the others
                self.faults.append(f"{self._name}: {error!r}")
            else:
                self._settle()
                return
            self._steps = None
        self.frame.close()
        self.app.quit()

    def _keep(self, image: QImage) -> None:
        """Save a picture in few colours, the most frequent ones as they are: a repository is no gallery."""
        import numpy as np
        from PIL import Image
        from PySide6.QtCore import QBuffer

        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        with Image.open(BytesIO(buffer.data().data())) as opened:
            pixels = np.asarray(opened.convert("RGB"), dtype=np.int32)
        packed = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
        colours, place, count = np.unique(packed, return_inverse=True, return_counts=True)
        apart = np.stack((colours >> 16, colours >> 8 & 255, colours & 255), axis=1)
        telling = count * (
            1 + (apart.max(axis=1) - apart.min(axis=1)) // 8
        )  # a light's few amber pixels say more than greys
        kept = np.sort(np.argsort(-telling, kind="stable")[:_COLOURS])
        nearest = ((apart[:, None, :] - apart[kept][None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        few = Image.fromarray(nearest[place].reshape(packed.shape).astype(np.uint8), "P")
        few.putpalette(apart[kept].astype(np.uint8).tobytes())
        self.folder.mkdir(parents=True, exist_ok=True)
        few.save(self.folder / f"{self._name}.png", optimize=True)


def take(width: int, height: int, appearance: str, folder: Path, names: Sequence[str]) -> list[str]:
    """Open the sample in a window of this many device pixels and take the named pictures; what went wrong."""
    from PySide6.QtCore import QSettings

    from chain_office import clock
    from chain_office.services.ledgers import open_ledger
    from chain_office.services.sampling import make_sample
    from chain_office.services.standing import confirm
    from chain_office.ui import icons
    from chain_office.ui.app import make_application, palette_for, wear
    from chain_office.ui.office import ACTOR
    from chain_office.ui.window import Window
    from main import pages
    from tests.pictures.states import STATES

    clock.set_clock(lambda: MOMENT.astimezone())
    app = make_application(["产业链办"])
    app.setCursorFlashTime(0)
    palette = palette_for(dark=appearance == "dark")
    wear(app, palette)
    icons.wear(palette)
    QSettings().setValue(ACTOR, PERSON)
    window = Window(pages(), palette)
    scale = float(os.environ.get("QT_SCALE_FACTOR", "1"))
    window.frame.resize(round(width / scale), round(height / scale))
    window.frame.show()
    window.frame.activateWindow()
    room = Path(tempfile.gettempdir()) / "产业链办"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    studio = Studio(app, window, folder, [(name, STATES[name]) for name in names])
    if names != ["start"]:
        ledger = room / "示例台账.ledger"
        make_sample(ledger)
        _date_history(ledger)
        if names[0] != "notice":
            with open_ledger(ledger) as opened:
                confirm(opened, PERSON)
        window.open(ledger)
    studio.run(opening=names != ["start"])
    shutil.rmtree(room)
    return studio.faults


def _date_history(ledger: Path) -> None:
    """SQLite itself dates the history: in the pictures it was written at their moment."""
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        guard = connection.execute("SELECT name, sql FROM sqlite_master WHERE name = 'history_guard_history_update'")
        ((name, sql),) = guard.fetchall()
        connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE history SET at = ?", (f"{MOMENT:%Y-%m-%dT%H:%M:%S}.000Z",))
        connection.execute(sql)


def main(arguments: Sequence[str]) -> int:
    """Take pictures; 1 when one could not be taken."""
    width, height, appearance, folder, *names = arguments
    faults = take(int(width), int(height), appearance, Path(folder), names)
    for fault in faults:
        sys.stderr.write(f"{folder} {fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
