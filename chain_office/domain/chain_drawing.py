"""The 上下游图谱 as a drawing: patches, words, arrows and what a click opens. Lengths are in ems of the firms' names, from
the upper left corner, so that the window and the paper draw the same map each at its own size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ASCII_WIDTH: Final = 0.62
"""Of an em: the widest letters of the faces in use."""
BOLD: Final = 1.03
_PARTING: Final = "、，；/ 　"
_CLOSING: Final = "、，；。：）)》”’！？"


@dataclass(frozen=True, slots=True)
class Patch:
    """A surface. ``kind``: stream (a band with a tip at its right), box, gap (a box where a firm is missing), missing (a
    stream without segments), badge."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text on one line, ``y`` its middle. ``tone``: ink, muted, accent, red."""

    x: float
    y: float
    text: str
    size: float = 1.0
    bold: bool = False
    tone: str = "ink"
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line of level and upright pieces with its head at the end; ``flow``: whose."""

    points: tuple[tuple[float, float], ...]
    flow: str


@dataclass(frozen=True, slots=True)
class Spot:
    """What a click opens ("segment:<id>", "enterprise:<id>"), what it is called, and where it stands."""

    x: float
    y: float
    width: float
    height: float
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole map."""

    width: float
    height: float
    patches: tuple[Patch, ...]
    words: tuple[Words, ...]
    arrows: tuple[Arrow, ...]
    spots: tuple[Spot, ...]


def text_width(text: str, size: float = 1.0, *, bold: bool = False) -> float:
    """How wide a text is at most, in ems."""
    wide = sum(ASCII_WIDTH if char.isascii() else 1.0 for char in text)
    return wide * size * (BOLD if bold else 1.0)


def wrapped(text: str, width: float, size: float = 1.0, *, bold: bool = False) -> list[str]:
    """A text in lines no wider than ``width``; a character stands on each, however narrow it is. A line ends behind a mark
    that parts words where there is one in its second half; no line begins with a mark that belongs to the one before."""
    lines, line = [], ""
    for char in text:
        if line and text_width(line + char, size, bold=bold) > width:
            kept = _kept(line, char)
            lines.append(line[:kept])
            line = line[kept:]
        line += char
    return [*lines, line] if line or not lines else lines


def _kept(line: str, following: str) -> int:
    """How many characters of a full line stay on it when ``following`` is the next."""
    for at in range(len(line) - 1, len(line) // 2, -1):
        if line[at] in _PARTING:
            return at + 1
    at = len(line)
    while at > 1 and (following if at == len(line) else line[at]) in _CLOSING:
        at -= 1
    return at if (following if at == len(line) else line[at]) not in _CLOSING else len(line)
