"""One box of the 上下游图谱: the segment's name, what it counts, the names of its firms, the segments below it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from chain_office.domain.chain_drawing import Patch, Spot, Words, text_width, wrapped
from chain_office.domain.money import show_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chain_office.domain.chain import Branch, MapFirm

PAD: Final = 0.6
HEAD, SMALL, SUB = 1.15, 0.85, 0.95
_HEAD_PITCH, _SMALL_PITCH, _PITCH, _SUB_PITCH = 1.6, 1.3, 1.45, 1.5
_BETWEEN: Final = 0.9
_BADGE: Final = 0.82
LEADER: Final = "（龙头）"
_INDENT: Final = 0.6
_SHORTEST, _LONGEST = 9.0, 11.5


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a box, from its upper left corner, and how high it is."""

    height: float
    patches: tuple[Patch, ...]
    words: tuple[Words, ...]
    spots: tuple[Spot, ...]

    def moved(self, x: float, y: float) -> Content:
        """The same somewhere else."""
        return Content(
            self.height,
            tuple(replace(one, x=one.x + x, y=one.y + y) for one in self.patches),
            tuple(replace(one, x=one.x + x, y=one.y + y) for one in self.words),
            tuple(replace(one, x=one.x + x, y=one.y + y) for one in self.spots),
        )


class _Setter:
    """Sets lines one below the other."""

    def __init__(self, width: float, most: int) -> None:
        self.width, self.most = width, most
        self.y = PAD * 0.6
        self.patches: list[Patch] = []
        self.words: list[Words] = []
        self.spots: list[Spot] = []

    def badge(self, text: str, y: float) -> float:
        """A word in a frame at the right; the room it takes."""
        wide = text_width(text, _BADGE, bold=True) + 0.5
        left = self.width - PAD - wide
        self.patches.append(Patch(left, y - 0.62, wide, 1.24, "badge"))
        self.words.append(Words(left + wide / 2, y, text, _BADGE, bold=True, tone="red", align="center"))
        return wide + 0.4

    def head(self, text: str, size: float, pitch: float, reference: str, gap: str, indent: float = 0.0) -> None:
        """A name, which opens its firms, with its badge."""
        taken = self.badge(gap, self.y + pitch / 2) if gap else 0.0
        room = self.width - 2 * PAD - indent
        first = wrapped(text, room - taken, size, bold=True)[0]
        lines = [first, *(wrapped(text[len(first) :], room, size, bold=True) if len(first) < len(text) else ())]
        top = self.y
        for line in lines:
            self.words.append(Words(PAD + indent, self.y + pitch / 2, line, size, bold=True, tone="accent"))
            self.y += pitch
        self.spots.append(Spot(0.0, top, self.width, self.y - top, reference, text))

    def told(self, pieces: Sequence[str], indent: float = 0.0) -> None:
        """Counts and sums in small print, turned between pieces."""
        room = self.width - 2 * PAD - indent
        lines, line = [], ""
        for piece in pieces:
            joined = f"{line}　{piece}" if line else piece
            if line and text_width(joined, SMALL) > room:
                lines.append(line)
                joined = piece
            line = joined
        for text in [*lines, line] if line else lines:
            for part in wrapped(text, room, SMALL):
                self.words.append(Words(PAD + indent, self.y + _SMALL_PITCH / 2, part, SMALL, tone="muted"))
                self.y += _SMALL_PITCH

    def firms(self, firms: Sequence[MapFirm], own: int, reference: str, indent: float = 0.0) -> None:
        """Names beside one another, as many as ``most`` allows; the rest is counted."""
        named = list(firms[: self.most])
        items = [(one.name, LEADER if one.leads else "", f"enterprise:{one.id}", one.name) for one in named]
        if own > len(named):
            items.append((f"等{own}家" if named else f"{own}家", "", reference, f"全部 {own} 家"))
        left, room = PAD + indent, self.width - PAD
        x = left
        for text, mark, opens, name in items:
            bold, wide = bool(mark), text_width(text + mark, bold=bool(mark))
            if x > left and x + wide > room:
                x, self.y = left, self.y + _PITCH
            whole = x + wide <= room
            parts = [text + mark] if whole else [*wrapped(text, room - left, bold=bold), *([mark] if mark else [])]
            for part in parts:
                wide = text_width(part, bold=bold)
                if x > left and x + wide > room:
                    x, self.y = left, self.y + _PITCH
                tone = "ink" if opens.startswith("enterprise") else "muted"
                self.words.append(Words(x, self.y + _PITCH / 2, part, bold=bold, tone=tone))
                self.spots.append(Spot(x - 0.2, self.y, wide + 0.4, _PITCH, opens, name))
                x += wide
            x += _BETWEEN
        if items:
            self.y += _PITCH


def box(branch: Branch, width: float, most: int, more: Sequence[str] = ()) -> Content:
    """A segment's box of some width; ``most``: names to a segment; ``more``: further lines in small print."""
    setter = _Setter(width, most)
    setter.head(branch.short, HEAD, _HEAD_PITCH, f"segment:{branch.id}", branch.gap)
    setter.told(list(_counts(branch)))
    setter.firms(branch.firms, branch.own, f"segment:{branch.id}")
    for one in branch.branches:
        for below in one.walk():
            indent = _INDENT * (below.depth - branch.depth)
            setter.y += 0.2
            setter.head(below.short, SUB, _SUB_PITCH, f"segment:{below.id}", below.gap, indent)
            setter.told([f"{below.count}家"] if below.count > 1 else [], indent)
            setter.firms(below.firms, below.own, f"segment:{below.id}", indent)
    if more:
        setter.told(more)
    height = setter.y + PAD
    return Content(height, tuple(setter.patches), tuple(setter.words), tuple(setter.spots))


class Boxes:
    """Boxes set once for each width: a map is laid out many times until it fits."""

    def __init__(self) -> None:
        self._set: dict[tuple[str, float, int], Content] = {}

    def of(self, branch: Branch, width: float, most: int) -> Content:
        """The box without further lines."""
        key = (branch.id, width, most)
        found = self._set.get(key)
        if found is None:
            found = self._set[key] = box(branch, width, most)
        return found


def _counts(branch: Branch) -> Iterator[str]:
    yield f"{branch.count}家"
    if branch.total_yuan is not None:
        yield f"产值{show_money(branch.total_yuan).replace(' ', '')}"
    if branch.yoy_percent is not None:
        yield f"同比{branch.yoy_percent:+}%"


def least_width(branch: Branch) -> float:
    """Narrower than this a box is not drawn: most names stand on one line, and so does the box's own."""
    longest = max((text_width(one.name, bold=one.leads) for one in branch.firms), default=0.0)
    return min(_LONGEST, max(_SHORTEST, longest, text_width(branch.short, HEAD, bold=True))) + 2 * PAD
