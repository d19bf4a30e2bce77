"""The loan ladder: no rung added to another, and no way of cutting it that changes a sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.loans import RUNGS, Deal, Drawing, Need, doubts, ladder, mean_rate

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2021, 11, 19)
WAN = 10_000


def drawing(number: int, wan: int, day: date = DAY, kind: str = "新增", rate: str | None = None) -> Drawing:
    return Drawing(f"d{number}", wan * WAN, day, kind, Decimal(rate) if rate else None)


def deal(number: int, borrower: str, bank: str, stage: str, **more: object) -> Deal:
    made = Deal(
        f"m{number}", number, borrower, borrower, "firm", bank, bank, "", f"n{borrower}", stage,
        stage in {"intent", "granted", "drawn"},
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def need(borrower: str, wan: int | None) -> Need:
    return Need(f"n{borrower}", 1, borrower, borrower, "firm", "", None if wan is None else wan * WAN)


def test_each_rung_is_counted_and_summed_by_itself() -> None:
    """甲 asked two banks: one granted 800 and paid 500 out in two drawings, the other said no after 意向 300. 乙 has 意向
    without an amount."""
    deals = (
        deal(1, "甲", "建行", "drawn", intent_yuan=900 * WAN, granted_yuan=800 * WAN,
             drawings=(drawing(1, 300, rate="4"), drawing(2, 200, kind="续贷", rate="5"))),
        deal(2, "甲", "农行", "refused", matched=True, intent_yuan=300 * WAN, reason="抵押不足"),
        deal(3, "乙", "建行", "intent", matched=True, party="off"),
    )  # fmt: skip
    made = ladder(DAY, (need("甲", 1000), need("丙", None)), deals)
    total = made.total
    assert [(total.rung(key).parties, total.rung(key).count, total.rung(key).yuan) for key in RUNGS] == [
        (2, 2, 1000 * WAN),
        (2, 3, 1200 * WAN),
        (1, 1, 800 * WAN),
        (1, 2, 500 * WAN),
    ]
    assert (total.new_yuan, total.renewed_yuan, total.unsaid_yuan) == (300 * WAN, 200 * WAN, 0)
    assert total.landed_yuan == Decimal("62.5")
    assert total.landed_parties == Decimal("50.0")
    assert total.rate == Decimal("4.40")
    assert (total.refused, total.off_register, total.banks) == (1, 1, 2)
    banks = {row.name: row for row in made.banks}
    assert banks["农行"].intent.yuan == 300 * WAN
    assert banks["农行"].landed_yuan is None
    assert banks["农行"].need.yuan == banks["建行"].need.yuan == 1000 * WAN
    borrowers = {row.name: row for row in made.borrowers}
    assert borrowers["乙"].intent.yuan is None
    assert borrowers["丙"].need.yuan is None
    assert borrowers["丙"].intent.count == 0


def test_money_paid_out_without_a_grant_on_record_leaves_the_grant_unknown() -> None:
    made = ladder(DAY, (), (deal(1, "甲", "建行", "drawn", drawings=(drawing(1, 100),)),))
    assert made.total.granted.yuan is None
    assert made.total.landed_yuan is None
    assert made.total.drawn.yuan == 100 * WAN


@pytest.mark.parametrize(
    ("rows", "rate"),
    [
        ([(8000, "4.35"), (3000, "4.5")], "4.39"),
        ([(1, "4"), (1, "4.01")], "4.01"),
        ([(100, "3.85"), (900, None)], "3.85"),
        ([(100, None)], None),
    ],
)
def test_the_mean_rate_is_weighted_by_the_amount(rows: list[tuple[int, str | None]], rate: str | None) -> None:
    found = mean_rate(drawing(place, wan, rate=one) for place, (wan, one) in enumerate(rows))
    assert found == (Decimal(rate) if rate else None)


def test_a_share_below_the_whole_never_reads_as_the_whole() -> None:
    row = ladder(
        DAY, (), (deal(1, "甲", "建行", "drawn", granted_yuan=10**9, drawings=(Drawing("d", 10**9 - 1, DAY),)),)
    ).total
    assert row.landed_yuan == Decimal("99.9")


_DEALS = st.lists(
    st.builds(
        lambda number, borrower, bank, intent, granted, drawn: deal(
            number, borrower, bank, "drawn" if drawn else "granted" if granted is not None else "intent",
            intent_yuan=intent, granted_yuan=granted,
            drawings=tuple(
                Drawing(f"d{number}.{place}", yuan, DAY - timedelta(days=days), kind)
                for place, (yuan, days, kind) in enumerate(drawn)
            ),
        ),
        st.integers(1, 10**6), st.sampled_from("甲乙丙丁"), st.sampled_from(["建行", "农行", ""]),
        st.none() | st.integers(0, 10**11), st.none() | st.integers(0, 10**11),
        st.lists(
            st.tuples(st.integers(1, 10**11), st.integers(0, 900), st.sampled_from(["新增", "续贷", "", "展期"])), max_size=3
        ),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)  # fmt: skip


@given(_DEALS, st.lists(st.builds(need, st.sampled_from("甲乙丙丁"), st.none() | st.integers(0, 10**7)), max_size=4))
def test_however_the_loans_are_cut_the_sums_stay(deals: list[Deal], needs: list[Need]) -> None:
    needs = [replace(one, id=f"n{place}") for place, one in enumerate(needs)]
    made = ladder(DAY, needs, deals)
    for key in ("intent", "granted", "drawn"):
        whole = made.total.rung(key)
        for rows in (made.banks, made.borrowers):
            assert sum(row.rung(key).yuan or 0 for row in rows) == (whole.yuan or 0)
            assert sum(row.rung(key).count for row in rows) == whole.count
        assert sum(row.rung(key).parties for row in made.borrowers) == whole.parties
    assert sum(row.need.yuan or 0 for row in made.borrowers) == (made.total.need.yuan or 0)
    for row in (made.total, *made.banks, *made.borrowers):
        assert row.new_yuan + row.renewed_yuan + row.unsaid_yuan == (row.drawn.yuan or 0)


def _apart(one: Deal) -> list[Deal]:
    """A deal with several drawings as several deals with one each."""
    alone = [
        replace(one, id=f"{one.id}/{place}", drawings=(drawn,), intent_yuan=None, granted_yuan=None)
        for place, drawn in enumerate(one.drawings[1:])
    ]
    return [replace(one, drawings=one.drawings[:1]), *alone]


@given(_DEALS, st.sampled_from(["bank", "borrower", "time", "drawings"]))
def test_splitting_and_merging_never_changes_what_was_paid_out(deals: list[Deal], how: str) -> None:
    """Two banks made one, two borrowers made one, drawings told apart or in two halves by day: Σ 放款 stays."""
    before = ladder(DAY, (), deals).total.drawn.yuan
    middle = DAY - timedelta(days=200)
    changed: dict[str, Callable[[], int]] = {
        "bank": lambda: _drawn([replace(one, bank_id="建行", bank="建行") for one in deals]),
        "borrower": lambda: _drawn([replace(one, borrower_id="甲", borrower="甲") for one in deals]),
        "drawings": lambda: _drawn([part for one in deals for part in _apart(one)]),
        "time": lambda: sum(
            _drawn(
                [replace(one, drawings=tuple(d for d in one.drawings if (d.day < middle) is early)) for one in deals]
            )
            for early in (True, False)
        ),
    }
    assert changed[how]() == before


def _drawn(deals: list[Deal]) -> int:
    made = ladder(DAY, (), deals)
    found = {sum(row.drawn.yuan or 0 for row in rows) for rows in (made.banks, made.borrowers, (made.total,))}
    (only,) = found
    return only


@pytest.mark.parametrize(
    ("first", "second", "same_deal", "asked"),
    [
        (date(2021, 3, 1), date(2021, 3, 1), True, "同日"),
        (date(2021, 3, 1), date(2021, 4, 1), True, "相隔 31 天"),
        (date(2021, 3, 1), date(2021, 4, 2), True, ""),
        (date(2021, 3, 1), date(2021, 9, 1), False, "两次对接各报了一笔"),
    ],
)
def test_what_may_be_one_loan_is_asked_about(first: date, second: date, same_deal: bool, asked: str) -> None:
    one, other = drawing(1, 500, first), drawing(2, 500, second)
    deals: tuple[Deal, ...]
    if same_deal:
        deals = (deal(1, "甲", "建行", "drawn", drawings=(one, other)),)
    else:
        deals = (
            deal(1, "甲", "建行", "drawn", drawings=(one,)),
            deal(2, "甲", "建行", "drawn", drawings=(other,)),
        )
    found = doubts(deals)
    assert [asked in doubt.why for doubt in found] == ([True] if asked else [])
    assert ladder(DAY, (), deals).total.drawn.yuan == 1000 * WAN, "a question takes nothing out of a sum"
    settled = tuple(replace(d, drawings=tuple(replace(w, settled=w.id == "d2") for w in d.drawings)) for d in deals)
    assert doubts(settled) == ()


def test_another_amount_or_bank_or_borrower_is_no_question() -> None:
    day = date(2021, 3, 1)
    alike = [("甲", "建行", 500), ("甲", "农行", 500), ("乙", "建行", 500), ("甲", "建行", 501)]
    deals = [
        deal(place, who, bank, "drawn", drawings=(drawing(place, wan, day),))
        for place, (who, bank, wan) in enumerate(alike)
    ]
    assert doubts(deals) == ()
