"""产值: one row a firm, its year so far beside its own base; growth of the same sample, as of the cut-off date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries.desk_lists import ENTERPRISES
from chain_office.queries.firm_output import FACETS, firm_lines, last_change, output_districts, output_views
from chain_office.queries.output_strip import strip_counts
from chain_office.queries.records import output
from chain_office.services.calendar import work_calendar
from chain_office.ui.kit.amounts import wan
from chain_office.ui.kit.desk import Offer
from chain_office.ui.kit.desk_parts.viewed_desk import ViewedDesk
from chain_office.ui.kit.table import ListColumn
from chain_office.ui.kit.whole_model import WholeModel
from chain_office.ui.pages.output_parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.queries.desk_lists import EnterpriseLine
    from chain_office.queries.firm_output import FirmLine
    from chain_office.queries.lists import ListKind
    from chain_office.queries.records import Record
    from chain_office.queries.views import View
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.views import Counts


class Output(ViewedDesk):
    """The desk of output."""

    id = "output"
    title = "产值"
    icon_name = "chart-column"
    count_key = "output.behind"
    watches = frozenset({"monthly_output", "published_total", "enterprise", "register_spell", "district"})
    kinds = PARTS
    table = "enterprise"
    makes = ("monthly_output",)
    boxes = (("district", "县市区"),)
    wide = 1
    noun = "家企业"
    belongs = (
        "这里放企业报送的月度产值：本月、累计和上年同期，增速按同一批企业算。\n"
        "从产值月报导入；不得载入联网直报的单个企业资料。"
    )

    def columns(self) -> tuple[ListColumn, ...]:
        """Number, name, district, latest month, the year so far, its base, growth."""
        return (
            ListColumn("编号", lambda line: f"QY{line.number:04d}", 66, facet="number"),
            ListColumn("企业名称", lambda line: line.name, 220, facet="name"),
            ListColumn("县市区", lambda line: line.district, 72, facet="district"),
            ListColumn("报到", lambda line: line.month, 68, colour=self._behind, facet="until"),
            ListColumn("当月（万元）", lambda line: wan(line.month_yuan), 92, right=True, facet="month"),
            ListColumn("累计（万元）", lambda line: wan(line.total_yuan), 104, right=True, facet="total"),
            ListColumn("上年同期（万元）", _base, 118, right=True, facet="base"),
            ListColumn("同比%", _rate, 72, right=True, facet="rate", colour=self._fallen),
        )

    def make_model(self) -> WholeModel:
        """Growth is worked out over all firms at once."""
        self.held = Held()
        return WholeModel(
            self.office.work, ENTERPRISES, self.columns(), self.held.lines, FACETS, ("=total", True), self
        )

    @staticmethod
    def strip_counts(ledger: Ledger, day: date) -> Counts:
        """Who has not filed the month that ended, what waits to be explained."""
        return strip_counts(ledger, day)

    @staticmethod
    def kind_at(day: date) -> ListKind[EnterpriseLine]:  # noqa: ARG004 - the same on every day
        """The rows are firms."""
        return ENTERPRISES

    @staticmethod
    def views_at(ledger: Ledger, day: date) -> tuple[View, ...]:
        """Grown, fallen, without a base."""
        return output_views(firm_lines(ledger, day))

    def offer_at(self, ledger: Ledger, day: date) -> Offer:
        """Selections and districts of the firms that report."""
        lines = self.held.read(ledger, day)
        choices = {"district": output_districts(lines)}
        return Offer(output_views(lines), choices, len(lines), work_calendar(ledger), None)

    @staticmethod
    def read_record(ledger: Ledger, reference: str, day: date) -> Record | None:
        """One firm's output."""
        return output(ledger, reference.partition(":")[2], day)

    def _behind(self, line: FirmLine) -> str:
        return self.office.palette.amber if line.month != line.last else ""

    def _fallen(self, line: FirmLine) -> str:
        return self.office.palette.red if line.yoy_percent is not None and line.yoy_percent < 0 else ""


class Held:
    """The firms' year as last worked out, kept until something is written; used on the database thread only."""

    def __init__(self) -> None:
        self._key: tuple[date, object] | None = None
        self._lines: tuple[FirmLine, ...] = ()

    def read(self, ledger: Ledger, day: date) -> tuple[FirmLine, ...]:
        """All firms at ``day``."""
        key = (day, last_change(ledger))
        if key != self._key:
            self._key, self._lines = key, firm_lines(ledger, day)
        return self._lines

    def lines(self, ledger: Ledger, day: date, filters: Mapping[str, str | None]) -> list[FirmLine]:
        """The firms at ``day``, filtered."""
        return [
            line
            for line in self.read(ledger, day)
            if "district" not in filters or line.district_id == filters["district"]
        ]


def _base(line: FirmLine) -> str:
    return "没有同期数" if line.base_yuan is None else wan(line.base_yuan)


def _rate(line: FirmLine) -> str:
    if line.yoy_percent is None:
        return "新" if line.base_yuan == 0 else ""
    return f"{line.yoy_percent:+}"
