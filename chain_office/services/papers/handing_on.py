"""工作交接清单: what an officer who leaves has in hand, by kind, with room for both to sign."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.queries.duties import duties, people
from chain_office.reports.content import Column, Heading, Table, chinese_date
from chain_office.reports.papers import Paper
from chain_office.services.packing.wording import counted
from chain_office.services.papers.handing import BOTH
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.order import PaperFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.queries.duties import Duty
    from chain_office.reports.content import Block
    from chain_office.services.papers.letterhead import Letterhead

_NUMERALS = (*"一二三四五六七八九十", "十一")
"""As many kinds as there are places people are named in, and the signatures."""
_COLUMNS = (
    Column("序号", 3.5, "center"), Column("编号", 6), Column("事项", 34), Column("时限", 8, "center"), Column("备注", 9),
)  # fmt: skip


def handing_on(
    ledger: Ledger, person: str | None, day: date, head: Letterhead
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The list of one person; without a name it says who has something in hand. Raises KnownError."""
    busy = [f"{name}（{number} 件）" for name, number in people(ledger, day) if number]
    if not person:
        there = "、".join(busy) or "台账里没有记着谁在办什么"
        raise KnownError(f"没有写是谁的工作交接，没有写任何文件；手里有工作的：{there}。")
    mine = duties(ledger, person.strip(), day)
    if not mine:
        return (), (f"“{person}”手里没有未办完的事项，没有写任何文件。",), None
    return (PaperFile("", list_of(ledger, person.strip(), day, head), BOTH),), (f"{person}：{len(mine)} 件。",), None


def list_of(ledger: Ledger, person: str, day: date, head: Letterhead) -> Paper:
    """What one person has in hand, as a paper."""
    mine = duties(ledger, person, day)
    kinds = [(kind, tuple(some)) for kind, some in groupby(mine, key=lambda one: one.kind)]
    late = sum(1 for one in mine if one.due is not None and one.due < day)
    told = counted([(kind, len(some)) for kind, some in kinds], "件")
    parts: list[Block | Table] = [
        f"截至{chinese_date(day)}，{person}手中未办完的事项共{len(mine)}件：{told}。"
        + (f"其中时限已过的{late}件。" if late else "")
    ]
    for place, (kind, some) in enumerate(kinds):
        parts += [Heading(f"{_NUMERALS[place]}、{kind}（{len(some)}件）", 1), _table(some, day)]
    parts += [
        Heading(f"{_NUMERALS[len(kinds)]}、交接确认", 1),
        "以上事项及有关资料已逐项交接清楚。",
        "移交人（签字）：　　　　　　　　　接收人（签字）：",
        "监交人（签字）：　　　　　　　　　日期：　　　年　　月　　日",
    ]
    name = joined("工作交接清单", person, day.isoformat())
    return Paper(
        name=clean(name, 120), title=f"工作交接清单\n（{person}）", parts=tuple(parts), office=head.office, issued=day,
        signed=False, sample=head.sample, note=head.office,
    )  # fmt: skip


def _table(some: Iterable[Duty], day: date) -> Table:
    rows = tuple(
        (
            str(place),
            one.number or "—",
            one.about,
            one.due.isoformat() if one.due else "—",
            "时限已过" if one.due is not None and one.due < day else "",
        )
        for place, one in enumerate(some, start=1)
    )
    return Table("", _COLUMNS, rows, density="compact")
