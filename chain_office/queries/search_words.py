"""What was typed into the search box: words, and what a word can be besides a text: a number, a code, a telephone."""

from __future__ import annotations

import re

from chain_office.db.models.base import PREFIXES

_MOST_WORDS = 8
_TABLES = {prefix.lower(): table for table, prefix in PREFIXES.items()}
_NUMBER = re.compile(r"([a-z]{2})?0{0,7}([1-9]\d{0,6})")
_SPLIT_NUMBER = re.compile(rf"({'|'.join(_TABLES)})\s+(\d{{1,8}})", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?:\+?86[\s-]*)?([\d\s()（）-]{7,})")
_FOLDED = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {0x3000: 0x20, 0x0A: 0x20, 0x0D: 0x20}
_FOLDED |= {wide: _FOLDED.get(wide - 0xFEE0, wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
FEWEST_DIGITS = 4
"""Fewer digits are not looked for inside codes and telephone numbers."""


def fold(text: str) -> str:
    """Half-width, lower case, on one line; as long as it was."""
    return text.translate(_FOLDED)


def words_of(text: str) -> tuple[str, ...]:
    """The words typed, told apart by blanks; beyond the eighth they narrow no further. A record number or a telephone
    number typed with blanks is one word."""
    plain = fold(text).strip()
    split = _SPLIT_NUMBER.fullmatch(plain)
    if split is not None:
        return (split.group(1) + split.group(2),)
    telephone = _TELEPHONE.fullmatch(plain)
    if telephone is not None:
        return (re.sub(r"\D", "", telephone.group(1)),)
    return tuple(dict.fromkeys(text.split()))[:_MOST_WORDS]


def number_of(word: str) -> tuple[tuple[str, ...], int] | None:
    """The record number a word can be: the tables it may be in, and the number. "WT0078", "wt78", "78"."""
    found = _NUMBER.fullmatch(fold(word))
    if found is None:
        return None
    prefix, digits = found.groups()
    tables = tuple(PREFIXES) if prefix is None else (_TABLES[prefix],) if prefix in _TABLES else ()
    return (tables, int(digits)) if tables else None


def letters_of(word: str) -> str:
    """The word if it can be pinyin initials, else ""."""
    plain = fold(word)
    return plain if plain.isascii() and plain.isalnum() and not plain.isdigit() else ""


def digits_of(word: str) -> str:
    """The digits of a word that can be (part of) a telephone number, else ""."""
    plain = fold(word)
    digits = re.sub(r"[\s()-]", "", plain)
    return digits if digits.isdigit() and len(digits) >= FEWEST_DIGITS else ""


def code_of(word: str) -> str:
    """The word if it can be (part of) a credit code, else ""."""
    plain = fold(word)
    fits = plain.isascii() and plain.isalnum() and len(plain) >= FEWEST_DIGITS
    return plain if fits and any(sign.isdigit() for sign in plain) else ""
