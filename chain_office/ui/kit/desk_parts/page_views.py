"""The views of a page that is no desk: what it shows first, and parts that are loaded and made when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from chain_office.ui import keys
from chain_office.ui.kit.desk_parts import LIST, PartKind
from chain_office.ui.kit.view_strip import ViewStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_office.ui.kit.desk_parts.part import Host, Part
    from chain_office.ui.page import Page


class PageViews(QObject):
    """Mounted on the page once: takes its whole room, the strip above. The first of the ``kinds`` is ``first``, which
    ``read_first`` reads."""

    def __init__(self, page: Page, kinds: Sequence[PartKind], first: QWidget, read_first: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._first, self._read_first = page, first, read_first
        self._kinds = {kind.id: kind for kind in kinds}
        self._made: dict[str, Part] = {}
        self._stale_first = True
        self._place = ""
        self.current = LIST
        self.strip = ViewStrip(f"{page.title}的各种看法", page.office.palette)
        self.stack = QStackedWidget()
        self._wait = QWidget()
        for widget in (first, self._wait):
            self.stack.addWidget(widget)
        room = QVBoxLayout(page)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(0)
        room.addWidget(self.strip)
        room.addWidget(self.stack, 1)
        pressed = keys.key("view").keys
        for place, kind in enumerate(kinds):
            self.strip.add(kind.id, kind.word, kind.icon_name, f"{kind.word}（{pressed[place]}）")
        self.strip.show_chosen(LIST)
        self.strip.chosen.connect(lambda view_id, stays: self.choose(view_id, enter=not stays))
        for place, made in enumerate(keys.shortcut("view", page, int)[: len(kinds)]):
            made.activated.connect(lambda wanted=kinds[place].id: self.choose(wanted, enter=True))
        keys.shortcut("next_view", page, lambda: self._step(1))
        keys.shortcut("previous_view", page, lambda: self._step(-1))

    def _step(self, by: int) -> None:
        ids = list(self._kinds)
        self.choose(ids[(ids.index(self.current) + by) % len(ids)], enter=True)

    @property
    def part(self) -> Part | None:
        """The view shown; None for the first, or while it is being loaded."""
        return self._made.get(self.current)

    def choose(self, view_id: str, place: str = "", *, enter: bool = False) -> None:
        """Show a view, and a place on it; ``enter`` puts the focus into it."""
        if view_id not in self._kinds:
            return
        self.current, self._place = view_id, place
        self.strip.show_chosen(view_id)
        kind = self._kinds[view_id]
        if view_id == LIST:
            self.stack.setCurrentWidget(self._first)
            if self._stale_first:
                self._stale_first = False
                self._read_first()
        elif view_id in self._made:
            self._show(self._made[view_id], enter=enter)
        else:
            self.stack.setCurrentWidget(self._wait)
            self._page.office.work.aside(kind.load, lambda _loaded: self._came(kind, enter=enter), owner=self)

    def _came(self, kind: PartKind, *, enter: bool) -> None:
        if self.current != kind.id or kind.id in self._made:
            return
        host: Host = self._page  # type: ignore[assignment]  # a page with views has what they ask of it
        part = kind.load()(self._page.office, host)
        self._made[kind.id] = part
        self.stack.addWidget(part)
        self._show(part, enter=enter)

    def _show(self, part: Part, *, enter: bool) -> None:
        self.stack.setCurrentWidget(part)
        if part.stale and self._page.office.shown is not None:
            part.stale = False
            part.refresh()
        if self._place:
            part.go_to(self._place)
            self._place = ""
        if enter:
            part.parts()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Everything is stale; what is shown is read now, the others when they are shown."""
        self._stale_first = True
        for part in self._made.values():
            part.stale = True
        self.choose(self.current, self._place)

    def count(self, view_id: str, number: int, says: str) -> None:
        """A live count beside a view's word."""
        self.strip.count(view_id, number, says, self._page.office.as_of)

    def where(self) -> str:
        """The view shown as a reference; "" for the first."""
        if self.current == LIST:
            return ""
        place = self.part.where() if self.part is not None else ""
        return f"view:{self.current}" + (f"/{place}" if place else "")
