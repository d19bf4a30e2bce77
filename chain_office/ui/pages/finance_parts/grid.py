"""对接表: borrowers with what they want down the side, banks across; a cell says how far the two have come and how much.
Arrows walk, Enter opens the ladder beside the grid, 1 to 4 enter 意向, 授信, 放款, 未达成."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from chain_office.domain.loans import RUNGS, WORDS
from chain_office.queries.finance_desk import events, known_banks, ladder_of, rows_behind, standing
from chain_office.queries.records import match
from chain_office.queries.records.loan_pair import loan_pair
from chain_office.services.loan_steps import Pair
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.figures_table import FiguresModel, FiguresView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.finance_parts.bank_box import BankBox
from chain_office.ui.pages.finance_parts.grid_cells import (
    BANK,
    BRIEFLY,
    HOW_TO_READ,
    NEED,
    SUMMED,
    TOTAL,
    best,
    grid_table,
)
from chain_office.ui.pages.finance_parts.outcome_paper import OutcomePaper
from chain_office.ui.pages.finance_parts.scope import EventBox
from chain_office.ui.pages.finance_parts.side import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent

    from chain_office.domain.loans import Deal, Ladder, Need
    from chain_office.queries.finance_desk import Event, Standing
    from chain_office.queries.records import Record
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office
    from chain_office.ui.pages.finance_parts.grid_cells import GridTable

STEPS: Final = ("intent", "granted", "drawn", "refused")
"""What the keys 1 to 4 enter."""
_STEP_WORDS: Final = {**WORDS, "refused": "未达成"}
_ICONS: Final = {"intent": "handshake", "granted": "check", "drawn": "landmark", "refused": "x"}
_TABLES: Final = {"granted": "credit", "drawn": "drawdown"}
_NARROW: Final = 900


class PairsView(FiguresView):
    """The grid: its cells take the keys of the steps."""

    step = Signal(str)
    """A step is to be entered for the pair the cursor is on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """1 to 4 enter a step."""
        bare = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        place = "1234".find(event.text()) if event.text() and bare else -1
        if place >= 0:
            self.step.emit(STEPS[place])
        else:
            super().keyPressEvent(event)


