"""日程: everything due of every desk, a month of days and the duties of one of them; what was missed, what the next days
bring; filtered by kind and person, printed, and taken along as a calendar file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chain_office.services import agenda
from chain_office.services.agenda import KINDS, Wish
from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.figure_line import FigureLine, offer_count
from chain_office.ui.kit.file_asking import ask_where_to_save
from chain_office.ui.kit.filters import chip_style
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.month_calendar import WEEK, MonthCalendar, MonthDay, grid, other_month
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from chain_office.services.agenda import Agenda, Due
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_COLUMNS: Final = (
    Column("到期日", 84),
    Column("事项", 68),
    Column("内容"),
    Column("谁办", 96),
    Column("还有", 104, right=True),
)
_CONTENT: Final = 2
_NARROW: Final = 960
_SOON: Final = 7
_SHOWN: Final = 500
"""So many duties a list shows at once; it says how many there are."""
DAY, LATE, SOON, AHEAD = "day", "late", "soon", "ahead"
_DAYS: Final = {SOON: _SOON, AHEAD: agenda.AHEAD}


class AgendaPart(Part):
    """日程."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "problem", "problem_event", "problem_span", "promise", "visit", "visit_plan", "campaign", "need", "match", "credit",
        "drawdown", "loan_review", "project", "project_node", "stage_change", "monthly_output", "register_spell", "target",
        "enterprise", "unit", "calendar_day", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: Agenda | None = None
        self._near: dict[str, tuple[Due, ...]] = {LATE: (), SOON: (), AHEAD: ()}
        self._shown = DAY
        self._started = False
        self.month = label("", "title")
        self.kinds = self._box("事项", [("事项：全部", "")] + [(word, kind) for kind, (word, _) in KINDS.items()])
        self.people = self._box("谁办", [("谁办：全部", "")])
        self.calendar = MonthCalendar(office.palette)
        self.calendar.moved.connect(lambda _day: self._choose(DAY))
        self.calendar.month_changed.connect(lambda _month: self.refresh())
        self.calendar.entered.connect(self._enter_list)
        self.tabs = {key: self._tab(key) for key in (DAY, LATE, SOON, AHEAD)}
        self.heading = FigureLine("section", wrap=True)
        self.model = RowsModel(_COLUMNS, office.palette, self)
        self.rows = RowsView(self.model, stretch=_CONTENT)
        self.rows.setAccessibleName("到期的事项")
        self.rows.opened.connect(self._open)
        self.rows.doubleClicked.connect(lambda index: self._open(self.model.line(index.row()).id))
        self.empty = label("", "quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.printing = RowsPrinting(self, office)
        self._lay_out()

    def _box(self, name: str, entries: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMaxVisibleItems(18)
        for word, data in entries:
            box.addItem(word, data)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.activated.connect(lambda _row: self._show_all())
        return box

    def _tab(self, key: str) -> QToolButton:
        button = QToolButton()
        offer_count(button, lambda: self.office.as_of, f"due.tab.{key}", "各台账里到期、截止日还没有办的事项")
        button.setCheckable(True)
        button.setChecked(key == DAY)
        button.setStyleSheet(chip_style(self.office.palette, self.office.palette.text))
        button.clicked.connect(lambda: self._choose(key))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._button("chevron-left", "上一月", lambda: self._turn(-1)))
        head.addWidget(self._button("chevron-right", "下一月", lambda: self._turn(1)))
        head.addWidget(self._button("calendar-check", "回到截止日", lambda: self.calendar.go_to(self.office.as_of)))
        head.addSpacing(8)
        head.addWidget(self.month)
        head.addStretch(1)
        head.addWidget(self.kinds)
        head.addWidget(self.people)
        self.save_button = self._button("download", "存为日程文件", self.save)
        self.save_button.setToolTip(
            "存成 .ics，手机、Outlook、WPS 日历都能导入；不含电话和金额，再次导入会更新原来的事项"
        )
        printer = self._button("printer", "打印", self.print)
        printer.setToolTip(keys.hint("打印列出的事项", "print_list"))
        keys.shortcut("print_list", self, self.print, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        head.addWidget(self.save_button)
        head.addWidget(printer)
        group = QButtonGroup(self)
        tabs = QHBoxLayout()
        tabs.setSpacing(4)
        for button in self.tabs.values():
            group.addButton(button)
            tabs.addWidget(button)
        tabs.addStretch(1)
        right = QWidget()
        self._day_column = column = QVBoxLayout(right)
        column.setContentsMargins(10, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(tabs)
        column.addWidget(self.heading)
        column.addWidget(self.rows, 1)
        column.addWidget(self.empty, 1)
        self._split = split = QSplitter()
        split.addWidget(self.calendar)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.setSizes([530, 660])
        self.column.addLayout(head)
        self.column.addWidget(split, 1)

    def _button(self, sign: str, word: str, do: Callable[[], object]) -> QPushButton:
        made = QPushButton(icon(sign, self.office.palette.text), word)
        made.setIconSize(QSize(16, 16))
        made.clicked.connect(lambda: do())
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a narrow window the list stands under the month."""
        super().resizeEvent(event)
        narrow = event.size().width() < scaled(_NARROW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([300, 180] if narrow else [530, 660])
            self._day_column.setContentsMargins(0 if narrow else 10, 6 if narrow else 0, 0, 0)

    def parts(self) -> tuple[QWidget, ...]:
        """The month, the list, the boxes."""
        return (self.calendar, self.rows, self.kinds)

    # Reading.

    def refresh(self) -> None:
        """What falls on the days shown, what was missed and what comes, as things stand at the cut-off date."""
        day = self.office.as_of
        if not self._started:
            self._started = True
            self.calendar.go_to(day)  # which asks by itself where that is another month
        first, last = grid(self.calendar.month)

        def read(ledger: Ledger) -> tuple[Agenda, tuple[Due, ...], tuple[Due, ...]]:
            ahead = agenda.due_between(ledger, day, day + timedelta(days=agenda.AHEAD), day)
            return agenda.agenda(ledger, first, last, day), agenda.late(ledger, day), ahead

        self.ask(read, lambda found: self._take(*found))

    def _take(self, found: Agenda, late: tuple[Due, ...], ahead: tuple[Due, ...]) -> None:
        if found.first != grid(self.calendar.month)[0]:
            return  # another month is shown by now
        self.found = found
        until = found.day + timedelta(days=_SOON)
        self._near = {LATE: late, SOON: tuple(one for one in ahead if one.day <= until), AHEAD: ahead}
        self._offer_people([one.who for one in {one.id: one for one in (*found.lines, *late, *ahead)}.values()])
        self._show_all()

    def _offer_people(self, names: Sequence[str]) -> None:
        """Everybody who has something to do, most first; whoever was chosen stays."""
        chosen = self.people.currentData()
        tally = {who: names.count(who) for who in set(names) if who}
        people = sorted(tally, key=lambda who: (-tally[who], who))
        people += [agenda.NOBODY] if "" in names else []
        people += [chosen] if chosen and chosen not in people else []
        self.people.clear()
        self.people.addItem("谁办：全部", "")
        for who in people:
            self.people.addItem(who, who)
        self.people.setCurrentIndex(max(0, self.people.findData(chosen)))
        self.people.view().setMinimumWidth(scaled(200))

    @property
    def wish(self) -> Wish:
        """What the boxes say."""
        kind = self.kinds.currentData()
        return Wish(frozenset({kind} if kind else ()), self.people.currentData() or "")

    def _show_all(self) -> None:
        if self.found is None:
            return
        wish = self.wish
        days = agenda.by_day(one for one in self.found.lines if wish.takes(one))
        shown = (
            self.found.first + timedelta(days=step) for step in range((self.found.last - self.found.first).days + 1)
        )
        squares = {
            one: MonthDay(self.found.worked.get(one), _squares(days.get(one, [])), self.found.names.get(one, ""))
            for one in shown
        }
        self.calendar.show_days(squares, self.found.day)
        month = self.calendar.month
        self.month.setText(f"{month.year}年{month.month}月")
        self._choose(self._shown)

    def lines_of(self, key: str) -> tuple[Due, ...]:
        """The duties of a list: of the day the cursor is on, those missed, those of the next days."""
        if self.found is None:
            return ()
        given = self.found.lines if key == DAY else self._near[key]
        day, wish = self.calendar.current, self.wish
        return tuple(one for one in given if wish.takes(one) and (key != DAY or one.day == day))

    def _choose(self, key: str) -> None:
        self._shown = key
        words = {
            DAY: _said(self.calendar.current),
            LATE: "过期未办",
            SOON: f"{_SOON} 天内",
            AHEAD: f"{agenda.AHEAD} 天内",
        }
        for one, button in self.tabs.items():
            button.setText(f"{words[one]} {len(self.lines_of(one))}")
            button.setChecked(one == key)
        found = self.lines_of(key)
        cut = f"（列出前 {_SHOWN} 件）" if len(found) > _SHOWN else ""
        self.heading.tell_counts(
            f"{self._heading(key)}　{len(found)} 件{cut}",
            self.office.as_of,
            "due.listed",
            "各台账里这一天（或这几天）到期、截止日还没有办的事项，按所选的类别和谁办",
        )
        self.model.show([_line(one) for one in found[:_SHOWN]])
        self.rows.setVisible(bool(found))
        self.empty.setText(self._nothing(key))
        self.empty.setVisible(not found)
        if found:
            self.rows.selectRow(0)

    def _heading(self, key: str) -> str:
        day = self.calendar.current
        if key == DAY:
            name = self.found.names.get(day, "") if self.found is not None else ""
            works = self.found.worked.get(day) if self.found is not None else None
            rest = "" if works is None else "　上班" if works else "　休息"
            return f"{day.isoformat()}　周{WEEK[day.weekday()]}{rest}{f'（{name}）' if name else ''}"
        as_of = self.office.as_of
        if key == LATE:
            return f"到 {as_of.isoformat()} 已过期、还没有办的"
        return f"{as_of.isoformat()} 至 {(as_of + timedelta(days=_DAYS[key])).isoformat()} 到期的"

    def _nothing(self, key: str) -> str:
        filtered = "符合筛选的" if self.wish != Wish() else ""
        if key == LATE:
            return f"没有{filtered}过期未办的事项。"
        if key in _DAYS:
            return f"今后 {_DAYS[key]} 天没有{filtered}到期的事项。"
        later = sorted(
            one.day
            for one in (self.found.lines if self.found else ())
            if one.day > self.calendar.current and self.wish.takes(one)
        )
        after = f"\n接下来是 {later[0].month}月{later[0].day}日。" if later else ""
        return f"这一天没有{filtered}到期的事项。{after}"

    # Going on from here.

    def _enter_list(self) -> None:
        if self.model.rowCount():
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, by: int) -> None:
        self.calendar.go_to(other_month(self.calendar.current, by))
        self.calendar.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row_id: str) -> None:
        """The record a duty is about, on its page."""
        one = next((due for due in self.lines_of(self._shown) if due.id == row_id), None)
        if one is not None:
            self.page.wanted.emit(one.page, one.reference)

    def go_to(self, reference: str) -> None:
        """Put the cursor on a day (2021-11-19), or show a list (late, soon)."""
        if reference in {LATE, SOON, AHEAD}:
            self._choose(reference)
            return
        self._started = True
        self.calendar.go_to(date.fromisoformat(reference))
        self._choose(DAY)

    def where(self) -> str:
        """The day the cursor is on, or the list shown."""
        return (self.calendar.current.isoformat() if self._shown == DAY else self._shown) if self._started else ""

    def save(self) -> None:
        """What was missed and what comes within a year, as the boxes say, as a calendar file."""
        name = f"日程_{self.office.as_of.isoformat()}.ics"
        ask_where_to_save(self, "存为日程文件", name, ("日历 (*.ics)",), lambda path, _kind: self._write(path))

    def _write(self, path: Path) -> None:
        day, wish = self.office.as_of, self.wish
        self.office.work.ask(
            lambda ledger: agenda.save_file(ledger, path, day, wish),
            lambda number: self.office.said.emit(f"已存 {number} 件事项：{path.name}"),
            owner=self,
        )

    def print(self) -> None:
        """The list as it stands; of a day, its whole month."""
        found = self.lines_of(self._shown)
        title = self.heading.text().partition("　")[0]
        if self._shown == DAY and self.found is not None:
            month = self.calendar.month
            found = tuple(
                one for one in self.found.lines if one.day.replace(day=1) == month and self.wish.takes(one)
            )  # fmt: skip
            title = f"{month.year}年{month.month}月到期事项"
        columns = (
            Column("到期日", 84),
            Column("星期", 44),
            Column("事项", 70),
            Column("内容", 380),
            Column("谁办", 110),
            Column("还有", 104),
        )
        rows = [
            (one.day.isoformat(), f"周{WEEK[one.day.weekday()]}", one.word, one.words, one.who, one.when)
            for one in found
        ]
        self.printing.print(title, columns, rows, [f"共 {len(rows)} 件。"])


def _line(one: Due) -> Line:
    return Line(one.id, (one.day.isoformat(), one.word, one.words, one.who, one.when), ("", "quiet", "", "", one.light))


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _squares(found: Sequence[Due]) -> tuple[tuple[str, str], ...]:
    """What a day says in its square: how many of each kind, in the light of the day."""
    tally: dict[str, int] = {}
    for one in found:
        tally[one.short] = tally.get(one.short, 0) + 1
    return tuple((f"{word} {number}", found[0].light) for word, number in tally.items())
