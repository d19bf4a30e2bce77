"""The font book: chains of faces, missing characters, and text that copies out."""

import shutil

import pytest

from chain_office.paths import resource
from chain_office.reports.fonts import CHAINS, FILES, FontBook
from chain_office.reports.paragraph import Paragraph, Span
from chain_office.reports.press import Furniture, Press
from tests.reports.reading import page_texts, squashed

RARE = "耒祁淼酃沩垚喆昉燊堃祎玥赟骉犇翀镕㙍䶮𬭎𫖮⑪⑳㎡"


def _faces(book, text, family="fang"):
    return [(name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].split("-")[0], run) for name, run in book.runs(text, family)]


def test_each_character_comes_from_the_first_face_that_has_it():
    assert _faces(FontBook(), "增长34.5%，垚") == [
        ("GWFang", "增长"), ("GWLatin", "34.5%"), ("GWFang", "，"), ("GWFangSup", "垚"),
    ]  # fmt: skip


def test_signs_that_are_full_width_in_chinese_are_not_latin():
    assert _faces(FontBook(), "·×") == [("GWFang", "·×")]


@pytest.mark.parametrize("family", list(CHAINS))
def test_every_family_has_every_common_and_rare_character(family):
    book = FontBook()
    book.runs(RARE + "衡阳市有色金属2021年—“”《》〔〕□■√×", family)
    assert not book.missing


def test_every_standard_character_beyond_gb2312_has_a_face():
    book = FontBook()
    listed = resource("fonts", "source", "beyond-gb2312.txt").read_text("utf-8").split()
    book.runs("".join(listed), "fang")
    assert len("".join(listed)) > 1000
    assert not book.missing


def test_a_missing_character_is_marked_and_counted():
    book = FontBook()
    assert "".join(run for _face, run in book.runs("甲\U0001f600乙\U0001f600", "fang")) == "甲〓乙〓"
    assert book.missing == {"\U0001f600": 2}


def test_widths_are_those_of_the_faces():
    book = FontBook()
    assert book.width("中，", "fang", 16) == 32
    assert book.width("10", "fang", 16) == 16


def test_faces_are_read_only_when_needed(tmp_path):
    for name in ("GWFang-Regular.ttf", "GWLatin-Regular.ttf"):
        shutil.copy(resource("fonts", name), tmp_path / name)
    assert FontBook(tmp_path).width("衡阳 2021", "fang") == pytest.approx(4.25)


def test_system_faces_only_when_asked(tmp_path):
    shutil.copy(resource("fonts", FILES["kai"]), tmp_path / "simfang.ttf")
    assert _faces(FontBook(system=(tmp_path,)), "衡") == [("simfang.ttf", "衡")]
    assert _faces(FontBook(), "衡") == [("GWFang", "衡")]


def test_a_system_face_that_cannot_be_embedded_gives_way(tmp_path):
    (tmp_path / "simfang.ttf").write_bytes(b"OTTO" + bytes(100))
    assert _faces(FontBook(system=(tmp_path,)), "衡") == [("GWFang", "衡")]


@pytest.mark.parametrize("family", ["fang", "kai", "hei", "title", "sans"])
def test_rare_and_non_bmp_characters_copy_out_as_they_went_in(family):
    text = RARE * 3
    press = Press(FontBook(), Furniture("生僻字"))
    press.paragraph(Paragraph((Span(text, family),)))
    assert text in squashed(page_texts(press.finish())[0])


def test_a_sign_no_face_has_is_set_as_what_says_the_same():
    book = FontBook()
    pasted = "完成率 − 60 ☑是 ☐否 ✔ 5‑6月 • 一"
    assert "".join(run for _face, run in book.runs(pasted, "fang")) == "完成率 － 60 √是 □否 √ 5-6月 · 一"
    assert not book.missing


def test_what_is_pasted_along_unseen_is_not_set():
    press = Press(FontBook(), Furniture(title="t"))
    press.paragraph(Paragraph((Span("有色\u200b金属\ufeff产\u00ad业\ufe0f链"),)))
    assert not press.book.missing
    assert "有色金属 产业链" in squashed(page_texts(press.finish())[0])
