"""What is asked instead of guessed, what an answer does, and what a bad cell costs its row."""

from __future__ import annotations

from datetime import date

import pytest

from chain_office.exchange.book import UNSAVED
from tests.exchange.layouts import all_values, column, table, values

FIRM, OTHER, THIRD = "湖南甲铜业有限公司", "衡阳乙锌业有限公司", "常宁丙铅业有限公司"


def test_a_number_without_a_unit_is_asked_once_a_column() -> None:
    rows = [["企业名称", "授信额度", "放款金额（万元）"], [FIRM, 5, 1], [OTHER, 6, 2], [THIRD, "7亿元", 3]]
    found = table(rows)
    assert [question.id for question in found.questions] == ["Sheet1!授信额度!unit"]
    assert found.questions[0].topic == "unit"
    assert "亿元" in found.questions[0].choices
    assert [bool(row.refused) for row in found.rows] == [True, True, False]
    assert {remark.question for row in found.rows for remark in row.refused} == {"Sheet1!授信额度!unit"}
    answered = table(rows, answers={"Sheet1!授信额度!unit": "亿元"})
    assert answered.questions == ()
    assert column(answered, "granted_yuan") == [500_000_000, 600_000_000, 700_000_000]


def test_zero_needs_no_unit_and_two_units_in_the_unit_line_are_none() -> None:
    found = table([["单位：亿元、万元"], ["企业名称", "授信额度"], [FIRM, 5], [OTHER, 0]])
    assert [len(row.refused) for row in found.rows] == [1, 0]


def test_a_range_is_asked_for_its_cell() -> None:
    rows = [["企业名称", "授信额度(万元)"], [FIRM, "80-100"], [OTHER, "5"]]
    found = table(rows)
    assert [question.id for question in found.questions] == ["Sheet1!2!授信额度(万元)"]
    assert column(found, "granted_yuan") == [None, 50_000]
    answered = table(rows, answers={"Sheet1!2!授信额度(万元)": "90"})
    assert column(answered, "granted_yuan") == [900_000, 50_000]
    assert answered.questions == ()
    still_bad = table(rows, answers={"Sheet1!2!授信额度(万元)": "多少来着"})
    assert still_bad.rows[0].refused[0].question == ""


def test_dates_without_a_year_are_asked_and_the_hand_over_settles_the_row() -> None:
    rows = [
        ["企业名称", "存在问题", "责任单位", "交办时间", "完成时限", "办结时间"],
        [FIRM, "用电", "市发改委", "11月3日", "12月底前", "1月5日"],
        [OTHER, "用水", "市水利局", date(2020, 11, 3), "2月底前", "1月5日"],
    ]
    found = table(rows)
    assert [question.id for question in found.questions] == ["Sheet1!交办时间!year"]
    assert {remark.question for remark in found.rows[0].refused} == {"Sheet1!交办时间!year"}
    settled = {"assigned_day": date(2020, 11, 3), "deadline": date(2020, 12, 31), "closed_day": date(2021, 1, 5)}
    assert values(found.rows[1]).items() >= {**settled, "deadline": date(2021, 2, 28)}.items()
    answered = table(rows, answers={"Sheet1!交办时间!year": "2020"})
    assert values(answered.rows[0]).items() >= settled.items()


def test_a_date_before_the_hand_over_is_of_its_year() -> None:
    rows = [["企业名称", "存在问题", "收集时间", "交办时间"], [FIRM, "用电", "10月8日", date(2020, 11, 3)]]
    assert column(table(rows), "collected_day") == [date(2020, 10, 8)]


def test_a_month_nobody_names_is_asked() -> None:
    rows = [["企业名称", "本月产值(万元)", "累计产值(万元)"], [FIRM, 1, 2]]
    found = table(rows)
    assert [question.id for question in found.questions] == ["Sheet1!月份!month"]
    assert found.rows[0].refused
    answered = table(rows, answers={"Sheet1!月份!month": "2021年9月"})
    assert values(answered.rows[0]) == {
        "enterprise": FIRM,
        "month_yuan@2021-09": 10_000,
        "cum_yuan@2021-01..2021-09": 20_000,
    }


def test_several_banks_with_one_amount_are_asked_how_it_divides() -> None:
    rows = [["企业名称", "贷款银行", "放款金额(万元)"], [FIRM, "建设银行、农发行", 3000], [OTHER, "国开行", 5]]
    found = table(rows)
    (question,) = found.questions
    assert question.choices == ("建设银行", "农发行")
    assert [bool(row.refused) for row in found.rows] == [True, False]
    divided = table(rows, answers={question.id: "建设银行1000万元、农发行0.2亿元"})
    assert [(row.row, row.value("bank"), row.value("drawn_yuan")) for row in divided.rows] == [
        (2, "建设银行", 10_000_000),
        (2, "农发行", 20_000_000),
        (3, "国开行", 50_000),
    ]
    one = table(rows, answers={question.id: "建设银行"})
    assert values(one.rows[0]) == {"enterprise": FIRM, "bank": "建设银行", "drawn_yuan": 30_000_000}
    assert table(rows, answers={question.id: "建设银行1000、农发行2000"}).rows[0].refused


def test_an_amount_merged_over_several_banks_is_asked_too() -> None:
    rows = [["企业名称", "贷款银行", "放款金额(万元)"], [FIRM, "建设银行", 500], ["", "国开行", ""]]
    found = table(rows, [(1, 0, 2, 0), (1, 2, 2, 2)])
    assert found.questions[0].choices == ("建设银行", "国开行")
    assert [bool(row.refused) for row in found.rows] == [True, False]


def test_several_banks_for_one_need_are_no_question() -> None:
    found = table([["企业名称", "意向银行", "贷款金额"], [FIRM, "建行,农行", "3000万元"]])
    assert found.questions == ()
    assert found.rows[0].refused == ()


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", UNSAVED])
def test_formula_errors_are_bad_values_in_plain_words(error: str) -> None:
    found = table([["企业名称", "授信金额(万元)", "用途"], [FIRM, error, error], [OTHER, 5, ""]])
    assert [bool(row.refused) for row in found.rows] == [True, False]
    assert "公式" in found.rows[0].refused[0].reason
    assert found.rows[0].warned[0].column == "用途"


def test_only_keys_amounts_and_dates_refuse_a_row() -> None:
    found = table(
        [
            ["企业名称", "联系电话", "职工人数", "入规时间"],
            [FIRM, "138001380001", "很多", "2021年3月"],
            [OTHER, "", "", "2021年2月30日"],
        ]
    )
    first, second = found.rows
    assert first.refused == ()
    assert {remark.column for remark in first.warned} >= {"联系电话", "职工人数"}
    assert all("没有读" in one.reason for one in first.warned if one.column in {"联系电话", "职工人数"})
    assert first.value("employees") is None
    assert [remark.column for remark in second.refused] == ["入规时间"]


def test_question_ids_do_not_depend_on_other_rows() -> None:
    rows = [["企业名称", "授信额度"], [FIRM, 5]]
    more = [["企业名称", "授信额度"], [OTHER, "6万元"], [FIRM, 5]]
    assert table(rows).questions[0].id == table(more).questions[0].id


def test_answers_to_other_sheets_do_nothing() -> None:
    rows = [["企业名称", "授信额度"], [FIRM, 5]]
    assert all_values(table(rows, answers={"Sheet2!授信额度!unit": "亿元"})) == [{"enterprise": FIRM}]
