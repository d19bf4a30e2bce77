"""Whole offices in one workbook, and habits the other sets do not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books.running import Case
from tests.books.workbooks import Draft, down

if TYPE_CHECKING:
    from pathlib import Path


def all_desks(folder: Path) -> list[Path]:
    """A new-energy office's only file: a cover, six lists in the order they grew, and a statistics sheet."""
    draft = Draft(folder, "江浦市新型储能产业链工作台账.xlsx")
    draft.sheet(
        "封面",
        [["江浦市新型储能产业链推进办公室"], ["工作台账"], [], ["二〇二一年十一月"]],
        at="B6",
    )
    draft.sheet(
        "企业",
        [
            ["附件1"],
            ["新型储能产业链规上企业基本情况表"],
            ["序号", "企业名称", "企业基本情况", None, None, "联系人及联系方式", "入库时间"],
            [None, None, "主导产品", "所属园区", "职工人数", None, None],
            [1, "江浦钠电科技有限公司", "钠离子电池", "临港产业园", "320人", "周一 13500135000", "2017年2月"],
            [2, "江浦储能系统有限公司", "储能柜", None, 150, "吴二13600136000", "2019.11"],
            [3, "江浦铜箔有限公司", "电解铜箔", "城东经开区", 88, None, None],
        ],
        merged="A2:G2 A3:A4 B3:B4 C3:E3 F3:F4 G3:G4 D5:D6",
    )
    draft.sheet(
        "走访",
        [
            ["新型储能产业链企业走访台账（2021年）"],
            ["走访日期", "企业", "走访组成员", "目前生产经营怎么样", "有什么困难和问题", "发展规划"],
            ["4月6日", "江浦钠电科技有限公司", "甲、乙", "满产", "缺流动资金", "二期"],
            ["4月7日", "江浦储能系统", "甲、乙", "一般", "无", "上市"],
            ["9月2日", "江浦钠电科技有限公司", "丙", "满产", "无", "二期"],
        ],
        merged="A1:F1",
    )
    draft.sheet(
        "问题",
        [
            ["新型储能产业链企业问题交办台账"],
            ["交办时间：2021年4月20日", None, None, None, None, "截至11月20日"],
            ["编号", "企业", "问题描述", "牵头责任单位", "配合部门", "整改时限", "是否完成", "完成日期", "回访情况"],
            [1, "江浦钠电科技", "流动资金缺口", "市金融办", "人民银行", "5月31日", "√", "2021年5月28日", "满意"],
            [2, "江浦储能系统", "并网验收慢", "市供电公司", None, "6月30日", "×", None, None],
            [3, "江浦铜箔", "电价", "市发改委", "市供电公司", "2021年12月31日", "×", None, None],
        ],
        merged="A1:I1",
    )
    draft.sheet(
        "银企",
        [
            ["新型储能产业链银企对接落实情况"],
            ["对接会日期：2021年5月10日", None, None, None, None, "金额单位：亿元"],
            ["企业", "银行", "意向金额", "授信金额", "授信时间", "放款金额", "放款时间"],
            ["江浦钠电科技有限公司", "中国工商银行", 1, 0.8, "5月25日", 0.5, "6月1日"],
            [None, "农业银行", 0.5, 0.5, "6月3日", None, None],
            ["江浦铜箔有限公司", "工行", 0.3, None, None, None, None],
            ["合计", None, 1.8, 1.3, None, 0.5, None],
        ],
        merged=f"A1:G1 {down('A', 4, 5)}",
    )
    draft.sheet(
        "项目",
        [
            ["2021年新型储能产业链重点项目"],
            ["序号", "项目名称", "建设单位", "投资（亿元）", None, "阶段", "开工时间"],
            [None, None, None, "总投资", "年度计划投资", None, None],
            [1, "钠电二期", "江浦钠电科技有限公司", 20, 5, "在建", "2021年3月"],
            [2, "铜箔三线", "江浦铜箔有限公司", 6.5, 2, "拟开工", None],
        ],
        merged="A1:G1 A2:A3 B2:B3 C2:C3 D2:E2 F2:F3 G2:G3",
    )
    draft.sheet(
        "产值",
        [
            ["新型储能产业链1—10月产值完成情况"],
            ["2021年", None, None, None, None, "单位：亿元"],
            ["序号", "企业名称", "10月", "1—10月", "上年同期", "同比增长%"],
            [1, "江浦钠电科技有限公司", 1.25, 11.5, 10, 15],
            [2, "江浦储能系统有限公司", 0.4, 3.5, 4, -12.5],
            [3, "江浦铜箔有限公司", 0.35, 3, 2, "50%"],
            [None, "合计", 2, 18, 16, 12.5],
        ],
        merged="A1:F1",
    )
    draft.sheet("统计", [["问题办理统计"], ["单位", "交办数", "办结数", "办结率"], ["市金融办", 1, 1, "100%"]])
    return [draft.save()]


