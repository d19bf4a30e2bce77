"""What is exported imports back: nothing changes in the same ledger, the figures are the same in a new one."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from chain_office.db.models import (
    Achievement,
    Campaign,
    Drawdown,
    ProjectCause,
    Promise,
    Prospect,
    Target,
    Visit,
    VisitPlan,
)
from chain_office.paths import resource
from chain_office.services.exporting import export_ledger
from chain_office.services.figures import flat, headline
from chain_office.services.importing.service import apply_import, plan_import
from chain_office.services.ledgers import open_existing, open_or_make

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger

EXPECTED = json.loads(resource("sample", "expected.json").read_text("utf-8"))
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
UUID = re.compile(r"\b[0-9a-f]{32}\b")


def figures(ledger: Ledger) -> dict[str, dict[str, object]]:
    return {day: flat(headline(ledger, date.fromisoformat(day))) for day in EXPECTED}


def export(ledger: Path, book: Path, *, phones: bool = False) -> Path:
    with open_existing(ledger, read_only=True) as opened:
        export_ledger(opened, book, phones=phones)
    return book


def cells(book: Path) -> dict[str, list[list[str]]]:
    opened = openpyxl.load_workbook(book, read_only=True)
    found = {
        sheet.title: [["" if one is None else str(one) for one in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in opened.worksheets
    }
    opened.close()
    return found


def words(book: Path) -> str:
    return "\n".join("\t".join(row) for rows in cells(book).values() for row in rows)


def stored(ledger: Ledger) -> dict[str, list[Any]]:
    tables = ("enterprise", "contact", "problem", "assignment", "match", "drawdown", "project", "monthly_output")
    return {table: ledger.rows(f'SELECT * FROM "{table}" ORDER BY id') for table in tables}


@pytest.mark.parametrize("phones", [False, True])
def test_importing_an_export_changes_nothing(office: Path, tmp_path: Path, phones: bool) -> None:
    book = export(office, tmp_path / "导出.xlsx", phones=phones)
    with open_existing(office) as ledger:
        before = stored(ledger)
        plan = plan_import(ledger, [book])
        assert [(sheet.sheet, sheet.refused) for sheet in plan.sheets if sheet.refused] == []
        assert [(plan.count("new"), plan.count("changed"), plan.count("refused"))] == [(0, 0, 0)]
        assert plan.count("same") > 500
        assert plan.questions == ()
        assert apply_import(ledger, plan) is None
        assert stored(ledger) == before


def test_a_new_ledger_from_an_export_has_the_same_figures(office: Path, tmp_path: Path) -> None:
    book = export(office, tmp_path / "导出.xlsx", phones=True)
    with open_or_make(tmp_path / "新.ledger") as fresh:
        plan = plan_import(fresh, [book])
        assert plan.count("refused") == 0
        apply_import(fresh, plan)
        found = figures(fresh)
    for day, wanted in EXPECTED.items():
        assert {key: found[day][key] for key in wanted} == wanted, day


def test_phones_are_masked_unless_asked_for(office: Path, tmp_path: Path) -> None:
    masked = words(export(office, tmp_path / "打码.xlsx"))
    plain = words(export(office, tmp_path / "不打码.xlsx", phones=True))
    assert not PHONE.search(masked)
    assert "****" in masked
    assert len(PHONE.findall(plain)) > 50
    assert "****" not in plain


def test_an_export_holds_no_ids_of_the_program(office: Path, tmp_path: Path) -> None:
    assert not UUID.search(words(export(office, tmp_path / "导出.xlsx")))


def test_an_edit_in_an_export_changes_that_and_nothing_else(office: Path, tmp_path: Path) -> None:
    book = export(office, tmp_path / "导出.xlsx")
    opened = openpyxl.load_workbook(book)
    sheet = opened["企业"]
    headings = [cell.value for cell in sheet[1]]
    row = next(one for one in sheet.iter_rows(min_row=2) if one[headings.index("企业名称")].value)
    row[headings.index("职工人数(人)")].value = 4321
    opened.save(book)
    with open_existing(office) as ledger:
        plan = plan_import(ledger, [book])
        assert (plan.count("new"), plan.count("changed"), plan.count("refused")) == (0, 1, 0)
        number = apply_import(ledger, plan)
        lines = ledger.rows(
            "SELECT table_name, field, after FROM history WHERE write_no = ? AND table_name <> 'import_batch'",
            (number,),
        )
    assert lines == [("enterprise", "employees", "4321")]


def test_the_same_ledger_exports_the_same_rows(office: Path, tmp_path: Path) -> None:
    assert cells(export(office, tmp_path / "一.xlsx")) == cells(export(office, tmp_path / "二.xlsx"))


def test_what_hangs_on_records_leaves_in_sheets_for_reading(office: Path, tmp_path: Path) -> None:
    """Promises, plans, goals … are told by numbers and names, and an import of the book leaves them alone."""
    with open_existing(office) as ledger:
        firm, visit = ledger.rows("SELECT enterprise_id, id FROM visit WHERE deleted_at IS NULL LIMIT 1")[0]
        project = ledger.value("SELECT id FROM project LIMIT 1")
        problem = ledger.value("SELECT id FROM problem ORDER BY number LIMIT 1")
        with ledger.write("甲", "登记") as writer:
            campaign = writer.insert(Campaign, {"name": "年末集中走访"})
            writer.insert(VisitPlan, {"campaign_id": campaign, "enterprise_id": firm, "due_day": date(2021, 12, 1)})
            writer.insert(Promise, {"visit_id": visit, "text": "一周内协调用电增容", "side": "我方"})
            writer.insert(ProjectCause, {"project_id": project, "problem_id": problem, "node": "用地"})
            writer.insert(Target, {"year": 2021, "name": "产值过三百亿", "goal_yuan": 30_000_000_000})
            writer.insert(Prospect, {"name": "远山铜箔二期", "met_day": date(2021, 11, 1), "total_yuan": 500_000_000})
            writer.insert(Achievement, {"name": "稀散金属提取", "contact": "李工", "phone": "13812345678"})
    book = export(office, tmp_path / "导出.xlsx")
    found = cells(book)
    with open_existing(office, read_only=True) as ledger:
        name = ledger.value("SELECT coalesce(short_name, name) FROM enterprise WHERE id = ?", (firm,))
        number = ledger.value("SELECT number FROM project WHERE id = ?", (project,))
    assert str(name) in found["走访计划（附表）"][-1][1]
    assert found["承诺事项（附表）"][-1][0].startswith("ZF")
    assert found["项目制约问题（附表）"][-1][0].startswith(f"XM{number:04d} ")
    assert found["项目制约问题（附表）"][-1][1].startswith("WT")
    assert found["发展目标（附表）"][-1][0] == "MB0006"
    assert "138****5678" in found["科研成果（附表）"][-1]
    with open_existing(office) as ledger:
        plan = plan_import(ledger, [book])
        assert [(plan.count("new"), plan.count("changed"), plan.count("refused"))] == [(0, 0, 0)]


def test_consent_rates_and_terms_come_back(office: Path, tmp_path: Path) -> None:
    with open_existing(office) as ledger:
        visit = ledger.value("SELECT id FROM visit WHERE deleted_at IS NULL ORDER BY number LIMIT 1")
        drawn = ledger.value("SELECT id FROM drawdown WHERE deleted_at IS NULL ORDER BY id LIMIT 1")
        with ledger.write("甲", "补记") as writer:
            writer.update(Visit, visit, {"consent_by": "王总", "consent_way": "电话", "booking_no": "Y-7"})
            writer.update(Visit, visit, {"consent_day": date(2020, 10, 9), "rated_day": date(2020, 10, 20)})
            writer.update(Drawdown, drawn, {"drawn_term": "3年", "repay_day": date(2023, 12, 1)})
    book = export(office, tmp_path / "导出.xlsx")
    with open_or_make(tmp_path / "新.ledger") as fresh:
        apply_import(fresh, plan_import(fresh, [book]))
        told = fresh.rows("SELECT consent_by, consent_way, booking_no, consent_day, rated_day FROM visit")
        assert ("王总", "电话", "Y-7", "2020-10-09", "2020-10-20") in told
        assert ("3年", "2023-12-01") in fresh.rows("SELECT drawn_term, repay_day FROM drawdown")
