"""The search box: as one types, by keyboard alone, never half an input method's word, never a stale answer."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from chain_office.db.models import Problem
from chain_office.domain.errors import KnownError
from chain_office.queries.search import look_up
from chain_office.ui import search_box
from chain_office.ui.pages.problems import Problems
from chain_office.ui.search_results import ResultsModel
from chain_office.ui.topbar import TopBar

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.queries.search import Answer
    from chain_office.ui.office import Office
    from chain_office.ui.search_box import SearchBox

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Bed(QMainWindow):
    """A top bar with a field under it, to come from and go back to."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.top = TopBar(office)
        self.field = QLineEdit()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(self.top)
        column.addStretch(1)
        column.addWidget(self.field)
        self.setCentralWidget(inside)
        self.resize(1000, 700)

    @property
    def box(self) -> SearchBox:
        return self.top.box

    @property
    def texts(self) -> list[str]:
        return [row.text for row in self.box.results.model.rows]

    @property
    def said(self) -> str:
        return self.box.results.said.text()


@pytest.fixture
def bed(office: Office, qtbot: QtBot) -> Bed:
    made = Bed(office)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def type_in(bed: Bed, qtbot: QtBot, text: str) -> None:
    bed.top.focus_search()
    bed.box.clear()
    with qtbot.waitSignal(bed.box.shown, timeout=10_000):
        bed.box.setText(text)


def test_results_appear_as_one_types(bed: Bed, qtbot: QtBot) -> None:
    bed.top.focus_search()
    for letter in "slcs":
        with qtbot.waitSignal(bed.box.shown, timeout=10_000):
            qtbot.keyClick(bed.box, letter)
    assert bed.box.results.isVisible()
    assert bed.texts[0] == "企业"
    assert any("示例赤松铜业" in text for text in bed.texts)
    assert bed.said.startswith("共 5 条")


def test_down_up_and_enter_open_a_hit_and_headings_are_stepped_over(bed: Bed, qtbot: QtBot) -> None:
    type_in(bed, qtbot, "slcs")
    results = bed.box.results
    rows = results.model.rows
    walked = []
    for _ in range(sum(bool(row.page) for row in rows)):
        walked.append(results.list.currentIndex().row())
        qtbot.keyClick(bed.box, Qt.Key.Key_Down)
    assert walked == [place for place, row in enumerate(rows) if row.page]
    assert results.list.currentIndex().row() == walked[0]
    qtbot.keyClick(bed.box, Qt.Key.Key_Up)
    assert results.list.currentIndex().row() == walked[-1]
    qtbot.keyClick(bed.box, Qt.Key.Key_Down)
    with qtbot.waitSignal(bed.top.wanted) as told:
        qtbot.keyClick(bed.box, Qt.Key.Key_Return)
    assert told.args == [rows[walked[0]].page, rows[walked[0]].reference]
    assert not results.isVisible()


def test_a_click_opens_a_hit(bed: Bed, qtbot: QtBot) -> None:
    type_in(bed, qtbot, "wt78")
    results = bed.box.results
    place = results.list.visualRect(results.model.index(1)).center()
    with qtbot.waitSignal(bed.top.wanted) as told:
        qtbot.mouseClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))
    assert told.args is not None
    assert told.args[0] == "problems"


def test_a_click_on_a_heading_opens_nothing(bed: Bed, qtbot: QtBot) -> None:
    type_in(bed, qtbot, "slcs")
    results = bed.box.results
    place = results.list.visualRect(results.model.index(0)).center()
    with qtbot.assertNotEmitted(bed.top.wanted):
        qtbot.mouseClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert results.isVisible()


def test_escape_closes_and_goes_back_to_where_one_was(bed: Bed, qtbot: QtBot) -> None:
    type_in(bed, qtbot, "铜")
    qtbot.keyClick(bed.box, Qt.Key.Key_Escape)
    assert not bed.box.results.isVisible()
    assert QApplication.focusWidget() is bed.field
    assert bed.box.text() == "铜"


