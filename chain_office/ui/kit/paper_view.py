"""A paper as it will be printed: pages one below the other, drawn when they come into view, at the sharpness needed.

Numbers and rows that open what they count have a hand over them and say how they are counted; by keyboard Ctrl+Down and
Ctrl+Up go from one to the next and Enter opens it.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from chain_office.ui.kit.pdf_pages import POINTS_PER_INCH, draw_page
from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from chain_office.ui.kit.pdf_pages import Paper, Spot
    from chain_office.ui.palette import Palette
    from chain_office.ui.work import Work

_GAP: Final = 12
_KEPT: Final = 12
_STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""Zoom steps; 1 is the paper's own size on a 96 dpi screen."""
_PIXELS_PER_POINT: Final = 96 / POINTS_PER_INCH


class PaperView(QAbstractScrollArea):
    """Shows a :class:`Paper`; Ctrl+wheel zooms, Page Up and Down turn pages, a click opens what a number counts."""

    page_changed = Signal(int, int)
    """The page in view (from 1), and how many there are."""
    zoomed = Signal(float)
    opened = Signal(str)
    """Something on a page was clicked: what it opens."""

    def __init__(self, work: Work, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._palette = palette
        self._paper: Paper | None = None
        self._zoom = 1.0
        self._fit = ""
        self._places: list[QRect] = []
        self._drawn: OrderedDict[int, tuple[float, QPixmap]] = OrderedDict()
        self._asked: dict[int, float] = {}
        self._current = 0
        self._spot: Spot | None = None
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("材料预览")
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def zoom(self) -> float:
        """1 is the paper's own size."""
        return self._zoom

    @property
    def drawn_pages(self) -> frozenset[int]:
        """The pages that are drawn, from 0."""
        return frozenset(self._drawn)

    def show_paper(self, paper: Paper | None) -> None:
        """Show a paper from its first page, at its own size if there is room for that."""
        self._paper = paper
        self._spot = None
        self._zoom = 1.0
        self._fit = "" if paper is None or self._fitting(paper, "width") > 1 else "width"
        self._drawn.clear()
        self._asked.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._current = 0
        self._scrolled()

    def fit_width(self) -> None:
        """Make the widest page as wide as the view, now and when the view changes."""
        self._fit = "width"
        self._lay_out()

    def fit_page(self) -> None:
        """Make a whole page fit into the view."""
        self._fit = "page"
        page = self._current
        self._lay_out()
        self.go_to(page)

    def _fitting(self, paper: Paper, way: str) -> float:
        room = self.viewport().size()
        width = (room.width() - 2 * _GAP) / (max(size[0] for size in paper.sizes) * _PIXELS_PER_POINT)
        height = (room.height() - 2 * _GAP) / (max(size[1] for size in paper.sizes) * _PIXELS_PER_POINT)
        return max(0.1, width if way == "width" else min(width, height))

    def zoom_in(self) -> None:
        """One step nearer."""
        self._set_zoom(next((step for step in _STEPS if step > self._zoom + 0.01), _STEPS[-1]))

    def zoom_out(self) -> None:
        """One step farther."""
        self._set_zoom(next((step for step in reversed(_STEPS) if step < self._zoom - 0.01), _STEPS[0]))

    def _set_zoom(self, zoom: float) -> None:
        self._fit = ""
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._zoom = zoom
        self._lay_out()
        bar.setValue(round(share * bar.maximum()))

    def go_to(self, page: int) -> None:
        """Show a page (from 1) from its top."""
        if self._places:
            self.verticalScrollBar().setValue(self._places[max(0, min(page, len(self._places)) - 1)].top() - _GAP)

    def _lay_out(self) -> None:
        paper, room = self._paper, self.viewport().size()
        if paper is None:
            self._places = []
        else:
            widest = max(width for width, _ in paper.sizes)
            if self._fit:
                self._zoom = self._fitting(paper, self._fit)
            scale = self._zoom * _PIXELS_PER_POINT
            across = max(room.width(), round(widest * scale) + 2 * _GAP)
            top, self._places = _GAP, []
            for width, height in paper.sizes:
                page = QRect((across - round(width * scale)) // 2, top, round(width * scale), round(height * scale))
                self._places.append(page)
                top = page.bottom() + 1 + _GAP
            self.horizontalScrollBar().setRange(0, across - room.width())
            self.horizontalScrollBar().setPageStep(room.width())
            self.verticalScrollBar().setRange(0, max(0, top - room.height()))
            self.verticalScrollBar().setPageStep(room.height())
            self.verticalScrollBar().setSingleStep(48)
        self.zoomed.emit(self._zoom)
        self._scrolled()
        self.viewport().update()

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = sum(1 for place in self._places if place.top() <= middle)
        if page != self._current:
            self._current = page
            self.page_changed.emit(page, len(self._places))
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pages in view; those not drawn yet at this sharpness are asked for."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), QColor(self._palette.ground))
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        view = self.viewport().rect().translated(shift)
        scale = self._zoom * _PIXELS_PER_POINT * self.devicePixelRatioF()
        for place, page in enumerate(self._places):
            if not page.intersects(view):
                continue
            here = page.translated(-shift)
            painter.fillRect(here, Qt.GlobalColor.white)
            at, picture = self._drawn.get(place, (0.0, QPixmap()))
            if not picture.isNull():
                painter.drawPixmap(here, picture)
            painter.setPen(QColor(self._palette.line))
            painter.drawRect(here.adjusted(-1, -1, 0, 0))
            if at != scale:
                self._ask(place, scale)
        if self._spot is not None:
            tint = QColor(self._palette.accent)
            painter.setPen(tint)
            tint.setAlpha(28)
            painter.setBrush(tint)
            painter.drawRect(self._rectangle(self._spot).translated(QPointF(-shift)))
        painter.end()
        event.accept()

    def _ask(self, place: int, scale: float) -> None:
        paper = self._paper
        if paper is None or self._asked.get(place) == scale:
            return
        self._asked[place] = scale

        def draw() -> QImage | None:
            if self._paper is not paper or self._asked.get(place) != scale:  # turned or zoomed on meanwhile
                return None
            return draw_page(paper, place, scale)

        self._work.aside(draw, lambda picture: self._take(paper, place, scale, picture), owner=self)

    def _take(self, paper: Paper, place: int, scale: float, picture: QImage | None) -> None:
        if self._asked.get(place) == scale:
            del self._asked[place]
        if picture is None or paper is not self._paper:
            return
        self._drawn[place] = (scale, QPixmap.fromImage(picture))
        self._drawn.move_to_end(place)
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the pages out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Pages turn with the keys."""
        targets = {
            Qt.Key.Key_PageDown: self._current + 1,
            Qt.Key.Key_PageUp: self._current - 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: len(self._places),
        }
        target = targets.get(Qt.Key(event.key()))
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if target is not None:
            self.go_to(target)
        elif held and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._spot is not None:
            self.opened.emit(self._spot.reference)
        else:
            super().keyPressEvent(event)

    # What can be opened.

    def spot_at(self, point: QPoint) -> Spot | None:
        """What stands at a point of the viewport; the smallest where they lie within one another."""
        paper = self._paper
        if paper is None:
            return None
        scroll = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        at = point + scroll
        page = next((number for number, place in enumerate(self._places) if place.contains(at)), -1)
        found = [one for one in paper.spots if one.page == page and self._rectangle(one).contains(QPointF(at))]
        return min(found, key=lambda one: one.width * one.height, default=None)

    def _rectangle(self, spot: Spot) -> QRectF:
        """Where a spot stands in the whole, unscrolled."""
        place, scale = self._places[spot.page], self._zoom * _PIXELS_PER_POINT
        return QRectF(
            place.left() + spot.left * scale, place.top() + spot.top * scale, spot.width * scale, spot.height * scale
        )

    def _look_at(self, spot: Spot | None) -> None:
        if spot == self._spot:
            return
        self._spot = spot
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor)
        self.viewport().setToolTip(plain_tip(spot.tip) if spot else "")
        self.viewport().update()

    def _step(self, way: int) -> None:
        """To the next thing that can be opened, from the page in view on."""
        paper = self._paper
        if paper is None or not paper.spots:
            return
        spots = sorted(paper.spots, key=lambda one: (one.page, one.top, one.left))
        if self._spot in spots:
            place = (spots.index(self._spot) + way) % len(spots)
        else:
            page = max(0, self._current - 1)
            place = next((number for number, one in enumerate(spots) if one.page >= page), 0)
        self._look_at(spots[place])
        self._bring_into_view(spots[place])
        self.setAccessibleDescription(spots[place].tip)

    def _bring_into_view(self, spot: Spot) -> None:
        rectangle, bar = self._rectangle(spot), self.verticalScrollBar()
        if rectangle.top() < bar.value() or rectangle.bottom() > bar.value() + self.viewport().height():
            bar.setValue(round(rectangle.top() - self.viewport().height() / 3))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A hand over what can be opened."""
        self._look_at(self.spot_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens it."""
        found = self.spot_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.opened.emit(found.reference)
        super().mouseReleaseEvent(event)
