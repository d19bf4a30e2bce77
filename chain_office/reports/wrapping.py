"""The lines of a text in a cell: 禁则 and kept numbers as in paragraphs, line ends of the text kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.breaking import Breaker
from chain_office.reports.paragraph import clean

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ems(dict[str, float]):
    """Character → its width in em as the faces of offices have it: half a one for Latin letters and digits."""

    def __missing__(self, char: str) -> float:
        return 0.5 if ord(char) < 0x2000 and char not in "·×÷°±§" else 1.0


def wrap(widths: Mapping[str, float], text: str, room: float) -> list[str]:
    """`widths` and `room` in em."""
    out = []
    for part in text.splitlines() or [""]:
        cleaned = clean(part).rstrip(" ")
        breaker = Breaker(cleaned, [widths[char] for char in cleaned], 1.0)
        out += [cleaned[line.start : line.stop].rstrip(" ") for line in breaker.lines(room)]
    return out


def wrap_evenly(widths: Mapping[str, float], text: str, room: float) -> list[str]:
    """A label turns so that its lines are of about one length: 长期 / 推进, never 长期推 / 进; and before a bracket, if
    that takes no more lines."""
    lines = best = wrap(widths, text, room)
    if len(lines) > 1 and "（" in text[1:] and "\n" not in text:
        name, bracket = text[: text.rindex("（", 1)], text[text.rindex("（", 1) :]
        parts = [*wrap_evenly(widths, name, room), *wrap_evenly(widths, bracket, room)]
        if len(parts) <= len(lines):
            return parts
    while len(lines) > 1 and room > 2 and "\n" not in text:
        room -= 0.5
        narrower = wrap(widths, text, room)
        if len(narrower) > len(lines):
            break
        best = narrower
    return best
