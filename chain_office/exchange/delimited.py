"""Delimited text (CSV) as a sheet of texts: UTF-8 with or without a mark, UTF-16 with one, or GBK."""

from __future__ import annotations

import csv
import io

from chain_office.domain.errors import KnownError

MAX_CELLS = 3_000_000
DELIMITERS = (",", "\t", ";", "，", "|")


def read_text(name: str, data: bytes) -> list[list[object]]:
    """The cells of a delimited text file."""
    text = _decode(name, data)
    delimiter = _delimiter(text)
    rows: list[list[object]] = []
    cells = 0
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_plain(cell) for cell in line])
            cells += len(line)
            if cells > MAX_CELLS:
                raise KnownError(f"“{name}”的单元格超过 {MAX_CELLS} 个，请拆分后再导入。")
    except csv.Error as error:
        raise KnownError(
            f"“{name}”不是正常的 CSV 文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入。", detail=str(error)
        ) from error
    if not any(any(row) for row in rows):
        raise KnownError(f"“{name}”里没有任何内容，请检查是不是选错了文件。")
    return rows


def _plain(cell: str) -> str:
    """A cell's text without what other programs add to keep Excel from changing it (="0123", a leading apostrophe)."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1]
    if text.startswith("'") and text[1:2] in tuple("=+-@＝0123456789"):
        return text[1:]
    return text


def _decode(name: str, data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise KnownError(f"“{name}”的文字编码认不出来，请用 Excel 或 WPS 另存为 .xlsx 后再导入。")


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly: the one found in most of them."""
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    return max(
        DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines))
    )
