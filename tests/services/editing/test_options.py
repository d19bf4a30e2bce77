"""Rows a link may name are found by what people type: initials, 简称, other names, codes, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.services import editing

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from tests.services.editing.clerk import Clerk

LINKS = sorted({field.link for form in editing.forms().values() for field in form if field.link})


@pytest.mark.parametrize("table", LINKS)
def test_every_live_row_can_be_chosen_once(ledger: Ledger, table: str) -> None:
    offered = editing.options(ledger, table)
    live = {row[0] for row in ledger.rows(f"SELECT id FROM {table} WHERE deleted_at IS NULL")}
    assert {one.id for one in offered} == live
    assert len(offered) == len(live)
    assert all(one.label for one in offered)


def test_a_firm_is_shown_by_its_short_name_and_found_by_all_it_is_called(clerk: Clerk, ledger: Ledger) -> None:
    made = clerk.new(
        "enterprise",
        name="衡阳远山铜业有限公司",
        short_name="远山铜业",
        former_names="远山铜厂",
        uscc="91430400MA4L16JQ9W",
    )
    offered = next(one for one in editing.options(ledger, "enterprise") if one.id == made.row_id)
    assert offered.label == "远山铜业"
    assert "衡阳远山铜业有限公司" in offered.hint
    assert {"衡阳远山铜业有限公司", "远山铜厂", "91430400MA4L16JQ9W", "hyystyyxgs", "ysty", "QY0074"} <= set(
        offered.keys
    )


def test_units_and_banks_are_found_by_aliases_and_initials(ledger: Ledger) -> None:
    units = {one.label: one.keys for one in editing.options(ledger, "unit")}
    assert {"发改委", "sfgw"} <= set(units["市发改委"])
    banks = {one.label: one.keys for one in editing.options(ledger, "bank")}
    assert {"建行", "jsyh"} <= set(banks["建设银行"])


def test_a_park_that_borrows_is_told_in_its_need(ledger: Ledger) -> None:
    labels = [one.label for one in editing.options(ledger, "need")]
    assert any("园区" in label and "亿元" in label for label in labels)


def test_what_is_in_the_bin_cannot_be_chosen(clerk: Clerk, ledger: Ledger) -> None:
    before = editing.options(ledger, "campaign")
    campaign = clerk.new("campaign", name="2021年集中走访").row_id
    (made,) = set(editing.options(ledger, "campaign")) - set(before)
    assert made.label == "2021年集中走访"
    clerk.bin("campaign", campaign)
    assert editing.options(ledger, "campaign") == before
