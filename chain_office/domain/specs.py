"""Descriptions of fields and desks, as plain frozen data that ui and exchange can use without a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a record, described once.

    ``name``: storage name; money fields end in ``_yuan``. ``label``: the Chinese heading. ``aliases``: other
    headings seen in offices' workbooks. ``weight`` says what a bad cell does to its row: "key", "amount" and
    "date" refuse the row, "other" leaves the cell empty with a warning. ``periodic``: the column may carry a
    month or a year-to-date period in its heading. ``derived``: read and compared, never stored.
    ``sensitive``: masked in exports and prints unless asked. ``unit``: what the stored number counts ("元", "亩").
    """

    name: str
    label: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    weight: str = "other"
    unit: str = ""
    width: int = 12
    periodic: bool = False
    derived: bool = False
    sensitive: bool = False
    is_deadline: bool = False
    choices: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that names this field, the label first."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class DeskSpec:
    """One desk's table as it is read from and written to workbooks."""

    id: str
    label: str
    fields: tuple[FieldSpec, ...]
    titles: tuple[str, ...] = ()
    """Words in a sheet's title that point to this desk ("走访", "银企对接", ...)."""

    def __iter__(self) -> Iterator[FieldSpec]:
        return iter(self.fields)

    def field(self, name: str) -> FieldSpec:
        """The field called ``name``; KeyError if the desk has none."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)
