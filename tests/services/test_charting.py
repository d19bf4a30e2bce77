"""Charts of a ledger, as files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from chain_office.db.ledger import Ledger
from chain_office.domain.errors import KnownError
from chain_office.domain.results import (
    FinanceLadder,
    GrowthBridge,
    OutputMonthly,
    Pipeline,
    ProblemsByUnit,
)
from chain_office.services.charting import chart_list, chart_result, draw_chart
from chain_office.services.ledgers import open_existing, open_or_make
from chain_office.services.packing.facts import Facts, gather
from chain_office.services.sampling import make_sample

DAY = date(2021, 11, 19)
IDS = [chart_id for chart_id, _title in chart_list()]
SIGNATURES = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("charts") / "sample.ledger"
    make_sample(path)
    return path


@pytest.fixture
def ledger(sample: Path) -> Iterator[Ledger]:
    with open_existing(sample, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def facts(sample: Path) -> Facts:
    with open_existing(sample, read_only=True) as opened:
        return gather(opened, DAY)


def test_the_promised_charts_are_listed_with_chinese_titles() -> None:
    assert {"output-monthly", "problems-by-unit", "pipeline"} <= set(IDS)
    assert all(title.isprintable() and not title.isascii() for _id, title in chart_list())


@pytest.mark.parametrize("chart_id", IDS)
@pytest.mark.parametrize("suffix", [".svg", ".PDF"])
def test_every_chart_is_drawn_the_same_twice(ledger: Ledger, chart_id: str, suffix: str) -> None:
    first = draw_chart(ledger, chart_id, suffix, DAY)
    assert first.startswith(SIGNATURES[suffix.lower()])
    assert draw_chart(ledger, chart_id, suffix, DAY) == first


def test_a_picture_is_a_picture_and_says_it_is_a_sample(ledger: Ledger) -> None:
    assert draw_chart(ledger, "pipeline", ".png", DAY).startswith(SIGNATURES[".png"])
    document = pypdfium2.PdfDocument(draw_chart(ledger, "pipeline", ".pdf", DAY))
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "示例数据" in text
    assert "截至2021年11月19日" in text


def test_charts_are_drawn_from_the_headline(facts: Facts) -> None:
    head = facts.headline
    results = {chart_id: chart_result(facts, chart_id) for chart_id in IDS}
    output, units, pipeline = results["output-monthly"], results["problems-by-unit"], results["pipeline"]
    assert isinstance(output, OutputMonthly)
    assert (output.total_yuan, output.yoy_percent) == (
        head.value("output.total_yuan"),
        head.value("output.yoy_percent"),
    )
    assert [month.month for month in output.months] == [f"2021-{number:02d}" for number in range(1, 10)]
    assert isinstance(units, ProblemsByUnit)
    assert sum(unit.assigned for unit in units.units) == head.value("problems.assigned")
    assert sum(unit.overdue for unit in units.units) == head.value("problems.overdue")
    assert isinstance(pipeline, Pipeline)
    assert [(stage.stage, stage.count) for stage in pipeline.stages] == [("拟开工", 8), ("在建", 26), ("竣工", 5)]
    assert sum(stage.unpriced for stage in pipeline.stages) == 5
    ladder, bridge = results["finance-ladder"], results["growth-bridge"]
    assert isinstance(ladder, FinanceLadder)
    assert sum(bank.drawn_yuan or 0 for bank in ladder.banks) == head.value("finance.drawn_yuan")
    assert isinstance(bridge, GrowthBridge)
    assert (bridge.base_yuan, bridge.total_yuan) == (head.value("output.base_yuan"), head.value("output.total_yuan"))


@pytest.mark.parametrize("chart_id", IDS)
def test_nothing_to_draw_is_said(tmp_path: Path, chart_id: str) -> None:
    with open_or_make(tmp_path / "empty.ledger") as empty, pytest.raises(KnownError, match="台账里没有画"):
        draw_chart(empty, chart_id, ".svg", DAY)


@pytest.mark.parametrize(
    ("chart_id", "suffix", "told"),
    [
        ("pie", ".png", "没有名为“pie”的图表"),
        ("pipeline", ".gif", "不支持“.gif”"),
        ("pipeline", "", "不支持"),
    ],
)
def test_an_unknown_chart_or_format_is_refused(ledger: Ledger, chart_id: str, suffix: str, told: str) -> None:
    with pytest.raises(KnownError, match=told):
        draw_chart(ledger, chart_id, suffix, DAY)
