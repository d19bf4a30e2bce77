"""The 上下游图谱: nothing on it overlaps, no name is missing or reaches over its box, whatever the chain."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from chain_office.domain.chain import STREAMS, UNPLACED, Branch, Chain, Flow, MapFirm
from chain_office.domain.chain_columns import columns_of
from chain_office.domain.chain_drawing import text_width, wrapped
from chain_office.domain.chain_layout import enlarged, fit, lay_out
from chain_office.domain.results import About

if TYPE_CHECKING:
    from chain_office.domain.chain_drawing import Drawing, Patch

ABOUT = About("有色金属产业链", date(2021, 11, 19))
NAMES = (
    "赤松铜业",
    "云岭锌业有限",
    "鼎岩铅",
    "一个名字特别特别长的综合回收利用新材料科技企业",
    "ABC Metals",
    "示例衡山金属",
)


def branch(
    name: str, stream: str, firms: int, *, below: tuple[Branch, ...] = (), depth: int = 0, named: int = 60
) -> Branch:
    """A segment with so many firms of its own."""
    own = tuple(
        MapFirm(f"{name}-{at}", NAMES[at % len(NAMES)] + str(at), 100, at == 0) for at in range(min(firms, named))
    )
    count = firms + sum(one.count for one in below)
    return Branch(name, name, name, stream, None, depth, own, firms, count, 3, 2, Decimal("50.0"), 0, below)


def chain(roots: list[Branch], flows: list[tuple[str, str, str]] | None = None) -> Chain:
    """A chain of these."""
    ordered = sorted(roots, key=lambda one: [*STREAMS, UNPLACED].index(one.stream))
    made = tuple(Flow(f"f{at}", *flow) for at, flow in enumerate(flows or []))
    return Chain(ABOUT, tuple(ordered), made, firms=sum(one.count for one in roots))


OFFICE = chain(
    [
        branch("采选", "上游", 5), branch("再生回收", "上游", 6), branch("冶炼", "中游", 15), branch("压延", "中游", 9),
        branch("合金", "中游", 18), branch("化工", "中游", 8), branch("装备", "下游", 7), branch("服务", "配套", 1),
    ],
    [
        ("采选", "冶炼", "精矿"), ("再生回收", "冶炼", "再生铅"), ("再生回收", "合金", "再生金属"), ("冶炼", "压延", "电解铜"),
        ("冶炼", "合金", "精炼金属"), ("冶炼", "化工", "副产硫酸"), ("压延", "装备", "板带"), ("合金", "装备", "粉末"),
        ("化工", "装备", "颜料"), ("冶炼", "再生回收", "冶炼渣"), ("装备", "再生回收", "废旧金属"), ("服务", "冶炼", "物流"),
    ],
)  # fmt: skip
"""As the sample office's: 69 firms."""


def boxes(drawing: Drawing) -> list[Patch]:
    return [one for one in drawing.patches if one.kind != "badge"]


def apart(one: Patch, other: Patch) -> bool:
    return (
        one.x + one.width <= other.x + 1e-6
        or other.x + other.width <= one.x + 1e-6
        or one.y + one.height <= other.y + 1e-6
        or other.y + other.height <= one.y + 1e-6
    )


def look_at(found: Chain, drawing: Drawing) -> None:
    """Everything that must hold of every map."""
    for one, other in itertools.combinations(boxes(drawing), 2):
        assert apart(one, other), (one, other)
    extents = []
    for words in drawing.words:
        wide = text_width(words.text, words.size, bold=words.bold)
        left = words.x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[words.align]
        extents.append((words, left, left + wide))
        assert left >= -0.01
        assert left + wide <= drawing.width + 0.01, words
    for (text, left, right), (further, start, end) in itertools.combinations(extents, 2):
        beside = right <= start + 0.01 or end <= left + 0.01
        assert beside or abs(text.y - further.y) >= 0.48 * (text.size + further.size), (text, further)
    for arrow in drawing.arrows:
        for (x, y), (to_x, to_y) in itertools.pairwise(arrow.points):
            for patch in boxes(drawing):
                inside_x = min(x, to_x) < patch.x + patch.width - 0.01 and max(x, to_x) > patch.x + 0.01
                inside_y = min(y, to_y) < patch.y + patch.height - 0.01 and max(y, to_y) > patch.y + 0.01
                assert not (inside_x and inside_y), (arrow, patch)
    said = "".join(words.text for words in drawing.words)
    for segment in found.every():
        for firm in segment.firms:
            assert firm.name in said, firm


