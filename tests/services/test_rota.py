"""Backups nobody has to think of: when one is due, what is kept, a second place, and a save that does not wait."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from chain_office import clock
from chain_office.db import backup, engine, shelf, thinning
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank
from chain_office.domain.errors import DiskFull, KnownError, LedgerLocked
from chain_office.services import keeping
from chain_office.services.editing.binning import MANY, bin_records
from chain_office.services.rota import BackupRota, back_up_before
from tests.db.test_sharing import held
from tests.refusals import is_sentence

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

MORNING = datetime(2022, 1, 5, 8, 30, tzinfo=UTC)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with keeping.open_for_work(office, "王芳") as opened:
        yield opened


def at(moment: datetime) -> None:
    clock.set_clock(lambda: moment)


def change(ledger: Ledger, name: str = "测试银行") -> None:
    with ledger.write("王芳", "登记银行") as writer:
        writer.insert(Bank, {"name": name, "verified": True})


def copies(office: Path) -> list[str]:
    return sorted(one.name for one in backup.default_folder(office).glob("*"))


def test_a_day_of_work_takes_one_at_the_first_change_and_every_half_hour(ledger: Ledger, office: Path) -> None:
    rota = BackupRota(ledger)
    taken: list[str] = []
    for minute in range(0, 241):
        moment = MORNING + timedelta(minutes=minute)
        at(moment)
        if minute in {5, 6, 20, 50, 100, 230}:
            change(ledger, f"测试{minute}")
        if rota.due(ledger):
            rota.take()
            taken.append(moment.strftime("%H:%M"))
    assert taken == ["08:35", "09:05", "09:35", "10:10", "12:20"]
    at(MORNING + timedelta(hours=5))
    rota.closing(ledger)
    assert len(copies(office)) == 4  # the last of every hour stays
    assert not rota.missed


def test_nothing_changed_nothing_taken(ledger: Ledger, office: Path) -> None:
    rota = BackupRota(ledger)
    assert not rota.due(ledger)
    rota.closing(ledger)
    assert copies(office) == []


def test_the_next_day_begins_with_its_first_change(ledger: Ledger) -> None:
    at(MORNING + timedelta(hours=15))
    rota = BackupRota(ledger)
    change(ledger, "测试一")
    rota.take()
    at(MORNING + timedelta(hours=15, minutes=31))
    assert not rota.due(ledger)
    change(ledger, "测试二")
    assert rota.due(ledger)


def test_closing_takes_what_no_backup_holds(ledger: Ledger, office: Path) -> None:
    rota = BackupRota(ledger)
    ledger.before_close(lambda: rota.closing(ledger))
    change(ledger)
    ledger.close()
    (made,) = copies(office)
    assert made == "办公室-20220105-120000-关闭时.ledger"
    with open_ledger(backup.default_folder(office) / made, read_only=True) as kept:
        assert kept.value("SELECT count(*) FROM bank WHERE name = '测试银行'") == 1


def test_what_the_last_session_could_not_back_up_is_due_at_once(office: Path) -> None:
    with keeping.open_for_work(office, "王芳") as ledger:
        rota = BackupRota(ledger)
        change(ledger, "测试一")
        rota.take()
        change(ledger, "测试二")
    at(datetime(2022, 1, 6, 8, 30, tzinfo=UTC))
    with keeping.open_for_work(office, "王芳") as ledger:
        rota = BackupRota(ledger)
        assert rota.last == datetime(2022, 1, 5, 12, 0, tzinfo=UTC)
        assert rota.due(ledger)


def test_a_clock_set_back_does_not_stop_the_backups(ledger: Ledger) -> None:
    rota = BackupRota(ledger)
    change(ledger, "测试一")
    rota.take()
    at(datetime(2022, 1, 5, 9, 0, tzinfo=UTC))
    change(ledger, "测试二")
    assert rota.due(ledger)


def test_who_only_reads_takes_none(office: Path) -> None:
    with open_ledger(office, read_only=True) as ledger, open_ledger(office) as other:
        rota = BackupRota(ledger)
        change(other)
        assert not rota.due(ledger)
        rota.closing(ledger)
    assert copies(office) == []


def test_a_second_place_gets_a_copy_of_its_own(ledger: Ledger, office: Path, tmp_path: Path) -> None:
    rota = BackupRota(ledger, tmp_path / "U盘" / "备份")
    change(ledger)
    taken = rota.take()
    assert taken.warning == ""
    second = tmp_path / "U盘" / "备份" / taken.path.name
    assert second.read_bytes() == taken.path.read_bytes()
    assert keeping.last_backup(office, tmp_path / "U盘" / "备份") == taken.when


def test_a_second_place_that_is_not_there_warns_and_nothing_more(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    rota = BackupRota(ledger, tmp_path / "文件" / "备份")
    change(ledger)
    taken = rota.take()
    assert taken.path.exists()
    assert is_sentence(taken.warning)
    assert "备份已存好" in taken.warning
    assert not rota.due(ledger)


def test_a_backup_that_fails_is_said_and_tried_again(ledger: Ledger, office: Path) -> None:
    rota = BackupRota(ledger)
    change(ledger)
    place = backup.default_folder(office)
    place.touch()
    with pytest.raises(KnownError, match="备份文件夹"):
        rota.take()
    assert rota.due(ledger)
    rota.closing(ledger)
    assert "备份文件夹" in rota.missed
    place.unlink()
    rota.take()
    assert not rota.due(ledger)


def test_a_disk_that_is_nearly_full_keeps_its_room_for_saving(
    ledger: Ledger, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rota = BackupRota(ledger)
    change(ledger)
    usage = shutil.disk_usage(office)._replace(free=office.stat().st_size)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DiskFull, match="放不下") as caught:
        rota.take()
    assert is_sentence(caught.value.message)
    assert copies(office) == []
    assert rota.due(ledger)


def test_before_a_bulk_deletion_there_is_a_copy(ledger: Ledger, office: Path) -> None:
    made = back_up_before(ledger)
    assert made.name == "办公室-20220105-120000-删除前.ledger"
    assert thinning.taken_at(made.name, office.stem) is not None


def test_many_records_do_not_go_to_the_bin_without_one(ledger: Ledger, office: Path) -> None:
    with ledger.write("王芳", "登记银行") as writer:
        ids = writer.insert_many(Bank, [{"name": f"测试{at}", "verified": True} for at in range(2 * MANY)])
    bin_records(ledger, "bank", ids[: MANY - 1], "王芳")
    assert copies(office) == []
    bin_records(ledger, "bank", ids[MANY:], "王芳")
    (made,) = copies(office)
    with open_ledger(backup.default_folder(office) / made, read_only=True) as kept:
        assert kept.value("SELECT count(*) FROM bank WHERE name LIKE '测试%' AND deleted_at IS NULL") == MANY + 1


def test_saving_goes_on_while_a_backup_is_taken(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page a step: every save falls between two steps, and the copy begins again with it."""
    monkeypatch.setattr(backup, "_PAGES", 1)
    monkeypatch.setattr(backup, "_MOST_TURNS", 10_000)
    rota = BackupRota(ledger)
    change(ledger, "测试一")
    began, saves = threading.Event(), []
    real = backup._copy_gently

    def copy(*arguments: object) -> None:
        began.set()
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_copy_gently", copy)
    taken: list[keeping.Taken] = []
    thread = threading.Thread(target=lambda: taken.append(rota.take()))
    thread.start()
    assert began.wait(30)
    for number in range(5):
        change(ledger, f"测试其间{number}")
        saves.append(number)
    thread.join(60)
    assert saves == list(range(5))
    (one,) = taken
    with open_ledger(one.path, read_only=True) as kept:
        held_then = kept.value("SELECT count(*) FROM bank WHERE name LIKE '测试其间%'")
        assert 0 <= held_then <= 5
        assert kept.value("SELECT max(no) FROM write_log") == one.head
    assert rota.due(ledger) is False
    assert (ledger.value("SELECT max(no) FROM write_log") == one.head) == (held_then == 5)


