"""The headline figures: every key of the office's vocabulary as a defended number, and the balances between them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from chain_office.domain.figures import Figure, Headline, RowsQuery, Value
from chain_office.domain.periods import month_parts
from chain_office.domain.workflow import ASSIGNED_BUCKETS, NOT_SCREENED_IN_BUCKETS, SCREENED_IN_BUCKETS, STATES
from chain_office.queries import finance, output, problems, projects, register

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

_WORDS: dict[str, tuple[str, str, str]] = {
    "enterprises.total": ("规上企业", "家", "在册企业：入规日 ≤ 截止日 < 退规日；没有入规时间的视为一直在册"),
    "visits.enterprises_visited": ("走访企业", "家", "走访日期 ≤ 截止日的不同企业，含后来退规的"),
    "problems.collected": ("收集问题", "个", "收集 = 筛选入 + 不予采纳 + 暂不具备 + 待筛选"),
    "problems.screened_in": ("筛选入问题", "个", "筛选入 = 交办 + 待交办 + 现场解决 + 上报"),
    "problems.assigned": ("交办问题", "个", "交办 = 已销号 + 已报结待核实 + 办理中 + 长期推进"),
    "problems.closed": ("已销号", "个", "截止日处于已销号状态（含未见核实的办结）"),
    "problems.reported": ("已报结待核实", "个", "单位已报结、尚未核实"),
    "problems.open": ("办理中", "个", "已交办、已签收、办理中、退回重派、部分解决"),
    "problems.parked": ("长期推进", "个", "企业知晓的长期推进事项，不计逾期"),
    "problems.overdue": ("逾期", "个", "办理中且时限早于截止日，或报结晚于时限；包含在办理中、已报结之内"),
    "problems.to_assign": ("待交办", "个", "筛选入、尚未交办"),
    "problems.solved_on_site": ("现场解决", "个", "走访现场解决，不再交办"),
    "problems.escalated": ("上报", "个", "上报上级解决"),
    "problems.rejected": ("不予采纳", "个", "三条筛选标准有一条（条件具备除外）为否"),
    "problems.pooled": ("暂不具备", "个", "条件暂不具备，到复核日再议"),
    "problems.waiting": ("待筛选", "个", "已收集、尚未筛选"),
    "problems.units": ("承办单位", "个", "牵头承办至少一个已交办问题的单位"),
    "finance.enterprises": ("对接企业", "家", "与银行达成意向及以上的不同企业"),
    "finance.parks": ("对接园区", "个", "与银行达成意向及以上的不同园区"),
    "finance.banks": ("对接银行", "家", "与企业或园区达成意向及以上的不同银行"),
    "finance.granted_yuan": ("授信金额", "元", "Σ 授信日期 ≤ 截止日的授信，不与放款相加"),
    "finance.drawn_yuan": ("放款金额", "元", "Σ 放款日期 ≤ 截止日的放款，不与授信相加"),
    "projects.completed": ("竣工项目", "个", "截止日所在年内竣工（未记竣工日期的计入）"),
    "projects.under_construction": ("在建项目", "个", "截止日阶段为在建"),
    "projects.planned": ("拟开工项目", "个", "截止日阶段为拟开工"),
    "projects.stopped": ("停缓建项目", "个", "截止日阶段为停缓建"),
    "projects.total": ("项目合计", "个", "合计 = 竣工 + 在建 + 拟开工 + 停缓建"),
    "output.from": ("产值起月", "", "截止月所在年的 1 月"),
    "output.to": ("产值止月", "", "截止日之前已结束且有数的最后一个月"),
    "output.total_yuan": ("产值", "元", "同口径企业本年累计之和（最新上报累计，没有则为各月之和），现价"),
    "output.base_yuan": ("上年同期产值", "元", "同一批企业的上年同期数之和；新建投产企业为 0"),
    "output.yoy_percent": (
        "同比增长（同口径）",
        "%",
        "（Σ本年 - Σ上年同期）÷ Σ上年同期，同一批企业，不取企业增速的平均",
    ),
    "output.nominal_yoy_percent": ("同比增长（名义）", "%", "本年公布合计 ÷ 上年公布合计 - 1，不调整企业范围"),
}
KEYS = tuple(_WORDS)
"""Every headline key, in the order they are listed."""
_PROBLEM_BUCKETS = (*NOT_SCREENED_IN_BUCKETS, *SCREENED_IN_BUCKETS, *ASSIGNED_BUCKETS)
_STAGES = ("completed", "under_construction", "planned", "stopped")


def headline(ledger: Ledger, day: date) -> Headline:
    """All headline figures at ``day``."""
    grown = output.growth(ledger, day)
    values: dict[str, Value] = {
        "enterprises.total": len(register.firms_on_register(ledger, day)),
        "visits.enterprises_visited": register.count_visited(ledger, day),
        **problem_values(ledger, day),
        **_finance_values(ledger, day),
        **project_values(ledger, day),
        "output.from": grown.from_month,
        "output.to": grown.to_month,
        "output.total_yuan": grown.sample.total_yuan,
        "output.base_yuan": grown.sample.base_yuan,
        "output.yoy_percent": grown.sample.yoy_percent,
        "output.nominal_yoy_percent": grown.nominal_percent,
    }
    notes = _growth_notes(grown)
    figures = tuple(
        replace(
            one,
            value=values[one.key],
            notes=notes if one.key.startswith("output.") else (),
            basis=_basis(one.key, grown),
        )
        for one in described(day)
    )
    return Headline(day, figures, notes)


_SCOPES = {
    "output.total_yuan": "同口径，现价", "output.base_yuan": "上年同期，同口径，现价", "output.yoy_percent": "同口径",
    "output.nominal_yoy_percent": "名义",
}  # fmt: skip


def _basis(key: str, grown: output.Growth) -> str:
    """The months and the scope an output figure is quoted with."""
    if key not in _SCOPES or grown.from_month is None or grown.to_month is None:
        return ""
    year, last = month_parts(grown.to_month)
    return f"{year}年1—{last}月，{_SCOPES[key]}" if last > 1 else f"{year}年1月，{_SCOPES[key]}"


def described(day: date) -> tuple[Figure, ...]:
    """Every headline figure as it is counted at ``day``, without its value."""
    return tuple(
        Figure(
            key=key,
            label=_WORDS[key][0],
            value=None,
            unit=_WORDS[key][1],
            formula=_WORDS[key][2],
            as_of=day,
            rows=RowsQuery(key.split(".", maxsplit=1)[0], (("figure", key),)),
        )
        for key in KEYS
    )


def problem_values(ledger: Ledger, day: date) -> dict[str, Value]:
    """The problem figures by key."""
    buckets = dict.fromkeys(_PROBLEM_BUCKETS, 0)
    for state, number in problems.counts_by_state(ledger, day).items():
        buckets[STATES[state].bucket] += number
    assigned = sum(buckets[one] for one in ASSIGNED_BUCKETS)
    screened = assigned + sum(buckets[one] for one in SCREENED_IN_BUCKETS)
    collected = screened + sum(buckets[one] for one in NOT_SCREENED_IN_BUCKETS)
    return {
        **{f"problems.{name}": number for name, number in buckets.items()},
        "problems.assigned": assigned,
        "problems.screened_in": screened,
        "problems.collected": collected,
        "problems.overdue": problems.count_overdue(ledger, day),
        "problems.units": problems.count_lead_units(ledger, day),
    }


def _finance_values(ledger: Ledger, day: date) -> dict[str, Value]:
    ladder = finance.ladder(ledger, day)
    return {
        "finance.enterprises": ladder.enterprises,
        "finance.parks": ladder.parks,
        "finance.banks": ladder.banks,
        "finance.granted_yuan": ladder.granted_yuan,
        "finance.drawn_yuan": ladder.drawn_yuan,
    }


def project_values(ledger: Ledger, day: date) -> dict[str, Value]:
    """The project figures by key."""
    counts = dict.fromkeys(_STAGES, 0)
    counts.update(projects.counts_by_stage(ledger, day))
    return {
        **{f"projects.{stage}": number for stage, number in counts.items()},
        "projects.total": sum(counts.values()),
    }


def _growth_notes(grown: output.Growth) -> tuple[str, ...]:
    without = grown.sample.without_base
    if not without or grown.sample.base_yuan is None:
        return ()
    return (f"{len(without)} 家企业没有上年同期数，两边都不计入同口径增速",)


def flat(figures: Headline) -> dict[str, object]:
    """One flat object for `figures --json`: numbers as JSON numbers, unknown as null."""
    out: dict[str, object] = {"as_of": figures.as_of.isoformat()}
    for figure in figures.figures:
        out[figure.key] = float(figure.value) if isinstance(figure.value, Decimal) else figure.value
    return out


def shown(figure: Figure) -> str:
    """A figure as people read it: 235.00 亿元, 69 家, +34.5 %, 未知."""
    value = figure.value
    if value is None:
        return "未知"
    if figure.unit == "元" and isinstance(value, int):
        return money_text(value)
    if figure.unit == "%":
        return f"{value:+} %"
    return f"{value} {figure.unit}".rstrip()


def quoted(figure: Figure) -> str:
    """A figure as it is put into a text, with what it takes to defend it: 235.00亿元（1—9月，同口径，现价）."""
    value = shown(figure).replace(" ", "")
    return f"{value}（{figure.basis or f'{figure.label}，截至{figure.as_of.isoformat()}'}）"


def money_text(yuan: int) -> str:
    """亿元 with two decimals from one 亿 up, else 万元; exact to the last 元 only in the rows."""
    if abs(yuan) >= 100_000_000:
        return f"{(Decimal(yuan) / 100_000_000).quantize(Decimal('0.01'))} 亿元"
    return f"{(Decimal(yuan) / 10_000).quantize(Decimal('1')):,} 万元"
