"""The lists of names: every cell, every refusal in words, every merge taken back whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from chain_office.db.models import CommonIssue, Dispatch
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.queries.settings_names import OWNERS, Use, columns_naming
from chain_office.services.checks import check_ledger
from chain_office.services.editing import undo
from chain_office.services.importing.preview import look_through
from chain_office.services.importing.service import plan_import
from chain_office.services.settings.entries import read_entries
from chain_office.services.settings.entry_edits import add_entry, bin_entry, save_cell
from chain_office.services.settings.merging import look_at_merge, merge
from chain_office.services.settings.name_lists import NAME_LISTS, name_list

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.ledgers import Ledger
    from chain_office.services.settings.entries import Entry


def entry(ledger: Ledger, table: str, short: str) -> Entry:
    return next(
        one for one in read_entries(ledger, table).entries if short in {one.values.get("short"), one.values["name"]}
    )


@pytest.mark.parametrize("table", [one.table for one in NAME_LISTS])
def test_an_entry_is_added_filled_in_renamed_and_binned(ledger: Ledger, table: str) -> None:
    kind = name_list(table)
    saved = add_entry(ledger, table, " 新来的 ", "张三")
    assert saved.said == f"已新增{kind.noun}“新来的”"
    made = entry(ledger, table, "新来的")
    assert made.id == saved.row_id
    renamed = save_cell(ledger, table, made, "name", "改过名的", "张三")
    assert renamed is not None
    made = entry(ledger, table, "改过名的")
    assert (made.values.get("aliases") == "新来的") is kind.known_as
    gone = bin_entry(ledger, table, made, "张三")
    assert "回收站" in gone.said
    assert made.id not in {one.id for one in read_entries(ledger, table).entries}
    undo(ledger, gone.write_no, "张三")
    assert made.id in {one.id for one in read_entries(ledger, table).entries}


def test_every_kind_of_cell(ledger: Ledger) -> None:
    unit = entry(ledger, "unit", "市科技局")
    district = entry(ledger, "district", "石鼓区")
    for name, value, text in (
        ("short", "市科局", "市科局"),
        ("kind", "市直单位（双管）", "市直单位（双管）"),
        ("categories", ("融资", "用地"), "融资、用地"),
        ("district_id", district.id, "石鼓区"),
        ("aliases", "科技局\n科技局\n 市科委 ", "科技局、市科委"),
        ("verified", False, "待核对"),
    ):
        saved = save_cell(ledger, "unit", unit, name, value, "张三")
        assert saved is not None, name
        unit = next(one for one in read_entries(ledger, "unit").entries if one.id == unit.id)
        assert unit.texts[name] == text
        assert save_cell(ledger, "unit", unit, name, value, "张三") is None
    assert not unit.sure


def test_days_and_phones_are_read_or_refused_in_words(ledger: Ledger) -> None:
    add_entry(ledger, "campaign", "秋季走访", "张三")
    save_cell(ledger, "campaign", entry(ledger, "campaign", "秋季走访"), "from_day", "2021年9月初", "张三")
    assert entry(ledger, "campaign", "秋季走访").texts["from_day"] == "2021-09-10"
    with pytest.raises(Faulty, match="“结束日期”写的“没准”读不懂"):
        save_cell(ledger, "campaign", entry(ledger, "campaign", "秋季走访"), "to_day", "没准", "张三")
    add_entry(ledger, "officer", "王五", "张三")
    with pytest.raises(Faulty, match="联系电话"):
        save_cell(ledger, "officer", entry(ledger, "officer", "王五"), "phone", "打门口叫一声", "张三")
    save_cell(ledger, "officer", entry(ledger, "officer", "王五"), "phone", "138 1234 5678", "张三")
    assert entry(ledger, "officer", "王五").texts["phone"]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "", "“名称”不能空着"),
        ("name", "衡阳市工业和信息化局", "已经有叫“衡阳市工业和信息化局”的单位"),
        ("short", "工信局", "已经是单位“衡阳市工业和信息化局”的别名"),
        ("aliases", "老科委\n市 工信局", "“市工信局”已经是单位“衡阳市工业和信息化局”的简称"),
    ],
)
def test_a_spelling_means_one_entry_only(ledger: Ledger, name: str, typed: str, said: str) -> None:
    with pytest.raises(Faulty) as told:
        save_cell(ledger, "unit", entry(ledger, "unit", "市科技局"), name, typed, "张三")
    assert said in told.value.message.replace(" ", "")


def test_an_entry_in_use_is_not_binned_and_says_by_what(ledger: Ledger) -> None:
    used = entry(ledger, "district", "珠晖区")
    by = "、".join(use.text for use in used.uses)
    with pytest.raises(KnownError) as told:
        bin_entry(ledger, "district", used, "张三")
    assert by in told.value.message
    assert "企业" in by


def test_somebody_elses_change_is_not_written_over(ledger: Ledger) -> None:
    old = entry(ledger, "bank", "国开行")
    save_cell(ledger, "bank", old, "short", "国开", "李四")
    with pytest.raises(KnownError, match="刚被别人改过"):
        save_cell(ledger, "bank", old, "short", "开行", "张三")


def test_a_renamed_category_is_renamed_where_units_usually_take_it(ledger: Ledger) -> None:
    before = [one for one in read_entries(ledger, "unit").entries if "用地" in one.texts["categories"].split("、")]
    assert before
    saved = save_cell(ledger, "category", entry(ledger, "category", "用地"), "name", "土地保障", "张三")
    after = {one.id: one.texts["categories"].split("、") for one in read_entries(ledger, "unit").entries}
    assert all("土地保障" in after[one.id] and "用地" not in after[one.id] for one in before)
    assert saved is not None
    undo(ledger, saved.write_no, "张三")
    assert {one.id: one.texts for one in read_entries(ledger, "unit").entries}.items() >= {
        one.id: one.texts for one in before
    }.items()


def test_default_units_are_kept_by_code_and_shown_by_name(ledger: Ledger) -> None:
    finance = entry(ledger, "category", "融资")
    options = {option.label: option.id for option in read_entries(ledger, "category").options["default_units"]}
    save_cell(ledger, "category", finance, "default_units", (options["市财政局"], options["市科技局"]), "张三")
    assert entry(ledger, "category", "融资").texts["default_units"] == "市财政局、市科技局"
    assert ledger.value("SELECT default_units FROM category WHERE name = '融资'").split() == ["czj", "kjj"]


def every_row(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """What stands in the tables a merge may touch, but for the counting of saves."""
    found = {}
    for table, columns in (
        ("unit", "id, name, short, aliases, categories, deleted_at IS NULL"),
        ("problem", "id, lead_unit_id, deleted_at IS NULL"),
        ("assignment", "id, unit_id, role, deleted_at IS NULL"),
        ("problem_event", "id, unit_id"),
        ("category", "id, default_units"),
    ):
        found[table] = ledger.rows(f"SELECT {columns} FROM {table} ORDER BY id")
    return found


def test_a_merge_does_what_its_preview_says_and_is_taken_back_whole(ledger: Ledger) -> None:
    units = [one for one in read_entries(ledger, "unit").entries if one.used]
    source, target = next(
        (a, b) for a in units for b in units if a.id != b.id and look_at_merge(ledger, "unit", a, b).doubled
    )
    before = every_row(ledger)
    plan = look_at_merge(ledger, "unit", source, target)
    assert every_row(ledger) == before, "looking writes nothing"
    moved = {use.table: use.records for use in plan.moved}
    saved = merge(ledger, "unit", source, target, "张三")
    assert ledger.value("SELECT count(*) FROM problem WHERE lead_unit_id = ?", (source.id,)) == 0
    kept = entry(ledger, "unit", target.name)
    assert kept.used <= target.used + sum(moved.values())
    assert set(plan.learnt) <= set(kept.texts["aliases"].split("、"))
    doubled = ledger.value(
        "SELECT count(*) FROM (SELECT 1 FROM assignment WHERE deleted_at IS NULL AND ended_day IS NULL "
        "GROUP BY problem_id, round, unit_id HAVING count(*) > 1)"
    )
    assert doubled == 0
    assert [check.name for check in check_ledger(ledger) if not check.passed] == []
    undo(ledger, saved.write_no, "张三")
    assert every_row(ledger) == before
    assert [check.name for check in check_ledger(ledger) if not check.passed] == []


def test_every_record_that_may_name_an_entry_is_called_something(ledger: Ledger) -> None:
    for kind in NAME_LISTS:
        for table, _ in columns_naming(kind.table):
            assert Use(OWNERS.get(table, table), 1).text
    unit = entry(ledger, "unit", "市科技局")
    with ledger.write("张三", "催办") as writer:
        writer.insert(CommonIssue, {"name": "用电贵", "lead_unit": unit.id})
        writer.insert(
            Dispatch,
            {"kind": "催办函", "word": "有色催", "year": 2021, "no": 1, "unit": unit.id, "day": date(2021, 11, 1)},
        )
    unit = entry(ledger, "unit", "市科技局")
    with pytest.raises(KnownError, match="共性问题 1 条"):
        bin_entry(ledger, "unit", unit, "张三")
    other = entry(ledger, "unit", "市税务局")
    said = look_at_merge(ledger, "unit", unit, other).sentences
    assert any("发文登记 1 条" in one for one in said)
    merge(ledger, "unit", unit, other, "张三")
    assert (
        ledger.value("SELECT unit_id FROM dispatch")
        == ledger.value("SELECT lead_unit_id FROM common_issue")
        == other.id
    )


def test_an_entry_is_not_merged_into_itself(ledger: Ledger) -> None:
    one = entry(ledger, "bank", "国开行")
    with pytest.raises(KnownError, match="不能把“国家开发银行湖南省分行”合并到它自己"):
        look_at_merge(ledger, "bank", one, one)


def test_meetings_merge_too(ledger: Ledger) -> None:
    add_entry(ledger, "meeting", "问题交办会（重）", "张三")
    double = entry(ledger, "meeting", "问题交办会（重）")
    real = max(read_entries(ledger, "meeting").entries, key=lambda one: one.used)
    merge(ledger, "meeting", real, double, "张三")
    kept = entry(ledger, "meeting", "问题交办会（重）")
    assert kept.used == real.used
    assert kept.texts["day"] == real.texts["day"]


def register(folder: Path, district: str) -> Path:
    path = folder / "名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("企业名册")
        for row, cells in enumerate(
            (("企业名称", "县市区", "职工人数", "入规时间"), ("湖南示例新来铜业有限公司", district, 80, "2021-10-01"))
        ):
            sheet.write_row(row, 0, cells)
    return path


def said(ledger: Ledger, book: Path) -> list[str]:
    """What the preview of an import says of its rows."""
    return [row.said for sheet in look_through(plan_import(ledger, [book])).sheets for row in sheet.rows]


def test_an_alias_typed_here_is_recognised_in_the_next_import(ledger: Ledger, tmp_path: Path) -> None:
    book = register(tmp_path, "雁城老石鼓")
    assert any("雁城老石鼓" in line for line in said(ledger, book))
    stone = entry(ledger, "district", "石鼓区")
    save_cell(ledger, "district", stone, "aliases", f"{stone.values['aliases']}\n雁城老石鼓", "张三")
    assert not any("雁城老石鼓" in line for line in said(ledger, book))
