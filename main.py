"""Composition root: the only file that sees every room. With a command it works headless; without one it opens the
window, on the ledger named or the one opened last."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def open_window(ledger: Path | None) -> int:
    """Show the window. A page is one line here."""
    from chain_office.ui.launch import launch
    from chain_office.ui.pages.charts import ChartsPage
    from chain_office.ui.pages.enterprises import Enterprises
    from chain_office.ui.pages.finance import Finance
    from chain_office.ui.pages.intake import IntakePage
    from chain_office.ui.pages.output import Output
    from chain_office.ui.pages.overview import OverviewPage
    from chain_office.ui.pages.papers import PapersPage
    from chain_office.ui.pages.problems import Problems
    from chain_office.ui.pages.projects import Projects
    from chain_office.ui.pages.settings import Settings
    from chain_office.ui.pages.visits import Visits

    pages = (
        *(OverviewPage, Enterprises, Visits, Problems, Finance, Projects, Output),
        *(ChartsPage, PapersPage, IntakePage, Settings),
    )
    return launch(pages, ledger)


def can_show_a_window() -> bool:
    """Whether there is a screen (or Qt was told to do without one)."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return os.name == "nt" or sys.platform == "darwin" or any(map(os.environ.get, named))


def start(arguments: list[str]) -> int:
    """A command, or the window."""
    from chain_office.cli import main

    if arguments and not (len(arguments) == 1 and arguments[0].endswith(".ledger")):
        return main(arguments)
    if not can_show_a_window():
        return main([])
    return open_window(Path(arguments[0]) if arguments else None)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # the packed program also plays the workshop's process
    sys.exit(start(sys.argv[1:]))
