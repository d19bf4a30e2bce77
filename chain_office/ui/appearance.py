"""How the window looks: light, dark or as the system does, and how large its text is. Kept for this computer, changed
while the window is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QApplication

from chain_office.ui import icons, measure
from chain_office.ui.app import POINT_SIZE, wear, window_font
from chain_office.ui.palette import DARK, LIGHT, Palette

MODES: Final = {"light": "浅色", "dark": "深色", "system": "跟随系统"}
SIZES: Final = {"standard": "标准", "large": "大"}
_POINTS: Final = {"standard": POINT_SIZE, "large": 11.0}
_MODE, _SIZE = "appearance/mode", "appearance/size"


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen: a key of :data:`MODES` and one of :data:`SIZES`."""

    mode: str = "light"
    size: str = "standard"


def current() -> Look:
    """What was chosen on this computer; an unreadable choice is the usual look."""
    kept = QSettings()
    mode, size = str(kept.value(_MODE, "light")), str(kept.value(_SIZE, "standard"))
    return Look(mode if mode in MODES else "light", size if size in SIZES else "standard")


def choose(*, mode: str | None = None, size: str | None = None) -> None:
    """Choose the mode, the text size or both; kept, and put on at once."""
    old = current()
    new = Look(mode or old.mode, size or old.size)
    if new.mode not in MODES or new.size not in SIZES:
        raise ValueError(f"no such look: {new}")
    kept = QSettings()
    kept.setValue(_MODE, new.mode)
    kept.setValue(_SIZE, new.size)
    app = QApplication.instance()
    worn = app.findChild(Appearance) if app is not None else None
    if worn is not None:
        worn.put_on()


class Appearance(QObject):
    """Dresses the application, and again whenever the choice or the system's own look changes. ``palette`` is the one
    every widget draws with."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("appearance")
        self._app = app
        self.palette: Palette = replace(LIGHT)
        self._worn: tuple[bool, str] | None = None
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self.put_on())
        self.put_on()

    def put_on(self) -> None:
        """Put on what is chosen; says so if anything is different now."""
        look = current()
        wanted = (self._is_dark(look.mode), look.size)
        if wanted == self._worn:
            return
        first, self._worn = self._worn is None, wanted
        self.palette.become(DARK if wanted[0] else LIGHT)
        icons.wear(self.palette)
        measure.use(_POINTS[look.size] / POINT_SIZE)
        self._app.setFont(window_font(_POINTS[look.size]))
        wear(self._app, self.palette, _POINTS[look.size] / POINT_SIZE)
        if not first:
            self.changed.emit()

    def _is_dark(self, mode: str) -> bool:
        if mode == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return mode == "dark"
