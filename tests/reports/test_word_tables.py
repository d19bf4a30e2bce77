"""Tables, pictures and 版记 of Word papers: what stays together, where a sum stands, what is never cut."""

from dataclasses import replace
from datetime import date

import pytest
from docx.oxml.ns import qn

from chain_office.reports import paper_pdf
from chain_office.reports.content import Chart, Column, Heading, Table
from chain_office.reports.paper_word import render
from tests.libreoffice import convert_all, needs_writer
from tests.reports.reading import page_chars, page_texts, rows_of
from tests.reports.sample_papers import LETTER, LIST
from tests.reports.test_paper_word import LATE, all_text, letter_with_table, opened

OFFICE = "衡阳市有色金属及新型合金产业链推进办公室"


def marks(row, name):
    """Of the paragraphs of a row, whether they have a property."""
    return [one.pPr.find(qn(f"w:{name}")) is not None for one in row.iter(qn("w:p"))]


def test_rows_do_not_tear_the_first_stay_with_the_head_and_the_last_with_the_one_before():
    rows = opened(LIST).tables[0]._tbl.tr_lst
    assert all(row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [all(marks(row, "keepNext")) for row in rows] == [
        *(True, True, True), *[False] * (len(rows) - 5), True, False
    ]  # fmt: skip


def test_a_row_higher_than_half_a_page_may_tear():
    source = LIST.parts[0]
    assert isinstance(source, Table)
    tall = replace(
        source, rows=(("1", "甲厂", "", "", "很长。" * 900, *[""] * 5),), groups=frozenset(), strong=frozenset()
    )
    row = opened(replace(LIST, parts=(tall,))).tables[0]._tbl.tr_lst[1]
    assert row.trPr is None or row.trPr.find(qn("w:cantSplit")) is None


def test_a_sum_stands_where_its_column_does():
    columns = (Column("单位", 12), Column("交办", 5, "right"), Column("名次", 5, "center"))
    table = Table("", columns, (("甲局", "3", "1"), ("合计", "3", "—")), strong=frozenset({1}))
    row = opened(replace(LIST, parts=(table,))).tables[0]._tbl.tr_lst[2]
    assert [one.pPr.find(qn("w:jc")).get(qn("w:val")) for one in row.iter(qn("w:p"))] == ["left", "right", "center"]


def test_a_label_that_turns_turns_in_the_middle():
    columns = (Column("单位", 60), Column("长期推进", 4, "right"), Column("延期（次）", 5, "right"))
    table = Table("", columns, (("甲局", "3", "1"),), density="compact")
    head = opened(replace(LETTER, parts=("一。", table))).tables[0]._tbl.tr_lst[0]
    assert [all_text(cell).strip() for cell in head.iter(qn("w:tc"))] == ["单位", "长期\n推进", "延期\n（次）"]


def test_a_text_stands_with_its_table_and_neither_touches_what_follows():
    table = Table("", (Column("单位", 1),), (("甲局",), ("乙局",)))
    body = opened(replace(LETTER, parts=("共2个。", table, Heading("二、延期", 1), "没有。"))).element.body
    place = next(number for number, one in enumerate(body) if one.tag == qn("w:tbl"))
    text, air, below = body[place - 2], body[place - 1], body[place + 1]
    assert all_text(text).strip() == "共2个。"
    assert text.pPr.find(qn("w:keepNext")) is not None
    assert (air.pPr.style, below.pPr.style) == ("GwSpacer", "GwSpacer")
    assert air.pPr.find(qn("w:keepNext")) is not None
    assert body[place + 2].pPr.style == "Heading1"


def test_a_chart_has_a_line_as_high_as_it_is():
    """In a line of a fixed pitch Word shows no more of a picture than the pitch."""

    def figure(width, height):
        from matplotlib.figure import Figure

        return Figure(figsize=(width, height))

    document = opened(replace(LIST, parts=(Chart("图", figure, 20.0),)))
    (picture,) = document.element.body.iter(qn("w:drawing"))
    holder = next(picture.iterancestors(qn("w:p")))
    assert holder.pPr.find(qn("w:spacing")).get(qn("w:lineRule")) == "auto"
    assert holder.pPr.find(qn("w:keepNext")) is not None


@pytest.mark.parametrize("day", [date(2021, 11, 19), date(2021, 1, 1)])
def test_issuer_and_day_stand_on_one_line_where_they_fit(day):
    letter = replace(LETTER, office=OFFICE, masthead=OFFICE, issued=day)
    printed = f"{day.year}年{day.month}月{day.day}日印发"
    last = ["".join(char["text"] for char in row) for row in rows_of(page_chars(paper_pdf.render(letter))[-1])]
    assert any("".join(line.split()) == OFFICE + printed for line in last)
    imprint = opened(letter).tables[-1]
    assert [len(cell.paragraphs) for row in imprint.rows for cell in row.cells] == [1, 1]
    assert imprint.rows[-1].cells[0].text.split() == [OFFICE, printed]


def test_a_longer_issuer_leaves_the_day_a_line_of_its_own():
    letter = replace(LETTER, office=f"{OFFICE}综合组", issued=date(2021, 11, 19))
    last = ["".join(char["text"] for char in row) for row in rows_of(page_chars(paper_pdf.render(letter))[-1])]
    assert "2021年11月19日印发" in last
    assert len(opened(letter).tables[-1].rows[-1].cells[0].paragraphs) == 2


def high_rows(lines: int):
    """A table near the foot of a page whose rows are several lines high."""
    paper = letter_with_table(lines)
    *text, heading, table = paper.parts
    rows = tuple((number, name * 6, count) for number, name, count in table.rows)
    return replace(paper, parts=(*text, heading, replace(table, rows=rows)))


@pytest.fixture(scope="module")
def through_libreoffice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    papers = {f"high{lines}": high_rows(lines) for lines in (*range(5), *LATE)}
    long_name = replace(LETTER, office=OFFICE, masthead=OFFICE, issued=date(2021, 11, 19))
    for name, paper in (papers | {"imprint": long_name}).items():
        (folder / f"{name}.docx").write_bytes(render(paper))
    made = convert_all(sorted(folder.glob("*.docx")), "pdf", folder / "pdf")
    return {path.stem: path.read_bytes() for path in made}


@needs_writer
@pytest.mark.parametrize("lines", [*range(5), *LATE])
def test_high_rows_that_may_not_tear_are_all_there(through_libreoffice, lines):
    text = "".join("".join(page_texts(through_libreoffice[f"high{lines}"])).split())
    assert [number for number in range(1, 31) if text.count(f"第{number}个单位") != 6] == []


@needs_writer
def test_libreoffice_sets_issuer_and_day_on_one_line_too(through_libreoffice):
    last = rows_of(page_chars(through_libreoffice["imprint"])[-1])
    told = ["".join("".join(char["text"] for char in row).split()) for row in last]
    assert f"{OFFICE}2021年11月19日印发" in told


def test_a_long_issuer_is_signed_on_two_lines_in_word_too():
    office = f"{OFFICE}综合协调组（市人大常委会牵头）"
    document = opened(replace(LETTER, office=office, masthead=OFFICE))
    signed = [one.text for one in document.paragraphs if one.style.name == "署名日期"]
    assert signed == [office[:25], office[25:], "2020年11月3日"]


def test_a_heading_in_a_list_is_as_large_as_its_text_and_the_table_does_not_touch_it():
    table = Table("", (Column("事项", 1),), (("甲",),))
    document = opened(replace(LIST, parts=(Heading("一、项目节点（1件）", 1), table)))
    body = document.element.body
    place = next(number for number, one in enumerate(body) if one.tag == qn("w:tbl"))
    heading = body[place - 2]
    assert heading.pPr.style == "Heading1"
    assert {size.get(qn("w:val")) for size in heading.iter(qn("w:sz"))} == {"28"}
    assert body[place - 1].pPr.style == "GwSpacer"