def test_leaving_the_box_closes_the_list_and_enter_or_down_in_it_shows_it_again(bed: Bed, qtbot: QtBot) -> None:
    type_in(bed, qtbot, "铜")
    bed.field.setFocus()
    assert not bed.box.results.isVisible()
    bed.top.focus_search()
    with qtbot.waitSignal(bed.box.shown):
        qtbot.keyClick(bed.box, Qt.Key.Key_Down)
    bed.field.setFocus()
    bed.top.focus_search()
    with qtbot.waitSignal(bed.box.shown):
        qtbot.keyClick(bed.box, Qt.Key.Key_Return)


def test_emptying_the_box_closes_the_list(bed: Bed, qtbot: QtBot) -> None:
    type_in(bed, qtbot, "铜")
    bed.box.clear()
    assert not bed.box.results.isVisible()


def test_nothing_found_says_what_to_try(bed: Bed, qtbot: QtBot) -> None:
    type_in(bed, qtbot, "没有这样的词")
    assert bed.said.startswith("没有找到“没有这样的词”。可以试试")
    assert not bed.box.results.list.isVisible()
    with qtbot.assertNotEmitted(bed.top.wanted):
        qtbot.keyClick(bed.box, Qt.Key.Key_Down)
        qtbot.keyClick(bed.box, Qt.Key.Key_Return)


def test_more_than_is_shown_is_said(bed: Bed, qtbot: QtBot) -> None:
    type_in(bed, qtbot, "示例")
    answer_rows = [row for row in bed.box.results.model.rows if row.hit is not None]
    assert len(answer_rows) == 50
    assert "，显示前 50 条" in bed.said
    headings = [row.note for row in bed.box.results.model.rows if not row.page]
    assert headings[0].endswith("条")
    assert "显示前" in headings[0]


def test_the_words_found_stand_out_and_text_of_people_is_no_markup(bed: Bed, qtbot: QtBot) -> None:
    bed.top._office.work.ask(_write_markup, lambda _: None)
    type_in(bed, qtbot, "<b>粗")
    (row,) = [row for row in bed.box.results.model.rows if row.hit is not None]
    assert row.hit is not None
    assert row.hit.title.pieces == (("<b>粗", True), ("</b>&amp;的问题", False))
    before = bed.grab().toImage()
    type_in(bed, qtbot, "的问题")
    assert bed.grab().toImage() != before


def _write_markup(ledger: object) -> None:
    with ledger.write("甲", "登记") as writer:  # type: ignore[attr-defined]
        writer.insert(Problem, {"text": "<b>粗</b>&amp;的问题"})


# One question at a time.


