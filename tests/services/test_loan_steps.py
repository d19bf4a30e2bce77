"""What is entered from the grid of 银企, and what is said where loans are typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.domain.forms import Edit, Faulty
from chain_office.domain.loans import doubts
from chain_office.queries.finance_desk import look_backs, standing
from chain_office.services import editing, loan_steps
from chain_office.services.loan_steps import Pair
from tests.services.editing.clerk import Clerk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger

END = date(2021, 11, 19)
WAN = 10_000


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    with open_ledger(office) as opened:
        yield opened


@pytest.fixture
def clerk(ledger: Ledger) -> Clerk:
    return Clerk(ledger)


def pair(ledger: Ledger) -> Pair:
    """A borrower of the sample and a bank it has not met: 仁义山 and 国开行."""
    firm, need, event = ledger.rows("SELECT m.enterprise_id, m.need_id, m.event_id FROM match m WHERE m.number = 12")[0]
    bank = ledger.value("SELECT id FROM bank WHERE coalesce(short, name) = '国开行'")
    return Pair(bank, enterprise_id=firm, need_id=need, event_id=event)


def match_id(ledger: Ledger, number: int) -> str:
    return str(ledger.value("SELECT id FROM match WHERE number = ?", (number,)))


def test_a_first_drawing_brings_its_match_along_in_one_write(ledger: Ledger, clerk: Clerk) -> None:
    pair_ = pair(ledger)
    loaded = loan_steps.blank_step(ledger, "drawdown", pair_, END)
    assert loaded.values["match_id"] == loan_steps.NEW
    assert "国开行" in loaded.links["match_id"].label
    edit = Edit("drawdown", "", 0, {"match_id": loan_steps.NEW, "drawn_yuan": 900 * WAN, "day": date(2021, 8, 2)})
    saved = loan_steps.save_step(ledger, pair_, edit, "张三")
    clerk.look()
    assert "YQ0021" in saved.said
    (row,) = ledger.rows("SELECT need_id, event_id, reached, matched_day FROM match WHERE number = 21")
    assert row == (pair_.need_id, pair_.event_id, "drawn", "2020-11-18")
    assert standing(ledger, END).ladder.total.drawn.yuan == 74_000 * WAN
    clerk.undo(saved)
    assert ledger.value("SELECT count(*) FROM match WHERE deleted_at IS NULL") == 20
    assert standing(ledger, END).ladder.total.drawn.yuan == 73_100 * WAN


def test_a_first_drawing_that_cannot_be_saved_leaves_no_match_behind(ledger: Ledger) -> None:
    edit = Edit("drawdown", "", 0, {"match_id": loan_steps.NEW, "drawn_yuan": -1, "day": date(2021, 8, 2)})
    with pytest.raises(Faulty, match="应大于 0"):
        loan_steps.save_step(ledger, pair(ledger), edit, "张三")
    assert ledger.value("SELECT count(*) FROM match") == 20


def test_look_backs_of_several_are_one_write_and_one_undo(ledger: Ledger, clerk: Clerk) -> None:
    day = date(2020, 12, 20)
    due = [(one.reference, one.checkpoint.after_days) for one in look_backs(ledger, standing(ledger, day)).due]
    assert len(due) > 3
    before = ledger.value("SELECT count(*) FROM loan_review")
    saved = loan_steps.review(ledger, due, "推进中", day, "张三")
    assert look_backs(ledger, standing(ledger, day)).due == ()
    assert ledger.rows("SELECT DISTINCT day, officer FROM loan_review WHERE officer = '张三'") == [
        ("2020-12-20", "张三")
    ]
    clerk.undo(saved)
    assert ledger.value("SELECT count(*) FROM loan_review WHERE deleted_at IS NULL") == before
    assert len(look_backs(ledger, standing(ledger, day)).due) == len(due)


def test_a_look_back_is_never_dated_ahead_of_today(ledger: Ledger) -> None:
    loan_steps.review(ledger, [(f"match:{match_id(ledger, 11)}", 90)], "推进中", date(2030, 1, 1), "李四")
    assert ledger.value("SELECT day FROM loan_review WHERE officer = '李四'") == "2022-01-05"


def test_two_like_drawings_are_asked_about_until_somebody_says_they_are_two(ledger: Ledger, clerk: Clerk) -> None:
    match = match_id(ledger, 11)
    twice = {"match_id": match, "drawn_yuan": 3000 * WAN, "loan_kind": "新增"}
    same_day = clerk.faults("drawdown", day=date(2021, 9, 27), **twice)
    assert "已有同日同额的放款" in same_day["drawn_yuan"].message
    near = clerk.faults("drawdown", day=date(2021, 10, 8), **twice)
    assert "相隔 11 天" in near["drawn_yuan"].message
    saved = clerk.new("drawdown", day=date(2021, 10, 8), accept={"drawn_yuan"}, **twice)
    (doubt,) = doubts(standing(ledger, END).deals)
    assert doubt.drawing.id == saved.row_id
    loan_steps.of_its_own(ledger, saved.row_id, "张三")
    assert doubts(standing(ledger, END).deals) == ()
    assert standing(ledger, END).ladder.total.drawn.yuan == 76_100 * WAN


def test_one_loan_reported_under_two_matches_is_asked_about(ledger: Ledger, clerk: Clerk) -> None:
    firm, bank = ledger.rows("SELECT enterprise_id, bank_id FROM match WHERE number = 11")[0]
    other = clerk.new("match", enterprise_id=firm, bank_id=bank, intent_yuan=10**7, accept={"bank_id"}).row_id
    found = clerk.faults("drawdown", match_id=other, drawn_yuan=4000 * WAN, day=date(2021, 5, 14))
    assert "记在 YQ0011 下" in found["drawn_yuan"].message


@pytest.mark.parametrize(
    ("rate", "said"),
    [("0.0435", "应为 4.35%"), ("435", "是不是 4.35%"), ("18", "少见"), ("0", "少见")],
)
def test_a_rate_as_a_fraction_or_without_its_point_is_asked_about(clerk: Clerk, rate: str, said: str) -> None:
    match = match_id(clerk.ledger, 11)
    found = clerk.faults("drawdown", match_id=match, drawn_yuan=1, day=date(2021, 10, 1), rate=Decimal(rate))
    assert said in found["rate"].message
    assert not found["rate"].stops


def test_days_before_the_event_and_ends_before_the_drawing(clerk: Clerk) -> None:
    match = match_id(clerk.ledger, 11)
    early = clerk.faults("credit", match_id=match, granted_yuan=1, day=date(2020, 11, 17))
    assert "早于对接会 2020-11-18" in early["day"].message
    assert not early["day"].stops
    ends = clerk.faults("drawdown", match_id=match, drawn_yuan=1, day=date(2021, 10, 1), repay_day=date(2021, 10, 1))
    assert ends["repay_day"].stops


def test_a_refusal_says_why(clerk: Clerk) -> None:
    match = match_id(clerk.ledger, 11)
    with pytest.raises(Faulty, match="要写明原因"):
        clerk.change("match", match, refused_day=date(2021, 5, 1), accept={"refused_day"})
    bank = clerk.value("SELECT bank_id FROM match WHERE id = ?", match)
    found = clerk.faults("match", enterprise_id=clerk.firm(), bank_id=bank, stage="未达成")
    assert "银行怎么答复的" in found["fail_reason"].message
    saved = clerk.new(
        "match", enterprise_id=clerk.firm(), bank_id=bank, refused_day=date(2021, 5, 1), fail_reason="额度已满"
    )
    before = standing(clerk.ledger, date(2021, 4, 30))
    assert saved.row_id not in {deal.id for deal in before.deals if deal.refused}
    after = standing(clerk.ledger, date(2021, 5, 1))
    assert [(deal.reason, deal.refused_day) for deal in after.deals if deal.id == saved.row_id] == [
        ("额度已满", date(2021, 5, 1))
    ]


def test_a_drawing_is_offered_the_rate_and_length_it_was_granted_with(clerk: Clerk) -> None:
    match = match_id(clerk.ledger, 11)
    clerk.new(
        "credit",
        match_id=match,
        granted_yuan=10**6,
        day=date(2021, 10, 1),
        granted_rate=Decimal("3.95"),
        granted_term="3年",
    )
    blank = editing.blank(clerk.ledger, "drawdown", END, {"match_id": match})
    assert (blank.values["rate"], blank.values["drawn_term"]) == (Decimal("3.95"), "3年")


def test_a_loan_near_its_end_is_listed_until_it_is_renewed(clerk: Clerk) -> None:
    match = match_id(clerk.ledger, 11)
    drawn = clerk.new(
        "drawdown", match_id=match, drawn_yuan=300 * WAN, day=date(2020, 12, 28), drawn_term="1年", accept={"day"}
    ).row_id

    def ends(day: date) -> list[tuple[date, bool, int]]:
        found = look_backs(clerk.ledger, standing(clerk.ledger, day)).repayments
        return [(one.day, one.reckoned, one.left) for one in found if one.drawing.id == drawn]

    assert ends(date(2021, 9, 28)) == []
    assert ends(END) == [(date(2021, 12, 28), True, 39)]
    clerk.change("drawdown", drawn, repay_day=date(2021, 12, 1))
    assert ends(END) == [(date(2021, 12, 1), False, 12)]
    clerk.new("drawdown", match_id=match, drawn_yuan=200 * WAN, day=date(2021, 11, 18), loan_kind="续贷")
    assert ends(END) == []
