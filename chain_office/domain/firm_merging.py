"""What making two enterprises one would do: plain frozen data between the service and the window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Something both enterprises state differently. ``key``: a field's name or "month:2021-09"; ``kept``: the text of the
    one that stays, ``other``: of the one that goes. Kept unless the other is chosen."""

    key: str
    label: str
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class FirmMerging:
    """The plan. ``moved``: (what, how many) that would name the one that stays; ``choices``: what differs; ``filled``:
    labels of empty fields filled from the other; ``once``: what both have and only one is kept; ``notes``: what the
    person should look at afterwards."""

    kept: str
    gone: str
    moved: tuple[tuple[str, int], ...]
    choices: tuple[Choice, ...]
    filled: tuple[str, ...]
    once: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same in words."""
        moved = "、".join(f"{word} {count} 条" for word, count in self.moved)
        said = [f"{moved}改挂到“{self.kept}”名下" if moved else f"“{self.gone}”名下没有记录"]
        if self.filled:
            said.append(f"“{self.kept}”空着的{'、'.join(self.filled)}用“{self.gone}”的补上")
        said += self.once
        said.append(f"“{self.gone}”记为“{self.kept}”的曾用名，移入回收站；整个合并可以一次撤销")
        return (*said, *self.notes)
