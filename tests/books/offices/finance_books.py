"""Bank matching: needs, grids with a column a bank, ladders with several drawings, and what must be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books.running import Case
from tests.books.workbooks import Draft, down

if TYPE_CHECKING:
    from pathlib import Path


def bank_grid(folder: Path) -> list[Path]:
    """Banks as headings under 授信 and 放款, unit in the title."""
    draft = Draft(folder, "银企对接汇总.xlsx")
    draft.sheet(
        "落实情况",
        [
            ["新能源产业链银企对接落实情况表（2021年5月20日，单位：万元）"],
            ["序号", "企业名称", "授信金额", None, None, "放款金额", None, None],
            [None, None, "工商银行", "农业银行", "建设银行", "工商银行", "农业银行", "建设银行"],
            [1, "江浦锂源科技有限公司", 5000, 3000, None, 2000, 1000, None],
            [2, "江浦光伏玻璃有限公司", None, None, 8000, None, None, 8000],
            ["合计", None, 5000, 3000, 8000, 2000, 1000, 8000],
        ],
        merged="A1:H1 A2:A3 B2:B3 C2:E2 F2:H2 A6:B6",
    )
    return [draft.save()]


def ladder(folder: Path) -> list[Path]:
    """One row a drawing, the firm merged over its rows; some rows undated, some approximate; units in the cells."""
    draft = Draft(folder, "放款台账.xlsx")
    draft.sheet(
        "放款",
        [
            ["陶阳市先进陶瓷产业链银企对接会放款台账"],
            ["对接会时间：2021年3月18日"],
            ["序号", "借款人", "放款银行", "授信额度", "放款金额", "放款时间", "利率"],
            [1, "陶阳明窑陶瓷有限公司", "工行", "5000万元", "1000万元", "2021年4月2日", "4.35%"],
            [None, None, "工行", None, "1500万元", "2021/6/15", "4.35%"],
            [None, None, "浦发银行", "2000万元", "2000万元", None, "4.5%"],
            [2, "陶阳青釉瓷业有限公司", "中行", "0.3亿元", "约0.2亿元", "20210708", None],
            [3, "陶阳高新区平台公司", "国开行", "1亿余元", None, None, None],
        ],
        merged=f"A1:G1 A2:G2 {down('A', 4, 6)} {down('B', 4, 6)}",
    )
    return [draft.save()]


def to_be_asked(folder: Path) -> list[Path]:
    """Two banks share one amount, one amount is a range, one is negative; the rest is good and applies."""
    draft = Draft(folder, "待核放款.xlsx")
    draft.sheet(
        "放款",
        [
            ["智能装备产业链放款明细（2021年6月10日对接会）"],
            ["序号", "企业名称", "放款银行", "放款金额（万元）", "放款时间"],
            [1, "北岭重机有限公司", "工行、农行", 3000, "2021-07-01"],
            [2, "北岭数控机床有限公司", "建行", "500-800", "2021-07-02"],
            [3, "北岭铸锻有限公司", "中行", -200, "2021-07-03"],
            [4, "北岭机器人有限公司", "交行", 600, "2021-07-04"],
        ],
        merged="A1:E1",
    )
    return [draft.save()]


def needs(folder: Path) -> list[Path]:
    """Needs alone match no one; one park company; a bank's refusal is not a match; intents are."""
    draft = Draft(folder, "需求.xlsx")
    draft.sheet(
        "需求",
        [
            ["2021年现代种业产业链企业融资需求汇总表"],
            [None, None, None, None, "单位：万元"],
            ["序号", "企业名称", "需求金额", "资金用途", "担保方式"],
            [1, "云溪种业有限公司", 1000, "收购种子", "信用"],
            [2, "石桥制种有限公司", 500, "建库", "抵押"],
            [3, "云溪现代农业产业园区", 8000, "园区道路", "保证"],
        ],
        merged="A1:E1",
    )
    draft.sheet(
        "对接",
        [
            ["现代种业产业链银企对接情况（2021年8月6日）"],
            [None, None, None, None, None, "单位：万元"],
            ["序号", "企业名称", "合作银行", "意向金额", "对接情况", "未达成原因"],
            [1, "云溪种业有限公司", "农业银行", 800, "达成意向", None],
            [2, "石桥制种有限公司", "邮储银行", None, "已拒绝", "抵押物不足"],
            [3, "云溪现代农业产业园区", "农发行", 6000, "签约", None],
        ],
        merged="A1:F1",
    )
    return [draft.save()]


