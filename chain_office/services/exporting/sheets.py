"""Which sheets an export has and what their rows hold. Every main sheet is one desk; child sheets hang on it by
record number. Sheets ending in “(附表)” are for reading: they hold what a row's own dates already say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import (
    Assignment,
    Campaign,
    Contact,
    Credit,
    Drawdown,
    Enterprise,
    Match,
    Meeting,
    MonthlyOutput,
    Need,
    Park,
    Problem,
    ProblemEvent,
    Project,
    ProjectMonth,
    ProjectPlan,
    PublishedTotal,
    RegisterSpell,
    Screening,
    StageChange,
    Visit,
)
from chain_office.domain.workflow import STATES
from chain_office.queries.projects import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.services.exporting.source import Row, Source

_ENTRY_KINDS = {"promoted": "规下转规上", "new_build": "新建投产"}


def enterprises(source: Source) -> Iterator[Row]:
    """企业, with the last stay on the register; earlier stays follow as rows of their own."""
    for row in source.rows(Enterprise):
        base = {**row, **source.place(row), "record_no": source.number(Enterprise, row["id"])}
        spells = sorted(
            source.children(RegisterSpell, "enterprise_id", row["id"]), key=lambda one: str(one["entry_day"] or "")
        )
        if not spells:
            yield {**base, "is_scale": "no"}
        for spell in spells:
            kind = _ENTRY_KINDS.get(spell["entry_kind"] or "")
            days = {name: spell[name] for name in ("entry_day", "exit_day", "exit_reason")}
            yield {**base, **days, "entry_kind": kind, "is_scale": "yes"}


def contacts(source: Source) -> Iterator[Row]:
    """Contacts of enterprises."""
    for firm in source.rows(Enterprise):
        for row in source.children(Contact, "enterprise_id", firm["id"]):
            yield {
                "record_no": source.number(Enterprise, firm["id"]),
                "name": firm["name"],
                "contact": row["name"],
                "post": row["post"],
                "phone": row["phone"],
                "is_scale": None if source.children(RegisterSpell, "enterprise_id", firm["id"]) else "no",
            }


def visits(source: Source) -> Iterator[Row]:
    """走访."""
    for row in source.rows(Visit):
        day = row["day"]
        campaign = source.table(Campaign).get(row["campaign_id"] or "")
        yield {
            **row,
            "record_no": source.number(Visit, row["id"]),
            "enterprise": source.firm(row["enterprise_id"]),
            "day": f"{day.year}年{day.month}月" if day and row["precision"] == "month" else day,
            "campaign": campaign["name"] if campaign else None,
        }


def problems(source: Source) -> Iterator[Row]:
    """问题, with units, verdicts and the recorded state."""
    for row in source.rows(Problem):
        units = source.children(Assignment, "problem_id", row["id"])
        helpers = [source.unit(one["unit_id"]) or "" for one in units if one["role"] == "co" and not one["ended_day"]]
        verdicts = {one["criterion"]: one["verdict"] for one in source.children(Screening, "problem_id", row["id"])}
        basis = next(
            (one["basis"] for one in source.children(Screening, "problem_id", row["id"]) if one["basis"]), None
        )
        meeting = source.table(Meeting).get(row["meeting_id"] or "")
        state = STATES[row["state"]].label
        yield {
            **row,
            **source.place(row),
            **verdicts,
            "record_no": source.number(Problem, row["id"]),
            "enterprise": source.firm(row["enterprise_id"]),
            "lead_unit": source.unit(row["lead_unit_id"]),
            "assist_units": "、".join(helpers) or None,
            "basis": basis,
            "status": "已办结" if row["state"] == "closed" and not row["closed_verified"] else state,
            "verification": "已核实" if row["closed_verified"] else None,
            "deadline": row["deadline"] or row["deadline_text"],
            "meeting": meeting["name"] if meeting else None,
        }


def problem_events(source: Source) -> Iterator[Row]:
    """Every dated step of a problem."""
    for problem in source.rows(Problem):
        events = source.children(ProblemEvent, "problem_id", problem["id"])
        for row in sorted(events, key=lambda one: one["seq"]):
            yield {
                **row,
                "record_no": source.number(Problem, problem["id"]),
                "state": STATES[row["state"]].label,
                "unit": source.unit(row["unit_id"]),
            }


def needs(source: Source) -> Iterator[Row]:
    """融资需求."""
    for row in source.rows(Need):
        yield {**row, "record_no": source.number(Need, row["id"]), **_loan_party(source, row)}


def matches(source: Source) -> Iterator[Row]:
    """银企 by borrower and bank, without the amounts that hang on it."""
    for row in source.rows(Match):
        yield {
            **row,
            **_loan_party(source, row),
            "record_no": source.number(Match, row["id"]),
            "bank": source.bank(row["bank_id"]),
        }


def _loan_party(source: Source, row: Row) -> Row:
    event = source.table(Meeting).get(row["event_id"] or "")
    firm = source.table(Enterprise).get(row["enterprise_id"] or "")
    return {
        "enterprise": firm["name"] if firm else source.named(Park, row["park_id"]),
        "uscc": firm["uscc"] if firm else None,
        "event": event["name"] if event else None,
        "event_day": event["day"] if event else None,
    }


def credits(source: Source) -> Iterator[Row]:
    """授信, one row each."""
    for match in source.rows(Match):
        for row in source.children(Credit, "match_id", match["id"]):
            amounts = {name: row[name] for name in ("granted_yuan", "granted_rate", "granted_term")}
            yield _rung(source, match, {**amounts, "granted_day": row["day"]})


def drawdowns(source: Source) -> Iterator[Row]:
    """放款, one row each."""
    for match in source.rows(Match):
        for row in source.children(Drawdown, "match_id", match["id"]):
            amounts = {name: row[name] for name in ("drawn_yuan", "loan_kind", "rate", "drawn_term", "repay_day")}
            yield _rung(source, match, {**amounts, "drawn_day": row["day"]})


def _rung(source: Source, match: Row, values: Row) -> Row:
    return {
        **_loan_party(source, match),
        "record_no": source.number(Match, match["id"]),
        "bank": source.bank(match["bank_id"]),
        **values,
    }


def projects(source: Source) -> Iterator[Row]:
    """项目 at its present stage."""
    for row in source.rows(Project):
        yield {
            **row,
            **source.place(row),
            "record_no": source.number(Project, row["id"]),
            "stage": STAGES[row["stage"]],
        }


def project_plans(source: Source) -> Iterator[Row]:
    """A year's plan of a project."""
    for project in source.rows(Project):
        for row in sorted(source.children(ProjectPlan, "project_id", project["id"]), key=lambda one: one["year"]):
            yield {**row, "plan_year": str(row["year"]), **_project(source, project)}


