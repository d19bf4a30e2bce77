"""What is mended and set in reportlab before the first page.

It writes `<2CB4E>` into ToUnicode maps for characters beyond the BMP, which copies out as rubbish: the map must hold
UTF-16BE, two surrogates. Only that one function is replaced; its text is otherwise the library's.
It also wraps every stream in ASCII85, a tenth of the time and a quarter of the size of a long list, for mail systems
long gone.
"""

from collections.abc import Sequence

from reportlab import rl_config
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
    rl_config.useA85 = 0
