"""The identities a pack must satisfy before it is made. One that fails is named, and no paper is printed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from chain_office.domain.errors import KnownError
from chain_office.domain.workflow import ASSIGNED_BUCKETS, NOT_SCREENED_IN_BUCKETS, SCREENED_IN_BUCKETS
from chain_office.queries.projects import STAGES
from chain_office.services.packing.wording import full_width
from chain_office.services.reconciling import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chain_office.domain.figures import Headline
    from chain_office.services.packing.facts import Facts

Balance = tuple[str, int | None, int | None, str]
"""What is compared, in words, its two sides (None on either compares nothing), and the figure whose rows to look at."""
_NOMINAL: Final = "output.nominal_yoy_percent"
_NAMED: Final = 5
"""So many failures are written out; `check` lists all."""


def require(found: Sequence[Broken]) -> None:
    """Raise :class:`KnownError` naming the identities that fail and the figures whose rows are to be looked at."""
    if found:
        said = "；".join(one.text for one in found[:_NAMED])
        more = f"等 {len(found)} 项" if len(found) > _NAMED else ""
        keys = "、".join(dict.fromkeys(one.figure for one in found[:_NAMED]))
        raise KnownError(
            f"台账里的数字对不上，材料没有生成：{said}{more}。请核对这些数字的行（figures --explain {keys}），或运行 check 查看。"
        )


def failures(facts: Facts) -> tuple[Broken, ...]:
    """Every identity of the paper's own tables that fails."""
    return tuple(
        Broken(full_width(name), left, right, figure)
        for name, left, right, figure in balances(facts)
        if left is not None and right is not None and left != right
    )


def balances(facts: Facts) -> Iterator[Balance]:
    """Every identity, in the order of the paper."""
    head = facts.headline
    for key, words, right in (
        ("enterprises.total", "在册企业数 = 名册行数", len(facts.register)),
        ("visits.enterprises_visited", "走访企业数 = 走访记录中的不同企业", _firms_visited(facts)),
    ):
        yield words, head.number(key), right, key
    yield from _problems(facts, head)
    yield from _finance(facts, head)
    yield from _projects(facts, head)
    yield from _output(facts, head)


def _firms_visited(facts: Facts) -> int:
    return len({visit.enterprise_id for visit in facts.visits})


def _problems(facts: Facts, head: Headline) -> Iterator[Balance]:
    """The headline, counted by state in SQL, against the paper's rows, bucket by bucket; its sums against them all."""
    rows = Counter(problem.bucket for problem in facts.problems)
    yield "收集问题数 = 问题表行数", head.number("problems.collected"), len(facts.problems), "problems.collected"
    every = (*ASSIGNED_BUCKETS, *SCREENED_IN_BUCKETS, *NOT_SCREENED_IN_BUCKETS)
    for bucket in every:
        key = f"problems.{bucket}"
        yield f"{head[key].label}数 = 问题表行数", head.number(key), rows[bucket], key
    for name, buckets in (("assigned", ASSIGNED_BUCKETS), ("screened_in", (*ASSIGNED_BUCKETS, *SCREENED_IN_BUCKETS))):
        key = f"problems.{name}"
        yield f"{head[key].label}数 = 问题表行数", head.number(key), sum(rows[one] for one in buckets), key
    for name in ("assigned", "closed", "reported", "open", "parked", "overdue"):
        key = f"problems.{name}"
        yield (
            f"{head[key].label}合计 = 各牵头单位之和",
            head.number(key),
            sum(getattr(u, name) for u in facts.units),
            key,
        )
    named = sum(1 for unit in facts.units if unit.unit_id is not None)
    yield "承办单位数 = 单位表行数", head.number("problems.units"), named, "problems.units"


def _finance(facts: Facts, head: Headline) -> Iterator[Balance]:
    if not facts.desks.finance:
        return
    for key, word in (("granted_yuan", "授信"), ("drawn_yuan", "放款")):
        by_bank = sum(getattr(bank, key) or 0 for bank in facts.banks)
        figure = f"finance.{key}"
        yield f"{word}合计 = 各银行{word}之和", head.number(figure), by_bank, figure
        yield f"{word}合计 = 各笔对接{word}之和", head.number(figure), sum(getattr(x, key) for x in facts.loans), figure
    matched = [loan for loan in facts.loans if loan.matched]
    banks = {loan.bank_id for loan in matched if loan.bank_id is not None}
    yield "对接银行数 = 银行表行数", head.number("finance.banks"), len(banks), "finance.banks"


def _projects(facts: Facts, head: Headline) -> Iterator[Balance]:
    for stage, word in STAGES.items():
        rows = sum(1 for project in facts.projects if project.stage == stage)
        yield f"{word}项目数 = 项目表行数", head.number(f"projects.{stage}"), rows, f"projects.{stage}"
    yield "项目合计 = 项目表行数", head.number("projects.total"), len(facts.projects), "projects.total"


def _output(facts: Facts, head: Headline) -> Iterator[Balance]:
    sample = facts.grown.sample
    if sample.total_yuan is None:
        return
    counted = [firm for firm in facts.grown.firms if firm.base_yuan is not None or sample.base_yuan is None]
    yield (
        "产值 = 各企业之和",
        head.number("output.total_yuan"),
        sum(firm.total_yuan for firm in counted),
        "output.total_yuan",
    )
    if facts.bridge is not None:
        if not facts.grown.stated:
            gap = facts.bridge.residual_yuan
            yield (
                "上年公布数 = 上年各企业之和",
                facts.bridge.published_yuan,
                facts.bridge.published_yuan + gap,
                _NOMINAL,
            )
        steps = sum(yuan for _label, yuan in facts.bridge.steps)
        yield (
            "上年公布数 + 各项调整 = 同口径基数",
            facts.bridge.published_yuan + steps,
            facts.bridge.base_yuan,
            _NOMINAL,
        )
        yield (
            "同口径基数 = 差异表的同口径基数",
            head.number("output.base_yuan"),
            facts.bridge.base_yuan,
            "output.base_yuan",
        )