def project_months(source: Source) -> Iterator[Row]:
    """A month's progress of a project."""
    for project in source.rows(Project):
        for row in sorted(source.children(ProjectMonth, "project_id", project["id"]), key=lambda one: one["month"]):
            yield {**row, **_project(source, project)}


def stage_changes(source: Source) -> Iterator[Row]:
    """When a project entered which stage."""
    for project in source.rows(Project):
        for row in source.children(StageChange, "project_id", project["id"]):
            yield {**row, **_project(source, project), "stage": STAGES[row["stage"]], "stage_day": row["day"]}


def _project(source: Source, project: Row) -> Row:
    return {"record_no": source.number(Project, project["id"]), "name": project["name"]}


def outputs(source: Source) -> Iterator[Row]:
    """产值, one row a firm and month."""
    rows = sorted(source.rows(MonthlyOutput), key=lambda one: (one["month"], source.firm(one["enterprise_id"]) or ""))
    for row in rows:
        firm = source.table(Enterprise)[row["enterprise_id"]]
        yield {**row, "enterprise": firm["name"], "uscc": firm["uscc"]}


def published_totals(source: Source) -> Iterator[Row]:
    """Totals as published at the time."""
    for row in sorted(source.rows(PublishedTotal), key=lambda one: one["month"]):
        yield dict(row)
