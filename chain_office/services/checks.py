"""The check: the file is sound, what is kept twice agrees, and the identities between figures hold at every date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db import consistency, guard
from chain_office.domain.errors import KnownError
from chain_office.queries import dates, finance, output, problems, projects
from chain_office.queries.finance_desk import rows_behind as rows_behind_loans
from chain_office.queries.finance_desk import standing
from chain_office.queries.problem_desk import rows_behind, scorecard
from chain_office.queries.problem_views import problem_views
from chain_office.services import figures
from chain_office.services.calendar import work_calendar
from chain_office.services.ledgers import cut_off
from chain_office.services.projects.identities import months_that_do_not_add_up, stages_agree

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
    return (*_file_checks(ledger), *_duplicate_checks(ledger), *_month_checks(ledger), *_figure_checks(ledger))


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


def _figure_checks(ledger: Ledger) -> list[Check]:
    """The identities, at the cut-off and on every date on which any of them could change."""
    day = cut_off(ledger)
    every = sorted({*dates.dates_of_change(ledger), day})
    # A scorecard of a hundred thousand problems takes its second: of very many dates an even choice, the cut-off among them.
    number = max(1, problems.count_standing(ledger, max(every)), finance.count_matches(ledger))
    some = sorted({*every[:: max(1, -(-len(every) * number // _MOST_CASES))], every[-1], day})
    results = []
    for name, holds in IDENTITIES:
        days = some if holds in _LONG else every
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


def _scorecard_adds_up(ledger: Ledger, day: date) -> bool:
    """The scorecard is worked out from rounds and steps, the totals from the states alone."""
    values, card = figures.problem_values(ledger, day), scorecard(ledger, day, work_calendar(ledger))
    sums = {key: sum(unit.counts[key] for unit in card.units) for key in card.total.counts}
    keys = ("assigned", "closed", "reported", "open", "parked", "overdue")
    rated = sums["satisfied"] + sums["fairly"] + sums["dissatisfied"]
    return (
        all(sums[key] == values[f"problems.{key}"] == card.total.counts[key] for key in keys)
        and sums["verified"] <= sums["closed"]
        and sum(unit.rates["satisfaction"].whole for unit in card.units) == rated
        and all(unit.rates[key].part <= unit.rates[key].whole for unit in card.units for key in unit.rates)
    )


def _rows_are_counted(ledger: Ledger, day: date) -> bool:
    """The rows a figure opens are as many as it says; the overdue are among the open and the reported."""
    found = {view.key: view.ids for view in problem_views(ledger, day)}
    values = figures.problem_values(ledger, day)
    unfinished = found["problems.open"] | found["problems.reported"]
    judged, late, kept = (rows_behind(ledger, day, "", key) for key in ("judged", "late", "on_time"))
    return (
        all(len(ids) == values[key] for key, ids in found.items() if key in values and key != "problems.units")
        and found["problems.overdue"] == rows_behind(ledger, day, "", "overdue")
        and found["problems.overdue"] <= unfinished
        and judged == late | kept
        and not late & kept
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


def _rungs_add_up(ledger: Ledger, day: date) -> bool:
    """Every rung by bank, by borrower, match by match and as the headline says; 新增, 续贷 and the rest make up 放款."""
    headline, found = finance.ladder(ledger, day), standing(ledger, day)
    made = found.ladder
    whole = {"intent": headline.intent_yuan, "granted": headline.granted_yuan, "drawn": headline.drawn_yuan}
    return all(
        sum(row.rung(key).yuan or 0 for row in rows) == (yuan or 0)
        for key, yuan in whole.items()
        for rows in (made.banks, made.borrowers, (made.total,))
    ) and all(
        row.new_yuan + row.renewed_yuan + row.unsaid_yuan == (row.drawn.yuan or 0)
        for row in (made.total, *made.banks, *made.borrowers)
    )


def _loan_parties_are_counted(ledger: Ledger, day: date) -> bool:
    """Borrowers and banks of the ladder are those of the headline; the rows a number opens are as many as it says."""
    headline, found = finance.ladder(ledger, day), standing(ledger, day)
    total = found.ladder.total
    return (
        (total.enterprises, total.parks, total.banks) == (headline.enterprises, headline.parks, headline.banks)
        and len(rows_behind_loans(found, "intent")) == total.intent.count
        and len(rows_behind_loans(found, "refused")) == total.refused
    )


def _stages_add_up(ledger: Ledger, day: date) -> bool:
    return figures.project_values(ledger, day)["projects.total"] == projects.count_counted(ledger, day)


def _output_adds_up(ledger: Ledger, day: date) -> bool:
    grown = output.growth(ledger, day)
    return grown.published_yuan == output.total_in_sql(ledger, day)


IDENTITIES: tuple[tuple[str, Callable[[Ledger, date], bool]], ...] = (
    ("问题收支平衡：收集 = 筛选入 + 不予采纳 + 暂不具备 + 待筛选，交办 = 销号 + 报结 + 办理 + 长期", _buckets_add_up),
    ("问题按单位相加等于总数", _units_add_up),
    ("单位考核表相加等于总数，分子不大于分母", _scorecard_adds_up),
    ("问题数字与打开的行相符，逾期在办理中和待核实之内，按时与逾时合为应判件数", _rows_are_counted),
    ("授信、放款按银行相加等于总数", _loans_add_up),
    ("意向、授信、放款逐级按银行、按主体相加都等于总数，新增与续贷合为放款", _rungs_add_up),
    ("对接企业、园区、银行数与阶梯相符，数字与打开的行相符", _loan_parties_are_counted),
    ("项目按阶段相加等于总数", _stages_add_up),
    ("项目看板各列与统计相符", stages_agree),
    ("产值按企业相加等于总数", _output_adds_up),
)
"""Every identity the figures rely on, each proved against a sum made another way. (A paper checks its own numbers too:
services.packing.balances.)"""
_LONG = (_scorecard_adds_up, _rows_are_counted, stages_agree, _rungs_add_up, _loan_parties_are_counted)
_MOST_CASES = 2_000_000
"""So many problems, or matches, are looked at over all dates by the identities that take long."""
