"""Records opened in a form: as they stand, or blank with what is obvious filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.db.forms import form
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Loaded, Option
from chain_office.domain.periods import add_to_month, last_ended_month
from chain_office.queries.editing.options import options
from chain_office.queries.editing.rows import live, row, version
from chain_office.services.editing.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Form
    from chain_office.queries.editing.rows import Row


def load(ledger: Ledger, table: str, row_id: str, as_of: date) -> Loaded:  # noqa: ARG001 - a form opens as of a day
    """A record in its form. Raises KnownError if it is not there or in the bin."""
    found = row(ledger, table, row_id)
    if found is None:
        raise KnownError(f"找不到这条{form(table).noun}，可能台账已换；请刷新后再试。")
    if found["deleted_at"] is not None:
        raise KnownError(f"这条{form(table).noun}已在回收站里，不能修改；请先恢复它。")
    return loaded(ledger, table, found)


def loaded(ledger: Ledger, table: str, found: Row) -> Loaded:
    """A row as its form shows it."""
    shape = form(table)
    values = {field.name: found[field.name] for field in shape}
    title = title_of(ledger, table, found)
    at = version(ledger, table, found["id"])
    beside = {"assigned_day": found["assigned_day"]} if table == "problem" else {}
    return Loaded(table, found["id"], at, title, values, _links(ledger, shape, values), beside)


def blank(ledger: Ledger, table: str, as_of: date, preset: Mapping[str, object] | None = None) -> Loaded:
    """An empty form. ``preset``: what is known already (whose part it is, which firm the list shows); fields the form
    does not have are left out."""
    shape = form(table)
    names = {field.name for field in shape}
    values: dict[str, Any] = dict.fromkeys((field.name for field in shape), None)
    for field in shape:
        if field.spec.kind.name == "flag":
            values[field.name] = False
    values |= {name: value for name, value in (preset or {}).items() if name in names and value}
    fill = _FILL.get(table)
    if fill is not None:
        known = {name for name, value in values.items() if value}
        values |= {name: value for name, value in fill(ledger, values, as_of).items() if name not in known}
    return Loaded(table, "", 0, f"新建{shape.noun}", values, _links(ledger, shape, values))


def _links(ledger: Ledger, shape: Form, values: Mapping[str, Any]) -> dict[str, Option]:
    found = {}
    for field in shape:
        if field.link and values[field.name]:
            for option in options(ledger, field.link, [values[field.name]]):
                found[field.name] = option
    return found


def _output(ledger: Ledger, values: Mapping[str, Any], as_of: date) -> dict[str, object]:
    """The month after the firm's last, not beyond the last that ended; where its figures came from last time. Last year's
    figures are not filled in: they would stay when another month is typed, and count as the firm's own base."""
    newest = last_ended_month(as_of)
    firm = values["enterprise_id"]
    known = live(ledger, "monthly_output", enterprise_id=firm) if firm else []
    last = max(known, key=lambda one: str(one["month"]), default=None)
    if last is None:
        return {"month": newest} if firm else {}
    following = add_to_month(last["month"], 1)
    source = next((one["source"] for one in sorted(known, key=lambda one: one["month"])[::-1] if one["source"]), None)
    found: dict[str, object] = {"month": following if following <= newest else None, "source": source}
    return found


def _month(ledger: Ledger, values: Mapping[str, Any], as_of: date) -> dict[str, object]:
    newest = last_ended_month(as_of)
    known = live(ledger, "project_month", project_id=values["project_id"]) if values["project_id"] else []
    last = max((str(one["month"]) for one in known), default=None)
    following = add_to_month(last, 1) if last else newest
    return {"month": following if following <= newest else None}


def _plan(ledger: Ledger, values: Mapping[str, Any], as_of: date) -> dict[str, object]:
    known = live(ledger, "project_plan", project_id=values["project_id"]) if values["project_id"] else []
    return {} if as_of.year in {one["year"] for one in known} else {"year": as_of.year}


def _problem(ledger: Ledger, values: Mapping[str, Any], _: date) -> dict[str, object]:
    visit = row(ledger, "visit", values["visit_id"]) if values["visit_id"] else None
    firm = values["enterprise_id"] or (visit["enterprise_id"] if visit else None)
    owner = row(ledger, "enterprise", firm) if firm else None
    found: dict[str, object] = {"enterprise_id": firm, "district_id": owner["district_id"] if owner else None}
    if visit is not None:
        found |= {"collected_day": visit["day"], "source": "走访收集"}
    return found


def _visit(ledger: Ledger, _: Mapping[str, Any], as_of: date) -> dict[str, object]:
    """The round of visits under way at the date, if just one is."""
    under_way = [
        one["id"]
        for one in live(ledger, "campaign")
        if one["from_day"] and one["from_day"] <= as_of and (one["to_day"] is None or as_of <= one["to_day"])
    ]
    return {"precision": "day", "campaign_id": under_way[0] if len(under_way) == 1 else None}


def _match(ledger: Ledger, values: Mapping[str, Any], _: date) -> dict[str, object]:
    need = row(ledger, "need", values["need_id"]) if values["need_id"] else None
    return {name: need[name] for name in ("enterprise_id", "park_id", "event_id")} if need else {}


def _drawdown(ledger: Ledger, values: Mapping[str, Any], _: date) -> dict[str, object]:
    """Rate and term as they were granted."""
    granted = live(ledger, "credit", match_id=values["match_id"]) if values["match_id"] else []
    last = max(granted, key=lambda one: str(one["day"] or ""), default=None)
    return {"rate": last["granted_rate"], "drawn_term": last["granted_term"]} if last else {}


def _target(_ledger: Ledger, _: Mapping[str, Any], as_of: date) -> dict[str, object]:
    return {"year": as_of.year}


def _achievement(_ledger: Ledger, _: Mapping[str, Any], as_of: date) -> dict[str, object]:
    return {"day": as_of}


_FILL: dict[str, Callable[[Ledger, Mapping[str, Any], date], dict[str, object]]] = {
    "monthly_output": _output,
    "project_month": _month,
    "project_plan": _plan,
    "problem": _problem,
    "visit": _visit,
    "match": _match,
    "target": _target,
    "achievement": _achievement,
    "drawdown": _drawdown,
}
"""What is obvious of a blank record, by table."""
