"""Lists in everyday words: 类别 that says the stage, 签约企业, 本期, 停产 for a number, 已销号（4月20日）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books.running import Case
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from pathlib import Path


def signings(folder: Path) -> list[Path]:
    """签约企业; branches of one bank, a bank of the place; one row in 万元 among 亿元."""
    draft = Draft(folder, "签约.xlsx")
    draft.sheet(
        "汇总",
        [
            ["2021年6月8日银企对接会签约情况"],
            ["序号", "签约银行", "签约企业", "授信（亿元）", "已放款（亿元）", "放款时间"],
            [1, "工商银行江浦分行", "甲窑有限公司", 0.5, 0.2, "6月底"],
            [2, "工行东湖支行", "乙窑有限公司", 0.3, "—", ""],
            [3, "江浦农商银行", "丙窑有限公司", "2000万元", "2000万元", "6.30"],
            ["", "小计", "3家", 1.0, 0.4, ""],
        ],
    )
    return [draft.save()]


def classes(folder: Path) -> list[Path]:
    """The stage stands in a merged 类别 column."""
    draft = Draft(folder, "责任清单.xlsx")
    draft.sheet(
        "清单",
        [
            ["2021年重点项目责任清单"],
            ["类别", "序号", "项目名称", "业主", "总投资（亿元）", "2021年建设目标", "责任单位"],
            ["竣工投产类", 1, "甲项目", "甲窑有限公司", 2, "3月投产", "市发改委"],
            [None, 2, "乙项目", "乙窑有限公司", 3, "10月投产", "市发改委"],
            ["续建类", 3, "丙项目", "丙窑有限公司", 5, "主体封顶", "市工信局"],
            ["新开工类", 4, "丁项目", "丁窑有限公司", 4, "6月开工", "市工信局"],
            ["前期类", 5, "戊项目", "戊窑有限公司", 1, "完成立项", "市工信局"],
        ],
        merged="A1:G1 A3:A4",
    )
    return [draft.save()]


def this_period(folder: Path) -> list[Path]:
    """本期 under four measures; only the output is output."""
    draft = Draft(folder, "经营.xlsx")
    draft.sheet(
        "运行",
        [
            ["2021年1-9月重点企业生产经营情况"],
            ["企业名称", "工业总产值", None, "主营业务收入", None, "利润总额", None],
            [None, "本期（万元）", "同比%", "本期（万元）", "同比%", "本期（万元）", "同比%"],
            ["甲窑有限公司", 1200, 20, 1100, 18, -50, "—"],
            ["乙窑有限公司", 800, -5, 790, -6, 20, 3],
        ],
        merged="A1:G1 A2:A3 B2:C2 D2:E2 F2:G2",
    )
    return [draft.save()]


def idle(folder: Path) -> list[Path]:
    """停产 where a number should be; texts for numbers; a firm new to the register without a base."""
    draft = Draft(folder, "增速.xlsx")
    draft.sheet(
        "附件",
        [
            ["附件2"],
            ["2021年9月陶瓷产业链规上企业产值及增速"],
            [None, None, None, "单位：万元，%"],
            ["企业名称", "当月产值", "当月增速", "累计产值", "累计增速", "上年同期累计"],
            ["甲窑有限公司", "120.00", "10.0", "1,000.00", "11.1", "900.00"],
            ["乙窑有限公司", "停产", "-", "300.00", "-40", "500.00"],
            ["丙窑有限公司(新入库)", "50", None, "50", None, None],
        ],
    )
    return [draft.save()]


def crossed_off(folder: Path) -> list[Path]:
    """销号情况 tells state and day; lead and co-units under one heading in two ways of writing."""
    draft = Draft(folder, "通知附表.xlsx")
    draft.sheet(
        "交办",
        [
            ["关于交办企业困难问题的通知附表"],
            ["日期：2021年3月8日"],
            ["交办编号", "企业", "问题", "牵头及配合单位", "要求完成时间", "销号情况"],
            [
                "陶交〔2021〕1号",
                "甲窑",
                "缺工",
                "牵头：市人社局\n配合：市教育局、市工信局",
                "4月30日前",
                "已销号（4月20日）",
            ],
            ["陶交〔2021〕2号", "甲窑", "缺地", "市自规局(牵头)，东湖区政府", "12月31日前", "未销号"],
        ],
    )
    return [draft.save()]


def entrants(folder: Path) -> list[Path]:
    """How a firm entered stands in 类别."""
    draft = Draft(folder, "新增名单.xlsx")
    draft.sheet(
        "新增",
        [
            ["2021年新增规上企业名单（新建投产2家、规下转规上1家）"],
            ["序号", "企业名称", "类别", "入库月份"],
            [1, "甲窑有限公司", "月度新建投产", "2021年5月"],
            [2, "乙窑有限公司", "月度新建投产", "2021年8月"],
            [3, "丙窑有限公司", "年度规下转规上", "2021年1月"],
        ],
    )
    return [draft.save()]


def year_so_far(folder: Path) -> list[Path]:
    """当年项目累计投资 under a title that names a month is the year so far, not the month."""
    draft = Draft(folder, "月调度.xlsx")
    draft.sheet(
        "调度",
        [
            ["2021年9月重点项目调度表（万元）"],
            ["序号", "项目名称", "总投资", "当月", "当年项目累计投资", "项目累计投资", "项目状态"],
            [1, "甲项目", 50000, 800, 6000, 20000, "在建"],
        ],
    )
    return [draft.save()]


def bare_amounts(folder: Path) -> list[Path]:
    """金额 and 时间 under a title that says 放款; amounts in capitals, in full, in dollars."""
    draft = Draft(folder, "放款明细.xlsx")
    draft.sheet(
        "放款",
        [
            ["2021年6月8日银企对接会放款明细"],
            ["企业", "银行", "金额", "时间"],
            ["甲窑有限公司", "工行", "500万美元", "2021-7-1"],
            ["乙窑有限公司", "农行", "人民币300万元整", "2021-7-2"],
            ["丙窑有限公司", "建行", "伍佰万元", "2021-7-3"],
            ["丁窑有限公司", "中行", "1,000,000.00元", "2021-7-4"],
            ["戊窑有限公司", "交行", "0.05亿", "2021-7-5"],
            ["己窑有限公司", "邮储", "2000万元（分两笔：1200万、800万）", "2021-7-6"],
        ],
    )
    return [draft.save()]


def several_a_row(folder: Path) -> list[Path]:
    """Two enterprises in one cell, by a comma or a line end: each was visited."""
    draft = Draft(folder, "合并走访.xlsx")
    draft.sheet(
        "走访",
        [
            ["2021年5月走访记录"],
            ["日期", "企业名称", "走访人员", "反映问题"],
            ["5月6日", "甲窑有限公司、乙窑有限公司", "张某", "缺工"],
            ["5月7日", "丙窑有限公司\n丁窑有限公司", "张某", "缺地"],
        ],
    )
    return [draft.save()]


def segments(folder: Path) -> list[Path]:
    """环节 with its sum in a row of its own, left of the firms' column."""
    draft = Draft(folder, "分环节.xlsx")
    draft.sheet(
        "9月",
        [
            ["2021年9月产值（万元）"],
            ["环节", "企业名称", "1-9月", "上年同期"],
            ["原料", None, 100, 80],
            [None, "甲窑有限公司", 60, 50],
            [None, "乙窑有限公司", 40, 30],
            ["烧成", None, 200, 100],
            [None, "丙窑有限公司", 200, 100],
        ],
    )
    return [draft.save()]


