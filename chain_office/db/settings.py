"""The ledger's settings and other small lists, read and written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.db.models import Record
    from chain_office.db.session import Writer


def read_settings(ledger: Ledger) -> dict[str, str]:
    """Every setting of the ledger."""
    return {key: value or "" for key, value in ledger.rows("SELECT key, value FROM setting WHERE deleted_at IS NULL")}


def put_settings(writer: Writer, values: Mapping[str, str]) -> None:
    """Set settings; an existing key is changed, a new one added."""
    present = {
        key: (row_id, value)
        for row_id, key, value in writer.select("SELECT id, key, value FROM setting WHERE deleted_at IS NULL")
    }
    for key, value in values.items():
        if key not in present:
            writer.insert(Setting, {"key": key, "value": value})
        elif present[key][1] != value:
            writer.update(Setting, present[key][0], {"value": value})


def calendar_days(ledger: Ledger) -> tuple[tuple[date, bool], ...]:
    """The office's own (day, worked) table."""
    rows = ledger.rows("SELECT day, works FROM calendar_day WHERE deleted_at IS NULL ORDER BY day")
    return tuple((date.fromisoformat(day), bool(works)) for day, works in rows)


def setting_id(writer: Writer, key: str) -> str:
    """The row a setting is kept in."""
    found = writer.select("SELECT id FROM setting WHERE key = ? AND deleted_at IS NULL", (key,))
    return str(found[0][0]) if found else ""


def rename_in_lines(writer: Writer, model: type[Record], column: str, old: str, new: str | None) -> int:
    """Where a list of words in a column (one a line) names ``old``, it names ``new``; returns in how many rows."""
    table = model._meta.table_name
    changed = 0
    for row_id, text in writer.select(f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'):
        words = str(text).splitlines()
        if old in words:
            left = dict.fromkeys(new if word == old else word for word in words)
            writer.update(model, row_id, {column: "\n".join(word for word in left if word) or None})
            changed += 1
    return changed


def point_elsewhere(writer: Writer, table: str, column: str, ids: Sequence[str], target: str) -> None:
    """Make these rows name another entry; triggers write the history of each."""
    writer.derive_many(
        f'UPDATE "{table}" SET "{column}" = ?, version = version + 1 WHERE id = ?', ((target, one) for one in ids)
    )
    writer.mark(table, ids)


DECLARED_YEARS = "calendar_years"
"""The setting that names the years whose holidays the office has entered itself, all of them."""


def declared_years(ledger: Ledger) -> frozenset[int]:
    """The years the office has entered whole."""
    kept = read_settings(ledger).get(DECLARED_YEARS, "")
    return frozenset(int(word) for word in kept.split(",") if word.isdigit())


def put_declared_years(writer: Writer, years: Iterable[int]) -> None:
    """Set them. Whoever watches the calendar hears of it."""
    put_settings(writer, {DECLARED_YEARS: ",".join(str(year) for year in sorted(years))})
    writer.mark("calendar_day", ())


def settings_under(ledger: Ledger, prefix: str) -> list[tuple[str, str]]:
    """The settings whose keys begin so, by what follows in the key."""
    rows = ledger.rows(
        "SELECT substr(key, ?), value FROM setting WHERE deleted_at IS NULL AND substr(key, 1, ?) = ? ORDER BY key",
        (len(prefix) + 1, len(prefix), prefix),
    )
    return [(name, value or "") for name, value in rows]


def setting_value(writer: Writer, row_id: str) -> str:
    """What stands in a setting's row."""
    return str(writer.select("SELECT value FROM setting WHERE id = ?", (row_id,))[0][0] or "")
