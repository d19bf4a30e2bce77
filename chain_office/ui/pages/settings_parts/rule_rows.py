"""Light rules as rows of an edited table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.forms import Option
from chain_office.domain.lights import LABELS
from chain_office.services.settings.rules import CONDITIONS, LIGHTS, PROBLEMS, PROJECTS
from chain_office.ui.kit.sheet_rows import LINE, NONE, ONE, SheetColumn, SheetRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.services.settings.rules import RuleDraft

_COLOURS = {"yellow": "amber"}
_TIPS = {
    PROBLEMS: "为什么这样定，给改规则的人看",
    PROJECTS: "印在材料项目表下面的亮灯口径；改阈值时里面的数字跟着改",
}


def columns_of(desk: str) -> tuple[SheetColumn, ...]:
    """The columns of a desk's rules."""
    return (
        SheetColumn("rank", "顺序", 40, NONE, right=True),
        SheetColumn("light", "灯", 54, ONE, options=tuple(Option(one, LABELS[one]) for one in LIGHTS[desk])),
        SheetColumn("condition", "条件", 180, NONE),
        SheetColumn("threshold", "阈值", 44, LINE, right=True, tip="只有写着单位的条件才有阈值"),
        SheetColumn("unit", "单位", 72, NONE),
        SheetColumn("text", "说明", 200, LINE, tip=_TIPS[desk]),
    )


def rows_of(desk: str, rules: Sequence[RuleDraft]) -> list[SheetRow]:
    """The rules, a row each; a row's id is its place."""
    return [_row(desk, place, rule) for place, rule in enumerate(rules)]


def _row(desk: str, place: int, rule: RuleDraft) -> SheetRow:
    known = CONDITIONS[desk].get(rule.condition)
    light = _COLOURS.get(rule.light, rule.light)
    return SheetRow(
        str(place),
        {
            "rank": str(place + 1),
            "light": LABELS.get(rule.light, rule.light),
            "condition": known.words if known else rule.condition,
            "threshold": "" if rule.threshold is None else str(rule.threshold),
            "unit": known.unit if known else "",
            "text": rule.text,
        },
        {"light": rule.light},
        {"light": light, "rank": "quiet", "unit": "quiet"},
        fixed=frozenset() if known and known.unit else frozenset({"threshold"}),
    )
