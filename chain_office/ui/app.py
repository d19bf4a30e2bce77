"""The application: fonts, style, and the one thread that holds the ledger."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from chain_office import __version__
from chain_office.paths import resource
from chain_office.ui import lacking
from chain_office.ui.palette import DARK, LIGHT, Palette, style_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOWS_FACE = "Microsoft YaHei UI"
BUNDLED_FACE = "GWSans-Regular.ttf"
POINT_SIZE = 9.5


def make_application(arguments: Sequence[str]) -> QApplication:
    """The QApplication with the office's face and Chinese dialogs."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(list(arguments))
    app.setApplicationName("产业链办")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("ChainOffice")
    app.setFont(window_font())
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def window_font(points: float = POINT_SIZE) -> QFont:
    """Windows' own face there; elsewhere the bundled one, so that no machine shows empty boxes."""
    font = QFont(_family())
    font.setPointSizeF(points)
    return font


@cache
def _family() -> str:
    """The face; where the bundled one is missing, any that can write Chinese, else the system's own."""
    known = QFontDatabase.families()
    if sys.platform == "win32" and WINDOWS_FACE in known:
        return WINDOWS_FACE
    number = QFontDatabase.addApplicationFont(str(resource("fonts", BUNDLED_FACE)))
    found = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if found:
        return found[0]
    lacking.note(f"字体 {BUNDLED_FACE}")
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return chinese[0] if chinese else QFont().family()


def wear(app: QApplication, palette: Palette, scale: float = 1.0) -> None:
    """Put the style on: Fusion in the palette's colours, and the sheet for what Fusion does not know. ``scale``: how much
    larger than usual texts are."""
    if (app.style().objectName() if app.style() is not None else "").lower() != "fusion":
        app.setStyle("Fusion")
    colours = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, palette.ground),
        (QPalette.ColorRole.WindowText, palette.text),
        (QPalette.ColorRole.Base, palette.paper),
        (QPalette.ColorRole.AlternateBase, palette.raised),
        (QPalette.ColorRole.Text, palette.text),
        (QPalette.ColorRole.PlaceholderText, palette.quiet),
        (QPalette.ColorRole.Button, palette.raised),
        (QPalette.ColorRole.ButtonText, palette.text),
        (QPalette.ColorRole.ToolTipBase, palette.paper),
        (QPalette.ColorRole.ToolTipText, palette.text),
        (QPalette.ColorRole.Highlight, palette.accent),
        (QPalette.ColorRole.HighlightedText, palette.on_accent),
        (QPalette.ColorRole.Link, palette.accent),
    ):
        colours.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        colours.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.grey))
    app.setPalette(colours)
    app.setStyleSheet(style_sheet(palette, scale))


def palette_for(*, dark: bool) -> Palette:
    """The palette of an appearance."""
    return DARK if dark else LIGHT
