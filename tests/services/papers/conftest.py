"""The sample office opened to be worked in, and what a meeting's papers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.services.ledgers import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    """The sample office, this test's own."""
    with open_ledger(office) as opened:
        yield opened
