"""No number without its 口径: every page and every view of the office is walked on the sample, and each label and button that
says a number answers with a figure that has a key, a formula and the day; one that is no figure is named here with the reason."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from chain_office.services import explaining
from chain_office.ui.kit.figure_menu import FigureOffer
from chain_office.ui.kit.figures_table import FiguresView
from chain_office.ui.navigation import Navigation
from main import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from chain_office.domain.figures import Figure
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.page import Page

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DAY = date(2021, 11, 19)
_DATES: Final = re.compile(
    r"\d{4}-\d\d(-\d\d)?|\d{4}年(\d+(—\d+)?月)?(\d+日)?|\d+月(\d+日)?|Ctrl\+\S+|A[34]|[A-Z]{2}\d{4}"
)
_DESKS: Final = ("overview", "enterprises", "visits", "problems", "finance", "projects", "output")
_NO_FIGURES: Final = {
    r"近 30 日": "a span of days",
    r"^(筛选入|不予采纳|暂不具备|现场解决|上报|意向|授信|放款|未达成|推进中|已落地|不再需要|落空) \d$": "the key to press",
    r"（[12]）$": "the key to press",
    r"^\d$|^1 2 3 ": "the key to press",
    r"^\d+/\d+$": "how far the clerk has come in the queue",
    r"今后 14 天": "a rule in words",
    r"列入计划（|走访前一页纸（|记下催办（": "how many lines are chosen",
    r"^完成 [\d.]+%": "how far the target under the cursor is, beside its line",
    r" × .*；": "what the cell under the cursor says, itself a figure",
    r"拉动最大和最小|各 \d 家）|中间 \d+ 个不列": "how many are drawn",
}
"""Words with a number in them that is nothing counted of the ledger, and what it is."""
_OF_RECORDS: Final = {
    "BankBox": "how many banks are chosen to be shown",
    "CauseCard": "a project's own pace and lag, in its words",
    "ScreeningPart": "the candidate as it was collected",
    "Elided": "names of the firms that have not filed",
}


def _figures(widget: QWidget | None, page: QWidget) -> tuple[Figure, ...]:
    """What a widget, or what it stands in, offers to the keyboard."""
    while widget is not None:
        for one in widget.children():
            if isinstance(one, FigureOffer) and (found := tuple(one._figures(None))):
                return found
        widget = None if widget is page else widget.parentWidget()
    return ()


def _numbers(page: Page) -> Iterator[tuple[QWidget, str]]:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisibleTo(page):
            said = widget.text()
            known = any(re.search(one, said) for one in _NO_FIGURES)
            if re.search(r"\d", _DATES.sub("", said)) and not known and not _told_of_a_record(widget, page):
                yield widget, said


def _told_of_a_record(widget: QWidget | None, page: QWidget) -> bool:
    """Whether it stands in something that tells of one record."""
    while widget is not None and widget is not page:
        if type(widget).__name__ in _OF_RECORDS:
            return True
        widget = widget.parentWidget()
    return False


def _settled(office: Office, qtbot: QtBot) -> None:
    """Everything asked before has been answered, and what that asked in turn."""
    for _ in range(3):
        done: list[bool] = []
        office.work.ask(lambda _ledger: True, done.append)
        qtbot.waitUntil(partial(bool, done), timeout=20_000)


@pytest.fixture
def page(request: pytest.FixtureRequest, office: Office, qtbot: QtBot) -> Page:
    made = next(kind for kind in pages() if kind.id == request.param)(office)
    qtbot.addWidget(made)
    made.resize(1700, 940)
    made.show()
    made.refresh()
    _settled(office, qtbot)
    return made


def _views(page: Page) -> tuple[str, ...]:
    views = getattr(page, "views", None)
    return tuple(views.strip.buttons) if views is not None else ("",)


def _there(page: Page) -> bool:
    views = getattr(page, "views", None)
    return views is not None and views.part is not None


@pytest.mark.parametrize("page", _DESKS, indirect=True)
def test_every_number_answers_with_its_figure(page: Page, office: Office, qtbot: QtBot) -> None:
    bare: list[str] = []
    met: list[Figure] = []
    for view in _views(page):
        page.show_record(f"view:{view}")
        if view != "list":
            qtbot.waitUntil(partial(_there, page), timeout=20_000)
        _settled(office, qtbot)
        for widget, said in _numbers(page):
            found = _figures(widget, page)
            bare += [] if found else [f"{view}: {type(widget).__name__} “{said[:60]}”"]
            met += found
        for table in page.findChildren(FiguresView):
            cells = (table.model().index(0, place) for place in range(table.model().columnCount()))
            met += [one for cell in cells if (one := table._figures.figure(cell)) is not None]
    assert not bare, "\n".join(bare)
    assert met
    for one in met:
        assert one.key, one
        assert one.formula, one
        assert one.as_of == DAY or one.key.startswith("projects.month."), one  # a month's table is of its last day
    _agree(met, office, qtbot)


def _agree(met: list[Figure], office: Office, qtbot: QtBot) -> None:
    """What the window says under a key is what `figures --explain KEY` says."""
    known: list[dict[str, object]] = []
    wanted = {one.key for one in met}

    def read(ledger: Ledger) -> dict[str, object]:
        mine = wanted & set(explaining.keys(ledger, DAY))
        return {key: explaining.explain(ledger, DAY, key).figure.value for key in mine}

    office.work.ask(read, known.append)
    qtbot.waitUntil(lambda: bool(known), timeout=20_000)
    for one in met:
        if one.key in known[0]:
            assert one.value == known[0][one.key], one


def test_the_counts_beside_the_desks_names_are_figures(office: Office, qtbot: QtBot) -> None:
    """Each of them, with its formula; as `figures --explain` says; its rows are opened on its desk."""
    kinds = [kind for kind in pages() if kind.count_key]
    nav = Navigation(office, kinds)
    qtbot.addWidget(nav)
    nav.show()
    office.shown_changed.emit()
    qtbot.waitUntil(lambda: all(nav.count_of(kind.id) is not None for kind in kinds), timeout=20_000)
    met = []
    for row, kind in enumerate(kinds):
        nav.show_page(kind.id)
        (found,) = nav.figures(None)
        counted = nav.count_of(kind.id)
        assert counted is not None
        assert (nav.currentRow(), found.value, found.as_of) == (row, counted.number, DAY)
        met.append(found)
    _agree(met, office, qtbot)
    with qtbot.waitSignal(nav.figure_opened) as told:
        assert nav.offer is not None
        assert nav.offer._opens is not None
        nav.offer._opens(met[-1])
    assert told.args == [met[-1]]
