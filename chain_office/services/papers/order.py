"""An order of papers: everything they say and how they are called, read from the ledger once, ready to be set anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from chain_office.domain.forms import Saved
    from chain_office.reports.papers import Paper, Sheet

PDF, WORD, EXCEL = ".pdf", ".docx", ".xlsx"


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A document and the formats it is written in. ``folder``: under the one that was chosen, "" for that itself.
    ``filled``: a form that units fill; one that was filled already is never written over."""

    folder: str
    content: Paper | Sheet
    formats: tuple[str, ...]
    filled: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The files it becomes, as paths under the chosen folder."""
        start = f"{self.folder}/" if self.folder else ""
        return tuple(f"{start}{self.content.name}{ending}" for ending in self.formats)


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """Papers of one kind (``of``) at a day. ``notes``: what the person is to know about them; with no files it says why.
    ``system_fonts``: as for packs. ``saved``: the write that numbered them, if any of them was new."""

    of: str
    day: date
    files: tuple[PaperFile, ...]
    notes: tuple[str, ...] = ()
    system_fonts: bool = False
    saved: Saved | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every file, as paths under the chosen folder."""
        return tuple(name for file in self.files for name in file.names)
