"""The press: one PDF, a cursor down the type area, and what stands on every page.

Distances are points from the top of the type area down; the press turns them into PDF coordinates.
"""

from io import BytesIO
from typing import Final, NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from chain_office.reports.fonts import Family, FontBook
from chain_office.reports.geometry import (
    LINE_PITCH,
    MM,
    OFFICIAL,
    SIZE_4,
    SIZE_S5,
    Sheet,
    baseline_in,
)
from chain_office.reports.marks import Place
from chain_office.reports.paragraph import Paragraph, SetLine, draw_lines, set_one_line, set_paragraph

BLACK: Final = HexColor(0x000000)
RED: Final = HexColor(0xC8102E)
GREY: Final = HexColor(0x5A5F66)
SAMPLE_MARK: Final = "示例数据"

_NUMBER_DROP: Final = 7 * MM  # the dashes' upper edge below the type area (GB/T 9704 7.5)
_COUNT: Final = "pages"
_COUNT_ROOM: Final = 27.0
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
    def __init__(self, book: FontBook, furniture: Furniture, sheet: Sheet = OFFICIAL) -> None:
        self.book = book
        self.sheet = sheet
        self.furniture = furniture
        self._buffer = BytesIO()
        self.canvas = Canvas(
            self._buffer,
            pagesize=(sheet.page_width, sheet.page_height),
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
        return self.sheet.height - self.y

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
        if self.sheet.counted:
            self._tell_count()
        self.canvas.save()
        return self._buffer.getvalue()

    # setting

    def up(self, down: float) -> float:
        """PDF ordinate of a point `down` from the top of the type area."""
        return self.sheet.page_height - self.sheet.top - down

    def height(self, paragraph: Paragraph) -> float:
        return len(set_paragraph(self.book, paragraph, self.sheet.width)) * paragraph.pitch

    def paragraph(self, paragraph: Paragraph, *, snap: bool = True, reserve: int = 0) -> None:
        """Set (on the grid) over as many pages as it takes; a last line does not begin a page alone.

        `reserve` lines must follow on the page where it ends (署名 and 日期 never stand on a page without text).
        """
        lines = set_paragraph(self.book, paragraph, self.sheet.width)
        if snap:
            self.snap()
        if paragraph.keep_with_next and not self.fits((len(lines) + 1) * paragraph.pitch):
            self.next_page()
        while lines:
            count = int((self.room + 0.01) / paragraph.pitch)
            if count == len(lines) - 1 and count > 1:
                count -= 1
            if len(lines) <= count < len(lines) + reserve and (len(lines) > 3 or not self.fresh):
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
        left = self.sheet.left + (self.sheet.width - x - line.width if right else x)
        draw_lines(self.canvas, [line], left, [self.up(baseline)], size)
        return line.width

    def rule(self, down: float, weight: float, colour: Color) -> None:
        """A line across the type area."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        self.canvas.line(self.sheet.left, self.up(down), self.sheet.left + self.sheet.width, self.up(down))

    def note_place(self, x: float, down: float, width: float, height: float, reference: str) -> None:
        """What stands there on this page opens something: `x` from the left edge of the type area, `down` from its top."""
        self.places.append(Place(self.page - 1, self.sheet.left + x, self.sheet.top + down, width, height, reference))

    def _draw(self, lines: list[SetLine], paragraph: Paragraph) -> None:
        first = self.y + baseline_in(paragraph.pitch, paragraph.size)
        baselines = [self.up(first + number * paragraph.pitch) for number in range(len(lines))]
        draw_lines(self.canvas, lines, self.sheet.left, baselines, paragraph.size)
        for number, line in enumerate(lines):
            for found in line.marks:
                top = self.y + number * paragraph.pitch
                self.note_place(found.x, top, found.width, paragraph.pitch, found.reference)
        self.y += len(lines) * paragraph.pitch

    # furniture, drawn last so that it comes last when text is copied out

    def _finish_page(self) -> None:
        if self.sheet.counted:
            self._count()
        else:
            self._number()
        if self.furniture.sample:
            self._stamp()
        self.canvas.setFillColor(BLACK)

    def _number(self) -> None:
        """— 3 —, outside; the note opposite (GB/T 9704 7.5)."""
        odd = (self.page + self.furniture.first_number) % 2 == 0
        number = f"— {self.page - 1 + self.furniture.first_number} —"
        baseline = self.sheet.height + _NUMBER_DROP + _DASH_TOP * SIZE_4
        self.canvas.setFillColor(BLACK)
        self.line(number, "digits", SIZE_4, baseline, x=SIZE_4, right=odd)
        self.canvas.setFillColor(GREY)
        if self.furniture.note:
            self.line(self.furniture.note, "fang", SIZE_S5, baseline, right=not odd)

    def _count(self) -> None:
        """第 3 页 共 12 页, at the right; the note at the left. How many there are is drawn in at the end, in a form."""
        baseline = self.sheet.height + _NUMBER_DROP
        self.canvas.setFillColor(GREY)
        self.line(self.furniture.note, "fang", SIZE_S5, baseline)
        said = f"第 {self.page} 页，共 "
        tail = self.sheet.width - _COUNT_ROOM
        self.line(said, "fang", SIZE_S5, baseline, x=tail - self.book.width(said, "fang", SIZE_S5))
        self.canvas.saveState()
        self.canvas.translate(self.sheet.left + tail, self.up(baseline))
        self.canvas.doForm(_COUNT)
        self.canvas.restoreState()

    def _tell_count(self) -> None:
        self.canvas.beginForm(_COUNT, 0, -9, 60, 18)
        self.canvas.setFillColor(GREY)
        draw_lines(self.canvas, [set_one_line(self.book, f"{self.page} 页", "fang", SIZE_S5)], 0, [0], SIZE_S5)
        self.canvas.endForm()

    def _stamp(self) -> None:
        """示例数据 in a frame in the head margin, at the right."""
        size, pad = SIZE_4, 4.0
        width = self.book.width(SAMPLE_MARK, "hei", size)
        baseline = -4 * MM if self.sheet.counted else -9 * MM
        self.canvas.setFillColor(RED)
        self.canvas.setStrokeColor(RED)
        self.canvas.setLineWidth(0.8)
        left = self.sheet.left + self.sheet.width - width - 2 * pad
        self.canvas.rect(left, self.up(baseline) - 0.12 * size - pad, width + 2 * pad, size + 2 * pad)
        self.line(SAMPLE_MARK, "hei", size, baseline, x=pad, right=True)
