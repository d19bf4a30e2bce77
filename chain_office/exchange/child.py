"""Run by :mod:`chain_office.exchange.book` as a script of its own: workbook bytes in, plain values out.

It has limited memory and time, so that a workbook the parser cannot bear ends this process and not the program.
It imports nothing of the program: arguments are the folder the parser is installed in and the memory limit in MB.
"""

from __future__ import annotations

import gc
import io
import pickle
import sys


def limit_memory(megabytes: int) -> None:
    """Cap the address space where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def read(data: bytes) -> list[tuple[str, bool, list[list[object]], list[tuple[tuple[int, int], tuple[int, int]]]]]:
    """(name, hidden, rows from A1 on, merged ranges) of every worksheet."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        rows: list[list[object]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
        sheets.append((meta.name, meta.visible != SheetVisibleEnum.Visible, rows, sheet.merged_cell_ranges or []))
    return sheets


def main() -> None:
    """Read stdin, write a pickle of ("ok", sheets) or ("error", type, text) to stdout."""
    sys.path.insert(0, sys.argv[1])
    limit_memory(int(sys.argv[2]))
    gc.disable()  # a short life of many small values: nothing to collect
    answer: tuple[object, ...]
    try:
        answer = ("ok", read(sys.stdin.buffer.read()))
    except BaseException as error:
        answer = ("error", type(error).__name__, str(error)[:300])
    pickle.dump(answer, sys.stdout.buffer, protocol=5)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
