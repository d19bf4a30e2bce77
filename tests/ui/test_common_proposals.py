"""共性: what reads alike is proposed below the items, ticked, named and made one in one write; by keyboard throughout."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chain_office.domain.forms import Edit
from chain_office.services import common_issues as service
from chain_office.services import editing
from chain_office.services.ledgers import open_ledger
from chain_office.ui.office import Office
from chain_office.ui.pages.problem_parts.common_issues import CommonIssuesPart
from chain_office.ui.pages.problem_parts.gathering import ChooseIssue
from chain_office.ui.pages.problems import Problems
from chain_office.ui.work import Work
from tests.ui.shells import opened, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DAY = date(2021, 11, 19)
ALIKE = ("春节后，铅锌冶炼技工招不到", "扩产以来，铅锌冶炼技工招不到", "近期，铅锌冶炼技工招不到")
T = TypeVar("T")


def ask(office: Office, qtbot: QtBot, question: Callable[[Ledger], T]) -> T:
    """What the ledger says, read on its thread."""
    found: list[T] = []
    office.work.ask(question, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def write_alike(ledger: Ledger) -> tuple[str, ...]:
    """Problems of three enterprises that read alike."""
    made = []
    for number, text in enumerate(ALIKE, start=3):
        firm = ledger.value("SELECT id FROM enterprise WHERE number = ?", (number,))
        values = {"enterprise_id": firm, "text": text, "collected_day": date(2021, 11, 1)}
        made.append(editing.save(ledger, Edit("problem", "", 0, values), "张三", accept=frozenset({"text"})).row_id)
    return tuple(made)


def common(page: Problems, qtbot: QtBot) -> CommonIssuesPart:
    """共性, shown."""
    page.show_record("view:common")
    qtbot.waitUntil(lambda: isinstance(page.views.part, CommonIssuesPart))
    return cast("CommonIssuesPart", page.views.part)


@pytest.fixture
def window(qtbot: QtBot, sample_ledger: Path) -> Iterator[Window]:
    """A window with the page of 问题 alone."""
    made = shell(qtbot, (Problems,))
    opened(qtbot, made, sample_ledger)
    yield made
    made.work.stop()


@pytest.fixture
def part(window: Window, qtbot: QtBot) -> CommonIssuesPart:
    """共性 of a ledger with three problems that read alike and no item yet."""
    page = cast("Problems", window.frame.page("problems"))
    ask(page.office, qtbot, write_alike)
    qtbot.waitUntil(lambda: page.calendar is not None)
    made = common(page, qtbot)
    qtbot.waitUntil(lambda: made.proposed.model.rowCount() == len(ALIKE))
    return made


def test_problems_that_read_alike_are_proposed_with_the_words_they_share(part: CommonIssuesPart) -> None:
    (one,) = part.proposals.found
    words, _category, problems, enterprises = part.proposals.model.line(0).cells
    assert "技工" in words
    assert (problems, enterprises) == ("3", "3")
    assert set(part.proposed.model.ticked) == set(one.problems)
    assert part._side.currentWidget() is part.proposed
    assert part._none.isVisible()


def test_a_proposal_becomes_an_item_by_keyboard_and_is_taken_back_whole(
    window: Window, part: CommonIssuesPart, qtbot: QtBot
) -> None:
    part.proposals.list.setFocus()
    qtbot.keyClick(part.proposals.list, Qt.Key.Key_Return)
    rows = part.proposed.rows
    assert QApplication.focusWidget() is rows
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    left_out = part.proposed.model.line(1).id
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    ticked = part.proposed.model.ticked
    assert len(ticked) == 2
    assert left_out not in ticked
    qtbot.keyClick(rows, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is part.proposed.do
    qtbot.keyClick(part.proposed.do, Qt.Key.Key_Return)
    dialog = part.gathering.dialog
    assert isinstance(dialog, ChooseIssue)
    assert "技工" in dialog.line.text()
    assert dialog.line.selectedText() == dialog.line.text()
    qtbot.waitUntil(lambda: dialog.do.text() == "新建并归入")
    qtbot.keyClicks(dialog.line, "smelters")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.issue is not None)
    assert [one.name for one in part.found] == ["smelters"]
    assert {card.id for card in part.found[0].cards} == set(ticked)
    qtbot.waitUntil(lambda: not part.proposals.found)
    assert part.proposals.isHidden()
    assert part._side.currentWidget() is part._shown
    qtbot.waitUntil(lambda: part.window().focusWidget() is part.list)
    window.frame.undoing.undo()
    qtbot.waitUntil(lambda: bool(part.proposals.found))
    qtbot.waitUntil(lambda: not part.found)
    assert len(part.proposals.found[0].problems) == len(ALIKE)


def test_ticks_taken_away_leave_nothing_to_gather(part: CommonIssuesPart, qtbot: QtBot) -> None:
    rows = part.proposed.rows
    rows.selectAll()
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert not part.proposed.model.ticked
    assert not part.proposed.do.isEnabled()
    box = rows.visualRect(part.proposed.model.index(2, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    qtbot.waitUntil(part.proposed.do.isEnabled)
    assert list(part.proposed.model.ticked) == [part.proposed.model.line(2).id]


def test_what_hangs_on_an_item_is_proposed_no_more(part: CommonIssuesPart, qtbot: QtBot) -> None:
    ids = part.proposals.found[0].problems
    ask(part.office, qtbot, lambda ledger: service.create(ledger, "招不到技工", ids, DAY, "王敏"))
    qtbot.waitUntil(lambda: not part.proposals.found)
    qtbot.waitUntil(lambda: part.issue is not None)
    assert part.proposals.isHidden()
    assert not part._none.isVisible()


def test_the_items_and_the_proposals_each_show_their_own_problems(part: CommonIssuesPart, qtbot: QtBot) -> None:
    ask(part.office, qtbot, lambda ledger: service.create(ledger, "甲类", (), DAY, "王敏"))
    qtbot.waitUntil(lambda: part.issue is not None)
    part.list.setFocus()
    assert part._side.currentWidget() is part._shown
    assert part._edit.isEnabled()
    assert not part.proposals.list.selectionModel().hasSelection()
    part.proposals.list.setFocus()
    assert part._side.currentWidget() is part.proposed
    assert not part._edit.isEnabled()
    assert not part.list.selectionModel().hasSelection()
    assert part.parts() == (part.list, part.proposals.list, part.proposed.rows, part.bar)


def test_the_view_is_there_before_the_texts_are_compared(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = cast("Problems", window.frame.page("problems"))
    ask(page.office, qtbot, write_alike)
    held: list[Callable[[], None]] = []
    spare = page.office.work.spare
    monkeypatch.setattr(page.office.work, "spare", lambda *given, **more: held.append(lambda: spare(*given, **more)))
    part = common(page, qtbot)
    qtbot.waitUntil(part.nothing.isVisible)
    assert part.proposals.isHidden()
    qtbot.waitUntil(lambda: bool(held))
    for one in held:
        one()
    qtbot.waitUntil(lambda: bool(part.proposals.found))
    assert part.nothing.isHidden()


def test_a_ledger_opened_read_only_proposes_nothing(qtbot: QtBot, sample_ledger: Path) -> None:
    with open_ledger(sample_ledger) as ledger:
        write_alike(ledger)
    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(sample_ledger, read_only=True))
    page = Problems(office)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.offered):
        page.refresh()
    part = common(page, qtbot)
    qtbot.waitUntil(part.nothing.isVisible)
    assert part.proposals.isHidden()
    assert part.proposals.found == ()
    work.stop()


def test_the_ticked_list_keeps_qt_s_rules(part: CommonIssuesPart, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(part.proposed.model)
