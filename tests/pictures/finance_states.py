"""What the pictures of the finance desk show: the grid, a drawing entered from it, the ladder, look-backs, and the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.pictures.studio import State, Studio


def _view(view: str) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        studio.page("finance", f"view:{view}")
        yield
        yield

    return steps


def _entering(studio: Studio) -> Generator[None, None, None]:
    page = studio.page("finance", "view:grid")
    yield
    part = page.views.stack.currentWidget()
    columns = [column.heading for column in part.model.columns]
    part.view.setCurrentIndex(part.model.index(8, columns.index("国开行")))
    part.enter("drawn")
    yield
    yield


def _ladder_of(shown: str) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        page = studio.page("finance", "view:ladder")
        yield
        page.views.stack.currentWidget().choose(shown)
        yield

    return steps


def _paper(studio: Studio) -> Generator[None, None, None]:
    page = studio.page("finance", "view:grid")
    yield
    part = page.views.stack.currentWidget()
    part.paper.preview()
    for _ in range(8):
        yield
    yield


FINANCE_STATES: dict[str, State] = {
    "finance-grid": _view("grid"),
    "finance-entering": _entering,
    "finance-ladder": _view("ladder"),
    "finance-borrowers": _ladder_of("borrowers"),
    "finance-refusals": _ladder_of("refusals"),
    "finance-look-backs": _view("look_backs"),
    "finance-paper": _paper,
}
