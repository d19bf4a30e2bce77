"""Tables as offices lay them out, and what must come out of them."""

from __future__ import annotations

from datetime import date

from chain_office.domain.tables import ParsedTable, UnreadSheet
from tests.exchange.layouts import all_values, column, outcome, reasons, table, values

FIRM, OTHER, THIRD = "湖南甲铜业有限公司", "衡阳乙锌业有限公司", "常宁丙铅业有限公司"


def test_three_heading_rows_of_the_national_form() -> None:
    rows: list[list[object]] = [
        ["序号", "企业名称", "工业总产值(万元)", "", "", "", "备注"],
        ["", "", "本年", "", "上年同期", "", ""],
        ["", "", "本月", "1-本月", "本月", "1-本月", ""],
        [1, FIRM, 10.5, 100, 9, 80, ""],
    ]
    merged = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 5), (1, 2, 1, 3), (1, 4, 1, 5), (0, 6, 2, 6)]
    expected = {
        "enterprise": FIRM,
        "month_yuan@2021-09": 105_000,
        "cum_yuan@2021-01..2021-09": 1_000_000,
        "month_prev_yuan@2021-09": 90_000,
        "cum_prev_yuan@2021-01..2021-09": 800_000,
    }
    assert all_values(table(rows, sheet="2021年9月")) == [expected]
    assert all_values(table(rows, merged, sheet="2021年9月")) == [expected]
    titled: list[list[object]] = [["2021年9月有色金属产业链规上企业产值"], ["", "", "", "", "", "单位：千元"], *rows]
    titled[2] = [text.replace("(万元)", "") if isinstance(text, str) else text for text in titled[2]]
    assert values(table(titled).rows[0])["month_yuan@2021-09"] == 10_500


def test_title_unit_line_groups_totals_and_footer() -> None:
    found = table(
        [
            ["附件2"],
            ["2021年有色金属产业链重点项目调度表"],
            ["（截至9月30日）", "", "", "", "单位：亿元"],
            ["序号", "项目名称", "建设单位", "总投资", "年度计划投资(万元)", "存在问题"],
            ["一", "竣工项目(2个)", "", 3, "", ""],
            [1, "阳极泥技改", FIRM, 1, "5,000", "用地"],
            [2, "尾矿综合利用", OTHER, "２.０", "约300", ""],
            ["二、在建项目(1个)"],
            [3, "铜箔一期", FIRM, 5, 1, ""],
            ["合计", "", "", 8, 5301, ""],
            ["填表人：张三", "", "审核：李四", "", "", "联系电话：略"],
        ],
        [(1, 0, 1, 5), (7, 0, 7, 5)],
    )
    assert found.desk == "projects"
    assert found.title == "2021年有色金属产业链重点项目调度表"
    assert (found.as_of, found.title_date, found.title_precision) == (date(2021, 9, 30), date(2021, 1, 1), "year")
    assert [row.row for row in found.rows] == [6, 7, 9]
    assert [row.group for row in found.rows] == ["竣工", "竣工", "在建"]
    assert column(found, "total_yuan") == [100_000_000, 200_000_000, 500_000_000]
    assert column(found, "year_plan_yuan") == [50_000_000, 3_000_000, 10_000]
    assert ("填表人", "张三") in found.facts
    assert found.warned == ()


def test_group_counts_and_totals_that_do_not_agree_are_said_with_both_figures() -> None:
    found = table(
        [
            ["项目名称", "总投资（亿元）"],
            ["一、竣工项目（3个）"],
            ["一季度开工项目", 118.93],
            ["二季度开工项目", 85.66],
            ["三季度开工项目", 38.72],
            ["二、在建项目（5个）"],
            ["在建的项目", 1],
            ["合计", 217.71],
        ],
        [(1, 0, 1, 1), (5, 0, 5, 1)],
    )
    assert [remark.row for remark in found.warned] == [6, 8]
    assert "5" in reasons(found)[0]
    assert "实际有 1 行" in reasons(found)[0]
    assert "217.71" in reasons(found)[1]
    assert "244.31" in reasons(found)[1]


