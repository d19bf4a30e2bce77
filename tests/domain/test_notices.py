"""The yearly notice of holidays, in the ways offices paste it."""

from __future__ import annotations

from datetime import date

import pytest

from chain_office.domain.notices import read_notice


def of(text: str, year: int = 2027) -> dict[tuple[int, int], bool]:
    return {(day.month, day.day): works for day, works, _ in read_notice(text, year).days}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("元旦：1月1日放假", {(1, 1): False}),
        ("元旦:1月1日至3日放假,1月4日上班", {(1, 1): False, (1, 2): False, (1, 3): False, (1, 4): True}),
        ("一、元旦：2027年1月1日（周五）至3日（周日）放假，共3天。", {(1, 1): False, (1, 2): False, (1, 3): False}),
        ("春节：1月31日至2月2日放假调休", {(1, 31): False, (2, 1): False, (2, 2): False}),
        ("国庆节：9月26日（星期日）、10月9日（星期六）上班", {(9, 26): True, (10, 9): True}),
        ("国庆节：10月1日-3日放假；10月9日上班", {(10, 1): False, (10, 2): False, (10, 3): False, (10, 9): True}),
        ("各县市区人民政府，市直各单位：", {}),
        ("", {}),
    ],
)
def test_what_is_read(text: str, days: dict[tuple[int, int], bool]) -> None:
    assert of(text) == days
    assert read_notice(text, 2027).unread == ()


def test_days_carry_the_name_of_their_holiday() -> None:
    found = read_notice("五、端午节：6月9日放假。\n中秋节：9月15日放假", 2027)
    assert found.days == ((date(2027, 6, 9), False, "端午节"), (date(2027, 9, 15), False, "中秋节"))


def test_days_of_the_year_before_are_not_this_years() -> None:
    assert of("元旦：2026年12月31日至2027年1月2日放假") == {(1, 1): False, (1, 2): False}


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("2月30日放假", "2月30日放假"),
        ("春节：初一至初七放假7", "初一至初七放假7"),
        ("1月5日至1日放假", "1月5日至1日放假"),
        ("元旦：1月1日", "元旦：1月1日"),
        ("15日放假", "15日放假"),
        ("2031年1月1日放假", "2031年1月1日放假"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, unread: str) -> None:
    assert read_notice(text, 2027).unread == (unread,)
    assert of(text) == {}
