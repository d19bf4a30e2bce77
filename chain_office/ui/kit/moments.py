"""A stored moment as people read it, in the machine's own time."""

from __future__ import annotations

from datetime import datetime


def local(at: str) -> str:
    """ "2021-11-19T01:30:00.000Z" → 2021-11-19 09:30."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at
