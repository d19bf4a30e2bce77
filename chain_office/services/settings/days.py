"""工作日: a year's holidays and shifted working days as published, and the office's own days over them.

A year nobody published is not guessed: its own days count only once the office says that they are all entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chain_office.db.models import CalendarDay
from chain_office.db.settings import DECLARED_YEARS, declared_years, put_declared_years, setting_id
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.notices import read_notice
from chain_office.queries.settings_days import own_days
from chain_office.services.calendar import published_names, published_years, work_calendar
from chain_office.services.settings.texts import look_at, refuse, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.queries.settings_days import OwnDay

PUBLISHED, DECLARED, UNKNOWN = "published", "declared", "unknown"


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the calendar shows it. ``usual`` False: it differs from its weekday. ``own``: the office says so."""

    day: date
    works: bool
    usual: bool
    name: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    """A year: where its holidays come from, its days that differ, the office's own among them, and how many are worked
    (None where that is not known)."""

    year: int
    source: str
    days: Mapping[date, Day]
    own: tuple[OwnDay, ...]
    workdays: int | None

    @property
    def known(self) -> bool:
        """Whether deadlines may be counted in it."""
        return self.source != UNKNOWN


def read_year(ledger: Ledger, year: int) -> Year:
    """A year's calendar."""
    declared = declared_years(ledger)
    source = PUBLISHED if year in published_years() else DECLARED if year in declared else UNKNOWN
    own = own_days(ledger, year)
    names = published_names(year)
    days = {day: Day(day, works, works == (day.weekday() < 5), name) for day, (works, name) in names.items()}
    for one in own:
        usual = one.works == (one.day.weekday() < 5)
        days[one.day] = Day(one.day, one.works, usual, one.name or names.get(one.day, (True, ""))[1], own=True)
    worked = None
    if source != UNKNOWN:
        calendar = work_calendar(ledger)
        worked = calendar.workdays_between(date(year - 1, 12, 31), date(year, 12, 31))
    return Year(year, source, days, own, worked)


def toggle_day(ledger: Ledger, day: date, actor: str, name: str = "") -> Saved:
    """Turn a day: one of the office's own goes back to what was published; any other becomes the opposite of it."""
    own = next((one for one in own_days(ledger, day.year) if one.day == day), None)
    if own is not None:
        return drop_day(ledger, own, actor)
    published = published_names(day.year).get(day)
    works = not (published[0] if published else day.weekday() < 5)
    name = tidy(name)
    refuse(look_at("name", "名称", name))
    said = f"{day.isoformat()} 改为{'上班' if works else '放假'}" + (f"（{name}）" if name else "")
    with ledger.write(actor, said) as writer:
        row_id = writer.insert(CalendarDay, {"day": day, "works": works, "name": name or None})
    return Saved(writer.write_no, "calendar_day", row_id, said)


def drop_day(ledger: Ledger, own: OwnDay, actor: str) -> Saved:
    """Take one of the office's own days back."""
    said = f"{own.day.isoformat()} 恢复原来的安排"
    with ledger.write(actor, said) as writer:
        writer.bin(CalendarDay, own.id)
    return Saved(writer.write_no, "calendar_day", own.id, said)


def name_day(ledger: Ledger, own: OwnDay, text: str, actor: str, *, insist: bool = False) -> Saved | None:
    """Say why a day of the office's own differs; None when it was said that way already."""
    name = tidy(text)
    refuse(look_at("name", "名称", name, insist=insist))
    if name == own.name:
        return None
    said = f"{own.day.isoformat()} 的名称已改为“{name}”"
    with ledger.write(actor, said) as writer:
        writer.update(CalendarDay, own.id, {"name": name or None})
    return Saved(writer.write_no, "calendar_day", own.id, said)


def declare_year(ledger: Ledger, year: int, actor: str, *, complete: bool) -> Saved:
    """Say that the office has entered all of a year's holidays (or not yet): then its deadlines are counted."""
    years = declared_years(ledger) - {year} | ({year} if complete else set())
    said = f"{year} 年的放假安排{'已登记齐，开始按它推算工作日' if complete else '改为未登记齐，不再推算工作日'}"
    with ledger.write(actor, said) as writer:
        put_declared_years(writer, years)
        row_id = setting_id(writer, DECLARED_YEARS)
    return Saved(writer.write_no, "setting", row_id, said)


@dataclass(frozen=True, slots=True)
class Notice:
    """A year's notice as read: the days it changes, and the lines that could not be read."""

    year: int
    days: tuple[tuple[date, bool, str], ...]
    unread: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What was understood."""
        rest = sum(not works for _, works, _ in self.days)
        work = len(self.days) - rest
        said = f"读出工作日放假 {rest} 天、周末上班 {work} 天"
        return said + (f"；有 {len(self.unread)} 处没有读懂：{'；'.join(self.unread[:3])}" if self.unread else "")


def look_at_notice(text: str, year: int) -> Notice:
    """Read the text of a year's notice ("元旦：1月1日至3日放假，1月4日上班"). Only days that differ from their weekday are
    kept: a Saturday off is one anyhow."""
    read = read_notice(text, year)
    days = tuple((day, works, name) for day, works, name in read.days if works != (day.weekday() < 5))
    return Notice(year, days, read.unread)


def take_notice(ledger: Ledger, notice: Notice, actor: str) -> Saved:
    """Enter a notice's days in one write; days already entered are set anew. The year counts as complete."""
    if not notice.days:
        raise KnownError("没有读出放假或上班的日子；请照“元旦：1月1日至3日放假，1月4日上班”的样子写，一个节日一行。")
    if notice.unread:
        raise KnownError(f"还有读不懂的地方：{'；'.join(notice.unread[:3])}；请改好再登记，免得漏掉假日。")
    present = {one.day: one for one in own_days(ledger, notice.year)}
    said = f"登记 {notice.year} 年放假安排 {len(notice.days)} 天"
    with ledger.write(actor, said) as writer:
        for day, works, name in notice.days:
            values = {"works": works, "name": name or None}
            if day in present:
                writer.update(CalendarDay, present[day].id, values)
            else:
                writer.insert(CalendarDay, {"day": day, **values})
        put_declared_years(writer, declared_years(ledger) | {notice.year})
    return Saved(writer.write_no, "calendar_day", "", said)


def days_of(year: int) -> tuple[date, ...]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return tuple(first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days))
