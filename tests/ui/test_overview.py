"""总览: the figures of the ledger at the cut-off, what is due and overdue, and every one of them opens its page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from chain_office.services import figures, issuing, packs
from chain_office.services.ledgers import open_or_make
from chain_office.ui.kit.figure_menu import figure_menu
from chain_office.ui.kit.figure_panel import FigurePanel
from chain_office.ui.office import Office
from chain_office.ui.pages.overview import OverviewPage
from chain_office.ui.work import Work

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.domain.figures import Headline
    from chain_office.services.ledgers import Ledger

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SMALL_SCREEN = (1366 - 148, 768 - 40 - 48 - 30)
"""What a page has of an office PC's screen: less the navigation, the task bar, the bar above and the line below."""


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> OverviewPage:
    made = OverviewPage(office)
    qtbot.addWidget(made)
    made.resize(*SMALL_SCREEN)
    made.show()
    refreshed(made, qtbot)
    return made


def refreshed(page: OverviewPage, qtbot: QtBot) -> None:
    done: list[bool] = []
    page.refresh()
    page.office.work.spare(lambda _ledger: True, done.append)
    qtbot.waitUntil(lambda: bool(done))


def headline(office: Office, qtbot: QtBot) -> Headline:
    found: list[Headline] = []
    day = office.as_of

    def read(ledger: Ledger) -> Headline:
        return figures.headline(ledger, day)

    office.work.ask(read, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def texts(page: OverviewPage, card: int) -> str:
    return "\n".join(one.text() for one in page.cards[card].findChildren(QLabel))


def test_the_cards_say_the_headline_figures(page: OverviewPage, qtbot: QtBot) -> None:
    head = headline(page.office, qtbot)
    assert figures.shown(head["enterprises.total"]) in texts(page, 0)
    assert figures.shown(head["visits.enterprises_visited"]) in texts(page, 1)
    assert figures.shown(head["problems.assigned"]) in texts(page, 2)
    assert f"{head.value('problems.closed')} 销号" in texts(page, 2)
    assert figures.shown(head["finance.drawn_yuan"]) in texts(page, 3)
    assert figures.shown(head["output.total_yuan"]) in texts(page, 4)
    assert f"同口径 {figures.shown(head['output.yoy_percent'])}" in texts(page, 4)
    assert f"名义 {figures.shown(head['output.nominal_yoy_percent'])}" in texts(page, 4)


def test_the_seed_office_reads_as_in_its_article(page: OverviewPage) -> None:
    said = [texts(page, card) for card in range(5)]
    for card, wanted in enumerate(("69 家", "69 家", "58 个", "7.31 亿元", "235.00 亿元")):
        assert wanted in said[card]
    assert "+34.5 %" in said[4]
    assert "+33.3 %" in said[4]


@pytest.mark.parametrize(
    ("card", "wanted"),
    [
        (0, ["enterprises", "figure:enterprises.total"]),
        (2, ["problems", "figure:problems.assigned"]),
        (4, ["output", "figure:output.total_yuan"]),
    ],
)
def test_a_card_opens_its_rows_by_mouse_and_by_key(
    page: OverviewPage, qtbot: QtBot, card: int, wanted: list[str]
) -> None:
    with qtbot.waitSignal(page.wanted) as clicked:
        qtbot.mouseClick(page.cards[card], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.wanted) as pressed:
        qtbot.keyClick(page.cards[card], Qt.Key.Key_Return)
    assert clicked.args == wanted
    assert pressed.args == wanted


def test_a_card_says_how_it_is_counted(page: OverviewPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.cards[4].info, Qt.MouseButton.LeftButton)
    note = QApplication.activePopupWidget()
    assert isinstance(note, FigurePanel)
    said = [one.text() for one in note.findChildren(QLabel)]
    assert "23,500,000,000 元" in said
    assert "2021-11-19" in said
    growth = next(
        row for row in range(note.names.count()) if note.names.item(row).text().startswith("同比增长（同口径）")
    )
    for _ in range(growth):
        qtbot.keyClick(note.names, Qt.Key.Key_Down)
    said = [one.text() for one in note.findChildren(QLabel)]
    assert any("不取企业增速的平均" in text for text in said)
    assert any("÷" in text and text.endswith("= +34.5 %") for text in said)
    note.close()


def test_the_overdue_list_names_the_unit_and_agrees_with_the_figure(page: OverviewPage, qtbot: QtBot) -> None:
    head = headline(page.office, qtbot)
    assert page.overdue.model.rowCount() == head.number("problems.overdue")
    lines = [page.overdue.model.line(row) for row in range(page.overdue.model.rowCount())]
    # after 2021-09-30: 17 working days in October (8 to 29, Saturday the 9th worked), 15 in November up to the 19th
    assert ("市财政局", "32 个工作日") in [(line.cells[0], line.cells[3]) for line in lines]
    assert any(line.cells[0] == "衡南县" and line.cells[3].startswith("报结晚") for line in lines)


def test_a_line_opens_its_record(page: OverviewPage, qtbot: QtBot) -> None:
    view, model = page.overdue.view, page.overdue.model
    with qtbot.waitSignal(page.wanted) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(1, 1)).center())
    assert told.args == ["problems", model.line(1).id]
    with qtbot.waitSignal(page.wanted) as told:
        page.due.view.setCurrentIndex(page.due.model.index(0, 0))
        qtbot.keyClick(page.due.view, Qt.Key.Key_Return)
    first = page._due[page.due.model.line(0).id]
    assert told.args == [first.page, first.reference]


