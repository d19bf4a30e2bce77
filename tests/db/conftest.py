"""An empty ledger to start from: made once, copied for every test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated ledger without a row, closed. Copy it, never open it."""
    path = tmp_path_factory.mktemp("empty") / "空.ledger"
    open_ledger(path, create=True).close()
    return path


@pytest.fixture
def path(empty_ledger: Path, tmp_path: Path) -> Path:
    """A ledger file of this test's own."""
    place: Path = tmp_path / "产业链 台账.ledger"
    shutil.copy(empty_ledger, place)
    return place


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """The same, open for writing."""
    with open_ledger(path) as opened:
        yield opened
