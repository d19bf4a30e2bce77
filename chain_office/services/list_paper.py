"""A list on paper as the screen shows it: its title, what it is filtered by, the cut-off date, when it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office import clock
from chain_office.domain.errors import KnownError
from chain_office.reports.content import Column, Table, chinese_date

if TYPE_CHECKING:
    from datetime import date

MOST_ROWS: Final = 20_000
"""More than this (some 500 sheets) is not printed."""
_PIXELS_A_CHARACTER: Final = 13
_WIDEST: Final = 32
_NARROWEST: Final = 3


@dataclass(frozen=True, slots=True)
class ListedColumn:
    """A column as the screen shows it: heading, width in pixels at 100 %, numbers at the right."""

    heading: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class ListPaper:
    """What is to be printed. Plain data: it goes to another process. ``notes``: what stands below a list that is no selection
    of a desk's; None says what the list is filtered by."""

    title: str
    columns: tuple[ListedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    filtered: tuple[str, ...]
    as_of: date
    sample: bool
    notes: tuple[str, ...] | None = None


def refuse_too_long(rows: int) -> None:
    """Raise KnownError for a list nobody wants on paper."""
    if rows > MOST_ROWS:
        raise KnownError(f"这个列表有 {rows} 行，打印出来要几百页；请先筛选到 {MOST_ROWS} 行以内，或用导出。")


def set_list(paper: ListPaper) -> bytes:
    """The PDF of a list. Runs in the workshop."""
    from chain_office.reports.listing import render_list  # brings reportlab

    columns = tuple(
        Column(one.heading, _characters(one, [row[place] for row in paper.rows]), "right" if one.right else "left")
        for place, one in enumerate(paper.columns)
    )
    filtered = f"筛选：{'；'.join(paper.filtered)}。" if paper.filtered else "没有筛选。"
    table = Table(
        f"{paper.title}（截至{chinese_date(paper.as_of)}）",
        columns,
        paper.rows,
        notes=(f"{filtered}共 {len(paper.rows)} 条。",) if paper.notes is None else paper.notes,
    )
    return render_list(table, f"截至 {paper.as_of.isoformat()}　打印日期 {clock.today().isoformat()}", paper.sample)


def _characters(column: ListedColumn, cells: list[str]) -> float:
    """How many Chinese characters wide a column is: as on the screen, but no wider than its longest text."""
    longest = max((_width(cell) for cell in (column.heading, *cells)), default=0.0)
    wanted = max(column.width / _PIXELS_A_CHARACTER, _width(column.heading) + 0.5)
    return max(_NARROWEST, min(wanted if longest <= wanted else max(wanted, min(longest, _WIDEST)), longest + 1))


def _width(text: str) -> float:
    return sum(0.55 if character.isascii() else 1.0 for character in text)