def parent_unit(folder: Path) -> list[Path]:
    """The unit in the parent heading; power beside money; yoy columns that are only checked."""
    draft = Draft(folder, "绿色食品.xlsx")
    draft.sheet(
        "1-6月",
        [
            ["2021年上半年绿色食品产业链运行情况"],
            ["序号", "企业名称", "工业总产值（万元）", None, None, "用电量（万千瓦时）", "生产状态"],
            [None, None, "1-6月", "上年同期", "增幅%", "1-6月", None],
            [1, "稻香米业有限公司", "1,200", "1,000", "20%", 12.5, "正常"],
            [2, "橙乡果汁有限公司", "800.5", "800.5", "0", 3, "停产"],
            [3, "茶语饮品有限公司", "—", "—", None, "/", "停产"],
        ],
        merged="A1:G1 A2:A3 B2:B3 C2:E2 G2:G3",
    )
    return [draft.save()]


def two_books(folder: Path) -> list[Path]:
    """Last year's book and this year's: the base of the same firms is last year's own months."""
    paths = []
    for year, one, two in (("2020", [10, 20, 30, 40], [1, 2, 3, 4]), ("2021", [11, 22, 33], [2, 2, 2])):
        draft = Draft(folder, f"{year}.xlsx")
        draft.sheet(
            f"{year}年",
            [
                ["烟花爆竹产业链分月产值（万元）"],
                ["企业名称", *[f"{month}月" for month in range(1, len(one) + 1)]],
                ["彩虹烟花有限公司", *one],
                ["金声鞭炮有限公司", *two],
            ],
        )
        paths.append(draft.save())
    return paths


def own_amounts(folder: Path) -> list[Path]:
    """Banks and their amounts in one cell; 万 beside 亿; a date range in the title."""
    draft = Draft(folder, "智慧物流.xlsx")
    draft.sheet(
        "融资",
        [
            ["智慧物流产业链企业融资落实情况"],
            ["（对接时间：2021年6月8日）"],
            ["序号", "融资主体", "贷款需求", "意向银行", "授信额度", "实际放款", "投放时间"],
            [1, "驼队物流有限公司", "1.5亿元", "工行", "1亿元", "6000万元", "2021.7.1"],
            [2, "飞鸽快运有限公司", "800万", "农商行", "500万", "500万", "7月15日"],
            [3, "港口集团有限公司", "2亿元（分两期）", "国家开发银行", None, None, None],
        ],
        merged="A1:G1 A2:G2",
    )
    return [draft.save()]


def deadlines(folder: Path) -> list[Path]:
    """Deadlines as words: working days, days, ten-day periods, quarters; some are no day at all."""
    draft = Draft(folder, "时限.xlsx")
    words = ["15个工作日", "7日内", "11月中旬", "四季度", "10月底前", "立行立改", "待定", "2021年1季度"]
    draft.sheet(
        "交办",
        [
            ["2020年智慧物流产业链问题交办清单"],
            ["序号", "企业", "问题", "主办单位", "交办时间", "办理时限"],
            *[[i, "驼队物流", f"问题{i}", "市交通局", "11月3日", text] for i, text in enumerate(words, 1)],
        ],
    )
    return [draft.save()]


def register_names(folder: Path) -> list[Path]:
    """The output table writes short names and other brackets; they are the register's firms."""
    draft = Draft(folder, "简称.xlsx")
    draft.sheet(
        "名册",
        [
            ["规上企业名册"],
            ["序号", "企业名称"],
            [1, "五岭铜业（江浦）有限公司"],
            [2, "金穗农科股份有限公司"],
        ],
    )
    draft.sheet(
        "产值",
        [
            ["2021年1-9月产值（万元）"],
            ["序号", "单位名称", "累计产值", "上年累计"],
            [1, " 五岭铜业 ( 江浦 ) 有限公司", 100, 80],
            [2, "金穗农科", 50, 40],
        ],
    )
    return [draft.save()]


