"""Making and opening ledgers, and the ledger's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db import reference
from chain_office.db.ledger import Ledger, NeedsUpgrade, open_ledger
from chain_office.db.models import Setting
from chain_office.domain.days import DAY
from chain_office.domain.kinds import BadValue
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from chain_office.db.session import Writer

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


def settings(ledger: Ledger) -> dict[str, str]:
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


def cut_off(ledger: Ledger, given: str | None = None) -> date:
    """The date figures are taken at: the one given, else the ledger's 截止日期, else today. Raises KnownError."""
    text = given or settings(ledger).get("as_of")
    if not text:
        return clock.today()
    try:
        value = DAY.parse(text).value
    except BadValue as error:
        raise KnownError(f"截止日期“{text}”读不懂({error.reason});请写成 2021-11-19 这样。") from error
    if value is None:
        return clock.today()
    return value  # type: ignore[return-value]


def is_sample(ledger: Ledger) -> bool:
    """Whether every page is to be stamped 示例数据."""
    return settings(ledger).get("sample") == "true"


def open_existing(path: Path, *, read_only: bool = False) -> Ledger:
    """Open a ledger that must exist. Reading an older ledger upgrades it first, so that it is opened for writing."""
    if not read_only:
        return open_ledger(path)
    try:
        return open_ledger(path, read_only=True)
    except NeedsUpgrade:
        return open_ledger(path)
