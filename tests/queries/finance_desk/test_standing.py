"""The sample's loans as they stood at four dates, added up by hand from its workbook."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.db.models import Bank, Credit, Drawdown, Enterprise, Match, Meeting
from chain_office.queries import finance, list_window
from chain_office.queries.desk_lists import finance_at
from chain_office.queries.finance_desk import events, look_backs, rows_behind, standing
from chain_office.queries.records import match

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

WAN = 10_000
END = date(2021, 11, 19)
GOLDEN = {
    date(2020, 11, 17): ((0, 0), (0, 0), (0, 0), 0, 0, None),
    date(2020, 12, 31): ((14, 128_100), (7, 35_600), (2, 11_000), 8_000, 3_000, "4.39"),
    date(2021, 3, 31): ((14, 128_100), (12, 66_600), (11, 46_100), 35_100, 11_000, "4.49"),
    END: ((14, 128_100), (15, 88_600), (20, 73_100), 59_100, 14_000, "4.40"),
}
"""Day → (需求 count, 万元), (授信 matches, 万元), (放款 drawings, 万元), 新增, 续贷, weighted rate."""


@pytest.fixture(scope="module")
def ledger(sample_office: Path) -> Iterator[Ledger]:
    with open_ledger(sample_office, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("day", GOLDEN)
def test_the_ladder_of_the_sample(ledger: Ledger, day: date) -> None:
    needs, granted, drawn, new, renewed, rate = GOLDEN[day]
    total = standing(ledger, day).ladder.total
    assert (total.need.count, total.need.yuan) == (needs[0], needs[1] * WAN)
    assert (total.granted.count, total.granted.yuan) == (granted[0], granted[1] * WAN)
    assert (total.drawn.count, total.drawn.yuan) == (drawn[0], drawn[1] * WAN)
    assert (total.new_yuan, total.renewed_yuan, total.unsaid_yuan) == (new * WAN, renewed * WAN, 0)
    assert total.rate == (Decimal(rate) if rate else None)


def test_the_banks_of_the_sample(ledger: Ledger) -> None:
    rows = {row.name: row for row in standing(ledger, END).ladder.banks}
    assert {
        name: (
            (row.intent.yuan or 0) // WAN, (row.granted.yuan or 0) // WAN, (row.drawn.yuan or 0) // WAN,
            row.landed_yuan, row.landed_parties, row.refused,
        )
        for name, row in rows.items()
    } == {
        "建设银行": (43_500, 40_000, 38_500, Decimal("96.3"), Decimal("100.0"), 0),
        "浦发银行": (22_600, 15_600, 15_600, Decimal("100.0"), Decimal("80.0"), 1),
        "国开行": (35_000, 18_000, 10_000, Decimal("55.6"), Decimal("50.0"), 2),
        "农发行": (27_000, 15_000, 9_000, Decimal("60.0"), Decimal("33.3"), 2),
    }  # fmt: skip


def test_the_ladder_and_the_headline_agree_on_every_day_of_change(ledger: Ledger) -> None:
    for text in ("2020-11-18", "2020-12-25", "2021-02-26", "2021-04-28", "2021-07-15", "2021-11-10", "2021-12-31"):
        day = date.fromisoformat(text)
        headline, total = finance.ladder(ledger, day), standing(ledger, day).ladder.total
        assert (total.enterprises, total.parks, total.banks) == (headline.enterprises, headline.parks, headline.banks)
        assert total.granted.yuan == headline.granted_yuan
        assert total.drawn.yuan == headline.drawn_yuan
        assert total.intent.yuan == headline.intent_yuan


def test_a_bank_that_said_no_after_an_intent_is_told_with_its_reason(ledger: Ledger) -> None:
    found = standing(ledger, END)
    refused = {deal.number: deal for deal in found.deals if deal.refused}
    assert set(refused) == {4, 9, 14, 17, 19}
    assert refused[9].reason == "抵押物评估值不足"
    assert refused[9].matched, "an intent it had declared stays counted among the intents"
    assert rows_behind(found, "refused") == {deal.id for deal in refused.values()}
    assert {deal.number for deal in standing(ledger, date(2020, 11, 17)).deals if deal.refused} == set()


def test_a_number_opens_the_rows_it_counts(ledger: Ledger) -> None:
    found = standing(ledger, END)
    bank = next(row for row in found.ladder.banks if row.name == "国开行")
    assert len(rows_behind(found, "intent", bank_id=bank.id)) == bank.intent.count == 4
    assert len(rows_behind(found, "drawn", bank_id=bank.id)) == 2
    assert len(rows_behind(found, "renewed")) == 4
    park = next(row for row in found.ladder.borrowers if row.name == "示例甲工业园区")
    assert park.party == "park"
    assert len(rows_behind(found, "intent", borrower_id=park.id)) == 2


def test_an_event_is_looked_at_alone(ledger: Ledger) -> None:
    (event,) = events(ledger, END)
    assert (event.name, event.day, event.matches) == ("2020年11月银企对接会", date(2020, 11, 18), 20)
    assert events(ledger, date(2020, 11, 17)) == ()
    alone = standing(ledger, END, event.id)
    assert alone.ladder.total.drawn.yuan == 73_100 * WAN
    assert standing(ledger, END, "no such event").deals == ()


def test_look_backs_are_wanted_of_what_is_granted_and_not_all_paid_out(ledger: Ledger) -> None:
    found = standing(ledger, date(2021, 2, 20))
    due = look_backs(ledger, found).due
    assert {one.checkpoint.after_days for one in due} <= {90}
    numbers = {one.deal.number for one in due if one.deal is not None}
    assert not numbers & {4, 9, 14, 17, 19}, "nobody is asked about what was refused"
    assert 12 not in numbers, "nor about what was paid out in full"
    assert {one.checkpoint.due_day for one in due} == {date(2021, 2, 16)}


@pytest.mark.parametrize("day", [date(2020, 11, 18), date(2021, 3, 31), date(2021, 6, 30), END], ids=str)
def test_the_list_says_of_every_match_what_the_grid_says(ledger: Ledger, day: date) -> None:
    kind = finance_at(day)
    lines = list_window.lines(ledger, kind, list_window.ids_in_order(ledger, kind))
    told = {deal.id: deal.stage for deal in standing(ledger, day).deals}
    assert {row: line.reached for row, line in lines.items()} == {row: told.get(row, "none") for row in lines}


def test_a_refusal_after_an_intent_is_a_refusal_in_the_list_and_on_the_record(ledger: Ledger) -> None:
    kind = finance_at(END)
    found = {
        one.number: one for one in list_window.lines(ledger, kind, list_window.ids_in_order(ledger, kind)).values()
    }
    assert (found[9].reached, found[9].fail_reason) == ("refused", "抵押物评估值不足")
    record = match(ledger, found[9].id, END)
    assert record is not None
    assert (record.status, record.light) == ("未达成", "red")


def test_whatever_was_recorded_the_list_and_the_grid_tell_one_stage(tmp_path: Path) -> None:
    draw = random.Random(7)
    days = [None, *(date(2021, month, 9) for month in range(1, 8))]
    with open_ledger(tmp_path / "t.ledger", create=True) as ledger:
        with ledger.write("张三", "登记") as writer:
            firm, bank = writer.insert(Enterprise, {"name": "示例铜业"}), writer.insert(Bank, {"name": "示例银行"})
            event = writer.insert(Meeting, {"name": "对接会", "day": days[3]})
            for _ in range(200):
                match_id = writer.insert(
                    Match,
                    {
                        "enterprise": firm, "bank": bank, "event": draw.choice([None, event]),
                        "reached": draw.choice(["none", "refused", "intent", "granted", "drawn"]),
                        "fail_reason": draw.choice([None, "抵押不足"]),
                        **{name: draw.choice(days) for name in ("matched_day", "asked_day", "intent_day", "refused_day")},
                    },
                )  # fmt: skip
                if draw.random() < 0.3:
                    writer.insert(Credit, {"match": match_id, "granted_yuan": 10, "day": draw.choice(days[1:])})
                if draw.random() < 0.3:
                    writer.insert(Drawdown, {"match": match_id, "drawn_yuan": 10, "day": draw.choice(days[1:])})
        for day in (one for one in days if one is not None):
            told = {deal.id: deal.stage for deal in standing(ledger, day).deals}
            kind = finance_at(day)
            lines = list_window.lines(ledger, kind, list_window.ids_in_order(ledger, kind))
            assert {one: lines[one].reached for one in told} == told