def test_a_ledger_written_without_a_pause_is_left_to_the_next_time(
    ledger: Ledger, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PAGES", 1)
    monkeypatch.setattr(backup, "_MOST_TURNS", 2)
    source = engine.connect(office, read_only=True)
    connection = source.connection()
    steps = [0]

    class Busy:
        """The source's connection, with a save after every few steps."""

        def backup(
            self, target: sqlite3.Connection, *, progress: Callable[..., None], pages: int, sleep: float
        ) -> None:
            def and_save(*told: int) -> None:
                steps[0] += 1
                if steps[0] % 5 == 0:
                    change(ledger, f"测试{steps[0]}")
                progress(*told)

            connection.backup(target, progress=and_save, pages=pages, sleep=sleep)

    monkeypatch.setattr(source, "connection", Busy)
    with pytest.raises(LedgerLocked, match="一直有人在写"):
        backup.copy_to(source, office, office.with_name("份.ledger"), gently=True)
    source.close()
    assert not office.with_name("份.ledger").exists()


def test_a_ledger_locked_by_others_is_left_to_the_next_time(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pragmas = tuple((name, 50 if name == "busy_timeout" else value) for name, value in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", pragmas)
    monkeypatch.setattr(backup, "_GENTLE_PATIENCE", 0.2)
    source = engine.connect(office, read_only=True)
    with held(office, "BEGIN EXCLUSIVE"), pytest.raises(LedgerLocked, match="一直被占用"):
        backup.copy_to(source, office, office.with_name("份.ledger"), gently=True)
    source.close()


def test_the_list_says_when_why_and_what_is_in_each(ledger: Ledger, office: Path) -> None:
    rota = BackupRota(ledger)
    by_hand = backup.back_up(ledger.database, ledger.path)
    at(MORNING + timedelta(hours=8))
    change(ledger)
    taken = rota.take()
    at(MORNING + timedelta(hours=9))
    twice = backup.back_up(ledger.database, ledger.path)
    (backup.default_folder(office) / "办公室-20220105-999999.ledger").touch()
    (backup.default_folder(office) / "别的.ledger").touch()
    found = keeping.backups(office)
    assert [(one.path, one.label) for one in found] == [(twice, ""), (taken.path, "自动"), (by_hand, "")]
    newest, oldest = found[1:]
    assert (newest.when, oldest.when) == (MORNING + timedelta(hours=8), datetime(2022, 1, 5, 12, 0, tzinfo=UTC))
    assert dict(newest.counts)["企业"] == ledger.value("SELECT count(*) FROM enterprise WHERE deleted_at IS NULL")
    assert [name for name, _ in newest.counts] == ["企业", "走访", "问题", "银企", "项目", "产值"]
    assert newest.head == oldest.head + 1
    assert newest.newest == "2022-01-05T16:30:00.000Z"
    assert newest.sound is None
    assert keeping.check_backup(newest).sound is True


def test_the_list_shows_a_damaged_backup_as_such(ledger: Ledger, office: Path) -> None:
    made = backup.back_up(ledger.database, ledger.path)
    made.write_bytes(made.read_bytes()[:20_000])
    (found,) = keeping.backups(office)
    assert found.sound is False
    assert is_sentence(found.fault)
    assert keeping.last_backup(office) is not None


def test_names_tell_their_labels() -> None:
    names = {
        "办公室-20220105-120000.ledger": "",
        "办公室-20220105-120000-2.ledger": "",
        "办公室-20220105-120000-升级前-格式1.ledger": "升级前-格式1",
        "办公室-20220105-120000-导入前-3.ledger": "导入前",
        "办公室-恢复前-20220105-120000-2.ledger": "恢复前",
    }
    for name, label in names.items():
        found = shelf.named(name, "办公室")
        assert found is not None
        assert found[1] == label
    assert shelf.named("办公室二-20220105-120000.ledger", "办公室") is None
    assert shelf.named("办公室.ledger", "办公室") is None
