"""The visits of October 2020: a day and three answers for invented firms, the month alone for real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from making.firms import FIRMS, Firm
from making.source import table

DAYS = {
    "常宁市": (12, 13, 14, 15, 16), "耒阳市": (13, 14, 15, 16), "衡东县": (19, 20), "衡南县": (20, 21),
    "祁东县": (21, 22), "衡阳县": (23,), "衡山县": (26,), "雁峰区": (27,), "蒸湘区": (27,), "石鼓区": (28,), "珠晖区": (29,),
}  # fmt: skip
END = date(2020, 10, 31)
STATUS = (
    "1-9月生产总体平稳，产能利用率约{rate}%，{product}产销两旺，订单排至12月。",
    "受疫情影响一季度停产{stop}天，二季度起逐步恢复，目前{product}满负荷生产，用工{staff}人。",
    "{product}价格回升，企业扭亏为盈，产能利用率{rate}%，库存处于低位。",
    "生产正常，{product}以省内客户为主，回款周期约{stop}天，流动资金偏紧。",
    "两条生产线开一备一，产能利用率{rate}%，正在拓展{product}新客户。",
)
PLANS = (
    "计划明年实施技术改造，提升{product}品质，力争产值增长两成以上。",
    "拟新上一条生产线，延伸{product}下游，两年内产能翻番。",
    "稳住现有规模，重点抓节能降耗和安全环保，择机引进战略投资者。",
    "与高校共建研发中心，开发高附加值产品，申报省级专精特新企业。",
    "拟整合厂区用地，建设数字化车间，三年内进入行业前列。",
)
NONE_SAID = ("暂无", "无", "—", "目前没有需要政府协调解决的困难。")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. ``day`` is None where only the month is published (real firms); then every text is empty too."""

    firm: Firm
    day: date | None
    status: str = ""
    problems: str = ""
    plan: str = ""
    met: str = ""


def _problems_of(key: str) -> list[str]:
    handed = [row[3] for row in table("problems") if row[1] == key]
    return handed + [row[3] for row in table("candidates") if row[1] == key and row[8] == "visit"]


def _said(number: int, problems: list[str]) -> str:
    if not problems:
        return NONE_SAID[number % len(NONE_SAID)]
    if len(problems) == 1:
        return f"{problems[0]}。"
    if number % 2:
        return "\n".join(f"{n}.{text}。" for n, text in enumerate(problems, 1))
    return "；".join(f"{n}是{text}" for n, text in zip("一二三四", problems, strict=False)) + "。"


def visit(firm: Firm, number: int, nth: int) -> Visit:
    """The visit to a firm, the ``nth`` of its district."""
    if firm.real:
        return Visit(firm, None)
    days = DAYS[firm.district]
    product = firm.products.split("、")[0]
    facts = {"product": product, "rate": 68 + number * 13 % 30, "stop": 20 + number * 7 % 40, "staff": firm.employees}
    return Visit(
        firm,
        date(2020, 10, days[nth % len(days)]),
        STATUS[number % len(STATUS)].format(**facts),
        _said(number, _problems_of(firm.key)),
        PLANS[(number * 3 + 1) % len(PLANS)].format(**facts),
        f"{firm.contact}（{('总经理', '董事长', '常务副总', '厂长')[number % 4]}）",
    )


def all_visits() -> list[Visit]:
    """The 69 visits: every firm that was on the register in October 2020."""
    seen: dict[str, int] = {}
    visits = []
    for number, firm in enumerate(f for f in FIRMS if f.on_register(END)):
        nth = seen[firm.district] = seen.get(firm.district, -1) + 1
        visits.append(visit(firm, number, nth))
    return visits


VISITS = all_visits()
VISIT_DAYS = {visit.firm.key: visit.day for visit in VISITS}
