"""与上期相比: the next paper says what is otherwise than in the last one, each number counted by hand from what was done."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import Drawdown, Project, StageChange, Visit
from chain_office.reports.marks import unmark
from chain_office.services import issuing, packs
from chain_office.services.ledgers import open_ledger
from tests.services.steps.hand import GOOD, Hand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.reports.content import PackContent, Section
    from chain_office.services.ledgers import Ledger

THEN, NOW = date(2021, 11, 19), date(2021, 11, 22)
HEADING = "与上期相比"


@pytest.fixture
def ledger(sample_office: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "示例.ledger"
    shutil.copyfile(sample_office, path)
    with open_ledger(path) as opened:
        yield opened


def issued(ledger: Ledger, day: date = THEN, data: bytes = b"%PDF-1.4 then") -> issuing.Issued:
    return issuing.issue(ledger, packs.order_pack(ledger, day), packs.PrintedPack(data, ()), "张三")[1]


def section(content: PackContent) -> Section:
    return next(one for one in content.sections if one.heading == HEADING)


def told(found: Section) -> dict[str, str]:
    """The paragraphs by their lead words ("" the first)."""
    out = {}
    for block in found.blocks:
        lead, text = (getattr(block, "lead", ""), getattr(block, "text", block))
        out[lead.rpartition("）")[2].rstrip("。")] = unmark(str(text))[0]
    return out


def one(ledger: Ledger, sql: str) -> str:
    return str(ledger.value(sql))


def test_a_first_paper_compares_with_nothing(ledger: Ledger) -> None:
    assert HEADING not in [part.heading for part in packs.pack_content(ledger, THEN).sections]


def test_a_second_draft_of_a_date_is_not_compared_with_the_first(ledger: Ledger) -> None:
    issued(ledger)
    assert HEADING not in [part.heading for part in packs.pack_content(ledger, THEN).sections]


def test_where_nothing_happened_it_says_so(ledger: Ledger) -> None:
    issued(ledger)
    found = section(packs.pack_content(ledger, NOW))
    assert found.tables == ()
    assert told(found) == {
        "": "上期材料数据截至2021年11月19日，本期截至2021年11月22日。主要数字、问题和项目都没有变化。"
    }


def test_every_change_is_told_once_and_adds_up(ledger: Ledger) -> None:
    """The sample on 2021-11-19 has 87 problems, 45 closed, 4 reported, 6 open, 5 overdue, 7.31亿元 drawn, 26 projects
    under construction and 5 completed. Then: one reported problem is verified, one due on 2021-12-31 is put off, one is
    new, 12,345,678元 are drawn at 建设银行, a project is completed and another's finish is put off."""
    issued(ledger)
    hand = Hand(ledger)
    closed = one(ledger, "SELECT id FROM problem WHERE number = 69")
    late = one(ledger, "SELECT id FROM problem WHERE number = 53")
    hand.take("verify", closed, day=NOW, due_day=date(2021, 12, 22), **GOOD)
    unit = one(ledger, "SELECT lead_unit_id FROM problem WHERE number = 53")
    hand.take("ask_extension", late, day=NOW, unit_id=unit, due_day=date(2022, 1, 31), reason="待批复")
    hand.take("extend", late, day=NOW, due_day=date(2022, 1, 31), reason="待批复")
    hand.problem("新问题", NOW)
    building = "SELECT id FROM project WHERE name = '{}'"
    done, slow = (
        one(ledger, building.format(name)) for name in ("示例大浦坪锂电铜箔项目", "示例三塘再生铝合金锭技改项目")
    )
    with ledger.write("李四", "登记") as writer:
        match = one(
            ledger, "SELECT m.id FROM match m JOIN bank b ON b.id = m.bank_id WHERE b.short = '建设银行' LIMIT 1"
        )
        writer.insert(Drawdown, {"match": match, "drawn_yuan": 12_345_678, "day": NOW, "loan_kind": "新增"})
        writer.insert(StageChange, {"project": done, "stage": "completed", "day": NOW})
        writer.update(Project, slow, {"plan_finish": date(2022, 3, 31)})
    found = section(packs.pack_content(ledger, NOW))
    assert [row for table in found.tables for row in table.rows] == [
        ("收集问题", "87个", "88个", "+1个"),
        ("已销号", "45个", "46个", "+1个"),
        ("已报结待核实", "4个", "3个", "-1个"),
        ("放款金额", "7.31亿元", "7.43亿元", "+0.12亿元"),  # 731,000,000 + 12,345,678 = 743,345,678
        ("竣工项目", "5个", "6个", "+1个"),
        ("在建项目", "26个", "25个", "-1个"),
    ]
    assert "与上期相同的主要指标：规上企业、走访企业" in found.tables[0].notes[1]
    assert told(found) == {
        "": "上期材料数据截至2021年11月19日，本期截至2021年11月22日。主要数字的变化见本节附表。",
        "问题": "新收集1个（WT0088）；销号1个（市住建局WT0069）；"
        "时限推后1个（市发改委WT0053，由2021年12月31日改为2022年1月31日）。",
        "项目": "转为竣工1个（示例大浦坪锂电铜箔项目）；"
        "计划竣工推后1个（示例三塘再生铝合金锭技改项目，由2021年11月30日改为2022年3月31日）。",
        "贷款": "2021年11月20日至2021年11月22日，新增放款1235万元（建设银行1235万元）。",
    }
    assert {link.reference for link in found.tables[0].links} >= {"figure:problems.closed", "figure:finance.drawn_yuan"}


