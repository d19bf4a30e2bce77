"""Making and opening ledgers, and the ledger's settings."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office import clock, files
from chain_office.db import backup, guard, lease, reference
from chain_office.db.engine import NeedsWriting
from chain_office.db.ledger import Ledger, open_ledger
from chain_office.db.session import Changes
from chain_office.db.settings import put_settings, read_settings
from chain_office.domain.days import DAY
from chain_office.domain.errors import KnownError, LedgerHeld
from chain_office.domain.kinds import BadValue

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

__all__ = [
    "PROGRAM", "About", "Changes", "Ledger", "about", "cut_off", "is_sample", "open_existing", "open_ledger", "open_or_make",
    "open_to_write",
]  # fmt: skip

PROGRAM = "程序"
"""Actor of writes nobody asked for by name (seeding a new ledger)."""


def open_or_make(path: Path) -> Ledger:
    """Open a ledger, or make one with its reference data."""
    if not path.exists():
        make_ledger(path)
    return open_ledger(path)


def make_ledger(path: Path, fill: Callable[[Ledger], None] | None = None) -> None:
    """Make a ledger with its reference data and what ``fill`` adds, under another name first: whatever happens on the
    way, ``path`` is a whole ledger or not there; one that somebody else made in the meantime is left alone."""
    with files.atomic_output(path, new=True) as temporary:
        temporary.unlink()
        with open_ledger(temporary, create=True, shown_as=path) as ledger:
            with ledger.write(PROGRAM, "新建台账") as writer:
                reference.seed(writer)
                known = reference.load()
                put_settings(writer, {"chain": known["chain"]["name"], "city": known["city"]})
            if fill is not None:
                fill(ledger)
        backup.set_aside_journal(path)


def cut_off(ledger: Ledger, given: str | None = None) -> date:
    """The date figures are taken at: the one given, else the ledger's 截止日期, else today. Raises KnownError."""
    text = given or read_settings(ledger).get("as_of")
    if not text:
        return clock.today()
    try:
        value = DAY.parse(text).value
    except BadValue as error:
        raise KnownError(f"截止日期“{text}”读不懂（{error.reason}）；请写成 2021-11-19 这样。") from error
    if value is None:
        return clock.today()
    return value  # type: ignore[return-value]


def is_sample(ledger: Ledger) -> bool:
    """Whether every page is to be stamped 示例数据."""
    return read_settings(ledger).get("sample") == "true"


def open_existing(path: Path, *, read_only: bool = False) -> Ledger:
    """Open a ledger that must exist. Where reading needs a write first (an older format, a write that was broken off),
    it is opened for writing, unless somebody is at work on it."""
    if not read_only:
        return open_ledger(path)
    try:
        return open_ledger(path, read_only=True)
    except NeedsWriting as error:
        try:
            return open_to_write(path)
        except LedgerHeld:
            raise
        except KnownError:
            raise error from None


def open_to_write(path: Path, user: str = "") -> Ledger:
    """Open a ledger with its lease, or not at all: LedgerHeld names who has it."""
    guard.inspect_file(path)
    held = lease.acquire(path, user or account())
    try:
        ledger = open_ledger(path)
    except BaseException:
        held.release()
        raise
    ledger.lease = held
    return ledger


def account() -> str:
    """The name of whoever is logged in; "" where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


@dataclass(frozen=True, slots=True)
class About:
    """An open ledger as it is introduced: the office's name, the cut-off date, whether it is the sample or read-only."""

    name: str
    as_of: date
    sample: bool
    read_only: bool


def about(ledger: Ledger) -> About:
    """Introduce an open ledger."""
    kept = read_settings(ledger)
    name = kept.get("office") or kept.get("chain") or ledger.path.stem
    return About(name, cut_off(ledger), kept.get("sample") == "true", ledger.read_only)
