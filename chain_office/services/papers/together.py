"""Several papers as one: PDFs one behind the other, or one Word document; runs in whatever process there is room in."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from chain_office.reports.papers import Grid, Paper
from chain_office.services.papers.order import PDF, WORD, PaperFile
from chain_office.services.papers.release import released
from chain_office.services.papers.setting import set_file

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["Paper", "let_out", "set_together", "word_together"]


def let_out(papers: Sequence[Paper], phone: str) -> tuple[Paper, ...]:
    """As they may leave: telephone numbers masked, but for the office's own."""
    return tuple(released(one, phone) for one in papers)


def set_together(papers: Sequence[Paper], system_fonts: bool) -> bytes:
    """One PDF of all of them, each begun on a page of its own and numbered by itself."""
    found = [set_file(PaperFile("", one, (PDF,)), system_fonts)[PDF] for one in papers]
    if len(found) == 1:
        assert isinstance(found[0], bytes)
        return found[0]
    import pikepdf  # only where there are several

    with pikepdf.new() as whole:
        for data in found:
            assert isinstance(data, bytes)
            with pikepdf.open(BytesIO(data)) as one:
                whole.pages.extend(one.pages)
        out = BytesIO()
        whole.save(out, deterministic_id=True)
    return out.getvalue()


def word_together(papers: Sequence[Paper]) -> bytes:
    """One Word document of all of them, each begun on a page of its own."""
    first = papers[0]
    parts = [
        replace(part, own_page=True) if isinstance(part, Grid) and at and not place else part
        for at, one in enumerate(papers)
        for place, part in enumerate(one.parts)
    ]
    data = set_file(PaperFile("", replace(first, parts=tuple(parts)), (WORD,)), False)[WORD]
    assert isinstance(data, bytes)
    return data
