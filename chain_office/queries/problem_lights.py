"""The light of every problem at a day, by the office's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.lights import evaluate
from chain_office.queries.light_rules import problem_rules
from chain_office.queries.problem_facts import facts_of
from chain_office.queries.work_calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger


def problem_lights(ledger: Ledger, day: date) -> Mapping[str, str]:
    """Problem → "red", "yellow" …, for all that had been collected by ``day``; remembered until the ledger changes."""

    def work_out() -> Mapping[str, str]:
        rules, calendar = problem_rules(ledger), work_calendar(ledger)
        return {one: evaluate(facts, day, calendar, rules).light for one, facts in facts_of(ledger, day).items()}

    return ledger.recall(("problem lights", day), work_out)
