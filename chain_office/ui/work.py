"""The one database thread. Every read and write of the window runs on it, in order; answers come back to the GUI thread.

The ledger is opened, used and closed on that thread only. A job is a function of the open ledger; its answer is delivered
by a queued signal, unless the widget that asked is gone by then. What needs no ledger (papers, charts, pages of a PDF) is
done on a second thread, the bench, which hands the heavy part to the workshop's process.
"""

from __future__ import annotations

import gc
import queue
import sys
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal
from shiboken6 import isValid

from chain_office.domain.errors import BugError, GivenUp, KnownError, LedgerFault
from chain_office.services.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

T = TypeVar("T")
G = TypeVar("G")


class Cancelled(Exception):
    """The person pressed 取消; the job rolled back."""


@dataclass(slots=True)
class Progress:
    """How a long job tells how far it is; calling it also notices 取消."""

    tell: Callable[[int, int, str], None]
    cancelled: bool = False

    def check(self) -> None:
        """Raises :class:`Cancelled` if the person asked to stop."""
        if self.cancelled:
            raise Cancelled

    def __call__(self, done: int, total: int, what: str) -> None:
        """Report ``done`` of ``total``; raises :class:`Cancelled` if the person asked to stop."""
        self.check()
        self.tell(done, total, what)


@dataclass(frozen=True, slots=True)
class _Job:
    run: Callable[[], object]
    owner: QObject | None
    answer: Callable[[Any], None]
    failed: Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class _Delivery:
    job: _Job
    value: object = None
    error: Exception | None = None


