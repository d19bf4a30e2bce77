"""The office's pace of visits, changed: each a setting of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.db.settings import put_settings, setting_id
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.queries.visiting.pace import KEYS, visit_pace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

PACE_FIELDS: Final[Mapping[str, tuple[str, str, int]]] = {
    "every_days": ("一般企业走访间隔", "天", 3650),
    "protected_days": ("赋码保护企业走访间隔", "天", 3650),
    "monthly_most": ("赋码保护企业每月最多走访", "次", 31),
}
"""Field of the pace → its label, its unit, the most it may be."""

__all__ = ["PACE_FIELDS", "save_pace", "visit_pace"]


def save_pace(ledger: Ledger, name: str, number: int, actor: str) -> Saved | None:
    """Set one number of the pace; None when it was that already. Raises :class:`KnownError`."""
    label, unit, most = PACE_FIELDS[name]
    if not 1 <= number <= most:
        raise KnownError(f"{label}要在 1 到 {most} {unit}之间。")
    if getattr(visit_pace(ledger), name) == number:
        return None
    said = f"{label}已改为 {number} {unit}"
    with ledger.write(actor, said) as writer:
        put_settings(writer, {KEYS[name]: str(number)})
        row_id = setting_id(writer, KEYS[name])
    return Saved(writer.write_no, "setting", row_id, said)