def test_another_day_shows_what_was_due_then(page: OverviewPage, qtbot: QtBot) -> None:
    page.office.move_as_of(date(2021, 12, 31))
    refreshed(page, qtbot)
    lines = [page.due.model.line(row) for row in range(page.due.model.rowCount())]
    today = [line for line in lines if line.cells[0] == "2021-12-31"]
    assert page.due.heading.text().startswith(f"今日到期 {len(today)} 件 · 未来 30 日 {len(lines)} 件")
    assert [sum(line.cells[1] == word for line in today) for word in ("计划竣工", "问题时限")] == [7, 1]
    assert "到复核日 4 件" in page.pooled.heading.text()
    page.office.move_as_of(date(2020, 1, 1))
    refreshed(page, qtbot)
    assert page.overdue.view.isHidden()
    assert page.overdue.empty.text() == "没有逾期的问题。"


def test_it_fits_a_small_screen_without_scrolling(page: OverviewPage) -> None:
    inside = page._room._inside
    assert inside.minimumSizeHint().width() <= SMALL_SCREEN[0]
    assert inside.minimumSizeHint().height() <= SMALL_SCREEN[1]
    assert page._room.verticalScrollBar().maximum() == 0


def test_on_a_smaller_one_it_scrolls_and_every_list_shows_rows(page: OverviewPage, qtbot: QtBot) -> None:
    page.resize(780, 430)
    qtbot.waitUntil(lambda: page._room.verticalScrollBar().maximum() > 0)
    lists = (page.overdue, page.moved, page.due, page.pooled)
    assert len({one.mapTo(page._room._inside, one.rect().topLeft()).x() for one in lists}) == 1
    for one in lists:
        assert one.view.isHidden() or one.view.viewport().height() >= 2 * one.view.rowHeight(0)
    page.resize(*SMALL_SCREEN)
    qtbot.waitUntil(lambda: page._room.verticalScrollBar().maximum() == 0)


def test_an_empty_ledger_is_unknown_not_zero(qtbot: QtBot, tmp_path: Path) -> None:
    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_or_make(tmp_path / "空.ledger"))
    page = OverviewPage(office)
    qtbot.addWidget(page)
    page.show()
    refreshed(page, qtbot)
    assert "未知" in texts(page, 4)
    assert "未知" in texts(page, 3)
    assert page.due.model.rowCount() == 0
    assert not page.due.empty.isHidden()
    work.stop()


def issued(page: OverviewPage, qtbot: QtBot, day: date) -> None:
    """A paper of that date is issued, and the page read again."""

    def issue(ledger: Ledger) -> None:
        order = packs.order_pack(ledger, day)
        issuing.issue(ledger, order, packs.PrintedPack(b"%PDF-1.4", ()), "张三")

    done: list[None] = []
    page.office.work.ask(issue, done.append)
    qtbot.waitUntil(lambda: bool(done))
    refreshed(page, qtbot)


def test_without_an_issued_paper_the_last_days_are_told(page: OverviewPage) -> None:
    assert "还没有定稿的材料" in page.moved.heading.text()
    told = [page.moved.model.line(row) for row in range(page.moved.model.rowCount())]
    assert ("销号", "2 个问题") in [line.cells[:2] for line in told]
    assert all(line.id.startswith("figure:") for line in told)


def test_what_moved_since_the_last_issued_paper_is_listed_and_opens(page: OverviewPage, qtbot: QtBot) -> None:
    issued(page, qtbot, date(2021, 8, 31))
    assert page.moved.heading.text().startswith("上次材料以来")
    assert "新转红 5" in page.moved.heading.text()  # with XM0014, whose node was due on 30 September
    assert "2021-08-31" in page._last.text()
    lines = [page.moved.model.line(row) for row in range(page.moved.model.rowCount())]
    assert [line.cells[0] for line in lines[:5]] == ["新转红"] * 5
    assert sum(line.id.startswith("project:") for line in lines[:5]) == 2
    assert ("数字变化", "放款金额", "6.61 亿元 → 7.31 亿元") in [line.cells for line in lines]
    for row, page_id in ((0, "problems"), (len(lines) - 1, "output")):
        with qtbot.waitSignal(page.wanted) as opened:
            page.moved.view.opened.emit(lines[row].id)
        assert opened.args == [page_id, lines[row].id]


def test_a_figure_is_copied_with_what_defends_it(page: OverviewPage, qtbot: QtBot) -> None:
    menu = figure_menu(page.cards[4], QPoint(0, 0), page.cards[4]._figures, None)
    copied = next(one for one in menu.actions() if one.text().startswith("复制“235"))
    copied.trigger()
    assert QApplication.clipboard().text() == "235亿元（1—9月，同口径，现价）"
    menu.close()


def test_the_months_have_a_chart_of_their_own_where_there_is_room(page: OverviewPage, qtbot: QtBot) -> None:
    assert not page.months.isVisible()
    page.resize(1772, 970)
    qtbot.waitUntil(page.months.isVisible)
    assert len(page.months._months) == 9
