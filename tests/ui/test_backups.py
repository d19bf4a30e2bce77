"""Backups while one works: taken without being asked for, told, and in nobody's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shiboken6 import delete

from chain_office.db.backup import default_folder
from chain_office.db.models import Bank
from chain_office.services.keeping import open_for_work
from chain_office.ui import backups
from chain_office.ui.backups import Backups, choose_second_place, second_place
from chain_office.ui.work import Work
from tests.refusals import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work()
    yield made
    made.stop()


@pytest.fixture
def kept(work: Work, monkeypatch: pytest.MonkeyPatch) -> Iterator[Backups]:
    monkeypatch.setattr(backups, "_AFTER_A_CHANGE", 1)
    made = Backups(work)
    yield made
    made.stop()
    delete(made)  # its timers go on the thread that made them, whichever thread collects the rest


def opened(qtbot: QtBot, work: Work, kept: Backups, path: Path) -> object:
    with qtbot.waitSignal(kept.known, timeout=10_000) as told:
        work.open(lambda: open_for_work(path, "王芳"))
    return told.args[0]


def change(ledger: Ledger) -> None:
    with ledger.write("王芳", "登记银行") as writer:
        writer.insert(Bank, {"name": "测试银行", "verified": True})


def copies(path: Path) -> list[str]:
    return sorted(one.name for one in default_folder(path).glob("*.ledger"))


def test_the_first_change_of_the_day_is_backed_up(qtbot: QtBot, work: Work, kept: Backups, sample_ledger: Path) -> None:
    assert opened(qtbot, work, kept, sample_ledger) is None
    with qtbot.waitSignal(kept.known, timeout=20_000) as told:
        work.ask(change, lambda _: None)
    assert copies(sample_ledger) == ["示例 台账-20220105-120000-自动.ledger"]
    assert told.args[0].strftime("%H:%M") == "12:00"


def test_opened_again_it_knows_the_last_one(qtbot: QtBot, work: Work, kept: Backups, sample_ledger: Path) -> None:
    opened(qtbot, work, kept, sample_ledger)
    with qtbot.waitSignal(kept.known, timeout=20_000):
        work.ask(change, lambda _: None)
    with qtbot.waitSignal(work.closed, timeout=10_000):
        work.close()
    assert opened(qtbot, work, kept, sample_ledger) is not None


def test_closing_takes_what_is_not_backed_up(
    qtbot: QtBot, work: Work, kept: Backups, sample_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "ask", lambda: None)
    opened(qtbot, work, kept, sample_ledger)
    with qtbot.waitSignal(work.changed, timeout=10_000):
        work.ask(change, lambda _: None)
    with qtbot.waitSignal(work.closed, timeout=10_000):
        work.close()
    assert copies(sample_ledger) == ["示例 台账-20220105-120000-关闭时.ledger"]


def test_one_that_fails_is_told_in_a_sentence_and_the_save_stands(
    qtbot: QtBot, work: Work, kept: Backups, sample_ledger: Path
) -> None:
    default_folder(sample_ledger).touch()
    opened(qtbot, work, kept, sample_ledger)
    with qtbot.waitSignal(kept.warned, timeout=20_000) as told:
        work.ask(change, lambda _: None)
    assert is_sentence(told.args[0])
    assert "没有备份成" in told.args[0]
    found: list[object] = []
    work.ask(lambda ledger: ledger.value("SELECT count(*) FROM bank WHERE name = '测试银行'"), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    assert found == [1]


def test_the_second_place_is_this_computers(
    qtbot: QtBot, work: Work, kept: Backups, sample_ledger: Path, tmp_path: Path
) -> None:
    assert second_place() is None
    choose_second_place(tmp_path / "另一个盘")
    assert second_place() == tmp_path / "另一个盘"
    opened(qtbot, work, kept, sample_ledger)
    with qtbot.waitSignal(kept.known, timeout=20_000):
        work.ask(change, lambda _: None)
    assert len(list((tmp_path / "另一个盘").glob("*.ledger"))) == 1
    choose_second_place(None)
    assert second_place() is None


def test_a_second_place_that_is_away_warns(
    qtbot: QtBot, work: Work, kept: Backups, sample_ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "文件").touch()
    choose_second_place(tmp_path / "文件" / "备份")
    opened(qtbot, work, kept, sample_ledger)
    with qtbot.waitSignal(kept.warned, timeout=20_000) as told:
        work.ask(change, lambda _: None)
    assert "备份已存好" in told.args[0]
    assert len(copies(sample_ledger)) == 1
