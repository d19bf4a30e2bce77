"""交办清单: the master list by lead unit, and each unit's slice of it with 牵头 and 配合 marked; 签收表."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.reports.content import Column, Table
from chain_office.reports.papers import Cell, Grid
from chain_office.services.papers.wording import NO_UNIT, deadline, known, numeral, unit, units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_office.queries.paper_rows import PaperProblem
    from chain_office.services.papers.slices import HandedOver, Slice

_SIGNED: Final = ("序号", "单位", "交办单编号", "牵头", "配合", "签收人", "签收日期")
_ROWS_A_PAGE: Final = 22


def master(whole: HandedOver) -> Table:
    """Every problem once, under the kind of its lead unit."""
    columns = (
        Column("序号", 3.2, "center"), Column("记录号", 5, "center"), Column("企业名称", 11), Column("县市区", 5),
        Column("问题类别", 6), Column("存在问题", 20), Column("企业诉求", 14), Column("牵头单位", 7), Column("配合单位", 9),
        Column("责任人", 4.5), Column("办结时限", 7, "center"),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    groups = set()
    number = 0
    sections = [
        (kind, [one for part in parts for one in part.leads], sum(1 for part in parts if part.leads))
        for kind, parts in whole.by_kind().items()
    ]
    sections.append((f"{NO_UNIT}牵头单位", list(whole.orphans), 0))
    for kind, problems, leading in (one for one in sections if one[1]):
        groups.add(len(rows))
        many = f"{leading}个单位牵头，" if leading else ""
        rows.append((f"{numeral(len(groups))}、{kind}（{many}{len(problems)}个问题）",))
        for problem in problems:
            number += 1
            rows.append(
                (
                    str(number), problem.no, known(problem.enterprise), known(problem.district), known(problem.category),
                    known(problem.text), known(problem.demand), unit(problem.lead), units(problem.co),
                    known(problem.owner), deadline(problem),
                )
            )  # fmt: skip
    notes = (f"共{number}个问题，每个只列一次，列在牵头单位之下；配合单位另见各单位分表。",)
    return Table("", columns, tuple(rows), notes=notes, groups=frozenset(groups), density="compact")


def part_of(part: Slice) -> Table:
    """One unit's slice: what it leads, then what it assists with."""
    columns = (
        Column("序号", 3.2, "center"), Column("记录号", 5, "center"), Column("牵头/配合", 4, "center"), Column("企业名称", 12),
        Column("县市区", 5), Column("存在问题", 22), Column("企业诉求", 15), Column("牵头单位", 7), Column("配合单位", 10),
        Column("办结时限", 7, "center"),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    groups = set()
    for word, problems in (("牵头", part.leads), ("配合", part.assists)):
        if not problems:
            continue
        groups.add(len(rows))
        rows.append((f"{numeral(len(groups))}、{word}办理（{len(problems)}件）",))
        rows += _rows(problems, word, sum(1 for row in rows if len(row) > 1))
    notes = (
        "配合件以牵头单位为主办理，请主动与牵头单位衔接；同一问题在牵头、配合单位的分表里各列一次，全市总数只计一次。",
    )
    return Table(
        "", columns, tuple(rows), notes=notes if part.assists else (), groups=frozenset(groups), density="compact"
    )


def _rows(problems: Sequence[PaperProblem], word: str, before: int) -> list[tuple[str, ...]]:
    return [
        (
            str(before + place), problem.no, word, known(problem.enterprise), known(problem.district), known(problem.text),
            known(problem.demand), unit(problem.lead), units(problem.co), deadline(problem),
        )
        for place, problem in enumerate(problems, start=1)
    ]  # fmt: skip


def to_sign(whole: HandedOver, number: Callable[[Slice], str]) -> tuple[Grid, ...]:
    """签收表: a form for each kind of unit, so that its headings stand over every part, none higher than a page."""
    found = []
    place = 0
    for kind, parts in whole.by_kind().items():
        for start in range(0, len(parts), _ROWS_A_PAGE):
            rows = [tuple(Cell(word, head=True) for word in _SIGNED)]
            for part in parts[start : start + _ROWS_A_PAGE]:
                place += 1
                counts = (str(len(part.leads)), str(len(part.assists)))
                rows.append(
                    (
                        Cell(str(place), centred=True), Cell(unit(part.unit)), Cell(number(part), centred=True),
                        *(Cell(count, centred=True) for count in counts), Cell(""), Cell(""),
                    )
                )  # fmt: skip
            heading = f"{kind}（{len(parts)}个单位）{'（续）' if start else ''}"
            found.append(Grid((7, 23.8, 24.6, 7, 7, 11.8, 11.8), tuple(rows), heading=heading))
    return tuple(found)
