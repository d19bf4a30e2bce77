"""Every figure with its formula, its numbers put in, its cut-off and its rows: what `figures --explain` prints and the
window shows under 口径."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from chain_office.domain.errors import KnownError
from chain_office.domain.figures import COUNT, RATE, SUM, Explained, Figure
from chain_office.domain.growth import rate, share
from chain_office.services import figures
from chain_office.services.explaining import (
    agenda_counts,
    card_parts,
    firm_figures,
    headlines,
    loan_rates,
    output_parts,
    problem_rates,
    project_sums,
    selections,
)

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.figures import Row
    from chain_office.services.explaining.family import Family

FAMILIES: Final[tuple[Family, ...]] = (
    headlines, problem_rates, loan_rates, project_sums, selections, agenda_counts, card_parts, output_parts,
)  # fmt: skip
"""Every kind of figure; a desk adds its own by a line here."""
_NEAREST: Final = 3


def keys(ledger: Ledger, day: date) -> tuple[str, ...]:
    """Every key that can be explained at ``day``."""
    return tuple(key for family in FAMILIES for key in family.keys(ledger, day))


def explain(ledger: Ledger, day: date, key: str) -> Explained:
    """A figure with its rows. Raises :class:`KnownError` naming the nearest keys where there is none of that name."""
    found = _found(ledger, day, key)
    if found is None:
        raise KnownError(_unknown(key, keys(ledger, day)))
    return found


def _found(ledger: Ledger, day: date, key: str) -> Explained | None:
    if key.startswith(firm_figures.PREFIX):
        return firm_figures.explain(ledger, day, key)
    for family in FAMILIES:
        if key in family.keys(ledger, day):
            return family.explain(ledger, day, key)
    return None


def rows_of(ledger: Ledger, day: date, key: str, table: str) -> tuple[frozenset[str], str]:
    """The records of a table among the rows behind a figure, and the figure's words; nothing where there is no such
    figure, or where its rows are of other tables."""
    found = _found(ledger, day, key)
    if found is None:
        return frozenset(), ""
    named = (row.reference.partition(":") for row in found.rows)
    ids = frozenset(row_id for kind, _, row_id in named if kind == table)
    return ids, found.figure.label if ids or not found.rows else ""


def _unknown(key: str, known: tuple[str, ...]) -> str:
    tails = {one.partition(".")[2]: one for one in known}
    near = [one for one in known if one.startswith(key)]
    near += get_close_matches(key, known, _NEAREST, 0.5)
    near += [tails[one] for one in get_close_matches(key, tails, _NEAREST, 0.6)]
    near = list(dict.fromkeys(near))[:_NEAREST]
    said = f"相近的有：{'、'.join(near)}" if near else f"可用的有：{'、'.join(figures.KEYS)}"
    return f"没有名为“{key}”的数字；{said}。"


def agrees(found: Explained) -> bool:
    """Whether the rows make up the value: counted, added up, or divided."""
    value = found.figure.value
    if found.kind in {COUNT, SUM}:
        return (value or 0) == found.total and (value is not None or not found.rows)
    if found.kind == RATE:
        part, whole = found.total, found.base
        return value == (rate(part, whole) if found.figure.signed else share(part, whole))
    return True


def as_json(ledger: Ledger, day: date, key: str) -> dict[str, Any]:
    """A figure with its rows as one JSON object; money in 元, rates as numbers, unknown null."""
    found = explain(ledger, day, key)
    figure = found.figure
    return {
        "key": figure.key,
        "label": figure.label,
        "value": float(figure.value) if isinstance(figure.value, Decimal) else figure.value,
        "unit": figure.unit,
        "formula": figure.formula,
        "worked": figure.worked,
        "as_of": figure.as_of.isoformat(),
        "basis": figure.basis,
        "notes": list(figure.notes),
        "rows_are": found.kind,
        "row_count": len(found.rows),
        "rows": [_row(row, found.kind) for row in found.rows],
    }


def _row(row: Row, kind: str) -> dict[str, Any]:
    told: dict[str, Any] = {"record": row.record, "name": row.name, "state": row.words, "day": row.day or None}
    if kind in {COUNT, SUM, RATE}:
        told["value"] = row.value
    return told | ({"base": row.base} if kind == RATE else {})


def as_lines(ledger: Ledger, day: date, key: str) -> list[str]:
    """The same as people read it."""
    found = explain(ledger, day, key)
    figure = replace(found.figure, row_count=len(found.rows))
    return [*told(figure), *(_line(row, found) for row in found.rows)]


def told(figure: Figure) -> list[str]:
    """What is to be said of a figure, a line each: its value, formula, numbers, cut-off, basis and notes."""
    return [
        f"{figures.titled(figure)}：{figures.shown(figure)}",
        *(f"{word}：{text}" for word, text in figures.details(figure)),
    ]


def _line(row: Row, found: Explained) -> str:
    parts = [row.record, row.name, row.words, row.day]
    if found.kind == RATE or found.figure.unit == "元":
        unit = " 元" if found.figure.unit == "元" or found.figure.key in _OF_YUAN or found.figure.signed else ""
        parts.append("未知" if row.value is None else f"{row.value:,}{unit}")
        if found.kind == RATE:
            parts.append(f"/ {row.base:,}{unit}" if row.base is not None else "/ 未知")
    return "  ".join(part for part in parts if part)


_OF_YUAN: Final = frozenset({"finance.landed_yuan_percent"})
"""Rates of sums of 元 that are no growth."""
