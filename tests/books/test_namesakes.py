"""Projects of one name: a code on each side tells them apart, one without a code is the one known by the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books.running import figures, read_in
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from pathlib import Path


def test_two_codes_are_two_projects(tmp_path: Path) -> None:
    draft = Draft(tmp_path, "项目.xlsx")
    draft.sheet(
        "项目",
        [["2021年重点项目（单位：亿元）"], ["项目代码", "项目名称", "建设阶段", "总投资"],
         ["A1", "甲项目", "在建", 1.5], ["A2", "甲项目", "在建", 2.5], [None, "乙项目", "在建", 1], ["B1", "乙项目", "在建", 1]],
    )  # fmt: skip
    book, ledger = draft.save(), tmp_path / "台账.ledger"
    report = read_in(ledger, book)
    assert [said[-1] for said in report.said("warned") if "同名" in said[-1]] != []
    assert figures(ledger, "2021-12-31")["projects.under_construction"] == 3
    assert read_in(ledger, book).counts() == {"项目": ("projects", 0, 0, 4, 0)}
