"""Search results: titles, excerpts, the record to open, pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.db.models import Enterprise, Match, Park, Problem, ProblemEvent, Unit, Visit
from chain_office.db.searchable import TEXTS
from chain_office.queries import search
from chain_office.queries.search import Excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "查.ledger", create=True) as opened:
        yield opened


def test_a_hit_says_what_was_found_where_and_what_to_open(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "示例铜业"})
        visit = writer.insert(
            Visit, {"enterprise": firm, "day": date(2021, 3, 1), "q2_problem": "去年以来" * 10 + "流动资金abc紧张"}
        )
        problem = writer.insert(Problem, {"text": "用地手续未办"})
        step = {"problem": problem, "seq": 1, "kind": "note", "state": "doing"}
        writer.insert(ProblemEvent, {**step, "text": "已受理"})
        writer.insert(ProblemEvent, {**step, "seq": 2, "text": "银行说资金ABC到位"})
    first, second = search.search(ledger, "资金AbC").hits
    assert (first.table, first.id, first.title) == ("problem", problem, "用地手续未办")
    assert first.excerpt == Excerpt("内容", "银行说", "资金ABC", "到位")
    assert (second.table, second.id, second.title) == ("visit", visit, "示例铜业 2021-03-01")
    assert second.excerpt == Excerpt("存在困难和问题", ("去年以来" * 10 + "流动")[-20:], "资金abc", "紧张")


def test_words_are_told_apart_by_blanks_and_all_must_be_there(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        both = writer.insert(Problem, {"text": "用工难", "demand": "融资支持"})
        writer.insert(Problem, {"text": "融资难"})
    assert [hit.id for hit in search.search(ledger, " 融资　用工 ").hits] == [both]
    assert search.count(ledger, "融资") == 2
    assert search.search(ledger, "  ").hits == ()


def test_pages_follow_on(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        made = [writer.insert(Unit, {"name": f"第{number}局"}) for number in range(5)]
    page = search.search(ledger, "局", limit=3)
    rest = search.search(ledger, "局", limit=3, before=page.next)
    assert [hit.id for hit in (*page.hits, *rest.hits)] == made[::-1]
    assert rest.next is None


def test_a_park_may_be_the_borrower(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        park = writer.insert(Park, {"name": "松木经开区"})
        writer.insert(Match, {"park": park, "fail_reason": "抵押不足"})
    (hit,) = search.search(ledger, "抵押").hits
    assert hit.title == "松木经开区"


def test_every_searched_table_can_be_titled(ledger: Ledger) -> None:
    for texts in TEXTS:
        assert search._titles(ledger, texts.table, ["nobody"]) == {}
        assert search._excerpts(ledger, texts, ["nobody"], "字") == {}
