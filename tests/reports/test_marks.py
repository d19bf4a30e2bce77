"""Marks: which words open what, taken off before anything is set, noted where the words came to stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain_office.reports.content import Column, Lead, Link, PackContent, Section, Table
from chain_office.reports.marks import Mark, mark, plain, through_words, unmark
from chain_office.reports.pack import render_pack, set_pack

_WORDS = st.text(st.characters(exclude_characters="\x02\x03\x1f", codec="utf-8"), max_size=12)


@given(st.lists(st.tuples(_WORDS, st.booleans()), max_size=8))
def test_a_marked_text_reads_as_it_would_without_marks(parts: list[tuple[str, bool]]) -> None:
    text = "".join(mark(f"figure:a.{place}", words) if marked else words for place, (words, marked) in enumerate(parts))
    read, marks = unmark(text)
    assert read == plain(text) == "".join(words for words, _ in parts)
    assert [read[one.start : one.stop] for one in marks] == [words for words, marked in parts if marked]


def test_what_only_looks_like_a_mark_stays() -> None:
    for text in ("\x02half", "\x02a\x1f", "a\x03b"):
        assert unmark(text) == (text, ())


def test_words_are_changed_and_references_are_not() -> None:
    text = f"共{mark('figure:a.13812345678', '十')}个"
    assert through_words(text, lambda words: words.replace("十", "10").replace("3", "*")) == (
        f"共{mark('figure:a.13812345678', '10')}个"
    )


def test_marks_beside_one_another_keep_their_places() -> None:
    assert unmark(mark("a", "12") + mark("b", "34")) == ("1234", (Mark(0, 2, "a"), Mark(2, 4, "b")))


def _content(*, marked: bool) -> PackContent:
    def word(reference: str, words: str) -> str:
        return mark(reference, words) if marked else words

    filler = "今年以来，各单位按照要求推进工作，" * 6
    blocks = (
        f"全链在册规模以上企业{word('figure:enterprises.total', '69')}家。{filler}",
        Lead("（一）收集筛选。", f"{filler}共收集问题{word('figure:problems.collected', '八十七')}个，{filler}"),
    )
    rows = tuple((f"单位{number}", str(number)) for number in range(60))
    links = (Link(3, -1, "problem:3"), Link(59, 1, "figure:problems.assigned")) if marked else ()
    table = Table("清单", (Column("单位", 20), Column("个数", 8, "right")), rows, links=links, density="compact")
    return PackContent(
        "材料", "汇报", "某办公室", date(2021, 11, 22), date(2021, 11, 19),
        sections=(Section("情况", blocks), Section("清单", tables=(table,), annex=True)),
    )  # fmt: skip


def test_a_marked_paper_looks_like_an_unmarked_one() -> None:
    assert render_pack(_content(marked=True)) == render_pack(_content(marked=False))


def test_places_are_where_the_words_are_printed() -> None:
    data, places = set_pack(_content(marked=True))
    by_reference = {one.reference: one for one in places}
    wanted = {
        "figure:enterprises.total": "69", "figure:problems.collected": "八十七", "problem:3": "单位3 3",
        "figure:problems.assigned": "59",
    }  # fmt: skip
    assert set(by_reference) == set(wanted)
    with pdfplumber.open(BytesIO(data)) as document:
        for reference, words in wanted.items():
            one = by_reference[reference]
            box = (one.left - 0.5, one.top, one.left + one.width + 0.5, one.top + one.height)
            said = document.pages[one.page].within_bbox(box).extract_text()
            assert said.split() == words.split(), reference


@pytest.mark.parametrize("shift", range(0, 28, 3))
def test_a_number_that_turns_at_the_end_of_a_line_has_a_place_on_both(shift: int) -> None:
    long = mark("figure:a.b", "十二亿三千四百五十六万七千八百九十元")
    content = replace(_content(marked=True), sections=(Section("情况", ("字" * (10 + shift) + long,)),))
    data, places = set_pack(content)
    said = ""
    with pdfplumber.open(BytesIO(data)) as document:
        for one in places:
            box = (one.left - 0.5, one.top, one.left + one.width + 0.5, one.top + one.height)
            said += document.pages[one.page].within_bbox(box).extract_text()
    assert "".join(said.split()) == plain(long)
