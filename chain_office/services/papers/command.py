"""`papers`: the command. A ledger is opened for writing only when something is to be numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.days import DAY
from chain_office.services.ledgers import account, cut_off, open_existing, open_to_write
from chain_office.services.papers import order_papers, require_folder, write_papers
from chain_office.services.papers.numbering import NeedsNumbers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers import PaperOrder, Written

ACTOR = "papers 命令"


def run(
    path: Path,
    folder: Path,
    of: str,
    *,
    meeting: str | None,
    as_of: str | None,
    first: str | None,
    lists: bool,
    rounded: bool = False,
) -> Iterator[str]:
    """Make the papers; gives a line for each file and what else is to be said. Raises KnownError."""
    begin = DAY.parse(first).value if first else None

    def order(ledger: Ledger) -> PaperOrder:
        who = account() or ACTOR
        day = cut_off(ledger, as_of)
        first_day: date | None = begin  # type: ignore[assignment]
        return order_papers(ledger, of, day, meeting, actor=who, first=first_day, lists=lists, rounded=rounded)

    with open_existing(path, read_only=True) as ledger:
        cut_off(ledger, as_of)
        try:
            made = order(ledger)
        except NeedsNumbers:
            made = None
    if made is None:
        require_folder(folder)  # before numbers are given to papers that could not be written
        with open_to_write(path) as ledger:
            made = order(ledger)
    yield from made.notes
    if made.files:
        yield from _told(write_papers(made, folder), folder)


def _told(written: Written, folder: Path) -> Iterator[str]:
    replaced = set(written.replaced)
    for path in written:
        yield f"{path.relative_to(folder).as_posix()}{'（替换了同名文件）' if path in replaced else ''}"
    for path in written.kept:
        yield f"{path.relative_to(folder).as_posix()}：已有一份填写过的，没有替换；要重做请先移走它。"
    yield f"共 {len(written)} 个文件，在 {folder}"
    if written.missing:
        yield f"注意：字库里没有“{written.missing}”，材料里以〓代替，请核对。"
