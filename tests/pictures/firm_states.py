"""What the pictures of the enterprise desk show: a dossier, its timeline cut to one kind, the register month by month, and the
paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.pictures.studio import State, Studio

_FIRM = 9
"""The place in the list of a firm with something of everything."""


def _dossier(kind: str = "", *, printed: bool = False) -> State:
    def steps(studio: Studio) -> Generator[None, None, None]:
        page = studio.page("enterprises")
        yield
        page.show_record(f"view:dossier/{page.model.ids[_FIRM]}")
        yield
        yield
        part = page.views.stack.currentWidget()
        if kind:
            part.show_kind(kind)
        if printed:
            part.print()
            for _ in range(8):
                yield
        yield

    return steps


def _register(studio: Studio) -> Generator[None, None, None]:
    studio.page("enterprises", "view:register")
    yield
    yield


FIRM_STATES: dict[str, State] = {
    "firm-dossier": _dossier(),
    "firm-loans": _dossier("loan"),
    "firm-paper": _dossier(printed=True),
    "firm-register": _register,
}
