"""The register by month: balances worked out by hand, and by days for any stays there may be."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.registering import NEW_BUILD, PROMOTED, UNKNOWN, Spell, flow, joined, months, years

STAYS = (
    Spell("always", None, None),
    Spell("grew", date(2021, 3, 1), None, PROMOTED),
    Spell("built", date(2021, 5, 1), None, NEW_BUILD),
    Spell("left", date(2015, 1, 1), date(2021, 5, 1)),
    Spell("back", date(2016, 1, 1), date(2020, 6, 1), PROMOTED),
    Spell("back", date(2021, 5, 1), None),
    Spell("short", date(2021, 5, 3), date(2021, 5, 20), PROMOTED),
)


def test_a_month_with_entries_exits_and_a_firm_that_comes_back() -> None:
    may = flow(joined(STAYS), date(2021, 5, 1), date(2021, 5, 31))
    assert may.opening == {"always", "grew", "left"}
    assert may.entries == {PROMOTED: ("short",), NEW_BUILD: ("built",), UNKNOWN: ("back",)}
    assert sorted(may.exits) == ["left", "short"]
    assert may.closing == {"always", "grew", "built", "back"}  # 3 + 3 - 2
    assert may.balanced


def test_the_months_of_a_year_hand_their_balances_on() -> None:
    found = months(joined(STAYS), 2021, date(2021, 7, 10))
    assert [len(one.opening) for one in found] == [2, 2, 2, 3, 3, 4, 4]
    assert [len(one.closing) for one in found] == [2, 2, 3, 3, 4, 4, 4]
    assert found[-1].last == date(2021, 7, 10)
    whole = flow(joined(STAYS), date(2021, 1, 1), date(2021, 7, 10))
    assert (len(whole.opening), len(whole.entered), len(whole.exits), len(whole.closing)) == (2, 4, 2, 4)
    assert years(joined(STAYS), date(2021, 7, 10)) == (2015, 2016, 2017, 2018, 2019, 2020, 2021)


def test_an_exit_and_an_entry_on_one_day_are_one_stay() -> None:
    stays = joined((Spell("a", date(2020, 1, 1), date(2020, 6, 1), PROMOTED), Spell("a", date(2020, 6, 1), None)))
    assert stays == (Spell("a", date(2020, 1, 1), None, PROMOTED),)


def test_a_stay_that_ends_before_it_begins_is_none() -> None:
    assert joined((Spell("a", date(2020, 6, 1), date(2020, 6, 1)),)) == ()


DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 12, 31)))
SPELLS = st.lists(
    st.builds(Spell, st.sampled_from("abc"), DAYS, DAYS, st.sampled_from((PROMOTED, NEW_BUILD, UNKNOWN))), max_size=8
)


@given(SPELLS, st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.integers(0, 120))
def test_any_stays_balance_over_any_stretch(spells: list[Spell], first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = flow(joined(spells), first, last)

    def listed(day: date) -> set[str]:
        """By the definition alone: entry ≤ d < exit."""
        return {
            one.firm
            for one in spells
            if (one.entered is None or one.entered <= day) and (one.left is None or one.left > day)
        }

    assert found.opening == listed(first - timedelta(days=1))
    assert found.closing == listed(last)
    assert found.balanced
