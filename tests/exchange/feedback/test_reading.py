"""Forms as they come back are read: whole, mutilated, renamed; what cannot be read says why and what to do."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chain_office.domain import feedback
from chain_office.domain.errors import KnownError
from chain_office.exchange.feedback.read import files_in, read_form, read_forms
from chain_office.exchange.feedback.recognise import is_form
from tests.exchange.feedback.forms import COLUMNS, Filled, sheet_form, word_form

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.exchange.feedback.form import FormFile

UNIT = "市发展和改革委员会"
FIRST = Filled({
    "code": "WT0012-3", "record_no": "WT0012", "enterprise": "湖南示例铜业有限公司", "problem": "用电容量不足", "role": "牵头",
    "deadline": "2021-03-20", "received": "是", "received_by": "李四", "received_day": "3月5日", "status": "部分解决",
    "done": "已架设临时线路", "reason": "变压器未到货", "next_step": "4月装表", "due_day": "4月30日",
})  # fmt: skip
SECOND = Filled({
    "code": "WT0013-2", "record_no": "WT0013", "enterprise": "常宁示例锌业有限公司", "problem": "用地指标未落实", "role": "配合",
    "status": "办理中", "done": "已到现场踏勘",
})  # fmt: skip
_ASKED = ("status", "done", "reason", "next_step", "due_day", "received", "received_by", "received_day")


def told(form: FormFile) -> dict[str, dict[str, str]]:
    """What a form says, by the number of its line."""
    assert not form.refused, form.refused
    return {
        row.receipt.record_no if row.receipt else row.text("problem"): {
            key: row.text(key) for key in _ASKED if row.text(key)
        }
        for row in form.rows
    }


def expected(*lines: Filled) -> dict[str, dict[str, str]]:
    return {line.text("record_no"): {key: line.text(key) for key in _ASKED if line.text(key)} for line in lines}


@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "plain"])
def test_a_word_form_is_read_by_its_controls_and_without_them(tmp_path: Path, tagged: bool) -> None:
    form = read_form(word_form(tmp_path / "回来的.docx", [FIRST, SECOND], unit=UNIT, day="3月15日", tagged=tagged))
    assert told(form) == expected(FIRST, SECOND)
    assert [row.receipt for row in form.rows] == [feedback.Receipt(12, 3), feedback.Receipt(13, 2)]
    assert {row.text("unit") for row in form.rows} == {UNIT}
    assert {row.text("filled_day") for row in form.rows} == {"3月15日"}
    assert form.rows[1].place.startswith("表2")


def test_a_workbook_is_read_by_its_headings_and_its_days_stay_days(tmp_path: Path) -> None:
    path = tmp_path / "反馈.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, heading in enumerate(("回执号", "办理状态", "办理情况", "填报日期", "单位")):
        sheet.write(0, column, heading)
    sheet.write_row(1, 0, ["WT0012-3", "办理中", "正在办"])
    sheet.write_datetime(1, 3, date(2021, 3, 15), day)
    sheet.write(1, 4, UNIT)
    book.close()
    (row,) = read_form(path).rows
    assert row.values["filled_day"] == date(2021, 3, 15)
    assert row.text("unit") == UNIT
    assert row.place == "第2行"


def test_what_was_typed_beside_a_control_or_over_it_is_read(tmp_path: Path) -> None:
    path = word_form(tmp_path / "a.docx", [FIRST], unit=UNIT)
    document = docx.Document(str(path))
    cell = next(
        cell
        for row in document.tables[0].rows
        for cell in row.cells
        if "w:sdt" in cell._tc.xml and "临时" in cell._tc.xml
    )
    cell.paragraphs[0].add_run("，月底前再换正式线路")
    status = next(cell for row in document.tables[0].rows for cell in row.cells if "部分解决" in cell._tc.xml)
    for child in list(status.paragraphs[0]._p):
        status.paragraphs[0]._p.remove(child)
    status.paragraphs[0].add_run("已办结")
    document.save(str(path))
    found = told(read_form(path))["WT0012"]
    assert found["done"] == "已架设临时线路，月底前再换正式线路"
    assert found["status"] == "已办结"


def test_a_copied_table_counts_by_the_number_that_was_retyped_on_it(tmp_path: Path) -> None:
    """Copying a table in Word copies its controls with their tags; people retype what they see."""
    copied = Filled({**FIRST.values, "record_no": "WT0015", "code": ""})
    path = word_form(tmp_path / "a.docx", [FIRST], unit=UNIT)
    document = docx.Document(str(path))
    table = document.tables[0]
    for cell in (table.cell(0, 1), table.cell(0, 3)):
        for node in cell._tc.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
            node.text = {"WT0012-3": "", "WT0012": "WT0015"}.get(node.text or "", node.text)
    document.save(str(path))
    (row,) = read_form(path).rows
    assert row.receipt is not None
    assert row.receipt.record_no == copied.text("record_no")


_SYNONYMS = {key: [one for one in feedback.spec(key).headings] for key in COLUMNS}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_columns_moved_renamed_and_rows_added_change_nothing(tmp_path: Path, data: st.DataObject) -> None:
    kept = [key for key in COLUMNS if key not in {"code", "record_no"}]
    number = data.draw(st.sampled_from([["code"], ["record_no"], ["code", "record_no"]]))
    columns = data.draw(st.permutations([*number, *kept]))
    headings = {key: data.draw(st.sampled_from(_SYNONYMS[key])) for key in columns}
    mark = data.draw(st.sampled_from(["", "*", "（必填）", "\n（请填写）", "："]))
    path = tmp_path / "表.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(data.draw(st.sampled_from(["Sheet1", "反馈", "市发改委"])))
    top = data.draw(st.integers(0, 4))
    extra = data.draw(st.integers(0, 2))
    if top:
        sheet.write(0, 0, data.draw(st.sampled_from(["反馈表", "关于问题办理情况的报告", "（盖章）"])))
    for place, key in enumerate(columns):
        sheet.write(top, place + extra, headings[key] + mark)
    at = top + 1
    for line in (FIRST, SECOND, Filled({"enterprise": "某厂", "problem": "自己加的一行", "done": "在办"})):
        at += data.draw(st.integers(0, 2))  # blank rows
        for place, key in enumerate(columns):
            sheet.write(at, place + extra, line.text(key))
        at += 1
    sheet.write(at + 1, 0, "填报单位：市发改委　填报人：张三　填报日期：2021年3月15日")
    book.close()
    form = read_form(path)
    assert told(form) == {**expected(FIRST, SECOND), "自己加的一行": {"done": "在办"}}
    assert form.rows[2].receipt is None
    assert form.rows[0].text("unit") == "市发改委"
    assert form.rows[0].text("filled_day") == "2021年3月15日"


def test_a_unit_that_types_on_in_the_next_row_wrote_one_line(tmp_path: Path) -> None:
    columns = ("record_no", "enterprise", "problem", "status", "done")
    lines = [FIRST, Filled({"done": "另已协调供电公司"}), SECOND]
    form = read_form(sheet_form(tmp_path / "a.xlsx", lines, unit=UNIT, columns=columns))
    assert [row.text("done") for row in form.rows] == ["已架设临时线路\n另已协调供电公司", "已到现场踏勘"]


def test_a_column_of_earlier_progress_is_not_taken_for_the_answer(tmp_path: Path) -> None:
    headings = {"reason": "上次办理情况"}
    line = Filled({**SECOND.values, "reason": "旧的"})
    columns = ("record_no", "reason", "status", "done")
    (row,) = read_form(sheet_form(tmp_path / "a.xlsx", [line], unit=UNIT, columns=columns, headings=headings)).rows
    assert row.text("done") == "已到现场踏勘"


def test_a_receipt_that_stands_outside_the_table_belongs_to_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("反馈表")
    table = document.add_table(2, 2)
    for at, (label, value) in enumerate((("办理状态", "办理中"), ("办理情况", "正在办"))):
        table.cell(at, 0).text, table.cell(at, 1).text = label, value
    document.sections[0].footer.paragraphs[0].text = "回执号 WT0012-3"
    document.save(str(tmp_path / "a.docx"))
    (row,) = read_form(tmp_path / "a.docx").rows
    assert row.receipt == feedback.Receipt(12, 3)


# What cannot be read.


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("扫描.pdf", b"%PDF-1.7 ...", "PDF"),
        ("照片.jpg", b"\xff\xd8\xff\xe0", "图片"),
        ("打包.rar", b"Rar!\x1a\x07", "解压"),
        ("空.docx", b"", "空文件"),
        ("改名.docx", b"<html><body>WT0012-3</body></html>", "网页"),
        ("旧.rtf", b"{\\rtf1 WT0012-3}", "RTF"),
        ("坏.docx", b"PK\x03\x04 broken", "损坏"),
        ("乱.docx", b"\x01\x02\x03", "读不了"),
        ("加密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    form = read_form(path)
    assert not form.is_form
    assert name in form.refused
    assert says in form.refused
    assert "请" in form.refused


def _body(inner: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return b'<?xml version="1.0"?><w:document xmlns:w="' + space + b'"><w:body>' + inner + b"</w:body></w:document>"


def test_hostile_documents_are_refused_before_they_grow(tmp_path: Path) -> None:
    bomb = _zip(tmp_path / "炸弹.docx", {"word/document.xml": _body(b"<w:p/>") + b" " * (30 * 1024 * 1024)})
    assert "压缩" in read_form(bomb).refused
    noise = random.Random(1).randbytes(17 * 1024 * 1024)
    big = _zip(tmp_path / "很大.docx", {"word/document.xml": noise})
    assert "不像反馈表" in read_form(big).refused
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert "DTD" in read_form(_zip(tmp_path / "实体.docx", {"word/document.xml": entities})).refused
    deep = _body(b"<w:tbl><w:tr><w:tc>" * 5000)
    assert "损坏" in read_form(_zip(tmp_path / "很深.docx", {"word/document.xml": deep})).refused
    wide = _body(b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>')
    assert "不像反馈表" in read_form(_zip(tmp_path / "很宽.docx", {"word/document.xml": wide})).refused


def test_struck_out_text_and_second_copies_are_not_read(tmp_path: Path) -> None:
    cells = b"".join(
        b"<w:tc><w:p>" + inner + b"</w:p></w:tc>"
        for inner in (
            "<w:r><w:t>办理情况</w:t></w:r>".encode(),
            "<w:del><w:r><w:delText>旧的</w:delText><w:t>旧的</w:t></w:r></w:del><w:ins><w:r><w:t>新的</w:t></w:r></w:ins>".encode(),
            "<w:r><w:t>记录号</w:t></w:r>".encode(),
            b"<w:r><w:t>WT0012</w:t></w:r>",
        )
    )
    path = _zip(tmp_path / "a.docx", {"word/document.xml": _body(b"<w:tbl><w:tr>" + cells + b"</w:tr></w:tbl>")})
    (row,) = read_form(path).rows
    assert row.text("done") == "新的"


def test_a_book_that_is_no_form_is_left_to_the_import(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_row(0, 0, ["企业名称", "统一社会信用代码", "职工人数"])
    assert "导入" in read_form(path).refused
    assert not is_form(path)
    assert is_form(sheet_form(tmp_path / "表.xlsx", [FIRST], unit=UNIT))
    assert is_form(word_form(tmp_path / "表.docx", [FIRST], unit=UNIT))
    csv = tmp_path / "表.csv"
    csv.write_bytes("回执号,办理状态,办理情况\nWT0012-3,办理中,在办\n".encode("gb18030"))
    assert is_form(csv)
    assert told(read_form(csv)) == {"WT0012": {"status": "办理中", "done": "在办"}}


def test_a_folder_is_its_files_without_what_programs_leave_there(tmp_path: Path) -> None:
    inner = tmp_path / "各单位" / "市直"
    inner.mkdir(parents=True)
    kept = [
        sheet_form(inner / "a.xlsx", [FIRST], unit=UNIT),
        word_form(tmp_path / "各单位" / "b.docx", [SECOND], unit=UNIT),
    ]
    for name in ("~$b.docx", "Thumbs.db", ".DS_Store"):
        (tmp_path / "各单位" / name).write_bytes(b"x")
    found = files_in([tmp_path / "各单位", kept[0]])
    assert sorted(found) == sorted(kept)
    assert [form.path for form in read_forms(found)] == list(found)


def test_too_many_files_at_once_are_said(tmp_path: Path) -> None:
    for number in range(501):
        (tmp_path / f"{number}.docx").touch()
    with pytest.raises(KnownError, match="分几次"):
        files_in([tmp_path])


def test_an_open_document_text_is_read(tmp_path: Path) -> None:
    office, text, table = (
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    cells = "".join(
        f"<table:table-cell><text:p>{one}</text:p></table:table-cell>"
        for one in ("记录号", "WT0012", "办理情况", "正在<text:s/>办")
    )
    body = (
        f"<office:document-content {office} {text} {table}><office:body><office:text><text:p>反馈表</text:p>"
        f"<table:table><table:table-row>{cells}</table:table-row></table:table></office:text></office:body>"
        "</office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", body)
    (tmp_path / "a.odt").write_bytes(data.getvalue())
    assert told(read_form(tmp_path / "a.odt")) == {"WT0012": {"done": "正在 办"}}


def test_a_broken_book_among_others_spoils_none_of_them(tmp_path: Path) -> None:
    good = [sheet_form(tmp_path / f"{at}.xlsx", [FIRST], unit=UNIT) for at in range(3)]
    broken = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(good[0]) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    _zip(broken, {**parts, "xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"][:200]})
    locked = tmp_path / "旧.xls"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + bytes(512))
    found = read_forms([good[0], broken, good[1], locked, good[2]])
    assert [form.is_form for form in found] == [True, False, True, False, True]
    assert "坏.xlsx" in found[1].refused
    assert "旧.xls" in found[3].refused
    assert all(told(form) == expected(FIRST) for form in found if form.is_form)
