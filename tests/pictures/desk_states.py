"""What the pictures of the other desks show: each of their views as it opens on the sample, and a few at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.pictures.studio import State, Studio


def _view(page: str, view: str) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        studio.page(page, f"view:{view}")
        for _ in range(3):
            yield

    return steps


def _entry(studio: Studio) -> Generator[None, None, None]:
    """A month half entered: its unit chosen, a few amounts typed."""
    page = studio.page("output", "view:entry")
    yield
    yield
    part = page.views.stack.currentWidget()
    part.head.units.activated.emit(part.head.units.findData("万元"))
    yield
    yield


def _duplicates(studio: Studio) -> Generator[None, None, None]:
    """Two enterprises chosen in the list, compared."""
    page = studio.page("enterprises")
    yield
    page.list.selectAll()
    ids = page.selected_ids()
    studio.page("enterprises", f"view:duplicates/{ids[10]}+{ids[12]}")
    yield
    yield


DESK_STATES: dict[str, State] = {
    **{f"visit-{view}": _view("visits", view) for view in ("today", "plan", "coverage", "due", "promises")},
    **{f"project-{view}": _view("projects", view) for view in ("board", "nodes", "timeline", "month", "compare")},
    **{f"output-{view}": _view("output", view) for view in ("health", "groups", "bridge")},
    "output-entry": _entry,
    **{f"firm-{view}": _view("enterprises", view) for view in ("map", "lists")},
    "firm-duplicates": _duplicates,
}
"""The views of 走访, 项目 and 产值; of 企业 those beside its dossier."""
