"""Typed letters find names by any reading of their characters."""

from __future__ import annotations

import re
import unicodedata

import pytest
from pypinyin import Style, lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

from chain_office.db.spelling import spell, typed_letters

GB2312 = [
    text
    for lead in range(0xB0, 0xF8)
    for trail in range(0xA1, 0xFF)
    if len(text := bytes((lead, trail)).decode("gb2312", "ignore")) == 1
]


def finds(letters: str, name: str) -> bool:
    return re.fullmatch(typed_letters(letters), spell(name)) is not None


def test_every_character_of_gb_2312_has_its_letters_and_nothing_else() -> None:
    for character in GB2312:
        readings = pinyin_dict[ord(character)].split(",")
        letters = {unicodedata.normalize("NFD", one)[0] for one in readings}
        assert {letter for letter in "abcdefghijklmnopqrstuvwxyz" if finds(letter, character)} == letters, character


@pytest.mark.parametrize(
    "name",
    [
        "湖南水口山有色金属集团有限公司",
        "长沙重工",
        "重庆铜业",
        "中国银行衡阳分行",
        "示例乐器厂",
        "单县石化",
        "衡阳市行政审批局",
    ],
)
def test_the_reading_in_a_phrase_is_among_them(name: str) -> None:
    assert finds("".join(lazy_pinyin(name, style=Style.FIRST_LETTER)), name)


def test_a_spelt_text_is_as_long_and_keeps_what_is_no_character() -> None:
    for text in ("abc铜5号·（湖南）", "", "\0\n", "😀鱻"):
        assert len(spell(text)) == len(text)
    assert spell("abc5·") == "abc5·"
    assert finds("abc5", "abc5")
    assert not finds("b", "a")


def test_digits_are_only_themselves() -> None:
    assert finds("3c", "3厂")
    assert not finds("3", "三")
