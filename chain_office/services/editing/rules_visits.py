"""Rules of visits, campaigns, plans and promises."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.forms import numbered
from chain_office.domain.forms import Fault
from chain_office.queries.editing.rows import live, row
from chain_office.services.editing.case import in_order, not_ahead, not_negative, warn
from chain_office.services.visiting.protection import BOOKED, CONSENT, protection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chain_office.services.editing.case import Case


def _campaign(case: Case) -> Iterator[Fault]:
    yield from in_order(case, "from_day", "to_day")
    yield from _same_campaign(case)


def _same_campaign(case: Case) -> Iterator[Fault]:
    if case.after["name"] and case.touched("name"):
        for other in case.others(live(case.ledger, "campaign", name=case.after["name"])):
            yield Fault("name", f"已有同名的走访活动“{other['name']}”")


def _visit(case: Case) -> Iterator[Fault]:
    yield from not_ahead(case, "day", "consent_day", "rated_day")
    yield from not_negative(case, "sales_yuan", "tax_yuan")
    after = case.after
    if isinstance(after["day"], date) and case.touched("day", "enterprise_id"):
        for other in case.others(
            live(case.ledger, "visit", enterprise_id=after["enterprise_id"], day=str(after["day"]))
        ):
            yield warn(
                "day", f"这家企业 {after['day']} 已有走访记录（{numbered('visit', other['number'])}），请核对是否重复"
            )
    if not case.is_new and "enterprise_id" in case.changed:
        for problem in live(case.ledger, "problem", visit_id=case.row_id):
            if problem["enterprise_id"] not in {None, after["enterprise_id"]}:
                number = numbered("problem", problem["number"])
                yield Fault("enterprise_id", f"{number} 由这次走访收集，是另一家企业的问题；请先改那个问题")
    yield from _consent(case)
    yield from _rating(case)


def _consent(case: Case) -> Iterator[Fault]:
    """A firm under protection is visited with its consent on record, and not too often."""
    after, day = case.after, case.day("day")
    found = protection(case.ledger, after["enterprise_id"], day, case.row_id)
    if found is None:
        return
    asks = case.touched("enterprise_id", "day", *CONSENT, "booking_no")
    if asks:
        empty = [name for name in CONSENT if not after[name]]
        for place, name in enumerate(empty):
            yield Fault(name, f"{CONSENT[name]}没有填" + ("" if place else f"：{found.consent_words}"))
        if not after["booking_no"]:
            words = "预约号没有填；没有预约号的请写明“无”"
            booked = after["consent_way"] == BOOKED
            yield Fault("booking_no", "经码上约预约的要写预约号" if booked else words, stops=booked)
    agreed = case.day("consent_day")
    exact = after["precision"] in {None, "day"}
    if agreed and day and exact and agreed > day and case.touched("consent_day", "day"):
        yield Fault("consent_day", f"同意日期 {agreed} 晚于走访时间 {day}；企业同意在先，请核对")
    if found.frequency_words and case.touched("enterprise_id", "day"):
        yield warn("day", found.frequency_words)


def _rating(case: Case) -> Iterator[Fault]:
    after, rated, day = case.after, case.day("rated_day"), case.day("day")
    if rated and not after["rating"] and case.touched("rating", "rated_day"):
        yield Fault("rating", "写了评价日期，没有写企业评价")
    if rated and day and rated < day and after["precision"] != "month" and case.touched("rated_day", "day"):
        yield Fault("rated_day", f"评价日期 {rated} 早于走访时间 {day}，请核对")


def _visit_plan(case: Case) -> Iterator[Fault]:
    after = case.after
    if case.touched("campaign_id", "enterprise_id") and after["campaign_id"] and after["enterprise_id"]:
        yield from _planned_twice(case)
    campaign = row(case.ledger, "campaign", after["campaign_id"]) if after["campaign_id"] else None
    due = case.day("due_day")
    if campaign is not None and due is not None and case.touched("due_day", "campaign_id"):
        first, last = campaign["from_day"], campaign["to_day"]
        if (first and due < first) or (last and due > last):
            span = "至".join(day.isoformat() for day in (first, last) if day)
            yield warn("due_day", f"计划日期 {due} 不在走访活动期间（{span}），请核对")
    found = protection(case.ledger, after["enterprise_id"], due)
    if found is not None and found.frequency_words and case.touched("due_day", "enterprise_id"):
        yield warn("due_day", found.frequency_words)


def _planned_twice(case: Case) -> Iterator[Fault]:
    after = case.after
    same = live(case.ledger, "visit_plan", campaign_id=after["campaign_id"], enterprise_id=after["enterprise_id"])
    for other in case.others(same)[:1]:
        when = f"（{other['due_day']}）" if other["due_day"] else ""
        yield Fault("enterprise_id", f"这家企业已在这次活动的计划里{when}，请在那一条上改")


def _promise(case: Case) -> Iterator[Fault]:
    after = case.after
    yield from not_ahead(case, "done_day")
    visit = row(case.ledger, "visit", after["visit_id"]) if after["visit_id"] else None
    given = visit["day"] if visit is not None and visit["precision"] == "day" else None
    for name in ("due_day", "done_day"):
        day = case.day(name)
        if given and day and day < given and case.touched(name):
            yield warn(name, f"{case.label(name)} {day} 早于走访时间 {given}，请核对")
    if after["result"] and not after["done_day"] and case.touched("result", "done_day"):
        yield warn("done_day", "写了落实情况，没有写兑现日期，仍按未兑现计")


RULES: Mapping[str, Callable[[Case], Iterator[Fault]]] = {
    "campaign": _campaign,
    "visit": _visit,
    "visit_plan": _visit_plan,
    "promise": _promise,
}
BETWEEN: Mapping[str, Callable[[Case], Iterator[Fault]]] = {
    "campaign": _same_campaign,
    "visit_plan": _planned_twice,
}
"""Those that look at other records: a record that comes back is held to them, however it stood before."""
