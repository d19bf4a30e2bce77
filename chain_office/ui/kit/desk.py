"""A desk: filters above a list, the record the cursor is on beside it. Desks say what they show; this says how."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chain_office.queries.list_window import whole
from chain_office.queries.search import found_ids
from chain_office.queries.views import Choice, View, choices, value_name
from chain_office.services.calendar import work_calendar
from chain_office.services.explaining import rows_of
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.columns import Columns
from chain_office.ui.kit.desk_editing import DeskEditing
from chain_office.ui.kit.desk_model import DeskModel
from chain_office.ui.kit.desk_view import DeskView
from chain_office.ui.kit.detail import Detail
from chain_office.ui.kit.filters import Filters
from chain_office.ui.kit.follow import Follow
from chain_office.ui.kit.heading_filters import HeadingFilters
from chain_office.ui.kit.list_paper import ListPrinting, Pasting
from chain_office.ui.kit.nothing import Nothing
from chain_office.ui.kit.views_menu import ViewsMenu
from chain_office.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.lists import ListKind
    from chain_office.queries.records import Record
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.table import ListColumn
    from chain_office.ui.office import Office

_NARROW = 900
"""Below this width of the page the record stands under the list."""
_LOW = 520
"""Below this height of the page the boxes above the list stand back."""
_PAINTED_MILLISECONDS = 40
"""By then the list has been painted and has asked for the lines it shows."""
INTAKE = "intake"
"""The page that takes books in."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the filter row offers at a date: selections, values, how many rows there are at all."""

    views: tuple[View, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    total: int
    calendar: WorkCalendar
    beside: Any


class Desk(Page):
    """Base of the six desks."""

    table: ClassVar[str]
    """The table whose records it shows."""
    boxes: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Filters with a box: the list's filter, its word."""
    wide: ClassVar[int]
    """The column that takes the room left over."""
    noun: ClassVar[str]
    """What one row is counted as: 个问题."""
    belongs: ClassVar[str]
    """What an empty desk says belongs here."""
    makes: ClassVar[tuple[str, ...]] = ()
    """The tables 新建 makes records of; the first is the usual one."""
    selection_changed = Signal(int)
    """So many records are selected now."""
    offered = Signal()
    """What can be chosen was read again."""

    @abstractmethod
    def columns(self) -> tuple[ListColumn, ...]:
        """The columns of the list."""

    @staticmethod
    @abstractmethod
    def kind_at(day: date) -> ListKind[Any]:
        """How the list is read at a cut-off date."""

    @staticmethod
    @abstractmethod
    def views_at(ledger: Ledger, day: date) -> tuple[View, ...]:
        """The ready-made selections."""

    @staticmethod
    def beside_at(_ledger: Ledger, _day: date) -> Any:
        """What the columns need beside a line, read once for the whole list; runs on the database thread."""
        return None

    @staticmethod
    @abstractmethod
    def read_record(ledger: Ledger, reference: str, day: date) -> Record | None:
        """One record; None if it is gone."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.calendar: WorkCalendar | None = None
        self.beside: Any = None
        self._order: tuple[str, bool | None] = ("", None)
        self._target = ""
        self._pending_view = ""
        self._asked: object = None
        self._answered: object = None
        """Whether the list was last read for the same records as the time before: then what was selected stays so."""
        self._offer_due = False
        self._total = self._listed = 0
        self.model = self.make_model()
        self.list = DeskView(self.model, office.palette)
        self.list.setAccessibleName(f"{self.title}列表")
        self.filters = Filters(self.boxes, office.palette)
        self.filters.named = self.id
        self.bar = ActionsBar(office.palette)
        self.detail = Detail(office.palette)
        self.side = QStackedWidget()
        self.side.addWidget(self.detail)
        self._follow = Follow(office, self.read_record, self.detail.show_record, self)
        self.body = self._stack = QStackedWidget()
        """Filters, list and record, or what stands there while there is nothing: the whole of the desk."""
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self.heading_filters = HeadingFilters(self)
        self.shown_columns = Columns(self)
        self.saved_views = ViewsMenu(self)
        self.printing = ListPrinting(self)
        self.pasting = Pasting(self)
        self.editing = DeskEditing(self)

    def make_model(self) -> DeskModel:
        """The list's model."""
        return DeskModel(self.office.work, self.kind_at(self.office.as_of), self.columns(), self)

    def _lay_out(self) -> None:
        self._none = Nothing("没有符合条件的记录", "清除筛选", self.filters.clear)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self._none)
        self._split.addWidget(self._lists)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.side, 1)
        self._split.addWidget(self._right)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([800, 400])
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        self.bar.add_right(self.filters.count)
        column.addWidget(self.bar)
        column.addWidget(self.filters)
        column.addWidget(self._split, 1)
        self.nothing = Nothing(self.belongs, "去导入", lambda: self.wanted.emit(INTAKE, ""))
        self._stack.addWidget(full)
        self._stack.addWidget(self.nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.filters.changed.connect(self._load)
        self.model.counted.connect(self._counted)
        self.list.sort_wanted.connect(self._sort)
        self.list.current.connect(lambda row_id: self._follow.ask(f"{self.table}:{row_id}"))
        self.list.opened.connect(lambda _id: self.detail.setFocus())
        self.list.selected.connect(self._selected)
        self.detail.left.connect(self.list.setFocus)
        self.detail.wanted.connect(self._go)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Narrow pages show the record under the list."""
        super().resizeEvent(event)
        self.filters.compact(on=event.size().height() < _LOW)
        way = Qt.Orientation.Vertical if event.size().width() < _NARROW else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([3, 2] if way == Qt.Orientation.Vertical else [800, 400])

    # Reading.

    def refresh(self) -> None:
        """Read everything again; the cursor stays on its record. What can be chosen is read after what is looked at."""
        day = self.office.as_of
        self.model.use(self.kind_at(day), day)
        self._offer_due = True
        if self.filters.only is None and not self._pending_view:
            self._load()
        else:
            self._ask_offer()

    def _ask_offer(self) -> None:
        if self._offer_due:
            self._offer_due = False
            day, offer_at = self.office.as_of, self.offer_at
            self.office.work.ask(lambda ledger: offer_at(ledger, day), self._take_offer, owner=self)

    def offer_at(self, ledger: Ledger, day: date) -> Offer:
        """What can be chosen; runs on the database thread and touches no widget."""
        kind = self.kind_at(day)
        found = {name: choices(ledger, kind, name) for name, _ in self.boxes}
        total = whole(ledger, kind)
        return Offer(self.views_at(ledger, day), found, total, work_calendar(ledger), self.beside_at(ledger, day))

    def _take_offer(self, offer: Offer) -> None:
        again = self.filters.only is not None or bool(self._pending_view)
        self.calendar, self.beside = offer.calendar, offer.beside
        self._total = offer.total
        self.filters.offer(offer.views, offer.choices, offer.total, self.office.as_of)
        self.filters.show_count(self._listed, self.noun)
        self.list.viewport().update()
        self.offered.emit()
        typing = self.side.currentWidget() is not self.detail  # the form of a first record is not taken away
        self._stack.setCurrentIndex(0 if self._total or self._target or typing else 1)
        if self._pending_view:
            wanted, self._pending_view = self._pending_view, ""
            self._choose(wanted)
        elif again:
            self._load()

    def _load(self) -> None:
        order, down = self._order
        filters = self.filters
        near = self._target or self._shown_id()
        self._asked = filters.asked
        self.model.load(
            filters.values, order, descending=down, only=filters.only, conditions=filters.conditions, near=near
        )

    def _sort(self, order: str, down: bool) -> None:
        self._order = (order, down)
        self._load()

    @property
    def order(self) -> tuple[str, bool | None]:
        """The order the list is in, and whether it goes down; "" for the usual one."""
        return self._order

    def set_order(self, order: str, *, down: bool) -> None:
        """Use this order from the next reading on; "" for the usual one."""
        self._order = (order, down if order else None)
        self.list.show_order(order, down=down)

    def notice(self, tables: frozenset[str]) -> bool:
        """Saved views stand among the settings."""
        return super().notice(tables) or "setting" in tables

    def _counted(self, number: int) -> None:
        self._listed = number
        QTimer.singleShot(_PAINTED_MILLISECONDS, self, self._ask_offer)
        self.filters.show_count(number, self.noun)
        self._lists.setCurrentWidget(self.list if number else self._none)
        held, wanted = self.list.held, self._target
        same, self._answered = self._asked == self._answered, self._asked
        target = wanted or self._shown_id()
        if target and self.list.go_to(target):
            self._target = ""
            if same and not wanted:
                self.list.choose_again(held)
        elif self._target:
            if self.filters.anything:
                self.filters.clear()
                return
            self._target = ""
        elif number:
            self.list.setCurrentIndex(self.model.index(0, 0))
        else:
            self._follow.ask("")

    def _shown_id(self) -> str:
        kind, _, row_id = self._follow.wanted.partition(":")
        return row_id if kind == self.table else ""

    # What is selected.

    def selected_ids(self) -> tuple[str, ...]:
        """The records selected, in the order of the list; those the list has not fetched are among them."""
        return self.list.selected_ids()

    @property
    def current_id(self) -> str:
        """The record the cursor is on, "" for none."""
        return self.list.current_id

    def _selected(self, number: int) -> None:
        self.bar.show_selected(number)
        self.selection_changed.emit(number)

    # Going somewhere.

    def put_above_side(self, widget: QWidget) -> None:
        """Put a widget over the record."""
        room = self._right.layout()
        assert isinstance(room, QVBoxLayout)
        room.insertWidget(0, widget)

    def show_full(self) -> None:
        """Show list and side, even where there is no record yet."""
        self._stack.setCurrentIndex(0)

    def follow_again(self) -> None:
        """Read the record at the side once more."""
        self._follow.ask(self._follow.wanted)

    def show_record(self, reference: str) -> None:
        """A record of this desk, a selection ("figure:<key>"), what a search finds ("search:<text>"), just some records
        ("rows:<words>/<id>+<id>"), or what belongs to a firm, a unit, a bank … ("enterprise:<id>")."""
        kind, _, name = reference.partition(":")
        if kind == "figure":
            if self.calendar is None:
                self._pending_view = name
            else:
                self._choose(name)
        elif kind == "rows":
            words, _, ids = name.rpartition("/")
            self.keep_to(frozenset(ids.split("+")), words)
        elif kind == self.table:
            self._target = name
            self._stack.setCurrentIndex(0)
            if self.list.go_to(name):
                self._target = ""
            elif self.calendar is not None:
                self._load()
            self._follow.ask(reference)
            self.list.setFocus()
        elif kind == "search":
            page = self.id
            self.office.work.ask(
                lambda ledger: found_ids(ledger, name, page),
                lambda ids: self.keep_to(ids, f"搜索“{name}”"),
                owner=self,
            )
        elif kind in self.model.kind.filters:
            lists = self.model.kind
            self.office.work.ask(
                lambda ledger: value_name(ledger, lists, kind, name),
                lambda text: self._pin(kind, name, text),
                owner=self,
            )
        else:
            self._follow.ask(reference)

    def _choose(self, key: str) -> None:
        """A ready-made selection, or the rows behind any other figure."""
        if self.filters.has(key):
            self.filters.choose(key)
            return
        day, table = self.office.as_of, self.table
        self.office.work.ask(
            lambda ledger: rows_of(ledger, day, key, table), lambda found: self._keep_figure(*found), owner=self
        )

    def _keep_figure(self, ids: frozenset[str], words: str) -> None:
        if words:
            self.keep_to(ids, words)
        else:
            self.filters.choose("")

    def _pin(self, kind: str, value: str, words: str) -> None:
        self.filters.pin(kind, value, words)
        self.list.setFocus()

    def keep_to(self, ids: frozenset[str], words: str) -> None:
        """Show just these records; ``words`` say what they are."""
        self.filters.clear()
        self.filters.keep(ids, words)
        self.list.setFocus()

    def where(self) -> str:
        """The record shown beside the list."""
        return self._follow.wanted

    def parts(self) -> tuple[QWidget, ...]:
        """Filters, list, record."""
        return (self.filters, self.list, self.detail)

    def _go(self, page: str, reference: str) -> None:
        if page == self.id:
            self.show_record(reference)
        else:
            self.wanted.emit(page, reference)
