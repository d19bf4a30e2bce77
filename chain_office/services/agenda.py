"""日程: everything due, of every desk, as it stands at a date; its days, its people, and its file for other calendars."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chain_office import clock
from chain_office.db.settings import read_settings
from chain_office.domain.discreet import discreet
from chain_office.domain.errors import KnownError
from chain_office.exchange.agenda_file import Entry, calendar_file
from chain_office.files import atomic_output
from chain_office.queries.due import KINDS, Due, due
from chain_office.services.calendar import published_names, work_calendar
from chain_office.services.explaining.agenda_counts import AHEAD, MISSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from chain_office.db.ledger import Ledger

__all__ = [
    "AHEAD", "KINDS", "NOBODY", "Agenda", "Due", "Wish", "agenda", "due_between", "late", "save_file",
]  # fmt: skip

NOBODY: Final = "（没有写明）"
_AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which duties: of some kinds (empty: all), of one person or unit ("" : all)."""

    kinds: frozenset[str] = frozenset()
    who: str = ""

    def takes(self, one: Due) -> bool:
        """Whether a duty is wanted."""
        named = not self.who or self.who == one.who or (self.who == NOBODY and not one.who)
        return named and (not self.kinds or one.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due from ``first`` to ``last`` as it stands at ``day``. ``worked``: days whose work is known; ``names``: of
    holidays."""

    day: date
    first: date
    last: date
    lines: tuple[Due, ...]
    worked: Mapping[date, bool]
    names: Mapping[date, str]

    @property
    def people(self) -> tuple[str, ...]:
        """Who has something to do, most first; those nobody is named for last."""
        tally: dict[str, int] = {}
        for one in self.lines:
            tally[one.who] = tally.get(one.who, 0) + 1
        named = sorted((who for who in tally if who), key=lambda who: (-tally[who], who))
        return (*named, NOBODY) if "" in tally else tuple(named)


def agenda(ledger: Ledger, first: date, last: date, day: date) -> Agenda:
    """The duties of some days, and which of the days are worked."""
    calendar = work_calendar(ledger)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    names = {when: name for year in {first.year, last.year} for when, (_, name) in published_names(year).items()}
    worked = {one: calendar.is_workday(one) for one in days if one.year in calendar.known_years}
    return Agenda(day, first, last, due(ledger, first, last, day), worked, names)


def due_between(ledger: Ledger, first: date, last: date, day: date) -> tuple[Due, ...]:
    """The duties of some days."""
    return due(ledger, first, last, day)


def late(ledger: Ledger, day: date) -> tuple[Due, ...]:
    """Duties whose day has passed, of the last three years; the longest missed first."""
    return due(ledger, day - MISSED, day - timedelta(days=1), day)


def save_file(
    ledger: Ledger, target: Path, day: date, wish: Wish, *, first: date | None = None, last: date | None = None
) -> int:
    """Write duties as a calendar file, as they stand at ``day``: from ``first`` (left out: what was missed, too) to ``last``
    (left out: a year ahead); returns how many entries. Raises :class:`KnownError` where there is nothing to write."""
    since, until = first or day - MISSED, last or max(day, first or day) + _AHEAD
    if until < since:
        raise KnownError(f"结束日期 {until} 早于开始日期 {since}，请核对。")
    found = due(ledger, since, until, day)
    entries = [entry(one, _origin(ledger)) for one in found if wish.takes(one)]
    if not entries:
        raise KnownError("没有符合条件的事项，日程文件没有生成；请换一种事项或换一个人。")
    settings = read_settings(ledger)
    name = f"{settings.get('office') or settings.get('chain') or '产业链推进办公室'}日程"
    if settings.get("sample") == "true":
        name += "（示例数据）"
    with atomic_output(target) as temporary:
        temporary.write_bytes(calendar_file(entries, name, clock.now()))
    return len(entries)


def entry(one: Due, origin: str) -> Entry:
    """A duty as another calendar shows it: no telephone numbers, no amounts."""
    said = discreet(one.words)
    who = f"\n谁办：{discreet(one.who)}" if one.who else ""
    return Entry(
        f"{one.id}@{origin}.chain-office",
        one.day,
        f"【{one.word}】{said}",
        f"{one.word}：{said}{who}\n截至 {one.as_of.isoformat()} 未办",
        one.word,
        alarm=not one.late,
    )


def _origin(ledger: Ledger) -> str:
    """What tells this office's entries from another's that are of no record (a month's filing)."""
    settings = read_settings(ledger)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.get('office')}/{settings.get('chain')}").hex[:12]


def by_day(lines: Iterable[Due]) -> dict[date, list[Due]]:
    """Day → its duties, in their order."""
    found: dict[date, list[Due]] = {}
    for one in lines:
        found.setdefault(one.day, []).append(one)
    return found
