"""落实情况表: its rows add up, its text says the declared rung, and its workbook holds numbers."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from chain_office.domain.errors import KnownError
from chain_office.reports.content import Table
from chain_office.reports.papers import Paper
from chain_office.services.papers import order_papers
from chain_office.services.papers.loan_outcome import roughly
from chain_office.services.papers.setting import set_file
from tests.services.papers.told import whole

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger

END = date(2021, 11, 19)


def paper(ledger: Ledger, day: date = END, event: str | None = None, *, rounded: bool = False) -> Paper:
    (file,) = order_papers(ledger, "落实情况表", day, event, rounded=rounded).files
    assert isinstance(file.content, Paper)
    return file.content


def table(found: Paper) -> Table:
    (only,) = (part for part in found.parts if isinstance(part, Table))
    return only


def wan(text: str) -> float:
    return float(text.replace(",", "") or 0)


def test_rows_add_up_to_their_bank_and_to_the_whole(ledger: Ledger) -> None:
    found = table(paper(ledger))
    labels = [column.label for column in found.columns]
    for label in ("意向", "授信", "放款", "新增", "续贷"):
        place, bank, whole_sum = labels.index(label), 0.0, 0.0
        for number, row in enumerate(found.rows):
            if number in found.groups:
                bank = 0.0
            elif row[1] == "小计":
                assert wan(row[place]) == bank
                whole_sum += bank
            elif row[1] == "合计":
                assert wan(row[place]) == whole_sum
            else:
                bank += wan(row[place])
    last = found.rows[-1]
    assert (last[1], last[labels.index("放款")]) == ("合计", "73,100")
    assert found.rows[-1][labels.index("需求")] == "128,100"


def test_the_text_states_the_exact_sum_and_rounds_only_when_asked(ledger: Ledger) -> None:
    exact = whole(paper(ledger))
    assert "12家企业、2个园区与4家银行达成意向及以上" in exact
    assert "放款7.31亿元（20笔）" in exact
    assert "亿余元" not in exact
    assert "放款合计731,000,000元" in exact
    assert "未达成：抵押物评估值不足" in exact
    rounded = whole(paper(ledger, rounded=True))
    assert "放款7亿余元（20笔）" in rounded
    assert "放款合计731,000,000元" in rounded


def test_it_is_of_one_event_or_of_all_as_of_a_day(ledger: Ledger) -> None:
    assert paper(ledger).title == "2020年11月银企对接会落实情况表"
    assert paper(ledger, event="全部").title == "历次银企对接落实情况表"
    march = table(paper(ledger, date(2021, 3, 31)))
    assert march.rows[-1][[column.label for column in march.columns].index("放款")] == "46,100"
    none = order_papers(ledger, "落实情况表", date(2020, 11, 17))
    assert none.files == ()
    assert "没有银企对接的记录" in none.notes[0]
    with pytest.raises(KnownError, match="没有叫“别的会”的对接会"):
        paper(ledger, event="别的会")


def test_it_is_set_as_pdf_word_and_a_workbook_of_numbers(ledger: Ledger) -> None:
    (file,) = order_papers(ledger, "落实情况表", END).files
    made = set_file(file, system_fonts=False)
    assert made["missing"] == ""
    assert [isinstance(made[ending], bytes) for ending in (".pdf", ".docx", ".xlsx")] == [True] * 3
    data = made[".xlsx"]
    assert isinstance(data, bytes)
    assert set_file(file, system_fonts=False)[".xlsx"] == data
    page = openpyxl.load_workbook(BytesIO(data)).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    (head,) = (place for place, row in enumerate(rows) if row[0] == "序号")
    drawn = rows[head].index("放款")
    values = [row[drawn] for row in rows[head + 1 :] if isinstance(row[0], int)]
    assert sum(value for value in values if isinstance(value, int | float)) == 73_100
    assert all(value is None or isinstance(value, int | float) for value in values)
    (total,) = (row for row in rows if row[1] == "合计")
    assert (total[drawn], total[rows[head].index("利率")]) == (73_100, 0.044)


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        (731_000_000, "7亿余元"),
        (700_000_000, "7亿元"),
        (38_560_000, "3800余万元"),
        (38_000_000, "3800万元"),
        (5_640_000, "564万元"),
        (800, "800元"),
    ],
)
def test_a_rounded_sum_never_says_more_than_there_is(yuan: int, said: str) -> None:
    assert roughly(yuan) == said
