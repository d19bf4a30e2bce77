"""Import as a use case: plan on a copy, show, apply in one write, undo whole."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db import backup, batches, reference, thinning
from chain_office.db.desks import desks
from chain_office.db.models import RECORDS, ImportBatch
from chain_office.db.settings import read_settings
from chain_office.domain.errors import KnownError
from chain_office.domain.secrecy import Finding, find_secrecy_mark, find_survey_mark
from chain_office.domain.tables import READ_ONLY, SECRET, SURVEY, ParsedTable, Question, Remark
from chain_office.exchange import Book, read_book, recognise
from chain_office.services.calendar import work_calendar
from chain_office.services.editing.coming_back import settled_again
from chain_office.services.importing.enterprises import Enterprises
from chain_office.services.importing.finance import Finance
from chain_office.services.importing.firms import Firms
from chain_office.services.importing.output import Output
from chain_office.services.importing.places import Places
from chain_office.services.importing.plan import CHANGED, NEW, REFUSED, SAME, ImportPlan, RowPlan, SheetPlan
from chain_office.services.importing.planner import Planner
from chain_office.services.importing.problems import Problems
from chain_office.services.importing.projects import Projects
from chain_office.services.importing.rows import Incoming, Refused
from chain_office.services.importing.visits import Visits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer
    from chain_office.services.importing.context import Desk

Progress = "Callable[[int, int, str], None]"
"""done, total, what is being done. Raising from it cancels; nothing has been written then."""
_OFTEN = 50
"""Rows planned between two looks at whether the person still wants it."""


def _silent(_done: int, _total: int, _what: str) -> None:
    """Nobody is told how far it is."""


_DESKS: dict[str, type[Desk]] = {
    "enterprises": Enterprises,
    "visits": Visits,
    "problems": Problems,
    "finance": Finance,
    "projects": Projects,
    "output": Output,
}
_ORDER = tuple(_DESKS)
_READ_IT = ("读", "不读")


def plan_import(
    ledger: Ledger,
    books: Sequence[Path],
    answers: Mapping[str, str] | None = None,
    progress: Callable[[int, int, str], None] = _silent,
) -> ImportPlan:
    """Work out what importing these workbooks would do. Writes nothing. Raises KnownError for an unreadable book."""
    answers = answers or {}
    basis = batches.history_head(ledger)
    planner = Planner(ledger)
    places = Places(planner, read_settings(ledger).get("city") or reference.load()["city"])
    firms = Firms(planner, places.words())
    calendar = work_calendar(ledger)
    planners = {name: made(planner, firms, places, calendar) for name, made in _DESKS.items()}
    tables: list[tuple[str, ParsedTable]] = []
    sheets: list[SheetPlan] = []
    questions: list[Question] = []
    digests = []
    labels = _labels(books)
    scopes = {label: f"{label}!" if len(books) > 1 else "" for label in labels}
    for number, (book, label) in enumerate(zip(books, labels, strict=True)):
        progress(number, len(books), f"正在读 {label}")
        mine = _answers_for(answers, scopes[label])
        asked: list[Question] = []
        read = readable(read_book(book), mine, sheets, asked)
        digests.append(hashlib.sha256(book.read_bytes()).hexdigest())
        for found in recognise(read, desks(), answers=mine, banks=places.bank_words()):
            if isinstance(found, ParsedTable):
                tables.append((label, found))
                asked.extend(found.questions)
            else:
                remark = Remark(0, "", "", found.reason)
                sheets.append(SheetPlan(label, found.sheet, "", (), (), (remark,)))
        questions.extend(replace(one, id=scopes[label] + one.id) for one in asked)
    total = sum(len(table.rows) for _, table in tables)
    done = 0
    for name, table in sorted(tables, key=lambda one: _ORDER.index(one[1].desk)):
        asked = []
        mine = _answers_for(answers, scopes[name])
        told = partial(_row_told, progress, done, total, f"{name} · {table.sheet}")
        sheets.append(_plan_table(name, table, planner, planners[table.desk], mine, asked, told))
        questions.extend(replace(one, id=scopes[name] + one.id) for one in asked)
        done += len(table.rows)
    unique = {one.id: one for one in questions}
    return ImportPlan(labels, tuple(digests), tuple(sheets), tuple(unique.values()), planner, basis)


def _row_told(progress: Callable[[int, int, str], None], done: int, total: int, what: str, row: int) -> None:
    if row % _OFTEN == 0:
        progress(done + row, total, what)


def _labels(books: Sequence[Path]) -> tuple[str, ...]:
    """What each book is called: its file name, with its folder where two have the same, with its place where both do."""
    names = [book.name for book in books]
    longer = [
        name if names.count(name) == 1 else f"{book.absolute().parent.name}/{name}"
        for book, name in zip(books, names, strict=True)
    ]
    return tuple(
        name if longer.count(name) == 1 else f"{name}（{place}）" for place, name in enumerate(longer, start=1)
    )


def _answers_for(answers: Mapping[str, str], scope: str) -> Mapping[str, str]:
    """The answers meant for one book: with several books, questions carry the book's name in front."""
    if not scope:
        return answers
    return {key.removeprefix(scope): answer for key, answer in answers.items() if key.startswith(scope)}


