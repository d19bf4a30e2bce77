"""A ledger somebody else is editing: who is told, their saves are noticed, and it is offered when it is free."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from shiboken6 import delete

from chain_office.db import holder
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank
from chain_office.services import keeping
from chain_office.ui.holding import Holding
from chain_office.ui.office import Office
from chain_office.ui.work import Work
from tests.db.test_lease import ELSEWHERE, held_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def watched() -> Iterator[tuple[Office, Holding]]:
    work = Work()
    office = Office(work)
    holding = Holding(office)
    yield office, holding
    work.stop()
    delete(holding)  # its timers go on the thread that made them, whichever thread collects the rest
    keeping._watches.clear()


def opened(qtbot: QtBot, office: Office, path: Path) -> None:
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        office.work.open(lambda: keeping.open_for_work(path, "王芳"))


def read_only(office: Office) -> bool:
    assert office.shown is not None
    return office.shown.read_only


def test_the_window_is_told_who_and_offered_the_ledger_when_they_leave(
    qtbot: QtBot, watched: tuple[Office, Holding], sample_ledger: Path
) -> None:
    office, holding = watched
    lock = held_by(sample_ledger, ELSEWHERE)
    with qtbot.waitSignal(holding.held_by, timeout=10_000) as told:
        opened(qtbot, office, sample_ledger)
    assert told.args == ["张三@PC-03 10:20 起正在编辑"]
    assert read_only(office)
    lock.unlink()
    with qtbot.waitSignal(holding.free, timeout=10_000) as offered:
        holding.look()
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        office.work.open(offered.args[0], again=True)
    assert not read_only(office)
    assert holder.lock_of(sample_ledger).exists()


def test_what_the_other_saves_is_noticed(qtbot: QtBot, watched: tuple[Office, Holding], sample_ledger: Path) -> None:
    office, holding = watched
    held_by(sample_ledger, ELSEWHERE)
    with qtbot.waitSignal(holding.held_by, timeout=10_000):
        opened(qtbot, office, sample_ledger)
    with qtbot.assertNotEmitted(holding.outdated), qtbot.waitSignal(holding.held_by, timeout=10_000):
        holding.look()
    with open_ledger(sample_ledger) as theirs, theirs.write("张三", "登记银行") as writer:
        writer.insert(Bank, {"name": "测试银行", "verified": True})
    with qtbot.waitSignal(holding.outdated, timeout=10_000):
        holding.look()


def test_ones_own_ledger_is_held_by_nobody_else(
    qtbot: QtBot, watched: tuple[Office, Holding], sample_ledger: Path
) -> None:
    office, holding = watched
    with qtbot.assertNotEmitted(holding.free), qtbot.waitSignal(holding.held_by, timeout=10_000) as told:
        opened(qtbot, office, sample_ledger)
    assert told.args == [""]


@pytest.mark.skipif(os.name == "nt", reason="nobody may rename an open file there")
def test_a_ledger_that_vanishes_is_looked_for_until_it_is_back(
    qtbot: QtBot, watched: tuple[Office, Holding], sample_ledger: Path
) -> None:
    office, holding = watched
    with qtbot.waitSignal(holding.held_by, timeout=10_000):
        opened(qtbot, office, sample_ledger)
    moved = sample_ledger.rename(sample_ledger.with_name("移走.ledger"))
    with (
        qtbot.assertNotEmitted(office.work.refused),
        qtbot.waitSignal(office.work.faulted, timeout=10_000) as told,
    ):
        holding.look()
    assert "台账文件不见了" in told.args[0].message
    moved.rename(sample_ledger)
    with qtbot.waitSignal(holding.held_by, timeout=10_000):
        holding.look()
