"""The sample office's ledger, open at its cut-off day, with one building and one planned project to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.services.ledgers import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_ledger(office) as opened:
        yield opened


@pytest.fixture
def building(ledger: Ledger) -> str:
    """XM0012, 2.6 亿元 planned for 2021, 2.15 亿元 done by September, 3.82 亿元 since the start."""
    return str(ledger.value("SELECT id FROM project WHERE number = 12"))


@pytest.fixture
def bare(ledger: Ledger) -> str:
    """XM0013, begun, without a node."""
    return str(ledger.value("SELECT id FROM project WHERE number = 13"))


@pytest.fixture
def planned(ledger: Ledger) -> str:
    """XM0038, not begun, without nodes."""
    return str(ledger.value("SELECT id FROM project WHERE number = 38"))
