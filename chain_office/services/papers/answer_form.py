"""反馈表: the form a unit fills and sends back, as Word (a block a problem) and as Excel (a line a problem)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.feedback import FILLED, PRINTED, STATUSES, UNIT, cell_key, spec
from chain_office.domain.values import DAY
from chain_office.reports.papers import Cell, Grid, SheetColumn
from chain_office.services.papers.wording import ROLES, deadline, known, what

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.specs import FieldSpec
    from chain_office.queries.paper_rows import PaperProblem, PaperUnit
    from chain_office.reports.papers import ColumnKind
    from chain_office.services.papers.numbering import Numbered

_SHARES = (14.0, 31.0, 18.0, 27.0)
HOW = (
    "每件一栏，请在空白处填写后发回（Word、Excel 任选一种，照片和盖章件另附）；回执号、记录号请勿改动。"
    f"“办理状态”请填：{'、'.join(STATUSES)}。"
)


def word_form(unit: PaperUnit, items: Sequence[tuple[PaperProblem, str]], number: Numbered) -> tuple[Grid, ...]:
    """The parts of the Word form. Who fills it stands at the top: alone at its end it would take a page of its own."""
    head = Grid(
        _SHARES,
        (
            (_label(UNIT), Cell(known(unit.name)), Cell("发文号", head=True), Cell(number.text)),
            (*_blank("filled_by", lines=1.4), *_blank("phone", lines=1.4)),
            (*_blank("filled_day", lines=2), Cell("单位（盖章）", head=True), Cell("", lines=2)),
        ),
        notes=(HOW,),
    )
    return (head, *(_block(problem, role, number) for problem, role in items))


def _block(problem: PaperProblem, role: str, number: Numbered) -> Grid:
    code = number.code(problem)
    rows = (
        (_label(spec("code")), Cell(code), _label(spec("record_no")), Cell(problem.no)),
        (_label(spec("enterprise")), Cell(known(problem.enterprise)), _label(spec("role")), Cell(ROLES[role])),
        (_label(spec("problem")), Cell(what(problem), across=3)),
        (*_blank("received", code), *_blank("received_by", code)),
        (*_blank("received_day", code), *_blank("status", code)),
        (_label(spec("deadline")), Cell(deadline(problem)), *_blank("due_day", code)),
        (_label(spec("done")), Cell("", across=3, lines=3, key=cell_key("done", code))),
        (*_blank("reason", code, 2), *_blank("next_step", code, 2)),
    )
    return Grid(_SHARES, rows)


def _label(one: FieldSpec) -> Cell:
    return Cell(one.label, head=True)


def _blank(key: str, code: str = "", lines: float = 1.0) -> tuple[Cell, Cell]:
    return _label(spec(key)), Cell("", lines=lines, key=cell_key(key, code))


def columns() -> tuple[SheetColumn, ...]:
    """The columns of the Excel form."""
    printed = tuple(SheetColumn(one.name, one.label, one.width, locked=True) for one in (UNIT, *PRINTED))
    return (*printed, *(SheetColumn(one.name, one.label, one.width, _kind(one), one.choices) for one in FILLED))


def _kind(one: FieldSpec) -> ColumnKind:
    if one.choices:
        return "choice"
    return "date" if one.kind is DAY else "text"


def rows(unit: PaperUnit, items: Sequence[tuple[PaperProblem, str]], number: Numbered) -> tuple[tuple[str, ...], ...]:
    """The lines of the Excel form."""
    return tuple(
        (
            known(unit.short), number.code(problem), problem.no, known(problem.enterprise), what(problem), ROLES[role],
            deadline(problem), *("" for _ in FILLED),
        )
        for problem, role in items
    )  # fmt: skip
