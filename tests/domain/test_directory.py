"""Names of units and banks resolved; cells of several; nothing dropped, nothing guessed."""

from __future__ import annotations

import pytest

from chain_office.domain.directory import Directory, Entry

UNITS = Directory(
    (
        Entry("zrzy", "衡阳市自然资源和规划局", "市自然资源和规划局", ("自规局", "国土局")),
        Entry("fgw", "衡阳市发展和改革委员会", "市发改委", ("发改委",)),
        Entry("gxj", "衡阳市工业和信息化局", "市工信局", ("工信局",)),
        Entry("changning", "常宁市", "", ("常宁",), "district"),
        Entry("hengyang-county", "衡阳县", "", (), "district"),
        Entry("songmu", "衡阳松木经济开发区", "松木经开区", (), "park"),
        Entry("park-a", "甲园区", "", ("开发区",), "park"),
        Entry("park-b", "乙园区", "", ("开发区",), "park"),
    ),
    "衡阳市",
    "湖南省",
)
BANKS = Directory(
    (
        Entry("ccb", "中国建设银行衡阳分行", "建设银行", ("建行",), "bank"),
        Entry("abc", "中国农业银行衡阳分行", "农业银行", ("农行",), "bank"),
        Entry("adbc", "中国农业发展银行衡阳市分行", "农发行", ("农开行",), "bank", "农行≠农发行", ("农开行",)),
        Entry("rcb", "衡阳农村商业银行", "农商行", ("农商银行",), "bank"),
        Entry("boc", "中国银行衡阳分行", "中国银行", ("中行",), "bank"),
    ),
    "衡阳市",
    "湖南省",
)


def read(text):
    cell = UNITS.read_units(text)
    lead = cell.lead.entry.id if cell.lead and cell.lead.entry else None
    return lead, [m.entry.id if m.entry else f"?{m.text}" for m in cell.others], cell.lead_marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市自规局(牵头)、市发改委、常宁市政府", ("zrzy", ["fgw", "changning"], True)),
        ("市发改委、市自规局（牵头）", ("zrzy", ["fgw"], True)),
        ("市自规局（牵头）市发改委", ("zrzy", ["fgw"], True)),
        ("牵头:市自规局;配合:市发改委、市工信局", ("zrzy", ["fgw", "gxj"], True)),
        ("牵头单位：市自规局，配合单位：市发改委", ("zrzy", ["fgw"], True)),
        ("市自规局牵头，市发改委配合", ("zrzy", ["fgw"], True)),
        ("市自规局、市发改委,常宁市", ("zrzy", ["fgw", "changning"], False)),
        ("市自规局\n市发改委", ("zrzy", ["fgw"], False)),
        ("市发改委 市工信局", ("fgw", ["gxj"], False)),
        ("市发改委和市工信局", ("fgw", ["gxj"], False)),
        ("自然资源和规划局", ("zrzy", [], False)),
        ("衡阳市发改委", ("fgw", [], False)),
        ("衡阳县政府", ("hengyang-county", [], False)),
        ("松木经开区管委会", ("songmu", [], False)),
        ("市发改委、发改委", ("fgw", [], False)),
        ("—", (None, [], False)),
    ],
)
def test_cells_of_units(text, expected):
    assert read(text) == expected


def test_an_unknown_unit_is_kept_and_said():
    cell = UNITS.read_units("某某局、市发改委")
    assert [m.text for m in cell.matches] == ["某某局", "市发改委"]
    assert cell.lead is not None
    assert cell.lead.entry is None
    assert any("某某局" in w for w in cell.warnings)


def test_a_cell_of_co_units_has_no_lead_unless_marked():
    cell = UNITS.read_units("市发改委、市工信局", first_leads=False)
    assert cell.lead is None
    assert len(cell.others) == 2


@pytest.mark.parametrize("text", ["市直有关单位", "市直各单位", "相关部门", "各有关单位"])
def test_nobody_in_particular_is_warned_about(text):
    cell = UNITS.read_units(text)
    assert cell.matches == ()
    assert cell.warnings


@pytest.mark.parametrize("text", ["各县市区", "各县（市、区）人民政府", "各县市区人民政府"])
def test_all_districts(text):
    cell = UNITS.read_units(f"市发改委、{text}")
    assert cell.all_districts
    assert [m.entry.id for m in cell.matches if m.entry] == ["fgw"]


def test_and_others_is_pointed_out():
    assert any("没有写明" in w for w in UNITS.read_units("市发改委等单位").warnings)


def test_an_ambiguous_name_is_not_guessed():
    match = UNITS.resolve("开发区")
    assert match.entry is None
    assert "甲园区、乙园区" in match.warnings[0]


@pytest.mark.parametrize(
    ("text", "bank"),
    [
        ("建行", "ccb"),
        ("建行衡阳分行", "ccb"),
        ("中国建设银行股份有限公司衡阳分行", "ccb"),
        ("农行", "abc"),
        ("农业银行", "abc"),
        ("农商行", "rcb"),
        ("农发行", "adbc"),
        ("中国银行", "boc"),
        ("农", None),
        ("银行", None),
        ("农业", None),
        ("长沙银行", None),
    ],
)
def test_banks_are_never_matched_by_their_beginning(text, bank):
    match = BANKS.resolve(text)
    assert (match.entry.id if match.entry else None) == bank
    assert bool(match.warnings) == (bank is None)


def test_a_bank_that_does_not_exist_is_read_with_a_warning():
    match = BANKS.resolve("农开行")
    assert match.entry is not None
    assert match.entry.id == "adbc"
    assert "农开行" in match.warnings[0]
    assert match.warnings[1] == "农行≠农发行"


def test_a_sub_branch_is_its_bank_with_a_warning():
    match = BANKS.resolve("建行石鼓支行")
    assert match.entry is not None
    assert (match.entry.id, len(match.warnings)) == ("ccb", 1)
