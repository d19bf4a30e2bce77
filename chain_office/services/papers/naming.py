"""Names of files and folders that Windows, WPS and mail programs all take, and that say unit, kind and number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORBIDDEN: Final = str.maketrans(
    {'"': "”", "*": "＊", "/": "／", ":": "：", "<": "＜", ">": "＞", "?": "？", "\\": "＼", "|": "｜"}
)
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_DEVICES: Final = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_MOST: Final = 60
"""Characters of one part of a name: with the folders above it a path stays below the 260 of Windows."""


def clean(text: str, most: int = _MOST) -> str:
    """One part of a file's name. Never empty."""
    name = _UNSEEN.sub("", " ".join(text.split())).translate(_FORBIDDEN).strip(" .")
    name = name[:most].strip(" .")
    return f"_{name}" if not name or _DEVICES.match(name) else name


def joined(*parts: str) -> str:
    """市发改委_交办单_有色交〔2020〕3号."""
    return "_".join(clean(part) for part in parts if part)


def distinct(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Key → its name, told apart where two are the same for a file system that ignores case."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for key, name in names:
        chosen, count = clean(name), 1
        while chosen.casefold() in taken:
            count += 1
            chosen = f"{clean(name)}（{count}）"
        taken.add(chosen.casefold())
        found[key] = chosen
    return found
