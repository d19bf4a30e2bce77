"""五单一图谱 written into a folder: a workbook for each list, the map as PDF; each file whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from chain_office import files
from chain_office.domain.errors import KnownError
from chain_office.domain.five_lists import FIVE, MAP_TITLE
from chain_office.queries.chain_map import chain
from chain_office.services.lists.making import five_lists_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.domain.chain import Chain
    from chain_office.domain.five_lists import FiveLists

    Run = Callable[..., bytes]
    """Runs a function of a module where it may take its time: here, or in another process."""

T = TypeVar("T")
MAP: Final = "map"
EVERYTHING: Final = (*FIVE, MAP)
"""The five lists and the map, by id."""


@dataclass(frozen=True, slots=True)
class ListsOrder:
    """All that is needed of the ledger. Plain data: it goes to another process."""

    five: FiveLists
    chain: Chain

    @property
    def day(self) -> date:
        """The cut-off date."""
        return self.five.as_of


def order_lists(ledger: Ledger, day: date) -> ListsOrder:
    """Read the five lists and the chain at ``day``."""
    return ListsOrder(five_lists_of(ledger, day), chain(ledger, day))


def book_of(five: FiveLists, ids: tuple[str, ...]) -> bytes:
    """Some of the lists as one workbook. Needs no ledger."""
    from chain_office.reports.list_book import render  # brings xlsxwriter

    return render(five, ids)


def paper_pdf(five: FiveLists, ids: tuple[str, ...]) -> bytes:
    """Some of the lists as one paper. Needs no ledger."""
    from chain_office.reports.paper_pdf import render  # brings reportlab
    from chain_office.services.lists.paper import paper_of

    return render(paper_of(five, ids))


def map_pdf(found: Chain, office: str, size: str = "A4") -> bytes:
    """The map on a sheet of A4 or A3 across, black-and-white safe. Needs no ledger."""
    from chain_office.charts.catalogue import chart
    from chain_office.reports.map_page import render_map  # bring matplotlib and reportlab

    about = found.about
    kind = chart("chain-map")

    def draw(width: float, height: float) -> Any:
        return kind.draw(found, width, height, titled=False)

    note = f"{office}　截至 {about.as_of.isoformat()}"
    return render_map(draw, map_title(found), note, sample=about.sample, size=size, author=office)


def map_title(found: Chain) -> str:
    """有色金属及新型合金产业链上下游图谱."""
    return f"{found.about.chain.removesuffix('产业链')}{MAP_TITLE}"


def file_name(item: str, day: date) -> str:
    """What a list (or the map) is called in a folder."""
    number = EVERYTHING.index(item) + 1
    title, ending = (MAP_TITLE, "pdf") if item == MAP else (FIVE[item], "xlsx")
    return f"{number}_{title}_截至{day.isoformat()}.{ending}"


def write_order(
    order: ListsOrder,
    folder: Path,
    items: Sequence[str] = EVERYTHING,
    *,
    run: Run | None = None,
    progress: Callable[[int, int, str], None] = lambda _done, _whole, _what: None,
) -> tuple[Path, ...]:
    """Write the files of an order into a folder, which is made if it is not there; returns them in order. ``run``: where
    each is set."""
    do = run or _here
    _make(folder)
    written = []
    for number, item in enumerate(items):
        target = folder / file_name(item, order.day)
        progress(number, len(items), f"正在写 {target.name}")
        data = (
            do(map_pdf, order.chain, order.five.office) if item == MAP else do(book_of, order.five, (item,))
        )  # fmt: skip
        files.write_bytes(target, data)
        written.append(target)
    return tuple(written)


def write_lists(ledger: Ledger, day: date, folder: Path) -> tuple[Path, ...]:
    """The 五单 as workbooks and the 图谱 as PDF, as of ``day``, into ``folder``."""
    return write_order(order_lists(ledger, day), folder)


def _here(make: Callable[..., bytes], *arguments: object) -> bytes:
    return partial(make, *arguments)()


def _make(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise KnownError(f"“{folder}”不是文件夹，没有写出；请换一个文件夹。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"文件夹“{folder}”建不了（{files.reason(error)}），没有写出；请换一个位置。") from error
