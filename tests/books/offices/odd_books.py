"""Less common habits, each seen in some office: ticks for states, banks as sheets, several cumulatives side by side."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.books.offices.codes import credit_code
from tests.books.running import Case
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from pathlib import Path


def several_cumulatives(folder: Path) -> list[Path]:
    """一季度, 上半年 and 1-9月 side by side, each with its base."""
    draft = Draft(folder, "航天配套.xlsx")
    draft.sheet(
        "产值",
        [
            ["2021年航天配套产业链产值分段情况（万元）"],
            ["序号", "企业名称", "1-3月", None, "1-6月", None, "1-9月", None],
            [None, None, "本年", "上年同期", "本年", "上年同期", "本年", "上年同期"],
            [1, "星箭紧固件有限公司", 100, 90, 210, 190, 330, 300],
            [2, "云帆复材有限公司", 50, 60, 110, 120, 180, 200],
        ],
        merged="A1:H1 A2:A3 B2:B3 C2:D2 E2:F2 G2:H2",
    )
    return [draft.save()]


def years_side_by_side(folder: Path) -> list[Path]:
    """2021年1-9月 beside 2020年1-9月: the form's own base, so nothing is known of what was published."""
    draft = Draft(folder, "对比.xlsx")
    draft.sheet(
        "对比",
        [
            ["竹木家居产业链规上企业产值对比表"],
            [None, None, None, None, "单位：亿元"],
            ["序号", "单位名称", "2021年1-9月", "2020年1-9月", "增幅（%）"],
            [1, "翠竹家居有限公司", 1.2, 1, 20],
            [2, "楠林木业有限公司", 0.9, 1, -10],
        ],
        merged="A1:E1",
    )
    return [draft.save()]


def bare_output(folder: Path) -> list[Path]:
    """The period stands in the title only; the columns are called 产值 and 同期."""
    draft = Draft(folder, "裸表头.xlsx")
    draft.sheet(
        "Sheet1",
        [
            ["2021年1-9月竹木家居产业链产值完成情况表（万元）"],
            ["序号", "企业名称", "产值", "同期", "增幅%"],
            [1, "翠竹家居有限公司", 1200, 1000, 20],
            [2, "楠林木业有限公司", 900, 1000, -10],
            [3, "其他", None, None, None],
        ],
        merged="A1:E1",
    )
    return [draft.save()]


def ticks(folder: Path) -> list[Path]:
    """The state as a tick under one of three headings."""
    draft = Draft(folder, "打勾.xlsx")
    draft.sheet(
        "台账",
        [
            ["竹木家居产业链问题办理情况表（2021年5月6日交办，截至2021年9月30日）"],
            ["序号", "企业", "存在问题", "责任单位", "办结时限", "办理状态", None, None],
            [None, None, None, None, None, "已办结", "正在办理", "长期推进"],
            [1, "翠竹家居", "消防验收", "市住建局", "2021-06-30", "√", None, None],
            [2, "楠林木业", "林地指标", "市林业局", "2021-08-31", None, "√", None],
            [3, "楠林木业", "道路改造", "市交通局", "2021-12-31", None, None, "√"],
        ],
        merged="A1:H1 A2:A3 B2:B3 C2:C3 D2:D3 E2:E3 F2:H2",
    )
    return [draft.save()]


def unit_groups(folder: Path) -> list[Path]:
    """Sorted by department with a row for each: （一）市自规局（2个）; no unit column at all."""
    draft = Draft(folder, "按部门.xlsx")
    draft.sheet(
        "交办",
        [
            ["竹木家居产业链企业问题交办清单（2021年5月6日）"],
            ["序号", "企业名称", "存在问题", "办结时限"],
            ["（一）市自然资源和规划局（2个）"],
            [1, "翠竹家居", "用地报批", "2021-06-30"],
            [2, "楠林木业", "规划条件", "2021-07-31"],
            ["（二）市科技局（1个）"],
            [1, "翠竹家居", "研发补助", "2021-08-31"],
        ],
        merged="A1:D1 A3:D3 A6:D6",
    )
    return [draft.save()]


