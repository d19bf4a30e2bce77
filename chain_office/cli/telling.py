"""Commands that tell figures and lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chain_office.cli.saying import say, say_date

if TYPE_CHECKING:
    import argparse


def figures(options: argparse.Namespace) -> int:
    """The headline figures."""
    from chain_office.services import figures
    from chain_office.services.ledgers import cut_off, is_sample, open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        headline = figures.headline(ledger, cut_off(ledger, options.as_of))
        sample = is_sample(ledger)
    if options.json:
        say(json.dumps(figures.flat(headline), ensure_ascii=False, indent=1))
        return 0
    say_date(headline.as_of, sample=sample)
    for figure in headline.figures:
        say(f"{figure.label}  {figures.shown(figure)}")
    for note in headline.notes:
        say(f"说明：{note}")
    return 0


def problems(options: argparse.Namespace) -> int:
    """Problems: figures, rates, states and lights."""
    from chain_office.services import problem_reports
    from chain_office.services.ledgers import cut_off, is_sample, open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        day, by, sample = cut_off(ledger, options.as_of), options.by or "", is_sample(ledger)
        if options.json:
            say(json.dumps(problem_reports.as_json(ledger, day, by), ensure_ascii=False, indent=1))
            return 0
        lines = problem_reports.as_lines(ledger, day, by)
    say_date(day, sample=sample)
    for line in lines:
        say(line)
    return 0


def check(options: argparse.Namespace) -> int:
    """Whether the file is sound and the figures agree; exit code 1 if not."""
    from chain_office.services.checks import check_ledger
    from chain_office.services.ledgers import open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        results = check_ledger(ledger)
    for result in results:
        say(f"{'通过' if result.passed else '不符'}  {result.name}{'：' if result.detail else ''}{result.detail}")
    failed = sum(1 for result in results if not result.passed)
    say(f"共 {len(results)} 项，{'全部通过' if not failed else f'{failed} 项不符'}。")
    return 1 if failed else 0
