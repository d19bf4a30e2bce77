"""本单位: a field a write, days read as people type them, marks of secrecy pointed out once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office import clock
from chain_office.domain.forms import Faulty
from chain_office.queries.due.desks import FILING_DAY
from chain_office.services.editing import undo
from chain_office.services.ledgers import about, cut_off
from chain_office.services.settings.office import OFFICE_FIELDS, missing, read_office, save_office, understood

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger


def test_every_field_is_read_and_set(ledger: Ledger) -> None:
    for field in OFFICE_FIELDS:
        if field.key not in {"as_of", FILING_DAY}:
            saved = save_office(ledger, field.key, f"  新{field.label} ", "张三")
            assert saved is not None
            assert field.label in saved.said
    values = read_office(ledger)
    assert values["office"] == "新单位名称"
    assert values["main_banks"] == "新主链银行"
    assert about(ledger).name == "新单位名称"
    assert ledger.value("SELECT actor FROM write_log ORDER BY no DESC LIMIT 1") == "张三"


def test_the_same_again_is_no_write(ledger: Ledger) -> None:
    writes = ledger.value("SELECT count(*) FROM write_log")
    assert save_office(ledger, "city", " 衡阳市 ", "张三") is None
    assert ledger.value("SELECT count(*) FROM write_log") == writes


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2021-10-31", "2021-10-31"),
        ("2021年10月底", "2021-10-31"),
        ("3.15", "2022-03-15"),
        ("", ""),
        ("三季度末", "2022-09-30"),
    ],
)
def test_the_cut_off_date_is_read_as_people_type_it(ledger: Ledger, typed: str, day: str) -> None:
    save_office(ledger, "as_of", typed, "张三")
    assert read_office(ledger)["as_of"] == day
    assert cut_off(ledger) == (date.fromisoformat(day) if day else clock.today())
    assert understood("as_of", typed) == day


def test_what_is_no_day_is_refused_in_words(ledger: Ledger) -> None:
    with pytest.raises(Faulty, match="截止日期“下雨天”读不懂"):
        save_office(ledger, "as_of", "下雨天", "张三")
    assert read_office(ledger)["as_of"] == "2021-11-19"
    assert understood("as_of", "下雨天") == ""
    assert understood("office", "2021-10-31") == ""


@pytest.mark.parametrize("key", ["chain", "city"])
def test_what_papers_and_imports_need_may_not_be_empty(ledger: Ledger, key: str) -> None:
    with pytest.raises(Faulty, match="不能空着") as told:
        save_office(ledger, key, "   ", "张三")
    assert [fault.name for fault in told.value.faults] == [key]


def test_a_mark_of_secrecy_is_pointed_out_and_kept_when_asked_again(ledger: Ledger) -> None:
    text = "机密★三年 推进办"
    with pytest.raises(Faulty, match="密级标志") as told:
        save_office(ledger, "office", text, "张三")
    assert [fault.stops for fault in told.value.faults] == [False]
    assert read_office(ledger)["office"] != text
    assert save_office(ledger, "office", text, "张三", insist=True) is not None


def test_a_text_without_end_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Faulty, match="最多写 200 个"):
        save_office(ledger, "backing_units", "局" * 201, "张三")


def test_taking_it_back(ledger: Ledger) -> None:
    saved = save_office(ledger, "chain_leader", "李四", "张三")
    assert saved is not None
    undo(ledger, saved.write_no, "张三")
    assert read_office(ledger)["chain_leader"] == "示例"


def test_what_is_not_filled_in_is_named() -> None:
    values = dict.fromkeys((field.key for field in OFFICE_FIELDS), "有") | {"host_areas": "", "as_of": ""}
    assert missing(values) == ("承载地",)
