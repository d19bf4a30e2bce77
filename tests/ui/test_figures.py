"""口径 by mouse and keyboard, wherever a figure is shown: its rows, its numbers, copies of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMenu, QVBoxLayout, QWidget

from chain_office.domain.figures import Figure, RowsQuery
from chain_office.services import figures
from chain_office.ui.kit.figure_menu import FigureOffer, explain_figures, figure_menu, rows_place
from chain_office.ui.kit.figure_panel import FigurePanel
from chain_office.ui.kit.figures_table import Cell, FiguresModel, FiguresRow, FiguresView, Measured
from chain_office.ui.kit.view_strip import ViewStrip
from chain_office.ui.pages.overview import OverviewPage
from chain_office.ui.pages.problems import Problems
from chain_office.ui.palette import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from chain_office.domain.figures import Headline
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DAY = date(2021, 11, 19)
ASSIGNED = Figure(
    "problems.assigned", "交办问题", 58, "个", "交办 = 已销号 + 办理中", DAY,
    RowsQuery("problems", (("figure", "problems.assigned"),)), worked="58 = 已销号 45 + 办理中 13", row_count=58,
)  # fmt: skip
DRAWN = Figure("finance.drawn_yuan", "放款金额", 731_000_000, "元", "Σ 放款", DAY, RowsQuery("finance"))
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture(autouse=True)
def _no_popup_stays() -> Iterator[None]:
    yield
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def opened(qtbot: QtBot) -> QWidget:
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    return popup


def said(panel: QWidget) -> list[str]:
    return [one.text() for one in panel.findChildren(QLabel) if not one.isHidden()]


def test_the_panel_says_all_that_defends_a_figure_and_copies_it(host: QWidget, qtbot: QtBot) -> None:
    panel = explain_figures(host, QPoint(300, 100), (ASSIGNED, DRAWN), None)
    assert {"交办问题", "58 个", ASSIGNED.formula, ASSIGNED.worked, "2021-11-19", "58 行"} <= set(said(panel))
    assert ASSIGNED.worked in panel.accessibleDescription()
    assert panel.accessibleName() == "交办问题 58 个 的口径"
    copied = [one for one in panel.copy_buttons if not one.isHidden()]
    assert [one.text() for one in copied] == ["复制 58个（交办问题，截至2021-11-19）", "复制数值 58"]
    panel.names.setCurrentRow(1)
    assert {"7.31 亿元", "731,000,000 元"} <= set(said(panel))
    texts = []
    for button in panel.copy_buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        texts.append(QApplication.clipboard().text())
        assert button.text().startswith("已复制")
    assert texts == ["7.31亿元（放款金额，截至2021-11-19）", "7亿余元（放款金额，截至2021-11-19）", "731000000"]


def test_what_is_unknown_is_not_copied(host: QWidget) -> None:
    panel = explain_figures(host, QPoint(300, 100), (Figure("x", "产值", None, "元", "Σ", DAY),), None)
    assert "未知" in said(panel)
    assert all(one.isHidden() for one in panel.copy_buttons)


def test_the_menu_opens_explains_and_copies(host: QWidget) -> None:
    wanted: list[Figure] = []
    menu = figure_menu(host, QPoint(0, 0), (DRAWN, ASSIGNED), wanted.append)
    words = [one.text().partition("\t")[0] for one in menu.actions() if not one.isSeparator()]
    assert words == [
        "打开这些行", "口径", "复制“7.31亿元（放款金额，截至2021-11-19）”", "复制约数“7亿余元（放款金额，截至2021-11-19）”",
        "复制数值“731000000”",
    ]  # fmt: skip
    menu.actions()[0].trigger()
    assert wanted == [DRAWN]
    next(one for one in menu.actions() if "约数" in one.text()).trigger()
    assert QApplication.clipboard().text() == "7亿余元（放款金额，截至2021-11-19）"
    menu.close()


def test_any_widget_with_figures_has_them_by_mouse_and_by_key(host: QWidget, qtbot: QtBot) -> None:
    frame = QFrame()
    frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    room = host.layout()
    assert room is not None
    room.addWidget(frame)
    wanted: list[Figure] = []
    FigureOffer(frame, lambda _at: (ASSIGNED,), wanted.append)
    for press in (
        lambda: qtbot.keyClick(frame, Qt.Key.Key_Menu),
        lambda: qtbot.keyClick(frame, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
        lambda: QApplication.sendEvent(
            frame, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), frame.mapToGlobal(QPoint(5, 5)))
        ),
    ):
        press()
        menu = opened(qtbot)
        assert isinstance(menu, QMenu)
        menu.close()
    qtbot.keyClick(frame, Qt.Key.Key_I, CONTROL)
    panel = opened(qtbot)
    assert isinstance(panel, FigurePanel)
    qtbot.keyClick(panel.open_button, Qt.Key.Key_Space)
    assert wanted == [ASSIGNED]


def test_a_cell_of_a_table_is_a_figure(host: QWidget, qtbot: QtBot) -> None:
    model = FiguresModel(LIGHT)
    view = FiguresView(model, "各单位")
    room = host.layout()
    assert room is not None
    room.addWidget(view)
    columns = (
        Measured("unit", "单位", right=False), Measured("closed", "销号", "已销号的", unit="件"),
        Measured("rate", "办结率", "已销号 ÷ 交办", unit="%"),
    )  # fmt: skip
    cells = (Cell("市财政局"), Cell("2", 2, opens=True), Cell("66.7 %（2/3）", Decimal("66.7"), opens=True))
    model.show(columns, (FiguresRow("u1", cells),), DAY)
    assert model.figure(model.index(0, 0)) is None
    rate = model.figure(model.index(0, 2))
    assert rate is not None
    assert (rate.label, rate.value, rate.unit, rate.formula, rate.as_of) == (
        "市财政局　办结率", Decimal("66.7"), "%", "已销号 ÷ 交办", DAY,
    )  # fmt: skip
    assert rate.worked == "66.7 %（2/3）"
    assert figures.quoted(rate) == "66.7%（市财政局　办结率，截至2021-11-19）"
    view.setCurrentIndex(model.index(0, 1))
    qtbot.keyClick(view, Qt.Key.Key_Menu)
    menu = opened(qtbot)
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(view.opened) as told:
        menu.actions()[0].trigger()
    assert told.args == ["u1", "closed"]
    menu.close()
    view.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_I, CONTROL)
    assert QApplication.activePopupWidget() is None


def test_a_live_count_of_a_strip_says_what_it_counts(host: QWidget, qtbot: QtBot) -> None:
    strip = ViewStrip("看法", LIGHT)
    room = host.layout()
    assert room is not None
    room.addWidget(strip)
    strip.add("late", "逾期", "clock", "逾期")
    strip.count("late", 5, "过了时限的 5 件", DAY)
    button = strip.buttons["late"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_I, CONTROL)
    panel = opened(qtbot)
    assert "过了时限的 5 件" in said(panel)


def headline_at(office: Office, day: date, qtbot: QtBot) -> Headline:
    """Asked after what the page asked: when it answers, the page has been answered too."""
    done: list[Headline] = []

    def read(ledger: Ledger) -> Headline:
        return figures.headline(ledger, day)

    office.work.ask(read, done.append)
    qtbot.waitUntil(lambda: bool(done))
    return done[0]


def test_every_figure_of_the_overview_is_that_of_the_day(office: Office, qtbot: QtBot) -> None:
    """What 总览 shows at a date is what `figures --as-of` says; another date shows other figures."""
    page = OverviewPage(office)
    qtbot.addWidget(page)
    page.show()
    shown: dict[date, dict[str, object]] = {}
    for day in (date(2020, 12, 31), date(2021, 3, 31), DAY):
        office.move_as_of(day)
        page.refresh()
        head = headline_at(office, day, qtbot)
        mine = [one for card in page.cards for one in card._figures] + list(page._stage_figures)
        mine += list(page._figures.values())
        assert all(one.as_of == day for one in mine)
        known: dict[str, object] = {one.key: one.value for one in mine}
        assert {"problems.overdue", "problems.pooled", "due.today", "projects.total"} <= known.keys()
        assert all(head.value(key) == value for key, value in known.items() if key in figures.KEYS)
        shown[day] = known
    assert len({tuple(sorted((k, str(v)) for k, v in one.items())) for one in shown.values()}) == len(shown)


def test_a_chip_of_a_desk_says_what_it_counts_and_a_rate_opens_its_rows(office: Office, qtbot: QtBot) -> None:
    page = Problems(office)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.offered, timeout=20_000):
        page.refresh()
    overdue = page.filters._figures("problems.overdue", "逾期", 5)[0]
    assert "报结晚于时限" in overdue.formula
    assert overdue.as_of == DAY
    page.show_record("figure:problems.verified_rate")
    qtbot.waitUntil(lambda: page.filters.only is not None)
    assert len(page.filters.only or ()) == 49
    assert "核实率" in page.filters.words


def test_where_the_rows_of_a_figure_are() -> None:
    assert rows_place(ASSIGNED) == ("problems", "figure:problems.assigned")
    assert rows_place(DRAWN) == ("finance", "figure:finance.drawn_yuan")
    agenda = Figure("due.late", "过期", 1, "件", "", DAY, RowsQuery("overview", (("reference", "view:agenda/late"),)))
    assert rows_place(agenda) == ("overview", "view:agenda/late")
