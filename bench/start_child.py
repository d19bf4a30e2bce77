"""A process that shows a window and tells when it was painted: `python -m bench.start_child bare` or `… ours LEDGER PAGE …`.

One line of JSON goes to standard output. Times are the system's monotonic clock, which the parent reads too.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from chain_office.ui.frame import Frame

HEAVY = ("numpy", "matplotlib", "reportlab", "openpyxl", "pypinyin", "PIL")
"""None of these may be loaded before the first frame."""
TYPED = ("slty", "资金", "wt78", "铜业有限", "张", "9143", "没有这样的词")

_LOOKING_MILLISECONDS = 1200
"""Nobody leaves a page sooner; what it sets going meanwhile (a chart, a process for papers) is its own."""


def memory() -> int:
    """This process' memory. psutil is loaded after the frame, for it is not part of what is timed."""
    import psutil

    return int(psutil.Process().memory_info().rss)


class Watcher(QObject):
    """Calls back once when a widget has been painted: the frame it was part of is on the screen by then."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: list[tuple[Callable[[QWidget], bool], Callable[[], None]]] = []

    def when_painted(self, which: Callable[[QWidget], bool], then: Callable[[], None]) -> None:
        """Call ``then`` after the next paint of a widget that ``which`` says yes to."""
        self._wanted.append((which, then))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See paints go by."""
        if event.type() == QEvent.Type.Paint and self._wanted and watched.isWidgetType():
            for one in [one for one in self._wanted if one[0](watched)]:  # type: ignore[arg-type]
                self._wanted.remove(one)
                QTimer.singleShot(0, one[1])
        return False


def bare() -> dict[str, object]:
    """The least a window costs."""
    app = QApplication(sys.argv[:1])
    told: dict[str, object] = {}
    watcher = Watcher()
    app.installEventFilter(watcher)
    window = QMainWindow()
    window.setCentralWidget(QLabel("产业链办"))
    window.resize(1366, 728)

    def painted() -> None:
        told["painted"] = time.perf_counter()
        told["rss"] = memory()
        app.quit()

    watcher.when_painted(lambda widget: widget is window, painted)
    window.show()
    app.exec()
    return told


class Ours:
    """The real shell: first frame, first page with its figures, then every other page, then searches."""

    def __init__(self, ledger: Path, pages: Sequence[str]) -> None:
        from chain_office.ui.app import make_application

        self.app = make_application(sys.argv[:1])
        self.told: dict[str, object] = {}
        self._ledger = ledger
        self._wanted = pages
        self._watcher = Watcher()
        self._frame: Frame | None = None
        self._steps = self._go()

    def run(self) -> dict[str, object]:
        """Show the window; each step waits for a paint or an answer."""
        from main import open_window

        self.app.installEventFilter(self._watcher)
        self._watcher.when_painted(lambda widget: isinstance(widget, QMainWindow), self._next)
        open_window(self._ledger)
        return self.told

    def _next(self) -> None:
        next(self._steps, None)

    @property
    def frame(self) -> Frame:
        """The main window."""
        if self._frame is None:
            self._frame = next(one for one in self.app.topLevelWidgets() if isinstance(one, QMainWindow))  # type: ignore[assignment]
        return self._frame  # type: ignore[return-value]

    def _page(self, page: str) -> Callable[[QWidget], bool]:
        """Whether a widget is a page, or on it: a page that is covered is not painted itself."""

        def on_page(widget: QWidget) -> bool:
            around: QWidget | None = widget
            while around is not None and getattr(around, "id", None) != page:
                around = around.parentWidget()
            return around is not None

        return on_page

    def _when_read(self) -> None:
        """Go on when the database thread has answered what was asked so far, and that has been painted."""
        self.frame.top.box.office.work.ask(lambda _: None, lambda _: QTimer.singleShot(0, self._painted_again))

    def _painted_again(self) -> None:
        self._watcher.when_painted(lambda _widget: True, self._next)
        self.frame.update()

    def _go(self) -> Iterator[None]:
        self.told["painted"] = time.perf_counter()
        self.told["rss"] = memory()
        self.told["heavy"] = [name for name in HEAVY if name in sys.modules]
        self._watcher.when_painted(self._page("overview"), self._next)
        yield
        self.told["overview"] = time.perf_counter()
        self._when_read()
        yield
        self.told["figures"] = time.perf_counter()
        QTimer.singleShot(_LOOKING_MILLISECONDS, self._next)
        yield
        yield from self._pages()
        yield from self._searches()
        self.frame.close()
        self.app.quit()

    def _pages(self) -> Iterator[None]:
        built, read = {}, {}
        for page in self._wanted:
            start = time.perf_counter()
            self._watcher.when_painted(self._page(page), self._next)
            self.frame.go(page)
            yield
            built[page] = time.perf_counter() - start
            self._when_read()
            yield
            read[page] = time.perf_counter() - start
            QTimer.singleShot(_LOOKING_MILLISECONDS, self._next)
            yield
        self.told |= {"built": built, "read": read}

    def _searches(self) -> Iterator[None]:
        box = self.frame.top.box
        self.frame.activateWindow()
        self.frame.top.focus_search()
        self._when_read()
        yield
        box.shown.connect(self._shown)
        taken = []
        for word in TYPED:
            for end in range(1, len(word) + 1):
                start = time.perf_counter()
                box.setText(word[:end])
                yield
                taken.append(time.perf_counter() - start)
        self.told["searched"] = taken

    def _shown(self) -> None:
        results = self.frame.top.box.results
        self._watcher.when_painted(lambda widget: widget is results or results.isAncestorOf(widget), self._next)


def main() -> None:
    """Be one of the two."""
    told = bare() if sys.argv[1] == "bare" else Ours(Path(sys.argv[2]), sys.argv[3:]).run()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
