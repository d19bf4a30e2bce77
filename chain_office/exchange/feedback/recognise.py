"""Whether a file is a 反馈表, by a look at its bytes: cheap enough for whatever is dropped on the window."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from chain_office.domain.feedback import MARK, spec

if TYPE_CHECKING:
    from pathlib import Path

_BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt", ".tsv"})
"""What the import takes: it may be a form or a book. Anything else that is dropped can only be a form."""
_LOOKED_AT = 4 * 1024 * 1024
_RECEIPT = re.compile(r"WT\d{4,7}-\d{1,5}(?!\d)")
_WORDS = (MARK, spec("code").label)
_PARTS = re.compile(r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml$")


def is_form(path: Path) -> bool:
    """Whether a file that was dropped belongs to the forms that come back rather than to the import."""
    if path.suffix.lower() not in _BOOKS:
        return True
    try:
        with path.open("rb") as stream:
            data = stream.read(_LOOKED_AT)
    except OSError:
        return False  # whoever takes it in says why it cannot be read
    return any(_says(text) for text in _texts(path, data))


def _says(text: str) -> bool:
    return any(word in text for word in _WORDS) or _RECEIPT.search(text) is not None


def _texts(path: Path, data: bytes) -> list[str]:
    if data.startswith(b"PK"):
        return _parts(path)
    return [data.decode("utf-16-le", "ignore"), data[1:].decode("utf-16-le", "ignore"), _plain(data)]


def _plain(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "ignore")


def _parts(path: Path) -> list[str]:
    found = []
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if _PARTS.match(entry.filename):
                    with archive.open(entry) as part:
                        found.append(part.read(_LOOKED_AT).decode("utf-8", "ignore"))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError):
        return []  # a broken book: the import says so
    return found
