"""Which category a problem's own words point to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Kind:
    """A category with the words that point to it."""

    id: str
    label: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """A category and the words of the text that point to it."""

    id: str
    label: str
    words: tuple[str, ...]


def guess(text: str, kinds: Iterable[Kind]) -> Guess | None:
    """The category whose words say most in the text (longer words say more); None where none is there. Of two alike the
    one that stands first in the list."""
    best: Guess | None = None
    most = 0
    for kind in kinds:
        found = [word for word in dict.fromkeys((*kind.keywords, kind.label)) if len(word) > 1 and word in text]
        words = tuple(one for one in found if not any(one != other and one in other for other in found))
        weight = sum(len(word) for word in words)
        if weight > most:
            best, most = Guess(kind.id, kind.label, words), weight
    return best
