"""Cycles are collected on the GUI thread, and not while a long job is under way."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from chain_office.ui.collector import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office


class _Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector(office: Office) -> Iterator[Collector]:
    made = Collector(office.work, office)
    made.timer.stop()
    yield made
    gc.enable()


def test_the_collector_runs_only_when_it_is_told(collector: Collector) -> None:
    assert not gc.isenabled()
    knot = weakref.ref(_Knot())
    assert knot() is not None
    collector.collect()
    assert knot() is None


def test_it_rests_while_a_long_job_is_under_way_and_stays_off_after_it(
    collector: Collector, office: Office, qtbot: QtBot
) -> None:
    office.work.began.emit("一件长事")
    knot = weakref.ref(_Knot())
    collector.collect()
    assert knot() is not None
    office.work.ended.emit()
    collector.collect()
    assert knot() is None
    done: list[int] = []
    office.work.long("数一数", lambda _ledger, _progress: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert not gc.isenabled()
