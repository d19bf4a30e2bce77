"""The screening bench and the notes of visits, by keyboard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from chain_office.domain.steps import Verdict
from chain_office.services import editing, screening
from chain_office.services.screening import Decision
from chain_office.ui.pages.problem_parts.screening import ScreeningPart
from chain_office.ui.pages.visits import Visits
from tests.ui.desks import made
from tests.ui.form.conftest import commit, compose

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key


class Room(QWidget):
    """The page as the bench sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def show_record(self, reference: str) -> None:
        self.shown.append(reference)


class Bench:
    """The bench on the screen, and how many keys were pressed on it."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office, self.pressed = qtbot, office, 0
        self.room = Room()
        self.part = ScreeningPart(office, self.room)  # type: ignore[arg-type]
        qtbot.addWidget(self.part)
        self.part.resize(1218, 600)
        self.part.show()
        self.part.activateWindow()
        office.work.changed.connect(lambda _changes: self.part.refresh())
        self.part.refresh()
        self.ready()
        self.part.card.setFocus()
        qtbot.waitUntil(self.part.card.hasFocus)

    def ready(self, problem: str = "") -> None:
        """Wait until the candidate on the bench has been read."""

        def is_there() -> bool:
            shown = self.part.shown
            here = shown is not None and shown.candidate.id == self.part.at
            return here and (not problem or self.part.at == problem) and not self.part._writing

        self.qtbot.waitUntil(is_there, timeout=20_000)

    def press(self, *keys: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Keys where the focus is."""
        for key in keys:
            box = QApplication.focusWidget()
            assert box is not None
            self.qtbot.keyClick(box, key, held)
            self.pressed += 1

    def asked(self, question: Callable[[Ledger], object]) -> object:
        """What the ledger says, after everything asked before."""
        found: list[object] = []
        self.office.work.ask(question, found.append)
        self.qtbot.waitUntil(lambda: bool(found), timeout=20_000)
        return found[0]

    def state(self, problem: str) -> str:
        """The state a problem is in."""
        return str(self.asked(lambda ledger: ledger.value("SELECT state FROM problem WHERE id = ?", (problem,))))

    def decided(self, problem: str) -> None:
        """Wait until it is off the bench and the next one is on it."""
        self.qtbot.waitUntil(lambda: problem not in self.part.queue and not self.part.deciding.busy, timeout=20_000)
        if self.part.queue:
            self.ready()

    def open_form(self) -> None:
        """Wait for the form of a decision."""
        self.qtbot.waitUntil(lambda: self.part.side.currentWidget() is self.part.form, timeout=20_000)


@pytest.fixture
def bench(qtbot: QtBot, office: Office) -> Bench:
    return Bench(qtbot, office)


def test_a_plain_candidate_takes_four_keys(bench: Bench) -> None:
    one = bench.part.at
    bench.press(Key.Key_1, Key.Key_2, Key.Key_3)
    assert "筛选入" in bench.part.decisions.says.text()
    bench.press(Key.Key_Return)
    bench.decided(one)
    assert bench.pressed <= 8
    assert bench.state(one) == "to_assign"
    assert bench.part.card.hasFocus()


