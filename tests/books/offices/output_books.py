"""Monthly output as other chains' offices keep it: state form, wide tables, a sheet a month, entrants and leavers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books.running import Case
from tests.books.workbooks import Draft, across, down

if TYPE_CHECKING:
    from pathlib import Path


def _register(draft: Draft, *names: str) -> None:
    rows: list[list[object]] = [["先进陶瓷产业链规上企业名录"], ["序号", "企业名称", "县市区"]]
    rows += [[i, name, "青窑区"] for i, name in enumerate(names, 1)]
    draft.sheet("名录", rows, merged="A1:C1")


def state_form(folder: Path) -> list[Path]:
    """B204-1: 本年 / 上年同期, each 本月 and 1—本月, in 千元; numbers as text, commas, full width."""
    draft = Draft(folder, "陶阳市先进陶瓷9月.xlsx")
    _register(draft, "陶阳明窑陶瓷有限公司", "陶阳青釉瓷业有限公司", "陶阳高岭新材股份有限公司")
    draft.sheet(
        "Sheet2",
        [
            ["2021年1—9月规模以上先进陶瓷企业工业总产值"],
            [None, None, None, None, None, None, "计量单位：千元"],
            ["序号", "单位详细名称", "工业总产值（当年价格）", None, None, None, "备注"],
            [None, None, "本年", None, "上年同期", None, None],
            [None, None, "本月", "1—本月", "本月", "1—本月", None],
            [1, "陶阳明窑陶瓷有限公司", 12345, 98765, 10000, 80000, None],
            [2, "陶阳青釉瓷业有限公司", "5,000.5", "40,000.0", "6000", "50,000", "检修"],
            [3, "陶阳高岭新材股份有限公司", "３０００", "２４０００", 2500, 20000, None],
            [None, "合计", 20345.5, 162765, 18500, 150000, None],
            ["注：按企业自报数汇总。"],
        ],
        merged="A1:G1 A3:A5 B3:B5 C3:F3 C4:D4 E4:F4 G3:G5",
    )
    return [draft.save()]


def two_years_wide(folder: Path) -> list[Path]:
    """A column a month under 2020年 and 2021年; the rest of 2021 still empty; unit in the title."""
    draft = Draft(folder, "有机硅月度产值.xlsx")
    head: list[object] = ["序号", "企业名称", "2020年", *[None] * 11, "2021年", *[None] * 11]
    months: list[object] = [None, None, *[f"{m}月" for m in range(1, 13)], *[f"{m}月" for m in range(1, 13)]]
    rest = [None] * 6
    draft.sheet(
        "产值",
        [
            ["有机硅产业链企业月度产值（单位：万元）"],
            head,
            months,
            [1, "星火有机硅有限公司", *[100] * 12, *[130] * 6, *rest],
            [2, "蓝焰单体材料有限公司", *[200] * 12, *[180] * 6, *rest],
            ["合计", None, *[300] * 12, *[310] * 6, *rest],
        ],
        merged="A1:Z1 A2:A3 B2:B3 C2:N2 O2:Z2 A6:B6",
    )
    return [draft.save()]


def unit_column(folder: Path) -> list[Path]:
    """1-2月 joined; the unit stands in a column of its own and differs by row."""
    draft = Draft(folder, "新能源上半年.xlsx")
    draft.sheet(
        "上半年",
        [
            ["2021年1—6月新能源产业链企业产值"],
            ["序号", "企业名称", "计量单位", "1-2月", "3月", "4月", "5月", "6月"],
            [1, "江浦锂源科技有限公司", "万元", 200, 110, 120, 130, 140],
            [2, "江浦光伏玻璃有限公司", "千元", 1000, 600, 600, 600, 600],
        ],
        merged="A1:H1",
    )
    return [draft.save()]


def sheet_a_month(folder: Path) -> list[Path]:
    """A sheet a month; April's cumulative restates March; the last reported cumulative counts, not the months' sum."""
    draft = Draft(folder, "2021年产值月报.xlsx")
    for name, first, second in (
        ("3月", (110, 300, 90, 250), (50, 150, 60, 170)),
        ("4月", (100, 420, 80, 330), (50, 190, 60, 230)),
    ):
        draft.sheet(
            name,
            [
                [f"生物医药产业链2021年{name}产值情况表"],
                [None, None, None, None, None, "单位：万元"],
                ["序号", "企业名称", "本月产值", "累计产值", "上年同月", "上年同期累计"],
                [1, "康桥药业集团有限公司", *first],
                [2, "百草堂制药有限公司", *second],
                ["合计", None, *[a + b for a, b in zip(first, second, strict=True)]],
            ],
            merged=f"A1:F1 {across(6, 'A', 'B')}",
        )
    return [draft.save()]


def movers(folder: Path) -> list[Path]:
    """规下转规上 with its own base, 新建投产 without one, and a leaver that is on neither side."""
    draft = Draft(folder, "智能装备.xlsx")
    draft.sheet(
        "名册",
        [
            ["智能装备产业链规模以上企业名册"],
            ["序号", "企业名称", "入规时间", "入规方式", "退规时间", "退规原因"],
            [1, "北岭重机有限公司", None, None, None, None],
            [2, "北岭数控机床有限公司", "2021年1月", "规下转规上", None, None],
            [3, "北岭机器人有限公司", "2021年5月", "新建投产", None, None],
            [4, "北岭铸锻有限公司", None, None, "2021年6月", "降规"],
        ],
        merged="A1:F1",
    )
    draft.sheet(
        "产值",
        [
            ["2021年1-8月智能装备产业链产值（万元）"],
            ["序号", "企业名称", "8月产值", "1-8月产值", "上年同期"],
            [1, "北岭重机有限公司", 1000, 8000, 7000],
            [2, "北岭数控机床有限公司", 200, 1500, 1000],
            [3, "北岭机器人有限公司", 100, 300, None],
        ],
        merged="A1:E1",
    )
    draft.sheet(
        "一季度",
        [
            ["2021年1-3月智能装备产业链产值（万元）"],
            ["序号", "企业名称", "3月产值", "1-3月产值", "上年同期"],
            [1, "北岭铸锻有限公司", 50, 150, 200],
        ],
        merged="A1:E1",
    )
    return [draft.save()]


def unknown_entrant(folder: Path) -> list[Path]:
    """A firm that entered this year, no one says how, and its form has no base."""
    draft = Draft(folder, "食品加工.xlsx")
    draft.sheet(
        "名册",
        [
            ["食品加工产业链规上企业名册"],
            ["序号", "企业名称", "入规时间"],
            [1, "稻香米业有限公司", "2015年3月"],
            [2, "橙乡果汁有限公司", "2021年4月"],
        ],
    )
    draft.sheet(
        "产值",
        [
            ["2021年1-7月食品加工产业链产值"],
            [None, None, None, "单位：亿元"],
            ["序号", "企业名称", "1-7月产值", "上年同期"],
            [1, "稻香米业有限公司", 2.5, 2],
            [2, "橙乡果汁有限公司", 0.5, None],
        ],
    )
    return [draft.save()]


def published_before(folder: Path) -> list[Path]:
    """The heading block states what was published a year ago; the form's 同期 column must not stand in for it."""
    draft = Draft(folder, "钢铁新材料.xlsx")
    draft.sheet(
        "1-9月",
        [
            ["2021年1—9月钢铁新材料产业链产值完成情况"],
            ["上年公布数：9500万元", None, None, "单位：万元"],
            ["序号", "企业名称", "1—9月产值", "上年同期"],
            [1, "衡湖特钢有限公司", 6000, 5000],
            [2, "衡湖钢管有限公司", 5000, 4600],
            ["总计", None, 11000, 9600],
        ],
        merged="A1:D1 A6:B6",
    )
    return [draft.save()]


