"""Figures drawn into papers: vectors and real text."""

from io import BytesIO
from typing import Any

import pytest
from matplotlib.figure import Figure
from reportlab.pdfgen.canvas import Canvas

from chain_office.domain.errors import BugError
from chain_office.reports.figure import draw_figure
from chain_office.reports.fonts import FontBook
from tests.reports.reading import page_chars, page_texts


def _paper(figure):
    book = FontBook()
    buffer = BytesIO()
    options: dict[str, Any] = {"invariant": 1, "initialFontName": book.first_face("fang")}
    canvas = Canvas(buffer, **options)
    draw_figure(canvas, book, figure, 72, 144)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def figure():
    return Figure(figsize=(4, 3), dpi=100)


def test_text_is_text_in_the_documents_faces_at_its_place(figure):
    figure.text(0.5, 0.5, "产值235.0亿元", family="GW Sans", fontsize=10)
    pdf = _paper(figure)
    assert "产值235.0亿元" in page_texts(pdf)[0]
    first = page_chars(pdf)[0][0]
    assert "GWSans" in first["fontname"]
    assert first["x0"] == pytest.approx(72 + 0.5 * 4 * 72, abs=0.1)
    assert first["matrix"][5] == pytest.approx(144 + 0.5 * 3 * 72, abs=0.1)


def test_shapes_are_paths_never_pictures(figure):
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.tick_params(labelfontfamily="GW Sans")
    axes.bar([1, 2], [3, 4], alpha=0.5)
    axes.plot([1, 2], [3, 4], "--o")
    axes.fill_between([1, 2], [1, 1], [2, 3])
    assert b"/Subtype /Image" not in _paper(figure)


def test_rotated_text_copies_out(figure):
    figure.text(0.1, 0.1, "纵向文字", rotation=90, family="GW Hei")
    pdf = _paper(figure)
    assert sorted(char["text"] for char in page_chars(pdf)[0]) == sorted("纵向文字")


def test_the_figure_is_left_as_it_was(figure):
    _paper(figure)
    assert figure.dpi == 100


def test_a_hatched_figure_is_a_bug(figure):
    figure.add_axes((0, 0, 1, 1)).bar([1], [1], hatch="//")
    with pytest.raises(BugError, match="hatched"):
        _paper(figure)


def test_a_character_no_face_has_is_marked(figure):
    figure.text(0.5, 0.5, "甲\U0001f600", family="GW Sans")
    assert "甲〓" in page_texts(_paper(figure))[0]
