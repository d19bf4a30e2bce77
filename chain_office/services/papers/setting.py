"""One paper set in its formats; runs in whatever process there is room in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.papers import Sheet
from chain_office.services.papers.order import EXCEL, PDF, WORD

if TYPE_CHECKING:
    from chain_office.services.papers.order import PaperFile


def set_file(file: PaperFile, system_fonts: bool) -> dict[str, bytes | str]:
    """Format → bytes; "missing": the characters no face had."""
    content = file.content
    if isinstance(content, Sheet):
        from chain_office.reports import paper_sheet

        return {EXCEL: paper_sheet.render(content)}
    found: dict[str, bytes | str] = {}
    if PDF in file.formats:
        from chain_office.reports import paper_pdf
        from chain_office.reports.fonts import FontBook, system_font_folders  # these bring reportlab

        book = FontBook(system=system_font_folders() if system_fonts else ())
        found[PDF] = paper_pdf.render(content, book)
        found["missing"] = "".join(sorted(book.missing))
    if WORD in file.formats:
        from chain_office.reports import paper_word

        found[WORD] = paper_word.render(content)
    if EXCEL in file.formats:
        from chain_office.reports import paper_book

        found[EXCEL] = paper_book.render(content)
    return found
