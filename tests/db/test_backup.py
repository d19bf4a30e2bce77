"""Backups are checked before they count; restoring keeps what was there; upgrading copies first."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from chain_office.db import backup, engine, guard, migrations, schema
from chain_office.db.ledger import NeedsUpgrade, open_ledger
from chain_office.db.models import Bank
from chain_office.domain.errors import BugError, KnownError
from chain_office.services.ledgers import open_existing
from tests.db.test_sharing import broken_off, held
from tests.refusals import contents, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRESENT = migrations.newest()
NEXT = (PRESENT + 1, "ALTER TABLE bank ADD COLUMN motto TEXT;\nUPDATE bank SET motto = '';\n")


def fill(path: Path, *names: str) -> None:
    with open_ledger(path) as ledger, ledger.write("甲", "登记") as writer:
        writer.insert_many(Bank, [{"name": name, "verified": True} for name in names])


def banks(path: Path) -> list[str]:
    with open_ledger(path, read_only=True) as ledger:
        return [row[0] for row in ledger.rows("SELECT name FROM bank ORDER BY name")]


def back_up(path: Path, folder: Path | None = None) -> Path:
    with open_ledger(path, read_only=True) as ledger:
        return backup.back_up(ledger.database, path, folder)


def spoil_index(path: Path) -> None:
    """Damage that only the full check sees: an index that says something else than its table."""
    with sqlite3.connect(path) as other:
        other.execute("INSERT INTO setting(id, key, value) VALUES ('a', 'a-key-of-its-own', 'v')")
        root = other.execute("SELECT rootpage FROM sqlite_master WHERE name = 'one_setting'").fetchone()[0]
    other.close()
    data = path.read_bytes()
    at = data.index(b"a-key-of-its-own", (root - 1) * 4096, root * 4096)
    path.write_bytes(data[:at] + b"b" + data[at + 1 :])


def test_a_backup_is_a_ledger_of_its_own(path: Path) -> None:
    fill(path, "一", "二")
    made = back_up(path)
    assert made == path.parent / "产业链 台账-备份" / "产业链 台账-20220105-120000.ledger"
    assert banks(made) == ["一", "二"]
    assert back_up(path).name == "产业链 台账-20220105-120000-2.ledger"
    assert len(contents(path.parent)) == 3


def test_a_backup_goes_where_it_is_told(path: Path, tmp_path: Path) -> None:
    made = back_up(path, tmp_path / "U盘" / "备份")
    assert made.parent == tmp_path / "U盘" / "备份"


def test_a_place_that_cannot_be_made_is_said(path: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with refused(tmp_path, "备份文件夹"):
        back_up(path, tmp_path / "文件")


def test_a_damaged_ledger_makes_no_backup(path: Path) -> None:
    spoil_index(path)
    open_ledger(path, read_only=True).close()
    with refused(path.parent, "损坏"):
        backup.verify(path)
    (path.parent / "备份").mkdir()
    with refused(path.parent, "损坏"):
        back_up(path, path.parent / "备份")


def test_restoring_keeps_what_was_there_beside(path: Path) -> None:
    fill(path, "旧")
    made = back_up(path)
    fill(path, "新")
    kept = backup.restore(path, made)
    assert kept == path.with_name("产业链 台账-恢复前-20220105-120000.ledger")
    assert (banks(path), banks(kept), banks(made)) == (["旧"], ["新", "旧"], ["旧"])
    again = backup.restore(path, made)
    assert again is not None
    assert again.name == "产业链 台账-恢复前-20220105-120000-2.ledger"
    assert len(contents(path.parent)) == 4


def test_restoring_where_nothing_is_makes_the_ledger(path: Path, tmp_path: Path) -> None:
    fill(path, "旧")
    assert backup.restore(tmp_path / "别处.ledger", path) is None
    assert banks(tmp_path / "别处.ledger") == ["旧"]


def test_restoring_over_what_is_damaged_or_no_ledger_keeps_it(path: Path, tmp_path: Path) -> None:
    for data in (b"", b"text", path.read_bytes()[:5000]):
        place = tmp_path / "坏.ledger"
        place.write_bytes(data)
        kept = backup.restore(place, path)
        assert kept is not None
        assert kept.read_bytes() == data
        assert banks(place) == []


@pytest.mark.parametrize("cut", [0, 50, 5000, -4096])
def test_a_damaged_backup_is_refused(path: Path, cut: int) -> None:
    fill(path, "旧")
    made = back_up(path)
    made.write_bytes(made.read_bytes()[:cut])
    with refused(path.parent):
        backup.restore(path, made)


def test_a_backup_is_not_restored_onto_itself(path: Path) -> None:
    with refused(path.parent, "同一个文件"):
        backup.restore(path, path)


def test_a_missing_backup_is_said(path: Path) -> None:
    with refused(path.parent, "找不到"):
        backup.restore(path, path.with_name("没有.ledger"))


def test_a_ledger_in_use_is_not_replaced(path: Path) -> None:
    made = back_up(path)
    with held(path, "BEGIN IMMEDIATE"), refused(path.parent, "正被另一个"):
        backup.restore(path, made)


def test_a_broken_off_write_does_not_get_into_the_restored_ledger(path: Path) -> None:
    fill(path, "旧")
    made = back_up(path)
    broken_off(path)
    kept = backup.restore(path, made)
    assert kept is not None
    assert not guard.has_journal(path)
    assert (banks(path), banks(kept)) == (["旧"], ["旧"])


def test_a_stray_journal_is_not_played_into_the_restored_ledger(path: Path) -> None:
    """Somebody deleted the broken ledger and left its journal: SQLite would play it into whatever takes the name."""
    fill(path, "旧")
    made = back_up(path)
    broken_off(path)
    journal = guard.journal_of(path).read_bytes()
    path.unlink()
    assert backup.restore(path, made) is None
    assert not guard.journal_of(path).exists()
    assert banks(path) == ["旧"]
    assert journal in contents(path.parent).values()


def test_a_journal_that_cannot_be_played_goes_along_with_its_ledger(path: Path) -> None:
    made = back_up(path)
    broken_off(path)
    journal = guard.journal_of(path).read_bytes()
    path.write_bytes(b"not a ledger any more" * 100)
    kept = backup.restore(path, made)
    assert kept is not None
    assert guard.journal_of(kept).read_bytes() == journal
    assert not guard.journal_of(path).exists()


def test_without_hard_links_the_old_ledger_is_renamed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path, "旧")
    made = back_up(path)
    monkeypatch.setattr(type(path), "hardlink_to", lambda *_: (_ for _ in ()).throw(OSError(1, "no links")))
    kept = backup.restore(path, made)
    assert kept is not None
    assert banks(kept) == banks(path) == ["旧"]


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An imagined next version of the program, with a step of its own."""
    steps = [*migrations.steps(), NEXT]
    monkeypatch.setattr(migrations, "steps", lambda: steps)
    yield
    schema.expected.cache_clear()


