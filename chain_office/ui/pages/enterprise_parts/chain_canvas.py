"""The 上下游图谱 on the screen: drawn from the same layout as the paper, every box and name a place to go to by mouse or
arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from chain_office.domain.chain_layout import enlarged
from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from chain_office.domain.chain import Chain
    from chain_office.domain.chain_drawing import Arrow, Drawing, Patch, Spot, Words
    from chain_office.ui.office import Office

_LEAST_EMS: Final = 64
_SETTLED_MILLISECONDS: Final = 60
_SMALLEST, _LARGEST = 11, 16  # pixels of a firm's name at 100 %
_MARGIN: Final = 12
_MIDDLE: Final = 0.37
_TIP: Final = 0.7
_ARROW_LONG, _ARROW_WIDE = 0.62, 0.5
_ALIGN: Final = {"left": 0.0, "center": 0.5, "right": 1.0}
_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class ChainSheet(QWidget):
    """The map itself."""

    opened = Signal(str)
    """What a place opens: "segment:<id>", "enterprise:<id>"."""
    reached = Signal(QRect)
    """The cursor went to a place that should be in view."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._palette = office.palette
        self.drawing: Drawing | None = None
        self.em = 12.0
        self.at = -1
        self._over = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("上下游图谱")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_drawing(self, drawing: Drawing, em: float) -> None:
        """Show a map; the cursor stays on what it was on."""
        before = self.current.reference if self.current is not None else ""
        self.drawing, self.em = drawing, em
        found = [number for number, spot in enumerate(drawing.spots) if spot.reference == before]
        self.at, self._over = (found[0] if before and found else -1), -1
        self.setFixedSize(round(drawing.width * em) + 2 * _MARGIN, round(drawing.height * em) + 2 * _MARGIN)
        self.update()

    @property
    def current(self) -> Spot | None:
        """The place the cursor is on."""
        spots = self.drawing.spots if self.drawing is not None else ()
        return spots[self.at] if 0 <= self.at < len(spots) else None

    def go_to(self, reference: str) -> None:
        """Put the cursor on a box or a name."""
        for number, spot in enumerate(self.drawing.spots if self.drawing is not None else ()):
            if spot.reference == reference:
                self._go(number)
                return

    def rect_of(self, spot: Spot) -> QRectF:
        """Where a place stands on the widget."""
        em = self.em
        return QRectF(_MARGIN + spot.x * em, _MARGIN + spot.y * em, spot.width * em, spot.height * em)

    # Mouse and keys.

    def _spot_at(self, point: QPointF) -> int:
        """The smallest place there."""
        spots = self.drawing.spots if self.drawing is not None else ()
        hit = [number for number, spot in enumerate(spots) if self.rect_of(spot).contains(point)]
        return min(hit, key=lambda number: spots[number].width * spots[number].height) if hit else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Over a place the pointer is a hand."""
        over = self._spot_at(event.position())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()
        if over >= 0 and self.drawing is not None:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(_tip(self.drawing.spots[over])), self)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._over = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens what it is on."""
        if event.button() == Qt.MouseButton.LeftButton and (over := self._spot_at(event.position())) >= 0:
            self._go(over)
            self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor is somewhere as soon as keys come here."""
        super().focusInEvent(event)
        if self.at < 0 and self.drawing is not None and self.drawing.spots:
            self.at = 0
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Its frame goes."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go to the next place that way; Enter opens it."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _STEPS:
            self._step(*_STEPS[key])
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def _step(self, right: int, down: int) -> None:
        here = self.current
        if here is None or self.drawing is None:
            return
        at = self.rect_of(here)
        best, nearest = -1, 0.0
        for number, spot in enumerate(self.drawing.spots):
            rect = self.rect_of(spot)
            away = rect.center() - at.center()
            if right:
                along, aside = (rect.left() - at.left()) * right, abs(away.y())
            else:
                along, aside = away.y() * down, max(0.0, rect.left() - at.right(), at.left() - rect.right())
            if along > 1 and (best < 0 or along + 4 * aside < nearest):
                best, nearest = number, along + 4 * aside
        if best >= 0:
            self._go(best)

    def _go(self, number: int) -> None:
        self.at = number
        spot = self.current
        if spot is not None:
            self.setAccessibleDescription(_tip(spot))
            self.reached.emit(self.rect_of(spot).toRect())
        self.update()

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.reference)

    # Drawing.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The map, and where the cursor and the pointer are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(self._palette.paper))
        if self.drawing is not None:
            painter.translate(_MARGIN, _MARGIN)
            for patch in self.drawing.patches:
                self._patch(painter, patch)
            self._marked(painter)
            for arrow in self.drawing.arrows:
                self._arrow(painter, arrow)
            for words in self.drawing.words:
                self._words(painter, words)
        painter.end()

    def _marked(self, painter: QPainter) -> None:
        painter.translate(-_MARGIN, -_MARGIN)
        spots = self.drawing.spots if self.drawing is not None else ()
        if 0 <= self._over < len(spots):
            painter.fillRect(self.rect_of(spots[self._over]), QColor(self._palette.selected))
        if self.current is not None and self.hasFocus():
            painter.fillRect(self.rect_of(self.current), QColor(self._palette.selected))
            painter.setPen(QPen(QColor(self._palette.accent), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect_of(self.current))
        painter.translate(_MARGIN, _MARGIN)

    def _patch(self, painter: QPainter, patch: Patch) -> None:
        p, em = self._palette, self.em
        rect = QRectF(patch.x * em, patch.y * em, patch.width * em, patch.height * em)
        if patch.kind in {"stream", "band"}:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(p.accent))
            tip = _TIP * em if patch.kind == "stream" else 0.0
            painter.drawPolygon(
                QPolygonF([
                    rect.topLeft(), rect.topRight() - QPointF(tip, 0), QPointF(rect.right(), rect.center().y()),
                    rect.bottomRight() - QPointF(tip, 0), rect.bottomLeft(),
                ])
            )  # fmt: skip
            return
        warned = patch.kind in {"gap", "missing", "badge"}
        pen = QPen(QColor(p.red if warned else p.accent), 1.0)
        if patch.kind in {"gap", "missing"}:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(p.paper))
        painter.drawRect(rect)

    def _arrow(self, painter: QPainter, arrow: Arrow) -> None:
        em = self.em
        points = [QPointF(x * em, y * em) for x, y in arrow.points]
        before, end = points[-2], points[-1]
        way = 1 if end.x() >= before.x() else -1
        colour = QColor(self._palette.quiet)
        painter.setPen(QPen(colour, 1.1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([*points[:-1], QPointF(end.x() - way * _ARROW_LONG * em * 0.8, before.y())])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        back, half = QPointF(way * _ARROW_LONG * em, 0), QPointF(0, _ARROW_WIDE / 2 * em)
        painter.drawPolygon(QPolygonF([end, end - back - half, end - back + half]))

    def _words(self, painter: QPainter, words: Words) -> None:
        p, em = self._palette, self.em
        tones = {"ink": p.text, "muted": p.quiet, "accent": p.accent, "red": p.red, "stream": p.on_accent}
        font = QFont(self.font())
        font.setPixelSize(max(1, round(em * words.size)))
        font.setBold(words.bold)
        painter.setFont(font)
        painter.setPen(QColor(tones[words.tone]))
        wide = painter.fontMetrics().horizontalAdvance(words.text)
        left = words.x * em - wide * _ALIGN[words.align]
        painter.drawText(QPointF(left, (words.y + _MIDDLE * words.size) * em), words.text)


def _tip(spot: Spot) -> str:
    return f"{spot.name}：打开企业" if spot.reference.startswith("enterprise:") else f"{spot.name}：列出这个环节的企业"


class ChainCanvas(QScrollArea):
    """The map as wide as there is room; laid out away from the window's thread."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.chain: Chain | None = None
        self._asked = 0
        self._width = 0
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MILLISECONDS)
        self._settled.timeout.connect(self._lay_out)
        self.sheet = ChainSheet(office)
        self.sheet.reached.connect(self._show)
        self.setWidget(self.sheet)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def show_chain(self, chain: Chain) -> None:
        """Show a chain."""
        self.chain = chain
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width: laid out anew."""
        super().resizeEvent(event)
        self._settled.start()

    def _lay_out(self) -> None:
        chain = self.chain
        if chain is None:
            return
        self._width = self.viewport().width()
        least, largest = float(scaled(_SMALLEST)), float(scaled(_LARGEST))
        room = max(self._width - 2.0 * _MARGIN, _LEAST_EMS * least)
        high = self.viewport().height() - 2.0 * _MARGIN
        self._asked += 1
        asked = self._asked

        def show(found: tuple[Drawing, float]) -> None:
            if asked == self._asked:
                self.sheet.show_drawing(*found)

        self._office.work.aside(lambda: enlarged(chain, room, high, largest, least, middle=False), show, owner=self)

    def _show(self, rect: QRect) -> None:
        self.ensureVisible(rect.center().x(), rect.center().y(), rect.width() // 2 + 8, rect.height() // 2 + 24)
