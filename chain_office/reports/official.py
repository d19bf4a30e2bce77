"""The parts of an official paper that stand around its text: red masthead, title, 主送, 附件说明, 署名 and 日期."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.reports.content import Heading, Lead, chinese_date
from chain_office.reports.geometry import (
    AREA_WIDTH,
    CHARACTER_PITCH,
    CHARACTERS,
    LINE_PITCH,
    MM,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    baseline_in,
)
from chain_office.reports.paragraph import Paragraph, Span, set_paragraph
from chain_office.reports.press import BLACK, RED
from chain_office.reports.wrapping import Ems, wrap_evenly

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.reports.content import Block, PackContent
    from chain_office.reports.fonts import Family
    from chain_office.reports.press import Press

_MARK_DROP: Final = 35 * MM  # upper edge of the mark below the upper edge of the type area (7.2.4)
_MARK_SIZE: Final = 40.0
_LEAST_MARK: Final = SIZE_2  # a longer name turns rather than shrink further
_INK_TOP: Final = 0.85  # of the em: upper edge of a 小标宋 character
_RULE_DROP: Final = 4 * MM
_TITLE_PITCH: Final = 1.25 * LINE_PITCH
_HEADING_FACES: Final[dict[int, Family]] = {1: "hei", 2: "kai", 3: "fang"}


def masthead(press: Press, content: PackContent) -> None:
    """The red mark, two blank lines, the line of issuer and date, the red rule, two blank lines."""
    _red_mark(press, content.masthead)
    press.skip(1)
    if content.issue:
        press.paragraph(_centred(content.issue))
    press.snap()
    _issuer_and_date(press, content)
    _red_rule(press)


def letterhead(press: Press, mark: str, number: str) -> None:
    """The red mark of a letter, two blank lines, 发文字号, the red rule, two blank lines."""
    _red_mark(press, mark)
    press.skip(1)
    press.snap()
    if number:
        press.paragraph(_centred(number))
    _red_rule(press)


def _red_mark(press: Press, mark: str) -> None:
    """As large as one line allows; its ink begins 35 mm down the type area."""
    size = min(_MARK_SIZE, (AREA_WIDTH - 2 * SIZE_3) / max(1.0, press.book.width(mark, "title")))
    press.canvas.setFillColor(RED)
    if size < _LEAST_MARK:
        press.y = _MARK_DROP
        _title_lines(press, mark)
    else:
        width = press.book.width(mark, "title", size)
        press.line(mark, "title", size, _MARK_DROP + _INK_TOP * size, x=(AREA_WIDTH - width) / 2)
        press.y = _MARK_DROP + size
    press.canvas.setFillColor(BLACK)


def _red_rule(press: Press) -> None:
    press.y += _RULE_DROP
    press.rule(press.y, 1.4, RED)
    press.skip(1.5)


def block_paragraph(block: Block) -> Paragraph:
    """A paragraph of the text: 一、黑体, （一）楷体, 1. 仿宋."""
    if isinstance(block, Heading):
        face = _HEADING_FACES[block.level]
        return Paragraph((Span(block.text, face),), align="left", keep_with_next=True)
    if isinstance(block, Lead):
        return Paragraph((Span(block.lead, "kai"), Span(block.text)))
    return Paragraph((Span(block),))


def _issuer_and_date(press: Press, content: PackContent) -> None:
    """Issuer at the left, date at the right, one character in; a long name goes down one size, then to its own line."""
    day = chinese_date(content.issued)
    for size in (SIZE_3, SIZE_4):
        width = press.book.width(content.office + day, "fang", size)
        if width + 3 * CHARACTER_PITCH <= AREA_WIDTH:
            break
    else:
        press.paragraph(Paragraph((Span(content.office),), align="left", first_indent=1.0, indent=0.0))
        size = SIZE_3
    baseline = press.y + baseline_in(LINE_PITCH, size)
    if width + 3 * CHARACTER_PITCH <= AREA_WIDTH:
        press.line(content.office, "fang", size, baseline, x=CHARACTER_PITCH)
    press.line(day, "fang", size, baseline, x=CHARACTER_PITCH, right=True)
    press.y += LINE_PITCH


def title(press: Press, text: str) -> None:
    """2号小标宋, centred, turning where the text has line breaks, else in lines of about one length."""
    for part in text.split("\n"):
        press.y = _title_lines(press, part)
    press.snap()
    press.skip(1)


def _title_lines(press: Press, text: str) -> float:
    paragraph = Paragraph(
        (Span(text, "title"),), SIZE_2, align="center", first_indent=0.0, tracking=0.0, pitch=_TITLE_PITCH
    )
    count = len(set_paragraph(press.book, paragraph, AREA_WIDTH))
    if count > 1:  # as narrow as the same number of lines allows: no short last line
        spare = 0.0
        while len(set_paragraph(press.book, paragraph, AREA_WIDTH - (spare + SIZE_2))) == count:
            spare += SIZE_2
        paragraph = paragraph._replace(indent=spare / 2 / SIZE_2, right_indent=spare / 2 / SIZE_2)
    press.paragraph(paragraph, snap=False)
    return press.y


def recipients(press: Press, text: str) -> None:
    """主送: from the left edge, ended by a full-width colon."""
    press.paragraph(Paragraph((Span(text.rstrip("：:") + "："),), align="left", first_indent=0.0))


def annex_list(press: Press, names: Sequence[str]) -> None:
    """附件说明: a blank line below the text, two characters in, later lines under the first character of the name."""
    press.skip(1)
    for number, name in enumerate(names, start=1):
        sign = "附件：" if number == 1 else "　　　"
        lead = f"{sign}{number}. " if len(names) > 1 else sign
        hang = press.book.width(lead, "fang", SIZE_3) / CHARACTER_PITCH
        press.paragraph(Paragraph((Span(lead + name),), align="left", first_indent=-hang, indent=2 + hang))


def issuer_lines(office: str) -> list[str]:
    """署名 on one line, or one too long for that on several of about one length."""
    return wrap_evenly(Ems(), office, CHARACTERS - 2.0) or [""]


def signature_lines(annexes: int, office: str) -> int:
    """How many lines 附件说明, 署名 and 日期 take after the text."""
    return (annexes + 1 if annexes else 0) + 2 + len(issuer_lines(office))


def signature(press: Press, office: str, issued: date) -> None:
    """署名 two characters from the right, 日期 beginning two characters after it (7.3.5.2, without a seal)."""
    if not press.fits(signature_lines(0, office) * LINE_PITCH):
        press.next_page()
    press.skip(1)
    press.snap()
    lines, day = issuer_lines(office), chinese_date(issued)
    widths = [press.book.width(line, "fang", SIZE_3) for line in lines]
    office_width, day_width = max(widths), press.book.width(day, "fang", SIZE_3)
    two = 2 * CHARACTER_PITCH
    left = max(0.0, AREA_WIDTH - two - office_width)
    day_left = left + two
    if day_width + two > office_width:
        day_left = AREA_WIDTH - two - day_width
        left = max(0.0, day_left - two)
    for text, x in (
        *((line, left + (office_width - width) / 2) for line, width in zip(lines, widths, strict=True)), (day, day_left)
    ):  # fmt: skip
        press.line(text, "fang", SIZE_3, press.y + baseline_in(LINE_PITCH, SIZE_3), x=x)
        press.y += LINE_PITCH


def annex_head(press: Press, sign: str, name: str) -> None:
    """附件N at the upper left in 黑体, the title centred on the third line."""
    if not press.fresh:
        press.next_page()
    press.paragraph(Paragraph((Span(sign, "hei"),), align="left", first_indent=0.0))
    press.skip(1)
    title(press, name)


def _centred(text: str) -> Paragraph:
    return Paragraph((Span(text),), align="center", first_indent=0.0)
