"""一、总体运行: the register, output of the year in 同口径 beside 名义, and what stands between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.growth import rate as growth_rate
from chain_office.domain.periods import month_parts
from chain_office.reports.content import Section
from chain_office.services.charting import exhibit
from chain_office.services.packing.linking import count, figure
from chain_office.services.packing.wording import (
    ROUNDED,
    UNKNOWN,
    as_shown,
    growth,
    listed,
    money,
    numbered,
    points,
    rate,
    said,
    span,
    tally,
)

if TYPE_CHECKING:
    from chain_office.domain.growth import Firm
    from chain_office.domain.output_bridge import BridgeLine
    from chain_office.reports.content import Chart
    from chain_office.services.packing.facts import Facts

HEADING = "总体运行"
_NO_DISTRICT = "未登记县市区"
_PLACES = 3
_CHART_MM = 68.0


def section(facts: Facts) -> Section:
    """The section."""
    register = _register(facts)
    if facts.grown.to_month is None:
        return Section(HEADING, (register, _no_output(facts)))
    parts = (
        ("产值总量", _total(facts)),
        ("两种增速的差别", _bridge(facts)),
        ("当月与增减面", _month(facts) + _spread(facts)),
    )
    blocks = numbered([(lead, text) for lead, text in parts if text])
    return Section(HEADING, (register, *blocks), charts=_charts(facts))


def _register(facts: Facts) -> str:
    total = facts.headline.number("enterprises.total")
    if not facts.desks.enterprises:
        return f"台账尚未登记规模以上企业名册，在册企业数{UNKNOWN}。"
    if not total:
        return "按台账名册，截止日没有在册的规模以上企业。"
    places = tally(facts.register, lambda firm: firm.district or _NO_DISTRICT)
    known = [(said(name), count) for name, count in places if name != _NO_DISTRICT]
    text = f"全链在册规模以上企业{count(facts, 'enterprises.total')}家"
    if known:
        text += "，其中" + "、".join(f"{name}{count}家" for name, count in known[:_PLACES])
        rest = known[_PLACES:]
        text += f"，其他县市区{sum(count for _name, count in rest)}家" if rest else ""
        missing = total - sum(count for _name, count in known)
        text += f"，{missing}家{_NO_DISTRICT}" if missing else ""
    return text + "。"


def _no_output(facts: Facts) -> str:
    if facts.desks.output:
        return "台账中没有截止日以前已结束月份的产值，本年产值及增速未掌握。"
    return "台账尚未登记月度产值，产值及增速未掌握。"


def _period(facts: Facts) -> str:
    return span(facts.grown.from_month or "", facts.grown.to_month or "")


def _total(facts: Facts) -> str:
    grown, sample = facts.grown, facts.grown.sample
    text = f"{_period(facts)}，有产值数据的{len(grown.firms)}家企业累计完成产值（现价）"
    text += figure("output.total_yuan", money(sample.total_yuan))
    if sample.base_yuan is None:
        text += f"；没有企业的上年同期数，同口径增速{UNKNOWN}"
    else:
        text += f"，上年同期同口径产值{figure('output.base_yuan', money(sample.base_yuan))}"
        text += f"，同口径{figure('output.yoy_percent', growth(sample.yoy_percent))}"
    nominal = grown.nominal_percent
    shown = figure("output.nominal_yoy_percent", growth(nominal))
    text += f"，名义{shown}。" if nominal is not None else f"；上年公布数{UNKNOWN}，名义增速无法计算。"
    if sample.without_base and sample.base_yuan is not None:
        left_out = [firm for firm in grown.firms if firm.base_yuan is None]
        amount = money(sum(firm.total_yuan for firm in left_out))
        text += f"另有{len(left_out)}家企业没有上年同期数，其产值{amount}未计入上述同口径合计。"
    return text + _silent(facts)


def _silent(facts: Facts) -> str:
    reporting = {firm.enterprise for firm in facts.grown.firms}
    silent = [firm for firm in facts.register if firm.id not in reporting]
    strangers = reporting - {firm.id for firm in facts.register}
    text = f"在册企业中有{len(silent)}家没有{_period(facts)}产值数据，未计入上述产值。" if silent else ""
    if not facts.desks.enterprises:
        return text
    return text + (f"有产值数据的企业中{len(strangers)}家不在名册上。" if strangers else "")


def _bridge(facts: Facts) -> str:
    bridge = facts.bridge
    if bridge is None:
        return ""
    moves = [_move(frame, bridge.line(key)) for key, frame in _MOVES]
    for key, words in _RESTATED:
        line = bridge.line(key)
        verb = "调增" if line.yuan >= 0 else "调减"
        moves.append(f"{words.format(len(line.firms))}{verb}{money(abs(line.yuan))}" if line.firms else "")
    if bridge.residual_yuan:
        verb = "少" if bridge.residual_yuan < 0 else "多"
        moves.append(f"企业上年所报之和比公布数{verb}{money(abs(bridge.residual_yuan))}")
    moves = [move for move in moves if move]
    origin = "" if facts.grown.stated else "（企业上年各月所报合计）"
    start = f"上年同期公布数{origin}为{money(bridge.published_yuan)}"
    if moves:
        text = f"{start}，{'，'.join(moves)}，得到同口径基数{money(bridge.base_yuan)}"
        shown = as_shown(bridge.published_yuan) + sum(as_shown(yuan) for _label, yuan in bridge.steps)
        text += "" if money(shown) == money(bridge.base_yuan) else f"（{ROUNDED}）"
    elif bridge.published_yuan == bridge.base_yuan:
        text = f"{start}，与同口径基数一致"
    else:
        return ""
    built = bridge.line("built").firms
    if built:
        totals = {firm.enterprise: firm.total_yuan for firm in facts.grown.firms}
        names, yuan = listed([said(firm.name) for firm in built]), sum(totals[firm.id] for firm in built)
        text += f"；新建投产的{len(built)}家企业（{names}）基数为0，本年产值{money(yuan)}计入合计"
    return text + "。"


_MOVES = (
    ("left", "减去已退规的{count}家企业（{names}）上年同期数{money}"),
    ("silent", "减去本年没有产值数据的{count}家企业（{names}）上年同期数{money}"),
    ("unbased", "减去同期数不全的{count}家企业（{names}）上年同期数{money}"),
    ("entered", "加上新入规的{count}家企业（{names}）自带的上年同期数{money}"),
    ("unknown", "加上上年未计入、入规方式未记的{count}家企业（{names}）的同期数{money}"),
)


_RESTATED = (
    ("corrected", "公布后更正上年数的{}家企业合计"),
    ("months", "报送月份不同的{}家企业同期数"),
    ("restated", "{}家企业同期数合计"),
)


def _move(frame: str, line: BridgeLine) -> str:
    if not line.firms:
        return ""
    names = listed([said(firm.name) for firm in line.firms], 5)
    return frame.format(count=len(line.firms), names=names, money=money(abs(line.yuan)))


def _month(facts: Facts) -> str:
    known = [point for point in facts.months if point.output_yuan is not None]
    if not known or known[-1].month != facts.grown.to_month:
        return ""
    last = known[-1]
    number = month_parts(last.month)[1]
    text = f"{number}月当月产值{money(last.output_yuan)}，同口径{growth(last.yoy_percent)}"
    before = known[-2] if len(known) > 1 else None
    if last.yoy_percent is not None and before is not None and before.yoy_percent is not None:
        change = points(last.yoy_percent - before.yoy_percent, "提高", "回落")
        text += f"，增速比{month_parts(before.month)[1]}月{change}" if change != "持平" else "，增速与上月持平"
    return text + "。"


def _spread(facts: Facts) -> str:
    based = [firm for firm in facts.grown.firms if firm.base_yuan]
    if not based:
        return ""
    up, down = (sum(1 for firm in based if _moved(firm, sign)) for sign in (1, -1))
    level = len(based) - up - down
    text = f"有上年同期数的{len(based)}家企业中，累计产值增长的{up}家、下降的{down}家"
    text += f"、持平的{level}家" if level else ""
    return f"{text}，增长面{rate(up, len(based))}。"


def _moved(firm: Firm, sign: int) -> bool:
    change = growth_rate(firm.total_yuan, firm.base_yuan)
    return change is not None and (firm.total_yuan - (firm.base_yuan or 0)) * sign > 0


def _charts(facts: Facts) -> tuple[Chart, ...]:
    chart = exhibit("output-monthly", facts, _chart_note(facts), _CHART_MM)
    return () if chart is None else (chart,)


def _chart_note(facts: Facts) -> str:
    notes = []
    joint = len(facts.joint & {firm.enterprise for firm in facts.grown.firms})
    if joint:
        notes.append(f"{joint}家企业1—2月合并报送，计入2月")
    months = [point.output_yuan for point in facts.months if point.output_yuan is not None]
    gap = sum(months) - (facts.grown.sample.total_yuan or 0)
    if gap and len(months) == len(facts.months):
        notes.append(f"各月之和比累计{'多' if gap > 0 else '少'}{money(abs(gap))}，累计以最近一次报送的累计数为准")
    return "；".join(notes)
