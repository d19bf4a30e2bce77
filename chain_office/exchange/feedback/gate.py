"""What kind of file came back, by its bytes and not its name; why it cannot be read, and what to do about it."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.exchange.preflight import OLE_MAGIC, ZIP_MAGIC, check_entries, read_part, wide

if TYPE_CHECKING:
    from pathlib import Path

WORD, BOOK, OPEN_TEXT, OPEN_SHEET, OLD_WORD = "word", "book", "open text", "open sheet", "old word"
ENDINGS = (".docx", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".odt", ".csv", ".docm", ".wpt", ".dotx")
LARGEST_BODY = 16 * 1024 * 1024
"""Bytes of XML a form's text may have: thousands of times what one needs."""
RETYPE = "请对方用 Word 或 Excel 填好后发原文件，或照着手工录入进展"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that may be read. ``parts``: XML of a document, its body first, then headers and footers."""

    kind: str
    parts: tuple[bytes, ...] = ()


def look(path: Path, data: bytes) -> Passed:
    """The kind of a file; :class:`KnownError` for one that is no document or workbook, is locked, or is hostile."""
    name = path.name
    if not data:
        raise KnownError(f"“{name}”是空文件，里面什么也没有；请对方重新发一份。")
    if data.startswith(ZIP_MAGIC):
        return _look_in_zip(name, data)
    if data.startswith(OLE_MAGIC):
        return _look_in_ole(name, data)
    if data.startswith(b"%PDF"):
        raise KnownError(f"“{name}”是 PDF（多半是扫描件），读不出填写的内容；{RETYPE}，扫描件可作为附件放入。")
    if data.startswith(_PICTURES):
        raise KnownError(f"“{name}”是图片，读不出填写的内容；{RETYPE}，图片可作为附件放入。")
    if data.startswith(_ARCHIVES):
        raise KnownError(f"“{name}”是压缩包；请先解压，再把里面的反馈表拖进来。")
    if data.startswith(b"{\\rtf"):
        raise KnownError(f"“{name}”是 RTF 文件；请用 Word 或 WPS 打开，另存为 Word 文档（*.docx）后再试。")
    if path.suffix.lower() in {".csv", ".txt", ".tsv"}:
        return Passed(BOOK)
    if (
        data[:512]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<html", b"<!doctype", b"<?xml", b"mime-version"))
    ):
        raise KnownError(f"“{name}”其实是网页文件；请用 Word 或 WPS 打开，另存为 Word 文档（*.docx）后再试。")
    raise KnownError(f"“{name}”不是 Word、Excel 或 WPS 文件，读不了；{RETYPE}。")


def _look_in_ole(name: str, data: bytes) -> Passed:
    if wide("EncryptedPackage") in data or wide("EncryptionInfo") in data:
        raise KnownError(f"“{name}”设有打开密码，读不了；请先用 Word、Excel 或 WPS 打开并取消密码，保存后再拖进来。")
    if wide("WordDocument") in data:
        return Passed(OLD_WORD)
    return Passed(BOOK)


def _look_in_zip(name: str, data: bytes) -> Passed:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            known = set(archive.namelist())
            check_entries(name, archive)
            if "word/document.xml" in known:
                return Passed(WORD, _document(name, archive))
            if "content.xml" in known:
                kind = archive.read("mimetype")[:200] if "mimetype" in known else b""
                if b"opendocument.spreadsheet" in kind:
                    return Passed(OPEN_SHEET)
                if b"opendocument.text" in kind:
                    return Passed(OPEN_TEXT, (_body(name, archive, "content.xml"),))
            if "xl/workbook.xml" in known:
                return Passed(BOOK)
            _refuse(name, known)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, OSError) as error:
        raise KnownError(f"“{name}”已损坏或没有传完整，打不开；请对方重新发一份。", detail=str(error)) from error
    except RuntimeError as error:  # zipfile's own word for an encrypted entry
        raise KnownError(f"“{name}”是加密的压缩包；请先解压，再把里面的反馈表拖进来。", detail=str(error)) from error
    raise KnownError(f"“{name}”是压缩包；请先解压，再把里面的反馈表拖进来。")


def _refuse(name: str, known: set[str]) -> None:
    if "ppt/presentation.xml" in known:
        raise KnownError(f"“{name}”是演示文稿，不是反馈表。")
    if "xl/workbook.bin" in known:
        raise KnownError(f"“{name}”是二进制工作簿（.xlsb）；请用 Excel 另存为“Excel 工作簿（*.xlsx）”后再试。")


def _document(name: str, archive: zipfile.ZipFile) -> tuple[bytes, ...]:
    beside = sorted(
        entry
        for entry in archive.namelist()
        if entry.startswith(("word/header", "word/footer")) and entry.endswith(".xml")
    )
    return tuple(_body(name, archive, entry) for entry in ("word/document.xml", *beside[:20]))


def _body(name: str, archive: zipfile.ZipFile, entry: str) -> bytes:
    size = archive.getinfo(entry).file_size
    if size > LARGEST_BODY:
        raise KnownError(f"“{name}”的正文有 {size // 1048576} MB，不像反馈表，为安全起见没有打开。")
    return read_part(name, archive, entry)
