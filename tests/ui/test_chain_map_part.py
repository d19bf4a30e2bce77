"""图谱: the tree of segments and the map, by keyboard and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from chain_office.queries.chain_map import chain
from chain_office.services.editing import undo
from chain_office.ui.pages.enterprise_parts.chain_map import ChainMapPart
from chain_office.ui.pages.enterprises import Enterprises

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QTreeWidgetItem
    from pytestqt.qtbot import QtBot

    from chain_office.domain.chain_drawing import Spot
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MOVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, office: Office) -> Iterator[Enterprises]:
    """The desk, its map read and drawn."""
    shown = Enterprises(office)
    host = QWidget()
    shown.setParent(host)
    shown.resize(1218, 640)
    qtbot.addWidget(host)
    host.resize(1218, 640)
    host.show()
    with qtbot.waitSignal(shown.offered):
        shown.refresh()
    shown.views.choose("map", enter=True)
    qtbot.waitUntil(lambda: isinstance(shown.views.part, ChainMapPart))
    part = map_of(shown)
    qtbot.waitUntil(lambda: part.canvas.sheet.drawing is not None and part.chain is not None)
    yield shown
    host.close()


def map_of(desk: Enterprises) -> ChainMapPart:
    part = desk.views.part
    assert isinstance(part, ChainMapPart)
    return part


def lines(part: ChainMapPart) -> list[str]:
    """The tree from the top, each line with two blanks a level."""
    found: list[str] = []

    def walk(item: QTreeWidgetItem, depth: int) -> None:
        found.append("  " * depth + item.text(0))
        for number in range(item.childCount()):
            below = item.child(number)
            assert below is not None
            walk(below, depth + 1)

    for number in range(part.tree.topLevelItemCount()):
        top = part.tree.topLevelItem(number)
        assert top is not None
        walk(top, 0)
    return found


def go(part: ChainMapPart, name: str) -> None:
    """Put the cursor on a segment."""
    assert part.chain is not None
    part.tree.go_to(next(one.id for one in part.chain.every() if one.name == name))


def press(part: ChainMapPart, qtbot: QtBot, key: Qt.Key) -> None:
    """Move the segment and wait until it was written and shown."""
    with qtbot.waitSignal(part.office.wrote):
        QTest.keyClick(part.tree, key, MOVE)
    before = part.chain
    qtbot.waitUntil(lambda: part.chain is not before)


def spot(part: ChainMapPart, reference: str) -> Spot:
    drawing = part.canvas.sheet.drawing
    assert drawing is not None
    return next(one for one in drawing.spots if one.reference == reference)


def test_the_tree_shows_streams_segments_firms_output_and_growth(desk: Enterprises) -> None:
    part = map_of(desk)
    assert lines(part)[:4] == ["上游", "  采选", "  再生回收/综合利用", "中游"]
    top = part.tree.topLevelItem(0)
    assert top is not None
    # 5.36 + 31.60 = 36.96 亿; growth is Σ over Σ: the two bases are 5.38 and 21.69 亿
    assert [top.text(column) for column in (1, 3, 4)] == ["11", "36.96", "+36.5"]


def test_a_segment_is_moved_nested_and_taken_out_by_keys(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    before = lines(part)
    go(part, "压延加工/精深加工")
    press(part, qtbot, Qt.Key.Key_Down)
    assert lines(part)[4:7] == ["  冶炼", "  合金及新材料", "  压延加工/精深加工"]
    assert part.tree.current_id  # the cursor went along
    press(part, qtbot, Qt.Key.Key_Right)
    assert lines(part)[4:7] == ["  冶炼", "  合金及新材料", "    压延加工/精深加工"]
    press(part, qtbot, Qt.Key.Key_Left)
    press(part, qtbot, Qt.Key.Key_Up)
    assert lines(part) == before
    go(part, "采选")
    QTest.keyClick(part.tree, Qt.Key.Key_Up, MOVE)  # it is the first of the first stream
    go(part, "下游应用/装备")
    press(part, qtbot, Qt.Key.Key_Up)
    assert lines(part)[8:10] == ["  下游应用/装备", "下游"]


def test_a_move_is_one_write_that_undo_takes_back(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    before = lines(part)
    go(part, "压延加工/精深加工")
    with qtbot.waitSignal(part.office.wrote) as wrote:
        QTest.keyClick(part.tree, Qt.Key.Key_Right, MOVE)
    saved = wrote.args[0]
    qtbot.waitUntil(lambda: "    压延加工/精深加工" in lines(part))
    part.office.work.ask(lambda ledger: undo(ledger, saved.write_no, "王敏"), lambda _: part.refresh(), owner=part)
    qtbot.waitUntil(lambda: lines(part) == before)


def test_dragging_lets_go_on_above_and_below(desk: Enterprises, qtbot: QtBot) -> None:
    part, tree = map_of(desk), map_of(desk).tree
    at = QAbstractItemView.DropIndicatorPosition
    asked: list[tuple[str, str, str, int]] = []
    tree.moved.disconnect()
    tree.moved.connect(lambda *where: asked.append(where))
    streams = [tree.topLevelItem(number) for number in range(4)]
    middle = streams[1]
    assert middle is not None
    smelt, rolling, alloy = (middle.child(number) for number in range(3))
    assert rolling is not None
    ids = {one.name: one.id for one in part.chain.every()} if part.chain else {}
    tree.drop_on(rolling, smelt, at.OnItem)
    tree.drop_on(rolling, smelt, at.AboveItem)
    tree.drop_on(rolling, alloy, at.BelowItem)
    tree.drop_on(rolling, streams[2], at.OnItem)
    tree.drop_on(rolling, rolling, at.OnItem)
    mine = ids["压延加工/精深加工"]
    assert asked == [
        (mine, ids["冶炼"], "中游", 0),
        (mine, "", "中游", 0),
        (mine, "", "中游", 2),  # after 合金, which stands second once it is taken out
        (mine, "", "下游", 1),
    ]


def test_a_new_segment_is_named_in_place_and_a_line_left_unnamed_goes(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    go(part, "园区/物流/科创服务")
    part.new()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "jiance")
    editor.setText("检测认证")
    with qtbot.waitSignal(part.office.wrote) as wrote:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert wrote.args[0].said == "已新增环节“检测认证”"
    qtbot.waitUntil(lambda: lines(part)[-1] == "  检测认证")
    part.new()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: all(line.strip() for line in lines(part)))


def test_f2_renames_and_a_name_that_is_taken_is_refused_in_words(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    part.tree.setFocus()
    go(part, "采选")
    for name, said in (("采矿选矿", ""), ("冶炼", "已经有叫“冶炼”的环节了")):
        QTest.keyClick(part.tree, Qt.Key.Key_F2)
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.setText(name)
        before = part.chain
        with qtbot.waitSignal(part.office.work.refused if said else part.office.wrote) as told:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        if said:
            assert said in told.args[0]
        else:
            qtbot.waitUntil(lambda before=before: part.chain is not before)  # type: ignore[misc]
        qtbot.waitUntil(lambda: lines(part).count("  冶炼") == 1 and "  采矿选矿" in lines(part))


def test_a_name_being_typed_outlives_a_reading(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    part.tree.setFocus()
    go(part, "采选")
    QTest.keyClick(part.tree, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("采矿")
    done: list[int] = []
    part.refresh()
    part.office.work.ask(lambda _ledger: 1, done.append, owner=part)
    qtbot.waitUntil(lambda: bool(done))
    assert editor.text() == "采矿"
    with qtbot.waitSignal(part.office.wrote):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "  采矿" in lines(part))


def test_a_segment_in_use_is_not_binned(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    go(part, "采选")
    with qtbot.waitSignal(part.office.work.refused) as told:
        part.bin()
    assert "企业 5 条" in told.args[0]


def test_arrows_walk_the_map_and_enter_opens_the_firms_or_the_record(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    sheet = part.canvas.sheet
    sheet.setFocus()
    go(part, "采选")
    assert sheet.current is not None
    assert sheet.current.name == "采选"
    QTest.keyClick(sheet, Qt.Key.Key_Down)
    assert sheet.current.reference.startswith("enterprise:")
    assert "打开企业" in sheet.accessibleDescription()
    QTest.keyClick(sheet, Qt.Key.Key_Up)
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert sheet.current.x > spot(part, f"segment:{part.tree.current_id}").x
    sheet.go_to(f"segment:{part.tree.current_id}")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.views.current == "list" and desk.model.rowCount() == 5)
    assert any("采选" in words for words in desk.filters.words)


def test_a_click_on_a_firm_opens_its_record(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    assert part.chain is not None
    firm = part.chain.roots[0].firms[0]
    place = part.canvas.sheet.rect_of(spot(part, f"enterprise:{firm.id}")).center().toPoint()
    QTest.mouseMove(part.canvas.sheet, place)
    QTest.mouseClick(part.canvas.sheet, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: desk.views.current == "list" and desk.where() == f"enterprise:{firm.id}")


def test_nothing_is_under_the_pointer_in_the_margin(desk: Enterprises) -> None:
    sheet = map_of(desk).canvas.sheet
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert desk.views.current == "map"


def test_a_flow_is_made_changed_and_binned(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    go(part, "采选")
    assert [part.flows.line(row).cells for row in range(part.flows.rowCount())] == [("采选", "冶炼", "精矿")]
    part.new_flow()
    qtbot.waitUntil(lambda: part.pane.body is not None)
    body = part.pane.body
    assert body is not None
    assert part.chain is not None
    alloy = next(one.id for one in part.chain.every() if one.name == "合金及新材料")
    QTest.keyClicks(body.editors["product"].target, "ore")
    part.pane.save()
    qtbot.waitUntil(lambda: part.pane.fault_notice.isVisible())  # where it goes to is not said
    part.pane.leave()
    part.office.work.ask(
        lambda ledger: _flow(ledger, part.tree.current_id, alloy), lambda _: part.refresh(), owner=part
    )
    qtbot.waitUntil(lambda: part.flows.rowCount() == 2)
    part.flow_rows.selectRow(1)
    with qtbot.waitSignal(part.office.wrote):
        part.bin_flow()
    qtbot.waitUntil(lambda: part.flows.rowCount() == 1)


def _flow(ledger: object, source: str, target: str) -> object:
    from chain_office.domain.forms import Edit
    from chain_office.services.editing import save

    edit = Edit("segment_flow", "", 0, {"source_id": source, "target_id": target, "product": "锡精矿"})
    return save(ledger, edit, "王敏")  # type: ignore[arg-type]


def test_the_map_is_copied_saved_and_printed_on_a4_and_a3(desk: Enterprises, qtbot: QtBot, tmp_path: Path) -> None:
    part = map_of(desk)
    with qtbot.waitSignal(part.office.said, timeout=20_000):
        part.copy()
    picture = QGuiApplication.clipboard().image()
    assert picture.width() > picture.height() > 1000
    for name in ("图.png", "图.svg", "图.pdf", "没有后缀"):
        with qtbot.waitSignal(part.office.said, timeout=20_000):
            part.save_as(tmp_path / name)
    assert not QImage(str(tmp_path / "图.png")).isNull()
    assert (tmp_path / "没有后缀.png").is_file()
    for size, wide in (("A4", 842), ("A3", 1191)):
        part.making.print_map(size)
        qtbot.waitUntil(lambda: part.making.dialog is not None, timeout=20_000)
        dialog = part.making.dialog
        assert dialog is not None
        assert f"-{size}-" in dialog.windowTitle()
        assert round(dialog._paper.sizes[0][0]) == wide
        dialog.close()
        qtbot.waitUntil(lambda: part.making.dialog is None)


def test_the_whole_width_for_the_map_and_back(desk: Enterprises, qtbot: QtBot) -> None:
    part = map_of(desk)
    narrow = part.canvas.viewport().width()
    part._toggle_tree()
    assert part.parts()[0] is part.canvas.sheet
    qtbot.waitUntil(lambda: part.canvas.sheet.width() > narrow)
    drawing = part.canvas.sheet.drawing
    assert drawing is not None
    qtbot.waitUntil(lambda: part.canvas.horizontalScrollBar().maximum() == 0)
    part.new()
    assert part.parts()[0] is part.tree


def test_the_map_is_of_the_day_that_is_shown(desk: Enterprises, qtbot: QtBot) -> None:
    from datetime import date

    part = map_of(desk)
    part.office.move_as_of(date(2020, 12, 31))
    part.refresh()
    qtbot.waitUntil(lambda: part.chain is not None and part.chain.about.as_of == date(2020, 12, 31))
    expected: list[int] = []
    part.office.work.ask(lambda ledger: chain(ledger, date(2020, 12, 31)).firms, expected.append, owner=part)
    qtbot.waitUntil(lambda: bool(expected))
    assert f"在册企业 {expected[0]} 家" in part.said.text()


def test_read_only_ledgers_offer_nothing_that_writes(desk: Enterprises, qtbot: QtBot) -> None:
    from dataclasses import replace

    part = map_of(desk)
    assert part.office.shown is not None
    part.office.shown = replace(part.office.shown, read_only=True)
    before = part.chain
    part.refresh()
    qtbot.waitUntil(lambda: part.new_flow_button.isHidden())
    assert before == part.chain
    item = part.tree.topLevelItem(0)
    assert item is not None
    below = item.child(0)
    assert below is not None
    assert not below.flags() & Qt.ItemFlag.ItemIsEditable
