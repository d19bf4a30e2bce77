"""体检: a month's reports looked at, findings answered or put right, the month signed off and locked; dated corrections after."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QWidget

from chain_office import clock
from chain_office.domain.periods import last_ended_month
from chain_office.queries.output import last_month
from chain_office.queries.output_desk import corrections, health
from chain_office.queries.output_entry import entry_sheet
from chain_office.services.output.signing import obstacles
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine, offer_count
from chain_office.ui.kit.form.notice import Notice
from chain_office.ui.kit.grouped_rows import GroupedModel, GroupedView
from chain_office.ui.kit.rows import Column, RowsModel, RowsView
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.output_parts.answer_pane import AnswerPane
from chain_office.ui.pages.output_parts.correct_pane import CorrectPane
from chain_office.ui.pages.output_parts.health_acts import HealthActs
from chain_office.ui.pages.output_parts.health_rows import (
    CORRECTIONS,
    FINDINGS,
    correction_lines,
    finding_groups,
    finding_id,
    status,
)
from chain_office.ui.pages.output_parts.month_box import MonthBox, month_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.output_entry import EntrySheet
    from chain_office.domain.output_health import Corrected, Finding, Health
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

    Read = tuple[Health, tuple[Corrected, ...], EntrySheet, tuple[str, ...]]
_OFFERED: Final = "offered"
"""A property: the button says its 口径."""


class HealthPart(Part):
    """体检."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "monthly_output", "enterprise", "register_spell", "month_freeze", "output_answer", "output_correction",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.month = ""
        self.found: Health | None = None
        self.sheet: EntrySheet | None = None
        self.corrected: tuple[Corrected, ...] = ()
        self.obstacles: tuple[str, ...] = ()
        self._asked = 0
        self._open_only = False
        self._correct_firm = ""
        self._at = ("", 0)
        self.months = MonthBox(office.palette)
        self.status = FigureLine("quiet")
        self.bar = ActionsBar(office.palette)
        self.notice = Notice()
        self.model = GroupedModel(FINDINGS, office.palette)
        self.view = GroupedView(self.model, stretch=1)
        self.view.setAccessibleName("体检疑点")
        self.past_model = RowsModel(CORRECTIONS, office.palette)
        self.past = RowsView(self.past_model, stretch=2)
        self.past.setAccessibleName("更正记录")
        self.answering, self.correcting = AnswerPane(), CorrectPane()
        self.side, self.lists = QStackedWidget(), QStackedWidget()
        self.printing = RowsPrinting(self, office)
        self.acts = HealthActs(self)
        self._make_bar()
        self._lay_out()
        self._connect()
        self.answering.show_findings((), read_only=True)
        self.act_correct.setVisible(False)

    def _make_bar(self) -> None:
        add = self.bar.add
        self.act_sign = add("签认锁定", "lock", self.acts.sign, primary=True)
        self.act_take = add("按建议改", "check", lambda: self.acts.take(), shortcut=_key("fitting_step"))
        self.act_answer = add("说明", "message-square-reply", self.begin_answer)
        self.act_correct = add("更正", "pencil", lambda: self.acts.begin_correct())
        self.act_entry = add("去录入", "pencil", self._to_entry)
        self.act_open = add("打开企业", "building-2", self._open_current)
        self.act_only = add("只看没说明的", "list-filter", self._toggle_open)
        self.act_print = add("打印", "printer", self.print, shortcut=_key("print_list"), right=True)
        for act in (self.act_take, self.act_print):
            self.addAction(act)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.months)
        self.kinds = QButtonGroup(self)
        for name, word in (("findings", "疑点"), ("corrections", "更正记录")):
            button = QPushButton(word)
            button.setCheckable(True)
            button.setProperty("role", "chip")
            button.setObjectName(name)
            button.setChecked(name == "findings")
            self.kinds.addButton(button)
            head.addWidget(button)
        head.addSpacing(8)
        head.addWidget(self.status)
        head.addStretch(1)
        self.lists.addWidget(self.view)
        self.lists.addWidget(self.past)
        self.side.addWidget(self.answering)
        self.side.addWidget(self.correcting)
        split = QSplitter()
        split.addWidget(self.lists)
        split.addWidget(self.side)
        split.setChildrenCollapsible(False)
        split.setSizes([850, 360])
        split.setStretchFactor(0, 1)
        self.column.addLayout(head)
        for widget in (self.bar, self.notice, split):
            self.column.addWidget(widget, 1 if widget is split else 0)

    def _connect(self) -> None:
        self.months.wanted.connect(self.show_month)
        self.kinds.buttonClicked.connect(lambda button: self.show_kind(button.objectName()))
        self.view.chosen.connect(self.show_side)
        self.view.opened.connect(lambda _one: self.begin_answer())
        self.past.opened.connect(lambda firm: self.page.show_record(f"enterprise:{firm}"))
        self.answering.answered.connect(self.acts.answer)
        self.answering.taken.connect(lambda: self.acts.take())
        self.correcting.wanted.connect(self.acts.correct)
        self.correcting.left.connect(self.acts.leave_correcting)

    def parts(self) -> tuple[QWidget, ...]:
        """The findings, what is said of one, the months, the buttons."""
        past = self.lists.currentWidget() is self.past
        side = self.correcting if self.side.currentWidget() is self.correcting else self.answering
        return (self.past if past else self.view, side, self.months, self.bar)

    def where(self) -> str:
        """The month."""
        return self.month

    def go_to(self, reference: str) -> None:
        """A month ("2021-09"), and the firm to be corrected in it ("2021-09/<id>")."""
        month, _, firm = reference.partition("/")
        self._correct_firm = firm
        self.show_month(month)

    # Reading.

    def refresh(self) -> None:
        """Look at the month again."""
        self.show_month(self.month)

    def show_month(self, month: str) -> None:
        """Look at a month ("" : the last one that was told), as its reports stand at the cut-off date."""
        self._asked += 1
        asked, day = self._asked, self.office.as_of

        def read(ledger: Ledger) -> Read:
            wanted = month or last_month(ledger, day) or last_ended_month(day)
            found = health(ledger, wanted, day)
            return (
                found,
                corrections(ledger, month=wanted),
                entry_sheet(ledger, wanted),
                obstacles(found, clock.today()),
            )

        self.ask(read, lambda found: self._take(*found) if asked == self._asked else None)

    def _take(self, found: Health, corrected: tuple[Corrected, ...], sheet: EntrySheet, wrong: tuple[str, ...]) -> None:
        if found.month != self.month:
            self.notice.hide()
            self._at = ("", 0)
            self.side.setCurrentWidget(self.answering)
        self.month, self.found, self.corrected, self.sheet, self.obstacles = found.month, found, corrected, sheet, wrong
        self.months.show_month(found.month, self.office.as_of)
        self.status.tell_counts(
            status(found),
            self.office.as_of,
            "output.health_line",
            "所选月份：在册应报的企业、已报的企业、体检查出的疑点和已说明的",
        )
        for button, word, number in zip(
            self.kinds.buttons(), ("疑点", "更正记录"), (len(found.findings), len(corrected)), strict=True
        ):
            button.setText(f"{word} {number}" if number else word)
            if not button.property(_OFFERED):
                button.setProperty(_OFFERED, True)
                offer_count(button, lambda: self.office.as_of, f"output.health.{word}", f"所选月份体检里的{word}")
        locked, writes = found.signed is not None, not self.read_only
        self.act_sign.setVisible(writes and not locked)
        self.act_correct.setVisible(writes and locked)
        for act in (self.act_take, self.act_answer):
            act.setVisible(writes)
        self.act_entry.setVisible(not locked)
        waiting = len(found.waiting)
        self.act_sign.setText(f"签认锁定（还差 {waiting} 项说明）" if waiting else "签认锁定")
        if found.signed is not None:
            self.notice.tell(f"{found.signed.words}。改动用“更正”登记，更早日期的数字不变。")
        self._show_findings()
        self.past_model.show(correction_lines(corrected))
        if self._correct_firm:
            firm, self._correct_firm = self._correct_firm, ""
            self.acts.begin_correct(firm)

    def _show_findings(self) -> None:
        if self.found is None:
            return
        at, row = self._at
        self.model.show_groups(finding_groups(self.found, open_only=self._open_only))
        if self.model.row_of(at) >= 0 or not row:
            self.go_to_finding(at)
        else:
            row = min(row, self.model.rowCount() - 1)
            self.go_to_finding(self.model.line(row).id if row > 0 else "")
        self.show_side()

    def go_to_finding(self, line_id: str) -> None:
        """The cursor on a finding, chosen alone, whatever keys are held down."""
        self.view.go_to(line_id)
        chosen, here = self.view.selectionModel(), self.view.currentIndex()
        if here.isValid():
            chosen.select(here, chosen.SelectionFlag.ClearAndSelect | chosen.SelectionFlag.Rows)

    def show_all(self) -> None:
        """Those that were explained are shown too."""
        if self._open_only:
            self._toggle_open()

    def _toggle_open(self) -> None:
        self._open_only = not self._open_only
        self.act_only.setText("看全部疑点" if self._open_only else "只看没说明的")
        self._show_findings()

    def show_kind(self, name: str) -> None:
        """The findings, or the corrections."""
        for button in self.kinds.buttons():
            button.setChecked(button.objectName() == name)
        self.lists.setCurrentWidget(self.past if name == "corrections" else self.view)

    # The finding the cursor is on.

    def chosen(self) -> list[Finding]:
        """The findings chosen, the one under the cursor first."""
        if self.found is None:
            return []
        here = self.view.current_id
        ids = [here, *(one for one in self.view.chosen_ids() if one != here)]
        known = {finding_id(one): one for one in self.found.findings}
        return [known[one] for one in ids if one in known]

    def show_side(self) -> None:
        """What there is to say of the finding the cursor is on."""
        found = self.chosen()
        here = self.view.currentIndex()
        if here.isValid() and self.view.current_id:
            self._at = (self.view.current_id, here.row())
        if self.side.currentWidget() is self.answering:
            self.answering.show_findings(found, read_only=self.read_only)
        self.act_take.setEnabled(len(found) == 1 and bool(found[0].suggested))
        self.act_answer.setEnabled(bool(found))
        self.act_open.setEnabled(bool(found))

    def begin_answer(self) -> None:
        """Into the line where it is answered."""
        if self.chosen() and not self.read_only:
            self.show_kind("findings")
            self.side.setCurrentWidget(self.answering)
            self.show_side()
            self.answering.line.setFocus()

    def step_on(self, done: list[Finding]) -> None:
        """On to the next finding nobody has explained."""
        ids = {finding_id(one) for one in done}
        open_ones = (
            {finding_id(one) for one in self.found.findings if one.open} - ids if self.found is not None else set()
        )
        here = self.view.currentIndex().row()
        rows = [*range(here + 1, self.model.rowCount()), *range(here)]
        following = next((row for row in rows if self.model.line(row).id in open_ones), None)
        if following is not None:
            self._at = (self.model.line(following).id, following)
            self.go_to_finding(self.model.line(following).id)
        self.answering.line.clear()

    # The rest.

    def _open_current(self) -> None:
        found = self.chosen()
        if found:
            self.page.show_record(f"enterprise:{found[0].enterprise_id}")

    def _to_entry(self) -> None:
        self.page.show_record(f"view:entry/{self.month}")

    def print(self) -> None:
        """The findings with their answers, or the corrections."""
        if self.found is None:
            return
        words = month_words(self.month)
        if self.lists.currentWidget() is self.past:
            rows = [line.cells for line in correction_lines(self.corrected)]
            self.printing.print(f"{words}产值更正记录", CORRECTIONS, rows, [f"共 {len(rows)} 次更正。"])
            return
        columns = (Column("疑点", 110), *FINDINGS)
        rows = [
            (group.heading.partition("　")[0], *line.cells)
            for group in finding_groups(self.found, open_only=self._open_only)
            for line in group.lines
        ]
        signed = [f"{self.found.signed.words}。"] if self.found.signed is not None else ["尚未签认。"]
        self.printing.print(f"{words}产值体检", columns, rows, [f"{status(self.found)}。", *signed])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves a correction."""
        if event.key() == Qt.Key.Key_Escape and self.side.currentWidget() is self.correcting:
            self.acts.leave_correcting()
        else:
            super().keyPressEvent(event)


def _key(key_id: str) -> str:
    return keys.key(key_id).keys[0]
