"""Growth by part: whatever firms and months there are, parts add up to the whole and the bridge to the 元."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.growth import Firm, Report, cumulative, firm_year, same_sample, share
from chain_office.domain.output_breakdown import BY, Member, Stretch, break_down
from chain_office.domain.output_bridge import Before, bridge_of
from chain_office.domain.output_months import gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.output_breakdown import Amounts, Breakdown

DAY, SPAN = date(2021, 11, 19), ("2021-01", "2021-09")
YUAN = st.integers(0, 10**12)
MAYBE = st.none() | YUAN
PLACE = st.sampled_from([None, "a", "b", "c"])


@st.composite
def members(draw: st.DrawFn) -> list[Member]:
    """Firms of either year: staying, entered, left, silent, without a base."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        total, last = draw(MAYBE), draw(MAYBE)
        base = draw(MAYBE) if total is not None else None
        month = Stretch(draw(MAYBE), draw(MAYBE), draw(MAYBE)) if total is not None else Stretch(last_yuan=draw(MAYBE))
        kind = draw(st.sampled_from([None, "promoted", "new_build"]))
        entered = total is not None and last is None
        cum, gone = Stretch(total, base, last), total is None and draw(st.booleans())
        if total is not None or last is not None:
            found.append(
                Member(f"f{number}", number, f"企业{number}", draw(PLACE), draw(PLACE), draw(PLACE), kind, gone, entered,
                       plain=True, cum=cum, month=month)
            )  # fmt: skip
    return found


def taken(every: Sequence[Member], by: str = "district") -> Breakdown:
    return break_down(DAY, by, SPAN, every, {})  # type: ignore[arg-type]


def added(parts: Sequence[Amounts], name: str) -> int:
    return sum(getattr(one, name) or 0 for one in parts)


@given(members())
def test_parts_add_up_to_the_same_sample_whatever_they_are(every: list[Member]) -> None:
    sample = same_sample(
        Firm(one.id, one.cum.total_yuan, one.cum.base_yuan) for one in every if one.cum.total_yuan is not None
    )
    for by in BY:
        found = taken(every, by)
        assert (found.whole.cum.total_yuan, found.whole.cum.base_yuan) == (sample.total_yuan, sample.base_yuan)
        assert found.whole.cum.yoy_percent == sample.yoy_percent
        for when in ("cum", "month"):
            parts = [getattr(one, when) for one in found.groups]
            for name in (
                "total_yuan",
                "base_yuan",
                "published_yuan",
                "last_published_yuan",
                "firms",
                "rising",
                "based",
            ):
                assert added(parts, name) == (getattr(getattr(found.whole, when), name) or 0)
        assert sorted(one.id for group in found.groups for one in group.members) == sorted(one.id for one in every)


@given(members())
def test_pulls_add_up_to_the_growth_before_rounding_and_nearly_after(every: list[Member]) -> None:
    found = taken(every, "segment")
    base = found.whole.cum.base_yuan
    if not base:
        return
    whole = Fraction((found.whole.cum.total_yuan or 0) - base, base)
    assert sum(Fraction(one.cum.change_yuan or 0, base) for one in found.groups) == whole
    shown = sum((one.cum.pull_points or Decimal(0) for one in found.groups), Decimal(0))
    assert abs(shown - (found.whole.cum.pull_points or 0)) <= Decimal("0.005") * (len(found.groups) + 1)


@given(members(), st.randoms())
def test_order_and_names_change_nothing(every: list[Member], dice: st.DataObject) -> None:
    mixed = [replace(one, name=f"新名{one.number}") for one in every]
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = taken(every), taken(mixed)
    assert {group.key: group.cum for group in one.groups} == {group.key: group.cum for group in other.groups}
    assert one.whole.month == other.whole.month
    assert [group.key for group in one.ranked("growth", 3)] == [group.key for group in other.ranked("growth", 3)]


@given(members(), st.integers(0, 11), st.integers(0, 100))
def test_splitting_a_firm_in_two_changes_no_sum(every: list[Member], place: int, percent: int) -> None:
    if not every:
        return
    one = every[place % len(every)]

    def half(side: Stretch, *, first: bool) -> Stretch:
        def cut(value: int | None) -> int | None:
            part = None if value is None else value * percent // 100
            return part if first or value is None or part is None else value - part

        return Stretch(cut(side.total_yuan), cut(side.base_yuan), cut(side.last_yuan))

    halves = [
        replace(one, id=f"{one.id}{name}", cum=half(one.cum, first=first), month=half(one.month, first=first))
        for name, first in (("甲", True), ("乙", False))
    ]
    before, after = taken(every), taken([*(other for other in every if other is not one), *halves])
    for name in ("total_yuan", "base_yuan", "published_yuan", "last_published_yuan", "yoy_percent", "nominal_percent"):
        assert getattr(before.whole.cum, name) == getattr(after.whole.cum, name)
        assert getattr(before.whole.month, name) == getattr(after.whole.month, name)


