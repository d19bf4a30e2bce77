"""A copy of the sample office for every test that changes it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(sample_office: Path, tmp_path: Path) -> Path:
    """The sample office's ledger, this test's own."""
    place: Path = tmp_path / "办公室.ledger"
    shutil.copy(sample_office, place)
    return place
