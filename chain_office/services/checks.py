"""The check: the file is sound, what is kept twice agrees, and the identities between figures hold at every date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db import consistency, guard
from chain_office.domain.errors import KnownError
from chain_office.queries import dates, finance, problems
from chain_office.services.ledgers import cut_off
from chain_office.services.output.identities import altered_months
from chain_office.services.projects.identities import months_that_do_not_add_up
from chain_office.services.reconciling import IDENTITIES, failing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked. ``detail`` says what was found where it failed, or what was counted."""

    name: str
    passed: bool
    detail: str = ""


def check_ledger(ledger: Ledger) -> tuple[Check, ...]:
    """File integrity and every reconciliation."""
    return (
        *_file_checks(ledger),
        *_duplicate_checks(ledger),
        *_month_checks(ledger),
        *_signed_checks(ledger),
        *_figure_checks(ledger),
    )


def _file_checks(ledger: Ledger) -> list[Check]:
    try:
        guard.full_check(ledger.database, ledger.path)
        sound = Check("文件完好（integrity_check、引用完整）", passed=True)
    except KnownError as error:
        sound = Check("文件完好（integrity_check、引用完整）", passed=False, detail=error.detail or error.message)
    faults = consistency.schema_faults(ledger)
    outside = consistency.outside_changes(ledger)
    return [
        sound,
        Check("表结构与程序一致", not faults, consistency.names(faults)),
        Check("名录核对", passed=True, detail=_to_confirm(consistency.unverified_names(ledger))),
        Check("没有本程序之外的修改", outside == 0, f"{outside} 处修改没有经手人" if outside else ""),
    ]


def _to_confirm(names: tuple[str, ...]) -> str:
    """Names in the lists that still await the user's confirmation; not a fault."""
    return f"{len(names)} 个名称待核实（{consistency.names(names)}）" if names else "都有出处"


def _duplicate_checks(ledger: Ledger) -> list[Check]:
    return [
        Check(one.name, not one.records, consistency.names(one.records)) for one in consistency.disagreements(ledger)
    ]


def _month_checks(ledger: Ledger) -> list[Check]:
    broken = months_that_do_not_add_up(ledger)
    return [Check("项目封账的月份按阶段相加等于合计", not broken, "、".join(broken))]


def _signed_checks(ledger: Ledger) -> list[Check]:
    """What was signed off still reads so."""
    altered = altered_months(ledger)
    said = f"{'、'.join(altered)} 的报数与签认时不同" if altered else ""
    return [Check("已签认月份的产值与签认时一致（登记的更正除外）", not altered, said)]


def _figure_checks(ledger: Ledger) -> list[Check]:
    """The identities, each at the cut-off and on every date on which it could change. Day by day: what several of them read
    of a day is read once."""
    days = days_to_prove(ledger)
    broken: dict[str, dict[date, str]] = {identity.words: {} for identity in IDENTITIES}
    for day in sorted(set().union(*days.values())):
        for identity in IDENTITIES:
            found = failing(identity, ledger, day) if day in days[identity.words] else ()
            if found:
                broken[identity.words][day] = found[0].text
    return [Check(words, not failed, _dates_said(failed, len(days[words]))) for words, failed in broken.items()]


def days_to_prove(ledger: Ledger) -> dict[str, frozenset[date]]:
    """Identity, by its words → the dates it is to be proved on."""
    cut, change = cut_off(ledger), dates.dates_of_change(ledger)
    # A scorecard of a hundred thousand problems takes its second: of very many dates an even choice, the cut-off among them.
    latest = max((days[-1] for days in change.values() if days), default=cut)
    number = max(1, problems.count_standing(ledger, max(latest, cut)), finance.count_matches(ledger))
    chosen = {}
    for identity in IDENTITIES:
        every = sorted({one for what in identity.moved_by for one in change[what]} | {cut})
        step = max(1, -(-len(every) * number // _MOST_CASES)) if identity.slow else 1
        chosen[identity.words] = frozenset({*every[::step], every[-1], cut})
    return chosen


def _dates_said(failed: Mapping[date, str], number: int) -> str:
    if not failed:
        return f"核对了 {number} 个日期"
    return "；".join(f"{day.isoformat()} {said}" for day, said in list(failed.items())[:_NAMED])


_NAMED = 3
"""So many dates on which an identity fails are named."""
_MOST_CASES = 2_000_000
"""So many problems, or matches, are looked at over all dates by the identities that take long."""
