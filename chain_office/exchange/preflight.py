"""Look at a file's bytes before any parser does, and refuse what is hostile, huge, locked or not a workbook.

Every refusal is one Chinese sentence. What passes is either a zip workbook small enough to parse (with what a scan of
its sheets found, see :mod:`chain_office.exchange.scan`), an old binary workbook, or delimited text.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.exchange.scan import HostileSheetError, SheetScan, check_sheet, scan_sheet
from chain_office.exchange.styles import shown_formats
from chain_office.exchange.wiring import sheet_parts

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE = 100 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_UNPACKED = 600 * 1024 * 1024
MAX_PART = 300 * 1024 * 1024
MAX_RATIO = 200
RATIO_FLOOR = 4 * 1024 * 1024
PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
"""What may lawfully stand before the root element, but for a document type: declaration, instructions, comments."""

ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BINARY_MAGICS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"SQLite format 3")
RESAVE = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再导入。"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be parsed: its bytes, its kind ("xlsx", "xls" or "text"), and its sheets' XML by sheet name."""

    data: bytes
    kind: str
    parts: dict[str, bytes] = field(default_factory=dict)
    styles: bytes = b""

    def scans(self) -> dict[str, SheetScan]:
        """What the parser will not tell, by sheet name; can be asked for while the parser works."""
        formats = shown_formats(self.styles)
        return {sheet: scan_sheet(xml, formats) for sheet, xml in self.parts.items()}


def check_data(path: Path, data: bytes) -> Checked:
    """What ``data``, the bytes of ``path``, is, if a parser may see it; :class:`KnownError` otherwise."""
    name = path.name
    if not data:
        raise KnownError(f"“{name}”是空文件，没有内容可以导入。")
    if data.startswith(ZIP_MAGIC):
        return _check_zip(name, data)
    if data.startswith(OLE_MAGIC):
        return _check_ole(name, data)
    return _check_text(name, path.suffix.lower(), data)


