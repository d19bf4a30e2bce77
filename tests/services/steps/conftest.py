"""The sample office's ledger, open, and somebody at its problem desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.db import search_upkeep
from chain_office.db.ledger import open_ledger
from tests.services.steps.hand import Hand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger


@pytest.fixture(autouse=True)
def _small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check asks the search index for a few words instead of hundreds."""
    monkeypatch.setattr(search_upkeep, "_SAMPLE", 10)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_ledger(office) as opened:
        yield opened


@pytest.fixture
def hand(ledger: Ledger) -> Hand:
    return Hand(ledger)
