"""What two short texts have in common: neighbouring characters, and the words they make where they touch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_RUN: Final = re.compile(r"[㐀-鿿A-Za-z]+")
"""Characters and letters; figures, marks and blanks say nothing about what a problem is."""
_EMPTY: Final = frozenset(
    "的了是和与及等在为对由要请求希望企业公司建议协调解决问题目前已经未不能无法需要存在有关进行相关影响情况万元"
)
"""Pairs made of these only are in every note and are passed over."""
_WORDS: Final = 3


def pairs(text: str) -> dict[str, int]:
    """Pairs of neighbouring characters → where each stands first, in the order of the text."""
    found: dict[str, int] = {}
    for run in _RUN.finditer(text):
        word, start = run.group(), run.start()
        for at in range(len(word) - 1):
            pair = word[at : at + 2]
            if not (pair[0] in _EMPTY and pair[1] in _EMPTY):
                found.setdefault(pair.casefold(), start + at)
    return found


def shared_words(text: str, same: Collection[str], weight: Mapping[str, float]) -> tuple[str, ...]:
    """The stretches of ``text`` made of shared pairs that touch, what says most first."""
    runs: list[tuple[float, str]] = []
    for run in _RUN.finditer(text):
        word, at = run.group(), 0
        while at < len(word) - 1:
            end, said = at, 0.0
            while end < len(word) - 1 and (pair := word[end : end + 2].casefold()) in same:
                said += weight.get(pair, 0.0)
                end += 1
            if end > at:
                runs.append((said, word[at : end + 1]))
            at = max(end, at + 1)
    runs.sort(key=lambda one: (-one[0], one[1]))
    trimmed = (word.strip("".join(_EMPTY)) for _, word in runs)
    return tuple(dict.fromkeys(word for word in trimmed if len(word) > 1))[:_WORDS]
