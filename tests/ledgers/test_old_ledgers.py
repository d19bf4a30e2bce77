"""One small ledger of every schema version that ever left the house opens, reads and takes a write."""

from __future__ import annotations

import lzma
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db import backup, migrations
from chain_office.db.models import Enterprise
from chain_office.services.checks import check_ledger
from chain_office.services.figures import flat, headline
from chain_office.services.ledgers import open_existing
from tests.ledgers.make import fill, packed

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = [number for number, _ in migrations.steps()]
FIGURES = {
    "enterprises.total": 1, "visits.enterprises_visited": 1, "problems.collected": 1, "problems.open": 1,
    "finance.enterprises": 1, "finance.drawn_yuan": 5_000_000, "projects.under_construction": 1,
    "output.to": "2021-09",
}  # fmt: skip


INVENTED = {"问题的办理步骤步步合规", "问题的登记内容与办理步骤一致"}
"""The first version's file was written with a kind of step ("step") no program ever took, and 0 rounds: the check says so."""


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = tmp_path / "旧.ledger"
    path.write_bytes(lzma.decompress(packed(request.param).read_bytes()))
    return path


def test_an_old_ledger_opens_with_its_figures_and_passes_the_check(old: Path) -> None:
    with open_existing(old, read_only=True) as ledger:
        found = flat(headline(ledger, date(2021, 11, 19)))
        assert {key: found[key] for key in FIGURES} == FIGURES
        failing = {one.name for one in check_ledger(ledger) if not one.passed}
        assert failing == (INVENTED if ledger.value("SELECT 1 FROM problem_event WHERE kind = 'step'") else set())
    backup.verify(old)


def test_an_old_ledger_takes_a_write_and_keeps_its_history(old: Path) -> None:
    with open_existing(old) as ledger:
        row_id, version = ledger.rows("SELECT id, version FROM enterprise ORDER BY number LIMIT 1")[0]
        with ledger.write("丙", "再改") as writer:
            writer.update(Enterprise, row_id, {"employees": 121}, version=version)
        lines = ledger.rows(
            "SELECT w.actor, h.before, h.after FROM history h JOIN write_log w ON w.no = h.write_no "
            "WHERE h.field = 'employees' ORDER BY h.no"
        )
    assert lines == [("乙", None, "120"), ("丙", "120", "121")]


def test_the_script_still_makes_such_a_ledger(tmp_path: Path) -> None:
    fill(tmp_path / "新.ledger")
    with open_existing(tmp_path / "新.ledger", read_only=True) as ledger:
        found = flat(headline(ledger, date(2021, 11, 19)))
    assert {key: found[key] for key in FIGURES} == FIGURES
