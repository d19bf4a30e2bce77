"""Dated duties as a calendar file (RFC 5545) that phones and desktops take in: whole-day entries.

An entry keeps its UID for as long as its record is there, and carries a SEQUENCE that grows with time, so that a file taken
in again changes what is there instead of doubling it. No library: five properties an entry are written, none is read
(docs/adr/0066-calendar-of-everything-due.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

_OCTETS: Final = 75
"""A line may have so many octets without its end; longer ones go on after a space on the next."""
_ERA: Final = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty: ``uid`` names it for good, ``summary`` is its line, ``description`` what is said below. ``alarm``: reminded of
    at nine in the morning of its day."""

    uid: str
    day: date
    summary: str
    description: str = ""
    category: str = ""
    alarm: bool = False


def calendar_file(entries: Iterable[Entry], name: str, now: datetime) -> bytes:
    """The file: UTF-8, every line ended by CR LF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//chain-office//agenda//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for entry in entries:
        lines += _entry(entry, now.astimezone(UTC))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _entry(entry: Entry, now: datetime) -> Iterator[str]:
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{max(0, int((now - _ERA).total_seconds() // 60))}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{escaped(entry.description)}"
    if entry.category:
        yield f"CATEGORIES:{escaped(entry.category)}"
    yield "TRANSP:TRANSPARENT"
    if entry.alarm:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{escaped(entry.summary)}",
            "TRIGGER:PT9H",
            "END:VALARM",
        )
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text as a value: backslashes, commas, semicolons and line ends are written out, other control characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(sign for sign in plain if sign in "\n\t" or (ord(sign) >= 0x20 and ord(sign) != 0x7F))
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written)
    return plain


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, the following ones with a space before; no character is cut in two."""
    piece, room = "", _OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield piece
            piece, room = " ", _OCTETS - 1
        piece += sign
        room -= size
    yield piece
