"""What can be chosen, made ready for typing: names, 简称, pinyin initials and codes in one text each, searched in memory."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.domain.forms import Option

_SKIPPED = re.compile(r"[\s()\[\]【】《》“”\"'·•,，、。;；:：/\\_-]+")
_KEY, _END = "\x1e", "\x1f"
_CHUNK = 500
"""So many at a time: one call that takes long would keep the window's thread waiting for the interpreter."""


def typed_key(text: str) -> str:
    """A text as options are compared: half-width, lower case, no blanks and marks."""
    return _SKIPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True, slots=True)
class Offered:
    """Options in their order, and the text typing is matched with for each."""

    options: tuple[Option, ...] = ()
    texts: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: Iterable[Option]) -> Offered:
        """Make options ready."""
        taken = tuple(options)
        texts: list[str] = []
        for start in range(0, len(taken), _CHUNK):
            part = taken[start : start + _CHUNK]
            texts += _texts(part)
        return cls(taken, tuple(texts))

    def find(self, typed: str) -> list[int]:
        """Places of the options that fit, best first: the whole name or code, then what begins so, then what has it
        inside. Several words must all fit."""
        words = [key for part in typed.split() if (key := typed_key(part))]
        if not words:
            return list(range(len(self.options)))
        first, *others = words
        found = [place for place, text in enumerate(self.texts) if first in text]
        for word in others:
            found = [place for place in found if word in self.texts[place]]
        texts, whole, start = self.texts, f"{_KEY}{first}{_END}", f"{_KEY}{first}"
        exact = [place for place in found if whole in texts[place]]
        if len(found) == len(exact):
            return exact
        begins = [place for place in found if start in texts[place]]
        ahead = {*exact, *begins}
        return [*exact, *(set_aside(begins, set(exact))), *set_aside(found, ahead)]

    def exact(self, typed: str) -> Option | None:
        """The one option whose name, 简称 or code is exactly this; None where there is none or more than one."""
        whole = f"{_KEY}{typed_key(typed)}{_END}"
        found = [place for place, text in enumerate(self.texts) if whole in text]
        return self.options[found[0]] if len(found) == 1 else None

    def by_id(self, row_id: str) -> Option | None:
        """The option with this id."""
        return next((one for one in self.options if one.id == row_id), None)


def set_aside(places: list[int], taken: set[int]) -> list[int]:
    """The places that are not taken."""
    return [place for place in places if place not in taken] if taken else places


def _texts(options: tuple[Option, ...]) -> list[str]:
    joined = "\n".join(_END.join((one.label, *one.keys)).replace("\n", " ") for one in options)
    tidy = unicodedata.normalize("NFKC", joined).casefold()
    return [_KEY + _KEY.join(f"{_SKIPPED.sub('', key)}{_END}" for key in line.split(_END)) for line in tidy.split("\n")]
