"""The loop closes: the papers' own 反馈表 leaves with its 交办单, is filled in, saved by another suite, and comes back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from chain_office.domain import feedback
from chain_office.services.feedback import accept
from chain_office.services.feedback.plan import BLANK, READY, SAME
from chain_office.services.papers import order_papers, write_papers
from tests.libreoffice import convert, needs_calc, needs_writer
from tests.services.feedback.conftest import CO, LEAD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.services.feedback.conftest import Case

ANSWERS = {
    "received": "是", "received_by": "李四", "received_day": "11月9日", "status": feedback.PARTIAL, "done": "已解决一半",
    "reason": "等省里批复", "next_step": "年底前再报", "due_day": "12月31日", "filled_by": "王五", "filled_day": "2021年11月15日",
}  # fmt: skip


@pytest.fixture
def issued(case: Case) -> dict[str, Path]:
    """The forms that leave with the problem, by ending, of the lead unit; "co" + ending of the co-unit."""
    order = order_papers(case.ledger, "单件交办", date(2021, 11, 8), actor="王敏")
    files = tuple(
        replace(one, formats=tuple(each for each in one.formats if each != ".pdf"))
        for one in order.files
        if feedback.MARK in one.content.name
    )
    write_papers(replace(order, files=files), case.folder / "发出")
    found = {}
    for path in (case.folder / "发出").rglob("*.*"):
        found[("co" if CO in path.name else "") + path.suffix] = path
    return found


def fill_word(path: Path, values: Mapping[str, str]) -> None:
    """Type into the tagged controls, as Word does."""
    document = docx.Document(str(path))
    left = dict(values)
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        key = feedback.read_cell_key(tag.get(qn("w:val"))) if tag is not None else None
        if key is not None and key[0] in left:
            texts = list(control.iter(qn("w:t")))
            texts[0].text = left.pop(key[0])
            for rest in texts[1:]:
                rest.text = ""
    assert not left, "the form has a place for every answer"
    document.save(str(path))


def fill_sheet(path: Path, values: Mapping[str, str]) -> None:
    """Type into the first line."""
    book = openpyxl.load_workbook(str(path))
    page = book.worksheets[0]
    rows = list(page.iter_rows())
    at = next(at for at, row in enumerate(rows) if any(cell.value == "回执号" for cell in row))
    columns = {str(cell.value): place for place, cell in enumerate(rows[at])}
    for key, value in values.items():
        rows[at + 1][columns[feedback.spec(key).label]].value = value
    book.save(str(path))


def test_a_form_as_it_left_is_known_and_empty(case: Case, issued: dict[str, Path]) -> None:
    plan = case.plan(*issued.values())
    assert plan.refused == 0
    assert {(one.verdict, one.record_no) for one in plan.proposals} == {(BLANK, case.record_no)}
    assert {one.left for one in plan.proposals} == {case.left}


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_a_filled_form_comes_back_as_the_steps_it_says(case: Case, issued: dict[str, Path], ending: str) -> None:
    (fill_word if ending == ".docx" else fill_sheet)(issued[ending], ANSWERS)
    renamed = case.folder / f"新建 文档(1){ending}"
    shutil.move(issued[ending], renamed)
    plan = case.plan(renamed)
    (one,) = plan.proposals
    assert (one.verdict, one.faults) == (READY, ())
    assert (one.unit_id, one.role) == (case.units[LEAD], feedback.LEAD)
    assert [edit.verb for edit in one.steps] == ["acknowledge", "partial"]
    assert one.steps[0].values["day"] == date(2021, 11, 9)
    assert one.steps[1].values["text"] == "已解决一半"
    assert one.steps[1].values["contact"] == "王五"
    accept(case.ledger, plan, [one.id], "王敏")
    assert case.state == "partial"
    assert [each.verdict for each in case.plan(renamed).proposals] == [SAME]


def test_word_and_workbook_of_one_answer_count_once(case: Case, issued: dict[str, Path]) -> None:
    fill_word(issued[".docx"], ANSWERS)
    fill_sheet(issued[".xlsx"], ANSWERS)
    plan = case.plan(issued[".docx"], issued[".xlsx"])
    assert [one.verdict for one in plan.proposals] == [READY, SAME]


@needs_writer
@pytest.mark.parametrize("kinds", [("docx",), ("odt",), ("odt", "docx")], ids="-".join)
def test_a_filled_word_form_saved_by_another_suite(
    case: Case, issued: dict[str, Path], kinds: tuple[str, ...], tmp_path: Path
) -> None:
    fill_word(issued[".docx"], ANSWERS)
    path = issued[".docx"]
    for place, kind in enumerate(kinds):
        path = convert(path, kind, tmp_path / f"saved {place}")
    (one,) = case.plan(path).proposals
    assert (one.verdict, one.unit_id) == (READY, case.units[LEAD])
    assert [edit.verb for edit in one.steps] == ["acknowledge", "partial"]
    assert one.steps[1].values["text"] == "已解决一半"


@needs_calc
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_filled_workbook_saved_by_another_suite(
    case: Case, issued: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    fill_sheet(issued["co.xlsx"], {**ANSWERS, "status": feedback.DOING})
    (one,) = case.plan(convert(issued["co.xlsx"], kind, tmp_path / "saved")).proposals
    assert (one.verdict, one.unit_id) == (READY, case.units[CO])
    assert [edit.verb for edit in one.steps] == ["acknowledge", "progress"]
