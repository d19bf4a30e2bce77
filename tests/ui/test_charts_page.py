"""图表: each chart of the sample is drawn, copied and saved; one without data says what is missing."""

from __future__ import annotations

import os
import threading
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from chain_office.services import charting
from chain_office.ui.pages import charts
from chain_office.ui.pages.charts import ChartsPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_PATIENCE = 20_000


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> ChartsPage:
    made = ChartsPage(office)
    qtbot.addWidget(made)
    made.resize(1200, 650)
    made.show()
    made.refresh()
    qtbot.waitUntil(made.copy_button.isEnabled, timeout=_PATIENCE)
    return made


def test_every_chart_is_listed_and_drawn_off_the_gui_thread(
    page: ChartsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: dict[str, int] = {}
    really = charting.order_chart

    def order(ledger: Ledger, chart_id: str, day: date) -> charting.ChartOrder:
        read[chart_id] = threading.get_ident()
        return really(ledger, chart_id, day)

    monkeypatch.setattr(charts, "order_chart", order)
    page.refresh()
    seen = []
    for row in range(page.list.count()):
        page.list.setCurrentRow(row)
        qtbot.waitUntil(page.copy_button.isEnabled, timeout=_PATIENCE)
        assert not page.picture.picture.isNull()
        seen.append(page.picture.picture.copy())
    assert set(read) == {chart_id for chart_id, _ in charting.chart_list()}
    assert threading.get_ident() not in read.values()
    assert page.office.work.workshop.process_id not in {None, os.getpid()}
    assert all(one != other for one, other in pairwise(seen))


def test_the_chart_shown_is_the_one_marked_in_the_list(page: ChartsPage) -> None:
    assert [item.text() for item in page.list.selectedItems()] == [page.picture.accessibleName()]


def test_the_picture_goes_to_the_clipboard_sharper_than_it_is_shown(page: ChartsPage, qtbot: QtBot) -> None:
    page.copy()
    qtbot.waitUntil(lambda: page.said.text().startswith("已复制"), timeout=_PATIENCE)
    copied, shown = QGuiApplication.clipboard().image(), page.picture.picture
    assert copied.width() > shown.width()
    assert abs(copied.width() / copied.height() - shown.width() / shown.height()) < 0.01


def test_a_black_and_white_variant_has_no_colour(page: ChartsPage, qtbot: QtBot) -> None:
    coloured = QImage(page.picture.picture)
    assert not coloured.allGray()
    page.mono.setChecked(True)
    qtbot.waitUntil(lambda: page.copy_button.isEnabled() and page.picture.picture != coloured, timeout=_PATIENCE)
    assert page.picture.picture.allGray()


def test_the_figures_of_a_chart_open_their_rows(page: ChartsPage, qtbot: QtBot) -> None:
    first = page.figures.buttons[0]
    assert first.text() == "产值 235.00 亿元"
    with qtbot.waitSignal(page.wanted) as opened:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert opened.args == ["output", "figure:output.total_yuan"]


@pytest.mark.parametrize(("name", "form", "start"), [
    ("图.png", "png", b"\x89PNG"), ("图.svg", "png", b"<?xml"), ("图", "pdf", b"%PDF"),
])  # fmt: skip
def test_a_chart_is_saved_in_the_format_of_its_name(
    page: ChartsPage, qtbot: QtBot, tmp_path: Path, name: str, form: str, start: bytes
) -> None:
    page.save_as(tmp_path / name, form)
    qtbot.waitUntil(lambda: page.said.text().startswith("已保存到"), timeout=_PATIENCE)
    saved = tmp_path / (name if "." in name else f"{name}.{form}")
    assert saved.read_bytes().startswith(start)
    assert str(saved) in page.said.text()


def test_a_folder_that_is_gone_is_told_and_nothing_is_written(page: ChartsPage, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.office.work.refused, timeout=_PATIENCE) as told:
        page.save_as(tmp_path / "没有的文件夹" / "图.png")
    assert "不存在" in str(told.args[0])
    assert page.said.text() == "没有保存。"


def test_nothing_to_draw_is_said_in_place_of_the_picture(page: ChartsPage, qtbot: QtBot) -> None:
    page.office.move_as_of(date(2019, 1, 1))
    page.refresh()
    qtbot.waitUntil(lambda: "没有画" in page.picture.accessibleName(), timeout=_PATIENCE)
    assert page.picture.picture.isNull()
    assert not page.save_button.isEnabled()


def test_the_picture_follows_the_date(page: ChartsPage, qtbot: QtBot) -> None:
    before = QImage(page.picture.picture)
    page.office.move_as_of(date(2021, 6, 30))
    page.refresh()
    qtbot.waitUntil(lambda: page.copy_button.isEnabled() and page.picture.picture != before, timeout=_PATIENCE)
    assert not page.picture.picture.isNull()


def test_a_chart_can_be_asked_for_by_its_id(page: ChartsPage) -> None:
    chart_id, title = charting.chart_list()[2]
    page.show_record(f"chart:{chart_id}")
    assert page.list.currentItem().text() == title
