"""What the six desks' headings are filtered and sorted by, as the records stand at a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.lights import LABELS as PROBLEM_LIGHTS
from chain_office.domain.loans import STAGE_WORDS
from chain_office.domain.workflow import STATES
from chain_office.queries.facets import Facet
from chain_office.queries.problem_lights import problem_lights
from chain_office.queries.projects import STAGES
from chain_office.queries.projects_desk.standing import WORDS, standings
from chain_office.queries.register import ON_REGISTER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger

_FIRM = Facet(
    "choice",
    "t.enterprise_id",
    "enterprise",
    sort="(SELECT x.initials || ' ' || x.name FROM enterprise x WHERE x.id = t.enterprise_id)",
)
_NUMBER = Facet("number", "t.number")


def _choice(table: str, column: str = "") -> Facet:
    return Facet("choice", f"t.{column or table + '_id'}", table)


def enterprise_facets(day: date, last_visit: str, open_problems: str) -> dict[str, Facet]:
    """企业. The last visit and the open problems are the list's own columns."""
    on = ON_REGISTER.replace(":day", f"'{day.isoformat()}'")
    return {
        "number": _NUMBER,
        "name": Facet("text", "t.name", sort="t.initials || ' ' || t.name"),
        "district": _choice("district"),
        "park": _choice("park"),
        "segment": _choice("segment"),
        "register": Facet(
            "choice", f"CASE WHEN t.id IN ({on}) THEN 'on' ELSE 'off' END", words={"on": "在册", "off": "不在"}
        ),
        "last_visit": Facet("day", last_visit),
        "open_problems": Facet("number", open_problems),
    }


VISIT_FACETS: Mapping[str, Facet] = {
    "number": _NUMBER,
    "day": Facet("day", "t.day"),
    "enterprise": _FIRM,
    "leader": Facet("text", "t.leader"),
    "campaign": _choice("campaign"),
    "problem": Facet("text", "t.q2_problem"),
}


def problem_facets(day: date, state: str, unit: str, deadline: str) -> dict[str, Facet]:
    """问题. State, unit and deadline are the list's own columns; the light is worked out by the office's rules."""
    words = {name: one.label for name, one in STATES.items()}
    return {
        "number": _NUMBER,
        "enterprise": _FIRM,
        "text": Facet("text", "t.text"),
        "unit": Facet("choice", unit, "unit"),
        "category": _choice("category"),
        "deadline": Facet("day", deadline),
        "state": Facet("choice", state, words={**words, "": "未收集"}),
        "light": Facet("choice", words=PROBLEM_LIGHTS, read=lambda ledger: problem_lights(ledger, day)),
    }


def finance_facets(reached: str, intent: str, granted: str, drawn: str) -> dict[str, Facet]:
    """银企. How far it came and the amounts are the list's own columns."""
    firm = "(SELECT x.name FROM enterprise x WHERE x.id = t.enterprise_id)"
    park = "(SELECT coalesce(x.short, x.name) FROM park x WHERE x.id = t.park_id)"
    return {
        "number": _NUMBER,
        "borrower": Facet("text", f"coalesce({firm}, {park}, '')"),
        "bank": _choice("bank"),
        "event": _choice("meeting", "event_id"),
        "intent": Facet("amount", intent),
        "granted": Facet("amount", granted),
        "drawn": Facet("amount", drawn),
        "reached": Facet("choice", reached, words=STAGE_WORDS),
        "reason": Facet("text", "t.fail_reason"),
    }


def project_facets(day: date, stage: str) -> dict[str, Facet]:
    """项目. The stage is the list's own column; the pace is worked out by the office's rules."""
    park = "(SELECT x.short FROM park x WHERE x.id = t.park_id)"
    district = "(SELECT x.name FROM district x WHERE x.id = t.district_id)"

    def lights(ledger: Ledger) -> dict[str, str]:
        return {one: found.light for one, found in standings(ledger, day).items() if found.light}

    return {
        "number": _NUMBER,
        "name": Facet("text", "t.name"),
        "place": Facet("text", f"coalesce({park}, {district}, '')"),
        "stage": Facet("choice", stage, words={**STAGES, "": "未列入"}),
        "total": Facet("amount", "t.total_yuan"),
        "light": Facet("choice", words=WORDS, read=lights),
        "finish": Facet("day", "t.plan_finish"),
    }