@given(members(), YUAN)
def test_a_leaver_and_an_entrant_without_a_base_touch_no_same_sample_rate(every: list[Member], yuan: int) -> None:
    gone = Member("g", 90, "退规", "a", "a", "a", None, True, False, True, Stretch(None, None, yuan), Stretch())
    before, after = taken(every), taken([*every, gone])
    assert before.whole.cum.yoy_percent == after.whole.cum.yoy_percent
    assert before.whole.cum.total_yuan == after.whole.cum.total_yuan
    if before.whole.cum.base_yuan is not None:
        fresh = Member("n", 91, "新", "a", "a", "a", None, False, True, True, Stretch(yuan, None, None), Stretch())
        assert taken([*every, fresh]).whole.cum.yoy_percent == before.whole.cum.yoy_percent


@given(members(), st.data())
def test_the_bridge_adds_up_to_the_yuan_on_both_sides(every: list[Member], data: st.DataObject) -> None:
    own = {
        one.id: Before(data.draw(YUAN), frozenset(range(1, data.draw(st.integers(2, 10)))))
        for one in every
        if data.draw(st.booleans())
    }
    published = sum(one.cum.last_yuan or 0 for one in every)
    stated = data.draw(st.integers(-1000, 1000))
    found = bridge_of(SPAN, every, published + stated, own, stated=bool(stated))
    assert found.holds
    assert found.residual_yuan == -stated
    assert found.published_yuan + sum(yuan for _, yuan in found.steps) == found.base_yuan
    sample = taken(every).whole.cum
    if sample.base_yuan is not None:
        assert (found.base_yuan, found.total_yuan) == (sample.base_yuan, sample.total_yuan)
    named = [firm.id for line in found.lines for firm in line.firms]
    assert {one.id for one in every if (one.cum.base_yuan if one.cum.total_yuan is not None else None) != one.cum.last_yuan} <= {
        *named, *(one.id for one in every if one.cum.base_yuan is None and one.cum.last_yuan is None)
    }  # fmt: skip


MONTHS = st.lists(st.tuples(MAYBE, st.none() | YUAN), min_size=1, max_size=9)


@given(MONTHS)
def test_months_gaps_and_joined_stretches_make_up_the_cumulative(told: list[tuple[int | None, int | None]]) -> None:
    months = [(f"2021-{number:02d}", *pair) for number, pair in enumerate(told, 1)]
    total = cumulative({month: (alone, upto) for month, alone, upto in months})
    last = max((place for place, (_, upto) in enumerate(told) if upto is not None), default=-1)
    after = sum(alone or 0 for alone, _ in told[last + 1 :])
    steps, before = 0, 0
    found = {one.month: one for one in gaps(months)}
    for month, _, upto in months:
        if upto is not None:
            one = found.get(month)
            assert one is None or one.cum_yuan == one.before_yuan + one.months_yuan + one.gap_yuan == upto
            assert one is None or one.before_yuan == before
            steps, before = upto, upto
    if total is not None:
        assert total == steps + after


@given(st.lists(st.tuples(YUAN, YUAN), min_size=1, max_size=9), st.integers(0, 9))
def test_reporting_months_alone_or_their_cumulative_is_the_same_year(told: list[tuple[int, int]], cut: int) -> None:
    alone = [Report(f"2021-{n:02d}", now, None, base, None) for n, (now, base) in enumerate(told, 1)]
    whole = sum(now for now, _ in told[:cut]), sum(base for _, base in told[:cut])
    joined = [Report(f"2021-{cut:02d}", None, whole[0], None, whole[1])] if 0 < cut <= len(told) else []
    rest = alone[cut:] if joined else alone
    assert firm_year("f", alone, [], None) == firm_year("f", [*joined, *rest], [], None)


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(-4, 10_000, "0.0"), (-6, 10_000, "-0.1"), (9_996, 10_000, "99.9")]
)
def test_a_share_near_nothing_has_no_sign_and_near_all_is_not_all(part: int, whole: int, shown: str) -> None:
    assert str(share(part, whole)) == shown
