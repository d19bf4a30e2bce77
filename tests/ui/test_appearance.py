"""Light, dark and the text size, changed while the window is open; icons sharp; nothing cut on the office's small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QColor, QFont, QIcon, QImage, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from chain_office.ui import appearance, icons, measure
from chain_office.ui.appearance import Appearance, Look
from chain_office.ui.palette import DARK, LIGHT, Palette
from chain_office.ui.window import Window
from tests.ui.shells import First, opened, shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Appearance]:
    """The application dressed; undressed again for the tests after this one."""
    font, colours, sheet = QFont(qapp.font()), QPalette(qapp.palette()), qapp.styleSheet()
    made = Appearance(qapp)
    yield made
    made.deleteLater()
    made.setParent(None)
    icons.wear(LIGHT)
    measure.use(1.0)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(colours)
    qapp.setFont(font)


def inks(icon: QIcon, side: int = 32) -> set[str]:
    """The solid colours an icon is drawn in."""
    image = icon.pixmap(QSize(side, side)).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {
        QColor(image.pixel(x, y)).name().upper() for x, y in points if QColor.fromRgba(image.pixel(x, y)).alpha() == 255
    }


def test_the_usual_look_is_light_and_what_is_unreadable_is_too(look: Appearance) -> None:
    assert appearance.current() == Look("light", "standard")
    assert look.palette == LIGHT
    QSettings().setValue("appearance/mode", "psychedelic")
    QSettings().setValue("appearance/size", 7)
    assert appearance.current() == Look("light", "standard")


def test_a_choice_is_kept_and_put_on_at_once(look: Appearance, qapp: QApplication, qtbot: QtBot) -> None:
    held = look.palette
    sign = icons.icon("search", LIGHT.accent)
    assert inks(sign) >= {LIGHT.accent}
    before = qapp.font().pointSizeF()
    with qtbot.waitSignal(look.changed):
        appearance.choose(mode="dark", size="large")
    assert appearance.current() == Look("dark", "large")
    assert held is look.palette
    assert held == DARK
    assert DARK.ground in qapp.styleSheet()
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.ground
    assert qapp.font().pointSizeF() > before
    assert inks(sign) >= {DARK.accent}
    assert LIGHT.accent not in inks(sign)
    assert Palette is type(LIGHT)
    assert LIGHT.ground != DARK.ground, "the constants stay what they are"


def test_no_other_look_can_be_chosen(look: Appearance) -> None:
    with pytest.raises(ValueError, match="no such look"):
        appearance.choose(mode="blue")


def test_an_icon_has_every_pixel_the_screen_has(look: Appearance) -> None:
    sign = icons.icon("search", LIGHT.quiet)
    for scale in (1.0, 1.25, 1.5, 2.0):
        pixmap = sign.pixmap(QSize(16, 16), scale)
        assert pixmap.width() == round(16 * scale)
        assert pixmap.devicePixelRatio() == pytest.approx(scale)
    grey = inks(QIcon(sign.pixmap(QSize(32, 32), QIcon.Mode.Disabled)))
    assert LIGHT.quiet not in grey


def test_the_window_is_drawn_again_where_one_stands(look: Appearance, qtbot: QtBot, sample_ledger: Path) -> None:
    window = shell(qtbot)
    look.changed.connect(window.frame.redraw)
    opened(qtbot, window, sample_ledger)
    first = window.frame.current()
    assert isinstance(first, First)
    first.line.setText("还没有保存")
    before = first.refreshed
    light = window.frame.grab().toImage().pixelColor(4, 4)
    appearance.choose(mode="dark")
    assert first.refreshed > before
    assert window.frame.current() is first
    assert first.line.text() == "还没有保存"
    assert window.frame.grab().toImage().pixelColor(4, 4).lightness() < light.lightness()
    window.frame.close()


@pytest.mark.parametrize("size", ["standard", "large"])
def test_no_page_scrolls_sideways_on_the_offices_screen(
    look: Appearance, qtbot: QtBot, sample_ledger: Path, size: str
) -> None:
    from main import pages

    appearance.choose(size=size)
    window = Window(pages(), look.palette)
    qtbot.addWidget(window.frame, before_close_func=lambda _frame: None)
    window.frame.show()
    window.frame.resize(1366, 728)  # 768 less the system's bar
    opened(qtbot, window, sample_ledger)
    for kind in pages():
        window.frame.go(kind.id)
        for _ in range(6):  # what the page asked for, and what it asks for when that has come
            answered: list[None] = []
            window.work.ask(lambda _ledger: None, answered.append)
            qtbot.waitUntil(lambda come=answered: bool(come), timeout=10_000)  # type: ignore[misc]
        assert cut(window.frame.current()) == [], kind.title
        assert (window.frame.width(), window.frame.height()) == (1366, 728), kind.title
    window.frame.close()


def cut(page: QWidget | None) -> list[str]:
    """What scrolls sideways on a page."""
    assert page is not None
    areas = page.findChildren(QAbstractScrollArea)
    return [f"{type(one).__name__} {one.accessibleName()}" for one in areas if sideways(one)]


def sideways(area: QAbstractScrollArea) -> bool:
    return area.isVisible() and area.horizontalScrollBar().isVisible()
