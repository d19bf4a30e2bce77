"""What a kind of value is: the four texts every stored value has, and the context it is read in.

A kind knows ``parse`` (what people type or a workbook holds), ``format`` (what is shown),
``edit`` (lossless: ``parse(edit(v)).value == v``) and ``clean`` (validate a stored value).
The concrete kinds live in :mod:`chain_office.domain.values`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class BadValue(ValueError):
    """A text that cannot be read as its kind.

    ``reason`` is a short Chinese clause. ``question`` marks a value that is not wrong but
    ambiguous (a number without a unit, a range, a date without a year): it is asked, never guessed.
    ``choices`` are the answers to offer. ``topic`` tells which answer is wanted:
    "unit", "year", "amount", "date" or "" (retype the value).
    """

    def __init__(self, reason: str, *, question: bool = False, choices: tuple[str, ...] = (), topic: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.question = question
        self.choices = choices
        self.topic = topic


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a value and is needed to read it.

    ``unit``: unit text of the column, heading or sheet ("万元", "亿元", "千元", "元", "%", "亩", ...), or None.
    ``year``: the year a date without one belongs to, or None. ``anchor``: the row's hand-over date;
    a deadline without a year is the next occurrence after it, and "15个工作日" counts from it.
    ``is_deadline``: the date is an inclusive limit ("10月底前").
    """

    unit: str | None = None
    year: int | None = None
    anchor: date | None = None
    is_deadline: bool = False


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as read: ``value`` is None for a cell that says "nothing" (—, /, 暂无, 待定).

    ``approximate``: 约/余/近. ``note``: words beside the number worth keeping ("分两期").
    ``precision`` of a date: "day", "xun", "month", "quarter", "year". ``rule`` of a deadline that is not
    a date: "immediate" (立行立改), "long_term" (长期坚持), or "" . ``warnings`` are Chinese clauses.
    """

    value: object | None
    warnings: tuple[str, ...] = ()
    approximate: bool = False
    note: str = ""
    precision: str = "day"
    rule: str = ""


class Kind(ABC):
    """One kind of value. Instances are stateless and shared."""

    name: str
    align_right = False

    @abstractmethod
    def parse(self, raw: object, context: Context = NO_CONTEXT) -> Reading:
        """Read what a person typed or a workbook cell holds. Raises :class:`BadValue`."""

    @abstractmethod
    def format(self, value: object | None) -> str:
        """The text shown to people; "" for None."""

    def edit(self, value: object | None) -> str:
        """A lossless text for editors: ``parse(edit(v)).value == v``."""
        return self.format(value)

    def clean(self, value: object | None) -> object | None:
        """Validate a value about to be stored; returns it (normalised) or raises :class:`BadValue`."""
        if value is None:
            return None
        return self.parse(value).value
