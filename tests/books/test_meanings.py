"""Each clause of what a figure means, shown by the smallest book that could get it wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.books.running import Report, command, figures, read_in
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "台账.ledger"


def _in(ledger: Path, *sheets: tuple[str, Sequence[Sequence[object]]], name: str = "表.xlsx") -> Report:
    draft = Draft(ledger.parent, name)
    for title, rows in sheets:
        draft.sheet(title, rows)
    report = read_in(ledger, draft.save())
    assert report.code == 0, (report.errors, report.said("refused"))
    assert report.said("refused") == []
    return report


def test_a_later_leaver_stays_visited(ledger: Path) -> None:
    _in(
        ledger,
        ("名册", [["规上企业名册"], ["企业名称", "退规时间"], ["甲厂有限公司", "2021年6月"], ["乙厂有限公司", None]]),
        ("走访", [["走访记录"], ["走访日期", "企业名称", "经营情况"], ["2021-03-01", "甲厂有限公司", "好"],
                  ["2021-03-01", "甲厂有限公司", "很好"], ["2021-07-01", "乙厂有限公司", "好"]]),
    )  # fmt: skip
    december = figures(ledger, "2021-12-31")
    assert (december["enterprises.total"], december["visits.enterprises_visited"]) == (1, 2)
    march = figures(ledger, "2021-03-01")
    assert (march["enterprises.total"], march["visits.enterprises_visited"]) == (2, 1)
    assert figures(ledger, "2021-02-28")["visits.enterprises_visited"] == 0


def test_overdue_is_judged_by_the_day_of_the_report(ledger: Path) -> None:
    head = ["企业", "存在问题", "牵头单位", "交办时间", "办结时限", "反馈时间", "办理状态"]
    _in(
        ledger,
        ("清单", [["问题交办清单"], head,
                  ["甲厂", "一", "市科技局", "2021-03-01", "2021-06-30", "2021-06-30", "待核实"],
                  ["甲厂", "二", "市科技局", "2021-03-01", "2021-06-30", "2021-07-01", "待核实"],
                  ["甲厂", "三", "市科技局", "2021-03-01", "2021-06-30", None, "办理中"],
                  ["甲厂", "四", "市科技局", "2021-03-01", None, None, "办理中"]]),
    )  # fmt: skip
    august = figures(ledger, "2021-08-31")
    assert [august[f"problems.{k}"] for k in ("reported", "open", "overdue")] == [2, 2, 2]
    assert figures(ledger, "2021-06-30")["problems.overdue"] == 0
    assert figures(ledger, "2021-07-01")["problems.overdue"] == 2


def test_a_month_counts_once_it_has_ended(ledger: Path) -> None:
    _in(
        ledger,
        ("产值", [["产值（万元）"], ["企业名称", "2021年7月", "2021年8月", "2021年9月"], ["甲厂有限公司", 10, 20, 30]]),
    )
    assert figures(ledger, "2021-09-29")["output.to"] == "2021-08"
    assert figures(ledger, "2021-09-29")["output.total_yuan"] == 300_000
    assert figures(ledger, "2021-09-30")["output.to"] == "2021-09"
    assert figures(ledger, "2021-07-30")["output.total_yuan"] is None


def test_same_sample_and_nominal_differ_by_movers(ledger: Path) -> None:
    """Last year three firms, this year one left and one was newly built: 110+40 over 100+0, and over 100+60 as published."""
    _in(
        ledger,
        ("名册", [["规上企业名册"], ["企业名称", "入规时间", "入规方式", "退规时间"],
                  ["甲厂有限公司", None, None, None], ["乙厂有限公司", None, None, "2021年1月"],
                  ["丙厂有限公司", "2021年2月", "新建投产", None]]),
        ("2020", [["2020年1-3月产值（万元）"], ["企业名称", "1月", "2月", "3月"],
                  ["甲厂有限公司", 30, 30, 40], ["乙厂有限公司", 20, 20, 20]]),
        ("2021", [["2021年1-3月产值（万元）"], ["企业名称", "1月", "2月", "3月"],
                  ["甲厂有限公司", 30, 30, 50], ["丙厂有限公司", None, 20, 20]]),
    )  # fmt: skip
    found = figures(ledger, "2021-04-30")
    assert found["output.total_yuan"] == 1_500_000
    assert found["output.base_yuan"] == 1_000_000
    assert found["output.yoy_percent"] == 50.0
    assert found["output.nominal_yoy_percent"] == -6.3


def test_the_same_problem_in_two_lists_is_one(ledger: Path) -> None:
    head = ["企业名称", "存在问题", "牵头单位", "办结时限"]
    _in(
        ledger,
        ("市直", [["问题交办清单（2021年3月1日）"], head, ["甲厂有限公司", "用电容量不足。", "市发改委", "2021-06-30"]]),
        ("县区", [["问题交办清单（2021年3月1日）"], head, ["甲厂有限公司", " 用电容量 不足", "市发改委", "2021-06-30"],
                  ["乙厂有限公司", "用电容量不足", "市发改委", "2021-06-30"]]),
    )  # fmt: skip
    assert figures(ledger, "2021-03-31")["problems.collected"] == 2


def test_a_drawing_listed_twice_counts_once(ledger: Path) -> None:
    head = ["企业名称", "放款银行", "放款金额（万元）", "放款时间"]
    rows = [["甲厂有限公司", "工行", 100, "2021-03-01"], ["甲厂有限公司", "工行", 100, "2021-04-01"]]
    _in(ledger, ("放款", [["放款明细"], head, *rows]))
    draft = Draft(ledger.parent, "再报.xlsx")
    draft.sheet("放款", [["放款明细"], ["序号", *head], [1, "甲厂有限公司", "中国工商银行", 100, "2021年3月1日"]])
    again = read_in(ledger, draft.save())
    assert again.counts()["放款"] == ("finance", 0, 0, 1, 0)
    assert figures(ledger, "2021-12-31")["finance.drawn_yuan"] == 2_000_000


def test_an_intent_counts_from_its_own_day(ledger: Path) -> None:
    _in(
        ledger,
        ("对接", [["银企对接情况"], ["企业名称", "意向银行", "意向金额（万元）", "意向时间"],
                  ["甲厂有限公司", "工行", 100, "2021-03-01"], ["乙厂有限公司", "农行", 100, "2021-05-01"]]),
    )  # fmt: skip
    assert figures(ledger, "2021-02-28")["finance.enterprises"] == 0
    assert figures(ledger, "2021-03-01")["finance.enterprises"] == 1
    assert [figures(ledger, "2021-05-01")[f"finance.{k}"] for k in ("enterprises", "banks")] == [2, 2]


def test_completed_counts_in_its_calendar_year_only(ledger: Path) -> None:
    _in(
        ledger,
        ("项目", [["重点项目"], ["项目名称", "总投资（亿元）", "建设阶段", "竣工时间"],
                  ["去年完的", 1, "竣工", "2020年11月30日"], ["今年完的", 1, "竣工", "2021-02-01"],
                  ["不知哪天完的", 1, "竣工", None], ["停了的", 1, "停缓建", None]]),
    )  # fmt: skip
    keys = ("completed", "under_construction", "planned", "stopped", "total")
    assert [figures(ledger, "2021-12-31")[f"projects.{k}"] for k in keys] == [2, 0, 0, 1, 3]
    assert figures(ledger, "2020-12-31")["projects.completed"] == 2
    assert [figures(ledger, "2021-01-31")[f"projects.{k}"] for k in keys][:2] == [1, 1]


def test_an_edited_export_changes_the_record_it_names(ledger: Path) -> None:
    _in(ledger, ("名册", [["规上企业名册"], ["企业名称", "主要产品"], ["甲厂有限公司", "铜"], ["乙厂有限公司", "锌"]]))
    out = ledger.parent / "导出.xlsx"
    assert command("export", str(ledger), str(out))[0] == 0
    book = openpyxl.load_workbook(out)
    page = book["企业"]
    head = [cell.value for cell in page[1]]
    page.cell(2, head.index("企业名称") + 1).value = "甲厂新材料股份有限公司"
    page.cell(3, head.index("主要产品") + 1).value = None
    book.save(out)
    report = read_in(ledger, out)
    assert [(s["new"], s["changed"]) for s in report.sheets if s["new"] or s["changed"]] == [(0, 1)]
    assert figures(ledger, "2021-12-31")["enterprises.total"] == 2
    again = ledger.parent / "再导出.xlsx"
    assert command("export", str(ledger), str(again))[0] == 0
    rows = list(openpyxl.load_workbook(again)["企业"].iter_rows(values_only=True))
    shown = {row[head.index("企业名称")]: row[head.index("主要产品")] for row in rows[1:]}
    assert shown == {"甲厂新材料股份有限公司": "铜", "乙厂有限公司": "锌"}


def test_an_edited_project_name_keeps_the_project(ledger: Path) -> None:
    _in(ledger, ("项目", [["2021年重点项目"], ["项目名称", "建设单位", "总投资（亿元）", "建设阶段"],
                          ["钠电二期", "甲厂有限公司", 2, "在建"]]))  # fmt: skip
    out = ledger.parent / "导出.xlsx"
    assert command("export", str(ledger), str(out))[0] == 0
    book = openpyxl.load_workbook(out)
    page = book["项目"]
    page.cell(2, [cell.value for cell in page[1]].index("项目名称") + 1).value = "钠电三期"
    book.save(out)
    report = read_in(ledger, out)
    assert [(s["desk"], s["new"], s["changed"]) for s in report.sheets if s["new"] or s["changed"]] == [
        ("projects", 0, 1)
    ]
    assert figures(ledger, "2021-12-31")["projects.total"] == 1


def test_another_offices_export_does_not_overwrite(ledger: Path, tmp_path: Path) -> None:
    """Record numbers are each ledger's own: QY0001 of another office is another firm."""
    _in(ledger, ("名册", [["规上企业名册"], ["企业名称", "主要产品"], ["甲厂有限公司", "铜"]]))
    other = tmp_path / "别处.ledger"
    _in(other, ("名册", [["规上企业名册"], ["企业名称", "主要产品"], ["丙窑有限公司", "瓷"]]), name="别处.xlsx")
    out = tmp_path / "别处导出.xlsx"
    assert command("export", str(other), str(out))[0] == 0
    assert read_in(ledger, out).code == 0
    assert figures(ledger, "2021-12-31")["enterprises.total"] == 2


