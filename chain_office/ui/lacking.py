"""Files of the program that were not found: the window goes on without them and says so once."""

from __future__ import annotations

_missing: dict[str, None] = {}


def note(what: str) -> None:
    """Something could not be found."""
    _missing[what] = None


def sentence() -> str:
    """What to tell the person; "" when nothing is missing."""
    if not _missing:
        return ""
    named = "、".join(list(_missing)[:3]) + ("等" if len(_missing) > 3 else "")
    return f"程序少了 {len(_missing)} 个文件（{named}），界面可能不好看，台账不受影响；请重新安装程序。"


def forget() -> None:
    """It has been told."""
    _missing.clear()
