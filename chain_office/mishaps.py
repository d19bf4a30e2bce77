"""What is left behind when the program itself fails: a report for whoever mends it, and one sentence for the person."""

from __future__ import annotations

import platform
import sqlite3
import tempfile
import traceback
from pathlib import Path

from chain_office import __version__, clock


def tell(error: BaseException) -> str:
    """Write the report of an unforeseen failure and return the sentence that names it. The report holds the places in
    the program and the error's own words, no rows of the ledger."""
    report = "\n".join(
        (
            f"产业链办 {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.platform()}",
            "".join(traceback.format_exception(error)),
        )
    )
    name = f"产业链办-出错-{clock.now().strftime('%Y%m%d-%H%M%S')}.txt"
    place = Path(tempfile.gettempdir()) / name
    try:
        place.write_text(report, encoding="utf-8")
    except OSError:
        return f"{report}程序内部出错，没有做完；请把上面的内容发给开发者。"
    return f"程序内部出错（{type(error).__name__}），没有做完；请先用 check 检查台账，仍有问题请把报告“{place}”发给开发者。"
