"""The month's table: typed amounts bring the cumulatives, the month before is carried, a signed month tells what changed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.models import MonthFreeze
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.queries.projects import pipeline
from chain_office.services import editing
from chain_office.services.checks import check_ledger
from chain_office.services.papers import order_papers
from chain_office.services.projects.identities import months_that_do_not_add_up, stages_agree
from chain_office.services.projects.months import (
    carried,
    compare,
    confirm,
    freeze,
    live_table,
    month_table,
    put,
    read_sheet,
    with_cumulatives,
)

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.queries.projects_desk.months import MonthRow
    from chain_office.reports.content import Table

DAY = date(2021, 11, 19)
WHO = "张三"
WAN = 10_000


def row(ledger: Ledger, month: str, project: str) -> MonthRow:
    return next(one for one in read_sheet(ledger, month, DAY).rows if one.stood.id == project)


def test_an_amount_of_the_month_brings_the_cumulatives(ledger: Ledger, building: str) -> None:
    changes = with_cumulatives(row(ledger, "2021-10", building), 800 * WAN)
    assert changes == {
        "month_done_yuan": 800 * WAN, "year_done_yuan": (21_500 + 800) * WAN, "total_done_yuan": (38_200 + 800) * WAN,
    }  # fmt: skip
    saved = put(ledger, building, "2021-10", changes, WHO)
    now = row(ledger, "2021-10", building)
    assert (now.reported, now.year_gap, now.total_gap) == (True, 0, 0)
    again = with_cumulatives(now, 900 * WAN)
    assert again["year_done_yuan"] == (21_500 + 900) * WAN, "they followed from the amount and still do"
    editing.undo(ledger, saved.write_no, WHO)
    assert not row(ledger, "2021-10", building).reported


def test_cumulatives_typed_otherwise_stay_and_the_difference_is_shown(ledger: Ledger, building: str) -> None:
    typed = {"month_done_yuan": 800 * WAN, "year_done_yuan": 23_000 * WAN}
    with pytest.raises(Faulty) as told:
        put(ledger, building, "2021-10", typed, WHO)
    assert "相差 700 万元" in told.value.message
    assert not any(fault.stops for fault in told.value.faults)
    put(ledger, building, "2021-10", typed, WHO, frozenset({"year_done_yuan"}))
    now = row(ledger, "2021-10", building)
    assert now.year_gap == 700 * WAN
    assert "year_done_yuan" not in with_cumulatives(now, 900 * WAN)


def test_a_cumulative_that_falls_is_pointed_out(ledger: Ledger, building: str) -> None:
    with pytest.raises(Faulty, match="小于 2021-09 的"):
        put(ledger, building, "2021-10", {"total_done_yuan": 38_000 * WAN}, WHO)


def test_in_january_the_year_begins_anew(ledger: Ledger, building: str) -> None:
    put(
        ledger,
        building,
        "2021-12",
        {"year_done_yuan": 26_000 * WAN, "total_done_yuan": 42_700 * WAN},
        WHO,
        frozenset({"month"}),
    )
    at = date(2022, 1, 31)
    january = next(one for one in read_sheet(ledger, "2022-01", at).rows if one.stood.id == building)
    assert january.year_before == 0
    assert carried(january)["year_done_yuan"] is None
    assert with_cumulatives(january, 500 * WAN) == {
        "month_done_yuan": 500 * WAN, "year_done_yuan": 500 * WAN, "total_done_yuan": 43_200 * WAN,
    }  # fmt: skip


def test_what_is_carried_over_counts_only_when_it_is_confirmed(ledger: Ledger, building: str) -> None:
    sheet = read_sheet(ledger, "2021-10", DAY)
    assert building in {one.stood.id for one in sheet.missing}
    saved = confirm(ledger, "2021-10", DAY, [building], WHO)
    now = row(ledger, "2021-10", building).now
    assert (now.month_yuan, now.year_yuan, now.total_yuan) == (None, 21_500 * WAN, 38_200 * WAN)
    assert now.text == row(ledger, "2021-09", building).now.text
    assert building not in {one.stood.id for one in read_sheet(ledger, "2021-10", DAY).missing}
    editing.undo(ledger, saved.write_no, WHO)
    assert read_sheet(ledger, "2021-10", DAY).missing == sheet.missing


def test_a_signed_month_stays_and_tells_what_was_put_right(ledger: Ledger, building: str) -> None:
    before = live_table(ledger, "2021-09", DAY)
    saved = freeze(ledger, "2021-09", DAY, "李主任", WHO)
    assert month_table(ledger, "2021-09", DAY).lines == before.lines
    with pytest.raises(KnownError, match="已于 2021-11-19 由李主任封账"):
        freeze(ledger, "2021-09", DAY, "王主任", WHO)
    with pytest.raises(KnownError, match="已经封账"):
        confirm(ledger, "2021-09", DAY, [building], WHO)
    change = {"year_done_yuan": 22_000 * WAN}
    with pytest.raises(Faulty, match="作为更正"):
        put(ledger, building, "2021-09", change, WHO)
    put(ledger, building, "2021-09", change, WHO, frozenset({"month"}))
    assert month_table(ledger, "2021-09", DAY).lines == before.lines, "what was signed does not move"
    told = read_sheet(ledger, "2021-09", DAY).restated
    assert [(one.number, one.what, one.before, one.after, one.by) for one in told] == [
        (12, "本年累计完成", "2.15 亿元", "2.20 亿元", 500 * WAN)
    ]
    found = compare(ledger, "2021-09", "2021-10", DAY)
    assert [one.number for one in found.differences if one.kind == "restated"] == [12]
    (order,) = order_papers(ledger, "月调度表", DAY, "2021-09").files
    assert any("※ 封账后有更正" in note for part in order.content.parts for note in part.notes)  # type: ignore[union-attr]
    assert months_that_do_not_add_up(ledger) == ()
    editing.undo(ledger, saved.write_no, WHO)
    assert not read_sheet(ledger, "2021-09", DAY).frozen


def test_a_month_is_signed_by_somebody_and_not_ahead(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="谁签字"):
        freeze(ledger, "2021-09", DAY, "  ", WHO)
    with pytest.raises(KnownError, match="还没有到"):
        freeze(ledger, "2021-12", DAY, "李主任", WHO)


def test_the_check_finds_a_signed_month_that_does_not_add_up(ledger: Ledger) -> None:
    saved = freeze(ledger, "2021-09", DAY, "李主任", WHO)
    kept = json.loads(ledger.value("SELECT data FROM month_freeze"))
    kept["sums"][0]["count"] += 1
    with ledger.write(WHO, "改坏") as writer:
        writer.update(MonthFreeze, saved.row_id, {"data": json.dumps(kept)})
    failed = [one for one in check_ledger(ledger) if not one.passed]
    assert [(one.name, one.detail) for one in failed] == [("项目封账的月份按阶段相加等于合计", "2021-09")]


def test_the_paper_is_the_pipeline_and_its_sums_are_its_rows(ledger: Ledger) -> None:
    (file,) = order_papers(ledger, "月调度表", DAY, "2021-09").files
    table: Table = file.content.parts[0]  # type: ignore[union-attr, assignment]
    assert file.formats == (".pdf", ".docx", ".xlsx")
    heads = [table.rows[at][0] for at in sorted(table.groups)]
    assert heads == ["一、竣工项目（5个）", "二、在建项目（26个）", "三、拟开工项目（8个）"]
    rows = [row for at, row in enumerate(table.rows) if at not in table.groups | table.strong]
    assert len(rows) == len(pipeline(ledger, date(2021, 9, 30))) == 39
    whole = table.rows[-1]
    assert whole[1] == "合计39个"
    assert whole[6] == "198,070", "Σ 2021-09 of the sample, 万元"
    added = sum(int(row[6].replace(",", "")) for row in rows if row[6] != "—")
    assert added == 198_070
    assert "竣工5 + 在建26 + 拟开工8 = 39个" in table.notes[0]
    with pytest.raises(KnownError, match="不是月份"):
        order_papers(ledger, "月调度表", DAY, "九月")


@pytest.mark.parametrize("day", [date(2020, 6, 30), date(2021, 4, 1), DAY, date(2022, 3, 1)], ids=str)
def test_the_board_counts_what_the_figures_count(ledger: Ledger, day: date) -> None:
    assert stages_agree(ledger, day)


def test_a_comparison_is_broken_off_and_a_freeze_broken_off_writes_nothing(ledger: Ledger) -> None:
    told: list[str] = []
    compare(ledger, "2021-08", "2021-09", DAY, told.append)
    assert told == ["正在读 2021-08", "正在读 2021-09", "正在逐项目比对"]

    def stop(*_: object) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        compare(ledger, "2021-08", "2021-09", DAY, stop)
    with pytest.raises(InterruptedError):
        freeze(ledger, "2021-09", DAY, "李主任", WHO, stop)
    assert not read_sheet(ledger, "2021-09", DAY).frozen
