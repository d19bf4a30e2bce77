"""Pinyin initials of names, filled in when names are stored, so that searching never loads a dictionary."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.db.session import Writer


def initials_of(name: str) -> str:
    """ "示例铜业" → "slty": the first letter of each character's pinyin, other characters as they are."""
    from pypinyin import Style, lazy_pinyin  # two large dictionaries, needed only here

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda other: other)).lower()


def fill(writer: Writer) -> None:
    """Before a commit: give every enterprise this write added or renamed its initials."""
    touched = writer.touched.get("enterprise")
    if not touched:
        return
    rows = writer.select(
        "SELECT id, name, short_name FROM enterprise WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL "
        "AND (initials = '' OR id IN (SELECT row_id FROM history WHERE write_no = ? AND table_name = 'enterprise' "
        "AND field IN ('name', 'short_name')))",
        (json.dumps(sorted(touched)), writer.write_no),
    )
    for row_id, name, short in rows:
        words = [initials_of(one) for one in (name, short) if one]
        writer.derive("UPDATE enterprise SET initials = ? WHERE id = ?", (" ".join(words), row_id))
