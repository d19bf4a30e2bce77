"""What the shell asks of a page: a name, an icon, what it watches, and how it refreshes when it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chain_office.ui.office import Office


class Page(QWidget):
    """Base of the pages. A page is built when it is first shown and refreshed when what it watches has changed."""

    id: ClassVar[str]
    title: ClassVar[str]
    icon_name: ClassVar[str]
    watches: ClassVar[frozenset[str]] = frozenset()
    """Tables whose change makes the page stale; empty: every table."""
    count_key: ClassVar[str] = ""
    """The count shown beside its name: a key of services.counts.waiting; "" for none."""
    apart: ClassVar[bool] = False
    """Whether it stands under the line in the navigation, with what is not a desk."""
    takes_files: ClassVar[bool] = False
    """Whether workbooks dropped on the window are its to take in."""
    wanted = Signal(str, str)
    """Another page is wanted: its id, and the record or filter to show there."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.stale = True

    def refresh(self) -> None:
        """Read again what the page shows; a page that shows nothing of the ledger has nothing to do."""

    def show_record(self, reference: str) -> None:
        """Go to a record ("problem:<id>") or a filter ("figure:<key>"); pages that hold none ignore it."""

    def where(self) -> str:
        """The record or filter shown, as :meth:`show_record` takes it; "" for none."""
        return ""

    def parts(self) -> tuple[QWidget, ...]:
        """Its parts in the order F6 goes through them."""
        return (self,)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in files dropped on the window; only asked of a page that ``takes_files``."""

    def notice(self, tables: frozenset[str]) -> bool:
        """Whether a change of these tables makes the page stale."""
        return not self.watches or bool(self.watches & tables)


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page by what the shell has to know before it is shown; its module is loaded when it is. ``place`` is
    "module:class"; the rest repeats what the class says (tests/ui/test_pages.py)."""

    place: str
    id: str
    title: str
    icon_name: str
    count_key: str = ""
    apart: bool = False
    takes_files: bool = False

    def load(self) -> type[Page]:
        """The page's class. Loading is work: on the database thread before it is needed, if there is time."""
        module, _, name = self.place.partition(":")
        return cast("type[Page]", getattr(import_module(module), name))

    def __call__(self, office: Office) -> Page:
        """Build the page."""
        return self.load()(office)
