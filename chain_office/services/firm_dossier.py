"""The headline numbers of a dossier, each a figure that opens exactly its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.figures import Figure, RowsQuery
from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.projects import STAGES
from chain_office.services.figures import worked_rate
from chain_office.services.packing.wording import money, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.queries.dossier import Dossier

UNFINISHED: Final = frozenset({*OPEN_STATES, "reported"})
"""States of problems that count as 未办结, as on the register's list."""


def figures_of(found: Dossier) -> tuple[Figure, ...]:
    """产值, its growth, 未办结问题, 放款, 在建项目, 走访."""
    made = (*_output(found), _problems(found), _drawn(found), _building(found), _visits(found))
    return tuple(replace(one, of=found.name) for one in made)


def _key(found: Dossier, name: str) -> str:
    """firm.output.QY0012."""
    return f"firm.{name}.{record_number('enterprise', found.number)}"


def rows_reference(ids: Sequence[str], words: str) -> str:
    """What opens just these records of a desk: "rows:<words>/<id>+<id>"."""
    return f"rows:{words.replace('/', '／')}/{'+'.join(ids)}"


def _output(found: Dossier) -> tuple[Figure, Figure]:
    year = found.year
    at = RowsQuery("output", (("reference", f"enterprise:{found.id}"),))
    basis = f"{span(year.first, year.last)}，现价" if year is not None else ""
    notes = ("截止日不在册，不计入全链同口径",) if year is not None and not year.listed else ()
    total = Figure(
        _key(found, "output"), "本年产值", year.total_yuan if year else None, "元", "本年最新上报累计，没有则为各月之和，现价",
        found.day, at if found.months else None, notes, basis,
    )  # fmt: skip
    base = year.base_yuan if year is not None else None
    grown = Figure(
        _key(found, "yoy"), "同比", year.yoy_percent if year else None, "%",
        "（本年累计 - 上年同期）÷ 上年同期；上年同期取报表所列，没有则取上年本企业同月数", found.day,
        at if found.months else None,
        notes if base else (*notes, "新建投产或上年同期为 0，没有增速" if base == 0 else "没有上年同期数"), basis,
        worked_rate(year.total_yuan, base, year.yoy_percent) if year is not None and year.yoy_percent is not None else "",
        signed=True,
    )  # fmt: skip
    return total, grown


def _problems(found: Dossier) -> Figure:
    open_ones = [one for one in found.problems if one.state in UNFINISHED]
    waiting = len(found.problems) - len(open_ones)
    late = sum(one.overdue for one in open_ones)
    notes = (*((f"其中逾期 {late} 个",) if late else ()),)
    notes += (f"另有待筛选、待交办、长期推进 {waiting} 个",) if waiting else ()
    return Figure(
        _key(found, "problems"), "未办结问题", len(open_ones), "个", "这家企业办理中和已报结待核实的问题", found.day,
        _rows("problems", [one.id for one in open_ones], f"{found.name} · 未办结"), notes, row_count=len(open_ones),
    )  # fmt: skip


def _drawn(found: Dossier) -> Figure:
    drawn = [one for one in found.loans if one.drawings]
    amounts = [one.drawn_yuan or 0 for one in drawn]
    worked = f"{sum(amounts):,} 元 = {' + '.join(f'{one.bank} {one.drawn_yuan or 0:,} 元' for one in drawn)}"
    granted = [one.granted_yuan for one in found.loans if one.granted_yuan is not None]
    return Figure(
        _key(found, "drawn"), "放款合计", sum(amounts), "元", "Σ 放款日期 ≤ 截止日的放款，不与授信、意向相加", found.day,
        _rows("finance", [one.id for one in drawn], f"{found.name} · 放款"),
        (f"授信 {money(sum(granted))}，另计",) if granted else (), worked=worked if len(drawn) > 1 else "",
        row_count=sum(one.drawings for one in drawn),
    )  # fmt: skip


def _building(found: Dossier) -> Figure:
    there = [one for one in found.projects if one.stage == STAGES["under_construction"]]
    known = [one.total_yuan for one in there if one.total_yuan is not None]
    return Figure(
        _key(found, "building"), "在建项目", len(there), "个", "这家企业截止日阶段为在建的项目", found.day,
        _rows("projects", [one.id for one in there], f"{found.name} · 在建项目"),
        (f"总投资 {money(sum(known))}",) if known else (), row_count=len(there),
    )  # fmt: skip


def _visits(found: Dossier) -> Figure:
    last = f"最近一次 {found.last_visit.isoformat()}" if found.last_visit else "还没有走访过"
    return Figure(
        _key(found, "visits"), "走访", found.visits, "次", "走访日期 ≤ 截止日的走访", found.day,
        RowsQuery("visits", (("reference", f"enterprise:{found.id}"),)) if found.visits else None, (last,),
        row_count=found.visits,
    )  # fmt: skip


def _rows(page: str, ids: Sequence[str], words: str) -> RowsQuery | None:
    return RowsQuery(page, (("reference", rows_reference(ids, words)),)) if ids else None
