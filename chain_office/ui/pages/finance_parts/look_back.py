"""回访: who is to be looked back at 30, 60 and 90 days after the event (or after the last step), and which loans end soon.
1 to 4 note what a look-back found, of every line chosen, in one write."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSplitter, QWidget

from chain_office.domain.look_backs import OUTCOMES
from chain_office.queries.finance_desk import events, ladder_of, look_backs, standing
from chain_office.queries.records import match, need
from chain_office.services.loan_steps import review
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.figure_menu import rows_place
from chain_office.ui.kit.grouped_rows import GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.finance_parts.look_back_rows import COLUMNS, ENDING, WIDE, funnel, groups
from chain_office.ui.pages.finance_parts.scope import EventBox
from chain_office.ui.pages.finance_parts.side import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent

    from chain_office.domain.loans import Ladder
    from chain_office.queries.finance_desk import Event, LookBacks
    from chain_office.queries.records import Record
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.kit.grouped_rows import Group
    from chain_office.ui.office import Office

_ICONS: Final = ("clock", "check", "circle-pause", "x")
_NARROW: Final = 900


class DueView(GroupedView):
    """Lines whose look-backs are noted by the keys 1 to 4."""

    noted = Signal(str)
    """A look-back found this, of the lines chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """1 to 4 note an outcome."""
        bare = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        place = "1234".find(event.text()) if event.text() and bare else -1
        if place >= 0:
            self.noted.emit(OUTCOMES[place])
        else:
            super().keyPressEvent(event)