class GridPart(Part):
    """对接表."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "need", "match", "credit", "drawdown", "loan_review", "enterprise", "register_spell", "park", "bank", "meeting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: Standing | None = None
        self._deals: dict[tuple[str, str], list[Deal]] = {}
        self._needs: dict[str, list[Need]] = {}
        self._at = ("", "")
        self._left_out: tuple[str, str] = ("", "")
        self._unlisted: list[str] = []
        """Banks with matches that the person does not want to see."""
        self.bar = ActionsBar(office.palette)
        self.events = EventBox()
        self.events.chosen.connect(self.refresh)
        self.steps: dict[str, QAction] = {
            key: self.bar.add(f"{_STEP_WORDS[key]} {place}", _ICONS[key], partial(self.enter, key))
            for place, key in enumerate(STEPS, start=1)
        }
        self.bar.add("打开这些行", "list", self._open_current)
        self.bar.add("复制整表", "copy", lambda: self.view.copy_all())
        self.count = FigureLine("quiet")
        self.bar.add_right(self.count)
        self.banks = BankBox()
        self.banks.chosen.connect(self.refresh)
        self.bar.add_right(self.banks)
        self.bar.add_right(self.events)
        self.paper = OutcomePaper(self, office, self.events)
        self.bar.add("落实情况表", "file-text", self.paper.preview, right=True)
        self.addAction(self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True))
        self.printing = RowsPrinting(self, office)
        self.model = FiguresModel(office.palette, self)
        self.view = PairsView(self.model, "融资主体与银行对接表")
        self.view.opened.connect(self._open)
        self.view.step.connect(self.enter)
        self.view.moved.connect(lambda _key: self._walked())
        self.view.selectionModel().currentChanged.connect(lambda *_: self._walked())
        self.view.left_out.connect(self._say_left_out)
        self.view.shortened.connect(lambda _on: self._say())
        self.view.freeze(2)
        self.side = Side(office, page)
        self.side.left.connect(self.view.setFocus)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.view)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([900, 330])
        self.formula = label("", "quiet", wrap=True)
        self.formula.setAccessibleName("这一格怎么看")
        self.nothing = label(
            "还没有融资需求，也没有银企对接。\n从融资需求表、落实情况表导入，或新建融资需求；"
            "每个主体与每家银行到哪一步，在这里一格一格地看。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.split, 1)
        self.column.addWidget(self.nothing, 1)
        self.column.addWidget(self.formula)

    def parts(self) -> tuple[QWidget, ...]:
        """The grid, the ladder beside it, and what is done with them."""
        return (self.view, self.side, self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Narrow windows show the ladder under the grid."""
        super().resizeEvent(event)
        way = Qt.Orientation.Vertical if event.size().width() < _NARROW else Qt.Orientation.Horizontal
        if self.split.orientation() != way:
            self.split.setOrientation(way)
            self.split.setSizes([3, 2] if way == Qt.Orientation.Vertical else [900, 330])

    # Reading.

    def refresh(self) -> None:
        """The grid at the cut-off date."""
        day, event, wanted = self.office.as_of, self.events.event_id, dict(self.banks.wanted)

        def read(ledger: Ledger) -> tuple[Standing, Ladder, GridTable, tuple[Event, ...]]:
            held = events(ledger, day)
            found = standing(ledger, day, event if any(one.id == event for one in held) else "")
            ladder = ladder_of(ledger, found)
            return found, ladder, grid_table(found, ladder, known_banks(ledger), wanted), held

        self.ask(read, lambda found: self._show(*found))

    def _show(self, found: Standing, ladder: Ladder, table: GridTable, held: Sequence[Event]) -> None:
        self.found = found
        self.events.offer(held)
        self._deals, self._needs = {}, {}
        for deal in found.deals:
            self._deals.setdefault((deal.borrower_id, deal.bank_id), []).append(deal)
        for need in found.needs:
            self._needs.setdefault(need.borrower_id, []).append(need)
        at = self._at
        self.model.show(table.columns, table.rows, found.day)
        self._go_to(*at)
        empty = not table.borrowers
        for widget in (self.split, self.formula):
            widget.setVisible(not empty)
        self.nothing.setVisible(empty)
        total = ladder.total
        more = f"，列出前 {table.borrowers - table.left_out} 户" if table.left_out else ""
        matches: dict[str, int] = {}
        for deal in found.deals:
            matches[deal.bank_id] = matches.get(deal.bank_id, 0) + 1
        self.banks.offer(table.banks, table.shown, matches)
        self._unlisted = [one.name for one in table.banks if one.id not in table.shown and matches.get(one.id)]
        self.count.tell_counts(
            f"{table.borrowers} 户{more}，万元",
            self.office.as_of,
            "finance.grid_line",
            "对接表所列的融资主体和银行（按所选范围）",
        )
        self.count.setToolTip(f"名册外企业 {total.off_register} 家" if total.off_register else "")
        for action in self.steps.values():
            action.setVisible(not self.read_only)
        self._walked()

    def _go_to(self, row_id: str, key: str) -> None:
        """The cursor stays on its pair; at first it is on the first bank of the first borrower."""
        rows, columns = self.model.rows, self.model.columns
        row = next((place for place, one in enumerate(rows) if one.id == row_id), -1)
        column = next((place for place, one in enumerate(columns) if one.key == key), -1)
        if row < 0 or column < 0:
            row, column = (len(RUNGS), 2) if len(rows) > len(RUNGS) else (0, 0)
        if rows:
            self.view.setCurrentIndex(self.model.index(row, min(column, len(columns) - 1)))

    # Where the cursor is.

    def _here(self) -> tuple[str, str]:
        index = self.view.currentIndex()
        if not index.isValid() or index.column() >= len(self.model.columns):
            return ("", "")
        return self.model.row(index.row()).id, self.model.columns[index.column()].key

    def _pair(self) -> tuple[str, str] | None:
        """Borrower and bank of the cell; None for a name, a need or a sum."""
        row_id, key = self._here()
        if not row_id or row_id.startswith(TOTAL) or not key.startswith(BANK):
            return None
        return row_id, key.removeprefix(BANK)

    def _walked(self) -> None:
        """Show the ladder of the pair; a form nothing was typed into gives way."""
        self._at = self._here()
        pair = self._pair()
        for action in self.steps.values():
            action.setEnabled(pair is not None)
        self._say()
        if self.side.typing and self.side.pane.is_dirty:
            return
        if self.side.typing and self.view.hasFocus():
            self.side.setCurrentWidget(self.side.detail)
        self._read_record()

    def _read_record(self) -> None:
        row_id, key = self._at
        found, deal = self.found, best(self._deals.get(self._pair() or ("", "-"), ()))
        if found is None or not row_id or row_id.startswith(TOTAL):
            self.side.show_record(None)
            return
        bank = next((one.heading for one in self.model.columns if one.key == key), "") if key.startswith(BANK) else ""

        def read(ledger: Ledger) -> Record | None:
            return match(ledger, deal.id, found.day) if deal is not None else loan_pair(found, row_id, bank)

        def show(record: Record | None) -> None:
            if self._at == (row_id, key):
                self.side.show_record(record)

        self.ask(read, show)

    def _say(self) -> None:
        row_id, key = self._at
        column = next((one for one in self.model.columns if one.key == key), None)
        words = [column.formula] if column is not None and column.formula else []
        pair = self._pair()
        if pair is not None and column is not None:
            who = next((one.cells[0].text for one in self.model.rows if one.id == row_id), "")
            words = [f"{who} × {column.heading}"]
            for deal in self._deals.get(pair, []):
                words += [f"未达成：{deal.reason or '没有记原因'}"] if deal.refused else []
            words.append(BRIEFLY if self.model.brief else HOW_TO_READ)
        if row_id.startswith(TOTAL):
            words = [f"{WORDS[row_id.removeprefix(TOTAL)]}按银行分列，最右是合计；意向、授信、放款各算各的，不相加"]
        words += [self._left_out[1]] if self._left_out[1] else []
        self.formula.setText("；".join([*words, *self._said_unlisted()]))

    def _said_unlisted(self) -> list[str]:
        """That the sums hold more banks than there are columns."""
        return [f"没有列{'、'.join(self._unlisted)}，合计包括在内"] if self._unlisted else []

    def _say_left_out(self, headings: list[str]) -> None:
        self._left_out = ("", f"窗口窄，没有列出{'、'.join(headings)}合计；复制和打印时都有" if headings else "")
        self._say()

    # Opening.

    def _open(self, row_id: str, key: str) -> None:
        """A pair opens its ladder; a name or a need the borrower's; a sum its rows."""
        if row_id.startswith(TOTAL) or key in SUMMED:
            self._open_rows(row_id, key)
        else:
            self.side.detail.setFocus()

    def _open_current(self) -> None:
        if self._at[0]:
            self._open_rows(*self._at)

    def _open_rows(self, row_id: str, key: str) -> None:
        """The matches behind a cell, in the list."""
        if self.found is None:
            return
        borrower = None if row_id.startswith(TOTAL) else row_id
        bank = key.removeprefix(BANK) if key.startswith(BANK) else None
        counted = row_id.removeprefix(TOTAL) if borrower is None else key if key in (*SUMMED, NEED) else "every"
        counted = key if borrower is None and key in (*SUMMED, NEED) else counted
        ids = rows_behind(self.found, "every" if counted == NEED else counted, bank_id=bank, borrower_id=borrower)
        row = next((one for one in self.model.rows if one.id == row_id), None)
        column = next((one for one in self.model.columns if one.key == key), None)
        words = " · ".join(
            part for part in (
                row.cells[0].text if row is not None and borrower is not None else "",
                column.heading if bank is not None and column is not None else "",
                _STEP_WORDS.get(counted, ""),
            ) if part
        )  # fmt: skip
        self.page.show_rows(ids, words or "全部对接")

    # Entering.

    def enter(self, step: str) -> None:
        """Enter a step of the pair the cursor is on, in its form; what has no record yet gets one with it."""
        pair = self._pair()
        if pair is None or self.read_only or self.found is None:
            return
        deal = best(self._deals.get(pair, ()))
        table = _TABLES.get(step)
        if deal is not None and table is not None:
            self.side.new(table, {"match_id": deal.id})
        elif deal is not None:
            self.side.edit("match", deal.id, "intent_yuan" if step == "intent" else "refused_day")
        elif table is not None:
            self.side.new_step(table, self._fresh(*pair))
        else:
            self.side.new("match", self._fresh(*pair).preset, "intent_yuan" if step == "intent" else "refused_day")

    def _fresh(self, borrower_id: str, bank_id: str) -> Pair:
        """The pair as a new match is to say it: with the borrower's newest need, and the event that came from."""
        need = next(iter(reversed(self._needs.get(borrower_id, []))), None)
        found = self.found
        chosen = found.event.id if found is not None and found.event is not None else ""
        others = [deal for (who, _), deals in self._deals.items() if who == borrower_id for deal in deals]
        party = need.party if need is not None else others[0].party if others else "firm"
        event = chosen or (need.event_id if need is not None else "")
        return Pair(
            bank_id,
            "" if party == "park" else borrower_id,
            borrower_id if party == "park" else "",
            need.id if need is not None else "",
            event,
        )

    def print(self) -> None:
        """The grid as it stands, every sum's formula below it."""
        if self.found is None:
            return
        columns = [Column(one.heading, one.width, one.right) for one in self.model.columns]
        rows = [[cell.text for cell in row.cells] for row in self.model.rows]
        said = (f"单位：万元。意向、授信、放款各算各的，不相加；{HOW_TO_READ}。", *self._said_unlisted())
        name = self.found.event.name if self.found.event is not None else "历次银企"
        self.printing.print(f"{name}对接表", columns, rows, said)


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
