"""The bin of names, what backups say, finding by letters, 关于."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.db import migrations
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Option
from chain_office.services.editing import bin_records, undo
from chain_office.services.keeping import backups, check_backup, preview_restore
from chain_office.services.settings.about import about
from chain_office.services.settings.backups import back_up_now, contents, differences, kind_of, soundness
from chain_office.services.settings.entries import read_entries
from chain_office.services.settings.entry_edits import add_entry, bin_entry, save_cell
from chain_office.services.settings.finding import Finder
from chain_office.services.settings.limits import bin_limit, read_limits
from chain_office.services.settings.merging import merge
from chain_office.services.settings.recycling import NOUNS, bin_lines, restore

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.ledgers import Ledger
    from chain_office.services.settings.entries import Entry


def entry(ledger: Ledger, table: str, name: str) -> Entry:
    return next(one for one in read_entries(ledger, table).entries if one.name == name)


def test_everything_binned_is_listed_and_returns(ledger: Ledger) -> None:
    for table in NOUNS:
        if table == "time_limit":
            bin_limit(ledger, read_limits(ledger)[0], "张三")
        else:
            add_entry(ledger, table, "新来的", "张三")
            bin_entry(ledger, table, entry(ledger, table, "新来的"), "张三")
    visit = ledger.value(
        "SELECT id FROM visit WHERE id NOT IN (SELECT visit_id FROM problem WHERE visit_id IS NOT NULL)"
    )
    bin_records(ledger, "visit", [visit], "李四")
    lines = bin_lines(ledger)
    assert {one.table for one in lines} == {*NOUNS, "visit"}
    assert {one.actor for one in lines} == {"张三", "李四"}
    for one in lines:
        assert one.title in restore(ledger, one.table, [one.row_id], "王五").said or one.table == "visit"
    assert bin_lines(ledger) == ()
    with pytest.raises(KnownError, match="可能已经"):
        restore(ledger, lines[-1].table, [lines[-1].row_id], "王五")


def test_a_name_that_means_another_by_now_does_not_return(ledger: Ledger) -> None:
    add_entry(ledger, "bank", "湘潭银行", "张三")
    bin_entry(ledger, "bank", entry(ledger, "bank", "湘潭银行"), "张三")
    saved = save_cell(ledger, "bank", entry(ledger, "bank", "国家开发银行湖南省分行"), "short", "湘潭银行", "张三")
    gone = bin_lines(ledger)[0]
    with pytest.raises(KnownError, match="“湘潭银行”现在指银行“国家开发银行湖南省分行”"):
        restore(ledger, gone.table, [gone.row_id], "张三")
    assert saved is not None
    undo(ledger, saved.write_no, "张三")
    restore(ledger, gone.table, [gone.row_id], "张三")
    assert entry(ledger, "bank", "湘潭银行").id == gone.row_id


def test_what_was_merged_away_returns_only_by_undoing_the_merge(ledger: Ledger) -> None:
    first, second = read_entries(ledger, "park").entries[:2]
    saved = merge(ledger, "park", first, second, "张三")
    with pytest.raises(KnownError, match="请撤销那次合并"):
        restore(ledger, "park", [first.id], "张三")
    undo(ledger, saved.write_no, "张三")
    assert entry(ledger, "park", first.name).used == first.used


def test_a_backup_by_hand_says_what_is_in_it_and_what_restoring_would_change(ledger: Ledger, tmp_path: Path) -> None:
    taken = back_up_now(ledger, tmp_path / "另一处")
    assert taken.warning == ""
    assert list((tmp_path / "另一处").glob("*.ledger"))
    info = next(one for one in backups(ledger.path) if one.path == taken.path)
    assert (kind_of(info), soundness(info)) == ("手工", "未检查")
    assert contents(info).startswith("企业 73　走访 69")
    assert soundness(check_backup(info)) == "完好"
    add_entry(ledger, "bank", "湘潭银行", "张三")
    save_cell(ledger, "bank", entry(ledger, "bank", "湘潭银行"), "short", "湘银", "张三")
    found = preview_restore(ledger.path, taken.path)
    assert differences(found) == (("银行", "备份之后新增的，会没有", 1, "湘潭银行"),)
    assert found.writes == 2


def test_a_second_place_that_is_not_there_is_warned_of(ledger: Ledger, tmp_path: Path) -> None:
    nowhere = tmp_path / "不是文件夹"
    nowhere.write_text("占着", encoding="utf-8")
    taken = back_up_now(ledger, nowhere)
    assert taken.path.exists()
    assert "第二份没有存到" in taken.warning


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["重庆长安", "长沙银行", "衡阳市工业和信息化局"]),
        ("cs", ["长沙银行"]),
        ("zq", ["重庆长安"]),
        ("cq", ["重庆长安"]),
        ("gxj", ["衡阳市工业和信息化局"]),
        ("gyh", ["衡阳市工业和信息化局"]),
        ("银行", ["长沙银行"]),
        ("信息 化局", ["衡阳市工业和信息化局"]),
        ("长", ["长沙银行", "重庆长安"]),
        ("没有这个", []),
    ],
)
def test_options_are_found_by_pieces_and_by_letters_in_any_reading(typed: str, found: list[str]) -> None:
    finder = Finder(
        [Option("1", "重庆长安"), Option("2", "长沙银行"), Option("3", "衡阳市工业和信息化局", keys=("工信局",))]
    )
    assert [finder.options[place].label for place in finder.find(typed)] == found


def test_about_counts_what_the_ledger_holds_and_names_every_licence(ledger: Ledger) -> None:
    made = about(ledger)
    assert dict(made.ledger.records)["企业"] == 73
    assert made.ledger.version == migrations.newest()
    assert made.ledger.size == ledger.path.stat().st_size
    assert all(one.licence for one in made.shipped)
    assert {one.name for one in made.shipped if one.purpose == "字体"} >= {"GWSans-Regular.ttf", "GWKai-Regular.ttf"}
    assert next(one for one in made.shipped if one.name == "Lucide").version
