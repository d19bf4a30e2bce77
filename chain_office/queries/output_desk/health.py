"""The monthly health check: every firm's report of a month, read beside its own thirteen months."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.growth import steps
from chain_office.domain.output_checks import FirmMonth, findings
from chain_office.domain.output_health import Answer, Health
from chain_office.domain.periods import add_to_month, last_day, previous_year
from chain_office.queries import register
from chain_office.queries.output import reports_between
from chain_office.queries.output_coverage import joined
from chain_office.queries.output_desk.signed import sign_off_of
from chain_office.queries.output_reports import reports_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chain_office.db.ledger import Ledger
    from chain_office.domain.growth import Report
    from chain_office.domain.output_health import Finding

_ORDER = {"severe": 0, "check": 1, "note": 2}
_MONTHS = 12


def health(
    ledger: Ledger, month: str, day: date, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Health:
    """What a month's reports, as they stand on ``day``, are to be looked at for. ``progress``: done, total; what it raises
    ends the reading."""
    answers = _answers(ledger, month)
    firms = list(_firms(ledger, month, day))
    found: list[Finding] = []
    for place, firm in enumerate(firms):
        if place % 500 == 0:
            progress(place, len(firms))
        found += findings(firm, month, answers.get(firm.enterprise_id, {}))
    found.sort(key=lambda one: (_ORDER[one.severity], one.number, one.name, one.kind))
    registered = [firm for firm in firms if firm.registered]
    return Health(
        month, day, len(registered), sum(firm.filed for firm in registered), tuple(found), sign_off_of(ledger, month)
    )


def _firms(ledger: Ledger, month: str, day: date) -> Iterator[FirmMonth]:
    """The firms on the register at the month's end and those that told the month anyway, by number."""
    january, then, first = f"{month[:4]}-01", previous_year(month), add_to_month(month, -_MONTHS)
    reports = reports_between(ledger, day, first, month)
    odd = [firm for firm, some in reports.items() if some[0].month != then or some[0].cum_yuan is None]
    earlier = reports_between(
        ledger, day, f"{then[:4]}-01", then, odd
    )  # last year's cumulative, where one must add it up
    told = {
        row[0]: row[1:]
        for row in ledger.rows(
            f"SELECT o.enterprise_id, o.id, coalesce(o.stop, '') FROM {reports_at(ledger, day)} o "
            "WHERE o.deleted_at IS NULL AND o.month = ?",
            (month,),
        )
    }
    ends = last_day(month)
    on = register.firms_on_register(ledger, ends)
    entries = register.entries_at(ledger, ends)
    rows = ledger.rows(
        "SELECT id, coalesce(number, 0), name FROM enterprise WHERE deleted_at IS NULL ORDER BY number, id"
    )
    for firm, number, name in rows:
        if firm not in on and firm not in told:
            continue
        some = reports.get(firm, [])
        every = {one.month: one for one in some}
        row_id, stop = told.get(firm, ("", ""))
        year = tuple(one for key, one in every.items() if january <= key < month)
        last_year = tuple(earlier.get(firm, ())) or tuple(one for one in some[:1] if one.month == then)
        yield FirmMonth(
            firm,
            number,
            name,
            entries[firm].kind if firm in entries else None,
            firm in on,
            row_id,
            every.get(month),
            stop,
            year,
            last_year,
            _history(some, month),
            joined(every, f"{then[:4]}-01", f"{then[:4]}-02"),
        )


def _history(reports: list[Report], month: str) -> tuple[int, ...]:
    """A firm's own amounts of the twelve months before: as told, else the step of the cumulative."""
    before = [one for one in reports if one.month < month]
    alone = [one.month_yuan for one in before if one.month_yuan is not None]
    if len(alone) == len(before):
        return tuple(alone)
    found: list[int] = []
    for year in dict.fromkeys(one.month[:4] for one in before):
        told = {one.month: (one.month_yuan, one.cum_yuan) for one in before if one.month[:4] == year}
        own = steps(told)
        if next(iter(told)) == f"{year}-02" and told[f"{year}-02"][0] is None:
            del own[f"{year}-02"]  # two months in one are no month
        found += own.values()
    return tuple(found)


def _answers(ledger: Ledger, month: str) -> dict[str, dict[str, Answer]]:
    """Firm → kind → the newest answer given."""
    rows = ledger.rows(
        "SELECT enterprise_id, finding, id, text, coalesce(actor, ''), day FROM output_answer "
        "WHERE month = ? AND deleted_at IS NULL ORDER BY id",
        (month,),
    )
    found: dict[str, dict[str, Answer]] = defaultdict(dict)
    for firm, kind, row_id, text, actor, on in rows:
        found[firm][kind] = Answer(row_id, text, actor, date.fromisoformat(on) if on else None)
    return found
