"""Stays on the register: a firm that came back has two, an exit never lies before its entry, an export keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books.running import Report, command, figures, read_in
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = ["企业名称", "入规时间", "退规时间"]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "台账.ledger"


def _in(ledger: Path, name: str, *rows: list[object]) -> Report:
    draft = Draft(ledger.parent, f"{name}.xlsx")
    draft.sheet("名册", [["规上企业名册"], _HEAD, *rows])
    return read_in(ledger, draft.save())


def _total(ledger: Path, day: str) -> object:
    return figures(ledger, day)["enterprises.total"]


@pytest.mark.parametrize("first", ["2015-01-01", None])
def test_a_firm_that_came_back_was_away_in_between(ledger: Path, first: str | None) -> None:
    _in(ledger, "旧", ["甲厂有限公司", first, "2018-06-01"])
    _in(ledger, "新", ["甲厂有限公司", "2019-03-01", None])
    out = ledger.with_name("导出.xlsx")
    assert command("export", str(ledger), str(out))[0] == 0
    again = read_in(ledger, out)
    assert [(sheet["new"], sheet["changed"]) for sheet in again.sheets if sheet["desk"] == "enterprises"] == [(0, 0)]
    assert [_total(ledger, day) for day in ("2018-05-31", "2018-06-01", "2019-02-28", "2019-03-01")] == [1, 0, 0, 1]


def test_the_earlier_stay_may_come_later(ledger: Path) -> None:
    _in(ledger, "新", ["甲厂有限公司", "2019-03-01", None])
    _in(ledger, "旧", ["甲厂有限公司", "2015-01-01", "2018-06-01"])
    assert [_total(ledger, day) for day in ("2014-12-31", "2015-01-01", "2018-06-01", "2019-03-01")] == [0, 1, 0, 1]


def test_an_exit_before_the_entry_on_record_is_refused(ledger: Path) -> None:
    _in(ledger, "新", ["甲厂有限公司", "2020-05-01", None])
    report = _in(ledger, "错", ["甲厂有限公司", None, "2019-01-01"])
    assert report.code == 1
    assert "不晚于入规时间" in report.said("refused")[0][-1]
    assert _total(ledger, "2021-01-01") == 1
    assert command("check", str(ledger))[0] == 0