def test_subtotals_by_group_and_a_total_above() -> None:
    rows = [
        ["单位：万元"],
        ["序号", "企业名称", "9月产值", "1-9月产值"],
        ["合计", "3家", 3, 27],
        ["", "常宁市"],
        [1, FIRM, 1, 9],
        [2, OTHER, 1, 9],
        ["", "小  计", 2, 18],
        ["", "耒阳市"],
        [3, THIRD, 1, 9],
        ["", "小计", 1, 9],
    ]
    found = table(rows, sheet="2021年")
    assert [row.group for row in found.rows] == ["常宁市", "常宁市", "耒阳市"]
    assert found.warned == ()
    rows[6] = ["", "小计", 2, 19]
    assert [(one.row, one.column) for one in table(rows, sheet="2021年").warned] == [(7, "1-9月产值")]


def test_rounded_totals_are_no_mismatch() -> None:
    rows: list[list[object]] = [["企业名称", "9月产值(亿元)"], [FIRM, 1.2345], [OTHER, 2.3456], ["合计", 3.58]]
    assert table(rows, sheet="2021年").warned == ()
    rows[3] = ["合计", 3.59]
    assert len(table(rows, sheet="2021年").warned) == 1


def test_nested_groups() -> None:
    found = table(
        [
            ["序号", "企业名称", "存在问题", "牵头单位"],
            ["一、融资类问题（2个）"],
            ["（一）常宁市"],
            [1, FIRM, "流动资金紧张", "市政府金融办"],
            ["（二）耒阳市"],
            [2, OTHER, "抵押物不足", "市政府金融办"],
            ["二、用地类问题（1个）"],
            [3, THIRD, "二期用地未批", "市自然资源和规划局"],
        ]
    )
    assert [row.group for row in found.rows] == ["融资/常宁市", "融资/耒阳市", "用地"]
    assert found.warned == ()


def test_headings_repeated_down_the_page_and_groups_above_them() -> None:
    head = ["序号", "项目名称", "总投资（亿元）", "建设地点"]
    found = table(
        [
            ["2021年重点项目"],
            ["一、竣工项目（2个）"],
            head,
            [1, "甲项目", 1, "常宁市"],
            [2, "乙项目", 2, "常宁市"],
            [],
            ["二、在建项目（1个）"],
            head,
            [3, "丙项目", 3, "耒阳市"],
            head,
            [4, "丁项目", 3, "耒阳市"],
            ["合计", "", 9, ""],
        ]
    )
    assert found.title == "2021年重点项目"
    assert [(row.row, row.group) for row in found.rows] == [(4, "竣工"), (5, "竣工"), (9, "在建"), (11, "在建")]
    assert reasons(found) == ["写着1，实际有 2 行"]


def test_several_tables_one_under_another() -> None:
    found = outcome(
        [
            ["2021年9月银企对接情况"],
            ["序号", "企业名称", "授信金额(万元)", "放款金额(万元)", "银行名称"],
            [1, FIRM, 100, 50, "建设银行"],
            ["合计", "", 100, 50],
            ["填表人：张"],
            [],
            ["2021年9月产值表"],
            ["", "", "", "", "单位：千元"],
            ["序号", "企业名称", "本月", "累计", "上年同期", "同比增长%"],
            [1, FIRM, 100, 900, 800, 12.5],
        ]
    )
    tables = [one for one in found if isinstance(one, ParsedTable)]
    assert [one.desk for one in tables] == ["finance", "output"]
    assert tables[0].title == "2021年9月银企对接情况"
    assert column(tables[0], "granted_yuan") == [1_000_000]
    assert values(tables[1].rows[0]) == {
        "enterprise": FIRM,
        "month_yuan@2021-09": 100_000,
        "cum_yuan@2021-01..2021-09": 900_000,
        "cum_prev_yuan@2021-01..2021-09": 800_000,
        "cum_yoy@2021-01..2021-09": values(tables[1].rows[0])["cum_yoy@2021-01..2021-09"],
    }