def test_an_empty_ledger_knows_nothing(ledger: Path) -> None:
    """Unknown is null, never 0; what is counted and not there is 0."""
    _in(ledger, ("名册", [["规上企业名册"], ["企业名称", "主要产品"], ["甲厂有限公司", "铜"]]))
    found = figures(ledger, "2021-12-31")
    assert found["as_of"] == "2021-12-31"
    for key in (
        "output.total_yuan",
        "output.base_yuan",
        "output.yoy_percent",
        "output.nominal_yoy_percent",
        "output.to",
    ):
        assert found[key] is None
    assert found["problems.collected"] == 0


def test_growth_a_hair_under_a_half_rounds_half_up(ledger: Path) -> None:
    _in(
        ledger,
        ("产值", [["2021年1-3月产值（万元）"], ["企业名称", "1-3月产值", "上年同期"], ["甲厂有限公司", 100.25, 100],
                  ["乙厂有限公司", 100.25, 100]]),
    )  # fmt: skip
    assert figures(ledger, "2021-04-01")["output.yoy_percent"] == 0.3


def test_a_good_book_beside_a_broken_one(ledger: Path, tmp_path: Path) -> None:
    good = Draft(tmp_path, "好.xlsx")
    good.sheet("名册", [["规上企业名册"], ["企业名称", "主要产品"], ["甲厂有限公司", "铜"]])
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    code, _, errors = command("import", str(ledger), str(bad))
    assert code == 1
    assert "坏.xlsx" in errors
    assert not ledger.exists()
    assert command("import", str(ledger), str(good.save()))[0] == 0
    assert figures(ledger, "2021-12-31")["enterprises.total"] == 1
