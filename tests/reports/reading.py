"""Reading papers back: text by pdfium, glyph places by pdfplumber."""

from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2

MM = 72 / 25.4


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    out = []
    for page in document:
        textpage = page.get_textpage()
        out.append(textpage.get_text_range().replace("\r\n", "\n"))
        textpage.close()
        page.close()
    document.close()
    return out


def squashed(text: str) -> str:
    """Without line ends, for comparing a paragraph with its input."""
    return "".join(text.split("\n"))


def page_chars(pdf: bytes) -> list[list[dict[str, Any]]]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [list(page.chars) for page in document.pages]


def rows_of(chars: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Characters grouped into lines by their baseline, from the top, each from left to right."""
    lines: dict[float, list[dict[str, Any]]] = {}
    for char in chars:
        lines.setdefault(-round(char["matrix"][5], 1), []).append(char)
    return [sorted(line, key=lambda char: char["x0"]) for _down, line in sorted(lines.items())]
