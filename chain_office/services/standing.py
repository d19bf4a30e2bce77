"""How an open ledger stands towards the person at the window: why it is read-only and through whom, and whether the
notice about 涉密 and 工作秘密 was confirmed for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.settings import put_settings, read_settings

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

CONFIRMED = "secrecy_notice"
"""The setting that says who confirmed the notice, and when."""
REASON = "确认保密提示"


@dataclass(frozen=True, slots=True)
class Standing:
    """``notice``: what to say about this opening; ``holder``: who else is editing it; ``confirmed``: who confirmed the
    notice and when; "" for nothing, nobody, not yet."""

    notice: str
    holder: str
    read_only: bool
    confirmed: str


def standing(ledger: Ledger) -> Standing:
    """How it stands."""
    holder = ledger.holder.told(clock.now()) if ledger.holder is not None else ""
    return Standing(ledger.notice, holder, ledger.read_only, read_settings(ledger).get(CONFIRMED, ""))


def confirm(ledger: Ledger, actor: str) -> None:
    """Keep in the ledger that the notice was read, by whom and when."""
    with ledger.write(actor, REASON) as writer:
        put_settings(writer, {CONFIRMED: f"{clock.now():%Y-%m-%d %H:%M} {actor}"})