@pytest.mark.usefixtures("next_version")
def test_an_older_ledger_is_copied_then_migrated(path: Path, empty_ledger: Path) -> None:
    with open_ledger(path) as ledger:
        assert migrations.version_of(ledger.database) == PRESENT + 1
        assert "motto" in [row[1] for row in ledger.rows("PRAGMA table_info(bank)")]
        guard.admit(ledger.database, path, thorough=True)
    copies = list((path.parent / "产业链 台账-备份").iterdir())
    assert [one.name for one in copies] == [f"产业链 台账-20220105-120000-升级前-格式{PRESENT}.ledger"]
    with sqlite3.connect(copies[0]) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (PRESENT,)
    copy.close()
    open_ledger(path).close()
    assert len(list((path.parent / "产业链 台账-备份").iterdir())) == 1
    with open_ledger(path) as ledger, ledger.write("甲", "改") as writer:
        bank = writer.insert(Bank, {"name": "银行", "verified": True})
        writer.derive("UPDATE bank SET motto = 'x' WHERE id = ?", (bank,))
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.value("SELECT after FROM history WHERE field = 'motto'") == "x"


@pytest.mark.usefixtures("next_version")
def test_reading_an_older_ledger_asks_for_writing_once(path: Path) -> None:
    before = contents(path.parent)
    with pytest.raises(NeedsUpgrade):
        open_ledger(path, read_only=True)
    assert contents(path.parent) == before
    with open_existing(path, read_only=True) as ledger:
        assert migrations.version_of(ledger.database) == PRESENT + 1


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE bank ADD COLUMN motto TEXT;\nINSERT INTO nowhere VALUES (1);\n",
        "CREATE TABLE more (id TEXT, FOREIGN KEY (id) REFERENCES bank (id));\nINSERT INTO more VALUES ('dangling');\n",
        "UPDATE bank SET name = NULL;\n",
    ],
)
def test_a_failing_upgrade_leaves_every_byte(path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    fill(path, "旧")
    before = path.read_bytes()
    steps = [*migrations.steps(), (PRESENT + 1, text)]
    monkeypatch.setattr(migrations, "steps", lambda: steps)
    with pytest.raises((KnownError, BugError)):
        open_ledger(path)
    assert path.read_bytes() == before
    assert not guard.has_journal(path)
    monkeypatch.undo()
    assert banks(path) == ["旧"]


@pytest.mark.usefixtures("next_version")
def test_without_its_copy_nothing_is_upgraded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path.parent / "产业链 台账-备份").touch()
    with refused(path.parent, "备份文件夹"):
        open_ledger(path)


def test_copying_does_not_wait_for_a_lock_without_end(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = tuple((name, 100 if name == "busy_timeout" else value) for name, value in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", pragmas)
    with (
        open_ledger(path, read_only=True) as ledger,
        held(path, "BEGIN EXCLUSIVE"),
        pytest.raises(KnownError, match="正被另一个"),
    ):
        backup.copy_to(ledger.database, path, tmp_path / "份.ledger")
    assert not (tmp_path / "份.ledger").exists()
