"""催办函, 督办通报, 销号单, 走访表, 走访日报, and what is handed over singly."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.steps import StepEdit
from chain_office.queries.problem_desk import rows_behind, scorecard
from chain_office.reports.content import Heading
from chain_office.reports.papers import Paper
from chain_office.services.calendar import work_calendar
from chain_office.services.papers import KINDS, order_papers
from chain_office.services.steps import seen, take
from tests.services.papers.told import named, rows, whole

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)


def id_of(ledger: Ledger, number: int) -> str:
    return str(ledger.value("SELECT id FROM problem WHERE number = ?", (number,)))


def step(ledger: Ledger, number: int, verb: str, **values: object) -> None:
    problem = id_of(ledger, number)
    take(ledger, StepEdit(verb, seen(ledger, [problem]), values), "张三", accept=frozenset(values))


def test_a_unit_with_something_late_gets_one_letter_and_one_form(ledger: Ledger) -> None:
    step(ledger, 51, "extend", day=date(2021, 9, 29), due_day=date(2021, 10, 15), reason="列入预算")
    order = order_papers(ledger, "催办", DAY)
    letters = [file for file in order.files if "催办函" in file.content.name]
    late = ledger.rows(
        "SELECT DISTINCT s.lead_unit_id FROM problem_span s WHERE s.due_day < '2021-11-25' AND s.state IN "
        "('assigned', 'acknowledged', 'doing', 'returned', 'partial') AND s.day_until IS NULL"
    )
    assert len(letters) == len(late) == 4
    assert len(order.files) == 3 * len(letters)
    letter = named(order, "市财政局_催办函").content
    assert isinstance(letter, Paper)
    said = whole(letter)
    assert "截至2021年11月19日" in said
    assert "2021-10-15（原定2021-09-30，延期1次）" in said
    assert "逾期25个工作日" in said
    assert "最近进展：已兑现100万元，余80万元列入2022年预算" in said
    assert letter.copies == "蒸湘区人民政府、衡阳高新技术产业开发区管理委员会"
    assert letter.number == "有色催〔2021〕2号"
    assert letter.code == "WT0051-2"
    assert order_papers(ledger, "催办", DAY).files == order.files
    assert "有色催〔2021〕5号" in whole(order_papers(ledger, "催办", date(2021, 11, 22)).files)


def test_where_nothing_is_due_no_letter_is_made_and_no_number_given(ledger: Ledger) -> None:
    order = order_papers(ledger, "催办", date(2020, 11, 4))
    assert order.files == ()
    assert "没有要催办的问题" in order.notes[0]
    assert ledger.value("SELECT count(*) FROM dispatch") == 0


def test_the_bulletin_says_what_the_scorecard_says(ledger: Ledger) -> None:
    paper = named(order_papers(ledger, "督办通报", DAY), "督办通报")
    said = whole(paper.content)
    assert "共交办企业问题58个，由27个单位牵头办理，其中已销号45个、已报结待核实4个、办理中6个、长期推进3个" in said
    card = scorecard(ledger, DAY, work_calendar(ledger))
    ranked = rows(paper, 0)
    assert len(ranked) == 27 + 1
    assert sum(int(row[2]) for row in ranked[:-1]) == int(ranked[-1][2]) == card.total.counts["assigned"]
    rates = [float(row[9].rstrip("%")) for row in ranked if row[0].isdigit()]
    assert rates == sorted(rates, reverse=True)
    assert all(int(row[2]) < 3 for row in ranked[:-1] if row[0] == "—")
    late = rows(paper, 1)
    overdue = rows_behind(ledger, DAY, "", "overdue")
    assert {row[1] for row in late} == {
        f"WT{ledger.value('SELECT number FROM problem WHERE id = ?', (one,)):04d}" for one in overdue
    }
    assert "2021年12月到期的办理中问题1个" in said
    assert "榜" not in said
    with_lists = named(order_papers(ledger, "督办通报", DAY, lists=True), "督办通报").content
    assert "黑榜（逾期最多）：" in whole(with_lists)
    assert [part.text for part in with_lists.parts if isinstance(part, Heading)][-1] == "七、红黑榜"  # type: ignore[union-attr]


def test_a_verified_closing_has_its_form_with_the_four_questions(ledger: Ledger) -> None:
    waiting = int(ledger.value("SELECT min(number) FROM problem WHERE state = 'reported'"))
    step(
        ledger, waiting, "verify", day=date(2021, 11, 15), solved="yes", answered="partly", approached="no",
        rating="基本满意", method="电话", contact="王经理", text="已见实效",
    )  # fmt: skip
    order = order_papers(ledger, "销号单", DAY)
    (file,) = order.files
    said = whole(file.content)
    assert f"WT{waiting:04d}" in file.content.name
    assert file.content.name.endswith("有色销〔2021〕1号")
    for wanted in ("■解决", "■部分答复", "■未对接", "■基本满意", "王经理", "已见实效", "2021年11月15日"):
        assert wanted in said
    assert not order_papers(ledger, "销号单", date(2021, 11, 14)).files
    before = order_papers(ledger, "销号单", date(2021, 6, 30), first=date(2021, 6, 1))
    recorded = ledger.value(
        "SELECT count(*) FROM problem WHERE closed_verified AND closed_day BETWEEN '2021-06-01' AND '2021-06-30'"
    )
    assert len(before.files) == recorded > 0
    assert all("□解决　□未解决" in whole(file.content) for file in before.files)


def test_what_is_handed_over_singly_or_again_has_papers_of_its_own(ledger: Ledger) -> None:
    returned = int(ledger.value("SELECT min(number) FROM problem WHERE state = 'returned'"))
    unit = str(ledger.value("SELECT id FROM unit WHERE short = '市林业局'"))
    step(ledger, returned, "reassign", day=date(2021, 11, 18), unit_id=unit, due_day=date(2021, 12, 10), reason="职责")
    order = order_papers(ledger, "单件交办", date(2021, 11, 18))
    form = named(order, "市林业局_交办单").content
    said = whole(form)
    assert f"WT{returned:04d}-2" in said
    assert "2021-12-10" in said
    assert "单件交办" in said
    assert not order_papers(ledger, "单件交办", DAY).files
    old = [
        row
        for row in rows(named(order_papers(ledger, "交办会", DAY), "02_交办清单总表"))
        if row[1] == f"WT{returned:04d}"
    ]
    assert old[0][7] != "市林业局"


def test_every_firm_on_the_register_gets_a_visit_form_and_there_is_a_blank_one(ledger: Ledger) -> None:
    order = order_papers(ledger, "走访表", DAY)
    assert len(order.files) == 69 + 1
    blank = whole(named(order, "空白走访表").content)
    assert "一、生产经营\n怎么样" in blank
    firm = named(order, "QY0001_").content
    assert "2020年10月（共走访1次）" in whole(firm)
    assert "1900" not in whole(firm)
    with_problems = [one for one in order.files if "（部分解决）" in whole(one.content)]
    assert len(with_problems) == 1


def test_the_daily_report_counts_the_days_visits_and_what_they_raised(ledger: Ledger) -> None:
    day = date(2020, 10, 13)
    said = whole(order_papers(ledger, "走访日报", day).files)
    visits = ledger.value("SELECT count(*) FROM visit WHERE day = '2020-10-13' AND precision = 'day'")
    assert f"共走访企业{visits}家、{visits}次" in said
    assert f"{visits}份走访记录中，写明困难和问题的" in said
    # Visits of which only the month is known lie on its last day without being of that day.
    assert not order_papers(ledger, "走访日报", date(2020, 10, 31)).files
    with pytest.raises(KnownError, match="没有叫“秋季走访”的走访活动"):
        order_papers(ledger, "走访日报", day, "秋季走访")


def test_an_unknown_kind_names_those_there_are(ledger: Ledger) -> None:
    with pytest.raises(KnownError, match="、".join(KINDS)):
        order_papers(ledger, "通知", DAY)