def unitless(folder: Path) -> list[Path]:
    """A drawing without any unit."""
    draft = Draft(folder, "无单位.xlsx")
    draft.sheet(
        "放款",
        [
            ["放款情况统计表（2021年6月10日银企对接会）"],
            ["序号", "企业名称", "放款银行", "放款金额", "放款日期"],
            [1, "北岭重机有限公司", "工行", 3000, "2021-07-01"],
            [2, "北岭数控机床有限公司", "建行", "2000万元", "2021-07-02"],
        ],
    )
    return [draft.save()]


CASES: tuple[Case, ...] = (
    Case(
        "banks as columns",
        bank_grid,
        as_of="2021-12-31",
        figures={
            "finance.enterprises": 2,
            "finance.parks": 0,
            "finance.banks": 3,
            "finance.granted_yuan": 160_000_000,
            "finance.drawn_yuan": 110_000_000,
            "enterprises.total": 0,
        },
        warned=((4, "2021-05-20"), (5, "2021-05-20")),
    ),
    Case(
        "before the event nothing is granted",
        bank_grid,
        as_of="2021-05-19",
        figures={"finance.enterprises": 0, "finance.banks": 0, "finance.granted_yuan": 0, "finance.drawn_yuan": 0},
    ),
    Case(
        "ladder of drawings",
        ladder,
        as_of="2021-06-30",
        figures={
            "finance.enterprises": 3,
            "finance.granted_yuan": 200_000_000,
            "finance.drawn_yuan": 45_000_000,
        },
        warned=((6, "2021-03-18"),),
    ),
    Case(
        "ladder of drawings, later",
        ladder,
        as_of="2021-07-08",
        figures={"finance.drawn_yuan": 65_000_000, "finance.granted_yuan": 200_000_000, "finance.banks": 4},
        values={("放款", 7): {"drawn_yuan": 20_000_000, "drawn_day": "2021-07-08", "granted_yuan": 30_000_000}},
    ),
    Case(
        "amounts that must be asked",
        to_be_asked,
        as_of="2021-12-31",
        asked=("工行、农行", "500-800"),
        refused=((3, "工行"), (4, "范围"), (5, "")),
        counts={"放款": ("finance", 1, 0, 0, 3)},
        figures={"finance.drawn_yuan": 6_000_000, "finance.enterprises": 1, "finance.banks": 1},
    ),
    Case(
        "amounts asked and answered",
        to_be_asked,
        as_of="2021-12-31",
        asked=("工行、农行", "500-800"),
        answers={"工行、农行": "工行1800万元、农行1200万元", "500-800": "650万元"},
        refused=((5, ""),),
        figures={"finance.drawn_yuan": 42_500_000, "finance.enterprises": 3, "finance.banks": 4},
    ),
    Case(
        "needs, intents, a refusal",
        needs,
        as_of="2021-12-31",
        figures={
            "finance.enterprises": 1,
            "finance.parks": 1,
            "finance.banks": 2,
            "finance.granted_yuan": 0,
            "finance.drawn_yuan": 0,
        },
        values={("需求", 6): {"need_yuan": 80_000_000}, ("对接", 4): {"intent_yuan": 8_000_000}},
    ),
    Case(
        "a drawing without a unit",
        unitless,
        as_of="2021-12-31",
        asked=("单位",),
        refused=((3, "单位"),),
        figures={"finance.drawn_yuan": 20_000_000},
    ),
    Case(
        "a drawing without a unit, answered",
        unitless,
        as_of="2021-12-31",
        asked=("单位",),
        answers={"放款金额": "万元"},
        figures={"finance.drawn_yuan": 50_000_000},
    ),
)
