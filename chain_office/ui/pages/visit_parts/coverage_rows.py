"""What 覆盖 shows: a row a firm by months or campaigns, or a row a district or park by campaigns, with the visits and the
gaps behind every number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.queries.visiting.coverage import days_ago, places
from chain_office.ui.kit.figures_table import Cell, FiguresRow, Measured
from chain_office.ui.kit.rows import Line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.queries.visiting.coverage import Coverage, CoveredFirm, Span

FIRM_MONTH, FIRM_CAMPAIGN, DISTRICT, PARK = "firm-month", "firm-campaign", "district", "park"
TOTAL: Final = ""
_LAST, _AGO = "last", "ago"
BESIDE: Final = frozenset({_LAST, _AGO, "none"})
"""Columns beside the months and campaigns."""
MOST: Final = 2000
"""So many firms a matrix shows at once; its total counts all."""


def has_words(typed: str, *texts: str) -> bool:
    """Whether what was typed stands in one of the texts; small letters as large ones."""
    wanted = typed.casefold()
    return not wanted or any(wanted in text.casefold() for text in texts)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a matrix shows. ``gaps``: (row, column) → firms not visited; ``seen``: firms visited; ``visits``: their visits."""

    columns: tuple[Measured, ...]
    rows: tuple[FiguresRow, ...]
    seen: dict[tuple[str, str], tuple[str, ...]]
    gaps: dict[tuple[str, str], tuple[str, ...]]
    visits: dict[tuple[str, str], tuple[str, ...]]
    firms: dict[str, CoveredFirm]
    said: str
    wanted: int = 0
    """Firms there are to show; 0 for places."""


def by_firm(found: Coverage, of: str, word: str, start: int, *, missed: bool) -> Shown:
    """A row a firm, from the ``start``-th on; the total above says x of y of all."""
    spans = found.spans
    last = spans[-1].key if spans else ""
    wanted = [
        firm
        for firm in found.firms
        if has_words(word, firm.searched, firm.district, firm.park) and (not missed or firm.missed(last))
    ]
    start = start if start < len(wanted) else 0
    shown = wanted[start : start + MOST]
    seen: dict[tuple[str, str], tuple[str, ...]] = {}
    gaps: dict[tuple[str, str], tuple[str, ...]] = {}
    visits: dict[tuple[str, str], tuple[str, ...]] = {}
    for span in spans:
        there = [firm for firm in wanted if span.key in firm.on]
        seen[TOTAL, span.key] = tuple(firm.id for firm in there if span.key in firm.seen)
        gaps[TOTAL, span.key] = tuple(firm.id for firm in there if span.key not in firm.seen)
        visits[TOTAL, span.key] = tuple(
            one for firm in there if span.key in firm.seen for one in firm.seen[span.key].ids
        )
        for firm in wanted:
            if span.key in firm.seen:
                seen[firm.id, span.key] = (firm.id,)
                visits[firm.id, span.key] = firm.seen[span.key].ids
            elif span.key in firm.on:
                gaps[firm.id, span.key] = (firm.id,)
    never = tuple(firm.id for firm in wanted if firm.last is None and firm.here)
    gaps[TOTAL, _AGO] = gaps[TOTAL, _LAST] = never
    total = [Cell(f"合计 {len(wanted)} 家"), Cell("")]
    for span in spans:
        number, there_are = len(seen[TOTAL, span.key]), len(seen[TOTAL, span.key]) + len(gaps[TOTAL, span.key])
        light = "" if number == there_are else "amber"
        total.append(Cell(f"{number}/{there_are}", number, light, opens=True))
    total += [
        Cell("", None),
        Cell(f"从未 {len(never)}" if never else "", None, "amber" if never else "", opens=bool(never)),
    ]
    rows = [FiguresRow(TOTAL, tuple(total), total=True)] if wanted else []
    rows += [_firm_row(firm, spans, found.day, campaign=of == FIRM_CAMPAIGN) for firm in shown]
    said = "数字是走访日（只知到月的写“月内”，一月几次的写次数）；“·”是在册没走访，“—”是当时不在册。合计是走访家数／在册家数。"
    if len(wanted) > MOST:
        last_shown = start + len(shown)
        said += (
            f"共 {len(wanted):,} 家，这里是第 {start + 1:,}—{last_shown:,} 家，其余在右上角换一段，或输入名称、县市区。"
        )
    wide = 92 if of == FIRM_CAMPAIGN else 46
    columns = (
        Measured("firm", "企业", "回车打开这一格的走访", 150, right=False),
        Measured("district", "县市区", "", 76, right=False, rank=2),
        *(
            Measured(one.key, one.word, f"以 {one.at.isoformat()} 的在册企业计", wide + 20 * ("年" in one.word))
            for one in spans
        ),
        Measured(_LAST, "上次走访", "截止日以前最近一次", 92, right=False, rank=1),
        Measured(_AGO, "距今天数", "截止日减上次走访；从未走访的没有天数", 70),
    )
    return Shown(columns, tuple(rows), seen, gaps, visits, {firm.id: firm for firm in found.firms}, said, len(wanted))


