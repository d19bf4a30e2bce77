"""The meeting pack of a ledger: what it says, what it refuses, and that it is the same every time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chain_office.db.ledger import Ledger
from chain_office.db.models import (
    Credit,
    Drawdown,
    Enterprise,
    MonthlyOutput,
    Problem,
    PublishedTotal,
    RegisterSpell,
    StageChange,
    Unit,
)
from chain_office.db.settings import put_settings
from chain_office.domain.errors import KnownError
from chain_office.paths import resource
from chain_office.reports.content import Lead, PackContent, Section, Table
from chain_office.reports.marks import plain
from chain_office.services.importing.service import apply_import, plan_import
from chain_office.services.ledgers import open_existing, open_or_make
from chain_office.services.packing import balances, wording
from chain_office.services.packing.facts import Facts, gather
from chain_office.services.packs import make_pack, masked, pack_content, print_pack
from chain_office.services.sampling import make_sample
from tests.reports.reading import page_texts, squashed

DAY = date(2021, 11, 19)
HOSTILE = "排污<b>许可</b> &amp; =1+1 {0} %s \\n 第⑫项"
PHONE = "13812345678"
FULL_WIDTH = "１３８１２３４５６７８"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packs") / "示例.ledger"
    make_sample(path)
    return path


@pytest.fixture
def ledger(sample: Path) -> Iterator[Ledger]:
    with open_existing(sample, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def facts(sample: Path) -> Facts:
    with open_existing(sample, read_only=True) as opened:
        return gather(opened, DAY)


@pytest.fixture(scope="module")
def content(sample: Path) -> PackContent:
    with open_existing(sample, read_only=True) as opened:
        return pack_content(opened, DAY)


@pytest.fixture
def copy(sample: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "copy.ledger"
    path.write_bytes(sample.read_bytes())
    with open_existing(path) as opened:
        yield opened


def blocks_of(section: Section) -> str:
    return plain("".join(one.lead + one.text if isinstance(one, Lead) else str(one) for one in section.blocks))


def said_in(content: PackContent, heading: str) -> str:
    return blocks_of(next(section for section in content.sections if section.heading == heading))


def everything(content: PackContent) -> str:
    texts = [content.title, content.office, *map(str, content.opening)]
    for section in content.sections:
        texts += [section.heading, blocks_of(section)]
        for table in section.tables:
            texts += [table.heading, table.unit, *table.notes, *(text for row in table.rows for text in row)]
        texts += [chart.caption + chart.note for chart in section.charts]
    return "\n".join(texts)


def annexed(content: PackContent, heading: str) -> Table:
    return next(section for section in content.sections if section.heading == heading).tables[0]


def test_the_sample_gives_a_pack_of_3_to_12_stamped_and_numbered_pages(ledger: Ledger) -> None:
    printed = print_pack(ledger, DAY)
    assert printed.missing == ()
    texts = page_texts(printed.data)
    assert 3 <= len(texts) <= 12
    for number, text in enumerate(texts, start=1):
        assert "示例数据" in text
        assert "数据截至2021年11月19日" in text
        assert f"— {number} —" in text
        assert "〓" not in text
    whole = "".join(map(squashed, texts))
    assert "衡阳市有色金属及新型合金产业链推进办公室" in whole
    assert "同口径增长34.5%，名义增长33.3%" in whole
    for caption in ("月度产值与同口径增速", "项目推进情况", "各牵头单位问题办理情况", "银企对接落实情况"):
        assert re.search(rf"图\d　{caption}", whole)


def test_the_same_ledger_at_the_same_date_gives_the_same_bytes(sample: Path) -> None:
    packs = []
    for _round in range(2):
        with open_existing(sample, read_only=True) as opened:
            packs.append(make_pack(opened, DAY))
    assert packs[0] == packs[1]


def test_sections_stand_in_the_order_of_the_trade(content: PackContent) -> None:
    assert [section.heading for section in content.sections if not section.annex] == [
        "总体运行", "企业走访", "问题办理", "银企对接", "项目建设", "存在问题", "下一步事项",
    ]  # fmt: skip
    assert content.title.startswith("有色金属及新型合金产业链")


def test_same_sample_growth_stands_beside_nominal_with_the_bridge_between(content: PackContent, facts: Facts) -> None:
    text = said_in(content, "总体运行")
    assert "2021年1—9月，有产值数据的56家企业累计完成产值（现价）235.00亿元" in text
    assert "上年同期同口径产值174.72亿元，同口径增长34.5%，名义增长33.3%" in text
    assert "在册企业中有13家没有2021年1—9月产值数据，未计入" in text
    for name in ("衡阳示例茶山坳铜制品有限公司", "湖南示例和平渡轧铝有限公司"):  # leavers
        assert re.search(rf"减去已退规的2家企业（[^）]*{name}", text)
    assert "加上新入规的1家企业（衡阳示例角山铟材有限公司）" in text
    assert "新建投产的1家企业（湖南示例酃湖金属新材料有限公司）基数为0" in text
    bridge = facts.bridge
    assert bridge is not None
    assert bridge.published_yuan + sum(yuan for _label, yuan in bridge.steps) == bridge.base_yuan == 17_471_900_000


def test_problem_balances_are_said_and_tabled(content: PackContent, facts: Facts) -> None:
    text = said_in(content, "问题办理")
    number = facts.headline.number
    assert "共收集问题87个，筛选入58个、不予采纳13个、暂不具备条件10个、待筛选6个" in text
    assert "已销号45个、已报结待核实4个、办理中6个、长期推进3个，办结率77.6%" in text
    table = annexed(content, "各牵头单位问题办理情况")
    body = [row for index, row in enumerate(table.rows) if index not in table.groups | table.strong]
    total = table.rows[-1]
    assert total == ("合计", "58", "45", "4", "6", "3", "5", "77.6%")
    for column in range(1, 7):
        assert sum(int(row[column]) for row in body) == int(total[column])
    assert len(body) == number("problems.units")
    assert any("办结率 = 已销号 ÷ 交办" in note for note in table.notes)


def test_the_overdue_are_listed_with_unit_and_days(content: PackContent, facts: Facts) -> None:
    section = next(one for one in content.sections if one.heading == "存在问题")
    rows = section.tables[0].rows
    assert len(rows) == facts.headline.number("problems.overdue") == 5
    days = {row[0]: (row[1], row[4], int(row[-1])) for row in rows}
    assert days["WT0078"] == ("耒阳市", "2021-04-30", (DAY - date(2021, 4, 30)).days)
    late = next(row for row in rows if row[5] == "已报结待核实")  # judged by the day it was reported
    assert (late[4], late[-1]) == ("2021-06-30", str((date(2021, 8, 12) - date(2021, 6, 30)).days))
    assert [int(row[-1]) for row in rows] == sorted((int(row[-1]) for row in rows), reverse=True)


def test_loans_by_bank_add_up_to_the_headline(content: PackContent) -> None:
    text = said_in(content, "银企对接")
    assert "企业12家、园区2个与4家银行" in text
    assert "授信8.86亿元，放款7.31亿元，其中新增5.91亿元、续贷1.40亿元" in text
    assert "不相加" in text
    table = annexed(content, "各银行对接落实情况")
    for column in range(3, 8):
        assert sum(int(row[column]) for row in table.rows[:-1]) == int(table.rows[-1][column])
    assert table.rows[-1][:6] == ("合计", "12", "2", "128100", "88600", "73100")


def test_projects_stand_by_stage_and_the_unknown_is_not_zero(content: PackContent, facts: Facts) -> None:
    assert "项目39个，其中本年竣工5个、在建26个、拟开工8个" in said_in(content, "项目建设")
    table = annexed(content, "重点项目推进情况")
    groups = [table.rows[index][0] for index in sorted(table.groups)]
    assert [re.sub("（.*", "", group) for group in groups] == ["一、竣工项目", "二、在建项目", "三、拟开工项目"]
    body = [row for index, row in enumerate(table.rows) if index not in table.groups | table.strong]
    assert len(body) == 39
    unpriced = next(row for row in body if row[1] == "玉兔集团钛白粉项目")
    assert unpriced[3:8] == ("未登记", "未登记", "未登记", "—", "—")
    slow = next(row for row in body if row[1] == "示例归阳渡锌合金压铸件项目")
    assert slow[6:8] == ("41.7%", "-33.3红")
    known = [one.total_yuan for one in facts.projects if one.total_yuan is not None]
    assert table.rows[-1][3] == wording.yi(sum(known))


def test_next_steps_are_what_the_ledger_schedules(content: PackContent) -> None:
    text = said_in(content, "下一步事项")
    assert "未来30日内（至2021年12月19日）办结时限到期的1个：衡东县WT0080（11月30日到期，已报结待核实）" in text
    assert "待向企业核实销号的4个" in text
    assert "最近一批复核日为2021年12月31日，共4个" in text
    assert "示例三塘再生铝合金锭技改项目（11月30日）" in text


def test_an_earlier_date_is_told_as_it_stood(ledger: Ledger) -> None:
    content = pack_content(ledger, date(2020, 10, 31))
    assert "现有在册企业69家全部走访，覆盖率100.0%" in said_in(content, "企业走访")
    text = said_in(content, "总体运行")
    assert "同口径增速未掌握" in text
    assert "名义增速无法计算" in text
    assert said_in(content, "银企对接") == "截止日以前没有达成意向的银企对接。"


def test_an_empty_ledger_gives_a_pack_that_says_so(tmp_path: Path) -> None:
    with open_or_make(tmp_path / "空.ledger") as empty:
        content = pack_content(empty, DAY)
        texts = page_texts(make_pack(empty, DAY))
    assert 3 <= len(texts) <= 12
    assert not any("示例数据" in text for text in texts)
    for heading in ("总体运行", "企业走访", "问题办理", "银企对接", "项目建设", "下一步事项"):
        assert "未掌握" in said_in(content, heading)
    assert {row[1] for row in annexed(content, "主要指标及口径").rows} == {"未掌握"}
    assert not re.search(r"(?<!\d)0[家个亿万]", everything(content))


@pytest.mark.parametrize(
    ("book", "told", "missing"),
    [
        ("01_*.xlsx", "全链在册规模以上企业69家", "台账尚未登记月度产值"),
        ("05_*.xlsx", "放款7.31亿元", "台账尚未登记走访记录"),
        ("06_*.xlsx", "纳入调度的项目39个", "台账尚未登记企业问题"),
        ("08_*.xlsx", "上年公布数未掌握，名义增速无法计算", "台账尚未登记规模以上企业名册"),
    ],
)
def test_one_desk_alone_is_told_and_the_others_are_unknown(tmp_path: Path, book: str, told: str, missing: str) -> None:
    with open_or_make(tmp_path / "one.ledger") as opened:
        apply_import(opened, plan_import(opened, sorted(resource("sample").glob(book))))
        text = everything(pack_content(opened, DAY))
        make_pack(opened, DAY)
    assert told in text
    assert missing in text


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("projects", "在建项目数"),
        ("banks", "放款合计 = 各银行放款之和"),
        ("loans", "各笔对接放款之和"),
        ("units", "已销号合计 = 各牵头单位之和"),
        ("problems", "收集问题数"),
        ("register", "在册企业数"),
        ("visits", "走访企业数"),
    ],
)
def test_a_mismatch_is_named_and_nothing_is_printed(facts: Facts, part: str, named: str) -> None:
    assert balances.failures(facts) == ()
    rows = getattr(facts, part)
    spoilt = replace(facts, **{part: rows[: len(rows) // 2]})
    with pytest.raises(KnownError, match=named):
        balances.require(balances.failures(spoilt))


def test_an_output_sum_or_a_bridge_that_does_not_hold_is_named(facts: Facts) -> None:
    assert facts.bridge is not None
    with pytest.raises(KnownError, match="产值 = 各企业之和"):
        balances.require(balances.failures(replace(facts, grown=replace(facts.grown, firms=facts.grown.firms[1:]))))
    with pytest.raises(KnownError, match="同口径基数"):
        balances.require(balances.failures(replace(facts, bridge=replace(facts.bridge, base_yuan=1))))
    with pytest.raises(KnownError, match="上年公布数 = 上年各企业之和"):
        balances.require(balances.failures(replace(facts, bridge=replace(facts.bridge, residual_yuan=5))))


def test_recorded_text_is_data_and_phones_are_masked(copy: Ledger) -> None:
    overdue = copy.value("SELECT id FROM problem WHERE number = 78")
    with copy.write("测试", "改写") as writer:
        writer.update(Problem, overdue, {"text": f"{HOSTILE} 联系 {PHONE}"})
        unit = copy.value("SELECT lead_unit_id FROM problem WHERE id = ?", (overdue,))
        writer.update(Unit, unit, {"short": f"耒阳市 {PHONE}"})
        firm = copy.value("SELECT id FROM enterprise WHERE name LIKE '%角山铟材%'")
        writer.update(Enterprise, firm, {"name": f"角山<i>铟材</i>{FULL_WIDTH}"})
    content = pack_content(copy, DAY)
    text = everything(content)
    assert PHONE not in text
    assert FULL_WIDTH not in text
    assert "138****5678" in text
    printed = "".join(map(squashed, page_texts(make_pack(copy, DAY))))
    assert PHONE not in printed
    assert "<b>许可</b> &amp; =1+1 {0} %s \\n 第⑫项" in printed


def test_masking_leaves_figures_alone(content: PackContent) -> None:
    assert masked(content) == content
    table = Table("", content.sections[0].tables[0].columns if content.sections[0].tables else (), ())
    assert masked(table) == table
    assert masked(f"放款13812345678元，电话{PHONE}") == "放款13812345678元，电话138****5678"


def test_a_loan_in_the_bin_is_not_counted(copy: Ledger) -> None:
    row, yuan = copy.rows("SELECT id, drawn_yuan FROM drawdown WHERE deleted_at IS NULL ORDER BY id LIMIT 1")[0]
    with copy.write("测试", "删") as writer:
        writer.bin(Drawdown, row)
    assert f"放款{wording.money(731_000_000 - yuan)}" in said_in(pack_content(copy, DAY), "银企对接")


def test_a_stated_total_of_last_year_is_bridged_with_its_gap(copy: Ledger) -> None:
    with copy.write("测试", "公布数") as writer:
        writer.insert(PublishedTotal, {"month": "2020-09", "total_yuan": 18_000_000_000})
    text = said_in(pack_content(copy, DAY), "总体运行")
    assert "名义增长30.6%" in text
    assert "上年同期公布数为180.00亿元" in text
    assert "企业上年所报之和比公布数少3.65亿元，得到同口径基数174.72亿元" in text


def test_a_firm_without_a_base_is_on_neither_side_and_said(copy: Ledger) -> None:
    spell = copy.value(
        "SELECT s.id FROM register_spell s JOIN enterprise e ON e.id = s.enterprise_id WHERE e.name LIKE '%酃湖%'"
    )
    with copy.write("测试", "入规方式不明") as writer:
        writer.update(RegisterSpell, spell, {"entry_kind": None})
        for row in copy.rows(
            "SELECT o.id FROM monthly_output o JOIN enterprise e ON e.id = o.enterprise_id WHERE e.name LIKE '%酃湖%'"
        ):
            writer.update(MonthlyOutput, row[0], {"month_prev_yuan": None, "cum_prev_yuan": None})
    text = said_in(pack_content(copy, DAY), "总体运行")
    assert "累计完成产值（现价）234.01亿元" in text
    assert "另有1家企业没有上年同期数，其产值9860万元未计入上述同口径合计" in text
    assert "新建投产" not in text


def test_a_stopped_project_has_its_own_group(copy: Ledger) -> None:
    project = copy.value("SELECT id FROM project WHERE name = '示例大浦坪锂电铜箔项目'")
    with copy.write("测试", "停工") as writer:
        writer.insert(StageChange, {"project": project, "stage": "stopped", "day": date(2021, 11, 1)})
    content = pack_content(copy, DAY)
    assert "在建25个、拟开工8个、停缓建1个" in said_in(content, "项目建设")
    table = annexed(content, "重点项目推进情况")
    assert table.rows[max(table.groups)][0].startswith("四、停缓建项目（1个")


def test_an_unknown_kind_is_refused(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="没有“年报”这种材料"):
        make_pack(ledger, DAY, kind="年报")


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (23_500_000_000, "235.00亿元"), (100_000_000, "1.00亿元"), (99_996_000, "1.00亿元"), (99_994_999, "9999万元"),
        (25_695_000, "2570万元"), (10_000, "1万元"), (9_999, "9999元"), (0, "0元"), (None, "未登记"),
        (-162_630_000, "-1.63亿元"),
    ],
)  # fmt: skip
def test_money_in_a_sentence(yuan: int | None, text: str) -> None:
    assert wording.money(yuan) == text


def test_what_rounding_leaves_over_is_said(copy: Ledger, content: PackContent) -> None:
    assert wording.ROUNDED not in everything(content)
    with copy.write("测试", "零头") as writer:
        for (row,) in copy.rows(
            "SELECT c.id FROM credit c JOIN match m ON m.id = c.match_id JOIN bank b ON b.id = m.bank_id "
            "GROUP BY b.id ORDER BY b.id LIMIT 2"
        ):
            writer.update(Credit, row, {"granted_yuan": 10_004_000})
    notes = annexed(pack_content(copy, DAY), "各银行对接落实情况").notes
    assert any(wording.ROUNDED in note for note in notes)
    assert wording.as_shown(17_634_530_000) == 17_635_000_000
    assert wording.as_shown(75_674_999) == 75_670_000


def test_rates_and_growth_in_a_sentence() -> None:
    assert wording.rate(45, 58) == "77.6%"
    assert wording.rate(9999, 10000) == "99.9%"
    assert wording.rate(58, 58) == "100.0%"
    assert wording.rate(0, 0) == "—"
    assert wording.growth(Decimal("34.5")) == "增长34.5%"
    assert wording.growth(Decimal("-3.2")) == "下降3.2%"
    assert wording.growth(Decimal("0.0")) == "持平"
    assert wording.growth(None) == "增幅未掌握"
    assert wording.points(Decimal("-0.04")) == "持平"
    assert wording.points(Decimal("-7.35"), "提高", "回落") == "回落7.4个百分点"


def test_periods_and_lists_in_a_sentence() -> None:
    assert wording.span("2021-01", "2021-09") == "2021年1—9月"
    assert wording.span("2021-01", "2021-01") == "2021年1月"
    assert wording.span("2020-11", "2021-02") == "2020年11月—2021年2月"
    assert wording.listed(["甲", "乙", "丙"], 2) == "甲、乙等"
    assert wording.said(" 电话：\n138 1234 5678；。") == "电话： 138****5678"
    assert wording.quoted("长" * 70) == "“" + "长" * 58 + "……”"


def test_system_faces_are_used_only_by_the_setting(
    sample_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chain_office.reports import fonts

    asked: list[bool] = []

    def no_folders() -> tuple[Path, ...]:
        asked.append(True)
        return ()

    monkeypatch.setattr(fonts, "system_font_folders", no_folders)
    path = tmp_path / "台账.ledger"
    path.write_bytes(sample_office.read_bytes())
    with open_existing(path) as ledger:
        bundled = make_pack(ledger, DAY)
        assert asked == []
        with ledger.write("张三", "用系统字体") as writer:
            put_settings(writer, {"system_fonts": "true"})
        assert make_pack(ledger, DAY) == bundled  # no folder gave a face, so the bundled ones stand
    assert asked == [True]
