"""Habits that trip a reader of cells: totals first, groups with numbers, a row a month, stages as sheet names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import xlsxwriter

from tests.books.running import Case
from tests.books.workbooks import Draft, down

if TYPE_CHECKING:
    from pathlib import Path


def totals_first(folder: Path) -> list[Path]:
    """合计 stands above the firms; groups carry their own sums; a firm's name carries a remark."""
    draft = Draft(folder, "电子信息.xlsx")
    draft.sheet(
        "1-9月",
        [
            ["电子信息产业链规上企业2021年1-9月产值情况表"],
            ["单位：万元"],
            ["序号", "单位名称", "1-9月累计", "去年同期", "同比±%"],
            [None, "总  计", 1000, 800, 25],
            ["一", "元器件（2家）", 600, 500, 20],
            [1, "晶谷电子有限公司", 400, 300, 33.3],
            [2, "微波器件有限公司", 200, 200, 0],
            ["二", "整机（1家）", 400, 300, 33.3],
            [3, "智显终端有限公司（停产检修）", 400, 300, 33.3],
        ],
        merged="A1:E1 A2:E2",
    )
    return [draft.save()]


def row_a_month(folder: Path) -> list[Path]:
    """Long form: a row a firm and month, months as real dates; the firm merged over its months."""
    draft = Draft(folder, "长表.xlsx")
    page = draft.sheet(
        "报表",
        [
            ["航空配套产业链月度产值（万元）"],
            ["企业名称", "月份", "当月产值", "上年同月"],
            ["蓝天锻造有限公司", datetime(2021, 1, 1), 10, 8],
            [None, datetime(2021, 2, 1), 12, 9],
            [None, datetime(2021, 3, 1), 14, 13],
            ["翔宇复材有限公司", "2021年1月", 5, 5],
            [None, "2021年2月", 5, 5],
            [None, "2021年3月", 5, 5],
        ],
        merged=f"A1:D1 {down('A', 3, 5)} {down('A', 6, 8)}",
    )
    for row in (3, 4, 5):
        page.cell(row, 2).number_format = 'yyyy"年"m"月"'
    return [draft.save()]


def stage_in_sheet_names(folder: Path) -> list[Path]:
    """A sheet a stage, named so; no stage in any row."""
    draft = Draft(folder, "分阶段项目.xlsx")
    for stage, names in (
        ("竣工项目", ["环网柜厂房"]),
        ("在建项目", ["变压器扩能", "智能电表园"]),
        ("拟开工项目", ["特高压套管"]),
    ):
        draft.sheet(
            stage,
            [
                [f"电力装备产业链2021年{stage}一览表"],
                ["序号", "项目名称", "业主单位", "总投资额（亿元）"],
                *[[i, name, "衡电集团有限公司", i] for i, name in enumerate(names, 1)],
            ],
            merged="A1:D1",
        )
    return [draft.save()]


def banks_as_groups(folder: Path) -> list[Path]:
    """Each bank heads its firms in a row of its own, with a sum; real dates; values from saved formulas."""
    path = folder / "分银行放款.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("放款明细")
        day = book.add_format({"num_format": "yyyy/m/d"})
        money = book.add_format({"num_format": "#,##0.00"})
        page.merge_range(0, 0, 0, 4, "电力装备产业链银企对接放款明细表")
        page.write(1, 4, "单位：万元")
        page.write_row(2, 0, ["序号", "企业名称", "放款银行", "放款金额", "放款时间"])
        rows = [
            ("衡电集团有限公司", "工商银行", 1500, datetime(2021, 3, 5)),
            ("衡电集团有限公司", "建设银行", 2500.5, datetime(2021, 4, 6)),
            ("绝缘子有限公司", "工商银行", 800, datetime(2021, 5, 7)),
        ]
        for at, (firm, bank, amount, when) in enumerate(rows, 3):
            page.write_number(at, 0, at - 2)
            page.write_string(at, 1, firm)
            page.write_string(at, 2, bank)
            page.write_formula(at, 3, f"={amount}*1", money, amount)
            page.write_datetime(at, 4, when, day)
        page.write_string(6, 1, "合计")
        page.write_formula(6, 3, "=SUM(D4:D6)", money, 4800.5)
    return [path]


def units_first(folder: Path) -> list[Path]:
    """Sorted by department: the unit merged over its problems in the first column; real dates."""
    draft = Draft(folder, "按单位.xlsx")
    draft.sheet(
        "任务分解",
        [
            ["关于交办电力装备产业链企业问题的任务分解表"],
            ["责任单位", "序号", "企业名称", "问题及诉求", "交办时间", "完成时限", "完成情况"],
            ["市自规局", 1, "衡电集团", "边角地难利用", datetime(2021, 3, 8), datetime(2021, 6, 30), "已完成"],
            [None, 2, "绝缘子公司", "规划调整", datetime(2021, 3, 8), datetime(2021, 6, 30), "正在办理"],
            ["市人社局", 3, "衡电集团", "技工短缺", datetime(2021, 3, 8), datetime(2021, 4, 30), "长期推进"],
            [
                "市科技局\n（配合：市财政局）",
                4,
                "绝缘子公司",
                "研发补助",
                datetime(2021, 3, 8),
                datetime(2021, 9, 30),
                "未完成",
            ],
        ],
        merged=f"A1:G1 {down('A', 3, 4)}",
    )
    return [draft.save()]


