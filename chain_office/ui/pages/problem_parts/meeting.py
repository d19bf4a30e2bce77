"""交办会: problems that wait, each with a likely unit to confirm and a deadline; one write hands them over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty, Saved
from chain_office.domain.kinds import BadValue
from chain_office.services.calendar import work_calendar
from chain_office.services.handover import HandOver, desk, hand_over
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.sheet import SheetView
from chain_office.ui.kit.sheet_model import SheetModel
from chain_office.ui.pages.problem_parts import meeting_rows as table
from chain_office.ui.pages.problem_parts.making import Making
from chain_office.ui.pages.problem_parts.part import Part
from chain_office.ui.pages.problem_parts.suggested import Suggested

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.domain.workdays import WorkCalendar
    from chain_office.services.handover import Desk
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_EMPTY = "没有待交办的问题。\n在“筛选”里筛选入的问题会到这里，等着交给单位。"


class MeetingPart(Part):
    """交办会."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"problem", "problem_event", "assignment", "meeting", "unit", "category", "time_limit", "calendar_day"}
    )

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self._sheet: table.Sheet | None = None
        self._calendar: WorkCalendar | None = None
        self._pointed_out: frozenset[str] = frozenset()
        self._meant: HandOver | None = None
        self.meeting = QComboBox()
        self.meeting.setEditable(True)
        self.meeting.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.meeting.setMinimumWidth(260)
        self.meeting.setAccessibleName("会议名称")
        self.meeting.currentIndexChanged.connect(lambda _place: self._turned())
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setKeyboardTracking(False)
        self.day.setAccessibleName("交办日期")
        self.day.dateChanged.connect(lambda _day: self._dated())
        self.singly = QCheckBox("不开会，单独交办")
        self.singly.toggled.connect(lambda on: self.meeting.setEnabled(not on))
        self.limit = label("", "quiet")
        self.said = label("", "quiet", wrap=True)
        self.said.hide()
        self.model = SheetModel(office.palette, parent=self)
        self.model.edited.connect(self._edited)
        self.view = SheetView(self.model, stretch="text")
        self.view.setAccessibleName("待交办的问题")
        self.nothing = label(_EMPTY, "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.moved.connect(lambda _problem: self._tell_more())
        self.more = Suggested(self.choose_unit)
        self.units = QListWidget()
        self.units.setAccessibleName("按单位")
        self.units.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.all = self._button("全选", "list-checks", self.tick_all)
        self.agree = self._button("按建议确认", "circle-check", self.confirm_all)
        self.do = self._button("交办", "file-plus", self.hand_over)
        self.do.setProperty("role", "primary")
        self.making = Making(office, "交办会")
        self._lay_out()

    def _button(self, word: str, sign: str, do: Callable[[], object]) -> QPushButton:
        made = QPushButton(icon(sign, self.office.palette.accent), word)
        made.clicked.connect(lambda: do())
        return made

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for part in (label("会议"), self.meeting, label("日期"), self.day, self.singly):
            top.addWidget(part)
        top.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.more)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.all, self.agree):
            foot.addWidget(button)
        foot.addWidget(self.limit, 1)
        foot.addWidget(self.do)
        column.addLayout(foot)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(8, 0, 0, 0)
        beside.setSpacing(6)
        beside.addWidget(label("这次交办，按单位", "section"))
        beside.addWidget(self.units, 1)
        beside.addWidget(self.making)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([10_000, 210])
        split.setChildrenCollapsible(False)
        self.column.addLayout(top)
        self.column.addWidget(self.said)
        self.column.addWidget(split, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The table, the meeting, the date."""
        return (self.view, self.meeting, self.day)

    # Reading.

    @property
    def hand_over_day(self) -> date:
        """The day of the hand-over."""
        day: date = self.day.date().toPython()  # type: ignore[assignment]
        return day

    def refresh(self) -> None:
        """Read again what waits; what was chosen stays."""
        if self._sheet is None:
            at = self.office.as_of
            self.day.blockSignals(True)
            self.day.setDate(QDate(at.year, at.month, at.day))
            self.day.blockSignals(False)
        day = self.hand_over_day

        def read(ledger: Ledger) -> tuple[Desk, WorkCalendar]:
            return desk(ledger, day), work_calendar(ledger)

        self.ask(read, self._show)

    def _show(self, found: tuple[Desk, WorkCalendar]) -> None:
        here, self._calendar = found
        before = self._sheet
        day = self.hand_over_day
        self._sheet = table.Sheet(here, day) if before is None else table.without_gone(replace(before, day=day), here)
        self._fill_meetings(here)
        self.limit.setText(f"时限：{here.deadline.says}" if here.candidates else "")
        self.limit.setToolTip(self.limit.text())
        self._fill()

    def _fill_meetings(self, here: Desk) -> None:
        names = [one.name for one in here.meetings]
        day = self.hand_over_day
        fresh = f"{day.year}年{day.month}月{day.day}日问题交办会"
        typed = self.meeting.currentText()
        offered = [fresh, *(name for name in names if name != fresh)]
        if [self.meeting.itemText(place) for place in range(self.meeting.count())] != offered:
            self.meeting.blockSignals(True)
            own = typed and typed not in names and not typed.endswith("日问题交办会")
            self.meeting.clear()
            self.meeting.addItems(offered)
            self.meeting.setCurrentText(typed if own or typed in names else fresh)
            self.meeting.blockSignals(False)

    def _turned(self) -> None:
        """A meeting on record was chosen: its day is the day."""
        if self._sheet is None:
            return
        name = self.meeting.currentText()
        for one in self._sheet.desk.meetings:
            if one.name == name and one.day is not None:
                self.day.setDate(QDate(one.day.year, one.day.month, one.day.day))
        self.making.of = "交办会"
        self.making.meeting = name if name in {one.name for one in self._sheet.desk.meetings} else ""

    def _dated(self) -> None:
        if self._sheet is not None:
            self.refresh()

    def _fill(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self.view.load(table.columns(sheet.desk.units), table.rows(sheet))
        waits = bool(sheet.desk.candidates)
        self.view.setVisible(waits)
        self.nothing.setVisible(not waits)
        self.units.clear()
        for unit, leads, helps in sheet.tally():
            beside = f"，配合 {helps}" if helps else ""
            self.units.addItem(f"{unit}　牵头 {leads}{beside}")
        number = len(sheet.chosen)
        if number:
            self.units.addItem(f"共 {number} 个问题，{sum(1 for _, leads, _ in sheet.tally() if leads)} 个牵头单位")
        self.do.setText(f"交办选中的 {number} 个" if number else "交办")
        may = waits and not self.read_only
        self.do.setEnabled(may and number > 0)
        for button in (self.all, self.agree):
            button.setEnabled(may)
        self.making.allow(read_only=self.read_only)
        if waits and not self.view.current_id:
            self.view.go_to(sheet.desk.candidates[0].problem.id, "text")
        self._tell_more()

    def _tell_more(self) -> None:
        """The problem the cursor is on in full, and the units something speaks for."""
        sheet, current = self._sheet, self.view.current_id
        if sheet is None or not current:
            self.more.hide()
            return
        candidate = sheet.find(current)
        self.more.show_candidate(candidate, sheet.choice(candidate), may=not self.read_only)

    # Choosing.

    def choose_unit(self, unit_id: str) -> None:
        """Take a suggested unit for the problem the cursor is on."""
        self._edited(self.view.current_id, table.UNIT, unit_id)

    def _edited(self, problem_id: str, column: str, value: object) -> None:
        sheet = self._sheet
        if sheet is None or self.read_only:
            return
        changes: dict[str, object]
        if column == table.TICKED:
            changes = {"ticked": bool(value)}
        elif column == table.UNIT:
            unit = str(value or "")
            beside = tuple(one for one in sheet.choice(sheet.find(problem_id)).co_units if one != unit)
            changes = {"unit_id": unit, "co_units": beside, "confirmed": bool(unit), "ticked": bool(unit)}
        elif column == table.BESIDE:
            chosen = value if isinstance(value, tuple) else ()
            lead = sheet.choice(sheet.find(problem_id)).unit_id
            changes = {"co_units": tuple(one for one in chosen if one != lead)}
        elif column == table.DUE:
            try:
                changes = {"due_day": table.read_day(str(value), self.hand_over_day, self._calendar)}
            except BadValue as error:
                self.model.refuse(problem_id, column, value, error.reason)
                self._tell(f"{self._number(problem_id)} 的办结时限：{error.reason}", "red")
                return
            self.model.accept(problem_id, column)
        else:
            changes = {"owner": str(value).strip()}
        self._tell("")
        self._sheet = sheet.with_choice(problem_id, **changes)
        self._fill()

    def _number(self, problem_id: str) -> str:
        sheet = self._sheet
        return f"WT{sheet.find(problem_id).problem.number:04d}" if sheet is not None else ""

    def tick_all(self) -> None:
        """Tick every problem; all ticked: none."""
        sheet = self._sheet
        if sheet is None:
            return
        on = len(sheet.chosen) < len(sheet.desk.candidates)
        for one in sheet.desk.candidates:
            sheet = sheet.with_choice(one.problem.id, ticked=on)
        self._sheet = sheet
        self._fill()

    def confirm_all(self) -> None:
        """Agree to the suggested unit of every problem ticked; where nothing speaks for one, it stays to be chosen."""
        sheet = self._sheet
        if sheet is None:
            return
        for one, choice in sheet.chosen:
            if choice.unit_id:
                sheet = sheet.with_choice(one.problem.id, confirmed=True)
        self._sheet = sheet
        self._fill()

    # Handing over.

    def hand_over(self) -> None:
        """Write the meeting and every 交办, once each unit was confirmed."""
        sheet = self._sheet
        if sheet is None or not sheet.chosen:
            return
        unsure = [one.problem.number for one, choice in sheet.chosen if not choice.unit_id or not choice.confirmed]
        if unsure:
            shown = "、".join(f"WT{number:04d}" for number in unsure[:5]) + (
                f" 等 {len(unsure)} 个" if unsure[5:] else ""
            )
            self._tell(f"{shown}的牵头单位还没有确认：请选定单位，或点“按建议确认”。", "red")
            return
        name = "" if self.singly.isChecked() else self.meeting.currentText().strip()
        known = next((one.id for one in sheet.desk.meetings if one.name == name and one.day == self.hand_over_day), "")
        order = HandOver(self.hand_over_day, sheet.items(), known, "" if known else name)
        accept = self._pointed_out if self._meant == order else frozenset[str]()
        actor = self.office.actor
        self.do.setEnabled(False)
        self.office.work.ask(
            lambda ledger: hand_over(ledger, order, actor, accept=accept),
            lambda saved: self._done(saved, name),
            owner=self,
            failed=lambda error: self._refused(error, order),
        )

    def _done(self, saved: Saved, meeting: str) -> None:
        self._meant, self._pointed_out = None, frozenset()
        self._sheet = None if self._sheet is None else replace(self._sheet, choices={})
        self.making.meeting, self.making.of = meeting, "交办会" if meeting else "单件交办"
        self.office.wrote.emit(saved)
        self._tell(f"{saved.said}。右边可以生成材料。", "green")
        self.refresh()

    def _refused(self, error: Exception, order: HandOver) -> None:
        self.do.setEnabled(True)
        if not isinstance(error, KnownError):
            self.office.work.explain(error)
            return
        again = ""
        if isinstance(error, Faulty) and all(not fault.stops for fault in error.faults):
            self._meant = order
            self._pointed_out = frozenset(fault.name.partition(":")[2] or fault.name for fault in error.faults)
            again = "（确要这样交办，请再点一次“交办”）"
        self._tell(error.message + again, "amber" if again else "red")

    def _tell(self, sentence: str, light: str = "") -> None:
        self.said.setText(sentence)
        show_light(self.said, light)
        self.said.setVisible(bool(sentence))
