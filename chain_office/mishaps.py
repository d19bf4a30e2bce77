"""What is left behind when the program itself fails: a report for whoever mends it, one sentence for the person, and a log
of what went before. Neither holds a value of the ledger, a text, a name or a path of this computer."""

from __future__ import annotations

import logging
import platform
import re
import sqlite3
import tempfile
import traceback
from pathlib import Path
from typing import Final

from chain_office import __version__, clock

_ROOT: Final = Path(__file__).resolve().parent.parent
_MOST_FRAMES: Final = 40
_LOG_BYTES, _LOGS_KEPT = 512 * 1024, 3
_LONG_NUMBER: Final = re.compile(r"(?<![\d.:-])(?:\+?86[\s-]?)?\d(?:[\s-]?\d){6,18}[0-9Xx](?![\d.])")
_PLACE: Final = re.compile(r"(?:[A-Za-z]:\\|\\\\|(?<![\w.])/)[^\s\"'“”]+")
_logger = logging.getLogger("chain_office")


def report(error: BaseException) -> str:
    """Versions, platform and the places in the program that led to the failure. Messages are left out: they quote values."""
    return "\n".join((about(), "", *_chain(error)))


def about() -> str:
    """What runs on what."""
    return (
        f"产业链办 {__version__}\nPython {platform.python_version()}，SQLite {sqlite3.sqlite_version}\n"
        f"{platform.system()} {platform.release()}，{platform.machine()}"
    )


def report_name() -> str:
    """What a report written now is called."""
    return f"产业链办-出错-{clock.now().strftime('%Y%m%d-%H%M%S')}.txt"


def _chain(error: BaseException) -> list[str]:
    """The failure, and those that led to it, first things first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_chain(before), "", "随后："] if before is not None else []
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    lines += [f"  {_inside(frame.filename)}:{frame.lineno} {frame.name}\n    {frame.line or ''}" for frame in frames]
    return [*lines, _kind(error)]


def _kind(error: BaseException) -> str:
    """Its class, and the code that a system or the database gives it."""
    codes = [
        f"{name}={value}"
        for name in ("errno", "winerror", "sqlite_errorname")
        if (value := getattr(error, name, None)) is not None
    ]
    return " ".join((f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins."), *codes))


def _inside(filename: str) -> str:
    """A file of the program as it is called inside it; of a library, from the library on."""
    path = Path(filename)
    if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
        return path.relative_to(_ROOT).as_posix()
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.name


def tell(error: BaseException) -> str:
    """Write the report of an unforeseen failure and return the sentence that names it."""
    text = report(error)
    log("crash", error)
    place = Path(tempfile.gettempdir()) / report_name()
    try:
        place.write_text(text, encoding="utf-8")
    except OSError:
        return f"{text}\n程序内部出错，没有做完；请把上面的内容发给开发者。"
    return f"程序内部出错（{type(error).__name__}），没有做完；请先用 check 检查台账，仍有问题请把报告“{place}”发给开发者。"


# The log.


class Masking(logging.Filter):
    """Takes out what might be a telephone, an ID-card or a card number, and any path: a second net, under the rule that
    none is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the finished message."""
        record.msg, record.args = masked(record.getMessage()), ()
        return True


def masked(text: str) -> str:
    """A line without long numbers and paths."""
    return _PLACE.sub("（路径）", _LONG_NUMBER.sub("（号码）", text))


def start_log(folder: Path) -> Path | None:
    """Log into ``folder`` from now on, a few files in turn; None where nothing can be written there."""
    from logging.handlers import RotatingFileHandler  # brings sockets along; the window is shown without it

    place = folder / "产业链办.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(place, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.addFilter(Masking())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    stop_log()
    _logger.addHandler(handler)
    _logger.setLevel(logging.INFO)
    _logger.propagate = False
    log(f"start {__version__} python {platform.python_version()} sqlite {sqlite3.sqlite_version} {platform.system()}")
    return place


def stop_log() -> None:
    """Close the log."""
    for handler in list(_logger.handlers):
        _logger.removeHandler(handler)
        handler.close()


def log(what: str, error: BaseException | None = None) -> None:
    """One line: what happened, with the kind of failure and its places where there is one."""
    if error is None:
        _logger.info("%s", what)
    else:
        _logger.error("%s", f"{what}\n" + "\n".join(_chain(error)))
