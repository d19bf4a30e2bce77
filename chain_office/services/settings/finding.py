"""Finding an option by what is typed: a piece of any of its names, or the first letters of their characters in any
reading. No dictionary of words is loaded for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.db.spelling import spell, typed_letters
from chain_office.domain.names import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.forms import Option

_LETTERS = re.compile(r"[a-z0-9]+")


def prepare() -> None:
    """Read the table of letters; call it on a work thread, so that the first letter typed does not wait for it."""
    spell("")


class Finder:
    """Options made ready for typing."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = tuple(options)
        self._names = [
            tuple(dict.fromkeys(name_key(word) for word in (one.label, one.hint, *one.keys) if word))
            for one in self.options
        ]
        self._spelt = [tuple(spell(name) for name in names) for names in self._names]

    def find(self, typed: str) -> list[int]:
        """Places of the options that fit, those that begin so first."""
        key = name_key(typed)
        if not key:
            return list(range(len(self.options)))
        first = [place for place, names in enumerate(self._names) if any(name.startswith(key) for name in names)]
        inside = [place for place, names in enumerate(self._names) if any(key in name for name in names)]
        if _LETTERS.fullmatch(key):
            pattern = re.compile(typed_letters(key))
            first += [place for place, names in enumerate(self._spelt) if any(map(pattern.match, names))]
            inside += [place for place, names in enumerate(self._spelt) if any(map(pattern.search, names))]
        return list(dict.fromkeys((*first, *inside)))
