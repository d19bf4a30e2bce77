"""Every figure is made up of its rows, at every date; what is asked for under a wrong name is refused with the nearest ones."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.figures import COUNT, RATE, SUM, Explained, Figure, Row, RowsQuery
from chain_office.services import explaining, figures
from chain_office.services.ledgers import open_existing
from chain_office.services.problem_figures import problem_figures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.services.ledgers import Ledger

DATES = (date(2020, 12, 31), date(2021, 3, 31), date(2021, 6, 30), date(2021, 11, 19))
ODD = (date(1990, 1, 1), date(2020, 2, 29), date(2099, 12, 31))
"""Before everything, in the midst of nothing, long after."""
FIRMS = tuple(
    f"firm.{name}.QY{number:04d}"
    for name in ("output", "yoy", "problems", "drawn", "building", "visits")
    for number in (1, 10, 24, 43, 70)
)


@pytest.fixture(scope="module")
def ledger(sample_office: Path) -> Iterator[Ledger]:
    with open_existing(sample_office, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("day", [*DATES, *ODD], ids=str)
def test_every_figure_is_made_up_of_its_rows(ledger: Ledger, day: date) -> None:
    """Counts are as many as their rows, sums add up, rates divide: worked out here from the rows alone."""
    for key in (*explaining.keys(ledger, day), *FIRMS):
        found = explaining.explain(ledger, day, key)
        figure, rows = found.figure, found.rows
        assert figure.key == key
        assert figure.as_of == day
        assert figure.row_count in {None, len(rows)}, key
        values = [row.value or 0 for row in rows]
        if found.kind == COUNT:
            assert figure.value == len(rows) == sum(values), key
        elif found.kind == SUM and figure.value is not None:
            assert figure.value == sum(values), key
        elif found.kind == RATE and figure.value is not None:
            base = sum(row.base or 0 for row in rows)
            exact = 100 * sum(values) / base - (100 if figure.signed else 0)
            assert abs(float(str(figure.value)) - exact) <= 0.0500001, key
        assert explaining.agrees(found), key


@pytest.mark.parametrize("day", DATES, ids=str)
def test_what_is_explained_is_what_figures_says(ledger: Ledger, day: date) -> None:
    flat = figures.flat(figures.headline(ledger, day))
    for key in figures.KEYS:
        told = json.loads(json.dumps(explaining.as_json(ledger, day, key)))
        assert told["value"] == flat[key], key
        assert told["as_of"] == day.isoformat()
        assert told["row_count"] == len(told["rows"])


def test_every_kind_of_number_of_a_desk_has_a_key(ledger: Ledger) -> None:
    """Stages, board columns, lights, months, parts of the chain, steps between the two growths."""
    keys = set(explaining.keys(ledger, DATES[-1]))
    assert {
        "projects.planned.total_yuan", "projects.done_yuan", "projects.red", "projects.lagging", "problems.lane.doing.overdue",
        "problems.near", "finance.waiting", "output.month.2021-09", "output.month_yoy.2021-09", "output.behind",
        "output.segment.冶炼.yoy_percent", "output.district.常宁市.total_yuan", "output.bridge.left", "enterprises.unvisited",
    } <= keys  # fmt: skip
    assert len(keys) == len(explaining.keys(ledger, DATES[-1]))


def test_the_parts_make_up_the_headline(ledger: Ledger) -> None:
    """By their rows: segments, districts and parks of output, stages of projects, columns of the board."""
    day = DATES[-1]

    def total(*keys: str) -> int:
        return sum(explaining.explain(ledger, day, key).total for key in keys)

    keys = explaining.keys(ledger, day)
    for by in ("segment", "district", "park"):
        for name in ("total_yuan", "base_yuan"):
            parts = [one for one in keys if one.startswith(f"output.{by}.") and one.endswith(name)]
            assert total(*parts) == total(f"output.{name}"), (by, name)
    steps = [one for one in keys if one.startswith("output.bridge.")]
    published = explaining.explain(ledger, day, "output.nominal_yoy_percent").base
    assert published + total(*steps) == total("output.base_yuan")
    for name in ("total_yuan", "plan_yuan", "done_yuan"):
        stages = (f"projects.{one}.{name}" for one in ("planned", "under_construction", "completed", "stopped"))
        assert total(*stages) == total(f"projects.{name}")
    lanes = [one for one in keys if one.startswith("problems.lane.")]
    assert total(*(one for one in lanes if not one.endswith("overdue"))) == total("problems.collected")
    assert total(*(one for one in lanes if one.endswith("overdue"))) == total("problems.overdue")


@pytest.mark.parametrize("day", ODD[::2], ids=str)
def test_before_everything_and_long_after_what_is_unknown_is_said_so(ledger: Ledger, day: date) -> None:
    """No figure is made up: nothing counts before it began, no output is known, no rate is one of nothing."""
    head = figures.headline(ledger, day)
    early = day == ODD[0]
    assert head.value("problems.collected") == (0 if early else 87)
    assert head.value("finance.drawn_yuan") == (0 if early else 731_000_000)
    assert head.value("projects.completed") == 0
    assert (head.value("output.total_yuan") is None) is early
    for key in ("problems.closed_rate", "output.yoy_percent", "finance.landed_yuan_percent"):
        lines = explaining.as_lines(ledger, day, key)
        assert ("未知" in lines[0]) is early, key
        assert f"截至：{day.isoformat()}" in lines


@pytest.mark.parametrize(
    ("key", "copied"),
    [
        ("output.total_yuan", "235亿元（1—9月，同口径，现价）"),
        ("output.base_yuan", "174.72亿元（1—9月，上年同期，同口径，现价）"),
        ("output.yoy_percent", "+34.5%（1—9月，同口径）"),
        ("output.nominal_yoy_percent", "+33.3%（1—9月，名义）"),
        ("output.month.2021-09", "33.86亿元（9月，同口径，现价）"),
        ("output.segment.冶炼.yoy_percent", "+33.1%（冶炼，1—9月，同口径）"),
        ("enterprises.total", "69家（规上企业，截至2021-11-19）"),
        ("enterprises.district.常宁市", "27家（规上企业（常宁市），截至2021-11-19）"),
        ("visits.uncovered", "2家（在册企业未走访，截至2021-11-19）"),
        ("problems.closed_rate", "77.6%（办结率，截至2021-11-19）"),
        ("problems.lane.doing.overdue", "3个（办理中，逾期，截至2021-11-19）"),
        ("finance.drawn_yuan", "7.31亿元（放款金额，截至2021-11-19）"),
        ("finance.waiting", "0笔（有意向未放款，截至2021-11-19）"),
        ("projects.completed.done_yuan", "5.25亿元（竣工项目本年完成，截至2021-11-19）"),
        ("firm.drawn.QY0010", "1.70亿元（湖南示例赤松铜业有限公司，放款合计，截至2021-11-19）"),
    ],
)
def test_what_is_copied_defends_itself(ledger: Ledger, key: str, copied: str) -> None:
    """Unit, months, scope, prices, whose it is, up to when."""
    assert figures.quoted(explaining.explain(ledger, DATES[-1], key).figure) == copied


def test_every_copy_says_its_scope_or_its_date(ledger: Ledger) -> None:
    for key in explaining.keys(ledger, DATES[-1]):
        figure = explaining.explain(ledger, DATES[-1], key).figure
        if figure.value is None:
            continue
        said = figures.quoted(figure)
        if key.startswith("output.") and figure.unit in {"元", "%"}:
            assert "月，" in said and ("现价" in said) is (figure.unit == "元"), key  # noqa: PT018
        else:
            assert "截至2021-11-19" in said, key
        assert figure.unit in said, key


@pytest.mark.parametrize("day", DATES, ids=str)
def test_a_rate_is_that_of_the_scorecard(ledger: Ledger, day: date) -> None:
    """Read on its own, each rate of problems is what the figures of the desk say, numerator and denominator."""
    for one in problem_figures(ledger, day).rates:
        found = explaining.explain(ledger, day, f"problems.{one.key}")
        assert (found.total, found.base, found.figure.value) == (one.rate.part, one.rate.whole, one.rate.percent), (
            one.key
        )


def test_figures_change_with_the_date(ledger: Ledger) -> None:
    """Over a year and a half nearly all move; the register is held at 69, and as many projects wait as before."""
    then, now = (figures.headline(ledger, day) for day in (date(2020, 6, 30), DATES[-1]))
    still = {key for key in figures.KEYS if now.value(key) and then.value(key) == now.value(key)}
    assert still <= {"enterprises.total", "projects.planned"}
    heads = [figures.headline(ledger, day) for day in DATES]
    assert len({tuple(head.value(key) for key in figures.KEYS) for head in heads}) == len(DATES)


def test_the_formula_is_told_with_its_numbers(ledger: Ledger) -> None:
    head = figures.headline(ledger, DATES[-1])
    assert head["problems.assigned"].worked == "58 = 已销号 45 + 已报结待核实 4 + 办理中 6 + 长期推进 3"
    assert head["projects.total"].worked == "39 = 竣工项目 5 + 在建项目 26 + 拟开工项目 8 + 停缓建项目 0"
    said = head["output.yoy_percent"].worked
    assert said.startswith("（23,500,000,000 元 - ")
    assert said.endswith("= +34.5 %")
    assert explaining.explain(ledger, DATES[-1], "problems.closed_rate").figure.worked == "45 ÷ 58 = 77.6 %"


def test_the_lines_say_all_that_defends_a_figure(ledger: Ledger) -> None:
    lines = explaining.as_lines(ledger, DATES[-1], "finance.drawn_yuan")
    assert lines[0] == "放款金额：7.31 亿元"
    assert "精确到元：731,000,000 元" in lines
    assert "截至：2021-11-19" in lines
    rows = lines[lines.index("行数：20 行") + 1 :]
    assert len(rows) == 20
    assert sum(int(row.rsplit("  ", 1)[1].removesuffix(" 元").replace(",", "")) for row in rows) == 731_000_000


@pytest.mark.parametrize(
    ("asked", "near"),
    [("problems.closd", "problems.closed"), ("drawn_yuan", "finance.drawn_yuan"), ("output.yoy", "output.yoy_percent")],
)
def test_an_unknown_key_is_refused_with_the_nearest(ledger: Ledger, asked: str, near: str) -> None:
    with pytest.raises(KnownError, match=near.replace(".", r"\.")):
        explaining.explain(ledger, DATES[-1], asked)


def test_rows_that_do_not_make_up_the_figure_are_found() -> None:
    """Of the three ways a figure can be made up."""
    figure = Figure("x.y", "甲", 2, "个", "", DATES[0])
    row = Row("problem:1", "WT0001", "问题", value=1)
    assert explaining.agrees(Explained(figure, COUNT, (row, row)))
    assert not explaining.agrees(Explained(figure, COUNT, (row,)))


@pytest.mark.parametrize(
    ("figure", "quoted", "about", "digits"),
    [
        (
            Figure("a", "产值", 23_500_000_000, "元", "", date(2021, 11, 19), basis="2021年1—9月，同口径，现价"),
            "235亿元（1—9月，同口径，现价）", "", "23500000000",
        ),
        (
            Figure("a", "产值", 23_500_000_000, "元", "", date(2022, 1, 5), basis="2021年1—9月，同口径，现价"),
            "235亿元（2021年1—9月，同口径，现价）", "", "23500000000",
        ),
        (
            Figure("a", "放款金额", 731_000_000, "元", "", date(2021, 11, 19)),
            "7.31亿元（放款金额，截至2021-11-19）", "7亿余元（放款金额，截至2021-11-19）", "731000000",
        ),
        (
            Figure("a", "放款金额", 43_210_000, "元", "", date(2021, 11, 19)),
            "4,321万元（放款金额，截至2021-11-19）", "4000万余元（放款金额，截至2021-11-19）", "43210000",
        ),
        (Figure("a", "交办问题", 58, "个", "", date(2021, 11, 19)), "58个（交办问题，截至2021-11-19）", "", "58"),
    ],
)  # fmt: skip
def test_a_figure_is_quoted_with_what_defends_it(figure: Figure, quoted: str, about: str, digits: str) -> None:
    assert figures.quoted(figure) == quoted
    assert figures.approximate(figure) == about
    assert figures.bare(figure) == digits


def test_rows_of_a_figure_are_opened_by_table(ledger: Ledger) -> None:
    ids, words = explaining.rows_of(ledger, DATES[-1], "problems.verified_rate", "problem")
    assert words == "核实率"
    assert len(ids) == 49  # 报结 = 4 已报结待核实 + 45 已销号
    assert explaining.rows_of(ledger, DATES[-1], "problems.verified_rate", "visit") == (frozenset(), "")
    assert explaining.rows_of(ledger, DATES[-1], "no.such", "problem") == (frozenset(), "")


def test_every_figure_with_rows_says_where_they_are(ledger: Ledger) -> None:
    for key in explaining.keys(ledger, DATES[-1]):
        assert isinstance(explaining.explain(ledger, DATES[-1], key).figure.rows, RowsQuery), key
