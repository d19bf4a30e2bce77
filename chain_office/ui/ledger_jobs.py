"""What the shell has done on the database thread or the bench. Each loads what it needs there, when it is first done: the
window is on the screen before the ledger's code is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from chain_office.services.counts import Count
    from chain_office.services.keeping import BackupInfo, BackupRota, Look
    from chain_office.services.ledgers import About, Ledger
    from chain_office.services.standing import Standing


def open_for_work(path: Path, user: str) -> Ledger:
    """Open a ledger with its lease, or for reading."""
    from chain_office.services import keeping

    return keeping.open_for_work(path, user)


def make_for_work(path: Path, user: str) -> Ledger:
    """Make a ledger, or open the one that is there."""
    from chain_office.services import keeping

    return keeping.make_for_work(path, user)


def restore(path: Path, chosen: Path, user: str) -> Ledger:
    """Put a backup in the place of a ledger and open it."""
    from chain_office.services import keeping

    return keeping.restore(path, chosen, user)


def try_again(ledger: Ledger, user: str) -> Callable[[], Ledger] | None:
    """Whether a ledger somebody else holds could be edited by now."""
    from chain_office.services import keeping

    return keeping.try_again(ledger, user)


def look_at(ledger: Ledger, user: str) -> Look:
    """How an open ledger stands: who is editing it, whether it is still there."""
    from chain_office.services import keeping

    return keeping.look_at(ledger, user)


def backups(path: Path) -> tuple[BackupInfo, ...]:
    """A ledger's backups."""
    from chain_office.services import keeping

    return keeping.backups(path)


def check_backup(info: BackupInfo) -> BackupInfo:
    """Look through one backup."""
    from chain_office.services import keeping

    return keeping.check_backup(info)


def new_rota(ledger: Ledger, second: Path | None) -> BackupRota:
    """The rota of a ledger's backups."""
    from chain_office.services import keeping

    return keeping.BackupRota(ledger, second)


def about(ledger: Ledger) -> About:
    """Introduce an open ledger."""
    from chain_office.services import ledgers

    return ledgers.about(ledger)


def standing(ledger: Ledger) -> Standing:
    """Who holds an open ledger, and what is to be said of it."""
    from chain_office.services import standing as service

    return service.standing(ledger)


def confirm(ledger: Ledger, actor: str) -> None:
    """Keep that the notice was read."""
    from chain_office.services import standing as service

    service.confirm(ledger, actor)


def waiting(ledger: Ledger, day: date) -> Mapping[str, Count]:
    """What waits on each desk."""
    from chain_office.services import counts

    return counts.waiting(ledger, day)
