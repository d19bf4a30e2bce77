"""Problems that read alike: earlier ones beside a candidate, and groups across enterprises."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.forms import Edit
from chain_office.domain.text_overlap import pairs, shared_words
from chain_office.queries.problem_clusters import clusters
from chain_office.queries.similar_problems import About, similar, similar_to
from chain_office.services import editing
from chain_office.services.ledgers import Ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2021, 11, 19)


@pytest.fixture
def ledger(sample_office: Path, tmp_path: Path) -> Iterator[Ledger]:
    shutil.copyfile(sample_office, tmp_path / "a.ledger")
    with open_ledger(tmp_path / "a.ledger") as opened:
        yield opened


def problem(ledger: Ledger, firm: int, text: str) -> str:
    """A new problem of the firm with that number."""
    firm_id = ledger.value("SELECT id FROM enterprise WHERE number = ?", (firm,))
    values = {"enterprise_id": firm_id, "text": text, "collected_day": date(2021, 11, 1)}
    return editing.save(ledger, Edit("problem", "", 0, values), "张三", accept=frozenset({"text"})).row_id


def test_the_likest_comes_first_with_the_words_both_have_and_how_it_ended(ledger: Ledger) -> None:
    found = similar(ledger, About("采矿许可证到期，储量核实报告没有备案"))
    assert "采矿许可证2021年5月到期" in found[0].text
    assert found[0].state_word == "已销号"
    assert found[0].unit == "市自然资源和规划局"
    assert "采矿许可证已延续" in found[0].outcome
    assert "采矿许可证" in found[0].words
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_the_problem_itself_and_those_in_the_bin_are_left_out(ledger: Ledger) -> None:
    mine, other = (problem(ledger, firm, "粗锡精炼厂房屋面渗漏严重") for firm in (3, 4))
    assert [one.id for one in similar_to(ledger, mine)][:1] == [other]
    editing.bin_records(ledger, "problem", [other], "张三")
    assert other not in {one.id for one in similar_to(ledger, mine)}


def test_the_same_firm_stands_before_another_that_reads_no_more_alike(ledger: Ledger) -> None:
    same, other = problem(ledger, 3, "厂区锅炉房烟囱要加高"), problem(ledger, 4, "厂区锅炉房烟囱要加高")
    firm = ledger.value("SELECT enterprise_id FROM problem WHERE id = ?", (same,))
    found = similar(ledger, About("锅炉房烟囱加高", firm))
    assert [one.id for one in found[:2]] == [same, other]
    assert found[0].same_firm
    assert "同一企业" in found[0].shares


@pytest.mark.parametrize("text", ["", "。", "一", "的了和", "1200 万元", '" OR *', "%_\\"])
def test_a_text_that_says_nothing_is_like_nothing(ledger: Ledger, text: str) -> None:
    assert similar(ledger, About(text)) == ()


def test_shared_words_are_the_stretches_of_shared_pairs() -> None:
    text = "流动资金缺口大，抵押物用尽"
    same = pairs("流动资金不足，缺抵押物").keys() & pairs(text).keys()
    assert shared_words(text, same, dict.fromkeys(same, 1.0)) == ("流动资金", "抵押物")


def test_groups_are_of_several_firms_and_name_what_they_share(ledger: Ledger) -> None:
    made = {
        problem(ledger, firm, f"{word}，铅锌冶炼技工招不到")
        for firm, word in ((3, "春节后"), (4, "扩产以来"), (5, "近期"))
    }
    alone = {problem(ledger, 6, text) for text in ("阴极板清洗剂断供", "阴极板清洗剂没有本地厂家")}
    found = clusters(ledger, DAY)
    mine = next(one for one in found if made & set(one.problems))
    assert set(mine.problems) == made
    assert mine.enterprises == 3
    assert any("技工" in word for word in mine.words)
    assert not any(alone <= set(one.problems) for one in found)
