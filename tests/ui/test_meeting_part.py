"""交办会 and 催办 in the window: units confirmed one by one, one write, and what was said on the telephone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from chain_office.domain.steps import StepEdit
from chain_office.services import editing, steps
from chain_office.services.ledgers import open_existing
from chain_office.ui.pages.problem_parts import meeting_rows as table
from chain_office.ui.pages.problem_parts.calls import CallsPart
from chain_office.ui.pages.problem_parts.meeting import MeetingPart
from chain_office.ui.pages.problem_parts.papers import PapersPart

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QModelIndex
    from pytestqt.qtbot import QtBot

    from chain_office.domain.forms import Saved
    from chain_office.ui.kit.sheet import SheetView
    from chain_office.ui.office import Office


class Page:
    """Stands for the page of 问题."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def show_record(self, reference: str) -> None:
        self.shown.append(reference)


@pytest.fixture
def sample_ledger(sample_office: Path, tmp_path: Path) -> Path:
    """The sample with its candidates screened in."""
    import shutil

    path = tmp_path / "台账.ledger"
    shutil.copyfile(sample_office, path)
    with open_existing(path) as ledger:
        ids = [row[0] for row in ledger.rows("SELECT id FROM problem WHERE state = 'waiting' ORDER BY number")]
        edit = StepEdit("screen_in", steps.seen(ledger, ids), {"day": date(2021, 11, 18)})
        steps.take(ledger, edit, "王", accept={"", "text", "day", "reason"})
    return path


T = TypeVar("T", bound=QWidget)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What a view stands in."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def shown(part: T, window: QWidget) -> T:
    """A view on the screen."""
    part.setParent(window)
    part.resize(window.size())
    part.show()
    return part


@pytest.fixture
def page() -> Page:
    return Page()


def cell(view: SheetView, row: int, column: str) -> QModelIndex:
    return view.sheet.index(row, view.sheet.column_of(column))


@pytest.fixture
def meeting(office: Office, qtbot: QtBot, page: Page, window: QWidget) -> MeetingPart:
    part = shown(MeetingPart(office, page), window)  # type: ignore[arg-type]
    part.refresh()
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    return part


def test_a_suggested_unit_is_confirmed_before_anything_is_handed_over(
    meeting: MeetingPart, office: Office, qtbot: QtBot
) -> None:
    told: list[Saved] = []
    office.wrote.connect(told.append)
    number = meeting.model.rowCount()
    assert not meeting.do.isEnabled()
    meeting.view.setFocus()
    meeting.view.setCurrentIndex(cell(meeting.view, 0, table.TICKED))
    qtbot.keyClick(meeting.view, Qt.Key.Key_Space)
    assert meeting.do.text() == "交办选中的 1 个"
    meeting.do.click()
    assert "还没有确认" in meeting.said.text()
    assert not told
    meeting.agree.click()
    meeting.do.click()
    qtbot.waitUntil(lambda: bool(told))
    assert "交办 1 个问题" in told[0].said
    qtbot.waitUntil(lambda: meeting.model.rowCount() == number - 1)
    assert "生成会议材料" in meeting.making.do.text()


def test_a_click_on_a_suggestion_takes_it_and_ticks_the_problem(meeting: MeetingPart) -> None:
    unit = meeting.more.buttons[0].text()
    assert cell(meeting.view, 0, table.UNIT).data() == f"{unit}？"
    meeting.more.buttons[0].click()
    assert cell(meeting.view, 0, table.UNIT).data() == unit
    assert [meeting.units.item(row).text() for row in range(meeting.units.count())] == [
        f"{unit}　牵头 1",
        "共 1 个问题，1 个牵头单位",
    ]


def test_a_deadline_is_typed_as_people_say_it_and_a_bad_one_stays_in_its_cell(meeting: MeetingPart) -> None:
    due = cell(meeting.view, 0, table.DUE)
    meeting.model.setData(due, "12月底")
    assert due.data() == "2021-12-31"
    meeting.model.setData(due, "30个工作日")
    assert due.data() == "2021-12-31"
    meeting.model.setData(due, "不知道")
    assert due.data() == "不知道"
    assert "办结时限" in meeting.said.text()


def test_a_deadline_before_the_hand_over_is_refused_naming_the_record(
    meeting: MeetingPart, office: Office, qtbot: QtBot
) -> None:
    writes: list[Saved] = []
    office.wrote.connect(writes.append)
    meeting.more.buttons[0].click()
    meeting.model.setData(cell(meeting.view, 0, table.DUE), "2021-11-01")
    name = str(cell(meeting.view, 0, "number").data())
    meeting.do.click()
    qtbot.waitUntil(lambda: name in meeting.said.text())
    assert not writes
    assert meeting.model.rowCount() > 0


def test_what_was_said_on_the_telephone_is_kept_and_taken_back_whole(
    office: Office, qtbot: QtBot, page: Page, window: QWidget
) -> None:
    part = shown(CallsPart(office, page), window)  # type: ignore[arg-type]
    part.refresh()
    qtbot.waitUntil(lambda: part.model.rowCount() > 0)
    assert part.problems.count() > 0
    part.model.setData(cell(part.view, 0, "whom"), "张科长")
    part.model.setData(cell(part.view, 0, "reply"), "下周三前报结")
    assert cell(part.view, 0, "way").data() == "电话"
    told: list[Saved] = []
    office.wrote.connect(told.append)
    part.log.click()
    qtbot.waitUntil(lambda: bool(cell(part.view, 0, "last").data()))
    assert cell(part.view, 0, "last").data() == office.as_of.isoformat()
    assert cell(part.view, 0, "reply").data() == ""
    assert "张科长" in part.problems.item(0).text() or "已催办 1 次" in part.problems.item(0).text()
    part.problems.itemActivated.emit(part.problems.item(0))
    assert page.shown == [part.problems.item(0).data(Qt.ItemDataRole.UserRole)]
    office.work.ask(
        lambda ledger: editing.undo(ledger, told[0].write_no, "李"), lambda _saved: part.refresh(), owner=part
    )
    qtbot.waitUntil(lambda: cell(part.view, 0, "last").data() == "")


def test_papers_are_written_into_a_folder_and_told_with_their_number(
    office: Office, qtbot: QtBot, page: Page, window: QWidget, tmp_path: Path
) -> None:
    part = shown(PapersPart(office, page), window)  # type: ignore[arg-type]
    part.refresh()
    qtbot.waitUntil(lambda: part.meeting.count() == 1)
    told: list[Saved] = []
    office.wrote.connect(told.append)
    making = part.makings["督办通报"]
    folder = tmp_path / "发出的材料"
    making.make(folder)
    qtbot.waitUntil(lambda: "已写好 2 个文件" in making.said.text(), timeout=60_000)
    names = sorted(one.name for one in folder.rglob("*.*"))
    assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf"]
    assert all("督办通报" in name and "〔2021〕1号" in name for name in names)
    assert making.open.isVisibleTo(part)
    assert len(told) == 1


def test_nothing_to_write_is_said(office: Office, qtbot: QtBot, page: Page, window: QWidget, tmp_path: Path) -> None:
    part = shown(PapersPart(office, page), window)  # type: ignore[arg-type]
    making = part.makings["销号单"]
    making.make(tmp_path)
    qtbot.waitUntil(lambda: bool(making.said.text()), timeout=60_000)
    assert "没有" in making.said.text()
    assert list(tmp_path.glob("*.docx")) == []
