"""The counts beside the desks' names are the numbers of the selections they stand for, at any date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.queries.desk_views import enterprise_views, finance_views, project_views
from chain_office.queries.firm_output import firm_lines, output_views
from chain_office.queries.problem_views import problem_views
from chain_office.services.counts import waiting
from chain_office.services.ledgers import cut_off, make_ledger, open_ledger
from chain_office.services.standing import confirm, standing

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.ledgers import Ledger


def selections(ledger: Ledger, day: date) -> dict[str, int]:
    """What the desks' own selections hold; those not offered hold nothing."""
    views = (
        *enterprise_views(ledger, day),
        *problem_views(ledger, day),
        *finance_views(ledger, day),
        *project_views(ledger, day),
        *output_views(firm_lines(ledger, day)),
    )
    return {view.key: len(view.ids) for view in views}


DAYS = [None, *(date(2020, month, 20) for month in (9, 10, 12)), *(date(2021, month, 5) for month in (2, 6, 9, 12))]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_count_is_the_number_of_its_selection(sample_office: Path, day: date | None) -> None:
    with open_ledger(sample_office, read_only=True) as ledger:
        at = day or cut_off(ledger)
        shown, told = selections(ledger, at), waiting(ledger, at)
    assert {key: count.number for key, count in told.items()} == {key: shown.get(key, 0) for key in told}
    assert told["problems.open"].urgent == (shown["problems.overdue"] > 0)
    assert told["projects.red"].urgent == (shown.get("projects.red", 0) > 0)
    for count in told.values():
        assert str(count.number) in count.says
        assert at.isoformat() in count.says


def test_a_report_that_is_missing_is_counted(sample_office: Path, tmp_path: Path) -> None:
    import shutil

    from chain_office.db.models import MonthlyOutput

    path = tmp_path / "台账.ledger"
    shutil.copyfile(sample_office, path)
    with open_ledger(path) as ledger:
        day = cut_off(ledger)
        late = ledger.rows(
            "SELECT id FROM monthly_output WHERE deleted_at IS NULL AND month = "
            "(SELECT max(month) FROM monthly_output WHERE deleted_at IS NULL) ORDER BY id LIMIT 3"
        )
        with ledger.write("张三", "三家没有报") as writer:
            for (row_id,) in late:
                writer.bin(MonthlyOutput, row_id)
        assert waiting(ledger, day)["output.behind"].number == 3
        assert selections(ledger, day)["output.behind"] == 3


def test_an_empty_ledger_waits_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "空.ledger"
    make_ledger(path)
    with open_ledger(path) as ledger:
        told = waiting(ledger, date(2021, 11, 19))
    assert {count.number for count in told.values()} == {0}
    assert not any(count.urgent for count in told.values())


def test_the_notice_is_confirmed_with_who_and_when(tmp_path: Path) -> None:
    path = tmp_path / "空.ledger"
    make_ledger(path)
    with open_ledger(path) as ledger:
        assert standing(ledger).confirmed == ""
        confirm(ledger, "张三")
        assert standing(ledger).confirmed.endswith("张三")
        assert standing(ledger).confirmed.startswith("2022-01-05")
        assert not standing(ledger).read_only
    with open_ledger(path, read_only=True) as ledger:
        assert standing(ledger).read_only
