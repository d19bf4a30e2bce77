"""Common issues: problems hung on one item, moved, taken off, the item dissolved; each act one write that can be undone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.queries.common_issue_members import candidates, issue_names, members, of_issue
from chain_office.queries.problem_desk import common_issues as standing
from chain_office.services import common_issues as service
from chain_office.services.calendar import work_calendar
from chain_office.services.editing import undo
from chain_office.services.ledgers import open_ledger

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


def problems(ledger: Ledger, number: int, skip: int = 0) -> list[str]:
    """Some problems, by number."""
    found = ledger.rows("SELECT id FROM problem ORDER BY number LIMIT ? OFFSET ?", (number, skip))
    return [row[0] for row in found]


def writes(ledger: Ledger) -> int:
    return int(ledger.value("SELECT count(*) FROM write_log"))


def test_an_item_is_made_with_its_problems_in_one_write_and_counts_them(ledger: Ledger) -> None:
    ids, before = problems(ledger, 4), writes(ledger)
    saved = service.create(ledger, "  园区 用电成本高 ", ids, DAY, "王敏")
    assert writes(ledger) == before + 1
    assert saved.said == "已新建共性问题“园区 用电成本高”，归入 4 个问题"
    (one,) = standing(ledger, DAY, work_calendar(ledger))
    assert (one.name, one.problems, one.proposed) == ("园区 用电成本高", 4, DAY)
    assert {card.id for card in one.cards} == set(ids)
    assert one.firms == ledger.value(
        f"SELECT count(DISTINCT enterprise_id) FROM problem WHERE id IN ({','.join('?' * 4)})", ids
    )


def test_undo_takes_the_item_and_its_problems_back_together(ledger: Ledger) -> None:
    ids = problems(ledger, 3)
    saved = service.create(ledger, "外地职工住房不足", ids, DAY, "王敏")
    undo(ledger, saved.write_no, "王敏")
    assert issue_names(ledger) == ()
    assert {one.issue_id for one in members(ledger, ids)} == {""}


def test_what_all_its_problems_share_the_item_takes_over(ledger: Ledger) -> None:
    category, unit = ledger.rows(
        "SELECT category_id, lead_unit_id FROM problem WHERE category_id IS NOT NULL AND lead_unit_id IS NOT NULL "
        "GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 1"
    )[0]
    same = [
        row[0]
        for row in ledger.rows("SELECT id FROM problem WHERE category_id = ? AND lead_unit_id = ?", (category, unit))
    ]
    saved = service.create(ledger, "同类同单位", same, DAY, "王敏")
    kept = ledger.rows("SELECT category_id, lead_unit_id FROM common_issue WHERE id = ?", (saved.row_id,))
    assert kept == [(category, unit)]
    other = ledger.value("SELECT id FROM problem WHERE category_id <> ? LIMIT 1", (category,))
    mixed = service.create(ledger, "两类", [same[0], str(other)], DAY, "王敏")
    assert ledger.value("SELECT category_id FROM common_issue WHERE id = ?", (mixed.row_id,)) is None


def test_a_problem_hangs_on_one_item_only_and_it_is_said_where_it_came_from(ledger: Ledger) -> None:
    ids = problems(ledger, 3)
    first = service.create(ledger, "甲类", ids[:2], DAY, "王敏")
    second = service.create(ledger, "乙类", ids[2:], DAY, "王敏")
    moved = service.add(ledger, second.row_id, ids, "王敏")
    assert moved.said == "已把 2 个问题归入“乙类”（其中 2 个从“甲类”移来）"
    assert of_issue(ledger, first.row_id) == ()
    assert set(of_issue(ledger, second.row_id)) == set(ids)
    before = writes(ledger)
    assert service.add(ledger, second.row_id, ids, "王敏").write_no == 0
    assert writes(ledger) == before


def test_problems_are_taken_off_and_an_item_is_dissolved_without_touching_its_problems(ledger: Ledger) -> None:
    ids = problems(ledger, 3)
    saved = service.create(ledger, "丙类", ids, DAY, "王敏")
    assert service.take_off(ledger, ids[:1], "王敏").said == "已把 1 个问题移出“丙类”"
    states = ledger.rows("SELECT id, state FROM problem ORDER BY id")
    service.dissolve(ledger, saved.row_id, "王敏")
    assert issue_names(ledger) == ()
    assert {one.issue_id for one in members(ledger, ids)} == {""}
    assert ledger.rows("SELECT id, state FROM problem ORDER BY id") == states


@pytest.mark.parametrize(
    ("name", "told"), [("   ", "还没有名称"), ("长" * 61, "61 个字"), ("丁类", "已有同名的共性问题 GX0001")]
)
def test_a_name_that_will_not_do_is_refused_in_words(ledger: Ledger, name: str, told: str) -> None:
    service.create(ledger, "丁类", (), DAY, "王敏")
    before = writes(ledger)
    with pytest.raises(KnownError, match=told):
        service.create(ledger, name, problems(ledger, 1), DAY, "王敏")
    assert writes(ledger) == before


def test_a_problem_in_the_bin_and_an_item_that_is_gone_are_refused(ledger: Ledger) -> None:
    ids = problems(ledger, 2)
    saved = service.create(ledger, "戊类", ids[:1], DAY, "王敏")
    with pytest.raises(KnownError, match="其中 1 个问题"):
        service.add(ledger, saved.row_id, [ids[1], "nobody"], "王敏")
    service.dissolve(ledger, saved.row_id, "王敏")
    with pytest.raises(KnownError, match="已不在台账里"):
        service.add(ledger, saved.row_id, ids, "王敏")


def test_those_of_the_same_category_that_hang_nowhere_are_offered_first(ledger: Ledger) -> None:
    category = ledger.value(
        "SELECT category_id FROM problem WHERE category_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    same = [row[0] for row in ledger.rows("SELECT id FROM problem WHERE category_id = ? ORDER BY number", (category,))]
    saved = service.create(ledger, "己类", same[:1], DAY, "王敏")
    elsewhere = service.create(ledger, "庚类", same[1:2], DAY, "王敏")
    found = candidates(ledger, saved.row_id, None)
    assert same[0] not in {one.id for one in found}
    assert {one.id for one in found[: len(same) - 2]} == set(same[2:])
    assert (found[-1].id, found[-1].issue) == (same[1], "庚类")
    only = candidates(ledger, elsewhere.row_id, frozenset(same[:1]))
    assert [one.id for one in only] == same[:1]


def test_problems_that_read_like_those_on_an_item_are_proposed(ledger: Ledger) -> None:
    def of(words: str) -> list[str]:
        rows = ledger.rows("SELECT id FROM problem WHERE text LIKE ? ORDER BY number", (f"%{words}%",))
        return [row[0] for row in rows]

    like = of("宿舍")
    assert like
    saved = service.create(ledger, "外地职工宿舍不足", (), DAY, "王敏")
    found = service.proposals(ledger, saved.row_id)
    assert like[0] in found
    assert any("宿舍" in word for word in found[like[0]])
    service.add(ledger, saved.row_id, like, "王敏")
    assert not set(like) & set(service.proposals(ledger, saved.row_id))
