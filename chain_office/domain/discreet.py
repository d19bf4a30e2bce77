"""A text as it may leave for somebody's own calendar: without telephone numbers and without amounts of money."""

from __future__ import annotations

import re
from typing import Final

from chain_office.domain.contacts import mask_phones_in_text

_MASKED: Final = re.compile(r"(?:\d{3,4}-?)?\d{3,4}\*{4}\d{0,4}(?:-\d{1,5})?")
_AMOUNT: Final = re.compile(
    r"(?:约|近|超|逾|人民币|共|¥|￥)?\s*(?:[\d０-９][\d０-９,，.．]*|[一二两三四五六七八九十百千几数]+)\s*(?:[余多几]\s*)?"
    r"(?:[十百千]?[万亿]|[百千])?\s*(?:[余多几]\s*)?(?:美元|欧元|港元|元)"
)


def discreet(text: str) -> str:
    """The text with （电话略） and （金额略） where a number or an amount stood: "流动资金缺口约8000万元" →
    "流动资金缺口（金额略）"."""
    without = _MASKED.sub("（电话略）", mask_phones_in_text(text))
    return _AMOUNT.sub("（金额略）", without)
