"""The field's own headings and odd rows, through the reader the program uses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chain_office.db.desks import desks
from chain_office.domain.tables import ParsedTable
from chain_office.exchange import read_book, recognise

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "domain" / "vectors.json").read_text(encoding="utf-8")
)["messy_values"]
KEYS = {"issue": ["企业名称", "存在问题"], "project": ["项目名称", "建设阶段"], "enterprise": ["企业名称", "主要产品"]}
FIELDS = {"total": "total_yuan"}
BODY = {"issue": ["甲厂有限公司", "用电价格高"], "project": ["甲项目", "在建"], "enterprise": ["甲厂有限公司", "铜材"]}
VALUES = {"total": 5, "lead_unit": "市发改委", "district": "常宁市"}


def table(path: Path, rows: list[list[Any]]) -> ParsedTable:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    (found,) = recognise(read_book(path), desks())
    assert isinstance(found, ParsedTable)
    return found


@pytest.mark.parametrize("vector", [one for one in VECTORS if one["kind"] == "header"], ids=lambda one: one["raw"])
def test_a_heading_names_its_field(tmp_path: Path, vector: dict[str, Any]) -> None:
    expect = vector["expect"]
    head, body = KEYS[expect["form"]], BODY[expect["form"]]
    found = table(tmp_path / "表.xlsx", [[*head, vector["raw"]], [*body, VALUES[expect["field"]]]])
    wanted = FIELDS.get(expect["field"], expect["field"])
    assert wanted in {field for _, field in found.columns}
    if expect.get("unit") == "亿元":
        assert found.rows[0].value(wanted) == 500_000_000
    assert any("像是" in one.reason for one in found.warned) == expect.get("fuzzy", False)


@pytest.mark.parametrize("vector", [one for one in VECTORS if one["kind"] == "row"], ids=lambda one: one["raw"])
def test_a_row_that_is_no_record_is_none(tmp_path: Path, vector: dict[str, Any]) -> None:
    expect = vector["expect"]
    head = ["序号", "项目名称", "建设性质"]
    rows = [head, [vector["raw"], None, None], [1, "甲项目", "新建"], [2, "乙项目", "新建"]]
    if expect["skip"] in {"subtotal", "footer"}:
        rows = [head, rows[2], rows[3], rows[1]]
    elif expect["skip"] == "caption":
        rows = [rows[1], head, rows[2], rows[3]]
    found = table(tmp_path / "表.xlsx", rows)
    assert [row.value("name") for row in found.rows] == ["甲项目", "乙项目"]
    if "group" in expect:
        assert all(expect["group"] in row.group for row in found.rows)
