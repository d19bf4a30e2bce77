"""Pictures hung on the record a desk shows, made small off the window's thread and shown in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from chain_office.domain.errors import KnownError
from chain_office.services import attaching
from chain_office.ui.kit.detail import THUMB_SIDE
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk import Desk

_MOST_DOTS = 40_000_000
"""A picture that unpacks to more is not shown small: somebody else put it there."""


class Thumbs(QObject):
    """Mounted on a desk once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._asked: set[str] = set()
        desk.detail.shown.connect(self._look)

    def _look(self) -> None:
        for one in self._desk.detail.lacking:
            if one not in self._asked:
                self._asked.add(one)
                self._ask(one)

    def _ask(self, attachment: str) -> None:
        work = self._desk.office.work
        ratio = self._desk.devicePixelRatioF()
        side = scaled(THUMB_SIDE)

        def read(ledger: Ledger) -> bytes:
            try:
                return attaching.read(ledger, attachment).data
            except KnownError:  # gone, or damaged: opening it says what is the matter
                return b""

        def made(found: QImage | None) -> None:
            self._asked.discard(attachment)
            self._desk.detail.take_thumb(attachment, found if found is not None else _none())

        work.ask(read, lambda data: work.aside(lambda: small(data, side, ratio), made, owner=self), owner=self)


def small(data: bytes, side: int, ratio: float = 1.0) -> QImage | None:
    """A picture at most ``side`` long, with so many dots to one; None for what cannot be read. Runs on the bench."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_DOTS:
        return None
    reader.setScaledSize(size.scaled(QSize(side, side) * ratio, Qt.AspectRatioMode.KeepAspectRatio))
    found = reader.read()
    found.setDevicePixelRatio(ratio)
    return None if found.isNull() else found


def _none() -> QImage:
    """What stands for a picture that cannot be shown."""
    made = QImage(24, 24, QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.transparent)
    return made
