"""问题 looked at in several ways: the strip of views, 今日, 看板, 单位, 企业, 日历 and 共性, by keyboard and mouse."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QLineEdit

from chain_office.domain.board import LANES, lane_of, verbs_into, why_not
from chain_office.domain.workflow import STATES, VERBS
from chain_office.queries import problem_desk
from chain_office.queries.problem_strip import waiting
from chain_office.services import common_issues as service
from chain_office.services.calendar import work_calendar
from chain_office.services.ledgers import open_ledger
from chain_office.services.list_paper import ListPaper
from chain_office.ui.kit.board_cards import BoardCard, CardDelegate
from chain_office.ui.kit.board_column import BoardPile
from chain_office.ui.kit.board_list import Cards
from chain_office.ui.kit.figures_table import FiguresModel, FiguresView
from chain_office.ui.office import Office
from chain_office.ui.pages.problem_parts import LIST, PARTS
from chain_office.ui.pages.problem_parts.board import BoardPart
from chain_office.ui.pages.problem_parts.calendar import CalendarPart
from chain_office.ui.pages.problem_parts.common_issues import CommonIssuesPart
from chain_office.ui.pages.problem_parts.firms import FirmsPart
from chain_office.ui.pages.problem_parts.gathering import ChooseIssue, ChooseProblems
from chain_office.ui.pages.problem_parts.today import TodayPart
from chain_office.ui.pages.problem_parts.units import UnitsPart
from chain_office.ui.pages.problems import Problems
from chain_office.ui.palette import LIGHT
from chain_office.ui.work import Work
from tests.ui.shells import opened, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.pages.problem_parts.part import Part
    from chain_office.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DAY = date(2021, 11, 19)
PROBLEMS = 87
T = TypeVar("T")
P = TypeVar("P", bound="Part")


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Problems:
    """The page of 问题 on the screen, its list read."""
    made = Problems(office)
    qtbot.addWidget(made)
    made.resize(1218, 640)
    made.show()
    with qtbot.waitSignal(made.offered):
        made.refresh()
    qtbot.waitUntil(lambda: made.detail.record is not None)
    return made


def ask(office: Office, qtbot: QtBot, question: Callable[[Ledger], T]) -> T:
    """What the ledger says, read on its thread."""
    found: list[T] = []
    office.work.ask(question, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def view(page: Problems, qtbot: QtBot, view_id: str, kind: type[P]) -> P:
    """A view of the page, shown and read."""
    page.show_record(f"view:{view_id}")
    qtbot.waitUntil(lambda: isinstance(page.views.part, kind))
    part = cast("P", page.views.part)
    ask(page.office, qtbot, lambda _ledger: True)  # what it asked for has been answered
    return part


def problem(page: Problems, qtbot: QtBot, number: int) -> str:
    """A problem's id by its number."""
    return str(ask(page.office, qtbot, lambda led: led.value("SELECT id FROM problem WHERE number = ?", (number,))))