def wrong_total(folder: Path) -> list[Path]:
    """The totals row was not updated: 小计 right, 合计 wrong. It is never a firm."""
    draft = Draft(folder, "纺织.xlsx")
    draft.sheet(
        "5月",
        [
            ["纺织服装产业链2021年5月产值统计表"],
            ["序号", "县市区", "企业名称", "5月产值（万元）", "1-5月产值（万元）", "去年1-5月（万元）"],
            [1, "东湖区", "云锦纺织有限公司", 100, 500, 400],
            [2, None, "织女服装有限公司", 50, 250, 300],
            ["小计", None, None, 150, 750, 700],
            [1, "西湖区", "飞梭棉业有限公司", 30, 150, 100],
            ["小计", None, None, 30, 150, 100],
            ["合计", None, None, 180, 990, 800],
        ],
        merged=f"A1:F1 {down('B', 3, 4)} A5:C5 A7:C7 A8:C8",
    )
    return [draft.save()]


def no_unit(folder: Path) -> list[Path]:
    """Nowhere a unit: asked, never guessed."""
    draft = Draft(folder, "文旅装备.xlsx")
    draft.sheet(
        "6月",
        [
            ["2021年6月文旅装备产业链产值表"],
            ["序号", "企业名称", "1-6月产值", "上年同期"],
            [1, "乐园游艺设备有限公司", 3000, 2000],
            [2, "缆车机械有限公司", 1000, 2000],
        ],
    )
    return [draft.save()]


