"""关于: what this program and this ledger are made of, and under what terms."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from chain_office import __version__
from chain_office.paths import resource
from chain_office.queries.settings_about import LedgerFacts, ledger_facts

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_LIBRARIES = (
    ("PySide6-Essentials", "窗口", "LGPL-3.0"),
    ("peewee", "读写台账", "MIT"),
    ("chinesecalendar", "法定节假日", "MIT"),
    ("matplotlib", "图表", "PSF"),
    ("reportlab", "排版 PDF", "BSD"),
    ("pypdfium2", "看 PDF", "BSD-3-Clause、Apache-2.0"),
    ("pikepdf", "整理 PDF", "MPL-2.0"),
    ("Pillow", "缩小照片", "MIT-CMU"),
    ("python-calamine", "读表格", "MIT"),
    ("XlsxWriter", "写表格", "BSD-2-Clause"),
    ("pypinyin", "拼音首字母", "MIT"),
)
"""The libraries shipped with the program, what each is for, and its licence."""
_FACE = re.compile(r"^\| (?P<file>GW\S+\.ttf)[^|]*\|[^|]*\|[^|]*\| (?P<licence>[^(|;]+)")


@dataclass(frozen=True, slots=True)
class Shipped:
    """Something that is not ours: what it is, what for, its version, its licence."""

    name: str
    purpose: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class Made:
    """All of 关于 that does not need the window."""

    version: str
    python: str
    system: str
    ledger: LedgerFacts
    shipped: tuple[Shipped, ...]


def about(ledger: Ledger) -> Made:
    """Read it together. Looks at files: call it on the database thread."""
    return Made(
        __version__,
        platform.python_version(),
        f"{platform.system()} {platform.release()}",
        ledger_facts(ledger),
        (*_libraries(), *_faces(), Shipped("Lucide", "图标", _icons_version(), "ISC")),
    )


def _libraries() -> list[Shipped]:
    return [Shipped(name, purpose, _version(name), licence) for name, purpose, licence in _LIBRARIES]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # a packed program may leave the description out
        return ""


def _faces() -> list[Shipped]:
    """The bundled faces, from the list shipped beside them."""
    text = resource("fonts", "LICENSES.md").read_text(encoding="utf-8")
    found = [_FACE.match(line) for line in text.splitlines()]
    return [Shipped(one["file"], "字体", "", one["licence"].strip()) for one in found if one is not None]


def _icons_version() -> str:
    """Each icon says which version it is from."""
    line = resource("icons", "settings.svg").read_text(encoding="utf-8").partition("\n")[0]
    found = re.search(r"v(\d+\.\d+\.\d+)", line)
    return found[1] if found else ""
