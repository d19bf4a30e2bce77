"""An open copy of the sample ledger."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from chain_office.services.ledgers import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger


@pytest.fixture
def ledger(sample_office: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "办公室.ledger"
    shutil.copy(sample_office, path)
    with open_ledger(path) as opened:
        yield opened
