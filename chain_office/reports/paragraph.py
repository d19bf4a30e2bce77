"""Setting one paragraph: spans of text in, placed glyph runs out, justified by the space between characters."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from chain_office.reports.breaking import Breaker, Line
from chain_office.reports.fonts import Family, FontBook
from chain_office.reports.geometry import BODY_TRACKING, LINE_PITCH, SIZE_3
from chain_office.reports.marks import Mark, unmark

Align = Literal["justify", "left", "center", "right"]

_SHRINK: Final = 0.02  # half a character in 28: an end stop is drawn in rather than its word pushed out
_MOST_STRETCH: Final = 0.45  # em a gap; beyond it the line stays short
_MOST_AT_CUT: Final = 0.15
_UNSEEN: Final = re.compile(r"[\xad\u200b-\u200d\u2060\ufe0e\ufe0f]")  # pasted along, and nothing to be set
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\xa0\u2028\u2029\ufeff]")


class Span(NamedTuple):
    text: str
    family: Family = "fang"


class Run(NamedTuple):
    """Text in one face, `x` from the line's start, `spacing` added after every character."""

    x: float
    face: str
    text: str
    spacing: float


class SetMark(NamedTuple):
    """Where marked words stand: from the line's start."""

    x: float
    width: float
    reference: str


class SetLine(NamedTuple):
    runs: tuple[Run, ...]
    width: float
    marks: tuple[SetMark, ...] = ()


class Paragraph(NamedTuple):
    """What to set. Indents are in characters of this size; `pitch` is the height of a line."""

    spans: tuple[Span, ...]
    size: float = SIZE_3
    align: Align = "justify"
    first_indent: float = 2.0
    indent: float = 0.0
    right_indent: float = 0.0
    tracking: float = BODY_TRACKING
    pitch: float = LINE_PITCH
    keep_with_next: bool = False


class _Setter:
    """One paragraph's characters with the face and advance of each."""

    def __init__(self, book: FontBook, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.text = ""
        self.faces: list[str] = []
        self.widths: list[float] = []
        self.wide: list[bool] = []
        self.marks: list[Mark] = []
        size, tracking = self.paragraph.size, self.paragraph.tracking
        for span in self.paragraph.spans:
            text, marks = unmark(_UNSEEN.sub("", span.text))
            self.marks += [Mark(len(self.text) + start, len(self.text) + stop, to) for start, stop, to in marks]
            for face, run in book.runs(clean(text), span.family):
                self.text += run
                for char in run:
                    width = book.widths(span.family)[char]
                    is_wide = width > 0.85 or ord(char) > 0x2000
                    self.faces.append(face)
                    self.wide.append(is_wide)
                    self.widths.append(width * size + (tracking if is_wide else 0.0))

    def set(self, width: float) -> list[SetLine]:
        paragraph = self.paragraph
        em = paragraph.size + paragraph.tracking
        limit = width - (paragraph.indent + paragraph.right_indent) * em
        first = limit - paragraph.first_indent * em
        justify = paragraph.align == "justify"
        breaker = Breaker(self.text, self.widths, em, _SHRINK if justify else 0.0)
        lines = breaker.lines(limit, first)
        out = []
        for number, line in enumerate(lines):
            start = paragraph.indent * em + (0.0 if number else paragraph.first_indent * em)
            room = limit if number else first
            last = number == len(lines) - 1
            out.append(self._place(line, start, room, stretch=justify and (not last or line.width > room)))
        return out

    def _place(self, line: Line, start: float, room: float, *, stretch: bool) -> SetLine:
        stop = line.start + len(self.text[line.start : line.stop].rstrip(" "))
        if stop == line.start:
            return SetLine((), 0.0)
        cuts = [i for i in range(line.start + 1, stop) if self._new_run(i)]
        inner = sum(self.wide[line.start : stop]) - sum(self.wide[cut - 1] for cut in [*cuts, stop])
        between, at_cut = self._stretches(room - line.width, inner, len(cuts)) if stretch else (0.0, 0.0)
        if self.paragraph.align in {"center", "right"}:
            start += (room - line.width) / (2 if self.paragraph.align == "center" else 1)
        runs: list[Run] = []
        lefts: list[float] = []
        x = start
        for begin, end in pairwise([line.start, *cuts, stop]):
            spacing = self.paragraph.tracking + between if self.wide[begin] else 0.0
            runs.append(Run(x, self.faces[begin], self.text[begin:end], spacing))
            if self.marks:
                lefts += self._lefts(x, begin, end, between)
            x += sum(self.widths[begin:end]) + at_cut
            x += between * (end - begin - 1) if self.wide[begin] else 0.0
        marks = self._set_marks(line.start, [*lefts, x]) if self.marks else ()
        return SetLine(tuple(runs), line.width + inner * between + len(cuts) * at_cut, marks)

    def _lefts(self, x: float, begin: int, end: int, between: float) -> list[float]:
        """Where each character of a run begins."""
        step = between if self.wide[begin] else 0.0
        return [x + sum(self.widths[begin:place]) + step * (place - begin) for place in range(begin, end)]

    def _set_marks(self, begin: int, lefts: list[float]) -> tuple[SetMark, ...]:
        """The marks on a line that begins with character ``begin`` and whose characters begin at ``lefts``."""
        out = []
        for mark in self.marks:
            first, last = max(mark.start - begin, 0), min(mark.stop - begin, len(lefts) - 1)
            if first < last:
                out.append(SetMark(lefts[first], lefts[last] - lefts[first], mark.reference))
        return tuple(out)

    def _new_run(self, i: int) -> bool:
        return self.faces[i] != self.faces[i - 1] or self.wide[i] != self.wide[i - 1]

    def _stretches(self, spare: float, inner: int, cuts: int) -> tuple[float, float]:
        """The space added between full-width characters and at a change of face.

        At a change the space stays under a sixth of an em: above it, readers of PDF text see a blank there.
        """
        if inner + cuts == 0:
            return 0.0, 0.0
        even = spare / (inner + cuts)
        at_cut = min(even, _MOST_AT_CUT * self.paragraph.size)
        between = (spare - cuts * at_cut) / inner if inner else 0.0
        if between > _MOST_STRETCH * self.paragraph.size:
            return 0.0, 0.0
        return between, at_cut


def clean(text: str) -> str:
    """One line of plain text: control characters and line ends become spaces."""
    return _CONTROL.sub(" ", _UNSEEN.sub("", text))


def set_paragraph(book: FontBook, paragraph: Paragraph, width: float) -> list[SetLine]:
    """The paragraph's lines, each run placed from the left edge of the measure."""
    return _Setter(book, paragraph).set(width)


def set_one_line(book: FontBook, text: str, family: Family, size: float) -> SetLine:
    """A short text on one line, unjustified."""
    runs, x = [], 0.0
    for face, run in book.runs(clean(text), family):
        runs.append(Run(x, face, run, 0.0))
        x += book.width(run, family, size)
    return SetLine(tuple(runs), x)


def draw_lines(canvas: Canvas, lines: Sequence[SetLine], x: float, baselines: Sequence[float], size: float) -> None:
    """Draw lines with their left edge at x, each on its baseline (points from the page's foot)."""
    text = canvas.beginText()
    for line, y in zip(lines, baselines, strict=True):
        for run in line.runs:
            text.setFont(run.face, size)
            text.setCharSpace(run.spacing)
            text.setTextOrigin(x + run.x, y)
            text.textOut(run.text)
    text.setCharSpace(0)
    canvas.drawText(text)
