"""G17 a page, G18 a long table, and charts in a paper: against a bare canvas with the same strings and figures."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench.page import BARE_FACE
from bench.page_texts import texts
from bench.timing import Result, clocked, medians
from chain_office.domain import results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.figure import Figure

    from bench.place import Place

_ROOT = Path(__file__).resolve().parent.parent
_CHARTS = 12


def _made(place: Place, side: str, rows: int) -> Callable[[], object]:
    out, told = place.folder / f"{side}-{rows}.pdf", place.folder / f"page-{rows}.json"
    if not told.exists():
        told.write_text(json.dumps(texts(rows), ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "bench.page", side, str(told), str(out)]
    return lambda: subprocess.run(command, check=True, cwd=_ROOT)


def g17(place: Place) -> Iterator[Result]:
    """One page of 58 rows, from a cold start."""
    ours, bare = medians(clocked(_made(place, "ours", 58)), clocked(_made(place, "bare", 58)), rounds=5)
    yield Result("G17", place.size, "58 行的一份 PDF（冷启动）", ours, bare, 1.0, "裸画布、同样文字、整套字体")


def g18(place: Place) -> Iterator[Result]:
    """A table of 5,000 rows, from a cold start."""
    ours, bare = medians(clocked(_made(place, "ours", 5000)), clocked(_made(place, "bare", 5000)), rounds=3)
    yield Result("G18", place.size, "5000 行的 PDF（冷启动）", ours, bare, 2.0, "裸画布、同样文字")


def charts(place: Place) -> Iterator[Result]:
    """Twelve figures into one PDF: our renderer (the paper's faces, fallback, clipping, dashes) beside the barest one."""
    ours, bare = medians(lambda: _ours(_figures()), lambda: _bare(_figures()), rounds=5)
    yield Result("图", place.size, f"{_CHARTS} 张图进 PDF", ours, bare, 1.3, "最简 matplotlib → reportlab 绘制")


def _figures() -> list[Figure]:
    from chain_office.charts.catalogue import chart

    about = results.About("示例产业链", date(2021, 11, 19))
    months = tuple(
        results.MonthOutput(f"2021-{month:02d}", 2_000_000_000 + month, 1_600_000_000, Decimal("25.0"))
        for month in range(1, 10)
    )
    units = tuple(results.UnitProblems(f"市第{number}单位", 5 + number % 4, 1, 2, number % 2) for number in range(15))
    output, problems = results.OutputMonthly(about, months), results.ProblemsByUnit(about, units)
    kinds = [("output-monthly", output), ("problems-by-unit", problems)] * (_CHARTS // 2)
    return [chart(name).draw(result) for name, result in kinds]


def _ours(figures: list[Figure]) -> float:
    from reportlab.pdfgen.canvas import Canvas

    from chain_office.reports.figure import draw_figure
    from chain_office.reports.fonts import FontBook

    def draw() -> None:
        canvas, book = Canvas(BytesIO()), FontBook()
        for figure in figures:
            draw_figure(canvas, book, figure, 40, 300)
            canvas.showPage()
        canvas.save()

    return clocked(draw)()


def _bare(figures: list[Figure]) -> float:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from bench.bare_renderer import BareRenderer

    def draw() -> None:
        pdfmetrics.registerFont(TTFont("full", str(BARE_FACE)))
        canvas = Canvas(BytesIO())
        for figure in figures:
            figure.set_dpi(72)
            width, height = figure.get_size_inches() * 72
            figure.draw(BareRenderer(canvas, "full", width, height))
            canvas.showPage()
        canvas.save()

    return clocked(draw)()
