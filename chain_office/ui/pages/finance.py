"""银企: every match of a borrower with a bank, on the ladder 意向 → 授信 → 放款."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.loans import STAGE_WORDS
from chain_office.queries.desk_lists import finance_at
from chain_office.queries.desk_views import finance_views
from chain_office.queries.finance_desk import strip_counts
from chain_office.queries.records import match, need
from chain_office.ui.kit.amounts import wan
from chain_office.ui.kit.desk_parts.viewed_desk import ViewedDesk
from chain_office.ui.kit.table import ListColumn
from chain_office.ui.pages.finance_parts import PARTS

if TYPE_CHECKING:
    from datetime import date

    from chain_office.queries.desk_lists import MatchLine
    from chain_office.queries.lists import ListKind
    from chain_office.queries.records import Record
    from chain_office.queries.views import View
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.views import Counts


class Finance(ViewedDesk):
    """The desk of banks and borrowers."""

    id = "finance"
    title = "银企"
    icon_name = "landmark"
    count_key = "finance.waiting"
    watches = frozenset({"need", "match", "credit", "drawdown", "enterprise", "park", "bank", "meeting"})
    kinds = PARTS
    table = "match"
    makes = ("match", "need")
    boxes = (("bank", "银行"), ("event", "对接会"))
    wide = 1
    noun = "条对接"
    belongs = "这里放银企对接：谁要多少钱、哪家银行、意向多少、授信多少、放了多少，三级各算各的。\n从融资需求和落实情况表导入。"

    def columns(self) -> tuple[ListColumn, ...]:
        """Number, borrower, bank, event, the three amounts, how far it came."""
        return (
            ListColumn("编号", lambda line: f"YQ{line.number:04d}", 66, "number", facet="number"),
            ListColumn("企业（园区）", lambda line: line.borrower, 200, facet="borrower"),
            ListColumn("银行", lambda line: line.bank, 80, facet="bank", field="bank_id"),
            ListColumn(
                "意向（万元）", lambda line: wan(line.intent_yuan), 92, right=True, facet="intent", field="intent_yuan"
            ),
            ListColumn("授信（万元）", lambda line: wan(line.granted_yuan), 92, right=True, facet="granted"),
            ListColumn("放款（万元）", lambda line: wan(line.drawn_yuan), 92, right=True, facet="drawn"),
            ListColumn("到哪一步", _reached, 72, colour=self._colour, facet="reached"),
            ListColumn("未达成原因", lambda line: line.fail_reason, 120, facet="reason", field="fail_reason"),
        )

    @staticmethod
    def strip_counts(ledger: Ledger, day: date) -> Counts:
        """Look-backs overdue, drawings that may be one loan."""
        return strip_counts(ledger, day)

    @staticmethod
    def kind_at(day: date) -> ListKind[MatchLine]:
        """Rungs and amounts as they stood at ``day``."""
        return finance_at(day)

    @staticmethod
    def views_at(ledger: Ledger, day: date) -> tuple[View, ...]:
        """By rung at the date."""
        return finance_views(ledger, day)

    @staticmethod
    def read_record(ledger: Ledger, reference: str, day: date) -> Record | None:
        """One match as it stood at the date, or one need."""
        kind, _, row_id = reference.partition(":")
        return need(ledger, row_id) if kind == "need" else match(ledger, row_id, day)

    def _colour(self, line: MatchLine) -> str:
        p = self.office.palette
        return {"drawn": p.green, "granted": p.blue, "intent": p.amber, "refused": p.red}.get(line.reached, p.grey)


def _reached(line: MatchLine) -> str:
    return STAGE_WORDS.get(line.reached, line.reached)
