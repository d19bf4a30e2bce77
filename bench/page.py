"""One paper in a process of its own: `python -m bench.page ours|bare ROWS.json OUT.pdf`. Imports only what that side needs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

_WIDTHS = (4, 10, 18, 8, 8, 8, 6, 6)
_PER_PAGE = 58
BARE_FACE = Path(__file__).resolve().parent.parent / "resources/fonts/GWSans-Regular.ttf"


def ours(rows: list[tuple[str, ...]]) -> bytes:
    """Our table: wrapped cells, rules, a head on every page, the right face for every character."""
    from chain_office.reports.content import Column, Table
    from chain_office.reports.listing import render_table

    labels = ("序号", "企业", "问题", "牵头单位", "交办时间", "办结时限", "状态", "层级")
    columns = tuple(Column(label, width) for label, width in zip(labels, _WIDTHS, strict=True))
    return render_table(Table("问题清单", columns, tuple(rows)))


def bare(rows: list[tuple[str, ...]]) -> bytes:
    """The same strings, one under the other in one full face: no wrapping, no rules, no look at their width."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("full", str(BARE_FACE)))
    paper = Canvas("paper.pdf")
    for start in range(0, len(rows), _PER_PAGE):
        paper.setFont("full", 7.5)
        for at, row in enumerate(rows[start : start + _PER_PAGE]):
            for place, text in enumerate(row):
                paper.drawString(30 + 65 * place, 780 - 12 * at, text)
        paper.showPage()
    return bytes(paper.getpdfdata())


if __name__ == "__main__":
    side, told, out = sys.argv[1:4]
    rows = [tuple(row) for row in json.loads(Path(told).read_text(encoding="utf-8"))]
    Path(out).write_bytes({"ours": ours, "bare": bare}[side](rows))
