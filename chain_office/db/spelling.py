"""Which letters a name can be typed by: every reading of every character, so that no polyphone hides a name.

A spelt text is as long as the text. A character stands in it as a sign for the set of letters it can begin with, so one
regular expression over many spelt names finds letters among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chain_office.paths import resource

_FIRST_SIGN = 0xE000


@dataclass(frozen=True, slots=True)
class _Signs:
    """Character → sign, for ``str.translate``; letter → the signs that can stand for it."""

    of_character: dict[int, int]
    of_letter: dict[str, str]


@cache
def _signs() -> _Signs:
    of_character: dict[int, int] = {}
    of_letter: dict[str, str] = {}
    lines = resource("initials", "initials.txt").read_text(encoding="utf-8").splitlines()
    for sign, line in enumerate(lines, start=_FIRST_SIGN):
        letters, characters = line.split(" ")
        of_character.update(dict.fromkeys(map(ord, characters), sign))
        for letter in letters:
            of_letter[letter] = of_letter.get(letter, "") + chr(sign)
    return _Signs(of_character, of_letter)


def spell(folded: str) -> str:
    """A text (letters in lower case) with every Chinese character as its sign."""
    return folded.translate(_signs().of_character)


def typed_letters(letters: str) -> str:
    """The regular expression that finds typed letters (lower case) and digits in spelt texts."""
    known = _signs().of_letter
    return "".join(
        f"[{letter}{known.get(letter, '')}]" if letter.isalpha() else re.escape(letter) for letter in letters
    )
