"""Tables: heads repeat, rows split, cells wrap, numbers align."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pytest

from chain_office.reports import paper_pdf
from chain_office.reports.breaking import NO_END, NO_START
from chain_office.reports.content import Column, Table
from chain_office.reports.fonts import FontBook
from chain_office.reports.listing import render_table
from chain_office.reports.papers import Paper
from tests.reports.reading import MM, page_chars, page_texts, rows_of

COLUMNS = (Column("序号", 5, "center"), Column("企业名称", 20), Column("问题", 30), Column("金额", 10, "right"))
LONG = (
    "企业反映流动资金紧张，希望协调银行（农发行、建设银行）增加信贷投放，"
    "并尽快落实“过桥”资金1,200万元、贴息3.5%等政策。"
)


def _rows(count, text="用地"):
    return tuple((str(n), f"衡阳甲{n}有色金属材料有限公司", text, f"{n * 1234:,}") for n in range(1, count + 1))


def _table(rows, **changes):
    return replace(Table("问题清单", COLUMNS, rows, unit="万元", notes=("口径：按牵头单位统计。",)), **changes)


def test_the_head_repeats_on_every_page_with_a_mark():
    texts = page_texts(render_table(_table(_rows(100)), density="normal"))
    assert len(texts) > 2
    assert "续表" not in texts[0]
    assert all("问题清单（续表）" in text for text in texts[1:])
    assert all("企业名称" in text and "单位：万元" in text for text in texts)
    assert "口径：按牵头单位统计。" in texts[-1]


def test_every_row_is_there_once_and_in_order():
    numbers = []
    for text in page_texts(render_table(_table(_rows(300)), density="compact")):
        numbers += [line.split()[0] for line in text.split("\n") if line[:1].isdigit() and "衡阳甲" in line]
    assert numbers == [str(n) for n in range(1, 301)]


def test_58_rows_stand_on_one_page_when_asked():
    assert len(page_texts(render_table(_table(_rows(58))))) == 1


def test_wrapped_cells_keep_the_rules_and_their_text():
    pages = page_chars(render_table(_table(_rows(9, LONG * 2)), density="normal"))
    left, right = 28 * MM + 156 * MM * 25 / 65, 28 * MM + 156 * MM * 55 / 65
    texts = []
    for page in pages:
        body = [char for char in page if left < char["x0"] < right and char["size"] == pytest.approx(10.5)]
        texts += ["".join(char["text"] for char in line) for line in rows_of(body)]
    lines = [text for text in texts if text != "问题"]
    joined = "".join(lines)
    assert joined.count("企业反映") == 18
    assert joined.replace(LONG, "") == ""
    starts = [line for line in lines if line[0] in NO_START]
    ends = [line for line in lines if line[-1] in NO_END]
    assert not starts
    assert not ends


def test_a_row_taller_than_a_page_is_split_with_nothing_lost():
    table = _table((("1", "衡阳甲有色金属材料有限公司", LONG * 80, "12"), *_rows(3)))
    texts = page_texts(render_table(table, density="normal"))
    assert len(texts) > 2
    whole = "".join("".join(text.split("\n")) for text in texts)
    for char in "桥贴策":
        assert whole.count(char) == 80


def test_numbers_stand_at_the_right():
    page = page_chars(render_table(_table(_rows(10)), density="normal"))[0]
    edge = 28 * MM + 156 * MM - 4
    last = [char for char in page if abs(char["x1"] - edge) < 0.2 and char["text"].isdigit()]
    assert len(last) == 10


def test_strong_and_group_rows():
    rows = (("一、竣工项目（5个）",), *_rows(3), ("", "合计", "", "7,404"))
    table = Table("项目", COLUMNS, rows, groups=frozenset({0}), strong=frozenset({4}))
    page = page_chars(render_table(table, density="normal"))[0]
    bold = "".join(char["text"] for char in page if "GWHei" in char["fontname"])
    assert "一、竣工项目（5个）" in bold
    assert "合计7,404" in bold


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="row 0 has 2 texts for 4 columns"):
        _table((("1", "2"),))


def test_a_date_or_number_is_not_turned_for_want_of_a_point_of_width():
    columns = (Column("问题", 60), Column("期限", 3, "center"), Column("金额", 3, "right"))
    table = Table("清单", columns, tuple((LONG, "2021-11-30", "1,234,567.89") for _ in range(3)))
    text = page_texts(render_table(table, density="normal"))[0]
    assert text.count("2021-11-30") == 3
    assert text.count("1,234,567.89") == 3


def test_an_empty_table_still_has_its_head():
    assert "企业名称" in page_texts(render_table(_table(())))[0]


def test_same_table_same_bytes_and_markup_is_text():
    table = _table((("1", "<b>甲</b>&amp;", "(a)\\", "=1+1"),))
    assert render_table(table) == render_table(table, book=FontBook())
    text = page_texts(render_table(table))[0]
    assert "<b>甲</b>&amp;" in text
    assert "(a)\\" in text
    assert "=1+1" in text


def _bodies(pdf):
    """The lines of each page between the head of the table and its notes."""
    out = []
    for text in page_texts(pdf):
        lines = text.split("\n")
        start = next(number for number, line in enumerate(lines) if "企业名称" in line) + 1
        out.append([line for line in lines[start:] if not line.startswith(("注：", "—", "口径")) and line.strip()])
    return out


@pytest.mark.parametrize("count", range(25, 55))
def test_the_name_of_a_group_never_stands_last_and_the_sum_never_alone(count):
    one = tuple((str(n), f"甲{n}厂", "用地", "1") for n in range(1, count + 1))
    rows = (("一、竣工项目",), *one, ("二、在建项目",), *one, ("", "合计", "", "7,404"))
    table = Table(
        "项目", COLUMNS, rows, notes=("口径。",), groups=frozenset({0, count + 1}), strong=frozenset({len(rows) - 1})
    )
    pages = _bodies(render_table(table, density="normal"))
    assert len(pages) > 1
    assert not any("、" in page[-1] for page in pages)
    assert all(len(page) > 1 for page in pages)
    told = [line.split()[0] for page in pages for line in page if "厂" in line]
    assert told == [str(n) for n in (*range(1, count + 1), *range(1, count + 1))]


@pytest.mark.parametrize("lines", range(0, 22))
def test_a_table_under_a_text_leaves_no_hole_larger_than_three_tenths_of_the_page(lines):
    """A small table is not torn; a larger one begins here where its head and three rows do."""
    for count in (5, 12, 30):
        paper = Paper(
            "清单",
            "清单",
            (*["办理情况。"] * lines, _table(_rows(count), density="compact")),
            "办公室",
            date(2021, 3, 1),
        )
        with pdfplumber.open(BytesIO(paper_pdf.render(paper))) as document:
            first = document.pages[0]
            lowest = max(
                [0.0, *(char["bottom"] for char in first.chars if char["size"] > 8.9 and char["top"] < 275 * MM)]
            )
            assert len(document.pages) == 1 or (277 * MM - lowest) <= 0.3 * 261 * MM + 1


def test_a_small_table_goes_over_whole():
    paper = Paper(
        "清单", "清单", (*["办理情况。"] * 27, _table(_rows(5), density="compact")), "办公室", date(2021, 3, 1)
    )
    texts = page_texts(paper_pdf.render(paper))
    assert len(texts) == 2
    assert "企业名称" not in texts[0]
    assert texts[1].count("衡阳甲") == 5
