"""Texts in columns of a terminal, where a Chinese character is as wide as two letters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(_wide(one) for one in text)


def _wide(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def clipped(text: str, most: int) -> str:
    """A text on one line and no wider than ``most``, with … where something is left out."""
    line = " ".join(text.split())
    if width(line) <= most:
        return line
    taken = used = 0
    for one in line:
        if used + _wide(one) > most - 1:
            break
        used += _wide(one)
        taken += 1
    return line[:taken].rstrip() + "…"


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled up with blanks."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Lines of a table. ``right``: the places of columns whose numbers stand to the right."""
    widths = [max(width(cell) for cell in column) for column in zip(headings, *rows, strict=True)]
    return [
        (" " * _GAP).join(padded(cell, widths[at], right=at in right) for at, cell in enumerate(line)).rstrip()
        for line in (headings, *rows)
    ]
