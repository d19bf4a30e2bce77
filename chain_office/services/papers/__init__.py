"""Papers for units and for the office's own table: hand-over, reminders, bulletin, closing, visits. One module a kind.

An order is content only: it is read from the ledger (and registers what leaves), then set and written without one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chain_office.domain.errors import KnownError
from chain_office.services.papers import (
    bulletin,
    chasing,
    closing,
    dispatch_table,
    firm_brief,
    handing,
    handing_on,
    loan_outcome,
    visit_brief,
    visit_forms,
    visit_record,
    visit_report,
)
from chain_office.services.papers.letterhead import letterhead
from chain_office.services.papers.order import PaperFile, PaperOrder
from chain_office.services.papers.release import released
from chain_office.services.papers.writing import Written, require_folder, write_papers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.services.papers.letterhead import Letterhead

__all__ = ["KINDS", "PaperFile", "PaperOrder", "Written", "order_papers", "require_folder", "write_papers"]

MEETING, SINGLY, CHASING, BULLETIN, CLOSING, VISITS, REPORT, LOANS, BRIEF, RECORD, HANDING_ON, DISPATCH, FIRM = (
    "交办会", "单件交办", "催办", "督办通报", "销号单", "走访表", "走访日报", "落实情况表", "走访前一页纸", "走访记录",
    "工作交接", "月调度表", "企业简况",
)  # fmt: skip
KINDS: Final = (
    MEETING, SINGLY, CHASING, BULLETIN, CLOSING, VISITS, REPORT, LOANS, BRIEF, RECORD, HANDING_ON, DISPATCH, FIRM,
)  # fmt: skip
"""What papers there are, as the window and the command call them."""


def order_papers(
    ledger: Ledger,
    of: str,
    day: date,
    meeting: str | None = None,
    *,
    actor: str = "",
    first: date | None = None,
    lists: bool = False,
    rounded: bool = False,
) -> PaperOrder:
    """The papers of a kind at a day. ``meeting``: whose papers (交办会: left out, the latest; 走访日报, 走访记录: a campaign;
    落实情况表: an event, left out the latest, 全部 for all; 工作交接: a person; 月调度表: a month, left out the last that
    ended). ``rounded``: the sum in its text as 7亿余元. ``first``: where the span of 销号单 begins. ``lists``: 督办通报 with
    red and black list. What leaves for units is numbered in one write by ``actor``; made again it keeps its number. Raises
    :class:`KnownError`."""
    head = letterhead(ledger)
    who = actor or head.office
    kinds: Mapping[str, Callable[[], tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]]] = {
        MEETING: lambda: handing.meeting_papers(ledger, day, meeting, head, who),
        SINGLY: lambda: handing.single_papers(ledger, day, head, who),
        CHASING: lambda: chasing.reminders(ledger, day, head, who),
        BULLETIN: lambda: bulletin.bulletin(ledger, day, head, who, lists=lists),
        CLOSING: lambda: closing.closings(ledger, first, day, head, who),
        VISITS: lambda: visit_forms.visit_forms(ledger, day, head),
        REPORT: lambda: visit_report.visit_report(ledger, day, meeting, head),
        BRIEF: lambda: visit_brief.visit_briefs(ledger, day, head),
        FIRM: lambda: firm_brief.firm_briefs(ledger, day, head),
        RECORD: lambda: visit_record.visit_records(ledger, day, meeting, head),
        LOANS: lambda: loan_outcome.loan_outcome(ledger, day, meeting, head, rounded=rounded),
        HANDING_ON: lambda: handing_on.handing_on(ledger, meeting, day, head),
        DISPATCH: lambda: dispatch_table.dispatch_table(ledger, day, meeting, head),
    }
    if of not in kinds:
        raise KnownError(f"没有“{of}”这种材料，现有：{'、'.join(KINDS)}。")
    papers, notes, saved = kinds[of]()
    return PaperOrder(of, day, tuple(_released(one, head) for one in papers), notes, head.system_fonts, saved)


def _released(file: PaperFile, head: Letterhead) -> PaperFile:
    return replace(file, content=released(file.content, head.phone))
