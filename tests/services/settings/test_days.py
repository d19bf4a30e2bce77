"""Time limits, and a calendar that never guesses a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.domain.kinds import BadValue
from chain_office.queries.settings_days import own_days
from chain_office.services.calendar import published_years, work_calendar
from chain_office.services.editing import undo
from chain_office.services.settings.days import (
    DECLARED,
    PUBLISHED,
    UNKNOWN,
    declare_year,
    drop_day,
    look_at_notice,
    name_day,
    read_year,
    take_notice,
    toggle_day,
)
from chain_office.services.settings.lights import preview_lights
from chain_office.services.settings.limits import add_limit, bin_limit, read_limits, save_limit
from chain_office.services.settings.rules import PROBLEMS, read_rules

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger

NATIONAL_DAY, WORKED_SATURDAY, PLAIN_FRIDAY = date(2021, 10, 1), date(2021, 10, 9), date(2021, 11, 19)


def test_a_published_year_counts_its_working_days(ledger: Ledger) -> None:
    year = read_year(ledger, 2021)
    assert (year.source, year.known, year.workdays) == (PUBLISHED, True, 250)
    assert (year.days[NATIONAL_DAY].works, year.days[NATIONAL_DAY].name) == (False, "国庆节")
    assert (year.days[WORKED_SATURDAY].works, year.days[WORKED_SATURDAY].usual) == (True, False)
    assert PLAIN_FRIDAY not in year.days


@pytest.mark.parametrize("day", [NATIONAL_DAY, WORKED_SATURDAY, PLAIN_FRIDAY, date(2021, 11, 20)])
def test_turning_a_day_twice_is_as_before(ledger: Ledger, day: date) -> None:
    works = work_calendar(ledger).is_workday(day)
    turned = toggle_day(ledger, day, "张三", "防汛")
    assert work_calendar(ledger).is_workday(day) is not works
    assert "防汛" in turned.said
    assert read_year(ledger, 2021).days[day].own
    toggle_day(ledger, day, "张三")
    assert work_calendar(ledger).is_workday(day) is works
    undo(ledger, turned.write_no + 1, "张三")
    assert work_calendar(ledger).is_workday(day) is not works


def test_a_year_nobody_published_stays_unknown_until_it_is_said_to_be_whole(ledger: Ledger) -> None:
    year = max(published_years()) + 1
    assert read_year(ledger, year).source == UNKNOWN
    toggle_day(ledger, date(year, 1, 1), "张三", "元旦")
    read = read_year(ledger, year)
    assert (read.source, read.workdays, len(read.own)) == (UNKNOWN, None, 1)
    with pytest.raises(BadValue):
        work_calendar(ledger).is_workday(date(year, 1, 2))
    said = declare_year(ledger, year, "张三", complete=True)
    assert read_year(ledger, year).source == DECLARED
    weekday = next(date(year, 3, number) for number in range(1, 8) if date(year, 3, number).weekday() == 2)
    assert work_calendar(ledger).is_workday(weekday)
    declare_year(ledger, year, "张三", complete=False)
    assert not read_year(ledger, year).known
    assert str(year) in said.said


def test_a_name_says_why(ledger: Ledger) -> None:
    toggle_day(ledger, PLAIN_FRIDAY, "张三")
    own = own_days(ledger, 2021)[0]
    assert name_day(ledger, own, " 全市停电 ", "张三") is not None
    own = own_days(ledger, 2021)[0]
    assert own.name == "全市停电"
    assert name_day(ledger, own, "全市停电", "张三") is None
    drop_day(ledger, own, "张三")
    assert own_days(ledger) == ()


NOTICE = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""


def test_a_notice_reads_as_the_library_knows_the_same_year(ledger: Ledger) -> None:
    """The notice of a year that is published, read from its text, is what the library says of that year."""
    read = look_at_notice(NOTICE, 2026)
    assert read.unread == ()
    published = {day: one.works for day, one in read_year(ledger, 2026).days.items() if not one.usual}
    assert {day: works for day, works, _ in read.days} == published


def test_a_notice_is_entered_in_one_write_and_makes_the_year_known(ledger: Ledger) -> None:
    year = max(published_years()) + 1
    friday = next(date(year, 1, number) for number in range(1, 8) if date(year, 1, number).weekday() == 4)
    sunday = date.fromordinal(friday.toordinal() + 2)
    notice = look_at_notice(f"元旦：{friday.month}月{friday.day}日放假，{sunday.month}月{sunday.day}日上班", year)
    saved = take_notice(ledger, notice, "张三")
    assert read_year(ledger, year).source == DECLARED
    assert not work_calendar(ledger).is_workday(friday)
    assert work_calendar(ledger).is_workday(sunday)
    assert {one.name for one in own_days(ledger, year)} == {"元旦"}
    undo(ledger, saved.write_no, "张三")
    assert read_year(ledger, year).source == UNKNOWN
    assert own_days(ledger, year) == ()


@pytest.mark.parametrize(
    "text", ["元旦：1月1日至3日放假，2月30日上班", "春节：初一到初七放假 7", "1月5日至1日放假", "元旦：1月1日"]
)
def test_what_of_a_notice_cannot_be_read_is_said_and_not_entered(ledger: Ledger, text: str) -> None:
    notice = look_at_notice(text, 2027)
    assert notice.unread
    with pytest.raises(KnownError):
        take_notice(ledger, notice, "张三")
    assert own_days(ledger) == ()


def test_an_empty_notice_is_refused(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="没有读出"):
        take_notice(ledger, look_at_notice("各县市区人民政府：", 2027), "张三")


def lights(ledger: Ledger, day: date) -> dict[str, int]:
    return dict(preview_lights(ledger, PROBLEMS, read_rules(ledger, PROBLEMS), day).before)


def test_turning_a_day_moves_the_light_of_a_deadline(ledger: Ledger) -> None:
    """A deadline four working days off is green; with one of them a holiday three are left, and it is yellow."""
    wednesday, friday, tuesday = date(2020, 11, 18), date(2020, 11, 20), "2020-11-24"
    due = ledger.value("SELECT count(*) FROM problem WHERE deadline = ?", (tuesday,))
    before = lights(ledger, wednesday)
    saved = toggle_day(ledger, friday, "张三", "全市停电")
    after = lights(ledger, wednesday)
    assert after["yellow"] - before.get("yellow", 0) == before["green"] - after["green"] == due > 0
    undo(ledger, saved.write_no, "张三")
    assert lights(ledger, wednesday) == before


def test_limits_are_added_changed_and_binned(ledger: Ledger) -> None:
    saved = add_limit(ledger, "重大问题办结", "张三")
    limit = next(one for one in read_limits(ledger) if one.id == saved.row_id)
    for name, typed in (("days", "十五个工作日"), ("remark", "市政府2021年第3次常务会"), ("name", "重大事项办结")):
        assert save_limit(ledger, limit, name, typed, "张三") is not None
        limit = next(one for one in read_limits(ledger) if one.id == saved.row_id)
        assert save_limit(ledger, limit, name, typed, "张三") is None
    assert (limit.name, limit.days, limit.remark) == ("重大事项办结", 15, "市政府2021年第3次常务会")
    gone = bin_limit(ledger, limit, "张三")
    assert limit.id not in {one.id for one in read_limits(ledger)}
    undo(ledger, gone.write_no, "张三")
    assert limit in [type(one)(one.id, limit.version, one.name, one.days, one.remark) for one in read_limits(ledger)]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [("days", "很快", "不是工作日数"), ("days", "-3", "不是工作日数"), ("days", "1001", "不是工作日数"),
     ("name", "", "不能空着"), ("name", "复杂问题 办结", "已经有"), ("remark", "秘密★ 某文", "密级标志")],
)  # fmt: skip
def test_a_limit_that_makes_no_sense_is_refused_in_words(ledger: Ledger, name: str, typed: str, said: str) -> None:
    limit = read_limits(ledger)[0]
    with pytest.raises(Faulty, match=said):
        save_limit(ledger, limit, name, typed, "张三")
    assert read_limits(ledger)[0] == limit
