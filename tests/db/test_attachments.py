"""Files kept in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.db import attachments
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Enterprise
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_kept_once_and_comes_back_whole(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "台账.ledger", create=True) as ledger:
        with ledger.write("张三", "附件") as writer:
            firm = writer.insert(Enterprise, {"name": "甲厂"})
            first = attachments.attach(writer, Enterprise, firm, "照片.jpg", b"\x00picture")
            second = attachments.attach(writer, Enterprise, firm, "同一张.jpg", b"\x00picture")
        assert attachments.read(ledger, first) == attachments.read(ledger, second) == b"\x00picture"
        assert ledger.value("SELECT count(*) FROM blob") == 1


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\张三\\报表.xlsx", "报表.xlsx"),
        ("a\x00b\n.txt", "ab.txt"),
        ("..", "附件"),
        ("<b>.doc", "b.doc"),
    ],
)
def test_a_name_is_text_and_never_a_path(given: str, shown: str) -> None:
    assert attachments.shown_name(given) == shown


def test_damaged_bytes_are_said(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "台账.ledger", create=True) as ledger:
        with ledger.write("张三", "附件") as writer:
            firm = writer.insert(Enterprise, {"name": "甲厂"})
            kept = attachments.attach(writer, Enterprise, firm, "说明.txt", b"one")
        ledger.database.execute_sql("UPDATE blob SET data = x'00'")
        with pytest.raises(KnownError, match="不一致"):
            attachments.read(ledger, kept)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 3)
    with open_ledger(tmp_path / "台账.ledger", create=True) as ledger:
        with pytest.raises(KnownError, match="最大"), ledger.write("张三", "附件") as writer:
            attachments.attach(writer, Enterprise, "x", "大.bin", b"1234")
        assert ledger.value("SELECT count(*) FROM attachment") == 0