def test_five_candidates_by_keys_alone(bench: Bench) -> None:
    ids = list(bench.part.queue[:5])
    # 是 是 是: taken up
    bench.press(Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_Return)
    bench.decided(ids[0])
    # 条件又具备 否, with a basis typed through an input method: the pool, until its review day
    bench.press(Key.Key_1, Key.Key_2, Key.Key_2, Key.Key_3, Key.Key_W)
    box = bench.part.criteria.rows["feasible"].basis.box
    bench.qtbot.waitUntil(box.hasFocus)
    compose(box, "guihua")
    bench.qtbot.keyClick(box, Key.Key_Return)  # the input method's own
    assert box.hasFocus()
    commit(box, "线路规划未批复")
    bench.press(Key.Key_Return)
    assert bench.part.card.hasFocus()
    assert bench.part.decisions.suggested == "pool"
    bench.press(Key.Key_Return)
    bench.open_form()
    bench.press(Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    bench.decided(ids[1])
    # 政府办得到 否: not taken up, the reason made of the basis, which initials found
    bench.press(Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_3, Key.Key_E)
    row = bench.part.criteria.rows["gov_can"]
    bench.qtbot.waitUntil(lambda: row.basis.is_open, timeout=20_000)
    bench.qtbot.keyClicks(row.basis.box, "sscx")
    bench.press(Key.Key_Return)
    assert row.text() == "属市场行为，应由企业自主解决"
    bench.press(Key.Key_Return)
    bench.open_form()
    bench.press(Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    bench.decided(ids[2])
    # left open: it comes again at the end
    bench.press(Key.Key_1, Key.Key_2, Key.Key_2, Key.Key_2, Key.Key_3, Key.Key_Return)
    bench.ready(ids[4])
    assert bench.part.queue[-1] == ids[3]
    # 上报, straight by its key
    bench.press(Key.Key_9)
    bench.open_form()
    bench.press(Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    bench.decided(ids[4])
    assert [bench.state(one) for one in ids] == ["to_assign", "pooled", "rejected", "waiting", "escalated"]
    reason = bench.asked(lambda ledger: ledger.value("SELECT reason FROM problem WHERE id = ?", (ids[2],)))
    assert reason == "不符合“政府办得到”：属市场行为，应由企业自主解决"
    assert bench.part.pace.done == 4


def test_a_key_pressed_before_the_next_candidate_is_there_is_meant_for_it(bench: Bench) -> None:
    """Fast hands: the answer starts from what is known of the new candidate, not from what the last one showed."""
    one, two = bench.part.queue[:2]
    bench.press(Key.Key_1)
    bench.ready(one)
    bench.part.go_to(two)
    bench.press(Key.Key_1, Key.Key_2, Key.Key_2)
    bench.ready(two)
    said = bench.asked(
        lambda ledger: [
            (row[0] == two, *row[1:])
            for row in ledger.rows(
                "SELECT problem_id, criterion, verdict FROM screening ORDER BY problem_id = ?", (two,)
            )
            if row[0] in {one, two}
        ]
    )
    assert said == [(False, "urgent", "yes"), (True, "urgent", "yes"), (True, "feasible", "no")]


def test_two_screeners_differ_and_both_are_shown(bench: Bench) -> None:
    one = bench.part.at
    bench.press(Key.Key_1, Key.Key_2, Key.Key_3)
    bench.ready(one)
    bench.part.screener.setEditText("李四")
    bench.qtbot.keyClick(bench.part.screener.lineEdit(), Key.Key_Return)
    assert bench.part.queue == []
    bench.qtbot.waitUntil(lambda: one in bench.part.queue, timeout=20_000)
    bench.part.go_to(one)
    bench.ready(one)
    rows = bench.part.criteria.rows
    assert {row.said.verdict for row in rows.values()} == {""}
    bench.part.card.setFocus()
    bench.press(Key.Key_1, Key.Key_1)
    assert "意见不一" in bench.part.decisions.says.text()
    assert f"{bench.office.actor}：是" in rows["urgent"].others.text()
    bench.press(Key.Key_2, Key.Key_3, Key.Key_5)
    bench.decided(one)
    told = bench.asked(
        lambda ledger: ledger.rows(
            "SELECT o.name, s.verdict FROM screening s JOIN officer o ON o.id = s.officer_id "
            "WHERE s.problem_id = ? AND s.criterion = 'urgent' ORDER BY o.name",
            (one,),
        )
    )
    assert set(told) == {(bench.office.actor, "yes"), ("李四", "no")}  # type: ignore[call-overload]
    actor = "SELECT actor FROM problem_event WHERE problem_id = ? ORDER BY seq DESC"
    assert bench.asked(lambda ledger: ledger.value(actor, (one,))) == "李四"


def test_a_decision_taken_back_is_on_the_bench_again(bench: Bench) -> None:
    one = bench.part.at
    said: list[Saved] = []
    bench.office.wrote.connect(said.append)
    bench.press(Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_Return)
    bench.decided(one)
    number = said[-1].write_no
    bench.asked(lambda ledger: editing.undo(ledger, number, "张三"))
    bench.ready(one)
    assert bench.part.pace.done == 0
    assert {row.said.verdict for row in bench.part.criteria.rows.values()} == {"yes"}


def test_a_woken_problem_is_marked(bench: Bench) -> None:
    one = bench.part.at

    def pool(ledger: Ledger) -> object:
        screening.save_verdict(
            ledger, one, Verdict("feasible", "no", "用地指标未落实", "张三"), date(2021, 10, 1), "张三"
        )
        values = {"reason": "不符合“条件又具备”", "due_day": date(2021, 11, 18)}
        return screening.decide(ledger, Decision(one, 1, "pool", date(2021, 10, 1), values), "张三")

    bench.asked(pool)
    bench.qtbot.waitUntil(lambda: one in bench.part.queue, timeout=20_000)
    bench.part.go_to(one)
    bench.ready(one)
    bench.qtbot.waitUntil(lambda: bench.part.card.woken.isVisible(), timeout=20_000)
    assert "用地指标未落实" in bench.part.similar.earlier.text()
    assert "列入暂不具备" in bench.part.card.decided.text()


def test_a_note_becomes_three_problems(qtbot: QtBot, office: Office) -> None:
    desk = made(Visits, office, qtbot)
    found: list[str] = []
    office.work.ask(
        lambda ledger: str(ledger.value("SELECT id FROM visit WHERE q2_problem LIKE '1.二期电解%'")), found.append
    )
    qtbot.waitUntil(lambda: bool(found))
    desk.show_record(f"visit:{found[0]}")
    qtbot.waitUntil(lambda: desk.current_id == found[0])
    desk.activateWindow()
    desk.list.setFocus()
    qtbot.keyClick(desk.list, Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    notes = desk.notes  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: notes.pane is not None and notes.pane.proposal is not None, timeout=20_000)
    cards = notes.pane.cards
    assert len(cards) == 3
    assert not any(card.tick.isChecked() for card in cards)  # the sample's firm raised all of them already
    for place, card in enumerate(cards):
        card.tick.setFocus()
        qtbot.keyClick(card.tick, Key.Key_Space)
        card.text.setFocus()
        card.text.selectAll()
        commit(card.text, f"新的困难第{place}项")
    said: list[object] = []
    office.wrote.connect(said.append)
    qtbot.keyClick(cards[2].text, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    rows: list[object] = []
    office.work.ask(
        lambda ledger: ledger.rows("SELECT text, state FROM problem WHERE visit_id = ? ORDER BY number", (found[0],)),
        rows.append,
    )
    qtbot.waitUntil(lambda: bool(rows))
    assert rows[0] == [(f"新的困难第{place}项", "waiting") for place in range(3)]
