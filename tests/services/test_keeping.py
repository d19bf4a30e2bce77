"""Opening for work: with the lease, or for reading and saying why; every fault of the file is a sentence with a way on."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chain_office import cli
from chain_office.db import backup, engine, holder, lease, migrations
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank
from chain_office.domain.errors import (
    BugError,
    DiskFull,
    KnownError,
    LedgerDamaged,
    LedgerFault,
    LedgerHeld,
    LedgerLocked,
    LedgerMissing,
    LedgerNewer,
    LedgerReadOnly,
    LedgerVanished,
    NotALedger,
)
from chain_office.services import keeping
from tests.db.test_lease import ELSEWHERE, Time, held_by
from tests.db.test_sharing import broken_off, held, read_only_mount
from tests.refusals import contents, is_sentence
from tests.services.test_full_disk import small_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chain_office.db.ledger import Ledger

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_watches() -> Iterator[None]:
    """What one test saw of a lock is not for the next."""
    yield
    keeping._watches.clear()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a tenth of a second for a lock, not five."""
    pragmas = tuple((name, 100 if name == "busy_timeout" else value) for name, value in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", pragmas)
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 100)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(lease, "_monotonic", made)
    return made


def add_bank(ledger: Ledger, name: str) -> None:
    with ledger.write("王芳", "登记银行") as writer:
        writer.insert(Bank, {"name": name, "verified": True})


def banks(ledger: Ledger) -> int:
    return int(ledger.value("SELECT count(*) FROM bank WHERE name LIKE '测试%'"))


def test_opened_for_work_it_is_held_while_open_and_nothing_is_left(office: Path) -> None:
    with keeping.open_for_work(office, "王芳") as ledger:
        assert (ledger.read_only, ledger.holder, ledger.notice) == (False, None, "")
        there = keeping.holder_of(office)
        assert there is not None
        assert there.user == "王芳"
        add_bank(ledger, "测试银行")
    assert list(contents(office.parent)) == [office.name]


def test_held_by_somebody_else_it_is_open_for_reading_and_says_who(office: Path) -> None:
    held_by(office, ELSEWHERE)
    with keeping.open_for_work(office, "王芳") as ledger:
        assert (ledger.read_only, ledger.holder) == (True, ELSEWHERE)
        assert ledger.notice == "张三@PC-03 10:20 起正在编辑，您可以查看，暂时不能修改。"
        assert banks(ledger) == 0
        with pytest.raises(LedgerHeld, match="张三"):
            add_bank(ledger, "测试银行")
    assert holder.lock_of(office).exists()