class LookBackPart(Part):
    """回访."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "need", "match", "credit", "drawdown", "loan_review", "enterprise", "register_spell", "park", "bank", "meeting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: LookBacks | None = None
        self._at = ""
        self.bar = ActionsBar(office.palette)
        self.events = EventBox()
        self.events.chosen.connect(self.refresh)
        self.outcomes: list[QAction] = [
            self.bar.add(f"{word} {place}", sign, partial(self.note, word))
            for place, (word, sign) in enumerate(zip(OUTCOMES, _ICONS, strict=True), start=1)
        ]
        self._write_up = self.bar.add("写回访情况", "pencil", self.write_up, shortcut=_key("edit"))
        self.addAction(self._write_up)
        self.bar.add("在清单里打开", "list", self._open_in_list)
        self.after_step = QCheckBox("从最近一步起算")
        self.after_step.setToolTip("不勾：从对接会那天起算 30、60、90 天；勾上：从最近一次意向、授信、放款起算")
        self.after_step.toggled.connect(lambda _on: self.refresh())
        self.bar.add_right(self.after_step)
        self.bar.add_right(self.events)
        self.addAction(self.bar.add("打印", "printer", self.print, shortcut=_key("print_list"), right=True))
        self.printing = RowsPrinting(self, office)
        self.funnel = FigureLine("quiet", wrap=True)
        self.funnel.opened.connect(lambda figure: self.page.show_record(rows_place(figure)[1]))
        self.funnel.setAccessibleName("会后走到哪一步")
        self.side = Side(office, page)
        self.model = GroupedModel(COLUMNS, office.palette, self)
        self.view = DueView(self.model, stretch=WIDE)
        self.view.setAccessibleName("该回访的对接和需求、到期贷款")
        self.view.opened.connect(lambda _id: self.side.detail.setFocus())
        self.view.chosen.connect(self._walked)
        self.view.noted.connect(self.note)
        keys.shortcut("choose_group", self.view, self.view.choose_group, context=Qt.ShortcutContext.WidgetShortcut)
        self.side.left.connect(self.view.setFocus)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.view)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([900, 330])
        self.nothing = label("", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said = FigureLine("quiet", wrap=True)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.funnel)
        self.column.addWidget(self.split, 1)
        self.column.addWidget(self.nothing, 1)
        self.column.addWidget(self.said)

    def parts(self) -> tuple[QWidget, ...]:
        """The list, the record beside it, and what is done with them."""
        return (self.view, self.side, self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Narrow windows show the record under the list."""
        super().resizeEvent(event)
        way = Qt.Orientation.Vertical if event.size().width() < _NARROW else Qt.Orientation.Horizontal
        if self.split.orientation() != way:
            self.split.setOrientation(way)
            self.split.setSizes([3, 2] if way == Qt.Orientation.Vertical else [900, 330])

    # Reading.

    def refresh(self) -> None:
        """What is due at the cut-off date."""
        day, event, after_step = self.office.as_of, self.events.event_id, self.after_step.isChecked()

        def read(ledger: Ledger) -> tuple[LookBacks, Ladder, list[Group], tuple[Event, ...]]:
            held = events(ledger, day)
            stands = standing(ledger, day, event if any(one.id == event for one in held) else "")
            found = look_backs(ledger, stands, after_step=after_step)
            return found, ladder_of(ledger, stands), groups(found), held

        self.ask(read, lambda found: self._show(*found))

    def _show(self, found: LookBacks, ladder: Ladder, shown: Sequence[Group], held: Sequence[Event]) -> None:
        self.found = found
        self.events.offer(held)
        self.funnel.tell(f"截至 {found.day.isoformat()}：", *funnel(ladder.total, found.day))
        at, row = self.view.current_id, self.view.currentIndex().row()
        self.model.show_groups(shown)
        some = bool(self.model.rowCount())
        self.split.setVisible(some)
        self.nothing.setVisible(not some)
        self.nothing.setText(
            "没有该回访的对接和需求，也没有到期的贷款。\n对接会后 30、60、90 天，还没有全部放款、也没有说不再需要的，会列在这里。"
        )
        made = "、".join(f"{word} {number}" for word, number in found.made.items() if word)
        self.said.tell_counts(
            f"逾期 {found.overdue} 项；已登记回访：{made or '没有'}。"
            "全部放款、未达成，或回访说已落地、不再需要、落空的，不再列出。",
            self.office.as_of,
            "finance.look_back_line",
            "到截止日该回访（30、60、90 天）还没有登记的对接和需求；已登记的按回访结果分",
        )
        if some:
            self._stay(at, row)
        self._walked()

    def _stay(self, at: str, row: int) -> None:
        """The cursor stays on its line; where that is done with, on the one that took its place."""
        if self.model.row_of(at) < 0 and row > 0:
            near = [one for one in range(self.model.rowCount()) if one not in self.model.heads]
            place = next((one for one in near if one >= row), near[-1])
            at = self.model.line(place).id
        self.view.go_to(at)

    # Where the cursor is.

    def _walked(self) -> None:
        chosen = self._wanted()
        for action in self.outcomes:
            action.setVisible(not self.read_only)
            action.setEnabled(bool(chosen))
        self._write_up.setVisible(not self.read_only)
        self._write_up.setEnabled(len(chosen) == 1)
        reference = self.view.current_id.partition("/")[0]
        if self.side.typing and self.side.pane.is_dirty:
            return
        if self.side.typing and self.view.hasFocus():
            self.side.setCurrentWidget(self.side.detail)
        self._at = reference
        day = self.office.as_of

        def read(ledger: Ledger) -> Record | None:
            table, _, row_id = reference.partition(":")
            return need(ledger, row_id) if table == "need" else match(ledger, row_id, day) if row_id else None

        def show(record: Record | None) -> None:
            if self._at == reference:
                self.side.show_record(record)

        self.ask(read, show)

    def _wanted(self) -> list[tuple[str, int]]:
        """The look-backs chosen: of what, after how many days. A loan that ends is none."""
        found = [one.partition("/") for one in self.view.chosen_ids()]
        return [(reference, int(after)) for reference, _, after in found if after.isdigit()]

    # What is done.

    def note(self, outcome: str) -> None:
        """Note what the look-backs chosen found; one write, one 撤销."""
        wanted, day = self._wanted(), self.office.as_of
        if wanted and not self.read_only:
            self.write(lambda ledger, actor: review(ledger, wanted, outcome, day, actor))

    def write_up(self) -> None:
        """The whole form of one look-back, with room for what was said."""
        wanted = self._wanted()
        if len(wanted) == 1:
            (reference, after), day = wanted[0], self.office.as_of
            table, _, row_id = reference.partition(":")
            preset = {f"{table}_id": row_id, "after_days": after, "day": day, "officer": self.office.actor}
            self.side.new("loan_review", preset, "text")

    def _open_in_list(self) -> None:
        """What is chosen, in the list; a need by itself."""
        group = self.view.current_group
        chosen = [one.partition("/")[0] for one in self.view.chosen_ids()]
        matches = frozenset(one.removeprefix("match:") for one in chosen if one.startswith("match:"))
        if matches:
            self.page.show_rows(matches, "到期贷款" if group is not None and group.key == ENDING else "该回访的")
        elif chosen:
            self.page.show_record(chosen[0])

    def print(self) -> None:
        """The list as it stands, each line with the heading it stands under."""
        if self.found is None or not self.model.rowCount():
            return
        rows = [
            (self.model.group(row).heading.partition("　")[0], *self.model.line(row).cells)
            for row in range(self.model.rowCount())
            if row not in self.model.heads
        ]
        said = (f"{self.funnel.text()}。", "意向、授信、放款各算各的，不相加。")
        self.printing.print("银企对接回访清单", (Column("类别", 100), *COLUMNS), rows, said)


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
