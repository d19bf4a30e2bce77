"""Every identity can fail: a figure that is off by one is named, and no pack is made of it."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.domain.errors import KnownError
from chain_office.queries import figure_rows, finance, output, problems, projects, register
from chain_office.services import packs, reconciling
from chain_office.services.ledgers import open_existing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)


@pytest.fixture
def ledger(sample_office: Path) -> Iterator[Ledger]:
    with open_existing(sample_office, read_only=True) as opened:
        yield opened


def test_all_of_them_hold_of_the_sample(ledger: Ledger) -> None:
    for day in (date(2020, 12, 31), date(2021, 3, 31), date(2021, 6, 30), DAY):
        assert reconciling.broken(ledger, day) == ()


def _one_more(found: Any) -> Any:
    return found + 1


def _one_less(found: Any) -> Any:
    return found[1:]


@pytest.mark.parametrize(
    ("module", "name", "spoil", "named"),
    [
        (problems, "count_standing", _one_more, "收集 = 台账里到截止日已有的问题"),
        (problems, "by_unit", _one_less, "交办问题 = 各牵头单位之和"),
        (figure_rows, "problems_overdue", _one_less, "逾期 = 逐行数出的"),
        (register, "count_visited", _one_more, "走访企业 = 逐行数出的"),
        (finance, "by_bank", _one_less, "放款 = 各银行放款之和"),
        (projects, "count_counted", _one_more, "项目合计 = 纳入统计的项目"),
        (output, "total_in_sql", _one_more, "本年产值 = 各企业之和"),
    ],
)
def test_a_reading_that_differs_is_named(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, spoil: Any, named: str
) -> None:
    before = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given: spoil(before(*given)))
    found = reconciling.broken(ledger, DAY)
    assert named in {one.words for one in found}
    assert all(one.left != one.right and one.reference.startswith("figure:") for one in found)


def test_a_pack_is_refused_with_the_identity_and_where_its_rows_are(sample_office: Path, tmp_path: Path) -> None:
    """A problem that somebody's other program has put into two states at once."""
    copy = tmp_path / "坏.ledger"
    shutil.copyfile(sample_office, copy)
    with sqlite3.connect(copy) as other:
        other.execute(
            "UPDATE problem_span SET day_until = NULL WHERE id = (SELECT s.id FROM problem_span s JOIN problem p "
            "ON p.id = s.problem_id WHERE p.state = 'closed' AND s.state <> 'closed' AND s.day_until IS NOT NULL "
            "ORDER BY p.number LIMIT 1)"
        )
    other.close()
    with open_existing(copy, read_only=True) as ledger:
        failed = packs.failed_balances(ledger, DAY)
        assert {one.figure for one in failed} & {"problems.collected", "problems.assigned"}
        with pytest.raises(KnownError, match=r"收集 = 台账里到截止日已有的问题（88 与 87）.*figures --explain"):
            packs.order_pack(ledger, DAY)