def namesakes(folder: Path) -> list[Path]:
    """Two projects of one name: by name they are one (no code), and that is said."""
    draft = Draft(folder, "同名.xlsx")
    draft.sheet(
        "项目",
        [
            ["2021年重点项目"],
            ["序号", "县区", "项目名称", "建设单位", "总投资（亿元）", "建设阶段"],
            [1, "东湖区", "标准厂房", "东湖城投公司", 1, "在建"],
            [2, "西湖区", "标准厂房", "西湖城投公司", 2, "在建"],
        ],
    )
    return [draft.save()]


def slips(folder: Path) -> list[Path]:
    """Days no calendar has, and one that could be two; the good rows apply."""
    draft = Draft(folder, "日期笔误.xlsx")
    draft.sheet(
        "交办",
        [
            ["问题交办清单"],
            ["企业", "问题", "牵头单位", "交办时间", "办结时限"],
            ["甲窑", "一", "市科技局", "2021-13-01", "2021-06-30"],
            ["甲窑", "二", "市科技局", "20210301", "20210630"],
            ["甲窑", "三", "市科技局", "2021年3月", "6.30"],
            ["甲窑", "四", "市科技局", "3/1/2021", "2021/6/30"],
            ["甲窑", "五", "市科技局", "2021-03-01 09:30:00", "30天内"],
            ["甲窑", "六", "市科技局", "二〇二一年三月一日", "一个月内"],
        ],
    )
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "signings",
        signings,
        as_of="2021-12-31",
        figures={
            "finance.enterprises": 3,
            "finance.banks": 2,
            "finance.granted_yuan": 100_000_000,
            "finance.drawn_yuan": 40_000_000,
        },
        counts={"汇总": ("finance", 3, 0, 0, 0)},
    ),
    Case(
        "stage in 类别",
        classes,
        as_of="2021-12-31",
        figures={
            "projects.completed": 2,
            "projects.under_construction": 2,
            "projects.planned": 1,
            "projects.total": 5,
        },
    ),
    Case(
        "本期",
        this_period,
        as_of="2021-12-31",
        figures={"output.to": "2021-09", "output.total_yuan": 20_000_000, "output.base_yuan": None},
    ),
    Case(
        "idle firms",
        idle,
        as_of="2021-12-31",
        asked=("丙窑",),
        answers={"丙窑": "新建投产"},
        figures={"output.total_yuan": 13_500_000, "output.base_yuan": 14_000_000, "output.yoy_percent": -3.6},
        warned=((6, "停产"),),
    ),
    Case(
        "crossed off",
        crossed_off,
        as_of="2021-05-31",
        figures={"problems.assigned": 2, "problems.closed": 1, "problems.open": 1, "problems.overdue": 0},
        values={("交办", 4): {"closed_day": "2021-04-20", "closed_verified": True, "deadline": "2021-04-30"}},
    ),
    Case(
        "the year so far",
        year_so_far,
        as_of="2021-12-31",
        figures={"projects.under_construction": 1},
        values={("调度", 3): {"year_done_yuan": 60_000_000, "total_done_yuan": 200_000_000}},
    ),
    Case(
        "bare amounts",
        bare_amounts,
        as_of="2021-07-31",
        figures={"finance.drawn_yuan": 34_000_000, "finance.enterprises": 5, "finance.banks": 5},
        refused=((3, "外币"),),
    ),
    Case(
        "several enterprises in a row",
        several_a_row,
        as_of="2021-05-31",
        figures={"visits.enterprises_visited": 4},
        warned=((3, "2 家企业"),),
    ),
    Case(
        "sums of segments",
        segments,
        as_of="2021-10-31",
        figures={"output.total_yuan": 3_000_000, "output.base_yuan": 1_800_000},
        counts={"9月": ("output", 3, 0, 0, 0)},
    ),
    Case(
        "projects of one name",
        namesakes,
        as_of="2021-12-31",
        figures={"projects.total": 1},
        warned=((4, "同名"),),
    ),
    Case(
        "slips in days",
        slips,
        as_of="2021-04-15",
        asked=("3/1/2021",),
        refused=((3, "2021-13-01"), (6, "先后")),
        figures={"problems.assigned": 4, "problems.overdue": 2},
        counts={"交办": ("problems", 4, 0, 0, 2)},
    ),
    Case("crossed off, before", crossed_off, as_of="2021-04-19", figures={"problems.closed": 0, "problems.open": 2}),
    Case(
        "entrants",
        entrants,
        as_of="2021-06-30",
        figures={"enterprises.total": 2},
        values={("新增", 3): {"entry_kind": "new_build"}, ("新增", 5): {"entry_kind": "promoted"}},
    ),
)
