"""Invented texts of an office's kind, the same on every run: common phrases, and names and numbers that differ."""

from __future__ import annotations

import itertools
import random

_CAUSES = (
    "受原材料价格上涨影响", "因上游铜价波动较大", "由于环保设备改造未完成", "受疫情和物流不畅影响", "因流动资金紧张",
    "由于熟练技工招聘困难", "因厂区用地手续未办结", "受电力负荷限制", "由于订单集中在下半年", "因应收账款回笼慢",
)  # fmt: skip
_FACTS = (
    "企业产能利用率约七成", "一期项目已经投产", "二期厂房主体封顶", "新增两条铜合金板带材生产线", "出口订单同比增长",
    "库存处于合理水平", "研发投入占销售收入百分之四", "已通过高新技术企业认定", "与高校共建联合实验室", "用工缺口约三十人",
    "生产经营总体平稳", "产品主要销往长三角和珠三角", "能耗指标接近上限", "安全生产标准化已达标",
)  # fmt: skip
_WISHES = (
    "希望协调银行给予中长期贷款支持", "请求尽快办理不动产权证", "建议加快园区污水处理厂提标改造", "希望开通职工通勤公交线路",
    "请求协调天然气直供价格", "希望帮助对接本地配套企业", "请求减免部分城镇土地使用税", "建议组织专场招聘会",
    "希望解决子女就近入学问题", "请求协调高压线路迁改", "建议出台物流补贴政策", "希望加快专项资金拨付",
)  # fmt: skip
_STEPS = (
    "已现场调研并召开协调会", "正在审核资料", "已纳入本年度计划", "待省级批复后实施", "已与银行达成初步意向",
    "已责成有关单位限期办理", "资料不全已一次性告知", "计划下月底前完成",
)  # fmt: skip
_CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2400)]
_WORDS = 6000


class Writer:
    """A stream of texts from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        lexicon = random.Random(0)
        rank = [1 / (place + 10) for place in range(len(_CHARACTERS))]
        self._words = ["".join(lexicon.choices(_CHARACTERS, rank, k=2)) for _ in range(_WORDS)]
        self._weights = list(itertools.accumulate(1 / (place + 20) for place in range(_WORDS)))

    def odd(self, number: int) -> str:
        """Words no phrase has, as names and places bring them: a few often, most of them seldom."""
        return "".join(self.dice.choices(self._words, cum_weights=self._weights, k=number))

    def note(self, parts: int) -> str:
        """A few sentences."""
        dice = self.dice
        said = [dice.choice(dice.choice((_CAUSES, _FACTS, _WISHES))) for _ in range(parts)]
        return "，".join(said) + f"（{self.odd(2)}，{dice.randrange(1, 9999)}万元）。"

    def problem(self) -> str:
        """What a firm asks for."""
        return f"{self.dice.choice(_CAUSES)}，{self.dice.choice(_WISHES)}，涉及{self.odd(1)}片区{self.dice.randrange(1, 400)}亩。"

    def step(self) -> str:
        """What was done about it."""
        return f"{self.dice.choice(_STEPS)}，由{self.odd(1)}局牵头。"

    def firm(self, number: int) -> str:
        """An enterprise's name."""
        return f"示例{self.odd(1)}{self.dice.choice(('铜业', '新材料', '有色金属', '合金', '矿业', '机电'))}{number}有限公司"
