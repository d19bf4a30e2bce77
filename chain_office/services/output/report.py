"""The `output` command: output, its base, both growth rates, pull and contribution by part, and the bridge between the rates;
as text in columns or as one JSON object with stable keys. 元 are whole numbers, percents have one decimal, points two, unknown
is null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.money import exact_money, format_money
from chain_office.domain.output_breakdown import BY, BY_WORDS, ROUNDING
from chain_office.domain.widths import clipped, table
from chain_office.queries.output_desk import adjustments, breakdown, bridge, corrections, filing, signed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger
    from chain_office.domain.output_breakdown import Amounts, Breakdown, Group, Member
    from chain_office.domain.output_bridge import Bridge, BridgeLine

_RANKED: Final = 5
_NAME: Final = 34
_KINDS: Final = {"promoted": "规下转规上", "new_build": "新建投产", None: "未登记"}
FORMULAS: Final = {
    "yoy_percent": "（Σ本年 − Σ上年同期）÷ Σ上年同期，同一批企业（同口径），现价",
    "nominal_yoy_percent": "本年公布合计 ÷ 上年公布合计 − 1，不调整企业范围",
    "pull_points": "拉动 = 本部分增减额 ÷ 全部同口径基数，百分点",
    "contribution_percent": "贡献率 = 本部分增减额 ÷ 全部增减额",
    "share_percent": "比重 = 本部分产值 ÷ 全部产值",
    "rising_percent": "增长面 = 增长企业数 ÷ 同期数大于 0 的企业数",
    "rounding": ROUNDING,
}


def as_json(ledger: Ledger, day: date, by: str = "") -> dict[str, object]:
    """``total`` and ``month`` of all firms, ``rows`` by segment, district, park or enterprise ([] without ``by``), the highest
    and lowest firms, entrants, leavers, the ``bridge``, what was adjusted, corrected and not filed."""
    found = _breakdown(ledger, day, by)
    across = bridge(ledger, day)
    return {
        "as_of": day.isoformat(),
        "by": by or None,
        "from": found.from_month,
        "to": found.to_month,
        "unit": "元",
        "price": "现价",
        "total": _amounts(found.whole.cum),
        "month": _amounts(found.whole.month),
        "rows": [_row(one) for one in found.groups] if by else [],
        "top": {key: _ranked(found, key, lowest=False) for key in ("growth", "pull")},
        "bottom": {key: _ranked(found, key, lowest=True) for key in ("growth", "pull")},
        "entrants": [_member(one) for one in found.entrants],
        "leavers": [_member(one) for one in found.leavers],
        "silent": [_member(one) for one in found.silent],
        "without_base": [_member(one) for one in found.without_base],
        "bridge": None if across is None else _bridge(across),
        "adjustments": [
            {
                "number": record_number("enterprise", one.number), "enterprise": one.name, "month": one.month,
                "side": one.side, "cum_yuan": one.cum_yuan, "before_yuan": one.before_yuan,
                "months_yuan": one.months_yuan, "gap_yuan": one.gap_yuan, "joined": one.joined,
            }
            for one in adjustments(ledger, day)
        ],
        "not_filed": _not_filed(ledger, day, found.to_month),
        "signed": [
            {"month": one.month, "day": one.day.isoformat(), "signed_by": one.signed_by or None}
            for one in signed(ledger).values() if one.day <= day
        ],
        "corrections": [
            {
                "month": one.month, "enterprise": one.name, "day": one.day.isoformat(), "reason": one.reason,
                "actor": one.actor or None, "before": dict(one.before), "after": dict(one.after),
            }
            for one in corrections(ledger) if one.day <= day
        ],
        "formulas": FORMULAS,
    }  # fmt: skip


def as_lines(ledger: Ledger, day: date, by: str = "") -> list[str]:
    """The same for people, in columns; amounts in 万元."""
    found = _breakdown(ledger, day, by)
    if found.to_month is None:
        return ["没有截止日以前已结束月份的产值。"]
    whole, month = found.whole.cum, found.whole.month
    year, number = found.to_month[:4], int(found.to_month[5:])
    lines = [
        f"{year}年{_span(number)}产值（现价，万元）：本年 {_wan(whole.total_yuan)}，同口径基数 {_wan(whole.base_yuan)}，"
        f"同口径增速 {_percent(whole.yoy_percent)}，名义增速 {_percent(whole.nominal_percent)}",
        f"{number}月当月：本年 {_wan(month.total_yuan)}，同口径基数 {_wan(month.base_yuan)}，"
        f"同口径增速 {_percent(month.yoy_percent)}，名义增速 {_percent(month.nominal_percent)}",
        f"增长面：{whole.rising}/{whole.based}（{_percent(whole.rising_percent, sign=False)}）；"
        f"新增 {len(found.entrants)} 家，退规 {len(found.leavers)} 家，本年未报 {len(found.silent)} 家，"
        f"没有同期数 {len(found.without_base)} 家",
    ]
    if by:
        lines += ["", *_table(found)]
    across = bridge(ledger, day)
    if across is not None:
        lines += ["", *_bridge_lines(across)]
    missing = _not_filed(ledger, day, found.to_month)
    if missing:
        lines += [
            "",
            f"{found.to_month} 未报 {len(missing)} 家：{'、'.join(str(one['enterprise']) for one in missing)}",
        ]
    return [*lines, "", f"说明：{ROUNDING}。"]


def _breakdown(ledger: Ledger, day: date, by: str) -> Breakdown:
    if by and by not in BY:
        raise KnownError(f"不能按“{by}”分；可按 {'、'.join(f'{key}（{BY_WORDS[key]}）' for key in BY)}。")
    return breakdown(ledger, day, by or "enterprise")


def _amounts(one: Amounts) -> dict[str, Any]:
    return {
        "total_yuan": one.total_yuan,
        "base_yuan": one.base_yuan,
        "change_yuan": one.change_yuan,
        "yoy_percent": _number(one.yoy_percent),
        "nominal_total_yuan": one.published_yuan,
        "nominal_base_yuan": one.last_published_yuan,
        "nominal_yoy_percent": _number(one.nominal_percent),
        "pull_points": _number(one.pull_points),
        "contribution_percent": _number(one.contribution_percent),
        "share_percent": _number(one.share_percent),
        "firms": one.firms,
        "rising": one.rising,
        "falling": one.falling,
        "based": one.based,
        "rising_percent": _number(one.rising_percent),
    }


def _row(one: Group) -> dict[str, Any]:
    """A part; ``name`` null for the firms that belong to none, ``few`` where it is not told outward."""
    return {
        "name": one.name if one.key else None, "label": one.name, **_amounts(one.cum), "few": one.few,
        "month": _amounts(one.month),
    }  # fmt: skip


def _ranked(found: Breakdown, key: Any, *, lowest: bool) -> list[dict[str, Any]]:
    return [
        {"enterprise": one.name, **{name: value for name, value in _amounts(one.cum).items() if name in _SHORT}}
        for one in found.ranked(key, _RANKED, lowest=lowest)
    ]


_SHORT: Final = ("total_yuan", "base_yuan", "change_yuan", "yoy_percent", "pull_points", "contribution_percent")


def _member(one: Member) -> dict[str, Any]:
    return {
        "number": record_number("enterprise", one.number), "enterprise": one.name, "kind": one.kind,
        "total_yuan": one.cum.total_yuan, "base_yuan": one.cum.base_yuan, "last_year_yuan": one.cum.last_yuan,
    }  # fmt: skip


def _bridge(one: Bridge) -> dict[str, Any]:
    return {
        "published_yuan": one.published_yuan,
        "stated": one.stated,
        "lines": [_line(line) for line in one.lines],
        "residual_yuan": one.residual_yuan,
        "base_yuan": one.base_yuan,
        "now_published_yuan": one.now_published_yuan,
        "now_lines": [_line(line) for line in one.now_lines],
        "total_yuan": one.total_yuan,
        "nominal_yoy_percent": _number(one.nominal_percent),
        "yoy_percent": _number(one.same_sample_percent),
        "holds": one.holds,
    }


def _line(line: BridgeLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "label": line.label,
        "yuan": line.yuan,
        "firms": [{"enterprise": firm.name, "yuan": firm.yuan, "why": firm.why or None} for firm in line.firms],
    }


def _not_filed(ledger: Ledger, day: date, month: str | None) -> list[dict[str, Any]]:
    if month is None:
        return []
    return [
        {"number": record_number("enterprise", one.number), "enterprise": one.name, "days_late": one.days_late}
        for one in filing(ledger, month, day).missing
    ]


def _table(found: Breakdown) -> list[str]:
    word = BY_WORDS[found.by]
    head = (
        word,
        "企业",
        "本年",
        "同口径基数",
        "同口径%",
        "名义%",
        "拉动(点)",
        "贡献率%",
        "比重%",
        "增长面",
        "当月",
        "当月%",
    )
    return table(head, [_cells(one) for one in (*found.groups, found.whole)], frozenset(range(1, len(head))))


def _cells(one: Group) -> tuple[str, ...]:
    cum, month = one.cum, one.month
    return (
        clipped(one.name, _NAME), str(cum.firms), _wan(cum.total_yuan), _wan(cum.base_yuan), _plain(cum.yoy_percent),
        _plain(cum.nominal_percent), _plain(cum.pull_points), _plain(cum.contribution_percent), _plain(cum.share_percent),
        f"{cum.rising}/{cum.based}", _wan(month.total_yuan), _plain(month.yoy_percent),
    )  # fmt: skip


def _bridge_lines(one: Bridge) -> list[str]:
    """Name by name: the 元 add up, whatever is rounded above."""
    origin = "上年公布数" if one.stated else "上年各企业所报合计"
    lines = [f"名义与同口径之差：{origin} {exact_money(one.published_yuan)}"]
    if one.residual_yuan:
        lines.append(f"  公布数差额 {_signed(one.residual_yuan)}（企业上年所报之和与公布数之差）")
    lines += _steps(one.lines)
    lines.append(f"  = 同口径基数 {exact_money(one.base_yuan)}")
    if one.now_lines:
        lines += [f"  本年公布合计 {exact_money(one.now_published_yuan)}", *_steps(one.now_lines)]
        lines.append(f"  = 同口径产值 {exact_money(one.total_yuan)}")
    return lines


def _steps(lines: Iterable[BridgeLine]) -> list[str]:
    return [
        f"  {line.label} {_signed(line.yuan)}："
        + "；".join(f"{firm.name} {_signed(firm.yuan)}{f'（{firm.why}）' if firm.why else ''}" for firm in line.firms)
        for line in lines
    ]


def _signed(yuan: int) -> str:
    return f"{'+' if yuan > 0 else ''}{exact_money(yuan)}"


def _span(number: int) -> str:
    return f"1—{number}月" if number > 1 else "1月"


def _wan(yuan: int | None) -> str:
    return "未知" if yuan is None else format_money(yuan, "万元", 0)


def _percent(value: Decimal | None, *, sign: bool = True) -> str:
    return "未知" if value is None else f"{value:+}%" if sign else f"{value}%"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
