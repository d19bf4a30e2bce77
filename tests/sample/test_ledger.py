"""The ordinary importer reads the sample's books into the figures counted without it."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.forms import form
from chain_office.queries.editing.rows import live
from chain_office.services.editing.case import Case
from chain_office.services.editing.checking import faults
from chain_office.services.figures import flat, headline
from chain_office.services.importing.service import plan_import
from chain_office.services.ledgers import open_existing
from chain_office.services.sample_records import read_records
from chain_office.services.sampling import make_sample
from making.problems import PROBLEMS
from tests.sample.reading import BOOKS, FOLDER

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
FIGURES = [(day, key) for day in sorted(EXPECTED) for key in EXPECTED[day]]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path: Path = tmp_path_factory.mktemp("ledger") / "示例 台账.ledger"
    return path, make_sample(path)


@pytest.fixture(scope="module")
def figures(made):
    with open_existing(made[0], read_only=True) as ledger:
        return {day: flat(headline(ledger, date.fromisoformat(day))) for day in EXPECTED}


@pytest.mark.parametrize(("day", "key"), FIGURES)
def test_a_figure_is_what_was_counted(figures, day, key):
    assert figures[day][key] == EXPECTED[day][key]


def test_nothing_is_refused_and_nothing_asked(made):
    plan = made[1]
    assert [(sheet.sheet, sheet.refused) for sheet in plan.sheets if sheet.refused] == []
    assert plan.questions == ()


def test_only_the_summary_is_not_read(made):
    assert [sheet.sheet for sheet in made[1].sheets if not sheet.desk] == ["分县市区汇总"]


def warnings(plan, sheet: str) -> list[tuple[str, str]]:
    return [(warned.text, warned.reason) for one in plan.sheets if one.sheet == sheet for warned in one.warned]


def test_the_bank_that_is_none_is_read_with_a_warning(made):
    for sheet, times in (("意向及授信", 4), ("放款明细", 2)):
        found = [reason for text, reason in warnings(made[1], sheet) if "农开行" in text]
        assert found
        assert all("农发行" in reason for reason in found)
        assert len(found) <= times


def test_only_the_total_that_is_meant_not_to_add_up_is_pointed_out(made):
    found = [
        (sheet.sheet, warned.text) for sheet in made[1].sheets for warned in sheet.warned if "相加" in warned.reason
    ]
    assert [sheet for sheet, _ in found] == ["8月"]


def test_closures_keep_apart_what_was_verified(made):
    with sqlite3.connect(made[0]) as ledger:
        found = dict(
            ledger.execute(
                "SELECT closed_verified, count(*) FROM problem WHERE state = 'closed' AND deleted_at IS NULL GROUP BY 1"
            ).fetchall()
        )
    states = [one.state for one in PROBLEMS]
    assert found == {1: states.count("verified"), 0: states.count("unverified")}


def test_importing_the_books_again_changes_nothing(made):
    with open_existing(made[0], read_only=True) as ledger:
        plan = plan_import(ledger, BOOKS)
    assert {verdict: plan.count(verdict) for verdict in ("new", "changed", "refused")} == {
        "new": 0,
        "changed": 0,
        "refused": 0,
    }


def test_what_no_workbook_holds_is_there_is_invented_and_keeps_the_rules(made):
    """Every record of beside.json is in the ledger, stands on invented names, and could be saved again as it is."""
    told = read_records()
    with open_existing(made[0], read_only=True) as ledger:
        for table, records in told.items():
            if not isinstance(records, list):
                continue
            rows = live(ledger, table)
            assert len(rows) == len(records), table
            for row in rows:
                told_of = frozenset(field.name for field in form(table) if row[field.name] is not None) - {
                    form(table).owner
                }
                case = Case(ledger, form(table), row["id"], row, row, told_of, date(2021, 11, 19))
                assert [fault for fault in faults(case) if fault.stops] == [], (table, row)
        invented = {row["name"] for row in live(ledger, "enterprise") if "示例" in row["name"]}
    for record in (
        *told["visit_plan"],
        *told["promise"],
        *told["loan_review"],
        *told["project_node"],
        *told["prospect"],
    ):
        assert "示例" in json.dumps(record, ensure_ascii=False)
    assert set(told["protected"]["enterprises"]) <= invented
