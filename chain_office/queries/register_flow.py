"""The register month by month, and the entries whose kind nobody wrote down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.registering import Flow, Spell, flow, joined, months, years
from chain_office.queries.register import firms_on_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.db.ledger import Ledger

_SPELLS: Final = """
    SELECT s.enterprise_id, s.entry_day, s.exit_day, coalesce(s.entry_kind, '') FROM register_spell s
      JOIN enterprise e ON e.id = s.enterprise_id WHERE s.deleted_at IS NULL AND e.deleted_at IS NULL
"""
_UNKNOWN: Final = """
    SELECT s.id, e.id, e.number, e.name, coalesce(nullif(d.short, ''), d.name, ''), s.entry_day, s.exit_day,
           (SELECT min(o.month) FROM monthly_output o WHERE o.enterprise_id = e.id AND o.deleted_at IS NULL)
      FROM register_spell s JOIN enterprise e ON e.id = s.enterprise_id LEFT JOIN district d ON d.id = e.district_id
     WHERE s.deleted_at IS NULL AND e.deleted_at IS NULL AND s.entry_day <= :day AND coalesce(s.entry_kind, '') = ''
     ORDER BY s.entry_day DESC, e.number, e.id
"""


@dataclass(frozen=True, slots=True)
class UnknownEntry:
    """An entry without a kind. ``id``: the stay's. ``first_output``: the firm's first reported month, which tells a new works
    from one that grew; "" for none."""

    id: str
    firm: str
    no: str
    name: str
    district: str
    entered: date
    left: date | None
    first_output: str


@dataclass(frozen=True, slots=True)
class RegisterYear:
    """One year up to the cut-off day: its months, the whole of it, each year since the first, and what is not known."""

    year: int
    day: date
    months: tuple[Flow, ...]
    total: Flow
    years: tuple[Flow, ...]
    unknown: tuple[UnknownEntry, ...]

    @property
    def first_year(self) -> int:
        """The first year in which anything happened."""
        return self.years[0].first.year if self.years else self.year


def spells(ledger: Ledger) -> tuple[Spell, ...]:
    """Every stay of every firm, those that touch made one."""
    return joined(Spell(firm, _day(entered), _day(left), kind) for firm, entered, left, kind in ledger.rows(_SPELLS))


def register_year(ledger: Ledger, year: int, day: date) -> RegisterYear:
    """The register in a year, up to ``day``."""
    stays = spells(ledger)
    until = min(day, date(year, 12, 31))
    every = tuple(flow(stays, date(one, 1, 1), min(day, date(one, 12, 31))) for one in years(stays, day))
    return RegisterYear(
        year, day, months(stays, year, until), flow(stays, date(year, 1, 1), until), every, unknown_entries(ledger, day)
    )


def unknown_entries(ledger: Ledger, day: date) -> tuple[UnknownEntry, ...]:
    """Entries by ``day`` of which nobody said whether the firm grew or was newly built, the latest first."""
    return tuple(
        UnknownEntry(
            row_id, firm, record_number("enterprise", number or 0), name, district, date.fromisoformat(entered),
            _day(left), first or "",
        )
        for row_id, firm, number, name, district, entered, left, first in ledger.rows(_UNKNOWN, {"day": day.isoformat()})
    )  # fmt: skip


def balances(ledger: Ledger, day: date) -> Iterator[tuple[str, int, int]]:
    """What must be equal: the month and the year up to ``day`` come out at the register's own count of that day, and no firm
    is on one side alone. Each with its two sides."""
    stays = spells(ledger)
    listed = firms_on_register(ledger, day)
    for word, first in (("本月", day.replace(day=1)), ("本年", date(day.year, 1, 1))):
        one = flow(stays, first, day)
        opened = len(one.opening) + len(one.entered) - len(one.exits)
        yield f"规上名册{word}期初 + 进规 - 退规 = 在册企业", opened, len(listed)
        yield f"规上名册{word}期末与在册企业逐户相符", len(one.closing ^ listed), 0


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
