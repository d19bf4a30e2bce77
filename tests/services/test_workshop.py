"""The workshop: made in another process, started when first needed, ended with its owner, done again when it dies."""

from __future__ import annotations

import operator
import os
import subprocess
import sys
import threading
from datetime import date
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from chain_office.domain.errors import BugError, KnownError
from chain_office.services.charting import form_of
from chain_office.services.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    made = Workshop()
    yield made
    made.close()


def never_ends() -> None:
    """A job that is only over when its process is."""
    threading.Event().wait()


def gone(process_id: int) -> bool:
    """Whether a process has ended (waited for, since ending takes a moment)."""
    if not psutil.pid_exists(process_id):
        return True
    ended, _ = psutil.wait_procs([psutil.Process(process_id)], timeout=20)
    return bool(ended)


def test_it_starts_with_the_first_job_and_keeps_its_process(workshop: Workshop) -> None:
    assert not workshop.process_id
    child = workshop.do(os.getpid)
    assert child != os.getpid()
    assert workshop.do(operator.add, 2, 3) == 5
    assert workshop.do(os.getpid) == child


def test_a_failure_a_person_can_act_on_comes_back_as_one(workshop: Workshop) -> None:
    with pytest.raises(KnownError, match=r"不支持“\.gif”格式"):
        workshop.do(form_of, ".gif")
    assert workshop.do(operator.add, 1, 1) == 2, "a refusal ends nothing"


def test_a_failure_of_ours_comes_back_with_its_place(workshop: Workshop) -> None:
    with pytest.raises(BugError, match="ZeroDivisionError"):
        workshop.do(operator.truediv, 1, 0)


def test_a_killed_process_is_replaced_and_its_job_done_again(workshop: Workshop) -> None:
    first = workshop.do(os.getpid)
    psutil.Process(first).kill()
    assert gone(first)
    assert workshop.do(operator.add, 2, 2) == 4
    assert workshop.process_id != first


def test_a_job_that_kills_its_process_twice_is_refused_in_words(workshop: Workshop) -> None:
    with pytest.raises(KnownError, match="没有做成"):
        workshop.do(os._exit, 3)
    assert workshop.do(operator.add, 1, 2) == 3


def test_what_is_no_longer_wanted_ends_the_process(workshop: Workshop) -> None:
    class Stopped(Exception):
        pass

    child = workshop.do(os.getpid)
    asked: list[bool] = []

    def wanted() -> None:
        asked.append(True)
        if len(asked) > 1:
            raise Stopped

    with pytest.raises(Stopped):
        workshop.do(never_ends, wanted=wanted)
    assert gone(child)
    assert workshop.do(operator.add, 1, 2) == 3


def test_closing_ends_the_process_even_in_the_middle_of_a_job() -> None:
    workshop = Workshop()
    child = workshop.do(os.getpid)
    begun = threading.Event()
    said: list[str] = []

    def wait() -> None:
        try:
            workshop.do(never_ends, wanted=begun.set)
        except KnownError as error:
            said.append(error.message)

    thread = threading.Thread(target=wait)
    thread.start()
    assert begun.wait(20)
    workshop.close()
    thread.join(20)
    assert gone(child)
    assert len(said) == 1
    with pytest.raises(KnownError):
        workshop.do(operator.add, 1, 2)


def test_a_killed_window_leaves_no_process_behind() -> None:
    """The child reads until the pipe is closed, whatever became of the other end."""
    script = (
        "import os, sys\n"
        "from chain_office.services.workshop import Workshop\n"
        "if __name__ == '__main__':\n"
        "    print(Workshop().do(os.getpid), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdout is not None
        child = int(window.stdout.readline())
        assert psutil.pid_exists(child)
        window.kill()
        window.wait(20)
    assert gone(child)


def test_reading_for_a_paper_and_a_chart_loads_nothing_that_draws(sample_office: Path) -> None:
    """The window's own process never pays for the drawing libraries."""
    script = (
        "import sys, datetime, pathlib\n"
        "from chain_office.services import charting, packs\n"
        "from chain_office.services.ledgers import open_ledger\n"
        "with open_ledger(pathlib.Path(sys.argv[1]), read_only=True) as ledger:\n"
        "    day = datetime.date(2021, 11, 19)\n"
        "    packs.order_pack(ledger, day)\n"
        "    for chart_id, _ in charting.chart_list(): charting.order_chart(ledger, chart_id, day)\n"
        "print(sorted({'matplotlib', 'numpy', 'reportlab', 'PIL'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(sample_office)], cwd=_ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_pack_set_in_the_workshop_is_the_one_set_here(workshop: Workshop, sample_office: Path) -> None:
    from chain_office.services import packs
    from chain_office.services.ledgers import open_ledger

    with open_ledger(sample_office, read_only=True) as ledger:
        order = packs.order_pack(ledger, date(2021, 11, 19))
        here = packs.make_pack(ledger, date(2021, 11, 19))
    printed = workshop.do(packs.set_pack, order)
    assert printed.data == here
    assert printed.places


def test_closing_while_the_child_is_being_started_waits_for_nobody(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = SpawnProcess.start
    closing = threading.Thread(target=workshop.close)

    def slow(process: SpawnProcess) -> None:
        start(process)
        closing.start()
        closing.join(0.3)  # by now it has seen that there is no child yet

    monkeypatch.setattr(SpawnProcess, "start", slow)
    with pytest.raises(KnownError, match="两次中断"):
        workshop.do(never_ends)
    closing.join(20)
    assert not closing.is_alive()
    assert workshop.process_id is None