def test_a_table_away_from_a1_with_blank_rows_and_columns_in_full_width() -> None:
    found = table(
        [
            [],
            [],
            ["", "", "规模以上企业名录"],
            [],
            ["", "", "序　号", "", "企业　名称", "县（市、区）", "联系人及电话", "职工\n人数"],
            ["", "", 1, "", FIRM, "常宁市", "张三13800138000", "１２０"],
            [],
            ["", "", 2, "", OTHER, "耒阳市", "李四 139-0013-8000", "85人"],
        ]
    )
    assert found.desk == "enterprises"
    assert [row.row for row in found.rows] == [6, 8]
    assert column(found, "name") == [FIRM, OTHER]
    assert column(found, "employees") == [120, 85]
    assert [title for title, _ in found.columns] == ["企业名称", "县（市、区）", "联系人及电话", "职工人数"]


def test_merged_names_are_filled_down_but_amounts_count_once() -> None:
    found = table(
        [
            ["序号", "企业名称", "需求金额(万元)", "意向银行", "意向金额(万元)"],
            [1, FIRM, 5000, "建设银行", 2000],
            ["", "", "", "农发行", 3000],
            [2, OTHER, 800, "国开行", 800],
        ],
        [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)],
    )
    assert column(found, "enterprise") == [FIRM, FIRM, OTHER]
    assert column(found, "need_yuan") == [50_000_000, None, 8_000_000]
    assert column(found, "intent_yuan") == [20_000_000, 30_000_000, 8_000_000]
    assert all(not row.warned for row in found.rows)


def test_a_row_without_number_and_name_goes_on_under_the_one_above() -> None:
    found = table(
        [
            ["序号", "企业名称", "存在问题", "牵头单位"],
            [1, FIRM, "用电", "国网衡阳供电公司"],
            ["", "", "用水", "市水利局"],
            [2, "", "道路破损", "市交通运输局"],
        ]
    )
    assert column(found, "enterprise") == [FIRM, FIRM, None]
    assert "按上一行" in found.rows[1].warned[0].reason
    assert found.rows[2].refused[0].column == "企业名称"


def test_rows_that_only_have_a_number_are_no_rows() -> None:
    found = table([["序号", "企业名称", "联系电话"], [1, FIRM, "13800138000"], [2, "", ""], [3, "", ""]])
    assert len(found.rows) == 1


def test_two_units_in_one_table() -> None:
    found = table(
        [
            [
                "项目名称",
                "项目代码",
                "责任单位",
                "建设单位",
                "总投资\n(亿元)",
                "年度计划投资(万元)",
                "年度累计完成投资(万元)",
            ],
            ["铜箔一期", "2020-430482-32-03-01", "市工信局", FIRM, 1.5, 2000, "1,000"],
        ],
        sheet="2021年9月",
    )
    assert column(found, "total_yuan") == [150_000_000]
    assert column(found, "year_plan_yuan") == [20_000_000]
    assert values(found.rows[0])["year_done_yuan@2021-01..2021-09"] == 10_000_000
    assert [title for title, name in found.columns if name == "total_yuan"] == ["总投资(亿元)"]


def test_parts_under_a_heading_are_not_the_whole() -> None:
    rows = [
        ["月份", "项目名称", "建设单位", "投资情况", "", "", "", ""],
        ["", "", "", "年度计划投资", "当月已完成投资", "", "", "形象进度"],
        ["", "", "", "", "当月至今已完成", "土建工程", "设备安装费用", ""],
        ["2021-09", "铜箔一期", FIRM, "3000万", "100万", "20万", "10万", "封顶"],
    ]
    merged = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 2, 2), (0, 3, 0, 7), (1, 4, 1, 6), (1, 3, 2, 3), (1, 7, 2, 7)]
    found = table(rows, merged)
    assert values(found.rows[0]) == {
        "month": "2021-09",
        "name": "铜箔一期",
        "owner": FIRM,
        "year_plan_yuan": 30_000_000,
        "year_done_yuan": 1_000_000,
        "image_progress": "封顶",
    }
    assert [one.column.rpartition("/")[2] for one in found.warned] == ["土建工程", "设备安装费用"]


