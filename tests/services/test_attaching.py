"""Files hung on a record: put in together, read back as they were, never run by themselves."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.services import attaching
from chain_office.services.ledgers import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger


@pytest.fixture
def ledger(sample_office: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the sample."""
    path = tmp_path / "台账.ledger"
    shutil.copyfile(sample_office, path)
    with open_ledger(path) as opened:
        yield opened


def _firm(ledger: Ledger) -> str:
    return str(ledger.value("SELECT id FROM enterprise WHERE deleted_at IS NULL ORDER BY number LIMIT 1"))


def _attached(ledger: Ledger) -> list[str]:
    return [row[0] for row in ledger.rows("SELECT id FROM attachment WHERE deleted_at IS NULL ORDER BY name")]


def test_files_come_back_as_they_went_in(ledger: Ledger, tmp_path: Path) -> None:
    """Two files, one write; the bytes are the same and go to a free name."""
    first, second = tmp_path / "照片 甲.jpg", tmp_path / "合同.pdf"
    first.write_bytes(b"\xff\xd8jpeg")
    second.write_bytes(b"%PDF")
    saved = attaching.attach_files(ledger, "enterprise", _firm(ledger), (first, second), "张三")
    assert "照片 甲.jpg、合同.pdf" in saved.said
    found = {one.name: one for one in (attaching.read(ledger, each) for each in _attached(ledger))}
    assert found["照片 甲.jpg"].data == b"\xff\xd8jpeg"
    put = attaching.put(found["合同.pdf"], second, free_name=True)
    assert put.name == "合同 (2).pdf"
    assert put.read_bytes() == b"%PDF"


def test_one_unreadable_file_keeps_all_out(ledger: Ledger, tmp_path: Path) -> None:
    """Nothing is half attached."""
    good = tmp_path / "好的.txt"
    good.write_text("甲", encoding="utf-8")
    with pytest.raises(KnownError, match="没了"):
        attaching.attach_files(ledger, "enterprise", _firm(ledger), (good, tmp_path / "没了.txt"), "张三")
    assert not _attached(ledger)


@pytest.mark.parametrize(
    ("name", "runs"), [("程序.EXE", True), ("链接.lnk", True), ("表.xlsx", False), ("无名", False)]
)
def test_what_would_run_is_known(ledger: Ledger, tmp_path: Path, name: str, *, runs: bool) -> None:
    """A program hung on a record is only ever saved."""
    path = tmp_path / name
    path.write_bytes(b"x")
    attaching.attach_files(ledger, "enterprise", _firm(ledger), (path,), "张三")
    assert attaching.read(ledger, _attached(ledger)[0]).runs is runs


def test_taken_off_and_gone(ledger: Ledger, tmp_path: Path) -> None:
    """A removed attachment is in the bin; an unknown one is said in words."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    attaching.attach_files(ledger, "enterprise", _firm(ledger), (path,), "张三")
    assert "a.txt" in attaching.bin_attachment(ledger, _attached(ledger)[0], "张三").said
    assert not _attached(ledger)
    with pytest.raises(KnownError, match="找不到这个附件"):
        attaching.bin_attachment(ledger, "没有", "张三")
