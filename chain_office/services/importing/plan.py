"""The plan of an import as frozen data: what each sheet's rows would do, and what is to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.tables import Question, Remark
    from chain_office.services.importing.planner import Planner

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One workbook row: its Excel row number, verdict, values as they would be stored, and old → new per field."""

    row: int
    verdict: str
    values: Mapping[str, object]
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One table. ``desk`` is "" for a sheet in which no table was found."""

    book: str
    sheet: str
    desk: str
    rows: tuple[RowPlan, ...]
    refused: tuple[Remark, ...]
    warned: tuple[Remark, ...]

    def count(self, verdict: str) -> int:
        """Rows with that verdict."""
        return sum(1 for row in self.rows if row.verdict == verdict)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would do. ``planner`` holds the writes; ``basis`` is the history it was worked out on."""

    books: tuple[str, ...]
    digests: tuple[str, ...]
    sheets: tuple[SheetPlan, ...]
    questions: tuple[Question, ...]
    planner: Planner
    basis: int

    def count(self, verdict: str) -> int:
        """Rows with that verdict over all sheets."""
        return sum(sheet.count(verdict) for sheet in self.sheets)

    @property
    def accepts_anything(self) -> bool:
        """Whether any row at all passes (new, changed or the same)."""
        return any(row.verdict != REFUSED for sheet in self.sheets for row in sheet.rows)