def test_wide_months_of_two_years() -> None:
    rows = [
        ["有色金属产业链产值统计表 单位：万元"],
        ["序号", "企业名称", "2021年", "", "", "2020年", "", ""],
        ["", "", "1月", "2月", "3月", "1月", "2月", "3月"],
        [1, FIRM, 1, 2, 3, 4, 5, 6],
    ]
    expected: dict[str, object] = {"enterprise": FIRM}
    expected |= {f"month_yuan@2021-0{n}": n * 10_000 for n in (1, 2, 3)}
    expected |= {f"month_yuan@2020-0{n}": (n + 3) * 10_000 for n in (1, 2, 3)}
    merged = [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 7)]
    assert all_values(table(rows, merged)) == [expected]
    assert all_values(table(rows)) == [expected]


def test_last_years_column_beside_this_years_is_the_forms_own_base() -> None:
    found = table(
        [["企业名称", "2021年1-9月产值（亿元）", "2020年1-9月产值（亿元）", "同比±%"], [FIRM, 2, 1.5, "33.3"]]
    )
    read = values(found.rows[0])
    assert read["cum_yuan@2021-01..2021-09"] == 200_000_000
    assert read["cum_prev_yuan@2021-01..2021-09"] == 150_000_000
    assert "cum_yoy@2021-01..2021-09" in read


def test_pairs_of_prior_year_and_growth_follow_their_neighbour() -> None:
    found = table(
        [
            ["2021年9月", "", "", "", "", "", "单位：万元"],
            ["企业名称", "本月", "上年同期", "同比%", "累计", "上年同期", "同比%"],
            [FIRM, 10, 8, 25, 90, 80, 12.5],
        ]
    )
    assert {name.partition("@")[0] for name in values(found.rows[0])} == {
        *("enterprise", "month_yuan", "month_prev_yuan", "month_yoy", "cum_yuan", "cum_prev_yuan", "cum_yoy")
    }


def test_the_title_says_what_a_bare_measure_covers() -> None:
    rows = [["2021年1-9月规上企业产值（万元）"], ["企业名称", "工业总产值", "上年同期"], [FIRM, 10, 8]]
    assert set(values(table(rows).rows[0])) == {
        "enterprise",
        "cum_yuan@2021-01..2021-09",
        "cum_prev_yuan@2021-01..2021-09",
    }
    rows[0] = ["2021年9月规上企业产值（万元）"]
    assert set(values(table(rows).rows[0])) == {"enterprise", "month_yuan@2021-09", "month_prev_yuan@2021-09"}


def test_a_unit_of_its_own_in_every_row() -> None:
    found = table(
        [
            ["2021年9月"],
            ["单位详细名称", "计量单位", "代码", "本月", "1—本月"],
            ["甲", "乙", "丙", 1, 2],
            [FIRM, "千元", "01", 1, 2],
            [OTHER, "万元", "01", 1, 2],
        ]
    )
    assert column(found, "month_yuan") == [1000, 10_000]


def test_a_grid_of_banks() -> None:
    rows = [
        ["序号", "企业（园区）名称", "授信金额（万元）", "", "放款（万元）", "", "备注"],
        ["", "", "建设银行", "农开行", "建设银行", "浦发", ""],
        [1, FIRM, 100, 200, 50, "3000", ""],
        ["合计", "", 100, 200, 50, 3000, ""],
    ]
    expected = {
        "enterprise": FIRM,
        "granted_yuan#建设银行": 1_000_000,
        "granted_yuan#农开行": 2_000_000,
        "drawn_yuan#建设银行": 500_000,
        "drawn_yuan#浦发": 30_000_000,
    }
    for merges in ([], [(0, 2, 0, 3), (0, 4, 0, 5), (0, 0, 1, 0), (0, 1, 1, 1), (0, 6, 1, 6)]):
        found = table(rows, merges)
        assert all_values(found) == [expected]
        assert found.warned == ()
    titled = table([["银企对接会授信情况（万元）"], ["企业名称", "建设银行", "国开行"], [FIRM, 5, 6]])
    assert values(titled.rows[0]) == {
        "enterprise": FIRM,
        "granted_yuan#建设银行": 50_000,
        "granted_yuan#国开行": 60_000,
    }


