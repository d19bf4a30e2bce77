"""二、企业走访: who was visited, in which months, and who on the register was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.periods import month_of
from chain_office.reports.content import Section
from chain_office.services.packing.linking import count, figure
from chain_office.services.packing.wording import UNKNOWN, listed, rate, said, span

if TYPE_CHECKING:
    from chain_office.services.packing.facts import Facts

HEADING = "企业走访"


def section(facts: Facts) -> Section:
    """The section."""
    return Section(HEADING, (_text(facts),))


def _text(facts: Facts) -> str:
    if not facts.desks.visits:
        return f"台账尚未登记走访记录，走访情况{UNKNOWN}。"
    if not facts.visits:
        return "截止日以前没有走访记录。"
    return _who(facts) + _coverage(facts) + _notes(facts)


def _who(facts: Facts) -> str:
    firms = facts.headline.number("visits.enterprises_visited")
    first, last = month_of(facts.visits[0].day), month_of(facts.visits[-1].day)
    when = f"{span(first, last)}" if first[:4] == last[:4] else f"{span(first, first)}至{span(last, last)}"
    gone = {visit.enterprise_id for visit in facts.visits} - {firm.id for firm in facts.register}
    text = f"{when}走访企业{count(facts, 'visits.enterprises_visited')}家"
    more = len(facts.visits) - firms
    text += f"、{len(facts.visits)}次" if more else ""
    if gone and facts.desks.enterprises:
        text += f"（含截止日已不在册的{len(gone)}家）"
    return text + "。"


def _coverage(facts: Facts) -> str:
    if not facts.register:
        return ""
    seen = {visit.enterprise_id for visit in facts.visits}
    missed = [firm for firm in facts.register if firm.id not in seen]
    done, total = len(facts.register) - len(missed), len(facts.register)
    if not missed:
        return f"现有在册企业{figure('enterprises.total', str(total))}家全部走访，覆盖率{rate(done, total)}。"
    names = listed([said(firm.name) for firm in missed], 5)
    on = figure("enterprises.total", str(total))
    unseen = figure("enterprises.unvisited", str(len(missed)))
    return f"现有在册企业{on}家中已走访{done}家，覆盖率{rate(done, total)}，尚未走访的{unseen}家：{names}。"


def _notes(facts: Facts) -> str:
    parts = (
        ("生产经营情况", sum(visit.status for visit in facts.visits)),
        ("困难和问题", sum(visit.problem for visit in facts.visits)),
        ("发展打算", sum(visit.plan for visit in facts.visits)),
    )
    total = len(facts.visits)
    counts = {count for _word, count in parts}
    if counts == {0}:
        return "走访记录没有写明三问内容。"
    if len(counts) == 1:
        return f"{total}份走访记录中，三问内容齐全的{counts.pop()}份。"
    return f"{total}份走访记录中，写明{'、'.join(f'{word}的{count}份' for word, count in parts)}。"
