"""A chart drawn for the screen with what was measured before has the very dots of matplotlib's own canvas."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from chain_office.charts.catalogue import chart
from chain_office.charts.mono import in_black_and_white
from chain_office.charts.screen import pixels
from chain_office.charts.style import look
from tests.charts.sample_results import RESULTS


def _plain(figure: Any, dpi: int) -> tuple[int, int, bytes]:
    figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(figure)
    with look():
        canvas.draw()
    width, height = canvas.get_width_height(physical=True)
    return width, height, bytes(canvas.buffer_rgba())


def _drawn(chart_id: str, result: object, *, mono: bool) -> Any:
    figure = chart(chart_id).draw(result)
    if mono:
        in_black_and_white(figure)
    return figure


@pytest.mark.parametrize("mono", [False, True])
@pytest.mark.parametrize("dpi", [100, 140, 220])
def test_the_dots_are_those_of_a_fresh_canvas(dpi: int, mono: bool) -> None:
    for _ in range(2):
        for chart_id, result in RESULTS.items():
            wanted = _plain(_drawn(chart_id, result, mono=mono), dpi)
            assert pixels(_drawn(chart_id, result, mono=mono), dpi) == wanted
