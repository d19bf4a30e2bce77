"""Starting the window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from chain_office.ui.app import make_application, palette_for, wear
from chain_office.ui.start import recent
from chain_office.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chain_office.ui.page import Page


def launch(pages: Sequence[type[Page]], ledger: Path | None = None) -> int:
    """Show the window on ``ledger``, else on the one opened last, else with its three doors. Returns the exit code."""
    app = make_application(sys.argv[:1])
    palette = palette_for(dark=False)
    wear(app, palette)
    window = Window(pages, palette)
    window.frame.show()
    wanted = ledger or next(iter(recent()), None)
    if wanted is not None:
        window.open(wanted)
    return app.exec()
