"""Write the small old ledger of the newest schema version: ``python -m tests.ledgers.make``.

One file a version, packed because empty pages pack well. A version's file is made anew only while that version is being
built; once it has left the house its file is never touched again, and every later program must open it.
"""

from __future__ import annotations

import lzma
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from chain_office import clock
from chain_office.db import migrations
from chain_office.db.ledger import open_ledger
from chain_office.db.models import (
    Assignment,
    Bank,
    Drawdown,
    Enterprise,
    Match,
    MonthlyOutput,
    Problem,
    ProblemEvent,
    Project,
    RegisterSpell,
    StageChange,
    Unit,
    Visit,
)
from chain_office.db.settings import put_settings

FOLDER = Path(__file__).resolve().parent


def packed(version: int) -> Path:
    """Where the ledger of a version is kept."""
    return FOLDER / f"version-{version}.ledger.xz"


def fill(path: Path) -> None:
    """One or two records on every desk, some of them changed and binned since, all of them invented."""
    with open_ledger(path, create=True) as ledger:
        with ledger.write("甲", "登记") as writer:
            put_settings(writer, {"chain": "示例产业链", "as_of": "2021-11-19"})
            unit = writer.insert(Unit, {"name": "示例局", "verified": False})
            bank = writer.insert(Bank, {"name": "示例银行", "verified": False})
            firm, gone = writer.insert_many(Enterprise, [{"name": "甲示例有限公司"}, {"name": "乙示例有限公司"}])
            writer.insert(RegisterSpell, {"enterprise_id": firm, "entry_day": date(2020, 1, 1)})
            writer.insert(
                RegisterSpell, {"enterprise_id": gone, "entry_day": date(2020, 1, 1), "exit_day": date(2021, 1, 1)}
            )
            writer.insert(Visit, {"enterprise_id": firm, "day": date(2020, 10, 15)})
            values = {"text": "缺工三十人", "enterprise_id": firm, "state": "doing", "lead_unit_id": unit, "rounds": 1}
            problem = writer.insert(Problem, {**values, "assigned_day": date(2020, 11, 6)})
            writer.insert(Assignment, {"problem_id": problem, "unit_id": unit, "role": "lead"})
            for seq, (state, day) in enumerate((("assigned", date(2020, 11, 6)), ("doing", date(2020, 11, 9))), 1):
                step = {"problem_id": problem, "seq": seq, "kind": "opening" if seq == 1 else "import", "state": state}
                writer.insert(ProblemEvent, {**step, "day": day})
            match = writer.insert(Match, {"enterprise_id": firm, "bank_id": bank, "reached": "drawn"})
            writer.insert(Drawdown, {"match_id": match, "drawn_yuan": 5_000_000, "day": date(2021, 3, 1)})
            project = writer.insert(Project, {"name": "示例铜箔项目", "stage": "under_construction"})
            writer.insert(StageChange, {"project_id": project, "stage": "under_construction", "day": date(2021, 2, 1)})
            writer.insert(MonthlyOutput, {"enterprise_id": firm, "month": "2021-09", "cum_yuan": 90_000_000})
        with ledger.write("乙", "更正") as writer:
            writer.update(Enterprise, firm, {"employees": 120}, version=1)
            writer.bin(Bank, writer.insert(Bank, {"name": "写错的银行", "verified": False}))


def main() -> None:
    """Make the file of the newest version."""
    clock.set_clock(lambda: datetime(2022, 1, 5, 12, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.ledger"
        fill(path)
        packed(migrations.newest()).write_bytes(lzma.compress(path.read_bytes(), preset=9))


if __name__ == "__main__":
    main()
