"""The dashboard's present state, from the tallies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.ledger import open_ledger
from chain_office.db.models import Enterprise, MonthlyOutput, Problem, Unit
from chain_office.queries import dashboard
from chain_office.queries.dashboard import MonthTally

if TYPE_CHECKING:
    from pathlib import Path


def test_it_shows_units_states_and_months(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "总.ledger", create=True) as ledger:
        assert dashboard.problems_by_unit(ledger) == ()
        assert dashboard.output_by_month(ledger) == ()
        with ledger.write("甲", "登记") as writer:
            unit = writer.insert(Unit, {"name": "市工业和信息化局", "short": "市工信局"})
            for state in ("doing", "assigned", "closed"):
                writer.insert(Problem, {"text": state, "lead_unit": unit, "state": state})
            loose = writer.insert(Problem, {"text": "一", "state": "waiting"})
            writer.bin(Problem, writer.insert(Problem, {"text": "二", "state": "rejected"}))
            firm = writer.insert(Enterprise, {"name": "示例铜业"})
            writer.insert(MonthlyOutput, {"enterprise": firm, "month": "2021-09", "month_yuan": None, "cum_yuan": 0})
            writer.insert(MonthlyOutput, {"enterprise": firm, "month": "2021-10", "month_yuan": 7})
        first, second = dashboard.problems_by_unit(ledger)
        assert (first.unit_id, first.unit, first.total, first.bucket("open")) == (unit, "市工信局", 3, 2)
        assert (second.unit_id, second.unit, second.states) == (None, "", {"waiting": 1})
        assert dashboard.problems_by_state(ledger) == {"doing": 1, "assigned": 1, "closed": 1, "waiting": 1}
        assert dashboard.output_by_month(ledger) == (
            MonthTally("2021-09", 1, 0, None, 1, 0),
            MonthTally("2021-10", 1, 1, 7, 0, None),
        )
        assert [one.month for one in dashboard.output_by_month(ledger, "2021-10", "2021-12")] == ["2021-10"]
        with ledger.write("甲", "删") as writer:
            writer.bin(Problem, loose)
        assert len(dashboard.problems_by_unit(ledger)) == 1
