"""A visit's note taken apart, and problems made of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.note_splitting import split_note
from chain_office.services import editing
from chain_office.services.ledgers import Ledger, open_ledger
from chain_office.services.screening.from_notes import Wanted, create, propose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def ledger(sample_office: Path, tmp_path: Path) -> Iterator[Ledger]:
    shutil.copyfile(sample_office, tmp_path / "a.ledger")
    with open_ledger(tmp_path / "a.ledger") as opened:
        yield opened


def visit(ledger: Ledger, like: str) -> str:
    return str(ledger.value("SELECT id FROM visit WHERE q2_problem LIKE ? ORDER BY number", (like,)))


@pytest.mark.parametrize(
    ("note", "texts"),
    [
        ("1.用电负荷缺1.2万千伏安。\n2.流动资金缺口约8000万元。", ("用电负荷缺1.2万千伏安", "流动资金缺口约8000万元")),
        ("主要困难：一是缺电；二是缺人，需要100人；三、办证难", ("缺电", "缺人，需要100人", "办证难")),
        ("1.2019年度奖补资金未拨付。\n2.环评慢。", ("2019年度奖补资金未拨付", "环评慢")),
        ("（一）资金紧张。缺口500万元。（二）用工难", ("资金紧张。缺口500万元", "用工难")),
        ("①供水不足②管网未通", ("供水不足", "管网未通")),
        ("供水不足；管网未通\n道路破损", ("供水不足", "管网未通", "道路破损")),
        ("一是一线工人不足，二是二期用地未批", ("一线工人不足", "二期用地未批")),
        ("用电负荷不足。希望尽快增容。", ("用电负荷不足。希望尽快增容",)),
        ("没有解决用电问题", ("没有解决用电问题",)),
        ("暂无", ()), ("目前没有需要政府协调解决的困难。", ()), ("", ()),
    ],
)  # fmt: skip
def test_a_note_is_divided_where_it_is_numbered_else_at_its_line_ends(note: str, texts: tuple[str, ...]) -> None:
    assert split_note(note) == texts


def test_proposals_have_a_category_and_say_what_the_firm_raised_before(ledger: Ledger) -> None:
    found = propose(ledger, visit(ledger, "1.二期电解%"))
    assert len(found.problems) == 3
    assert [one.category.label for one in found.problems if one.category] == ["用电用能", "融资", "基础设施"]
    assert all(one.certain for one in found.problems)
    assert found.problems[0].same.startswith("WT0030 ")


def test_what_is_confirmed_waits_to_be_screened_with_visit_firm_district_and_day(ledger: Ledger) -> None:
    one = visit(ledger, "一是尾矿库%")
    before = ledger.value("SELECT count(*) FROM problem WHERE deleted_at IS NULL")
    texts = ("尾矿库要扩容", "矿区道路要升级", "缺选矿技工")
    saved = create(ledger, one, [Wanted(text) for text in texts], "张三")
    rows = ledger.rows(
        "SELECT p.text, p.state, p.source, p.collected_day = v.day, p.enterprise_id = v.enterprise_id, "
        "p.district_id = e.district_id, (SELECT count(*) FROM problem_span s WHERE s.problem_id = p.id) "
        "FROM problem p JOIN visit v ON v.id = p.visit_id JOIN enterprise e ON e.id = v.enterprise_id "
        "WHERE p.visit_id = ? AND p.deleted_at IS NULL ORDER BY p.number",
        (one,),
    )
    assert rows == [(text, "waiting", "走访收集", 1, 1, 1, 1) for text in texts]
    editing.undo(ledger, saved.write_no, "张三")
    assert ledger.value("SELECT count(*) FROM problem WHERE deleted_at IS NULL") == before


def test_nothing_ticked_empty_or_twice_is_refused_in_words(ledger: Ledger) -> None:
    one = visit(ledger, "一是尾矿库%")
    for wanted, says in (([], "勾选"), ([Wanted("  ")], "第 1 条"), ([Wanted("缺电"), Wanted("缺电。")], "两次")):
        with pytest.raises(KnownError, match=says):
            create(ledger, one, wanted, "张三")
    empty = str(ledger.value("SELECT id FROM visit WHERE coalesce(q2_problem, '') = '' ORDER BY number"))
    with pytest.raises(KnownError, match="没有记下"):
        propose(ledger, empty)
