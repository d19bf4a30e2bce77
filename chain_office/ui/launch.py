"""Starting the window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from chain_office import mishaps
from chain_office.ui.app import make_application
from chain_office.ui.appearance import Appearance
from chain_office.ui.crash import CrashDialog, log_folder
from chain_office.ui.recent import recent
from chain_office.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chain_office.ui.page import PageKind


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
    window.frame.show()
    QTimer.singleShot(0, window.frame, lambda: mishaps.start_log(log_folder()))
    window.load_ahead(pages)
    wanted = ledger or next((used.path for used in recent()), None)
    if wanted is not None:
        QTimer.singleShot(0, window.frame, lambda: window.open(wanted))
    code = app.exec()
    window.crashes.let_go()
    return code