def readable(book: Book, answers: Mapping[str, str], sheets: list[SheetPlan], questions: list[Question]) -> Book:
    """The sheets to read. Sheets of our own exports that are only for reading are left out; a hidden sheet, which may
    be an old copy its owner does not see, is read only if a person says so."""
    kept = []
    for sheet in book.sheets:
        if sheet.name.endswith(READ_ONLY):
            continue
        asked = Question(
            f"{sheet.name}!*!隐藏", sheet.name, f"“{sheet.name}”是隐藏的工作表，要读吗？", _READ_IT, "hidden"
        )
        if sheet.hidden and sheet.rows and answers.get(asked.id) != _READ_IT[0]:
            questions.append(asked)
            said = Remark(
                0, "", "", "隐藏的工作表没有读，可能是旧的副本；要读请先取消隐藏，或回答这个问题", question=asked.id
            )
            sheets.append(SheetPlan(book.name, sheet.name, "", (), (), (said,)))
            continue
        kept.append(replace(sheet, hidden=False))
    return replace(book, sheets=tuple(kept), warnings=())


def _plan_table(
    book: str,
    table: ParsedTable,
    planner: Planner,
    desk: Desk,
    answers: Mapping[str, str],
    questions: list[Question],
    told: Callable[[int], None],
) -> SheetPlan:
    rows: list[RowPlan] = []
    refused: list[Remark] = []
    warned: list[Remark] = list(table.warned)
    survey = _survey_data(table, warned)
    mark = find_secrecy_mark(table.title)
    if mark is not None:
        warned.append(Remark(0, "", table.title, mark.reason, alarm=SECRET))
    for place, parsed in enumerate(table.rows):
        told(place)
        incoming = Incoming(table, parsed, answers)
        incoming.warned.extend(parsed.warned)
        incoming.refused.extend(parsed.refused)
        _point_out_secrets(incoming)
        touch = planner.begin_row()
        verdict = REFUSED
        if survey is not None:
            incoming.refused.append(Remark(parsed.row, "", table.title, survey.reason, alarm=SURVEY))
        elif not parsed.refused:
            try:
                desk.plan(incoming)
                verdict = NEW if touch.made else CHANGED if touch.changed else SAME
            except Refused:
                planner.take_back_row()
        if verdict == REFUSED:
            incoming.values = {
                cell.field: cell.reading.value for cell in parsed.cells if cell.reading.value is not None
            }
        rows.append(RowPlan(parsed.row, verdict, incoming.values, dict(touch.changed)))
        refused.extend(incoming.refused)
        warned.extend(incoming.warned)
        questions.extend(incoming.questions)
    planner.begin_row()
    if isinstance(desk, Output):
        warned.extend(Remark(0, "", "", said) for said in desk.plan_facts(table))
    return SheetPlan(book, table.sheet, table.desk, tuple(rows), tuple(refused), tuple(warned))


