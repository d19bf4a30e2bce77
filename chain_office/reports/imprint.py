"""版记 of a letter: 抄送, 印发机关 and date, its last line on the lower edge of the type area (GB/T 9704 7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.reports.content import chinese_date
from chain_office.reports.geometry import LINE_PITCH, MM, SIZE_4, baseline_in
from chain_office.reports.paragraph import Paragraph, Span
from chain_office.reports.press import BLACK

if TYPE_CHECKING:
    from datetime import date

    from chain_office.reports.press import Press

_PITCH: Final = SIZE_4 * 1.6
_OUTER: Final = 0.35 * MM
_INNER: Final = 0.25 * MM
_SIGN: Final = "抄送："
BESIDE: Final = 2.5
"""Characters that must be left of the line with issuer and date on it: one at either side, half a one between them."""


def imprint_height(press: Press, copies: str, office: str, issued: date) -> float:
    """Its lines and a blank line above it."""
    return sum(press.height(part) for part in _parts(press, copies, office, issued)) + LINE_PITCH


def imprint(press: Press, copies: str, office: str, issued: date) -> None:
    """At the foot of this page, or of the next if something stands there."""
    parts = _parts(press, copies, office, issued)
    height = sum(press.height(part) for part in parts)
    if not press.fits(height):
        press.next_page()
    press.y = max(press.y, press.sheet.height - height)
    weight = _OUTER
    for number, part in enumerate(parts):
        if number < 2 or not copies:
            press.rule(press.y, weight, BLACK)
        press.paragraph(part, snap=False)
        weight = _INNER
    if _beside(press, office, issued):
        baseline = press.y - _PITCH + baseline_in(_PITCH, SIZE_4)
        press.line(_printed(issued), "fang", SIZE_4, baseline, x=SIZE_4, right=True)
    press.rule(press.y, _OUTER, BLACK)


def copies_line(copies: str) -> str:
    """抄送：… ended by a full stop; several lines are one list."""
    return _SIGN + "，".join(copies.split("\n")).removeprefix(_SIGN).rstrip("。") + "。"


def _parts(press: Press, copies: str, office: str, issued: date) -> list[Paragraph]:
    parts = []
    if copies:
        parts.append(_line(copies_line(copies), hang=3.0))
    parts.append(_line(office))
    if not _beside(press, office, issued):
        parts.append(_line(_printed(issued))._replace(align="right"))
    return parts


def _line(text: str, hang: float = 0.0) -> Paragraph:
    return Paragraph(
        (Span(text),), SIZE_4, "left", -hang, indent=1.0 + hang, right_indent=1.0, tracking=0.0, pitch=_PITCH
    )


def _printed(issued: date) -> str:
    return f"{chinese_date(issued)}印发"


def _beside(press: Press, office: str, issued: date) -> bool:
    """Whether issuer and date stand on one line."""
    return press.book.width(office + _printed(issued), "fang", SIZE_4) + BESIDE * SIZE_4 <= press.sheet.width
