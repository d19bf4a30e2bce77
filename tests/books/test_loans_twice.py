"""A loan is counted once however often it is reported: identity is borrower, bank, date and amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books.running import figures, read_in
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.books.running import Report

_HEAD = ["企业名称", "银行", "对接会", "对接会日期", "意向金额(万元)", "放款金额(万元)", "放款时间"]


def _in(folder: Path, name: str, *rows: Sequence[object]) -> Report:
    draft = Draft(folder, name)
    draft.sheet("落实情况", [["银企对接落实情况表"], _HEAD, *rows])
    report = read_in(folder / "台账.ledger", draft.save())
    assert report.code == 0, (report.errors, report.said("refused"))
    return report


def _drawn(folder: Path) -> object:
    return figures(folder / "台账.ledger", "2021-12-31")["finance.drawn_yuan"]


def test_the_same_loan_in_the_report_of_a_second_event_is_counted_once(tmp_path: Path) -> None:
    _in(tmp_path, "春.xlsx", ["甲厂有限公司", "建设银行", "春季对接会", "2021-03-01", 800, 500, "2021-04-08"])
    _in(
        tmp_path,
        "秋.xlsx",
        ["甲厂有限公司", "建设银行", "秋季对接会", "2021-09-01", 900, 500, "2021-04-08"],
        ["甲厂有限公司", "建设银行", "秋季对接会", "2021-09-01", 900, 300, "2021-10-08"],
    )
    assert _drawn(tmp_path) == 8_000_000


def test_the_same_loan_under_two_intents_is_counted_once_and_said(tmp_path: Path) -> None:
    report = _in(
        tmp_path,
        "表.xlsx",
        ["甲厂有限公司", "建设银行", "春季对接会", "2021-03-01", 800, 500, "2021-04-08"],
        ["甲厂有限公司", "建设银行", "春季对接会", "2021-03-01", 900, 500, "2021-04-08"],
    )
    assert _drawn(tmp_path) == 5_000_000
    assert any("只计一次" in str(one) for one in report.said("warned"))


def test_another_day_amount_bank_or_borrower_is_another_loan(tmp_path: Path) -> None:
    _in(
        tmp_path,
        "表.xlsx",
        ["甲厂有限公司", "建设银行", "春季对接会", "2021-03-01", 800, 500, "2021-04-08"],
        ["甲厂有限公司", "建设银行", "春季对接会", "2021-03-01", 800, 500, "2021-06-08"],
        ["甲厂有限公司", "农业银行", "春季对接会", "2021-03-01", 800, 500, "2021-04-08"],
        ["乙厂有限公司", "建设银行", "春季对接会", "2021-03-01", 800, 500, "2021-04-08"],
    )
    assert _drawn(tmp_path) == 20_000_000
