"""The database thread: answers come back in order, failures become sentences, cancelling rolls back."""

from __future__ import annotations

import gc
import os
import threading
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QObject, QThread

from chain_office.domain.errors import KnownError
from chain_office.services.ledgers import Ledger, open_ledger
from chain_office.ui.work import Progress, Work

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office


def test_questions_run_on_one_other_thread_and_answers_on_the_gui_thread(office: Office, qtbot: QtBot) -> None:
    asked: list[int] = []
    answered: list[bool] = []

    def question(ledger: Ledger) -> int:
        asked.append(threading.get_ident())
        return int(ledger.value("SELECT count(*) FROM enterprise"))

    for _ in range(3):
        office.work.ask(question, lambda _n: answered.append(QThread.currentThread() is office.thread()))
    qtbot.waitUntil(lambda: len(answered) == 3)
    assert answered == [True] * 3
    assert len(set(asked)) == 1
    assert asked[0] != threading.get_ident()


def test_a_known_failure_is_told_as_its_sentence(office: Office, qtbot: QtBot) -> None:
    def question(_ledger: Ledger) -> None:
        raise KnownError("这句话要给人看。")

    with qtbot.waitSignal(office.work.refused) as told:
        office.work.ask(question, lambda _: None)
    assert told.args == ["这句话要给人看。"]


def test_an_unforeseen_failure_is_reported_not_shown_as_known(office: Office, qtbot: QtBot) -> None:
    with qtbot.waitSignal(office.work.crashed) as told:
        office.work.ask(lambda _ledger: 1 // 0, lambda _: None)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_an_answer_for_a_widget_that_is_gone_is_dropped(office: Office, qtbot: QtBot) -> None:
    owner = QObject()
    came: list[str] = []
    office.work.ask(lambda _ledger: None, lambda _: came.append("gone"), owner=owner)
    owner.deleteLater()
    del owner
    office.work.ask(lambda _ledger: None, lambda _: came.append("here"))
    qtbot.waitUntil(lambda: "here" in came)
    assert came in (["here"], ["gone", "here"])


def test_cancelling_a_long_write_rolls_it_back(office: Office, qtbot: QtBot) -> None:
    begun = threading.Event()
    go_on = threading.Event()

    def job(ledger: Ledger, progress: Progress) -> None:
        from chain_office.db.models import Enterprise

        with ledger.write("张三", "试写") as writer:
            writer.insert(Enterprise, {"name": "不该留下的企业"})
            begun.set()
            go_on.wait(5)
            progress(1, 2, "写到一半")

    ended: list[str] = []
    with qtbot.waitSignal(office.work.ended):
        office.work.long("试写", job, lambda _: ended.append("done"))
        assert begun.wait(5)
        office.work.cancel()
        go_on.set()
    assert ended == []
    found: list[int] = []
    office.work.ask(
        lambda ledger: int(ledger.value("SELECT count(*) FROM enterprise WHERE name = '不该留下的企业'")), found.append
    )
    qtbot.waitUntil(lambda: bool(found))
    assert found == [0]


def test_opening_what_is_no_ledger_says_so_and_keeps_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    work = Work()
    wrong = tmp_path / "不是台账.ledger"
    wrong.write_text("随便写的", encoding="utf-8")
    with qtbot.waitSignal(work.refused) as told:
        work.open(lambda: open_ledger(wrong))
    assert "不是台账" in str(told.args[0])
    work.stop()


def test_what_is_made_is_read_on_one_thread_and_made_on_another(office: Office, qtbot: QtBot) -> None:
    threads: list[int] = []
    made: list[int] = []

    def gather(ledger: Ledger) -> int:
        threads.append(threading.get_ident())
        return int(ledger.value("SELECT count(*) FROM enterprise"))

    def job(found: int, progress: Progress) -> int:
        threads.append(threading.get_ident())
        progress(1, 1, "做")
        return found * 2

    with qtbot.waitSignal(office.work.ended):
        office.work.make("做", gather, job, made.append)
    qtbot.waitUntil(lambda: bool(made))
    assert len({*threads, threading.get_ident()}) == 3
    assert made[0] > 0


def test_the_ledger_is_read_while_something_is_made(office: Office, qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def job(_found: None, _progress: Progress) -> bool:
        begun.set()
        return go_on.wait(10)

    made: list[bool] = []
    office.work.make("做", lambda _ledger: None, job, made.append)
    qtbot.waitUntil(begun.is_set)
    found: list[int] = []
    office.work.ask(lambda ledger: int(ledger.value("SELECT count(*) FROM enterprise")), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert made == []
    go_on.set()
    qtbot.waitUntil(lambda: made == [True])


def test_a_failure_of_either_half_ends_the_bar_and_is_told(office: Office, qtbot: QtBot) -> None:
    def refuse(*_: object) -> None:
        raise KnownError("这句话要给人看。")

    for gather, job in ((refuse, lambda _found, _progress: None), (lambda _ledger: None, refuse)):
        with qtbot.waitSignals([office.work.ended, office.work.refused]):
            office.work.make("做", gather, job, lambda _: None)


def test_stopping_ends_the_workshop(qtbot: QtBot) -> None:
    work = Work()
    ids: list[int] = []
    work.aside(lambda: work.workshop.do(os.getpid), ids.append)
    qtbot.waitUntil(lambda: bool(ids), timeout=20_000)
    child = psutil.Process(ids[0])
    work.stop()
    ended, _ = psutil.wait_procs([child], timeout=20)
    assert ended or not child.is_running()


def test_the_collector_rests_only_while_a_long_job_runs(office: Office, qtbot: QtBot) -> None:
    seen: list[bool] = []

    def job(_ledger: Ledger, _progress: Progress) -> None:
        seen.append(gc.isenabled())

    gc.enable()  # as where nobody keeps it to one thread
    try:
        with qtbot.waitSignal(office.work.ended):
            office.work.long("试", job, lambda _: None)
        assert seen == [False]
        assert gc.isenabled()
    finally:
        gc.disable()


def test_a_spare_question_gives_way_to_what_is_asked_and_is_asked_again(office: Office, qtbot: QtBot) -> None:
    began = threading.Event()
    answers: list[str] = []
    times: list[int] = []

    def endless(ledger: Ledger) -> str:
        times.append(1)
        if len(times) > 1:
            return "again"
        began.set()
        endless_rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        return str(ledger.value(endless_rows))

    office.work.spare(endless, answers.append)
    assert began.wait(10)
    office.work.ask(lambda _ledger: "asked", answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == ["asked", "again"]


def test_a_spare_question_nobody_wants_any_more_is_not_asked(office: Office, qtbot: QtBot) -> None:
    answers: list[str] = []
    office.work.spare(lambda _ledger: "old", answers.append, wanted=lambda: False)
    office.work.spare(lambda _ledger: "new", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["new"]


def test_a_spare_question_to_a_ledger_that_was_closed_is_dropped(office: Office, qtbot: QtBot) -> None:
    crashed: list[object] = []
    office.work.crashed.connect(crashed.append)
    with qtbot.waitSignal(office.work.closed):
        office.work.close()
    office.work.spare(lambda _ledger: "never", crashed.append)
    office.work.spare(lambda _ledger: "never", crashed.append)
    done: list[bool] = []
    office.work.aside(lambda: True, done.append)
    qtbot.waitUntil(lambda: bool(done) and not office.work._thread.spare)
    assert crashed == []
