"""A figure as a file: PNG, SVG or PDF, the same bytes for the same figure."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg

from chain_office.charts.style import look
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Nothing that changes from run to run: no dates, no program versions.
_METADATA: Final[dict[str, dict[str, Any]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": "Chain Office", "Producer": "Chain Office"},
}
FORMATS: Final = tuple(_METADATA)


def render(figure: Figure, form: str, dpi: int = 200) -> bytes:
    """The bytes of the figure in this format; `dpi` matters to PNG only."""
    if form not in _METADATA:
        raise KnownError(f"不支持“{form}”格式的图表，请用 png、svg 或 pdf 作文件后缀。")
    FigureCanvasAgg(figure)
    buffer = BytesIO()
    with look():
        figure.savefig(buffer, format=form, dpi=dpi if form == "png" else 72, metadata=_METADATA[form])
    return buffer.getvalue()
