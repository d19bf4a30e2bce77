"""Records as their desks show them: forms, lights, histories; and selections whose count is the figure they stand for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.ledger import open_ledger
from chain_office.db.models import Contact, Drawdown, Enterprise, Match, Problem, ProblemEvent, Unit, Visit
from chain_office.domain.lights import evaluate, span_text
from chain_office.queries import list_window, records
from chain_office.queries.desk_lists import LISTS, enterprises_at, finance_at, problems_at, projects_at
from chain_office.queries.desk_views import enterprise_views, finance_views, project_views, visit_views
from chain_office.queries.finance import ladder
from chain_office.queries.firm_output import firm_lines, output_districts, output_views
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.output import growth
from chain_office.queries.problem_list import standing
from chain_office.queries.problem_views import problem_views
from chain_office.queries.project_pace import paces
from chain_office.queries.projects import pipeline
from chain_office.queries.projects_desk.standing import standings
from chain_office.queries.records import COLOURS
from chain_office.queries.settings_lights import problems_seen
from chain_office.queries.views import choices
from chain_office.services.calendar import work_calendar
from chain_office.services.figures import headline
from chain_office.services.packing import facts, schedule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.queries.records import Record
    from chain_office.queries.views import View

DAY = date(2021, 11, 19)
DAYS = (date(2020, 10, 31), date(2021, 6, 30), DAY)
TABLES = {
    "enterprises": "enterprise",
    "visits": "visit",
    "problems": "problem",
    "finance": "match",
    "projects": "project",
}


@pytest.fixture(scope="module")
def sample(sample_office: Path) -> Iterator[Ledger]:
    with open_ledger(sample_office, read_only=True) as opened:
        yield opened


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "小.ledger", create=True) as opened:
        yield opened


def read(ledger: Ledger, page: str, row_id: str, day: date = DAY) -> Record | None:
    if page == "enterprises":
        return records.enterprise(ledger, row_id, day)
    if page == "visits":
        return records.visit(ledger, row_id, day)
    if page == "problems":
        return records.problem(ledger, row_id, day, work_calendar(ledger))
    if page == "finance":
        return records.match(ledger, row_id)
    if page == "projects":
        return records.project(ledger, row_id, day)
    return records.output(ledger, row_id, day)


def told(record: Record | None, title: str) -> dict[str, str]:
    """The items of a section."""
    assert record is not None
    return {item.label: item.text for section in record.sections if section.title == title for item in section.items}


def lines(record: Record | None, title: str) -> list[tuple[str, ...]]:
    assert record is not None
    return [line.cells for section in record.sections if section.title == title for line in section.lines]


def numbered(ledger: Ledger, table: str, number: int) -> str:
    return str(ledger.value(f'SELECT id FROM "{table}" WHERE number = ?', (number,)))


def views(ledger: Ledger, day: date) -> dict[str, View]:
    found = (
        *enterprise_views(ledger, day), *visit_views(ledger, day), *problem_views(ledger, day),
        *finance_views(ledger, day), *project_views(ledger, day), *output_views(firm_lines(ledger, day)),
    )  # fmt: skip
    return {view.key: view for view in found}


# Whole sample.


@pytest.mark.parametrize("page", [*TABLES, "output"])
def test_every_record_of_the_sample_is_told_and_its_links_lead_somewhere(sample: Ledger, page: str) -> None:
    table = TABLES.get(page, "enterprise")
    for (row_id,) in sample.rows(f'SELECT id FROM "{table}"'):
        record = read(sample, page, row_id)
        assert record is not None
        assert (record.page, record.reference, bool(record.title)) == (page, f"{table}:{row_id}", True)
        for section in record.sections:
            assert all(len(line.cells) == len(section.headings) for line in section.lines)
            targets = [(item.page, item.reference) for item in section.items]
            targets += [(line.page, line.reference) for line in section.lines]
            for page_, reference in targets:
                if not page_:
                    continue
                kind, _, target = reference.partition(":")
                assert kind == TABLES.get(page_, "enterprise")
                assert sample.value(f'SELECT 1 FROM "{kind}" WHERE id = ?', (target,)) == 1


@pytest.mark.parametrize("page", [*TABLES, "output"])
def test_a_record_that_is_not_there_is_none(sample: Ledger, page: str) -> None:
    assert read(sample, page, "no such id") is None


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_selection_holds_as_many_records_as_its_figure_says(sample: Ledger, day: date) -> None:
    figures = {one.key: one.value for one in headline(sample, day).figures}
    found = views(sample, day)
    counted = [key for key in figures if key.startswith(("problems.", "projects.")) and key != "problems.units"]
    counted.append("enterprises.total")
    for key in counted:
        assert len(found[key].ids if key in found else ()) == figures[key], key
    firms = sample.rows("SELECT id, enterprise_id FROM visit")
    visited = {firm for visit, firm in firms if visit in found["visits.enterprises_visited"].ids}
    assert len(visited) == figures["visits.enterprises_visited"]


def test_the_selections_of_loans_are_the_parties_of_the_ladder(sample: Ledger) -> None:
    found, rungs = views(sample, DAY), ladder(sample, DAY)
    rows = sample.rows("SELECT id, enterprise_id, park_id, bank_id FROM match")
    for key, place, number in (
        ("finance.enterprises", 1, rungs.enterprises), ("finance.parks", 2, rungs.parks), ("finance.banks", 3, rungs.banks),
    ):  # fmt: skip
        assert len({row[place] for row in rows if row[0] in found[key].ids}) == number
    drawn = "SELECT sum(drawn_yuan) FROM drawdown WHERE match_id IN (SELECT value FROM json_each(?))"
    ids = ",".join(f'"{one}"' for one in found["finance.drawn_yuan"].ids)
    assert sample.value(drawn, (f"[{ids}]",)) == rungs.drawn_yuan


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_form_says_overdue_in_red_just_where_the_figure_counts_it(sample: Ledger, day: date) -> None:
    late = {problem.number: problem.days_late(day) for problem in standing(sample, day) if problem.overdue}
    for (number,) in sample.rows("SELECT number FROM problem"):
        record = read(sample, "problems", numbered(sample, "problem", number), day)
        assert record is not None
        items = [item for section in record.sections for item in section.items if item.label == "办结时限"]
        red = [item.text for item in items if item.light == "red"]
        assert ["逾期 " in text for text in red] == [True] * (number in late)
        if number in late:
            assert record.light == "red"


def test_states_and_stages_of_the_lists_are_those_of_the_day(sample: Ledger) -> None:
    for day in DAYS:
        known = {problem.number: problem.state for problem in standing(sample, day)}
        ids = list_window.ids_in_order(sample, problems_at(day))
        found = list_window.lines(sample, problems_at(day), ids)
        assert {line.number: line.state for line in found.values() if line.state} == known
        stages = {row.id: row.stage for row in pipeline(sample, day)}
        listed = list_window.lines(sample, projects_at(day), list_window.ids_in_order(sample, projects_at(day)))
        assert {one: listed[one].stage for one in stages} == stages


def test_lights_of_list_record_and_rule_preview_agree_at_past_dates(sample: Ledger) -> None:
    """A step taken later moves none of them."""
    calendar, rules = work_calendar(sample), problem_rules(sample)
    for day in DAYS:
        kind = problems_at(day)
        lines = list_window.lines(sample, kind, list_window.ids_in_order(sample, kind)).values()
        seen = {one.id: one.facts for one in problems_seen(sample, day)}
        for line in lines:
            if not line.state:
                continue
            facts = line.facts
            assert facts == seen[line.id]
            record = read(sample, "problems", line.id, day)
            assert record is not None
            light = evaluate(facts, day, calendar, rules)
            assert record.light == COLOURS.get(light.light, light.light)


def test_pace_is_that_of_the_papers(sample: Ledger) -> None:
    known = facts.gather(sample, DAY)
    found, stood = paces(sample, DAY), standings(sample, DAY)
    measured = 0
    for project in known.projects:
        pace = schedule.pace(known, project)
        assert (pace is None) == (project.id not in found)
        if pace is not None:
            mine = found[project.id]
            assert (mine.month, mine.percent, mine.ahead) == (pace.month, pace.percent, pace.ahead)
            assert schedule.light(known, pace).replace("yellow", "amber") == stood[project.id].light
            assert paces(sample, DAY, project.id) == {project.id: mine}
            measured += 1
    assert measured > 20


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_firms_of_the_output_desk_add_up_to_the_headline(sample: Ledger, day: date) -> None:
    grown, found = growth(sample, day), firm_lines(sample, day)
    assert {line.id for line in found} == {firm.enterprise for firm in grown.firms}
    based = [line for line in found if line.base_yuan is not None] or found
    assert sum(line.total_yuan for line in based) == grown.sample.total_yuan
    assert sum(choice.count for choice in output_districts(found)) == len(found)
    for line in found:
        alone = records.firm_output(sample, line.id, day)
        assert alone is not None
        assert (alone.total_yuan, alone.base_yuan, alone.yoy_percent) == (
            line.total_yuan,
            line.base_yuan,
            line.yoy_percent,
        )
        assert alone.counted


def test_values_of_filters_are_counted_whole(sample: Ledger) -> None:
    for kind in LISTS:
        for name in kind.filters:
            if kind.filters[name].endswith("_id"):
                live = sample.value(f'SELECT count(*) FROM "{kind.table}" WHERE deleted_at IS NULL')
                assert sum(choice.count for choice in choices(sample, kind, name)) == live


# One record at a time.


def test_a_problem_is_told_as_the_form_tells_it(sample: Ledger) -> None:
    record = read(sample, "problems", numbered(sample, "problem", 63))
    assert record is not None
    assert (record.number, record.status, record.light) == ("WT0063", "办理中", "red")
    assert told(record, "交办")["牵头单位"] == "市中级人民法院"
    late = f"逾期 {span_text(date(2021, 9, 30), DAY, work_calendar(sample))}"
    assert told(record, "交办")["办结时限"] == f"2021-09-30　{late}"
    assert late in told(record, "灯")["红灯"]
    before = read(sample, "problems", numbered(sample, "problem", 63), date(2020, 1, 1))
    assert before is not None
    assert before.status == "2020-01-01 尚未收集"


def test_steps_come_in_their_order_with_what_was_said(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        unit = writer.insert(Unit, {"name": "市工信局"})
        problem = writer.insert(Problem, {"text": "用工难", "state": "doing", "assigned_day": date(2021, 3, 1)})
        steps = (
            ("opening", date(2021, 3, 1), "assigned", "期初登记"),
            ("progress", date(2021, 4, 1), "doing", "开了招聘会"),
            ("progress", date(2021, 5, 1), "doing", "又开了一次"),
        )
        for seq, (kind, day, state, text) in enumerate(steps, start=1):
            values = {
                "problem": problem,
                "seq": seq,
                "kind": kind,
                "day": day,
                "state": state,
                "text": text,
                "unit": unit,
            }
            writer.insert(ProblemEvent, values)
    record = read(ledger, "problems", problem)
    assert record is not None
    (found,) = [section.moments for section in record.sections if section.title == "办理过程"]
    assert [one.day for one in found] == ["2021-03-01", "2021-04-01", "2021-05-01"]
    assert [one.what for one in found] == ["已交办", "反馈进展", "反馈进展"]
    assert [item.text for item in found[2].items] == ["又开了一次"]
    assert [one.last for one in found] == [False, False, True]
    then = read(ledger, "problems", problem, date(2021, 4, 10))
    assert then is not None
    assert [one.later for section in then.sections for one in section.moments] == [False, False, True]
    assert told(then, "办理")["办理进展"] == "开了招聘会"


def test_telephone_numbers_are_hidden_and_kept_aside(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "示例铜业"})
        writer.insert(Contact, {"enterprise": firm, "name": "李四", "phone": "13800138000"})
        problem = writer.insert(Problem, {"text": "难", "enterprise": firm, "owner_phone": "0734-1234567"})
    record = read(ledger, "enterprises", firm)
    assert record is not None
    (line,) = next(section.lines for section in record.sections if section.title == "联系人")
    assert (line.cells, line.secret) == (("李四", "", "138****8000"), (2, "13800138000"))
    form = read(ledger, "problems", problem)
    assert form is not None
    (item,) = [item for section in form.sections for item in section.items if item.secret]
    assert (item.text, item.secret) == ("0734-123****", "0734-1234567")
    with ledger.write("张三", "改号") as writer:
        writer.update(Problem, problem, {"owner_phone": "13900139000"})
    again = read(ledger, "problems", problem)
    assert again is not None
    assert (again.changes[0].before, again.changes[0].after) == ("0734-123****", "139****9000")


def test_history_says_who_changed_which_field_in_words(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        old, new = (writer.insert(Unit, {"name": name}) for name in ("市工信局", "市发改委"))
        problem = writer.insert(Problem, {"text": "难", "lead_unit": old, "state": "to_assign"})
        writer.insert(ProblemEvent, {"problem": problem, "seq": 1, "kind": "opening", "state": "to_assign"})
    with ledger.write("李四", "改派") as writer:
        writer.update(Problem, problem, {"lead_unit": new, "deadline": date(2021, 12, 1)})
    with ledger.write("王五", "删") as writer:
        writer.bin(Problem, problem)
    record = read(ledger, "problems", problem)
    assert record is not None
    assert record.binned
    assert [(one.actor, one.what, one.before, one.after) for one in record.changes] == [
        ("王五", "移入回收站", "", ""),
        ("李四", "办结时限", "", "2021-12-01"),
        ("李四", "牵头单位", "市工信局", "市发改委"),
        ("张三", "新建", "", ""),
    ]


def test_a_part_added_later_is_part_of_the_history(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        firm = writer.insert(Enterprise, {"name": "示例铜业"})
        match = writer.insert(Match, {"enterprise": firm, "reached": "intent", "intent_yuan": 5_000_000})
    with ledger.write("李四", "放款到账") as writer:
        writer.insert(Drawdown, {"match": match, "drawn_yuan": 12_345_678, "day": date(2021, 3, 1)})
    record = read(ledger, "finance", match)
    assert record is not None
    assert [(one.actor, one.what) for one in record.changes] == [("李四", "放款：新建"), ("张三", "新建")]
    ladder_lines = lines(record, "意向 → 授信 → 放款")
    assert ladder_lines == [("意向", "", "500", ""), ("放款", "2021-03-01", "1,234.57", "未注明新增或续贷")]
    assert told(record, "意向 → 授信 → 放款") == {"放款合计": "1,234.57 万元"}


def test_a_change_made_by_another_program_has_no_author(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        visit = writer.insert(Visit, {"enterprise": writer.insert(Enterprise, {"name": "甲"})})
    ledger.database.execute_sql("UPDATE visit SET sales_yuan = 'x1', leader = '外人' WHERE id = ?", (visit,))
    record = read(ledger, "visits", visit)
    assert record is not None
    outside = {(one.actor, one.what, one.after) for one in record.changes[:2]}
    assert outside == {("（本程序之外）", "带队领导", "外人"), ("（本程序之外）", "销售额", "x1")}


def test_texts_stay_what_they_are(ledger: Ledger) -> None:
    with ledger.write("张三", "登记") as writer:
        problem = writer.insert(Problem, {"text": "<b>=1+1</b>\n'; DROP TABLE problem;--"})
    record = read(ledger, "problems", problem)
    assert record is not None
    assert record.title == "<b>=1+1</b>\n'; DROP TABLE problem;--"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_loans_of_the_list_add_up_to_the_ladder_of_the_day(sample: Ledger, day: date) -> None:
    kind, rungs = finance_at(day), ladder(sample, day)
    found = list_window.lines(sample, kind, list_window.ids_in_order(sample, kind)).values()
    for name in ("intent_yuan", "granted_yuan", "drawn_yuan"):
        assert sum(getattr(line, name) or 0 for line in found) == getattr(rungs, name)
    selected = {view.key: view.ids for view in finance_views(sample, day)}
    refused = selected.get("finance.unmet", frozenset())
    assert {line.id for line in found if line.reached == "refused"} == refused
    assert {line.id for line in found if line.reached in {"intent", "granted", "drawn"}} == (
        selected.get("finance.banks", frozenset()) - refused
    )
    assert {line.id for line in found if line.reached == "drawn"} == selected.get("finance.drawn_yuan", frozenset())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_list_of_firms_tells_visits_and_open_problems_of_the_day(sample: Ledger, day: date) -> None:
    kind = enterprises_at(day)
    found = list_window.lines(sample, kind, list_window.ids_in_order(sample, kind)).values()
    selected = {view.key: view.ids for view in enterprise_views(sample, day)}
    assert {line.id for line in found if line.open_problems} == selected.get("enterprises.busy", frozenset())
    unvisited = {line.id for line in found if line.last_visit is None} & selected["enterprises.total"]
    assert unvisited == selected.get("enterprises.unvisited", frozenset())
