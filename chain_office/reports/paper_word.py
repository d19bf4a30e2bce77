"""A paper as a Word document that an office edits: styles with their names, real page numbers, tables of fixed widths, and
forms whose cells are tagged so that they are known again when they come back."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from chain_office.reports.content import Chart, Heading, Lead, Table, chinese_date
from chain_office.reports.geometry import AREA_WIDTH, CHARACTERS, MM, SIZE_2, SIZE_3, SIZE_4, SIZE_S4
from chain_office.reports.imprint import copies_line
from chain_office.reports.official import issuer_lines
from chain_office.reports.paper_pages import foot_of, sheet_of
from chain_office.reports.papers import Grid, Photos
from chain_office.reports.tidying import one_line, tidied
from chain_office.reports.word_charts import chart_paragraphs
from chain_office.reports.word_package import blank, describe, packed
from chain_office.reports.word_page import set_page
from chain_office.reports.word_photos import photo_rows
from chain_office.reports.word_styles import (
    BODY,
    EM,
    HEADING,
    LEAD,
    LINE,
    LIST_LINE,
    LIST_TEXT,
    LIST_TITLE,
    MARK,
    NOTE,
    NUMBER,
    RED,
    SIGN,
    SMALL_PRINT,
    SPACER,
    TITLE,
    TO,
)  # fmt: skip
from chain_office.reports.word_tables import controls_in, form_table, imprint_table, list_table
from chain_office.reports.word_xml import em_width, node, paragraph, run, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from chain_office.reports.content import Block
    from chain_office.reports.geometry import Sheet
    from chain_office.reports.papers import Paper

_SHORT_PARAGRAPH = 140
_LIST_PITCH = 23.0
_ABOVE = frozenset({BODY, LIST_TEXT, "Heading1", "Heading2", "Heading3"})
"""What a table does not touch."""
_MARK_SIZE, _LEAST_MARK = 40.0, SIZE_2
_MARK_DROP = 35 * MM - 2.0  # a line of the mark begins a little above its ink


def render(paper: Paper) -> bytes:
    """The .docx; the same paper gives the same bytes."""
    paper = tidied(paper)
    document = blank()
    sheet = sheet_of(paper)
    set_page(document, sheet, foot_of(paper), sample=paper.sample)
    describe(document, paper.title, paper.office, paper.number, paper.issued)
    body = document.element.body
    writer = _PaperWriter(paper, sheet, document)
    for made in writer.write():
        body.insert(len(body) - 1, made)
    return packed(document)


class _PaperWriter:
    def __init__(self, paper: Paper, sheet: Sheet, document: Document) -> None:
        self._document = document
        self._paper, self._sheet, self._width = paper, sheet, sheet.width
        self._letter = bool(paper.masthead)
        self._controls = 1
        self._out: list[BaseOxmlElement] = []

    def write(self) -> list[BaseOxmlElement]:
        paper = self._paper
        if self._letter:
            self._letterhead()
        else:
            self._head()
        for part in paper.parts:
            self._part(part)
        if paper.signed or paper.annexes:
            self._hold_last_paragraph()
        if paper.annexes:
            self._annexes()
        if paper.signed:
            self._signature()
        if self._letter:
            copies = copies_line(paper.copies) if paper.copies else ""
            self._out.append(imprint_table(copies, one_line(paper.office), paper.issued, self._sheet))
        if not len(self._out) or self._out[-1].tag.endswith("}tbl"):
            tiny = node("spacing", line=20, lineRule="exact")
            self._out.append(paragraph(SPACER, spacing=tiny))
        return self._out

    def _add(self, *made: BaseOxmlElement) -> None:
        self._out += made

    def _letterhead(self) -> None:
        paper = self._paper
        mark = one_line(paper.masthead)
        size = max(_LEAST_MARK, min(_MARK_SIZE, (AREA_WIDTH - 2 * SIZE_3) / max(1.0, em_width(mark))))
        space = node("spacing", before=twips(_MARK_DROP), line=twips(1.2 * size), lineRule="exact")
        self._add(paragraph(MARK, run(mark, "", node("sz", val=round(2 * size))), spacing=space))
        rule = node("pBdr", node("bottom", val="single", sz=12, space=11, color=RED))
        self._add(
            paragraph(NUMBER, one_line(paper.number), border=rule, spacing=node("spacing", before=twips(1.12 * LINE)))
        )
        text = paper.title
        lines = [_title_indent(line) for line in text.split("\n")]
        side = min(lines)
        indent = node("ind", left=twips(side), right=twips(side)) if side else None
        space = node("spacing", before=twips(1.5 * LINE), after=twips(1.8 * LINE))
        self._add(paragraph(TITLE, text, spacing=space, indent=indent))
        if paper.recipients:
            self._add(paragraph(TO, one_line(paper.recipients).rstrip("：:") + "："))

    def _head(self) -> None:
        """The title of a list or a form; below it for whom it is, and its number."""
        paper = self._paper
        self._add(paragraph(LIST_TITLE, paper.title))
        left, right = one_line(paper.recipients), one_line(paper.number)
        if not left and not right:
            self._out[-1].pPr.append(node("spacing", after=120))
        else:
            tabs = node("tabs", node("tab", val="right", pos=twips(self._width)))
            content = [run(left)] if left else []
            if right:
                content += [node("r", node("tab")), run(right)]
            space = node("spacing", before=80, after=40)
            self._add(paragraph(LIST_LINE, *content, tabs=tabs, spacing=space))

    def _part(self, part: Block | Chart | Grid | Photos | Table) -> None:
        if isinstance(part, Table):
            self._table(part)
        elif isinstance(part, Grid):
            self._grid(part)
        elif isinstance(part, Photos):
            self._add(*photo_rows(self._document, part, self._width))
        elif isinstance(part, Chart):
            self._add(*chart_paragraphs(self._document, part, self._width, len(self._out)))
        elif self._ends_table():
            self._add(paragraph(SPACER))
            self._part(part)
        elif isinstance(part, Heading):
            self._heading(part)
        elif isinstance(part, Lead):
            self._add(paragraph(BODY if self._letter else LIST_TEXT, run(part.lead, LEAD), part.text))
        else:
            style = BODY if self._letter else LIST_TEXT
            self._add(*(paragraph(style, line) for line in part.split("\n")))

    def _heading(self, part: Heading) -> None:
        """In a letter as large as its text, in lists and forms as theirs is."""
        style = f"Heading{part.level}"
        if self._letter:
            self._add(paragraph(style, part.text))
            return
        line, first = (
            node("spacing", line=twips(_LIST_PITCH), lineRule="exact"),
            node("ind", firstLine=twips(2 * SIZE_4)),
        )
        self._add(paragraph(style, run(part.text, "", node("sz", val=round(2 * SIZE_4))), spacing=line, indent=first))

    def _table(self, table: Table) -> None:
        keep = node("keepNext")
        if not self._ends_table():
            self._hold_last_paragraph()
        if table.heading or table.unit:
            tabs = node(
                "tabs",
                node("tab", val="center", pos=twips(self._width / 2)),
                node("tab", val="right", pos=twips(self._width)),
            )
            unit = [node("r", node("tab")), run(f"单位：{table.unit}", SMALL_PRINT)] if table.unit else []
            self._add(
                paragraph(
                    HEADING,
                    node("r", node("tab")),
                    run(table.heading, "", node("sz", val=round(2 * SIZE_S4))),
                    *unit,
                    keep=keep,
                    tabs=tabs,
                )
            )
        else:
            self._separate()
        self._add(list_table(table, self._width))
        self._notes(table.notes)

    def _grid(self, grid: Grid) -> None:
        fresh = node("pageBreakBefore") if grid.own_page and len(self._out) > 2 else None
        if grid.heading:
            self._add(paragraph(HEADING, grid.heading, keep=node("keepNext"), fresh=fresh))
        elif fresh is not None:
            self._add(paragraph(SPACER, fresh=fresh))
        else:
            self._separate()
        self._add(form_table(grid, self._width, self._controls))
        self._controls += controls_in(grid)
        self._notes(grid.notes)

    def _separate(self) -> None:
        """Two tables that touch would become one; and some air below notes and between a text and its table."""
        if self._ends_table():
            self._add(paragraph(SPACER))
        elif self._out[-1].pPr.style in _ABOVE:
            self._add(paragraph(SPACER, keep=node("keepNext")))

    def _ends_table(self) -> bool:
        """Whether a table, or its notes, stand last."""
        return bool(self._out) and (self._out[-1].tag.endswith("}tbl") or self._out[-1].pPr.style == NOTE)

    def _notes(self, notes: tuple[str, ...]) -> None:
        hang = twips(18.0)
        for number, note in enumerate(notes):
            sign = "注：" if number == 0 else "　　"
            self._add(paragraph(NOTE, sign + note, indent=node("ind", left=hang, hanging=hang)))

    def _hold_last_paragraph(self) -> None:
        """署名 never begins a page: the text before it goes along."""
        last = self._out[-1]
        if not last.tag.endswith("}p") or last.pPr.find(qn("w:keepNext")) is not None:
            return
        if (
            sum(len(words.text or "") for words in last.iter(qn("w:t"))) <= _SHORT_PARAGRAPH
        ):  # a long one would go over whole
            last.pPr.insert(1, node("keepNext"))

    def _annexes(self) -> None:
        """附件说明: a blank line below the text, two characters in, later lines under the first of the name."""
        names = [one_line(name) for name in self._paper.annexes]
        for number, name in enumerate(names, start=1):
            lead = ("附件：" if number == 1 else "　　　") + (f"{number}. " if len(names) > 1 else "")
            hang = em_width(lead) * EM
            space = node("spacing", before=twips(LINE)) if number == 1 else None
            indent = node("ind", left=twips(2 * EM + hang), hanging=twips(hang))
            self._add(paragraph(BODY, lead + name, keep=node("keepNext"), spacing=space, indent=indent))

    def _signature(self) -> None:
        """署名 two characters from the right, 日期 beginning two characters after it (7.3.5.2, without a seal)."""
        lines, day = issuer_lines(one_line(self._paper.office)), chinese_date(self._paper.issued)
        wide, narrow = max(map(em_width, lines)), em_width(day)
        right, day_right = 2.0, wide - narrow
        if narrow + 2 > wide:
            right, day_right = narrow + 4 - wide, 2.0
        day_right = min(day_right, CHARACTERS - 1 - narrow)
        before = node("spacing", before=twips(LINE))
        self._add(
            *(
                paragraph(
                    SIGN,
                    line,
                    keep=node("keepNext"),
                    spacing=before if number == 0 else None,
                    indent=node("ind", right=twips((right + (wide - em_width(line)) / 2) * EM)),
                )
                for number, line in enumerate(lines)
            ),
            paragraph(SIGN, day, indent=node("ind", right=twips(day_right * EM))),
        )


def _title_indent(line: str) -> float:
    """How far a title draws in at each side so that its lines are of about one length."""
    width = em_width(line) * SIZE_2
    count = ceil(width / AREA_WIDTH)
    if count < 2:
        return 0.0
    return max(0.0, (AREA_WIDTH - width / count - 1.5 * SIZE_2) / 2)
