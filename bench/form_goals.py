"""The drag-in of 60 forms that came back: read, recognised and compared with the ledger, against the bare parsers on the
same files; then all of them accepted in one write."""

from __future__ import annotations

import time
import zipfile
from typing import TYPE_CHECKING
from xml.parsers import expat

import docx
import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.timing import Result, clocked, medians
from chain_office.domain.feedback import DOING, TITLE, receipt, spec
from chain_office.services.feedback import accept, plan, read_forms
from chain_office.services.feedback.plan import ACCEPTABLE
from chain_office.services.ledgers import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bench.place import Place
    from chain_office.services.feedback.plan import FeedbackPlan

FORMS = 60
_KEYS = (
    "unit",
    "code",
    "record_no",
    "enterprise",
    "problem",
    "deadline",
    "status",
    "done",
    "reason",
    "next_step",
    "filled_day",
)
_OPEN = """
    SELECT p.number, (SELECT max(seq) FROM problem_event e WHERE e.problem_id = p.id), u.name
      FROM problem p JOIN unit u ON u.id = p.lead_unit_id WHERE p.state = 'doing' AND p.deleted_at IS NULL LIMIT ?
"""


def forms(place: Place) -> Iterator[Result]:
    """Half of them Word, half Excel, as many problems each as an office hands a unit."""
    ledger_path = place.copy()
    with open_ledger(ledger_path) as ledger:
        found = ledger.rows(_OPEN, (FORMS,))
        lines = [found[at % len(found)] for at in range(FORMS)]
        folder = place.folder / "forms"
        folder.mkdir(exist_ok=True)
        paths = [_make(folder, at, int(number), int(seq), unit) for at, (number, seq, unit) in enumerate(lines)]
        ours, read, bare = medians(
            clocked(lambda: plan(ledger, paths)),
            clocked(lambda: read_forms(paths)),
            clocked(lambda: _bare(paths)),
            rounds=3,
        )
        what = f"{FORMS} 份反馈表"
        against = "同样的文件只解压、解析"
        yield Result("反馈", place.size, f"{what}：读出", read, bare, None, against)
        yield Result("反馈", place.size, f"{what}：读出并对照台账", ours, bare, None, against)
        proposed = plan(ledger, paths)
        chosen = _first_of_each(proposed)
        if chosen:
            start = time.perf_counter()
            accept(ledger, proposed, chosen, "bench")
            yield Result(
                "反馈", place.size, f"接受其中 {len(chosen)} 份", time.perf_counter() - start, bare, None, against
            )


def _first_of_each(proposed: FeedbackPlan) -> set[str]:
    """One answer a problem: a small ledger has fewer open problems than there are forms."""
    return set({one.problem_id: one.id for one in proposed.of(*ACCEPTABLE)}.values())


def _make(folder: Path, at: int, number: int, seq: int, unit: str) -> Path:
    values = {
        "unit": unit, "code": receipt(number, seq), "record_no": f"WT{number:04d}", "status": DOING,
        "done": f"第 {at} 份：已到企业核实，正在与有关单位会商办法。" * 4, "reason": "等上级批复", "next_step": "下月底前完成",
        "filled_day": "2021-11-18",
    }  # fmt: skip
    if at % 2:
        return _book(folder / f"{at}.xlsx", values)
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(len(_KEYS), 2)
    for row, key in enumerate(_KEYS):
        table.cell(row, 0).text, table.cell(row, 1).text = spec(key).label, values.get(key, "")
    document.save(str(folder / f"{at}.docx"))
    return folder / f"{at}.docx"


def _book(path: Path, values: dict[str, str]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, TITLE)
        for column, key in enumerate(_KEYS):
            sheet.write(1, column, spec(key).label)
            sheet.write(2, column, values.get(key, ""))
    return path


def _bare(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.suffix == ".xlsx":
            with path.open("rb") as stream:
                CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0).to_python()
        else:
            with zipfile.ZipFile(path) as archive:
                expat.ParserCreate().Parse(archive.read("word/document.xml"), True)
