"""The workshop: papers and charts are set in a child process, so that nothing heavy holds up the window's interpreter.

What is to be made goes over as frozen data and comes back as bytes; the ledger is never opened there. The process starts
with the first job and ends with its owner: it reads until the pipe is closed, so a killed window leaves none behind. A
job whose process dies is done once more in a new one.
"""

from __future__ import annotations

import contextlib
import gc
import pickle
import signal
import threading
import traceback
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from chain_office.domain.errors import BugError, KnownError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

T = TypeVar("T")
_LOOK_SECONDS: Final = 0.03
"""How often a waiting caller looks whether its job is still wanted."""
_TRIES: Final = 2
_DONE, _REFUSED, _BROKEN = "done", "refused", "broken"
_DIED: Final = "排版用的后台程序两次中断，没有做成；请关掉一些程序，再试一次。"


class Workshop:
    """One long-lived child process, one job at a time. May be used from several threads; never from the GUI's."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._turn = threading.Lock()
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """The child's process id while there is one."""
        return None if self._process is None else self._process.pid

    def do(self, make: Callable[..., T], *arguments: object, wanted: Callable[[], None] = lambda: None) -> T:
        """Run ``make(*arguments)`` in the child and return what it returned. ``make`` is a function of a module; arguments
        and result can be pickled. ``wanted`` is called while waiting: what it raises ends the child and passes on.

        Raises :class:`KnownError` as ``make`` raised it, or when the child died twice over the job.
        """
        job = pickle.dumps((make, arguments), protocol=pickle.HIGHEST_PROTOCOL)
        with self._turn:
            for _ in range(_TRIES):
                wanted()
                try:
                    kind, value, detail = self._ask(job, wanted)
                except (EOFError, OSError):  # the child is gone
                    self._end()
                    if self._closed:
                        break
                    continue
                except BaseException:  # no longer wanted: what it is doing is thrown away with it
                    self._end()
                    raise
                return cast("T", _unpacked(kind, value, detail))
        raise KnownError(_DIED)

    def close(self) -> None:
        """End the child. Whoever still waits for a job is told that it died."""
        self._closed = True
        process = self._process
        if process is not None:
            with contextlib.suppress(ValueError):  # ended by its own job in the meantime
                process.kill()
        with self._turn:
            self._end()

    def _ask(self, job: bytes, wanted: Callable[[], None]) -> tuple[str, Any, str]:
        pipe = self._open_pipe()
        pipe.send_bytes(job)
        while not pipe.poll(_LOOK_SECONDS):
            if self._closed:  # closed while the child was being started, and so not ended by it
                raise EOFError
            wanted()
        kind, value, detail = pickle.loads(pipe.recv_bytes())
        return kind, value, detail

    def _open_pipe(self) -> Connection:
        if self._pipe is None:
            if self._closed:
                raise EOFError
            import multiprocessing  # not before it is needed: the window starts without it

            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_live, args=(theirs,), name="产业链办-排版", daemon=True)
            process.start()
            self._process = process
            theirs.close()
            self._pipe = ours
        return self._pipe

    def _end(self) -> None:
        pipe, process = self._pipe, self._process
        self._pipe = self._process = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            with contextlib.suppress(ValueError):  # somebody else has waited for it
                process.close()


def _unpacked(kind: str, value: Any, detail: str) -> Any:
    if kind == _REFUSED:
        raise KnownError(value, detail=detail)
    if kind == _BROKEN:
        raise BugError(f"{value}\n{detail}")
    return value


def _live(pipe: Connection) -> None:
    """The child's life. While it draws, the collector would look through matplotlib again and again: it comes after the
    answer is sent, and leaves out the modules it has seen once."""
    gc.disable()

    def collect() -> None:
        gc.collect()
        gc.freeze()

    serve(pipe, collect)


def serve(pipe: Connection, rest: Callable[[], None] = lambda: None) -> None:
    """A job, its result, ``rest``, the next job; over when the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the window's business
    with contextlib.suppress(EOFError, OSError):
        while True:
            make, arguments = pickle.loads(pipe.recv_bytes())
            pipe.send_bytes(_result(make, arguments))
            del make, arguments
            rest()


def _result(make: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    answer: tuple[str, object, str]
    try:
        answer = (_DONE, make(*arguments), "")
    except KnownError as error:
        answer = (_REFUSED, error.message, error.detail)
    except Exception as error:  # reported by the window as a failure of ours
        answer = (_BROKEN, f"{type(error).__name__} in the workshop", "".join(traceback.format_tb(error.__traceback__)))
    return pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
