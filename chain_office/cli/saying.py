"""What a command says, and where it may write."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path


def say(text: str) -> None:
    """One line to the person."""
    sys.stdout.write(f"{text}\n")


def say_all(lines: Iterable[str]) -> None:
    """Lines to the person."""
    for line in lines:
        say(line)


def say_date(day: date, *, sample: bool) -> None:
    """The cut-off date every list begins with."""
    say(f"截止 {day.isoformat()}" + ("  示例数据" if sample else ""))


def check_output(path: Path, suffix: str) -> None:
    """An output under a strange name may be a slip of the hand, at worst the ledger's own."""
    if path.suffix.lower() != suffix:
        raise KnownError(f"输出文件“{path.name}”应以 {suffix} 结尾，没有写出；请改好文件名再试。")
