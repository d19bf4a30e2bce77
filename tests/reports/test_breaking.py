"""Line breaking: 禁则, numbers with their units, squeezed stops."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_office.reports.breaking import NO_END, NO_START, Breaker, kept_inside, may_break

_PIECES = st.sampled_from(
    [
        *"衡阳市有色金属及新型合金产业链推进办公室铅锌铜的",
        "，", "。", "；", "：", "？", "！", "、", "）", "（", "“", "”", "《", "》", "——", "……", "·", "～", "/", "%",
        "235.0亿元", "34.5%", "2021年", "11月", "69家", "1—9月", "（二）", "GB/T 9704", "A4", "-3.2%", " ",
    ]
)  # fmt: skip


def _lines(text: str, limit: float, shrink: float = 0.0) -> list[str]:
    widths = [0.5 if char < "\x7f" else 1.0 for char in text]
    breaker = Breaker(text, widths, 1.0, shrink)
    return [text[line.start : line.stop] for line in breaker.lines(limit)]


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=120).map("".join), st.floats(6, 40), st.sampled_from([0.0, 0.02]))
def test_no_line_begins_or_ends_against_the_rule_where_a_lawful_break_exists(text, limit, shrink):
    lines = _lines(text, limit, shrink)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    position = 0
    for line in lines[:-1]:
        start, position = position, position + len(line)
        while position < len(text) and text[position] == " ":
            position += 1
        if position >= len(text):
            break
        body = line.rstrip(" ")
        broken = text[position] in NO_START or (body and body[-1] in NO_END)
        lawful = [p for p in range(start + 1, start + len(body)) if may_break(text, p)]
        assert not broken or not lawful, (line, text[position : position + 4])


@settings(deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=80).map("".join), st.integers(6, 30))
def test_no_line_is_wider_than_the_measure(text, limit):
    widths = [0.5 if char < "\x7f" else 1.0 for char in text]
    for line in Breaker(text, widths, 1.0).lines(limit):
        assert line.width <= limit + 1e-6


def test_prose_at_every_width_has_no_violation():
    text = (
        "2021年1—9月，全链69家规模以上企业实现产值235.0亿元，同口径增长34.5%，比上年同期（174.72亿元）净增60.28亿元；"
        "其中“铅锌”“铜”两个环节分别增长41.2%、28.6%。受《关于稳链强链的意见》影响……名单——由市工信局牵头，逐户走访。"
    )
    for tenths in range(120, 400, 3):
        lines = _lines(text, tenths / 10, 0.02)
        assert "".join(lines) == text
        assert all(line[0] not in NO_START for line in lines[1:])
        assert all(line[-1] not in NO_END for line in lines[:-1])


@pytest.mark.parametrize(
    "kept",
    [
        "235.0亿元",
        "34.5%",
        "-3.2%",
        "1—9月",
        "63%~68%",
        "100~150kg",
        "第3期",
        "2021年",
        "——",
        "……",
        "2.3个百分点",
        "A4",
    ],
)
def test_a_number_stays_with_its_sign_range_and_unit(kept):
    for before in range(4, 14):
        lines = _lines("有" * before + kept + "色" * 14, 12.0)
        assert any(kept in line for line in lines), lines


def test_a_span_wider_than_the_line_is_broken_rather_than_lost():
    lines = _lines("1234567890" * 8, 10.0)
    assert "".join(lines) == "1234567890" * 8
    assert max(map(len, lines)) == 20


def test_an_end_stop_is_squeezed_in():
    assert _lines("一二三四五六七八九十，十一", 10.5) == ["一二三四五六七八九十，", "十一"]
    assert _lines("一二三四五六七八九十，十一", 10.0) == ["一二三四五六七八九", "十，十一"]


def test_a_last_character_gets_company():
    assert _lines("一二三四五六七八九十甲乙丙丁。", 13.0) == ["一二三四五六七八九十甲乙", "丙丁。"]
    assert _lines("一二三四五六七八九十甲。", 10.0) == ["一二三四五六七八九", "十甲。"]


def test_empty_text_is_one_empty_line():
    assert _lines("", 10.0) == [""]


def test_kept_spans_are_found():
    text = "增长34.5%，"
    assert kept_inside(text) == {3, 4, 5, 6}