def sheet_a_bank(folder: Path) -> list[Path]:
    """A sheet a bank, the bank named only by the sheet and its title."""
    draft = Draft(folder, "各行放款.xlsx")
    for bank, rows in (
        (
            "工商银行",
            [[1, "翠竹家居有限公司", 500, datetime(2021, 6, 1)], [2, "楠林木业有限公司", 300, datetime(2021, 7, 1)]],
        ),
        ("农业银行", [[1, "翠竹家居有限公司", 200, datetime(2021, 6, 15)]]),
    ):
        draft.sheet(
            bank,
            [[f"{bank}支持竹木家居产业链放款明细表（万元）"], ["序号", "企业名称", "放款金额", "放款日期"], *rows],
            merged="A1:D1",
        )
    return [draft.save()]


def not_above_scale(folder: Path) -> list[Path]:
    """规下 firms stand in the same register; an entry and an exit year only."""
    draft = Draft(folder, "全部企业.xlsx")
    draft.sheet(
        "企业库",
        [
            ["竹木家居产业链企业库"],
            ["序号", "企业名称", "信用代码", "是否规上", "入规时间"],
            [1, "翠竹家居有限公司", credit_code(31), "是", "2016年"],
            [2, "楠林木业有限公司", credit_code(32), "是", None],
            [3, "小微竹制品厂", credit_code(33), "否", None],
        ],
    )
    return [draft.save()]


def serial_days(folder: Path) -> list[Path]:
    """Days kept as bare serial numbers and in Chinese numerals; times beside days."""
    draft = Draft(folder, "怪日期.xlsx")
    draft.sheet(
        "走访",
        [
            ["竹木家居产业链走访登记"],
            ["走访日期", "企业名称", "走访人员", "生产经营情况"],
            [44477, "翠竹家居有限公司", "甲", "好"],
            ["二〇二一年十月九日", "楠林木业有限公司", "甲", "好"],
            [datetime(2021, 10, 11, 9, 30), "小微竹制品厂", "乙", "差"],
            ["2021年10月12日上午", "翠竹家居有限公司", "乙", "好"],
            ["2021-10-13（星期三）", "楠林木业有限公司", "乙", "好"],
        ],
    )
    return [draft.save()]


def tab_separated(folder: Path) -> list[Path]:
    """UTF-8 with a mark, tabs between cells."""
    path = folder / "名册.csv"
    text = "竹木家居规上企业名册\t\t\n序号\t企业名称\t主要产品\n1\t翠竹家居有限公司\t竹地板\n2\t楠林木业有限公司\t“实木”家具\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    return [path]


def planned_finish(folder: Path) -> list[Path]:
    """Finish days that lie ahead are plans; a project done after the asked day was still building then."""
    draft = Draft(folder, "工期.xlsx")
    draft.sheet(
        "项目",
        [
            ["2021年竹木家居产业链项目进度表（截至2021年11月30日）"],
            ["序号", "项目名称", "投资主体", "总投资额（万元）", "项目阶段", "开工时间", "竣工时间"],
            [1, "竹地板二线", "翠竹家居有限公司", 5000, "在建", "2021.3", "计划2022年6月"],
            [2, "家具智造", "楠林木业有限公司", 8000, "竣工", "2020年8月", "2021年10月20日"],
            [3, "竹炭项目", "翠竹家居有限公司", 2000, "前期", "2022年1月", None],
        ],
        merged="A1:G1",
    )
    return [draft.save()]


def stacked_desks(folder: Path) -> list[Path]:
    """Two different lists under one another in one sheet."""
    draft = Draft(folder, "上下两表.xlsx")
    draft.sheet(
        "汇报附表",
        [
            ["附表1：2021年竹木家居产业链重点项目"],
            ["序号", "项目名称", "总投资（亿元）", "建设阶段"],
            [1, "竹地板二线", 0.5, "在建"],
            [2, "家具智造", 0.8, "竣工"],
            ["合计", None, 1.3, None],
            [],
            ["附表2：2021年1-9月产值（单位：万元）"],
            ["序号", "企业名称", "1-9月产值", "上年同期"],
            [1, "翠竹家居有限公司", 1200, 1000],
            [2, "楠林木业有限公司", 900, 1000],
            ["合计", None, 2100, 2000],
        ],
        merged="A1:D1 A5:B5 A7:D7 A11:B11",
    )
    return [draft.save()]


