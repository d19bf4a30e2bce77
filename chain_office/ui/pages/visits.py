"""走访: one note a visit, with the three standing questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries.desk_lists import VISITS
from chain_office.queries.desk_views import visit_views
from chain_office.queries.records import visit
from chain_office.queries.visiting.today import visit_counts
from chain_office.ui.kit.desk_parts.viewed_desk import ViewedDesk
from chain_office.ui.kit.note_problems import NoteProblems
from chain_office.ui.kit.note_promises import NotePromises
from chain_office.ui.kit.table import ListColumn
from chain_office.ui.pages.visit_parts import PARTS
from chain_office.ui.pages.visit_parts.photographs import RecordStrip
from chain_office.ui.pages.visit_parts.printing import VisitPrinting
from chain_office.ui.pages.visit_parts.watching import ConsentWatch

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from chain_office.queries.desk_lists import VisitLine
    from chain_office.queries.lists import ListKind
    from chain_office.queries.records import Record
    from chain_office.queries.views import View
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.views import Counts
    from chain_office.ui.office import Office


class Visits(ViewedDesk):
    """The desk of visits."""

    id = "visits"
    title = "走访"
    icon_name = "footprints"
    count_key = "enterprises.unvisited"
    watches = frozenset({"visit", "enterprise", "campaign", "problem", "problem_event", "promise", "visit_plan"})
    kinds = PARTS
    table = "visit"
    makes = ("visit",)
    boxes = (("campaign", "走访活动"),)
    wide = 4
    noun = "次走访"
    belongs = "这里放走访记录：哪天去了哪家、谁带队、生产经营情况、困难和问题、发展打算。\n从走访记录表导入。"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.notes = NoteProblems(self)
        self.promising = NotePromises(self)
        self.papers = VisitPrinting(self)
        self.strip = RecordStrip(self, (self.papers.brief_action, self.papers.record_action))
        self.consent = ConsentWatch(self)

    def columns(self) -> tuple[ListColumn, ...]:
        """Number, day, firm, leader, what was raised."""
        return (
            ListColumn("编号", lambda line: f"ZF{line.number:04d}", 66, facet="number"),
            ListColumn("走访时间", _day, 106, "day", facet="day", field="day"),
            ListColumn("企业", lambda line: line.enterprise, 200, facet="enterprise", field="enterprise_id"),
            ListColumn("带队", lambda line: line.leader, 80, facet="leader", field="leader"),
            ListColumn(
                "困难和问题", lambda line: line.problem.replace("\n", " "), 260, facet="problem", field="q2_problem"
            ),
        )

    @staticmethod
    def strip_counts(ledger: Ledger, day: date) -> Counts:
        """What is to be visited today, what is late, which promises are."""
        return visit_counts(ledger, day)

    @staticmethod
    def kind_at(day: date) -> ListKind[VisitLine]:  # noqa: ARG004 - the same on every day
        """The list."""
        return VISITS

    @staticmethod
    def views_at(ledger: Ledger, day: date) -> tuple[View, ...]:
        """Of the year, with difficulties, without a full date."""
        return visit_views(ledger, day)

    @staticmethod
    def read_record(ledger: Ledger, reference: str, day: date) -> Record | None:
        """One visit."""
        return visit(ledger, reference.partition(":")[2], day)

    def make_visit(self, preset: Mapping[str, object]) -> None:
        """Open a visit's form beside the list, with these fields filled in."""
        self.editing.new("visit", preset)

    def plan_these(self, firms: Collection[str]) -> None:
        """Begin a plan for these firms."""
        self.views.choose("plan", f"firms/{','.join(firms)}", enter=True)


def _day(line: VisitLine) -> str:
    if line.day is None:
        return "没有日期"
    return f"{line.day:%Y-%m}（月）" if line.precision == "month" else line.day.isoformat()
