"""A full disk: one sentence, exit 1, what was there stays, nothing half-written is left.

Each size of a small file system is a disk that fills up at another moment of the work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from chain_office import cli
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank
from chain_office.domain.errors import KnownError
from chain_office.paths import resource
from tests.refusals import contents, is_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of that many bytes. Needs root; without it the tests are skipped, not passed."""
    if os.name == "nt" or shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("a small file system needs root")
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no mounts are allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=True)


def export(disk: Path) -> list[str]:
    return ["export", str(disk / "台账.ledger"), str(disk / "导出.xlsx")]


def pack(disk: Path) -> list[str]:
    return ["pack", str(disk / "台账.ledger"), str(disk / "材料.pdf")]


def chart(disk: Path) -> list[str]:
    return ["chart", str(disk / "台账.ledger"), "output-monthly", str(disk / "图.png")]


def back_up(disk: Path) -> list[str]:
    return ["backup", str(disk / "台账.ledger"), str(disk)]


def restore(disk: Path) -> list[str]:
    return ["restore", str(disk / "台账.ledger"), str(disk / "备份.ledger")]


def take_in(disk: Path) -> list[str]:
    books = sorted(resource("sample").glob("0[34]*.xlsx"))
    return ["import", str(disk / "台账.ledger"), *map(str, books)]


def undo(disk: Path) -> list[str]:
    return ["undo-import", str(disk / "台账.ledger")]


@pytest.mark.parametrize("room", [0, 40_000])
@pytest.mark.parametrize("command", [export, pack, chart, back_up, restore], ids=lambda one: one.__name__)
def test_what_does_not_fit_leaves_everything_as_it_was(
    sample_office: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: Callable[[Path], list[str]],
    room: int,
) -> None:
    ledger = sample_office.read_bytes()
    copies = 2 if command is restore else 1
    pages = copies * (len(ledger) + 4095) // 4096 + 6 + room // 4096
    with small_disk(tmp_path / "盘", pages * 4096) as disk:
        (disk / "台账.ledger").write_bytes(ledger)
        if command is restore:
            (disk / "备份.ledger").write_bytes(ledger)
        for old in ("导出.xlsx", "材料.pdf", "图.png"):
            (disk / old).write_bytes(b"old")
        before = contents(disk)
        code = cli.main(command(disk))
        said = capsys.readouterr()
        assert (code, said.out) == (1, "")
        assert is_sentence(said.err), said.err
        assert "磁盘空间不足" in said.err
        assert contents(disk) == before


@pytest.mark.parametrize("room", [0, 8192, 65_536, 300_000])
@pytest.mark.parametrize("command", [undo, take_in], ids=lambda one: one.__name__)
def test_a_write_that_does_not_fit_is_taken_back(
    sample_office: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: Callable[[Path], list[str]],
    room: int,
) -> None:
    source = sample_office
    if command is take_in:
        source = tmp_path / "空.ledger"
        open_ledger(source, create=True).close()
    ledger = source.read_bytes()
    with small_disk(tmp_path / "盘", (len(ledger) // 4096 + 2) * 4096 + room) as disk:
        (disk / "台账.ledger").write_bytes(ledger)
        code = cli.main(command(disk))
        said = capsys.readouterr()
        assert code == 1
        assert is_sentence(said.err), said.err
        assert "磁盘空间不足" in said.err
        assert contents(disk) == {"台账.ledger": ledger}


@pytest.mark.parametrize("size", [16_384, 700_000, 1_900_000])
@pytest.mark.parametrize("command", ["sample", "import"])
def test_a_new_ledger_that_does_not_fit_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, size: int
) -> None:
    books = [str(one) for one in sorted(resource("sample").glob("*.xlsx"))] if command == "import" else []
    with small_disk(tmp_path / "盘", size) as disk:
        code = cli.main([command, str(disk / "新.ledger"), *books])
        said = capsys.readouterr()
        assert code == 1
        assert is_sentence(said.err), said.err
        assert "磁盘空间不足" in said.err
        assert "新.ledger" in said.err
        assert contents(disk) == {}


def test_the_same_connection_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "盘", 1_500_000) as disk:
        with open_ledger(disk / "台账.ledger", create=True) as ledger:
            ballast = disk / "ballast"
            with pytest.raises(OSError, match="space"):
                ballast.write_bytes(bytes(1_500_000))
            with pytest.raises(KnownError, match="磁盘空间不足"):
                fill(ledger)
            ballast.unlink()
            assert ledger.value("SELECT count(*) FROM bank") == 0
            fill(ledger)
            assert ledger.value("SELECT count(*) FROM bank") == 300
        assert list(contents(disk)) == ["台账.ledger"]


def fill(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        writer.insert_many(Bank, [{"name": f"第{at}银行", "verified": True} for at in range(300)])
