"""Names of people in a line of text: "张三、李四（科长）"."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"([、,，;；/\s]+)")
_POST = re.compile(r"[（(].*$")


def names_in(text: str | None) -> tuple[str, ...]:
    """The names in a line, without what stands in brackets behind them."""
    parts = _BETWEEN.split(text or "")[::2]
    return tuple(name for part in parts if (name := _POST.sub("", part).strip()))


def is_named(text: str | None, person: str) -> bool:
    """Whether a line names somebody."""
    return person in names_in(text)


def replaced(text: str, person: str, successor: str) -> str:
    """The line with one person in another's place, named once; what stands between the names stays."""
    if is_named(text, successor):
        parts = [part for part in _BETWEEN.split(text)[::2] if _POST.sub("", part).strip() != person]
        return "、".join(part for part in parts if part)
    return "".join(successor if _POST.sub("", part).strip() == person else part for part in _BETWEEN.split(text))
