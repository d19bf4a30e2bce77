"""共性 items and the problems that hang on them, as they are kept now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.db.ledger import Ledger

MOST: Final = 200
"""So many problems are offered at once; typing narrows them."""


@dataclass(frozen=True, slots=True)
class IssueName:
    """An item: its id, number, name, and how many problems hang on it."""

    id: str
    number: int
    name: str
    problems: int


@dataclass(frozen=True, slots=True)
class Member:
    """A problem with the item it hangs on ("" for none), and what an item takes over from its first problems."""

    id: str
    number: int
    text: str
    issue_id: str
    issue: str
    category_id: str | None
    unit_id: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem that may be hung on an item. ``issue``: the name of the one it hangs on, "" for none."""

    id: str
    number: int
    enterprise: str
    text: str
    category: str
    unit: str
    state: str
    issue: str


def issue_names(ledger: Ledger) -> tuple[IssueName, ...]:
    """Every live item, by number."""
    rows = ledger.rows(
        "SELECT c.id, coalesce(c.number, 0), c.name, (SELECT count(*) FROM problem p "
        "WHERE p.common_issue_id = c.id AND p.deleted_at IS NULL) "
        "FROM common_issue c WHERE c.deleted_at IS NULL ORDER BY c.number, c.id"
    )
    return tuple(IssueName(*row) for row in rows)


def members(ledger: Ledger, problem_ids: Sequence[str]) -> tuple[Member, ...]:
    """These problems, in the order given; those in the bin are left out."""
    rows = ledger.rows(
        "SELECT p.id, coalesce(p.number, 0), p.text, coalesce(c.id, ''), coalesce(c.name, ''), p.category_id, "
        "p.lead_unit_id FROM json_each(?) j JOIN problem p ON p.id = j.value "
        "LEFT JOIN common_issue c ON c.id = p.common_issue_id AND c.deleted_at IS NULL "
        "WHERE p.deleted_at IS NULL ORDER BY j.key",
        (json.dumps(list(problem_ids)),),
    )
    return tuple(Member(*row) for row in rows)


def of_issue(ledger: Ledger, issue_id: str) -> tuple[str, ...]:
    """The problems that hang on an item, by number."""
    rows = ledger.rows(
        "SELECT id FROM problem WHERE common_issue_id = ? AND deleted_at IS NULL ORDER BY number, id", (issue_id,)
    )
    return tuple(row[0] for row in rows)


_AS_CANDIDATES: Final = """
        SELECT p.id, coalesce(p.number, 0), coalesce(nullif(e.short_name, ''), e.name, ''), p.text,
               coalesce(nullif(k.short, ''), k.name, ''), coalesce(nullif(u.short, ''), u.name, ''), p.state,
               coalesce(c.name, '')
          FROM problem p
          LEFT JOIN enterprise e ON e.id = p.enterprise_id LEFT JOIN unit u ON u.id = p.lead_unit_id
          LEFT JOIN category k ON k.id = p.category_id
          LEFT JOIN common_issue c ON c.id = p.common_issue_id AND c.deleted_at IS NULL
         WHERE p.deleted_at IS NULL"""


def as_candidates(ledger: Ledger, problem_ids: Sequence[str]) -> tuple[Candidate, ...]:
    """These problems, by number; those in the bin are left out."""
    rows = ledger.rows(
        f"{_AS_CANDIDATES} AND p.id IN (SELECT value FROM json_each(?)) ORDER BY p.number, p.id",
        (json.dumps(list(problem_ids)),),
    )
    return tuple(Candidate(*row) for row in rows)


def candidates(ledger: Ledger, issue_id: str, only: frozenset[str] | None) -> tuple[Candidate, ...]:
    """Problems that do not hang on this item: those found (``only``), else all; of the item's category and on no item
    first, so many as are looked through."""
    rows = ledger.rows(
        f"""{_AS_CANDIDATES}
           AND coalesce(c.id, '') <> :issue
           AND (:every OR p.id IN (SELECT value FROM json_each(:only)))
         ORDER BY c.id IS NOT NULL,
                  p.category_id IS NULL OR p.category_id IS NOT (SELECT category_id FROM common_issue WHERE id = :issue),
                  p.number DESC, p.id
         LIMIT :most
        """,
        {
            "issue": issue_id,
            "every": only is None,
            "only": json.dumps(sorted(only or ())),
            "most": MOST,
        },
    )
    return tuple(Candidate(*row) for row in rows)
