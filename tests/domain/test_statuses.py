"""Status words inside longer words, verification, project stages."""

from __future__ import annotations

import pytest

from chain_office.domain.kinds import BadValue
from chain_office.domain.stages import read_project_stage
from chain_office.domain.statuses import PROBLEM_STATE, is_yes_no_heading, read_problem_status, shows_verification
from chain_office.domain.workflow import STATES


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("未解决", "doing"),
        ("没有落实", "doing"),
        ("无法办理", "doing"),
        ("预计12月底办结", "doing"),
        ("待办结", "doing"),
        ("已办结80%", "doing"),
        ("已完成100%", "closed"),
        ("正在协调市发改委解决", "doing"),
        ("部分办结", "partial"),
        ("已办结，待核实", "reported"),
        ("申请销号", "reported"),
        ("待核实", "reported"),
        ("已办理完毕，待核实", "reported"),
        ("单位已反馈，待企业回访", "reported"),
        ("已解决并销号", "closed"),
        ("暂不具备条件", "pooled"),
        ("不符合条件", "rejected"),
        ("上报省厅", "escalated"),
        ("现场解决", "solved_on_site"),
        ("已签收", "acknowledged"),
        ("未签收", "assigned"),
        ("未交办", "to_assign"),
        ("否", "doing"),
        ("×", "doing"),
    ],
)
def test_states(text, state):
    assert read_problem_status(text, "是否办结").value == state


def test_every_state_is_read_back_from_its_id_and_its_word():
    for state in STATES.values():
        assert PROBLEM_STATE.parse(state.id).value == state.id
        assert PROBLEM_STATE.parse(state.label).value == state.id
        assert PROBLEM_STATE.format(state.id) == state.label


def test_yes_counts_only_in_a_yes_no_column():
    assert is_yes_no_heading("是否办结")
    assert not is_yes_no_heading("办理进展")
    for mark in ("是", "√"):
        assert read_problem_status(mark, "是否销号").value == "closed"
        assert PROBLEM_STATE.parse(mark).warnings
        with pytest.raises(BadValue):
            read_problem_status(mark, "办理进展")


def test_two_states_in_one_cell_are_pointed_out():
    reading = read_problem_status("已完成，长期坚持")
    assert reading.value == "closed"
    assert reading.warnings


@pytest.mark.parametrize("text", ["不满意", "张三", "2021年10月"])
def test_words_that_name_no_state_are_refused(text):
    with pytest.raises(BadValue):
        read_problem_status(text)


@pytest.mark.parametrize(
    "cells",
    [
        [("办理进展", "已核实，企业认可")],
        [("是否销号", "是")],
        [("状态", "已销号")],
        [("企业满意度", "基本满意")],
        [("核实时间", "2021-10-08")],
        [("备注", "企业表示满意")],
        [("回访情况", "满意")],
        [("企业反馈", "不满意")],
    ],
)
def test_a_row_that_shows_verification(cells):
    assert shows_verification([("企业名称", "甲公司"), *cells])


@pytest.mark.parametrize(
    "cells",
    [
        [("办理进展", "已办结")],
        [("是否销号", "否")],
        [("状态", "申请销号")],
        [("办理进展", "已办结，待核实")],
        [("企业满意度", "—")],
        [("企业满意度", "未评价")],
        [("回访情况", "未回访")],
    ],
)
def test_a_row_that_shows_none(cells):
    assert not shows_verification([("企业名称", "甲公司"), *cells])


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("一、竣工项目(5个)", "completed"),
        ("二、在建项目（26个）", "under_construction"),
        ("停缓建", "stopped"),
        ("正在建设，预计2021年12月竣工", "under_construction"),
        ("计划2021年10月开工", "planned"),
        ("尚未开工", "planned"),
        ("尚未竣工", "under_construction"),
        ("部分投产", "under_construction"),
        ("尚未办理土地手续，正在建设", "under_construction"),
        ("主体施工", "under_construction"),
        ("—", None),
    ],
)
def test_stages(text, stage):
    assert read_project_stage(text).value == stage


def test_yes_and_no_under_a_heading_that_asks():
    assert read_project_stage("是", "是否开工").value == "under_construction"
    assert read_project_stage("否", "是否开工").value == "planned"
    assert read_project_stage("是", "是否竣工").value == "completed"
    assert read_project_stage("否", "是否竣工").value == "under_construction"
    with pytest.raises(BadValue):
        read_project_stage("是", "备注")
