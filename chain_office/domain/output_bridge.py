"""Why nominal and same-sample growth differ, firm by firm and to the 元.

Last year's side: 上年公布数 − 退规企业 − 本年未报企业 … + 新入规企业自带同期 + 同期数调整 = 同口径基数. This year's side:
本年公布合计 − 没有同期数的企业 = 同口径产值. Each line names its firms; what no firm explains is a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BridgeFirm:
    """One firm of a line: its share of the step in 元 (signed) and why, in words."""

    id: str
    name: str
    yuan: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One step. ``yuan``: what it adds (negative: takes away), the sum of its firms. A line of 0 元 with firms stands for
    information (新建投产: base 0)."""

    key: str
    label: str
    yuan: int
    firms: tuple[BridgeFirm, ...] = ()


@dataclass(frozen=True, slots=True)
class Bridge:
    """``published_yuan`` + Σ ``lines`` + ``residual_yuan`` = ``base_yuan`` (last year's side, 元);
    ``now_published_yuan`` + Σ ``now_lines`` = ``total_yuan`` (this year's). ``residual_yuan``: what a stated 上年公布数 differs
    from the firms' own reports of last year; 0 without one."""

    from_month: str
    to_month: str
    published_yuan: int
    stated: bool
    residual_yuan: int
    lines: tuple[BridgeLine, ...]
    base_yuan: int
    now_published_yuan: int
    now_lines: tuple[BridgeLine, ...]
    total_yuan: int
    nominal_percent: Decimal | None
    same_sample_percent: Decimal | None

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """The steps of last year's side that are not nothing, as a chart and a paper label them."""
        named = [(line.label, line.yuan) for line in self.lines]
        return tuple((label, yuan) for label, yuan in (*named, (RESIDUAL, self.residual_yuan)) if yuan)

    def line(self, key: str) -> BridgeLine:
        """One line by its key; an empty one where nothing of the kind happened."""
        found = [one for one in (*self.lines, *self.now_lines) if one.key == key]
        return found[0] if found else BridgeLine(key, LABELS[key], 0)

    @property
    def holds(self) -> bool:
        """Whether both sides add up to the 元."""
        return (
            self.published_yuan + sum(one.yuan for one in self.lines) + self.residual_yuan == self.base_yuan
            and self.now_published_yuan + sum(one.yuan for one in self.now_lines) == self.total_yuan
            and all(line.yuan == sum(firm.yuan for firm in line.firms) for line in (*self.lines, *self.now_lines))
        )


RESIDUAL: Final = "公布数差额"
LABELS: Final[Mapping[str, str]] = {
    "left": "退规企业",
    "silent": "本年未报企业",
    "unbased": "同期数不全的企业",
    "entered": "新入规企业",
    "unknown": "入规方式未记的企业",
    "built": "新建投产企业",
    "months": "报送月份不同",
    "restated": "同期数调整",
    "now_unbased": "没有同期数的企业",
}
