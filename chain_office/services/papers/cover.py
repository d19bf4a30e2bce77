"""封面统计: a hand-over in numbers, by unit, category, district and deadline. Each problem is counted once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from chain_office.reports.content import Column, Table
from chain_office.services.papers.slices import require_equal
from chain_office.services.papers.wording import NO_UNIT, known, numeral, unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.queries.paper_rows import PaperProblem
    from chain_office.services.papers.slices import HandedOver

_MOST_DAYS: Final = 12
"""More deadlines than that are told by month."""


def cover(whole: HandedOver, opening: str) -> tuple[str | Table, ...]:
    """The parts of the paper."""
    kinds, places, limits = _counts(whole)
    total = len(whole.problems)
    firms = len({one.enterprise for one in whole.problems})
    text = (
        f"{opening}共交办问题{total}个，涉及企业{firms}家；牵头单位{len(whole.leading)}个，"
        f"只配合、不牵头的单位{len(whole.slices) - len(whole.leading)}个。有配合单位的问题{whole.shared}个。"
    )
    if whole.orphans:
        text += f"还有{len(whole.orphans)}个问题没有明确牵头单位，列在总表最后。"
    return (
        text,
        _by_unit(whole),
        _counted("二、按问题类别", "问题类别", kinds.most_common(), total),
        _counted("三、按县市区（园区）", "县市区", places.most_common(), total),
        _counted("四、按办结时限", "办结时限", tuple(limits.items()), total),
    )


def prove(whole: HandedOver) -> None:
    """Raise KnownError where a statistic does not add up; asked before anything is numbered."""
    kinds, places, limits = _counts(whole)
    led = sum(len(one.leads) for one in whole.slices) + len(whole.orphans)
    sums = {"按单位": led, "按类别": kinds.total(), "按县市区": places.total(), "按时限": sum(limits.values())}
    require_equal(len(whole.problems), sums)


def _counts(whole: HandedOver) -> tuple[Counter[str], Counter[str], Mapping[str, int]]:
    kinds = Counter(known(one.category) for one in whole.problems)
    places = Counter(known(one.district) for one in whole.problems)
    return kinds, places, _limits(whole.problems)


def _by_unit(whole: HandedOver) -> Table:
    rows: list[tuple[str, ...]] = []
    groups = set()
    number = 0
    for place, (kind, parts) in enumerate(whole.by_kind().items(), start=1):
        groups.add(len(rows))
        rows.append(
            (f"{numeral(place)}、{kind}（{len(parts)}个单位，牵头{sum(len(one.leads) for one in parts)}个问题）",)
        )
        for part in parts:
            number += 1
            due = min((one.deadline for one in part.leads if one.deadline), default=None)
            rows.append(
                (
                    str(number),
                    unit(part.unit),
                    str(len(part.leads)),
                    str(len(part.assists)),
                    due.isoformat() if due else "—",
                )
            )
    if whole.orphans:
        rows.append(("", NO_UNIT, str(len(whole.orphans)), "0", "—"))
    rows.append(("", "合计（问题数）", str(len(whole.problems)), "—", "—"))
    columns = (
        Column("序号", 5, "center"), Column("单位", 18), Column("牵头（个）", 8, "center"), Column("配合（个）", 8, "center"),
        Column("最早办结时限", 11, "center"),
    )  # fmt: skip
    notes = (
        "一个问题只有一个牵头单位，合计按牵头计，一个问题只计一次。",
        "有配合单位的问题同时列入牵头单位和配合单位的分表，并注明“牵头”“配合”；配合数不进合计。",
    )
    strong = frozenset({len(rows) - 1})
    return Table(
        "一、按单位",
        columns,
        tuple(rows),
        unit="个",
        notes=notes,
        strong=strong,
        groups=frozenset(groups),
        density="compact",
    )


def _counted(heading: str, label: str, counts: Sequence[tuple[str, int]], total: int) -> Table:
    """Words and counts in two columns side by side, read down the left one first; the sum below."""
    half = (len(counts) + 1) // 2
    left, right = counts[:half], (*counts[half:], ("", 0))
    rows = [(a, str(n), b, str(m) if b else "") for (a, n), (b, m) in zip(left, right, strict=False)]
    rows.append(("合计", str(total), "", ""))
    columns = (Column(label, 20), Column("问题", 6, "center")) * 2
    return Table(heading, columns, tuple(rows), unit="个", strong=frozenset({len(rows) - 1}), density="compact")


def _limits(problems: Iterable[PaperProblem]) -> Mapping[str, int]:
    """Deadline → problems, in order of time; deadlines that name no day last, in their own words."""
    problems = tuple(problems)
    days = Counter(one.deadline for one in problems if one.deadline is not None)
    rest = Counter(
        (known(one.deadline_text) if one.deadline_text else "未定") for one in problems if one.deadline is None
    )
    if len(days) <= _MOST_DAYS:
        told = Counter({f"{day.isoformat()} 前": count for day, count in sorted(days.items())})
    else:
        told = Counter()
        for day, count in sorted(days.items()):
            told[f"{day.year}年{day.month}月"] += count
    return {**told, **{f"{word}（没有明确日期）": count for word, count in sorted(rest.items())}}
