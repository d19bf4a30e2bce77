"""ID-card numbers (GB 11643): found so that they can be kept out. Nothing here stores one."""

from __future__ import annotations

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    f"{number}"
    for number in (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
    )
)
_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])\d{6}[ \-]?\d{8}[ \-]?\d{3}[0-9Xx](?![0-9A-Za-z])")
BLANK = "（身份证号已隐去）"


def is_id_number(text: str) -> bool:
    """Whether 18 characters are an ID-card number: province, birth date, check character."""
    return _has_its_shape(text) and _checks(re.sub(r"[ \-]", "", text).upper())


def _checks(digits: str) -> bool:
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17]


def _has_its_shape(text: str) -> bool:
    digits = re.sub(r"[ \-]", "", text).upper()
    if not re.fullmatch(r"\d{17}[0-9X]", digits) or digits[:2] not in _PROVINCES:
        return False
    try:
        birth = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1900 <= birth.year <= 2100


def find_id_numbers(text: str) -> tuple[str, ...]:
    """Every ID-card number in a text, as written. One the text itself calls 身份证 counts even if mistyped."""
    return tuple(
        m.group(0)
        for m in _CANDIDATE.finditer(text)
        if is_id_number(m.group(0))
        or ("身份证" in text[max(0, m.start() - 8) : m.start()] and _has_its_shape(m.group(0)))
    )


def blank_id_numbers(text: str) -> tuple[str, int]:
    """The text with its ID-card numbers blanked, and how many there were."""
    found = find_id_numbers(text)
    for number in found:
        text = text.replace(number, BLANK)
    return text, len(found)
