"""What every test can count on: no display, one fixed moment, the same random texts on every run of CI."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from chain_office import clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Noon in UTC is the same calendar day in every office's time zone.
MOMENT = datetime(2022, 1, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_moment() -> Iterator[None]:
    """No test depends on the day it runs: the program's clock stands still unless a test sets it."""
    clock.set_clock(lambda: MOMENT)
    yield
    clock.set_clock(None)


@pytest.fixture(scope="session")
def sample_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office's ledger, made once and closed. Copy it before writing to it."""
    from chain_office.services.sampling import make_sample  # the importer is of no use to most tests

    path = tmp_path_factory.mktemp("sample office") / "示例.ledger"
    make_sample(path)
    return path
