"""What the pictures show: a name, and how the window is brought there. A new state is one function and one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.pictures.studio import State, Studio

Steps = "Generator[None, None, None]"


def _page(page: str, reference: str = "") -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        yield
        studio.page(page, reference)
        yield

    return steps


def _start(_studio: Studio) -> Generator[None, None, None]:
    yield


def _search(typed: str) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        studio.page("overview")
        yield
        studio.frame.top.focus_search()
        studio.frame.top.box.setText(typed)
        yield

    return steps


def _search_listed(studio: Studio) -> Generator[None, None, None]:
    studio.frame.top.box.clear()
    studio.page("problems", "search:资金")
    yield


PAGES: dict[str, State] = {
    name: _page(name)
    for name in (
        "overview", "enterprises", "visits", "problems", "finance", "projects", "output", "charts", "papers", "intake",
        "settings",
    )
}  # fmt: skip
"""Every page as it opens."""
STATES: dict[str, State] = {
    "start": _start,
    "notice": _page("overview"),
    **PAGES,
    "search-initials": _search("slcs"),
    "search-text": _search("资金"),
    "search-nothing": _search("没有这样的词"),
    "search-listed": _search_listed,
}
"""Every picture by its file's name."""
ALONE = ("start", "notice")
"""Without a ledger; with one whose notice nobody has confirmed."""
DARK = ("overview", "problems", "projects", "charts", "search-text")
"""What is shown in the dark as well."""
