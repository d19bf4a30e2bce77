"""The process that parses a workbook: started, given the bytes, limited in time and memory, ended whatever happens."""

from __future__ import annotations

import datetime
import importlib.util
import io
import pickle
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from chain_office.domain.errors import BugError, KnownError
from chain_office.exchange.preflight import RESAVE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

TIME_LIMIT = 60.0
MEMORY_LIMIT = 1_600
DAMAGED = "已损坏，或不是 Excel、WPS 正常保存的文件"

Cells = list[list[object]]
ParsedSheet = tuple[str, bool, Cells, list[tuple[tuple[int, int], tuple[int, int]]]]
"""What the other process answers: name, hidden, rows from A1 on, merged ranges as ((top, left), (bottom, right))."""


class Parser:
    """One run of the parsing process. Leaving the ``with`` block ends it, done or not."""

    def __init__(self, name: str, time_limit: float = TIME_LIMIT, memory_limit: int = MEMORY_LIMIT) -> None:
        self.name = name
        self.time_limit = time_limit
        self.memory_limit = memory_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._pool = ThreadPoolExecutor(2)
        self._answer: Future[list[ParsedSheet] | tuple[str, str]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()
        self._pool.shutdown()
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not yet written has no reader any more
                    stream.close()
        process.wait()

    def start(self, data: bytes) -> None:
        """Begin parsing ``data``; does nothing when already begun."""
        if self._process is not None:
            return
        process = _child(self.memory_limit)
        self._process = process
        self._pool.submit(self._feed, process, data)
        self._answer = self._pool.submit(self._receive, process)

    @staticmethod
    def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
        with suppress(OSError):  # it ended before it had read everything: its answer or its code says why
            assert process.stdin is not None
            process.stdin.write(data)
            process.stdin.close()

    @staticmethod
    def _receive(process: subprocess.Popen[bytes]) -> list[ParsedSheet] | tuple[str, str]:
        """The sheets, or the type and text of the error. Raises EOFError if the process ended in between."""
        assert process.stdout is not None
        return _answer(process.stdout)

    def result(self) -> list[ParsedSheet]:
        """The sheets; :class:`KnownError` if the bytes could not be parsed within the limits."""
        if self._process is None or self._answer is None:
            raise BugError("the parser was asked before it was started")
        try:
            answer = self._answer.result(self.time_limit)
        except TimeoutError as error:
            raise KnownError(f"“{self.name}”读了 {self.time_limit:.0f} 秒还没有读完，请拆分后再导入。") from error
        except EOFError as error:
            raise KnownError(f"“{self.name}”太大或已损坏，读取时中断，{RESAVE}", detail=str(error)) from error
        except (pickle.UnpicklingError, ValueError, OSError) as error:
            raise KnownError(f"“{self.name}”{DAMAGED}，{RESAVE}", detail=str(error)) from error
        if isinstance(answer, list):
            return answer
        kind, text = answer
        if kind == "PasswordError" or "password" in text.lower():
            raise KnownError(f"“{self.name}”设有打开密码，请先在 Excel 或 WPS 里取消密码，保存后再导入。")
        if kind == "MemoryError":
            raise KnownError(f"“{self.name}”太大，内存不够读，请拆分后再导入。")
        raise KnownError(f"“{self.name}”{DAMAGED}，{RESAVE}", detail=f"{kind}: {text}")


def parse_several(books: Sequence[bytes], time_limit: float = TIME_LIMIT) -> list[list[ParsedSheet] | None]:
    """Several small workbooks in one process, for starting one takes longer than parsing them. None: not answered, or not
    readable; each such is for a :class:`Parser` of its own, which says why."""
    process = _child(MEMORY_LIMIT, "several")
    try:
        told = process.communicate(b"".join(len(one).to_bytes(8, "big") + one for one in books), time_limit)[0]
    except subprocess.TimeoutExpired:
        told = b""
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    stream = io.BytesIO(told)
    found: list[list[ParsedSheet] | None] = []
    with suppress(EOFError, pickle.UnpicklingError, ValueError):
        for _ in books:
            answer = _answer(stream)
            found.append(answer if isinstance(answer, list) else None)
    return [*found, *[None] * (len(books) - len(found))]


def _child(memory_limit: int, *more: str) -> subprocess.Popen[bytes]:
    spec = importlib.util.find_spec("python_calamine")
    if spec is None or spec.origin is None:
        raise KnownError("缺少读取工作簿的组件 python-calamine，请重新安装程序。")
    script, home = Path(__file__).with_name("child.py"), Path(spec.origin).parent.parent
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(script), str(home), str(memory_limit), *more]
    pipe = subprocess.PIPE
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, creationflags=flags)
    except OSError as error:
        raise KnownError("读取工作簿的子进程启动不了，请关闭一些程序后再试。", detail=str(error)) from error


def _answer(stream: IO[bytes]) -> list[ParsedSheet] | tuple[str, str]:
    """One workbook's sheets, or the type and text of the error. Raises EOFError if the process ended in between."""
    sheets: list[ParsedSheet] = []
    while True:
        message = _PlainUnpickler(stream).load()
        if isinstance(message, list):
            sheets[-1][2].extend(message)
        elif message[0] == "sheet":
            _, name, hidden, merges, _count = message
            sheets.append((name, hidden, [], merges))
        elif message[0] == "done":
            return sheets
        else:
            return str(message[1]), str(message[2])


class _PlainUnpickler(pickle.Unpickler):
    """Unpickles nothing but plain values and dates."""

    def find_class(self, module: str, name: str) -> object:
        """Only the calendar classes; anything else did not come from our reader."""
        if module == "datetime" and name in {"date", "datetime", "time", "timedelta"}:
            return getattr(datetime, name)
        raise pickle.UnpicklingError(f"{module}.{name}")