def test_the_office_of_69_firms_on_one_sheet_of_a4_with_every_name() -> None:
    drawing, points = fit(OFFICE, 750.0, 470.0, 15.0, 5.5)
    look_at(OFFICE, drawing)
    assert drawing.height * points <= 470.0
    assert points > 7.0  # read on paper; at 3 m where a projector makes the sheet two metres wide
    assert not any(words.text.startswith("等") for words in drawing.words)
    assert len(drawing.arrows) == 11  # 服务 stands in no column: its flow is told in its box
    assert any(words.text == "→冶炼：物流" for words in drawing.words)


def test_streams_run_from_left_to_right_and_deliverers_stand_before_whom_they_deliver_to() -> None:
    columns = columns_of(OFFICE)
    assert [column.stream for column in columns] == ["上游", "中游", "中游", "下游"]
    assert [[one.name for one in column.branches] for column in columns] == [
        ["采选", "再生回收"], ["冶炼"], ["压延", "合金", "化工"], ["装备"],
    ]  # fmt: skip


def test_segments_that_deliver_to_one_another_in_a_circle_are_still_drawn() -> None:
    round_about = chain(
        [branch("甲", "中游", 2), branch("乙", "中游", 3), branch("丙", "中游", 1)],
        [("甲", "乙", "x"), ("乙", "丙", "y"), ("丙", "甲", "z"), ("甲", "甲", "自己")],
    )
    drawing = lay_out(round_about, 90.0)
    look_at(round_about, drawing)
    assert len(drawing.arrows) == 3


def test_a_segment_without_firms_is_a_break_and_one_with_one_is_weak_in_words() -> None:
    thin = chain([branch("采选", "上游", 0), branch("冶炼", "中游", 1), branch("压延", "中游", 2)])
    drawing = lay_out(thin, 90.0)
    badges = [words.text for words in drawing.words if words.tone == "red" and len(words.text) == 2]
    assert sorted(badges) == ["弱项", "断点"]
    assert any(words.text == "没有登记环节" for words in drawing.words)  # 下游
    assert sum(patch.kind == "gap" for patch in drawing.patches) == 2


def test_too_many_firms_for_the_sheet_are_counted() -> None:
    many = [branch(f"环节{at}", STREAMS[at % 3], 800) for at in range(12)]
    crowded = chain([*many, branch("冶炼", "中游", 2_000)])
    drawing, points = fit(crowded, 750.0, 470.0, 15.0, 5.5)
    assert points == 5.5
    assert drawing.height * points <= 470.0
    counted = [words.text for words in drawing.words if words.text.startswith("等")]
    assert "等800家" in counted
    assert "等2000家" in counted
    look_at(chain([]), drawing)  # what is named stands apart
    whole, _ = enlarged(crowded, 750.0, 470.0, 15.0, 5.5)
    assert len({spot.reference for spot in whole.spots if spot.reference.startswith("enterprise")}) == 13 * 60


def test_the_largest_firm_is_called_the_leader_and_stands_first() -> None:
    drawing = lay_out(OFFICE, 90.0)
    leaders = [words for words in drawing.words if words.text.endswith("（龙头）")]
    assert len(leaders) == 8
    assert all(words.bold for words in leaders)


def test_every_box_and_name_opens_what_it_says() -> None:
    drawing = lay_out(OFFICE, 90.0)
    opens = {spot.reference for spot in drawing.spots}
    assert opens >= {f"segment:{one.id}" for one in OFFICE.every()}
    assert opens >= {f"enterprise:{firm.id}" for one in OFFICE.every() for firm in one.firms}


def test_no_line_begins_with_a_closing_mark() -> None:
    assert wrapped("电子化学品、颜料", 5.0) == ["电子化学", "品、颜料"]
    assert wrapped("一二三四五（六七）", 8.0) == ["一二三四五（六", "七）"]
    assert wrapped("", 5.0) == [""]
    assert wrapped("宽宽", 0.5) == ["宽", "宽"]


STREAM = st.sampled_from([*STREAMS, UNPLACED])


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Any chain: trees two deep, flows between any two."""
    number = draw(st.integers(1, 9))
    roots = []
    for at in range(number):
        stream = draw(STREAM)
        below = tuple(
            branch(f"下{at}-{under}级环节", stream, draw(st.integers(0, 7)), depth=1)
            for under in range(draw(st.integers(0, 2)))
        )
        roots.append(
            branch(f"环节{at}" + "名" * draw(st.integers(0, 12)), stream, draw(st.integers(0, 30)), below=below)
        )
    ids = [one.id for one in roots]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=12))
    products = draw(st.lists(st.text("铜铝材、A（）", max_size=14), min_size=len(pairs), max_size=len(pairs)))
    return chain(roots, [(*pair, product) for pair, product in zip(pairs, products, strict=True)])


@settings(max_examples=60)
@given(chains(), st.floats(75, 160), st.booleans())
def test_no_chain_makes_anything_overlap(found: Chain, width: float, middle: bool) -> None:
    look_at(found, lay_out(found, width, middle=middle))
