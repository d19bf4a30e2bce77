"""The check finds what does not agree, whoever did it, and names the records."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db import guard
from chain_office.db.consistency import disagreements
from chain_office.queries import finance
from chain_office.services.checks import Check, check_ledger, days_to_prove
from chain_office.services.ledgers import cut_off, open_existing
from chain_office.services.reconciling import IDENTITIES

if TYPE_CHECKING:
    from pathlib import Path

OUTSIDE = "没有本程序之外的修改"
READABLE = "日期、月份和金额都读得懂"


def checked(path: Path) -> dict[str, Check]:
    with open_existing(path, read_only=True) as ledger:
        return {one.name: one for one in check_ledger(ledger)}


def disagreeing(path: Path) -> dict[str, tuple[str, ...]]:
    """The checks of what is kept twice, without those of the figures: the file itself stays sound."""
    with open_existing(path, read_only=True) as ledger:
        guard.full_check(ledger.database, path)
        return {one.name: one.records for one in disagreements(ledger)}


def edit(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as other:
        other.execute(statement)
    other.close()


def test_the_sample_passes_every_check(office: Path) -> None:
    found = checked(office)
    assert [one for one in found.values() if not one.passed] == []
    assert len(found) >= 19


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE problem SET state = 'reported' WHERE number = 1", "问题的登记内容与办理步骤一致"),
        ("UPDATE problem SET rounds = rounds + 1 WHERE number = 1", "问题的登记内容与办理步骤一致"),
        ("UPDATE problem_event SET state = 'doing', kind = 'verify'", "问题的办理步骤步步合规"),
        ("UPDATE problem_event SET seq = 2 WHERE seq = 1", "问题的办理步骤步步合规"),
        ("UPDATE assignment SET ended_day = '2021-01-01' WHERE role = 'lead'", "有单位承办的问题恰有一个牵头单位"),
        ("UPDATE problem SET assigned_day = NULL WHERE state = 'closed'", "已交办的问题都有交办时间"),
        ("UPDATE project SET stage = 'stopped' WHERE number = 1", "项目的当前阶段与最后一次变更一致"),
        ("UPDATE match SET reached = 'intent' WHERE reached = 'drawn'", "对接的进度与授信、放款一致"),
        ("UPDATE drawdown SET day = NULL", "授信和放款都有日期"),
        ("UPDATE register_spell SET entry_day = '2030-01-01' WHERE exit_day IS NOT NULL", "在册时间没有倒置"),
        ("UPDATE problem_span SET day_from = '2020-01-01'", "问题的状态区间与步骤一致"),
        ("UPDATE enterprise SET name = '改过的名字有限公司' WHERE number = 3", "检索索引与记录一致"),
        ("UPDATE tally_month SET month_yuan = month_yuan + 1", "汇总数与记录一致"),
    ],
)
def test_what_does_not_agree_is_named(office: Path, statement: str, name: str) -> None:
    edit(office, statement)
    assert disagreeing(office)[name]


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE drawdown SET drawn_yuan = '约五百万'", "drawdown.drawn_yuan"),
        ("UPDATE visit SET day = '2020-02-31' WHERE number = 1", "visit.day"),
        ("UPDATE visit SET day = '去年' WHERE number = 1", "visit.day"),
        ("UPDATE enterprise SET employees = 1.5 WHERE number = 1", "enterprise.employees"),
        ("UPDATE monthly_output SET month = '2021-13' WHERE month = '2021-09'", "monthly_output.month"),
    ],
)
def test_a_value_of_no_kind_is_found(office: Path, statement: str, place: str) -> None:
    edit(office, statement)
    assert place in disagreeing(office)[READABLE]


def test_an_edit_from_outside_is_counted(office: Path) -> None:
    edit(office, "UPDATE enterprise SET remark = 'x' WHERE number IN (1, 2)")
    assert "2 处" in checked(office)[OUTSIDE].detail


def test_an_identity_is_proved_on_every_date_on_which_it_can_change(office: Path) -> None:
    """Its own dates are enough: on any date between them its two sides are those of the last of its own before."""
    with open_existing(office, read_only=True) as ledger:
        own = days_to_prove(ledger)
        every = sorted(frozenset[date]().union(*own.values()))
        for identity in IDENTITIES:
            mine = sorted(own[identity.words])
            assert cut_off(ledger) in mine
            for day in [one for one in every if one > mine[0] and one not in mine][::9]:
                before = max(one for one in mine if one < day)
                assert list(identity.sides(ledger, day)) == list(identity.sides(ledger, before)), (identity.words, day)


def test_a_fault_of_one_date_is_told_with_it(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loan that one bank has lost on the day it was drawn: that date is named, and no other desk is blamed."""
    whole = finance.by_bank
    bad = date(2020, 11, 18)
    monkeypatch.setattr(finance, "by_bank", lambda ledger, day: whole(ledger, day)[1 if day == bad else 0 :])
    failed = [one for one in checked(office).values() if not one.passed]
    assert [one.name for one in failed] == ["授信、放款按银行相加等于总数"]
    assert failed[0].detail.startswith("2020-11-18 ")
    assert "；" not in failed[0].detail
