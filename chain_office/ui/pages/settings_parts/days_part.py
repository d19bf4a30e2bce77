"""工作日: a year's calendar, the office's own days in it, and a year's notice taken in by pasting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from chain_office.services.settings.days import (
    DECLARED,
    PUBLISHED,
    Year,
    declare_year,
    drop_day,
    name_day,
    read_year,
    toggle_day,
)
from chain_office.ui.kit.labels import label, show_light
from chain_office.ui.kit.sheet import SheetView
from chain_office.ui.kit.sheet_model import SheetModel
from chain_office.ui.kit.sheet_rows import LINE, NONE, SheetColumn, SheetRow
from chain_office.ui.kit.year_calendar import YearCalendar
from chain_office.ui.measure import scaled
from chain_office.ui.pages.settings_parts.notice_card import NoticeCard
from chain_office.ui.pages.settings_parts.part import Part

if TYPE_CHECKING:
    from datetime import date

    from chain_office.queries.settings_days import OwnDay
    from chain_office.ui.office import Office

_COLUMNS = (
    SheetColumn("day", "日期", 84, NONE),
    SheetColumn("works", "安排", 46, NONE),
    SheetColumn("name", "名称", 100, LINE, tip="为什么和平常不一样"),
)
_FIRST, _LAST = 2000, 2100
_SIDE = 252


class DaysPart(Part):
    """工作日."""

    title: ClassVar[str] = "工作日"
    hint: ClassVar[str] = (
        "点一天，或光标移到那天按空格，在上班和放假之间切换。右上带角的是放假，下有横线的是周末上班，加框的是本单位登记的。"
    )
    icon_name: ClassVar[str] = "calendar"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._year = 0
        self.found: Year | None = None
        self._day = label("", "quiet")
        self.calendar = YearCalendar(office.palette)
        self.calendar.turned.connect(self.turn)
        self.calendar.moved.connect(self._moved)
        self._room = QScrollArea()
        self.before_button = self.button("上一年", lambda: self.show_year(self._year - 1), "chevron-left")
        self.after_button = self.button("下一年", lambda: self.show_year(self._year + 1), "chevron-right")
        self.heading = label("", "section")
        self.source = label("", wrap=True)
        self.name = QLineEdit()
        self.name.setPlaceholderText("切换时写的名称，如“防汛值班”")
        self.name.setAccessibleName("名称")
        self.model = SheetModel(office.palette, parent=self)
        self.model.edited.connect(self._named)
        self.own = SheetView(self.model, stretch="name")
        self.own.setAccessibleName("本单位登记的日子")
        self.own.delete_wanted.connect(self.drop)
        self.own.moved.connect(lambda _row: self._enable())
        self.drop_button = self.button("恢复原来的安排", lambda: self.drop(self.own.current_id), "undo-2")
        self.complete_button = self.button("这一年已登记齐", lambda: self.declare(complete=True), "calendar-check")
        self.again_button = self.button("改为未登记齐", lambda: self.declare(complete=False))
        self.notice_button = self.button("粘贴放假通知……", self.open_notice, "list-plus")
        self.notice = NoticeCard(self)
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget in (self.before_button, self.heading, self.after_button):
            bar.addWidget(widget)
        bar.addSpacing(8)
        bar.addWidget(self.source, 1)
        for button in (self.complete_button, self.again_button, self.notice_button):
            bar.addWidget(button)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 8, 0, 4)
        inside.addWidget(self.calendar)
        self._room.setWidgetResizable(True)
        self._room.setWidget(card)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._day)
        column.addWidget(self.name)
        column.addWidget(label("本单位登记的日子", "section"))
        column.addWidget(self.own, 1)
        column.addWidget(self.drop_button)
        side.setFixedWidth(scaled(_SIDE))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._room, 1)
        row.addWidget(side)
        self.column.addLayout(bar)
        self.column.addWidget(self.said)
        self.column.addWidget(self.notice)
        self.column.addLayout(row, 1)

    def _moved(self, day: date) -> None:
        """The cursor is on another day: say which it is, and keep it in sight."""
        self._day.setText(self.calendar.describe(day))
        spot = self.calendar.day_rect(day).center() + self.calendar.pos()
        self._room.ensureVisible(spot.x(), spot.y(), 30, 60)

    def refresh(self) -> None:
        """Read the year again; the first time, the cut-off date's."""
        if not self._year:
            self._year = self.office.as_of.year
            self.calendar.current = self.office.as_of
        self.show_year(self._year)

    def show_year(self, year: int) -> None:
        """Show another year."""
        self._year = max(_FIRST, min(_LAST, year))
        wanted = self._year
        self.ask(lambda ledger: read_year(ledger, wanted), self._show)

    def _show(self, found: Year) -> None:
        if found.year != self._year:
            return
        self.found = found
        self.heading.setText(f"{found.year} 年")
        if found.source == PUBLISHED:
            said, light = f"按国务院公布的放假安排，全年 {found.workdays} 个工作日", ""
        elif found.source == DECLARED:
            said, light = f"按本单位登记的放假安排，全年 {found.workdays} 个工作日", ""
        else:
            said = f"程序里没有 {found.year} 年的放假安排，不推算这一年的工作日。请登记齐放假和调休的日子。"
            light = "amber"
        self.source.setText(said)
        show_light(self.source, light)
        self.calendar.enabled_to_turn = not self.read_only
        self.calendar.show_year(found)
        self.own.load(_COLUMNS, [_row(one) for one in found.own])
        self.complete_button.setVisible(not found.known and bool(found.own))
        self.again_button.setVisible(found.source == DECLARED)
        self._enable()

    def _enable(self) -> None:
        found = self.found
        self.before_button.setEnabled(self._year > _FIRST)
        self.after_button.setEnabled(self._year < _LAST)
        self.drop_button.setEnabled(bool(self.own.current_id) and not self.read_only)
        self.notice_button.setVisible(found is not None and found.source != PUBLISHED)
        for button in (self.complete_button, self.again_button, self.notice_button):
            button.setEnabled(not self.read_only)

    def turn(self, day: date) -> None:
        """Turn a day."""
        name = self.name.text()
        self.save(lambda ledger, actor: toggle_day(ledger, day, actor, name), lambda _saved: self.refresh())

    def _own(self, row_id: str) -> OwnDay | None:
        own = self.found.own if self.found is not None else ()
        return next((one for one in own if one.id == row_id), None)

    def _named(self, row_id: str, _column: str, value: object) -> None:
        own = self._own(row_id)
        if own is not None:
            self.save(lambda ledger, actor: name_day(ledger, own, str(value), actor), lambda _saved: self.refresh())

    def drop(self, row_id: str) -> None:
        """Take one of the office's own days back."""
        own = self._own(row_id)
        if own is not None and not self.read_only:
            self.save(lambda ledger, actor: drop_day(ledger, own, actor), lambda _saved: self.refresh())

    def declare(self, *, complete: bool) -> None:
        """Say that all of the year's holidays are entered, or not yet."""
        year = self._year
        self.save(
            lambda ledger, actor: declare_year(ledger, year, actor, complete=complete), lambda _saved: self.refresh()
        )

    def open_notice(self) -> None:
        """Take in a year's notice."""
        self.notice.open_card(self._year)


def _row(own: OwnDay) -> SheetRow:
    light = "" if own.works else "red"
    return SheetRow(
        own.id,
        {"day": own.day.isoformat(), "works": "上班" if own.works else "放假", "name": own.name},
        lights={"works": light},
    )
