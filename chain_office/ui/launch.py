"""Starting the window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from chain_office import mishaps
from chain_office.ui.app import make_application
from chain_office.ui.appearance import Appearance
from chain_office.ui.collector import Collector
from chain_office.ui.crash import CrashDialog, log_folder
from chain_office.ui.recent import recent
from chain_office.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chain_office.ui.page import PageKind


class _FirstFrame(QObject):
    """Calls once, when a widget has been painted for the first time: what follows must not hold up that frame."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See the first paint go by."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False


def launch(pages: Sequence[PageKind], ledger: Path | None = None) -> int:
    """Show the window on ``ledger``, else on the one opened last, else with its three doors. Returns the exit code."""
    app = make_application(sys.argv[:1])
    look = Appearance(app)
    try:
        window = Window(pages, look.palette)
    except Exception as error:  # nothing to go on with: the report is all that can be given
        mishaps.tell(error)
        dialog = CrashDialog(error)
        dialog.show()
        app.exec()
        return 1
    window.crashes.catch_all()
    look.changed.connect(window.frame.redraw)
    wanted = ledger or next((used.path for used in recent()), None)

    def go_on() -> None:
        Collector(window.work, window.frame)
        window.load_ahead(pages)
        if wanted is not None:
            window.open(wanted)
        mishaps.start_log(log_folder())

    _FirstFrame(window.frame, go_on)
    window.frame.show()
    code = app.exec()
    window.crashes.let_go()
    return code
