"""Exports that come back: a contact whose name was edited keeps its number; a vague day stays vague."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from chain_office.services.ledgers import open_existing
from tests.books.running import command, read_in
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from pathlib import Path


def test_an_edited_name_keeps_the_number(tmp_path: Path) -> None:
    ledger, out = tmp_path / "台账.ledger", tmp_path / "导出.xlsx"
    draft = Draft(tmp_path, "名册.xlsx")
    draft.sheet(
        "名册",
        [["规上企业名册"], ["序号", "企业名称", "联系人", "联系电话"], [1, "甲厂有限公司", "张三", "13800138000"],
         [2, "甲厂有限公司", "李四", "13900139000"]],
    )  # fmt: skip
    read_in(ledger, draft.save())
    assert command("export", str(ledger), str(out))[0] == 0
    book = openpyxl.load_workbook(out)
    for row in book["企业联系人"].iter_rows(min_row=2):
        for cell in row:
            if cell.value == "张三":
                cell.value = "张三丰"
    book.save(out)
    assert read_in(ledger, out).said("refused") == []
    with open_existing(ledger, read_only=True) as opened:
        found = opened.rows("SELECT name, phone FROM contact WHERE deleted_at IS NULL ORDER BY id")
    assert found == [("张三丰", "13800138000"), ("李四", "13900139000")]


def test_ten_days_stay_ten_days(tmp_path: Path) -> None:
    ledger, out = tmp_path / "台账.ledger", tmp_path / "导出.xlsx"
    draft = Draft(tmp_path, "走访.xlsx")
    draft.sheet(
        "走访",
        [
            ["2021年走访记录"],
            ["走访日期", "企业名称", "经营情况"],
            ["3月上旬", "甲厂有限公司", "好"],
            ["3月", "乙厂有限公司", "好"],
        ],
    )
    read_in(ledger, draft.save())
    assert command("export", str(ledger), str(out))[0] == 0
    again = read_in(ledger, out)
    assert {(sheet["new"], sheet["changed"]) for sheet in again.sheets} == {(0, 0)}
    with open_existing(ledger, read_only=True) as opened:
        assert opened.rows("SELECT precision FROM visit ORDER BY number") == [("xun",), ("month",)]
