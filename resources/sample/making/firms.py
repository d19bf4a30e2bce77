"""The firms: 13 real with public facts only, 58 invented; register months, contacts, synthetic credit codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from making.source import table

CHARSET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DISTRICT_CODES = {
    "珠晖区": "430405", "雁峰区": "430406", "石鼓区": "430407", "蒸湘区": "430408", "衡阳县": "430421",
    "衡南县": "430422", "衡山县": "430423", "衡东县": "430424", "祁东县": "430426", "耒阳市": "430481",
    "常宁市": "430482",
}  # fmt: skip
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
)
# Months are kept as their first day: a firm is on the register from its entry month, and off it from its exit month.
ENTRIES = {"角山": (date(2020, 12, 1), "规下转规上"), "酃湖": (date(2021, 5, 1), "新建投产")}
EXITS = {
    "茶山坳": (date(2021, 1, 1), "年主营业务收入低于2000万元"),
    "和平渡": (date(2021, 8, 1), "停产注销"),
}
OLD_ENTRIES = {
    "云岭": "2012年12月", "鼎岩": "2015.12", "铭川": "2018年12月", "宝塘": "201812", "耒水": "2014年12月",
    "仁义山": "2019年12月", "洣江": "2016.12", "车江": "2017年12月", "松江渡": "2013年12月", "西渡洲": "2019/12",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm. ``key`` is the stem of an invented name, or the name itself of a real firm."""

    key: str
    name: str
    real: bool
    district: str
    park: str
    segment: str
    products: str
    industry: str = ""
    weight: float = 0
    growth: int = 0
    uscc: str = ""
    contact: str = ""
    phone: str = ""
    employees: int | None = None
    remark: str = ""

    def on_register(self, day: date) -> bool:
        """Whether it is on the register at a day."""
        entry = ENTRIES.get(self.key)
        left = EXITS.get(self.key)
        return (entry is None or entry[0] <= day) and (left is None or day < left[0])


def credit_code(district: str, number: int) -> str:
    """A valid code of the class that only test data uses (MA4DEMnn)."""
    org = f"MA4DEM{number:02d}"
    digits = [int(c) if c.isdigit() else ord(c) - 55 for c in org]
    total = sum(d * w for d, w in zip(digits, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    body = f"91{DISTRICT_CODES[district]}{org}{'0123456789X0'[11 - total % 11]}"
    check = 31 - sum(CHARSET.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31
    return body + CHARSET[check % 31]


def _invented(number: int, row: list[str]) -> Firm:
    key, name, district, park, segment, products, industry, weight, growth = row
    return Firm(
        key, name, False, district, park, segment, products, industry, float(weight), int(growth),
        uscc=credit_code(district, number),
        contact=f"{SURNAMES[number % len(SURNAMES)]}示例",
        phone=f"154{number * 10007 % 10**4:04d}{number:04d}",
        employees=40 + round(float(weight) * 31) + number * 7 % 23,
        remark="示例(虚构)",
    )  # fmt: skip


def _real(row: list[str]) -> Firm:
    name, district, park, segment, products, source = row
    return Firm(name, name, True, district, park, segment, products, remark=source)


def all_firms() -> list[Firm]:
    """Every firm ever on the register, real ones first within their district."""
    real = [_real(row) for row in table("real_firms")]
    return real + [_invented(number, row) for number, row in enumerate(table("firms"), 1)]


FIRMS = all_firms()
BY_KEY = {firm.key: firm for firm in FIRMS}
INVENTED = [firm for firm in FIRMS if not firm.real]


def full_name(key: str) -> str:
    """The name of a firm by its key; a name that is no firm's key (a park) stands for itself."""
    return BY_KEY[key].name if key in BY_KEY else key
