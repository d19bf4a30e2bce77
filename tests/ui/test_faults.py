"""What befalls a ledger, each on purpose: the window stays, says so in one sentence with what helps, and loses nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import DiskFull
from chain_office.services import keeping
from chain_office.services.ledgers import Ledger, open_ledger
from chain_office.ui import choosing, recent
from chain_office.ui.faults import FAULT
from chain_office.ui.keeper import HELD, SECRECY
from tests.db.test_lease import ELSEWHERE, held_by
from tests.ui.shells import First, opened, shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """A shell without a ledger."""
    made = shell(qtbot)
    yield made
    made.frame.close()
    keeping._watches.clear()


def said(window: Window) -> str:
    return window.frame.banners.said(FAULT)


def refused(qtbot: QtBot, window: Window, path: Path) -> str:
    """Open what cannot be opened; gives what is said of it."""
    with qtbot.waitSignal(window.opening.failed, timeout=10_000):
        window.open(path)
    return said(window)


def names(window: Window, qtbot: QtBot) -> int:
    """How many firms can still be read."""
    got: list[int] = []
    window.work.ask(lambda ledger: int(ledger.value("SELECT count(*) FROM enterprise")), got.append)
    qtbot.waitUntil(lambda: bool(got))
    return got[0]


def is_on_the_doors(window: Window) -> bool:
    return window.frame.current() is None and window.start.isVisible() and window.start.doors[0].isEnabled()


# What cannot be opened.


def test_a_missing_ledger_can_be_taken_off_the_list(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    gone = tmp_path / "不在了.ledger"
    recent.remember(gone)
    window.start.show_recent()
    qtbot.waitUntil(lambda: "找不到了" in window.start.list.item(0).text())
    assert "不在了" in refused(qtbot, window, gone)
    assert is_on_the_doors(window)
    window.frame.banners.button(FAULT, "从列表移除").click()
    assert recent.recent() == []
    assert said(window) == ""


@pytest.mark.parametrize("what", ["text", "empty", "other", "folder", "newer"])
def test_what_is_no_ledger_of_ours_is_refused_with_a_sentence(
    window: Window, qtbot: QtBot, tmp_path: Path, sample_ledger: Path, what: str
) -> None:
    path = tmp_path / f"{what}.ledger"
    if what == "text":
        path.write_text("随便写的" * 99, encoding="utf-8")
    elif what == "empty":
        path.touch()
    elif what == "folder":
        path.mkdir()
    else:
        base = sample_ledger if what == "newer" else None
        if base:
            shutil.copyfile(base, path)
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 99" if base else "CREATE TABLE t(x)")
        database.close()
    sentence = refused(qtbot, window, path)
    assert path.name in sentence
    assert sentence.endswith("。")
    assert "打开其他……" in window.frame.banners._lines[FAULT].buttons
    assert is_on_the_doors(window)


def test_the_ledger_that_is_open_stays_open_when_another_cannot_be(
    window: Window, qtbot: QtBot, sample_ledger: Path, tmp_path: Path
) -> None:
    opened(qtbot, window, sample_ledger)
    before = names(window, qtbot)
    (tmp_path / "坏.ledger").write_text("随便", encoding="utf-8")
    assert "坏.ledger" in refused(qtbot, window, tmp_path / "坏.ledger")
    assert names(window, qtbot) == before
    assert isinstance(window.frame.current(), First)
    assert window.office.shown is not None
    assert window.office.shown.path == sample_ledger


# A damaged one.


def damage(path: Path) -> None:
    """Zero a page in the middle."""
    content = bytearray(path.read_bytes())
    half = len(content) // 2 // 4096 * 4096
    content[half : half + 8 * 4096] = bytes(8 * 4096)
    path.write_bytes(content)


def test_a_damaged_ledger_shows_what_can_be_restored_and_restores_it(
    window: Window, qtbot: QtBot, sample_ledger: Path
) -> None:
    with open_ledger(sample_ledger) as ledger:
        good = keeping.BackupRota(ledger).take().path
        firms = int(ledger.value("SELECT count(*) FROM enterprise WHERE deleted_at IS NULL"))
    damage(sample_ledger)
    refused(qtbot, window, sample_ledger)
    rescue = window.rescue
    assert rescue.isVisible()
    assert sample_ledger.name in rescue.why.text()
    qtbot.waitUntil(lambda: rescue.button.isEnabled(), timeout=10_000)
    info = rescue.chosen()
    assert info is not None
    assert info.path == good
    assert dict(info.counts)["企业"] == firms
    assert "1 份完好" in rescue.said.text()
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        rescue.button.click()
    assert isinstance(window.frame.current(), First)
    qtbot.waitUntil(lambda: "已恢复" in window.frame.banners.said(HELD))
    assert names(window, qtbot) >= firms
    assert any("恢复前" in one.name for one in sample_ledger.parent.iterdir())


def test_a_damaged_ledger_without_a_backup_says_what_to_do(window: Window, qtbot: QtBot, sample_ledger: Path) -> None:
    damage(sample_ledger)
    refused(qtbot, window, sample_ledger)
    qtbot.waitUntil(lambda: "没有找到备份" in window.rescue.said.text(), timeout=10_000)
    assert not window.rescue.button.isEnabled()


# While it is open.


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move or remove an open file")
def test_a_vanished_ledger_is_noticed_and_found_again(window: Window, qtbot: QtBot, sample_ledger: Path) -> None:
    opened(qtbot, window, sample_ledger)
    away = sample_ledger.with_name("挪走了.ledger")
    sample_ledger.rename(away)
    qtbot.waitUntil(lambda: "不见了" in said(window), timeout=10_000)
    assert isinstance(window.frame.current(), First)
    away.rename(sample_ledger)
    qtbot.waitUntil(lambda: said(window) == "", timeout=10_000)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move or remove an open file")
def test_another_copy_in_the_old_place_is_opened_when_asked(window: Window, qtbot: QtBot, sample_ledger: Path) -> None:
    opened(qtbot, window, sample_ledger)
    copy = sample_ledger.with_name("副本.ledger")
    shutil.copyfile(sample_ledger, copy)
    sample_ledger.unlink()
    qtbot.waitUntil(lambda: "不见了" in said(window), timeout=10_000)
    copy.rename(sample_ledger)
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        window.frame.banners.button(FAULT, "重新找到").click()
    assert said(window) == ""
    assert names(window, qtbot) > 0


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move or remove an open file")
def test_a_vanished_ledger_that_is_not_back_is_asked_for(
    window: Window, qtbot: QtBot, sample_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, window, sample_ledger)
    away = sample_ledger.with_name("挪走了.ledger")
    sample_ledger.rename(away)
    qtbot.waitUntil(lambda: "不见了" in said(window), timeout=10_000)
    monkeypatch.setattr(choosing, "choose_ledger", lambda _parent, then: then(away))
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        window.frame.banners.button(FAULT, "重新找到").click()
    assert window.office.shown is not None
    assert window.office.shown.path == away


def test_a_full_disk_is_said_and_nothing_is_called_saved(window: Window, qtbot: QtBot, sample_ledger: Path) -> None:
    opened(qtbot, window, sample_ledger)

    def job(ledger: Ledger) -> None:
        with ledger.write("张三", "写满"):
            raise sqlite3.OperationalError("database or disk is full")

    with qtbot.waitSignal(window.work.faulted) as told:
        window.work.ask(job, lambda _: None)
    assert isinstance(told.args[0], DiskFull)
    assert "磁盘空间不足" in said(window)
    window.keeper.look()
    assert names(window, qtbot) > 0
    assert "磁盘空间不足" in said(window), "that the file is there says nothing of the disk"
    assert window.frame.status.saved.text() == "刚才没有保存"
    assert names(window, qtbot) > 0


# Held by somebody else, or not to be written.


def test_a_ledger_somebody_edits_opens_read_only_naming_them(window: Window, qtbot: QtBot, sample_ledger: Path) -> None:
    lock = held_by(sample_ledger, ELSEWHERE)
    opened_ = window.frame.banners
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        window.open(sample_ledger)
    qtbot.waitUntil(lambda: "张三@PC-03" in opened_.said(HELD), timeout=10_000)
    status = window.frame.status
    assert status.saved.text() == "只读，不能修改"
    assert "张三@PC-03" in status.holder.text()
    assert window.office.shown is not None
    assert window.office.shown.read_only is True
    opened_.button(SECRECY, "知道了").click()
    assert opened_.said(SECRECY) == ""
    lock.unlink()
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        opened_.button(HELD, "再试一次").click()
    shown = window.office.shown
    assert shown is not None
    assert not shown.read_only
    qtbot.waitUntil(lambda: status.holder.text() == "本机正在编辑")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_ledger_that_may_not_be_written_opens_read_only(window: Window, qtbot: QtBot, sample_ledger: Path) -> None:
    sample_ledger.chmod(0o444)
    with qtbot.waitSignal(window.office.shown_changed, timeout=10_000):
        window.open(sample_ledger)
    qtbot.waitUntil(lambda: bool(window.frame.banners.said(HELD)))
    assert window.frame.status.saved.text() == "只读，不能修改"


# Files of the program that are missing.


def test_missing_icons_and_fonts_are_told_once(
    qtbot: QtBot, sample_ledger: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from chain_office.ui import app, icons

    monkeypatch.setattr(icons, "resource", lambda *_parts: tmp_path / "没有.svg")
    icons._drawn.clear()
    monkeypatch.setattr(app, "resource", lambda *_parts: tmp_path / "没有.ttf")
    app._family.cache_clear()
    assert app.window_font().family()
    app._family.cache_clear()
    made = shell(qtbot)
    opened(qtbot, made, sample_ledger)
    assert "少了" in made.frame.banners.said("lacking")
    made.frame.close()
