"""A desk on the screen, for the tests of what is mounted on desks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from chain_office.ui.kit.desk import Desk
    from chain_office.ui.office import Office


def made(kind: type[Desk], office: Office, qtbot: QtBot) -> Desk:
    """A desk on the screen, its list counted and its filters offered, the first record shown."""
    desk = kind(office)
    qtbot.addWidget(desk)
    desk.resize(1218, 640)
    desk.show()
    with qtbot.waitSignal(desk.offered):
        desk.refresh()
    qtbot.waitUntil(lambda: desk.detail.record is not None)
    return desk


def cells(desk: Desk, qtbot: QtBot, heading: str) -> list[str]:
    """A column of the list, once its lines have come."""
    model = desk.model
    column = section(desk, heading)
    rows = range(min(model.rowCount(), 100))
    qtbot.waitUntil(lambda: all(model.data(model.index(row, 0)) != "…" for row in rows))
    return [str(model.data(model.index(row, column))) for row in rows]


def section(desk: Desk, heading: str) -> int:
    """Where a heading stands among the desk's columns."""
    return [column.heading for column in desk.model.columns].index(heading)
