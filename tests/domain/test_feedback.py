"""What units type into a 反馈表: receipts, choices, days."""

from __future__ import annotations

from datetime import date

import pytest

from chain_office.domain import feedback
from chain_office.domain.feedback_values import read_form_day, read_signed, read_status
from chain_office.domain.kinds import BadValue
from chain_office.domain.workflow import VERBS

LEFT = date(2021, 2, 20)


@pytest.mark.parametrize("text", ["WT0012-3", "ＷＴ００１２－３", "回执号：wt12—3", "WT0012 - 3（请勿改动）"])
def test_a_receipt_is_known_however_it_was_retyped(text: str) -> None:
    assert feedback.read_receipt(text) == feedback.Receipt(12, 3)


def test_a_record_number_alone_tells_no_step_and_a_date_is_no_receipt() -> None:
    assert feedback.read_receipt("WT0012") == feedback.Receipt(12, None)
    assert feedback.read_receipt("2021-03-05") is None
    assert feedback.read_receipt("有色交〔2021〕3号") is None
    assert feedback.read_receipt(feedback.receipt(12, 3)) == feedback.Receipt(12, 3)


def test_every_choice_amounts_to_a_step_there_is_and_every_key_has_a_heading() -> None:
    assert set(feedback.STATUS_VERBS) == set(feedback.STATUSES)
    assert set(feedback.STATUS_VERBS.values()) <= VERBS.keys()
    assert len(set(feedback.KEYS)) == len(feedback.KEYS)
    for key in feedback.KEYS:
        assert feedback.read_cell_key(feedback.cell_key(key, "WT0012-3")) == (key, "WT0012-3")
    assert feedback.read_cell_key("another_program") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((status, status) for status in feedback.STATUSES),
        ("□办理中 ☑已办结（申请销号） □申请延期", feedback.DONE),
        ("□办理中□部分解决√已办结", feedback.DONE),
        ("☐办理中 ☒部分解决", feedback.PARTIAL),
        ("□办理中 □部分解决", ""),
        ("已完成", feedback.DONE),
        ("是", feedback.DONE),
        ("否", feedback.DOING),
        ("尚未解决", feedback.DOING),
        ("正在协调", feedback.DOING),
        ("申请延至4月底", feedback.EXTEND),
        ("非本单位职责，建议退回", feedback.RETURN),
        ("需长期推进", feedback.PARK),
        ("", ""),
        ("——", ""),
    ],
)
def test_a_status_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert read_status(typed) == meant


@pytest.mark.parametrize("typed", ["☑办理中 ☑已办结", "见附件", "不予采纳"])
def test_a_status_that_may_mean_anything_is_asked(typed: str) -> None:
    with pytest.raises(BadValue):
        read_status(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3月5日", date(2021, 3, 5)),
        ("2021.3.5", date(2021, 3, 5)),
        ("2021年3月5号", date(2021, 3, 5)),
        ("3.5", date(2021, 3, 5)),
        ("3/5", date(2021, 3, 5)),
        ("5号", date(2021, 3, 5)),
        ("22日", date(2021, 2, 22)),
        ("1月5日", date(2022, 1, 5)),
        (44260.0, date(2021, 3, 5)),
        (date(2021, 3, 5), date(2021, 3, 5)),
        ("待定", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_type_them(typed: object, day: date | None) -> None:
    found, said = read_form_day(typed, LEFT)
    assert found == day
    if isinstance(typed, str) and day is not None and "2021" not in typed:
        assert day.isoformat() in "".join(said), "what was left out is said"


def test_a_day_without_its_year_is_not_after_the_day_the_form_was_filled_in() -> None:
    assert read_form_day("11月5日", date(2020, 11, 3), until=date(2021, 11, 20))[0] == date(2021, 11, 5)
    assert read_form_day("12月5日", date(2020, 11, 3), until=date(2021, 11, 20))[0] == date(2020, 12, 5)


@pytest.mark.parametrize("typed", ["2月30日", "下周", "15个工作日", "40号", "3月5日或6日"])
def test_a_day_nobody_can_tell_is_asked(typed: str) -> None:
    with pytest.raises(BadValue):
        read_form_day(typed, LEFT)


def test_without_a_day_to_count_from_nothing_is_guessed() -> None:
    for typed in ("5号", "3月5日"):
        with pytest.raises(BadValue):
            read_form_day(typed, None)


@pytest.mark.parametrize(
    ("typed", "signed"),
    [
        ("是", True),
        ("已签收", True),
        ("√", True),
        ("☑是 □否", True),
        ("否", False),
        ("未收到", False),
        ("", None),
        ("□是 □否", None),
    ],
)
def test_whether_a_unit_signed(typed: str, signed: bool | None) -> None:
    assert read_signed(typed) is signed