def same_start(folder: Path) -> list[Path]:
    """Two firms whose names begin alike; the output list writes what only one of them can be, and what both could."""
    draft = Draft(folder, "近名.xlsx")
    draft.sheet(
        "名册",
        [
            ["规上企业名册"],
            ["序号", "企业名称"],
            [1, "翠竹家居有限公司"],
            [2, "翠竹家居销售有限公司"],
        ],
    )
    draft.sheet(
        "产值",
        [
            ["2021年9月产值表（万元）"],
            ["企业名称", "1-9月累计", "上年同期累计"],
            ["翠竹家居有限责任公司", 300, 200],
            ["翠竹家居销售公司", 30, 20],
        ],
    )
    return [draft.save()]


def breakdowns(folder: Path) -> list[Path]:
    """其中 rows under a firm repeat part of its number; they are no firms."""
    draft = Draft(folder, "其中.xlsx")
    draft.sheet(
        "产值",
        [
            ["2021年1-9月竹木家居产业链产值（万元）"],
            ["序号", "企业名称", "1-9月产值", "上年同期"],
            [1, "翠竹家居有限公司", 1200, 1000],
            [None, "其中：地板分厂", 700, 600],
            [None, "其中：家具分厂", 500, 400],
            [2, "楠林木业有限公司", 800, 800],
            [None, "合计", 2000, 1800],
        ],
        merged="A1:D1",
    )
    return [draft.save()]


def bank_groups(folder: Path) -> list[Path]:
    """A row for each bank above its firms, with the bank's sum; no bank column."""
    draft = Draft(folder, "按银行.xlsx")
    draft.sheet(
        "放款",
        [
            ["竹木家居产业链银企对接放款明细（2021年5月20日对接会）"],
            [None, None, "单位：万元", None],
            ["序号", "企业名称", "放款金额", "放款时间"],
            ["一、工商银行（2家）", None, 800, None],
            [1, "翠竹家居有限公司", 500, "2021-06-01"],
            [2, "楠林木业有限公司", 300, "2021-07-01"],
            ["二、农业银行（1家）", None, 200, None],
            [1, "翠竹家居有限公司", 200, "2021-06-15"],
            ["合计", None, 1000, None],
        ],
        merged="A1:D1 A4:B4 A7:B7 A9:B9",
    )
    return [draft.save()]


def months_and_sum(folder: Path) -> list[Path]:
    """Twelve months and 累计, half the year still empty; 累计 disagrees with the months' sum and is what counts."""
    draft = Draft(folder, "十二个月.xlsx")
    months = [f"{month}月" for month in range(1, 13)]
    rest = [None] * 6
    draft.sheet(
        "产值",
        [
            ["2021年陶瓷产业链规上企业产值统计"],
            ["序号", "企业名称", "产值（万元）", *[None] * 12],
            [None, None, *months, "累计"],
            [1, "甲窑有限公司", *[10] * 6, *rest, 60],
            [2, "乙窑有限公司", *[5] * 6, *rest, 31],
        ],
        merged="A1:O1 A2:A3 B2:B3 C2:O2",
    )
    return [draft.save()]


def year_and_month(folder: Path) -> list[Path]:
    """年份 and 月份 as plain numbers in columns of their own."""
    draft = Draft(folder, "年月两列.xlsx")
    draft.sheet(
        "产值",
        [
            ["陶瓷产业链企业产值（万元）"],
            ["年份", "月份", "企业名称", "产值", "上年同月"],
            [2021, 1, "甲窑有限公司", 10, 9],
            [2021, 2, "甲窑有限公司", 11, 9],
            [2021, 1, "乙窑有限公司", 5, 5],
            [2021, 2, "乙窑有限公司", 5, 5],
        ],
        merged="A1:E1",
    )
    return [draft.save()]


def side_by_side(folder: Path) -> list[Path]:
    """One list broken into two halves that stand beside one another."""
    draft = Draft(folder, "左右两半.xlsx")
    half = ["企业名称", "1-9月产值", "上年同期"]
    draft.sheet(
        "产值",
        [
            ["2021年9月陶瓷产业链产值（万元）"],
            [*half, None, *half],
            ["甲窑有限公司", 10, 9, None, "丙窑有限公司", 7, 6],
            ["乙窑有限公司", 11, 9, None, "丁窑有限公司", 8, 7],
        ],
        merged="A1:G1",
    )
    return [draft.save()]