def test_visit_records() -> None:
    found = table(
        [
            ["附件1"],
            ["有色金属产业链企业走访调研记录表"],
            ["", "2020年10月"],
            [
                "序号",
                "走访时间",
                "企业名称",
                "带队领导",
                "走访人员",
                "受访人及职务",
                "生产经营情况",
                "存在困难和问题",
                "发展打算",
            ],
            [1, "10月8日", FIRM, "王", "李", "张总", "平稳", "1.融资难2.用地", "扩产"],
            [2, 44113, OTHER, "", "", "", "", "", ""],
        ]
    )
    assert found.desk == "visits"
    assert column(found, "day") == [date(2020, 10, 8), date(2020, 10, 9)]
    assert (found.title_date, found.title_precision) == (date(2020, 10, 1), "month")


def test_a_hand_over_list_and_its_deadlines() -> None:
    found = table(
        [
            ["衡阳市有色金属产业链企业问题交办清单"],
            ["（2020年11月3日问题交办会）"],
            ["序号", "企业名称", "存在问题", "主板单位", "配合单位", "办结时限", "办理进展", "是否办结"],
            [1, FIRM, "融资难", "市政府金融办", "", "11月底前", "", "已办结"],
            [2, OTHER, "用地难", "市自规局", "常宁市", "1月15日", "", ""],
            [3, THIRD, "缺电", "国网", "", "长期坚持", "", ""],
        ],
        [(0, 0, 0, 7)],
    )
    assert found.desk == "problems"
    assert found.title_date == date(2020, 11, 3)
    assert column(found, "deadline") == [date(2020, 11, 30), date(2021, 1, 15), None]
    assert found.rows[2].cell("deadline") is not None
    assert [one.column for one in found.warned] == ["主板单位"]
    assert "主办单位" in reasons(found)[0]


def test_which_desk_a_table_belongs_to() -> None:
    project_problems = [
        ["项目名称", "建设单位", "总投资(亿元)", "存在问题", "责任单位"],
        ["铜箔一期", FIRM, 1, "用地", "市工信局"],
    ]
    assert table(project_problems).desk == "projects"
    visits = [["企业名称", "走访时间", "存在问题", "意见建议"], [FIRM, "2020年10月8日", "用地", "无"]]
    assert table(visits).desk == "visits"
    problems = [
        ["企业名称", "问题类别", "存在问题", "牵头单位", "办结时限"],
        [FIRM, "用地", "批地慢", "市自规局", "2021年6月底"],
    ]
    assert table(problems).desk == "problems"
    needs = [
        ["企业名称", "统一社会信用代码", "联系人", "联系电话", "贷款金额", "意向银行"],
        [FIRM, "", "张", "", "3亿元", "建行"],
    ]
    assert table(needs).desk == "finance"
    register = [["企业名称", "法定代表人", "联系人", "联系电话", "县市区"], [FIRM, "张", "李", "", "常宁市"]]
    assert table(register).desk == "enterprises"
    output = [["企业名称", "9月产值(万元)", "同比"], [FIRM, 1, "5%"]]
    assert table(output, sheet="2021年").desk == "output"


def test_statistics_covers_and_instructions_are_no_tables() -> None:
    sheets: list[list[list[object]]] = [
        [
            ["2021年各县市区项目情况汇总表"],
            ["县市区", "项目个数", "总投资（亿元）", "竣工", "在建"],
            ["常宁市", 5, 10, 1, 2],
        ],
        [["牵头单位", "问题数", "已办结", "办结率", "满意度"], ["市发改委", 3, 2, "66.7%", ""]],
        [["银行", "授信户数", "授信金额（万元）", "放款金额（万元）"], ["建设银行", 3, 2, 1]],
        [["园区", "企业数", "1-9月产值（亿元）", "同比增长%"], ["水口山经开区", 3, 2, 1]],
        [["企业名称", "问题数", "办结数", "办结率"], [FIRM, 3, 2, "66.7%"]],
        [["填表说明"], ["一、本表由各县市区填报。"], ["二、金额单位为万元。"]],
        [["封面"]],
    ]
    for rows in sheets:
        (found,) = outcome(rows)
        assert isinstance(found, UnreadSheet), found
        assert found.reason


