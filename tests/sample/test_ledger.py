"""The ordinary importer reads the sample's books into the figures counted without it."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.services.figures import flat, headline
from chain_office.services.importing.service import plan_import
from chain_office.services.ledgers import open_existing
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
