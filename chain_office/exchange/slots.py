"""Which period a heading speaks of, and of what: 本年 or 上年, one month or a cumulative, and the words left over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chain_office.domain.periods import Period, drop_period, read_period

MONTH = "month"
CUMULATIVE = "cumulative"

_SPAN_WORDS = re.compile(r"\d|累计|本月|当月|同月|季度|半年|全年|至今")
_PERIOD_WORDS = re.compile(
    r"上一?年同期|去年同期|上年同月|去年同月|同期|同月|上一?年|去年|本年度?|今年|当年|年度(?=累计|完成|至今)|"
    r"截[至止]到?|本月[止末底]?|当月|累计数?|至今|以来|年初|为止|[-~]本月|(?<!\d)1-(?!\d)|月份?$"
)
_METRIC_PADDING = re.compile(r"工业|规模以上|规上|按?当年价格?|现价|企业|情况|实际|[已总]|额$|数$|值$")


@dataclass(frozen=True, slots=True)
class Slot:
    """What a heading's period words say. ``span`` is "" when it does not tell one month from a cumulative."""

    prior: bool
    span: str
    rest: str
    period: Period | None = None

    @property
    def bare(self) -> str:
        """The remaining words without padding: "工业总产值" and "产值" are the same measure."""
        return _METRIC_PADDING.sub("", self.rest)


def read_slot(core: str) -> Slot:
    """Take a normalised heading apart ("2021年1-9月累计产值" → cumulative, "产值")."""
    period = read_period(core)
    rest = _PERIOD_WORDS.sub("", drop_period(core))
    rest = re.sub(r"^[-~的数]+|[-~的]+$", "", rest)
    if period is None:
        return Slot(False, "", rest)
    prior = period.prior
    if prior and not _SPAN_WORDS.search(core):
        return Slot(True, "", rest, None)
    if "至今" in core and period.first == period.last:
        period = replace(period, first=1)
    return Slot(prior, CUMULATIVE if period.cumulative else MONTH, rest, replace(period, prior=False))
