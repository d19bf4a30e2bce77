"""Import as the command line uses it: open or make the ledger, plan, apply, and tell about it."""

from __future__ import annotations

import contextlib
import json
import tempfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office import files
from chain_office.domain.errors import KnownError
from chain_office.services.importing.plan import CHANGED, NEW, REFUSED, SAME
from chain_office.services.importing.service import apply_import, plan_import
from chain_office.services.ledgers import make_ledger, open_existing, open_or_make, open_to_write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.domain.tables import Remark
    from chain_office.services.importing.plan import ImportPlan, SheetPlan

_LABELS = {
    "enterprises": "企业",
    "visits": "走访",
    "problems": "问题",
    "finance": "银企",
    "projects": "项目",
    "output": "产值",
}
_VERDICTS = {NEW: "新增", CHANGED: "修改", SAME: "相同", REFUSED: "拒收"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan and, if it was applied and changed anything, its write number."""

    plan: ImportPlan
    write_no: int | None


def run(ledger: Path, books: Sequence[Path], *, answers_file: Path | None = None, plan_only: bool = False) -> Outcome:
    """Import books into a ledger; a missing ledger is made, except by ``plan_only``, which writes nothing at all."""
    answers = read_answers(answers_file)
    if plan_only:
        if ledger.exists():
            with open_existing(ledger, read_only=True) as opened:
                return Outcome(plan_import(opened, books, answers), None)
        with tempfile.TemporaryDirectory() as folder, open_or_make(Path(folder) / "预览.ledger") as opened:
            return Outcome(plan_import(opened, books, answers), None)
    if not ledger.exists():
        return _into_new(ledger, books, answers)
    with open_to_write(ledger) as opened:
        plan = plan_import(opened, books, answers)
        return Outcome(plan, apply_import(opened, plan))


class _NothingPassed(Exception):
    """No row of the books may be stored, so no ledger is made of them."""


def _into_new(ledger: Path, books: Sequence[Path], answers: Mapping[str, str]) -> Outcome:
    """Import into a ledger that is not there yet: it appears filled, or not at all."""
    outcomes: list[Outcome] = []

    def fill(opened: Ledger) -> None:
        plan = plan_import(opened, books, answers)
        outcomes.append(Outcome(plan, apply_import(opened, plan)))
        if not plan.accepts_anything:
            raise _NothingPassed

    with contextlib.suppress(_NothingPassed):
        make_ledger(ledger, fill)
    return outcomes[0]


def read_answers(path: Path | None) -> dict[str, str]:
    """Answers from a JSON file {question id: answer}. Raises KnownError."""
    if path is None:
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KnownError(f"读不了回答文件“{path}”（{files.reason(error)}）；请检查路径。") from error
    except ValueError as error:
        raise KnownError(
            f"回答文件“{path.name}”不是完整的 JSON，没有导入；内容应为 {{问题编号: 回答}}。", detail=str(error)
        ) from error
    if not isinstance(data, dict):
        raise KnownError(f"回答文件“{path.name}”应为 {{问题编号: 回答}} 这样的 JSON。")
    return {str(key): str(value) for key, value in data.items()}


def as_json(plan: ImportPlan, *, rows: bool = False) -> dict[str, object]:
    """The plan as `import --json` prints it."""
    sheets = []
    for sheet in plan.sheets:
        one: dict[str, object] = {
            "book": sheet.book,
            "sheet": sheet.sheet,
            "desk": sheet.desk or None,
            "new": sheet.count(NEW),
            "changed": sheet.count(CHANGED),
            "same": sheet.count(SAME),
            "refused": [_remark(remark) for remark in sheet.refused],
            "warned": [_remark(remark) for remark in sheet.warned],
        }
        if rows:
            one["rows"] = [{"row": row.row, "verdict": row.verdict, "values": _plain(row.values)} for row in sheet.rows]
        sheets.append(one)
    questions = [{"id": q.id, "sheet": q.sheet, "text": q.text, "choices": list(q.choices)} for q in plan.questions]
    return {"sheets": sheets, "questions": questions}


def _remark(remark: Remark) -> dict[str, object]:
    return {"row": remark.row, "column": remark.column, "text": remark.text, "reason": remark.reason}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def as_lines(plan: ImportPlan, *, rows: bool = False) -> list[str]:
    """The plan as a person reads it."""
    lines: list[str] = []
    for sheet in plan.sheets:
        lines.extend(_sheet_lines(sheet, rows=rows))
    if plan.questions:
        lines.append(f"有 {len(plan.questions)} 个问题要先回答（写进 JSON 文件，用 --answers 给出）：")
        for question in plan.questions:
            choices = f"（可选：{'、'.join(question.choices)}）" if question.choices else ""
            lines.append(f"  {question.id}  {question.text}{choices}")
    return lines


def _sheet_lines(sheet: SheetPlan, *, rows: bool) -> list[str]:
    if not sheet.desk:
        return [f"{sheet.book} · {sheet.sheet}：没有读入（{'、'.join(one.reason for one in sheet.warned)}）"]
    counts = "、".join(f"{_VERDICTS[one]} {sheet.count(one)}" for one in (NEW, CHANGED, SAME, REFUSED))
    lines = [f"{sheet.book} · {sheet.sheet} → {_LABELS[sheet.desk]}：{counts}"]
    lines.extend(f"  拒收 第 {one.row} 行 {one.column}“{one.text}”：{one.reason}" for one in sheet.refused)
    lines.extend(f"  注意 {_where(one)}{one.reason}" for one in sheet.warned)
    if rows:
        lines.extend(f"  第 {one.row} 行 {_VERDICTS[one.verdict]} {_values(one.values)}" for one in sheet.rows)
    return lines


def _where(remark: Remark) -> str:
    place = f"第 {remark.row} 行 " if remark.row else ""
    column = (
        f"{remark.column}“{remark.text}”："
        if remark.column and remark.text
        else f"{remark.column}："
        if remark.column
        else ""
    )
    return place + column


def _values(values: Mapping[str, object]) -> str:
    return "  ".join(f"{name}={_plain(value)}" for name, value in values.items())
