"""The identities a pack must satisfy before it is made. One that fails is named, and no paper is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.domain.workflow import ASSIGNED_BUCKETS, NOT_SCREENED_IN_BUCKETS, SCREENED_IN_BUCKETS
from chain_office.services.packing.wording import full_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chain_office.domain.figures import Headline
    from chain_office.services.packing.facts import Facts

Balance = tuple[str, int | None, int | None]
"""What is compared, in words, and its two sides; None on either side compares nothing."""


def require(facts: Facts) -> None:
    """Raise :class:`KnownError` naming every identity that fails."""
    failed = failures(facts)
    if failed:
        raise KnownError(f"台账里的数字对不上，材料没有生成：{'；'.join(failed)}。请先核对这些行，或运行 check 查看。")


def failures(facts: Facts) -> tuple[str, ...]:
    """Every identity that fails, in words."""
    return tuple(
        f"{full_width(name)}（{left} 与 {right}）"
        for name, left, right in balances(facts)
        if left is not None and right is not None and left != right
    )


def balances(facts: Facts) -> Iterator[Balance]:
    """Every identity, in the order of the paper."""
    head = facts.headline
    yield "在册企业数 = 名册行数", head.number("enterprises.total"), len(facts.register)
    yield "走访企业数 = 走访记录中的不同企业", head.number("visits.enterprises_visited"), _firms_visited(facts)
    yield from _problems(facts, head)
    yield from _finance(facts, head)
    yield from _projects(facts, head)
    yield from _output(facts, head)


def _firms_visited(facts: Facts) -> int:
    return len({visit.enterprise_id for visit in facts.visits})


def _total(head: Headline, keys: Iterable[str], desk: str) -> int:
    return sum(head.number(f"{desk}.{key}") for key in keys)


def _problems(facts: Facts, head: Headline) -> Iterator[Balance]:
    assigned, screened = head.number("problems.assigned"), head.number("problems.screened_in")
    yield (
        "收集 = 筛选入 + 不予采纳 + 暂不具备 + 待筛选",
        head.number("problems.collected"),
        screened + _total(head, NOT_SCREENED_IN_BUCKETS, "problems"),
    )
    yield "筛选入 = 交办 + 待交办 + 现场解决 + 上报", screened, assigned + _total(head, SCREENED_IN_BUCKETS, "problems")
    yield "交办 = 已销号 + 已报结待核实 + 办理中 + 长期推进", assigned, _total(head, ASSIGNED_BUCKETS, "problems")
    yield "收集问题数 = 问题行数", head.number("problems.collected"), len(facts.problems)
    for key, word in (
        ("assigned", "交办"), ("closed", "已销号"), ("reported", "已报结待核实"), ("open", "办理中"),
        ("parked", "长期推进"), ("overdue", "逾期"),
    ):  # fmt: skip
        yield f"{word}合计 = 各牵头单位之和", head.number(f"problems.{key}"), sum(getattr(u, key) for u in facts.units)
    named = sum(1 for unit in facts.units if unit.unit_id is not None)
    yield "承办单位数 = 单位表行数", head.number("problems.units"), named


def _finance(facts: Facts, head: Headline) -> Iterator[Balance]:
    if not facts.desks.finance:
        return
    for key, word in (("granted_yuan", "授信"), ("drawn_yuan", "放款")):
        by_bank = sum(getattr(bank, key) or 0 for bank in facts.banks)
        yield f"{word}合计 = 各银行{word}之和", head.number(f"finance.{key}"), by_bank
        yield (
            f"{word}合计 = 各笔对接{word}之和",
            head.number(f"finance.{key}"),
            sum(getattr(x, key) for x in facts.loans),
        )
    matched = [loan for loan in facts.loans if loan.matched]
    banks = {loan.bank_id for loan in matched if loan.bank_id is not None}
    yield "对接银行数 = 银行表行数", head.number("finance.banks"), len(banks)


def _projects(facts: Facts, head: Headline) -> Iterator[Balance]:
    stages = ("completed", "under_construction", "planned", "stopped")
    yield "项目合计 = 竣工 + 在建 + 拟开工 + 停缓建", head.number("projects.total"), _total(head, stages, "projects")
    for stage, word in zip(stages, ("竣工", "在建", "拟开工", "停缓建"), strict=True):
        rows = sum(1 for project in facts.projects if project.stage == stage)
        yield f"{word}项目数 = 项目表行数", head.number(f"projects.{stage}"), rows


def _output(facts: Facts, head: Headline) -> Iterator[Balance]:
    sample = facts.grown.sample
    if sample.total_yuan is None:
        return
    counted = [firm for firm in facts.grown.firms if firm.base_yuan is not None or sample.base_yuan is None]
    yield "产值 = 各企业之和", head.number("output.total_yuan"), sum(firm.total_yuan for firm in counted)
    if facts.bridge is not None:
        if not facts.grown.stated:
            gap = facts.bridge.residual_yuan
            yield "上年公布数 = 上年各企业之和", facts.bridge.published_yuan, facts.bridge.published_yuan + gap
        steps = sum(yuan for _label, yuan in facts.bridge.steps)
        yield "上年公布数 + 各项调整 = 同口径基数", facts.bridge.published_yuan + steps, facts.bridge.base_yuan
        yield "同口径基数 = 差异表的同口径基数", head.number("output.base_yuan"), facts.bridge.base_yuan
