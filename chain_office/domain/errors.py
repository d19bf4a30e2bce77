"""The two kinds of failure: one the user can act on, and one that is ours. What can befall a ledger has a class each, so
that the window can offer what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.domain.holding import Holder, Rescue


class KnownError(Exception):
    """A failure the user can act on.

    The message is one Chinese sentence that says what happened, where, and what to do.
    """

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class LedgerFault(KnownError):
    """Something is the matter with a ledger's file. ``path`` is the file, as text."""

    def __init__(self, message: str, *, path: object = "", detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.path = str(path)


class LedgerMissing(LedgerFault):
    """There is no file of that name."""


class LedgerVanished(LedgerFault):
    """The file was removed, renamed or replaced while it was open."""


class LedgerUnreachable(LedgerFault):
    """The share or the drive it is on does not answer; it may come back."""


class NotALedger(LedgerFault):
    """A folder, an empty file, another program's file."""


class LedgerNewer(LedgerFault):
    """A newer version of the program made it."""


class LedgerDamaged(LedgerFault):
    """Pages of it are not what was written. ``rescue`` says what it can be brought back to, if anything."""

    rescue: Rescue | None = None


class LedgerLocked(LedgerFault):
    """Another program held the file's lock for longer than one waits."""


class LedgerHeld(LedgerLocked):
    """Somebody is editing it: ``holder``."""

    def __init__(self, message: str, holder: Holder, *, path: object = "") -> None:
        super().__init__(message, path=path)
        self.holder = holder


class LeaseLost(LedgerHeld):
    """Somebody else has taken over since this window opened the ledger (it had not been heard of for two minutes)."""


class LedgerReadOnly(LedgerFault):
    """The file, or the folder it is in, may not be written."""


class DiskFull(LedgerFault):
    """There is no room on the disk."""


class GivenUp(Exception):
    """Reading was broken off, because whoever asked no longer waits for it. Nothing failed."""


class BugError(Exception):
    """A state our own code must never reach; it is reported, not explained away."""
