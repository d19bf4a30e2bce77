"""今日: what wants doing now in one list under headings, the most pressing first, each with the step that fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from chain_office.domain.lights import LABELS
from chain_office.domain.workflow import VERBS
from chain_office.queries.problem_desk import pile_ids, today
from chain_office.queries.records import COLOURS
from chain_office.services.calendar import work_calendar
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import offer_count
from chain_office.ui.kit.flow import Flow
from chain_office.ui.kit.grouped_rows import Group, GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.measure import scaled
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction, QResizeEvent

    from chain_office.queries.problem_desk import Card, Pile, Today
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_COLUMNS: Final = (
    Column("编号", 66), Column("灯", 44), Column("企业", 128), Column("问题", 300), Column("单位", 96),
    Column("到期", 122), Column("为何", 250),
)  # fmt: skip
_LIGHT, _WIDE = 1, 3
_NARROW: Final = 1000
_GIVE_WAY: Final = {2: 100, 6: 160}
"""In a narrow list these columns are so wide."""


@dataclass(frozen=True, slots=True)
class _Next:
    """What is done with a pile: the first verb on a button of its own, the other beside it; or the view where it is."""

    first: str = ""
    second: str = ""
    view: str = ""
    word: str = ""


_NEXT: Final[Mapping[str, _Next]] = {
    "overdue": _Next("remind", "extend"),
    "due_today": _Next("remind", "extend"),
    "due_soon": _Next("remind", "extend"),
    "extensions": _Next("extend", "refuse_extension"),
    "unacknowledged": _Next("acknowledge", "remind"),
    "to_verify": _Next("verify", "fail"),
    "look_backs": _Next("look_back", "reopen"),
    "wake_ups": _Next("repool", "reconsider"),
    "screening": _Next(view="screening", word="去筛选"),
    "to_assign": _Next("assign", view="meeting", word="去交办会"),
}


class TodayPart(Part):
    """今日."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "problem", "problem_event", "problem_span", "assignment", "enterprise", "unit", "category", "calendar_day",
        "light_rule", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: Today | None = None
        self.bar = ActionsBar(office.palette)
        self._first = self.bar.add("催办", "bell", lambda: self._step(second=False), shortcut=_key("fitting_step"))
        self._second = self.bar.add("批准延期", "check", lambda: self._step(second=True))
        self._go_there = self.bar.add("去筛选", "list-filter", self._go)
        self._all = self.bar.add("在清单里打开这一类", "list", self._open_pile)
        self.said = label("", "quiet")
        self.bar.add_right(self.said)
        printing = self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True)
        self.addActions([self._first, printing])
        self.printing = RowsPrinting(self, office)
        self.piles = Flow(gap=4)
        self._chips: dict[str, QToolButton] = {}
        self.model = GroupedModel(_COLUMNS, office.palette, self)
        self.view = GroupedView(self.model, stretch=_WIDE)
        self.view.setAccessibleName("今日要办的问题")
        self.view.opened.connect(lambda row_id: page.show_record(f"problem:{row_id.partition('/')[2]}"))
        self.view.chosen.connect(self._offer)
        keys.shortcut("choose_group", self.view, self.view.choose_group, context=Qt.ShortcutContext.WidgetShortcut)
        self.none = label("", "quiet", wrap=True)
        self.nothing = label("", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.piles)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.nothing, 1)
        self.column.addWidget(self.none)
        self._offer()

    def parts(self) -> tuple[GroupedView, ActionsBar]:
        """The list, and what is done with it."""
        return (self.view, self.bar)

    def refresh(self) -> None:
        """What wants doing at the cut-off date."""
        day = self.office.as_of

        def read(ledger: Ledger) -> tuple[Today, tuple[Group, ...]]:
            found = today(ledger, day, work_calendar(ledger))
            return found, tuple(map(_group, found.piles))

        self.ask(read, lambda found: self._show(*found))

    def _show(self, found: Today, groups: tuple[Group, ...]) -> None:
        self.found = found
        at = self.view.current_id
        row = self.view.currentIndex().row()
        self.model.show_groups(groups)
        self._fit()
        self._show_chips(found)
        number = sum(pile.total for pile in found.piles)
        empty = [pile.word for pile in found.piles if not pile.total]
        self.none.setText(f"没有：{'、'.join(empty)}。" if number and empty else "")
        self.none.setVisible(bool(number and empty))
        self.nothing.setText(
            f"{found.day.isoformat()} 没有要办的问题。\n逾期、到期、待核实、该回看、该复核、待筛选的问题会列在这里。"
        )
        self.nothing.setVisible(not number)
        self.view.setVisible(bool(number))
        if number:
            self._stay(at, row)
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow list keeps room for what the problem is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < scaled(_NARROW)
        self.view.setColumnHidden(_LIGHT, narrow)
        for place, width in _GIVE_WAY.items():
            self.view.setColumnWidth(place, scaled(width if narrow else _COLUMNS[place].width))

    def _stay(self, at: str, row: int) -> None:
        """The cursor stays on its line; where that is done with, on the one that took its place."""
        if self.model.row_of(at) < 0 and row > 0:
            near = [one for one in range(self.model.rowCount()) if one not in self.model.heads]
            place = next((one for one in near if one >= row), near[-1])
            at = self.model.line(place).id
        self.view.go_to(at)

    def _show_chips(self, found: Today) -> None:
        for pile in found.piles:
            chip = self._chips.get(pile.key)
            if chip is None:
                chip = self._chips[pile.key] = QToolButton()
                chip.setProperty("role", "flat")
                chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                chip.clicked.connect(lambda _=False, key=pile.key: self.go_to(key))
                offer_count(chip, lambda: self.office.as_of, f"problems.today.{pile.key}", pile.formula)
                self.piles.add(chip)
            chip.setText(f"{pile.word} {pile.total}")
            chip.setToolTip(f"{pile.formula}；点一下跳到这一类")
            chip.setVisible(bool(pile.total))
        self.piles.arrange()

    # Where one is.

    def go_to(self, reference: str) -> None:
        """Put the cursor on the first line of a pile."""
        row = next((head + 1 for head in self.model.heads if self.model.group(head).key == reference), -1)
        if row > 0:
            self.view.setCurrentIndex(self.model.index(row, 0))
            self.view.scrollTo(self.model.index(row - 1, 0), self.view.ScrollHint.PositionAtTop)
            self.view.setFocus()

    def _pile(self) -> Pile | None:
        group = self.view.current_group
        return self.found.pile(group.key) if group is not None and self.found is not None else None

    # What is offered.

    def _offer(self) -> None:
        """The steps that fit the lines chosen."""
        pile, chosen = self._pile(), self.view.chosen_ids()
        fits = _NEXT[pile.key] if pile is not None else _Next()
        may = not self.read_only
        for action, verb in ((self._first, fits.first), (self._second, fits.second)):
            self._offer_verb(action, verb if may else "", self._states(chosen))
        self._go_there.setVisible(bool(fits.view) and may and self.page.has_view(fits.view))
        self._go_there.setText(fits.word)
        self._all.setEnabled(pile is not None)
        self.said.setText(f"已选 {len(chosen)} 件" if len(chosen) > 1 else "")

    def _states(self, chosen: tuple[str, ...]) -> list[str]:
        """The states of the lines chosen."""
        pile = self._pile()
        known = {f"{pile.key}/{card.id}": card.state for card in pile.cards} if pile is not None else {}
        return [known[one] for one in chosen if one in known]

    @staticmethod
    def _offer_verb(action: QAction, name: str, states: list[str]) -> None:
        """Put a step on a button; off where it cannot be taken on every line chosen."""
        action.setVisible(bool(name))
        if name:
            verb, number = VERBS[name], len(states)
            action.setText(verb.label + (f"（{number} 件）" if number > 1 else ""))
            action.setEnabled(number > 0 and (number == 1 or verb.many) and all(one in verb.moves for one in states))

    def _step(self, *, second: bool) -> None:
        pile = self._pile()
        fits = _NEXT[pile.key] if pile is not None else _Next()
        verb = fits.second if second else fits.first
        ids = tuple(one.partition("/")[2] for one in self.view.chosen_ids())
        if verb and ids:
            self.page.open_step(verb, ids)

    def _go(self) -> None:
        pile = self._pile()
        if pile is not None:
            self.page.show_record(f"view:{_NEXT[pile.key].view}")

    def _open_pile(self) -> None:
        """Every problem of the pile in the list, those the pile has no room for too."""
        pile, day = self._pile(), self.office.as_of
        if pile is not None:
            self.ask(
                lambda ledger: pile_ids(ledger, day, work_calendar(ledger), pile.key),
                lambda ids: self.page.show_rows(ids, pile.word),
            )

    def print(self) -> None:
        """The list as it stands, each line with the heading it stands under."""
        if self.found is None:
            return
        rows = [
            (self.found.pile(self.model.group(row).key).word, *self.model.line(row).cells)
            for row in range(self.model.rowCount())
            if row not in self.model.heads
        ]
        counts = "、".join(f"{pile.word} {pile.total}" for pile in self.found.piles if pile.total)
        self.printing.print("今日要办", (Column("类别", 70), *_COLUMNS), rows, (f"{counts}。",) if counts else ())


def _group(pile: Pile) -> Group:
    cut = f"（列出前 {len(pile.cards)} 件，其余在清单里打开）" if pile.total > len(pile.cards) else ""
    return Group(
        pile.key, f"{pile.word}　{pile.total} 件{cut}", tuple(_line(pile, card) for card in pile.cards), pile.light,
        pile.formula,
    )  # fmt: skip


def _line(pile: Pile, card: Card) -> Line:
    """A problem in a pile; the same problem may stand in several."""
    light = COLOURS.get(card.light, card.light)
    due = f"{card.due_word} {card.due_day.isoformat()}" if card.due_day is not None else ""
    return Line(
        f"{pile.key}/{card.id}",
        (card.no, LABELS[card.light], card.enterprise, card.text, card.unit, due, card.note or card.why),
        ("quiet", light, "", "", "", "red" if card.overdue else "", light if card.overdue else "quiet"),
    )


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
