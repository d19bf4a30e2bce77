"""The ledgers opened lately on this computer, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from chain_office import clock

_KEY = "recent/ledgers"
_MOST = 8


@dataclass(frozen=True, slots=True)
class Used:
    """A ledger and the day it was last opened, as text."""

    path: Path
    day: str


def recent() -> list[Used]:
    """Ledgers opened lately, newest first, whether they are still there or not."""
    try:
        kept = json.loads(str(QSettings().value(_KEY, "") or "[]"))
        return [Used(Path(path), str(day)) for path, day in kept]
    except (ValueError, TypeError):  # somebody else's idea of a setting
        return []


def remember(path: Path) -> None:
    """Put a ledger at the top of the list."""
    _keep([Used(path, clock.today().isoformat()), *(one for one in recent() if one.path != path)][:_MOST])


def forget(path: Path) -> None:
    """Take a ledger off the list; the file stays."""
    _keep([one for one in recent() if one.path != path])


def _keep(ledgers: list[Used]) -> None:
    QSettings().setValue(_KEY, json.dumps([(str(one.path), one.day) for one in ledgers], ensure_ascii=False))