def test_a_list_that_lacks_whom_it_is_about_says_so() -> None:
    (found,) = outcome(
        [["具体问题表述", "牵头单位", "整改时限", "是否销号", "满意度"], ["某问题", "市发改委", "2021年6月", "是", ""]]
    )
    assert isinstance(found, UnreadSheet)
    assert "企业名称" in found.reason


def test_an_empty_sheet_says_nothing() -> None:
    assert outcome([[], ["", ""]]) == ()


def test_unknown_columns_are_named_once() -> None:
    found = table([["企业名称", "县市区", "幸运数字", "空列"], [FIRM, "常宁市", 7, ""], [OTHER, "常宁市", 8, ""]])
    assert [(one.row, one.column) for one in found.warned] == [(1, "幸运数字")]


def test_notes_under_a_table_are_not_rows_but_their_facts_are_kept() -> None:
    found = table(
        [
            ["企业名称", "2021年1-9月产值(亿元)"],
            [FIRM, 2],
            ["注：1.本表为调度数。"],
            ["2.上年公布数按统计公报。"],
            ["上年公布数：172.00亿元"],
            ["单位负责人：", "填表人：张", ""],
        ]
    )
    assert len(found.rows) == 1
    assert ("上年公布数", "172.00亿元") in found.facts
    assert found.rows[0].refused == ()


def test_years_come_from_the_heading_before_the_title() -> None:
    found = table(
        [["2020年问题清单"], ["企业名称", "存在问题", "牵头单位", "2021年办结时间"], [FIRM, "用地", "市局", "3月5日"]]
    )
    assert column(found, "closed_day") == [date(2021, 3, 5)]


def test_units_in_a_row_of_their_own_under_the_headings() -> None:
    found = table(
        [
            ["序号", "项目名称", "总投资", "年度计划投资", "形象进度"],
            ["", "", "（亿元）", "万元", ""],
            [1, "铜箔一期", 1.5, 2000, "封顶"],
        ]
    )
    assert column(found, "total_yuan") == [150_000_000]
    assert column(found, "year_plan_yuan") == [20_000_000]
    assert len(found.rows) == 1


def test_one_merged_heading_over_name_and_phone() -> None:
    rows = [["企业名称", "联系人及电话", "", "县市区"], [FIRM, "张三", 13800138000, "常宁市"]]
    found = table(rows, [(0, 1, 0, 2)])
    assert values(found.rows[0]) == {"name": FIRM, "contact_phone": "张三 13800138000", "district": "常宁市"}
    assert found.warned == ()


def test_the_three_standing_questions_as_headings() -> None:
    found = table(
        [
            ["企业走访记录"],
            ["企业名称", "走访时间", "目前企业的生产经营怎么样？", "企业存在什么困难和问题需要政府帮助解决？"],
            [FIRM, "2020年10月8日", "平稳", "缺流动资金"],
        ]
    )
    assert values(found.rows[0])["q1_status"] == "平稳"
    assert values(found.rows[0])["q2_problem"] == "缺流动资金"
    assert any("请核对" in one for one in reasons(found))


def test_the_day_a_form_was_filled_in_is_not_the_day_of_its_matter() -> None:
    rows = [
        ["2020年企业问题清单"],
        ["填报日期：2020年12月1日     单位：个"],
        ["企业名称", "存在问题", "牵头单位"],
        [FIRM, "用电", "市发改委"],
    ]
    assert (table(rows).title_date, table(rows).title_precision) == (date(2020, 1, 1), "year")
    rows[1] = ["交办时间：2020年11月3日"]
    assert (table(rows).title_date, table(rows).title_precision) == (date(2020, 11, 3), "day")


