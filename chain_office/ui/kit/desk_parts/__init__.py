"""The views of a desk beside its list: one line a view, in the order of the strip above them; each is loaded when it is
first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from chain_office.ui.kit.desk_parts.part import Part

LIST: Final = "list"


@dataclass(frozen=True, slots=True)
class PartKind:
    """A view by what the strip has to know before it is shown. ``place``: "package.module:class"; "" is the list itself."""

    id: str
    word: str
    icon_name: str
    place: str = ""

    def load(self) -> type[Part]:
        """The view's class."""
        module, _, name = self.place.partition(":")
        return cast("type[Part]", getattr(import_module(module), name))


THE_LIST: Final = PartKind(LIST, "清单", "list")
"""The desk's own list, the first of its views."""
