"""反馈: forms dropped on the window are shown beside what stands, accepted by keyboard, and taken back."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from chain_office.domain.steps import StepEdit
from chain_office.services.editing import undo
from chain_office.services.feedback.plan import ADDED, CONFLICT, FAULTY, READY
from chain_office.services.steps import seen, take
from chain_office.ui.pages.intake import IntakePage
from chain_office.ui.pages.problem_parts.feedback import FeedbackPart
from chain_office.ui.pages.problem_parts.feedback_rows import ALL, TICKED, TO_DO, UNTICKED
from chain_office.ui.pages.problems import Problems
from tests.exchange.feedback.forms import Filled, sheet_form, word_form

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_PATIENCE = 20_000
_DAY = "2021-11-19"


def _line(number: int, **values: object) -> Filled:
    return Filled({"code": f"WT{number:04d}-1", "record_no": f"WT{number:04d}", "filled_day": _DAY, **values})


@pytest.fixture
def forms(tmp_path: Path) -> list[Path]:
    """Two that may be accepted, one for another unit, a row that was added, a scan."""
    folder = tmp_path / "交回"
    folder.mkdir()
    lines = [
        _line(87, received="是", received_by="李四", status="部分解决", done="限值已书面告知"),
        _line(69, status="办理中", done="不是我们的"),
        Filled({"enterprise": "衡阳示例松江渡钛白科技有限公司", "problem": "石膏堆场渗滤液处理能力不足"}),
    ]
    (folder / "扫描.pdf").write_bytes(b"%PDF-1.7")
    return [
        word_form(folder / "发改委.docx", [_line(53, status="办理中", done="指标方案已上报")], unit="市发改委"),
        sheet_form(folder / "石鼓.xlsx", lines, unit="石鼓区"),
        folder / "扫描.pdf",
    ]


@pytest.fixture
def problems(office: Office, qtbot: QtBot) -> Problems:
    made = Problems(office)
    qtbot.addWidget(made)
    made.resize(1218, 650)
    made.show()
    made.stale = False
    made.refresh()
    return made


@pytest.fixture
def part(problems: Problems, qtbot: QtBot) -> FeedbackPart:
    problems.show_record("view:feedback")
    qtbot.waitUntil(lambda: isinstance(problems.views.part, FeedbackPart))
    found = problems.views.part
    assert isinstance(found, FeedbackPart)
    return found


def read(part: FeedbackPart, qtbot: QtBot, forms: list[Path]) -> None:
    part.take(forms)
    qtbot.waitUntil(lambda: part.plan is not None and not part._busy, timeout=_PATIENCE)


def cells(part: FeedbackPart, column: int) -> list[str]:
    return [part.lines.line(row).cells[column] for row in range(part.lines.rowCount())]


def events(part: FeedbackPart, qtbot: QtBot) -> list[tuple[int, str]]:
    """The steps beside the opening ones: number of the problem, kind."""
    found: list[list[tuple[int, str]]] = []
    part.office.work.ask(
        lambda ledger: ledger.rows(
            "SELECT p.number, e.kind FROM problem_event e JOIN problem p ON p.id = e.problem_id "
            "WHERE e.seq > 1 AND e.deleted_at IS NULL ORDER BY p.number, e.seq"
        ),
        found.append,
    )
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def drop(widget: QWidget, paths: list[Path]) -> bool:
    """Drop files on a widget; whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    beside = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPointF(10, 10).toPoint(), *beside)
    entering.ignore()
    widget.dragEnterEvent(entering)
    if entering.isAccepted():
        widget.dropEvent(QDropEvent(QPointF(10, 10), *beside))
    return entering.isAccepted()


def test_a_dropped_folder_is_read_and_nothing_is_written(part: FeedbackPart, forms: list[Path], qtbot: QtBot) -> None:
    assert drop(part, [forms[0].parent])
    qtbot.waitUntil(lambda: part.plan is not None and not part._busy, timeout=_PATIENCE)
    assert sorted(one.verdict for one in part.shown) == sorted([READY, READY, FAULTY, ADDED])
    assert part.files.rowCount() == 4
    assert "还没有写入" in part.said.text()
    assert "1 份读不了" in part.said.text()
    assert events(part, qtbot) == []
    part.file_list.selectRow(next(row for row in range(4) if "扫描" in part.files.line(row).cells[0]))
    assert any("PDF" in said for said in part.detail.sentences)


