"""A small table of texts: as a model, as links, as what the clipboard gets; no text is taken for markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from chain_office.ui.kit.lit import Lit
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.palette import LIGHT

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COLUMNS = (Column("单位"), Column("问题", 200), Column("逾期", 60, right=True))
LINES = (
    Line("problem:1", ("市财政局", "<b>补贴</b>\n未兑现", "50 天"), ("", "", "red")),
    Line("", ("耒阳市", "=1+1", "203 天")),
)


@pytest.fixture
def model(qtbot: QtBot) -> RowsModel:
    made = RowsModel(COLUMNS, LIGHT)
    made.show(LINES)
    return made


@pytest.fixture
def view(model: RowsModel, qtbot: QtBot) -> RowsView:
    made = RowsView(model, stretch=1, links=True)
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def test_it_keeps_the_promises_of_a_model(model: RowsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.show([])
    qtmodeltester.check(model)


def test_cells_are_texts_numbers_stand_right_and_lights_have_colours(model: RowsModel) -> None:
    assert model.index(0, 0).data() == "市财政局"
    assert model.index(0, 2).data(int(Qt.ItemDataRole.ForegroundRole)) == QColor(LIGHT.red)
    assert model.index(1, 2).data(int(Qt.ItemDataRole.ForegroundRole)) is None
    assert Qt.AlignmentFlag.AlignRight & Qt.AlignmentFlag(
        model.index(0, 2).data(int(Qt.ItemDataRole.TextAlignmentRole))
    )


def test_a_tip_shows_markup_as_it_stands(model: RowsModel) -> None:
    tip = str(model.index(0, 1).data(int(Qt.ItemDataRole.ToolTipRole)))
    assert "&lt;b&gt;补贴&lt;/b&gt;" in tip
    assert "<b>" not in tip


def test_a_link_opens_by_click_and_by_enter_and_only_where_there_is_something(view: RowsView, qtbot: QtBot) -> None:
    opened: list[str] = []
    view.opened.connect(opened.append)
    for row in range(2):
        place = view.visualRect(view.model().index(row, 1)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["problem:1", "problem:1"]


def test_copied_rows_paste_as_cells_and_never_as_formulas(view: RowsView, qtbot: QtBot) -> None:
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "耒阳市\t'=1+1\t203 天"
    assert "<td" in data.html()


def test_a_selected_row_keeps_the_colours_of_its_lights(qtbot: QtBot) -> None:
    model = RowsModel([Column("事项"), Column("状态")], LIGHT)
    view = RowsView(model)
    qtbot.addWidget(view)
    model.show([Line("1", ("增容", "逾期"), ("", "red"))])
    painted = QStyleOptionViewItem()
    painted.state = QStyle.StateFlag.State_Selected
    painted.palette = view.palette()
    delegate = view.itemDelegate()
    assert isinstance(delegate, Lit)
    delegate.initStyleOption(painted, model.index(0, 1))
    assert painted.palette.color(QPalette.ColorRole.HighlightedText).name() == LIGHT.red.lower()
