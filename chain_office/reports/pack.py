"""The briefing pack: official first page, numbered sections, 署名, annexes with tables and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.reports import official
from chain_office.reports.content import Chart, PackContent, Section, Table, chinese_date
from chain_office.reports.fonts import FontBook
from chain_office.reports.geometry import AREA_WIDTH, LEFT, LINE_PITCH, MM, SIZE_S4, SIZE_S5, baseline_in
from chain_office.reports.paragraph import Paragraph, Span
from chain_office.reports.press import Furniture, Press
from chain_office.reports.table import TableSetter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.reports.content import Block
    from chain_office.reports.marks import Place

_NUMERALS: Final = "一二三四五六七八九十"
_LEAST_CHART: Final = 0.8  # a chart may give up a fifth of its height to stand where it is mentioned


def render_pack(content: PackContent, book: FontBook | None = None) -> bytes:
    """The PDF. Afterwards `book.missing` counts the characters no face had (set as 〓)."""
    return set_pack(content, book)[0]


def set_pack(content: PackContent, book: FontBook | None = None) -> tuple[bytes, tuple[Place, ...]]:
    """The PDF, and where on its pages stands what can be opened."""
    book = book or FontBook()
    note = f"数据截至{chinese_date(content.as_of)}"
    press = Press(
        book,
        Furniture(
            title=content.title.replace("\n", ""),
            author=content.office,
            subject=note,
            note=note,
            sample=content.sample,
        ),
    )
    return _PackSetter(press, content).set(), tuple(press.places)


class _PackSetter:
    def __init__(self, press: Press, content: PackContent) -> None:
        self._press, self._content = press, content
        self._tables = self._charts = self._marks = 0
        self._body = [section for section in content.sections if not section.annex]
        self._annexes = [section for section in content.sections if section.annex]

    def set(self) -> bytes:
        press, content = self._press, self._content
        official.masthead(press, content)
        official.title(press, content.title)
        if content.recipients:
            official.recipients(press, content.recipients)
        self._blocks(content.opening)
        for number, section in enumerate(self._body):
            self._section(section, number, last=section is self._body[-1])
        names = [section.heading for section in self._annexes]
        if not press.fits(official.signature_lines(len(names), content.office) * LINE_PITCH):
            press.next_page()
        if names:
            official.annex_list(press, names)
        official.signature(press, content.office, content.issued)
        for number, section in enumerate(self._annexes, start=1):
            press.next_page()
            sign = f"附件{number}" if len(self._annexes) > 1 else "附件"
            self._bookmark(f"{sign}　{section.heading}")
            official.annex_head(press, sign, section.heading)
            self._blocks(section.blocks)
            self._exhibits(section)
        return press.finish()

    def _section(self, section: Section, number: int, *, last: bool) -> None:
        press = self._press
        heading = f"{_numeral(number + 1)}、{section.heading}"
        press.snap()
        if not press.fits(2 * LINE_PITCH):
            press.next_page()
        self._bookmark(heading)
        press.paragraph(Paragraph((Span(heading, "hei"),), align="left", keep_with_next=True))
        ends_in_text = last and not section.tables and not section.charts
        self._blocks(
            section.blocks, official.signature_lines(len(self._annexes), self._content.office) if ends_in_text else 0
        )
        self._exhibits(section)

    def _blocks(self, blocks: Sequence[Block], reserve: int = 0) -> None:
        for number, block in enumerate(blocks):
            kept = reserve if number == len(blocks) - 1 else 0
            self._press.paragraph(official.block_paragraph(block), reserve=kept)

    def _exhibits(self, section: Section) -> None:
        """Tables, then charts; a little air below each before the grid goes on."""
        for table in section.tables:
            self._table(table)
            self._press.skip(0.3)
        for chart in section.charts:
            self._chart(chart)
            self._press.skip(0.3)

    def _table(self, table: Table) -> None:
        press = self._press
        press.skip(0.35)
        label = ""
        if table.heading:
            self._tables += 1
            label = f"表{self._tables}"
        TableSetter(press, table, label, table.density).set()

    def _chart(self, chart: Chart) -> None:
        from chain_office.reports.figure import draw_figure

        press = self._press
        self._charts += 1
        caption = f"图{self._charts}　{chart.caption}"
        below = SIZE_S4 * 1.7 + (SIZE_S5 * 1.5 if chart.note else 0.0)
        height = chart.tall_mm * MM
        press.skip(0.35)
        if not press.fits(height + below):
            if press.room - below >= height * _LEAST_CHART:
                height = press.room - below
            else:
                press.next_page()
        figure = chart.figure(AREA_WIDTH / 72, height / 72)
        draw_figure(press.canvas, press.book, figure, LEFT, press.up(press.y + height))
        if chart.reference:
            press.note_place(0.0, press.y, AREA_WIDTH, height, chart.reference)
        press.y += height
        width = press.book.width(caption, "hei", SIZE_S4)
        press.line(
            caption, "hei", SIZE_S4, press.y + baseline_in(SIZE_S4 * 1.7, SIZE_S4), x=max(0.0, (AREA_WIDTH - width) / 2)
        )
        press.y += SIZE_S4 * 1.7
        if chart.note:
            press.paragraph(
                Paragraph((Span(chart.note),), SIZE_S5, "center", 0.0, tracking=0.0, pitch=SIZE_S5 * 1.5), snap=False
            )

    def _bookmark(self, text: str) -> None:
        self._marks += 1
        key = f"mark{self._marks}"
        self._press.canvas.bookmarkPage(key)
        self._press.canvas.addOutlineEntry(text, key, 0)


def _numeral(number: int) -> str:
    """1 → 一 … 10 → 十, 11 → 十一, up to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")