def screening_words(folder: Path) -> list[Path]:
    """Criteria answered 是/否 in two heading rows with numbers before them; a pooled problem with a review date."""
    draft = Draft(folder, "研判.xlsx")
    draft.sheet(
        "研判",
        [
            ["电力装备产业链企业诉求研判表"],
            ["研判日期：2021年3月2日"],
            [
                "序号",
                "企业",
                "诉求内容",
                "是否急需",
                "条件是否具备",
                "政府能否办到",
                "处理意见",
                "承办单位",
                "交办时间",
            ],
            [1, "衡电集团", "专线供电", "是", "是", "能", "交办", "市供电公司", "2021年3月8日"],
            [2, "衡电集团", "跨省通道", "是", "否", "能", "暂不具备条件", None, None],
            [3, "绝缘子公司", "涨价补贴", "是", "是", "否", "不予采纳", None, None],
        ],
        merged="A1:I1 A2:I2",
    )
    return [draft.save()]


def cut_off_year(folder: Path) -> list[Path]:
    """The only year stands in the 截至 line; rows give month and day."""
    draft = Draft(folder, "截至.xlsx")
    draft.sheet(
        "台账",
        [
            ["电力装备产业链问题办理台账"],
            ["（截至2021年8月31日）"],
            ["序号", "企业名称", "问题", "牵头单位", "交办时间", "办结时限", "办结时间", "办理状态"],
            [1, "衡电集团", "边角地", "市自规局", "3月8日", "6月30日", "6月10日", "已办结（企业满意）"],
            [2, "绝缘子公司", "规划", "市自规局", "3.8", "7月底", None, "正在办理"],
        ],
        merged="A1:H1 A2:H2",
    )
    return [draft.save()]


def side_remarks(folder: Path) -> list[Path]:
    """Blank columns A and D, a note column beside the table, two wholly blank rows inside, notes below."""
    draft = Draft(folder, "空行空列.xlsx")
    draft.sheet(
        "名册",
        [
            [None, "电力装备产业链规上企业名录（共3户）"],
            [],
            [None, "编号", "单位名称", None, "行政区划", "主营产品", "备注"],
            [None, "1", "衡电集团有限公司", None, "高新区", "变压器", "链主"],
            [],
            [],
            [None, "2", "绝缘子有限公司", None, "高新区", "绝缘子", None],
            [None, "3", "电缆股份有限公司", None, "东湖区", "电缆", None],
            [],
            [None, "注：名录按产值排序；含2户高新技术企业。"],
            [None, "制表人：某某", None, None, None, "2021年10月"],
        ],
    )
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "totals first, groups with sums",
        totals_first,
        as_of="2021-10-31",
        figures={"output.total_yuan": 10_000_000, "output.base_yuan": 8_000_000, "output.yoy_percent": 25.0},
        counts={"1-9月": ("output", 3, 0, 0, 0)},
    ),
    Case(
        "a row a month",
        row_a_month,
        as_of="2021-04-30",
        figures={
            "output.from": "2021-01",
            "output.to": "2021-03",
            "output.total_yuan": 510_000,
            "output.base_yuan": 450_000,
            "output.yoy_percent": 13.3,
        },
        values={("报表", 4): {"enterprise": "蓝天锻造有限公司", "month": "2021-02", "month_yuan": 120_000}},
    ),
    Case(
        "stages as sheet names",
        stage_in_sheet_names,
        as_of="2021-12-31",
        figures={
            "projects.completed": 1,
            "projects.under_construction": 2,
            "projects.planned": 1,
            "projects.total": 4,
        },
    ),
    Case(
        "real dates and saved formulas",
        banks_as_groups,
        as_of="2021-04-30",
        figures={"finance.drawn_yuan": 40_005_000, "finance.enterprises": 1, "finance.banks": 2},
        counts={"放款明细": ("finance", 3, 0, 0, 0)},
        values={("放款明细", 5): {"drawn_yuan": 25_005_000, "drawn_day": "2021-04-06"}},
    ),
    Case(
        "units in the first column",
        units_first,
        as_of="2021-07-31",
        asked=("办结",),
        answers={"办结": "2021-06-15"},
        figures={
            "problems.assigned": 4,
            "problems.closed": 1,
            "problems.open": 2,
            "problems.parked": 1,
            "problems.overdue": 1,
            "problems.units": 3,
        },
        values={("任务分解", 4): {"lead_unit": "市自规局", "deadline": "2021-06-30"}},
    ),
    Case(
        "screened in words",
        screening_words,
        as_of="2021-03-31",
        figures={
            "problems.collected": 3,
            "problems.screened_in": 1,
            "problems.assigned": 1,
            "problems.pooled": 1,
            "problems.rejected": 1,
        },
    ),
    Case(
        "the year of the cut-off line",
        cut_off_year,
        as_of="2021-08-31",
        figures={"problems.assigned": 2, "problems.closed": 1, "problems.open": 1, "problems.overdue": 1},
        values={
            ("台账", 4): {"assigned_day": "2021-03-08", "closed_day": "2021-06-10", "closed_verified": True},
            ("台账", 5): {"assigned_day": "2021-03-08", "deadline": "2021-07-31"},
        },
    ),
    Case(
        "blank rows and columns",
        side_remarks,
        as_of="2021-12-31",
        figures={"enterprises.total": 3},
        counts={"名册": ("enterprises", 3, 0, 0, 0)},
        values={("名册", 7): {"name": "绝缘子有限公司", "products": "绝缘子", "district": "高新区"}},
    ),
)
