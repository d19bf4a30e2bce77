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
    """The identities, at the cut-off and on every date on which any of them could change."""
    day = cut_off(ledger)
    every = sorted({*dates.dates_of_change(ledger), day})
    # A scorecard of a hundred thousand problems takes its second: of very many dates an even choice, the cut-off among them.
    number = max(1, problems.count_standing(ledger, max(every)), finance.count_matches(ledger))
    some = sorted({*every[:: max(1, -(-len(every) * number // _MOST_CASES))], every[-1], day})
    results = []
    for identity in IDENTITIES:
        days = some if identity.slow else every
        broken = {one: found for one in days if (found := failing(identity, ledger, one))}
        said = [f"{one.isoformat()} {found[0].text}" for one, found in list(broken.items())[:_NAMED]]
        results.append(Check(identity.words, not broken, "；".join(said) if broken else f"核对了 {len(days)} 个日期"))
    return results


_NAMED = 3
"""So many dates on which an identity fails are named."""
_MOST_CASES = 2_000_000
"""So many problems, or matches, are looked at over all dates by the identities that take long."""