def hidden(folder: Path) -> list[Path]:
    """A hidden sheet keeps last year's copy of the same list."""
    draft = Draft(folder, "隐藏.xlsx")
    head = ["序号", "项目名称", "总投资（亿元）", "建设阶段"]
    draft.sheet("2021", [["2021年重点项目"], head, [1, "钠电二期", 20, "在建"]])
    draft.sheet("旧表", [["2020年重点项目"], head, [1, "早已作废的项目", 1, "在建"]], hidden=True)
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "a whole office",
        all_desks,
        as_of="2021-11-20",
        figures={
            "enterprises.total": 3,
            "visits.enterprises_visited": 2,
            "problems.collected": 3,
            "problems.assigned": 3,
            "problems.closed": 1,
            "problems.open": 2,
            "problems.overdue": 1,
            "finance.enterprises": 2,
            "finance.parks": 0,
            "finance.banks": 2,
            "finance.granted_yuan": 130_000_000,
            "finance.drawn_yuan": 50_000_000,
            "projects.completed": 0,
            "projects.under_construction": 1,
            "projects.planned": 1,
            "projects.total": 2,
            "output.from": "2021-01",
            "output.to": "2021-10",
            "output.total_yuan": 1_800_000_000,
            "output.base_yuan": 1_600_000_000,
            "output.yoy_percent": 12.5,
            "output.nominal_yoy_percent": None,
        },
        counts={
            "企业": ("enterprises", 3, 0, 0, 0),
            "走访": ("visits", 3, 0, 0, 0),
            "问题": ("problems", 3, 0, 0, 0),
            "项目": ("projects", 2, 0, 0, 0),
            "产值": ("output", 3, 0, 0, 0),
        },
        unread=("封面", "统计"),
        values={
            ("企业", 6): {"park": "临港产业园", "employees": 150, "products": "储能柜"},
            ("走访", 4): {"day": "2021-04-07", "q2_problem": "无"},
            ("问题", 4): {"state": "closed", "closed_day": "2021-05-28", "closed_verified": True},
            ("问题", 5): {"state": "doing", "deadline": "2021-06-30", "assigned_day": "2021-04-20"},
            ("银企", 4): {"granted_day": "2021-05-25", "drawn_day": "2021-06-01", "granted_yuan": 80_000_000},
            ("项目", 4): {"total_yuan": 2_000_000_000, "year_plan_yuan": 500_000_000},
        },
    ),
    Case(
        "unit in the parent heading",
        parent_unit,
        as_of="2021-07-31",
        figures={
            "output.to": "2021-06",
            "output.total_yuan": 20_005_000,
            "output.base_yuan": 18_005_000,
            "output.yoy_percent": 11.1,
        },
    ),
    Case(
        "last year's book and this year's",
        two_books,
        as_of="2021-04-30",
        figures={
            "output.from": "2021-01",
            "output.to": "2021-03",
            "output.total_yuan": 720_000,
            "output.base_yuan": 660_000,
            "output.yoy_percent": 9.1,
            "output.nominal_yoy_percent": 9.1,
        },
        counts={"2020年": ("output", 2, 0, 0, 0), "2021年": ("output", 2, 0, 0, 0)},
    ),
    Case(
        "units in the cells, a match without amounts",
        own_amounts,
        as_of="2021-07-10",
        figures={"finance.granted_yuan": 105_000_000, "finance.drawn_yuan": 60_000_000},
        values={
            ("融资", 5): {"need_yuan": 8_000_000, "drawn_day": "2021-07-15"},
            ("融资", 6): {"need_yuan": 200_000_000},
        },
    ),
    Case(
        "deadlines in words",
        deadlines,
        as_of="2020-12-31",
        figures={"problems.assigned": 8, "problems.overdue": 3},
        values={
            ("交办", 3): {"deadline": "2020-11-24", "assigned_day": "2020-11-03"},
            ("交办", 4): {"deadline": "2020-11-10"},
            ("交办", 5): {"deadline": "2020-11-20"},
            ("交办", 6): {"deadline": "2020-12-31"},
            ("交办", 7): {"deadline": "2021-10-31"},
            ("交办", 8): {"deadline": None},
            ("交办", 9): {"deadline": None},
            ("交办", 10): {"deadline": "2021-03-31"},
        },
    ),
    Case(
        "short names",
        register_names,
        as_of="2021-10-31",
        figures={"enterprises.total": 2, "output.total_yuan": 1_500_000, "output.base_yuan": 1_200_000},
    ),
    Case(
        "a hidden copy: asked, not read",
        hidden,
        as_of="2021-12-31",
        asked=("隐藏",),
        figures={"projects.total": 1},
        counts={"2021": ("projects", 1, 0, 0, 0)},
        unread=("旧表",),
        warned=((0, "隐藏"),),
    ),
    Case(
        "a hidden sheet that is meant",
        hidden,
        as_of="2021-12-31",
        asked=("隐藏",),
        answers={"隐藏": "读"},
        figures={"projects.total": 2},
    ),
)
