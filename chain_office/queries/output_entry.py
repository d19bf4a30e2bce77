"""What the monthly grid of output shows: the firms of the register in that month and those that reported it anyway, with
what they reported the month before and a year before. A few statements, whatever the number of firms."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from chain_office.db.forms import form
from chain_office.domain.growth import covered, cumulative
from chain_office.domain.output_entry import FIELDS, EntryLine, EntrySheet, Known
from chain_office.domain.periods import add_to_month, last_day, previous_year
from chain_office.queries import register
from chain_office.queries.editing.rows import head

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_FIELDS = ", ".join(f"o.{name}" for name in FIELDS)
_FIRMS = f"""
    SELECT e.id, coalesce(e.number, 0), e.name, coalesce(d.short, d.name, ''), coalesce(e.short_name, ''),
           coalesce(e.former_names, ''), coalesce(e.uscc, ''), e.initials, e.id IN ({register.ON_REGISTER})
      FROM enterprise e LEFT JOIN district d ON d.id = e.district_id
     WHERE e.deleted_at IS NULL AND (e.id IN ({register.ON_REGISTER})
        OR e.id IN (SELECT o.enterprise_id FROM monthly_output o WHERE o.month = :month AND o.deleted_at IS NULL))
     ORDER BY e.number, e.name
"""


def entry_sheet(ledger: Ledger, month: str) -> EntrySheet:
    """The grid of a month. A firm belongs to it that is on the register at the month's end, or has reported the month."""
    version = head(ledger)
    ends = last_day(month).isoformat()
    told = {row[0]: row[1:] for row in _reports(ledger, month, f"o.id, {_FIELDS}")}
    before = _known(ledger, add_to_month(month, -1)) if not month.endswith("-01") else {}
    year_before = _known(ledger, previous_year(month))
    contacts = _contacts(ledger)
    lines = []
    for firm, number, name, district, short, former, code, initials, on in ledger.rows(
        _FIRMS, {"day": ends, "month": month}
    ):
        row_id, *rest = told.get(firm, ("",))
        lines.append(
            EntryLine(
                firm,
                number,
                name,
                district,
                row_id,
                dict(zip(FIELDS, rest, strict=False)) if row_id else {},
                tuple(one for one in (short, *former.splitlines(), code, initials) if one),
                before.get(firm, Known()),
                year_before.get(firm, Known()),
                contacts.get(firm, ""),
                bool(on),
            )
        )
    shape = form("monthly_output")
    return EntrySheet(
        month,
        tuple(lines),
        version,
        _locked(ledger, month),
        tuple(shape.field("stop").spec.choices),
        tuple(shape.field("source").spec.choices),
    )


def _reports(ledger: Ledger, month: str, columns: str) -> list[Any]:
    return ledger.rows(
        f"SELECT o.enterprise_id, {columns} FROM monthly_output o WHERE o.month = ? AND o.deleted_at IS NULL", (month,)
    )


def _known(ledger: Ledger, month: str) -> dict[str, Known]:
    """What the firms told for a month. Where no cumulative was told, it is what the year's reports add up to, if they cover
    every month up to it."""
    found = {firm: Known(*rest) for firm, *rest in _reports(ledger, month, "o.month_yuan, o.cum_yuan")}
    odd = [firm for firm, known in found.items() if known.cum_yuan is None]
    told: dict[str, dict[str, tuple[int | None, int | None]]] = defaultdict(dict)
    for firm, one, *amounts in ledger.rows(
        "SELECT o.enterprise_id, o.month, o.month_yuan, o.cum_yuan FROM monthly_output o WHERE o.deleted_at IS NULL "
        "AND o.enterprise_id IN (SELECT value FROM json_each(:firms)) AND o.month BETWEEN :first AND :last",
        {"firms": json.dumps(odd), "first": f"{month[:4]}-01", "last": month},
    ):
        told[firm][one] = tuple(amounts)
    whole = frozenset(range(1, int(month[5:]) + 1))
    for firm, months in told.items():
        if covered(months) == whole:
            found[firm] = Known(found[firm].month_yuan, cumulative(months))
    return found


def _contacts(ledger: Ledger) -> dict[str, str]:
    """Firm → the first contact's name."""
    rows = ledger.rows(
        "SELECT enterprise_id, name FROM contact WHERE deleted_at IS NULL AND coalesce(name, '') > '' ORDER BY id DESC"
    )
    return {firm: str(name) for firm, name in rows}


def _locked(ledger: Ledger, month: str) -> str:
    row = ledger.rows(
        "SELECT day, coalesce(signed_by, '') FROM month_freeze WHERE desk = 'output' AND month = ? AND deleted_at IS NULL",
        (month,),
    )
    return f"{row[0][0]} {row[0][1]}".strip() if row else ""
