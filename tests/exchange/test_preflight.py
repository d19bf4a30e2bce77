"""Files that must be refused, each with its own sentence, before or without harm to the program."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from chain_office.domain.errors import KnownError
from chain_office.exchange import preflight, read_book, scan
from chain_office.exchange.parser import Parser

if TYPE_CHECKING:
    import io
    from pathlib import Path

CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c></row>'
SHEET = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def plain_book(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("名册")
        sheet.write_row(0, 0, ["企业名称", "联系电话"])
        sheet.write_row(1, 0, ["湖南甲铜业有限公司", "13800138000"])
    return path


def with_parts(path: Path, **parts: str | bytes) -> Path:
    """A good workbook with some of its parts replaced; ``sheet`` is the worksheet's XML."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml", "styles": "xl/styles.xml"}
    replaced = {names.get(key, key): value for key, value in parts.items()}
    good = plain_book(path.with_suffix(".good"))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, replaced.pop(name, source.read(name)))
        for name, content in replaced.items():
            target.writestr(name, content)
    return path


def sheet_xml(data: str, tail: str = "") -> str:
    return f"{SHEET}<sheetData>{data}</sheetData>{tail}</worksheet>"


def refusal(path: Path) -> str:
    with pytest.raises(KnownError) as caught:
        read_book(path)
    assert "\n" not in caught.value.message
    assert caught.value.message.endswith("。")
    return caught.value.message


def test_a_good_book_passes(tmp_path: Path) -> None:
    assert read_book(plain_book(tmp_path / "好.xlsx")).sheets[0].rows[1] == ["湖南甲铜业有限公司", "13800138000"]


