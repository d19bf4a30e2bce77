"""Number formats that change what a person sees: percent signs, units written in the format, scaling commas.

A cell holding 0.345 under the format ``0.0%`` reads 34.5%, and 123456 under ``0!.0,"万元"`` reads 12.3万元. The parser
gives only the number, so these few formats are found here and the value is read as it is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

NUM_FMT = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"')
CELL_XFS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
XF = re.compile(rb"<(?:\w+:)?xf\b([^>]*)")
XF_FORMAT = re.compile(rb'\bnumFmtId="(\d+)"')
BUILTIN_PERCENT = {9: "0%", 10: "0.00%"}
UNIT_WORDS = re.compile(r"(亿元|千万元|百万元|万元|千元|亿|万|元|亩|公顷|平方米|吨|人|家|个)$")
ENTITIES = {"&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class Shown:
    """How a number format shows a number: multiplied by ``factor`` and followed by ``suffix``."""

    factor: Decimal
    suffix: str

    def text(self, number: float) -> str:
        """The number as read off the screen, but with every digit it has."""
        value = Decimal(f"{number:.15g}") * self.factor
        return f"{value.normalize():f}{self.suffix}"


def shown_formats(styles: bytes) -> dict[int, Shown]:
    """Style index → how it shows numbers, for the styles where that differs from the plain number."""
    codes = dict(BUILTIN_PERCENT)
    for match in NUM_FMT.finditer(styles):
        codes[int(match[1])] = _unescape(match[2].decode("utf-8", "replace"))
    section = CELL_XFS.search(styles)
    found: dict[int, Shown] = {}
    for index, match in enumerate(XF.finditer(section[0]) if section else ()):
        number = XF_FORMAT.search(match[1])
        shown = _read_code(codes.get(int(number[1]), "")) if number else None
        if shown:
            found[index] = shown
    return found


def _unescape(text: str) -> str:
    for entity, plain in ENTITIES.items():
        text = text.replace(entity, plain)
    return text


def _read_code(code: str) -> Shown | None:
    """What a format code does to a positive number; None if it shows the number itself (or a date)."""
    positive = re.sub(r"\[[^\]]*\]", "", code.split(";")[0])
    literals = "".join(re.findall(r'"([^"]*)"', positive))
    bare = re.sub(r'"[^"]*"', "", positive)
    if re.search(r"[ymdhsYMDHS]", re.sub(r"[\\!_*].", "", bare)) or not re.search(r"[0#?]", bare):
        return None
    factor = Decimal(100) if "%" in re.sub(r"[\\!].", "", bare) else Decimal(1)
    suffix = "%" if factor == 100 else ""
    commas = re.search(r"[0#?](,+)(?:[^0#?,]*)$", re.sub(r"[\\!].", "", bare))
    if commas:
        factor /= Decimal(1000) ** len(commas[1])
    literal_point = re.search(r"[\\!]\.([0#?]+)", bare)
    if literal_point:
        factor /= Decimal(10) ** len(literal_point[1])
    unescaped = re.sub(r"[\\!_*]", "", literals or bare)
    unit = UNIT_WORDS.search(unescaped.strip())
    if unit and not suffix:
        suffix = unit[1]
    if factor == 1 and not suffix:
        return None
    return Shown(factor, suffix)
