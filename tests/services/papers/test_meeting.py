"""交办会: 58 problems, each once in the total and in every slice it belongs to; numbers that stay."""

from __future__ import annotations

import pickle
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.feedback import FILLED, KEYS, PRINTED, read_cell_key
from chain_office.reports.papers import Grid, Paper
from chain_office.services.ledgers import open_ledger
from chain_office.services.papers import order_papers
from tests.services.papers.told import named, rows, sheet, whole

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)
MEETING = "2020年11月3日问题交办会"


def test_each_problem_stands_once_in_the_list_and_in_every_slice_it_belongs_to(ledger: Ledger) -> None:
    order = order_papers(ledger, "交办会", DAY)
    master = rows(named(order, "02_交办清单总表"))
    numbers = [row[1] for row in master]
    assert len(numbers) == len(set(numbers)) == 58
    parts: dict[str, list[tuple[str, str]]] = {}
    for file in order.files:
        if "分表" in file.content.name:
            for row in rows(file):
                parts.setdefault(row[1], []).append((file.content.name.split("_")[0], row[2]))
    assert set(parts) == set(numbers)
    for row in master:
        led = [unit for unit, role in parts[row[1]] if role == "牵头"]
        helped = [unit for unit, role in parts[row[1]] if role == "配合"]
        assert led == [row[7]]
        assert sorted(helped) == sorted([] if row[8] == "无" else row[8].split("、"))
    recorded = ledger.rows("SELECT count(*), count(DISTINCT unit_id) FROM assignment WHERE role = 'lead'")
    assert recorded == [(58, 27)]
    assert sum(role == "牵头" for found in parts.values() for _, role in found) == 58
    assert sum(role == "配合" for found in parts.values() for _, role in found) == ledger.value(
        "SELECT count(*) FROM assignment WHERE role = 'co'"
    )


def test_the_cover_counts_every_problem_once_and_says_so(ledger: Ledger) -> None:
    cover = named(order_papers(ledger, "交办会", DAY), "01_封面统计")
    assert isinstance(cover.content, Paper)
    assert "共交办问题58个，涉及企业46家；牵头单位27个，只配合、不牵头的单位11个" in whole(cover.content)
    by_unit = rows(cover, 0)
    assert sum(int(row[2]) for row in by_unit[:-1]) == int(by_unit[-1][2]) == 58
    for at in (1, 2, 3):
        counted = rows(cover, at)
        parts = [int(number) for row in counted[:-1] for number in (row[1], row[3]) if number]
        assert sum(parts) == int(counted[-1][1]) == 58
    assert "合计按牵头计，一个问题只计一次" in whole(cover.content)
    assert "同时列入牵头单位和配合单位的分表" in whole(cover.content)


def test_a_unit_gets_its_papers_under_names_that_say_unit_kind_and_number(ledger: Ledger) -> None:
    order = order_papers(ledger, "交办会", DAY)
    mine = [name for name in order.names if name.startswith("市直单位/市发改委_")]
    assert mine == [
        "市直单位/市发改委_交办单_有色交〔2020〕1号.pdf",
        "市直单位/市发改委_交办单_有色交〔2020〕1号.docx",
        "市直单位/市发改委_交办清单分表_有色交〔2020〕1号.pdf",
        "市直单位/市发改委_交办清单分表_有色交〔2020〕1号.docx",
        "市直单位/市发改委_反馈表_有色交〔2020〕1号.docx",
        "市直单位/市发改委_反馈表_有色交〔2020〕1号.pdf",
        "市直单位/市发改委_反馈表_有色交〔2020〕1号.xlsx",
    ]
    assert len(set(order.names)) == len(order.names) == 3 * 2 + 38 * 7
    numbers = [
        int(match.group(1)) for name in order.names if (match := re.search(r"_交办单_有色交〔2020〕(\d+)号\.pdf", name))
    ]
    assert numbers == list(range(1, 39))
    signed = whole(named(order, "03_签收表").content)
    assert all(f"有色交〔2020〕{number}号" in signed for number in numbers)


def test_made_again_the_papers_keep_their_numbers_and_the_ledger_is_not_written(ledger: Ledger) -> None:
    first = order_papers(ledger, "交办会", DAY, MEETING, actor="张三")
    assert first.saved is not None
    assert ledger.value("SELECT actor FROM write_log ORDER BY no DESC LIMIT 1") == "张三"
    writes = ledger.value("SELECT max(no) FROM write_log")
    again = order_papers(ledger, "交办会", DAY)
    assert again.saved is None
    assert ledger.value("SELECT max(no) FROM write_log") == writes
    assert again.files == first.files
    assert ledger.value("SELECT count(*) FROM dispatch") == 38
    assert ledger.value("SELECT count(*) FROM dispatch_item WHERE role = 'lead'") == 58


