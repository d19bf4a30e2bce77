"""A draft survives a crash: one whole file a form, damaged ones set aside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from chain_office import clock
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Loaded
from chain_office.services.drafts import Drafts

if TYPE_CHECKING:
    from pathlib import Path

LOADED = Loaded("visit", "v1", 7, "远山铜业 走访", {})
NEW = Loaded("visit", "", 0, "新增走访记录", {})
TEXTS = {"q1_status": "正常\n“引号”\\ 反斜杠", "day": "3.15"}


def test_what_is_kept_is_found_again_by_another_program(tmp_path: Path) -> None:
    kept = Drafts(tmp_path / "草稿").keep(LOADED.draft_key, LOADED, TEXTS)
    found = Drafts(tmp_path / "草稿").find(LOADED.draft_key)
    assert found == kept
    assert found is not None
    assert dict(found.texts) == TEXTS
    assert (found.table, found.row_id, found.version, found.title) == ("visit", "v1", 7, "远山铜业 走访")
    assert found.when.startswith("1月5日")


def test_a_form_without_a_draft_finds_none(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "没有")
    assert drafts.find("visit:v1") is None
    assert drafts.all() == ()
    drafts.drop("visit:v1")


def test_the_last_one_kept_counts_and_a_dropped_one_is_gone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(LOADED.draft_key, LOADED, TEXTS)
    drafts.keep(LOADED.draft_key, LOADED, {"day": "3.16"})
    found = drafts.find(LOADED.draft_key)
    assert found is not None
    assert dict(found.texts) == {"day": "3.16"}
    assert len(list(tmp_path.iterdir())) == 1
    drafts.drop(LOADED.draft_key)
    assert list(tmp_path.iterdir()) == []


def test_all_drafts_are_told_latest_first(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(LOADED.draft_key, LOADED, TEXTS)
    clock.set_clock(lambda: datetime(2022, 1, 6, 12, tzinfo=UTC))
    drafts.keep(NEW.draft_key, NEW, TEXTS)
    assert [one.key for one in drafts.all()] == ["visit:new", "visit:v1"]


def test_a_key_is_never_a_path(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "草稿")
    drafts.keep("../../x:new:CON", NEW, TEXTS)
    assert [one.parent for one in tmp_path.rglob("*.json")] == [tmp_path / "草稿"]
    assert drafts.find("../../x:new:CON") is not None


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"null",
        b"[" * 100_000,
        b'{"format": 1}',
        b'{"format": 9, "key": "visit:v1", "table": "visit", "row_id": "", "version": 0, "title": "", "texts": {}, "at": ""}',
        b'{"format": 1, "key": "visit:v1", "table": "visit", "row_id": "", "version": 0, "title": "", '
        b'"texts": {"day": 5}, "at": "2022-01-05T12:00:00.000Z"}',
        b'{"format": 1, "key": "visit:v1", "table": "visit", "row_id": "", "version": 0, "title": "", "texts": {}, "at": "x"}',
    ],
)
def test_a_damaged_file_is_set_aside_and_stands_in_nobodys_way(tmp_path: Path, damage: bytes) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(LOADED.draft_key, LOADED, TEXTS)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert drafts.all() == ()
    assert drafts.find(LOADED.draft_key) is None
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [damage]
    drafts.keep(LOADED.draft_key, LOADED, TEXTS)
    assert drafts.find(LOADED.draft_key) is not None


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    with pytest.raises(KnownError, match="草稿文件夹"):
        Drafts(tmp_path / "文件" / "草稿").keep(LOADED.draft_key, LOADED, TEXTS)
    assert Drafts(tmp_path / "文件").all() == ()
