"""Bank matching: needs, matches, grants and dated drawdowns, in 万元, all on invented borrowers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from making.source import BANK_EVENT, table


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawdown. ``day`` None: the row gives none, the event's day counts."""

    amount: int
    day: date | None
    kind: str
    rate: str
    approximate: bool

    @property
    def counted(self) -> date:
        """The day it counts from."""
        return self.day or BANK_EVENT


@dataclass(frozen=True, slots=True)
class Match:
    """One bank's answer to one borrower. ``granted`` is None after a refusal."""

    borrower: str
    bank: str
    intent: int
    granted: int | None
    granted_day: date | None
    drawings: tuple[Drawing, ...]
    refusal: str


@dataclass(frozen=True, slots=True)
class Need:
    """What a borrower asked for."""

    borrower: str
    amount: int
    purpose: str
    term: str
    guarantee: str
    existing: str
    first_loan: str


def is_park(borrower: str) -> bool:
    """Parks are named in full, firms by their stem."""
    return borrower.endswith("园区")


def _day(text: str) -> date | None:
    return None if text == "?" else date.fromisoformat(text)


def _drawings(text: str) -> tuple[Drawing, ...]:
    found = []
    for part in _split(text):
        what, kind, rate = part.split("/")
        amount, day = what.split("@")
        found.append(Drawing(int(amount.lstrip("~")), _day(day), kind, rate, amount.startswith("~")))
    return tuple(found)


def _split(text: str) -> list[str]:
    """Drawdowns are joined by "-", which also stands in their days: a new one begins after a rate ("4.35-")."""
    parts: list[str] = []
    for piece in text.split("-"):
        if parts and parts[-1].count("/") < 2:
            parts[-1] += f"-{piece}"
        elif piece:
            parts.append(piece)
    return parts


def _match(row: list[str]) -> Match:
    borrower, bank, intent, grant, drawings, refusal = row
    amount, _, day = grant.partition("@")
    return Match(
        borrower,
        bank,
        int(intent),
        int(amount) if amount else None,
        _day(day) if day else None,
        _drawings(drawings),
        refusal,
    )


MATCHES = [_match(row) for row in table("finance")]
NEEDS = [Need(borrower, int(amount), *rest) for borrower, amount, *rest in table("needs")]
