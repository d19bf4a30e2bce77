"""Papers as Word documents: what an office finds when it opens one, and what LibreOffice makes of it."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from chain_office.reports import paper_pdf
from chain_office.reports.content import Column, Heading, Table
from chain_office.reports.paper_word import render
from chain_office.reports.papers import Cell, Grid
from chain_office.reports.tidying import tidy
from chain_office.reports.word_tables import bookmark_of
from tests.libreoffice import convert, convert_all, needs_writer
from tests.reports.nasty import ANY_TEXT, NASTY, letters, missing_from, printed
from tests.reports.reading import MM, page_chars, page_texts, rows_of
from tests.reports.sample_papers import CODE, FORM, FULL_PAGE, LETTER, LIST, OFFICE, feedback_grid
from tests.reports.test_paper_pdf import paper_of


def opened(paper):
    return docx.Document(BytesIO(render(paper)))


def all_text(element) -> str:
    return "".join(
        node.text or "" if node.tag == qn("w:t") else "\n" for node in element.iter(qn("w:t"), qn("w:br"), qn("w:p"))
    )


def tags(element) -> dict[str, str]:
    """tag → text of every content control."""
    return {
        control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")): all_text(
            control.find(qn("w:sdtContent"))
        ).strip()
        for control in element.iter(qn("w:sdt"))
        if control.find(qn("w:sdtPr")).find(qn("w:tag")) is not None
    }


def style_of(document, name):
    return next(style for style in document.styles if style.name == name)


def test_a_letter_is_made_of_named_styles_in_the_faces_of_windows():
    document = opened(LETTER)
    styles = {part.style.name: part.text for part in document.paragraphs if part.text}
    assert styles["发文机关标志"] == OFFICE
    assert styles["Title"] == LETTER.title
    assert styles["主送机关"] == "市发展和改革委员会："
    assert styles["Heading 1"] == "二、核实销号"
    assert styles["署名日期"] == "2020年11月3日"
    for name, face in (
        ("公文正文", "仿宋_GB2312"),
        ("Heading 1", "黑体"),
        ("Heading 2", "楷体_GB2312"),
        ("Title", "方正小标宋简体"),
    ):
        assert style_of(document, name).element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == face
    fonts = zipfile.ZipFile(BytesIO(render(LETTER))).read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in fonts


def test_the_page_is_that_of_the_standard():
    section = opened(LETTER).sections[0]
    mm = [
        round(side / 36000, 1)
        for side in (section.page_width, section.page_height, section.top_margin, section.left_margin)
    ]
    assert mm == [210.0, 297.0, 37.0, 28.0]
    body = style_of(opened(LETTER), "公文正文").paragraph_format
    assert body.line_spacing.pt == 28.95
    across = opened(LIST).sections[0]
    assert across.page_width > across.page_height


def test_numbers_stand_outside_code_and_stamp_on_every_page():
    document = opened(LETTER)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for foot in (section.footer, section.even_page_footer):
        xml = foot._element.xml
        assert " PAGE " in xml
        assert CODE in xml
    for head in (section.header, section.even_page_header):
        assert "示例数据" in head._element.xml
    assert "示例数据" not in opened(replace(LETTER, sample=False)).sections[0].header._element.xml
    assert "NUMPAGES" in opened(LIST).sections[0].footer._element.xml


def test_a_list_repeats_its_head_keeps_rows_whole_and_its_widths():
    document = opened(LIST)
    (table,) = document.tables
    source = LIST.parts[0]
    assert isinstance(source, Table)
    rows = table._tbl.tr_lst
    assert len(rows) == len(source.rows) + 1
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(cell.pPr.find(qn("w:keepLines")) is not None for row in rows[2:] for cell in row.iter(qn("w:p")))
    assert [cell.text for cell in table.rows[3].cells] == list(source.rows[2])
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iterchildren()]
    assert sum(widths) == pytest.approx(265 * MM * 20, abs=10)
    assert widths[4] == max(widths)


def test_cells_to_fill_are_tagged_with_their_keys_and_offer_choices():
    grid = feedback_grid("WT0012-3")
    chosen = Grid((1, 3), ((Cell("是否签收", head=True), Cell("", key="received@WT0012-3", choices=("是", "否"))),))
    body = opened(replace(FORM, parts=(grid, feedback_grid("WT0013-1", 2), chosen))).element.body
    found = tags(body)
    assert found["done@WT0012-3"] == ""
    assert found["status@WT0013-1"] == "办理中"
    assert found["code@WT0012-3"] == "WT0012-3"
    identities = [node.get(qn("w:val")) for node in body.iter(qn("w:id"))]
    assert len(set(identities)) == len(identities)
    assert [node.get(qn("w:value")) for node in body.iter(qn("w:listItem"))] == ["是", "否"]


def test_the_same_paper_gives_the_same_bytes_and_says_who_made_it():
    assert render(LETTER) == render(LETTER)
    about = opened(LETTER).core_properties
    assert (about.title, about.author, about.subject) == (LETTER.title, OFFICE, LETTER.number)
    assert about.created.date() == date(2020, 11, 3)
    package = zipfile.ZipFile(BytesIO(render(FORM)))
    assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(text=ANY_TEXT)
def test_any_text_stays_data(text):
    document = opened(paper_of(text, masthead="链办"))
    wanted = letters(tidy(text))
    for char in wanted:
        wanted[char] *= 8
    assert not missing_from(wanted, letters(all_text(document.element.body)))
    assert tags(document.element.body)["done"].split() == tidy(text).split()


LATE = range(6, 12)


def letter_with_table(lines: int):
    """A letter whose table begins after so many lines of text: near the foot of its first page."""
    columns = (Column("名次", 4, "center"), Column("单位", 12), Column("交办", 4, "right"))
    rows = tuple((str(number), f"第{number}个单位", "0") for number in range(1, 31))
    text = [f"第{number}段。" for number in range(lines)]
    heading, table = Heading("二、各单位办理情况", 1), Table("", columns, rows, density="compact")
    return replace(LETTER, parts=(*text, heading, table))


@pytest.fixture(scope="module")
def through_libreoffice(tmp_path_factory):
    """The sample papers, and nasty ones, printed by LibreOffice in one run: name → PDF."""
    folder = tmp_path_factory.mktemp("papers")
    papers = {"letter": LETTER, "full": FULL_PAGE, "list": LIST, "form": FORM}
    papers |= {f"nasty{number}": paper_of(text) for number, text in enumerate(NASTY)}
    closing = "请各有关单位对照上述情况，抓紧办理逾期和临近到期的问题，按时反馈进展；数字有出入的，请及时与推进办核对。"
    for lines in range(0, 24, 3):
        papers[f"closing{lines}"] = replace(LETTER, parts=(*("会议议定。",) * lines, closing), annexes=())
    papers |= {f"late{lines}": letter_with_table(lines) for lines in LATE}
    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(render(paper))
    made = convert_all([folder / f"{name}.docx" for name in papers], "pdf", folder / "pdf")
    return {path.stem: path.read_bytes() for path in made}


@needs_writer
def test_word_sets_22_lines_of_28_characters(through_libreoffice):
    page = page_chars(through_libreoffice["full"])[1]
    rows = rows_of([char for char in page if 15 < char["size"] < 17])
    assert [len(row) for row in rows] == [28] * 22
    assert rows[0][0]["x0"] == pytest.approx(28 * MM, abs=1)
    assert rows[0][-1]["x1"] == pytest.approx(184 * MM, abs=3)


@needs_writer
@pytest.mark.parametrize(("name", "paper"), [("letter", LETTER), ("list", LIST), ("form", FORM)])
def test_word_and_pdf_say_the_same_on_as_many_pages(through_libreoffice, name, paper):
    word, pdf = page_texts(through_libreoffice[name]), page_texts(paper_pdf.render(paper))
    assert len(word) == len(pdf)
    assert letters("".join(word)) == letters("".join(pdf).replace("（续表）", ""))


@needs_writer
@pytest.mark.parametrize("lines", range(0, 24, 3))
def test_a_short_last_paragraph_goes_over_with_the_signature(through_libreoffice, lines):
    pages = ["".join(text.split()) for text in page_texts(through_libreoffice[f"closing{lines}"])]
    signed = next(text for text in pages if "2020年11月3日" in text.replace("2020年11月3日印发", ""))
    assert "请及时与推进办核对。" in signed[: signed.index("2020年11月3日")]


@needs_writer
@pytest.mark.parametrize("lines", LATE)
def test_a_table_that_begins_at_the_foot_of_a_page_loses_no_row(through_libreoffice, lines):
    text = "".join("".join(page_texts(through_libreoffice[f"late{lines}"])).split())
    assert [number for number in range(1, 31) if f"第{number}个单位" not in text] == []


@needs_writer
@pytest.mark.parametrize("number", range(len(NASTY)))
def test_nothing_is_cut_when_word_sets_any_text(through_libreoffice, number):
    """Every cell shows all of its text, over as many pages as it takes."""
    wanted = printed(NASTY[number])
    wanted.pop("〓", None)  # LibreOffice draws a box for what no face has
    for char in wanted:
        wanted[char] *= 8
    assert not missing_from(wanted, letters("".join(page_texts(through_libreoffice[f"nasty{number}"]))))


@needs_writer
def test_a_form_saved_by_libreoffice_keeps_its_labels_and_what_its_cells_are_called(tmp_path):
    source = tmp_path / "form.docx"
    source.write_bytes(render(FORM))
    saved = docx.Document(str(convert(source, "docx", tmp_path / "saved")))
    marks = {node.get(qn("w:name")): node.getparent() for node in saved.element.body.iter(qn("w:bookmarkStart"))}
    keys = [cell.key for grid in FORM.parts if isinstance(grid, Grid) for row in grid.rows for cell in row if cell.key]
    assert set(map(bookmark_of, keys)) <= set(marks)
    assert all_text(marks["status_WT0012_3"]).strip() == "办理中"
    assert len(saved.tables) == 2
    labels = [row.cells[0].text for row in saved.tables[0].rows]
    assert [row[0].text for row in feedback_grid().rows] == labels