def test_a_window_in_another_process_holds_it_against_this_one(office: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom chain_office.services.keeping import open_for_work\n"
        "ledger = open_for_work(Path(sys.argv[1]), '张三')\nprint('open', flush=True)\nsys.stdin.read()\nledger.close()\n"
    )
    command = [sys.executable, "-c", script, str(office)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with keeping.open_for_work(office, "王芳") as ledger:
            assert ledger.holder is not None
            assert ledger.holder.user == "张三"
            assert keeping.try_again(ledger, "王芳") is None
            other.communicate()
            again = keeping.try_again(ledger, "王芳")
            assert again is not None
        with again() as ledger:
            add_bank(ledger, "测试银行")


def test_a_window_that_was_killed_does_not_keep_the_ledger(office: Path) -> None:
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom chain_office.services.keeping import open_for_work\n"
        "ledger = open_for_work(Path(sys.argv[1]), '张三')\nos.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(office)], cwd=ROOT, check=False, timeout=60)
    assert holder.lock_of(office).exists()
    with keeping.open_for_work(office, "王芳") as ledger:
        add_bank(ledger, "测试银行")
    assert list(contents(office.parent)) == [office.name]


def test_trying_again_watches_until_the_holder_has_been_silent_for_two_minutes(office: Path, time: Time) -> None:
    held_by(office, ELSEWHERE)
    with keeping.open_for_work(office, "王芳") as ledger:
        waits = 0
        while (again := keeping.try_again(ledger, "王芳")) is None:
            time.now += 10
            waits += 1
            assert waits < 20
        assert waits == 12
    with again() as ledger:
        add_bank(ledger, "测试银行")
        assert keeping.try_again(ledger, "王芳") is None


def test_who_looks_sees_what_the_holder_saves(office: Path) -> None:
    with open_ledger(office) as theirs:
        held_by(office, ELSEWHERE)
        with keeping.open_for_work(office, "王芳") as ledger:
            before = keeping.look_at(ledger, "王芳")
            assert (before.read_only, before.told, before.opener) == (True, "张三@PC-03 10:20 起正在编辑", None)
            assert keeping.look_at(ledger, "王芳").version == before.version
            add_bank(theirs, "测试银行")
            assert keeping.look_at(ledger, "王芳").version != before.version
            assert banks(ledger) == 1


def test_in_a_read_only_folder_it_is_open_for_reading(office: Path) -> None:
    with read_only_mount(office.parent), keeping.open_for_work(office, "王芳") as ledger:
        assert ledger.read_only
        assert "只读" in ledger.notice
        assert is_sentence(ledger.notice)
        with pytest.raises(LedgerReadOnly):
            add_bank(ledger, "测试银行")


def test_a_file_without_write_permission_is_noticed_at_once(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in for the permission, which root would not notice."""
    real = engine.uri_of
    monkeypatch.setattr(engine, "uri_of", lambda place, _: real(place, "ro"))
    with keeping.open_for_work(office, "王芳") as ledger:
        assert ledger.read_only
        assert "只读" in ledger.notice
    assert list(contents(office.parent)) == [office.name]


def fill(disk: Path) -> None:
    """Leave no room at all."""
    with (disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while ballast.write(bytes(4096)):
            continue
    assert shutil.disk_usage(disk).free == 0


def test_on_a_full_disk_it_is_open_for_reading(sample_office: Path, tmp_path: Path) -> None:
    data = sample_office.read_bytes()
    with small_disk(tmp_path / "盘", (len(data) // 4096 + 2) * 4096) as disk:
        (disk / "台账.ledger").write_bytes(data)
        fill(disk)
        with keeping.open_for_work(disk / "台账.ledger", "王芳") as ledger:
            assert ledger.read_only
            assert "磁盘空间不足" in ledger.notice
        assert sorted(contents(disk)) == ["ballast", "台账.ledger"]


def test_a_full_disk_takes_the_save_back_and_the_lease_stays(sample_office: Path, tmp_path: Path) -> None:
    data = sample_office.read_bytes()
    with small_disk(tmp_path / "盘", (len(data) // 4096 + 400) * 4096) as disk:
        (disk / "台账.ledger").write_bytes(data)
        with keeping.open_for_work(disk / "台账.ledger", "王芳") as ledger:
            fill(disk)
            with pytest.raises(DiskFull, match="没有改动"):
                add_bank(ledger, "测试银行")
            assert banks(ledger) == 0
            (disk / "ballast").unlink()
            add_bank(ledger, "测试银行")
            assert banks(ledger) == 1


@pytest.mark.usefixtures("impatient")
def test_locked_by_another_program_it_is_open_for_reading(office: Path) -> None:
    with held(office, "BEGIN IMMEDIATE"), keeping.open_for_work(office, "王芳") as ledger:
        assert ledger.read_only
        assert ledger.holder is None
        assert "另一个程序" in ledger.notice
        assert is_sentence(ledger.notice)
    assert list(contents(office.parent)) == [office.name]


@pytest.mark.usefixtures("impatient")
def test_locked_whole_it_is_refused(office: Path) -> None:
    with held(office, "BEGIN EXCLUSIVE"), pytest.raises(LedgerLocked, match="正被另一个"):
        keeping.open_for_work(office, "王芳")
    assert list(contents(office.parent)) == [office.name]


def test_a_write_broken_off_is_not_taken_back_under_the_one_who_holds(office: Path) -> None:
    """On a share whose locks do not work, a second opener that plays the journal back loses the holder's commit."""
    broken_off(office)
    held_by(office, ELSEWHERE)
    before = contents(office.parent)
    with pytest.raises(LedgerHeld, match="张三"):
        keeping.open_for_work(office, "王芳")
    assert cli.main(["figures", str(office)]) == 1
    assert contents(office.parent) == before


def text(path: Path) -> None:
    path.write_text("这是一份说明。\n" * 300, "utf-8")


def other_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (a)")
    other.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {migrations.newest() + 1}")
    other.close()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


UNFIT: dict[str, tuple[Callable[[Path], object], type[LedgerFault], str]] = {
    "missing": (lambda path: path.unlink(), LedgerMissing, "找不到"),
    "folder": (folder, NotALedger, "文件夹"),
    "empty": (lambda path: path.write_bytes(b""), NotALedger, "空文件"),
    "text": (text, NotALedger, "不是产业链办的台账"),
    "another program's": (other_program, NotALedger, "别的程序"),
    "newer": (newer, LedgerNewer, "请升级程序"),
}


@pytest.mark.parametrize("kind", UNFIT)
def test_what_cannot_be_opened_is_said_with_its_kind(office: Path, kind: str) -> None:
    make, fault, said = UNFIT[kind]
    make(office)
    before = contents(office.parent)
    with pytest.raises(fault, match=said) as caught:
        keeping.open_for_work(office, "王芳")
    assert is_sentence(caught.value.message)
    assert caught.value.path == str(office)
    assert contents(office.parent) == before


def header(data: bytes) -> bytes:
    return data[:100] + bytes(300) + data[400:]


def page(data: bytes) -> bytes:
    return data[: 40 * 4096] + os.urandom(4096) + data[41 * 4096 :]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize("spoil", [header, page, cut], ids=lambda one: one.__name__)
def test_a_damaged_ledger_says_what_can_be_restored(office: Path, spoil: Callable[[bytes], bytes]) -> None:
    with keeping.open_for_work(office, "王芳") as ledger:
        backup.back_up(ledger.database, ledger.path)
        head = ledger.value("SELECT max(no) FROM write_log")
        add_bank(ledger, "测试一")
        add_bank(ledger, "测试二")
    damaged = spoil(office.read_bytes())
    office.write_bytes(damaged)
    with pytest.raises(LedgerDamaged, match="可恢复到 2022年1月5日 12:00 的备份") as caught:
        keeping.open_for_work(office, "王芳")
    assert is_sentence(caught.value.message)
    rescue = caught.value.rescue
    assert rescue is not None
    assert rescue.lost_writes in {2, None}
    assert office.read_bytes() == damaged
    with keeping.restore(office, Path(rescue.backup), "王芳") as ledger:
        assert ledger.value("SELECT max(no) FROM write_log") == head
        assert is_sentence(ledger.notice)
    (kept,) = office.parent.glob("*恢复前*")
    assert kept.read_bytes() == damaged


def test_a_damaged_page_lets_the_later_writes_be_counted(office: Path) -> None:
    with keeping.open_for_work(office, "王芳") as ledger:
        backup.back_up(ledger.database, ledger.path)
        add_bank(ledger, "测试一")
        root = ledger.value("SELECT rootpage FROM sqlite_master WHERE name = 'bank'")
    data = office.read_bytes()
    office.write_bytes(data[: (root - 1) * 4096] + os.urandom(4096) + data[root * 4096 :])
    rescue = keeping.rescue_of(office)
    assert rescue is not None
    assert rescue.lost_writes == 1
    assert "此后的 1 次写入要重新录入" in rescue.told


def test_a_damaged_backup_is_passed_over_for_an_older_sound_one(office: Path) -> None:
    with keeping.open_for_work(office, "王芳") as ledger:
        older = backup.back_up(ledger.database, ledger.path)
        newer = backup.back_up(ledger.database, ledger.path)
    newer.write_bytes(page(newer.read_bytes()))
    rescue = keeping.rescue_of(office)
    assert rescue is not None
    assert Path(rescue.backup) == older


def test_damaged_and_without_a_backup_it_says_so(office: Path) -> None:
    office.write_bytes(cut(office.read_bytes()))
    with pytest.raises(LedgerDamaged, match="没有找到完好的备份") as caught:
        keeping.open_for_work(office, "王芳")
    assert caught.value.rescue is None


def test_a_page_that_goes_bad_while_open_is_said(office: Path) -> None:
    """Another process does it: reading the file by hand in this one would drop its locks."""
    script = (
        "import os, sys\nwith open(sys.argv[1], 'rb+') as file:\n    file.seek(8 * 4096)\n"
        "    file.write(os.urandom(os.path.getsize(sys.argv[1]) - 8 * 4096))\n"
    )
    with keeping.open_for_work(office, "王芳") as ledger:
        subprocess.run([sys.executable, "-c", script, str(office)], check=True)
        ledger.database.execute_sql("PRAGMA shrink_memory")  # what was read before is read again
        with pytest.raises(LedgerDamaged, match="读不出来") as caught:
            ledger.rows("SELECT * FROM history")
    assert is_sentence(caught.value.message)


def vanish(path: Path) -> None:
    path.unlink()


def move(path: Path) -> None:
    path.rename(path.with_name("移走.ledger"))


def replaced(path: Path) -> None:
    other = path.with_name("另一份.ledger")
    shutil.copy(path, other)
    other.replace(path)


def folder_gone(path: Path) -> None:
    path.parent.rename(path.parent.with_name("改名的文件夹"))


@pytest.mark.skipif(os.name == "nt", reason="nobody may do that to an open file there")
@pytest.mark.parametrize("how", [vanish, move, replaced, folder_gone], ids=lambda one: one.__name__)
def test_a_ledger_that_vanishes_refuses_every_read_and_write(
    office: Path, tmp_path: Path, how: Callable[[Path], None]
) -> None:
    place = tmp_path / "里" / "台账.ledger"
    place.parent.mkdir()
    office.replace(place)
    with keeping.open_for_work(place, "王芳") as ledger:
        add_bank(ledger, "测试银行")
        how(place)
        for _ in range(2):
            with pytest.raises(LedgerVanished, match="台账文件不见了") as caught:
                ledger.value("SELECT count(*) FROM bank")
            with pytest.raises(LedgerVanished, match="台账文件不见了"):
                add_bank(ledger, "测试二")
            with pytest.raises(LedgerVanished, match="台账文件不见了"):
                keeping.look_at(ledger, "王芳")
        assert is_sentence(caught.value.message)
    left = [one for one in tmp_path.rglob("*") if one.is_file() and one.suffix == ".ledger"]
    for one in left:
        with open_ledger(one, read_only=True) as kept:
            assert banks(kept) == 1


@pytest.mark.skipif(os.name == "nt", reason="nobody may do that to an open file there")
def test_a_ledger_put_back_goes_on(office: Path) -> None:
    with keeping.open_for_work(office, "王芳") as ledger:
        move(office)
        with pytest.raises(LedgerVanished):
            add_bank(ledger, "测试银行")
        office.with_name("移走.ledger").rename(office)
        add_bank(ledger, "测试银行")
        assert banks(ledger) == 1


@pytest.mark.parametrize("command", ["import", "undo-import", "restore"])
def test_a_command_that_writes_respects_the_holder(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    made = tmp_path / "备份.ledger"
    shutil.copy(office, made)
    words = {"import": [str(ROOT / "resources" / "sample" / "01_规上企业名册.xlsx")], "restore": [str(made)]}
    held_by(office, ELSEWHERE)
    before = contents(tmp_path)
    assert cli.main([command, str(office), *words.get(command, [])]) == 1
    said = capsys.readouterr().err
    assert "张三@PC-03" in said
    assert is_sentence(said)
    assert contents(tmp_path) == before
    assert cli.main(["figures", str(office)]) == 0
    assert cli.main(["backup", str(office)]) == 0


def test_restoring_shows_first_what_it_would_undo(office: Path) -> None:
    with keeping.open_for_work(office, "王芳") as ledger:
        made = backup.back_up(ledger.database, ledger.path)
        add_bank(ledger, "测试银行")
        found = keeping.preview_restore(office, made)
    assert found.writes == 1
    assert [(one.desk, one.added.count, one.added.some) for one in found.desks] == [("银行", 1, ("测试银行",))]
    with keeping.restore(office, made, "王芳") as ledger:
        assert banks(ledger) == 0
        assert not ledger.read_only
        assert ledger.notice.startswith(f"已恢复到备份“{made.name}”；恢复前的台账另存为“办公室-恢复前-20220105-120000")
        assert keeping.preview_restore(office, made).told == "备份之后没有写入，恢复不会改变什么"


def test_a_restore_that_fails_opens_what_was_there(office: Path) -> None:
    made = office.with_name("坏.ledger")
    made.write_bytes(office.read_bytes()[:50_000])
    with keeping.restore(office, made, "王芳") as ledger:
        assert ledger.notice.startswith("没有恢复：")
        assert is_sentence(ledger.notice)
        add_bank(ledger, "测试银行")


def test_an_open_ledger_is_not_restored_under_itself(office: Path) -> None:
    with keeping.open_for_work(office, "王芳") as ledger:
        made = backup.back_up(ledger.database, ledger.path)
        with pytest.raises(BugError):
            keeping.restore_file(office, made, "王芳")


def test_a_held_ledger_is_not_restored(office: Path) -> None:
    with open_ledger(office, read_only=True) as ledger:
        made = backup.back_up(ledger.database, ledger.path)
    held_by(office, ELSEWHERE)
    before = contents(office.parent)
    with keeping.restore(office, made, "王芳") as ledger:
        assert ledger.read_only
        assert "没有恢复" in ledger.notice
        assert "张三@PC-03" in ledger.notice
    assert contents(office.parent) == before


def test_a_new_ledger_is_made_for_work(tmp_path: Path) -> None:
    with keeping.make_for_work(tmp_path / "新 台账.ledger", "王芳") as ledger:
        add_bank(ledger, "测试银行")
    assert list(contents(tmp_path)) == ["新 台账.ledger"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="找不到"):
        keeping.open_for_work(tmp_path / "没有" / "台账.ledger", "王芳")
