"""The press: one PDF, a cursor down the type area, and what stands on every page.

Distances are points from the top of the type area down; the press turns them into PDF coordinates.
"""

from io import BytesIO
from typing import Final, NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from chain_office.reports.fonts import Family, FontBook
from chain_office.reports.geometry import (
    AREA_HEIGHT,
    AREA_WIDTH,
    LEFT,
    LINE_PITCH,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIZE_4,
    SIZE_S5,
    TOP,
    baseline_in,
)
from chain_office.reports.marks import Place
from chain_office.reports.paragraph import Paragraph, SetLine, draw_lines, set_one_line, set_paragraph

BLACK: Final = HexColor(0x000000)
RED: Final = HexColor(0xC8102E)
GREY: Final = HexColor(0x5A5F66)
SAMPLE_MARK: Final = "示例数据"

_NUMBER_DROP: Final = 7 * MM  # the dashes' upper edge below the type area (GB/T 9704 7.5)
_DASH_TOP: Final = 0.293  # of the em: upper edge of — in the page-number face


class Furniture(NamedTuple):
    """What every page carries. `note` is small print opposite the page number, such as the cut-off date."""

    title: str
    author: str = ""
    subject: str = ""
    note: str = ""
    sample: bool = False
    first_number: int = 1


class Press:
    def __init__(self, book: FontBook, furniture: Furniture) -> None:
        self.book = book
        self.furniture = furniture
        self._buffer = BytesIO()
        self.canvas = Canvas(
            self._buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            initialFontName=book.first_face("fang"),  # type: ignore[arg-type]  # the stub says float
            lang="zh-CN",
        )
        self.canvas.setTitle(furniture.title)
        self.canvas.setAuthor(furniture.author)
        self.canvas.setSubject(furniture.subject)
        self.canvas.setCreator("Chain Office")
        self.canvas.setProducer("Chain Office")
        self.page = 1
        self.y = 0.0
        self.places: list[Place] = []

    # the cursor

    @property
    def room(self) -> float:
        """What is left of the type area on this page."""
        return AREA_HEIGHT - self.y

    @property
    def fresh(self) -> bool:
        """Nothing stands on this page yet."""
        return self.y <= 0.0

    def fits(self, height: float) -> bool:
        return height <= self.room + 0.01

    def snap(self) -> None:
        """Down to the next line of the grid."""
        lines = self.y / LINE_PITCH
        self.y = -int(-(lines - 1e-6) // 1) * LINE_PITCH

    def skip(self, lines: float) -> None:
        """Blank lines; never carried over to a new page."""
        if not self.fresh:
            self.y += lines * LINE_PITCH

    def next_page(self) -> None:
        self._finish_page()
        self.canvas.showPage()
        self.page += 1
        self.y = 0.0

    def finish(self) -> bytes:
        self._finish_page()
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()

    # setting

    def up(self, down: float) -> float:
        """PDF ordinate of a point `down` from the top of the type area."""
        return PAGE_HEIGHT - TOP - down

    def height(self, paragraph: Paragraph) -> float:
        return len(set_paragraph(self.book, paragraph, AREA_WIDTH)) * paragraph.pitch

    def paragraph(self, paragraph: Paragraph, *, snap: bool = True, reserve: int = 0) -> None:
        """Set (on the grid) over as many pages as it takes; a last line does not begin a page alone.

        `reserve` lines must follow on the page where it ends (署名 and 日期 never stand on a page without text).
        """
        lines = set_paragraph(self.book, paragraph, AREA_WIDTH)
        if snap:
            self.snap()
        if paragraph.keep_with_next and not self.fits((len(lines) + 1) * paragraph.pitch):
            self.next_page()
        while lines:
            count = int((self.room + 0.01) / paragraph.pitch)
            if count == len(lines) - 1 and count > 1:
                count -= 1
            if len(lines) <= count < len(lines) + reserve and not self.fresh:
                count = len(lines) - 2 if len(lines) > 3 else 0
            if count <= 0:
                self.next_page()
                continue
            self._draw(lines[:count], paragraph)
            lines = lines[count:]
            if lines:
                self.next_page()

    def line(
        self, text: str, family: Family, size: float, baseline: float, *, x: float = 0.0, right: bool = False
    ) -> float:
        """One line with its baseline `baseline` down and x from the left (or right) edge; its width."""
        line = set_one_line(self.book, text, family, size)
        left = LEFT + (AREA_WIDTH - x - line.width if right else x)
        draw_lines(self.canvas, [line], left, [self.up(baseline)], size)
        return line.width

    def rule(self, down: float, weight: float, colour: Color) -> None:
        """A line across the type area."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        self.canvas.line(LEFT, self.up(down), LEFT + AREA_WIDTH, self.up(down))

    def note_place(self, x: float, down: float, width: float, height: float, reference: str) -> None:
        """What stands there on this page opens something: `x` from the left edge of the type area, `down` from its top."""
        self.places.append(Place(self.page - 1, LEFT + x, TOP + down, width, height, reference))

    def _draw(self, lines: list[SetLine], paragraph: Paragraph) -> None:
        first = self.y + baseline_in(paragraph.pitch, paragraph.size)
        baselines = [self.up(first + number * paragraph.pitch) for number in range(len(lines))]
        draw_lines(self.canvas, lines, LEFT, baselines, paragraph.size)
        for number, line in enumerate(lines):
            for found in line.marks:
                top = self.y + number * paragraph.pitch
                self.note_place(found.x, top, found.width, paragraph.pitch, found.reference)
        self.y += len(lines) * paragraph.pitch

    # furniture, drawn last so that it comes last when text is copied out

    def _finish_page(self) -> None:
        odd = (self.page + self.furniture.first_number) % 2 == 0
        number = f"— {self.page - 1 + self.furniture.first_number} —"
        baseline = AREA_HEIGHT + _NUMBER_DROP + _DASH_TOP * SIZE_4
        self.canvas.setFillColor(BLACK)
        self.line(number, "digits", SIZE_4, baseline, x=SIZE_4, right=odd)
        self.canvas.setFillColor(GREY)
        if self.furniture.note:
            self.line(self.furniture.note, "fang", SIZE_S5, baseline, right=not odd)
        if self.furniture.sample:
            self._stamp()
        self.canvas.setFillColor(BLACK)

    def _stamp(self) -> None:
        """示例数据 in a frame in the head margin, at the right."""
        size, pad = SIZE_4, 4.0
        width = self.book.width(SAMPLE_MARK, "hei", size)
        baseline = -9 * MM
        self.canvas.setFillColor(RED)
        self.canvas.setStrokeColor(RED)
        self.canvas.setLineWidth(0.8)
        self.canvas.rect(
            LEFT + AREA_WIDTH - width - 2 * pad, self.up(baseline) - 0.12 * size - pad, width + 2 * pad, size + 2 * pad
        )
        self.line(SAMPLE_MARK, "hei", size, baseline, x=pad, right=True)