def test_a_sheets_name_or_title_groups_its_rows() -> None:
    rows = [["项目名称", "总投资(亿元)"], ["铜箔一期", 1]]
    assert [row.group for row in table(rows, sheet="在建项目").rows] == ["在建"]
    assert [row.group for row in table([["2021年拟开工项目表"], *rows]).rows] == ["拟开工"]
    assert [row.group for row in table([["竣工项目、在建项目表"], *rows]).rows] == [""]
    assert [row.group for row in table(rows, sheet="常宁市").rows] == ["常宁市"]
    assert [row.group for row in table(rows).rows] == [""]


def test_below_is_blank() -> None:
    found = table([["序号", "企业名称", "联系电话"], [1, FIRM, ""], ["（以下空白）"]])
    assert len(found.rows) == 1


def test_months_down_the_rows() -> None:
    found = table(
        [
            ["2021年产值（万元）"],
            ["企业名称", "月份", "工业总产值", "累计"],
            [FIRM, "9月", 5, 50],
            [FIRM, "2021.10", 6, 56],
        ]
    )
    assert column(found, "month") == ["2021-09", "2021-10"]
    assert found.questions == ()


def test_body_rows_made_of_heading_words_stay_body_rows() -> None:
    found = table(
        [
            ["企业名称", "主要产品", "备注"],
            [FIRM, "铜", ""],
            ["单位", "产品", ""],
            [OTHER, "锌", ""],
        ]
    )
    assert [row.row for row in found.rows] == [2, 3, 4]


def test_an_only_child_under_its_heading() -> None:
    rows = [
        ["2021年上半年运行情况"],
        ["序号", "企业名称", "工业总产值（万元）", "", "", "用电量（万千瓦时）", "生产状态"],
        ["", "", "1-6月", "上年同期", "增幅%", "6月", ""],
        [1, FIRM, "1,200", "1,000", "20%", 12.5, "正常"],
    ]
    found = table(rows, [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 6, 2, 6)])
    read = values(found.rows[0])
    assert read["cum_yuan@2021-01..2021-06"] == 12_000_000
    assert read["cum_prev_yuan@2021-01..2021-06"] == 10_000_000
    assert read["stop"] == "正常"
    assert "power_kwh@2021-06" in read


def test_demands_stand_in_for_problems() -> None:
    rows = [
        ["企业诉求研判表"],
        ["企业", "诉求内容", "是否急需", "条件是否具备", "政府能否办到", "处理意见", "承办单位", "交办时间"],
        [FIRM, "专线供电", "是", "是", "能", "交办", "市供电公司", "2021年3月8日"],
    ]
    found = table(rows)
    assert found.desk == "problems"
    assert column(found, "text") == ["专线供电"]


def test_a_title_that_counts_is_no_group() -> None:
    found = table([["产业链规上企业名录（共1户）"], ["单位名称", "主营产品", "备注"], [FIRM, "铜", ""]])
    assert found.title == "产业链规上企业名录(共1户)"
    assert found.rows[0].group == ""


def test_a_unit_inside_the_titles_brackets() -> None:
    found = table([["银企对接情况表（2021年5月20日，单位：万元）"], ["企业名称", "放款金额"], [FIRM, 5]])
    assert found.title == "银企对接情况表(2021年5月20日)"
    assert found.title_date == date(2021, 5, 20)
    assert column(found, "drawn_yuan") == [50_000]


def test_names_broken_over_lines_and_negative_amounts() -> None:
    found = table([["项目名称", "总投资（万元）"], ["装配式\n构件厂", 5], ["铜箔一期", -5]])
    assert column(found, "name") == ["装配式构件厂", "铜箔一期"]
    assert "负数" in found.rows[1].refused[0].reason


