"""The headless commands. They call the same services as the window; `--help` speaks Chinese.

Exit codes: 0 done, 1 refused (the reason is on standard error), 2 misused.
"""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office import files, mishaps
from chain_office.cli.parser import build_parser
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

__all__ = ["build_parser", "main"]


def _as_it_was(error: UnicodeError) -> tuple[str | bytes, int]:
    """A file name that came in as bytes of no text goes out as the same bytes; any other half character as \\uXXXX."""
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.lookup_error("backslashreplace")(error)


codecs.register_error("chain_office.as_it_was", _as_it_was)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open while the process lives
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="chain_office.as_it_was")
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 2
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
        sys.stdout.flush()
    except KnownError as error:
        sys.stderr.write(f"{error.message}\n")
    except KeyboardInterrupt:
        sys.stderr.write("已取消，台账没有改动。\n")
    except BrokenPipeError:
        _stop_writing()
    except OSError as error:
        _stop_writing()
        where = f"“{error.filename}”" if error.filename else "输出"
        sys.stderr.write(f"{where}读写失败（{files.reason(error)}），没有做完；请检查磁盘空间和权限后再试。\n")
    except Exception as error:
        sys.stderr.write(f"{mishaps.tell(error)}\n")
    else:
        return code
    return 1


def _stop_writing() -> None:
    """Whoever read the output has gone (`| head`), or its disk is full: the interpreter does not try again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
