"""Ctrl+P prints what is on the screen; Ctrl+V of rows goes to the import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from chain_office.queries.facets import OneOf
from chain_office.ui.pages.enterprises import Enterprises
from chain_office.ui.pages.problems import Problems
from tests.reports.reading import page_texts, squashed
from tests.ui.desks import cells, made, section

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_list_prints_as_it_stands(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    desk = made(Problems, office, qtbot)
    desk.shown_columns.hide(section(desk, "灯"))
    with qtbot.waitSignal(desk.model.counted):
        desk.filters.put("state", OneOf("state", ("closed",), ("已销号",)), "状态：已销号")
    numbers = cells(desk, qtbot, "编号")
    desk.printing.print()
    qtbot.waitUntil(lambda: desk.printing.dialog is not None, timeout=20_000)
    dialog = desk.printing.dialog
    assert dialog is not None
    target = tmp_path / "问题列表.pdf"
    dialog.save_as(target)
    qtbot.waitUntil(lambda: "已保存" in dialog.said.text())
    text = squashed("".join(page_texts(target.read_bytes())))
    assert all(number in text for number in numbers)
    assert f"筛选：状态：已销号。共 {len(numbers)} 条。" in text
    assert "绿灯" not in text
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    assert desk.printing.dialog is None


def test_pasted_rows_go_to_the_import(office: Office, qtbot: QtBot) -> None:
    desk = made(Enterprises, office, qtbot)
    QGuiApplication.clipboard().setText("企业名称\t县市区\n衡阳甲铜业\t常宁市\n")
    with qtbot.waitSignal(desk.wanted) as told:
        desk.pasting.paste()
    page, reference = told.args
    assert page == "intake"
    path = Path(reference.removeprefix("paste:"))
    assert path.read_text("utf-8-sig") == "企业名称,县市区\n衡阳甲铜业,常宁市\n"


def test_what_is_no_table_is_said_and_goes_nowhere(office: Office, qtbot: QtBot) -> None:
    desk = made(Enterprises, office, qtbot)
    QGuiApplication.clipboard().setText("一句话")
    with qtbot.assertNotEmitted(desk.wanted), qtbot.waitSignal(office.work.refused) as told:
        desk.pasting.paste()
    assert "剪贴板" in told.args[0]