def investment_grid(folder: Path) -> list[Path]:
    """Three heading rows, a month column, classes as group rows, cost items that belong to no field."""
    draft = Draft(folder, "投资.xlsx")
    none = None
    draft.sheet(
        "调度",
        [
            ["2021年重点项目月度调度表"],
            ["单位：万元"],
            ["月份", "项目名称", "建设单位", "年度计划投资", "是否开工", "投资完成情况", *[none] * 4, "形象进度"],
            [*[none] * 5, "当月已完成投资", "当月至今已完成", "其中", none, none, none],
            [*[none] * 7, "土建工程", "设备安装费用", "土地等费用", none],
            ["一、市重大项目（1个）"],
            ["9月", "瓷砖技改", "甲窑有限公司", 5000, "是", 400, 3600, 200, 100, 100, "设备安装"],
            ["二、区重点项目（1个）"],
            ["9月", "釉料基地", "乙窑有限公司", 3000, "否", 0, 0, 0, 0, 0, "前期手续"],
        ],
        merged="A1:K1 A3:A5 B3:B5 C3:C5 D3:D5 E3:E5 F3:J3 F4:F5 G4:G5 H4:J4 K3:K5 A6:K6 A8:K8",
    )
    return [draft.save()]


def wanted_banks(folder: Path) -> list[Path]:
    """Several wanted banks beside one needed amount: the need is one, the banks are matched, nothing is asked."""
    draft = Draft(folder, "贷款需求.xlsx")
    draft.sheet(
        "需求",
        [
            ["银行贷款需求表（2021年6月8日银企对接会）"],
            ["企业名称", "市/区县", "所在行业", "意向银行(逗号隔开)", "贷款金额(万元)", "是否首次贷款", "贷款用途"],
            ["甲窑有限公司", "东湖区", "陶瓷", "工商银行,农业银行", 1000, "否", "流动资金"],
            ["乙窑有限公司", "西湖区", "陶瓷", "建设银行", 2000, "是", "设备"],
        ],
    )
    return [draft.save()]


def firms_as_columns(folder: Path) -> list[Path]:
    """Firms across, months down: nothing is guessed from it."""
    draft = Draft(folder, "转置.xlsx")
    draft.sheet(
        "甲窑",
        [
            ["企业指标（续）"],
            ["指标", "甲窑有限公司", "乙窑有限公司"],
            ["1月", 10, 20],
            ["2月", 11, 21],
        ],
    )
    return [draft.save()]


def indented(folder: Path) -> list[Path]:
    """Districts above their firms, told apart by indents and sums only; the city's total first; no numbers."""
    draft = Draft(folder, "缩进.xlsx")
    draft.sheet(
        "8月",
        [
            ["规上工业企业产值完成情况"],
            ["2021年8月", None, None, None, "单位：万元"],
            ["企业名称", "本月", "比上年同月±%", "1—8月", "比上年同期±%"],
            ["全市合计", 300, 10, 2400, 12],
            ["　东湖区", 200, 8, 1600, 10],
            ["　　甲窑有限公司", 120, 10, 1000, 11],
            ["　　乙窑有限公司", 80, 5, 600, 8.4],
            ["　西湖区", 100, 14, 800, 16],
            ["　　丙窑有限公司", 100, 14, 800, 16],
        ],
        merged="A1:E1",
    )
    return [draft.save()]


def parks_alike(folder: Path) -> list[Path]:
    """Two parks that need the same amount: the first is no sum of the second."""
    draft = Draft(folder, "园区需求.xlsx")
    draft.sheet(
        "需求",
        [
            ["园区平台融资需求（2021年6月8日银企对接会）"],
            ["融资主体", "需求金额（万元）", "意向银行"],
            ["东湖工业园区", 1000, "农发行"],
            ["西湖工业园区", 1000, "农发行"],
            ["甲窑有限公司", 1000, "工行"],
        ],
    )
    return [draft.save()]


def month_and_sum(folder: Path) -> list[Path]:
    """本月放款 beside 累计放款: the month is part of the sum; undated, so as at the cut-off day."""
    draft = Draft(folder, "投放月报.xlsx")
    draft.sheet(
        "月报",
        [
            ["银企对接贷款投放月调度表（截至2021年8月31日）"],
            ["单位：万元"],
            ["序号", "企业名称", "签约银行", "签约金额", "授信金额", "本月放款", "累计放款", "贷款余额", "利率"],
            [1, "甲窑有限公司", "工行", 1000, 800, 100, 500, 450, "4.35%"],
            [2, "乙窑有限公司", "农行", 600, 600, 0, 600, 600, "4.5%"],
        ],
        merged="A1:I1",
    )
    return [draft.save()]


