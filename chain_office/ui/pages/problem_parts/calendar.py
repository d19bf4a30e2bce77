"""日历: a month of deadlines, reviews and look-backs, and at the right what falls on the day the cursor is on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from chain_office.domain.lights import LABELS
from chain_office.queries.problem_desk import due_calendar
from chain_office.queries.records import COLOURS
from chain_office.services.calendar import published_names, work_calendar
from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.month_calendar import WEEK, MonthCalendar, MonthDay, grid, other_month
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.measure import scaled
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from chain_office.queries.problem_desk import DueCalendar, DueDay
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_COLUMNS: Final = (
    Column("事项", 48),
    Column("编号", 66),
    Column("问题", 160),
    Column("单位、企业", 96),
    Column("灯", 44),
)
_WIDE: Final = 2
_NARROW: Final = 960
_KINDS: Final = {"deadline": "时限", "review": "复核", "look_back": "回看"}
_WORST: Final = ("red", "amber", "green", "blue", "grey", "")
_UNKNOWN: Final = "没有{year}年的节假日安排，休息日和调休不作区分；到“设置 · 工作日”里登记后就能分开。"


class CalendarPart(Part):
    """日历."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "problem", "problem_event", "problem_span", "enterprise", "unit", "calendar_day", "light_rule", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: DueCalendar | None = None
        self._days: dict[date, DueDay] = {}
        self._names: dict[date, str] = {}
        self._started = False
        self.month = label("", "title")
        self.sums = FigureLine("quiet")
        self.calendar = MonthCalendar(office.palette)
        self.calendar.moved.connect(self._show_day)
        self.calendar.month_changed.connect(lambda _month: self.refresh())
        self.calendar.entered.connect(self._enter_day)
        self.unknown = label("", "quiet", wrap=True)
        self.unknown.setProperty("light", "amber")
        self.day = label("", "section", wrap=True)
        self.model = RowsModel(_COLUMNS, office.palette, self)
        self.rows = RowsView(self.model, stretch=_WIDE)
        self.rows.setAccessibleName("这一天到期的问题")
        self.rows.opened.connect(lambda row_id: page.show_record(f"problem:{row_id}"))
        self.rows.doubleClicked.connect(lambda index: page.show_record(f"problem:{self.model.line(index.row()).id}"))
        self.empty = label("", "quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.printing = RowsPrinting(self, office)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        before = self._button("chevron-left", "上一月", lambda: self._turn(-1))
        after = self._button("chevron-right", "下一月", lambda: self._turn(1))
        back = self._button("calendar-check", "回到截止日", lambda: self.calendar.go_to(self.office.as_of))
        for widget in (before, after, back):
            head.addWidget(widget)
        head.addSpacing(8)
        head.addWidget(self.month)
        head.addWidget(self.sums)
        head.addStretch(1)
        printer = self._button("printer", "打印本月", self.print)
        printer.setToolTip(keys.hint("打印本月", "print_list"))
        keys.shortcut("print_list", self, self.print, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        head.addWidget(printer)
        right = QWidget()
        self._day_column = column = QVBoxLayout(right)
        column.setContentsMargins(10, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.day)
        column.addWidget(self.rows, 1)
        column.addWidget(self.empty, 1)
        self._split = split = QSplitter()
        split.addWidget(self.calendar)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 1)
        split.setSizes([760, 430])
        self.column.addLayout(head)
        self.column.addWidget(self.unknown)
        self.column.addWidget(split, 1)

    def _button(self, sign: str, word: str, do: Callable[[], object]) -> QPushButton:
        made = QPushButton(icon(sign, self.office.palette.text), word)
        made.setIconSize(QSize(16, 16))
        made.clicked.connect(lambda: do())
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a narrow window the day's list stands under the month."""
        super().resizeEvent(event)
        narrow = event.size().width() < scaled(_NARROW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([330, 130] if narrow else [760, 430])
            self._day_column.setContentsMargins(0 if narrow else 10, 6 if narrow else 0, 0, 0)

    def parts(self) -> tuple[QWidget, ...]:
        """The month, and the day's list."""
        return (self.calendar, self.rows)

    def refresh(self) -> None:
        """What falls on the days shown, as things stand at the cut-off date."""
        day = self.office.as_of
        if not self._started:
            self._started = True
            self.calendar.go_to(day)  # which asks by itself where that is another month
        first, last = grid(self.calendar.month)

        def read(ledger: Ledger) -> tuple[DueCalendar, dict[date, str], dict[date, MonthDay]]:
            names = {
                when: name for year in {first.year, last.year} for when, (_, name) in published_names(year).items()
            }
            found = due_calendar(ledger, first, last, day, work_calendar(ledger))
            return found, names, {one.day: _month_day(one, names.get(one.day, "")) for one in found.days}

        self.ask(read, lambda found: self._show(*found))

    def _show(self, found: DueCalendar, names: dict[date, str], squares: dict[date, MonthDay]) -> None:
        if found.first != grid(self.calendar.month)[0]:
            return  # another month is shown by now
        self.found, self._names = found, names
        self._days = {one.day: one for one in found.days}
        self.calendar.show_days(squares, found.day)
        month = self.calendar.month
        self.month.setText(f"{month.year}年{month.month}月")
        here = [one for one in found.days if one.day.replace(day=1) == month]
        sums = {word: sum(one.counts.get(kind, 0) for one in here) for kind, word in _KINDS.items()}
        self.sums.tell_counts(
            "　".join(f"{word} {number}" for word, number in sums.items()),
            self.office.as_of,
            "problems.calendar_line",
            "这个月里到期的问题：办理中的按时限，暂不具备的按复核日，已销号的按回看日",
        )
        unknown = any(one.worked is None for one in here)
        self.unknown.setText(_UNKNOWN.format(year=month.year) if unknown else "")
        self.unknown.setVisible(unknown)
        self._show_day(self.calendar.current)

    def _show_day(self, day: date) -> None:
        found = self._days.get(day)
        works = "" if found is None or found.worked is None else "　上班" if found.worked else "　休息"
        name = self._names.get(day, "")
        total = f"　{found.total} 件" if found is not None and found.total else ""
        self.day.setText(f"{day.isoformat()}　周{WEEK[day.weekday()]}{works}{f'（{name}）' if name else ''}{total}")
        entries = found.entries if found is not None else ()
        self.model.show(
            [
                Line(
                    one.card.id,
                    (
                        one.word,
                        one.card.no,
                        one.card.text,
                        one.card.unit or one.card.enterprise,
                        LABELS[one.card.light],
                    ),
                    ("", "quiet", "", "", COLOURS.get(one.card.light, one.card.light)),
                )
                for one in entries
            ]
        )
        self.rows.setVisible(bool(entries))
        self.empty.setText(f"这一天没有到期的问题，也没有要复核、回看的。{self._following(day)}")
        self.empty.setVisible(not entries)
        if entries:
            self.rows.selectRow(0)

    def _following(self, day: date) -> str:
        """The next day of those shown on which something falls."""
        later = next((one for one in self._days.values() if one.day > day and one.total), None)
        if later is None:
            return ""
        counts = "、".join(f"{word} {later.counts[kind]}" for kind, word in _KINDS.items() if later.counts.get(kind))
        return f"\n接下来是 {later.day.month}月{later.day.day}日：{counts}。"

    def _enter_day(self) -> None:
        if self.model.rowCount():
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, by: int) -> None:
        self.calendar.go_to(other_month(self.calendar.current, by))
        self.calendar.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, reference: str) -> None:
        """Put the cursor on a day (2021-11-19)."""
        self._started = True
        self.calendar.go_to(date.fromisoformat(reference))

    def where(self) -> str:
        """The day the cursor is on."""
        return self.calendar.current.isoformat() if self._started else ""

    def print(self) -> None:
        """What falls on the days of the month, day by day."""
        if self.found is None:
            return
        month = self.calendar.month
        rows = [
            (
                one.day.isoformat(), f"周{WEEK[one.day.weekday()]}", entry.word, entry.card.no, entry.card.enterprise,
                entry.card.text, entry.card.unit, LABELS[entry.card.light],
            )
            for one in self.found.days
            if one.day.replace(day=1) == month
            for entry in one.entries
        ]  # fmt: skip
        columns = (
            Column("日期", 84), Column("星期", 44), Column("事项", 44), Column("编号", 66), Column("企业", 130),
            Column("问题", 260), Column("单位", 92), Column("灯", 44),
        )  # fmt: skip
        self.printing.print(f"{month.year}年{month.month}月到期事项", columns, rows, [f"共 {len(rows)} 件。"])


def _month_day(one: DueDay, name: str) -> MonthDay:
    """What a day says in its square: how many of each kind, in the colour of the most pressing."""
    lines = []
    for kind in dict.fromkeys(entry.kind for entry in one.entries):
        mine = [entry for entry in one.entries if entry.kind == kind]
        lights = {COLOURS.get(entry.card.light, entry.card.light) for entry in mine}
        worst = next((light for light in _WORST if light in lights), "")
        late = sum(entry.card.overdue for entry in mine)
        lines.append((f"{mine[0].word} {one.counts[kind]}" + (f" 逾期 {late}" if late else ""), worst))
    return MonthDay(one.worked, tuple(lines), name)
