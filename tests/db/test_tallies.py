"""The triggers' tallies say what counting the rows says, whatever was done and by whom."""

from __future__ import annotations

import random
import sqlite3
from typing import TYPE_CHECKING

import pytest

from chain_office.db import tallies, undo
from chain_office.db.ledger import open_ledger
from chain_office.db.models import Enterprise, MonthlyOutput, Problem, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "计.ledger", create=True) as opened:
        yield opened


def units(ledger: Ledger) -> dict[tuple[str, str], int]:
    rows = ledger.rows("SELECT unit_id, state, problems FROM tally_unit_state WHERE problems <> 0")
    return {(unit, state): number for unit, state, number in rows}


def months(ledger: Ledger) -> dict[str, tuple[int, ...]]:
    rows = ledger.rows("SELECT month, firms, month_firms, month_yuan, cum_firms, cum_yuan FROM tally_month WHERE firms")
    return {row[0]: tuple(row[1:]) for row in rows}


def test_problems_are_counted_by_unit_and_state(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        unit = writer.insert(Unit, {"name": "市工信局"})
        first, second = writer.insert_many(Problem, [{"text": one, "lead_unit": unit} for one in ("一", "二")])
        writer.insert(Problem, {"text": "三"})
    assert units(ledger) == {(unit, "waiting"): 2, ("", "waiting"): 1}
    with ledger.write("甲", "销号") as writer:
        writer.update(Problem, first, {"state": "closed"})
        writer.bin(Problem, second)
    assert units(ledger) == {(unit, "closed"): 1, ("", "waiting"): 1}
    with ledger.write("甲", "找回") as writer:
        writer.unbin(Problem, second)
        writer.update(Problem, first, {"lead_unit": None})
    assert units(ledger) == {("", "closed"): 1, (unit, "waiting"): 1, ("", "waiting"): 1}
    assert tallies.check(ledger) == ()


def test_output_is_added_up_by_month(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        one, two = writer.insert_many(Enterprise, [{"name": name} for name in ("甲厂", "乙厂")])
        rows: list[dict[str, object]] = [
            {"enterprise": one, "month": "2021-09", "month_yuan": 100, "cum_yuan": 900},
            {"enterprise": two, "month": "2021-09", "month_yuan": None, "cum_yuan": 50},
            {"enterprise": two, "month": "2021-08", "month_yuan": 7, "cum_yuan": None},
        ]
        first, second, third = writer.insert_many(MonthlyOutput, rows)
        number = writer.write_no
    assert months(ledger) == {"2021-09": (2, 1, 100, 2, 950), "2021-08": (1, 1, 7, 0, 0)}
    with ledger.write("甲", "改") as writer:
        writer.update(MonthlyOutput, second, {"month_yuan": 5})
        writer.update(MonthlyOutput, first, {"cum_yuan": None})
        writer.update(MonthlyOutput, third, {"remark": "停产检修"})
    assert months(ledger) == {"2021-09": (2, 2, 105, 1, 50), "2021-08": (1, 1, 7, 0, 0)}
    with ledger.write("甲", "撤销") as writer:
        undo.take_back(writer, number)
    assert months(ledger) == {}
    assert tallies.check(ledger) == ()


def test_any_run_of_writes_keeps_them_right(ledger: Ledger) -> None:
    dice = random.Random(20211119)
    with ledger.write("甲", "登记") as writer:
        known = [writer.insert(Unit, {"name": f"单位{number}"}) for number in range(3)]
        firms = [writer.insert(Enterprise, {"name": f"企业{number}"}) for number in range(4)]
        problems = writer.insert_many(Problem, [{"text": f"问题{number}"} for number in range(12)])
        reports = writer.insert_many(
            MonthlyOutput,
            [
                {"enterprise": firm, "month": f"2021-{month:02d}", "month_yuan": month}
                for firm in firms
                for month in (1, 2)
            ],
        )
    for _ in range(40):
        with ledger.write("甲", "改") as writer:
            problem, report = dice.choice(problems), dice.choice(reports)
            writer.update(Problem, problem, {"lead_unit": dice.choice([*known, None])})
            writer.update(Problem, problem, {"state": dice.choice(["waiting", "doing", "closed"])})
            writer.update(
                Problem, dice.choice(problems), {"deleted_at": dice.choice([None, "2021-11-19T00:00:00.000Z"])}
            )
            amount = dice.choice([None, -5, 0, 123])
            writer.update(MonthlyOutput, report, {"month_yuan": amount, "cum_yuan": dice.choice([None, 9])})
            writer.update(MonthlyOutput, report, {"deleted_at": dice.choice([None, "2021-11-19T00:00:00.000Z"])})
        assert tallies.check(ledger) == ()


def test_another_tool_keeps_them_too_and_what_it_breaks_is_found_and_mended(ledger: Ledger) -> None:
    with ledger.write("甲", "登记") as writer:
        unit = writer.insert(Unit, {"name": "市工信局"})
        (problem,) = writer.insert_many(Problem, [{"text": "一", "lead_unit": unit}])
    with sqlite3.connect(ledger.path) as other:
        other.execute("UPDATE problem SET state = 'closed' WHERE id = ?", (problem,))
    other.close()
    assert units(ledger) == {(unit, "closed"): 1}
    with sqlite3.connect(ledger.path) as other:
        other.execute("UPDATE tally_unit_state SET problems = 5")
        other.execute("INSERT INTO tally_month VALUES ('2021-09', 1, 1, 1, 1, 1)")
    other.close()
    wrong = tallies.check(ledger)
    assert [(one.table, one.key, one.kept, one.counted) for one in wrong] == [
        ("tally_unit_state", (unit, "closed"), (5,), (1,)),
        ("tally_unit_state", (unit, "waiting"), (5,), (0,)),
        ("tally_month", ("2021-09",), (1, 1, 1, 1, 1), (0, 0, 0, 0, 0)),
    ]
    with ledger.write("甲", "重算") as writer:
        tallies.rebuild(writer)
    assert tallies.check(ledger) == ()