def _survey_data(table: ParsedTable, warned: list[Remark]) -> Finding | None:
    """联网直报 in a title refuses its rows; a survey form's number alone (offices copy the layout) is pointed out."""
    found = find_survey_mark(table.title) if table.desk == "output" else None
    if found is None or "联网" in found.mark:
        return found
    said = f"{found.reason}；如是企业自报数，请在数据来源里写明"
    warned.append(Remark(0, "", table.title, said, alarm=SURVEY))
    return None


def _point_out_secrets(row: Incoming) -> None:
    for cell in row.parsed.cells:
        mark = find_secrecy_mark(cell.text) if cell.text else None
        if mark is not None:
            row.warned.append(Remark(row.parsed.row, cell.column, cell.text, mark.reason, alarm=SECRET))
        if cell.field == "source" and cell.text and row.table.desk == "output":
            survey = find_survey_mark(cell.text)
            if survey is not None:
                row.refused.append(Remark(row.parsed.row, cell.column, cell.text, survey.reason, alarm=SURVEY))


def apply_import(
    ledger: Ledger,
    plan: ImportPlan,
    actor: str = "导入",
    progress: Callable[[int, int, str], None] = _silent,
    *,
    beside: Callable[[Ledger, Writer], None] | None = None,
) -> int | None:
    """Write a plan in one transaction; returns the import's write number, or None if there was nothing to write. What
    ``progress`` raises takes all of it back. ``beside``: writes more with it, which is undone with it.

    A plan worked out before somebody else's change is refused: plan again. A ledger that has had an import before is
    backed up first.
    """
    if plan.planner.is_empty:
        return None
    if batches.batches(ledger):
        progress(0, 0, "先备份台账")
        _back_up(ledger)
    names = "、".join(plan.books)
    with ledger.write(actor, f"导入 {names}") as writer:
        if batches.history_head(ledger) != plan.basis:
            raise KnownError("看预览之后台账又被改过，这次导入没有写入；请重新导入一次。")
        plan.planner.apply(writer, RECORDS, progress)
        if beside is not None:
            beside(ledger, writer)
        writer.insert(
            ImportBatch,
            {
                "book": names,
                "sha256": "\n".join(plan.digests),
                "at": clock.stamp(),
                "write_no": writer.write_no,
                "new": plan.count(NEW),
                "changed": plan.count(CHANGED),
                "same": plan.count(SAME),
                "refused": plan.count(REFUSED),
            },
        )
        return writer.write_no


def _back_up(ledger: Ledger) -> None:
    """A verified copy of what was there; those of earlier imports thin out."""
    made = backup.back_up(ledger.database, ledger.path, label=thinning.BEFORE_IMPORT)
    thinning.thin(made.parent, ledger.path.stem)


def undo_import(
    ledger: Ledger,
    number: int | None = None,
    actor: str = "撤销导入",
    progress: Callable[[int, int, str], None] = _silent,
) -> tuple[str, dict[str, int]]:
    """Take an import back whole (the newest one not yet undone unless a number is given); returns (books, counts). What
    ``progress`` raises takes the undoing back."""
    known = batches.batches(ledger)
    if number is None:
        open_ones = [one for one in known if not one.undone]
        if not open_ones:
            raise KnownError("没有可撤销的导入。")
        chosen = open_ones[0]
    else:
        matching = [one for one in known if one.number == number]
        if not matching:
            listed = "、".join(str(one.number) for one in known[:5]) or "无"
            raise KnownError(f"没有编号为 {number} 的导入（最近的编号：{listed}）。")
        chosen = matching[0]
        if chosen.undone:
            raise KnownError(f"编号为 {number} 的导入已经撤销过了。")
    return chosen.books, batches.take_back(
        ledger, chosen, actor, progress, lambda writer: settled_again(ledger, writer)
    )
