"""Marks in a text: which of its words stand for a figure or a record. They are taken off before a text is set, so that a
marked paper looks like an unmarked one; only where the words came to stand is noted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_OPEN, _WORDS, _CLOSE = "\x02", "\x1f", "\x03"
_MARK: Final = re.compile(f"{_OPEN}([^{_OPEN}{_WORDS}{_CLOSE}]*){_WORDS}([^{_OPEN}{_WORDS}{_CLOSE}]*){_CLOSE}")


class Mark(NamedTuple):
    """The characters from ``start`` to before ``stop`` stand for ``reference`` ("figure:<key>", "problem:<id>")."""

    start: int
    stop: int
    reference: str


class Place(NamedTuple):
    """Where on a page something that can be opened stands: points from the page's upper left corner; pages from 0."""

    page: int
    left: float
    top: float
    width: float
    height: float
    reference: str


def mark(reference: str, words: str) -> str:
    """Words that open something."""
    return f"{_OPEN}{reference}{_WORDS}{words}{_CLOSE}"


def unmark(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text as it is read, and its marks."""
    if _OPEN not in text:
        return text, ()
    marks: list[Mark] = []
    out, end = "", 0
    for found in _MARK.finditer(text):
        out += text[end : found.start()]
        marks.append(Mark(len(out), len(out) + len(found[2]), found[1]))
        out += found[2]
        end = found.end()
    return out + text[end:], tuple(marks)


def plain(text: str) -> str:
    """The text as it is read."""
    return unmark(text)[0]


def through_words(text: str, change: Callable[[str], str]) -> str:
    """The text with ``change`` done to what is read; references stay."""
    if _OPEN not in text:
        return change(text)
    out, end = "", 0
    for found in _MARK.finditer(text):
        out += change(text[end : found.start()]) + mark(found[1], change(found[2]))
        end = found.end()
    return out + change(text[end:])
