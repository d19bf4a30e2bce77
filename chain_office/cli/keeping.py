"""Commands that keep copies of a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.cli.saying import say

if TYPE_CHECKING:
    import argparse


def backup(options: argparse.Namespace) -> int:
    """A verified copy of the ledger."""
    from chain_office.db import backup
    from chain_office.services.ledgers import open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        target = backup.back_up(ledger.database, ledger.path, options.folder)
    say(f"已备份并核对：{target}")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put a backup in the place of the ledger."""
    from chain_office.services.keeping import restore_file

    kept = restore_file(options.ledger, options.backup)
    say(f"已用“{options.backup.name}”恢复 {options.ledger}" + (f"，原台账另存为 {kept.name}" if kept else ""))
    return 0
