"""Plans: made in one write, done by visits and by nothing else, taken back in one undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit, Faulty
from chain_office.queries.visiting.coverage import by_campaign, by_month, places
from chain_office.queries.visiting.firms import due_firms
from chain_office.queries.visiting.plan import campaigns, plan_lines, planned_between
from chain_office.queries.visiting.today import visit_counts, visits_today
from chain_office.services import editing
from chain_office.services.visiting import planning
from chain_office.services.visiting.pace import save_pace
from chain_office.services.visiting.planning import BY_DAY, Choice, Team, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)


@pytest.fixture
def campaign(new: Callable[..., str]) -> str:
    return new("campaign", name="十一月走访", from_day=date(2021, 11, 18), to_day=date(2021, 11, 26))


def wish(campaign: str, firms: list[str], **more: object) -> Wish:
    given = {"way": BY_DAY, "choice": Choice(ids=frozenset(firms))} | more
    return Wish(campaign, date(2021, 11, 18), date(2021, 11, 23), **given)  # type: ignore[arg-type]


def test_a_plan_is_one_write_and_its_lines_are_done_by_visits(
    ledger: Ledger, campaign: str, firms: list[str], new: Callable[..., str]
) -> None:
    chosen = firms[:4]
    teams = {"2021-11-18": Team("王主任", "李四")}
    saved = planning.make_plan(ledger, wish(campaign, chosen, teams=teams), DAY, "张三")
    lines = plan_lines(ledger, campaign, DAY)
    assert sorted(line.enterprise_id for line in lines) == sorted(chosen)
    # Thursday, Friday, Monday, Tuesday: one firm each; the first is past
    assert [str(line.due) for line in lines] == ["2021-11-18", "2021-11-19", "2021-11-22", "2021-11-23"]
    assert [line.state for line in lines] == ["late", "waiting", "waiting", "waiting"]
    assert (lines[0].leader, lines[0].visitors, lines[1].leader) == ("王主任", "李四", "")
    visit = new("visit", enterprise_id=lines[0].enterprise_id, day=DAY)  # names no campaign: its day says so
    assert plan_lines(ledger, campaign, DAY)[0].visit_id == visit
    assert plan_lines(ledger, campaign, date(2021, 11, 18))[0].state == "waiting"
    (told,) = [one for one in campaigns(ledger, DAY) if one.id == campaign]
    assert (told.planned, told.done, told.late) == (4, 1, 0)
    editing.bin_records(ledger, "visit", [visit], "张三")
    assert plan_lines(ledger, campaign, DAY)[0].state == "late"
    editing.undo(ledger, saved.write_no, "张三")
    assert not plan_lines(ledger, campaign, DAY)


def test_who_is_planned_or_visited_already_is_left_out(
    ledger: Ledger, campaign: str, firms: list[str], new: Callable[..., str]
) -> None:
    new("visit_plan", campaign_id=campaign, enterprise_id=firms[0], due_day=DAY)
    new("visit", enterprise_id=firms[1], day=DAY)
    found = planning.draft(ledger, wish(campaign, firms[:3]), DAY)
    assert [stop.firm.id for stop in found.stops] == [firms[2]]
    assert (found.planned, found.visited) == (1, 1)
    with pytest.raises(KnownError, match="1 家已在计划里"):
        planning.make_plan(ledger, wish(campaign, firms[:1]), DAY, "张三")
    with pytest.raises(Faulty, match="已在这次活动的计划里"):
        editing.save(ledger, Edit("visit_plan", "", 0, {"campaign_id": campaign, "enterprise_id": firms[0]}), "张三")


def test_a_team_to_each_district_and_only_firms_not_visited_for_long(ledger: Ledger, campaign: str) -> None:
    given = Wish(campaign, date(2021, 11, 22), date(2021, 11, 26), Choice(stale_days=390))
    found = planning.draft(ledger, given, DAY)
    assert found.stops
    assert {stop.team for stop in found.stops} == {stop.firm.district for stop in found.stops}
    assert all(stop.firm.due.since_days is None or stop.firm.due.since_days >= 390 for stop in found.stops)
    assert dict(found.parts)["常宁市"] == sum(stop.firm.district == "常宁市" for stop in found.stops)
    place = next(key for key, word in planning.places(ledger, DAY) if "常宁市" in word)
    one = planning.draft(ledger, Wish(campaign, DAY, DAY, Choice(district_id=place.partition(":")[2])), DAY)
    assert {stop.firm.district for stop in one.stops} == {"常宁市"}


def test_the_next_due_list_follows_visits_and_the_offices_pace(
    ledger: Ledger, firms: list[str], new: Callable[..., str]
) -> None:
    def due(firm: str) -> tuple[date | None, int | None]:
        found = next(one for one in due_firms(ledger, DAY) if one.id == firm)
        return found.due.day, found.due.since_days

    new("visit", enterprise_id=firms[0], day=date(2021, 11, 9))
    assert due(firms[0]) == (date(2022, 2, 7), 10)
    save_pace(ledger, "every_days", 30, "张三")
    assert due(firms[0]) == (date(2021, 12, 9), 10)
    assert save_pace(ledger, "every_days", 30, "张三") is None
    with pytest.raises(KnownError, match="1 到 3650"):
        save_pace(ledger, "every_days", 0, "张三")
    first = due_firms(ledger, DAY)[0]
    assert first.due.day is None or first.due.day == min(one.due.day for one in due_firms(ledger, DAY) if one.due.day)


def test_coverage_counts_the_register_of_the_time_and_opens_its_firms(ledger: Ledger, new: Callable[..., str]) -> None:
    october = new("campaign", name="2020年10月集中走访", from_day=date(2020, 10, 1), to_day=date(2020, 10, 31))
    found = by_campaign(ledger, DAY)
    assert found.counted(october) == (69, 69)  # two of them have left the register since
    (of_all,) = [sum(len(place.seen[october]) for place in places(found))]
    assert of_all == 69
    assert sum(len(place.missed[october]) for place in places(found, park=True)) == 0
    months = by_month(ledger, date(2020, 10, 31))
    assert (months.spans[-1].key, months.counted("2020-10")) == ("2020-10", (69, 69))
    assert months.counted("2020-09")[0] == 0
    assert len(months.firms) >= 69


def test_today_names_what_is_planned_late_and_promised(
    ledger: Ledger, campaign: str, firms: list[str], new: Callable[..., str]
) -> None:
    before = visits_today(ledger, DAY)
    new("visit_plan", campaign_id=campaign, enterprise_id=firms[0], due_day=DAY)
    new("visit_plan", campaign_id=campaign, enterprise_id=firms[1], due_day=date(2021, 11, 18))
    new("visit_plan", campaign_id=campaign, enterprise_id=firms[2], due_day=date(2021, 11, 26))
    new("visit_plan", campaign_id=campaign, enterprise_id=firms[3], due_day=date(2021, 11, 27))
    visit = new("visit", enterprise_id=firms[4], day=date(2021, 11, 10))
    new("promise", visit_id=visit, text="报送材料", side="企业", due_day=date(2021, 11, 18))
    after = visits_today(ledger, DAY)
    grown = [
        len(getattr(after, name)) - len(getattr(before, name)) for name in ("now", "late", "week", "promises_late")
    ]
    assert grown == [1, 1, 1, 1]
    assert {line.enterprise_id for line in planned_between(ledger, DAY, DAY, DAY)} >= {firms[0]}


def test_the_numbers_of_the_strip_are_those_of_the_lists(
    ledger: Ledger, campaign: str, firms: list[str], new: Callable[..., str]
) -> None:
    before = visit_counts(ledger, date(2021, 12, 30))["promises"][0]
    planning.make_plan(ledger, wish(campaign, firms[:8]), DAY, "张三")
    seen = new("visit", enterprise_id=firms[0], day=DAY)
    for due, done in ((date(2021, 11, 1), None), (date(2021, 11, 1), DAY), (DAY, None), (date(2021, 11, 30), None)):
        new("promise", visit_id=seen, text="协调", side="我方", due_day=due, done_day=done)
    for day in (date(2021, 11, 18), DAY, date(2021, 11, 22), date(2021, 12, 30)):
        found, told = visits_today(ledger, day), visit_counts(ledger, day)
        assert told["today"][0] == len(found.late) + len(found.now) + len(found.promises_late)
        assert told["promises"][0] == len(found.promises_late)
    assert visit_counts(ledger, date(2021, 12, 30))["promises"][0] - before == 3
