"""The one clock. Everything that needs "now" or "today" asks here, so tests can set it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _system_now() -> datetime:
    return datetime.now(UTC).astimezone()


_now: Callable[[], datetime] = _system_now


def now() -> datetime:
    """The current moment, in the machine's own time zone."""
    return _now()


def today() -> date:
    """The current calendar day where the machine stands."""
    return _now().date()


def stamp() -> str:
    """The current moment as stored: ISO 8601, UTC, milliseconds, "Z"."""
    moment = _now().astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def set_clock(source: Callable[[], datetime] | None) -> None:
    """Replace the clock (tests), or put the system's back with None."""
    global _now
    _now = source or _system_now
