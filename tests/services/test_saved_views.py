"""Saved views: kept in the ledger for all, found again as they were, renamed, deleted, and left alone if unreadable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.db.models import Setting
from chain_office.domain.errors import KnownError
from chain_office.queries.facets import Between, Contains, OneOf
from chain_office.services.saved_views import (
    SavedView,
    remove_view,
    rename_view,
    save_view,
    saved_views,
    show_view,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

VIEW = SavedView(
    "常宁 & 逾期",
    "problems.overdue",
    {"district": "d1", "unit": None},
    ("enterprise", "e1", "甲公司"),
    (
        (OneOf("state", ("doing", ""), ("办理中", "（未填）")), "状态：办理中、（未填）"),
        (Between("deadline", "2021-01-01", None), "办结时限：2021-01-01 起"),
        (Between("total", 5, 7.5), "总投资：5 至 7.5"),
        (Contains("text", "100% “好”"), "问题：含…"),
    ),
    "=deadline",
    True,
    {"order": ["编号"], "hidden": ["灯"], "widths": {"编号": 90}, "frozen": 1},
    True,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "视图.ledger", create=True) as opened:
        yield opened


def test_a_view_comes_back_as_it_was(ledger: Ledger) -> None:
    saved = save_view(ledger, "甲", "problems", VIEW)
    assert saved_views(ledger, "problems") == (VIEW,)
    assert saved_views(ledger, "visits") == ()
    assert "常宁 & 逾期" in saved.said
    assert saved.write_no == ledger.value("SELECT max(write_no) FROM history")


def test_saving_under_the_same_name_replaces(ledger: Ledger) -> None:
    save_view(ledger, "甲", "problems", VIEW)
    save_view(ledger, "乙", "problems", SavedView(f"  {VIEW.name} ", "problems.open"))
    (view,) = saved_views(ledger, "problems")
    assert (view.name, view.chosen, view.conditions) == (VIEW.name, "problems.open", ())


def test_a_view_is_renamed_shown_and_deleted(ledger: Ledger) -> None:
    save_view(ledger, "甲", "problems", VIEW)
    save_view(ledger, "甲", "problems", SavedView("另一个"))
    rename_view(ledger, "甲", "problems", "另一个", "第二个")
    show_view(ledger, "甲", "problems", "第二个", shown=True)
    assert {view.name: view.shown for view in saved_views(ledger, "problems")} == {VIEW.name: True, "第二个": True}
    remove_view(ledger, "甲", "problems", VIEW.name)
    assert [view.name for view in saved_views(ledger, "problems")] == ["第二个"]
    binned = ledger.value("SELECT count(*) FROM setting WHERE deleted_at IS NOT NULL")
    assert binned == 1


@pytest.mark.parametrize(
    ("name", "word"), [("", "还没有名字"), (" \n", "还没有名字"), ("长" * 31, "太长"), ("另一个", "已经有")]
)
def test_what_cannot_be_a_name_is_said(ledger: Ledger, name: str, word: str) -> None:
    save_view(ledger, "甲", "problems", VIEW)
    save_view(ledger, "甲", "problems", SavedView("另一个"))
    with pytest.raises(KnownError, match=word):
        rename_view(ledger, "甲", "problems", VIEW.name, name)
    assert VIEW in saved_views(ledger, "problems")


def test_a_view_that_is_gone_is_said(ledger: Ledger) -> None:
    for act in (
        lambda: rename_view(ledger, "甲", "problems", "没有", "有"),
        lambda: show_view(ledger, "甲", "problems", "没有", shown=True),
        lambda: remove_view(ledger, "甲", "problems", "没有"),
    ):
        with pytest.raises(KnownError, match="已经不在了"):
            act()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"conditions": [{}]}',
        '{"conditions": [{"kind": "new", "facet": "x", "said": ""}]}',
        '{"pin": ["a"]}',
    ],
)
def test_what_cannot_be_read_is_left_alone(ledger: Ledger, text: str) -> None:
    save_view(ledger, "甲", "problems", VIEW)
    with ledger.write("乙", "后来的版本") as writer:
        writer.insert(Setting, {"key": "view:problems:看不懂", "value": text})
    assert saved_views(ledger, "problems") == (VIEW,)
    assert ledger.value("SELECT value FROM setting WHERE key = 'view:problems:看不懂'") == text or not text
