"""The light rules a ledger starts with are the program's own, and the office may change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.lights import CONDITIONS, DEFAULT_RULES
from chain_office.queries.light_rules import problem_rules
from chain_office.services.ledgers import open_or_make

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_ledger_has_the_usual_rules(tmp_path: Path) -> None:
    with open_or_make(tmp_path / "台账.ledger") as ledger:
        assert problem_rules(ledger) == DEFAULT_RULES


def test_every_rule_names_a_condition_the_program_knows(tmp_path: Path) -> None:
    with open_or_make(tmp_path / "台账.ledger") as ledger:
        assert {rule.condition for rule in problem_rules(ledger)} <= set(CONDITIONS)
        with ledger.write("张三", "放宽") as writer:
            writer.derive("UPDATE light_rule SET threshold = 5 WHERE condition = 'workdays_left'")
        assert {rule.limit for rule in problem_rules(ledger) if rule.condition == "workdays_left"} == {5}
