"""Project lists: stages in group rows or in a column, two units in one table, tables away from A1, a sheet a county."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books.running import Case
from tests.books.workbooks import Draft, down

if TYPE_CHECKING:
    from pathlib import Path


def grouped(folder: Path) -> list[Path]:
    """Group rows carry stage and count; the table starts at C5; 总投资 in 亿元 beside 年度计划 in 万元."""
    draft = Draft(folder, "生物医药项目.xlsx")
    draft.sheet(
        "调度",
        [
            ["2021年生物医药产业链重点项目调度表"],
            ["截至2021年10月31日"],
            [
                "序号",
                "项目名称",
                "建设单位",
                "总投资\n（亿元）",
                "年度计划投资（万元）",
                "1-10月完成投资（万元）",
                "竣工时间",
            ],
            ["一、竣工项目（3个）"],
            [1, "康桥原料药基地", "康桥药业集团有限公司", 2.5, 8000, 8000, "2021年3月"],
            [2, "疫苗冷链物流中心", "江浦冷链有限公司", 1.2, "3,000", "3,100", "2021.6.30"],
            [3, "旧厂区搬迁", "百草堂制药有限公司", 0.8, None, None, "2020年12月20日"],
            ["小计", None, None, 4.5, 11000, 11100, None],
            ["二、在建项目（2个）"],
            [1, "抗体药中试平台", "康桥药业集团有限公司", 5, 20000, 15000, None],
            [2, "医用\n耗材产业园", "江浦医疗器械园开发公司", 10.66, 30000, 12000, None],
            ["小计", None, None, 15.66, 50000, 27000, None],
            ["三、拟开工项目（1个）"],
            [1, "中药饮片智能工厂", "百草堂制药有限公司", 3, 0, 0, None],
            ["四、停缓建项目（1个）"],
            [1, "细胞治疗中心", "康桥药业集团有限公司", 2, None, None, None],
            ["合计", None, None, 25.16, 61000, 38100, None],
            ["备注：竣工时间以联合验收为准。"],
        ],
        at="C5",
        merged="C5:I5 C6:I6 C8:I8",
    )
    return [draft.save()]


def stage_column(folder: Path) -> list[Path]:
    """建设阶段 in the words offices use; one heading row; a wholly blank row and column inside."""
    draft = Draft(folder, "新能源汽车项目.xlsx")
    draft.sheet(
        "Sheet1",
        [
            ["景泽市新能源汽车产业链2021年项目清单"],
            [None, None, None, None, None, None, "单位：亿元"],
            ["序号", "项目名称", None, "项目业主", "总投资", "建设阶段", "形象进度"],
            [1, "动力电池一期", None, "景泽锂能有限公司", 30, "续建", "设备安装"],
            [2, "电机电控项目", None, "景泽电驱有限公司", 12.5, "新开工", "基础完工"],
            [],
            [3, "整车焊装线", None, "景泽汽车有限公司", 8, "竣工投产", "已投产"],
            [4, "换电站网络", None, "景泽充换电有限公司", 2, "计划开工", None],
            [5, "氢燃料电池中试线", None, "景泽氢能有限公司", 1.5, "前期", None],
            [6, "废旧电池回收", None, "景泽循环有限公司", 3, "停工", "因环评停工"],
        ],
        merged="A1:G1",
    )
    return [draft.save()]


def started_or_not(folder: Path) -> list[Path]:
    """是否开工 as √/×; one amount with no unit in a table whose other columns have one."""
    draft = Draft(folder, "轨道交通项目.xlsx")
    draft.sheet(
        "项目",
        [
            ["轨道交通装备产业链项目推进表（2021年9月）"],
            ["序号", "项目名称", "项目单位", "总投资（万元）", "年度投资计划（万元）", "是否开工", "工程进度"],
            [1, "转向架生产线", "南车配件有限公司", 12000, 5000, "√", "主体封顶"],
            [2, "车体铝材加工", "轨道铝业有限公司", "约2.3亿元", 6000, "×", None],
            [3, "检测中心", "南车配件有限公司", "8000万元（分两期）", "1000", "是", "装修"],
        ],
        merged="A1:G1",
    )
    return [draft.save()]


def by_county(folder: Path) -> list[Path]:
    """A cover, a statistics sheet, and a sheet a county whose numbering starts again; a hidden old copy."""
    draft = Draft(folder, "各县项目.xlsx")
    draft.sheet("封面", [[None], [None, "现代种业产业链"], [None, "重点项目台账"], [None, "二〇二一年十月"]])
    draft.sheet(
        "汇总",
        [
            ["各县区项目汇总表"],
            ["县区", "项目个数", "竣工", "在建", "拟开工", "总投资（亿元）"],
            ["云溪县", 2, 1, 1, 0, 3],
            ["石桥县", 2, 0, 1, 1, 5],
            ["合计", 4, 1, 2, 1, 8],
        ],
    )
    for county, rows in (
        ("云溪县", [[1, "育种基地", "云溪种业公司", 1, "竣工"], [2, "种子加工中心", "云溪种业公司", 2, "在建"]]),
        ("石桥县", [[1, "制种大县示范", "石桥农投公司", 4, "在建"], [2, "种质资源库", "石桥农投公司", 1, "拟开工"]]),
    ):
        draft.sheet(
            county,
            [
                [f"{county}2021年现代种业重点项目"],
                ["序号", "项目名称", "建设单位", "总投资（亿元）", "项目状态"],
                *rows,
            ],
            merged=f"A1:E1 {down('C', 3, 4)}",
        )
    return [draft.save()]


def comma_separated(folder: Path) -> list[Path]:
    """A CSV saved by a Chinese Excel: GBK, quoted line breaks, an amount with a thousands comma."""
    path = folder / "项目.csv"
    lines = (
        "2021年绿色建材产业链项目表,,,,\r\n"
        "序号,项目名称,建设单位,总投资（万元）,建设阶段\r\n"
        '1,"装配式\n构件厂",绿建科技有限公司,"12,500",在建\r\n'
        "2,骨料矿山,石料有限公司,9000,拟开工\r\n"
        '合计,,,"21,500",\r\n'
    )
    path.write_bytes(lines.encode("gbk"))
    return [path]


def miscounted(folder: Path) -> list[Path]:
    """The group row says 3, two stand under it; 合计 does not add up either."""
    draft = Draft(folder, "算错.xlsx")
    draft.sheet(
        "项目",
        [
            ["2021年烟花产业链项目"],
            ["序号", "项目名称", "业主单位", "总投资（亿元）"],
            ["（一）在建项目3个"],
            [1, "环保烟花技改", "彩虹烟花厂", 1],
            [2, "仓储物流", "彩虹烟花厂", 2],
            ["合计", None, None, 4],
        ],
        merged="A1:D1 A3:D3",
    )
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "groups with stages, from C5",
        grouped,
        as_of="2021-11-19",
        figures={
            "projects.completed": 2,
            "projects.under_construction": 2,
            "projects.planned": 1,
            "projects.stopped": 1,
            "projects.total": 6,
            "enterprises.total": 0,
        },
        counts={"调度": ("projects", 7, 0, 0, 0)},
        values={
            ("调度", 9): {"stage": "completed", "total_yuan": 250_000_000, "year_plan_yuan": 80_000_000},
            ("调度", 10): {"finish_day": "2021-06-30", "year_plan_yuan": 30_000_000, "year_done_yuan": 31_000_000},
            ("调度", 11): {"finish_day": "2020-12-20"},
            ("调度", 15): {"total_yuan": 1_066_000_000, "stage": "under_construction"},
            ("调度", 18): {"stage": "planned", "year_plan_yuan": 0},
            ("调度", 20): {"stage": "stopped"},
        },
    ),
    Case(
        "stage in a column",
        stage_column,
        as_of="2021-12-31",
        figures={
            "projects.completed": 1,
            "projects.under_construction": 2,
            "projects.planned": 2,
            "projects.stopped": 1,
            "projects.total": 6,
        },
        counts={"Sheet1": ("projects", 6, 0, 0, 0)},
        values={("Sheet1", 5): {"total_yuan": 1_250_000_000}, ("Sheet1", 7): {"stage": "completed"}},
    ),
    Case(
        "started or not",
        started_or_not,
        as_of="2021-10-31",
        figures={"projects.under_construction": 2, "projects.planned": 1, "projects.total": 3},
        counts={"项目": ("projects", 3, 0, 0, 0)},
        values={
            ("项目", 4): {"total_yuan": 230_000_000, "year_plan_yuan": 60_000_000, "stage": "planned"},
            ("项目", 5): {"total_yuan": 80_000_000, "year_plan_yuan": 10_000_000, "stage": "under_construction"},
        },
    ),
    Case(
        "a sheet a county",
        by_county,
        as_of="2021-11-30",
        figures={
            "projects.completed": 1,
            "projects.under_construction": 2,
            "projects.planned": 1,
            "projects.total": 4,
            "enterprises.total": 0,
        },
        counts={"云溪县": ("projects", 2, 0, 0, 0), "石桥县": ("projects", 2, 0, 0, 0)},
        unread=("汇总",),
        values={("石桥县", 4): {"owner": "石桥农投公司", "total_yuan": 100_000_000}},
    ),
    Case(
        "GBK CSV",
        comma_separated,
        as_of="2021-11-30",
        figures={"projects.under_construction": 1, "projects.planned": 1, "projects.total": 2},
        values={("项目", 3): {"total_yuan": 125_000_000, "name": "装配式构件厂"}},
    ),
    Case(
        "a group and a total that do not add up",
        miscounted,
        as_of="2021-11-30",
        figures={"projects.under_construction": 2, "projects.total": 2},
        counts={"项目": ("projects", 2, 0, 0, 0)},
        warned=((3, "3"), (6, "合计")),
    ),
)