def test_the_form_of_one_item_has_its_lower_half_for_the_unit(ledger: Ledger) -> None:
    one = named(order_papers(ledger, "交办会", DAY), "市优化办_交办单").content
    assert isinstance(one, Paper)
    (form,) = one.parts
    assert isinstance(form, Grid)
    labels = [cell.text.replace("\n", "") for row in form.rows for cell in row if cell.head]
    for wanted in (
        "编号", "交办单位", "承办单位", "牵头单位", "配合单位", "企业", "问题与诉求", "办理要求", "办结时限", "反馈时限",
        "联系人", "领导签批", "办理情况", "是否办结", "未办结原因及下一步", "企业意见（签字/盖章）", "单位负责人签字",
    ):  # fmt: skip
        assert wanted in labels, wanted
    assert one.code == "WT0067-1"


def test_the_answer_form_carries_number_and_receipt_in_every_block_and_line(ledger: Ledger) -> None:
    order = order_papers(ledger, "交办会", DAY)
    form = named(order, "市发改委_反馈表").content
    assert isinstance(form, Paper)
    tags = [
        read_cell_key(cell.key)
        for part in form.parts
        if isinstance(part, Grid)
        for row in part.rows
        for cell in row
        if cell.key
    ]
    assert all(tag is not None for tag in tags)
    codes = {tag[1] for tag in tags if tag is not None and tag[1]}
    lines = sheet(order, "市发改委_反馈表")
    keys = [column.key for column in lines.columns]
    assert keys == ["unit", *(one.name for one in (*PRINTED, *FILLED))]
    assert set(keys) == set(KEYS)
    assert {row[keys.index("code")] for row in lines.rows} == codes == {
        "WT0037-1", "WT0044-1", "WT0053-1", "WT0068-1", "WT0030-1", "WT0078-1", "WT0084-1",
    }  # fmt: skip
    for code in codes:
        filled = {tag[0] for tag in tags if tag is not None and tag[1] == code}
        assert filled == {one.name for one in FILLED} - {"filled_by", "phone", "filled_day"}


def test_a_meeting_that_is_not_there_names_those_that_are(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="没有叫“第九次会”的问题交办会；现有：“2020年11月3日问题交办会”"):
        order_papers(ledger, "交办会", DAY, "第九次会")
    with pytest.raises(KnownError, match="晚于截止日期"):
        order_papers(ledger, "交办会", date(2020, 11, 1), MEETING)
    with pytest.raises(KnownError, match="还没有问题交办会"):
        order_papers(ledger, "交办会", date(2020, 11, 1))
    assert ledger.value("SELECT count(*) FROM dispatch") == 0


def test_a_ledger_that_cannot_be_written_repeats_papers_and_refuses_new_ones(office: Path) -> None:
    with open_ledger(office, read_only=True) as closed, pytest.raises(KnownError, match="38 份材料还没有登记发文号"):
        order_papers(closed, "交办会", DAY)
    with open_ledger(office) as opened:
        made = order_papers(opened, "交办会", DAY)
    with open_ledger(office, read_only=True) as closed:
        assert order_papers(closed, "交办会", DAY).files == made.files


def test_an_order_goes_to_another_process_and_back_unchanged(ledger: Ledger) -> None:
    order = order_papers(ledger, "交办会", DAY)
    assert pickle.loads(pickle.dumps(order)) == order
    assert all(file.content.sample for file in order.files)


def test_telephones_are_masked_but_for_the_offices_own(ledger: Ledger) -> None:
    from chain_office.db.models import Problem
    from chain_office.services.settings.office import save_office

    problem = ledger.value("SELECT id FROM problem WHERE number = 67")
    with ledger.write("张三", "试") as writer:
        writer.update(Problem, problem, {"text": "请致电13912345678协调", "owner_phone": "13912345678"})
    save_office(ledger, "contact_phone", "0734-8866001", "张三")
    save_office(ledger, "paper_word", "铜链", "张三")
    said = whole(order_papers(ledger, "交办会", DAY).files)
    assert "13912345678" not in said
    assert "139****5678" in said
    assert "0734-8866001" in said
    assert "铜链交〔2020〕1号" in said
