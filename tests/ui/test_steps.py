"""Steps on problems in the window: what is offered, the form of a step, several at once, what others did meanwhile, and the
last step put right or taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCursor

from chain_office.domain.steps import StepEdit
from chain_office.domain.workflow import STATES, VERBS
from chain_office.services import steps
from chain_office.ui.kit.steps.words import LETTERS, not_offered, usual
from chain_office.ui.pages.problems import Problems
from tests.ui.desks import made
from tests.ui.form.conftest import commit, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.steps.pane import StepPane
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier
DAY = date(2021, 11, 19)
EVERY = frozenset({"", "day", "text", "reason", "due_day", "unit_id", "co_units", "meeting_id", "method", "contact"})


def asked(office: Office, qtbot: QtBot, job: Callable[[Ledger], Any]) -> Any:
    """What the ledger says, or does, on its own thread."""
    found: list[Any] = []
    office.work.ask(job, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def in_state(office: Office, qtbot: QtBot, state: str) -> str:
    """A problem of the sample in a state."""
    sql = "SELECT id FROM problem WHERE state = ? AND deleted_at IS NULL ORDER BY number LIMIT 1"
    return str(asked(office, qtbot, lambda ledger: ledger.value(sql, (state,))))


def to_assign(office: Office, qtbot: QtBot, number: int) -> list[str]:
    """Problems that are ready to be handed over, screened in by somebody else."""
    sql = "SELECT id FROM problem WHERE state = 'waiting' AND deleted_at IS NULL ORDER BY number LIMIT ?"
    ids = [one for (one,) in asked(office, qtbot, lambda ledger: ledger.rows(sql, (number,)))]
    for one in ids:
        take(office, qtbot, "screen_in", one, day=DAY)
    return ids


def take(office: Office, qtbot: QtBot, verb: str, problem: str, **values: object) -> None:
    """A step taken by somebody else."""

    def job(ledger: Ledger) -> object:
        accept = EVERY | {field.name for field in steps.step_form(ledger, verb, [problem], "李四").form}
        return steps.take(ledger, StepEdit(verb, steps.seen(ledger, [problem]), values), "李四", accept=accept)

    asked(office, qtbot, job)


def offered(desk: Problems, qtbot: QtBot, ids: Iterable[str]) -> list[str]:
    """The steps in the menu once it is about these problems: the words of those that can be chosen."""
    wanted = set(ids)
    qtbot.waitUntil(lambda: {one.id for one in desk.steps.bar.problems} == wanted)
    desk.steps.bar.fill_menu()
    return [
        act.text().partition("(")[0]
        for act in desk.steps.bar.menu.actions()
        if act.isEnabled() and not act.isSeparator()
    ]


def opened(desk: Problems, qtbot: QtBot, verb: str, *ids: str) -> StepPane:
    """The form of a step on the screen."""
    desk.steps.begin(verb, ids)
    pane = desk.steps.pane
    qtbot.waitUntil(lambda: pane.body is not None and pane.ids == ids)
    return pane


def put(pane: StepPane, name: str, text: str) -> None:
    """Write into a field."""
    assert pane.body is not None
    pane.body.editors[name].write(text)


def choose(pane: StepPane, name: str, place: int) -> str:
    """Choose a row of a link; gives its id."""
    assert pane.body is not None
    editor: Any = pane.body.editors[name]
    option = list(pane.body.around.offers._offered["unit"].options)[place]  # type: ignore[attr-defined]
    editor._take(option)
    return str(option.id)


@pytest.fixture
def desk(office: Office, qtbot: QtBot) -> Problems:
    found = made(Problems, office, qtbot)
    assert isinstance(found, Problems)
    return found


# What is offered.


def test_letters_tell_apart_whatever_is_offered_together() -> None:
    assert LETTERS.keys() == VERBS.keys()
    for state in STATES:
        letters = [LETTERS[verb.id] for verb in VERBS.values() if state in verb.moves]
        assert len(letters) == len(set(letters)), state


@pytest.mark.parametrize(
    "state", ["waiting", "pooled", "rejected", "assigned", "doing", "reported", "closed", "parked"]
)
def test_only_lawful_steps_are_offered(desk: Problems, office: Office, qtbot: QtBot, state: str) -> None:
    problem = in_state(office, qtbot, state)
    desk.show_record(f"problem:{problem}")
    found = offered(desk, qtbot, [problem])
    assert found == [verb.label for verb in VERBS.values() if state in verb.moves]
    shown = [button.text() for button in desk.steps.bar.buttons if not button.isHidden()]
    assert shown
    assert set(shown) <= set(found)


def test_several_are_offered_what_all_may_take_and_told_why_not_the_rest(
    desk: Problems, office: Office, qtbot: QtBot
) -> None:
    waiting, doing = in_state(office, qtbot, "waiting"), in_state(office, qtbot, "doing")
    found = asked(office, qtbot, lambda ledger: steps.offered(ledger, [waiting, doing], DAY))
    assert found == ()
    desk.show_rows([waiting, doing], "两个")
    qtbot.waitUntil(lambda: desk.model.rowCount() == 2)
    desk.list.selectAll()
    assert offered(desk, qtbot, [waiting, doing]) == []
    tips = {act.text(): act.toolTip() for act in desk.steps.bar.menu.actions() if not act.isEnabled()}
    assert "不能“催办”" in tips["催办"]
    assert "待筛选" in tips["催办"]
    assert "办理中" in tips["不予采纳"]
    assert "没有能一起办的步骤" in desk.steps.bar.said.text()


def test_once_an_extension_was_asked_for_deciding_on_it_comes_first(
    desk: Problems, office: Office, qtbot: QtBot
) -> None:
    problem = in_state(office, qtbot, "doing")
    unit = asked(
        office, qtbot, lambda ledger: ledger.value("SELECT lead_unit_id FROM problem WHERE id = ?", (problem,))
    )
    take(office, qtbot, "ask_extension", problem, day=DAY, unit_id=unit, due_day=date(2022, 3, 31), reason="等批复")
    desk.show_record(f"problem:{problem}")
    offered(desk, qtbot, [problem])
    qtbot.waitUntil(lambda: desk.steps.bar.buttons[0].text() == "批准延期")
    pane = opened(desk, qtbot, "extend", problem)
    assert pane.body is not None
    assert pane.body.editors["due_day"].text() == "2022-03-31"


def test_usual_steps_are_among_those_offered() -> None:
    assert usual((), ()) == ()
    assert not_offered((), ()) == ()


def test_a_ledger_opened_to_read_offers_nothing(sample_ledger: Path, qtbot: QtBot) -> None:
    from chain_office.services.ledgers import open_ledger
    from chain_office.ui.office import Office
    from chain_office.ui.work import Work

    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(sample_ledger, read_only=True))
    desk = made(Problems, office, qtbot)
    assert isinstance(desk, Problems)
    assert not desk.steps.bar.isVisible()
    desk.steps.open_menu()
    assert not desk.steps.bar.menu.isVisible()
    assert "＋附件" not in desk.detail.toPlainText()
    work.stop()


# The form of a step.


def test_a_step_is_typed_saved_and_told_on_the_record(desk: Problems, office: Office, qtbot: QtBot) -> None:
    problem = in_state(office, qtbot, "doing")
    desk.show_record(f"problem:{problem}")
    pane = opened(desk, qtbot, "progress", problem)
    assert pane.body is not None
    box = pane.body.editors["text"].target
    qtbot.waitUntil(box.hasFocus)
    assert "办理中" in pane.standing.lines[0].text()
    compose(box, "yijing")
    qtbot.keyClick(box, Qt.Key.Key_S, CTRL)
    commit(box, "已经开工")
    with qtbot.waitSignal(office.wrote) as told:
        qtbot.keyClick(box, Qt.Key.Key_S, CTRL)
    assert "反馈进展" in told.args[0].said
    qtbot.waitUntil(lambda: desk.side.currentWidget() is desk.detail)
    qtbot.waitUntil(lambda: desk.list.hasFocus())
    qtbot.waitUntil(lambda: "已经开工" in desk.detail.toPlainText())
    assert desk.steps.bar.isVisible()


def test_three_are_handed_over_at_once_with_co_units(desk: Problems, office: Office, qtbot: QtBot) -> None:
    ids = to_assign(office, qtbot, 3)
    pane = opened(desk, qtbot, "assign", *ids)
    assert len(pane.standing.lines) >= 3
    lead, first, second = (
        choose(pane, name, place) for name, place in (("unit_id", 0), ("co_units", 4), ("co_units", 6))
    )
    with qtbot.waitSignal(pane.saved):
        pane.save(accept=EVERY)
    rows = asked(
        office,
        qtbot,
        lambda ledger: ledger.rows(
            "SELECT p.id, p.state, p.lead_unit_id, (SELECT group_concat(a.unit_id, ' ') FROM assignment a "
            "WHERE a.problem_id = p.id AND a.role = 'co' AND a.ended_day IS NULL) FROM problem p ORDER BY p.number"
        ),
    )
    taken = {row[0]: row[1:] for row in rows if row[0] in ids}
    assert set(taken.values()) == {("assigned", lead, f"{first} {second}")}


def test_faults_are_said_at_their_fields_and_nothing_is_written(desk: Problems, office: Office, qtbot: QtBot) -> None:
    problem = in_state(office, qtbot, "reported")
    before = asked(office, qtbot, lambda ledger: dict(steps.seen(ledger, [problem])))
    pane = opened(desk, qtbot, "verify", problem)
    assert pane.body is not None
    pane.save()
    editors = pane.body.editors
    assert "请填写" in editors["solved"].note.text()
    assert "请填写" in editors["method"].note.text()
    for name, text in (
        ("solved", "是"),
        ("answered", "是"),
        ("approached", "是"),
        ("rating", "满意"),
        ("contact", "陈总"),
    ):
        put(pane, name, text)
    put(pane, "method", "走访")
    put(pane, "day", "2019-01-01")
    pane.save()
    qtbot.waitUntil(lambda: "早于" in editors["day"].note.text())
    assert asked(office, qtbot, lambda ledger: dict(steps.seen(ledger, [problem]))) == before


def test_doubts_are_pointed_out_once_and_saved_when_asked_again(desk: Problems, office: Office, qtbot: QtBot) -> None:
    problem = in_state(office, qtbot, "doing")
    pane = opened(desk, qtbot, "extend", problem)
    put(pane, "due_day", "2022-06-30")
    put(pane, "reason", "等批复")
    pane.save()
    qtbot.waitUntil(lambda: bool(pane.fault_notice.buttons))
    assert pane.fault_notice.buttons[0].text() == "仍要保存"
    with qtbot.waitSignal(pane.saved):
        pane.fault_notice.buttons[0].click()


def test_answers_are_chosen_by_one_key_each(desk: Problems, office: Office, qtbot: QtBot) -> None:
    pane = opened(desk, qtbot, "verify", in_state(office, qtbot, "reported"))
    body = pane.body
    assert body is not None
    for key in ("y", "b", "n"):
        box = pane.focusWidget()
        qtbot.keyClick(box, key)
        qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Return)
    assert [body.editors[name].text() for name in ("solved", "answered", "approached")] == ["是", "部分", "否"]
    assert [body.editors[name].value() for name in ("solved", "answered", "approached")] == ["yes", "partly", "no"]


def test_co_units_are_found_by_initials_and_taken_away_again(desk: Problems, office: Office, qtbot: QtBot) -> None:
    (problem,) = to_assign(office, qtbot, 1)
    pane = opened(desk, qtbot, "assign", problem)
    assert pane.body is not None
    editor: Any = pane.body.editors["co_units"]
    editor.setFocus()
    qtbot.waitUntil(editor.box.hasFocus)
    for typed in ("sfgw", "skjj"):
        qtbot.keyClicks(editor.box, typed)
        qtbot.waitUntil(lambda: editor.is_open and editor.popup.model.rowCount() >= 1)
        qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert [one.label for one in editor.chosen] == ["市发改委", "市科技局"]
    qtbot.keyClicks(editor.box, "sfgw")
    assert editor.offered.find("sfgw") == []
    for _ in range(5):
        qtbot.keyClick(editor.box, Qt.Key.Key_Backspace)
    assert [one.label for one in editor.chosen] == ["市发改委"]
    draft = editor.draft()
    editor.set_value(())
    assert not editor.touched
    editor.restore(draft)
    assert [one.label for one in editor.chosen] == ["市发改委"]
    assert editor.touched


def test_the_usual_deadline_follows_the_day_until_one_is_typed(desk: Problems, office: Office, qtbot: QtBot) -> None:
    (problem,) = to_assign(office, qtbot, 1)
    pane = opened(desk, qtbot, "assign", problem)
    assert pane.body is not None
    first = pane.body.editors["due_day"].text()
    put(pane, "day", "2021-12-06")
    qtbot.waitUntil(lambda: pane.body is not None and pane.body.editors["due_day"].text() == "2021-12-27")
    assert first < "2021-12-27"
    put(pane, "due_day", "10个工作日")
    assert pane.body.editors["due_day"].value() == date(2021, 12, 20)
    put(pane, "day", "2021-12-07")
    assert pane.body.editors["due_day"].touched


# Others, and leaving.


def test_what_was_done_since_is_shown_and_the_step_goes_on_with_what_was_typed(
    desk: Problems, office: Office, qtbot: QtBot
) -> None:
    problem = in_state(office, qtbot, "doing")
    pane = opened(desk, qtbot, "progress", problem)
    put(pane, "text", "用地已批")
    take(office, qtbot, "remind", problem, day=DAY, method="电话")
    qtbot.waitUntil(lambda: bool(pane.moved_notice.buttons))
    assert "催办" in pane.moved_notice.words.text()
    pane.save()
    qtbot.waitUntil(lambda: bool(pane.moved_notice.buttons) and pane.moved_notice.buttons[0].text() == "仍然办理")
    assert "催办" in pane.moved_notice.words.text()
    old = pane.body
    pane.moved_notice.buttons[0].click()
    qtbot.waitUntil(lambda: pane.body is not None and pane.body is not old)
    assert pane.body is not None
    assert pane.body.editors["text"].text() == "用地已批"
    with qtbot.waitSignal(pane.saved):
        pane.save()


def test_a_step_that_is_no_longer_lawful_says_why_and_keeps_what_was_typed(
    desk: Problems, office: Office, qtbot: QtBot
) -> None:
    (problem,) = to_assign(office, qtbot, 1)
    pane = opened(desk, qtbot, "assign", problem)
    put(pane, "text", "请尽快对接")
    take(office, qtbot, "escalate", problem, day=DAY, text="请省里协调")
    take(office, qtbot, "tell", problem, day=DAY, method="电话")
    qtbot.waitUntil(lambda: bool(pane.moved_notice.buttons))
    take(office, qtbot, "take_down", problem, day=DAY, text="省里转回")
    take(office, qtbot, "reject", problem, day=DAY, reason="重复")
    with qtbot.waitSignal(office.work.refused) as refused:
        pane.moved_notice.buttons[0].click()
    assert "不能办“交办”" in refused.args[0]
    qtbot.waitUntil(lambda: desk.side.currentWidget() is desk.detail)
    take(office, qtbot, "reconsider", problem, day=DAY, reason="不是重复")
    take(office, qtbot, "screen_in", problem, day=DAY)
    again = opened(desk, qtbot, "assign", problem)
    qtbot.waitUntil(again.draft_notice.isVisible)
    again.draft_notice.buttons[0].click()
    assert again.body is not None
    assert again.body.editors["text"].text() == "请尽快对接"


def test_nothing_typed_is_lost_by_leaving(desk: Problems, office: Office, qtbot: QtBot) -> None:
    problem = in_state(office, qtbot, "doing")
    pane = opened(desk, qtbot, "report", problem)
    put(pane, "text", "全部办妥")
    with qtbot.waitSignal(pane.left):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert desk.side.currentWidget() is desk.detail
    pane = opened(desk, qtbot, "report", problem)
    qtbot.waitUntil(pane.draft_notice.isVisible)
    pane.draft_notice.buttons[0].click()
    assert pane.body is not None
    assert pane.body.editors["text"].text() == "全部办妥"
    with qtbot.waitSignal(pane.saved):
        pane.save(accept=EVERY)
    pane = opened(desk, qtbot, "remind", problem)
    assert not pane.draft_notice.isVisible()


def test_walking_on_leaves_a_form_nothing_was_typed_into(desk: Problems, office: Office, qtbot: QtBot) -> None:
    problem = desk.current_id
    verb = next(verb for verb in VERBS.values() if verb.id in {"remind", "tell", "progress", "screen_in"})
    by_state = asked(office, qtbot, lambda ledger: steps.offered(ledger, [problem], DAY))
    verb = by_state[0] if verb not in by_state else verb
    pane = opened(desk, qtbot, verb.id, problem)
    desk.list.setCurrentIndex(desk.model.index(3, 0))
    qtbot.waitUntil(lambda: desk.side.currentWidget() is desk.detail)
    assert pane.body is None


# The last step.


def test_the_last_step_is_corrected_and_taken_back_by_its_links(desk: Problems, office: Office, qtbot: QtBot) -> None:
    problem = in_state(office, qtbot, "doing")
    unit = asked(
        office, qtbot, lambda ledger: ledger.value("SELECT lead_unit_id FROM problem WHERE id = ?", (problem,))
    )
    before = asked(office, qtbot, lambda ledger: ledger.value("SELECT progress FROM problem WHERE id = ?", (problem,)))
    take(office, qtbot, "report", problem, day=DAY, unit_id=unit, text="办妥乐")
    desk.show_record(f"problem:{problem}")
    qtbot.waitUntil(lambda: "办妥乐" in desk.detail.toPlainText())
    event = asked(office, qtbot, lambda ledger: steps.history(ledger, problem)[-1].id)
    desk.detail.correct_wanted.emit(f"problem_event:{event}")
    pane = desk.steps.pane
    qtbot.waitUntil(lambda: pane.body is not None)
    assert pane.body is not None
    assert set(pane.body.editors) == {"text", "contact"}
    put(pane, "text", "办妥了")
    with qtbot.waitSignal(office.wrote):
        pane.save()
    qtbot.waitUntil(lambda: "办妥了" in desk.detail.toPlainText())
    read = "SELECT state, progress FROM problem WHERE id = ?"
    assert asked(office, qtbot, lambda ledger: ledger.rows(read, (problem,))) == [("reported", "办妥了")]
    with qtbot.waitSignal(office.wrote) as told:
        desk.detail.take_back_wanted.emit(f"problem_event:{event}")
    assert "已撤销“报结”" in told.args[0].said
    assert asked(office, qtbot, lambda ledger: ledger.rows(read, (problem,))) == [("doing", before)]
    with qtbot.waitSignal(office.work.refused):
        desk.detail.take_back_wanted.emit(f"problem_event:{event}")


def test_files_dropped_on_a_step_hang_on_it(desk: Problems, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    problem = in_state(office, qtbot, "doing")
    take(office, qtbot, "remind", problem, day=DAY, method="电话", text="催了一次")
    desk.show_record(f"problem:{problem}")
    qtbot.waitUntil(lambda: "催了一次" in desk.detail.toPlainText())
    paper = tmp_path / "通话记录.pdf"
    paper.write_bytes(b"%PDF-1.4")
    detail = desk.detail
    found = detail.document().find("催了一次")
    assert not found.isNull()
    detail.setTextCursor(QTextCursor(found))
    detail.ensureCursorVisible()
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(paper))])
    place = QPointF(detail.cursorRect().center() - QPoint(4, 0))
    drop = QDropEvent(place, Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(office.wrote):
        detail.dropEvent(drop)
    event = asked(office, qtbot, lambda ledger: steps.history(ledger, problem)[-1].id)
    hung = asked(
        office,
        qtbot,
        lambda ledger: ledger.rows("SELECT table_name, row_id, name FROM attachment WHERE deleted_at IS NULL"),
    )
    assert ("problem_event", event, "通话记录.pdf") in hung
    qtbot.waitUntil(lambda: "通话记录.pdf" in detail.toPlainText())


def test_a_board_may_open_a_step_on_its_problems(desk: Problems, office: Office, qtbot: QtBot) -> None:
    ids = to_assign(office, qtbot, 2)
    desk.open_step("assign", ids)
    pane = desk.steps.pane
    qtbot.waitUntil(lambda: pane.body is not None)
    qtbot.waitUntil(lambda: desk.model.rowCount() == 2)
    assert set(pane.ids) == set(ids)
    assert desk.side.currentWidget() is pane
