"""Icons of one family (Lucide, ISC licence), drawn in the colours in use at whatever size the screen asks for."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from chain_office.paths import resource
from chain_office.ui import lacking
from chain_office.ui.palette import DARK, LIGHT, Palette

_INKS: Final = ("text", "quiet", "accent", "on_accent", "red", "amber", "green", "blue", "grey")
_ROLES: Final = {getattr(palette, ink): ink for palette in (DARK, LIGHT) for ink in _INKS}
"""Colour → what it is called, so that an icon asked for in one palette's colour follows to the other."""
_worn: list[Palette] = [LIGHT]
_drawn: dict[tuple[str, str, int, int], QPixmap] = {}
_clones: list[_Engine] = []
"""Qt owns what clone() gives it without telling Python: they stay."""


def wear(palette: Palette) -> None:
    """Draw icons in this palette's colours from now on."""
    _worn[0] = palette


@cache
def icon(name: str, colour: str) -> QIcon:
    """An icon by its file's name, in a colour of the palette; an empty one if its file is missing."""
    return QIcon(_Engine(name, _ROLES.get(colour, colour)))


class _Engine(QIconEngine):
    """Draws one file at the pixels asked for, greyed where it is disabled."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def clone(self) -> QIconEngine:
        """Another of the same."""
        made = _Engine(self._name, self._role)
        _clones.append(made)
        return made

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw into a rectangle, sharp on the device painted on."""
        scale = painter.device().devicePixelRatio() if painter.device() is not None else 1.0
        painter.drawPixmap(rect, self._pixmap(rect.size() * scale, mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Drawn at this many pixels."""
        return self._pixmap(size, mode)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802
        """Drawn at this many pixels of the screen for each of the size's; Qt notes the ratio by itself."""
        return self._pixmap(size * scale, mode)

    def _pixmap(self, size: QSize, mode: QIcon.Mode) -> QPixmap:
        colour = _worn[0].grey if mode == QIcon.Mode.Disabled else getattr(_worn[0], self._role, self._role)
        key = (self._name, colour, size.width(), size.height())
        if key not in _drawn:
            _drawn[key] = _draw(*key)
        return _drawn[key]


def _draw(name: str, colour: str, width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    try:
        text = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    except OSError:
        lacking.note(f"图标 {name}")
        return pixmap
    side = min(width, height)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    painter.end()
    return pixmap
