"""Rebuild `initials.txt` from pypinyin's dictionary of single characters.

    .venv/bin/python resources/initials/rebuild.py

A line holds the first letters a group of characters can be read with, the usual one first, and the characters.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

CHARACTERS = range(0x3400, 0xA000)


def main() -> None:
    """Write the file anew."""
    groups: dict[str, list[str]] = defaultdict(list)
    for code in CHARACTERS:
        readings = pinyin_dict.get(code, "").split(",")
        plain = [unicodedata.normalize("NFD", one)[:1].lower() for one in readings if one]
        letters = "".join(one for one in dict.fromkeys(plain) if "a" <= one <= "z")
        if letters:
            groups[letters].append(chr(code))
    lines = [f"{letters} {''.join(group)}" for letters, group in sorted(groups.items())]
    Path(__file__).with_name("initials.txt").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