def state_reporting(folder: Path) -> list[Path]:
    """Data of the statistical survey (联网直报) may not be used: refused, whatever it looks like."""
    draft = Draft(folder, "联网直报.xlsx")
    draft.sheet(
        "9月",
        [
            ["2021年9月规上工业企业产值（数据来源：联网直报平台）"],
            ["序号", "企业名称", "1-9月产值（万元）", "上年同期（万元）"],
            [1, "不该读入有限公司", 3000, 2000],
        ],
    )
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "state form in 千元",
        state_form,
        as_of="2021-11-19",
        figures={
            "enterprises.total": 3,
            "output.from": "2021-01",
            "output.to": "2021-09",
            "output.total_yuan": 162_765_000,
            "output.base_yuan": 150_000_000,
            "output.yoy_percent": 8.5,
            "output.nominal_yoy_percent": None,
        },
        counts={"名录": ("enterprises", 3, 0, 0, 0), "Sheet2": ("output", 3, 0, 0, 0)},
        warned=((3, "青窑区"),),
        values={
            ("Sheet2", 7): {"month_yuan": 5_000_500, "cum_yuan": 40_000_000, "cum_prev_yuan": 50_000_000},
            ("Sheet2", 8): {"month_yuan": 3_000_000, "cum_yuan": 24_000_000, "month": "2021-09"},
        },
    ),
    Case(
        "two years wide",
        two_years_wide,
        as_of="2021-08-01",
        figures={
            "output.from": "2021-01",
            "output.to": "2021-06",
            "output.total_yuan": 18_600_000,
            "output.base_yuan": 18_000_000,
            "output.yoy_percent": 3.3,
            "output.nominal_yoy_percent": 3.3,
        },
        counts={"产值": ("output", 2, 0, 0, 0)},
    ),
    Case(
        "unit in a column",
        unit_column,
        as_of="2021-07-15",
        figures={
            "output.from": "2021-01",
            "output.to": "2021-06",
            "output.total_yuan": 10_400_000,
            "output.base_yuan": None,
            "output.yoy_percent": None,
            "output.nominal_yoy_percent": None,
        },
        counts={"上半年": ("output", 2, 0, 0, 0)},
    ),
    Case(
        "a sheet a month, restated",
        sheet_a_month,
        as_of="2021-05-31",
        figures={
            "output.to": "2021-04",
            "output.total_yuan": 6_100_000,
            "output.base_yuan": 5_600_000,
            "output.yoy_percent": 8.9,
            "output.nominal_yoy_percent": None,
        },
        counts={"3月": ("output", 2, 0, 0, 0), "4月": ("output", 2, 0, 0, 0)},
    ),
    Case(
        "movers",
        movers,
        as_of="2021-09-30",
        figures={
            "enterprises.total": 3,
            "output.to": "2021-08",
            "output.total_yuan": 98_000_000,
            "output.base_yuan": 80_000_000,
            "output.yoy_percent": 22.5,
        },
        counts={
            "名册": ("enterprises", 4, 0, 0, 0),
            "产值": ("output", 3, 0, 0, 0),
            "一季度": ("output", 1, 0, 0, 0),
        },
    ),
    Case(
        "entrant of unknown kind, answered",
        unknown_entrant,
        as_of="2021-08-31",
        asked=("橙乡果汁",),
        answers={"橙乡果汁": "新建投产"},
        figures={
            "output.total_yuan": 300_000_000,
            "output.base_yuan": 200_000_000,
            "output.yoy_percent": 50.0,
        },
        counts={"名册": ("enterprises", 2, 0, 0, 0), "产值": ("output", 2, 0, 0, 0)},
    ),
    Case(
        "last year's published total",
        published_before,
        as_of="2021-10-31",
        figures={
            "output.total_yuan": 110_000_000,
            "output.base_yuan": 96_000_000,
            "output.yoy_percent": 14.6,
            "output.nominal_yoy_percent": 15.8,
        },
        counts={"1-9月": ("output", 2, 0, 0, 0)},
    ),
    Case(
        "subtotals right, total wrong",
        wrong_total,
        as_of="2021-06-30",
        figures={
            "output.total_yuan": 9_000_000,
            "output.base_yuan": 8_000_000,
            "output.yoy_percent": 12.5,
        },
        counts={"5月": ("output", 3, 0, 0, 0)},
        warned=((8, "合计"),),
    ),
    Case(
        "no unit: asked",
        no_unit,
        as_of="2021-07-31",
        asked=("单位",),
        code=1,
        counts={"6月": ("output", 0, 0, 0, 2)},
        refused=((3, "单位"), (4, "单位")),
    ),
    Case(
        "no unit: answered",
        no_unit,
        as_of="2021-07-31",
        asked=("单位",),
        answers={"1-6月产值": "万元", "上年同期": "万元"},
        figures={"output.total_yuan": 40_000_000, "output.base_yuan": 40_000_000, "output.yoy_percent": 0.0},
        counts={"6月": ("output", 2, 0, 0, 0)},
    ),
    Case("联网直报", state_reporting, code=1),
)
