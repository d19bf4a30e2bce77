"""A window on a copy of the sample ledger, offscreen."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office


@pytest.fixture
def sample_ledger(sample_office: Path, tmp_path: Path) -> Path:
    """A copy of the sample ledger to do with as one likes."""
    path = tmp_path / "示例 台账.ledger"
    shutil.copyfile(sample_office, path)
    return path


@pytest.fixture
def office(qtbot: QtBot, sample_ledger: Path) -> Iterator[Office]:
    """The open sample as pages see it, without a frame."""
    from chain_office.services.ledgers import open_ledger
    from chain_office.ui.office import Office
    from chain_office.ui.work import Work

    work = Work()
    made = Office(work)
    with qtbot.waitSignal(made.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(sample_ledger))
    yield made
    work.stop()
