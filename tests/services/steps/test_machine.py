"""Whatever is done at the desk in whatever order: the steps, the columns that repeat them, past days and figures agree
with a plain model, and what is refused leaves no trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db import search_upkeep
from tests.services.steps.machine import run, small_desk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_desk_and_a_plain_model_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_upkeep, "_SAMPLE", 10)
    run(small_desk(tmp_path / "小.ledger"), examples=40, length=15)
