"""The sample office's ledger, open, and somebody who edits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.db import search_upkeep
from chain_office.db.ledger import open_ledger
from tests.services.editing.clerk import Clerk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger


@pytest.fixture(autouse=True)
def _small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check looks every document's digest over, and asks the index for a few of their words instead of hundreds."""
    monkeypatch.setattr(search_upkeep, "_SAMPLE", 10)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_ledger(office) as opened:
        yield opened


@pytest.fixture
def clerk(ledger: Ledger) -> Clerk:
    return Clerk(ledger)
