"""The rows of 产值: one firm a row with its year so far, its base and its growth, and the selections among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.growth import rate
from chain_office.queries.line_facets import LineFacet
from chain_office.queries.output import firm_years
from chain_office.queries.output_reports import reports_at
from chain_office.queries.views import WITHOUT, Choice, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One firm's year up to ``last``, in 元. ``month``: the latest month it reported, with that month's output."""

    id: str
    number: int
    name: str
    district_id: str | None
    district: str
    last: str
    month: str
    month_yuan: int | None
    total_yuan: int
    base_yuan: int | None
    yoy_percent: Decimal | None


FACETS: Mapping[str, LineFacet] = {
    "number": LineFacet("number", lambda line: line.number),
    "name": LineFacet("text", lambda line: line.name),
    "district": LineFacet("choice", lambda line: line.district_id, lambda line: str(line.district)),
    "until": LineFacet("choice", lambda line: line.month),
    "month": LineFacet("amount", lambda line: line.month_yuan),
    "total": LineFacet("amount", lambda line: line.total_yuan),
    "base": LineFacet("amount", lambda line: line.base_yuan),
    "rate": LineFacet("number", lambda line: line.yoy_percent),
}
"""What the headings are filtered and sorted by."""


def firm_lines(ledger: Ledger, day: date) -> tuple[FirmLine, ...]:
    """The firms of the sample at ``day``."""
    last, firms, latest = firm_years(ledger, day)
    names = {
        row[0]: row[1:]
        for row in ledger.rows(
            "SELECT e.id, coalesce(e.number, 0), e.name, e.district_id, coalesce(d.short, d.name, '') FROM enterprise e "
            "LEFT JOIN district d ON d.id = e.district_id"
        )
    }
    lines = []
    for firm in firms:
        number, name, district_id, district = names[firm.enterprise]
        report = latest[firm.enterprise]
        month, yuan = report.month, report.month_yuan
        if yuan is None and report.cum_yuan is None:
            month, yuan = _told(ledger, day, firm.enterprise, report.month)
        growth = rate(firm.total_yuan, firm.base_yuan)
        lines.append(
            FirmLine(
                firm.enterprise, number, name, district_id, district, last, month, yuan, firm.total_yuan,
                firm.base_yuan, growth,
            )
        )  # fmt: skip
    return tuple(lines)


def _told(ledger: Ledger, day: date, firm: str, month: str) -> tuple[str, int | None]:
    """The latest month up to one for which a firm told a figure, and that month's output."""
    rows = ledger.rows(
        f"SELECT month, month_yuan FROM {reports_at(ledger, day)} o WHERE deleted_at IS NULL AND enterprise_id = ? "
        "AND month BETWEEN ? AND ? "
        "AND (month_yuan IS NOT NULL OR cum_yuan IS NOT NULL) ORDER BY month DESC LIMIT 1",
        (firm, f"{month[:4]}-01", month),
    )
    return rows[0] if rows else ("", None)


def last_change(ledger: Ledger) -> int:
    """A number that grows with every change of the ledger, by whatever program."""
    return int(ledger.value("SELECT max(no) FROM history") or 0)


def output_views(lines: Iterable[FirmLine]) -> tuple[View, ...]:
    """Grown, fallen, without a base, late with the last month; and the same sample behind the figures."""
    every = tuple(lines)

    def some(keep: Callable[[FirmLine], bool]) -> frozenset[str]:
        return frozenset(line.id for line in every if keep(line))

    sample = some(lambda line: line.base_yuan is not None) or some(lambda _: True)
    made = (
        View(
            "output.up",
            "增长",
            some(lambda line: line.yoy_percent is not None and line.yoy_percent >= 0),
            light="green",
        ),
        View(
            "output.down", "下降", some(lambda line: line.yoy_percent is not None and line.yoy_percent < 0), light="red"
        ),
        View("output.fresh", "基数为零", some(lambda line: line.base_yuan == 0), light="blue"),
        View("output.unknown", "没有同期数", some(lambda line: line.base_yuan is None), light="amber"),
        View("output.behind", "末月未报", some(lambda line: line.month != line.last), light="amber"),
        *(
            View(f"output.{key}", "同口径企业", sample, chip=False)
            for key in ("total_yuan", "base_yuan", "yoy_percent", "nominal_yoy_percent", "from", "to")
        ),
    )
    return tuple(view for view in made if view.ids or not view.chip)


def output_districts(lines: Iterable[FirmLine]) -> tuple[Choice, ...]:
    """Districts of the firms shown, most frequent first."""
    numbers: dict[tuple[str | None, str], int] = {}
    for line in lines:
        key = (line.district_id, line.district or WITHOUT)
        numbers[key] = numbers.get(key, 0) + 1
    found = sorted(numbers.items(), key=lambda item: (item[0][0] is None, -item[1], item[0][1]))
    return tuple(Choice(value, word, number) for (value, word), number in found)