def _firm_row(firm: CoveredFirm, spans: Sequence[Span], day: date, *, campaign: bool) -> FiguresRow:
    cells = [Cell(firm.name, firm.name, opens=True), Cell(firm.district, firm.district or None)]
    for span in spans:
        seen = firm.seen.get(span.key)
        if seen is None:
            missed = span.key in firm.on
            cells.append(
                Cell(
                    ("未走访" if campaign else "·") if missed else "—",
                    None,
                    "amber" if missed and campaign else "quiet",
                    opens=missed,
                )
            )
            continue
        text = f"{seen.last.month}月{seen.last.day}日" if campaign else f"{seen.last.day}日"
        if not seen.exact:
            text = f"{seen.last.month}月" if campaign else "月内"
        if len(seen.ids) > 1:
            text = f"{len(seen.ids)} 次"
        cells.append(Cell(text, seen.last, "green", opens=True))
    ago = days_ago(firm.last, day)
    last = "从未走访" if firm.last is None else firm.last.isoformat() if firm.last_exact else f"{firm.last:%Y-%m}（月）"
    cells += [Cell(last, firm.last, "amber" if firm.last is None else ""), Cell("" if ago is None else str(ago), ago)]
    return FiguresRow(firm.id, tuple(cells))


def by_place(found: Coverage, of: str) -> Shown:
    """A row a district or park: x of y a campaign."""
    spans = found.spans
    grouped = places(found, park=of == PARK)
    seen: dict[tuple[str, str], tuple[str, ...]] = {}
    gaps: dict[tuple[str, str], tuple[str, ...]] = {}
    visits: dict[tuple[str, str], tuple[str, ...]] = {}
    firms = {firm.id: firm for firm in found.firms}
    rows = []
    for row_id, name, ids in [
        (TOTAL, "合计", None), *((one.name, one.name, one) for one in grouped)
    ]:  # fmt: skip
        cells = [Cell(name, name)]
        for span in spans:
            mine = grouped if ids is None else (ids,)
            there = seen[row_id, span.key] = tuple(one for place in mine for one in place.seen[span.key])
            not_there = gaps[row_id, span.key] = tuple(one for place in mine for one in place.missed[span.key])
            visits[row_id, span.key] = tuple(one for firm in there for one in firms[firm].seen[span.key].ids)
            number, of_all = len(there), len(there) + len(not_there)
            light = "quiet" if not of_all else "green" if number == of_all else "amber"
            cells.append(
                Cell(f"{number}/{of_all}" if of_all else "—", number if of_all else None, light, opens=bool(of_all))
            )
        rows.append(FiguresRow(row_id, tuple(cells), total=row_id == TOTAL))
    word = "园区" if of == PARK else "县市区"
    columns = (
        Measured("place", word, "", 168, right=False),
        *(
            Measured(one.key, one.word, f"走访家数／在册家数，以 {one.at.isoformat()} 的在册企业计", 110)
            for one in spans
        ),
    )
    if len(columns) == 2:
        columns = (*columns, Measured("none", "", "", 1))
        rows = [FiguresRow(row.id, (*row.cells, Cell("")), total=row.total) for row in rows]
    said = (
        "走访家数／在册家数；分母是活动最后一天（还没结束的按截止日）的在册企业。右边列出这一格没走访和走访了的企业。"
    )
    return Shown(columns, tuple(rows) if spans else (), seen, gaps, visits, firms, said)


def firm_line(firm: CoveredFirm, day: date, *, missed: bool) -> Line:
    ago = days_ago(firm.last, day)
    last = "从未走访" if firm.last is None else firm.last.isoformat() if firm.last_exact else f"{firm.last:%Y-%m}（月）"
    light = "amber" if missed and firm.last is None else ""
    return Line(firm.id, (firm.name, firm.district, last, "" if ago is None else str(ago)), ("", "", light, ""))
