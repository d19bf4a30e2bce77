"""The page of GB/T 9704: grid, margins, page numbers, stamp."""

import pytest

from chain_office.reports.fonts import FontBook
from chain_office.reports.geometry import SIZE_3
from chain_office.reports.paragraph import Paragraph, Span
from chain_office.reports.press import Furniture, Press
from tests.reports.reading import MM, page_chars, page_texts, rows_of, squashed

TENTH = 0.1 * MM


def _press(**furniture):
    return Press(FontBook(), Furniture("测试", **furniture))


@pytest.fixture(scope="module")
def full_page():
    press = _press()
    press.paragraph(Paragraph((Span("衡阳市有色金属产业链" * 130),), first_indent=0.0))
    return page_chars(press.finish())


def test_a_full_page_has_22_lines_of_28_characters(full_page):
    assert len(full_page) == 3
    for page in full_page[:2]:
        lines = rows_of([char for char in page if char["size"] == pytest.approx(SIZE_3)])
        assert [len(line) for line in lines] == [28] * 22


def test_the_type_area_is_156_by_225_at_28_and_37(full_page):
    lines = rows_of([char for char in full_page[0] if char["size"] == pytest.approx(SIZE_3)])
    assert all(abs(line[0]["x0"] - 28 * MM) < TENTH for line in lines)
    # the box of the last character, without the space after it
    assert all(abs(line[-1]["x0"] + SIZE_3 - 184 * MM) < TENTH for line in lines)
    em_tops = [line[0]["matrix"][5] + 0.88 * SIZE_3 for line in lines]
    half_leading = (225 * MM / 22 - SIZE_3) / 2
    assert abs(297 * MM - em_tops[0] - half_leading - 37 * MM) < TENTH
    assert abs(em_tops[-1] - SIZE_3 - half_leading - 35 * MM) < TENTH


def test_page_numbers_stand_outside_7_mm_below(full_page):
    for index, page in enumerate(full_page):
        number = [char for char in page if char["size"] == pytest.approx(14)]
        assert "".join(char["text"] for char in number) == f"— {index + 1} —"
        assert {char["fontname"].split("+")[1] for char in number} == {"GWSong-Regular"}
        baseline = 297 * MM - number[0]["matrix"][5]
        assert abs(baseline - 0.293 * 14 - 269 * MM) < TENTH
        if index % 2 == 0:  # odd page: right, one character in
            assert abs(max(char["x1"] for char in number) - (184 * MM - 14)) < TENTH
        else:
            assert abs(min(char["x0"] for char in number) - (28 * MM + 14)) < TENTH


def test_note_stands_opposite_the_number_and_the_stamp_is_text_on_every_page():
    press = _press(note="数据截至2021年11月19日", sample=True)
    press.paragraph(Paragraph((Span("一" * 1000),)))
    for text in page_texts(press.finish()):
        assert text.rstrip().endswith("示例数据")
        assert "数据截至2021年11月19日" in text


def test_no_stamp_unless_asked():
    press = _press()
    press.paragraph(Paragraph((Span("正文"),)))
    assert "示例数据" not in page_texts(press.finish())[0]


def test_text_is_justified_and_copies_out_as_it_went_in():
    text = (
        "2021年1—9月，全链69家规模以上企业实现产值235.0亿元，同口径增长34.5%，比上年同期（174.72亿元）净增60.28亿元；"
        "其中“铅锌”“铜”两个环节分别增长41.2%、28.6%，对全链增长的贡献率为83.4%。……名单——由市工信局牵头，逐户走访。"
    ) * 4
    press = _press()
    press.paragraph(Paragraph((Span(text),)))
    pdf = press.finish()
    assert squashed(page_texts(pdf)[0]).startswith(text)
    lines = rows_of([char for char in page_chars(pdf)[0] if abs(char["size"] - SIZE_3) < 0.01])[:-1]
    squeezed = set("，。、；：！）》”")
    for line in lines:
        last = line[-1]
        right = last["x0"] + SIZE_3 / 2 if last["text"] in squeezed else last["x1"]
        assert abs(right - 184 * MM) < 0.25 * MM, "".join(char["text"] for char in line)


def test_a_last_line_never_begins_a_page_alone():
    for count in range(600, 640, 7):
        press = _press()
        press.paragraph(Paragraph((Span("衡" * count),)))
        for page in page_chars(press.finish())[1:]:
            assert len(rows_of([char for char in page if char["size"] == pytest.approx(SIZE_3)])) >= 2


def test_a_heading_never_ends_a_page():
    for lines in range(18, 24):
        press = _press()
        press.paragraph(Paragraph((Span("衡" * (28 * lines - 2)),)))
        press.paragraph(Paragraph((Span("一、总体运行", "hei"),), keep_with_next=True))
        press.paragraph(Paragraph((Span("阳" * 60),)))
        for text in page_texts(press.finish()):
            body = text.split("— ")[0].strip()
            assert not body.endswith("总体运行")


def test_control_characters_become_spaces():
    press = _press()
    press.paragraph(Paragraph((Span("甲\n乙\t丙\x00丁\u2028戊"),)))
    assert "甲 乙 丙 丁 戊" in page_texts(press.finish())[0]


def test_only_our_faces_are_in_the_file_and_no_folder_of_this_machine():
    press = _press()
    press.paragraph(Paragraph((Span("正文 text 123"),)))
    pdf = press.finish()
    assert b"Helvetica" not in pdf
    assert b".ttf" not in pdf