def test_the_path_may_hold_chinese_and_blanks(tmp_path: Path) -> None:
    folder = tmp_path / "产业链 办 公"
    folder.mkdir()
    assert read_book(plain_book(folder / "名 册.xlsx")).name == "名 册.xlsx"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.xlsx", b"", "空文件"),
        ("文.xlsx", "这不是工作簿".encode(), "文件头不对"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "不是 Excel 工作簿"),
        ("账.csv", b"SQLite format 3\0" + b"\0" * 64, "不是 Excel 工作簿"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("旧式.xls", b'<?xml version="1.0"?><Workbook/>', "网页或 XML"),
        ("断.xlsx", b"PK\x03\x04" + b"\0" * 40, "损坏"),
        ("空包.xlsx", b"PK\x05\x06" + b"\0" * 18, "不是 Excel 工作簿"),
        ("文.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "WordDocument".encode("utf-16-le"), "Word"),
        ("密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("怪.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "没有工作表"),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600 + "Workbook".encode("utf-16-le"), "损坏"),
        ("空.csv", b" \r\n,,\r\n", "没有任何内容"),
        ("二进制.csv", b"a,b\0\0\0", "不是 Excel 工作簿"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "没有.xlsx")
    assert "文件夹" in refusal(tmp_path)


def test_a_locked_file_is_said_to_be_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain_book(tmp_path / "锁.xlsx")

    def denied(*_: object, **__: object) -> io.BytesIO:
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(type(path), "open", denied)
    assert "占用" in refusal(path)


def test_a_broken_disk_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain_book(tmp_path / "坏盘.xlsx")

    def failing(*_: object, **__: object) -> io.BytesIO:
        raise OSError(5, "input/output error")

    monkeypatch.setattr(type(path), "open", failing)
    assert "读不出来" in refusal(path)


@pytest.mark.parametrize("kept", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_truncated_file_is_refused(tmp_path: Path, kept: float) -> None:
    data = plain_book(tmp_path / "整.xlsx").read_bytes()
    path = tmp_path / "断.xlsx"
    path.write_bytes(data[: int(len(data) * kept)])
    assert "损坏" in refusal(path)


def test_flipped_bytes_end_in_a_sentence_or_in_the_book(tmp_path: Path) -> None:
    data = plain_book(tmp_path / "整.xlsx").read_bytes()
    path = tmp_path / "翻.xlsx"
    said = set()
    for place in range(40, len(data), len(data) // 25):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        said.add(read_or_refusal(path))
    assert len(said) >= 2
    assert all(text.endswith(("。", ".xlsx")) for text in said)


def read_or_refusal(path: Path) -> str:
    """The book's name if it could be read, else why not."""
    try:
        return read_book(path).name
    except KnownError as error:
        return error.message


def test_other_office_files_are_told_apart(tmp_path: Path) -> None:
    for part, said in {
        "word/document.xml": "Word",
        "ppt/presentation.xml": "演示文稿",
        "xl/workbook.bin": "xlsb",
        "content.xml": "ods",
        "other.txt": "不是 Excel 工作簿",
    }.items():
        path = tmp_path / "别的.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        assert said in refusal(path)


def test_one_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    far = CELL + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = with_parts(tmp_path / "远.xlsx", sheet=sheet_xml(far))
    assert path.stat().st_size < 10_000
    assert "很远" in refusal(path)


def test_a_far_cell_cannot_hide_behind_another_way_of_writing(tmp_path: Path) -> None:
    for hidden in (
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="2"><c  r="XFD1048576"><v>1</v></c></row>',
        '<row r="2"><c s="0" r="XFD1048576"><v>1</v></c></row>',
        '<row r="2"><c\nr="XFD1048576"><v>1</v></c></row>',
    ):
        assert "很远" in refusal(with_parts(tmp_path / "藏.xlsx", sheet=sheet_xml(CELL + hidden)))


def test_far_cells_that_are_only_formatted_do_no_harm(tmp_path: Path) -> None:
    far = CELL + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read_book(with_parts(tmp_path / "格式.xlsx", sheet=sheet_xml(far))).sheets[0].rows[0][0] == "企业名称"


def test_a_sheet_merged_into_one_cell_is_refused(tmp_path: Path) -> None:
    tail = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert "合并" in refusal(with_parts(tmp_path / "并.xlsx", sheet=sheet_xml(CELL, tail)))


def test_countless_merges_and_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MAX_MERGES", 3)
    tail = "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 6)) + "</mergeCells>"
    assert "合并" in refusal(with_parts(tmp_path / "并.xlsx", sheet=sheet_xml(CELL, tail)))
    monkeypatch.setattr(scan, "MAX_CELLS", 1)
    assert "拆分" in refusal(plain_book(tmp_path / "多.xlsx"))


def test_a_compression_bomb_is_refused(tmp_path: Path) -> None:
    bomb = sheet_xml(CELL + " " * 40_000_000)
    path = with_parts(tmp_path / "炸弹.xlsx", sheet=bomb)
    assert path.stat().st_size < 100_000
    assert "压缩" in refusal(path)


def test_a_directory_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    path = with_parts(tmp_path / "谎.xlsx", sheet=sheet_xml(CELL + "<!--" + "x" * 100_000 + "-->"))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    assert struct.unpack_from("<I", data, start + 24)[0] == size
    struct.pack_into("<I", data, start + 24, 200)
    path.write_bytes(data)
    assert "损坏" in refusal(path)


def test_document_types_are_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SHEET.partition("?>")[2]
    for part in ("sheet", "workbook", "styles"):
        path = with_parts(tmp_path / "dtd.xlsx", **{part: f"{bomb}<sheetData>&b;</sheetData></worksheet>"})
        assert "DTD" in refusal(path)


def test_a_document_type_behind_a_comment_is_seen(tmp_path: Path) -> None:
    hidden = '<?xml version="1.0"?>\n<!-- <a --><!DOCTYPE x [<!ENTITY a "aaaa">]>' + SHEET.partition("?>")[2]
    path = with_parts(tmp_path / "dtd.xlsx", sheet=f"{hidden}<sheetData>&a;</sheetData></worksheet>")
    assert "DTD" in refusal(path)


def test_utf16_parts_and_doubled_parts_are_refused(tmp_path: Path) -> None:
    assert "编码" in refusal(with_parts(tmp_path / "编.xlsx", sheet=sheet_xml(CELL).encode("utf-16")))
    path = plain_book(tmp_path / "双.xlsx")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "重名" in refusal(path)


def test_sizes_and_counts_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain_book(tmp_path / "大.xlsx")
    for limit, said in (
        ("MAX_FILE", "拆分"),
        ("MAX_UNPACKED", "拆分"),
        ("MAX_ENTRIES", "部件过多"),
        ("MAX_PART", "压缩"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(preflight, limit, 2)
            assert said in refusal(path)


def test_broken_xml_inside_a_good_zip(tmp_path: Path) -> None:
    assert "损坏" in refusal(with_parts(tmp_path / "坏.xlsx", sheet=sheet_xml(CELL)[:-30] + "<<<"))
    assert "损坏" in refusal(with_parts(tmp_path / "坏.xlsx", workbook="<workbook"))


def test_an_encrypted_zip_is_named(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "密.xlsx")
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(magic)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(magic, start + 4)
    path.write_bytes(data)
    assert "密码" in refusal(path)


def test_a_book_without_any_content(tmp_path: Path) -> None:
    path = tmp_path / "白.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet()
    assert "没有任何内容" in refusal(path)


def test_the_parser_is_given_up_when_it_takes_too_long(tmp_path: Path) -> None:
    data = plain_book(tmp_path / "慢.xlsx").read_bytes()
    with Parser("慢.xlsx", time_limit=0.0) as parser:
        parser.start(data)
        with pytest.raises(KnownError, match="还没有读完"):
            parser.result()


@pytest.mark.skipif("sys.platform == 'win32'", reason="no limit on address space there")
def test_the_parser_may_not_take_all_memory(tmp_path: Path) -> None:
    xml = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 60_000, 7))
    path = with_parts(tmp_path / "多.xlsx", sheet=sheet_xml(xml + '<row r="90000"><c r="CV90000"><v>1</v></c></row>'))
    with Parser("多.xlsx", memory_limit=120) as parser:
        parser.start(path.read_bytes())
        with pytest.raises(KnownError, match="太大"):
            parser.result()
