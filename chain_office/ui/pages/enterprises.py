"""企业: the register of the chain's enterprises with what is going on at each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries.desk_lists import enterprises_at
from chain_office.queries.desk_views import enterprise_views
from chain_office.queries.records import enterprise
from chain_office.queries.register import firms_on_register
from chain_office.ui import keys
from chain_office.ui.kit.desk_parts.viewed_desk import ViewedDesk
from chain_office.ui.kit.table import ListColumn
from chain_office.ui.pages.enterprise_parts import PARTS
from chain_office.ui.pages.enterprise_parts.firm_paper import FirmPaper

if TYPE_CHECKING:
    from datetime import date

    from chain_office.queries.desk_lists import EnterpriseLine
    from chain_office.queries.lists import ListKind
    from chain_office.queries.records import Record
    from chain_office.queries.views import View
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office


class Enterprises(ViewedDesk):
    """The desk of enterprises."""

    id = "enterprises"
    title = "企业"
    icon_name = "building-2"
    watches = frozenset({
        "enterprise", "contact", "register_spell", "visit", "problem", "problem_event", "match", "credit", "drawdown",
        "project", "stage_change", "monthly_output", "district", "park", "segment",
    })  # fmt: skip
    kinds = PARTS
    table = "enterprise"
    makes = ("enterprise",)
    boxes = (("district", "县市区"), ("park", "园区"), ("segment", "环节"))
    wide = 1
    noun = "家企业"
    belongs = "这里放产业链上的企业：名称、信用代码、县市区、园区、环节、联系人、入规退规。\n从规上企业名册导入最快。"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.paper = FirmPaper(self, office)
        pages = self.bar.add(
            "企业简况", "file-text", self._print_firms, shortcut=keys.key("firm_brief").keys[0], needs=1
        )
        self.addAction(pages)
        self.editing.also(self.bar.add("合并", "merge", self._merge, needs=2, most=2))

    def _print_firms(self) -> None:
        """企业简况 of the firms selected, a page each."""
        self.paper.show(self.selected_ids())

    def _merge(self) -> None:
        """Look at what making the two firms selected one would do."""
        self.show_record(f"view:duplicates/{'+'.join(self.selected_ids())}")

    def columns(self) -> tuple[ListColumn, ...]:
        """Number, name, place, segment, register, last visit, open problems."""
        return (
            ListColumn("编号", lambda line: f"QY{line.number:04d}", 66, "number", facet="number"),
            ListColumn("企业名称", lambda line: line.name, 240, facet="name", field="name"),
            ListColumn("县市区", lambda line: line.district, 72, facet="district", field="district_id"),
            ListColumn("园区", lambda line: line.park, 104, facet="park", field="park_id"),
            ListColumn("环节", lambda line: line.segment, 96, facet="segment", field="segment_id"),
            ListColumn("在册", self._register, 48, colour=self._register_colour, facet="register"),
            ListColumn("最近走访", _last_visit, 90, facet="last_visit"),
            ListColumn("未办结", _open, 60, right=True, colour=self._open_colour, facet="open_problems"),
        )

    @staticmethod
    def kind_at(day: date) -> ListKind[EnterpriseLine]:
        """Visits and open problems as they stood at ``day``."""
        return enterprises_at(day)

    @staticmethod
    def views_at(ledger: Ledger, day: date) -> tuple[View, ...]:
        """On the register, not visited, with open problems."""
        return enterprise_views(ledger, day)

    @staticmethod
    def beside_at(ledger: Ledger, day: date) -> frozenset[str]:
        """The firms on the register."""
        return firms_on_register(ledger, day)

    @staticmethod
    def read_record(ledger: Ledger, reference: str, day: date) -> Record | None:
        """One enterprise."""
        return enterprise(ledger, reference.partition(":")[2], day)

    def _register(self, line: EnterpriseLine) -> str:
        return "" if self.beside is None else "在册" if line.id in self.beside else "不在"

    def _register_colour(self, line: EnterpriseLine) -> str:
        p = self.office.palette
        return "" if self.beside is None else p.green if line.id in self.beside else p.grey

    def _open_colour(self, line: EnterpriseLine) -> str:
        return self.office.palette.amber if line.open_problems else ""


def _last_visit(line: EnterpriseLine) -> str:
    return line.last_visit.isoformat() if line.last_visit else "未走访"


def _open(line: EnterpriseLine) -> str:
    return str(line.open_problems or "")