def unpacked_size(data: bytes) -> int:
    """What a zip file says it unpacks to; 0 for anything else, and for a zip whose directory is broken or bomb-like."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_entries("", archive)
            _check_workbook("", archive)
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, KnownError, ValueError, NotImplementedError, OSError):
        return 0


def read_data(path: Path) -> bytes:
    """All bytes of a file; :class:`KnownError` if it cannot be read or is far too large."""
    name = path.name
    try:
        if path.is_dir():
            raise KnownError(f"“{name}”是文件夹，不是工作簿，请选择其中的文件。")
        if not path.exists():
            raise KnownError(f"找不到文件“{path}”，请检查文件名和位置。")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise KnownError(
                f"“{name}”有 {size // 1024 // 1024} MB，超过 {MAX_FILE // 1024 // 1024} MB，请拆分后再导入。"
            )
        with path.open("rb") as stream:
            return stream.read(MAX_FILE + 1)
    except PermissionError as error:
        raise KnownError(f"“{name}”打不开：没有权限，或正被别的程序占用，请关闭后再试。", detail=str(error)) from error
    except (OSError, ValueError) as error:
        raise KnownError(f"“{name}”读不出来，请检查磁盘、网络或文件名。", detail=str(error)) from error


def _check_text(name: str, suffix: str, data: bytes) -> Checked:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml", b"mime-version")):
        raise KnownError(f"“{name}”其实是网页或 XML 文件，不是真正的工作簿，{RESAVE}")
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if data.startswith((EMPTY_ZIP_MAGIC, *BINARY_MAGICS)) or (b"\0" in data[:65536] and not utf16):
        raise KnownError(f"“{name}”不是 Excel 工作簿，也不是 CSV 文件，请选择 .xlsx、.xls、.et 或 .csv 文件。")
    if suffix not in {".csv", ".txt", ".tsv"}:
        raise KnownError(f"“{name}”的内容不是 Excel 工作簿（文件头不对），可能已损坏或改过扩展名，{RESAVE}")
    return Checked(data, "text")


def _check_ole(name: str, data: bytes) -> Checked:
    if wide("EncryptedPackage") in data or wide("EncryptionInfo") in data:
        raise KnownError(f"“{name}”设有打开密码，请先在 Excel 或 WPS 里取消密码，保存后再导入。")
    if wide("WordDocument") in data:
        raise KnownError(f"“{name}”是 Word 文档，不是工作簿，请选择 Excel 或 WPS 表格文件。")
    if wide("Workbook") not in data and wide("Book") not in data:
        raise KnownError(f"“{name}”里没有工作表，可能已损坏或不是表格文件，{RESAVE}")
    return Checked(data, "xls")


def wide(text: str) -> bytes:
    """A name as an old binary file spells it."""
    return text.encode("utf-16-le")


def _check_zip(name: str, data: bytes) -> Checked:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_entries(name, archive)
            _check_workbook(name, archive)
            return _check_parts(name, data, archive)
    except HostileSheetError as error:
        raise KnownError(f"“{name}”{error}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, OSError) as error:
        raise KnownError(f"“{name}”已损坏或不完整，打不开，请重新取得这份文件。", detail=str(error)) from error
    except RuntimeError as error:  # zipfile's own word for an encrypted entry
        raise KnownError(f"“{name}”是加密的压缩文件，请先取消密码，保存后再导入。", detail=str(error)) from error


def _check_workbook(name: str, archive: zipfile.ZipFile) -> None:
    if "xl/workbook.xml" not in archive.NameToInfo:
        raise KnownError(f"“{name}”{_what_zip(archive.namelist())}，{RESAVE}")


def check_entries(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse a package whose directory is out of order or would unpack to a bomb, whatever it holds."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) != len(names):
        raise KnownError(f"“{name}”内部结构不正常（部件过多或重名），为安全起见没有打开，{RESAVE}")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise KnownError(f"“{name}”展开后超过 {MAX_UNPACKED // 1024 // 1024} MB，为安全起见没有打开，请拆分后再导入。")
    for entry in entries:
        too_dense = entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if too_dense or (entry.file_size > MAX_PART and entry.filename.endswith(".xml")):
            raise KnownError(f"“{name}”的压缩比异常，像是压缩炸弹，为安全起见没有打开。")


def _what_zip(names: list[str]) -> str:
    if "word/document.xml" in names:
        return "是 Word 文档，不是工作簿"
    if "ppt/presentation.xml" in names:
        return "是演示文稿，不是工作簿"
    if "xl/workbook.bin" in names:
        return "是二进制工作簿（.xlsb），不能直接导入"
    if "content.xml" in names:
        return "是 ODF 表格（.ods），不能直接导入"
    return "不是 Excel 工作簿"


def _check_parts(name: str, data: bytes, archive: zipfile.ZipFile) -> Checked:
    known = set(archive.namelist())
    for entry in sorted(known):
        if entry.endswith("sharedStrings.xml") or entry == "[Content_Types].xml":
            read_part(name, archive, entry)
    wiring = sheet_parts(
        read_part(name, archive, "xl/workbook.xml"), _optional(name, archive, "xl/_rels/workbook.xml.rels")
    )
    parts = {}
    for sheet, part in wiring.items():
        if part in known and part.startswith("xl/worksheets/"):
            parts[sheet] = read_part(name, archive, part)
            check_sheet(sheet, parts[sheet])
    return Checked(data, "xlsx", parts, _optional(name, archive, "xl/styles.xml"))


def _optional(name: str, archive: zipfile.ZipFile, entry: str) -> bytes:
    return read_part(name, archive, entry) if entry in archive.NameToInfo else b""


def read_part(name: str, archive: zipfile.ZipFile, entry: str) -> bytes:
    """One XML part, unpacked (its check sum is verified) and free of document type declarations."""
    content = archive.read(entry)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:64]:
        raise KnownError(f"“{name}”的内部编码不正常，为安全起见没有打开，{RESAVE}")
    prolog = PROLOG.match(content.removeprefix(b"\xef\xbb\xbf"))
    rest = content.removeprefix(b"\xef\xbb\xbf")[prolog.end() if prolog else 0 :]
    if rest.startswith(b"<!"):  # a document type can only stand before the root element
        raise KnownError(f"“{name}”内含文档类型声明（DTD），正常的工作簿不会有，为安全起见没有打开。")
    return content
