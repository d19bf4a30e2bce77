"""The problem figures of a day, whole: counts, the identities between them, rates with their denominators, and their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.domain.workflow import ASSIGNED_BUCKETS, NOT_SCREENED_IN_BUCKETS, SCREENED_IN_BUCKETS
from chain_office.queries.problem_desk.scoring import TOTAL, case_sums, rows_behind
from chain_office.queries.problem_desk.shape import Rate
from chain_office.queries.problem_views import problem_views
from chain_office.services.figures import problem_values

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Count:
    """A counted figure: which problems it counts is its formula; ``rows_of`` gives them."""

    key: str
    label: str
    value: int
    formula: str


@dataclass(frozen=True, slots=True)
class RateFigure:
    """A rate with both sides counted and named."""

    key: str
    label: str
    rate: Rate
    formula: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Two sums that must be the same at every date."""

    name: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True, slots=True)
class ProblemFigures:
    """All of them at one day."""

    day: date
    counts: tuple[Count, ...]
    rates: tuple[RateFigure, ...]
    identities: tuple[Identity, ...]

    def count(self, key: str) -> int:
        """A count by its key. Raises KeyError."""
        return {one.key: one.value for one in self.counts}[key]

    def rate(self, key: str) -> Rate:
        """A rate by its key. Raises KeyError."""
        return {one.key: one.rate for one in self.rates}[key]


_COUNTS: Final[Mapping[str, tuple[str, str]]] = {
    "collected": ("收集", "截至日已收集的全部问题 = 筛选入 + 不予采纳 + 暂不具备 + 待筛选"),
    "waiting": ("待筛选", "已收集、尚未筛选"),
    "rejected": ("不予采纳", "三条筛选标准有一条（条件具备除外）为否"),
    "pooled": ("暂不具备", "条件暂不具备，到复核日再议"),
    "screened_in": ("筛选入", "筛选入 = 交办 + 待交办 + 现场解决 + 上报"),
    "to_assign": ("待交办", "筛选入、尚未交办"),
    "solved_on_site": ("现场解决", "走访现场解决，不再交办"),
    "escalated": ("上报", "上报上级解决"),
    "assigned": ("交办", "交办 = 已销号 + 已报结待核实 + 办理中 + 长期推进"),
    "open": ("办理中", "已交办、已签收、办理中、退回重派、部分解决"),
    "reported": ("已报结待核实", "单位已报结、尚未核实"),
    "reported_done": ("报结", "单位报过结的 = 已报结待核实 + 已销号"),
    "closed": ("已销号", "处于已销号状态 = 核实销号 + 未见核实"),
    "verified": ("核实销号", "已销号中，由推进办与企业核实过的"),
    "unverified": ("未见核实", "已销号中，没有核实记录的办结"),
    "parked": ("长期推进", "企业知晓的长期推进事项，不计逾期"),
    "overdue": ("逾期", "办理中且时限已过，或报结晚于时限；包含在办理中、已报结待核实之内"),
}
_RATES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "screened_in_rate": ("筛选入率", "screened_in", "collected", "筛选入 ÷ 收集"),
    "closed_rate": ("办结率", "closed", "assigned", "已销号 ÷ 交办"),
    "verified_rate": ("核实率", "verified", "reported_done", "核实销号 ÷ 报结（已报结待核实 + 已销号）"),
    "on_time_rate": (
        "按时率", "on_time", "judged",
        "在当时时限内报结（没有报结记录的按销号日）的 ÷ 有时限、已报结或销号或时限已过的；长期推进不计",
    ),
    "overdue_rate": ("逾期率", "overdue", "unfinished", "逾期 ÷ 未办结（办理中 + 已报结待核实）"),
    "satisfaction_rate": ("满意率", "satisfaction", "rated", "（满意 + 基本满意）÷ 企业已评价的；未评价的不计"),
}  # fmt: skip
"""Rate → its word, its numerator and denominator (counts, or sums of the scorecard), its formula."""
BUCKETS: Final = frozenset({*ASSIGNED_BUCKETS, *SCREENED_IN_BUCKETS, *NOT_SCREENED_IN_BUCKETS})
_SUMS: Final[Mapping[str, tuple[str, ...]]] = {
    "screened_in": (*ASSIGNED_BUCKETS, *SCREENED_IN_BUCKETS),
    "assigned": ASSIGNED_BUCKETS,
    "collected": (*ASSIGNED_BUCKETS, *SCREENED_IN_BUCKETS, *NOT_SCREENED_IN_BUCKETS),
    "reported_done": ("reported", "closed"),
    "unfinished": ("open", "reported"),
}
"""Figures whose rows are those of several buckets."""


