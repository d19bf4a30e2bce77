"""Charts: every kind draws, says what it must, and comes out the same."""

import logging
from dataclasses import replace
from decimal import Decimal
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from chain_office.charts.catalogue import CHARTS, chart
from chain_office.charts.output import FORMATS, render
from chain_office.domain.errors import KnownError
from chain_office.domain.results import MonthOutput, StageProjects, UnitProblems
from tests.charts.sample_results import OUTPUT, PIPELINE, PROBLEMS, RESULTS


def _texts(figure):
    figure.draw_without_rendering()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


def _drawn(chart_id, result, **options):
    return _texts(chart(chart_id).draw(result, **options))


def test_ids_are_unique_and_every_kind_has_a_sample():
    assert [kind.id for kind in CHARTS] == list(RESULTS)
    assert {"output-monthly", "problems-by-unit", "pipeline"} <= {kind.id for kind in CHARTS}


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_every_chart_names_itself_its_source_its_date_and_that_it_is_a_sample(kind, caplog):
    caplog.set_level(logging.WARNING)
    texts = "\n".join(_texts(kind.draw(RESULTS[kind.id])))
    assert kind.title in texts
    assert "截至2021年11月19日" in texts
    assert "数据来源：企业报送" in texts
    assert "示例数据" in texts
    assert not caplog.records  # a face matplotlib does not find is a warning


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_on_paper_the_page_carries_title_and_stamp(kind):
    texts = _texts(kind.draw(RESULTS[kind.id], titled=False))
    assert kind.title not in texts
    assert "示例数据" not in texts


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_all_text_stands_inside_the_figure(kind):
    figure = kind.draw(RESULTS[kind.id], 6.14)
    figure.draw_without_rendering()
    width, height = figure.bbox.width, figure.bbox.height
    for text in figure.findobj(Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent()
            assert box.x0 >= -1, text
            assert box.x1 <= width + 1, text
            assert box.y0 >= -1, text
            assert box.y1 <= height + 1, text


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_figure_gives_the_same_bytes(form):
    kind = chart("pipeline")
    first, second = (render(kind.draw(PIPELINE), form, 60) for _ in range(2))
    assert first == second
    assert first.startswith({"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[form])


def test_drawing_leaves_the_settings_of_the_process_alone():
    before = dict(mpl.rcParams)
    render(chart("pipeline").draw(PIPELINE), "png", 40)
    assert dict(mpl.rcParams) == before


def test_monthly_output_labels_bars_growth_and_the_headline():
    texts = _drawn("output-monthly", OUTPUT)
    assert "2021年1—9月累计235.00亿元，同口径增长34.5%" in texts
    assert {"30.9", "+52.2%", "单位：亿元", "9月", "1月\n2021年"} <= set(texts)


def test_an_unknown_month_is_said_not_drawn_as_zero():
    months = (*OUTPUT.months[:2], MonthOutput("2021-03", None, 100_000_000, None))
    texts = _drawn("output-monthly", replace(OUTPUT, months=months, total_yuan=None))
    assert "未报" in texts
    assert not any("累计" in text for text in texts)


def test_a_fall_is_written_as_one():
    texts = _drawn("output-monthly", replace(OUTPUT, yoy_percent=Decimal("-3.25")))
    assert any("同口径下降3.3%" in text for text in texts)


def test_small_output_is_written_in_wan():
    months = tuple(replace(month, output_yuan=12_345_678, base_yuan=10_000_000) for month in OUTPUT.months)
    texts = _drawn("output-monthly", replace(OUTPUT, months=months))
    assert "单位：万元" in texts
    assert "1,235" in texts


def test_units_are_sorted_and_the_overdue_carry_a_word():
    figure = chart("problems-by-unit").draw(PROBLEMS)
    labels = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assigned = {unit.unit: unit.assigned for unit in PROBLEMS.units}
    assert [assigned[label] for label in labels] == sorted(assigned.values(), reverse=True)
    assert _texts(figure).count("逾1") == sum(unit.overdue == 1 for unit in PROBLEMS.units)


def test_parts_of_a_unit_add_up_to_what_was_assigned():
    unit = UnitProblems("市工信局", closed=3, reported=2, open=4, parked=1, overdue_reported=1, overdue_open=2)
    figure = chart("problems-by-unit").draw(replace(PROBLEMS, units=(unit,)))
    widths = [round(bar.get_bbox().width) for bar in figure.axes[0].patches if isinstance(bar, Rectangle)]
    assert widths == [3, 1, 2, 3, 1]
    assert sum(widths) == unit.assigned


def test_more_overdue_than_open_is_refused():
    with pytest.raises(ValueError, match="more overdue than open"):
        UnitProblems("市工信局", 0, 0, 1, 0, overdue_open=2)


def test_pipeline_shows_count_and_money_and_what_is_unknown():
    texts = _drawn("pipeline", replace(PIPELINE, stages=(*PIPELINE.stages[:3], StageProjects("停缓建", 2, None, 2))))
    assert {"26个", "124.8亿元", "未填总投资"} <= set(texts)
    assert "共41个项目，总投资174.72亿元（另有3个未填总投资）" in texts


@pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.id)
def test_an_empty_office_still_draws(kind):
    result: Any = RESULTS[kind.id]
    for name in ("months", "units", "stages", "banks"):
        if hasattr(result, name):
            result = replace(result, **{name: ()})
    assert render(kind.draw(result), "png", 40)


def test_an_unknown_chart_is_named_with_those_there_are():
    with pytest.raises(KnownError, match=r"没有名为“pie”的图表.*output-monthly"):
        chart("pie")


def test_an_unknown_format_is_refused():
    with pytest.raises(KnownError, match="不支持“gif”"):
        render(chart("pipeline").draw(PIPELINE), "gif")


def test_the_wrong_result_is_a_type_error():
    with pytest.raises(TypeError, match="pipeline is drawn from Pipeline"):
        chart("pipeline").draw(PROBLEMS)
