"""The check: the file is sound, what is kept twice agrees, and the identities between figures hold at every date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db import consistency, guard
from chain_office.domain.errors import KnownError
from chain_office.queries import dates, finance, output, problems, projects
from chain_office.services import figures
from chain_office.services.ledgers import cut_off

if TYPE_CHECKING:
    from collections.abc import Callable
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
    return (*_file_checks(ledger), *_duplicate_checks(ledger), *_figure_checks(ledger))


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


def _figure_checks(ledger: Ledger) -> list[Check]:
    """The identities, at the cut-off and on every date on which any of them could change."""
    day = cut_off(ledger)
    days = sorted({*dates.dates_of_change(ledger), day})
    results = []
    for name, holds in IDENTITIES:
        broken = [one for one in days if not holds(ledger, one)]
        detail = (
            f"{'、'.join(one.isoformat() for one in broken[:3])} 不成立" if broken else f"核对了 {len(days)} 个日期"
        )
        results.append(Check(name, not broken, detail))
    return results


def _buckets_add_up(ledger: Ledger, day: date) -> bool:
    values = figures.problem_values(ledger, day)

    def total(*names: str) -> int:
        return sum(int(str(values[f"problems.{name}"])) for name in names)

    # The buckets' own sums hold by construction; what can fail is that a problem is in no bucket, or in two.
    return total("collected") == problems.count_standing(ledger, day) and total("overdue") <= total("open", "reported")


def _units_add_up(ledger: Ledger, day: date) -> bool:
    values = figures.problem_values(ledger, day)
    rows = problems.by_unit(ledger, day)
    return (
        sum(row.assigned for row in rows) == values["problems.assigned"]
        and sum(row.overdue for row in rows) == values["problems.overdue"]
    )


def _loans_add_up(ledger: Ledger, day: date) -> bool:
    ladder = finance.ladder(ledger, day)
    banks = finance.by_bank(ledger, day)
    kinds = finance.drawn_by_kind(ledger, day)
    return (
        sum(row.drawn_yuan for row in banks) == (ladder.drawn_yuan or 0)
        and sum(row.granted_yuan for row in banks) == (ladder.granted_yuan or 0)
        and sum(kinds.values()) == (ladder.drawn_yuan or 0)
    )


def _stages_add_up(ledger: Ledger, day: date) -> bool:
    return figures.project_values(ledger, day)["projects.total"] == projects.count_counted(ledger, day)


def _output_adds_up(ledger: Ledger, day: date) -> bool:
    grown = output.growth(ledger, day)
    return grown.published_yuan == output.total_in_sql(ledger, day)


IDENTITIES: tuple[tuple[str, Callable[[Ledger, date], bool]], ...] = (
    ("问题收支平衡：收集 = 筛选入 + 不予采纳 + 暂不具备 + 待筛选，交办 = 销号 + 报结 + 办理 + 长期", _buckets_add_up),
    ("问题按单位相加等于总数", _units_add_up),
    ("授信、放款按银行相加等于总数", _loans_add_up),
    ("项目按阶段相加等于总数", _stages_add_up),
    ("产值按企业相加等于总数", _output_adds_up),
)
"""Every identity the figures rely on, each proved against a sum made another way. (A paper checks its own numbers too:
services.packing.balances.)"""
