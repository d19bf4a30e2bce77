"""Where a line of Chinese may end: 禁则 of GB/T 15834 5.1, numbers kept with their units, words kept whole.

Works on widths alone, so paragraphs and table cells share it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

# Not at the start of a line: stops, closing halves, joiners, the separator, and signs bound to what precedes them.
NO_START: Final = frozenset("，。、；：？！,.;:?!）》〉】〕』」”’〗｝］)]}％%‰℃°′″·・—–-－~～…‥/／々ー")
# Not at the end of a line: opening halves, the separator, and signs bound to what follows them.
NO_END: Final = frozenset("（《〈【〔『「“‘〖｛［([{￥¥＄$№#＃/／")
# Full-width punctuation that takes half a character at the end of a line (not ？: in 仿宋 its ink is in the middle).
SQUEEZED: Final = frozenset("，。、；：！）》〉】〕』」”’〗｝］")

_UNITS = (
    "个百分点|百分点|亿余元|万余元|亿元|万元|千元|百元|余元|亿吨|万吨|公斤|千克|公里|平方米|平方公里|立方米|千瓦时|兆瓦"
    "|工作日|个工作日|个月|年度|季度|小时|分钟|亿|万|元|吨|亩|米|家|户|项|个|件|人|次|条|款|页|倍|年|月|日|号|时|期|批|名|位|成|余家|余项|余个"
)
_NUMBER = r"[+\-±＋－−]?(?:\d[\d,]*(?:\.\d+)?)"
# Spans that stay on one line (unless wider than the line): words, numbers with sign, range and unit, 第…号, — and …
_KEPT = re.compile(
    rf"第?{_NUMBER}(?:[%％‰℃])?(?:[~～\-–—－/:]{_NUMBER}(?:[%％‰℃])?)*(?:余|多)?(?:{_UNITS}|[A-Za-z][A-Za-z0-9]*)?"
    r"|[A-Za-z0-9][A-Za-z0-9._@:'+\-]*"
    r"|[〇零一二三四五六七八九十]{2,}年?"
    r"|——|……|－－"
)


class Line(NamedTuple):
    """text[start:stop] stands on the line; `width` is natural, with end punctuation squeezed."""

    start: int
    stop: int
    width: float
    squeezed: bool


def kept_inside(text: str) -> set[int]:
    """Positions inside a span that should not be broken."""
    inside: set[int] = set()
    for match in _KEPT.finditer(text):
        if match.end() - match.start() > 1:
            inside.update(range(match.start() + 1, match.end()))
    return inside


def may_break(text: str, position: int) -> bool:
    """By 禁则 alone: may a line begin at text[position]? Spaces around the break vanish, so they do not count."""
    after, before = position, position - 1
    while text[after] == " " and after + 1 < len(text):
        after += 1
    while text[before] == " " and before > 0:
        before -= 1
    return text[after] not in NO_START and text[before] not in NO_END


class Breaker:
    """Breaks one text. `em` is a full width; `shrink` how far beyond the limit a line may run for its last stop."""

    def __init__(self, text: str, widths: Sequence[float], em: float, shrink: float = 0.0) -> None:
        self.text = text
        self.em = em
        self._ends = [0.0, *accumulate(widths)]
        self._inside = kept_inside(text)
        self._shrink = shrink

    def lines(self, limit: float, first_limit: float | None = None) -> list[Line]:
        """All lines; `first_limit` is the room on the first one where an indent takes some."""
        first = limit if first_limit is None else first_limit
        out: list[Line] = []
        start, size = 0, len(self.text)
        while start < size:
            line = self.next_line(start, limit if out else first)
            out.append(line)
            start = self._after_spaces(line.stop)
        if len(out) > 1 and self._is_lone(out[-1]):
            self._give_company(out, first if len(out) == 2 else limit, limit)
        return out or [Line(0, 0, 0.0, squeezed=False)]

    def _after_spaces(self, position: int) -> int:
        while position < len(self.text) and self.text[position] == " ":
            position += 1
        return position

    def _is_lone(self, line: Line) -> bool:
        """One character, with or without punctuation."""
        chars = self.text[line.start : line.stop]
        return len(chars) < 5 and sum(char not in NO_START and char not in NO_END for char in chars) == 1

    def _give_company(self, lines: list[Line], room: float, limit: float) -> None:
        """Move a character or two down to a last line that has only one, if the line above bears it."""
        above, last = lines[-2], lines[-1]
        for fewer in (1, 2):
            shorter = self.next_line(above.start, min(room, above.width) - fewer * self.em * 0.9)
            tail = self.measure(self._after_spaces(shorter.stop), last.stop)
            if shorter.stop < above.stop and shorter.width >= room * 0.75 and tail.width <= limit:
                lines[-2:] = [shorter, tail]
                return

    def next_line(self, start: int, limit: float) -> Line:
        size = len(self.text)
        # One character more than fits: it may be punctuation that squeezes in.
        furthest = min(size, max(start + 1, bisect_right(self._ends, self._ends[start] + limit + 1e-6)))
        for stop in self._candidates(start, furthest):
            line = self.measure(start, stop)
            if line.width <= limit + 1e-6 or (line.squeezed and line.width <= limit * (1 + self._shrink)):
                return line
        return self.measure(start, start + 1)

    def measure(self, start: int, stop: int) -> Line:
        """The line text[start:stop], trailing spaces not counted, squeezed when it ends in punctuation."""
        last = stop
        while last > start and self.text[last - 1] == " ":
            last -= 1
        width = self._ends[last] - self._ends[start]
        spare = self._ends[last] - self._ends[last - 1] - self.em / 2
        squeezed = last > start + 1 and spare > 0 and self.text[last - 1] in SQUEEZED
        if squeezed:
            width -= spare
        return Line(start, stop, width, squeezed)

    def _candidates(self, start: int, furthest: int) -> Iterator[int]:
        """Ends to try, best first: allowed ones, then inside kept spans, then (hopeless text) anywhere."""
        size, text, inside = len(self.text), self.text, self._inside
        for stop in range(furthest, start, -1):
            if stop == size or (stop not in inside and may_break(text, stop)):
                yield stop
        kept = [stop for stop in range(furthest, start, -1) if stop in inside and may_break(text, stop)]
        yield from (stop for stop in kept if not text[stop - 1].isalnum())  # 2021-11-30 turns at its hyphens
        yield from kept
        yield from range(furthest, start, -1)
