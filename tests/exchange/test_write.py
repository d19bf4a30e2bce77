"""Exports: what is written comes back as it was, and nothing in it is ever a formula."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chain_office.db.desks import desk, desks
from chain_office.domain import values
from chain_office.domain.errors import KnownError
from chain_office.domain.specs import FieldSpec
from chain_office.domain.tables import ParsedTable
from chain_office.exchange import read_book, recognise
from chain_office.exchange.rows import ERRORS
from chain_office.exchange.write import MAX_TEXT, OutColumn, OutSheet, sheet_names, write_book

if TYPE_CHECKING:
    from pathlib import Path

RISKY = (
    "=1+1",
    "+86",
    "-1",
    "@x",
    "\t=1",
    "＝1",
    '=HYPERLINK("http://a")',
    "{=A1}",
    "http://a.b",
    "123",
    "_x0041_",
    "0.5%",
)


def written(path: Path, *columns: OutColumn, rows: list[list[object]], name: str = "表") -> list[list[object]]:
    write_book(path, [OutSheet(name, columns, rows)])
    return read_book(path).sheets[0].rows


def test_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    column = OutColumn(FieldSpec("remark", "备注", values.LONG_TEXT))
    rows = written(path, column, rows=[[text] for text in RISKY])
    assert [row[0] for row in rows[1:]] == [text.strip() for text in RISKY]
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b"<hyperlink" not in xml


def test_numbers_and_dates_are_real(tmp_path: Path) -> None:
    columns = (
        OutColumn(FieldSpec("total_yuan", "总投资", values.MONEY, unit="元"), unit="万元"),
        OutColumn(FieldSpec("total_yuan", "总投资", values.MONEY, unit="元")),
        OutColumn(FieldSpec("rate", "利率", values.PERCENT, unit="%")),
        OutColumn(FieldSpec("day", "日期", values.DAY)),
        OutColumn(FieldSpec("employees", "职工人数", values.INTEGER, unit="人")),
        OutColumn(FieldSpec("known", "是否规上", values.YES_NO)),
    )
    rows = written(
        tmp_path / "a.xlsx",
        *columns,
        rows=[
            [1_234_567, 1_234_567, Decimal("4.35"), date(2021, 9, 30), 12, "yes"],
            [None, None, None, None, None, None],
        ],
    )
    assert rows[0] == ["总投资(万元)", "总投资(元)", "利率", "日期", "职工人数(人)", "是否规上"]
    assert rows[1] == [123.4567, 1_234_567.0, "4.35%", date(2021, 9, 30), 12.0, "是"]
    assert len(rows) == 2


def test_control_characters_go_and_too_long_a_text_is_refused(tmp_path: Path) -> None:
    column = OutColumn(FieldSpec("remark", "备注", values.LONG_TEXT))
    assert written(tmp_path / "a.xlsx", column, rows=[["甲\x00\x0b乙\n丙"]])[1] == ["甲乙\n丙"]
    with pytest.raises(KnownError, match="备注"):
        written(tmp_path / "b.xlsx", column, rows=[["字" * (MAX_TEXT + 1)]])


def test_sheet_names_are_made_acceptable() -> None:
    names = sheet_names(["市直单位[一]/二", "市直单位[一]/二", "", "甲" * 40, "甲" * 41, "'引'"])
    assert names == ["市直单位_一__二", "市直单位_一__二(2)", "表", "甲" * 31, "甲" * 28 + "(2)", "引"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="写不出去"):
        write_book(tmp_path / "没有" / "a.xlsx", [OutSheet("表", (), [])])


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    column = OutColumn(FieldSpec("remark", "备注", values.TEXT))
    for name in ("a.xlsx", "b.xlsx"):
        write_book(tmp_path / name, [OutSheet("表", (column,), [["甲"], ["乙"]])])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_long_exports_are_streamed_and_counted(tmp_path: Path) -> None:
    column = OutColumn(FieldSpec("remark", "备注", values.TEXT))
    count = write_book(tmp_path / "a.xlsx", [OutSheet("表", (column,), ([f"第{n}行"] for n in range(3000)))])
    assert count == 3000
    assert read_book(tmp_path / "a.xlsx").sheets[0].rows[3000] == ["第2999行"]


def test_every_desk_written_is_read_as_that_desk_with_the_same_fields(tmp_path: Path) -> None:
    for one in desks():
        columns = tuple(OutColumn(spec) for spec in one if not spec.derived)
        samples = [_sample(column.spec) for column in columns]
        path = tmp_path / f"{one.id}.xlsx"
        write_book(path, [OutSheet(one.label, columns, [samples])])
        (table,) = recognise(read_book(path), desks(), banks=())
        assert isinstance(table, ParsedTable)
        assert table.desk == one.id
        assert [name for _, name in table.columns] == [column.spec.name for column in columns]
        read = {cell.field: cell.reading.value for cell in table.rows[0].cells}
        assert table.rows[0].refused == ()
        assert read == {column.spec.name: sample for column, sample in zip(columns, samples, strict=True)}


def _sample(spec: FieldSpec) -> object:
    samples: dict[str, object] = {
        "money": 1_234_567,
        "integer": 12,
        "decimal": Decimal("12.5"),
        "quantity": Decimal("12.5"),
        "percent": Decimal("4.35"),
        "day": date(2021, 9, 30),
        "month": "2021-09",
        "credit_code": "91350100M000100Y43",
        "phone": "13800138000",
        "industry_code": "3211",
        "yes_no": "yes",
        "flag": True,
    }
    return samples.get(spec.kind.name.partition(":")[0], "某某内容")


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=60).filter(
    lambda text: text.strip() not in ERRORS
)  # a cell that says #REF! is read as the error it looks like


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=5),
    money=st.integers(min_value=0, max_value=10**14),
    unit=st.sampled_from(["元", "千元", "万元", "亿元"]),
)
def test_what_is_written_is_read_again(tmp_path: Path, texts: list[str], money: int, unit: str) -> None:
    spec = desk("projects").field("total_yuan")
    name = desk("projects").field("remark")
    columns = (OutColumn(desk("projects").field("name")), OutColumn(spec, unit=unit), OutColumn(name))
    path = tmp_path / "a.xlsx"
    write_book(path, [OutSheet("项目", columns, [["甲项目", money, text] for text in texts])])
    (table,) = recognise(read_book(path), desks())
    assert isinstance(table, ParsedTable)
    assert [row.value("total_yuan") for row in table.rows] == [money] * len(texts)
    expected = [values.TEXT.parse(text).value for text in texts]
    assert [row.value("remark") for row in table.rows] == expected