def typed(line: QLineEdit, text: str) -> None:
    """Type Chinese into a line, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def listed(page: Problems, qtbot: QtBot, act: Callable[[], object]) -> int:
    """How many rows the list shows after ``act``."""
    with qtbot.waitSignal(page.model.counted) as told:
        act()
    assert page.views.current == LIST
    assert told.args is not None
    return int(told.args[0])


# The strip.


def test_the_views_stand_in_a_strip_and_are_gone_through_by_keyboard(page: Problems, qtbot: QtBot) -> None:
    strip = page.views.strip
    assert list(strip.buttons) == [kind.id for kind in PARTS]
    assert strip.buttons[LIST].isChecked()
    assert strip.buttons["today"].toolTip().startswith("今日（Alt+2）")
    page.activateWindow()
    qtbot.keyClick(page.list, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(page.views.part, TodayPart))
    assert page.views.current == "today"
    assert strip.buttons["today"].isChecked()
    qtbot.waitUntil(lambda: page.views.part is not None and page.views.part.parts()[0].hasFocus())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.views.current == PARTS[2].id
    for pressed, place in ((Qt.Key.Key_0, 9), (Qt.Key.Key_Minus, 10), (Qt.Key.Key_1, 0)):
        qtbot.keyClick(page, pressed, Qt.KeyboardModifier.AltModifier)
        assert page.views.current == PARTS[place].id
    assert page.list.hasFocus()


def test_a_click_on_the_strip_shows_a_view_and_the_page_remembers_it(page: Problems, qtbot: QtBot) -> None:
    assert page.where().startswith("problem:")
    qtbot.mouseClick(page.views.strip.buttons["units"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(page.views.part, UnitsPart))
    assert page.where() == "view:units"
    assert page.parts()[0] is page.views.strip
    page.show_record("figure:problems.overdue")
    assert page.views.current == LIST
    assert page.parts()[1:] == (page.filters, page.list, page.detail)


def test_the_strip_counts_what_waits(page: Problems, qtbot: QtBot) -> None:
    counted = ask(page.office, qtbot, lambda ledger: waiting(ledger, DAY))
    today = ask(page.office, qtbot, lambda ledger: problem_desk.today(ledger, DAY, work_calendar(ledger)))
    assert counted.overdue == today.pile("overdue").total
    assert counted.due_today == today.pile("due_today").total
    assert counted.waiting == today.pile("screening").total
    assert counted.woken == today.pile("wake_ups").total
    shown = page.views.strip.buttons["today"]
    qtbot.waitUntil(lambda: shown.text() == f"今日 {counted.overdue + counted.due_today}")
    assert f"逾期 {counted.overdue} 件" in shown.toolTip()


def test_the_keys_of_the_list_rest_while_another_view_is_shown(page: Problems, qtbot: QtBot) -> None:
    keys = {action.shortcut().toString() for action in page.actions()}
    assert {"Ctrl+N", "Ctrl+E"} <= keys
    view(page, qtbot, "units", UnitsPart)
    assert {action.shortcut().toString() for action in page.actions()} == {"Ctrl+N"}
    own = page.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert {one.key().toString() for one in own if not one.isEnabled()} == {
        one.key().toString() for one in own if one not in page.views._shortcuts
    }
    page.editing.new("problem")
    assert page.views.current == LIST
    assert {action.shortcut().toString() for action in page.actions()} == keys
    assert all(one.isEnabled() for one in own)


@pytest.fixture
def window(qtbot: QtBot, sample_ledger: Path) -> Iterator[Window]:
    """A window with the page of 问题 alone."""
    made = shell(qtbot, (Problems,))
    opened(qtbot, made, sample_ledger)
    yield made
    made.work.stop()


def test_a_view_out_of_sight_is_read_again_only_when_it_is_shown(window: Window, qtbot: QtBot) -> None:
    page = cast("Problems", window.frame.page("problems"))
    qtbot.waitUntil(lambda: page.calendar is not None)
    units = view(page, qtbot, "units", UnitsPart)
    qtbot.waitUntil(lambda: units.found is not None)
    page.show_record(f"view:{LIST}")
    before = units.found
    ids = [problem(page, qtbot, number) for number in (1, 2)]
    with qtbot.waitSignal(window.work.changed):
        window.work.ask(lambda ledger: service.create(ledger, "甲类", ids, DAY, "王敏"), window.office.wrote.emit)
    qtbot.waitUntil(lambda: units.stale)
    assert units.found is before
    page.show_record("view:units")
    qtbot.waitUntil(lambda: units.found is not before)
    assert not units.stale


def test_another_cut_off_date_is_shown_in_every_view(window: Window, qtbot: QtBot) -> None:
    page = cast("Problems", window.frame.page("problems"))
    qtbot.waitUntil(lambda: page.calendar is not None)
    today = view(page, qtbot, "today", TodayPart)
    qtbot.waitUntil(lambda: today.found is not None)
    window.office.move_as_of(date(2021, 3, 1))
    qtbot.waitUntil(lambda: today.found is not None and today.found.day == date(2021, 3, 1))
    units = view(page, qtbot, "units", UnitsPart)
    qtbot.waitUntil(lambda: units.found is not None and units.found.day == date(2021, 3, 1))


# 今日.


def test_today_lists_every_pile_under_its_heading(page: Problems, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    part = view(page, qtbot, "today", TodayPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    found = part.found
    assert found is not None
    shown = [pile for pile in found.piles if pile.total]
    heads = [part.model.line(row).cells[0] for row in part.model.heads]
    assert heads == [f"{pile.word}　{pile.total} 件" for pile in shown]
    assert part.model.rowCount() == sum(pile.total + 1 for pile in shown)
    assert part.none.text() == f"没有：{'、'.join(pile.word for pile in found.piles if not pile.total)}。"
    assert {chip.text() for chip in part._chips.values() if not chip.isHidden()} == {
        f"{pile.word} {pile.total}" for pile in shown
    }
    qtmodeltester.check(part.model)


def test_walking_today_steps_over_headings_and_enter_opens_the_problem(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "today", TodayPart)
    qtbot.waitUntil(lambda: part.view.currentIndex().isValid())
    heads = set(part.model.heads)
    walked = []
    for _ in range(part.model.rowCount() - len(heads)):
        walked.append(part.view.currentIndex().row())
        qtbot.keyClick(part.view, Qt.Key.Key_Down)
    assert walked == [row for row in range(part.model.rowCount()) if row not in heads]
    wanted = part.view.current_id.partition("/")[2]
    qtbot.keyClick(part.view, Qt.Key.Key_Return)
    assert page.views.current == LIST
    qtbot.waitUntil(lambda: page.detail.record is not None and page.detail.record.reference == f"problem:{wanted}")


def test_today_offers_the_step_that_fits_and_comes_back_from_it(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "today", TodayPart)
    qtbot.waitUntil(lambda: part.view.currentIndex().isValid())
    for key, verb in (("to_verify", "核实销号"), ("overdue", "催办")):
        part.go_to(key)
        assert part._first.text() == verb
        assert part._first.isEnabled()
    part.go_to("to_verify")
    wanted = part.view.current_id.partition("/")[2]
    qtbot.keyClick(part.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.views.current == LIST
    qtbot.waitUntil(lambda: page.side.currentWidget() is page.steps.pane and page.steps.pane.ids == (wanted,))
    page.steps.pane.leave()
    qtbot.waitUntil(lambda: page.views.current == "today")
    qtbot.waitUntil(part.view.hasFocus)
    assert part.view.current_id.partition("/")[2] == wanted


def test_several_lines_of_a_pile_are_reminded_of_at_once(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "today", TodayPart)
    qtbot.waitUntil(lambda: part.view.currentIndex().isValid())
    part.go_to("overdue")
    qtbot.keyClick(part.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    found = part.found
    assert found is not None
    number = found.pile("overdue").total
    assert len(part.view.chosen_ids()) == number > 1
    assert part._first.text() == f"催办（{number} 件）"
    part.go_to("to_verify")
    qtbot.keyClick(part.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not part._first.isEnabled()  # each is verified with its own enterprise


def test_a_whole_pile_opens_in_the_list(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "today", TodayPart)
    qtbot.waitUntil(lambda: part.view.currentIndex().isValid())
    part.go_to("screening")
    found = part.found
    assert found is not None
    number = listed(page, qtbot, part._all.trigger)
    while number != found.pile("screening").total:  # the filters are cleared before they are set
        with qtbot.waitSignal(page.model.counted) as told:
            pass
        assert told.args is not None
        number = told.args[0]


# 单位 and 企业.


@pytest.mark.parametrize(("view_id", "kind"), [("units", UnitsPart), ("firms", FirmsPart)])
def test_every_count_opens_as_many_problems_as_it_says(
    view_id: str, kind: type[UnitsPart | FirmsPart], page: Problems, qtbot: QtBot
) -> None:
    part = view(page, qtbot, view_id, kind)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    model, shown = part.model, dict[tuple[str, str], int]()
    part.page = cast("Problems", _Shown(shown))
    for row in (0, 1, 2, model.rowCount() - 1):
        for column, cell in zip(model.columns, model.row(row).cells, strict=True):
            counted = isinstance(cell.value, int) and column.key not in {"failed", "extended", "returned"}
            if counted and cell.opens:
                part._open(model.row(row).id, column.key)
                ask(page.office, qtbot, lambda _ledger: True)
                assert shown.popitem()[1] == cell.value, (model.row(row).id, column.key)


class _Shown:
    """Stands for the page: notes how many problems it is to show."""

    def __init__(self, shown: dict[tuple[str, str], int]) -> None:
        self._shown = shown

    def show_rows(self, ids: frozenset[str], words: str) -> None:
        self._shown["", words] = len(ids)


def test_the_scorecard_is_sorted_with_the_total_above_and_the_unknown_below(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "units", UnitsPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    model = part.model
    for place, column in enumerate(model.columns):
        for descending in (True, False):
            model.sort_by(column.key, descending=descending)
            assert model.row(0).total
            values = [row.cells[place].value for row in model.rows[1:]]
            known = [value for value in values if value is not None]
            assert values == sorted(known, reverse=descending) + [None] * (len(values) - len(known))


def test_under_the_scorecard_stands_how_the_column_is_worked_out(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "units", UnitsPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    assert part.found is not None
    for measure in part.found.measures:
        place = next((at for at, one in enumerate(part.model.columns) if one.key == measure.key), None)
        if place is not None and not part.view.isColumnHidden(place):
            part.view.setCurrentIndex(part.model.index(1, place))
            assert part.formula.text() == f"{measure.label}：{measure.formula}"


def test_the_scorecard_fits_without_scrolling_and_says_what_it_leaves_out(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "units", UnitsPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    assert not part.view.horizontalScrollBar().isVisible()
    hidden = [one.heading for at, one in enumerate(part.model.columns) if part.view.isColumnHidden(at)]
    assert hidden
    assert f"没有列出{'、'.join(hidden)}" in part.notes.text()
    page.resize(2200, 900)
    qtbot.waitUntil(lambda: not any(part.view.isColumnHidden(at) for at in range(part.model.columnCount())))
    assert part.notes.text() == ""


def test_the_whole_table_is_copied_with_its_headings(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "units", UnitsPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    part.view.copy_all()
    lines = QGuiApplication.clipboard().text().split("\r\n")
    assert lines[0].split("\t") == [one.heading for one in part.model.columns]
    assert [line.split("\t")[0] for line in lines[1:]] == [row.cells[0].text for row in part.model.rows]
    assert lines[1].startswith("合计\t58\t")
    part.view.setFocus()
    part.view.setCurrentIndex(part.model.index(1, 1))
    qtbot.keyClick(part.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == part.model.row(1).cells[1].text
    qtbot.keyClick(part.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == f"单位\t交办\r\n{part.model.row(1).cells[0].text}\t4"


def test_enter_on_a_number_opens_its_problems(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "units", UnitsPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    place = [one.key for one in part.model.columns].index("overdue")
    part.view.setCurrentIndex(part.model.index(0, place))
    with qtbot.waitSignal(page.filters.changed):
        qtbot.keyClick(part.view, Qt.Key.Key_Return)
    assert page.views.current == LIST
    qtbot.waitUntil(lambda: page.filters.count.text() == f"{part.model.row(0).cells[place].text} 个问题")
    assert any("全部单位 · 逾期" in words for words in page.filters.words)


def test_figures_keep_qt_s_rules(page: Problems, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    part = view(page, qtbot, "firms", FirmsPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    part.model.sort_by("collected", descending=True)
    qtmodeltester.check(part.model)


def test_the_firm_itself_is_opened_from_its_line(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "firms", FirmsPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    part.view.setCurrentIndex(part.model.index(1, 2))
    with qtbot.waitSignal(page.wanted) as told:
        part._open_firm()
    assert told.args == ["enterprises", f"enterprise:{part.model.row(1).id}"]


# 看板.


def test_every_problem_stands_in_one_column_of_the_board(
    page: Problems, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(part.board.columns))
    assert list(part.board.columns) == [one.id for one in LANES]
    assert sorted(state for one in LANES for state in one.states) == sorted(STATES)
    cards = [column.cards.cards for column in part.board.columns.values()]
    assert sum(one.rowCount() for one in cards) == PROBLEMS
    doing = part.board.columns["doing"]
    assert doing.heading.text() == f"办理中 {doing.cards.cards.rowCount()}"
    assert [one for one in part.board.columns if part.board.columns[one].is_folded] == [
        one.id for one in LANES if one.folded
    ]
    qtmodeltester.check(doing.cards.cards)


def test_the_board_is_walked_by_arrows_and_a_folded_column_unfolds(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(part.board.columns))
    columns = part.board.columns
    columns["waiting"].cards.setFocus()
    qtbot.keyClick(columns["waiting"].cards, Qt.Key.Key_Down)
    assert columns["waiting"].cards.currentIndex().row() == 1
    order = list(columns.values())
    for here, following in itertools.pairwise(order):
        qtbot.keyClick(here.taker, Qt.Key.Key_Right)
        qtbot.waitUntil(following.taker.hasFocus)
    qtbot.keyClick(order[-1].taker, Qt.Key.Key_Left)
    closed = columns["closed"]
    closed.strip.setFocus()
    qtbot.keyClick(closed.strip, Qt.Key.Key_Return)
    assert not closed.is_folded
    qtbot.waitUntil(closed.cards.hasFocus)
    qtbot.keyClick(closed.cards, Qt.Key.Key_Return)
    wanted = closed.cards.current_id
    assert page.views.current == LIST
    qtbot.waitUntil(lambda: page.detail.record is not None and page.detail.record.reference == f"problem:{wanted}")


def test_a_card_carried_to_a_column_opens_the_step_that_leads_there(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(part.board.columns))
    card = part.board.columns["reported"].cards.cards.card(0)
    states = ask(page.office, qtbot, lambda ledger: ledger.rows("SELECT id, state FROM problem ORDER BY id"))
    part.drop("closed", [card.id])
    assert page.views.current == LIST
    qtbot.waitUntil(lambda: page.side.currentWidget() is page.steps.pane and page.steps.pane.ids == (card.id,))
    assert ask(page.office, qtbot, lambda ledger: ledger.rows("SELECT id, state FROM problem ORDER BY id")) == states


def test_a_column_no_step_leads_to_says_which_way_it_is(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(part.board.columns))
    card = part.board.columns["waiting"].cards.cards.card(0)
    part.drop("closed", [card.id])
    assert page.views.current == "board"
    assert part._why_not("closed", [card.id]) == (
        "“待筛选”不能一步到“已销号”，要先经过“待交办”、“已交办”、“已报结待核实”。"
    )
    assert part._why_not("waiting", [card.id]) == "就在这一列。"


def test_a_card_dragged_over_a_column_is_weighed_before_it_is_let_go(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(part.board.columns))
    source = part.board.columns["reported"].cards.cards
    data = source.mimeData([source.index(0, 0)])
    at, held = QPoint(20, 20), (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    refused = part.board.columns["partial"]
    QApplication.sendEvent(refused, QDragEnterEvent(at, Qt.DropAction.CopyAction, data, *held))
    assert refused.refusal.text() == "“已报结待核实”不能一步到“部分解决”，要先经过“办理中”。"
    assert not refused.refusal.isHidden()
    QApplication.sendEvent(refused, QDragLeaveEvent())
    assert refused.refusal.isHidden()
    welcome = part.board.columns["closed"]
    QApplication.sendEvent(welcome, QDragEnterEvent(at, Qt.DropAction.CopyAction, data, *held))
    assert welcome.property("state") == "open"
    QApplication.sendEvent(welcome, QDropEvent(at, Qt.DropAction.CopyAction, data, *held))
    assert welcome.property("state") == ""
    qtbot.waitUntil(lambda: page.side.currentWidget() is page.steps.pane)


def test_the_board_asks_of_a_step_only_what_the_workflow_allows() -> None:
    for state in STATES:
        for one in LANES:
            verbs, why = verbs_into(one.id, (state,)), why_not(one.id, state)
            assert all(VERBS[verb.id].moves[state] in one.states for verb in verbs)
            assert bool(why) == (not verbs and one is not lane_of(state))


def test_a_column_of_thousands_paints_only_what_is_seen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    paint = CardDelegate.paint

    def noting(self: CardDelegate, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        painted.append(index.row())
        paint(self, painter, option, index)

    monkeypatch.setattr(CardDelegate, "paint", noting)
    cards = Cards(LIGHT)
    qtbot.addWidget(cards)
    made = [
        BoardCard(str(n), f"WT{n:04d}", "企业", "问题" * 30, "单位", "11-30", "red", "红灯", "") for n in range(5000)
    ]
    cards.cards.show(made)
    cards.resize(200, 600)
    cards.show()
    qtbot.waitUntil(lambda: bool(painted))
    assert max(painted) < 12
    painted.clear()
    cards.scrollToBottom()
    qtbot.waitUntil(lambda: 4999 in painted)
    assert len(painted) < 40


def test_a_board_card_says_in_words_what_its_colour_says(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(part.board.columns))
    for column in part.board.columns.values():
        for row in range(column.cards.cards.rowCount()):
            card = column.cards.cards.card(row)
            assert card.due.endswith(("逾期", card.light_word))
            said = column.cards.cards.data(column.cards.cards.index(row, 0), int(Qt.ItemDataRole.AccessibleTextRole))
            assert card.light_word in said
            assert card.number in said


def test_a_pile_shown_again_keeps_the_cursor_on_its_card(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(part.board.columns))
    column = part.board.columns["waiting"]
    column.cards.setFocus()
    column.cards.setCurrentIndex(column.cards.cards.index(3, 0))
    kept = column.cards.current_id
    rest = tuple(column.cards.cards.card(row) for row in range(2, column.cards.cards.rowCount()))
    column.show_pile(BoardPile("waiting", "待筛选", len(rest), 0, rest))
    assert column.cards.current_id == kept
    assert column.heading.text() == f"待筛选 {len(rest)}"


# 日历.


def test_the_calendar_is_walked_by_keys_and_enter_goes_into_the_day(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "calendar", CalendarPart)
    qtbot.waitUntil(lambda: part.found is not None)
    month = part.calendar
    assert (month.current, part.month.text()) == (DAY, "2021年11月")
    month.setFocus()
    qtbot.keyClick(month, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: part.month.text() == "2021年12月")
    qtbot.keyClick(month, Qt.Key.Key_End)
    assert month.current == date(2021, 12, 31)
    assert part.day.text() == "2021-12-31　周五　上班　5 件"
    assert [part.model.line(row).cells[0] for row in range(part.model.rowCount())] == ["时限", *["复核"] * 4]
    qtbot.keyClick(month, Qt.Key.Key_Return)
    qtbot.waitUntil(part.rows.hasFocus)
    wanted = part.model.line(0).id
    qtbot.keyClick(part.rows, Qt.Key.Key_Return)
    assert page.views.current == LIST
    qtbot.waitUntil(lambda: page.detail.record is not None and page.detail.record.reference == f"problem:{wanted}")
    part = view(page, qtbot, "calendar", CalendarPart)
    qtbot.keyClick(month, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: part.month.text() == "2021年11月")
    assert month.current == DAY


def test_the_calendar_marks_holidays_and_shifted_working_days(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "calendar/2021-10-08", CalendarPart)
    qtbot.waitUntil(lambda: part.found is not None and part.month.text() == "2021年10月")
    said = [part.calendar.describe(date(2021, 10, day)) for day in (1, 8, 9, 10)]
    assert said == [
        "2021-10-01（周五）国庆节", "2021-10-08（周五）上班", "2021-10-09（周六）上班", "2021-10-10（周日）休息",
    ]  # fmt: skip
    assert part.calendar.describe(date(2021, 10, 31)).endswith("：时限 1 逾期 1")
    at = part.calendar.day_rect(date(2021, 10, 31)).center()
    qtbot.mouseClick(part.calendar, Qt.MouseButton.LeftButton, pos=QPoint(at))
    assert part.model.rowCount() == 1


def test_a_year_whose_holidays_nobody_knows_is_said(page: Problems, qtbot: QtBot) -> None:
    part = view(page, qtbot, "calendar/2035-05-01", CalendarPart)
    qtbot.waitUntil(lambda: part.found is not None and part.month.text() == "2035年5月")
    assert "没有2035年的节假日安排" in part.unknown.text()
    assert not part.unknown.isHidden()
    assert part.calendar.describe(date(2035, 5, 1)) == "2035-05-01（周二）"


# 共性.


def test_problems_selected_in_the_list_are_hung_on_a_new_item(page: Problems, qtbot: QtBot) -> None:
    page.list.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    ids = page.selected_ids()
    assert len(ids) == 3
    page._gather()
    dialog = page.gathering.dialog
    assert isinstance(dialog, ChooseIssue)
    typed(dialog.line, "用电成本高")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert dialog.do.text() == "新建并归入"
    with qtbot.waitSignal(page.office.wrote) as told:
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].said == "已新建共性问题“用电成本高”，归入 3 个问题"
    part = view(page, qtbot, "common", CommonIssuesPart)
    qtbot.waitUntil(lambda: part.issue is not None)
    assert {part.problems.line(row).id for row in range(part.problems.rowCount())} == set(ids)
    assert part.issues.line(0).cells[1:4] == ("用电成本高", "3", "3")


def test_an_item_is_made_filled_emptied_and_dissolved_in_its_view(window: Window, qtbot: QtBot) -> None:
    page = cast("Problems", window.frame.page("problems"))
    qtbot.waitUntil(lambda: page.calendar is not None)
    part = view(page, qtbot, "common", CommonIssuesPart)
    qtbot.waitUntil(part.nothing.isVisible)
    part.nothing.button.click()
    naming = part.gathering.dialog
    assert isinstance(naming, ChooseIssue)
    qtbot.waitUntil(lambda: not naming.do.isEnabled())
    typed(naming.line, "职工住房不足")
    qtbot.waitUntil(naming.do.isEnabled)
    qtbot.keyClick(naming.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.issue is not None)
    assert part.hint.text() == "还没有归入问题，点“归入问题”选几个。"
    part._add.trigger()
    choosing = part.gathering.dialog
    assert isinstance(choosing, ChooseProblems)
    qtbot.waitUntil(lambda: choosing.model.rowCount() == PROBLEMS)
    typed(choosing.line, "宿舍")
    qtbot.waitUntil(lambda: 0 < choosing.model.rowCount() < 10)
    for row in range(choosing.model.rowCount()):
        choosing.rows.selectRow(row)
    number = choosing.model.rowCount()
    assert choosing.do.text() == f"归入 {number} 个"
    choosing.do.click()
    qtbot.waitUntil(lambda: part.problems.rowCount() == number)
    part.rows.selectRow(0)
    part._off.trigger()
    qtbot.waitUntil(lambda: part.problems.rowCount() == number - 1)
    window.frame.undoing.undo()
    qtbot.waitUntil(lambda: part.problems.rowCount() == number)
    part._dissolve.trigger()
    qtbot.waitUntil(part.nothing.isVisible)


def test_an_item_that_is_there_is_likelier_meant_than_its_double(page: Problems, qtbot: QtBot) -> None:
    ids = [problem(page, qtbot, number) for number in (1, 2)]
    ask(page.office, qtbot, lambda ledger: service.create(ledger, "外地职工住房不足", ids[:1], DAY, "王敏"))
    page.gathering.gather(ids[1:])
    dialog = page.gathering.dialog
    assert isinstance(dialog, ChooseIssue)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    typed(dialog.line, "住房")
    assert [dialog.model.line(row).cells[1] for row in range(dialog.model.rowCount())] == ["外地职工住房不足", "住房"]
    assert dialog.do.text() == "归入"
    qtbot.keyClick(dialog.line, Qt.Key.Key_Down)
    assert dialog.do.text() == "新建并归入"
    qtbot.keyClick(dialog.line, Qt.Key.Key_Up)
    with qtbot.waitSignal(page.office.wrote) as told:
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].said == "已把 1 个问题归入“外地职工住房不足”"


def test_an_item_s_own_form_opens_beside_the_list(page: Problems, qtbot: QtBot) -> None:
    ask(page.office, qtbot, lambda ledger: service.create(ledger, "甲类", (), DAY, "王敏"))
    part = view(page, qtbot, "common", CommonIssuesPart)
    qtbot.waitUntil(lambda: part.issue is not None)
    part.edit()
    qtbot.waitUntil(lambda: part._pane is not None and part._pane.body is not None)
    assert part._side.currentWidget() is part._pane


# On paper.


def test_the_scorecard_is_printed_whole_with_every_rate_s_formula(
    page: Problems, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = view(page, qtbot, "units", UnitsPart)
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    set_: list[ListPaper] = []
    do = page.office.work.workshop.do

    def noting(job: Callable[..., T], *given: object, **more: object) -> T:
        set_.extend(one for one in given if isinstance(one, ListPaper))
        return do(job, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(page.office.work.workshop, "do", noting)
    part.print()
    qtbot.waitUntil(lambda: part.printing.dialog is not None, timeout=30_000)
    paper = set_[0]
    assert [one.heading for one in paper.columns] == [one.heading for one in part.model.columns]
    assert [row[0] for row in paper.rows] == [row.cells[0].text for row in part.model.rows]
    assert (paper.title, paper.as_of, paper.sample) == ("各单位办理情况", DAY, True)
    assert paper.notes is not None
    assert any(note.startswith("按时率：在当时时限内报结") for note in paper.notes)
    assert part.printing.dialog is not None
    assert part.printing.dialog.windowTitle() == "各单位办理情况"
    part.printing.dialog.close()


def test_today_is_printed_as_it_stands(page: Problems, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    part = view(page, qtbot, "today", TodayPart)
    qtbot.waitUntil(lambda: part.view.currentIndex().isValid())
    told: list[tuple[str, list[tuple[str, ...]]]] = []
    monkeypatch.setattr(part.printing, "print", lambda title, _columns, rows, _said: told.append((title, list(rows))))
    qtbot.keyClick(part.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    ((title, rows),) = told
    assert title == "今日要办"
    shown = [row for row in range(part.model.rowCount()) if row not in part.model.heads]
    assert rows == [(part.model.group(row).heading.partition("　")[0], *part.model.line(row).cells) for row in shown]


# A ledger that may only be read.


def test_a_ledger_opened_read_only_offers_nothing_that_writes(qtbot: QtBot, sample_ledger: Path) -> None:
    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(sample_ledger, read_only=True))
    page = Problems(office)
    qtbot.addWidget(page)
    page.resize(1218, 640)
    page.show()
    with qtbot.waitSignal(page.offered):
        page.refresh()
    today = view(page, qtbot, "today", TodayPart)
    qtbot.waitUntil(lambda: today.view.currentIndex().isValid())
    assert not any(one.isVisible() for one in (today._first, today._second, today._go_there))
    board = view(page, qtbot, "board", BoardPart)
    qtbot.waitUntil(lambda: bool(board.board.columns))
    card = board.board.columns["reported"].cards.cards.card(0)
    assert board._why_not("closed", [card.id]) == "台账以只读方式打开，不能办理。"
    board.board.go_to(card.id)
    board.offer_steps()
    assert board.menu is None
    common = view(page, qtbot, "common", CommonIssuesPart)
    assert not any(one.isVisible() for one in common._writing)
    assert common.nothing.button.isHidden()
    work.stop()


def test_a_number_nobody_knows_is_not_opened(qtbot: QtBot) -> None:
    from chain_office.ui.kit.figures_table import Cell, FiguresRow, Measured

    model = FiguresModel(LIGHT)
    table = FiguresView(model, "试")
    qtbot.addWidget(table)
    model.show(
        (Measured("name", "单位", right=False), Measured("rate", "按时率")),
        [FiguresRow("a", (Cell("甲", "甲", opens=True), Cell("—", None)))],
    )
    told: list[tuple[str, str]] = []
    table.opened.connect(lambda row, key: told.append((row, key)))
    for place in (1, 0):
        table.setCurrentIndex(model.index(0, place))
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told == [("a", "name")]
