"""Invented results of about the seed office's size."""

from datetime import date
from decimal import Decimal

from chain_office.domain.chain import Branch, Chain, Flow, MapFirm
from chain_office.domain.results import (
    About,
    BankLadder,
    BridgeStep,
    FinanceLadder,
    GrowthBridge,
    MonthOutput,
    OutputMonthly,
    Pipeline,
    ProblemsByUnit,
    StageProjects,
    UnitProblems,
)

ABOUT = About("有色金属及新型合金产业链", date(2021, 11, 19), "企业报送", sample=True)

_OUTPUT = (2105, 1980, 2610, 2590, 2655, 2730, 2845, 2900, 3085)  # 百万元
_BASE = (1493, 1301, 1925, 2010, 2033, 2071, 2122, 2208, 2309)


def _month(number: int, output: int, base: int) -> MonthOutput:
    growth = (Decimal(output - base) * 100 / base).quantize(Decimal("0.1"))
    return MonthOutput(f"2021-{number:02d}", output * 1_000_000, base * 1_000_000, growth)


OUTPUT = OutputMonthly(
    ABOUT,
    tuple(_month(number, *pair) for number, pair in enumerate(zip(_OUTPUT, _BASE, strict=True), start=1)),
    sum(_OUTPUT) * 1_000_000,
    (Decimal(sum(_OUTPUT) - sum(_BASE)) * 100 / sum(_BASE)).quantize(Decimal("0.1")),
)
_UNITS = (
    ("市自然资源和规划局", 6, 1, 2, 1, 0, 1),
    ("市工业和信息化局", 7, 0, 1, 0, 0, 0),
    ("市生态环境局", 4, 1, 1, 0, 0, 1),
    ("市人力资源和社会保障局", 4, 0, 1, 0, 0, 0),
    ("市发展和改革委员会", 3, 0, 1, 1, 0, 0),
    ("国网衡阳供电公司", 3, 1, 0, 0, 1, 0),
    ("市税务局", 3, 0, 0, 0, 0, 0),
    ("市政府金融办", 3, 0, 0, 0, 0, 0),
    ("市科技局", 2, 0, 0, 0, 0, 0),
    ("市市场监督管理局", 2, 0, 0, 0, 0, 0),
    ("市交通运输局", 1, 0, 1, 0, 0, 0),
    ("市住房和城乡建设局", 1, 0, 0, 0, 0, 0),
    ("常宁市政府", 2, 0, 1, 0, 0, 1),
    ("衡南县政府", 1, 0, 0, 0, 0, 0),
    ("耒阳市政府", 1, 0, 0, 0, 0, 0),
    ("松木经开区管委会", 1, 0, 0, 0, 0, 0),
)
PROBLEMS = ProblemsByUnit(ABOUT, tuple(UnitProblems(*row) for row in _UNITS))
PIPELINE = Pipeline(
    ABOUT,
    (
        StageProjects("拟开工", 8, 3_912_000_000, 1),
        StageProjects("在建", 26, 12_480_000_000),
        StageProjects("竣工", 5, 1_080_000_000),
        StageProjects("停缓建", 0, None),
    ),
)
FINANCE = FinanceLadder(
    ABOUT,
    (
        BankLadder("农发行", 420_000_000, 310_000_000, 260_000_000),
        BankLadder("建设银行", 300_000_000, 250_000_000, 220_000_000),
        BankLadder("工商银行", 280_000_000, 210_000_000, 180_000_000),
        BankLadder("衡阳农商行", None, 90_000_000, 78_000_000),
    ),
)
BRIDGE = GrowthBridge(
    ABOUT,
    "2021年1—9月",
    18_410_000_000,
    (BridgeStep("退出企业", -1_312_000_000), BridgeStep("新入统企业", 374_000_000)),
    17_472_000_000,
    23_500_000_000,
    Decimal("27.6"),
    Decimal("34.5"),
)
CHAIN = Chain(
    ABOUT,
    (
        Branch(
            "a",
            "采选",
            "采选",
            "上游",
            1,
            0,
            (MapFirm("f", "示例矿业", 536_000_000, leads=True),),
            1,
            1,
            536_000_000,
            538_000_000,
            Decimal("-0.4"),
        ),
        Branch(
            "b",
            "冶炼",
            "冶炼",
            "中游",
            1,
            0,
            (MapFirm("g", "示例铜业", 7_421_000_000, leads=True),),
            1,
            1,
            7_421_000_000,
            5_575_000_000,
            Decimal("33.1"),
        ),
    ),
    (Flow("x", "a", "b", "精矿"),),
    firms=2,
    period="2021年1—9月",
)
RESULTS = {
    "output-monthly": OUTPUT,
    "problems-by-unit": PROBLEMS,
    "pipeline": PIPELINE,
    "finance-ladder": FINANCE,
    "growth-bridge": BRIDGE,
    "chain-map": CHAIN,
}
