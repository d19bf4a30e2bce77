"""Which cell of the form a heading or a label names, however the unit has rewritten it."""

from __future__ import annotations

import re
from functools import lru_cache

from chain_office.domain.feedback import FIELDS
from chain_office.domain.names import name_key
from chain_office.domain.plain import plain

_BRACKETS = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_EARLIER = re.compile(r"上次|上月|上期|前期|前次|历次|以往|此前|原办理|原进展|上报|领导|企业意见|去年")
"""A column a unit keeps for itself: what was so before, what others said."""
_LONGEST = 24
_ENOUGH = 3
_LOOSE_REST = 8
_KNOWN: dict[str, str] = {name_key(heading): spec.name for spec in FIELDS for heading in spec.headings}
_BY_LENGTH = sorted((known for known in _KNOWN if len(known) >= _ENOUGH), key=len, reverse=True)
_INLINE = re.compile(r"([\u4e00-\u9fff（）()/、]{1,20})\s*[:：]")


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """The cell a label names ("填报单位（盖章）：" → unit), "" for a text that is none. Only a label's own words do."""
    if not text or len(text) > _LONGEST:
        return ""
    for words in (text, _BRACKETS.sub("", text)):
        found = _KNOWN.get(name_key(words))
        if found:
            return found
    return _one_off(name_key(text))


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """The cell a column's heading names; words around the ones that are known may be there ("目前办理情况")."""
    found = label_key(text)
    bare = name_key(_BRACKETS.sub("", text)) or name_key(text)
    if found or not bare or len(bare) > _LONGEST or _EARLIER.search(bare):
        return found
    for known in _BY_LENGTH:
        if known in bare and len(bare) - len(known) <= _LOOSE_REST:
            return _KNOWN[known]
    return _one_off(bare)


def _one_off(words: str) -> str:
    """A heading with one wrong, missing or extra character, where just one cell is meant."""
    if len(words) < 4:
        return ""
    near = {key for known, key in _KNOWN.items() if len(known) >= 4 and _differs_by_one(words, known)}
    return near.pop() if len(near) == 1 else ""


def _differs_by_one(left: str, right: str) -> bool:
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    short, long = sorted((left, right), key=len)
    return len(long) - len(short) == 1 and any(long[:cut] + long[cut + 1 :] == short for cut in range(len(long)))


def inline_values(text: str) -> dict[str, str]:
    """What a line says with labels in it: "填报人：张三　填报日期：3月5日" → filled_by, filled_day."""
    line = plain(text)
    found: list[tuple[int, int, str]] = []
    for match in _INLINE.finditer(line):
        words = match.group(1)
        cut = next((cut for cut in range(len(words)) if label_key(words[cut:])), None)
        if cut is not None:
            found.append((match.start() + cut, match.end(), label_key(words[cut:])))
    ends = [*(start for start, _, _ in found[1:]), len(line)][: len(found)]
    told = {}
    for (_, start, key), end in zip(found, ends, strict=True):
        value = line[start:end].strip(" ;,、|_")
        if value and key not in told:
            told[key] = value
    return told