def test_what_may_be_accepted_is_ticked_and_accepted_in_one_write(
    part: FeedbackPart, forms: list[Path], qtbot: QtBot
) -> None:
    read(part, qtbot, forms)
    assert cells(part, 0).count(TICKED) == 2
    with qtbot.waitSignal(part.office.wrote, timeout=_PATIENCE) as wrote:
        part._all.trigger()
    qtbot.waitUntil(lambda: {one.verdict for one in part.shown} == {FAULTY, ADDED}, timeout=_PATIENCE)
    assert events(part, qtbot) == [(53, "progress"), (87, "acknowledge"), (87, "partial")]
    saved: Saved = wrote.args[0]
    part.office.work.ask(lambda ledger: undo(ledger, saved.write_no, "王敏"), lambda _: part.refresh())
    qtbot.waitUntil(lambda: len(part.shown) == 4, timeout=_PATIENCE)
    assert events(part, qtbot) == []


def test_space_leaves_a_line_out_and_takes_it_in_again(part: FeedbackPart, forms: list[Path], qtbot: QtBot) -> None:
    read(part, qtbot, forms)
    row = cells(part, 2).index("WT0087")
    part.list.selectRow(row)
    qtbot.keyClick(part.list, Qt.Key.Key_Space)
    assert cells(part, 0)[row] == UNTICKED
    part.refresh()
    qtbot.waitUntil(lambda: len(part.ticked) == 1)
    with qtbot.waitSignal(part.office.wrote, timeout=_PATIENCE):
        part._all.trigger()
    qtbot.waitUntil(lambda: "WT0053" not in cells(part, 2), timeout=_PATIENCE)
    assert events(part, qtbot) == [(53, "progress")]
    assert cells(part, 0)[cells(part, 2).index("WT0087")] == UNTICKED, "what was left out stays so"
    part.list.selectRow(cells(part, 2).index("WT0087"))
    part._some.trigger()
    qtbot.waitUntil(lambda: "WT0087" not in cells(part, 2), timeout=_PATIENCE)


def test_what_went_on_meanwhile_is_amber_and_says_what_happened(
    part: FeedbackPart, forms: list[Path], qtbot: QtBot
) -> None:
    def go_on(ledger: Ledger) -> None:
        problem = str(ledger.value("SELECT id FROM problem WHERE number = 53"))
        values = {"day": date(2021, 11, 18), "due_day": date(2022, 1, 31), "reason": "市里同意"}
        take(ledger, StepEdit("extend", seen(ledger, [problem]), values), "王敏", accept={"day", "due_day"})

    part.office.work.ask(go_on, lambda _: None)
    read(part, qtbot, forms)
    row = cells(part, 1).index("有冲突")
    part.list.selectRow(row)
    one = part.current()
    assert one is not None
    assert one.verdict == CONFLICT
    assert part.lines.line(row).lights[1] == "amber"
    assert cells(part, 0)[row] == UNTICKED
    assert any("2021-11-18" in said for said in part.detail.sentences)


def test_a_line_opens_its_problem_and_an_added_row_becomes_one(
    problems: Problems, part: FeedbackPart, forms: list[Path], qtbot: QtBot
) -> None:
    read(part, qtbot, forms)
    part.list.selectRow(cells(part, 1).index("新增的行"))
    with qtbot.waitSignal(part.office.wrote, timeout=_PATIENCE):
        part._add.trigger()
    part.list.selectRow(cells(part, 2).index("WT0069"))
    assert not part._add.isEnabled()
    qtbot.keyClick(part.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: problems.views.current == "list")


def test_everything_can_be_looked_at_and_put_away(
    part: FeedbackPart, forms: list[Path], qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    read(part, qtbot, forms)
    qtmodeltester.check(part.lines)
    qtmodeltester.check(part.files)
    part.only.setCurrentText(ALL)
    assert part.lines.rowCount() == 4
    part.only.setCurrentText(TO_DO)
    part.leave()
    assert part.lines.rowCount() == 0
    assert part.parts() == (part.zone.choose,)


def test_forms_dropped_on_the_import_are_handed_on(office: Office, forms: list[Path], qtbot: QtBot) -> None:
    page = IntakePage(office)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.wanted, timeout=_PATIENCE) as wanted:
        assert drop(page, forms)
    assert wanted.args[0] == "problems"
    view, _, paths = wanted.args[1].partition("/")
    assert view == "view:feedback"
    assert json.loads(paths) == [str(path) for path in forms]
    assert not drop(page, [forms[2]]), "a scan alone is no form"
