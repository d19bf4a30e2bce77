"""The lists as papers: one list over its pages, A4 across, or all five one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.domain.five_lists import cell_text
from chain_office.reports.content import Column, Heading, Table, chinese_date
from chain_office.reports.papers import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.five_lists import FiveLists, OneList

_RIGHT = frozenset({"number", "wan", "percent"})


def paper_of(five: FiveLists, ids: Sequence[str]) -> Paper:
    """Some of the lists as one paper."""
    lists = [five.of(one) for one in ids]
    title = f"{five.chain}{lists[0].title}" if len(lists) == 1 else f"{five.chain}五单"
    parts: list[Heading | Table | str] = []
    for number, one in enumerate(lists):
        if len(lists) > 1:
            parts.append(Heading(f"{'一二三四五'[number]}、{one.title}", 1))
        parts.append(_table(one))
    return Paper(
        f"{title}_截至{five.as_of.isoformat()}",
        title,
        tuple(parts),
        five.office,
        clock.today(),
        recipients=five.office,
        number=f"截至{chinese_date(five.as_of)}",
        wide=True,
        sample=five.sample,
        note=f"截至 {five.as_of.isoformat()}　打印日期 {clock.today().isoformat()}",
    )


def _table(one: OneList) -> Table:
    columns = (
        Column("序号", 3, "center"),
        *(
            Column(
                column.heading,
                column.width,
                "right" if column.kind in _RIGHT else "left" if column.kind == "long" else "center",
            )
            for column in one.columns
        ),
    )
    rows: list[tuple[str, ...]] = []
    groups, strong, serial = set(), set(), 0
    for group in one.handed_on():
        if group.heading:
            groups.add(len(rows))
            rows.append((group.heading,))
        for row in group.rows:
            serial += 1
            cells = (cell_text(value, column.kind) for value, column in zip(row.cells, one.columns, strict=True))
            rows.append((str(serial), *cells))
    if serial and any(column.summed for column in one.columns):
        strong.add(len(rows))
        totals = (
            cell_text(one.total(number), column.kind) if column.summed else ""
            for number, column in enumerate(one.columns)
        )
        rows.append(("合计", *totals))
    notes = (f"{one.said}。", *one.notes)
    return Table(
        "", columns, tuple(rows), one.unit, notes, frozenset(strong), frozenset(groups), density="compact"
    )  # fmt: skip