def supervised(folder: Path) -> list[Path]:
    """督办: 事项 instead of 问题, the state in a sentence, 满意度评价."""
    draft = Draft(folder, "督办.xlsx")
    draft.sheet(
        "督办",
        [
            ["督办事项台账（截至2021年9月30日）"],
            ["序号", "事项", "企业", "主办单位", "办结时限", "交办时间", "办结情况", "满意度评价"],
            [1, "加压供水", "甲窑", "市水利局", "2021/8/1", "2021/6/1", "已于7月20日办结", "满意"],
            [2, "扩容", "甲窑", "市供电公司", "2021/8/1", "2021/6/1", "未办结（受限于管廊）", ""],
        ],
    )
    return [draft.save()]


def vague_days(folder: Path) -> list[Path]:
    """A span of days, a ten-day period, a month, no day at all: visits of the title's year and month."""
    draft = Draft(folder, "领导走访.xlsx")
    draft.sheet(
        "走访",
        [
            ["2021年3月领导走访企业情况汇总"],
            ["序号", "走访领导", "走访企业", "走访时间", "企业反映问题", "解决措施"],
            [1, "张某", "甲窑有限公司", "3月5日-6日", "缺工", "对接职院"],
            [2, "李某", "乙窑有限公司", "3月上旬", "无", "—"],
            [3, "王某", "丙窑有限公司", "3月", "融资", "对接银行"],
            [4, "王某", "丁窑有限公司", None, "融资", "对接银行"],
        ],
    )
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "several cumulatives",
        several_cumulatives,
        as_of="2021-10-31",
        figures={
            "output.to": "2021-09",
            "output.total_yuan": 5_100_000,
            "output.base_yuan": 5_000_000,
            "output.yoy_percent": 2.0,
        },
    ),
    Case(
        "several cumulatives, in July",
        several_cumulatives,
        as_of="2021-07-31",
        figures={"output.to": "2021-06", "output.total_yuan": 3_200_000, "output.base_yuan": 3_100_000},
    ),
    Case(
        "years side by side",
        years_side_by_side,
        as_of="2021-10-31",
        figures={
            "output.to": "2021-09",
            "output.total_yuan": 210_000_000,
            "output.base_yuan": 200_000_000,
            "output.yoy_percent": 5.0,
            "output.nominal_yoy_percent": None,
        },
    ),
    Case(
        "period in the title only",
        bare_output,
        as_of="2021-10-31",
        figures={"output.to": "2021-09", "output.total_yuan": 21_000_000, "output.base_yuan": 20_000_000},
        values={("Sheet1", 3): {"cum_yuan": 12_000_000, "cum_prev_yuan": 10_000_000}},
    ),
    Case(
        "ticks under three states",
        ticks,
        as_of="2021-09-30",
        figures={
            "problems.assigned": 3,
            "problems.closed": 1,
            "problems.open": 1,
            "problems.parked": 1,
            "problems.overdue": 1,
        },
    ),
    Case(
        "departments as groups",
        unit_groups,
        as_of="2021-07-15",
        figures={"problems.assigned": 3, "problems.units": 2, "problems.overdue": 1},
    ),
    Case(
        "a sheet a bank",
        sheet_a_bank,
        as_of="2021-06-30",
        figures={"finance.drawn_yuan": 7_000_000, "finance.enterprises": 1, "finance.banks": 2},
    ),
    Case(
        "banks as groups",
        bank_groups,
        as_of="2021-06-30",
        figures={"finance.drawn_yuan": 7_000_000, "finance.enterprises": 2, "finance.banks": 2},
        counts={"放款": ("finance", 3, 0, 0, 0)},
    ),
    Case(
        "twelve months and 累计",
        months_and_sum,
        as_of="2021-12-31",
        figures={"output.to": "2021-06", "output.total_yuan": 910_000},
    ),
    Case(
        "year and month in columns",
        year_and_month,
        as_of="2021-12-31",
        figures={"output.to": "2021-02", "output.total_yuan": 310_000, "output.base_yuan": 280_000},
        counts={"产值": ("output", 4, 0, 0, 0)},
    ),
    Case(
        "two halves side by side",
        side_by_side,
        as_of="2021-12-31",
        figures={"output.total_yuan": 360_000, "output.base_yuan": 310_000, "output.yoy_percent": 16.1},
        counts={"产值": ("output", 4, 0, 0, 0)},
    ),
    Case(
        "investment grid",
        investment_grid,
        as_of="2021-12-31",
        figures={"projects.under_construction": 1, "projects.planned": 1, "projects.total": 2},
        values={("调度", 7): {"month": "2021-09", "year_done_yuan": 36_000_000, "month_done_yuan": 4_000_000}},
    ),
    Case(
        "wanted banks",
        wanted_banks,
        as_of="2021-06-08",
        figures={"finance.enterprises": 2, "finance.banks": 3, "finance.granted_yuan": 0},
        values={("需求", 3): {"need_yuan": 10_000_000}},
    ),
    Case("firms as columns: not guessed", firms_as_columns, code=1, unread=("甲窑",)),
    Case(
        "districts above their firms",
        indented,
        as_of="2021-09-30",
        figures={"output.to": "2021-08", "output.total_yuan": 24_000_000},
        counts={"8月": ("output", 3, 0, 0, 0)},
    ),
    Case(
        "parks that need the same",
        parks_alike,
        as_of="2021-12-31",
        figures={"finance.enterprises": 1, "finance.parks": 2, "finance.banks": 2},
        counts={"需求": ("finance", 3, 0, 0, 0)},
    ),
    Case(
        "a month's part of a sum",
        month_and_sum,
        as_of="2021-08-31",
        figures={"finance.drawn_yuan": 11_000_000, "finance.granted_yuan": 14_000_000},
        warned=((4, "2021-08-31"),),
    ),
    Case(
        "supervised matters",
        supervised,
        as_of="2021-09-30",
        figures={"problems.assigned": 2, "problems.closed": 1, "problems.open": 1, "problems.overdue": 1},
        values={("督办", 3): {"closed_verified": True, "closed_day": "2021-07-20"}},
    ),
    Case(
        "vague days",
        vague_days,
        as_of="2021-03-31",
        figures={"visits.enterprises_visited": 4},
        counts={"走访": ("visits", 4, 0, 0, 0)},
        values={("走访", 3): {"day": "2021-03-05", "followup": "对接职院"}},
    ),
    Case("not above scale", not_above_scale, as_of="2021-12-31", figures={"enterprises.total": 2}),
    Case("not above scale, long ago", not_above_scale, as_of="2015-12-31", figures={"enterprises.total": 1}),
    Case(
        "odd days",
        serial_days,
        as_of="2021-10-10",
        figures={"visits.enterprises_visited": 2},
        counts={"走访": ("visits", 5, 0, 0, 0)},
        values={
            ("走访", 3): {"day": "2021-10-08"},
            ("走访", 4): {"day": "2021-10-09"},
            ("走访", 5): {"day": "2021-10-11"},
            ("走访", 6): {"day": "2021-10-12"},
            ("走访", 7): {"day": "2021-10-13"},
        },
    ),
    Case("tabs and UTF-8", tab_separated, as_of="2021-12-31", figures={"enterprises.total": 2}),
    Case(
        "planned and real finish",
        planned_finish,
        as_of="2021-11-30",
        figures={"projects.completed": 1, "projects.under_construction": 1, "projects.planned": 1},
    ),
    Case(
        "before the finish it was building",
        planned_finish,
        as_of="2021-10-01",
        figures={"projects.completed": 0, "projects.under_construction": 2, "projects.planned": 1},
    ),
    Case(
        "two desks in one sheet",
        stacked_desks,
        as_of="2021-12-31",
        figures={
            "projects.total": 2,
            "projects.completed": 1,
            "output.total_yuan": 21_000_000,
            "output.base_yuan": 20_000_000,
        },
        counts={
            "汇报附表": ("projects", 2, 0, 0, 0),
            "汇报附表/output": ("output", 2, 0, 0, 0),
        },
    ),
    Case(
        "names that begin alike",
        same_start,
        as_of="2021-10-31",
        figures={"enterprises.total": 2, "output.total_yuan": 3_300_000, "output.base_yuan": 2_200_000},
    ),
    Case(
        "其中 rows",
        breakdowns,
        as_of="2021-10-31",
        figures={"output.total_yuan": 20_000_000, "output.base_yuan": 18_000_000},
        counts={"产值": ("output", 2, 0, 0, 0)},
    ),
)
