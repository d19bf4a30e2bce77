"""Outputs are whole or not there; what a killed program left is swept away after a day."""

from __future__ import annotations

import errno
import os
import time
from typing import TYPE_CHECKING

import pytest

from chain_office import files
from chain_office.domain.errors import KnownError
from tests.refusals import contents, is_sentence, refused

if TYPE_CHECKING:
    from pathlib import Path


class Stopped(Exception):
    """The work broke off."""


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "材料.pdf"
    files.write_bytes(target, b"one")
    files.write_bytes(target, b"two")
    assert contents(tmp_path) == {"材料.pdf": b"two"}


def test_what_breaks_off_leaves_the_old_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "材料.pdf"
    target.write_bytes(b"old")

    def half() -> None:
        with files.atomic_output(target) as temporary:
            temporary.write_bytes(b"half")
            raise Stopped

    with pytest.raises(Stopped):
        half()
    assert contents(tmp_path) == {"材料.pdf": b"old"}


@pytest.mark.parametrize(
    ("number", "match"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "没有权限"),
        (errno.EIO, "没有写出"),
    ],
)
def test_each_failure_of_the_disk_is_a_sentence(tmp_path: Path, number: int, match: str) -> None:
    target = tmp_path / "材料.pdf"
    target.write_bytes(b"old")
    with pytest.raises(KnownError, match=match) as caught, files.atomic_output(target):
        raise OSError(number, os.strerror(number))
    assert is_sentence(caught.value.message)
    assert contents(tmp_path) == {"材料.pdf": b"old"}


def test_a_folder_or_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    for target in (tmp_path / "夹", tmp_path / "没有" / "材料.pdf"):
        with refused(tmp_path):
            files.write_bytes(target, b"x")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管")
    with pytest.raises(KnownError, match="普通文件"):
        files.write_bytes(tmp_path / "管", b"x")
    assert (tmp_path / "管").is_fifo()


def test_a_long_chinese_name_is_no_trouble(tmp_path: Path) -> None:
    target = tmp_path / ("长" * 80 + ".pdf")
    files.write_bytes(target, b"x")
    assert contents(tmp_path) == {target.name: b"x"}


def test_leftovers_of_a_killed_program_go_after_a_day(tmp_path: Path) -> None:
    old = tmp_path / ".~材料.pdf.0011aabb.tmp"
    old_journal = tmp_path / ".~新.ledger.0011aabb.tmp-journal"
    young = tmp_path / ".~材料.pdf.0011aabc.tmp"
    other = tmp_path / "别人的.tmp"
    for one in (old, old_journal, young, other):
        one.touch()
    for one in (old, old_journal, other):
        os.utime(one, (time.time() - 90_000,) * 2)
    files.write_bytes(tmp_path / "材料.pdf", b"x")
    assert set(contents(tmp_path)) == {"材料.pdf", young.name, other.name}


def test_a_file_held_by_another_program_is_waited_for_then_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows' sharing violation, as the file system would report it."""

    class Held(OSError):
        winerror = 32

    tries = []

    def held(*_: object) -> None:
        tries.append(1)
        raise Held(13, "sharing violation")

    moments = iter(range(100))
    monkeypatch.setattr(files, "_pause", lambda _: None)
    monkeypatch.setattr("chain_office.files.time.monotonic", lambda: next(moments) / 2)
    monkeypatch.setattr(type(tmp_path), "replace", held)
    with pytest.raises(KnownError, match="其他程序"):
        files.write_bytes(tmp_path / "材料.pdf", b"x")
    assert len(tries) > 2
    assert contents(tmp_path) == {}
