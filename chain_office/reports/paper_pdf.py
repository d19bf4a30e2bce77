"""A paper as PDF: a letter by GB/T 9704, a list across or upright, a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.reports import official
from chain_office.reports.chart_page import set_chart
from chain_office.reports.content import Chart, Heading, Table
from chain_office.reports.fonts import FontBook
from chain_office.reports.geometry import LINE_PITCH, SIZE_4, SIZE_S5
from chain_office.reports.grid import GridSetter
from chain_office.reports.imprint import imprint, imprint_height
from chain_office.reports.paper_pages import foot_of, sheet_of
from chain_office.reports.papers import Grid, Photos
from chain_office.reports.paragraph import Paragraph, Span
from chain_office.reports.photo_page import PhotoSetter
from chain_office.reports.press import Furniture, Press
from chain_office.reports.table import TableSetter
from chain_office.reports.tidying import one_line, tidied

if TYPE_CHECKING:
    from chain_office.reports.content import Block
    from chain_office.reports.papers import Paper

_TITLE_SIZE: Final = 20.0  # of lists and forms
_TITLE_PITCH: Final = 28.0
_TEXT_PITCH: Final = 23.0  # of text between tables
_FOOT_ROOM: Final = 120.0  # points left for the page number beside small print at the foot


def render(paper: Paper, book: FontBook | None = None) -> bytes:
    """The PDF. Afterwards `book.missing` counts the characters no face had (set as 〓)."""
    paper = tidied(paper)
    book = book or FontBook()
    sheet = sheet_of(paper)
    foot = foot_of(paper)
    too_long = book.width(foot, "fang", SIZE_S5) > sheet.width - _FOOT_ROOM
    furniture = Furniture(
        title=one_line(paper.title),
        author=one_line(paper.office),
        subject=one_line(paper.number),
        note="" if too_long else foot,
        sample=paper.sample,
    )
    press = Press(book, furniture, sheet)
    _PaperSetter(press, paper, foot if too_long else "").set()
    return press.finish()


class _PaperSetter:
    def __init__(self, press: Press, paper: Paper, small_print: str) -> None:
        self._press, self._paper, self._small_print = press, paper, small_print
        self._letter = bool(paper.masthead)

    def set(self) -> None:
        press, paper = self._press, self._paper
        if self._letter:
            official.letterhead(press, one_line(paper.masthead), one_line(paper.number))
            official.title(press, paper.title)
            if paper.recipients:
                official.recipients(press, one_line(paper.recipients))
        else:
            self._head()
        for number, part in enumerate(paper.parts):
            if isinstance(part, Heading):
                self._keep_with_table(number)
            self._part(part, self._tail() if number == len(paper.parts) - 1 else 0.0)
        if self._small_print:
            press.paragraph(_small(self._small_print), snap=False)
        if self._tail() and not press.fits(self._tail()) and not press.fresh:
            press.next_page()
        if paper.annexes:
            official.annex_list(press, [one_line(name) for name in paper.annexes])
        if paper.signed:
            official.signature(press, one_line(paper.office), paper.issued)
        if self._letter:
            imprint(press, paper.copies, one_line(paper.office), paper.issued)

    def _tail(self) -> float:
        """What has to follow the text on its last page: 附件说明, 署名 and 日期, 版记."""
        press, paper = self._press, self._paper
        lines = (len(paper.annexes) + 1 if paper.annexes else 0) + (
            official.signature_lines(0, one_line(paper.office)) if paper.signed else 0
        )
        height = lines * LINE_PITCH
        if self._letter:
            height += imprint_height(press, paper.copies, one_line(paper.office), paper.issued)
        return min(height, press.sheet.height / 2)

    def _head(self) -> None:
        """The title of a list or a form; below it for whom it is, and its number."""
        press, paper = self._press, self._paper
        for line in paper.title.split("\n"):
            press.paragraph(
                Paragraph((Span(line, "title"),), _TITLE_SIZE, "center", 0.0, tracking=0.0, pitch=_TITLE_PITCH),
                snap=False,
            )
        left, right = one_line(paper.recipients), one_line(paper.number)
        if not left and not right:
            press.y += 6.0
            return
        press.y += 4.0
        beside = press.book.width(left + right, "fang", SIZE_4) + 2 * SIZE_4 <= press.sheet.width
        if left:
            press.paragraph(_line(left), snap=False)
        if right and beside:
            press.y -= _TEXT_PITCH if left else 0.0
        if right:
            press.paragraph(_line(right)._replace(align="right"), snap=False)
        press.y += 2.0

    def _keep_with_table(self, number: int) -> None:
        """A heading, and a line or two of text, go over with the table they announce."""
        press, parts = self._press, self._paper.parts
        above = 0.0
        for part in parts[number : number + 3]:
            if isinstance(part, Table):
                if not press.fresh and TableSetter(press, part, density=part.density).turns(above + 6.0):
                    press.next_page()
                return
            if isinstance(part, Chart | Grid | Photos):
                return
            above += sum(press.height(self._paragraph(block)) for block in _lines(part))

    def _paragraph(self, block: Block) -> Paragraph:
        paragraph = official.block_paragraph(block)
        return paragraph if self._letter else paragraph._replace(size=SIZE_4, tracking=0.0, pitch=_TEXT_PITCH)

    def _part(self, part: Block | Chart | Grid | Photos | Table, tail: float) -> None:
        press = self._press
        if isinstance(part, Table):
            if not press.fresh:
                press.y += 6.0 if part.heading or part.unit else 2.0
            TableSetter(press, part, density=part.density, reserve=tail).set()
            press.y += 8.0
        elif isinstance(part, Grid):
            GridSetter(press, part, reserve=tail).set()
            press.y += 10.0
        elif isinstance(part, Photos):
            PhotoSetter(press, part).set()
        elif isinstance(part, Chart):
            set_chart(press, part)
        else:
            for block in _lines(part):
                paragraph = self._paragraph(block)
                reserve = int(tail / paragraph.pitch + 0.99)
                press.paragraph(paragraph, snap=self._letter, reserve=reserve)


def _lines(block: Block) -> list[Block]:
    """A text with line ends is that many paragraphs."""
    return list(block.split("\n")) if isinstance(block, str) else [block]


def _line(text: str) -> Paragraph:
    return Paragraph((Span(text),), SIZE_4, "left", 0.0, tracking=0.0, pitch=_TEXT_PITCH)


def _small(text: str) -> Paragraph:
    return Paragraph((Span(text),), SIZE_S5, "left", 0.0, tracking=0.0, pitch=SIZE_S5 * 1.5)