def test_equal_tables_side_by_side() -> None:
    head = ["序号", "企业名称", "9月产值(万元)"]
    found = outcome([["2021年产值"], [*head, "", *head], [1, FIRM, 1, "", 3, THIRD, 3], [2, OTHER, 2, "", "", "", ""]])
    tables = [one for one in found if isinstance(one, ParsedTable)]
    assert [column(one, "enterprise") for one in tables] == [[FIRM, OTHER], [THIRD]]
    assert [column(one, "month_yuan") for one in tables] == [[10_000, 20_000], [30_000]]
    assert [one.title for one in tables] == ["2021年产值", "2021年产值"]


def test_parts_of_a_total_are_no_rows() -> None:
    found = table(
        [["企业名称", "1-9月产值(万元)"], [FIRM, 1], ["合计", 1], ["其中：常宁市", 1], ["耒阳市", 0], [OTHER, 3]],
        sheet="2021年",
    )
    assert column(found, "enterprise") == [FIRM, OTHER]
    assert found.facts == ()


def test_a_tick_under_one_of_several_states() -> None:
    rows = [
        ["序号", "企业", "存在问题", "责任单位", "办理状态", "", ""],
        ["", "", "", "", "已办结", "正在办理", "长期推进"],
        [1, FIRM, "消防验收", "市住建局", "√", "", ""],
        [2, OTHER, "林地指标", "市林业局", "", "√", ""],
        [3, THIRD, "道路改造", "市交通局", "", "", ""],
    ]
    found = table(rows, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 1, 3), (0, 4, 0, 6)])
    assert column(found, "status") == ["已办结", "正在办理", None]
    assert found.warned == ()


def test_a_bank_named_by_the_sheet_the_title_or_the_group() -> None:
    rows: list[list[object]] = [["企业名称", "放款金额（万元）"], [FIRM, 5]]
    expected = {"enterprise": FIRM, "drawn_yuan#农业银行": 50_000}
    assert all_values(table(rows, sheet="农业银行")) == [expected]
    assert all_values(table([["农业银行支持产业链放款明细表"], *rows])) == [expected]
    grouped = [rows[0], ["一、建设银行（1家）"], rows[1], ["二、国开行（1家）"], rows[1]]
    amounts = [set(values(row)) - {"enterprise"} for row in table(grouped).rows]
    assert amounts == [{"drawn_yuan#建设银行"}, {"drawn_yuan#国开行"}]


def test_a_numbered_annex_keeps_its_title() -> None:
    found = table([["附表2：2021年1-9月产值（单位：万元）"], ["企业名称", "1-9月产值"], [FIRM, 5]])
    assert found.title == "2021年1-9月产值"
    assert found.title_date == date(2021, 9, 1)


def test_headings_with_numbers_and_explanations() -> None:
    found = table(
        [
            [
                "序号",
                "1.企业名称（盖章）",
                "②走访时间",
                "3、存在的困难和问题（请写明具体事项、涉及部门，可另附页）",
            ],
            [1, FIRM, "2020年10月8日", "缺流动资金"],
        ]
    )
    assert found.desk == "visits"
    assert values(found.rows[0]) == {"enterprise": FIRM, "day": date(2020, 10, 8), "q2_problem": "缺流动资金"}
    assert found.columns[0][0] == "1.企业名称（盖章）"


def test_years_as_numbers_in_headings() -> None:
    rows = [
        ["企业名称", "工业总产值（万元）", "", "备注"],
        ["", 2021, 2020, ""],
        ["", "1-9月", "1-9月", ""],
        [FIRM, 5, 4, ""],
    ]
    read = values(table(rows, [(0, 0, 2, 0), (0, 1, 0, 2), (0, 3, 2, 3)]).rows[0])
    assert read["cum_yuan@2021-01..2021-09"] == 50_000
    assert read["cum_prev_yuan@2021-01..2021-09"] == 40_000


def test_places_group_rows_in_a_table_without_numbers() -> None:
    found = table([["企业名称", "主要产品", "联系电话"], ["常宁市"], [FIRM, "铜", ""], ["耒阳市"], [OTHER, "锌", ""]])
    assert [row.group for row in found.rows] == ["常宁市", "耒阳市"]
