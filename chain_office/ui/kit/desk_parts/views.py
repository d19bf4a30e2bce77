"""The views of a desk: the desk's list is the first of them, the others are loaded and made when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from chain_office.ui import keys
from chain_office.ui.kit.desk_parts import LIST, PartKind
from chain_office.ui.kit.view_strip import ViewStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QVBoxLayout

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.kit.desk_parts.part import Host, Part

    Counts = Mapping[str, tuple[int, str]]
    """View → the live count beside its word, and what it counts in words."""

_NUMBERED = ("view", "view_more")
_PRESSED = tuple(pressed for one in _NUMBERED for pressed in keys.key(one).keys)


class Views(QObject):
    """Mounted on the desk once: takes its whole room for the list, and puts the strip above."""

    shown = Signal(str)
    """Another view is shown: its id."""

    def __init__(
        self,
        desk: Desk,
        host: Host,
        kinds: Sequence[PartKind],
        read_list: Callable[[], None],
        counts: Callable[[Ledger, date], Counts] | None = None,
    ) -> None:
        super().__init__(desk)
        self._desk, self._host, self._read_list, self._counts = desk, host, read_list, counts
        self._kinds: dict[str, PartKind] = {kind.id: kind for kind in kinds}
        self._made: dict[str, Part] = {}
        self._loaded: set[str] = set()
        self._stale_list = True
        self._enter_it = False
        self._place = ""
        self._put_away: list[QAction] = []
        self._loaded_ahead = False
        self._came_from, self._taken_up = LIST, frozenset[str]()
        self.current = LIST
        self.strip = ViewStrip(f"{desk.title}的各种看法", desk.office.palette)
        self.stack = QStackedWidget()
        self._wait = QWidget()
        room = cast("QVBoxLayout", desk.layout())
        room.removeWidget(desk.body)
        for widget in (desk.body, self._wait):
            self.stack.addWidget(widget)
        room.setSpacing(0)
        room.addWidget(self.strip)
        room.addWidget(self.stack, 1)
        for place, kind in enumerate(kinds):
            tip = f"{kind.word}（{_PRESSED[place]}）" if place < len(_PRESSED) else kind.word
            self.strip.add(kind.id, kind.word, kind.icon_name, tip)
        self.strip.setVisible(len(kinds) > 1)
        self.strip.show_chosen(LIST)
        self.strip.chosen.connect(lambda view_id, stays: self.choose(view_id, enter=not stays))
        self._shortcuts = self._make_keys()
        desk.offered.connect(self._load_ahead)
        desk.list.current.connect(self._walked)
        desk.side.currentChanged.connect(lambda _place: self._side_changed())

    def _make_keys(self) -> list[QShortcut]:
        ids = list(self._kinds)
        numbers = [made for one in _NUMBERED for made in keys.shortcut(one, self._desk, int)]
        for place, made in enumerate(numbers):
            if place < len(ids):
                made.activated.connect(lambda wanted=ids[place]: self.choose(wanted, enter=True))
        following = keys.shortcut("next_view", self._desk, lambda: self._step(1))
        before = keys.shortcut("previous_view", self._desk, lambda: self._step(-1))
        return [*numbers, *following, *before]

    def _step(self, by: int) -> None:
        ids = list(self._kinds)
        self.choose(ids[(ids.index(self.current) + by) % len(ids)], enter=True)

    def has(self, view_id: str) -> bool:
        """Whether there is such a view."""
        return view_id in self._kinds

    # Which is shown.

    @property
    def part(self) -> Part | None:
        """The view shown; None for the list, or while it is being loaded."""
        return self._made.get(self.current)

    def choose(self, view_id: str, place: str = "", *, enter: bool = False) -> None:
        """Show a view, and a place on it; ``enter`` puts the focus into it."""
        if view_id not in self._kinds:
            return
        self.current, self._place, self._enter_it = view_id, place, enter
        self._came_from = LIST
        self.strip.show_chosen(view_id)
        self._give_keys()
        self._turn()
        self.shown.emit(view_id)

    def come_back(self, view_id: str, ids: Iterable[str]) -> None:
        """A form was opened beside the list for these problems: when it is done with, go back to this view."""
        self._came_from, self._taken_up = view_id, frozenset(ids)

    def _walked(self, row_id: str) -> None:
        """On to another record of the list: one stays there."""
        if row_id not in self._taken_up:
            self._came_from = LIST

    def _side_changed(self) -> None:
        if self._came_from != LIST and self._desk.side.currentWidget() is self._desk.detail:
            QTimer.singleShot(0, self, self._go_back)  # whoever put the form away goes to the list first

    def _go_back(self) -> None:
        if self._came_from != LIST and self.current == LIST:
            self.choose(self._came_from, enter=True)

    def _turn(self) -> None:
        """Show what was chosen, once it is there."""
        kind = self._kinds[self.current]
        if self.current == LIST:
            self.stack.setCurrentWidget(self._desk.body)
            if self._stale_list:
                self._stale_list = False
                self._read_list()
            self._enter(self._desk.list)
        elif self.current in self._made:
            self._show(self._made[self.current])
        elif kind.id in self._loaded:
            self._make(kind)
        else:
            self.stack.setCurrentWidget(self._wait)
            self._load(kind)

    def _load(self, kind: PartKind) -> None:
        self._desk.office.work.aside(kind.load, lambda _loaded: self._came(kind), owner=self)

    def _came(self, kind: PartKind) -> None:
        """A view's module is there; until it is, the window waits for no import another thread is at."""
        self._loaded.add(kind.id)
        if self.current == kind.id and kind.id not in self._made:
            self._make(kind)

    def _make(self, kind: PartKind) -> None:
        part = kind.load()(self._desk.office, self._host)
        self._made[kind.id] = part
        self.stack.addWidget(part)
        self._show(part)

    def _show(self, part: Part) -> None:
        self.stack.setCurrentWidget(part)
        if part.stale and self._desk.office.shown is not None:
            part.stale = False
            part.refresh()
        if self._place:
            part.go_to(self._place)
            self._place = ""
        self._enter(part.parts()[0])

    def _enter(self, widget: QWidget) -> None:
        if self._enter_it:
            self._enter_it = False
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _load_ahead(self) -> None:
        """Once the list has been read, load the modules of the others, so that showing one only has to build it."""
        if not self._loaded_ahead:
            self._loaded_ahead = True
            for kind in self._kinds.values():
                if kind.place:
                    self._load(kind)

    # Reading.

    def refresh(self) -> None:
        """Everything is stale; what is shown is read now, the others when they are shown."""
        self._stale_list = True
        for part in self._made.values():
            part.stale = True
        self._turn()
        self._count()

    def notice(self, tables: frozenset[str]) -> bool:
        """Whether a change of these tables makes a view that was made stale."""
        return any(not part.watches or part.watches & tables for part in self._made.values())

    def _count(self) -> None:
        day, counts = self._desk.office.as_of, self._counts
        if counts is not None:
            self._desk.office.work.ask(
                lambda ledger: counts(ledger, day), lambda found: self._show_counts(found, day), owner=self
            )

    def _show_counts(self, found: Counts, day: date) -> None:
        for view_id, (number, words) in found.items():
            self.strip.count(view_id, number, words, day)

    # Keys of the desk belong to its list.

    def _give_keys(self) -> None:
        """The actions of the desk work on its list: while another view is shown their keys rest, but for 新建."""
        on_list = self.current == LIST
        if on_list:
            self._desk.addActions(self._put_away)
            self._put_away = []
        else:
            new = QKeySequence(keys.key("new").keys[0])
            resting = [action for action in self._desk.actions() if action.shortcut() != new]
            for action in resting:
                self._desk.removeAction(action)
            self._put_away += resting
        for one in self._desk.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if one not in self._shortcuts:
                one.setEnabled(on_list)

    # Where one is.

    def where(self) -> str:
        """The view shown as a reference; "" for the list."""
        if self.current == LIST:
            return ""
        place = self.part.where() if self.part is not None else ""
        return f"view:{self.current}" + (f"/{place}" if place else "")

    def parts(self) -> tuple[QWidget, ...]:
        """The strip, and what stands in the view shown; of the list the desk knows."""
        return (self.strip, *(self.part.parts() if self.part is not None else ()))
