"""阶梯: 需求 → 意向 → 授信 → 放款 by bank and by borrower, every rung by itself; who was told no and why; drawings that may
have been reported twice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QWidget

from chain_office.domain.loans import NEAR_DAYS, doubts
from chain_office.queries.finance_desk import events, ladder_of, rows_behind, standing
from chain_office.services import editing, loan_steps
from chain_office.services.finance_report import APART
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine, offer_count
from chain_office.ui.kit.figures_table import FiguresModel, FiguresView
from chain_office.ui.kit.filters import chip_style
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, RowsModel, RowsView
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.finance_parts.ladder_rows import (
    DOUBT_COLUMNS,
    DOUBT_WIDE,
    NAME,
    REFUSAL_COLUMNS,
    REFUSAL_WIDE,
    TOTAL_ID,
    doubt_lines,
    ladder_columns,
    ladder_row,
    reasons,
    refusal_lines,
    said_of,
)
from chain_office.ui.pages.finance_parts.outcome_paper import OutcomePaper
from chain_office.ui.pages.finance_parts.scope import EventBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.loans import Doubt, Ladder, LadderRow
    from chain_office.queries.finance_desk import Event, Standing
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

BANKS, BORROWERS, REFUSALS, DOUBTS = "banks", "borrowers", "refusals", "doubts"
_WORDS: Final = {BANKS: "按银行", BORROWERS: "按主体", REFUSALS: "未达成原因", DOUBTS: "疑似重复"}
_COUNTED: Final = {"landed": "landed_parties", "drawings": "drawn", NAME: "every"}
"""Columns whose rows go by another name."""


class LadderPart(Part):
    """阶梯."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "need", "match", "credit", "drawdown", "enterprise", "register_spell", "park", "bank", "meeting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: Standing | None = None
        self.ladder: Ladder | None = None
        self.doubts: tuple[Doubt, ...] = ()
        self.shown = BANKS
        self._left_out = ""
        self.bar = ActionsBar(office.palette)
        self.events = EventBox()
        self.events.chosen.connect(self.refresh)
        self.bar.add("打开这些行", "list", self._open_current)
        self._own = self.bar.add("确是另一笔", "check", self.keep_doubt)
        self._bin = self.bar.add("是重复，移入回收站", "trash-2", self.bin_doubt)
        self.bar.add("复制整表", "copy", self._copy)
        self.count = label("", "quiet")
        self.bar.add_right(self.count)
        self.bar.add_right(self.events)
        self.paper = OutcomePaper(self, office, self.events)
        self.bar.add("落实情况表", "file-text", self.paper.preview, right=True)
        self.addAction(self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True))
        self.printing = RowsPrinting(self, office)
        self.model = FiguresModel(office.palette, self)
        self.view = FiguresView(self.model, "各银行、各主体的需求、意向、授信、放款")
        self.view.opened.connect(self._open)
        self.view.moved.connect(self._say)
        self.view.left_out.connect(self._say_left_out)
        self.refusals = RowsView(RowsModel(REFUSAL_COLUMNS, office.palette, self), stretch=REFUSAL_WIDE)
        self.refusals.setAccessibleName("银行没有答应的对接和原因")
        self.doubtful = RowsView(RowsModel(DOUBT_COLUMNS, office.palette, self), stretch=DOUBT_WIDE)
        self.doubtful.setAccessibleName("可能重复上报的放款")
        for view in (self.refusals, self.doubtful):
            view.opened.connect(self._open_line)
        self.stack = QStackedWidget()
        for widget in (self.view, self.refusals, self.doubtful):
            self.stack.addWidget(widget)
        self.none = label("", "quiet", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.none)
        self.formula = FigureLine("quiet", wrap=True)
        self.formula.setAccessibleName("这一列怎么算")
        self.column.addWidget(self.bar)
        self.column.addLayout(self._make_chips())
        self.column.addWidget(self.stack, 1)
        self.column.addWidget(self.formula)

    def _make_chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._group = QButtonGroup(self)
        self.chips: dict[str, QToolButton] = {}
        for key, word in _WORDS.items():
            chip = QToolButton()
            chip.setText(word)
            chip.setCheckable(True)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.setStyleSheet(chip_style(self.office.palette, self.office.palette.text))
            chip.clicked.connect(partial(self.choose, key))
            offer_count(chip, lambda: self.office.as_of, f"finance.ladder.{key}", f"到截止日的对接中，属于“{word}”的")
            self._group.addButton(chip)
            self.chips[key] = chip
            row.addWidget(chip)
        self.chips[BANKS].setChecked(True)
        self.sums = FigureLine("quiet")
        row.addSpacing(8)
        row.addWidget(self.sums)
        row.addStretch(1)
        return row

    def parts(self) -> tuple[QWidget, ...]:
        """What is shown, how it is cut, and what is done with it."""
        shown = {BANKS: self.view, BORROWERS: self.view, REFUSALS: self.refusals, DOUBTS: self.doubtful}[self.shown]
        return (shown, self.chips[self.shown], self.bar)

    def go_to(self, reference: str) -> None:
        """One of the four: banks, borrowers, refusals, doubts."""
        if reference in _WORDS:
            self.choose(reference)

    # Reading.

    def refresh(self) -> None:
        """The ladder at the cut-off date."""
        day, event = self.office.as_of, self.events.event_id

        def read(ledger: Ledger) -> tuple[Standing, Ladder, tuple[Doubt, ...], tuple[Event, ...]]:
            held = events(ledger, day)
            found = standing(ledger, day, event if any(one.id == event for one in held) else "")
            return found, ladder_of(ledger, found), doubts(found.deals), held

        self.ask(read, lambda found: self._show(*found))

    def _show(self, found: Standing, ladder: Ladder, doubtful: tuple[Doubt, ...], held: Sequence[Event]) -> None:
        self.found, self.ladder, self.doubts = found, ladder, doubtful
        self.events.offer(held)
        total = ladder.total
        self.count.setText(f"万元　截至 {found.day.isoformat()}")
        self.sums.tell_counts(
            f"企业 {total.enterprises} 家、园区 {total.parks} 个、银行 {total.banks} 家　{APART}",
            self.office.as_of,
            "finance.ladder_line",
            "与银行达成意向及以上的不同企业、园区、银行（按所选对接会）",
        )
        self.chips[REFUSALS].setText(f"{_WORDS[REFUSALS]} {total.refused}")
        self.chips[DOUBTS].setText(f"{_WORDS[DOUBTS]} {len(doubtful)}")
        for view, lines in ((self.refusals, refusal_lines(found)), (self.doubtful, doubt_lines(doubtful))):
            at = view.currentIndex().row()
            model = view.model()
            assert isinstance(model, RowsModel)
            model.show(lines)
            if lines:
                view.setCurrentIndex(model.index(min(max(at, 0), len(lines) - 1), 0))
        self._turn()

    def choose(self, key: str, _checked: bool = True) -> None:
        """Show the ladder by banks or by borrowers, the refusals, or the doubts."""
        self.shown = key
        self.chips[key].setChecked(True)
        self._turn()

    def _turn(self) -> None:
        """Show what was chosen."""
        if self.found is None or self.ladder is None:
            return
        self._own.setVisible(self.shown == DOUBTS and not self.read_only)
        self._bin.setVisible(self.shown == DOUBTS and not self.read_only)
        if not self.found.deals and not self.found.needs:
            self._show_nothing("还没有融资需求，也没有银企对接。\n从融资需求表、落实情况表导入。")
        elif self.shown in {BANKS, BORROWERS}:
            self._show_ladder(self.ladder)
        elif self.shown == REFUSALS:
            said = "、".join(f"{word} {number}" for word, number in reasons(self.found)[:6])
            self._show_rows(
                self.refusals, "没有银行没答应的对接。", f"原因：{said}。下一次对接会前，请逐条与银行、企业核对。"
            )
        else:
            self._show_rows(
                self.doubtful,
                "没有像是重复上报的放款。",
                f"同一主体、同一银行、同额，同日或相隔 {NEAR_DAYS} 天以内，或在两次对接中各报一次的，请逐笔核对；"
                "没有核对的都照计，不自动合并。",
            )

    def _show_ladder(self, ladder: Ladder) -> None:
        of_bank = self.shown == BANKS
        rows = ladder.banks if of_bank else ladder.borrowers
        at = self.view.currentIndex()
        self.model.show(
            ladder_columns("银行" if of_bank else "融资主体"),
            [
                ladder_row(ladder.total, of_bank=of_bank, total=True),
                *(ladder_row(one, of_bank=of_bank) for one in rows),
            ],
            ladder.day,
        )
        if at.isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(min(at.row(), self.model.rowCount() - 1), at.column()))
        self.stack.setCurrentWidget(self.view)
        self._say(self._column())

    def _show_rows(self, view: RowsView, nothing: str, said: str) -> None:
        if not view.model().rowCount():
            self._show_nothing(nothing)
            return
        self.stack.setCurrentWidget(view)
        self.formula.tell(said)

    def _show_nothing(self, words: str) -> None:
        self.none.setText(words)
        self.stack.setCurrentWidget(self.none)
        self.formula.tell("")

    def _column(self) -> str:
        index = self.view.currentIndex()
        return self.model.columns[index.column()].key if index.isValid() else ""

    def _say(self, key: str) -> None:
        if self.stack.currentWidget() is not self.view or self.ladder is None:
            return
        column = next((one for one in self.model.columns if one.key == key), None)
        words = [f"{column.heading}：{column.formula}"] if column is not None and column.formula else []
        self.formula.tell_counts(
            "；".join([*words, *said_of(self.ladder.total), *([self._left_out] if self._left_out else [])]),
            self.office.as_of,
            "finance.ladder_notes",
            "阶梯所列的授信、放款中：没有日期而取对接会日期的，和写成约数的",
        )

    def _say_left_out(self, headings: list[str]) -> None:
        self._left_out = f"窗口窄，没有列出{'、'.join(headings)}；复制整表和打印时都有" if headings else ""
        self._say(self._column())

    # The rows behind a number.

    def _open_current(self) -> None:
        current = self.stack.currentWidget()
        if current is self.view and self.view.currentIndex().isValid():
            index = self.view.currentIndex()
            self._open(self.model.row(index.row()).id, self.model.columns[index.column()].key)
        elif isinstance(current, RowsView) and self.found is not None:
            ids = rows_behind(self.found, "refused") if self.shown == REFUSALS else self._doubtful_ids()
            self.page.show_rows(ids, _WORDS[self.shown])

    def _doubtful_ids(self) -> frozenset[str]:
        return frozenset(deal.id for one in self.doubts for deal in (one.deal, one.other_deal))

    def _open(self, row_id: str, key: str) -> None:
        """The matches behind a cell, in the list."""
        if self.found is None or self.ladder is None:
            return
        rows: tuple[LadderRow, ...] = self.ladder.banks if self.shown == BANKS else self.ladder.borrowers
        row = next((one for one in rows if one.id == row_id), None) if row_id != TOTAL_ID else self.ladder.total
        column = next((one for one in self.model.columns if one.key == key), None)
        counted = _COUNTED.get(key, "every" if key == "need" else key)
        bank = row_id if self.shown == BANKS and row_id != TOTAL_ID else None
        borrower = row_id if self.shown == BORROWERS and row_id != TOTAL_ID else None
        ids = rows_behind(self.found, counted, bank_id=bank, borrower_id=borrower)
        words = [row.name if row is not None else "", column.heading if column is not None and key != NAME else ""]
        self.page.show_rows(ids, " · ".join(part for part in words if part))

    def _open_line(self, row_id: str) -> None:
        if self.shown == DOUBTS:
            row_id = next((one.deal.id for one in self.doubts if one.drawing.id == row_id), "")
        if row_id:
            self.page.show_record(f"match:{row_id}")

    # Drawings that may be one loan.

    def _doubt(self) -> str:
        model, index = self.doubtful.model(), self.doubtful.currentIndex()
        assert isinstance(model, RowsModel)
        return model.line(index.row()).id if index.isValid() and self.shown == DOUBTS else ""

    def keep_doubt(self) -> None:
        """It is a loan of its own: noted in its remark, and not asked again."""
        drawing = self._doubt()
        if drawing:
            self.write(lambda ledger, actor: loan_steps.of_its_own(ledger, drawing, actor))

    def bin_doubt(self) -> None:
        """It was reported twice: the later of the two goes to the bin; 撤销 brings it back."""
        drawing = self._doubt()
        if drawing:
            self.write(lambda ledger, actor: editing.bin_records(ledger, "drawdown", (drawing,), actor))

    # Copies.

    def _table(self) -> tuple[list[Column], list[tuple[str, ...]]]:
        current = self.stack.currentWidget()
        if current is self.view:
            columns = [Column(one.heading, one.width, one.right) for one in self.model.columns]
            return columns, [tuple(cell.text for cell in row.cells) for row in self.model.rows]
        model = current.model() if isinstance(current, RowsView) else None
        if not isinstance(model, RowsModel):
            return [], []
        return list(model.columns), [model.line(row).cells for row in range(model.rowCount())]

    def _copy(self) -> None:
        current = self.stack.currentWidget()
        if current is self.view:
            self.view.copy_all()
        elif isinstance(current, RowsView):
            current.selectAll()
            current.copy()

    def print(self) -> None:
        """What is shown as it stands, its formulas below it."""
        columns, rows = self._table()
        if self.found is None or self.ladder is None or not rows:
            return
        name = self.found.event.name if self.found.event is not None else "历次银企对接"
        said = ["单位：万元。", f"{APART}。"]
        if self.stack.currentWidget() is self.view:
            said += [f"{one.heading}：{one.formula}。" for one in self.model.columns if one.unit == "%"]
            said += [f"{words}。" for words in said_of(self.ladder.total)]
        self.printing.print(f"{name}阶梯（{_WORDS[self.shown]}）", columns, rows, said)


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
