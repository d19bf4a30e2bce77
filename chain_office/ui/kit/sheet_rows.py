"""What a table that is edited in place is given: its columns and rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.forms import Option

NONE, LINE, LINES, ONE, SEVERAL, TICK = "", "line", "lines", "one", "several", "tick"
"""How a column is edited: not at all, one line, one word a line, one of its options, several, a tick."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column. ``options``: what may be chosen; ``free``: another text may be typed instead."""

    id: str
    heading: str
    width: int = 100
    edited: str = LINE
    right: bool = False
    tip: str = ""
    options: tuple[Option, ...] = ()
    free: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: what it is, the texts shown, the values an editor begins with (the text where there is none), the light of
    a cell, and tool tips that say more than the text."""

    id: str
    texts: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    lights: Mapping[str, str] = field(default_factory=dict)
    tips: Mapping[str, str] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    """Columns that cannot be edited in this row."""
