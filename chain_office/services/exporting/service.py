"""Export as a use case: the ledger's desks and what hangs on them, into one workbook, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office import files
from chain_office.db.desks import desk
from chain_office.db.models import ProblemEvent, PublishedTotal
from chain_office.domain import values
from chain_office.domain.specs import FieldSpec
from chain_office.domain.tables import READ_ONLY
from chain_office.exchange.write import OutColumn, OutSheet, write_book
from chain_office.services.exporting import sheets
from chain_office.services.exporting.appendices import APPENDICES
from chain_office.services.exporting.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chain_office.db.ledger import Ledger
    from chain_office.services.exporting.source import Row


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet: its name, fields in order, and where its rows come from. A sheet without rows is left out unless it
    is a desk's main sheet."""

    name: str
    fields: tuple[FieldSpec, ...]
    rows: Callable[[Source], Iterator[Row]]
    main: bool = False


def _pick(desk_id: str, *names: str) -> tuple[FieldSpec, ...]:
    spec = desk(desk_id)
    return tuple(spec.field(name) for name in names)


def _whole(desk_id: str, *leave_out: str) -> tuple[FieldSpec, ...]:
    return tuple(one for one in desk(desk_id) if not one.derived and one.name not in leave_out)


_EVENT = (
    FieldSpec("record_no", "记录号", values.TEXT, width=10),
    ProblemEvent.seq.spec,
    ProblemEvent.day.spec,
    FieldSpec("state", "之后状态", values.TEXT),
    FieldSpec("unit", "单位", values.TEXT),
    ProblemEvent.text.spec,
    ProblemEvent.reason.spec,
)
_CONTACT = ("contact", "post", "phone", "contact_phone", "scale_text")
_PROJECT_CHILDREN = (
    "year_plan_yuan", "year_goal", "plan_year", "month", "month_done_yuan", "year_done_yuan", "total_done_yuan",
    "image_progress", "stage_day",
)  # fmt: skip
_GRANTED = ("granted_yuan", "granted_day", "granted_rate", "granted_term")
_DRAWN = ("drawn_yuan", "drawn_day", "loan_kind", "rate", "drawn_term", "repay_day")
_NEED = ("need_yuan", "purpose", "term", "guarantee", "existing_yuan", "first_loan", "contact", "phone")
_PARTY = ("record_no", "enterprise", "uscc")
_EVENT_OF_LOAN = ("event", "event_day")


def layouts() -> tuple[Layout, ...]:
    """Every sheet of an export, in order."""
    return (
        Layout("企业", _whole("enterprises", *_CONTACT), sheets.enterprises, main=True),
        Layout(
            "企业联系人",
            _pick("enterprises", "record_no", "name", "contact", "post", "phone", "is_scale"),
            sheets.contacts,
        ),
        Layout("走访", _whole("visits", "district", "park"), sheets.visits, main=True),
        Layout("问题", _whole("problems", "owner_combined"), sheets.problems, main=True),
        Layout(f"问题办理过程{READ_ONLY}", _EVENT, sheets.problem_events),
        Layout("融资需求", _pick("finance", *_PARTY, *_NEED, "remark", *_EVENT_OF_LOAN), sheets.needs),
        Layout(
            "银企",
            _whole("finance", *_GRANTED, *_DRAWN, *_NEED, "contact_phone", "industry", "district"),
            sheets.matches,
            main=True,
        ),
        Layout("授信", _pick("finance", *_PARTY, "bank", *_GRANTED, *_EVENT_OF_LOAN), sheets.credits),
        Layout(
            "放款",
            _pick("finance", *_PARTY, "bank", *_DRAWN, *_EVENT_OF_LOAN),
            sheets.drawdowns,
        ),
        Layout("项目", _whole("projects", *_PROJECT_CHILDREN), sheets.projects, main=True),
        Layout(
            "项目年度计划",
            _pick("projects", "record_no", "name", "plan_year", "year_plan_yuan", "year_goal"),
            sheets.project_plans,
        ),
        Layout(
            "项目月度进度",
            _pick(
                "projects",
                "record_no",
                "name",
                "month",
                "month_done_yuan",
                "year_done_yuan",
                "total_done_yuan",
                "image_progress",
            ),
            sheets.project_months,
        ),
        Layout(
            f"项目阶段变更{READ_ONLY}",
            _pick("projects", "record_no", "name", "stage", "stage_day"),
            sheets.stage_changes,
        ),
        Layout("产值", _whole("output", "entry_kind", "district", "park"), sheets.outputs, main=True),
        Layout(
            f"公布数{READ_ONLY}",
            (PublishedTotal.month.spec, PublishedTotal.total_yuan.spec, PublishedTotal.source.spec),
            sheets.published_totals,
        ),
        *(Layout(f"{one.name}{READ_ONLY}", one.fields, one.rows) for one in APPENDICES),
    )


def export_ledger(ledger: Ledger, target: Path, *, phones: bool = False) -> int:
    """Write the workbook; returns the number of sheets. Phones are masked unless asked for."""
    source = Source(ledger, phones=phones)
    out: list[OutSheet] = []
    for layout in layouts():
        rows = [[source.shown(spec, row.get(spec.name)) for spec in layout.fields] for row in layout.rows(source)]
        if rows or layout.main:
            out.append(OutSheet(layout.name, [OutColumn(spec) for spec in layout.fields], rows))
    # The writer keeps parts of the book beside it while it works: in a folder of their own, so that none is ever left
    # in the user's.
    with files.atomic_output(target) as temporary, tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / target.name
        write_book(book, out)
        shutil.copyfile(book, temporary)
    return len(out)