def test_a_number_of_the_last_paper_that_has_changed_since_is_put_right(ledger: Ledger) -> None:
    issued(ledger)
    firm = one(ledger, "SELECT id FROM enterprise WHERE id NOT IN (SELECT enterprise_id FROM visit) LIMIT 1")
    with ledger.write("李四", "补登走访") as writer:
        writer.insert(Visit, {"enterprise": firm, "day": date(2021, 8, 1)})
    found = section(packs.pack_content(ledger, NOW))
    assert found.tables[0].rows == (("走访企业", "69家", "70家", "+1家"),)
    assert told(found)["上期数更正"] == ("上期材料里的数，按现在的台账已有更正：走访企业（2021-11-19）由69家改为70家。")


def test_a_deadline_brought_forward_is_told_too(ledger: Ledger) -> None:
    issued(ledger)
    with ledger.write("李四", "更正") as writer:
        row = one(ledger, "SELECT id FROM project WHERE name = '示例三塘再生铝合金锭技改项目'")
        writer.update(Project, row, {"plan_finish": date(2021, 11, 25)})
    assert told(section(packs.pack_content(ledger, NOW)))["项目"] == (
        "计划竣工提前1个（示例三塘再生铝合金锭技改项目，由2021年11月30日改为2021年11月25日）。"
    )
    moved = issuing.since(ledger, NOW)
    assert moved is not None
    assert [each.kind for each in moved.moves] == [issuing.EARLIER]


def test_drafts_of_a_day_are_never_called_alike(ledger: Ledger) -> None:
    first, second = issued(ledger, data=b"1"), issued(ledger, data=b"2")
    issuing.take_back(ledger, first, "张三")
    third = issued(ledger, data=b"3")
    issuing.take_back(ledger, third, "张三")
    fourth = issued(ledger, data=b"4")
    names = [each.name for each in (first, second, third, fourth)]
    assert names == ["调度会材料-截至2021-11-19.pdf", *(f"调度会材料-截至2021-11-19-第{n}稿.pdf" for n in (2, 3, 4))]


def test_the_printed_pack_has_the_section_first(ledger: Ledger) -> None:
    from tests.reports.reading import page_texts

    issued(ledger, date(2021, 8, 31))
    printed = "".join(page_texts(packs.make_pack(ledger, THEN)))
    assert "一、与上期相比" in printed
    assert "二、总体运行" in printed
    assert "上期为2021年1—8月" in printed
