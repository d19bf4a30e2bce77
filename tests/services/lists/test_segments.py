"""环节 tree: where segments stand, how they are moved, what is shipped filled in only where nothing is said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.reference import load
from chain_office.domain.forms import Faulty
from chain_office.queries.chain_map import UNSORTED, chain, firms_of
from chain_office.queries.output import growth
from chain_office.queries.register import firms_on_register
from chain_office.services.editing import undo
from chain_office.services.ledgers import make_ledger, open_ledger
from chain_office.services.lists import segments
from chain_office.services.settings.entries import read_entries
from chain_office.services.settings.entry_edits import save_cell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.domain.chain import Branch
    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)


@pytest.fixture
def ledger(office: Path) -> Iterator[Ledger]:
    """A copy of the sample."""
    with open_ledger(office) as opened:
        yield opened


def by_name(ledger: Ledger) -> dict[str, Branch]:
    return {one.name: one for one in chain(ledger, DAY).every()}


def order(ledger: Ledger, stream: str) -> list[str]:
    return [one.name for one in chain(ledger, DAY).stream(stream)]


def test_a_new_ledger_has_the_usual_places_and_flows(tmp_path: Path) -> None:
    path = tmp_path / "新.ledger"
    make_ledger(path)
    with open_ledger(path) as ledger:
        found = chain(ledger, DAY)
        assert {one.name: one.stream for one in found.roots} == {
            one["name"]: one["stream"] for one in load()["segments"]
        }
        assert len(found.flows) == len(load()["segment_flows"])
        assert segments.lacking(ledger) == 0


def test_the_tree_counts_every_firm_once_and_its_output_is_the_chains(ledger: Ledger) -> None:
    found, told = chain(ledger, DAY), growth(ledger, DAY)
    here = firms_on_register(ledger, DAY)
    assert found.firms == len(here) == 69
    assert sum(one.count for one in found.roots) + found.unsorted == 69
    sets = [firms_of(ledger, DAY, one.id) for one in found.roots] + [firms_of(ledger, DAY, UNSORTED)]
    assert sorted(firm for one in sets for firm in one) == sorted(here)
    assert sum(one.total_yuan or 0 for one in found.roots) == told.sample.total_yuan
    assert sum(one.base_yuan or 0 for one in found.roots) == told.sample.base_yuan
    assert {one.name: len(firms_of(ledger, DAY, one.id)) for one in found.roots} == {
        one.name: one.count for one in found.roots
    }


def test_the_leader_is_the_one_with_the_largest_output(ledger: Ledger) -> None:
    totals = {firm.enterprise: firm.total_yuan for firm in growth(ledger, DAY).firms}
    for one in chain(ledger, DAY).every():
        leaders = [firm.id for firm in one.firms if firm.leads]
        known = {firm.id: totals[firm.id] for firm in one.firms if firm.id in totals}
        assert leaders == ([max(known, key=lambda firm: known[firm])] if one.count > 1 and known else [])


def test_only_so_many_firms_are_named_but_all_are_counted(ledger: Ledger) -> None:
    few, whole = chain(ledger, DAY, 3), chain(ledger, DAY)
    assert [one.count for one in few.roots] == [one.count for one in whole.roots]
    assert all(len(one.firms) <= 3 for one in few.roots)
    assert [one.firms for one in few.roots] == [one.firms[:3] for one in whole.roots]


def test_a_segment_hung_on_another_counts_there_and_goes_back_with_undo(ledger: Ledger) -> None:
    names = by_name(ledger)
    smelt, rolling = names["冶炼"], names["压延加工/精深加工"]
    saved = segments.place(ledger, rolling.id, smelt.id, "", 0, "王敏")
    now = by_name(ledger)["冶炼"]
    assert now.count == smelt.count + rolling.count
    assert (now.total_yuan or 0) == (smelt.total_yuan or 0) + (rolling.total_yuan or 0)
    assert [one.id for one in now.branches] == [rolling.id]
    assert firms_of(ledger, DAY, smelt.id) >= firms_of(ledger, DAY, rolling.id)
    undo(ledger, saved.write_no, "王敏")
    assert by_name(ledger) == names


def test_moving_puts_it_where_it_was_let_go(ledger: Ledger) -> None:
    before = order(ledger, "中游")
    names = by_name(ledger)
    segments.place(ledger, names[before[0]].id, None, "中游", 2, "王敏")
    assert order(ledger, "中游") == [before[1], before[2], before[0], *before[3:]]
    segments.place(ledger, names[before[0]].id, None, "下游", 0, "王敏")
    assert order(ledger, "下游") == [before[0], "下游应用/装备"]
    assert order(ledger, "中游") == before[1:]
    assert segments.place(ledger, names[before[0]].id, None, "下游", 0, "王敏").write_no == 0


def test_a_segment_cannot_belong_to_its_own(ledger: Ledger) -> None:
    names = by_name(ledger)
    smelt, rolling = names["冶炼"], names["压延加工/精深加工"]
    segments.place(ledger, rolling.id, smelt.id, "", 0, "王敏")
    with pytest.raises(Faulty, match="下级环节之下"):
        segments.place(ledger, smelt.id, rolling.id, "", 0, "王敏")
    entry = next(one for one in read_entries(ledger, "segment").entries if one.id == smelt.id)
    with pytest.raises(Faulty, match="下级环节之下"):  # in 设置 as well
        save_cell(ledger, "segment", entry, "parent_id", rolling.id, "王敏")
    with pytest.raises(Faulty, match="上游"):
        save_cell(ledger, "segment", entry, "stream", "中间", "王敏")
    with pytest.raises(Faulty, match="读不懂"):
        save_cell(ledger, "segment", entry, "rank", "第一", "王敏")


def test_what_hangs_on_itself_in_a_foreign_file_is_still_shown(ledger: Ledger) -> None:
    names = by_name(ledger)
    one, other = names["冶炼"].id, names["采选"].id
    with ledger.write("别的程序", "乱写") as writer:
        from chain_office.db.models import Segment

        writer.update(Segment, one, {"parent_id": other})
        writer.update(Segment, other, {"parent_id": one})
    assert {"冶炼", "采选"} <= {root.name for root in chain(ledger, DAY).roots}


def test_a_new_segment_is_the_last_of_its_stream_and_a_renamed_one_stays_known(ledger: Ledger) -> None:
    saved = segments.add(ledger, "检测认证", None, "配套", "王敏")
    assert order(ledger, "配套") == ["园区/物流/科创服务", "检测认证"]
    assert segments.rename(ledger, saved.row_id, "检验检测", "王敏") is not None
    assert ledger.value("SELECT aliases FROM segment WHERE id = ?", (saved.row_id,)) == "检测认证"
    with pytest.raises(Faulty):
        segments.add(ledger, "冶炼", None, "中游", "王敏")


def test_an_older_ledgers_empty_places_are_filled_and_nothing_else(ledger: Ledger) -> None:
    from chain_office.db.models import Segment, SegmentFlow

    names = by_name(ledger)
    with ledger.write("旧版", "没有位置") as writer:
        for one in names.values():
            stream = "下游" if one.name == "冶炼" else None
            writer.update(Segment, one.id, {"stream": stream, "rank": 7 if one.name == "采选" else None})
        for flow in chain(ledger, DAY).flows:
            writer.bin(SegmentFlow, flow.id)
    assert segments.lacking(ledger) == 7 + len(load()["segment_flows"])
    saved = segments.fill_usual(ledger, "王敏")
    now = {one.name: one for one in chain(ledger, DAY).every()}
    assert now["冶炼"].stream == "下游"  # somebody had said so
    assert (now["采选"].stream, now["采选"].rank) == ("上游", 7)
    assert now["合金及新材料"].stream == "中游"
    assert len(chain(ledger, DAY).flows) == len(load()["segment_flows"])
    assert segments.lacking(ledger) == 0
    assert segments.fill_usual(ledger, "王敏").write_no == 0
    undo(ledger, saved.write_no, "王敏")
    assert {one.stream for one in chain(ledger, DAY).roots} == {"", "下游"}
