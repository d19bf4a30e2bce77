"""reportlab writes `<2CB4E>` into ToUnicode maps for characters beyond the BMP, which copies out as rubbish.

The map must hold UTF-16BE: two surrogates. Only that one function is replaced; its text is otherwise the library's.
"""

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts

_LIBRARY_MAP = ttfonts.makeToUnicodeCMap


def _utf16_map(fontname: str, subset: Sequence[int]) -> str:
    text: str = _LIBRARY_MAP(fontname, subset)
    for code in subset:
        if code > 0xFFFF:
            text = text.replace(f"<{code:04X}>\n", f"<{chr(code).encode('utf-16-be').hex().upper()}>\n")
    return text


def install() -> None:
    """Idempotent."""
    ttfonts.makeToUnicodeCMap = _utf16_map
