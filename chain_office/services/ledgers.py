"""Making and opening ledgers, and the ledger's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db import reference
from chain_office.db.ledger import Ledger, NeedsUpgrade, open_ledger
from chain_office.db.settings import put_settings, read_settings
from chain_office.domain.days import DAY
from chain_office.domain.errors import KnownError
from chain_office.domain.kinds import BadValue

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

PROGRAM = "程序"
"""Actor of writes nobody asked for by name (seeding a new ledger)."""


def open_or_make(path: Path) -> Ledger:
    """Open a ledger, or make one with its reference data."""
    fresh = not path.exists()
    ledger = open_ledger(path, create=True)
    if fresh:
        try:
            with ledger.write(PROGRAM, "新建台账") as writer:
                reference.seed(writer)
                put_settings(writer, {"chain": reference.load()["chain"]["name"]})
        except BaseException:
            ledger.close()
            path.unlink(missing_ok=True)
            raise
    return ledger


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
    """Open a ledger that must exist. Reading an older ledger upgrades it first, so that it is opened for writing."""
    if not read_only:
        return open_ledger(path)
    try:
        return open_ledger(path, read_only=True)
    except NeedsUpgrade:
        return open_ledger(path)
