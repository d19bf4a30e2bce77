"""Papers as PDF: where things stand, in which face, and that nothing is cut."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings

from chain_office.reports.content import Column, Heading, Table
from chain_office.reports.fonts import FontBook
from chain_office.reports.paper_pdf import render
from chain_office.reports.papers import Cell, Grid, Paper
from tests.reports.nasty import ANY_TEXT, NASTY, letters, missing_from, printed
from tests.reports.reading import MM, page_chars, page_texts, rows_of
from tests.reports.sample_papers import CODE, FORM, FULL_PAGE, ISSUED, LETTER, LIST, OFFICE, feedback_grid


def joined(pdf: bytes) -> str:
    return "".join("".join(text.split()) for text in page_texts(pdf))


@pytest.fixture(scope="module")
def letter():
    return render(LETTER)


def test_a_letter_says_everything_in_the_order_of_the_standard(letter):
    text = joined(letter)
    parts = [
        "有色金属产业链推进办公室", "有色交〔2020〕3号", "关于交办有色金属产业链企业走访问题的函", "市发展和改革委员会：",
        "2020年10月，我办对全市69家", "一、办理要求", "（一）按时签收。", "二、核实销号",
        "附件：1.问题交办清单2.问题办理情况反馈表", "有色金属产业链推进办公室2020年11月3日", "抄送：市人民政府办公室",
        "有色金属产业链推进办公室2020年11月3日印发",
    ]  # fmt: skip
    start = 0
    for part in parts:
        assert part in text[start:], part
        start = text.index(part, start) + 1


def test_a_letter_stands_where_the_standard_puts_it(letter):
    first = page_chars(letter)[0]
    mark = [char for char in first if char["size"] > 30]
    assert "".join(char["text"] for char in mark) == OFFICE
    assert all("BiaoSong" in char["fontname"] and char["non_stroking_color"] != (0, 0, 0) for char in mark)
    title = next(row for row in rows_of(first) if row[0]["size"] == 22.0)
    assert "BiaoSong" in title[0]["fontname"]
    assert (title[0]["x0"] + title[-1]["x1"]) / 2 == pytest.approx((28 + 78) * MM, abs=1.0)
    heading = next(row for row in rows_of(first) if row[0]["text"] == "一")
    assert "Hei" in heading[0]["fontname"]
    with pdfplumber.open(BytesIO(letter)) as document:
        lines = [line for line in document.pages[-1].lines if line["x1"] - line["x0"] > 155 * MM]
    assert max(line["bottom"] for line in lines) == pytest.approx(
        (37 + 225) * MM, abs=0.2
    )  # 版记末条线 on the lower edge
    assert {round(line["linewidth"] / MM, 2) for line in lines} == {0.35, 0.25}


def test_a_full_page_has_22_lines_of_28_characters():
    page = page_chars(render(FULL_PAGE))[1]
    rows = rows_of([char for char in page if 15 < char["size"] < 17])
    assert [len(row) for row in rows] == [28] * 22


def test_code_and_stamp_stand_on_every_page(letter):
    for number, text in enumerate(page_texts(letter), start=1):
        assert f"回执号 {CODE}" in text
        assert "示例数据" in text
        assert f"— {number} —" in text


@pytest.mark.parametrize("length", range(0, 700, 29))
def test_signature_and_imprint_never_stand_without_text(length):
    body = "办" * length + "完。"
    pages = page_texts(
        render(replace(LETTER, parts=("问题交办会议定事项。" * 8, body), annexes=(), sample=False, code=""))
    )
    last = "".join(pages[-1].split())
    assert "印发" in last
    assert last.index("2020年11月3日") > len(OFFICE)  # text comes before 署名
    assert (
        last.startswith(("办", "完", "问题", "有色金属产业链推进办公室有色交"))
        or "办办" in last
        or "问题交办会" in last
    )


def test_a_list_lies_across_and_repeats_its_head():
    pdf = render(LIST)
    document = pypdfium2.PdfDocument(pdf)
    sizes = [page.get_size() for page in document]
    document.close()
    assert all(width > height for width, height in sizes)
    pages = page_texts(pdf)
    assert len(pages) == 4
    for number, text in enumerate(pages, start=1):
        assert "存在问题" in text
        assert f"第{number}页，共4页" in "".join(text.split())
    table = LIST.parts[0]
    assert isinstance(table, Table)
    wanted = letters("".join("".join(row) for row in table.rows))
    assert not missing_from(wanted, letters("".join(pages)))


def test_a_form_is_not_torn_and_its_labels_stand_in_the_middle():
    pages = page_texts(render(FORM))
    assert ["问题1" in text for text in pages] == [True, False]
    assert ["问题2" in text for text in pages] == [False, True]
    with pdfplumber.open(BytesIO(render(FORM))) as document:
        page = document.pages[0]
        rects = [rect for rect in page.rects if rect["width"] < 160 * MM]
        for label in ("下一步措施", "签收人", "原时限"):
            word = page.search(label)[0]
            box = min(
                (
                    r
                    for r in rects
                    if r["x0"] <= word["x0"] and word["x1"] <= r["x1"] and r["top"] <= word["top"] <= r["bottom"]
                ),
                key=lambda r: r["width"] * r["height"],
            )
            assert (word["x0"] + word["x1"]) / 2 == pytest.approx((box["x0"] + box["x1"]) / 2, abs=0.5)
            assert (word["top"] + word["bottom"]) / 2 == pytest.approx((box["top"] + box["bottom"]) / 2, abs=4)
        done = page.search("未办结原因")[0]
        tall = next(r for r in rects if r["x0"] > done["x1"] and r["top"] < done["top"] < r["bottom"])
        assert tall["height"] >= 4 * 18


def test_choices_are_boxes_to_tick_until_one_is_written():
    grid = Grid((1, 3), ((Cell("是否签收", head=True), Cell("", choices=("是", "否"))),))
    assert "□是□否" in joined(render(replace(FORM, parts=(grid,))))
    filled = Grid((1, 3), ((Cell("是否签收", head=True), Cell("是", choices=("是", "否"))),))
    assert "□" not in joined(render(replace(FORM, parts=(filled,))))


def test_a_cell_higher_than_a_page_goes_on_over_the_next_without_orphans():
    text = "".join(f"第{number}点，企业反映用地手续办理时间长。" for number in range(140))
    grid = Grid((1, 4), ((Cell("概况", head=True), Cell("短")), (Cell("办理情况", head=True), Cell(text))))
    pdf = render(replace(FORM, parts=(grid,), sample=False))
    pages = page_chars(pdf)
    assert len(pages) >= 3
    for page in pages:
        assert len(rows_of([char for char in page if char["size"] == 12.0])) >= 3
    assert not missing_from(letters(text), letters("".join(page_texts(pdf))))


def test_a_form_may_begin_a_page_of_its_own():
    short = Grid((1, 3), ((Cell("甲", head=True), Cell("乙")),))
    assert len(page_texts(render(replace(FORM, parts=(short, short))))) == 1
    assert len(page_texts(render(replace(FORM, parts=(short, replace(short, own_page=True)))))) == 2


def paper_of(text: str, *, masthead: str = "") -> Paper:
    columns = (Column("序号", 3, "center"), Column("内容", 12), Column("备注", 5, "right"))
    return Paper(
        name="试", title=text or "题", office=text or "办", issued=ISSUED, masthead=masthead, number=text, recipients=text,
        parts=(
            text,
            Table("", columns, (("1", text, "x"), (text, "完", text)), notes=(text,)),
            Grid((1, 2, 1), ((Cell(text, head=True), Cell(text, key="done"), Cell("尾")),), heading=text, notes=(text,)),
        ),
        signed=True, copies=text, annexes=(text,), sample=True, note=text, code=text,
    )  # fmt: skip


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(text=ANY_TEXT)
def test_any_text_is_set_and_nothing_is_cut(text):
    pdf = render(paper_of(text))
    found = letters("".join(page_texts(pdf)))
    wanted = printed(text)
    for char in wanted:
        wanted[char] *= 10  # title, office, number, recipients, text, four cells or more, notes, heading
    assert not missing_from(wanted, found)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_letter_of_any_text_is_set(text):
    assert not missing_from(printed(text), letters("".join(page_texts(render(paper_of(text, masthead="链办"))))))


def test_a_character_no_face_has_is_counted():
    book = FontBook()
    render(paper_of("😀"), book)
    assert book.missing["😀"] > 0


def test_forms_of_several_problems_keep_their_own_receipts():
    pdf = render(replace(FORM, parts=(feedback_grid("WT0012-3"), feedback_grid("WT0099-7", 2, own_page=True))))
    assert ["WT0099-7" in text for text in page_texts(pdf)] == [False, True]


@pytest.mark.parametrize("lines", range(5, 12))
def test_a_heading_goes_over_with_the_table_it_announces(lines):
    columns = (Column("名次", 4, "center"), Column("单位", 12))
    table = Table("", columns, tuple((str(number), f"第{number}个单位") for number in range(1, 31)))
    text = tuple(f"第{number}段。" for number in range(lines))
    pages = page_texts(render(replace(LETTER, parts=(*text, Heading("二、各单位办理情况", 1), table))))
    headed = next(page for page in pages if "二、各单位办理情况" in page)
    assert "第1个单位" in headed


def test_an_issuer_longer_than_a_line_is_signed_on_two_and_stays_on_the_page():
    office = "衡阳市有色金属及新型合金产业链推进工作领导小组办公室（市人大常委会牵头）"
    page = page_chars(render(replace(LETTER, office=office, masthead=OFFICE)))[-1]
    assert max(char["x1"] for char in page) <= 188 * MM
    told = ["".join(char["text"] for char in row) for row in rows_of(page)]
    place = told.index(office[:26])
    assert told[place : place + 3] == [office[:26], office[26:], "2020年11月3日"]
