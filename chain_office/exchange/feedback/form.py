"""A filled 反馈表 as read: plain frozen values, not yet compared with any ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.feedback import read_receipt
from chain_office.domain.plain import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chain_office.domain.feedback import Receipt


@dataclass(frozen=True, slots=True)
class FormRow:
    """One problem's line. ``code``: its 回执号 or record number as it stands there, "" for a line without one (the unit
    added it). ``values``: what the cells hold, by key, as typed (a workbook's days and numbers as such). ``place``:
    where people find it."""

    code: str
    values: Mapping[str, object]
    place: str

    @property
    def receipt(self) -> Receipt | None:
        """The record number and the step the form left at."""
        return read_receipt(self.code)

    def text(self, key: str) -> str:
        """A cell's text."""
        return cell_text(self.values.get(key))


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file: its lines, or why it could not be read (``refused``, a sentence with what to do). ``title``: what stands
    over the form. ``is_form``: whether it is a 反馈表 at all."""

    path: Path
    rows: tuple[FormRow, ...] = ()
    title: str = ""
    refused: str = ""
    digest: str = ""
    """SHA-256 of the bytes that were read."""
    size: int = 0

    @property
    def is_form(self) -> bool:
        """Whether any line of a form was found."""
        return bool(self.rows)
