"""Run by :mod:`chain_office.exchange.book` as a script of its own: workbook bytes in, plain values out.

It has limited memory and time, so that a workbook the parser cannot bear ends this process and not the program.
It imports nothing of the program: arguments are the folder the parser is installed in and the memory limit in MB. With a
third argument, several workbooks come in, each behind its length in eight bytes, and each is answered in turn.
"""

from __future__ import annotations

import gc
import io
import pickle
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH = 2_000


def limit_memory(megabytes: int) -> None:
    """Cap the address space where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def read(data: bytes, send: Callable[[object], None]) -> None:
    """Send every worksheet: (name, hidden, merged ranges, number of rows), then its rows from A1 on, some at a time."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        rows: list[list[object]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
        hidden = meta.visible != SheetVisibleEnum.Visible
        send(("sheet", meta.name, hidden, sheet.merged_cell_ranges or [], len(rows)))
        for start in range(0, len(rows), BATCH):
            send(shared(rows[start : start + BATCH]))


def shared(rows: list[list[object]]) -> list[list[object]]:
    """The rows with equal texts and days as one object each, which is then sent once."""
    known: dict[object, object] = {}
    keep = known.setdefault
    return [[cell if cell.__class__ is float else keep(cell, cell) for cell in row] for row in rows]


def main() -> None:
    """Read stdin, write pickles to stdout for each workbook: sheets and rows, then ("done",), or ("error", type, text)."""
    sys.path.insert(0, sys.argv[1])
    limit_memory(int(sys.argv[2]))
    gc.disable()  # a short life of many small values: nothing to collect
    out = sys.stdout.buffer

    def send(message: object) -> None:
        pickle.dump(message, out, protocol=5)

    came = sys.stdin.buffer.read()
    for book in apart(came) if len(sys.argv) > 3 else (came,):
        try:
            read(book, send)
            send(("done",))
        except BaseException as error:
            send(("error", type(error).__name__, str(error)[:300]))
        out.flush()


def apart(came: bytes) -> Iterator[bytes]:
    """The workbooks one by one."""
    at = 0
    while at < len(came):
        size = int.from_bytes(came[at : at + 8], "big")
        yield came[at + 8 : at + 8 + size]
        at += 8 + size


if __name__ == "__main__":
    main()
