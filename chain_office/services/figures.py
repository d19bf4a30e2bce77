"""The headline figures: every key of the office's vocabulary as a defended number, and the balances between them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chain_office.domain.figures import Figure, Headline, RowsQuery, Value
from chain_office.domain.periods import month_parts
from chain_office.domain.workflow import ASSIGNED_BUCKETS, NOT_SCREENED_IN_BUCKETS, SCREENED_IN_BUCKETS, STATES
from chain_office.queries import figure_rows, finance, output, problems, projects, register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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
_YI: Final = 100_000_000
_LEAST_ROUND: Final = 10_000_000
_PROBLEM_BUCKETS = (*NOT_SCREENED_IN_BUCKETS, *SCREENED_IN_BUCKETS, *ASSIGNED_BUCKETS)
_STAGES = ("completed", "under_construction", "planned", "stopped")


SUMS: Final[Mapping[str, tuple[str, ...]]] = {
    "problems.collected": ("problems.screened_in", "problems.rejected", "problems.pooled", "problems.waiting"),
    "problems.screened_in": ("problems.assigned", *(f"problems.{one}" for one in SCREENED_IN_BUCKETS)),
    "problems.assigned": tuple(f"problems.{one}" for one in ASSIGNED_BUCKETS),
    "projects.total": tuple(f"projects.{one}" for one in _STAGES),
}
"""Figures that are sums of others; the formula is told with their numbers."""


def headline(ledger: Ledger, day: date) -> Headline:
    """All headline figures at ``day``."""
    grown = output.growth(ledger, day)
    values = {key: value for read in VALUES.values() for key, value in read(ledger, day).items()}
    notes = _growth_notes(grown)
    counted = len(grown.firms) - (len(grown.sample.without_base) if grown.sample.base_yuan is not None else 0)
    loans = {
        "finance.granted_yuan": figure_rows.count_amounts(ledger, day, "credit"),
        "finance.drawn_yuan": figure_rows.count_amounts(ledger, day, "drawdown"),
    }
    figures = tuple(
        replace(
            one,
            value=values[one.key],
            notes=notes if one.key.startswith("output.") else (),
            basis=basis_of(one.key, grown.to_month),
            worked=_worked(one.key, values, grown),
            row_count=loans.get(one.key, _row_count(one, values[one.key], counted)),
        )
        for one in described(day)
    )
    return Headline(day, figures, notes)


def _row_count(figure: Figure, value: Value, firms: int) -> int | None:
    """How many rows stand behind it, where that needs no reading: a count counts them."""
    if figure.key in {"output.total_yuan", "output.base_yuan", "output.yoy_percent"}:
        return firms if value is not None else 0
    return value if isinstance(value, int) and figure.unit in {"家", "个"} else None


def _worked(key: str, values: Mapping[str, Value], grown: output.Growth) -> str:
    """The formula with its numbers: 58 = 已销号 45 + 已报结待核实 4 + 办理中 6 + 长期推进 3."""
    if values[key] is None:
        return ""
    if key in SUMS:
        return f"{values[key]} = {' + '.join(f'{_WORDS[part][0]} {values[part]}' for part in SUMS[key])}"
    if key == "output.yoy_percent":
        return worked_rate(grown.sample.total_yuan, grown.sample.base_yuan, values[key])
    if key == "output.nominal_yoy_percent":
        return worked_rate(grown.published_yuan, grown.last_published_yuan, values[key])
    return ""


def worked_rate(now: int | None, before: int | None, percent: Value) -> str:
    """A growth rate with its sums in 元, to the last one."""
    if now is None or before is None:
        return ""
    return f"（{now:,} 元 - {before:,} 元）÷ {before:,} 元 = {percent:+} %"


_SCOPES = {
    "output.total_yuan": "同口径，现价", "output.base_yuan": "上年同期，同口径，现价", "output.yoy_percent": "同口径",
    "output.nominal_yoy_percent": "名义",
}  # fmt: skip


def basis_of(key: str, to_month: str | None) -> str:
    """The months and the scope an output figure is quoted with: 2021年1—9月，同口径，现价; "" of any other figure."""
    if key not in _SCOPES or to_month is None:
        return ""
    year, last = month_parts(to_month)
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
            signed=key.endswith("yoy_percent"),
        )
        for key in KEYS
    )


def label_of(key: str) -> str:
    """What a headline figure is called."""
    return _WORDS[key][0]


def unit_of(key: str) -> str:
    """What a headline figure counts: 家 个 元 %, "" for a month."""
    return _WORDS[key][1]


def described_formula(key: str) -> str:
    """How a headline figure is counted, in words; "" for any other key."""
    return _WORDS[key][2] if key in _WORDS else ""


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


def _register_values(ledger: Ledger, day: date) -> dict[str, Value]:
    return {"enterprises.total": len(register.firms_on_register(ledger, day))}


def _visit_values(ledger: Ledger, day: date) -> dict[str, Value]:
    return {"visits.enterprises_visited": register.count_visited(ledger, day)}


def _output_values(ledger: Ledger, day: date) -> dict[str, Value]:
    grown = output.growth(ledger, day)
    return {
        "output.from": grown.from_month,
        "output.to": grown.to_month,
        "output.total_yuan": grown.sample.total_yuan,
        "output.base_yuan": grown.sample.base_yuan,
        "output.yoy_percent": grown.sample.yoy_percent,
        "output.nominal_yoy_percent": grown.nominal_percent,
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


VALUES: Final[Mapping[str, Callable[[Ledger, date], dict[str, Value]]]] = {
    "enterprises": _register_values,
    "visits": _visit_values,
    "problems": problem_values,
    "finance": _finance_values,
    "projects": project_values,
    "output": _output_values,
}
"""Desk → the values of its headline figures by key, at a day."""


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
        return f"{value:+} %" if figure.signed else f"{value} %"
    return f"{value} {figure.unit}".rstrip()


def titled(figure: Figure) -> str:
    """What a figure is, and whose: 湖南示例赤松铜业有限公司　放款合计."""
    return f"{figure.of}　{figure.label}" if figure.of and figure.of not in figure.label else figure.label


def exact(figure: Figure) -> str:
    """A figure to its last digit: 23,500,000,000 元, 58 个, 34.5 %, 未知."""
    value = figure.value
    if value is None:
        return "未知"
    said = f"{value:,}" if isinstance(value, int) else str(value)
    return f"{said} {figure.unit}".rstrip()


def details(figure: Figure) -> tuple[tuple[str, str], ...]:
    """What is to be said of a figure beside its value: a word and a text each."""
    exactly = exact(figure) if figure.unit == "元" and figure.value is not None else ""
    rows = "" if figure.row_count is None else f"{figure.row_count} 行"
    said = (
        ("精确到元", exactly), ("口径", figure.formula), ("算式", figure.worked), ("截至", figure.as_of.isoformat()),
        ("范围", figure.basis), *(("说明", note) for note in figure.notes), ("行数", rows),
    )  # fmt: skip
    return tuple((word, text) for word, text in said if text)


def bare(figure: Figure) -> str:
    """A figure as a cell of a workbook takes it: digits alone, "" where it is unknown."""
    return "" if figure.value is None else str(figure.value)


def quoted(figure: Figure) -> str:
    """A figure as it is put into a text, with what it takes to defend it: 235亿元（1—9月，同口径，现价）. The year is said
    where it is not that of the cut-off date."""
    return _with_basis(figure, _written(figure))


def approximate(figure: Figure) -> str:
    """A sum as speeches put it, 7亿余元（…）; "" where the figure is no sum or is round as it stands."""
    value = figure.value
    if figure.unit != "元" or not isinstance(value, int) or value < _LEAST_ROUND:
        return ""
    unit, word = (_YI, "亿") if value >= _YI else (_LEAST_ROUND, "000万")
    whole, rest = divmod(value, unit)
    return _with_basis(figure, f"{whole}{word}余元") if rest else ""


def _with_basis(figure: Figure, said: str) -> str:
    basis = figure.basis.removeprefix(f"{figure.as_of.year}年")
    whose = f"{figure.of}，" if figure.of else ""
    return f"{said}（{whose}{basis or f'{figure.label}，截至{figure.as_of.isoformat()}'}）"


def _written(figure: Figure) -> str:
    """235亿元, 7.31亿元, 3,520万元, 58个."""
    value = shown(figure).replace(" ", "")
    return value.replace(".00亿元", "亿元") if figure.unit == "元" else value


def money_text(yuan: int) -> str:
    """亿元 with two decimals from one 亿 up, else 万元; exact to the last 元 only in the rows."""
    if abs(yuan) >= 100_000_000:
        return f"{(Decimal(yuan) / 100_000_000).quantize(Decimal('0.01'))} 亿元"
    return f"{(Decimal(yuan) / 10_000).quantize(Decimal('1')):,} 万元"
