"""承诺: what was promised at visits, the overdue first; kept with one key and a word on what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from chain_office.domain.visiting import DONE, LATE, LIGHTS, PROMISE_WORDS
from chain_office.queries.visiting.promises import promises
from chain_office.services.visiting.promising import SIDES, keep_promises, promise_to_problem
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.form.composing import Line as Box
from chain_office.ui.kit.form.pane import FormPane
from chain_office.ui.kit.grouped_rows import Group, GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.layouts import LAYOUTS
from chain_office.ui.measure import scaled
from chain_office.ui.pages.visit_parts.part import Part, first_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from chain_office.domain.forms import Saved
    from chain_office.queries.visiting.promises import PromiseLine
    from chain_office.ui.office import Office
    from chain_office.ui.pages.visit_parts.part import Host

_COLUMNS: Final = (
    Column("承诺", 300), Column("承诺方", 56), Column("责任人", 76), Column("企业", 150), Column("走访", 66),
    Column("兑现时限", 92), Column("状态", 76), Column("兑现日期", 92), Column("落实情况", 160), Column("问题", 66),
)  # fmt: skip
_WIDE: Final = 0
_GIVE_WAY: Final = (4, 7)
_NARROW: Final = 1080
_ORDER: Final = (LATE, "today", "waiting", "open", DONE)
MOST: Final = 2000


class KeptBar(QWidget):
    """Under the list: what came of the promise, and the day it is taken to be kept on."""

    def __init__(self) -> None:
        super().__init__()
        self.what = label("", "quiet")
        self.result = Box()
        self.result.setPlaceholderText("落实情况，回车记为已兑现（可空着）")
        self.result.setAccessibleName("落实情况")
        self.do = QPushButton("记为已兑现")
        self.do.setProperty("role", "primary")
        self.back = QPushButton("返回（Esc）")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.what)
        row.addWidget(self.result, 1)
        row.addWidget(self.do)
        row.addWidget(self.back)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter keeps the promise, Esc leaves it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.result.composing:
            self.do.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.back.click()
        else:
            super().keyPressEvent(event)


class PromisesPart(Part):
    """承诺."""

    watches: ClassVar[frozenset[str]] = frozenset({"promise", "visit", "enterprise", "problem"})

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.lines: dict[str, PromiseLine] = {}
        self.side_box = QComboBox()
        self.side_box.setAccessibleName("哪一方的承诺")
        self.side_box.addItem("双方的承诺", "")
        for side in SIDES:
            self.side_box.addItem(f"{side}的承诺", side)
        self.side_box.activated.connect(lambda _row: self._show_lines())
        self.still = QComboBox()
        self.still.setAccessibleName("列哪些承诺")
        self.still.addItem("未兑现的", "still")
        self.still.addItem("全部", "all")
        self.still.activated.connect(lambda _row: self._show_lines())
        self.bar = ActionsBar(office.palette)
        self._keep = self.bar.add(
            "记为已兑现", "check", self.begin_keeping, shortcut=first_key("fitting_step"), primary=True
        )
        self._edit = self.bar.add("修改", "pencil", self.edit, shortcut=first_key("edit"))
        self._problem = self.bar.add("转为问题", "circle-alert", self.to_problem, shortcut=first_key("to_problems"))
        self._visit = self.bar.add("打开走访", "footprints", lambda: self._open(self.view.current_id))
        printing = self.bar.add("打印", "printer", self.print, shortcut=first_key("print_list"), right=True)
        self.addActions([self._keep, self._edit, self._problem, printing])
        self.bar.add_right(self.side_box)
        self.bar.add_right(self.still)
        self.printing = RowsPrinting(self, office)
        self.sums = FigureLine("quiet")
        self.model = GroupedModel(_COLUMNS, office.palette, self)
        self.view = GroupedView(self.model, stretch=_WIDE)
        self.view.setAccessibleName("承诺")
        self.view.opened.connect(self._open)
        self.view.chosen.connect(self._offer)
        keys.shortcut("choose_group", self.view, self.view.choose_group, context=Qt.ShortcutContext.WidgetShortcut)
        self.kept = KeptBar()
        self.kept.do.clicked.connect(self.keep)
        self.kept.back.clicked.connect(self._stop_keeping)
        self.kept.hide()
        self.nothing = label("", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pane: FormPane | None = None
        self._target = ""
        self._room = QHBoxLayout()
        self._room.addWidget(self.view, 2)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.sums)
        self.column.addLayout(self._room, 1)
        self.column.addWidget(self.nothing, 1)
        self.column.addWidget(self.kept)
        self._offer()

    def parts(self) -> tuple[QWidget, ...]:
        """The list, and what is shown."""
        return (self.view, self.side_box)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow list keeps room for what was promised."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self._pane is not None and self._pane.isVisible()
        for place in _GIVE_WAY:
            self.view.setColumnHidden(place, beside or self.width() < scaled(_NARROW))

    def refresh(self) -> None:
        """Every promise given by the cut-off date."""
        day = self.office.as_of
        self.ask(lambda ledger: promises(ledger, day), self._show)

    def _show(self, found: tuple[PromiseLine, ...]) -> None:
        self.lines = {line.id: line for line in found}
        self._show_lines()

    def _show_lines(self) -> None:
        at, row = self.view.current_id, self.view.currentIndex().row()
        side, still = self.side_box.currentData(), self.still.currentData() == "still"
        every = [line for line in self.lines.values() if not side or line.side == side]
        wanted = [line for line in every if not still or line.state != DONE]
        groups = [_group(state, [line for line in wanted if line.state == state]) for state in _ORDER]
        self.model.show_groups(groups)
        counts = "　".join(
            f"{PROMISE_WORDS[state]} {number}"
            for state in _ORDER
            if (number := sum(line.state == state for line in every))
        )
        self.sums.tell_counts(
            f"承诺 {len(every)} 项　{counts}" if every else "",
            self.office.as_of,
            "visits.promise_line",
            "走访中登记的承诺：按截止日有没有兑现、过没过时限分（按所选的承诺方）",
        )
        self.view.setVisible(bool(wanted))
        self.nothing.setVisible(not wanted)
        self.nothing.setText(
            "没有未兑现的承诺。" if every else
            "还没有登记承诺。\n在走访记录里加“承诺事项”，或选中记录里的几行按 Ctrl+Shift+M，由程序找出时限和承诺方。"
        )  # fmt: skip
        if wanted:
            at, self._target = self._target or at, ""
            if self.model.row_of(at) < 0 and row > 0:
                near = [one for one in range(self.model.rowCount()) if one not in self.model.heads]
                at = self.model.line(next((one for one in near if one >= row), near[-1])).id
            self.view.go_to(at)
        self._offer()

    def go_to(self, reference: str) -> None:
        """Put the cursor on a promise."""
        self._target = reference
        self.refresh()

    # What is offered.

    def chosen(self) -> tuple[PromiseLine, ...]:
        """The promises chosen."""
        return tuple(self.lines[one] for one in self.view.chosen_ids() if one in self.lines)

    def _offer(self) -> None:
        chosen, may = self.chosen(), not self.read_only
        for action in (self._keep, self._edit, self._problem):
            action.setVisible(may)
        self._keep.setEnabled(bool(chosen) and all(line.state != DONE for line in chosen))
        self._keep.setText(f"记为已兑现（{len(chosen)} 项）" if len(chosen) > 1 else "记为已兑现")
        one = chosen[0] if len(chosen) == 1 else None
        self._edit.setEnabled(one is not None)
        self._visit.setEnabled(one is not None)
        self._problem.setEnabled(one is not None and not one.problem_id and one.state != DONE)

    def _open(self, promise: str) -> None:
        line = self.lines.get(promise)
        if line is not None:
            self.page.show_record(f"visit:{line.visit_id}")

    # Acts.

    def begin_keeping(self) -> None:
        """Ask what came of it."""
        chosen = self.chosen()
        if not chosen or self.read_only or not self._keep.isEnabled():
            return
        what = chosen[0].text if len(chosen) == 1 else f"{len(chosen)} 项承诺"
        short = what if len(what) <= 24 else f"{what[:24]}…"
        self.kept.what.setText(f"“{short}”　{self.office.as_of.isoformat()} 兑现")
        self.kept.result.clear()
        self.kept.show()
        self.kept.result.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> None:
        """Mark them as kept on the day shown."""
        ids, day, result = [line.id for line in self.chosen()], self._day(), self.kept.result.text()
        if ids:
            self.write(
                lambda ledger, actor: keep_promises(ledger, ids, day, result, actor),
                lambda _saved: self._stop_keeping(),
            )

    def _day(self) -> date:
        return self.office.as_of

    def _stop_keeping(self) -> None:
        self.kept.hide()
        self.view.setFocus()

    def to_problem(self) -> None:
        """Make it a problem of the firm's, to be screened."""
        chosen = self.chosen()
        if len(chosen) == 1 and self._problem.isEnabled():
            promise = chosen[0].id
            self.write(lambda ledger, actor: promise_to_problem(ledger, promise, actor))

    def edit(self) -> None:
        """The promise's form beside the list."""
        chosen = self.chosen()
        if len(chosen) != 1 or self.read_only:
            return
        if self._pane is None:
            self._pane = FormPane(self.office, LAYOUTS)
            self._pane.saved.connect(self._saved)
            self._pane.left.connect(self._leave)
            self._pane.said.connect(self.office.said)
            self._room.addWidget(self._pane, 1)
        self._pane.show()
        self._fit()
        self._pane.edit("promise", chosen[0].id)

    def _saved(self, saved: Saved) -> None:
        self.office.wrote.emit(saved)
        self._leave()

    def _leave(self) -> None:
        if self._pane is not None:
            self._pane.hide()
        self._fit()
        self.view.setFocus()

    def print(self) -> None:
        """The list as it stands."""
        rows = [self.model.line(row).cells for row in range(self.model.rowCount()) if row not in self.model.heads]
        self.printing.print("走访承诺事项", _COLUMNS, rows, [self.sums.text()])


def _group(state: str, lines: Sequence[PromiseLine]) -> Group:
    word = PROMISE_WORDS[state]
    return Group(state, f"{word} {len(lines)} 项", tuple(_line(line) for line in lines[:MOST]), LIGHTS[state])


def _line(line: PromiseLine) -> Line:
    light = LIGHTS[line.state]
    return Line(
        line.id,
        (
            line.text.replace("\n", " "), line.side, line.owner, line.firm, line.visit, line.due.isoformat() if line.due else "",
            PROMISE_WORDS[line.state], line.done.isoformat() if line.done else "", line.result.replace("\n", " "), line.problem,
        ),
        ("", "quiet", "", "", "quiet", light if line.state == LATE else "", light, "", "", "quiet"),
    )  # fmt: skip