def problem_figures(ledger: Ledger, day: date) -> ProblemFigures:
    """Every problem figure at ``day``."""
    values = {key.partition(".")[2]: value for key, value in problem_values(ledger, day).items()}
    numbers = {key: value for key, value in values.items() if isinstance(value, int)}
    sums = case_sums(ledger, day)
    numbers |= {key: sums[key] for key in ("verified", "on_time", "judged", "satisfaction", "rated")}
    numbers["reported_done"] = numbers["reported"] + numbers["closed"]
    numbers["unfinished"] = numbers["open"] + numbers["reported"]
    numbers["unverified"] = numbers["closed"] - numbers["verified"]
    return ProblemFigures(
        day,
        tuple(Count(key, label, numbers[key], formula) for key, (label, formula) in _COUNTS.items()),
        tuple(
            RateFigure(key, label, Rate(numbers[part], numbers[whole]), formula)
            for key, (label, part, whole, formula) in _RATES.items()
        ),
        (
            Identity("收集 = 筛选入 + 不予采纳 + 暂不具备 + 待筛选", numbers["collected"],
                     sum(numbers[one] for one in ("screened_in", *NOT_SCREENED_IN_BUCKETS))),
            Identity("筛选入 = 交办 + 待交办 + 现场解决 + 上报", numbers["screened_in"],
                     sum(numbers[one] for one in ("assigned", *SCREENED_IN_BUCKETS))),
            Identity("交办 = 已销号 + 已报结待核实 + 办理中 + 长期推进", numbers["assigned"],
                     sum(numbers[one] for one in ASSIGNED_BUCKETS)),
            Identity("交办 = 各牵头单位之和", numbers["assigned"], sums["assigned"]),
            Identity("逾期 = 各牵头单位之和", numbers["overdue"], sums["overdue"]),
        ),
    )  # fmt: skip


def sides_of(key: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The buckets of a rate's numerator and of its denominator; None where its problems are not told by their states alone
    ("overdue" is told by the deadline beside them)."""
    part, whole = _RATES[key][1:3]
    told = part == "overdue" or part in _SUMS or part in BUCKETS
    return (_SUMS.get(part, (part,)), _SUMS[whole]) if told and whole in _SUMS else None


def counts_of(ledger: Ledger, day: date, names: Collection[str]) -> dict[str, int]:
    """Counts by their names, those told by states and deadlines alone: one reading of the tally."""
    values = problem_values(ledger, day)
    known = {key.partition(".")[2]: value for key, value in values.items() if isinstance(value, int)}
    return {one: known[one] if one in known else sum(known[part] for part in _SUMS[one]) for one in names}


def words_of(key: str) -> tuple[str, str]:
    """What a rate is called, and its formula."""
    return _RATES[key][0], _RATES[key][3]


def names_of(key: str) -> tuple[str, str]:
    """The counts a rate is made of: its numerator and its denominator."""
    return _RATES[key][1], _RATES[key][2]


def rows_of(ledger: Ledger, day: date, key: str) -> frozenset[str]:
    """The problems behind a count, or behind the numerator of a rate ("…_rate")."""
    if key in _RATES:
        key = _RATES[key][1]
    if key in {"verified", "on_time", "judged", "satisfaction", "rated"}:
        return rows_behind(ledger, day, TOTAL, key)
    if key == "unverified":
        return rows_behind(ledger, day, TOTAL, "closed") - rows_behind(ledger, day, TOTAL, "verified")
    views = {view.key.partition(".")[2]: view.ids for view in problem_views(ledger, day)}
    return frozenset[str]().union(*(views[one] for one in _SUMS.get(key, (key,))))
