"""Rows a link may name, with everything typing may match them by. Twenty thousand enterprises take one reading."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chain_office.db.initials import initials_of
from chain_office.db.models import record_number
from chain_office.domain.forms import Option
from chain_office.domain.money import show_money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chain_office.db.ledger import Ledger

_initials = lru_cache(maxsize=4096)(initials_of)
_LATEST = 3000
_TEXT = 24
_FIRM = "nullif(e.short_name, ''), e.name"


def options(ledger: Ledger, table: str, ids: Iterable[str] | None = None) -> tuple[Option, ...]:
    """The live rows of a table as choices, in the order they are looked for; of some ids (in the bin too) if given."""
    return _READERS[table](ledger, table, list(ids) if ids is not None else None)


def _rows(ledger: Ledger, sql: str, ids: list[str] | None, order: str) -> list[tuple[Any, ...]]:
    if ids is None:
        return ledger.rows(f"{sql} WHERE t.deleted_at IS NULL ORDER BY {order}")
    return ledger.rows(f"{sql} WHERE t.id IN ({','.join('?' * len(ids))}) ORDER BY {order}", ids)


def _enterprises(ledger: Ledger, _: str, ids: list[str] | None) -> tuple[Option, ...]:
    rows = _rows(
        ledger,
        "SELECT t.id, t.name, t.short_name, t.former_names, t.uscc, t.initials, t.number, coalesce(d.short, d.name) "
        "FROM enterprise t LEFT JOIN district d ON d.id = t.district_id",
        ids,
        "coalesce(t.number, 0), t.id",
    )
    return tuple(
        Option(
            row_id,
            short or name,
            " · ".join(part for part in (name if short else "", district, code) if part),
            _keys(name, short, *(former or "").splitlines(), code, *initials.split(), _numbered("enterprise", number)),
        )
        for row_id, name, short, former, code, initials, number, district in rows
    )


def _named(ledger: Ledger, table: str, ids: list[str] | None) -> tuple[Option, ...]:
    rows = _rows(
        ledger, f'SELECT t.id, t.name, t.short, t.aliases, t.code, t.kind, t.verified FROM "{table}" t', ids, "t.rowid"
    )
    return tuple(
        Option(
            row_id,
            short or name,
            "　".join(part for part in (name if short and short != name else "", "" if sure else "待核对") if part),
            _keys(name, short, *(aliases or "").splitlines(), code, *(_initials(one) for one in (name, short) if one)),
        )
        for row_id, name, short, aliases, code, _, sure in rows
    )


def _dated(ledger: Ledger, table: str, ids: list[str] | None) -> tuple[Option, ...]:
    """Meetings and campaigns: the latest first."""
    day, kind = ("day", "kind") if table == "meeting" else ("from_day", "NULL")
    rows = _rows(ledger, f'SELECT t.id, t.name, t."{day}", {kind} FROM "{table}" t', ids, f't."{day}" DESC, t.id DESC')
    return tuple(
        Option(row_id, name, "　".join(part for part in (when, kind) if part), _keys(name, kind, when, _initials(name)))
        for row_id, name, when, kind in rows
    )


def _issues(ledger: Ledger, _: str, ids: list[str] | None) -> tuple[Option, ...]:
    rows = _rows(
        ledger,
        "SELECT t.id, t.number, t.name, coalesce(c.short, c.name, ''), coalesce(u.short, u.name, '') FROM common_issue t "
        "LEFT JOIN category c ON c.id = t.category_id LEFT JOIN unit u ON u.id = t.lead_unit_id",
        ids,
        "coalesce(t.number, 0) DESC, t.id DESC",
    )
    return tuple(
        Option(
            row_id,
            name,
            "　".join(part for part in (category, unit) if part),
            _keys(_numbered("common_issue", number), _initials(name), category),
        )
        for row_id, number, name, category, unit in rows
    )


def _visits(ledger: Ledger, table: str, ids: list[str] | None) -> tuple[Option, ...]:
    """The latest visits: a problem is not registered years after the visit it was raised at."""
    rows = _rows(
        ledger,
        f"SELECT t.id, t.number, coalesce(t.day, ''), coalesce({_FIRM}, ''), e.name, e.initials, "
        "coalesce(t.leader, '') FROM visit t LEFT JOIN enterprise e ON e.id = t.enterprise_id",
        ids,
        f"coalesce(t.day, '') DESC, t.id DESC LIMIT {_LATEST}",
    )
    return tuple(
        Option(
            row_id,
            f"{firm} {day}".strip(),
            leader,
            _keys(name, *(initials or "").split(), _numbered(table, number), leader),
        )
        for row_id, number, day, firm, name, initials, leader in rows
    )


def _loans(ledger: Ledger, table: str, ids: list[str] | None) -> tuple[Option, ...]:
    """Needs and matches: whose, how much, and which bank."""
    amount, bank = ("need_yuan", "NULL") if table == "need" else ("intent_yuan", "coalesce(b.short, b.name)")
    join = "LEFT JOIN bank b ON b.id = t.bank_id" if table == "match" else ""
    rows = _rows(
        ledger,
        f"SELECT t.id, t.number, coalesce({_FIRM}, k.short, k.name, ''), coalesce(e.name, k.name), e.initials, "
        f't.{amount}, {bank}, v.name FROM "{table}" t LEFT JOIN enterprise e ON e.id = t.enterprise_id '
        f"LEFT JOIN park k ON k.id = t.park_id LEFT JOIN meeting v ON v.id = t.event_id {join}",
        ids,
        "coalesce(t.number, 0) DESC, t.id DESC",
    )
    return tuple(
        Option(
            row_id,
            " ".join(part for part in (who, bank, show_money(yuan)) if part),
            event or "",
            _keys(name, *(initials or "").split(), _numbered(table, number), bank),
        )
        for row_id, number, who, name, initials, yuan, bank, event in rows
    )


def _projects(ledger: Ledger, table: str, ids: list[str] | None) -> tuple[Option, ...]:
    rows = _rows(
        ledger,
        "SELECT t.id, t.number, t.name, t.code, t.owner, coalesce(d.short, d.name) FROM project t "
        "LEFT JOIN district d ON d.id = t.district_id",
        ids,
        "coalesce(t.number, 0), t.id",
    )
    return tuple(
        Option(
            row_id,
            name,
            " · ".join(part for part in (owner, district) if part),
            _keys(code, owner, _numbered(table, number)),
        )
        for row_id, number, name, code, owner, district in rows
    )


def _problems(ledger: Ledger, table: str, ids: list[str] | None) -> tuple[Option, ...]:
    """The latest problems."""
    rows = _rows(
        ledger,
        f"SELECT t.id, t.number, t.text, coalesce({_FIRM}, ''), e.name, e.initials, coalesce(u.short, u.name, '') "
        "FROM problem t LEFT JOIN enterprise e ON e.id = t.enterprise_id LEFT JOIN unit u ON u.id = t.lead_unit_id",
        ids,
        f"coalesce(t.number, 0) DESC, t.id DESC LIMIT {_LATEST}",
    )
    return tuple(
        Option(
            row_id,
            " ".join(part for part in (_numbered(table, number), firm, text.split("\n", 1)[0][:_TEXT]) if part),
            unit,
            _keys(name, *(initials or "").split(), _numbered(table, number), unit, text.split("\n", 1)[0]),
        )
        for row_id, number, text, firm, name, initials, unit in rows
    )


def _keys(*words: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _numbered(table: str, number: int | None) -> str:
    return record_number(table, number) if number else ""


_READERS: dict[str, Callable[[Ledger, str, list[str] | None], tuple[Option, ...]]] = {
    "enterprise": _enterprises,
    **dict.fromkeys(("district", "park", "unit", "bank", "segment", "category"), _named),
    **dict.fromkeys(("meeting", "campaign"), _dated),
    "visit": _visits,
    "common_issue": _issues,
    **dict.fromkeys(("need", "match"), _loans),
    "project": _projects,
    "problem": _problems,
}
"""Table → how its rows are told. (The stored initials of an enterprise have blanks between those of its two names.)"""