def test_what_is_typed_while_an_answer_is_awaited_is_asked_then_and_stale_answers_are_dropped(
    bed: Bed, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, asked = threading.Event(), []

    def slow(ledger: object, text: str) -> Answer:
        asked.append(text)
        go.wait(10)
        return look_up(ledger, text)  # type: ignore[arg-type]

    monkeypatch.setattr(search_box, "look_up", slow)
    bed.top.focus_search()
    shown = []
    bed.box.shown.connect(lambda: shown.append(bed.box.text()))
    for text in ("铜", "铜业", "铜业有", "铜业有限"):
        bed.box.setText(text)
    qtbot.waitUntil(lambda: asked == ["铜"])
    go.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert asked == ["铜", "铜业有限"]
    assert shown == ["铜业有限"]


def test_an_answer_that_comes_after_one_has_left_is_not_shown(
    bed: Bed, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, done = threading.Event(), list[None]()

    def slow(ledger: object, text: str) -> Answer:
        go.wait(10)
        return look_up(ledger, text)  # type: ignore[arg-type]

    monkeypatch.setattr(search_box, "look_up", slow)
    bed.top.focus_search()
    bed.box.setText("铜")
    bed.field.setFocus()
    go.set()
    bed.top._office.work.ask(lambda _: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert not bed.box.results.isVisible()


def test_a_search_that_fails_says_so_and_the_next_one_works(
    bed: Bed, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(search_box, "look_up", _cannot)
        bed.top.focus_search()
        with qtbot.waitSignal(bed.top._office.work.refused) as told:
            bed.box.setText("铜")
    assert told.args == ["台账读不了，请稍候再试。"]
    type_in(bed, qtbot, "铜业")
    assert bed.box.results.isVisible()


def _cannot(_ledger: object, _text: str) -> Answer:
    raise KnownError("台账读不了，请稍候再试。")


# Input methods.


def compose(bed: Bed, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(bed.box, event)


def test_a_word_that_is_being_composed_is_not_searched_until_it_stands(
    bed: Bed, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def noted(ledger: object, text: str) -> Answer:
        asked.append(text)
        return look_up(ledger, text)  # type: ignore[arg-type]

    monkeypatch.setattr(search_box, "look_up", noted)
    bed.top.focus_search()
    for half in ("z", "zi", "zi j", "zi jin"):
        compose(bed, half)
    assert not bed.box.results.isVisible()
    with qtbot.waitSignal(bed.box.shown):
        compose(bed, "", "资金")
    assert asked == ["资金"]
    compose(bed, "y")
    assert not bed.box.results.isVisible()
    with qtbot.waitSignal(bed.box.shown):
        compose(bed, "")
    assert set(asked) == {"资金"}


def test_no_shortcut_takes_a_key_from_the_input_method(bed: Bed) -> None:
    bed.top.focus_search()
    compose(bed, "zi")
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(bed.box, event)
    assert event.isAccepted()


# On the desk.


def test_all_hits_of_a_desk_are_listed_there(bed: Bed, qtbot: QtBot, office: Office) -> None:
    type_in(bed, qtbot, "资金")
    (row,) = [row for row in bed.box.results.model.rows if row.page == "problems" and row.hit is None]
    assert row.text == "在“问题”中列出这 8 条"
    assert row.reference == "search:资金"
    desk = Problems(office)
    qtbot.addWidget(desk)
    desk.show()
    desk.refresh()
    qtbot.waitUntil(lambda: desk.calendar is not None)
    desk.filters.choose("problems.overdue")
    qtbot.waitUntil(lambda: desk.model.rowCount() == 5)
    desk.show_record(row.reference)
    qtbot.waitUntil(lambda: desk.model.rowCount() == 8)
    assert desk.filters.words == ["搜索“资金”"]
    desk.activateWindow()
    qtbot.waitUntil(desk.list.hasFocus)
    desk.filters.clear()
    qtbot.waitUntil(lambda: desk.model.rowCount() == 87)


def test_a_unit_found_leads_to_its_problems(bed: Bed, qtbot: QtBot, office: Office) -> None:
    type_in(bed, qtbot, "财政局")
    row = next(row for row in bed.box.results.model.rows if row.hit is not None)
    assert row.reference.startswith("unit:")
    desk = Problems(office)
    qtbot.addWidget(desk)
    desk.show()
    desk.refresh()
    desk.show_record(row.reference)
    qtbot.waitUntil(lambda: 0 < desk.model.rowCount() < 87)
    assert desk.filters.words == ["衡阳市财政局"]


def test_the_model_behaves(bed: Bed, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    type_in(bed, qtbot, "铜")
    model = bed.box.results.model
    qtmodeltester.check(model)
    assert model.data(model.index(0)) == "企业"
    assert ResultsModel().rowCount() == 0


def test_the_list_stays_inside_the_window(bed: Bed, qtbot: QtBot) -> None:
    for width, height in ((880, 460), (1920, 1040)):
        bed.resize(width, height)
        type_in(bed, qtbot, "示例")
        assert bed.rect().contains(bed.box.results.geometry())