_SWITCH_SECONDS = 0.001
"""How long a thread of Python may keep the others waiting. The usual 5 ms, taken each time the GUI thread wants to go on
while a job runs, add up to a window that drags."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """While a job makes objects by the million, the collector of cycles would stop every thread for as long as it takes
    to look through them, again and again. It rests meanwhile, and never looks at what the job made: what a plan or a list
    holds goes without it."""
    automatic = gc.isenabled()  # the window's own collector has switched it off already
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if automatic:
            gc.enable()


class _Thread(QThread):
    """Runs jobs in the order they were given; with nothing to do, the spare ones, which give way to the first that comes."""

    delivered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.spare: deque[_Job] = deque()

    def run(self) -> None:
        """Until told to stop, take a job, do it, hand back what came of it."""
        while (job := self._next()) is not None:
            try:
                delivery = _Delivery(job, value=job.run())
            except GivenUp:  # it has its turn when there is time again
                self.spare.append(job)
                continue
            except Exception as error:  # handed to the GUI thread, which explains or reports it
                delivery = _Delivery(job, error=error)
            self.delivered.emit(delivery)

    def _next(self) -> _Job | None:
        if self.jobs.empty():
            with suppress(IndexError):
                return self.spare.popleft()
        return self.jobs.get()


class Work(QObject):
    """The window's way to the ledger."""

    opened = Signal(object)
    """A ledger is open: its path."""
    closed = Signal()
    changed = Signal(object)
    """A write was committed: the Changes."""
    writing = Signal(bool)
    """A write began (True), or is over (False): kept if :attr:`changed` came in between."""
    began = Signal(str)
    """A long job began: what it is called."""
    progressed = Signal(int, int, str)
    ended = Signal()
    refused = Signal(str)
    """A failure the person can act on: one sentence."""
    faulted = Signal(object)
    """Something is the matter with the open ledger's file: the LedgerFault; whoever asked is told too."""
    crashed = Signal(object)
    """A failure of ours: the exception."""

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._ledger: Ledger | None = None
        self._progress: Progress | None = None
        self._thread = _Thread()
        self._bench = _Thread()
        self.workshop = Workshop()
        for thread in (self._thread, self._bench):
            thread.delivered.connect(self._deliver)
            thread.start()

    def ask(
        self,
        question: Callable[[Ledger], T],
        answer: Callable[[T], None],
        *,
        owner: QObject | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``question`` on the open ledger; give what it returns to ``answer`` in the GUI thread."""
        self._thread.jobs.put(_Job(lambda: question(self._need_ledger()), owner, answer, failed or self.explain))

    def spare(
        self,
        question: Callable[[Ledger], T],
        answer: Callable[[T], None],
        *,
        owner: QObject | None = None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Run ``question``, which only reads, when nothing else is to be done. It is broken off for whatever is asked
        meanwhile and begun again afterwards, unless ``wanted`` (called on the database thread) says no by then."""
        jobs = self._thread.jobs

        def run() -> T | None:
            ledger = self._ledger
            if ledger is None or not wanted():
                return None
            with ledger.unless(lambda: not jobs.empty()):
                return question(ledger)

        def told(found: T | None) -> None:
            if found is not None:
                answer(found)

        self._thread.spare.append(_Job(run, owner, told, self.explain))
        jobs.put(_Job(lambda: None, None, lambda _: None, self.explain))  # wakes a thread that waits

    def long(
        self,
        name: str,
        job: Callable[[Ledger, Progress], T],
        answer: Callable[[T], None],
        *,
        owner: QObject | None = None,
    ) -> None:
        """Run a job that takes a while, with a bar and 取消. Cancelling is told to nobody but the bar."""
        progress, done, failed = self._begin(name, answer)

        def run() -> T:
            with _uncollected():
                return job(self._need_ledger(), progress)

        self._thread.jobs.put(_Job(run, owner, done, failed))

    def aside(
        self,
        job: Callable[[], T],
        answer: Callable[[T], None],
        *,
        owner: QObject | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run what needs no ledger on the bench; give what it returns to ``answer`` in the GUI thread."""
        self._bench.jobs.put(_Job(job, owner, answer, failed or self.explain))

    def make(
        self,
        name: str,
        gather: Callable[[Ledger], G],
        job: Callable[[G, Progress], T],
        answer: Callable[[T], None],
        *,
        owner: QObject | None = None,
    ) -> None:
        """Read on the database thread, then make something of it on the bench, with a bar and 取消."""
        progress, done, failed = self._begin(name, answer)

        def hand_over(found: G) -> None:
            self._bench.jobs.put(_Job(lambda: job(found, progress), owner, done, failed))

        self._thread.jobs.put(_Job(lambda: gather(self._need_ledger()), owner, hand_over, failed))

    def _begin(
        self, name: str, answer: Callable[[T], None]
    ) -> tuple[Progress, Callable[[T], None], Callable[..., None]]:
        """Show the bar; gives the progress, and what to do when the job is done or failed."""
        progress = Progress(self.progressed.emit)
        self._progress = progress
        self.began.emit(name)

        def done(value: T) -> None:
            self.ended.emit()
            answer(value)

        def failed(error: Exception) -> None:
            self.ended.emit()
            if not isinstance(error, Cancelled):
                self.explain(error)

        return progress, done, failed

    def cancel(self) -> None:
        """Ask the long job under way to stop; it rolls back."""
        if self._progress is not None:
            self._progress.cancelled = True

    def open(
        self,
        make: Callable[[], Ledger],
        *,
        again: bool = False,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Open a ledger on the database thread and say so; the one before stays open until the new one is. ``again``: it
        is the one before, which is closed first."""

        def job() -> Path:
            if again:
                self._close_now()
            ledger = make()
            self._close_now()
            ledger.on_change(self.changed.emit)
            ledger.on_writing(self.writing.emit)
            self._ledger = ledger
            return ledger.path

        self._thread.jobs.put(_Job(job, None, self.opened.emit, failed or self.explain))

    def close(self) -> None:
        """Close the ledger and say so; the window stays."""
        self._thread.jobs.put(_Job(self._close_now, None, lambda _: self.closed.emit(), self.explain))

    def stop(self) -> None:
        """Close the ledger, end the workshop and the threads. Call once, when the window closes."""
        self._thread.jobs.put(_Job(self._close_now, None, lambda _: None, self.explain))
        self.workshop.close()
        for thread in (self._thread, self._bench):
            thread.jobs.put(None)
            thread.wait()

    def _close_now(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    def _need_ledger(self) -> Ledger:
        if self._ledger is None:
            raise BugError("no ledger is open")
        return self._ledger

    def _deliver(self, delivery: _Delivery) -> None:
        job = delivery.job
        if job.owner is not None and not isValid(job.owner):
            return
        if delivery.error is not None:
            if isinstance(delivery.error, LedgerFault):
                self.faulted.emit(delivery.error)
            job.failed(delivery.error)
        else:
            job.answer(delivery.value)

    def explain(self, error: Exception) -> None:
        """Tell of a failure: one sentence if the person can act on it, a report if it is ours."""
        if isinstance(error, KnownError):
            self.refused.emit(error.message)
        else:
            self.crashed.emit(error)
