"""What a later book does to problems that an earlier one brought: days, units and verdicts are the later row's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books.running import Report, command, figures, read_in
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HEAD = [
    "企业",
    "存在问题",
    "牵头单位",
    "配合单位",
    "交办时间",
    "办结时限",
    "反馈时间",
    "办结时间",
    "办理状态",
    "核实情况",
]
_COUNTED = ("collected", "waiting", "to_assign", "open", "reported", "closed")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "台账.ledger"


def _in(ledger: Path, name: str, rows: Sequence[Sequence[object]]) -> Report:
    draft = Draft(ledger.parent, f"{name}.xlsx")
    draft.sheet("清单", rows)
    return read_in(ledger, draft.save())


def _at(ledger: Path, day: str) -> dict[str, int]:
    found = figures(ledger, day)
    return {name: found[f"problems.{name}"] for name in _COUNTED if found[f"problems.{name}"]}


def _sound(ledger: Path) -> bool:
    return command("check", str(ledger))[0] == 0


def test_what_was_collected_is_handed_over_on_the_day_the_row_states(ledger: Path) -> None:
    _in(
        ledger,
        "收集",
        [["企业问题清单（2021年1月5日）"], ["企业", "存在问题"], ["甲厂", "用地"], ["乙厂", "用电"], ["丙厂", "用工"]],
    )
    handed = ["市科技局", "市财政局", "2021-03-01", "2021-06-30"]
    report = _in(
        ledger,
        "交办",
        [["问题交办清单"], ["截至2021年11月19日"], _HEAD,
         ["甲厂", "用地", *handed, "2021-06-25", "2021-07-01", "已办结", "已核实"],
         ["乙厂", "用电", *handed, None, None, "办理中", None],
         ["丙厂", "用工", *handed, None, None, None, None]],
    )  # fmt: skip
    assert report.said("refused") == []
    assert _at(ledger, "2021-02-28") == {"collected": 3, "waiting": 3}
    assert _at(ledger, "2021-03-01") == {"collected": 3, "open": 3}
    assert _at(ledger, "2021-06-25") == {"collected": 3, "open": 2, "reported": 1}
    assert _at(ledger, "2021-07-01") == {"collected": 3, "open": 2, "closed": 1}
    assert figures(ledger, "2021-07-01")["problems.overdue"] == 2
    assert _sound(ledger)


def test_a_hand_over_before_the_day_of_collection_corrects_that_day(ledger: Path) -> None:
    _in(ledger, "收集", [["企业问题清单"], ["截至2021年6月30日"], ["企业", "存在问题"], ["甲厂", "用地"]])
    report = _in(
        ledger, "交办",
        [["问题交办清单"], _HEAD, ["甲厂", "用地", "市科技局", None, "2021-06-25", None, None, None, "办理中", None]],
    )  # fmt: skip
    assert any("收集时间按交办时间更正" in said[-1] for said in report.said("warned"))
    assert _at(ledger, "2021-06-24") == {}
    assert _at(ledger, "2021-06-25") == {"collected": 1, "open": 1}
    assert _sound(ledger)


def test_verdicts_of_a_later_table_screen_what_waited(ledger: Path) -> None:
    _in(ledger, "收集", [["企业问题清单（2021年1月5日）"], ["企业", "存在问题"], ["甲厂", "用地"], ["乙厂", "用电"]])
    _in(
        ledger,
        "筛选",
        [["企业问题清单（2021年2月5日）"], ["企业", "存在问题", "企业很急需", "条件又具备", "政府办得到"],
         ["甲厂", "用地", "√", "√", "√"], ["乙厂", "用电", "√", "×", "√"]],
    )  # fmt: skip
    assert _at(ledger, "2021-02-04") == {"collected": 2, "waiting": 2}
    assert _at(ledger, "2021-02-05") == {"collected": 2, "to_assign": 1}
    assert figures(ledger, "2021-02-05")["problems.pooled"] == 1


def test_a_problem_opened_again_was_closed_before(ledger: Path) -> None:
    row = ["甲厂", "用地", "市科技局", None, "2021-03-01", "2021-06-30", None]
    for as_of, closed, status, verified in (
        ("2021年9月1日", "2021-07-01", "已办结", "已核实"),
        ("2021年10月1日", None, "办理中", None),
        ("2021年11月10日", "2021-11-01", "已办结", "已核实"),
    ):
        _in(ledger, as_of, [["问题交办清单"], [f"截至{as_of}"], _HEAD, [*row, closed, status, verified]])
    assert _at(ledger, "2021-06-30") == {"collected": 1, "open": 1}
    assert _at(ledger, "2021-08-01") == {"collected": 1, "closed": 1}
    assert _at(ledger, "2021-10-15") == {"collected": 1, "open": 1}
    assert _at(ledger, "2021-11-05") == {"collected": 1, "closed": 1}
    assert _sound(ledger)


def test_a_corrected_closing_day_moves_the_closing(ledger: Path) -> None:
    row = ["甲厂", "用地", "市科技局", None, "2021-03-01", "2021-06-30", None]
    for name, closed in (("甲", "2021-07-01"), ("乙", "2021-06-01")):
        _in(ledger, name, [["问题交办清单"], _HEAD, [*row, closed, "已办结", "已核实"]])
    assert _at(ledger, "2021-06-15") == {"collected": 1, "closed": 1}
    assert _sound(ledger)


def test_a_report_that_does_not_fit_its_row_counts_no_problem_twice(ledger: Path) -> None:
    row = ["甲厂", "用地", "市科技局", None, "2021-03-01", "2021-06-30"]
    report = _in(ledger, "表", [["问题交办清单"], _HEAD, [*row, "2021-07-10", "2021-07-01", "已办结", "已核实"]])
    assert any("晚于办结时间" in said[-1] for said in report.said("warned"))
    assert _at(ledger, "2021-07-05") == {"collected": 1, "closed": 1}
    assert _sound(ledger)
