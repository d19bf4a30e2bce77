"""Texts as papers can hold them, the same in PDF, Word and Excel.

Marks are taken off and line ends made one kind. What no paper can show, or XML cannot hold, or would turn the reading
direction, becomes 〓, the printer's sign for "something stood here": never silently nothing.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from chain_office.reports.marks import plain

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Content = TypeVar("Content", bound="DataclassInstance")

UNSHOWN_SIGN: Final = "〓"
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS: Final = re.compile("[\t\x1f\xa0]")
_NOTHING: Final = re.compile("[\xad\u200b\u2060\ufeff]")  # hints for breaking lines and byte-order marks: no ink
_UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|[" + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17)) + "]"
)


def tidy(text: str) -> str:
    """One text."""
    if text.isprintable():
        return text
    text = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", plain(text)))
    return _UNSHOWN.sub(UNSHOWN_SIGN, _NOTHING.sub("", text))


def one_line(text: str) -> str:
    """A text that stands on one line: a name, a number, a heading."""
    return " ".join(tidy(text).split("\n"))


def tidied(content: Content) -> Content:
    """The content with every text in it tidied, whatever it is made of."""
    return replace(content, **{field.name: _tidied(getattr(content, field.name)) for field in fields(content)})


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, tuple):
        return tuple(map(_tidied, value))
    if is_dataclass(value) and not isinstance(value, type):
        return tidied(value)
    return value
