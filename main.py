"""Composition root: the only file that sees every room. With a command it works headless; without one it opens the
window, on the ledger named or the one opened last."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.ui.page import PageKind


def pages() -> tuple[PageKind, ...]:
    """The pages, in the window's order. A page is one line here; its module is loaded when it is shown."""
    from chain_office.ui.page import PageKind

    room = "chain_office.ui.pages"
    return (
        PageKind(f"{room}.overview:OverviewPage", "overview", "总览", "layout-dashboard"),
        PageKind(f"{room}.enterprises:Enterprises", "enterprises", "企业", "building-2"),
        PageKind(f"{room}.visits:Visits", "visits", "走访", "footprints", "enterprises.unvisited"),
        PageKind(f"{room}.problems:Problems", "problems", "问题", "circle-alert", "problems.open"),
        PageKind(f"{room}.finance:Finance", "finance", "银企", "landmark", "finance.waiting"),
        PageKind(f"{room}.projects:Projects", "projects", "项目", "hammer", "projects.red"),
        PageKind(f"{room}.output:Output", "output", "产值", "chart-column", "output.behind"),
        PageKind(f"{room}.charts:ChartsPage", "charts", "图表", "chart-pie"),
        PageKind(f"{room}.papers:PapersPage", "papers", "材料", "file-text"),
        PageKind(f"{room}.intake:IntakePage", "intake", "导入", "file-input", apart=True, takes_files=True),
        PageKind(f"{room}.settings:Settings", "settings", "设置", "settings", apart=True),
    )


def open_window(ledger: Path | None) -> int:
    """Show the window."""
    from chain_office.ui.launch import launch

    return launch(pages(), ledger)


def can_show_a_window() -> bool:
    """Whether there is a screen (or Qt was told to do without one)."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return os.name == "nt" or sys.platform == "darwin" or any(map(os.environ.get, named))


def start(arguments: list[str]) -> int:
    """A command, or the window."""
    ledger = len(arguments) == 1 and arguments[0].endswith(".ledger")
    if can_show_a_window() and (ledger or not arguments):
        return open_window(Path(arguments[0]) if arguments else None)
    from chain_office.cli import main

    return main([] if ledger else arguments)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # the packed program also plays the workshop's process
    sys.exit(start(sys.argv[1:]))
