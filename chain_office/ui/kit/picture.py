"""A picture shown as large as there is room, never larger than it is sharp."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

_MIDDLE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class PictureView(QWidget):
    """One picture in the middle, its proportions kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self._scaled = QPixmap()
        self._instead = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)

    @property
    def picture(self) -> QImage:
        """The picture as it came."""
        return self._picture

    def show_picture(self, picture: QImage, name: str) -> None:
        """Show a picture; a null one shows nothing."""
        self._picture = picture
        self._scaled = QPixmap()
        self._instead = ""
        self.setAccessibleName(name)
        self.update()

    def say(self, sentence: str) -> None:
        """Say why there is no picture."""
        self.show_picture(QImage(), sentence)
        self._instead = sentence

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it, scaled once for each size of the window."""
        if self._picture.isNull():
            painter = QPainter(self)
            painter.drawText(self.rect(), _MIDDLE, self._instead)
            painter.end()
            return
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        size = self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._scaled.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            scaled = self._picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled = QPixmap.fromImage(scaled)
        width, height = round(size.width() / ratio), round(size.height() / ratio)
        place = QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        painter = QPainter(self)
        painter.drawPixmap(place, self._scaled)
        painter.end()
        event.accept()
