"""A landed prospect becomes a project: one write, taken back whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit
from chain_office.queries.projects import counts_by_stage
from chain_office.services import editing
from chain_office.services.checks import check_ledger
from chain_office.services.ledgers import open_ledger
from chain_office.services.lists.landing import land

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    """A copy of the sample."""
    with open_ledger(office) as opened:
        yield opened


def prospect(ledger: Ledger, name: str) -> str:
    return str(ledger.value("SELECT id FROM prospect WHERE name = ?", (name,)))


def test_it_takes_its_words_along_and_is_planned_from_the_day_on(ledger: Ledger) -> None:
    mine = prospect(ledger, "示例铜基复合带材项目")
    before, writes = counts_by_stage(ledger, DAY), ledger.value("SELECT count(*) FROM write_log")
    saved = land(ledger, mine, DAY, "王敏")
    assert ledger.value("SELECT count(*) FROM write_log") == writes + 1
    assert saved.said == "“示例铜基复合带材项目”已落地，转为拟开工项目"
    assert counts_by_stage(ledger, DAY)["planned"] == before["planned"] + 1
    assert counts_by_stage(ledger, date(2021, 11, 18)) == before  # not planned yet the day before
    (row,) = ledger.rows(
        "SELECT p.name, p.owner, p.total_yuan, p.segment_id, p.district_id, t.landed_day FROM prospect t "
        "JOIN project p ON p.id = t.project_id WHERE t.id = ?",
        (mine,),
    )
    (theirs,) = ledger.rows(
        "SELECT name, investor, total_yuan, segment_id, district_id FROM prospect WHERE id = ?", (mine,)
    )
    assert row[:5] == theirs
    assert row[5] == DAY.isoformat()
    assert all(result.passed for result in check_ledger(ledger))


def test_undo_takes_project_link_and_day_back(ledger: Ledger) -> None:
    mine, before = prospect(ledger, "示例铜基复合带材项目"), counts_by_stage(ledger, DAY)
    saved = land(ledger, mine, DAY, "王敏")
    editing.undo(ledger, saved.write_no, "王敏")
    assert counts_by_stage(ledger, DAY) == before
    assert ledger.rows("SELECT project_id, landed_day FROM prospect WHERE id = ?", (mine,)) == [(None, None)]


def test_a_project_of_the_same_name_is_linked_not_doubled(ledger: Ledger) -> None:
    editing.save(ledger, Edit("project", "", 0, {"name": "示例 动力电池回收拆解项目"}), "王敏")
    before = ledger.value("SELECT count(*) FROM project")
    saved = land(ledger, prospect(ledger, "示例动力电池回收拆解项目"), DAY, "王敏")
    assert "已有同名项目" in saved.said
    assert ledger.value("SELECT count(*) FROM project") == before


def test_one_that_was_given_up_or_has_landed_is_refused(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="终止"):
        land(ledger, prospect(ledger, "示例锌合金卫浴件项目"), DAY, "王敏")
    with pytest.raises(KnownError, match="不用再转"):
        land(ledger, prospect(ledger, "示例甘溪稀土抛光粉项目"), DAY, "王敏")


def test_it_does_not_land_before_it_was_signed(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="签约时间 2021-09-28 晚于"):
        land(ledger, prospect(ledger, "示例铜基复合带材项目"), date(2021, 9, 1), "王敏")
