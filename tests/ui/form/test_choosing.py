"""Choosing by typing: label, 简称, pinyin initials, code; arrows, Enter, Esc, the mouse; 20,000 rows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt

from chain_office.domain import values
from chain_office.domain.forms import Option
from chain_office.domain.kinds import BadValue
from chain_office.domain.textkinds import Choice, ChoiceKind
from chain_office.ui.kit.form.choosing import OfferingEditor
from chain_office.ui.kit.form.links import LinkEditor
from chain_office.ui.kit.form.offered import Offered
from chain_office.ui.kit.form.popup import OfferModel
from tests.ui.form.conftest import FIRMS, GivenOffers, Room, box_of, commit, compose, field

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.modeltest import ModelTester

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIRM = field(values.TEXT, "企业", link="enterprise")
METHOD = ("实地走访", "座谈", "电话")


def linked(room: Room, offers: GivenOffers | None = None) -> LinkEditor:
    editor = room.put(FIRM, offers)
    assert isinstance(editor, LinkEditor)
    return editor


def listed(editor: OfferingEditor) -> list[str]:
    model = editor.popup.model
    return [model.option(row).label for row in range(model.rowCount())] if editor.popup.isVisible() else []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hyyy", ["1", "2"]),
        ("HYYYYL", ["1"]),
        ("水口山", ["4", "3"]),
        ("wkty", ["3"]),
        ("五矿铜业(湖南)", ["3"]),
        ("91430400184", ["4"]),
        ("衡阳 矿业", ["2"]),
        ("查无此企", []),
    ],
)
def test_options_are_found_by_name_initials_and_code(typed: str, found: list[str]) -> None:
    offered = Offered.of((*FIRMS, Option("5", "水口山铅业有限公司")))
    places = offered.find(typed)
    if typed == "水口山":
        assert [offered.options[place].id for place in places] == ["4", "5"]
    else:
        assert [offered.options[place].id for place in places] == found


def test_what_begins_so_stands_before_what_has_it_inside() -> None:
    offered = Offered.of([Option("1", "湖南金铜"), Option("2", "铜业"), Option("3", "铜"), Option("4", "")])
    assert [offered.options[place].label for place in offered.find("铜")] == ["铜", "铜业", "湖南金铜"]
    assert len(offered.find("")) == 4


def test_initials_enter_chooses_the_first(room: Room) -> None:
    editor = linked(room)
    room.type("hyyy")
    assert listed(editor) == ["衡阳远源冶炼有限公司", "衡阳有源矿业有限公司"]
    room.qtbot.keyClick(box_of(editor), Qt.Key.Key_Return)
    assert editor.value() == "1"
    assert editor.text() == "衡阳远源冶炼有限公司"
    assert not editor.popup.isVisible()
    assert editor.box.hasFocus()


def test_arrows_walk_and_enter_takes(room: Room) -> None:
    editor = linked(room)
    room.type("hy")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        room.qtbot.keyClick(box_of(editor), key)
    wanted = editor.popup.current
    room.qtbot.keyClick(box_of(editor), Qt.Key.Key_Return)
    assert wanted is not None
    assert editor.value() == wanted.id


def test_down_shows_everything_and_esc_puts_it_away(room: Room) -> None:
    editor = linked(room)
    editor.set_value("3", FIRMS[2])
    room.qtbot.keyClick(box_of(editor), Qt.Key.Key_Down)
    assert len(listed(editor)) == 4
    room.qtbot.keyClick(box_of(editor), Qt.Key.Key_Escape)
    assert not editor.popup.isVisible()
    assert editor.value() == "3"
    assert not editor.touched


def test_the_mouse_chooses(room: Room) -> None:
    editor = linked(room)
    room.type("hyyy")
    index = editor.popup.model.index(1)
    spot = editor.popup.list.visualRect(index).center()
    room.qtbot.mouseClick(editor.popup.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert editor.value() == "2"
    assert editor.box.hasFocus()


def test_a_click_elsewhere_puts_the_list_away(room: Room) -> None:
    editor = linked(room)
    room.type("hyyy")
    room.qtbot.mouseClick(room.window, Qt.MouseButton.LeftButton, pos=room.window.rect().bottomRight())
    assert not editor.popup.isVisible()


def test_the_only_one_that_fits_is_taken_on_leaving(room: Room) -> None:
    editor = linked(room)
    room.type("wkty")
    room.leave()
    assert editor.text() == "五矿铜业（湖南）有限公司"
    assert editor.value() == "3"


@pytest.mark.parametrize(("typed", "words"), [("hyyy", "有 2 个"), ("查无此企", "没有找到")])
def test_which_one_is_meant_is_never_guessed(room: Room, typed: str, words: str) -> None:
    editor = linked(room)
    room.type(typed)
    room.leave()
    assert editor.text() == typed
    assert words in editor.note.text()
    assert editor.note.property("role") == "wrong"
    with pytest.raises(BadValue):
        editor.value()


def test_emptied_means_none(room: Room) -> None:
    editor = linked(room)
    editor.set_value("3", FIRMS[2])
    editor.box.selectAll()
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Delete)
    assert editor.touched
    assert editor.value() is None


def test_text_changed_after_choosing_chooses_no_more(room: Room) -> None:
    editor = linked(room)
    editor.set_value("3", FIRMS[2])
    room.type("铜")
    assert editor.touched
    with pytest.raises(BadValue):
        editor.value()


def test_a_draft_keeps_the_row_not_its_name(room: Room) -> None:
    editor = linked(room)
    room.type("wkty")
    room.leave()
    assert editor.draft() == "3"
    again = linked(room)
    again.restore("3")
    assert again.value() == "3"
    assert again.text() == FIRMS[2].label
    again.restore("hyy")
    assert again.text() == "hyy"


def test_a_committed_composition_opens_the_list(room: Room) -> None:
    editor = linked(room)
    compose(editor.box, "衡阳")
    assert not editor.popup.isVisible()
    commit(editor.box, "衡阳")
    assert len(listed(editor)) == 2


# Words of a set.


def test_a_fixed_choice_takes_initials_and_nothing_else(room: Room) -> None:
    editor = room.put(field(values.TEXT, choices=METHOD, fixed=True))
    room.type("sdzf")
    room.leave()
    assert editor.value() == "实地走访"
    assert editor.text() == "实地走访"
    editor.write("飞鸽")
    with pytest.raises(BadValue):
        editor.value()


def test_a_word_no_longer_among_the_choices_stays_until_it_is_changed(room: Room) -> None:
    editor = room.put(field(values.TEXT, choices=METHOD, fixed=True))
    editor.set_value("视频")
    assert editor.text() == "视频"
    assert not editor.touched
    assert editor.value() == "视频"


def test_a_choice_of_a_kind_stores_its_id(room: Room) -> None:
    kind = ChoiceKind("stage", (Choice("building", "在建"), Choice("done", "竣工", ("投产",))))
    editor = room.put(field(kind))
    editor.set_value("building")
    assert editor.text() == "在建"
    editor.write("投产")
    room.leave()
    assert editor.value() == "done"
    assert editor.text() == "竣工"


def test_offers_that_may_be_overwritten_keep_any_text(room: Room) -> None:
    editor = room.put(field(values.TEXT, choices=METHOD))
    assert isinstance(editor, OfferingEditor)
    room.type("视频连线")
    assert not editor.popup.isVisible()
    room.leave()
    assert editor.value() == "视频连线"


def test_enter_takes_an_offer_only_after_walking_to_it(room: Room) -> None:
    editor = room.put(field(values.TEXT, choices=METHOD))
    assert isinstance(editor, OfferingEditor)
    room.type("电")
    assert listed(editor) == ["电话"]
    with room.qtbot.waitSignal(editor.went_on):
        room.qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.value() == "电"
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Backspace)
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Down)
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Down)
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.value() == "座谈"


# Many rows.


def many(number: int = 20_000) -> list[Option]:
    places = ("衡阳", "常宁", "耒阳", "祁东")
    return [
        Option(str(n), f"{places[n % 4]}第{n}有色金属材料有限公司", f"9143{n:014d}", (f"hyd{n}ysjs", f"9143{n:014d}"))
        for n in range(number)
    ]


def test_the_list_of_the_popup_keeps_qt_s_rules(qtmodeltester: ModelTester) -> None:
    model = OfferModel()
    offered = Offered.of(many(450))
    model.show(offered, offered.find("hyd"))
    assert model.rowCount() == 200
    qtmodeltester.check(model)
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == model.total == 450
    model.show(offered, [])
    qtmodeltester.check(model)


def test_twenty_thousand_rows_are_typed_into(room: Room, record_property: Callable[[str, object], None]) -> None:
    editor = linked(room, GivenOffers(many()))
    slowest = 0.0
    for letter in "hyd19999":
        begun = time.perf_counter()
        room.type(letter)
        slowest = max(slowest, time.perf_counter() - begun)
    record_property("slowest_key_ms", round(slowest * 1000, 1))
    assert listed(editor)[0] == "祁东第19999有色金属材料有限公司"
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.value() == "19999"
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Down)
    assert listed(editor)[0] == editor.text()
    assert editor.popup.model.total == 20_001
    room.type("x")
    editor.box.clear()
    room.qtbot.keyClick(editor.box, Qt.Key.Key_Down)
    assert editor.popup.model.rowCount() < 1000
    for _ in range(40):
        room.qtbot.keyClick(editor.box, Qt.Key.Key_PageDown)
    assert editor.popup.list.currentIndex().row() == 320
