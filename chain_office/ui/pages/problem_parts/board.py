"""看板: problems in columns by where they stand. A card carried to another column opens the form of the step that leads
there; where none does, the column says which way it is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from chain_office.domain.board import LANES, lane, lane_of, verbs_into, why_not
from chain_office.domain.lights import LABELS
from chain_office.domain.workflow import STATES, VERBS
from chain_office.queries.problem_desk import by_state
from chain_office.queries.problem_strip import in_states
from chain_office.queries.records import COLOURS
from chain_office.services.calendar import work_calendar
from chain_office.services.explaining import selections
from chain_office.services.figures import described
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.board import Board
from chain_office.ui.kit.board_cards import BoardCard
from chain_office.ui.kit.board_column import BoardPile
from chain_office.ui.kit.board_list import Cards
from chain_office.ui.kit.figure_line import FigureLine, Told
from chain_office.ui.kit.figure_menu import rows_place
from chain_office.ui.kit.labels import label
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from chain_office.domain.board import Lane
    from chain_office.domain.figures import Figure
    from chain_office.domain.workflow import Verb
    from chain_office.queries.problem_desk import Board as Standing
    from chain_office.queries.problem_desk import Card
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

MOST: Final = 1000
"""So many cards a state; the rest is opened in the list."""


class BoardPart(Part):
    """看板."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "problem", "problem_event", "problem_span", "enterprise", "unit", "category", "calendar_day", "light_rule", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self._cards: dict[str, Card] = {}
        self._at = ""
        self.menu: QMenu | None = None
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开", "list", lambda: self._open(self._at), needs=1)
        self._next = self.bar.add("办理……", "list-checks", self.offer_steps, shortcut=_key("fitting_step"), needs=1)
        self.addAction(self._next)
        self._all = self.bar.add("在清单里打开这一列", "list-filter", self._open_lane, needs=1)
        self.count = FigureLine("quiet")
        self.count.opened.connect(self._open_figure)
        self.bar.add_right(self.count)
        self.board = Board(office.palette, self._why_not)
        self.board.opened.connect(self._open)
        self.board.figure_opened.connect(self._open_figure)
        self.board.entered_card.connect(self._entered)
        self.board.menu_wanted.connect(lambda _id: self.offer_steps())
        self.board.dropped.connect(self.drop)
        self.nothing = label(
            "还没有收集到问题。\n收集、筛选、交办、办理、核实、销号，每个问题走到哪一步，在这里一列一列地看。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.board, 1)
        self.column.addWidget(self.nothing, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The columns, and what is done with a card."""
        return (self.board.first(), self.bar)

    def refresh(self) -> None:
        """The columns at the cut-off date."""
        day = self.office.as_of

        def read(ledger: Ledger) -> tuple[Standing, tuple[BoardPile, ...]]:
            found = by_state(ledger, day, work_calendar(ledger), most=MOST)
            return found, tuple(_pile(one, found) for one in LANES)

        self.ask(read, lambda found: self._show(*found))

    def _show(self, found: Standing, piles: Sequence[BoardPile]) -> None:
        self._cards = {card.id: card for one in found.columns for card in one.cards}
        self.board.show_piles(piles)
        total = sum(one.total for one in found.columns)
        late = sum(one.overdue for one in found.columns)
        known = {one.key: one for one in described(found.day)}
        whole = replace(known["problems.collected"], value=total, row_count=total)
        overdue = replace(known["problems.overdue"], value=late, row_count=late)
        self.count.tell(
            Told(f"{total} 个问题", whole), "，", Told(f"逾期 {late} 个", overdue), f"　截至 {found.day.isoformat()}"
        )
        self.board.setVisible(bool(total))
        self.nothing.setVisible(not total)
        self._entered(self._at if self._at in self._cards else "")

    def _entered(self, card_id: str) -> None:
        self._at = card_id
        self.bar.show_selected(1 if card_id else 0)
        self._next.setVisible(not self.read_only)

    def _open_figure(self, figure: Figure) -> None:
        self.page.show_record(rows_place(figure)[1])

    # Where one is.

    def go_to(self, reference: str) -> None:
        """Put the cursor on a problem's card."""
        self.board.go_to(reference)

    def where(self) -> str:
        """The card the cursor is on."""
        return self._at

    def _open(self, card_id: str) -> None:
        if card_id:
            self.page.show_record(f"problem:{card_id}")

    def _open_lane(self) -> None:
        """Every problem of the column in the list, those the column has no room for too."""
        card = self._cards.get(self._at)
        if card is not None:
            mine, day = lane_of(card.state), self.office.as_of

            def read(ledger: Ledger) -> frozenset[str]:
                return in_states(ledger, day, mine.states)

            self.ask(read, lambda ids: self.page.show_rows(ids, mine.word))

    # Steps.

    def offer_steps(self) -> None:
        """The steps that may be taken on the card the cursor is on, in a menu beside it."""
        card = self._cards.get(self._at)
        if card is not None and not self.read_only:
            self._offer([verb for verb in VERBS.values() if card.state in verb.moves], (card.id,))

    def drop(self, lane_id: str, ids: Sequence[str]) -> None:
        """Cards were carried to a column: the form of the step that leads there, of several the one chosen."""
        verbs = self._lawful(lane(lane_id), ids)
        if len(verbs) == 1:
            self.page.open_step(verbs[0].id, tuple(ids))
        elif verbs:
            self._offer(verbs, tuple(ids))

    def _lawful(self, target: Lane, ids: Sequence[str]) -> list[Verb]:
        states = [self._cards[one].state for one in ids if one in self._cards]
        if len(states) < len(ids) or any(state in target.states for state in states):
            return []
        return [verb for verb in verbs_into(target.id, states) if verb.many or len(states) == 1]

    def _why_not(self, lane_id: str, ids: Sequence[str]) -> str:
        """Why cards cannot be let go over a column; "" where they can."""
        if self.read_only:
            return "台账以只读方式打开，不能办理。"
        states = [self._cards[one].state for one in ids if one in self._cards]
        if any(state in lane(lane_id).states for state in states):
            return "就在这一列。"
        return next((why for state in states if (why := why_not(lane_id, state))), "")

    def _offer(self, verbs: Sequence[Verb], ids: tuple[str, ...]) -> None:
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb in verbs:
            self.menu.addAction(f"{verb.label}……").triggered.connect(partial(self._take, verb.id, ids))
        focus = self.focusWidget()
        cursor = focus if isinstance(focus, Cards) else None
        at = cursor.visualRect(cursor.currentIndex()).bottomLeft() if cursor is not None else QPoint(40, 40)
        self.menu.popup((cursor.viewport() if cursor is not None else self).mapToGlobal(at))

    def _take(self, verb: str, ids: tuple[str, ...], _checked: bool = False) -> None:
        self.page.open_step(verb, ids)


def _pile(one: Lane, found: Standing) -> BoardPile:
    """A column's cards, the most pressing first."""
    states = [column for column in found.columns if column.state in one.states]
    cards = [card for state in states for card in state.cards]
    if len(states) > 1:
        cards.sort(key=lambda card: (not card.overdue, card.due_day is None, card.due_day, card.number))
    total, late = sum(state.total for state in states), sum(state.overdue for state in states)
    return BoardPile(
        one.id,
        one.word,
        total,
        late,
        tuple(_card(card, found.day) for card in cards),
        one.folded,
        one.empty,
        figures=(selections.figure(found.day, f"problems.lane.{one.id}", total),),
        late_figures=(selections.figure(found.day, f"problems.lane.{one.id}.overdue", late),) if late else (),
    )


def _card(card: Card, day: date) -> BoardCard:
    light = COLOURS.get(card.light, card.light)
    told = "逾期" if card.overdue else LABELS[card.light]
    alone = lane_of(card.state).states[0] == card.state
    mark = "" if alone else STATES[card.state].label
    due = f"　{card.due_word} {card.due_day.isoformat()}" if card.due_day is not None else ""
    where = card.unit or ("" if card.state == "waiting" else "未明确单位")
    tip = "\n".join(
        (f"{card.no} {card.enterprise}", card.text, f"{card.label}　{where}{due}", f"{LABELS[card.light]}：{card.why}")
    )
    return BoardCard(
        card.id, card.no, card.enterprise, card.text, where, f"{_due(card, day)} {told}".strip(), light,
        LABELS[card.light], tip, mark,
    )  # fmt: skip


def _due(card: Card, day: date) -> str:
    """When it is due; the year only where it is another one."""
    due = card.due_day
    if due is None:
        return ""
    return f"{due.month}-{due.day:02d}" if due.year == day.year else due.isoformat()


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
